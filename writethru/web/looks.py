"""Looks at an article, joined into runs: forty times "not modified" is one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from writethru.model import Capture, Outcome, Reason


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
