"""Notifications as a user has them: in the settings file, in a watch, and on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.notify.samples import RULES, SECRET, Box, Harbour
from writethru.archive import open_archive
from writethru.cli import cli
from writethru.config import load_config
from writethru.notify import running
from writethru.storage import open_store
from writethru.watch.clock import SimulatedClock

NOW = datetime.now(UTC)


@pytest.fixture
def settings(sqlite_made: Path, tmp_path: Path) -> Path:
    """A settings file with a rules file beside it, and an archive with nothing in it."""
    (tmp_path / "rules.toml").write_text(RULES)
    path = tmp_path / "writethru.toml"
    database = tmp_path / "writethru.db"
    path.write_text(f'[archive]\ndatabase = "{database}"\n[notify]\nrules = "{tmp_path / "rules.toml"}"\n')
    return path


@pytest.fixture
def command(settings: Path) -> Callable[..., tuple[int, str]]:
    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["notify", *arguments, "--config", str(settings)], standalone_mode=False)
        assert done.exception is None or isinstance(done.exception, SystemExit) or arguments[0] == "test", done.output
        return done.return_value or done.exit_code, f"{done.output} {done.exception or ''}"

    return run


def test_a_watch_notes_and_sends_by_the_rules_of_the_settings(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Box()
    monkeypatch.setattr(running, "AppriseTarget", box.reach)
    config = load_config(settings, {})
    clock = SimulatedClock(datetime(2031, 5, 4, 13, tzinfo=UTC))
    with open_archive(config.archive.database, config) as archive:
        harbour = Harbour(archive.store)
        with archive.watcher(clock) as watcher:
            watcher.run_once()
            harbour.change(70, "Thirteen piles were cracked, the board said.")
            clock.wait(3600.0, watcher.stop)
            watcher.run_once()
    assert [name for name, _ in box.sent] == ["desk"]


def test_rules_are_listed_without_their_secrets(settings: Path, command: Callable[..., tuple[int, str]]) -> None:
    open_store(str(settings.parent / "writethru.db")).close()
    for arguments in (("rules",), ("rules", "--json")):
        code, said = command(*arguments)
        assert code == 0
        assert "pier" in said
        assert "desk (json)" in said
        assert "hunter2" not in said
        assert SECRET not in said


def test_a_dry_run_and_a_run(
    settings: Path, command: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Box()
    monkeypatch.setattr(running, "AppriseTarget", box.reach)
    with open_archive(str(settings.parent / "writethru.db")) as archive:
        assert command("run")[1].startswith("0 noted, 0 sent")
        harbour = Harbour(archive.store)
        noon = datetime(2031, 5, 4, 12, tzinfo=UTC)
        harbour.change((NOW - noon) / timedelta(minutes=1) - 5, "Thirteen piles were cracked, the board said.")
    code, said = command("dry-run", "--full")
    assert (code, "1 message in 30 days" in said, "{+Thirteen+}" in said) == (0, True, True)
    assert '"changes": 1' in command("dry-run", "--json")[1]
    assert box.sent == []
    box.fail()
    code, said = command("run")
    assert (code, "1 noted, 0 sent, 1 failed" in said) == (1, True), said
    assert "hunter2" not in said


def test_a_test_message_that_cannot_be_sent_says_so(command: Callable[..., tuple[int, str]]) -> None:
    code, said = command("test", "nobody")
    assert code != 0
    assert "no such target" in said
