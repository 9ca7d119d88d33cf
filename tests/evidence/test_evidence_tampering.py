"""No byte of evidence, ledger or index changes unnoticed; nor does a file that is cut, gone, put in another's place."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.made import NOT_MODIFIED, PAGE, URL, chunked, exchange, ok
from writethru.evidence import EvidenceFolder, revisit_hint
from writethru.evidence.cdxj import index_faults
from writethru.evidence.ledger import Entry, Seal, parse_ledger
from writethru.evidence.merkle import leaf_hash, root_of

START = datetime(2026, 9, 11, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> EvidenceFolder:
    """Three days, the last one not sealed, indexed."""
    now = [START]
    folder = EvidenceFolder(tmp_path_factory.mktemp("evidence"), clock=lambda: now[0])
    for day in range(3):
        with folder.writer() as writer:
            first = exchange(chunked(PAGE * (day + 1)), at=now[0])
            ref = writer.add_exchange(first)
            hint = revisit_hint(ref, URL, now[0])
            writer.add_exchange(exchange(NOT_MODIFIED, at=now[0]), capture_hint=hint)
        now[0] += timedelta(days=1)
    folder.index()
    assert folder.verify().ok
    return folder


@pytest.fixture
def copy(whole: EvidenceFolder, tmp_path: Path) -> EvidenceFolder:
    """The same folder, to be spoilt."""
    shutil.copytree(whole.path, tmp_path / "copy")
    return EvidenceFolder(tmp_path / "copy")


def flipped(path: Path, mask: int) -> Iterator[int]:
    """Each byte of a file in turn changed on disk, and put back."""
    content = path.read_bytes()
    for at in range(len(content)):
        spoilt = bytearray(content)
        spoilt[at] ^= mask
        path.write_bytes(spoilt)
        yield at
    path.write_bytes(content)


def is_noticed(folder: EvidenceFolder) -> bool:
    """By the whole of ``verify``; the ledger alone is read first, which is quicker."""
    return bool(folder.ledger().faults) or not folder.verify().ok


@pytest.mark.parametrize("mask", [0x01, 0x20, 0xFF])
def test_every_byte_of_the_ledger(copy: EvidenceFolder, mask: int) -> None:
    unnoticed = [at for at in flipped(copy.path / "ledger.jsonl", mask) if not is_noticed(copy)]
    assert unnoticed == []


def test_every_byte_of_a_file(tmp_path: Path) -> None:
    folder = EvidenceFolder(tmp_path, clock=lambda: START)
    with folder.writer() as writer:
        writer.add_exchange(exchange(NOT_MODIFIED, at=START))
    (file,) = folder.files()
    unnoticed = [at for at in flipped(file, 1 << random.Random(3).randrange(8)) if folder.verify().ok]
    assert unnoticed == []


def test_every_byte_of_an_index(copy: EvidenceFolder) -> None:
    part = sorted(copy.path.glob("index/*.cdxj"))[0]
    for path in (copy.path / "index.cdxj", part):
        unnoticed = [at for at in flipped(path, 0x01) if not list(index_faults(copy.path))]
        assert unnoticed == []
    part.write_bytes(part.read_bytes().replace(b'"200"', b'"404"'))
    copy.index()
    assert [fault.file for fault in copy.verify().faults] == [f"index/{part.name}"], "held against the file itself"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_random_damage_anywhere(copy: EvidenceFolder, data: st.DataObject) -> None:
    """Bytes overwritten, cut away or put in, in any file."""
    paths = [*copy.files(), copy.path / "ledger.jsonl", copy.path / "index.cdxj"]
    path = data.draw(st.sampled_from(paths), label="file")
    content = path.read_bytes()
    start = data.draw(st.integers(0, len(content)), label="start")
    end = data.draw(st.integers(start, min(len(content), start + 40)), label="end")
    spoilt = content[:start] + data.draw(st.binary(max_size=40), label="instead") + content[end:]
    path.write_bytes(spoilt)
    try:
        assert copy.verify().ok == (spoilt == content)
    finally:
        path.write_bytes(content)


def test_files_cut_gone_doubled_or_swapped(copy: EvidenceFolder) -> None:
    one, two, _ = copy.files()
    first, second = one.read_bytes(), two.read_bytes()
    for spoilt in (first[:-1], first[: len(first) // 2], b"", second, first + second, first + b"\0"):
        one.write_bytes(spoilt)
        assert not copy.verify().ok
    one.write_bytes(second)
    two.write_bytes(first)
    assert {fault.file for fault in copy.verify().faults} >= {one.name, two.name}
    one.unlink()
    assert "the ledger has this file, the folder has not" in {fault.message for fault in copy.verify().faults}


def rewritten(folder: EvidenceFolder, leaving_out: str) -> None:
    """Write the ledger anew without one file, consistent in itself: every chain and seal made again."""
    ledger = parse_ledger((folder.path / "ledger.jsonl").read_bytes())
    lines: list[bytes] = []
    previous = "0" * 64
    for day in dict.fromkeys(entry.day for entry in ledger.entries.values()):
        entries: list[Entry] = []
        for entry in ledger.of_day(day):
            if entry.file != leaving_out:
                entries.append(entry.chained_to(lines[-1] if lines else b""))
                lines.append(entries[-1].line())
        if day in ledger.seals:
            leaves = [leaf_hash(bytes.fromhex(previous)), *(leaf_hash(entry.line()) for entry in entries)]
            root = root_of(leaves).hex()
            lines.append(Seal(day, len(entries), sum(e.records for e in entries), previous, root).line())
            previous = root
    (folder.path / "ledger.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))


def test_a_ledger_written_anew_keeps_no_root(copy: EvidenceFolder) -> None:
    """A forger who writes the ledger anew is not found out by the ledger, but by any root known elsewhere."""
    before = {day: seal.root for day, seal in copy.ledger().seals.items()}
    victim = copy.files()[0]
    rewritten(copy, victim.name)
    victim.unlink()
    (copy.path / "index" / f"{victim.name}.cdxj").unlink()
    copy.index()
    assert copy.verify().ok, "the forger did it well"
    after = {day: seal.root for day, seal in copy.ledger().seals.items()}
    assert len(before) == 2
    assert not set(before.values()) & set(after.values()), "yet no root of that day or of any later one is the same"


def test_a_day_that_is_changed_alone_does_not_fit_the_next(copy: EvidenceFolder) -> None:
    lines = (copy.path / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    rewritten(copy, copy.files()[0].name)
    new = (copy.path / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    (copy.path / "ledger.jsonl").write_bytes(b"".join(new[:1] + lines[2:]))
    assert json.loads(new[0])["sealed"]["day"] == "2026-09-11"
    assert not copy.verify().ok


def test_every_capture_can_be_proved_and_no_other_bytes(whole: EvidenceFolder) -> None:
    for file in whole.files()[:2]:
        heads = list(whole.records(file.name))
        for head in heads:
            proof = whole.prove(head.ref)  # type: ignore[union-attr]
            stored = whole.stored(head.ref)  # type: ignore[union-attr]
            assert proof.holds_for(stored)
            assert not proof.holds_for(stored[:-1] + bytes([stored[-1] ^ 1]))
            others = [whole.stored(other.ref) for other in heads if other is not head]  # type: ignore[union-attr]
            assert not any(proof.holds_for(other) for other in others)


def test_a_second_capture_of_equal_bytes_is_found_out(whole: EvidenceFolder) -> None:
    """Two looks that brought the same stand at two places, each with its own proof."""
    refs = [h.ref for h in whole.records(whole.files()[0].name)]  # type: ignore[union-attr]
    assert len({(whole.prove(ref).index, whole.prove(ref).entry.file) for ref in refs}) == len(refs)
    assert ok(PAGE) != chunked(PAGE)
