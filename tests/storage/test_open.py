"""Opening: what a user may give as a database, what is wrong with it, and migrations."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from tests import postgres
from tests.storage.made import NOON, article
from writethru.errors import DatabaseUnreachable, SchemaTooNew, StorageError
from writethru.storage import address, migrations, open_store
from writethru.storage.connect import Database
from writethru.storage.search_tables import INDEX
from writethru.storage.tables import SCHEMA_TABLE, metadata

ROOT = Path(__file__).parents[2]


class TestAddresses:
    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            ("x.db", "sqlite:///x.db"),
            ("/tmp/a b.db", "sqlite:////tmp/a b.db"),
            ("sqlite:///x.db", "sqlite:///x.db"),
            ("sqlite:////tmp/x.db", "sqlite:////tmp/x.db"),
            ("postgresql://ida:secret@db.example/news", "postgresql://ida@db.example/news"),
            ("postgres://ida:s%40cret@db.example:5433/news", "postgresql://ida@db.example:5433/news"),
            ("postgresql+psycopg://db.example/news?password=secret&x=1", "postgresql://db.example/news?x=1"),
        ],
    )
    def test_accepted(self, given: str, shown: str) -> None:
        assert address.shown(address.parse(given)) == shown

    @pytest.mark.parametrize(
        "given",
        [
            "",
            " ",
            ":memory:",
            "sqlite://",
            "mysql://u:secret@h/d",
            "postgresql://u:secret@host:port/d",
            "http://x.example",
        ],
    )
    def test_refused_without_repeating_a_password(self, given: str) -> None:
        with pytest.raises(StorageError) as refused:
            open_store(given)
        assert "secret" not in str(refused.value)
        assert refused.value.__cause__ is None

    def test_a_bare_path_is_opened(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        store = open_store("news.db")
        article(store)
        store.close()
        assert (tmp_path / "news.db").exists()
        assert store.url == "sqlite:///news.db"


class TestFiles:
    def refused(self, path: Path, words: str) -> None:
        with pytest.raises(StorageError, match=words) as error:
            open_store(str(path))
        assert str(path) in str(error.value)

    def test_a_directory(self, tmp_path: Path) -> None:
        self.refused(tmp_path, "directory; name a file")

    def test_a_missing_folder(self, tmp_path: Path) -> None:
        self.refused(tmp_path / "no" / "x.db", "does not exist; make it")
        assert not (tmp_path / "no").exists()

    def test_not_a_database(self, tmp_path: Path) -> None:
        path = tmp_path / "notes.txt"
        path.write_text("Dear diary, " * 1000)
        self.refused(path, "not a database")
        assert path.read_text() == "Dear diary, " * 1000

    def test_a_damaged_database(self, tmp_path: Path) -> None:
        path = tmp_path / "x.db"
        open_store(str(path)).close()
        whole = path.read_bytes()
        path.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
        self.refused(path, "damaged")

    def test_an_empty_file_becomes_a_database(self, tmp_path: Path) -> None:
        path = tmp_path / "x.db"
        path.touch()
        open_store(str(path)).close()
        assert path.stat().st_size > 0

    def test_somebody_elses_database(self, tmp_path: Path) -> None:
        path = tmp_path / "cookies.sqlite"
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE cookies (name)")
        other.close()
        self.refused(path, "belongs to something else.*cookies")

    @pytest.mark.skipif(os.geteuid() != 0, reason="as another user it is simply chmod, tested below")
    def test_a_file_root_may_write_but_we_may_not(self, tmp_path: Path) -> None:
        path = tmp_path / "x.db"
        open_store(str(path)).close()
        path.chmod(0o444)
        for folder in (tmp_path, *tmp_path.parents[:3]):
            folder.chmod(0o755)
        os.seteuid(65534)
        try:
            self.refused(path, "cannot be written .Permission denied.")
        finally:
            os.seteuid(0)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
    def test_a_read_only_file(self, tmp_path: Path) -> None:
        path = tmp_path / "x.db"
        open_store(str(path)).close()
        path.chmod(0o444)
        self.refused(path, "cannot be written .Permission denied.")


class TestServers:
    def unreachable(self, url: str) -> str:
        started = time.monotonic()
        with pytest.raises(DatabaseUnreachable) as error:
            open_store(url)
        assert time.monotonic() - started < 4 * address.CONNECT_SECONDS
        assert "press-run" not in str(error.value)
        assert "wrong-word" not in str(error.value)
        return str(error.value)

    def test_nobody_listens(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
            said = self.unreachable(f"postgresql://ida:press-run@127.0.0.1:{port}/news")
        assert f"postgresql://ida@127.0.0.1:{port}/news: the database does not answer; check" in said

    def test_somebody_listens_and_says_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(address, "CONNECT_SECONDS", 2)  # the least that the client library waits
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            self.unreachable(f"postgresql://ida:press-run@127.0.0.1:{silent.getsockname()[1]}/news")

    def test_a_wrong_password(self, postgres_server: postgres.Server) -> None:
        url = postgres_server.url("postgres").replace(postgres.PASSWORD, "wrong-word")
        assert "password" in self.unreachable(url)

    def test_no_such_database(self, postgres_server: postgres.Server) -> None:
        assert 'database "nowhere" does not exist' in self.unreachable(postgres_server.url("nowhere"))


class TestMigrations:
    def test_the_revisions_are_those_in_the_folder(self) -> None:
        script = ScriptDirectory.from_config(migrations.configuration())
        walked = [revision.revision for revision in script.walk_revisions()]
        assert tuple(reversed(walked)) == migrations.REVISIONS

    def test_the_steps_lead_to_the_tables(self, database_url: str) -> None:
        open_store(database_url).close()
        database = Database(database_url)
        with database.read() as connection:
            ours = {"include_name": lambda name, kind, _: kind != "table" or not str(name).startswith(INDEX)}
            opts = {"version_table": SCHEMA_TABLE, "compare_type": True, **ours}
            context = MigrationContext.configure(connection, opts=opts)
            differences = compare_metadata(context, metadata)
            names = {name for name in inspect(connection).get_table_names() if not name.startswith(INDEX)}
        database.close()
        assert differences == []
        assert names == {*metadata.tables, SCHEMA_TABLE}

    def test_opened_again_nothing_is_migrated(self, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        open_store(database_url).close()
        monkeypatch.setattr(migrations, "upgrade", None)
        open_store(database_url).close()

    def test_a_newer_schema_is_refused_and_left_alone(self, store_url: str) -> None:
        database = Database(store_url)
        with database.write() as connection:
            connection.execute(text(f"UPDATE {SCHEMA_TABLE} SET version_num = '9999'"))
        with pytest.raises(SchemaTooNew, match=r"schema 9999, this one knows .*upgrade Writethru"):
            open_store(store_url)
        with database.read() as connection:
            assert connection.execute(text(f"SELECT version_num FROM {SCHEMA_TABLE}")).scalar() == "9999"
        database.close()

    @pytest.mark.parametrize("revision", migrations.REVISIONS)
    def test_from_every_revision_with_what_was_stored(self, database_url: str, revision: str) -> None:
        database = Database(database_url)
        with database.write() as connection:
            migrations.upgrade(connection, revision)
            connection.execute(text("INSERT INTO hosts (host) VALUES ('ledger.example')"))
            columns = "(id, url, host, added_at, next_look_at)"
            values = "(7, 'https://ledger.example/1', 'ledger.example', 0, 1)"
            connection.execute(text(f"INSERT INTO articles {columns} VALUES {values}"))
        database.close()
        store = open_store(database_url)
        assert store.article(7).url == "https://ledger.example/1"
        store.close()

    @pytest.fixture
    def next_release(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """From here on Writethru knows one more step."""
        folder = tmp_path / "next"
        shutil.copytree(migrations.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "next_step.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision, down_revision = 'next', {migrations.head()!r}\n"
            "def upgrade():\n"
            "    op.add_column('articles', sa.Column('mood', sa.Text()))\n"
            "    op.execute('UPDATE articles SET mood = host')\n"
        )
        monkeypatch.setattr(migrations, "FOLDER", folder)
        monkeypatch.setattr(migrations, "REVISIONS", (*migrations.REVISIONS, "next"))

    def test_an_older_schema_is_migrated_and_it_says_so(
        self, store_url: str, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
    ) -> None:
        old = open_store(store_url)
        made = article(old)
        old.close()
        before = migrations.head()
        request.getfixturevalue("next_release")
        new = open_store(store_url)
        assert f"{new.url}: migrated from schema {before} to next" in caplog.text
        assert new.article(made.id) == made
        new.close()
        database = Database(store_url)
        with database.read() as connection:
            assert connection.execute(text("SELECT mood FROM articles")).scalar() == "ledger.example"
        database.close()

    def test_a_step_that_fails_leaves_the_old_schema(
        self, store_url: str, next_release: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        step = migrations.FOLDER / "versions" / "next_step.py"
        step.write_text(step.read_text() + "    op.execute('DROP TABLE nowhere')\n")
        with pytest.raises(StorageError):
            open_store(store_url)
        monkeypatch.undo()
        store = open_store(store_url)
        assert store.status(NOON).articles == 0
        store.close()
        database = Database(store_url)
        with database.read() as connection:
            assert "mood" not in {column["name"] for column in inspect(connection).get_columns("articles")}
        database.close()


def test_processes_that_open_a_new_database_at_once_all_succeed(database_url: str) -> None:
    script = (
        "import sys; from writethru.storage import open_store; print('ready', flush=True); sys.stdin.readline();"
        "store = open_store(sys.argv[1]); store.outlet(sys.argv[2]); store.close()"
    )
    openers = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", script, database_url, f"outlet {n}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
        )
        for n in range(3)
    ]  # fmt: skip
    for opener in openers:
        assert opener.stdout is not None
        assert opener.stdout.readline() == b"ready\n"
    results = []
    for opener in openers:
        assert opener.stdin is not None
        opener.stdin.write(b"go\n")
        opener.stdin.flush()
    for opener in openers:
        _, errors = opener.communicate(timeout=60)
        results.append((opener.returncode, errors.decode()))
    assert results == [(0, "")] * 3
    store = open_store(database_url)
    assert [outlet.name for outlet in store.outlets()] == ["outlet 0", "outlet 1", "outlet 2"]
    store.close()
