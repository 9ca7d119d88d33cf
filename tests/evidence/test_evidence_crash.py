"""A writer that dies at any moment: whole records survive, nothing else is taken for one."""

from __future__ import annotations

import fcntl
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.made import NOW, PAGE, exchange, ok
from writethru.evidence import EvidenceFolder
from writethru.fetch.digests import body_digest

ROOT = Path(__file__).parents[2]
WRITER = """
import sys, os
from datetime import datetime, UTC
from pathlib import Path
from writethru.evidence import EvidenceFolder, Rolling
folder = EvidenceFolder(Path(sys.argv[1]), rolling=Rolling(max_bytes=60_000))
with folder.writer() as writer:
    number = 0
    while True:
        number += 1
        text = (b"%d " % number) * 400 + os.urandom(700)
        ref = writer.add_resource("urn:x", text, "text/plain", datetime.now(UTC), fields={})
        if number % 3 == 0:
            writer.sync()
            print(ref.file, ref.offset, ref.length, ref.record_id, flush=True)
"""
RECOVER = "import sys; from writethru.evidence import EvidenceFolder as E; print(E(sys.argv[1]).recover())"


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT)


def kill(process: subprocess.Popen[str]) -> list[str]:
    """Kill -9, and the lines it had promised until then."""
    process.send_signal(signal.SIGKILL)
    assert process.stdout is not None
    lines = process.stdout.read().splitlines(keepends=True)
    process.stdout.close()
    process.wait(10)
    return [line for line in lines if line.endswith("\n")]


def test_two_killed_writers_lose_nothing_that_was_synced(tmp_path: Path) -> None:
    dice = random.Random(20260911)
    evidence = EvidenceFolder(tmp_path)
    promised: list[str] = []
    for _ in range(3):
        processes = [start(tmp_path), start(tmp_path)]
        lines = dice.randrange(5, 60)
        for process in processes:
            assert process.stdout is not None
            promised += [process.stdout.readline() for _ in range(lines)]
        for process in processes:
            promised += kill(process)
        evidence.recover()
    names = [path.name for path in evidence.files()]
    assert not any(name.endswith(".open") for name in names)
    report = evidence.verify()
    assert report.faults == ()
    there = {head.record_id: head.ref for name in names for head in evidence.records(name)}  # type: ignore[union-attr]
    for line in promised:
        file, offset, length, record_id = line.split()
        ref = there[record_id]
        assert (ref.file, ref.offset, ref.length) == (file, int(offset), int(length))


@pytest.fixture(scope="module")
def dead(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a file with five looks."""
    evidence = EvidenceFolder(tmp_path_factory.mktemp("dead"), clock=lambda: NOW)
    with evidence.writer() as writer:
        for number in range(5):
            writer.add_exchange(exchange(ok(PAGE * number)))
    return evidence.files()[0].read_bytes()


def left_open(folder: Path, content: bytes) -> EvidenceFolder:
    """A folder in which a dead writer left these bytes."""
    (folder / "w.warc.gz.open").write_bytes(content)
    return EvidenceFolder(folder)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_file_torn_anywhere_keeps_its_whole_records(
    dead: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(dead) - 1))
    rubbish = data.draw(st.sampled_from([b"", bytes(40), b"\x1f\x8b\x08", os.urandom(9)]))
    folder = tmp_path_factory.mktemp("torn")
    left = dead[:cut] + rubbish
    # rubbish may happen to be what was torn off
    cut = next(
        (at for at, (one, other) in enumerate(zip(dead, left, strict=False)) if one != other), min(len(dead), len(left))
    )
    evidence = left_open(folder, left)
    report = evidence.recover()
    kept = (folder / "w.warc.gz").read_bytes() if report.recovered else b""
    assert dead.startswith(kept)
    assert evidence.verify().faults == ()
    whole = [(head.ref.offset, head.ref.length) for head in report.records]
    assert whole == [piece for piece in members(dead) if sum(piece) <= cut][: len(whole)]
    expected = [piece for piece in members(dead) if sum(piece) <= cut]
    assert len(whole) == (len(expected) if len(expected) > 1 else 0)
    torn = (folder / "w.warc.gz.torn").read_bytes() if report.torn else b""
    assert (kept + torn == left) or not kept
    assert evidence.recover().recovered == ()


def members(content: bytes) -> list[tuple[int, int]]:
    """Offset and length of each gzip member, found independently of our reader."""
    import zlib

    found, at = [], 0
    while at < len(content):
        unpacker = zlib.decompressobj(31)
        unpacker.decompress(content[at:])
        length = len(content) - at - len(unpacker.unused_data)
        found.append((at, length))
        at += length
    return found


def test_a_file_that_a_living_writer_holds_is_left_alone(tmp_path: Path) -> None:
    evidence = EvidenceFolder(tmp_path)
    with evidence.writer() as writer:
        writer.add_exchange(exchange(ok(PAGE)))
        with subprocess.Popen(
            [sys.executable, "-c", RECOVER, str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        ) as other:
            out, _ = other.communicate(timeout=20)
        assert "in_use=('writethru-" in out
        writer.add_exchange(exchange(ok(PAGE)))
    assert evidence.verify().records == 5


def test_damage_in_the_middle_stays_and_is_reported(tmp_path: Path, dead: bytes) -> None:
    offset, length = members(dead)[3]
    damaged = bytearray(dead)
    damaged[offset + length // 2] ^= 0xFF
    report = left_open(tmp_path, bytes(damaged)).recover()
    assert report.recovered == ("w.warc.gz",)
    assert report.torn == ()
    assert len(report.records) == 10
    assert report.faults[0].startswith(f"w.warc.gz:{offset}: ")
    assert (tmp_path / "w.warc.gz").read_bytes() == damaged


def test_a_file_without_records_goes_away_and_its_bytes_are_kept(tmp_path: Path, dead: bytes) -> None:
    cut = members(dead)[1][0] + 9
    report = left_open(tmp_path, dead[:cut]).recover()
    assert report.removed == ("w.warc.gz",)
    assert [path.name for path in tmp_path.iterdir()] == ["w.warc.gz.torn"]


def test_a_writer_whose_new_file_was_taken_for_dead_makes_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between making a file and locking it, a recovering process may remove it."""
    real, thefts = fcntl.flock, [1]

    def thief(fd: int, operation: int) -> None:
        if thefts:
            thefts.pop()
            next(tmp_path.glob("*.open")).unlink()
        real(fd, operation)

    monkeypatch.setattr(fcntl, "flock", thief)
    evidence = EvidenceFolder(tmp_path)
    with evidence.writer() as writer:
        ref = writer.add_exchange(exchange(ok(PAGE)))
    assert ref.file.endswith("-00002.warc.gz")
    assert body_digest(evidence.read(ref).body) == body_digest(PAGE)


def test_a_second_writer_in_the_same_second_marks_only_its_own_file(tmp_path: Path) -> None:
    """Its first name is taken by what the first writer finished, all of which is recorded."""
    evidence = EvidenceFolder(tmp_path, clock=lambda: NOW)
    for number in range(2):
        with evidence.writer() as writer:
            writer.add_resource(f"urn:x:{number}", b"text", "text/plain", NOW, fields={})
    assert len(evidence.files()) == 2
    assert evidence.unrecorded() == []
