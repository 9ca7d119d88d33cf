"""The daily budget of looks, as the loop spends it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from writethru.config import ScheduleConfig
from writethru.schedule.choice import PACES, allowed_by, day_of, worth
from writethru.storage.store import Budgeted, Claim, DueLook, Store

ALL: Final = "*"
"""The name under which the whole archive's looks are counted (no host has it)."""

UNLIMITED: Final = 1_000_000_000


class Spending:
    """Leases as the budget allows: the best looks that are due, when it does not allow all.

    Args:
        store: where leases and spendings are.
        config: the budget: looks a day, and looks a day of one host; 0 = as many as are due.
    """

    def __init__(self, store: Store, config: ScheduleConfig) -> None:
        self._store = store
        self._budget = int(config.daily_looks)
        self._per_host = int(config.daily_looks_per_host)
        self.is_spent = False

    def lease(self, claim: Claim) -> Sequence[DueLook]:
        """Due looks, best first under a budget; call it in a transaction."""
        if not self._budget and not self._per_host:
            return self._store.claim_due(
                claim.worker, claim.now, until=claim.until, hosts=claim.hosts, per_host=claim.per_host
            )
        day, wanted = day_of(claim.now), claim.hosts * claim.per_host
        granted = self._spend(claim.now, wanted)
        budget = Budgeted(granted, self._allowed_host(claim.now), day, PACES, lambda p, due: worth(p, due, claim.now))
        found = self._store.claim_best(claim, budget)
        unused = granted - sum(look.article is not None for look in found)
        if self._budget and unused:
            self._store.spend(ALL, day, -unused, self._budget)
        self.is_spent = not found
        return found

    def _spend(self, now: datetime, wanted: int) -> int:
        if not self._budget:
            return wanted
        return self._store.spend(ALL, day_of(now), wanted, allowed_by(self._budget, now))

    def _allowed_host(self, now: datetime) -> int:
        return allowed_by(self._per_host, now) if self._per_host else UNLIMITED
