"""The words in which a dossier speaks itself: one home for all its forms.

They tell what is printed and what was read, never what is true, who is right or who changed whose words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from writethru.dossier.schema import ArticleForm
from writethru.statements.agreement import Relation
from writethru.statements.blame import Act
from writethru.statements.commitment_status import State
from writethru.statements.promises import Force
from writethru.statements.renderings import Form
from writethru.statements.speakers import Anonymity

HEADINGS: Final = {
    "disagreements": "Disagreements and agreements",
    "timeline": "Days that the texts name",
    "said": "Who is printed as saying what",
    "counted": "Figures",
    "commitments": "Commitments, as printed",
    "changes": "Changes and corrections",
    "descent": "Which text seems to descend from which",
    "alone": "Read in one text of its event only",
    "open": "Open questions",
    "editors": "What editors of this archive say of the readings",
    "articles": "Articles",
    "method": "Method and limits",
}
"""Of the parts of a dossier."""

NO_EDITORS: Final = "No editor has corrected a reading in these texts."
"""Where nothing was ruled."""
MOST_ALONE: Final = 12
"""Sentences of one text that are listed as its own."""
FIRST_ALONE: Final = f"Of each text the first {MOST_ALONE} sentences that no other tells, in whatever words"

NOTHING: Final = "Nothing was read. That says nothing of what was not found."

FIGURES: Final = {
    Relation.CONFLICT: "Different figures are printed; no one number fits all. Why they differ is not known here",
    Relation.COMPATIBLE: "Different figures are printed; a number can fit all of them",
    Relation.REFINE: "Different figures are printed; one lies within what another allows",
    Relation.AGREE: "The same figure is printed, in whatever words",
}
"""How all figures of a question stand to each other."""


ONE_TEXT: Final = "All of them are of one text at different times, or of texts that share passages"
"""Where no independent text prints another figure."""


def figures(relation: Relation, groups: Collection[str]) -> str:
    """The same; one text that prints several figures has several versions, and disagrees with nobody."""
    told = FIGURES[relation]
    return told if len(groups) > 1 or relation is Relation.AGREE else f"{told}. {ONE_TEXT}"


def counted_with(article: int, group: str, articles: Iterable[ArticleForm]) -> str:
    """Which others an article counts as one text with, in words that go on from it; "" = it counts alone."""
    others = [one["outlet"] for one in articles if one["group"] == group and one["article"] != article]
    return f", counted as one text with {', '.join(dict.fromkeys(others))}" if others else ""


def copied(outlets: Sequence[str]) -> str:
    """That some articles are one text, of which each sentence is shown once."""
    return f"{', '.join(outlets[:-1])} and {outlets[-1]} print one text, shown once; not all need have each sentence"


def printed_otherwise(printed: str, person: str) -> bool:
    """Is a speaker's name listed in other words than those printed?

    >>> printed_otherwise("The Accident Board", "Accident Board"), printed_otherwise("he", "Anna Holm")
    (False, True)
    """
    words = printed.casefold().replace("’", "'")
    return person.partition(" (in ")[0].casefold().replace("’", "'") not in (words, words.removeprefix("the "))


PAIRS: Final = {
    Relation.CONFLICT: "no one number fits both",
    Relation.COMPATIBLE: "a number can fit both",
    Relation.REFINE: "one lies within the other",
    Relation.AGREE: "the same figure",
    Relation.INCOMPARABLE: "not comparable",
}
"""How two stand to each other."""

SPANS: Final = {
    Relation.CONFLICT: "Different spans of time are printed; an offer and a demand can both stand",
    Relation.AGREE: "The spans of time that are printed have days in common",
}
"""How the deadlines of a duty stand to each other."""

ACTS: Final = {
    Act.ACCUSES: "printed as blaming",
    Act.DENIES: "printed as denying an accusation",
    Act.REPEATS: "printed as making the same accusation against",
}
UNCONTESTED: Final = "No denial and no accusation in return was read in these texts"

PRINTINGS: Final = {
    Form.SAME: "the same words",
    Form.TRIMMED: "a part of the words, or more of them",
    Form.SPLICED: "parts set together",
    Form.ALTERED: "words that differ",
}
"""A printing of an utterance against the fullest one."""
FULLEST: Final = "The longest printing; whose words are the speaker’s own is not known here"
BY_TEXTS: Final = "Days by how many independent texts name them"
DROPPED: Final = "Not within quotation marks in"

STATES: Final = {
    State.OPEN: "open",
    State.UNKNOWN: "no outcome was read",
    State.KEPT: "a later text seems to say that it was kept",
    State.BROKEN: "a later text seems to say that it was not kept",
    State.SUPERSEDED: "a later text seems to name another day",
    State.CONTRADICTED: "a later text seems to contradict it",
}
FORCES: Final = {
    Force.PROMISED: "worded as a promise",
    Force.PLANNED: "worded as a plan or a forecast",
    Force.EXPECTED: "worded as an expectation",
    Force.DEMANDED: "worded as a demand, a request or a duty",
}

LIMITS: Final = (
    "Statements are found by rules, not by a person and not by a model: what is listed stands where it is said to; "
    "what is not listed may still be in the texts.",
    "Two figures are set against each other only where noun, fate, event and shared words say they count one thing; "
    "the rules can err, and so both sentences are shown.",
    "A speaker is as the text names them. What one is read as is a reading of the rules, beside the words as printed; "
    "rows stand under one name where their last names are the same and no first name differs.",
    "Texts are counted as independent where no copying between them was found, not even of a part; they may still have "
    "one source. Articles of one outlet are not compared for copying: each counts, also where both print one text.",
    "An event's texts are compared with each other only: what is read in one of them may stand elsewhere.",
    "Which printing of a quotation has the speaker's own words is not known; no outlet is said to have changed any.",
    "Nothing here says which of two statements is true.",
)


CORRECTED: Final = "read as in editors’ correction"
"""Beside a sentence of which an editor corrected a reading; its number follows."""

RESOLVED: Final = "resolved from the day of writing"

ANONYMITY: Final = {
    "": "",
    Anonymity.NAMED: "named",
    Anonymity.ROLE: "by office, not named",
    Anonymity.ANONYMOUS: "not named",
    Anonymity.ORGANISATION: "an organisation or a state",
    Anonymity.DOCUMENT: "a document",
    Anonymity.UNKNOWN: "not read who that is",
}
"""How much a reader is told of a speaker."""


PART: Final = "a part of another figure"
MOOT: Final = "in words that were denied, or asked"
"""Beside a figure that nobody claims."""
PRONOUNS: Final = "not read who that is, and not always the same one"
"""Beside a pronoun under which several things are listed."""

UNCERTAIN: Final = "speaker not certain"
"""Beside a speaker read in a way that is wrong more often than is printed without a word."""


def speaker(printed: str, read_as: str, *, certain: bool = True) -> str:
    """A speaker as printed, with the name that it is read as, and with a word of doubt where there is reason.

    >>> speaker("he", "Anna Holm"), speaker("Holm", "", certain=False), speaker("", "", certain=False)
    ('he, read as Anna Holm', 'Holm (speaker not certain)', '')
    """
    told = f"{printed}, read as {read_as}" if read_as else printed
    return told if certain or not told else f"{told} ({UNCERTAIN})"


def printed_as(printed: str, person: str, *, certain: bool) -> str:
    """What is to be added under the name of a speaker; "" for nothing.

    >>> printed_as("he", "Anna Holm", certain=False), printed_as("Anna Holm", "Anna Holm", certain=True)
    ('as he; speaker not certain', '')
    """
    named = f"as {printed}" if printed_otherwise(printed, person) else ""
    return "; ".join(filter(None, (named, "" if certain else UNCERTAIN)))


MARKS: Final = "\"'“”„‟‘’‚‛«»‹›"
"""Quotation marks beside which ours would be read as one with them."""
APART: Final = "\u202f"
"""A narrow space that does not break, between two quotation marks."""


def quoted(words: str) -> str:
    """Printed words between our quotation marks, apart from marks of their own.

    >>> quoted("We agreed.") == "“We agreed.”", quoted("“No,” he said.") == "“\u202f“No,” he said.”"
    (True, True)
    """
    before, after = beside_marks(words)
    return f"“{APART * before}{words}{APART * after}”"


def beside_marks(words: str) -> tuple[bool, bool]:
    """Do the words begin, and do they end, with a quotation mark?"""
    return words[:1] in MARKS and words != "", words[-1:] in MARKS and words != ""


def day(*, resolved: bool, unsure: bool) -> str:
    """How a day is known; "" where the sentence names it outright."""
    if resolved:
        return ""
    return f"{RESOLVED}; uncertain: the sentence does not say which week" if unsure else RESOLVED


def sentence(words: str) -> str:
    """Words with a capital, as a sentence begins; a name with its own capitals stays as it is.

    >>> sentence("the port denies it"), sentence("al-Marsa says so"), sentence("")
    ('The port denies it', 'al-Marsa says so', '')
    """
    first = words.partition(" ")[0]
    return words[:1].upper() + words[1:] if first.islower() else words


def without_day(anchor: str) -> str:
    """When something is due whose day is not known: the words of the event that it is counted from, if any.

    >>> without_day("signing the convention")
    'counted from “signing the convention”, whose day is not known'
    """
    return f"counted from “{anchor}”, whose day is not known" if anchor else "no day known"
