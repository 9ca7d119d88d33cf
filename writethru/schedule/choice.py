"""Which of the looks that are due are worth most, when a budget does not allow all of them.

Every look is worth its price at the moment it is due: that is how it was set. What it is worth later grows by the
interest of the time it is late. Interest falls about as one over time since the last change, and waits grow with that
time, so lateness counts in units of the wait: a look that is late by its own wait is worth ``1 + ln 2`` prices,
whether that wait was twenty minutes or a week.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Final

SHORTEST: Final = timedelta(minutes=10)

PACES: Final = 14
"""Classes of waits, each twice as long as the one before: 10 minutes to 57 days."""


def pace_of(wait: timedelta) -> int:
    """The class of a wait."""
    if wait <= SHORTEST:
        return 0
    return min(int(math.log2(wait / SHORTEST)), PACES - 1)


def worth(pace: int, due: datetime, now: datetime) -> float:
    """What a look of this class is worth now, in prices: 1 when it is due."""
    late = max((now - due).total_seconds(), 0.0)
    return 1 + math.log1p(late / (SHORTEST.total_seconds() * 1.5 * 2**pace))


def allowed_by(budget: int, now: datetime) -> int:
    """Looks of a day's budget that may be made up to this time of the day (UTC): evenly, and an hour ahead."""
    if budget <= 0:
        return 0
    passed = (now - now.replace(hour=0, minute=0, second=0, microsecond=0)) / timedelta(days=1)
    return min(budget, math.ceil(budget * (passed + 1 / 24)))


def day_of(now: datetime) -> int:
    """Days since 1970, UTC."""
    return int(now.timestamp() // 86_400)
