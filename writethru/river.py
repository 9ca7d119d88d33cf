"""The river of changes: what to look for, in which order, and how far one page of it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from writethru.cursors import change_key, of_key
from writethru.errors import InputError
from writethru.listing import change_rows
from writethru.model import Outlet
from writethru.publish.feed import NOT_REPORTED
from writethru.storage.facets import kind_facet, outlet_facet, section_facet
from writethru.storage.river_store import Matches, Sought
from writethru.storage.store import Store
from writethru.views import ChangeRow


class Order(StrEnum):
    """In which order changes are listed."""

    NEWEST = "newest"
    SIGNIFICANT = "significant"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks of the river.

    Attributes:
        outlet: its id.
        kind: of an edit, "" for all.
        section: as the outlet names it, "" for all.
        since, until: days (UTC, both included) on which a change was first seen.
    """

    outlet: int | None = None
    kind: str = ""
    section: str = ""
    since: datetime | None = None
    until: datetime | None = None
    order: Order = Order.NEWEST

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Wanted(order=self.order)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One page of the river.

    Attributes:
        cursor: continues it, "" at the end.
        reached: how far back in time this page looked, None where there was nothing.
        cut: it stopped looking because it had looked at enough, not because there is no more.
    """

    rows: tuple[ChangeRow, ...]
    cursor: str = ""
    reached: datetime | None = None
    cut: bool = False


class River:
    """Reads changes by what they are; each question looks at a bounded number of them (``MOST_SCANNED``)."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def standing(self) -> str:
        """A name for the whole record as it stands; another one after every write. Raises StorageError."""
        return self.store.listing.standing()

    def page(self, wanted: Wanted, *, limit: int, cursor: str = "") -> Stretch:
        """One page. A malformed cursor raises InputError."""
        sought = sought_by(wanted)
        if sought is None:
            return Stretch(())
        if wanted.order is Order.SIGNIFICANT:
            return self._significant(sought, limit, _rank(cursor))
        found = self.store.river.newest(sought, limit, change_key(cursor) if cursor else None)
        following = of_key(found.following) if found.following else ""
        return Stretch(tuple(change_rows(self.store, found.records)), following, found.reached, found.cut)

    def count(self, wanted: Wanted) -> Matches:
        """How many changes fit, as far as is counted."""
        sought = sought_by(wanted)
        return Matches(0, True) if sought is None else self.store.river.count(sought)

    def sections(self) -> list[str]:
        """Sections by which can be asked."""
        return sorted(self.store.river.sections(), key=str.casefold)

    def outlets(self) -> list[Outlet]:
        """Outlets by which can be asked, by name."""
        return list(self.store.outlets())

    def _significant(self, sought: Sought, limit: int, skip: int) -> Stretch:
        found = self.store.river.foremost(sought, skip, limit + 1)
        following = f"rank-{skip + limit}" if len(found.records) > limit else ""
        return Stretch(tuple(change_rows(self.store, found.records[:limit])), following, found.reached, found.cut)


def sought_by(wanted: Wanted) -> Sought | None:
    """The question in the store's words; None where nothing can fit (a section with no possible name)."""
    facets = []  # the first is walked: of many outlets, one has fewer changes than a section or a kind
    if wanted.outlet is not None:
        facets.append(outlet_facet(wanted.outlet))
    if wanted.section:
        facets.append(section_facet(wanted.section))
    if wanted.kind:
        facets.append(kind_facet(wanted.kind))
    if "" in facets:
        return None
    until = None if wanted.until is None else wanted.until + timedelta(days=1)
    return Sought(tuple(facets), wanted.since, until, NOT_REPORTED)


def _rank(cursor: str) -> int:
    number = cursor.removeprefix("rank-")
    if not cursor:
        return 0
    if number == cursor or not (number.isascii() and number.isdigit() and len(number) < 9):
        raise InputError("not a cursor of this listing", key=cursor)
    return int(number)
