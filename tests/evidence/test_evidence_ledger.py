"""The day ledger: any record of a sealed day can be proved, and no byte changes unnoticed."""

from __future__ import annotations

import shutil
import subprocess
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.made import PAGE, chunked, exchange
from writethru.errors import EvidenceError
from writethru.evidence import EvidenceFolder, Proof, RecordHead
from writethru.evidence.ledger import parse_ledger
from writethru.evidence.merkle import Tree, audit_path, leaf_hash, root_from_path, root_of
from writethru.evidence.stamps import query

LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [  # of the first 1, 2 … 8 leaves: the reference values of the Certificate Transparency project
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_rfc_6962(size: int) -> None:
    assert root_of([leaf_hash(leaf) for leaf in LEAVES[:size]]).hex() == ROOTS[size - 1]


@settings(max_examples=80)
@given(st.integers(1, 70), st.data())
def test_an_audit_path_leads_to_the_root_and_to_no_other(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    path = audit_path(leaves, index)
    assert root_from_path(leaves[index], index, size, path) == root_of(leaves)
    assert root_from_path(leaf_hash(b"other"), index, size, path) != root_of(leaves)
    assert root_from_path(leaves[index], size, size, path) is None
    assert root_from_path(leaves[index], index, size, (*path, path[0] if path else b"")) is None


def test_a_tree_without_leaves_has_a_root() -> None:
    assert Tree().root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


class Days:
    """A folder and a clock that goes from day to day."""

    def __init__(self, path: Path) -> None:
        self.now = datetime(2026, 9, 11, 12, tzinfo=UTC)
        self.folder = EvidenceFolder(path, clock=lambda: self.now)

    def day(self, looks: int = 2, files: int = 1) -> None:
        """One day's looks; then it is the next."""
        for _ in range(files):
            with self.folder.writer() as writer:
                for number in range(looks):
                    writer.add_exchange(exchange(chunked(PAGE * (number + 1))))
        self.now += timedelta(days=1)


@pytest.fixture
def days(tmp_path: Path) -> Days:
    """Three days of evidence, the last not over."""
    made = Days(tmp_path)
    made.day(files=2)
    made.day(looks=3)
    made.day()
    made.now -= timedelta(days=1)
    return made


def test_each_file_is_entered_and_each_day_sealed(days: Days) -> None:
    ledger = days.folder.ledger()
    assert [entry.day for entry in ledger.entries.values()] == ["2026-09-11"] * 2 + ["2026-09-12", "2026-09-13"]
    assert list(ledger.seals) == ["2026-09-11", "2026-09-12"]
    assert ledger.seals["2026-09-12"].previous == ledger.seals["2026-09-11"].root
    assert ledger.open_day == "2026-09-13"
    report = days.folder.verify()
    assert (report.faults, report.ledgered, report.sealed) == ((), 4, 2)


def test_a_day_is_sealed_when_it_is_over_and_not_before(days: Days) -> None:
    assert days.folder.seal() is None
    days.now += timedelta(days=1)
    seal = days.folder.seal()
    assert seal is not None
    assert seal.day == "2026-09-13"
    assert days.folder.seal() is None
    assert days.folder.ledger().seals["2026-09-13"] == seal


def heads(folder: EvidenceFolder, file: str) -> list[RecordHead]:
    return [head for head in folder.records(file) if isinstance(head, RecordHead)]


def test_every_record_of_a_sealed_day_can_be_proved(days: Days) -> None:
    folder = days.folder
    for entry in folder.ledger().of_day("2026-09-11") + folder.ledger().of_day("2026-09-12"):
        for head in heads(folder, entry.file):
            proof = folder.prove(head.ref)
            stored = folder.stored(head.ref)
            assert proof.holds_for(stored)
            assert not proof.holds_for(stored + b"x")
            assert not replace(proof, seal=replace(proof.seal, root="00" * 32)).holds_for(stored)
            assert not replace(proof, index=(proof.index + 1) % entry.records).holds_for(stored)
            assert proof.to_dict()["seal"]["day"] == entry.day


def test_an_open_day_cannot_be_proved_yet(days: Days) -> None:
    (entry,) = days.folder.ledger().of_day("2026-09-13")
    with pytest.raises(EvidenceError, match="not sealed yet"):
        days.folder.prove(heads(days.folder, entry.file)[0].ref)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_any_flipped_bit_is_found(sealed: tuple[EvidenceFolder, Path], place: int, bit: int) -> None:
    folder, file = sealed
    content = bytearray(file.read_bytes())
    content[place % len(content)] ^= 1 << bit
    original = file.read_bytes()
    file.write_bytes(content)
    try:
        assert not folder.verify().ok
    finally:
        file.write_bytes(original)


@pytest.fixture(scope="module", params=["warc", "ledger"])
def sealed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[EvidenceFolder, Path]:
    """A sealed folder and the file to be damaged in it."""
    made = Days(tmp_path_factory.mktemp("sealed"))
    made.day(files=2)
    made.day()
    made.folder.seal()
    name = "ledger.jsonl" if request.param == "ledger" else made.folder.files()[0].name
    return made.folder, made.folder.path / name


def test_a_removed_or_cut_file_is_a_fault(days: Days) -> None:
    first, second, *_ = days.folder.files()
    first.unlink()
    second.write_bytes(second.read_bytes()[: heads(days.folder, second.name)[-1].ref.offset])
    messages = [str(fault) for fault in days.folder.verify().faults]
    assert messages == [
        f"{first.name}:0: the ledger has this file, the folder has not",
        f"{second.name}:0: not the file that the ledger of 2026-09-11 has",
    ]


def test_an_entry_cannot_be_slipped_into_a_sealed_day(days: Days) -> None:
    path = days.folder.path / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    late = lines[0].replace(b'"file":"', b'"file":"x')
    faults = " ".join(fault for _, fault in parse_ledger(b"".join([lines[0], late, *lines[1:]])).faults)
    assert "does not follow the line before" in faults
    assert "the seal of 2026-09-11 does not fit its entries" in faults
    assert "after the seal" in parse_ledger(b"".join([*lines, late])).faults[0][1]
    assert "does not follow the line before" in parse_ledger(b"".join(lines[1:])).faults[0][1]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_ledger_with_faults(content: bytes) -> None:
    ledger = parse_ledger(content)
    assert bool(ledger.faults) == bool(content)


def test_a_line_cut_short_by_a_crash_is_written_again(days: Days) -> None:
    path = days.folder.path / "ledger.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert not days.folder.verify().ok
    days.folder.recover()
    assert path.read_bytes() == whole
    assert days.folder.verify().ok


def test_recovered_files_are_entered(tmp_path: Path) -> None:
    made = Days(tmp_path)
    made.day()
    (file,) = made.folder.files()
    file.rename(f"{file}.open")
    (tmp_path / "ledger.jsonl").unlink()
    made.folder.recover()
    assert list(made.folder.ledger().entries) == [file.name]
    assert made.folder.verify().ledgered == 1


def test_a_clock_that_goes_back_does_not_reopen_a_sealed_day(days: Days) -> None:
    days.now -= timedelta(days=9)
    days.day()
    assert days.folder.ledger().faults == ()
    assert [entry.day for entry in days.folder.ledger().entries.values()][-1] == "2026-09-13"
    days.now = datetime(2026, 9, 14, tzinfo=UTC)
    days.folder.seal()
    days.now -= timedelta(days=9)
    days.day()
    assert [entry.day for entry in days.folder.ledger().entries.values()][-1] == "2026-09-14"
    assert days.folder.verify().ok


def test_writers_at_once_share_the_ledger(tmp_path: Path) -> None:
    folder = EvidenceFolder(tmp_path)

    def write() -> None:
        for _ in range(5):
            with folder.writer() as writer:
                writer.add_exchange(exchange(chunked(PAGE)))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(folder.ledger().entries) == 20
    assert folder.verify().ledgered == 20


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_time_stamp_query_is_what_authorities_take(days: Days, tmp_path: Path) -> None:
    seal = days.folder.ledger().seals["2026-09-12"]
    (tmp_path / "query.tsq").write_bytes(query(seal.root))
    (tmp_path / "root").write_bytes(seal.root.encode())
    shown = subprocess.run(
        ["openssl", "ts", "-query", "-in", str(tmp_path / "query.tsq"), "-text"],
        capture_output=True,
        text=True,
        check=True,
    )
    expected = subprocess.run(
        ["openssl", "ts", "-query", "-data", str(tmp_path / "root"), "-sha256", "-cert", "-no_nonce", "-text"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == expected.stdout


def test_a_proof_is_plain_data(days: Days) -> None:
    entry = days.folder.ledger().of_day("2026-09-11")[0]
    proof = days.folder.prove(heads(days.folder, entry.file)[1].ref)
    assert isinstance(proof, Proof)
    assert (proof.position, proof.index, len(proof.day_path)) == (1, 1, 2)
