"""Processes killed, interrupted, doubled and starved: nothing lost, nothing doubled, nothing half-written."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Command, Running
from writethru.archive import Archive, open_archive
from writethru.config import ArchiveConfig, Config
from writethru.press import Kind, Press, Rule, VirtualClock, load_plays

NOON = datetime(2031, 3, 3, 12, 0, tzinfo=UTC)
ROUNDS = 20
WATCHES = 6
AT_ONCE = {
    "WRITETHRU_SCHEDULE_FLOOR_MINUTES": "0.001",
    "WRITETHRU_SCHEDULE_LOOKS": "1000000",
    "WRITETHRU_SCHEDULE_SOURCE_MINUTES": "0.01",
}
"""Looks in quick succession."""

WORDS = (
    "The council of ward {n} met on Friday to speak about the bridge, the ferry and the mill.\n"
    "It will spend {k} crowns on the piers before the winter, the mayor said.\n"
    "Nobody in ward {n} spoke against it, and the meeting ended before nine in the evening."
)


def lines(articles: int, versions: int) -> list[str]:
    """So many versions of so many articles, an hour apart."""
    return [
        json.dumps(
            {
                "outlet": "The Post",
                "url": f"http://post.example/ward-{n}",
                "time": (NOON + timedelta(hours=k)).isoformat(),
                "title": f"Ward {n} meets",
                "text": WORDS.format(n=n, k=100 + k).replace("\n", "\n\n"),
            }
        )
        for k in range(versions)
        for n in range(articles)
    ]


def write(path: Path, rows: list[str]) -> Path:
    """Lines as a file."""
    path.write_text("".join(row + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def user(tmp_path: Path) -> Command:
    """``writethru`` in an empty folder."""
    return Command(tmp_path)


def env_for(url: str, folder: Path) -> dict[str, str]:
    """Where this test's archive is, for the command."""
    return {"WRITETHRU_ARCHIVE_DATABASE": url, "WRITETHRU_ARCHIVE_EVIDENCE": str(folder / "evidence")}


def opened(url: str, folder: Path) -> Archive:
    """The same archive in this process."""
    return open_archive(url, Config(archive=ArchiveConfig(database=url, evidence=str(folder / "evidence"))))


def shape(archive: Archive) -> dict[str, Any]:
    """All that was derived: texts of the versions, appearances, changes."""
    found = {}
    for row in archive.articles().rows:
        number = row.article.id
        store = archive.store
        found[row.article.url] = (
            [store.version_text(number, v.number) for v in store.versions(number)],
            [(a.version_number, a.first_seen, a.last_seen) for a in store.appearances(number)],
            [(r.number, r.from_version, r.to_version, r.after, r.before) for r in store.changes(article_id=number)],
        )
    return found


def test_an_import_killed_again_and_again(store_url: str, user: Command, tmp_path: Path) -> None:
    """kill -9 at random moments; the same import at the end brings in exactly what is missing."""
    random.seed(7)
    env = env_for(store_url, tmp_path)
    rows = lines(30, 8)
    write(tmp_path / "v.jsonl", rows)
    killed = 0
    for _ in range(ROUNDS):
        process = user.start("import", "v.jsonl", env=env)
        time.sleep(random.uniform(0.05, 0.3))
        killed += process.alive
        process.send(signal.SIGKILL) if process.alive else None
        process.wait()
    done = user("import", "v.jsonl", "--json", env=env)
    assert done.code == 0, done.err
    assert killed >= ROUNDS // 2
    with opened(store_url, tmp_path) as archive:
        status = archive.status()
        assert (status.articles, status.captures, status.versions, status.changes) == (30, 240, 240, 210)
        before = shape(archive)
        rebuilt = archive.rebuild()
        assert (rebuilt.different, rebuilt.faults) == ((), ())
        assert archive.status().captures == 240, "what the dead ones had written is known already"
        assert shape(archive) == before
        assert archive.verify().faults == ()
    assert not list((tmp_path / "evidence").glob("*.open"))


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    """Ten articles of six versions, on a clock that a watcher sets."""
    plays = load_plays(write(tmp_path / "played.jsonl", lines(10, 6)))
    with Press(plays, VirtualClock(NOON)) as running:
        yield running
        assert not running.faults


def reach(press: Press) -> dict[str, str]:
    """Settings that send the fictional hosts to the press."""
    hosts = ",".join(f"{host}=127.0.0.1:{press.port}" for host in press.plays.sites)
    return {"WRITETHRU_FETCH_CONNECT_TO": hosts}


def test_a_watch_killed_again_and_again(store_url: str, user: Command, tmp_path: Path, press: Press) -> None:
    """On the machine's clock, with the evidence synced: what the press was asked is what is in the record."""
    random.seed(11)
    env = {**env_for(store_url, tmp_path), **reach(press), **AT_ONCE}
    assert user("add", "http://post.example/feed.xml", env=env).code == 0
    clock = press.clock
    assert isinstance(clock, VirtualClock)
    for _ in range(WATCHES):
        process = user.start("watch", env=env)
        kill_within(process, press, random.randint(1, 40))
        assert process.wait().code == -signal.SIGKILL, process.err.read_text()
        assert "a look failed" not in process.err.read_text()
        free_hosts(store_url, tmp_path)
        clock.advance(timedelta(hours=1))
    done = user("watch", "--once", "--json", env=env)
    assert done.code == 0, done.err
    assert done.form["failed"] == 0, "standard output is one JSON value; what was recovered is said beside it"
    asked = Counter(r.article for r in press.log.records() if r.version and r.status in (200, 304))
    with opened(store_url, tmp_path) as archive:
        before = shape(archive)
        assert len(before) == 10
        for row in archive.articles().rows:
            captures = archive.captures(row.article.id)
            path = row.article.url.removeprefix("http://post.example")
            # of one look a round the answer may have gone out while nobody was left to write it down
            assert len(captures) <= asked[path]
            assert len({capture.look.evidence for capture in captures}) == len(captures), "no look twice"
            steps = [number for number, _, _ in before[row.article.url][1]]
            assert steps == sorted(set(steps)), "the press only goes forward"
            assert len(archive.store.changes(article_id=row.article.id)) == len(steps) - 1
        lost = sum(asked.values()) - archive.status().captures
        assert 0 <= lost <= WATCHES
        assert archive.status().changes > 10, "versions changed under the watches"
        rebuilt = archive.rebuild()
        assert (rebuilt.different, rebuilt.faults) == ((), ())
        assert shape(archive) == before
        assert archive.verify().faults == ()


def kill_within(process: Running, press: Press, answers: int) -> None:
    """kill -9 as soon as the press has answered so often: while the watch starts, or in full work."""
    wanted = len(press.log.records()) + answers
    until = time.monotonic() + 60
    while process.alive and len(press.log.records()) < wanted and time.monotonic() < until:
        time.sleep(0.002)
    if process.alive:
        process.send(signal.SIGKILL)


def free_hosts(url: str, folder: Path) -> None:
    """A dead worker's hosts come free after a quarter of an hour; here at once."""
    from sqlalchemy import create_engine, text

    from writethru.storage.address import parse

    engine = create_engine(parse(url))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM leases"))
    engine.dispose()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_watch_finishes_what_it_has_in_hand(
    user: Command, tmp_path: Path, press: Press, number: signal.Signals
) -> None:
    press.book.add(Rule(Kind.LATENCY, "0.4", path="/ward-*"))
    env = reach(press)
    assert user("add", "http://post.example/feed.xml", env=env).code == 0
    process = user.start("watch", "--json", env=env)
    deadline = time.monotonic() + 60
    while not any(r.version for r in press.log.records()) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send(number)
    begun = time.monotonic()
    done = process.wait()
    assert done.code == 0, done.err
    assert "finishing the article in hand" in done.err
    assert time.monotonic() - begun < 20
    report = json.loads(done.out)
    status = user("status", "--json").form
    seen = sum(1 for r in press.log.records() if r.version)
    assert report["looks"] - 1 <= status["captures"] == seen < 10, "each look that was made is in the record"
    assert user("verify").code == 0
    assert not list((tmp_path / "writethru.evidence").glob("*.open"))
    rest = user("watch", "--once", "--json", env=env).form
    assert rest["outcomes"]["edited"] == 10 - seen, "the hosts were given back, the rest is looked at now"


def test_an_interrupted_import_says_so(user: Command, tmp_path: Path) -> None:
    write(tmp_path / "v.jsonl", lines(150, 6))
    process = user.start("import", "v.jsonl")
    while not list(tmp_path.glob("writethru.evidence/*.open")):
        time.sleep(0.01)
        assert process.alive
    process.send(signal.SIGINT)
    done = process.wait()
    assert (done.code, "nothing was lost" in done.err) == (130, True)
    assert user("verify").code == 0
    assert user("status", "--json").form["captures"] % 200 == 0, "whole batches"
    assert user("import", "v.jsonl", "--json").code == 0
    assert user("status", "--json").form["captures"] == 900
    assert user("verify").code == 0


def test_an_interrupt_in_the_middle_of_a_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes in the file that its writer has not counted: the file is left to recovery, never entered as it is not."""
    from writethru.evidence import EvidenceFolder
    from writethru.evidence.openfile import OpenFile

    folder = EvidenceFolder(tmp_path / "evidence")
    real = OpenFile.append

    def interrupted(self: OpenFile, members: list[bytes]) -> int:
        real(self, members)
        self.size -= sum(map(len, members))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), folder.writer() as writer:  # noqa: PT012
        writer.add_resource("urn:x:1", b"one", "text/plain", NOON, fields={})
        monkeypatch.setattr(OpenFile, "append", interrupted)
        writer.add_resource("urn:x:2", b"two", "text/plain", NOON, fields={})
    monkeypatch.undo()
    assert len(folder.recover().recovered) == 1
    assert folder.verify().faults == ()


def test_two_watchers_on_one_archive(store_url: str, user: Command, tmp_path: Path) -> None:
    """Each due look is made once; neither waits for the other in vain."""
    rows = [row.replace("post.example", f"p{number % 6}.example") for number, row in enumerate(lines(24, 1))]
    plays = load_plays(write(tmp_path / "played.jsonl", rows))
    env = env_for(store_url, tmp_path)
    with Press(plays, VirtualClock(NOON), rules=[Rule(Kind.LATENCY, "0.02")]) as press:
        env |= reach(press)
        write(tmp_path / "urls.txt", [json.loads(row)["url"] for row in rows])
        assert user("import", "urls.txt", env=env).code == 0
        pair = [user.start("watch", "--once", "--json", env=env) for _ in range(2)]
        reports = [process.wait() for process in pair]
        assert [(done.code, "Traceback" in done.err, "locked" in done.err) for done in reports] == [
            (0, False, False)
        ] * 2
        rest = user("watch", "--once", "--json", env=env).form
        pages = Counter((r.host, r.path) for r in press.log.records() if r.version)
        assert len(pages) == 24
        assert set(pages.values()) == {1}, "no look was made twice"
        assert sum(done.form["looks"] for done in reports) + rest["looks"] == 24
        assert max(r.concurrent for r in press.log.records()) == 1, "one connection to a host, whoever has it"
        assert not press.faults
    assert user("status", "--json", env=env).form["captures"] == 24
    assert user("verify", env=env).code == 0


def test_a_full_disk(user: Command, tmp_path: Path) -> None:
    """No room for evidence: said, nothing half-written, and the rest goes in once there is room."""
    write(tmp_path / "v.jsonl", lines(100, 4))
    done = user("import", "v.jsonl", env={"TEST_FILE_KB": "12", "WRITETHRU_ARCHIVE_EVIDENCE": "e"})
    assert done.code in (5, 6), done.err
    assert "Traceback" not in done.err
    assert user("verify", env={"WRITETHRU_ARCHIVE_EVIDENCE": "e"}).code == 0
    assert user("import", "v.jsonl", env={"WRITETHRU_ARCHIVE_EVIDENCE": "e"}).code == 0
    assert user("status", "--json").form["captures"] == 400
    assert user("verify", env={"WRITETHRU_ARCHIVE_EVIDENCE": "e"}).code == 0


def test_verify_finds_a_flipped_byte(user: Command, tmp_path: Path) -> None:
    write(tmp_path / "v.jsonl", lines(3, 3))
    assert user("import", "v.jsonl").code == 0
    assert user("verify", "--json").form["ok"] is True
    (file,) = (tmp_path / "writethru.evidence").glob("*.warc.gz")
    whole = file.read_bytes()
    for at in range(100, len(whole), max(1, len(whole) // 8)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        done = user("verify", "--json")
        assert (done.code, done.form["ok"]) == (1, False), f"byte {at}"
        assert file.name in " ".join(done.form["faults"])
    file.write_bytes(whole[:-30])
    assert user("verify").code == 1
    file.rename(file.with_suffix(".away"))
    assert "FAULT" in user("verify").err
    file.with_suffix(".away").rename(file)
    file.write_bytes(whole)
    assert user("verify").code == 0


@pytest.mark.parametrize(("table", "column"), [("versions", "packed"), ("changes", "form")])
def test_verify_finds_damage_in_the_database(user: Command, tmp_path: Path, table: str, column: str) -> None:
    write(tmp_path / "v.jsonl", lines(2, 3))
    assert user("import", "v.jsonl").code == 0
    with sqlite3.connect(tmp_path / "writethru.db") as connection:
        row, value = connection.execute(f"SELECT rowid, {column} FROM {table} LIMIT 1 OFFSET 1").fetchone()
        raw = value.encode() if isinstance(value, str) else value
        at = len(raw) // 2
        damaged = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        connection.execute(
            f"UPDATE {table} SET {column} = ? WHERE rowid = ?",
            (damaged.decode("utf-8", "replace") if isinstance(value, str) else damaged, row),
        )
    connection.close()
    done = user("verify", "--json")
    assert (done.code, done.form["ok"]) == (1, False)
    assert user("rebuild").code in (0, 1)
    assert user("verify").code == 0, "rebuild mends what is derived"


def test_rebuild_after_all_derived_rows_are_gone(store_url: str, user: Command, tmp_path: Path) -> None:
    env = env_for(store_url, tmp_path)
    write(tmp_path / "v.jsonl", lines(5, 4))
    assert user("import", "v.jsonl", env=env).code == 0
    with opened(store_url, tmp_path) as archive:
        before = shape(archive)
        for row in archive.articles().rows:
            archive.store.clear_derived(row.article.id)
        assert shape(archive) != before
        archive.rebuild()
        assert shape(archive) == before
        assert archive.verify().faults == ()


def test_the_evidence_alone_gives_the_same_versions(user: Command, tmp_path: Path, press: Press) -> None:
    """A lost database: importing the evidence folder into an empty one brings versions and changes back."""
    write(tmp_path / "v.jsonl", lines(4, 3))
    env = reach(press)
    clock = press.clock
    assert isinstance(clock, VirtualClock)
    assert user("import", "v.jsonl").code == 0
    for n in (8, 9):
        assert user("add", f"http://post.example/ward-{n}", env=env).code == 0
    clock.advance(timedelta(hours=1, minutes=1))
    for n in (8, 9):
        reset_due(tmp_path / "writethru.db", f"ward-{n}")
    assert user("watch", "--once", env=env).code == 0
    done = user("import", "writethru.evidence", "--db", "second.db", "--json")
    assert done.code == 0, done.err
    with opened(str(tmp_path / "writethru.db"), tmp_path) as one, opened(str(tmp_path / "second.db"), tmp_path) as two:
        texts = [{url: (found[0], [a[0] for a in found[1]]) for url, found in shape(a).items()} for a in (one, two)]
        assert len(texts[0]) == 6
        assert texts[0] == texts[1]


def reset_due(path: Path, name: str) -> None:
    """An article is due now."""
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE articles SET next_look_at = added_at WHERE url LIKE ?", (f"%{name}",))
    connection.close()
