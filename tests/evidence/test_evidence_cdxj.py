"""The index that replay tools read: sorted, complete, and pointing at the right bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.made import NOT_MODIFIED, NOW, PAGE, URL, chunked, exchange, ok
from writethru.errors import EvidenceError, FetchError
from writethru.evidence import EvidenceFolder, cdxj, revisit_hint
from writethru.model import EvidenceRef


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.harbour-courier.example/News/Ferry/", "example,harbour-courier)/news/ferry"),
        ("http://harbour-courier.example:80", "example,harbour-courier)/"),
        ("http://harbour-courier.example:8080/?b=2&a=1#top", "example,harbour-courier:8080)/?a=1&b=2"),
        ("https://www2.a.example/x y", "example,a)/x%20y"),
        ("http://[2001:db8::1]/a", "2001:db8::1)/a"),
        ("urn:sha256:AB", "urn:sha256:ab"),
        ("http://[::1/", "http://[::1/"),
    ],
)
def test_sort_keys(url: str, key: str) -> None:
    assert cdxj.sort_key(url) == key


@given(st.text(max_size=50))
def test_any_url_has_a_key_without_spaces(url: str) -> None:
    for key in (cdxj.sort_key(f"http://a.example/{url}"), cdxj.sort_key(url)):
        assert key.isascii()
        assert not set(key) & set(" \n\r\t")


def lines(evidence: EvidenceFolder) -> list[tuple[str, str, dict[str, str]]]:
    index = evidence.index()
    assert index is not None
    parts = [line.split(" ", 2) for line in index.read_text(encoding="ascii").splitlines()]
    return [(key, time, json.loads(form)) for key, time, form in parts]


def test_every_capture_with_a_body_is_indexed_and_nothing_else(tmp_path: Path) -> None:
    evidence = EvidenceFolder(tmp_path, clock=lambda: NOW)
    look = exchange(chunked(PAGE, "Content-Type: Text/HTML; charset=utf-8"))
    with evidence.writer() as writer:
        first = writer.add_exchange(look)
        hint = revisit_hint(first, URL, NOW, look.payload_digest)
        writer.add_exchange(exchange(NOT_MODIFIED), capture_hint=hint)
        writer.add_exchange(look, capture_hint=hint)
        writer.add_resource("urn:sha256:ab", b"x", "text/plain", NOW, fields={})
        writer.add_failed(URL, FetchError("no such host"))
    with evidence.writer() as writer:
        writer.add_exchange(exchange(ok(b"a", "Content-Type: text/plain"), url="https://a.example/"))
    found = lines(evidence)
    assert [key for key, _, _ in found] == sorted(key for key, _, _ in found)
    assert [(key, form["mime"], form["status"]) for key, _, form in found] == [
        ("example,a)/", "text/plain", "200"),
        ("example,harbour-courier)/news/ferry", "text/html", "200"),
        ("example,harbour-courier)/news/ferry", "warc/revisit", "200"),
        ("urn:sha256:ab", "text/plain", "200"),
    ]
    _, time, form = found[1]
    assert (time, form["url"], form["digest"]) == ("20260911120000", URL, look.payload_digest)
    ref = EvidenceRef(form["filename"], int(form["offset"]), int(form["length"]))
    assert ref == EvidenceRef(first.file, first.offset, first.length)
    assert evidence.read(ref).body == PAGE


def test_the_index_grows_with_the_files(tmp_path: Path) -> None:
    evidence = EvidenceFolder(tmp_path, clock=lambda: NOW)
    assert evidence.index() is None
    for number in range(3):
        with evidence.writer() as writer:
            writer.add_exchange(exchange(ok(PAGE), url=f"https://a.example/{number}"))
            assert number == 0 or len(lines(evidence)) == number
        assert len(lines(evidence)) == number + 1
    assert not list((tmp_path / "index").glob("merge-*"))


def test_many_files_are_merged_in_rounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cdxj, "MOST_OPEN", 3)
    evidence = EvidenceFolder(tmp_path, clock=lambda: NOW)
    for number in range(11):
        with evidence.writer() as writer:
            writer.add_exchange(exchange(ok(PAGE), url=f"https://a.example/{number * 7 % 11:02}"))
    assert [key for key, _, _ in lines(evidence)] == [f"example,a)/{number:02}" for number in range(11)]


def test_an_index_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    evidence = EvidenceFolder(tmp_path, clock=lambda: NOW)
    with evidence.writer() as writer:
        writer.add_exchange(exchange(ok(PAGE)))
    (tmp_path / "index").write_text("in the way")
    with pytest.raises(EvidenceError, match="index cannot be written"):
        evidence.index()
