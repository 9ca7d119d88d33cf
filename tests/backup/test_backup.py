"""A backup made while somebody writes, killed, or short of room, is whole or is not there."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.safety.conftest import ADMIN, filled
from writethru.archive import Archive, open_archive
from writethru.backup import make
from writethru.backup.make import LOCK, back_up
from writethru.backup.manifest import MANIFEST, read_manifest
from writethru.backup.restore import make_from
from writethru.config import ArchiveConfig, Config
from writethru.doctor import Verdict, examine
from writethru.errors import EvidenceError, StorageError, UnreadableInput
from writethru.evidence.marks import marked
from writethru.storage import dump, open_store


def made_in(folder: Path) -> tuple[str, Path]:
    """A new archive's database and evidence."""
    url = str(folder / "writethru.db")
    archive = filled(open_store(url), folder)
    archive.close()
    return url, folder / "evidence"


def opened(url: str, evidence: Path) -> Archive:
    return open_archive(url, Config(archive=ArchiveConfig(evidence=str(evidence))))


def more(url: str, evidence: Path, number: int) -> None:
    """Import one more article, as another process would."""
    path = evidence.parent / f"more-{number}.jsonl"
    address, words = f"https://a.example/{number}", f"More of {number}."
    line = {"url": address, "time": "2031-04-01T08:00:00Z", "title": "More", "text": words}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    with opened(url, evidence) as archive:
        assert archive.import_paths([path]).articles == 1


def test_what_is_restored_is_the_archive(tmp_path: Path) -> None:
    url, evidence = made_in(tmp_path)
    report = back_up(url, evidence, tmp_path / "b")
    assert report.copied == report.files - 1 or report.copied == report.files
    make_from(tmp_path / "b", str(tmp_path / "new.db"), tmp_path / "new.evidence")
    with opened(url, evidence) as one, opened(str(tmp_path / "new.db"), tmp_path / "new.evidence") as other:
        assert other.verify().faults == ()
        assert other.articles().rows == one.articles().rows
        assert other.raw_capture(1) == one.raw_capture(1)


def test_again_only_what_is_new_is_copied(tmp_path: Path) -> None:
    url, evidence = made_in(tmp_path)
    back_up(url, evidence, tmp_path / "b")
    before = {path for path in (tmp_path / "b/evidence").glob("*.warc.gz")}
    times = {path: path.stat().st_mtime_ns for path in before}
    more(url, evidence, 1)
    report = back_up(url, evidence, tmp_path / "b")
    assert report.copied == 2  # the new file and the ledger
    assert {path: path.stat().st_mtime_ns for path in before} == times
    assert len(list((tmp_path / "b").glob("database-*"))) == 1
    make_from(tmp_path / "b", str(tmp_path / "new.db"), tmp_path / "new.evidence")
    with opened(str(tmp_path / "new.db"), tmp_path / "new.evidence") as other:
        assert len(other.articles().rows) == 3
        assert other.verify().faults == ()


def test_somebody_writes_between_the_two_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came after the database was copied is in the evidence, marked, and taken in by the next watch."""
    url, evidence = made_in(tmp_path)
    real = dump.dump

    def then_write(*args: object) -> None:
        real(*args)  # type: ignore[arg-type]
        more(url, evidence, 1)

    monkeypatch.setattr(make.dump, "dump", then_write)
    back_up(url, evidence, tmp_path / "b")
    make_from(tmp_path / "b", str(tmp_path / "new.db"), tmp_path / "new.evidence")
    with opened(str(tmp_path / "new.db"), tmp_path / "new.evidence") as other:
        assert len(other.articles().rows) == 2
        assert marked(tmp_path / "new.evidence")
        assert other.rebuild().faults == ()
        assert len(other.articles().rows) == 3
        assert other.verify().faults == ()


def test_a_writer_goes_on_all_the_while(tmp_path: Path) -> None:
    """Imports beside backups: each backup is one moment's archive, and none stops a writer."""
    url, evidence = made_in(tmp_path)
    failed: list[BaseException] = []

    def write() -> None:
        try:
            for number in range(6):
                more(url, evidence, number)
        except BaseException as error:
            failed.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    rounds = 0
    while writer.is_alive() or not rounds:
        back_up(url, evidence, tmp_path / "b")
        rounds += 1
        target = tmp_path / f"new-{rounds}"
        make_from(tmp_path / "b", str(target.with_suffix(".db")), target.with_suffix(".evidence"))
        with opened(str(target.with_suffix(".db")), target.with_suffix(".evidence")) as other:
            assert other.evidence.recover().faults == ()
            assert other.verify().faults == ()
    writer.join()
    assert not failed


@pytest.mark.parametrize("place", ["dump.dump", "digest_of", "replace_file", "sync_folder"])
def test_killed_anywhere_the_last_whole_one_stands(tmp_path: Path, place: str) -> None:
    url, evidence = made_in(tmp_path)
    back_up(url, evidence, tmp_path / "b")
    more(url, evidence, 1)
    killed = multiprocessing.get_context("fork").Process(target=_killed_at, args=(place, url, evidence, tmp_path / "b"))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    make_from(tmp_path / "b", str(tmp_path / "old.db"), tmp_path / "old.evidence")
    with opened(str(tmp_path / "old.db"), tmp_path / "old.evidence") as other:
        assert len(other.articles().rows) == 2
        assert other.verify().faults == ()
    back_up(url, evidence, tmp_path / "b")
    make_from(tmp_path / "b", str(tmp_path / "new.db"), tmp_path / "new.evidence")
    with opened(str(tmp_path / "new.db"), tmp_path / "new.evidence") as other:
        assert len(other.articles().rows) == 3


def _killed_at(place: str, *args: object) -> None:
    """Dies at the end of the first call of a function."""
    owner: object = make
    *path, name = place.split(".")
    for part in path:
        owner = getattr(owner, part)
    real: Callable[..., object] = getattr(owner, name)

    def deadly(*given: object) -> None:
        real(*given)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, deadly)
    back_up(*args)  # type: ignore[arg-type]


def test_a_full_disk_is_said_and_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url, evidence = made_in(tmp_path)
    back_up(url, evidence, tmp_path / "b")
    before = (tmp_path / "b" / MANIFEST).read_bytes()
    more(url, evidence, 1)

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(make.shutil, "copyfileobj", full)
        with pytest.raises(StorageError, match="No space left"):
            back_up(url, evidence, tmp_path / "b")
    assert (tmp_path / "b" / MANIFEST).read_bytes() == before
    make_from(tmp_path / "b", str(tmp_path / "new.db"), tmp_path / "new.evidence")


def test_what_was_destroyed_since_is_destroyed_in_the_backup(tmp_path: Path) -> None:
    url, evidence = made_in(tmp_path)
    back_up(url, evidence, tmp_path / "b")
    with opened(url, evidence) as archive:
        archive.safety.withdraw(ADMIN, 1, "Order 7", destroy_evidence=True)
    back_up(url, evidence, tmp_path / "b")
    make_from(tmp_path / "b", str(tmp_path / "new.db"), tmp_path / "new.evidence")
    with opened(str(tmp_path / "new.db"), tmp_path / "new.evidence") as other:
        report = other.verify()
        assert (report.faults, report.destroyed) == ((), 3)


class TestRefused:
    def test_a_folder_with_something_else(self, tmp_path: Path) -> None:
        url, evidence = made_in(tmp_path)
        (tmp_path / "b").mkdir()
        (tmp_path / "b" / "thesis.txt").write_text("mine")
        with pytest.raises(UnreadableInput, match="no backup"):
            back_up(url, evidence, tmp_path / "b")
        assert (tmp_path / "b" / "thesis.txt").read_text() == "mine"

    def test_two_at_once(self, tmp_path: Path) -> None:
        url, evidence = made_in(tmp_path)
        (tmp_path / "b").mkdir()
        with make._alone(tmp_path / "b"), pytest.raises(StorageError, match="under way"):
            back_up(url, evidence, tmp_path / "b")
        assert (tmp_path / "b" / LOCK).exists()

    def test_restoring_over_something(self, tmp_path: Path) -> None:
        url, evidence = made_in(tmp_path)
        back_up(url, evidence, tmp_path / "b")
        with pytest.raises(EvidenceError, match="already"):
            make_from(tmp_path / "b", str(tmp_path / "new.db"), evidence)
        with pytest.raises(StorageError, match="already"):
            make_from(tmp_path / "b", url, tmp_path / "new.evidence")

    def test_a_damaged_backup(self, tmp_path: Path) -> None:
        url, evidence = made_in(tmp_path)
        back_up(url, evidence, tmp_path / "b")
        manifest = read_manifest(tmp_path / "b")
        assert manifest is not None
        path = tmp_path / "b" / next(one.place for name, one in manifest.evidence.items() if name.endswith(".gz"))
        content = bytearray(path.read_bytes())
        content[40] ^= 1
        path.write_bytes(bytes(content))
        with pytest.raises(UnreadableInput, match="not the one"):
            make_from(tmp_path / "b", str(tmp_path / "new.db"), tmp_path / "new.evidence")
        assert not (tmp_path / "new.db").exists()
        assert not (tmp_path / "new.evidence").exists()

    def test_a_folder_without_a_backup(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableInput, match="no whole backup"):
            make_from(tmp_path, str(tmp_path / "new.db"), tmp_path / "new.evidence")


def test_postgresql_by_pg_dump(postgres_server: Server, tmp_path: Path) -> None:
    url = postgres_server.new_database("made")
    archive = filled(open_store(url), tmp_path)
    archive.close()
    assert dump.tools_fault(url) == ""
    back_up(url, tmp_path / "evidence", tmp_path / "b")
    target = postgres_server.new_database("template0")
    make_from(tmp_path / "b", target, tmp_path / "new.evidence")
    with opened(target, tmp_path / "new.evidence") as other:
        assert other.verify().faults == ()
        assert len(other.articles().rows) == 2
    for one in (url, target):
        postgres_server.drop(one)


def test_postgresql_without_its_programs_says_what_to_install(
    postgres_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres_server.new_database("made")
    monkeypatch.setattr(dump, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StorageError, match="apt install postgresql-client"):
        back_up(url, tmp_path / "evidence", tmp_path / "b")
    assert "pg_dump is not installed; install the client" in dump.tools_fault(url)
    for name in ("pg_dump", "pg_restore"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n")
        (tmp_path / name).chmod(0o755)
    assert "pg_dump is of PostgreSQL 9, the server of" in dump.tools_fault(url)
    checks = {check.name: check for check in examine(Config(archive=ArchiveConfig(url, str(tmp_path / "evidence"))))}
    assert (checks["backup"].verdict, "apt install" in checks["backup"].todo) == (Verdict.WARN, True)
    postgres_server.drop(url)
