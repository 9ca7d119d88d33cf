"""What an outlet's changes add up to: when, how many, of which kinds, noted or silent. Pure.

Everything is counted over a window: the newest changes of the outlet, as many as one question to the store may look at.
A figure says over what it was counted, and none grows with the archive.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from writethru.model import ChangeRecord, TimeBasis

DATED: Final = frozenset({TimeBasis.OBSERVED, TimeBasis.STATED})

NARROW: Final = timedelta(hours=1)
"""A change is placed at an hour only if it is known within an hour."""

NOTE: Final = "correction-note"

OF_FACT: Final = frozenset({"figure", "date", "name", "negation", "quotation-altered", "attribution"})
"""Kinds of edit that can make another statement of a text; style and layout are not among them."""

KINDS_SHOWN: Final = 6
PERIODS: Final = 12


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of time: its beginning, and how many changes had an edit of each kind."""

    begin: datetime
    changes: int
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a window of changes came to.

    Attributes:
        changes, articles: how many changes are in the window, of how many articles.
        since, until: first sightings of its oldest and its newest change.
        whole: whether the window holds every change of the outlet.
        placed: changes known within an hour; only these are in ``rhythm``.
        rhythm: weekday (Monday = 0) by hour (UTC), changes first seen there.
        periods: oldest first, of equal length.
        kinds: the most frequent ones, most frequent first.
        of_fact: changes with an edit of a kind in ``OF_FACT``.
        noted: those of them with a correction note in the same change or a later one of the article.
    """

    changes: int
    articles: int
    since: datetime | None
    until: datetime | None
    whole: bool
    placed: int
    rhythm: tuple[tuple[int, ...], ...]
    periods: tuple[Period, ...]
    kinds: tuple[str, ...]
    of_fact: int
    noted: int

    @property
    def silent(self) -> int:
        """Changes of fact without a note that was seen."""
        return self.of_fact - self.noted


def figures_of(records: Sequence[ChangeRecord], *, whole: bool) -> Figures:
    """Count a window of one outlet's changes, newest first."""
    dated = [record for record in records if record.basis in DATED]
    placed = [record for record in dated if record.before - record.after <= NARROW]
    of_fact = [record for record in records if OF_FACT & set(record.kinds)]
    last_note = _last_notes(records)
    kinds = Counter(kind for record in dated for kind in record.kinds)
    shown = tuple(kind for kind, _ in kinds.most_common(KINDS_SHOWN))
    return Figures(
        changes=len(records),
        articles=len({record.article_id for record in records}),
        since=min((record.before for record in dated), default=None),
        until=max((record.before for record in dated), default=None),
        whole=whole,
        placed=len(placed),
        rhythm=_rhythm(placed),
        periods=_periods(dated),
        kinds=shown,
        of_fact=len(of_fact),
        noted=sum(record.number <= last_note.get(record.article_id, 0) for record in of_fact),
    )


def first_notes(records: Sequence[ChangeRecord]) -> dict[int, ChangeRecord]:
    """Article to the first change of it that brought or touched a note, dated ones only; newest articles first."""
    found: dict[int, ChangeRecord] = {}
    for record in records:
        if NOTE in record.kinds and record.basis in DATED:
            found.pop(record.article_id, None)
            found[record.article_id] = record
    return found


def median_time(pairs: Sequence[tuple[datetime, datetime]]) -> timedelta | None:
    """Of times between two moments each, None of none."""
    return timedelta(seconds=median((after - before).total_seconds() for before, after in pairs)) if pairs else None


def _last_notes(records: Sequence[ChangeRecord]) -> dict[int, int]:
    last: dict[int, int] = {}
    for record in records:
        if NOTE in record.kinds:
            last[record.article_id] = max(last.get(record.article_id, 0), record.number)
    return last


def _rhythm(placed: Sequence[ChangeRecord]) -> tuple[tuple[int, ...], ...]:
    cells = Counter((record.before.weekday(), record.before.hour) for record in placed)
    return tuple(tuple(cells[day, hour] for hour in range(24)) for day in range(7))


def _periods(dated: Sequence[ChangeRecord]) -> tuple[Period, ...]:
    """Twelve stretches of whole days (fewer where there are fewer days), the last one ending with the newest change."""
    if not dated:
        return ()
    first = min(record.before for record in dated).replace(hour=0, minute=0, second=0, microsecond=0)
    days = (max(record.before for record in dated) - first).days + 1
    step = timedelta(days=-(-days // PERIODS))
    members: defaultdict[int, list[ChangeRecord]] = defaultdict(list)
    for record in dated:
        members[(record.before - first) // step].append(record)
    return tuple(
        Period(first + number * step, len(members[number]), Counter(k for r in members[number] for k in r.kinds))
        for number in range(-(-timedelta(days=days) // step))
    )
