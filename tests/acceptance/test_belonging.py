"""A database and its evidence belong together, and the database remembers the roots of sealed days."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.acceptance.conftest import config_for
from tests.acceptance.test_faults import env_for, lines, write
from tests.cli.command import Command
from writethru.archive import Archive, open_archive
from writethru.errors import EvidenceError
from writethru.evidence.ledger import seal_days
from writethru.watch.belonging import note_roots

LATER = datetime(2099, 1, 1, tzinfo=UTC)


def test_a_second_database_does_not_write_into_the_folder_of_the_first(store_url: str, tmp_path: Path) -> None:
    played = write(tmp_path / "v.jsonl", lines(2, 2))
    with open_archive(store_url, config_for(store_url, tmp_path)) as one:
        one.import_paths([played])
        before = one.evidence.files()
        with open_archive(str(tmp_path / "other.db"), config_for("", tmp_path)) as other:
            with pytest.raises(EvidenceError, match="evidence of another archive"):
                other.import_paths([played])
            with pytest.raises(EvidenceError, match="evidence of another archive"):
                other.watch_once()
            assert other.import_paths([played], dry_run=True).captures == 4
            assert other.status().captures == 0
        assert one.evidence.files() == before
        assert one.verify().faults == ()
        assert one.import_paths([write(tmp_path / "w.jsonl", lines(3, 2))]).captures == 2, "the first goes on"


def test_two_named_archives_are_not_mixed(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for number, folder in enumerate(folders, 1):
        with open_archive(f"{folder}.db", config_for("", folder)) as archive:
            archive.import_paths([write(tmp_path / "v.jsonl", lines(number, 1))])
    with open_archive(f"{folders[0]}.db", config_for("", folders[1])) as mixed:
        assert "another archive" in mixed.verify().faults[0]
        with pytest.raises(EvidenceError):
            mixed.rebuild()


def test_the_command_says_what_to_do(user: Command, tmp_path: Path) -> None:
    write(tmp_path / "v.jsonl", lines(2, 2))
    env = env_for(f"sqlite:///{tmp_path / 'one.db'}", tmp_path)
    assert user("import", "v.jsonl", env=env).code == 0
    other = env_for(f"sqlite:///{tmp_path / 'two.db'}", tmp_path)
    done = user("import", "v.jsonl", env=other)
    assert (done.code, "writethru rebuild" in done.err, "Traceback" in done.err) == (6, True, False)
    (tmp_path / "one.db").unlink()
    rebuilt = user("rebuild", "--json", env=env)
    assert (rebuilt.code, rebuilt.form["adopted"]) == (0, 4)
    assert user("verify", env=env).code == 0


@pytest.fixture
def user(tmp_path: Path) -> Command:
    """``writethru`` in an empty folder."""
    return Command(tmp_path)


def sealed(archive: Archive, tmp_path: Path) -> str:
    """Import something, seal its day, note the root; the day."""
    archive.import_paths([write(tmp_path / "v.jsonl", lines(2, 2))])
    assert seal_days(archive.evidence.path, LATER) is not None
    (day,) = archive.evidence.ledger().seals
    note_roots(archive.store, archive.evidence, LATER)
    return day


def test_a_ledger_that_is_not_the_one_the_database_saw(archive: Archive, tmp_path: Path) -> None:
    day = sealed(archive, tmp_path)
    report = archive.verify()
    assert (report.faults, report.sealed, report.anchored) == ((), 1, 1)
    ledger = archive.evidence.path / "ledger.jsonl"
    whole = ledger.read_bytes()
    ledger.write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
    assert any(day in fault and "the database noted" in fault for fault in archive.verify().faults)
    ledger.unlink()
    assert any("there is no ledger" in fault for fault in archive.verify().faults)
    ledger.write_bytes(whole)
    root = archive.evidence.ledger().seals[day].root
    assert archive.verify(roots={day: root}).faults == ()
    assert "that was given" in archive.verify(roots={day: "0" * 64}).faults[0]


def test_a_capture_is_proved(user: Command, tmp_path: Path) -> None:
    write(tmp_path / "v.jsonl", lines(2, 2))
    assert user("import", "v.jsonl").code == 0
    waiting = user("verify", "--capture", "1")
    assert (waiting.code, "not sealed yet" in waiting.err) == (6, True)
    seal_days(tmp_path / "writethru.evidence", LATER)
    done = user("verify", "--capture", "3", "--json")
    assert (done.code, done.form["holds"], len(done.form["proof"]["path"]) > 0) == (0, True, True)
    assert "is in the sealed day" in user("verify", "--capture", "3").out
    shown = user("verify", "--json").form
    assert (shown["days_sealed"], shown["files_in_ledger"], shown["time_stamps"]) == (1, 1, [])
    assert user("verify", "--root", "today=1").code == 2
    assert user("timestamp").code == 2, "no authority is set"
    assert user("index", "--json").form["index"].endswith("index.cdxj")
    assert user("verify").code == 0
