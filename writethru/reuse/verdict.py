"""What two articles are to each other: derived wholly, in part, from a common source, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from writethru.model import TimeBasis
from writethru.reuse.frames import framed_apart, naming, one_statement
from writethru.reuse.passages import Passage
from writethru.reuse.words import Words, own_words

WHOLLY = 0.6
"""Share of an article's own words in shared passages from which it is derived wholly."""
PARTLY_WORDS = 25
"""Shared words outside quotation marks from which an article is derived at all; fewer is a stock phrase or a name."""
PARTLY_IN_A_ROW = 20
"""… or so many in one passage: 18 would call four pairs that are not copying (`python -m bench reuse_labels`)."""
PARTLY_SHARE = 0.04
"""… and the least share of the shorter article that they make."""
SURE_GAP = timedelta(minutes=10)
"""Two first sightings closer than this say nothing of who was first: looks are minutes apart."""


class Verdict(StrEnum):
    """How far one text is made from the other's."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    COMMON_SOURCE = "common-source"
    NOT_DERIVED = "not-derived"


_NOT_KNOWN = "which way is not known: one from the other, or both from a third text"
_IN_WORDS = {
    Verdict.WHOLLY: f"most of one stands in the other; {_NOT_KNOWN}",
    Verdict.PARTLY: f"they share passages; {_NOT_KNOWN}",
    Verdict.COMMON_SOURCE: "they share words that both seem to have from a third",
    Verdict.NOT_DERIVED: "too little shared to say that either used the other",
}
_ORDERED = {
    Verdict.WHOLLY: "most of one stands in the other; the later one has it from the earlier, or both from a third text",
    Verdict.PARTLY: "they share passages; the later one has them from the earlier, or both from a third text",
}
_CREDITED = {
    Verdict.WHOLLY: "one made wholly from the other",
    Verdict.PARTLY: "one made in part from the other",
}


def in_words(verdict: str, source: str, evidence: Sequence[Mapping[str, Any]] = (), third: str = "") -> str:
    """A verdict for people: no more than is known.

    Made from the other is said where one credits it. Who was first alone does not tell that both have not used a third
    text; what nothing decides is told as that.

    Args:
        evidence: as pairs are kept with it: ``ground`` and ``source`` of each.
        third: the outlet of a text that came before both and holds as much of each, "" where there is none.

    >>> in_words("partly", "a", [{"ground": "credited", "source": "a"}]), in_words("common-source", "")
    ('one made in part from the other', 'they share words that both seem to have from a third')
    """
    if third:
        return f"they share text that both seem to have from a third: {third}"
    told = (_CREDITED if is_made(source, evidence) else _ORDERED) if source else _IN_WORDS
    return told[Verdict(verdict)]


def is_made(source: str, evidence: Sequence[Mapping[str, Any]], *, third: bool = False) -> bool:
    """Is the other text said to be made from the source: does it credit it, and did no ``third`` come before both?"""
    credited = any(one["ground"] == "credited" and one["source"] == source for one in evidence)
    return bool(source) and credited and not third


class Ground(StrEnum):
    """What speaks for one article being the earlier text."""

    OBSERVED_FIRST = "observed-first"
    STATED_FIRST = "stated-first"
    CREDITED = "credited"
    CONTAINED = "contained"
    CREDITS_ANOTHER = "credits-another"
    SAME_CREDIT = "same-credit"
    FRAMED_APART = "framed-apart"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One ground, whom it makes the source (``"a"``, ``"b"`` or ``""``), its weight and the words for a person."""

    ground: Ground
    source: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One article's side of a pair: what is needed beside its words.

    Attributes:
        name: as a person would name it (outlet and version).
        outlet: the outlet's name alone, "" where not known.
        agency: the agency that the outlet is, or "".
        credits: agencies the article credits.
        first_seen, basis: when the version was first sighted, and how far that can be trusted.
        stated: when the outlet says it was published, if with the minute and a zone.
        stated_day: the day the outlet gives, if no more.
    """

    words: Words
    name: str
    agency: str = ""
    credits: frozenset[str] = frozenset()
    first_seen: datetime | None = None
    basis: TimeBasis = TimeBasis.IMPORTED
    stated: datetime | None = None
    stated_day: date | None = None
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Reuse:
    """What two articles are to each other.

    Attributes:
        verdict: see ``Verdict``.
        source: ``"a"``, ``"b"`` or ``""`` where nothing decides it.
        confidence: 0 … 1 of the direction.
        shared_a, shared_b: share of each article's own words in the passages.
        passages, quotations: what they share, by writers' own words and by quoting.
        evidence: what speaks for the direction, strongest first.
    """

    verdict: Verdict
    source: str
    confidence: float
    shared_a: float
    shared_b: float
    passages: tuple[Passage, ...]
    quotations: tuple[Passage, ...]
    evidence: tuple[Evidence, ...]


def judge(a: Telling, b: Telling, passages: Sequence[Passage], quotations: Sequence[Passage] = ()) -> Reuse:
    """The verdict on a pair, with the direction and what speaks for it."""
    copied = tuple(passage for passage in passages if not passage.is_quotation)
    shares = _share(a.words, [p.a for p in copied]), _share(b.words, [p.b for p in copied])
    verdict = _verdict(copied, shares)
    derived = verdict is not Verdict.NOT_DERIVED
    third = _third(a, b, copied, shares) if derived else _statement(a, b, copied, quotations)
    if third is None and not derived:
        return Reuse(verdict, "", 0.0, *shares, copied, tuple(quotations), ())
    evidence = tuple(sorted(_evidence(a, b, shares, copied), key=lambda found: (-found.weight, found.ground)))
    if third is not None:
        return Reuse(Verdict.COMMON_SOURCE, "", 0.0, *shares, copied, tuple(quotations), (third, *evidence))
    source, confidence = _direction(evidence)
    return Reuse(verdict, source, confidence, *shares, copied, tuple(quotations), evidence)


def _share(words: Words, ranges: Sequence[tuple[int, int]]) -> float:
    """Share of the own words of an article that stand in these ranges."""
    inside = sum(own_words(words.marks[start:end]) for start, end in ranges)
    return inside / own if (own := words.own()) else 0.0


def _verdict(copied: Sequence[Passage], shares: tuple[float, float]) -> Verdict:
    own = [passage.own for passage in copied]
    enough = sum(own) >= PARTLY_WORDS or max(own, default=0) >= PARTLY_IN_A_ROW
    if not enough or max(shares) < PARTLY_SHARE:
        return Verdict.NOT_DERIVED
    return Verdict.WHOLLY if max(shares) >= WHOLLY else Verdict.PARTLY


def _third(a: Telling, b: Telling, copied: Sequence[Passage], shares: tuple[float, float]) -> Evidence | None:
    """What speaks for a third text from which both have it; None where nothing does."""
    alike = sorted((a.credits & b.credits) - {a.agency, b.agency})
    if alike:
        return Evidence(Ground.SAME_CREDIT, "", 0.0, f"both credit {', '.join(alike)}")
    if _credits(a, b) or _credits(b, a) or max(shares) >= WHOLLY or _naming(a, b, copied):
        return None
    return _framed(a, b, framed_apart((a.words, b.words), copied, (a.outlet, b.outlet)))


def _statement(a: Telling, b: Telling, copied: Sequence[Passage], quotations: Sequence[Passage]) -> Evidence | None:
    """What speaks for one statement before two who share too little to say that either used the other."""
    if _credits(a, b) or _credits(b, a) or _naming(a, b, copied):
        return None
    return _framed(a, b, one_statement((a.words, b.words), (copied, quotations), (a.outlet, b.outlet)))


def _framed(a: Telling, b: Telling, side: str) -> Evidence | None:
    if not side:
        return None
    one, other = (a, b) if side == "a" else (b, a)
    words = f"what they share is given as somebody's words by {one.name}, and otherwise by {other.name}"
    return Evidence(Ground.FRAMED_APART, "", 0.0, words)


def _credits(telling: Telling, other: Telling) -> bool:
    return bool(other.agency) and other.agency in telling.credits and telling.agency != other.agency


def _naming(a: Telling, b: Telling, copied: Sequence[Passage]) -> str:
    return naming((a.words, b.words), copied, (a.outlet, b.outlet))


def _evidence(a: Telling, b: Telling, shares: tuple[float, float], copied: Sequence[Passage]) -> list[Evidence]:
    found = []
    named_by = _naming(a, b, copied)
    for one, other, side in ((a, b, "a"), (b, a, "b")):
        if _credits(other, one):
            found.append(Evidence(Ground.CREDITED, side, 3.0, f"{other.name} credits {one.agency}"))
        elif named_by and named_by != side:
            words = f"{other.name} names {one.outlet} beside what they share"
            found.append(Evidence(Ground.CREDITED, side, 2.0, words))
        elsewhere = sorted(other.credits - {other.agency, one.agency})
        if elsewhere:
            words = f"{other.name} credits {', '.join(elsewhere)}"
            found.append(Evidence(Ground.CREDITS_ANOTHER, "", 0.0, words))
    found += _first(a, b)
    return found + _contained(a, b, shares)


def _first(a: Telling, b: Telling) -> list[Evidence]:
    """Who was seen, and who says to have been, first."""
    found = []
    exact = {TimeBasis.OBSERVED, TimeBasis.STATED}
    if a.first_seen and b.first_seen and {a.basis, b.basis} <= exact and abs(a.first_seen - b.first_seen) > SURE_GAP:
        side, first, later = ("a", a, b) if a.first_seen < b.first_seen else ("b", b, a)
        words = f"{first.name} was seen {_duration(abs(a.first_seen - b.first_seen))} before {later.name}"
        found.append(Evidence(Ground.OBSERVED_FIRST, side, 1.5, words))
    if a.stated and b.stated:
        if abs(a.stated - b.stated) > SURE_GAP:
            side, first, later = ("a", a, b) if a.stated < b.stated else ("b", b, a)
            words = f"{first.name} states a time {_duration(abs(a.stated - b.stated))} before {later.name}'s"
            found.append(Evidence(Ground.STATED_FIRST, side, 1.0, words))
    elif a.stated_day and b.stated_day and a.stated_day != b.stated_day:
        side, first, later = ("a", a, b) if a.stated_day < b.stated_day else ("b", b, a)
        words = f"{first.name} states an earlier day ({first.stated_day}) than {later.name} ({later.stated_day})"
        found.append(Evidence(Ground.STATED_FIRST, side, 0.7, words))
    return found


def _contained(a: Telling, b: Telling, shares: tuple[float, float]) -> list[Evidence]:
    """Most of the one stands in the other: as often a cut as a source, so that it decides nothing alone."""
    if abs(shares[0] - shares[1]) < 0.15 or max(shares) < WHOLLY:
        return []
    inner, outer, side = (a, b, "b") if shares[0] > shares[1] else (b, a, "a")
    words = f"{max(shares):.0%} of {inner.name} stands in {outer.name}, {min(shares):.0%} the other way"
    return [Evidence(Ground.CONTAINED, side, 0.5, words)]


def _direction(evidence: Sequence[Evidence]) -> tuple[str, float]:
    votes = {side: sum(found.weight for found in evidence if found.source == side) for side in ("a", "b")}
    total = votes["a"] + votes["b"]
    if votes["a"] == votes["b"] or {found.ground for found in evidence if found.source} == {Ground.CONTAINED}:
        return "", 0.0
    side = max(votes, key=votes.__getitem__)
    return side, round(votes[side] / (total + 0.5), 3)


def _duration(gap: timedelta) -> str:
    minutes = round(gap.total_seconds() / 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{round(minutes / 60)} hours" if minutes < 48 * 60 else f"{round(minutes / 1440)} days"
