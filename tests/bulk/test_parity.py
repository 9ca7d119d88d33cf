"""Import and bulk come to the same record and the same analyses: a few made-up articles, and real histories."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.analyse.told import FIRE, FLOOD, OTHER, Told
from tests.bulk.material import (
    NOW,
    Printed,
    analysed_rows,
    bulk,
    empty_archive,
    kept_rows,
    paragraphs,
    tables,
    warc,
)
from writethru.analyse.events import EventAnalysis
from writethru.analyse.running import run_all
from writethru.bulk import job, planning
from writethru.evidence import EvidenceFolder
from writethru.export.service import Exchange
from writethru.storage import open_store
from writethru.storage.reuse_tables import reuse_pairs
from writethru.storage.sqlstore import SqlStore
from writethru.storage.story_tables import story_events, story_links, story_members
from writethru.watch.intake import Intake

DATA = Path(os.environ.get("WRITETHRU_DATA", "../shared/data")) / "revisions" / "digitalgov_dev.jsonl.gz"
DEMO = Path(os.environ.get("WRITETHRU_DEMO", "")) / "evidence"


@pytest.fixture(autouse=True, scope="module")
def _template() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(job, "make_template", empty_archive)
        yield


def first_states(path: Path, count: int) -> Path:
    """The first lines of the histories: passages and events of all of them take half an hour."""
    with gzip.open(DATA, "rb") as lines:
        path.write_bytes(b"".join(islice(lines, count)))
    return path


def analysed(store: SqlStore, folder: Path) -> dict[str, Any]:
    """All that is to be equal: the record, passages and events."""
    run_all(store)
    found: dict[str, Any] = {}
    with store._database.read() as connection:
        for table in (reuse_pairs, story_events, story_members, story_links):
            found[table.name] = sorted(map(tuple, connection.execute(select(table)).all()), key=repr)
    Exchange(store).write(folder)
    return {**found, **tables(folder)}


def printed(told: Told, hours: float) -> Printed:
    """An account as its outlet printed it."""
    url = f"https://{told.outlet}.example/news/{hours:g}"
    return Printed(url, hours, told.body.split("\n"), told.headline, f"The {told.outlet.title()}")


def some_articles() -> list[Printed]:
    """A dozen articles: three accounts of a fire, a copied report that is changed later, others that stand alone."""
    accounts = [printed(one, hours) for hours, one in enumerate((*FIRE, OTHER, FLOOD))]
    report = "Ferry inquiry opens in the old port"
    original = Printed("https://ledger.example/ferry", 6, paragraphs(1), report, "The Ledger")
    copy = Printed("https://gazette.example/ferry", 9, paragraphs(1)[:5], f"Wire: {report}", "The Gazette")
    corrected = replace(original, hours=12, paragraphs=paragraphs(1, 21))
    towns = ("Aldby", "Brink", "Corrow", "Dunmere", "Estvik")
    alone = [
        Printed(
            f"https://courier.example/{town}", 24 * number,
            [f"{town} has put its library at {number + 2} Mill Lane up for sale, clerk Ada {town}sen said.",
             f"Nobody in {town} had asked for it, and {number * 31 + 40} readers signed against it within a week."],
            f"{town} sells its library", "The Courier",
        )
        for number, town in enumerate(towns, 1)
    ]  # fmt: skip
    return [*accounts, original, copy, corrected, *alone]


def found_by_url(store: SqlStore) -> dict[str, Any]:
    """Pairs with their passages, and who belongs to which event, by the articles' addresses."""
    urls = {summary.article.id: summary.article.url for summary in store.article_summaries()}
    pairs = {
        (urls[pair.a_id], urls[pair.b_id]): (pair.a_version, pair.b_version, pair.verdict, pair.source, pair.form)
        for pair in store.reuse.pairs()
    }
    events: dict[int, set[str]] = {}
    for member in store.stories.memberships(urls):
        events.setdefault(member.event_id, set()).add(urls[member.article_id])
    return {"pairs": pairs, "events": sorted(map(sorted, events.values()))}


def test_passages_events_and_statements_are_those_of_an_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "LEAST", 4)
    path = warc(tmp_path / "some.warc.gz", some_articles())
    one, two = (open_store(str(empty_archive(tmp_path, name))) for name in ("one.db", "two.db"))
    assert isinstance(one, SqlStore)
    assert isinstance(two, SqlStore)
    Intake(one, EvidenceFolder(tmp_path / "evidence"), lambda: NOW).run([path])
    report = bulk([path], tmp_path / "out")
    assert report.parts == 4
    Exchange(two).take_in(tmp_path / "out")
    for store in (one, two):
        run_all(store)
    found = analysed_rows(tmp_path / "out")
    assert kept_rows(one) == found
    assert kept_rows(two) == found
    assert all(found.values())
    assert (report.pairs, report.events, report.statements) == tuple(
        len(found[name]) for name in ("reuse", "events", "statements")
    )
    first = found_by_url(one)
    pair = first["pairs"]["https://gazette.example/ferry", "https://ledger.example/ferry"]
    assert pair[2:4] == ("wholly", "b")
    assert pair[4]["passages"]
    assert [f"https://{fire.outlet}.example/news/{hours}" for hours, fire in enumerate(FIRE)] in [
        sorted(event, key=lambda url: url[-1]) for event in first["events"]
    ]
    for store in (one, two):
        store.close()


def test_events_are_settled_once_when_all_articles_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[int] = []
    monkeypatch.setattr(EventAnalysis, "caught_up", lambda analysis: found.append(analysis.known.archived()))
    bulk([warc(tmp_path / "some.warc.gz", some_articles())], tmp_path / "out")
    assert found == [12]


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(DATA, marks=pytest.mark.skipif(not DATA.is_file(), reason=f"no {DATA}: set WRITETHRU_DATA")),
        pytest.param(DEMO, marks=pytest.mark.skipif(not DEMO.is_dir(), reason="no played demo: set WRITETHRU_DEMO")),
    ],
    ids=["revisions", "demo"],
)
@pytest.mark.skipif("WRITETHRU_PARITY" not in os.environ, reason="takes minutes: set WRITETHRU_PARITY=1")
def test_import_and_bulk_come_to_the_same(path: Path, tmp_path: Path) -> None:
    if path == DATA:
        path = first_states(tmp_path / "some.jsonl", 250)
    one = open_store(str(empty_archive(tmp_path, "one.db")))
    Intake(one, EvidenceFolder(tmp_path / "evidence"), lambda: NOW).run([path])
    bulk([path], tmp_path / "out")
    two = open_store(str(empty_archive(tmp_path, "two.db")))
    Exchange(two).take_in(tmp_path / "out")
    assert isinstance(one, SqlStore)
    assert isinstance(two, SqlStore)
    first, second = analysed(one, tmp_path / "first"), analysed(two, tmp_path / "second")
    assert [name for name in first if first[name] != second[name]] == []
    assert kept_rows(two) == analysed_rows(tmp_path / "out")
    assert first["changes"]
    assert first["story_events"]
    one.close()
    two.close()
