"""What a figure counts: whether two of them count the same thing is told by noun, verb, neighbouring words and day.

It is told conservatively: what cannot be told apart from another thing of the same sort is not set against it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from writethru.comparison.lexicon import listed
from writethru.statements.calendar import Days
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
from writethru.text.tokens import word_spans

HARMS: Final = {
    "killed": listed("killed killing kills kill dead died dies die dying death deaths fatal fatalities lives toll"),
    "injured": listed("injured injuring injures wounded wounding wounds injuries hurt"),
    "missing": listed("missing unaccounted"),
    "arrested": listed("arrested arresting arrests arrest detained detaining detains"),
    "displaced": listed("displaced evacuated evacuating fled homeless displacing moved"),
    "trapped": listed("trapped stranded besieged cut"),
    "rescued": listed("rescued rescuing saved"),
}
"""What happens to the people that a figure counts, by its words."""
_AS_PRINTED: Final = {
    "dead": listed("dead died dies die dying death deaths fatal fatalities lives toll"),
    "wounded": listed("wounded wounding wounds"),
    "hurt": listed("hurt"),
    "unaccounted for": listed("unaccounted"),
    "detained": listed("detained detaining detains"),
    "evacuated": listed("evacuated evacuating"),
    "homeless": listed("homeless"),
    "moved from their homes": listed("moved"),
    "stranded": listed("stranded"),
    "besieged": listed("besieged"),
    "cut off": listed("cut"),
    "saved": listed("saved"),
}
"""The same nearer to the printed words, for headings: who is cut off need not be trapped, nor who died killed."""
_ONLY_WITH: Final = {
    "cut": re.compile(r"cut off", re.IGNORECASE),
    "moved": re.compile(r"moved (?:from|out of) (?:their|his|her) homes?\b", re.IGNORECASE),
}
"""Words that say what happened to somebody only with those behind them."""
PEOPLE: Final = listed("people persons person dead deaths fatalities victims lives casualties injured wounded missing")
NEAR: Final = 7
"""Words between a figure and what happened to those it counts."""
SHARED: Final = 2
"""Words besides noun and verb that two sentences must share."""
SHARED_ALONE: Final = 3
"""The same where one of them does not say what it counts."""
MOST_IN_SENTENCE: Final = 8
"""Figures; what has more is a list, and what each of them counts is not told by the words beside it."""
_COMMON = listed(
    "the and for are was had has not its his her out our who why how can may new two one about after again",
    "against all also although among another any around because been before being between both but could does",
    "during each even every first following from further given good have having here however if including into",
    "itself just known last least less like made make many might more most much must near nearly never next",
    "none now number of off often only other others over own part per perhaps put quite rather said same say",
    "says saying several should since some still such take taken than that their them then there these they",
    "this those though through told too under until upon used very want way well were what when where whether",
    "which while whom whose will with within without would year years yesterday day days today monday tuesday",
    "wednesday thursday friday saturday sunday week weeks month months reported reports according official",
    "officials spokesman spokeswoman statement news agency people person killed nothing something anything everything",
    "come comes came coming better she did does due get gets got goes going gone",
)
"""Words that do not tell one thing from another."""
_NUMBER_WORD: Final = re.compile(
    r"\d[\d,.]*|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w{3,5})?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|hundred|thousand",
    re.IGNORECASE,
)
""" "Nine of the twenty-one": what is counted is told by a number again."""
_PART = re.compile(r"\s*(?:of (?:whom|them|which|those)\b|more (?:were|people|of)\b|others\b)", re.IGNORECASE)
_REST = re.compile(r"\s*other\b", re.IGNORECASE)
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
        for one, sentence in _told(read):
            key = sliced(read.text, sentence), one.place.start - sentence.start
            if found.is_new(key, read):
                found.keep(key, _claim(account, read, one))
    return sorted(found.things, key=lambda one: one.key)


def same_thing(one: Claim, other: Claim) -> Same | None:
    """Whether two figures count the same thing, and by what; None where that cannot be told."""
    if not _comparable(one, other):
        return None
    shared = one.about & other.about
    needed = SHARED if one.noun and other.noun else SHARED_ALONE
    if len(shared) < needed or len(shared) * 4 < min(len(one.about), len(other.about)):
        return None
    return Same(tuple(sorted(shared)))


def _comparable(one: Claim, other: Claim) -> bool:
    a, b = one.figure, other.figure
    if one.part or other.part or one.moot or other.moot or one.apart != other.apart:
        return False
    if one.evidence.event != other.evidence.event:
        return False
    if (a.measure, a.rate, a.movement) != (b.measure, b.rate, b.movement) or a.measure in NO_QUESTION:
        return False
    if one.noun != other.noun and ((one.noun and other.noun) or a.measure is Measure.COUNT):
        return False
    if a.measure is Measure.COUNT and (
        not one.noun or one.harm != other.harm or (one.noun == "people" and not one.harm)
    ):
        return False
    return not _apart(one, other)


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
    return (row for row in rows if many[row[1]] <= MOST_IN_SENTENCE)


def _claim(account: Account, read: Read, one: FigureAt) -> Claim:
    evidence = evidence_of(account, read, one.place, speaker_of(read, one.place))
    text = place_text(read.text, one.block)
    rows = _Sentence(text, evidence.place, one.figure)
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
        part=bool(_PART.match(text, one.figure.span.end) or _PART_BEFORE.search(text, 0, _start(one.figure))),
        apart=_apart_as(text, one.figure),
        moot=is_moot(read, one.place),
    )


def _apart_as(text: str, figure: Figure) -> str:
    if figure.counted[:1].isdigit() or _NUMBER_WORD.fullmatch(figure.counted):
        return "share"
    if _WHOLE.search(text, 0, _start(figure)):
        return "whole"
    return "rest" if _REST.match(text, figure.span.end) else ""


def _start(figure: Figure) -> int:
    hedged = figure.hedge_span.end > figure.hedge_span.start
    return min(figure.span.start, figure.hedge_span.start) if hedged else figure.span.start


def _written(text: str, figure: Figure) -> str:
    """From the hedge before it to what it counts and by what, where these adjoin."""
    end = figure.span.end
    if figure.counted_span.end > end and figure.counted_span.start - end <= 20:
        end = figure.counted_span.end
    rate = _RATE.match(text, end) if figure.rate else None
    end = rate.end() if rate else end
    start = _start(figure)
    return " ".join(text[start if figure.span.start - start <= 20 else figure.span.start : end].split())


_RATE = re.compile(r"(?:,? (?:an?|per|each|every) [\w-]+| ?/ ?\w+| annually){1,2}(?: each)?", re.IGNORECASE)


def _days(read: Read, sentence: Place) -> Days | None:
    found = [
        one.time.days
        for one in read.reading.times
        if one.block == sentence.block and sentence.start <= one.time.span.start < sentence.end and one.time.days
    ]
    return found[0] if len(found) == 1 else None


class _Sentence:
    """A sentence around a figure, by its words."""

    def __init__(self, text: str, place: Place, figure: Figure) -> None:
        self._text, self._place, self._figure = text, place, figure
        spans = [(place.start + a, place.start + b) for a, b in word_spans(text[place.start : place.end])]
        self._words = [(start, end, text[start:end].lower()) for start, end in spans]

    def noun(self) -> str:
        """The last word of what is counted, in one number; people of no sort are one."""
        if self._figure.measure is Measure.COUNT and self._figure.counted.lower() in PEOPLE | {""}:
            return "people" if self._figure.counted or self.harm()[0] else ""
        last = self._figure.counted.lower().rpartition(" ")[2]
        return "people" if last in PEOPLE else folded(last)

    def harm(self) -> tuple[str, str]:
        """What happened to those that are counted, and the same as printed: by the nearest word that says so."""
        found = [
            (self._distance(start), name, word)
            for start, _, word in self._words
            for name, words in HARMS.items()
            if word in words and (word not in _ONLY_WITH or _ONLY_WITH[word].match(self._text, start))
        ]
        distance, name, word = min(found, default=(NEAR + 1, "", ""))
        if distance > NEAR:
            return "", ""
        return name, next((printed for printed, words in _AS_PRINTED.items() if word in words), name)

    def about(self) -> frozenset[str]:
        """Words of the sentence that are neither the figure nor what it counts nor too common."""
        skipped = (self._figure.span, self._figure.counted_span, self._figure.hedge_span)
        return frozenset(
            folded(word)
            for start, end, word in self._words
            if not any(start < span.end and end > span.start for span in skipped)
            and _tells(word)
            and not any(word in words for words in HARMS.values())
        )

    def _distance(self, start: int) -> int:
        """Words between a place and the figure."""
        low, high = sorted((start, self._figure.span.start))
        return sum(low < at < high for at, _, _ in self._words)


def telling_words(text: str) -> frozenset[str]:
    """Words that tell what a sentence is about, folded."""
    return frozenset(folded(word) for a, b in word_spans(text) if _tells(word := text[a:b].lower()))


_CONTRACTED = re.compile(r"(?:n['’]t|['’](?:s|re|ll|ve|d|m)?)$")


def _tells(word: str) -> bool:
    bare = _CONTRACTED.sub("", word)
    return len(bare) > 2 and not bare[0].isdigit() and bare not in _COMMON and word not in _COMMON


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """A word in one number and form, roughly: "weapons" and "weapon" are one, "'s" is none of it."""
    word = re.sub(r"['’]s?$", "", word.lower())
    for ending, kept in (("ies", "y"), ("sses", "ss"), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)] + kept
    return word


def all_claims(accounts: Sequence[Account]) -> Iterator[Claim]:
    """Of several articles."""
    for account in accounts:
        yield from claims_in(account)
