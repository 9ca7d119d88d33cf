"""One change and its feed, for the tests of this package."""

from __future__ import annotations

from tests.web.fakes import FakeArchive
from tests.web.texts import hostile, ordinary
from writethru.publish.difference import difference_html
from writethru.publish.feed import Feed, Minter, entry_of
from writethru.storage.feed_store import Selection
from writethru.views import ChangeView

MINTER = Minter("record.example", "2031")


def view(number: int = 2) -> ChangeView:
    """A change with a rewritten headline, a move, an added and a removed sentence."""
    archive = FakeArchive()
    return archive.change(ordinary(archive), number)


def hostile_view() -> ChangeView:
    """The change of an article that tries to be the page."""
    archive = FakeArchive()
    return archive.change(hostile(archive), 1)


def html_of(shown: ChangeView) -> str:
    """The difference that a page shows, as feeds have it."""
    return difference_html(shown.change, shown.record)


def feed(*, archived: bool = False, older: str = "") -> Feed:
    """A feed of an ordinary and a hostile article."""
    archive = FakeArchive()
    ordinary(archive)
    hostile(archive)
    base = "https://record.example"
    rows = archive.page(Selection(), 100).rows
    entries = tuple(entry_of(row, MINTER, base, html_of(archive.change(row.article_id, row.ordinal))) for row in rows)
    self_url = f"{base}/feed.atom?cursor=7" if archived else f"{base}/feed.atom"
    return Feed(
        MINTER.feed("changes"), "All changes", self_url, f"{base}/feed.atom", f"{base}/", entries, older, archived
    )
