"""The tools that archives use read our files: warcio and fastwarc."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator

from tests.evidence.made import NOT_MODIFIED, NOW, PAGE, URL, chunked, exchange, ok
from writethru.errors import FetchError
from writethru.evidence import EvidenceFolder, revisit_hint

LONG = PAGE * 200


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with every kind of record."""
    evidence = EvidenceFolder(tmp_path, clock=lambda: NOW)
    with evidence.writer() as writer:
        plain = exchange(ok(LONG))
        first = writer.add_exchange(plain)
        writer.add_exchange(exchange(ok(gzip.compress(LONG), "Content-Encoding: gzip")))
        writer.add_exchange(exchange(chunked(LONG)))
        writer.add_exchange(exchange(chunked(gzip.compress(LONG), "Content-Encoding: gzip")))
        writer.add_exchange(exchange(NOT_MODIFIED), capture_hint=revisit_hint(first, URL, NOW))
        writer.add_exchange(plain, capture_hint=revisit_hint(first, URL, NOW, plain.payload_digest))
        writer.add_resource("urn:x", LONG, "text/html", NOW, fields={"Writethru-Medium": "page"})
        writer.add_failed(URL, FetchError("no such host"))
    (path,) = evidence.files()
    return path


def test_warcio_reads_the_same_bodies(file: Path) -> None:
    with file.open("rb") as stream:
        records = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(stream)
        ]
    assert [body for kind, _, body in records if kind == "response"] == [LONG] * 4
    assert [body for kind, _, body in records if kind == "resource"] == [LONG]
    kinds = [kind for kind, _, _ in records]
    assert (kinds.count("request"), kinds.count("revisit"), kinds.count("warcinfo")) == (6, 2, 1)
    assert {uri for kind, uri, _ in records if kind == "response"} == {URL}


def test_fastwarc_reads_the_same_bodies_and_agrees_with_the_block_digests(file: Path) -> None:
    bodies, digests = [], []
    with file.open("rb") as stream:
        for record in FastIterator(stream, parse_http=False, record_types=WarcRecordType.any_type):
            digests.append(record.verify_block_digest())
            if record.record_type == WarcRecordType.response:
                record.parse_http()
                bodies.append(record.reader.read())
    assert len(digests) == 15
    assert all(digests)
    assert len(bodies) == 4
    assert {LONG, gzip.compress(LONG, mtime=0)} >= {body for body in bodies if body == LONG}


def test_offsets_are_those_that_other_tools_see(file: Path) -> None:
    evidence = EvidenceFolder(file.parent)
    ours = [(head.ref.offset, head.ref.length) for head in evidence.records(file)]  # type: ignore[union-attr]
    theirs = []
    with file.open("rb") as stream:
        iterator = ArchiveIterator(stream)
        for _ in iterator:
            iterator.read_to_end()
            theirs.append((iterator.get_record_offset(), iterator.get_record_length()))
    assert ours == theirs
