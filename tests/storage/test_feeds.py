"""Entries of feeds on both databases: one order over changes, disappearances and returns, for every selection."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from sqlalchemy import text

from tests.storage.made import after, look
from tests.storage.test_river import articles
from writethru.alerts import Step
from writethru.errors import NotInArchive
from writethru.model import Outcome, Reason
from writethru.storage import migrations, open_store
from writethru.storage.connect import Database
from writethru.storage.feed_store import ABSENT, FeedRow, Place, Selection
from writethru.storage.search_store import NewMatch
from writethru.storage.store import Store

VERSIONS = migrations.FOLDER / "versions"
GONE, THERE = Outcome.GONE, Outcome.SAME


def away(store: Store, article_id: int, *, hours: int, found: bool) -> None:
    """An article that is gone at three looks, ``hours`` after noon, and perhaps back an hour later."""
    outcomes = [GONE, GONE, GONE, *([THERE] if found else [])]
    for hour, outcome in enumerate(outcomes, hours):
        at = after(60 * hour)
        reason = Reason.STATUS_GONE if outcome is GONE else Reason.TEXT_EQUAL
        store.add_capture(article_id, look(at, outcome=outcome, reason=reason, status=404))
        store.feeds.note_absences(article_id)


def filled(store: Store) -> list[FeedRow]:
    """Sixteen changes of four articles; one article is away twice, another for good. All entries, newest first."""
    articles(store)
    away(store, 1, hours=5, found=True)
    away(store, 1, hours=20, found=True)
    away(store, 2, hours=5, found=False)
    return list(store.feeds.rows(store.feeds.places(Selection(), 99)))


def walked(store: Store, selection: Selection, size: int) -> list[Place]:
    found: list[Place] = []
    while True:
        some = store.feeds.places(selection, size, found[-1] if found else None)
        found += some
        if not some:
            return found


def test_changes_and_absences_stand_in_one_order(store: Store) -> None:
    rows = filled(store)
    assert len(rows) == 16 + 5
    assert [row.place for row in rows] == sorted((row.place for row in rows), reverse=True)
    told = [(row.article_id, row.step, row.at) for row in rows if row.record is None]
    hour = [after(60 * n) for n in range(30)]
    assert told == [
        (1, Step.RETURNED, hour[23]),
        (1, Step.DISAPPEARED, hour[22]),
        (1, Step.RETURNED, hour[8]),
        (2, Step.DISAPPEARED, hour[7]),
        (1, Step.DISAPPEARED, hour[7]),
    ]
    back = next(row for row in rows if row.step is Step.RETURNED)
    assert back.absence is not None
    assert (back.absence.looks, back.absence.first, back.absence.last, back.absence.back) == (
        3, hour[20], hour[22], hour[23],
    )  # fmt: skip
    assert (back.url, back.outlet, back.headline) == ("https://ledger.example/0", "Ledger", "Harbour reopens")


def test_a_selection_is_what_a_look_at_all_entries_finds(store: Store) -> None:
    rows = filled(store)
    business = [row for row in rows if row.article_id == 1]
    cases = [
        (Selection(), rows),
        (Selection((1, 3)), [row for row in rows if row.article_id in (1, 3)]),
        (Selection.outlet(1), [row for row in rows if row.article_id in (1, 3)]),
        (Selection.section("Business"), business),
        (Selection.kind("figure"), [row for row in rows if row.record and "figure" in row.record.kinds]),
        (Selection.kind("disappeared"), [row for row in rows if row.step is Step.DISAPPEARED]),
        (Selection.kind("scare-quotes"), []),
    ]
    for (selection, wanted), size in product(cases, (1, 4, 99)):
        assert walked(store, selection, size) == [row.place for row in wanted], (selection, size)


def test_an_entry_at_the_very_moment_of_another_is_neither_lost_nor_doubled(store: Store) -> None:
    """The look that finds an article back may also find it changed."""
    filled(store)
    at = after(60 * 8)
    record = store.change(1, 4)[0]
    store.add_change(replace(record, number=5, before=at), {"edits": []})
    assert [place for place in walked(store, Selection((1,)), 1) if place[0] == at] == [(at, 1, 5), (at, 1, ABSENT)]


def test_further_turns_of_an_alternation_are_in_no_feed(store: Store) -> None:
    rows = filled(store)
    record = store.change(1, 4)[0]
    store.add_change(replace(record, number=5, before=after(2000), reason=Reason.ALTERNATED), {"edits": []})
    for selection in (Selection(), Selection((1,)), Selection.outlet(1), Selection.kind(record.kinds[0])):
        assert all(place[0] < after(2000) for place in store.feeds.places(selection, 99))
    assert len(store.feeds.places(Selection(), 99)) == len(rows)


def test_what_a_search_found_is_paged_and_hangs_on_changes_that_are_told(store: Store) -> None:
    filled(store)
    record = store.change(1, 4)[0]
    store.add_change(replace(record, number=5, before=after(2000), reason=Reason.ALTERNATED), {"edits": []})
    saved, _ = store.search.save_search("Harbour", "harbour", after(0))
    events = [NewMatch(1, n, 1, "began" if n % 2 else "ended", after(n)) for n in (1, 3, 5, 6, 9)]
    store.search.note_matches(saved.id, [*events, NewMatch(2, 1, 1, "began", after(10))])
    rows = store.feeds.found(saved.id, 9)
    told = [(row.article_id, row.ordinal, row.record.number if row.record else None) for row in rows]
    assert told == [(2, 0, None), (1, 4, 4), (1, 2, 2), (1, 0, None)]  # not the further turn, not a change that is gone
    assert [row.found.match.event for row in rows if row.found] == ["began"] * 4
    second = rows[1].found
    assert second is not None
    assert store.feeds.found(saved.id, 1, second.seq) == rows[2:3]
    assert store.feeds.found(saved.id + 1, 9) == []


def test_noting_again_notes_nothing_new_and_a_rebuild_forgets_all(store: Store) -> None:
    rows = filled(store)
    store.feeds.note_absences(1)
    assert list(store.feeds.rows(store.feeds.places(Selection(), 99))) == rows
    places = [row.place for row in rows]
    store.clear_derived(1)
    assert {row.article_id for row in store.feeds.rows(places)} == {2, 3, 4}
    assert store.feeds.places(Selection.section("Business"), 9) == []
    store.feeds.note_absences(1)
    assert len(store.feeds.places(Selection((1,)), 9)) == 4


def test_no_section_has_no_name() -> None:
    with pytest.raises(NotInArchive):
        Selection.section("x" * 81)


def test_absences_noticed_before_there_was_a_table_are_found(database_url: str) -> None:
    store = open_store(database_url)
    rows = filled(store)
    facets = (Selection.outlet(1), Selection.outlet(2), Selection.section("Business"), Selection.kind("returned"))
    places = [store.feeds.places(selection, 99) for selection in facets]
    store.close()
    database = Database(database_url)
    with database.write() as connection:
        connection.execute(text("DROP TABLE absences"))
        connection.execute(text("DELETE FROM change_facets WHERE number = 0"))
        mine = next(name for name in migrations.REVISIONS if (VERSIONS / f"{name}_absences.py").exists())
        before = migrations.REVISIONS[migrations.REVISIONS.index(mine) - 1]
        connection.execute(text(f"UPDATE writethru_schema SET version_num = '{before}'"))
        migrations.upgrade(connection, mine)
        connection.execute(text(f"UPDATE writethru_schema SET version_num = '{migrations.head()}'"))
    database.close()
    store = open_store(database_url)
    assert list(store.feeds.rows(store.feeds.places(Selection(), 99))) == rows
    assert [store.feeds.places(selection, 99) for selection in facets] == places
    store.close()
