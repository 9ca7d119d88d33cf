"""Verification finds what is wrong and says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence.made import NOW, PAGE, chunked, exchange, ok
from writethru.evidence import EvidenceFolder
from writethru.evidence.records import build_record, gzip_member
from writethru.fetch.digests import labelled


@pytest.fixture
def evidence(tmp_path: Path) -> EvidenceFolder:
    """A folder with one file and four looks; without its ledger, which would name each fault once more."""
    folder = EvidenceFolder(tmp_path, clock=lambda: NOW)
    with folder.writer() as writer:
        for number in range(1, 5):
            writer.add_exchange(exchange(chunked(PAGE * number)))
    (tmp_path / "ledger.jsonl").unlink()
    return folder


def test_good_evidence_is_counted(evidence: EvidenceFolder) -> None:
    calls: list[tuple[int, int]] = []
    report = evidence.verify(lambda done, total: calls.append((done, total)))
    size = evidence.files()[0].stat().st_size
    assert (report.ok, report.files, report.records, report.size) == (True, 1, 9, size)
    assert report.digests == 9 + 4
    assert calls[-1] == (size, size)


def test_every_damaged_record_is_named(evidence: EvidenceFolder) -> None:
    (file,) = evidence.files()
    content = bytearray(file.read_bytes())
    heads = list(evidence.records(file))
    for head in (heads[2], heads[7]):
        content[head.ref.offset + 60] ^= 1  # type: ignore[union-attr]
    file.write_bytes(content)
    report = evidence.verify()
    assert [fault.offset for fault in report.faults] == [heads[2].ref.offset, heads[7].ref.offset]  # type: ignore[union-attr]
    assert str(report.faults[0]).startswith(f"{file.name}:{heads[2].ref.offset}: ")  # type: ignore[union-attr]


def rewrite(evidence: EvidenceFolder, record: bytes) -> None:
    """Replace the file by one record."""
    (file,) = evidence.files()
    file.write_bytes(gzip_member(record))


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (
            build_record("resource", [("Content-Type", "text/plain")], b"abc").replace(b"\r\n\r\nabc", b"\r\n\r\nabd"),
            "WARC-Block-Digest does not fit",
        ),
        (
            build_record("resource", [("WARC-Payload-Digest", labelled(b"other"))], b"abc"),
            "WARC-Payload-Digest does not",
        ),
        (build_record("resource", [], b"abc")[:-4] + b"d\r\n\r\n", "no empty lines"),
        (build_record("resource", [], b"abc")[:-6], "2 bytes shorter than its Content-Length"),
        (build_record("resource", [], b"abc").replace(b"Content-Length", b"X"), "no Content-Length"),
        (b"not a record at all\r\n\r\n", "no WARC header"),
        (b"", "no WARC header"),
    ],
)
def test_each_fault_is_said(evidence: EvidenceFolder, record: bytes, message: str) -> None:
    rewrite(evidence, record)
    (fault,) = evidence.verify().faults
    assert message in fault.message
    assert fault.offset == 0


def test_a_cut_file_is_a_fault(evidence: EvidenceFolder) -> None:
    (file,) = evidence.files()
    file.write_bytes(file.read_bytes()[:-3])
    (fault,) = evidence.verify().faults
    assert "ends inside a record" in fault.message


def test_an_unknown_digest_is_counted_not_judged(evidence: EvidenceFolder) -> None:
    rewrite(evidence, build_record("resource", [("WARC-Payload-Digest", "blake3:abc")], b"abc"))
    report = evidence.verify()
    assert (report.ok, report.unknown, report.digests) == (True, 1, 1)


def test_a_living_writers_file_is_verified_up_to_its_last_record(tmp_path: Path) -> None:
    folder = EvidenceFolder(tmp_path)
    with folder.writer() as writer:
        writer.add_exchange(exchange(ok(PAGE)))
        assert folder.verify().records == 3
        (file,) = folder.files()
        with file.open("ab") as half:
            half.write(b"\x1f\x8b\x08\0half a record")
        assert folder.verify().ok
