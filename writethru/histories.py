"""The versions and looks of one article, a page at a time, however many there are."""

from __future__ import annotations

from dataclasses import dataclass

from writethru import cursors
from writethru.listing import summary_of
from writethru.model import Appearance, Capture, Version
from writethru.storage.store import ArticleSummary, Store
from writethru.views import Page


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """Some versions of an article by number, with the unbroken runs of sightings in which they stood there.

    Attributes:
        cursor: continues the list, "" at the end.
    """

    versions: tuple[Version, ...]
    appearances: tuple[Appearance, ...]
    cursor: str = ""


class Histories:
    """Reads one article's history."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def versions(self, article_id: int, *, limit: int, cursor: str = "") -> VersionsPage:
        """One page. A malformed cursor raises InputError, no such article NotInArchive."""
        self.store.article(article_id)
        after = cursors.numbers(cursor, 1)[0] if cursor else 0
        found = self.store.listing.versions_after(article_id, after, limit + 1)
        shown = tuple(found[:limit])
        if not shown:
            return VersionsPage((), ())
        seen = self.store.listing.appearances_of(article_id, shown[0].number, shown[-1].number)
        return VersionsPage(shown, tuple(seen), str(shown[-1].number) if len(found) > limit else "")

    def summary(self, article_id: int) -> ArticleSummary:
        """The article in short, with its counts. Raises NotInArchive."""
        return summary_of(self.store, article_id)

    def captures(self, article_id: int, *, limit: int, cursor: str = "") -> Page[Capture]:
        """Looks, oldest first. A malformed cursor raises InputError, no such article NotInArchive."""
        self.store.article(article_id)
        after = cursors.moment_and_id(cursor) if cursor else None
        rows = self.store.listing.captures_after(article_id, after, limit + 1)
        more = len(rows) > limit
        return Page(tuple(rows[:limit]), cursors.of_capture(rows[limit - 1]) if more else "")
