"""Looks at an article, joined into runs: forty times "not modified" is one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from writethru.model import Capture, Outcome, Reason, TimeBasis


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive looks that came to the same thing for the same reason.

    Attributes:
        first, last: the first and the last of these looks.
        count: how many there were.
    """

    outcome: Outcome
    reason: Reason
    first: Capture
    last: Capture
    count: int

    @property
    def start(self) -> datetime:
        """When the first look was made."""
        return self.first.look.captured_at

    @property
    def end(self) -> datetime:
        """When the last look was made."""
        return self.last.look.captured_at

    @property
    def dated(self) -> bool:
        """Whether these times are dates, and not only an order or the time of an import."""
        return self.first.look.basis in (TimeBasis.OBSERVED, TimeBasis.STATED)


def runs(captures: Sequence[Capture]) -> Iterator[Run]:
    """Join captures, in the order given, into runs of one outcome and reason.

    Looks that made or revived a version stay apart, because each is evidence of its own text.
    """
    for (_, outcome, reason), group in groupby(captures, key=_run_key):
        members = tuple(group)
        yield Run(outcome, reason, members[0], members[-1], len(members))


def _run_key(capture: Capture) -> tuple[int, Outcome, Reason]:
    look = capture.look
    alone = capture.id if look.outcome is Outcome.EDITED else 0
    return alone, look.outcome, look.reason
