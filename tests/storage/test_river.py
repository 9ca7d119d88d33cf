"""Changes by outlet, kind, section and time: the same on both databases, from an index, with bounded walks."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from sqlalchemy import text

from tests.storage.made import after, change, look, reading
from writethru.model import ChangeRecord, Reason
from writethru.storage import migrations, open_store, river
from writethru.storage.connect import Database
from writethru.storage.facets import kind_facet, outlet_facet, section_facet
from writethru.storage.river_store import Share, Sought
from writethru.storage.store import Store

KINDS = [("figure",), ("figure", "name"), ("name",), ()]
SECTIONS = ["Business", " World \n news ", "", "x" * 200]


def articles(store: Store) -> list[ChangeRecord]:
    """Four articles of two outlets in four "sections", four changes each; their records, newest first."""
    outlets = [store.outlet(name).id for name in ("Ledger", "Courier")]
    records = []
    for at, section in enumerate(SECTIONS):
        article = store.add_article(
            f"https://ledger.example/{at}",
            host="ledger.example",
            outlet_id=outlets[at % 2],
            at=after(0),
            next_look_at=None,
            reason="",
        )
        for number in range(5):
            seen = after(10 * number + at)
            capture = store.add_capture(article.id, look(seen, url=article.url))
            extraction = reading(f"{number} ships.", section=section)
            store.add_extraction(capture.id, extraction)
            version = store.add_version(article.id, extraction.article_text, capture, extractor="page/1")
            store.add_appearance(article.id, version, capture)
            if number:
                known = change(article.id, number)
                kinds = KINDS[(at + number) % 4]
                record = replace(known, before=seen, kinds=kinds, significance=number / 10 + at / 100)
                store.add_change(record, {"edits": []})
                records.append(record)
    return sorted(records, key=lambda r: (r.before, r.article_id, r.number), reverse=True)


def fits(record: ChangeRecord, outlet: int, kind: str, section: str) -> bool:
    """What the index should find, without an index."""
    has_section = " ".join(SECTIONS[record.article_id - 1].split()) == section
    return (
        (outlet == 0 or (record.article_id - 1) % 2 == outlet - 1)
        and (not kind or kind in record.kinds)
        and (not section or has_section)
    )


def test_every_filter_finds_what_a_look_at_all_changes_finds(store: Store) -> None:
    records = articles(store)
    for outlet, kind, section in product((0, 1, 2), ("", "figure", "name", "hedge"), ("", "Business", "World news")):
        facets = [outlet_facet(outlet)] if outlet else []
        facets += [kind_facet(kind)] if kind else []
        facets += [section_facet(section)] if section else []
        wanted = [record for record in records if fits(record, outlet, kind, section)]
        sought = Sought(tuple(facets))
        assert list(store.river.newest(sought, 99).records) == wanted, facets
        assert store.river.count(sought).count == len(wanted)


def test_pages_follow_each_other_without_gap_or_repeat(store: Store) -> None:
    wanted = [record for record in articles(store) if fits(record, 1, "name", "")]
    sought, seen, key = Sought((outlet_facet(1), kind_facet("name"))), [], None
    for _ in range(9):
        found = store.river.newest(sought, 2, key)
        seen += found.records
        key = found.following
        if key is None:
            break
    assert (seen, key) == (wanted, None)


def test_times_and_reasons(store: Store) -> None:
    records = articles(store)
    sought = Sought((outlet_facet(1),), since=after(20), until=after(30))
    assert [r.number for r in store.river.newest(sought, 9).records] == [2, 2]
    assert store.river.newest(Sought(without=(Reason.TEXT_CHANGED,)), 9).records == ()
    assert len(store.river.newest(Sought(without=(Reason.RETURNED,)), 99).records) == len(records)


def test_the_most_significant_come_first(store: Store) -> None:
    articles(store)
    found = [record.significance for record in store.river.foremost(Sought((kind_facet("figure"),)), 0, 99).records]
    assert found == sorted(found, reverse=True)
    assert len(found) == 8


def test_ranks_follow_each_other_without_gap_or_repeat(store: Store) -> None:
    sought = Sought((outlet_facet(1),), without=(Reason.RETURNED,))
    whole = store.river.foremost(sought, 0, 99).records
    assert set(whole) == set(store.river.newest(sought, 99).records)
    assert [r for skip in (0, 3, 6) for r in store.river.foremost(sought, skip, 3).records] == list(whole)
    assert store.river.foremost(Sought(without=(Reason.TEXT_CHANGED,)), 0, 9).records == ()


def test_a_walk_is_bounded_says_so_and_can_be_continued(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    records = articles(store)
    monkeypatch.setattr(river, "MOST_SCANNED", 3)
    monkeypatch.setattr(river, "_STRIDES", (1, 2))
    sought = Sought((outlet_facet(1), kind_facet("hedge")))
    found = store.river.newest(sought, 9)
    assert (found.records, found.cut) == ((), True)
    own = [record for record in records if fits(record, 1, "", "")]
    assert found.reached == own[2].before
    assert found.following == (own[2].before, own[2].article_id, own[2].number)
    assert not store.river.count(Sought((kind_facet("figure"),))).exact
    monkeypatch.setattr(river, "MOST_RANKED", 3)
    ranked = store.river.foremost(Sought((outlet_facet(1),)), 0, 99)
    assert ranked.cut
    assert ranked.reached == own[2].before
    assert set(ranked.records) == set(own[:3])


def test_sections_are_listed_once_and_what_is_no_name_is_none(store: Store) -> None:
    articles(store)
    assert sorted(store.river.sections()) == ["Business", "World news"]


def test_a_rebuild_forgets_where_changes_were_found(store: Store) -> None:
    articles(store)
    store.clear_derived(1)
    assert {r.article_id for r in store.river.newest(Sought((outlet_facet(1),)), 99).records} == {3}


@pytest.mark.parametrize("facets", [(), ("outlet:1",), ("outlet:1", "kind:figure"), ("section:Business",)])
def test_nothing_is_scanned_or_sorted_whole(sqlite_store: Store, facets: tuple[str, ...], tmp_path: object) -> None:
    database = Database(f"sqlite:///{tmp_path}/writethru.db")
    before = (after(20), 2, 2)
    query, values = river.question(Sought(facets), before, 9)
    with database.read() as connection:
        plan = " | ".join(str(row[-1]) for row in query.explained(connection, values))
    database.close()
    walk, _, joining = plan.replace("SCAN CONSTANT ROW", "").partition("SCAN steps")
    assert walk, "first the keys, from an index alone and in its order"
    assert "SCAN" not in walk + joining, plan
    assert "TEMP B-TREE" not in walk, plan


def test_changes_stored_before_there_was_an_index_are_found(database_url: str) -> None:
    database = Database(database_url)
    with database.write() as connection:
        migrations.upgrade(connection)
    database.close()
    store = open_store(database_url)
    records = articles(store)

    def found() -> list[ChangeRecord]:
        return list(store.river.newest(Sought((outlet_facet(1),)), 99).records)

    expected = found()
    assert expected == [record for record in records if fits(record, 1, "", "")]
    store.close()
    database = Database(database_url)
    with database.write() as connection:
        connection.execute(text("DROP TABLE change_facets"))
        connection.execute(text("UPDATE writethru_schema SET version_num = '0009'"))
        migrations.upgrade(connection, "0010")  # this one alone: later ones found their tables made already
        connection.execute(text(f"UPDATE writethru_schema SET version_num = '{migrations.head()}'"))
    database.close()
    store = open_store(database_url)
    assert found() == expected
    assert sorted(store.river.sections()) == ["Business", "World news"]
    store.close()


def test_the_share_of_changed_articles_is_counted_among_the_newest(store: Store) -> None:
    articles(store)
    outlet = store.outlet("Ledger").id
    quiet = store.add_article(
        "https://ledger.example/q", host="ledger.example", outlet_id=outlet, at=after(0), next_look_at=None, reason=""
    )
    assert store.river.share_changed(outlet, 99) == Share(2, 3, True)
    assert store.river.share_changed(outlet, 2) == Share(1, 2, False)
    store.update_article(replace(quiet, same_as=1))
    assert store.river.share_changed(outlet, 99) == Share(2, 2, True)
