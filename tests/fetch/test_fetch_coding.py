"""HTTP messages as bytes: framing and coding, and that no bytes whatever break the readers."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.errors import FetchError
from writethru.fetch.coding import DecodeLimits, Head, decode_content, final_head, inflate, parse_head, unchunk, unframe
from writethru.fetch.digests import agrees, labelled

LIMITS = DecodeLimits(max_bytes=1_000_000)


def chunked(body: bytes, sizes: list[int]) -> bytes:
    """Frame ``body`` in chunks of these sizes, the rest in one."""
    wire, at = b"", 0
    for size in [*sizes, len(body)]:
        piece = body[at : at + size]
        at += len(piece)
        if piece:
            wire += f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    return wire + b"0\r\n\r\n"


@given(st.binary(max_size=300), st.lists(st.integers(1, 40), max_size=9), st.binary(max_size=20))
def test_unchunk_undoes_chunking_and_stops_where_it_ends(body: bytes, sizes: list[int], after: bytes) -> None:
    wire = chunked(body, sizes)
    framed = unchunk(wire + after)
    assert (framed.payload, framed.consumed, framed.complete) == (body, len(wire), True)


@given(st.binary(max_size=200), st.lists(st.integers(1, 40), max_size=5), st.data())
def test_cut_chunks_are_never_complete(body: bytes, sizes: list[int], data: st.DataObject) -> None:
    wire = chunked(body, sizes)
    framed = unchunk(wire[: data.draw(st.integers(0, len(wire) - 1))])
    assert not framed.complete
    assert framed.fault
    assert body.startswith(framed.payload)


@given(st.binary(max_size=500))
def test_any_bytes_can_be_framed(wire: bytes) -> None:
    head = Head("1.1", 200, "OK", (("Transfer-Encoding", "chunked"),))
    assert unframe(head, wire).consumed <= len(wire)


@given(st.binary(max_size=5000), st.sampled_from([31, 15, -15]), st.integers(0, 9))
def test_inflate_undoes_compression(body: bytes, wbits: int, level: int) -> None:
    packer = zlib.compressobj(level, zlib.DEFLATED, wbits)
    assert inflate(packer.compress(body) + packer.flush(), wbits, LIMITS) == body


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["gzip", "deflate", "gzip, deflate", "odd"]))
def test_any_bytes_decode_or_are_refused(payload: bytes, coding: str) -> None:
    with suppress(FetchError):
        assert len(decode_content(payload, (("Content-Encoding", coding),), LIMITS)) <= LIMITS.max_bytes


def test_inflate_works_across_its_own_steps() -> None:
    body = bytes(range(256)) * 3000
    packed = gzip.compress(body, 0)  # longer than one step of input and of output
    assert inflate(packed * 2, 31, DecodeLimits(max_bytes=len(body) * 2)) == body * 2


@given(st.binary(max_size=200))
def test_any_bytes_are_a_head_or_none(raw: bytes) -> None:
    found = final_head(raw)
    assert found is None or raw[: found[1]].endswith((b"\n\r\n", b"\n\n"))
    parse_head(raw)


@pytest.mark.parametrize(
    ("headers", "wire", "payload", "complete"),
    [
        ((), b"abc", b"abc", True),
        ((("content-length", "2"),), b"abc", b"ab", True),
        ((("Content-Length", "2, 2"),), b"abc", b"ab", True),
        ((("Content-Length", "4"),), b"abc", b"abc", False),
        ((("Content-Length", "2"), ("Content-Length", "3")), b"abc", b"abc", False),
        ((("Content-Length", "-1"),), b"abc", b"abc", False),
        ((("Transfer-Encoding", "Chunked"), ("Content-Length", "9")), b"1\r\na\r\n0\r\n\r\n", b"a", True),
    ],
)
def test_framing_rules(headers: tuple[tuple[str, str], ...], wire: bytes, payload: bytes, complete: bool) -> None:
    framed = unframe(Head("1.1", 200, "", headers), wire)
    assert (framed.payload, framed.complete) == (payload, complete)


@pytest.mark.parametrize("status", [204, 304])
def test_some_answers_have_no_body(status: int) -> None:
    assert unframe(Head("1.1", status, "", (("Content-Length", "9"),)), b"").complete


def test_folded_headers_are_one_value() -> None:
    head = parse_head(b"HTTP/1.1 200\r\nA: one\r\n two\r\nnonsense\r\nB:\r\n\r\n")
    assert head is not None
    assert head.headers == (("A", "one two"), ("B", ""))


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_digests_agree_in_base32_and_hex(algorithm: str) -> None:
    label = labelled(b"abc", algorithm)
    value = label.partition(":")[2]
    import base64

    assert agrees(label, b"abc") is True
    assert agrees(f"{algorithm.upper()}:{base64.b32decode(value).hex()}", b"abc") is True
    assert agrees(label, b"abd") is False


def test_an_unknown_digest_is_not_judged() -> None:
    assert agrees("crc32:00", b"abc") is None
