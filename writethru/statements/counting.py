"""What a figure counts: whether two of them count the same thing is told by noun, verb, neighbouring words and day.

It is told conservatively: what cannot be told apart from another thing of the same sort is not set against it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from writethru.statements.calendar import Days
from writethru.statements.counted_sentence import CountedSentence, figure_start
from writethru.statements.evidence import (
    SIDE_KINDS,
    Account,
    Evidence,
    Once,
    Read,
    evidence_of,
    is_moot,
    sentence_at,
    speaker_of,
)
from writethru.statements.figures import Figure
from writethru.statements.measures import Measure
from writethru.statements.reading import FigureAt, Place, place_text, sliced

SHARED: Final = 2
"""Words besides noun and verb that two sentences must share."""
SHARED_ALONE: Final = 3
"""The same where one of them does not say what it counts."""
MOST_IN_SENTENCE: Final = 8
"""Figures; what has more is a list, and what each of them counts is not told by the words beside it."""
_NUMBER_WORD: Final = re.compile(
    r"\d[\d,.]*|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w{3,5})?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|hundred|thousand",
    re.IGNORECASE,
)
""" "Nine of the twenty-one": what is counted is told by a number again."""
_OF_A_NUMBER = re.compile(rf"(?:{_NUMBER_WORD.pattern})(?= |$)", re.IGNORECASE)
""" "Three of the *seven bullets*"."""
_DEPTH_BEFORE = re.compile(r"\bdepth of\s+(?:only |just )?$", re.IGNORECASE)
_FROM_PLACE = re.compile(
    r"\s?\)?\s*(?:(?:away|inland|offshore|further|farther|(?:to the )?(?:north|south|east|west)[a-z]*|-)\s*)*"
    r"(?:\b(?:of|from|off|outside|beyond|downstream of|upstream of)\s+(?:the )?(?:[a-z]+ (?:of )?){0,3}"
    r"(?P<place>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)?|(?<=away)|(?<=(?:ward|east|west|orth|outh)))",
)
"""Behind a distance: what it is taken from, as named."""
_PART = re.compile(r"\s*(?:of (?:whom|them|which|those)\b|more (?!than\b)\w|others\b)", re.IGNORECASE)
_REST = re.compile(r"\s*(?:other|remaining)\b", re.IGNORECASE)
_REST_BEFORE = re.compile(r"\b(?:other|remaining|rest of the)\s+$", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|half|none|all|most|some|each|many|"
    r"out)) of (?:the |its |all )?$|\ball (?:the |its |of the )?$",
    re.IGNORECASE,
)
"""Before a figure: it is the whole ("ninety *of 121 seats*", "*all 121 seats*"), and no answer to how many of it."""
_PART_BEFORE = re.compile(r"(?:including|among them|of whom|another|a further|plus)\s+(?:\w+\s+)?$", re.IGNORECASE)


_UNITS: Final = {"%": "per cent", "pp": "percentage points", "bp": "basis points", "point": "points"}
"""As a heading says them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure as an article states it.

    Attributes:
        place: of the figure in ``evidence.version``.
        written: the figure with its hedge and what it counts, as written.
        noun: what is counted, folded; "people" for people of any sort that is not named, "" where nothing is said.
        harm: what happened to them, "" where nothing or something else did.
        about: further words of the sentence, folded.
        days: the day that its sentence names, None where it names none or several.
        part: it counts a part of another figure ("of whom four", "including two").
        apart: "whole" where another figure tells a part of it ("of 121 seats"), "share" of such a whole, "rest" for
            others than before; only figures of one sort are compared.
        moot: it stands in words that their speaker denied or asked, and nobody claims it.
        crowded: its sentence does not name what it counts, and has other figures of its sort.
    """

    figure: Figure
    place: Place
    written: str
    evidence: Evidence
    noun: str
    harm: str
    happened: str
    about: frozenset[str]
    days: Days | None
    part: bool
    apart: str = ""
    moot: bool = False
    crowded: bool = False

    @property
    def what(self) -> str:
        """What it counts, in words."""
        noun = self.figure.counted or self.noun or _UNITS.get(self.figure.unit, self.figure.unit)
        if _NUMBER_WORD.fullmatch(noun):
            return f"{self.happened or 'a part'} of the {noun}"
        return f"{noun} {self.happened}".strip() if self.harm and self.noun == "people" else noun

    @property
    def key(self) -> tuple[tuple[int, int, int, str], int]:
        """Sorts."""
        return self.evidence.key, self.place.start


@dataclass(frozen=True, slots=True)
class Same:
    """Two figures count the same thing: because of these words."""

    words: tuple[str, ...]


def claims_in(account: Account) -> list[Claim]:
    """The figures of all versions of an article, each once with the versions it stands in; by place."""
    found = Once[Claim](account)
    for read in account.versions:
        told = list(_told(read))
        sorts = Counter({(sentence, one.figure.measure, one.figure.low) for one, sentence in told})
        many = Counter((sentence, measure) for sentence, measure, _ in sorts)
        for one, sentence in told:
            key = sliced(read.text, sentence), one.place.start - sentence.start
            if found.is_new(key, read):
                made = _claim(account, read, one)
                found.keep(key, replace(made, crowded=not made.noun and many[sentence, one.figure.measure] > 1))
    return sorted(found.things, key=lambda one: one.key)


def same_thing(one: Claim, other: Claim) -> Same | None:
    """Whether two figures count the same thing, and by what; None where that cannot be told."""
    if not _comparable(one, other):
        return None
    shared = one.about & other.about
    named = bool(one.noun and other.noun)
    needed, times = (SHARED, 4) if named or one.figure.measure is Measure.COUNT else (SHARED_ALONE, 2)
    needed = needed if named else SHARED_ALONE
    if len(shared) < needed or len(shared) * times < min(len(one.about), len(other.about)):
        return None
    return Same(tuple(sorted(shared)))


def _comparable(one: Claim, other: Claim) -> bool:
    a, b = one.figure, other.figure
    if one.part or other.part or one.moot or other.moot or one.apart != other.apart:
        return False
    if one.evidence.event != other.evidence.event:
        return False
    if (one.crowded or other.crowded) and (a.low, a.high) != (b.low, b.high):
        return False
    if (a.measure, a.rate, a.movement) != (b.measure, b.rate, b.movement) or a.measure in NO_QUESTION:
        return False
    if one.noun != other.noun and ((one.noun and other.noun) or a.measure is Measure.COUNT):
        return False
    if a.measure is Measure.COUNT and (
        not one.noun or one.harm != other.harm or (one.noun == "people" and not one.harm)
    ):
        return False
    return not _of_two_peoples(a, b) and not _apart(one, other)


_STEM = 4
"""Letters that "Somali" and "Somalian" share."""


def _of_two_peoples(one: Figure, other: Figure) -> bool:
    """ "23 *Somali* pirates" and "11 *Yemeni* pirates": each names whose they are, and none is the same.

    Of shares any such word tells: "60 % of *black* voters" is none of the *Republican* ones.
    """
    any_word = one.measure is Measure.SHARE
    mine, theirs = (
        {word[:_STEM].lower() for word in figure.counted.split()[:-1] if any_word or word[:1].isupper()}
        for figure in (one, other)
    )
    return bool(mine and theirs and mine.isdisjoint(theirs))


NO_QUESTION: Final = frozenset({Measure.TIME, Measure.AGE})
"""Lengths of time are asked about as deadlines only, ages not at all: whose they are is not read."""


def _apart(one: Claim, other: Claim) -> bool:
    """Do they speak of other days, or stand side by side in one text?"""
    if one.days and other.days and (one.days.last < other.days.first or other.days.last < one.days.first):
        return True
    a, b = one.evidence, other.evidence
    if a.article != b.article:
        return False
    together = a.version <= b.last and b.version <= a.last
    return together and not (a.speaker and b.speaker and a.speaker != b.speaker)


def _told(read: Read) -> Iterator[tuple[FigureAt, Place]]:
    """The figures of a version that are told in sentences, with these; a sentence of many figures is a list."""
    rows = [
        (one, sentence_at(read.text, one.place))
        for one in read.reading.figures
        if one.block < 0 or read.text.blocks[one.block].kind not in SIDE_KINDS
    ]
    many = Counter(sentence for _, sentence in rows)
    return (row for row in rows if many[row[1]] <= MOST_IN_SENTENCE and not _of_a_file(read, *row))


_FILE = re.compile(
    r"\((?:[^()]*[\s(,.])?(?:PDF|MS Word|Word|PowerPoint|Excel|pptx?|docx?|xlsx?|csv|zip|mp[34])\b[^()]*\)",
    re.IGNORECASE,
)
"""What is told of a file behind its link: "(PDF, 3.7 MB, 65 pages)"."""


def _of_a_file(read: Read, one: FigureAt, sentence: Place) -> bool:
    text = place_text(read.text, one.block)
    if "(" not in text[sentence.start : one.place.start]:
        return False
    spans = (match.span() for match in _FILE.finditer(text, sentence.start, sentence.end))
    return any(start <= one.place.start < end for start, end in spans)


def _claim(account: Account, read: Read, one: FigureAt) -> Claim:
    evidence = evidence_of(account, read, one.place, speaker_of(read, one.place))
    text = place_text(read.text, one.block)
    rows = CountedSentence(text, evidence.place, one.figure)
    return Claim(
        figure=one.figure,
        place=one.place,
        written=_written(text, one.figure),
        evidence=evidence,
        noun=rows.noun(),
        harm=rows.harm()[0],
        happened=rows.harm()[1],
        about=rows.about(),
        days=_days(read, evidence.place),
        part=bool(_PART.match(text, one.figure.span.end) or _PART_BEFORE.search(text, 0, figure_start(one.figure))),
        apart=_apart_as(text, one.figure),
        moot=is_moot(read, one.place),
    )


def _apart_as(text: str, figure: Figure) -> str:
    if figure.counted[:1].isdigit() or _OF_A_NUMBER.match(figure.counted):
        return "share"
    if _WHOLE.search(text, 0, figure_start(figure)):
        return "whole"
    if _REST.match(text, figure.span.end) or _REST_BEFORE.search(text, 0, figure_start(figure)):
        return "rest"
    return _measured_from(text, figure)


def _measured_from(text: str, figure: Figure) -> str:
    """Which place a distance is taken from, "" where it is none: no two places are one distance."""
    if figure.measure is not Measure.PHYSICAL:
        return ""
    if _DEPTH_BEFORE.search(text, 0, figure_start(figure)):
        return "depth"
    found = _FROM_PLACE.match(text, figure.span.end)
    return f"from {(found['place'] or '').casefold()}" if found else ""


def _written(text: str, figure: Figure) -> str:
    """From the hedge before it to what it counts and by what, where these adjoin."""
    end = figure.span.end
    if figure.counted_span.end > end and figure.counted_span.start - end <= 20:
        end = figure.counted_span.end
    rate = _RATE.match(text, end) if figure.rate else None
    end = rate.end() if rate else end
    start = figure_start(figure)
    return " ".join(text[start if figure.span.start - start <= 20 else figure.span.start : end].split())


_RATE = re.compile(r"(?:,? (?:an?|per|each|every) [\w-]+| ?/ ?\w+| annually){1,2}(?: each)?", re.IGNORECASE)


def _days(read: Read, sentence: Place) -> Days | None:
    found = [
        one.time.days
        for one in read.reading.times
        if one.block == sentence.block and sentence.start <= one.time.span.start < sentence.end and one.time.days
    ]
    return found[0] if len(found) == 1 else None


def all_claims(accounts: Sequence[Account]) -> Iterator[Claim]:
    """Of several articles."""
    for account in accounts:
        yield from claims_in(account)
