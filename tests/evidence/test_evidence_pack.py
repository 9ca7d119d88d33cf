"""Evidence as ``.warc.zst``: the same records, read by whoever reads evidence, with damage named where it stands."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import zstandard
from click.testing import CliRunner

from tests.evidence.made import NOW, URL, exchange, ok
from writethru.cli import cli
from writethru.errors import EvidenceError
from writethru.evidence import EvidenceFolder
from writethru.evidence.scan import scan
from writethru.storage import open_store
from writethru.watch.intake import Intake

KEEP = 1 << 20


def page(number: int) -> bytes:
    """The article in one of its states."""
    more = "".join(
        f"<p>Paragraph {n} tells of the crew, of the fare and of who repairs the engine.</p>" for n in range(4)
    )
    return f"<html><body><article><h1>Ferry</h1><p>{number} passengers waited on Friday.</p>{more}</article>".encode()


@pytest.fixture
def evidence(tmp_path: Path) -> EvidenceFolder:
    """A finished file with three states of a page."""
    folder = EvidenceFolder(tmp_path / "evidence", clock=lambda: NOW)
    with folder.writer() as writer:
        for number in range(3):
            at = NOW + timedelta(hours=number)
            writer.add_exchange(exchange(ok(page(number), "Content-Type: text/html"), at=at))
    folder.all_recorded(folder.unrecorded())
    return folder


def digests(database: Path, evidence: Path, given: Path) -> list[str]:
    """Of the versions after an import."""
    store = open_store(str(database))
    assert Intake(store, EvidenceFolder(evidence)).run([given]).skipped == ()
    found = store.find_article(URL)
    assert found is not None
    versions = [version.digest for version in store.versions(found.id)]
    store.close()
    return versions


def test_each_record_is_the_same_and_reads_by_its_place(evidence: EvidenceFolder, tmp_path: Path) -> None:
    (packed,) = evidence.pack(tmp_path / "packed")
    (source,) = evidence.files()
    target = tmp_path / "packed" / packed.file
    assert target.name == source.name.replace(".gz", ".zst")
    whole = [piece.raw for piece in scan(source, KEEP)]
    assert [piece.raw for piece in scan(target, KEEP)] == whole
    sizes = (source.stat().st_size, target.stat().st_size)
    assert (packed.records, packed.size_before, packed.size) == (len(whole), *sizes)
    anybody = zstandard.ZstdDecompressor().stream_reader(target.read_bytes(), read_across_frames=True)
    assert anybody.read() == b"".join(whole)
    there = EvidenceFolder(target.parent)
    for head in there.records(target.name):
        assert there.read(head.ref).head.record_id == head.record_id
    assert evidence.pack(tmp_path / "packed") == []
    with pytest.raises(EvidenceError, match="evidence folder itself"):
        evidence.pack(evidence.path)


def test_an_import_of_it_gives_what_the_file_itself_gives(evidence: EvidenceFolder, tmp_path: Path) -> None:
    evidence.pack(tmp_path / "packed")
    (source,) = evidence.files()
    straight = digests(tmp_path / "a.db", tmp_path / "a", source)
    assert len(straight) == 3
    assert digests(tmp_path / "b.db", tmp_path / "b", tmp_path / "packed") == straight


def test_what_is_damaged_is_not_packed(evidence: EvidenceFolder, tmp_path: Path) -> None:
    (source,) = evidence.files()
    whole = source.read_bytes()
    source.write_bytes(whole[: len(whole) - 3])
    with pytest.raises(EvidenceError, match="it is kept as it stands"):
        evidence.pack(tmp_path / "packed")
    assert list((tmp_path / "packed").iterdir()) == []


def test_the_command_says_what_it_packed(evidence: EvidenceFolder, tmp_path: Path) -> None:
    database = tmp_path / "writethru.db"
    open_store(str(database)).close()
    settings = {"WRITETHRU_ARCHIVE_EVIDENCE": str(evidence.path)}
    command = ["cold", "pack", str(tmp_path / "packed"), "--db", str(database), "--json"]
    done = CliRunner().invoke(cli, command, env=settings, catch_exceptions=False)
    (one,) = json.loads(done.stdout)
    assert (tmp_path / "packed" / one["file"]).stat().st_size == one["size"]
