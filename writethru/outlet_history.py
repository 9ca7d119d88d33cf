"""One outlet as its page shows it: what its changes add up to, and what our looks at it came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from writethru.errors import NotInArchive
from writethru.model import ChangeRecord, Outcome, Outlet
from writethru.outlet_figures import Figures, figures_of, first_notes, median_time
from writethru.storage.facets import outlet_facet
from writethru.storage.river_store import MOST_SCANNED, Share, Sought
from writethru.storage.store import Store

NEWEST_ARTICLES: Final = 2_000
"""Articles among which the share of changed ones is counted."""

MOST_NOTES: Final = 200
"""Articles of which the time to a correction note is taken."""

HEALTH_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class OutletView:
    """All of one outlet's page.

    Attributes:
        figures: of its newest changes.
        share: how many of its newest articles were changed.
        to_note: median time from the first look at an article to its first correction note; None without one.
        notes: articles on which ``to_note`` rests.
        looks: what the looks of the last ``HEALTH_DAYS`` days came to.
        found: articles found in these days.
    """

    outlet: Outlet
    figures: Figures
    share: Share
    to_note: timedelta | None
    notes: int
    looks: Mapping[Outcome, int]
    found: int


class OutletHistory:
    """Reads one outlet; the cost is bounded by the window, whatever the archive holds."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def view(self, outlet_id: int, now: datetime) -> OutletView:
        """The outlet with this id. Raises NotInArchive."""
        outlet = next((one for one in self.store.outlets() if one.id == outlet_id), None)
        if outlet is None:
            raise NotInArchive("there is no such outlet", key=outlet_id)
        found = self.store.river.newest(Sought((outlet_facet(outlet_id),)), MOST_SCANNED)
        hours = self.store.outlet_hours(now - timedelta(days=HEALTH_DAYS), now)
        own = [hour for hour in hours if hour.outlet_id == outlet_id]
        pairs = self._to_notes(found.records)
        return OutletView(
            outlet=outlet,
            figures=figures_of(found.records, whole=not found.cut),
            share=self.store.river.share_changed(outlet_id, NEWEST_ARTICLES),
            to_note=median_time(pairs),
            notes=len(pairs),
            looks=sum((Counter(hour.outcomes) for hour in own), Counter()),
            found=sum(hour.found for hour in own),
        )

    def _to_notes(self, records: tuple[ChangeRecord, ...]) -> list[tuple[datetime, datetime]]:
        pairs = []
        for article_id, record in list(first_notes(records).items())[:MOST_NOTES]:
            appearances = self.store.appearances(article_id)
            if appearances:
                pairs.append((appearances[0].first_seen, record.before))
        return pairs
