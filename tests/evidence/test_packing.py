"""Records packed with zstd are read as those packed with gzip: with dictionaries, past damage, within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import zstandard

from writethru.errors import EvidenceError
from writethru.evidence.packing import MAX_DICTIONARY, ZSTD_MAGIC
from writethru.evidence.records import build_record
from writethru.evidence.scan import Piece, piece_at, scan


def resource(number: int) -> bytes:
    fields = [("WARC-Target-URI", f"https://ledger.example/{number}")]
    return build_record("resource", fields, f"The ferry of quay {number} sails. ".encode() * 99)


RECORDS = [resource(number) for number in range(40)]


@pytest.fixture(scope="module")
def learnt() -> zstandard.ZstdCompressionDict:
    return zstandard.train_dictionary(2048, RECORDS)


def skippable(kind: int, content: bytes) -> bytes:
    return bytes([kind]) + b"\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content


def packed(records: Sequence[bytes], dictionary: zstandard.ZstdCompressionDict | None = None) -> list[bytes]:
    return [zstandard.ZstdCompressor(dict_data=dictionary).compress(record) for record in records]


def written(path: Path, *parts: bytes) -> list[Piece]:
    path.write_bytes(b"".join(parts))
    return list(scan(path))


def test_each_frame_is_a_record_and_others_are_passed_over(tmp_path: Path) -> None:
    frames = packed(RECORDS[:3])
    pieces = written(tmp_path / "a.warc.zst", frames[0], skippable(0x50, b"a note"), *frames[1:])
    assert [(piece.raw, piece.fault) for piece in pieces if piece.raw] == [(record, "") for record in RECORDS[:3]]
    assert [piece.fault for piece in pieces] == [""] * 4
    assert sum(piece.length for piece in pieces) == (tmp_path / "a.warc.zst").stat().st_size


@pytest.mark.parametrize("is_packed", [False, True], ids=["plain", "packed"])
def test_the_dictionary_that_a_file_begins_with_is_used(
    tmp_path: Path, learnt: zstandard.ZstdCompressionDict, is_packed: bool
) -> None:
    stored = zstandard.ZstdCompressor().compress(learnt.as_bytes()) if is_packed else learnt.as_bytes()
    pieces = written(tmp_path / "a.warc.zst", skippable(0x5D, stored), *packed(RECORDS, learnt))
    assert [piece.raw for piece in pieces[1:]] == RECORDS
    assert piece_at(tmp_path / "a.warc.zst", pieces[7].offset, 1 << 20).raw == RECORDS[6]


def test_a_damaged_frame_costs_itself_and_is_named(tmp_path: Path, learnt: zstandard.ZstdCompressionDict) -> None:
    frames = packed(RECORDS[:5], learnt)
    broken = frames[1][:20] + bytes(40) + frames[1][60:]
    head = skippable(0x5D, learnt.as_bytes())
    pieces = written(tmp_path / "a.warc.zst", head, frames[0], broken, *frames[2:4], frames[4][:-30])
    assert [piece.raw for piece in pieces if piece.raw and not piece.fault] == [RECORDS[n] for n in (0, 2, 3)]
    faults = [piece.fault for piece in pieces if piece.fault]
    assert faults[0].startswith("a damaged zstd frame")
    assert faults[-1] == "the file ends inside a record"
    assert pieces[-1].torn


def test_a_frame_without_its_dictionary_is_damage(tmp_path: Path, learnt: zstandard.ZstdCompressionDict) -> None:
    (piece,) = written(tmp_path / "a.warc.zst", packed(RECORDS[:1], learnt)[0])
    assert piece.fault.startswith("a damaged zstd frame")


def test_a_flood_is_stopped(tmp_path: Path) -> None:
    flood = zstandard.ZstdCompressor().compress(b"WARC/1.1\r\n\r\n" + bytes(1 << 28))
    pieces = written(tmp_path / "a.warc.zst", flood, *packed(RECORDS[:1]))
    assert "more than 1000 times its size" in pieces[0].fault
    assert pieces[1].raw == RECORDS[0]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (skippable(0x5D, ZSTD_MAGIC + b"\xff" * 40), "cannot be read"),
        (b"\x5d\x2a\x4d\x18" + (MAX_DICTIONARY + 1).to_bytes(4, "little"), "over 16777216 bytes"),
    ],
    ids=["damaged", "huge"],
)
def test_a_dictionary_that_cannot_be_had_is_said(tmp_path: Path, head: bytes, why: str) -> None:
    with pytest.raises(EvidenceError, match=why):
        written(tmp_path / "a.warc.zst", head, *packed(RECORDS[:1]))
