"""What pages, feeds, workers and followers ask: each uses its index, and does no more in a larger archive."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bench.grown import grow
from tests.acceptance.conftest import config_for
from tests.storage.work import Work, work_of
from writethru.archive import open_archive
from writethru.model import Reason
from writethru.search.terms import Term, entries_of
from writethru.storage import river, search_native, tally
from writethru.storage.facets import kind_facet, outlet_facet
from writethru.storage.feed_store import Selection
from writethru.storage.river_store import Sought
from writethru.storage.sqlstore import SqlStore
from writethru.storage.store import Budgeted, Claim

SEEDS, SMALL, LARGE = 4, 64, 512
BOUND = 24
"""Changes that one question may look at here: fewer than there are in the small archive."""
DUE = 12
NOW = datetime(2040, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(minutes=15)
MORE = 1.25
"""How much more a larger archive may take: the depth of an index, and where its pages happen to end."""

CLAIM = Claim("here", NOW, LATER, 3, 4)
BUDGET = Budgeted(looks=6, per_host=100, day=25_567, paces=3, worth=lambda pace, _due: pace)
FIGURE = kind_facet("figure")
LAST = (NOW, 10**6, 1)


def seeded(folder: Path) -> Path:
    """Four articles of two outlets with three states each."""
    rows = [
        {
            "outlet": f"Outlet {number % 2}",
            "url": f"https://o{number % 2}.example/{number}",
            "time": f"2031-05-0{state + 1}T0{number}:00:00Z",
            "title": f"Ferries {number}",
            "text": f"There were {number + state + 4} ferries in the harbour. Nobody sank.\n\nThe mayor counted them.",
        }
        for number in range(SEEDS)
        for state in range(3)
    ]
    path = folder / "seeds.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def fill(store: SqlStore, size: int) -> None:
    """So many articles; as many due ones in each archive, on as many hosts; the rest is due later."""
    grow(store, size)
    models = store.search.documents(range(1, SEEDS + 1))
    known = store.search.size()
    with store._database.write() as connection:
        for number in range(known + 1, size + 1):
            entries = entries_of(models[1 + (number - 1) % SEEDS])
            search_native.put(connection, number, entries)
        copied = "INSERT INTO search_documents SELECT id, f.form FROM articles, search_documents f"
        connection.execute(text(f"{copied} WHERE f.article_id = 1 AND id > :known"), {"known": known})
        connection.execute(text("DELETE FROM change_log"))
        connection.execute(
            text(
                "INSERT INTO change_log (seq, at, kind, article_id, number)"
                " SELECT id, 0, 'version', id, 1 FROM articles"
            )
        )
        connection.execute(text("UPDATE articles SET pace = id % 3, next_look_at = :later"), {"later": 4 * 10**15})
        connection.execute(text("UPDATE articles SET next_look_at = id WHERE id <= :due"), {"due": DUE})
        if not store._database.sqlite:
            connection.execute(text("ANALYZE"))
    if not store._database.sqlite:  # entries of rows that are gone would count as work
        with store._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE articles"))
    store.tally.keep(NOW)


def questions(store: SqlStore) -> dict[str, Callable[[], object]]:
    """All of them, by name."""
    ask = store.river

    def claimed(claim: Callable[[], object]) -> Callable[[], object]:
        def leased() -> None:
            claim()
            store.release_hosts("here", ["o0.example", "o1.example"])

        return leased

    with_times = Sought((FIGURE,), NOW - timedelta(days=10**4), NOW, (Reason.RETURNED,))
    return {
        "river": lambda: ask.newest(Sought(), 9),
        "river, later pages": lambda: ask.newest(Sought(), 9, LAST),
        "river, one outlet": lambda: ask.newest(Sought((outlet_facet(1),)), 9),
        "river, kind and outlet": lambda: ask.newest(Sought((FIGURE, outlet_facet(1))), 9),
        "river, kind and days": lambda: ask.newest(with_times, 9),
        "river, most significant": lambda: ask.foremost(Sought(), 0, 9),
        "river, most significant of an outlet": lambda: ask.foremost(Sought((outlet_facet(1),)), 0, 9),
        "river, most significant, kind and days": lambda: ask.foremost(with_times, 0, 9),
        "river, how many": lambda: ask.count(Sought((FIGURE, outlet_facet(1)))),
        "outlet's share": lambda: ask.share_changed(1, 20),
        "outlet's hosts": lambda: store.listing.hosts_of(1, 20),
        "article": lambda: store.article_summaries(article_id=3),
        "article's changes": lambda: store.changes(article_id=3, limit=9),
        "article's versions": lambda: (store.versions(3), store.appearances(3)),
        "article's looks": lambda: store.listing.captures_after(3, None, 9),
        "change": lambda: (store.change(3, 1), store.version_text(3, 2)),
        "lines of articles": lambda: store.listing.article_lines([3, 5, 7]),
        "search": lambda: store.search.candidates(Term("ferries"), None, 9),
        "due looks": claimed(lambda: store.claim_due("here", NOW, until=LATER, hosts=3, per_host=4)),
        "due looks under a budget": claimed(lambda: store.claim_best(CLAIM, BUDGET)),
        "when the next is due": store.next_due_at,
        "log": lambda: store.log_since(20, 9),
        "feed of all": lambda: store.feeds.places(Selection(), 9),
        "feed of an outlet": lambda: store.feeds.places(Selection.outlet(1), 9),
        "feed of an article": lambda: store.feeds.places(Selection(articles=(3,)), 9),
        "status": lambda: store.status(NOW),
    }


USED = {
    "river": {"ix_changes_ranked"},
    "river, later pages": {"ix_changes_ranked"},
    "river, one outlet": {"pk_change_facets"},
    "river, kind and outlet": {"pk_change_facets"},
    "river, kind and days": {"pk_change_facets"},
    "river, most significant": {"ix_changes_ranked"},
    "river, most significant of an outlet": {"pk_change_facets"},
    "river, how many": {"pk_change_facets"},
    "article's changes": {"pk_changes"},
    "article's versions": {"pk_versions", "pk_appearances"},
    "article's looks": {"ix_captures_article_id_captured_at"},
    "change": {"pk_changes", "pk_versions"},
    "search": {"ix_search_index_words"},
    "due looks": {"ix_articles_host_next_look_at"},
    "due looks under a budget": {"ix_articles_pace_next_look_at"},
    "when the next is due": {"ix_articles_host_next_look_at"},
    "log": {"pk_change_log"},
    "feed of all": {"ix_changes_ranked"},
    "feed of an outlet": {"pk_change_facets"},
}
"""Which index a question is meant to use on PostgreSQL, beside the keys of what it then reads."""


@pytest.fixture
def bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that the small archive reaches too."""
    monkeypatch.setattr(river, "MOST_SCANNED", BOUND)
    monkeypatch.setattr(river, "MOST_RANKED", BOUND)
    monkeypatch.setattr(river, "_STRIDES", (BOUND,))
    monkeypatch.setattr(search_native, "LEVELS", (("a", 3), ("b", 5), ("c", 7), ("d", 9)))
    monkeypatch.setattr(tally, "COUNTED_WHEN_ASKED", 1)
    monkeypatch.setattr(tally, "SHARE", 0)


@pytest.mark.usefixtures("bounded")
def test_each_question_uses_its_index_and_does_no_more_in_an_archive_eight_times_as_large(
    store_url: str, tmp_path: Path
) -> None:
    with open_archive(store_url, config_for(store_url, tmp_path)) as archive:
        store = archive.store
        assert isinstance(store, SqlStore)
        archive.import_paths([seeded(tmp_path)])
        done: dict[int, dict[str, Work]] = {}
        for size in (SMALL, LARGE):
            fill(store, size)
            done[size] = {name: work_of(store._database, ask) for name, ask in questions(store).items()}
        grown = {
            name: (done[SMALL][name].amount, work.amount)
            for name, work in done[LARGE].items()
            if work.amount > MORE * done[SMALL][name].amount + 2
        }
        assert not grown
        if not store._database.sqlite:
            missed = {
                name: done[LARGE][name].indexes for name, used in USED.items() if not used <= done[LARGE][name].indexes
            }
            assert not missed
        idle = [name for name, work in done[LARGE].items() if work.amount == 0]
        assert not idle, "a question that asks nothing proves nothing"
