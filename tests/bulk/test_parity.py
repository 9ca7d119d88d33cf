"""Import and bulk come to the same record and the same analyses on real histories; only where the data is."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.bulk.material import NOW, bulk, empty_archive, tables
from writethru.analyse.running import run_all
from writethru.bulk import job
from writethru.evidence import EvidenceFolder
from writethru.export.service import Exchange
from writethru.storage import open_store
from writethru.storage.sqlstore import SqlStore
from writethru.storage.story_tables import story_events, story_links, story_members
from writethru.storage.tables import reuse_pairs
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
    assert first["changes"]
    assert first["story_events"]
    one.close()
    two.close()
