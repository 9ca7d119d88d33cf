"""Who copied whom is known without asking: after an import, and while watching."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.acceptance.test_faults import AT_ONCE, NOON, env_for, opened, reach, write
from tests.cli.command import Command, Running
from tests.reuse.material import COPY, OWN_ACCOUNT, WIRE
from writethru.archive import Archive
from writethru.press import Press, VirtualClock, load_plays


def told(outlet: str, text: str, hours: int = 0) -> str:
    """One line of a versions file."""
    form = {
        "outlet": outlet,
        "url": f"http://{outlet}.example/fire",
        "time": (NOON + timedelta(hours=hours)).isoformat(),
        "title": f"Fire in Harbour Street ({outlet})",
        "text": text.replace("\n", "\n\n"),
    }
    return json.dumps(form)


ROWS = [told("wire", WIRE), told("gazette", COPY), told("courier", OWN_ACCOUNT)]


def wait_for(process: Running, archive: Archive, condition: Callable[[Archive], bool]) -> None:
    """Until it holds, while the process lives."""
    deadline = time.monotonic() + 120
    while not condition(archive):
        assert process.alive, process.err.read_text()
        assert time.monotonic() < deadline, "never came"
        time.sleep(0.05)


def pairs_of(archive: Archive) -> set[tuple[str, str, str]]:
    """The pairs, by hosts."""
    names = {row.article.id: row.article.host.partition(".")[0] for row in archive.articles().rows}
    return {(names[pair.a_id], names[pair.b_id], pair.verdict) for pair in archive.shared.pairs()}


@pytest.mark.parametrize("command", ["watch", "up"])
def test_a_watch_shows_the_copy_without_any_command(store_url: str, tmp_path: Path, command: str) -> None:
    user = Command(tmp_path)
    plays = load_plays(write(tmp_path / "played.jsonl", ROWS))
    with Press(plays, VirtualClock(NOON)) as press:
        env = {**env_for(store_url, tmp_path), **reach(press), **AT_ONCE, "WRITETHRU_FETCH_DELAY_SECONDS": "0"}
        assert user("add", *(f"http://{name}.example/feed.xml" for name in plays_of(press)), env=env).code == 0
        process = user.start(*([command, "--port", 0] if command == "up" else [command]), env=env)
        with opened(store_url, tmp_path) as archive:
            wait_for(process, archive, lambda seen: bool(seen.shared.pairs()))
            assert pairs_of(archive) == {("gazette", "wire", "wholly")}
        process.send(signal.SIGINT)
        assert process.wait().code in (0, 130)


def plays_of(press: Press) -> list[str]:
    """The outlets' names in their hosts."""
    return [host.partition(".")[0] for host in press.plays.sites]


def test_an_import_shows_it_too_and_a_trial_does_not(user: Command, tmp_path: Path) -> None:
    write(tmp_path / "v.jsonl", ROWS)
    assert user("import", "v.jsonl", "--dry-run").code == 0
    assert user("import", "v.jsonl").code == 0
    with opened(str(tmp_path / "writethru.db"), tmp_path) as archive:
        assert pairs_of(archive) == {("gazette", "wire", "wholly")}
    done = next(one for one in user("analyse", "--json").form if one["name"] == "reuse")
    assert (done["articles"], done["failed"], done["elsewhere"]) == (0, [], "")


def test_killed_at_work_a_watch_goes_on_where_it_was(store_url: str, user: Command, tmp_path: Path) -> None:
    """kill -9 once some articles are done; the next watch does the rest, and nothing twice."""
    rows = [told(f"client{number:02}", WIRE if number % 2 else COPY, number) for number in range(24)]
    path = write(tmp_path / "v.jsonl", rows)
    env = env_for(store_url, tmp_path)
    with opened(store_url, tmp_path) as archive:
        archive.import_paths([path])  # the library leaves it to the caller to analyse
        assert archive.shared.pairs() == []
        process = user.start("watch", env=env)
        wait_for(process, archive, lambda seen: len(seen.shared.pairs()) > 2)
        process.send(signal.SIGKILL)
        process.wait()
        process = user.start("watch", env=env)
        last = archive.log_since(0, 1000)[-1].seq
        wait_for(process, archive, lambda seen: seen.store.followers.state("reuse").seq == last)
        process.send(signal.SIGINT)
        assert process.wait().code in (0, 130)
        found, size = pairs_of(archive), archive.store.reuse.size()
    once = f"sqlite:///{tmp_path / 'once.db'}"
    with opened(once, tmp_path / "once") as archive:
        archive.import_paths([path])
        archive.analyse()
        assert (pairs_of(archive), archive.store.reuse.size()) == (found, size)


@pytest.fixture
def user(tmp_path: Path) -> Command:
    """``writethru`` in an empty folder."""
    return Command(tmp_path)
