"""Known texts that come and go: a revert, or a page that is served in two forms. Pure.

An outlet that takes a change back is worth a line of its own. A cache that was not told, or a
test of two headlines, gives the same two texts in turn for hours: that is one thing to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from writethru.model import Reason, utc

WINDOW: Final = timedelta(hours=24)
"""Two returns within this time are an alternation, however long each text stood."""

STEADY: Final = timedelta(hours=24)
"""A text that stood so long has ended an alternation: what follows is judged afresh."""


@dataclass(frozen=True, slots=True)
class Stand:
    """One appearance, as judging its successors needs it.

    Attributes:
        version: number of its text.
        since: when it was first seen.
        modified: Last-Modified as the server gave it at that look, "" if it gave none.
    """

    version: int
    since: datetime
    modified: str = ""


def judge_return(history: Sequence[Stand], now: Stand) -> Reason:
    """Why a known text is back.

    Args:
        history: all appearances before, in time.
        now: the one that begins.

    Returns:
        ``returned``: it stands for itself. ``alternating``: with this one it is clear that known
        texts are shown in turn. ``alternated``: one more of those.
    """
    reasons = judge_all([*history, now])
    return reasons[-1] or Reason.RETURNED


def judge_all(stands: Sequence[Stand]) -> list[Reason | None]:
    """The verdict on each appearance in turn; None for a text seen there for the first time."""
    seen: set[int] = set()
    returns: list[datetime] = []
    is_open = False
    verdicts: list[Reason | None] = []
    for number, stand in enumerate(stands):
        before = stands[number - 1] if number else None
        if before is not None and stand.since - before.since >= STEADY:
            returns, is_open = [], False
        verdict = None
        if stand.version in seen:
            returns = [moment for moment in returns if stand.since - moment < WINDOW] + [stand.since]
            in_turn = len(returns) > 1 or _is_stale(stand, before)
            verdict = Reason.ALTERNATED if is_open else Reason.ALTERNATING if in_turn else Reason.RETURNED
            is_open = is_open or in_turn
        seen.add(stand.version)
        verdicts.append(verdict)
    return verdicts


def _is_stale(stand: Stand, before: Stand | None) -> bool:
    """The server itself dates this page before the one it replaced: an old copy, not a new state."""
    dates = [_moment(stand.modified), _moment(before.modified if before else "")]
    return dates[0] is not None and dates[1] is not None and dates[0] < dates[1]


def _moment(stated: str) -> datetime | None:
    try:
        return utc(parsedate_to_datetime(stated)) if stated else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
