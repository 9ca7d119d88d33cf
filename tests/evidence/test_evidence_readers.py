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
GZIPPED = gzip.compress(LONG, mtime=0)
WIRES = [
    ok(LONG),
    ok(GZIPPED, "Content-Encoding: gzip"),
    chunked(LONG),
    chunked(GZIPPED, "Content-Encoding: gzip"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with every kind of record."""
    evidence = EvidenceFolder(tmp_path, clock=lambda: NOW)
    with evidence.writer() as writer:
        first, *_ = [writer.add_exchange(exchange(wire)) for wire in WIRES]
        plain = exchange(WIRES[0])
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


def test_fastwarc_reads_the_same_wire_bytes_and_agrees_with_the_block_digests(file: Path) -> None:
    wires, digests = [], []
    with file.open("rb") as stream:
        for record in FastIterator(stream, parse_http=False, record_types=WarcRecordType.any_type):
            digests.append(record.verify_block_digest())
            if record.record_type == WarcRecordType.response:
                wires.append(record.reader.read())
    assert digests == [True] * 15
    expected = [exchange(wire) for wire in WIRES]
    assert wires == [look.last.response_head + look.last.response_body for look in expected]


def test_payload_digests_are_those_of_the_standard(file: Path) -> None:
    """Of the body without chunks: tools that hash the chunks too agree only where there are none."""
    verdicts = []
    with file.open("rb") as stream:
        for record in FastIterator(stream, parse_http=True, record_types=WarcRecordType.response):
            verdicts.append((record.http_headers.get("Transfer-Encoding"), record.verify_payload_digest()))
    assert verdicts == [(None, True), (None, True), ("chunked", False), ("chunked", False)]


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


def test_revisits_name_what_they_refer_to_and_how_we_were_connected(file: Path) -> None:
    """As warcio reads the fields: WARC/1.1, 6.7 (revisit), 5.7-5.12."""
    with file.open("rb") as stream:
        records = [(record.rec_type, dict(record.rec_headers.headers)) for record in ArchiveIterator(stream)]
    first = next(fields for kind, fields in records if kind == "response")
    revisits = [fields for kind, fields in records if kind == "revisit"]
    assert [fields["WARC-Profile"].rsplit("/", 1)[-1] for fields in revisits] == [
        "server-not-modified",
        "identical-payload-digest",
    ]
    for fields in revisits:
        assert fields["WARC-Refers-To"] == first["WARC-Record-ID"]
        assert fields["WARC-Refers-To-Target-URI"] == URL == first["WARC-Target-URI"]
        assert fields["WARC-Refers-To-Date"] == first["WARC-Date"]
    assert revisits[1]["WARC-Payload-Digest"] == first["WARC-Payload-Digest"]
    info = next(fields for kind, fields in records if kind == "warcinfo")
    assert (records[0][0], info["WARC-Filename"]) == ("warcinfo", file.name)
    assert first["WARC-IP-Address"] == "2001:db8::7"
    assert first["WARC-Cipher-Suite"] == "TLS_AES_128_GCM_SHA256"
    with file.open("rb") as stream:
        raw = [r.rec_headers.headers for r in ArchiveIterator(stream) if r.rec_type in ("request", "response")]
    assert all(
        {v for k, v in h if k == "WARC-Protocol"} == {"http/1.1", "tls/1.3"}
        for h in raw
        if ("WARC-Type", "response") in h
    )
