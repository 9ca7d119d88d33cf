"""A watch that is killed, starved, cut off and misled: what is lost, doubled or invented (it should be nothing).

Each fault plays ten articles on a loopback press. Afterwards three accounts are held against each
other: what the press served, what the evidence has, and what the record says.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from bench.machine import heading, machine
from tests import postgres
from tests.cli.command import Command, end_all
from writethru.archive import Archive, open_archive
from writethru.config import ArchiveConfig, Config, FetchConfig, ScheduleConfig
from writethru.press import Kind, Press, Rule, VirtualClock, load_plays
from writethru.press.log import sights
from writethru.storage.address import parse
from writethru.watch.clock import SimulatedClock, SystemClock

NOON = datetime(2031, 3, 3, 12, 0, tzinfo=UTC)
ARTICLES, VERSIONS = 10, 30
MOST_ANSWERS = 60
"""A watch is killed after one to so many answers of the press: while it starts, and in full work."""

RESTARTS = 5

WORDS = (
    "The council of ward {n} met on Friday to speak about the bridge, the ferry and the mill.\n\n"
    "It will spend {k} crowns on the piers before the winter, the mayor said.\n\n"
    "Nobody in ward {n} spoke against it, and the meeting ended before nine in the evening."
)
_CROWNS = re.compile(r"spend (\d+) crowns")
HASTE = {
    "WRITETHRU_SCHEDULE_FLOOR_MINUTES": "0.001",
    "WRITETHRU_SCHEDULE_LOOKS": "1000000",
    "WRITETHRU_SCHEDULE_SOURCE_MINUTES": "0.01",
    "WRITETHRU_FETCH_DELAY_SECONDS": "0",
}


@dataclass(frozen=True)
class Place:
    """One archive, its press, and how the command reaches both."""

    folder: Path
    url: str
    press: Press
    logs: Path

    @property
    def command(self) -> Command:
        return Command(self.logs)

    @property
    def env(self) -> dict[str, str]:
        hosts = ",".join(self.hosts)
        place = {"WRITETHRU_ARCHIVE_DATABASE": self.url, "WRITETHRU_ARCHIVE_EVIDENCE": str(self.evidence)}
        return {**HASTE, **place, "WRITETHRU_FETCH_CONNECT_TO": hosts}

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(f"{host}=127.0.0.1:{self.press.port}" for host in self.press.plays.sites)

    @property
    def evidence(self) -> Path:
        return self.folder / "evidence"

    def config(self, url: str = "", evidence: Path | None = None) -> Config:
        return Config(
            archive=ArchiveConfig(url or self.url, str(evidence or self.evidence)),
            fetch=FetchConfig(connect_to=self.hosts, delay_seconds=0.0, read_seconds=2.0, total_seconds=4.0),
            schedule=ScheduleConfig(floor_minutes=0.001, looks=1_000_000.0, source_minutes=0.01),
        )

    def opened(self, schedule: ScheduleConfig | None = None) -> Archive:
        config = self.config()
        return open_archive(self.url, config if schedule is None else replace(config, schedule=schedule))

    def free_hosts(self) -> None:
        """A dead worker's hosts come free after a quarter of an hour; here at once."""
        engine = create_engine(parse(self.url))
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM leases"))
        engine.dispose()


def played() -> str:
    """The versions file: ten articles, an hour between versions."""
    rows = [
        {
            "outlet": "The Post",
            "url": f"http://post{n % 3}.example/ward-{n}",
            "time": (NOON + timedelta(hours=k)).isoformat(),
            "title": f"Ward {n} meets",
            "text": WORDS.format(n=n, k=100 + k),
        }
        for k in range(VERSIONS)
        for n in range(ARTICLES)
    ]
    return "".join(json.dumps(row) + "\n" for row in rows)


@contextmanager
def place(folder: Path, url: str, clock: Any = None, rules: tuple[Rule, ...] = ()) -> Iterator[Place]:
    """A press under way, and an archive that watches its feeds."""
    path = folder / "played.jsonl"
    path.write_text(played(), encoding="utf-8")
    logs = tempfile.TemporaryDirectory(prefix="writethru-logs-")  # not on the disk that runs full
    with logs as place_of_logs, Press(load_plays(path), clock or VirtualClock(NOON), rules=rules) as press:
        yield Place(folder, url, press, Path(place_of_logs))


# the accounts


def state_of(body: str) -> int:
    """Which version a text is, -1 for one that the press never had."""
    found = _CROWNS.search(body)
    return int(found[1]) - 100 if found else -1


def account(here: Place) -> dict[str, Any]:
    """What was lost, doubled or invented."""
    with here.opened() as archive:
        rebuilt_faults = archive.rebuild().faults  # takes in what only the evidence has
        verified = archive.verify()
        record = derived(archive)
        refs = [c.look.evidence.record_id for c in archive.store.all_captures() if c.look.evidence]
        captures = archive.status().captures
    served = [r for r in here.press.log.records() if r.version and r.status in (200, 304)]
    states = {url: [state for _, state in found["appearances"]] for url, found in record.items()}
    return {
        "articles": len(record),
        "answers_of_the_press": len(served),
        "looks_in_the_record": captures,
        "answers_nobody_lived_to_write_down": max(0, len(served) - captures),
        "versions": sum(len(found["versions"]) for found in record.values()),
        "versions_lost": lost(here, record),
        "versions_served_and_not_in_the_record": unrecorded(here, states),
        "versions_doubled": sum(len(f["versions"]) - len(set(f["versions"])) for f in record.values()),
        "looks_doubled": len(refs) - len(set(refs)),
        "versions_invented": sum(state < 0 for found in states.values() for state in found),
        "changes": sum(found["changes"] for found in record.values()),
        "changes_beyond_one_each": sum(abs(f["changes"] - len(f["appearances"]) + 1) for f in record.values()),
        "changes_invented": sum(out_of_order(found) for found in states.values()),
        "files": verified.files,
        "open_files_left": len(list(here.evidence.glob("*.open"))),
        "torn_tails_set_aside": len(list(here.evidence.glob("*.torn"))),
        "faults": [*verified.faults, *rebuilt_faults],
    }


def derived(archive: Archive) -> dict[str, dict[str, Any]]:
    """By article: versions by digest, appearances by time with their state, and how many changes."""
    found = {}
    for row in archive.articles().rows:
        store, number = archive.store, row.article.id
        states = {v.number: state_of(store.version_text(number, v.number).text) for v in store.versions(number)}
        found[row.article.url] = {
            "versions": [v.digest for v in store.versions(number)],
            "appearances": [(a.first_seen, states[a.version_number]) for a in store.appearances(number)],
            "changes": len(store.changes(article_id=number)),
        }
    return found


def out_of_order(states: list[int]) -> int:
    """The press only ever goes forward: each step back, or to the same text again, was invented."""
    return sum(later <= earlier for earlier, later in pairwise(states))


def lost(here: Place, record: dict[str, dict[str, Any]]) -> int:
    """Versions that are in the evidence and not in the record: a new database is made from a copy, and compared."""
    with tempfile.TemporaryDirectory(prefix="writethru-again-") as folder:
        copy = Path(folder) / "evidence"
        shutil.copytree(here.evidence, copy)
        url = str(Path(folder) / "again.db")
        with open_archive(url, here.config(url, copy)) as again:
            again.rebuild()
            other = derived(again)
    return sum(
        len(set(found["versions"]) - set(record.get(at, {"versions": []})["versions"])) for at, found in other.items()
    )


def unrecorded(here: Place, states: dict[str, list[int]]) -> int:
    """Versions that the press sent, or spared by a 304, and the record does not have: those whose answer died."""
    seen = sights(here.press.log.records())
    return sum(
        len({number - 1 for number in numbers} - set(states.get(f"http://{host}{path}", ())))
        for (host, path), numbers in seen.items()
    )


# the faults


def kills(here: Place, rounds: int) -> dict[str, Any]:
    """kill -9 within 0.1 s of an answer chosen at random."""
    chance = random.Random(11)
    add_feeds(here)
    killed = 0
    for number in range(rounds):
        asked = len(here.press.log.records())
        process = here.command.start("watch", env=here.env)
        answers = chance.randint(1, MOST_ANSWERS)
        until = time.monotonic() + 20
        while process.alive and len(here.press.log.records()) < asked + answers and time.monotonic() < until:
            time.sleep(0.002)  # the first answers go unread until a process that reads them is up
        time.sleep(chance.uniform(0.0, 0.1))
        if process.alive:
            process.send(signal.SIGKILL)
            killed += 1
        process.wait()
        here.free_hosts()
        if number % max(1, rounds // (VERSIONS - 1)) == 0:
            here.press.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
    finish(here)
    return {"kills": killed, **account(here)}


def add_feeds(here: Place) -> None:
    """Watch the feeds of all hosts."""
    feeds = [f"http://{host}/feed.xml" for host in here.press.plays.sites]
    done = here.command("add", *feeds, env=here.env)
    assert done.code == 0, done.err


def finish(here: Place) -> None:
    """Two quiet rounds: what was lost is taken in, all is seen once more."""
    for _ in range(2):
        here.free_hosts()
        done = here.command("watch", "--once", env=here.env)
        assert done.code == 0, done.err


def full_disk(here: Place) -> dict[str, Any]:
    """The file system of database and evidence runs full under a running watch; then there is room again."""
    add_feeds(here)
    process = here.command.start("watch", env=here.env)
    until = time.monotonic() + 120
    while "failed" not in process.err.read_text() and time.monotonic() < until:
        time.sleep(0.2)
        with suppress(Exception):
            here.press.clock.advance(timedelta(minutes=7))  # type: ignore[attr-defined]
    was_full = "failed" in process.err.read_text()
    time.sleep(3)
    subprocess.run(["mount", "-o", "remount,size=200m", str(here.folder)], check=True)
    answered = len(here.press.log.records())
    until = time.monotonic() + 60
    while len(here.press.log.records()) < answered + 60 and time.monotonic() < until:
        time.sleep(0.2)
    lived = process.alive
    if lived:
        process.send(signal.SIGTERM)
    process.wait()
    finish(here)
    return {"ran_full": was_full, "watch_lived_on": lived, **account(here)}


def restart(here: Place, server: postgres.Server) -> dict[str, Any]:
    """PostgreSQL is stopped (immediately, as in a crash) and started again under a running watch, again and again."""
    add_feeds(here)
    process = here.command.start("watch", env=here.env)
    for _ in range(RESTARTS):
        await_answers(here, 40)  # it is in full work
        here.press.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
        await_answers(here, 5)  # and has seen some of what is new
        server.crash()
        time.sleep(1)
        server.start()
    await_answers(here, 40)
    lived = process.alive
    if lived:
        process.send(signal.SIGTERM)
    done = process.wait()
    finish(here)
    return {"restarts": RESTARTS, "watch_lived_on": lived, "exit_code": done.code, **account(here)}


def await_answers(here: Place, count: int) -> None:
    """Wait until the press has answered so often more, a minute at most."""
    answered = len(here.press.log.records())
    until = time.monotonic() + 60
    while len(here.press.log.records()) < answered + count and time.monotonic() < until:
        time.sleep(0.01)


def clock_jump(here: Place) -> dict[str, Any]:
    """The machine's clock is set forward a day, and back an hour, under a running watch; then it is started anew."""
    shift = [timedelta()]
    add_feeds(here)
    for step in (timedelta(), timedelta(days=1), timedelta(hours=-1), timedelta(days=-1)):
        shift[0] += step
        with here.opened() as archive:
            stop = threading.Event()
            with archive.watcher(SystemClock(lambda: datetime.now(UTC) + shift[0])) as watcher:
                loop = threading.Thread(target=watcher.run, args=(None, stop))
                loop.start()
                for later in (timedelta(hours=2), timedelta(hours=-1)):
                    time.sleep(3)
                    here.press.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
                    shift[0] += later
                time.sleep(3)
                stop.set()
                loop.join()
        here.free_hosts()
    return {"jumps": 11, **account(here)}


def day_of_503(here: Place) -> dict[str, Any]:
    """24 hours of 503, with versions that pass unseen, on a simulated clock and with the schedule as it is shipped."""
    clock = here.press.clock
    assert isinstance(clock, SimulatedClock)
    with here.opened(ScheduleConfig()) as archive:
        for host in here.press.plays.sites:
            archive.add([f"http://{host}/feed.xml"], clock)
        for hours in (3, 26, 8):
            with archive.watcher(clock) as watcher:
                watcher.run(clock.now() + timedelta(hours=hours))
        outcomes = archive.status().outcomes
        spans = [
            (record.before - record.after).total_seconds() / 3600
            for row in archive.articles().rows
            for record in archive.store.changes(article_id=row.article.id)
        ]
    return {"outcomes": outcomes, "longest_interval_hours": round(max(spans), 1), **account(here)}


def main() -> None:
    """Run the faults asked for and print what came of them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("faults", nargs="*", help="kills, disk, restart, clock, outage [all]")
    parser.add_argument("--kills", type=int, default=200, help="kills on each database [200]")
    parser.add_argument("--databases", default="sqlite,postgresql", help="[sqlite,postgresql]")
    options = parser.parse_args()
    wanted = set(options.faults or ("kills", "disk", "restart", "clock", "outage"))
    print(heading(machine()), file=sys.stderr)
    with ExitStack() as stack:
        server = _server(stack) if "postgresql" in options.databases else None
        for name, run in _runs(wanted, options, server):
            started = time.perf_counter()
            result = run()
            print(json.dumps({"fault": name, **result, "seconds": round(time.perf_counter() - started)}), flush=True)
    end_all()


def _server(stack: ExitStack) -> postgres.Server | None:
    try:
        return stack.enter_context(postgres.running())
    except postgres.MissingError as missing:
        print(f"POSTGRESQL IS MISSING: {missing}", file=sys.stderr)
        return None


def _runs(
    wanted: set[str], options: argparse.Namespace, server: postgres.Server | None
) -> Iterator[tuple[str, Callable[[], dict[str, Any]]]]:
    for database in options.databases.split(","):
        if "kills" in wanted and (database == "sqlite" or server):
            yield f"kills on {database}", lambda db=database: _in_place(lambda h: kills(h, options.kills), db, server)
        if "clock" in wanted and (database == "sqlite" or server):
            yield f"clock on {database}", lambda db=database: _in_place(clock_jump, db, server)
    if "outage" in wanted:
        rule = Rule(Kind.S503, "", path="*", start=NOON + timedelta(hours=2), until=NOON + timedelta(hours=26))
        for database in options.databases.split(","):
            if database == "sqlite" or server:
                run = partial(_in_place, day_of_503, database, server, SimulatedClock(NOON), (rule,))
                yield f"24 h of 503 on {database}", run
    if "restart" in wanted and server is not None:
        yield "restart of postgresql", lambda: _in_place(lambda h: restart(h, server), "postgresql", server)
    if "disk" in wanted:
        yield "full disk", _on_small_disk


def _in_place(
    run: Callable[[Place], dict[str, Any]],
    database: str,
    server: postgres.Server | None,
    clock: Any = None,
    rules: tuple[Rule, ...] = (),
) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="writethru-faults-") as name:
        url = f"sqlite:///{name}/archive.db"
        if database == "postgresql":
            assert server is not None
            url = server.new_database()
        with place(Path(name), url, clock, rules) as here:
            return run(here)


def _on_small_disk() -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="writethru-disk-") as name:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", name], check=False)
        if mounted.returncode:
            return {"skipped": "A SMALL FILE SYSTEM CANNOT BE MOUNTED HERE (needs root)"}
        try:
            with place(Path(name), f"sqlite:///{name}/archive.db") as here:
                return full_disk(here)
        finally:
            subprocess.run(["umount", "-l", name], check=False)


if __name__ == "__main__":
    main()
