"""What an attribution is: somebody's words, whose they are, by which words of the text that is said, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from writethru.text.tokens import Span


class Directness(StrEnum):
    """How the content is given."""

    DIRECT = "direct"
    """In quotation marks."""
    MIXED = "mixed"
    """In reported speech with quoted words in it."""
    INDIRECT = "indirect"
    """In reported speech."""


class Rule(StrEnum):
    """By which pattern of words an attribution was read."""

    INVERTED = "inverted"
    """ "…," said the mayor."""
    BEHIND = "behind"
    """ "…," the mayor said."""
    BEFORE = "before"
    """The mayor said: "…"."""
    REPORTED = "reported"
    """The mayor believes …, with or without quoted words in it."""
    CLAUSE = "clause"
    """The mayor said that …: a short source, a plain verb of saying, and a clause."""
    BEGUN = "begun"
    """Said the mayor: "…"."""
    ACCORDING = "according"
    """According to the mayor, …"""
    PARTICIPLE = "participle"
    """The mayor defended it, saying: "…"."""
    JOINED = "joined"
    """The mayor rose and said …: the source is the subject at the head of the sentence."""
    LABEL = "label"
    """The mayor: "…"."""
    COLON = "colon"
    """The mayor went further: "…", with a verb that is no verb of speech."""
    VERB = "verb"
    """ "…," the mayor fumed, with whatever verb."""
    FOLLOWS = "follows"
    """The pier was shut, the mayor said. "…": a quotation right behind what is reported of its speaker."""
    SIGNED = "signed"
    """ "…" — the mayor"""
    BELOW = "below"
    """Quoted paragraphs below a line that ends "the mayor said:"."""
    ALONE = "alone"
    """A paragraph that is one quotation, below one that ends with its speaker's."""
    MODEL = "model"
    """By no rule: a model of the extra ``[nlp]`` read it, and says itself how sure it is."""


CONFIDENCE: Final = {
    Rule.INVERTED: 0.98,
    Rule.BEHIND: 0.98,
    Rule.BEFORE: 0.97,
    Rule.REPORTED: 0.7,
    Rule.CLAUSE: 0.9,
    Rule.BEGUN: 0.95,
    Rule.ACCORDING: 0.95,
    Rule.PARTICIPLE: 0.9,
    Rule.JOINED: 0.8,
    Rule.LABEL: 0.9,
    Rule.COLON: 0.8,
    Rule.VERB: 0.9,
    Rule.FOLLOWS: 0.9,
    Rule.SIGNED: 0.95,
    Rule.BELOW: 0.9,
    Rule.ALONE: 0.95,
}
"""Share of quotations given the right speaker, by rule, on a quarter of PolNeAR train; rarer rules are set low."""
UNQUOTED: Final = {Rule.BEHIND: 0.94, Rule.INVERTED: 0.7, Rule.ACCORDING: 0.9, Rule.BEFORE: 0.8, Rule.JOINED: 0.7}
"""The like where nothing is quoted, or only some words: share marked so too, on a third of PolNeAR train."""
REPORTS: Final = frozenset({Rule.REPORTED, Rule.CLAUSE})
"""Rules of reported clauses."""
PUBLISHED: Final = 0.9
"""Confidence from which an attribution may be printed as one: see ``bench/README.md`` for how often it is right."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words, as the text attributes them.

    Attributes:
        source: who; None where the text does not say, or does not say it clearly.
        cue: the words that attribute ("said", "according to"); None for a quotation without any.
        content: the stretches of what was said, in order.
        directness: quoted, reported, or both.
        rule: by which pattern of words it was read.
        sure: a model's calibrated share of right ones, or a rule's for such words; None for the rule's own share.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    directness: Directness
    rule: Rule = Rule.REPORTED
    sure: float | None = None

    @property
    def confidence(self) -> float:
        """How often the rule is right about the speaker, 0 to 1; 0 without a source."""
        if self.source is None:
            return 0.0
        if self.sure is not None:
            return self.sure
        known = CONFIDENCE[self.rule]
        return known if self.directness is Directness.DIRECT else UNQUOTED.get(self.rule, known)
