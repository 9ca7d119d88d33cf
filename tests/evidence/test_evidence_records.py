"""What stands in the files: record types, fields, and the very bytes."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.made import NOT_MODIFIED, NOW, PAGE, URL, chunked, exchange, hop, ok
from writethru.errors import BrokenResponse, EvidenceError, FetchError, FetchTimeout
from writethru.evidence import EvidenceFolder, RecordHead, revisit_hint
from writethru.evidence.records import NOT_MODIFIED as NOT_MODIFIED_PROFILE
from writethru.evidence.records import SAME_PAYLOAD, build_record, gzip_member, parse_headers, record_head
from writethru.fetch.digests import labelled
from writethru.fetch.exchange import Exchange, Truncation, attach

GZIPPED = gzip.compress(PAGE * 100)


def folder(path: Path) -> EvidenceFolder:
    return EvidenceFolder(path / "evidence", clock=lambda: NOW, operator="desk@tracker.example")


def heads(evidence: EvidenceFolder) -> list[RecordHead]:
    """All records of the only file."""
    (file,) = evidence.files()
    found = list(evidence.records(file))
    assert all(isinstance(item, RecordHead) for item in found)
    return [item for item in found if isinstance(item, RecordHead)]


@pytest.mark.parametrize(
    "wire",
    [
        ok(PAGE),
        ok(GZIPPED, "Content-Encoding: gzip", "X-Odd:  spaces kept "),
        chunked(PAGE),
        chunked(GZIPPED, "content-encoding: GZIP"),
        b"HTTP/1.0 200\n\n" + PAGE,
        ok(b""),
        ok(bytes(range(256)) * 40),
    ],
)
def test_the_wire_bytes_come_back(tmp_path: Path, wire: bytes) -> None:
    evidence, look = folder(tmp_path), exchange(wire)
    with evidence.writer() as writer:
        ref = writer.add_exchange(look)
    record = evidence.read(ref)
    assert record.block == wire
    assert record.payload == look.last.payload
    assert record.body == look.body
    assert record.head.get("WARC-Payload-Digest") == labelled(look.last.payload)
    assert (record.status, record.head.target_uri, record.head.date) == (200, URL, NOW)


def test_a_file_begins_with_warcinfo_and_names_request_and_response(tmp_path: Path) -> None:
    evidence = folder(tmp_path)
    with evidence.writer() as writer:
        ref = writer.add_exchange(exchange(ok(PAGE)), capture_hint={"Writethru-Note": "first look"})
    warcinfo, request, response = heads(evidence)
    assert [warcinfo.kind, request.kind, response.kind] == ["warcinfo", "request", "response"]
    assert warcinfo.get("WARC-Filename") == evidence.files()[0].name == ref.file
    assert b"operator: desk@tracker.example" in evidence.read(warcinfo.ref).block
    assert response.ref == ref
    assert request.get("WARC-Concurrent-To") == response.record_id
    assert response.get("WARC-Concurrent-To") == request.record_id
    assert evidence.read(request.ref).block == exchange(ok(PAGE)).last.request
    for head in (request, response):
        assert head.get("WARC-IP-Address") == "2001:db8::7"
        protocols = [value for name, value in head.headers if name == "WARC-Protocol"]
        assert protocols == ["http/1.1", "tls/1.3"]
        assert head.get("WARC-Cipher-Suite") == "TLS_AES_128_GCM_SHA256"
        assert head.get("WARC-Date") == "2026-09-11T12:00:00.250000Z"
    assert response.extensions == {"Writethru-On-Behalf": "article", "Writethru-Note": "first look"}


def test_every_hop_is_kept_and_says_where_it_stands(tmp_path: Path) -> None:
    moved = b"HTTP/1.1 301 Moved\r\nLocation: /news/ferry/1\r\nContent-Length: 0\r\n\r\n"
    evidence = folder(tmp_path)
    with evidence.writer() as writer:
        ref = writer.add_exchange(exchange(moved, ok(PAGE)))
    responses = [head for head in heads(evidence) if head.kind == "response"]
    assert [head.target_uri for head in responses] == [URL, f"{URL}/1"]
    assert [head.get("Writethru-Hop") for head in responses] == ["1/2", "2/2"]
    assert {head.get("Writethru-Requested-URI") for head in responses} == {URL}
    assert responses[-1].ref == ref


def test_interim_answers_stand_apart(tmp_path: Path) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\n\r\n"
    evidence = folder(tmp_path)
    with evidence.writer() as writer:
        ref = writer.add_exchange(exchange(early + ok(PAGE)))
    (note,) = [head for head in heads(evidence) if head.kind == "metadata"]
    assert evidence.read(note.ref).block == early
    assert note.get("WARC-Concurrent-To") == ref.record_id
    assert evidence.read(ref).block == ok(PAGE)


def test_a_304_is_a_revisit(tmp_path: Path) -> None:
    evidence = folder(tmp_path)
    with evidence.writer() as writer:
        first = writer.add_exchange(exchange(ok(PAGE)))
        ref = writer.add_exchange(exchange(NOT_MODIFIED), capture_hint=revisit_hint(first, URL, NOW))
    record = evidence.read(ref)
    assert record.head.kind == "revisit"
    assert record.head.get("WARC-Profile") == NOT_MODIFIED_PROFILE
    assert record.head.get("WARC-Refers-To") == first.record_id
    assert record.head.get("WARC-Refers-To-Target-URI") == URL
    assert record.head.get("WARC-Refers-To-Date") == "2026-09-11T12:00:00.250000Z"
    assert (record.block, record.status, record.body) == (NOT_MODIFIED, 304, b"")


def test_a_304_needs_no_hint(tmp_path: Path) -> None:
    evidence = folder(tmp_path)
    with evidence.writer() as writer:
        ref = writer.add_exchange(exchange(NOT_MODIFIED))
    assert evidence.read(ref).head.kind == "revisit"


def test_an_identical_payload_is_a_revisit_that_reads_as_the_first(tmp_path: Path) -> None:
    evidence, look = folder(tmp_path), exchange(chunked(GZIPPED, "Content-Encoding: gzip"))
    with evidence.writer() as writer:
        first = writer.add_exchange(look)
        hint = revisit_hint(first, URL, NOW, look.payload_digest)
        ref = writer.add_exchange(exchange(ok(GZIPPED, "Content-Encoding: gzip", "Age: 9")), capture_hint=hint)
    record = evidence.read(ref)
    assert (record.head.kind, record.head.get("WARC-Profile")) == ("revisit", SAME_PAYLOAD)
    assert record.head.get("WARC-Payload-Digest") == look.payload_digest
    assert record.block.startswith(b"HTTP/1.1 200 OK\r\n")
    assert GZIPPED not in record.block
    assert record.body == PAGE * 100
    assert evidence.verify().ok


def test_another_payload_is_recorded_whatever_the_hint(tmp_path: Path) -> None:
    evidence = folder(tmp_path)
    with evidence.writer() as writer:
        first = writer.add_exchange(exchange(ok(PAGE)))
        hint = revisit_hint(first, URL, NOW, labelled(PAGE))
        ref = writer.add_exchange(exchange(ok(PAGE + b"!")), capture_hint=hint)
    record = evidence.read(ref)
    assert (record.head.kind, record.body) == ("response", PAGE + b"!")
    assert not record.head.get("WARC-Refers-To")
    assert list(record.head.extensions) == ["Writethru-On-Behalf"]


def test_imported_material_says_what_it_was(tmp_path: Path) -> None:
    evidence = folder(tmp_path)
    fields = {"Writethru-Medium": "jsonl", "Writethru-Outlet": "The Fjord Gazette – Årdal", "Writethru-Label": "4"}
    with evidence.writer() as writer:
        ref = writer.add_resource("urn:sha256:ab", b'{"a": 1}', "application/json", NOW, fields=fields)
    record = evidence.read(ref)
    assert (record.head.kind, record.body) == ("resource", b'{"a": 1}')
    assert record.head.extensions == fields
    assert (record.head.target_uri, record.head.get("Content-Type")) == ("urn:sha256:ab", "application/json")


def test_a_field_cannot_smuggle_another_in(tmp_path: Path) -> None:
    evidence = folder(tmp_path)
    fields = {"Writethru-Label": "4\r\nWARC-Type: response\r\n\r\nevil\0", "Writethru-Outlet": "a\udcffb"}
    with evidence.writer() as writer:
        ref = writer.add_resource("http://a.example/\r\nX: y", b"x", "text/plain", NOW, fields=fields)
    head = evidence.read(ref).head
    assert head.kind == "resource"
    assert head.extensions == {"Writethru-Label": "4 WARC-Type: response evil", "Writethru-Outlet": "a?b"}


def test_a_time_without_a_zone_is_refused(tmp_path: Path) -> None:
    with folder(tmp_path).writer() as writer, pytest.raises(ValueError, match="without a zone"):
        writer.add_resource("urn:x", b"", "text/plain", datetime(2026, 9, 11), fields={})  # noqa: DTZ001


def failed(error: FetchError, wire: bytes, truncated: Truncation) -> FetchError:
    return attach(error, Exchange(URL, (hop(wire, truncated=truncated),), b"", "", "article"))


def test_a_look_that_failed_keeps_what_came(tmp_path: Path) -> None:
    evidence = folder(tmp_path)
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
    with evidence.writer() as writer:
        ref = writer.add_failed(URL, failed(FetchTimeout("silent for 20 s"), cut, Truncation.TIME))
    record = evidence.read(ref)
    assert record.head.kind == "response"
    assert record.block == cut
    assert record.head.get("WARC-Truncated") == "time"
    assert record.head.get("Writethru-Exchange-Error") == "timeout: silent for 20 s"
    assert not record.head.get("WARC-Payload-Digest")


def test_bytes_that_are_no_http_are_not_called_a_response(tmp_path: Path) -> None:
    evidence = folder(tmp_path)
    with evidence.writer() as writer:
        ref = writer.add_failed(URL, failed(BrokenResponse("no HTTP"), b"220 ftp\r\n\r\n", Truncation.DISCONNECT))
    record = evidence.read(ref)
    assert (record.head.kind, record.block) == ("metadata", b"220 ftp\r\n\r\n")
    assert record.head.get("Writethru-Exchange-Error") == "broken_response: no HTTP"
    assert [head.kind for head in heads(evidence)] == ["warcinfo", "request", "metadata"]


def test_a_look_that_brought_nothing_is_noted(tmp_path: Path) -> None:
    evidence = folder(tmp_path)
    with evidence.writer() as writer:
        ref = writer.add_failed(URL, FetchError("the host name does not resolve"))
    head = evidence.read(ref).head
    assert (head.kind, head.target_uri, head.date) == ("metadata", URL, NOW)
    assert head.get("Writethru-Exchange-Error") == "fetch: the host name does not resolve"


def test_a_body_that_cannot_be_decoded_is_an_evidence_error(tmp_path: Path) -> None:
    evidence = folder(tmp_path)
    wire = ok(b"plain", "Content-Encoding: gzip")
    with evidence.writer() as writer:
        ref = writer.add_failed(URL, failed(BrokenResponse("damaged"), wire, Truncation.NONE))
    record = evidence.read(ref)
    assert record.block == wire
    with pytest.raises(EvidenceError, match="cannot be decoded"):
        _ = record.body


@given(st.binary(max_size=6000), st.integers(0, 5000))
def test_a_member_unpacks_to_its_record(block: bytes, packed: int) -> None:
    record = build_record("resource", [("WARC-Target-URI", "urn:x")], block)
    member = gzip_member(record, min(packed, len(block)))
    assert gzip.decompress(member) == record


@given(st.text(max_size=60), st.binary(max_size=60))
def test_any_value_and_block_come_back_as_one_record(value: str, block: bytes) -> None:
    raw = build_record("resource", [("Writethru-Label", value)], block)
    read = record_head(raw, "f", 0, len(raw))
    assert read is not None
    head, start = read
    assert raw[start : start + head.content_length] == block
    assert raw[start + head.content_length :] == b"\r\n\r\n"
    assert {name for name, _ in head.headers} <= {"WARC-Type", "Writethru-Label", "WARC-Block-Digest", "Content-Length"}


@given(st.binary(max_size=200))
def test_any_bytes_are_a_header_or_none(raw: bytes) -> None:
    parse_headers(raw)
    parse_headers(b"WARC/1.1\r\n" + raw + b"\r\n\r\n")


def test_dates_of_other_tools_are_read() -> None:
    raw = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2013-09-12T20:51:00Z\r\nContent-Length: 0\r\n\r\n"
    read = record_head(raw, "f", 0, len(raw))
    assert read is not None
    assert read[0].date == datetime(2013, 9, 12, 20, 51, tzinfo=UTC)
    assert read[0].http is None
