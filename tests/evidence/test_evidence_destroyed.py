"""A record destroyed on purpose: unreadable for ever, honestly journalled, everything else as it was."""

from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.made import NOT_MODIFIED, NOW, exchange, ok
from writethru.errors import EvidenceError
from writethru.evidence import EvidenceFolder, RecordHead
from writethru.evidence.destroyed import JOURNAL, Destroyed, Order, read_destroyed, tombstone
from writethru.evidence.ledger import LEDGER
from writethru.model import EvidenceRef

ORDER = Order(datetime(2026, 9, 12, 8, 0, tzinfo=UTC), "user ida", "court order 7")
SECRET = b"the quay-side orchestra of Mr Vane"
OTHER = "https://harbour-courier.example/news/other"
URL = "https://harbour-courier.example/news/vane"


@pytest.fixture
def folder(tmp_path: Path) -> EvidenceFolder:
    return EvidenceFolder(tmp_path / "e", clock=lambda: NOW)


def written(folder: EvidenceFolder) -> tuple[list[EvidenceRef], list[EvidenceRef]]:
    """Looks at the article to be destroyed (a page, a 304, a redirect to it) and at another one."""
    with folder.writer() as writer:
        page = writer.add_exchange(exchange(ok(SECRET * 400), url=URL))
        kept = [writer.add_exchange(exchange(ok(b"a ferry"), url=OTHER))]
        led = writer.add_exchange(exchange(b"HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\n", ok(SECRET), url=URL))
        same = writer.add_exchange(exchange(NOT_MODIFIED, url=URL, at=NOW + timedelta(hours=1)))
        kept.append(writer.add_exchange(exchange(ok(b"a bridge"), url=OTHER)))
        writer.sync()
    return [page, led, same], kept


def everything(folder: EvidenceFolder) -> bytes:
    """All that a reader can get out of the folder's files, and their raw bytes."""
    found = b""
    for path in folder.files():
        found += path.read_bytes() + gzip.decompress(path.read_bytes())
    return found + b"".join(path.read_bytes() for path in folder.path.rglob("*.cdxj"))


class TestDestroyed:
    def test_nothing_is_left_of_it_and_all_else_is_as_it_was(self, folder: EvidenceFolder) -> None:
        refs, kept = written(folder)
        folder.index()
        before = [folder.stored(ref) for ref in kept]
        assert folder.destroy(refs, {URL}, ORDER) == 8  # two requests and answers more than the three looks
        content = everything(folder)
        assert SECRET not in content
        assert URL.encode() not in content
        assert [folder.stored(ref) for ref in kept] == before
        assert folder.read(kept[1]).body == b"a bridge"

    def test_verify_says_that_it_was_on_purpose(self, folder: EvidenceFolder) -> None:
        refs, _ = written(folder)
        count = folder.destroy(refs, {URL}, ORDER)
        report = folder.verify()
        assert report.faults == ()
        assert report.destroyed == count
        assert report.ledgered == 1
        journal = read_destroyed(folder.path)
        assert {(line.who, line.why, line.at) for line in journal.values()} == {
            ("user ida", "court order 7", "2026-09-12T08:00:00Z")
        }

    def test_the_others_can_still_be_proved(self, folder: EvidenceFolder) -> None:
        refs, kept = written(folder)
        later = EvidenceFolder(folder.path, clock=lambda: NOW + timedelta(days=2))
        later.seal()
        root = next(iter(later.ledger().seals.values())).root
        folder.destroy(refs, {URL}, ORDER)
        for ref in kept:
            proof = later.prove(ref)
            assert proof.holds_for(later.stored(ref))
            assert proof.seal.root == root
        assert not later.prove(refs[0]).holds_for(later.stored(refs[0]))

    def test_another_tool_reads_the_file(self, folder: EvidenceFolder) -> None:
        refs, kept = written(folder)
        folder.destroy(refs, {URL}, ORDER)
        call = [sys.executable, "-m", "warcio.cli", "index", str(folder.files()[0])]
        read = subprocess.run(call, capture_output=True, text=True, check=True)
        assert f'"offset": "{kept[1].offset}"' in read.stdout
        assert read.stdout.count('"warc-type": "metadata"') == 8

    def test_a_record_in_a_file_that_is_being_written(self, folder: EvidenceFolder) -> None:
        with folder.writer() as writer:
            gone = writer.add_exchange(exchange(ok(SECRET), url=URL))
            writer.sync()
            assert folder.destroy([gone], {URL}, ORDER) == 2
            writer.add_exchange(exchange(ok(b"a ferry"), url=OTHER))
            writer.sync()
        assert folder.verify().faults == ()
        assert SECRET not in everything(folder)

    def test_a_file_of_a_dead_writer_is_entered_as_it_was(self, folder: EvidenceFolder) -> None:
        refs, _ = written(folder)
        entered = (folder.path / LEDGER).read_bytes()
        folder.destroy(refs, {URL}, ORDER)
        (folder.path / LEDGER).unlink()
        folder.recover()
        assert (folder.path / LEDGER).read_bytes() == entered

    def test_done_again_it_changes_nothing(self, folder: EvidenceFolder) -> None:
        refs, _ = written(folder)
        folder.destroy(refs, {URL}, ORDER)
        journal = (folder.path / JOURNAL).read_bytes()
        assert folder.destroy(refs, {URL}, ORDER) == 0
        assert (folder.path / JOURNAL).read_bytes() == journal


class TestInterrupted:
    @pytest.mark.parametrize("done", [0, 20, 300])
    def test_a_crash_in_the_middle_is_said_and_mended(self, folder: EvidenceFolder, done: int) -> None:
        refs, _ = written(folder)
        page = refs[0]
        path = folder.path / page.file
        whole = path.read_bytes()
        folder.destroy(refs, {URL}, ORDER)
        partly = path.read_bytes()[page.offset : page.offset + done] + whole[page.offset + done :]
        path.write_bytes(
            path.read_bytes()[: page.offset] + partly[: page.length] + path.read_bytes()[page.offset + page.length :]
        )
        assert any("was to be destroyed" in fault.message for fault in folder.verify().faults)
        folder.destroy(refs, {URL}, ORDER)
        assert folder.verify().faults == ()
        assert SECRET not in everything(folder)

    def test_a_line_cut_short_is_no_line(self, folder: EvidenceFolder) -> None:
        refs, _ = written(folder)
        folder.destroy(refs[:1], {URL}, ORDER)
        journal = folder.path / JOURNAL
        before = read_destroyed(folder.path)
        journal.write_bytes(journal.read_bytes() + b'{"at":"2026')
        assert read_destroyed(folder.path) == before


class TestForged:
    def test_a_record_changed_under_cover_of_the_journal_is_found(self, folder: EvidenceFolder) -> None:
        _, kept = written(folder)
        line = Destroyed(kept[0].file, kept[0].offset, kept[0].length, kept[0].record_id, "0" * 64, "x", "y", "z")
        (folder.path / JOURNAL).write_bytes(line.line())
        messages = [fault.message for fault in folder.verify().faults]
        assert any("not the file that the ledger" in message for message in messages)

    def test_what_stands_in_its_place_must_be_the_tombstone(self, folder: EvidenceFolder) -> None:
        refs, _ = written(folder)
        folder.destroy(refs, {URL}, ORDER)
        path = folder.path / refs[0].file
        content = bytearray(path.read_bytes())
        content[refs[0].offset + refs[0].length - 30] ^= 1
        path.write_bytes(bytes(content))
        assert any("something else was put there" in fault.message for fault in folder.verify().faults)


@given(st.integers(210, 300_000))
def test_a_tombstone_has_the_length_of_what_it_replaces(length: int) -> None:
    entry = Destroyed("f", 0, length, f"<urn:uuid:{'0' * 36}>", "0" * 64, "2026-09-12T08:00:00Z", "w", "y")
    member = tombstone(entry)
    assert len(member) == length
    assert gzip.decompress(member).startswith(b"WARC/1.1\r\nWARC-Type: metadata\r\n")


def test_what_is_too_small_is_refused_before_anything_is_journalled() -> None:
    entry = Destroyed("f", 0, 100, f"<urn:uuid:{'0' * 36}>", "0" * 64, "2026-09-12T08:00:00Z", "w", "y")
    with pytest.raises(EvidenceError):
        tombstone(entry)


def test_heads_of_destroyed_records_are_read(folder: EvidenceFolder) -> None:
    refs, _ = written(folder)
    folder.destroy(refs, {URL}, ORDER)
    heads = list(folder.records(refs[0].file))
    assert all(isinstance(head, RecordHead) for head in heads)
    assert {ref.record_id for ref in refs} <= {head.record_id for head in heads if isinstance(head, RecordHead)}
