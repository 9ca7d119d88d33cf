"""What a history adds up to: the article was gone for a while; two texts were shown in turn. Pure.

Nothing is stored: looks and changes are, and these say the same for the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from writethru.model import Capture, ChangeRecord, Outcome, Reason, TimeBasis

ABSENT: Final = frozenset({Outcome.GONE, Outcome.MOVED})
"""Looks at which the address did not show the article."""

PRESENT: Final = frozenset({Outcome.SAME, Outcome.EDITED, Outcome.TEASER})
"""Looks at which it did. All others say nothing about it."""

DATED: Final = frozenset({TimeBasis.OBSERVED, TimeBasis.STATED})
"""Only looks with a time of their own say when something was gone."""

FEW_LOOKS, SHORT_SPAN = 3, timedelta(hours=2)
"""Gone at so many looks over so long a time is a disappearance …"""

TWO_LOOKS, LONG_SPAN = 2, timedelta(hours=24)
"""… and so are two looks a day apart, where looks are rare. Less may be an outage."""


class Step(StrEnum):
    """What is reported of an absence."""

    DISAPPEARED = "disappeared"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Absence:
    """A run of looks at which the article was not at its address.

    It disappeared after ``after`` and not later than ``first``; it came back after ``last``
    and not later than ``back``.

    Attributes:
        after: the last look before at which it was there; None if it never was.
        first, last: the first and the last look at which it was not.
        looks: how many of these there were.
        back: the first look after at which it was there; None while it is away.
        reasons: why it was held to be gone, in order of first sight.
    """

    after: datetime | None
    first: datetime
    last: datetime
    looks: int
    reasons: tuple[Reason, ...]
    back: datetime | None = None

    @property
    def is_reported(self) -> bool:
        """Seen often and long enough to be called a disappearance."""
        span = self.last - self.first
        return (self.looks >= FEW_LOOKS and span >= SHORT_SPAN) or (self.looks >= TWO_LOOKS and span >= LONG_SPAN)


@dataclass(frozen=True, slots=True)
class Alternation:
    """Known texts shown in turn.

    Attributes:
        change: number of the change with which it became clear, the one that feeds carry.
        first, last: when that one and the last of the returns were first seen.
        versions: numbers of the texts, ascending.
        returns: how many returns it took, that one included.
    """

    change: int
    first: datetime
    last: datetime
    versions: tuple[int, ...]
    returns: int


def absences(captures: Iterable[Capture]) -> tuple[Absence, ...]:
    """All runs of absence, in time; ask each whether it ``is_reported``.

    Args:
        captures: of one article, in time.
    """
    return tuple(_absences(captures))


def steps_of(captures: Iterable[Capture]) -> Iterator[tuple[Step, datetime, Absence]]:
    """What is to be reported of the absences of one article, and when it was settled, in time.

    A disappearance is settled by the look that makes it one, and told as it was known then; further looks
    at which the article is away change nothing of it. A return is settled by the look that finds it back.

    Args:
        captures: of one article, in time.
    """
    after: datetime | None = None
    run: list[Capture] = []
    told = False
    for capture in captures:
        at, outcome = capture.look.captured_at, capture.look.outcome
        if capture.look.basis not in DATED or outcome not in ABSENT | PRESENT:
            continue
        if outcome in ABSENT:
            run.append(capture)
            if not told and (absence := _absence(after, run, None)).is_reported:
                told = True
                yield Step.DISAPPEARED, at, absence
            continue
        if told:
            yield Step.RETURNED, at, _absence(after, run, at)
        after, run, told = at, [], False


def _absences(captures: Iterable[Capture]) -> Iterator[Absence]:
    after: datetime | None = None
    run: list[Capture] = []
    dated = (capture for capture in captures if capture.look.basis in DATED)
    for capture in dated:
        if capture.look.outcome in ABSENT:
            run.append(capture)
        elif capture.look.outcome in PRESENT:
            if run:
                yield _absence(after, run, capture.look.captured_at)
            after, run = capture.look.captured_at, []
    if run:
        yield _absence(after, run, None)


def _absence(after: datetime | None, run: list[Capture], back: datetime | None) -> Absence:
    reasons = tuple(dict.fromkeys(capture.look.reason for capture in run))
    return Absence(after, run[0].look.captured_at, run[-1].look.captured_at, len(run), reasons, back)


def alternations(records: Iterable[ChangeRecord]) -> tuple[Alternation, ...]:
    """All alternations, in time.

    Args:
        records: the changes of one article, in time.
    """
    found: list[Alternation] = []
    for record in records:
        pair = {record.from_version, record.to_version}
        if record.reason is Reason.ALTERNATING:
            found.append(Alternation(record.number, record.before, record.before, tuple(sorted(pair)), 1))
        elif record.reason is Reason.ALTERNATED and found:
            last = found[-1]
            versions = tuple(sorted({*last.versions, *pair}))
            found[-1] = Alternation(last.change, last.first, record.before, versions, last.returns + 1)
    return tuple(found)
