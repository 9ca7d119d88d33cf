"""Files: their names, when they roll, who may touch them, and what a full disk does."""

from __future__ import annotations

import errno
import os
import re
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.evidence.made import NOW, PAGE, URL, exchange, ok
from writethru.errors import EvidenceError
from writethru.evidence import EvidenceFolder, Fault, Rolling
from writethru.evidence.openfile import OpenFile
from writethru.model import EvidenceRef

NAME = re.compile(r"writethru-20260911T120000Z-[A-Za-z0-9-]+-[0-9]+-[0-9]{5}\.warc\.gz")


class Clock:
    """A clock that stands until it is told otherwise."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self):  # type: ignore[no-untyped-def]
        return self.now


def add(writer, text: bytes = b"x") -> EvidenceRef:  # type: ignore[no-untyped-def]
    return writer.add_resource("urn:x", text, "text/plain", NOW, fields={})


def test_a_file_is_open_until_its_writer_closes(tmp_path: Path) -> None:
    evidence = EvidenceFolder(tmp_path / "a" / "b", clock=lambda: NOW)
    with evidence.writer() as writer:
        assert not evidence.path.exists()
        ref = add(writer)
        writer.sync()
        assert NAME.fullmatch(ref.file)
        assert [path.name for path in evidence.files()] == [ref.file + ".open"]
        assert evidence.read(ref).body == b"x"
    assert [path.name for path in evidence.files()] == [ref.file]
    assert evidence.read(ref).body == b"x"


def test_a_writer_that_wrote_nothing_leaves_nothing(tmp_path: Path) -> None:
    evidence = EvidenceFolder(tmp_path / "none")
    with evidence.writer() as writer:
        writer.sync()
    assert not evidence.path.exists()
    assert evidence.recover().recovered == ()
    assert evidence.verify().ok


def test_a_full_or_old_file_is_closed_and_the_next_begun(tmp_path: Path) -> None:
    clock = Clock()
    evidence = EvidenceFolder(tmp_path, clock=clock, rolling=Rolling(max_bytes=2000, max_age=timedelta(hours=1)))
    with evidence.writer() as writer:
        first, again = add(writer), add(writer)
        full = add(writer, os.urandom(2000))
        after = add(writer)
        clock.now += timedelta(hours=1)
        old = add(writer)
        assert first.file == again.file == full.file
        assert len({first.file, after.file, old.file}) == 3
        assert [path.name for path in evidence.files()] == sorted([first.file, after.file, old.file + ".open"])
    assert evidence.verify().records == 5 + 3


def test_writers_side_by_side_have_their_own_files(tmp_path: Path) -> None:
    evidence = EvidenceFolder(tmp_path, clock=lambda: NOW)
    with evidence.writer() as one, evidence.writer() as two:
        assert add(one).file != add(two).file


def test_a_name_that_was_finished_a_moment_ago_is_not_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two writers of one process in one second: the first finishes while the second picks its name."""
    evidence = EvidenceFolder(tmp_path, clock=lambda: NOW)
    first = evidence.writer()
    add(first)
    real = os.open

    def finish_first(path: Path, *args: int) -> int:
        first.close()
        return real(path, *args)

    with evidence.writer() as second:
        with monkeypatch.context() as patched:
            patched.setattr("writethru.evidence.openfile.os.open", finish_first)
            ref = add(second)
        assert ref.file.endswith("-00002.warc.gz")
    assert len(evidence.files()) == 2
    assert evidence.verify().records == 4


def test_threads_share_a_writer(tmp_path: Path) -> None:
    evidence = EvidenceFolder(tmp_path, rolling=Rolling(max_bytes=20_000))
    refs: dict[bytes, EvidenceRef] = {}

    def work(number: int) -> None:
        for step in range(25):
            text = b"%d-%d " % (number, step) * 50
            refs[text] = add(writer, text)
            writer.sync()

    with evidence.writer() as writer:
        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(refs) == 150
    assert all(evidence.read(ref).body == text for text, ref in refs.items())
    assert evidence.verify().ok


def failing(real: Callable[..., int], after: int) -> Callable[..., int]:
    """``os.write`` on a disk with room for ``after`` more bytes."""
    room = after

    def write(fd: int, content: memoryview) -> int:
        nonlocal room
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        done = real(fd, content[:room])
        room -= done
        return done

    return write


@pytest.mark.parametrize("room", [0, 1, 100, 200])
def test_on_a_full_disk_nothing_is_half_written(tmp_path: Path, room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = EvidenceFolder(tmp_path)
    with evidence.writer() as writer:
        before = add(writer)
        with monkeypatch.context() as patched:
            patched.setattr("writethru.evidence.openfile.os.write", failing(os.write, room))
            with pytest.raises(EvidenceError, match="could not be written"):
                writer.add_exchange(exchange(ok(os.urandom(500))))
        after = writer.add_exchange(exchange(ok(PAGE)))
        writer.sync()
    assert after.offset > before.offset
    assert evidence.read(after).body == PAGE
    report = evidence.verify()
    assert (report.records, report.faults) == (4, ())


def test_a_disk_that_is_full_from_the_start_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = EvidenceFolder(tmp_path)
    with evidence.writer() as writer:
        with monkeypatch.context() as patched:
            patched.setattr("writethru.evidence.openfile.os.write", failing(os.write, 10))
            with pytest.raises(EvidenceError, match="no evidence file can be made"):
                add(writer)
        assert evidence.files() == []
        add(writer)
    assert evidence.verify().records == 2


def test_after_a_failed_sync_the_writer_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(fd: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    evidence = EvidenceFolder(tmp_path)
    with evidence.writer() as writer:
        add(writer)
        with monkeypatch.context() as patched:
            patched.setattr("writethru.evidence.openfile.os.fsync", broken)
            with pytest.raises(EvidenceError, match="could not be synced"):
                writer.sync()
        for use in (writer.sync, lambda: add(writer)):
            with pytest.raises(EvidenceError, match="failed before"):
                use()
    assert evidence.recover().recovered
    assert evidence.verify().ok


def test_a_sync_never_says_done_for_a_file_that_was_given_up(tmp_path: Path) -> None:
    """Another thread may have failed to close the file between our adding and our sync."""
    file = OpenFile.create(tmp_path / "w.warc.gz", b"first")
    assert file is not None
    file.sync()
    file.append([b"second"])
    file.abandon()
    with pytest.raises(OSError, match="given up"):
        file.sync()


def test_a_closed_writer_takes_no_more(tmp_path: Path) -> None:
    writer = EvidenceFolder(tmp_path).writer()
    add(writer)
    writer.close()
    writer.close()
    writer.sync()
    with pytest.raises(EvidenceError, match="closed"):
        add(writer)


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        (lambda ref: EvidenceRef("absent.warc.gz", 0, 1), "no such evidence file"),
        (lambda ref: EvidenceRef(ref.file, 10**9, 1), "ends before byte"),
        (lambda ref: EvidenceRef(ref.file, -1, 1), "ends before byte"),
        (lambda ref: EvidenceRef(ref.file, ref.offset + 1, ref.length), "no whole record"),
        (lambda ref: EvidenceRef(ref.file, 0, ref.length, ref.record_id), "another record"),
    ],
)
def test_a_wrong_reference_is_an_error(tmp_path: Path, ref: Callable[[EvidenceRef], EvidenceRef], message: str) -> None:
    evidence = EvidenceFolder(tmp_path)
    with evidence.writer() as writer:
        right = add(writer)
    with pytest.raises(EvidenceError, match=message):
        evidence.read(ref(right))


def plain_warc(path: Path, *blocks: bytes) -> Path:
    """An uncompressed WARC/1.0 file, as other tools make them."""
    records = [
        b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Target-URI: <%s>\r\n"
        b"WARC-Date: 2013-09-12T20:51:00Z\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (number, URL.encode(), len(block), block)
        for number, block in enumerate(blocks)
    ]
    path.write_bytes(b"".join(records))
    return path


def test_files_of_others_are_read_where_they_stand(tmp_path: Path) -> None:
    evidence = EvidenceFolder(tmp_path / "ours")
    path = plain_warc(tmp_path / "theirs.warc", b"one", b"", b"WARC/1.0 in the text\r\n\r\nthree")
    heads = [head for head in evidence.records(path) if not isinstance(head, Fault)]
    assert [evidence.read(head.ref).body for head in heads] == [b"one", b"", b"WARC/1.0 in the text\r\n\r\nthree"]
    assert {head.target_uri for head in heads} == {URL}
    report = EvidenceFolder(tmp_path).verify()
    assert (report.records, report.faults) == (3, ())


@pytest.mark.parametrize(("cut", "message"), [(5, "ends inside a record"), (8, "no WARC header")])
def test_a_plain_file_cut_short_gives_what_is_whole(tmp_path: Path, cut: int, message: str) -> None:
    path = plain_warc(tmp_path / "theirs.warc", b"one", b"two")
    path.write_bytes(path.read_bytes()[:-cut])
    found = list(EvidenceFolder(tmp_path).records(path))
    assert [type(item).__name__ for item in found] == ["RecordHead", "Fault"]
    assert message in str(found[1])


def test_damage_in_a_plain_file_is_passed_over(tmp_path: Path) -> None:
    path = plain_warc(tmp_path / "theirs.warc", b"one", b"two", b"three")
    path.write_bytes(path.read_bytes().replace(b"Content-Length: 3\r\n\r\ntwo", b"Content-Longer: 3\r\n\r\ntwo"))
    found = list(EvidenceFolder(tmp_path).records(path))
    assert [type(item).__name__ for item in found] == ["RecordHead", "Fault", "RecordHead"]


def test_a_file_compressed_as_a_whole_is_reported(tmp_path: Path) -> None:
    import gzip

    path = plain_warc(tmp_path / "theirs.warc", b"one", b"two")
    whole = tmp_path / "whole.warc.gz"
    whole.write_bytes(gzip.compress(path.read_bytes()))
    (fault,) = EvidenceFolder(tmp_path).records(whole)
    assert isinstance(fault, Fault)
    assert "warcio recompress" in fault.message
