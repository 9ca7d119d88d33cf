"""Feed documents: everything once, in order, at addresses that stay (RFC 5005)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.publish.archiving import Document, document
from writethru.storage.feed_store import ABSENT, FeedRow
from writethru.views import Page

START = datetime(2031, 1, 1, tzinfo=UTC)


def row(number: int) -> FeedRow:
    at = START + timedelta(minutes=number)
    ordinal = number if number % 9 else ABSENT  # some are no changes but disappearances
    return FeedRow(at, number % 7, ordinal, "https://a.example/", "A", "H")


def number_of(one: FeedRow) -> int:
    return int((one.at - START).total_seconds()) // 60


class Listing:
    """Changes newest first; the cursor is the number of the last change shown, as a key is."""

    def __init__(self, numbers: range) -> None:
        self.rows = [row(number) for number in reversed(numbers)]

    def fetch(self, limit: int, cursor: str) -> Page[FeedRow]:
        older = [r for r in self.rows if not cursor or number_of(r) < int(cursor)]
        shown = tuple(older[:limit])
        return Page(shown, str(number_of(shown[-1])) if len(older) > limit else "")

    def walk(self, size: int) -> list[tuple[str, Document]]:
        found, cursor = [], ""
        while True:
            made = document(self.fetch, size, cursor)
            found.append((cursor, made))
            cursor = made.older
            if not cursor:
                return found


@given(st.integers(0, 400), st.integers(1, 30))
@settings(deadline=None, max_examples=60)
def test_walking_back_gives_every_entry_once_and_in_order(count: int, size: int) -> None:
    listing = Listing(range(count))
    walked = [number_of(r) for _, made in listing.walk(size) for r in made.rows]
    assert walked == list(reversed(range(count)))


@given(st.integers(50, 400), st.integers(1, 100))
@settings(deadline=None, max_examples=40)
def test_archive_documents_stay_when_news_arrives(count: int, more: int) -> None:
    size = 10
    before = dict(Listing(range(count)).walk(size)[1:])
    after = dict(Listing(range(count + more)).walk(size)[1:])
    assert before.items() <= after.items()


def test_the_newest_document_is_never_shorter_than_asked() -> None:
    assert len(document(Listing(range(500)).fetch, 50).rows) >= 50


def test_fifty_articles_of_thirty_edits_give_fifteen_hundred_entries() -> None:
    walked = [number_of(r) for _, made in Listing(range(1500)).walk(50) for r in made.rows]
    assert len(walked) == len(set(walked)) == 1500
