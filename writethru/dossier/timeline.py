"""The days that a story names, ranked by how many independent texts name them, each with one sentence as printed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from writethru.dossier.parts import DayEntry, OpenDate
from writethru.statements.datelines import dateline_end
from writethru.statements.evidence import Account, Evidence, Once, Read, evidence_of, speaker_of
from writethru.statements.reading import TimeAt, place_text, sliced
from writethru.statements.time_context import TimeKind, is_either_week

MOST_DAYS: Final = 60
MOST_OPEN: Final = 40
_DATED: Final = (TimeKind.DATE, TimeKind.TIME)
_VAGUE: Final = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence that names a day."""

    day: date
    written: str
    relative: bool
    unsure: bool
    evidence: Evidence


def timeline(accounts: Sequence[Account]) -> tuple[tuple[DayEntry, ...], int]:
    """The days in order, and how many named by fewest were left out."""
    by_day: dict[date, list[Named]] = defaultdict(list)
    for account in accounts:
        for one in _named(account):
            by_day[one.day].append(one)
    entries = [_entry(day, found) for day, found in by_day.items()]
    entries.sort(key=lambda one: (-len(one.groups), -one.others, one.day))
    kept = sorted(entries[:MOST_DAYS], key=lambda one: one.day)
    return tuple(kept), max(0, len(entries) - MOST_DAYS)


def open_dates(accounts: Sequence[Account]) -> tuple[tuple[OpenDate, ...], int]:
    """Times that name no day, with why; those of the text that stands."""
    found: dict[tuple[str, str], OpenDate] = {}
    for account in accounts:
        for read in account.versions:
            if read.number != account.latest:
                continue
            for one in read.reading.times:
                why = _unresolved(one)
                if why:
                    evidence = evidence_of(account, read, one.place, speaker_of(read, one.place))
                    written = " ".join(f"{sliced(read.text, one.place)} {one.time.anchor}".split())
                    found.setdefault((account.group, evidence.words), OpenDate(written, why, evidence))
    listed = list(found.values())
    return tuple(listed[:MOST_OPEN]), max(0, len(listed) - MOST_OPEN)


def _named(account: Account) -> list[Named]:
    """Each sentence once for each day it names, with the versions that have it."""
    found = Once[Named](account)
    for read in account.versions:
        for one in read.reading.times:
            if one.block < 0 or one.time.days is None or one.time.days.first != one.time.days.last:
                continue
            if one.time.span.start < dateline_end(place_text(read.text, one.block)):
                continue
            if one.time.kind not in _DATED or _CLOCK.fullmatch(sliced(read.text, one.place)):
                continue
            named = _one(account, read, one)
            key = named.day, named.evidence.words
            if found.is_new(key, read):
                found.keep(key, named)
    return found.things


_CLOCK: Final = re.compile(
    r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?\s?m\.?|o['’]clock)?|noon|midday|midnight)(?: [A-Z]{2,4})?", re.IGNORECASE
)
"""A time of day by itself: which day it is of is not named."""


def _one(account: Account, read: Read, one: TimeAt) -> Named:
    assert one.time.days is not None
    evidence = evidence_of(account, read, one.place, speaker_of(read, one.place))
    written = sliced(read.text, one.place)
    unsure = one.time.relative and is_either_week(place_text(read.text, one.block), one.time.span)
    return Named(one.time.days.first, written, one.time.relative, unsure, evidence)


def _entry(day: date, found: Sequence[Named]) -> DayEntry:
    """The sentence: standing, naming the day outright, by the text of most others first, short."""
    best = min(found, key=_preference)
    return DayEntry(
        day=day,
        groups=tuple(sorted({one.evidence.group for one in found})),
        resolved=not best.relative,
        written=best.written,
        evidence=best.evidence,
        others=len({one.evidence.words for one in found}) - 1,
        unsure=best.unsure,
    )


def _preference(one: Named) -> tuple[bool, bool, bool, bool, int, tuple[int, int, int, str]]:
    words = len(one.evidence.words.split())
    return not one.evidence.stands, one.relative, one.unsure, not 8 <= words <= 40, words, one.evidence.key


def _unresolved(one: TimeAt) -> str:
    if one.time.anchor and one.time.kind is TimeKind.DURATION:
        return "counted from an event whose day is not known here"
    if one.time.kind in _DATED and one.time.days is None and one.time.value not in _VAGUE:
        return "meant from a day that is not known"
    return ""
