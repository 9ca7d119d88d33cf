"""What feeds and notifications tell of: changes, disappearances and returns, in one order that never shifts.

May import ``storage`` and ``views``; reads only.
"""

from __future__ import annotations

from writethru.comparison import Change
from writethru.cursors import change_key, numbers, of_key
from writethru.model import ChangeRecord
from writethru.storage.feed_store import FeedRow, Selection
from writethru.storage.store import Store
from writethru.views import Page


class Happenings:
    """Pages of happenings, newest first.

    Args:
        store: where they stand.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(self, selection: Selection, limit: int, cursor: str = "") -> Page[FeedRow]:
        """One page of a selection.

        Raises:
            InputError: a malformed cursor.
            NotInArchive: one of the articles is not there.
        """
        for article_id in selection.articles:
            self._store.article(article_id)
        before = change_key(cursor) if cursor else None
        places = self._store.feeds.places(selection, limit + 1, before)
        shown = places[:limit]
        return Page(tuple(self._store.feeds.rows(shown)), of_key(shown[-1]) if len(places) > limit else "")

    def found(self, search_id: int, limit: int, cursor: str = "") -> Page[FeedRow]:
        """One page of what a saved search found, what was found last first: what is new is always at the front.

        Raises:
            InputError: a malformed cursor.
        """
        rows = self._store.feeds.found(search_id, limit + 1, numbers(cursor, 1)[0] if cursor else None)
        shown, last = tuple(rows[:limit]), rows[limit - 1].found if len(rows) > limit else None
        return Page(shown, str(last.seq) if last else "")

    def difference(self, record: ChangeRecord) -> Change:
        """What differs, as it was stored; the texts are not read for it. Raises NotInArchive, StorageError."""
        return Change.from_dict(self._store.change(record.article_id, record.number)[1])
