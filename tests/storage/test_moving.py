"""An archive in another database is the same archive."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.export.test_exchange import contents, source  # noqa: F401 (a fixture)
from tests.postgres import Server
from tests.storage.made import NOON, article
from writethru.archive import Archive
from writethru.errors import InputError
from writethru.export.service import Exchange
from writethru.storage import moving, open_store
from writethru.storage.moving import move
from writethru.storage.sqlstore import SqlStore
from writethru.storage.store import Store


def test_a_migrated_archive_is_the_same(source: Store, postgres_server: Server, tmp_path: Path) -> None:  # noqa: F811
    archive = Archive(source)
    archive.search.save("killed", "killed", NOON)
    source.name_archive("ledger")
    url = postgres_server.new_database("made")
    place = str(tmp_path / "source.db")
    rows = move(place, url)
    assert (rows["articles"], rows["versions"], rows["saved_searches"]) == (3, 7, 1)
    assert rows["change_log"] > 7
    target = open_store(url)
    for store, name in ((source, "one"), (target, "two")):
        Exchange(store).write(tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert target.identity() == source.identity() != ""
    assert target.log_since(0, 100) == source.log_since(0, 100)
    moved = Archive(target)
    moved.search.rebuild()
    assert moved.search.find("Lavrov").hits == archive.search.find("Lavrov").hits != ()
    assert article(target, "https://ledger.example/new").id == 4
    target.close()
    with pytest.raises(InputError, match="not an empty archive"):
        move(place, url)
    back = str(tmp_path / "back.db")
    postgres_server.drop(url)
    assert move(place, back)["versions"] == 7
    with pytest.raises(InputError, match="the same database"):
        move(back, back)


def test_a_migration_that_fails_leaves_nothing(
    source: Store,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = moving._move

    def broken(old, new, table):  # type: ignore[no-untyped-def]
        if table.name == "edits":
            raise KeyboardInterrupt
        return real(old, new, table)

    monkeypatch.setattr(moving, "_move", broken)
    with pytest.raises(KeyboardInterrupt):
        move(str(tmp_path / "source.db"), str(tmp_path / "target.db"))
    target = open_store(str(tmp_path / "target.db"))
    assert isinstance(target, SqlStore)
    with target._database.read() as connection:
        left = {t.name for t in moving.tables() if connection.execute(select(func.count()).select_from(t)).scalar()}
    assert not left - {"identity"}
    target.close()
