"""The doctor: says what is wrong and what to do, and changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.storage.made import article, look
from writethru import doctor
from writethru.analyse import encoding
from writethru.config import ArchiveConfig, Config, EventsConfig, FetchConfig, WebConfig
from writethru.doctor import Check, Verdict, examine
from writethru.storage import open_store
from writethru.storage.tables import SCHEMA_TABLE


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.socket, "getaddrinfo", lambda *_a, **_k: [])


@pytest.fixture
def config(sqlite_made: Path, tmp_path: Path) -> Config:
    shutil.copy(sqlite_made, tmp_path / "writethru.db")
    return Config(
        archive=ArchiveConfig(str(tmp_path / "writethru.db"), str(tmp_path / "evidence")),
        fetch=FetchConfig(contact="mailto:desk@record.example"),
    )


def found(config: Config, name: str) -> Check:
    return next(check for check in examine(config) if check.name == name)


def test_a_new_archive_is_well(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LITTLE_FREE", 0)
    monkeypatch.setattr(doctor, "LEAST_FREE", 0)
    assert [check for check in examine(config) if check.verdict is Verdict.FAIL] == []
    assert {"libraries", "schema", "database", "evidence", "space", "clock", "certificates", "robot's name"} <= {
        check.name for check in examine(config)
    }


def test_no_archive_yet_and_none_is_made(tmp_path: Path) -> None:
    config = Config(archive=ArchiveConfig(str(tmp_path / "none.db")))
    assert found(config, "database").verdict is Verdict.WARN
    assert list(tmp_path.iterdir()) == []


def test_a_newer_and_an_older_schema(config: Config) -> None:
    for revision, verdict in (("9999", Verdict.FAIL), ("0001", Verdict.WARN)):
        with closing(sqlite3.connect(config.archive.database)) as raw, raw:
            raw.execute(f"UPDATE {SCHEMA_TABLE} SET version_num = ?", (revision,))
        check = found(config, "schema")
        assert (check.verdict, bool(check.todo)) == (verdict, True)


def test_a_damaged_database(config: Config) -> None:
    path = Path(config.archive.database)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    path.write_bytes(bytes(content))
    assert [check for check in examine(config) if check.verdict is Verdict.FAIL and check.todo]


def test_a_file_of_a_dead_writer(config: Config) -> None:
    folder = config.evidence_folder()
    folder.mkdir()
    (folder / "writethru-1.warc.gz.open").write_bytes(b"x")
    check = found(config, "evidence")
    assert (check.verdict, "1 open files" in check.found) == (Verdict.WARN, True)


def test_a_full_disk(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    for free, verdict in ((0, Verdict.FAIL), (5 << 30, Verdict.WARN), (50 << 30, Verdict.OK)):
        monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _path, free=free: usage(1, 1, free))
        assert found(config, "space").verdict is verdict


def test_a_clock_that_is_behind(config: Config) -> None:
    store = open_store(config.archive.database)
    store.add_capture(article(store).id, look(datetime.now(UTC) + timedelta(days=1)))
    store.close()
    check = found(config, "clock")
    assert (check.verdict, "set the clock" in check.todo) == (Verdict.FAIL, True)


def test_nobody_to_complain_to(config: Config) -> None:
    check = found(replace(config, fetch=FetchConfig()), "robot's name")
    assert (check.verdict, "fetch.contact" in check.todo) == (Verdict.WARN, True)


def test_an_encoder_that_is_asked_for_and_not_installed(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(config, "encoder").verdict is Verdict.OK
    asked = replace(config, events=EventsConfig("0.6"))
    monkeypatch.setattr(encoding, "missing", lambda: "onnxruntime: not installed")
    assert found(config, "encoder").verdict is Verdict.OK
    check = found(asked, "encoder")
    assert (check.verdict, "onnxruntime" in check.found) == (Verdict.FAIL, True)
    assert "writethru[nlp]" in check.todo
    monkeypatch.setattr(encoding, "missing", lambda: "")
    assert found(asked, "encoder") == Check(
        "encoder", Verdict.OK, "events of few articles are parted where it finds them below 0.6"
    )


def test_names_that_are_not_found(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_args: object, **_more: object) -> None:
        raise OSError(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(doctor.socket, "getaddrinfo", nothing)
    assert found(config, "names").verdict is Verdict.WARN


@pytest.mark.parametrize(
    ("web", "verdict"),
    [
        (WebConfig(), Verdict.OK),
        (WebConfig(host="0.0.0.0"), Verdict.WARN),
        (WebConfig(host="0.0.0.0", base_url="https://record.example"), Verdict.OK),
    ],
)
def test_pages_for_everybody_without_https(config: Config, web: WebConfig, verdict: Verdict) -> None:
    assert found(replace(config, web=web), "pages").verdict is verdict


def test_a_password_is_not_shown() -> None:
    config = Config(archive=ArchiveConfig("postgresql://ida:hush@127.0.0.1:1/none"))
    assert "hush" not in str(examine(config))
    assert found(config, "database").verdict is Verdict.FAIL


def test_a_library_that_is_missing(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", ("click", "no-such-library-of-ours"))
    check = found(config, "libraries")
    assert (check.verdict, "no-such-library-of-ours" in check.found) == (Verdict.FAIL, True)
