"""Versions JSONL: what a line must have, and what becomes of one that has not."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.reading import NOW, file, items, jsonl, read, shared_data, skipped, version
from writethru.errors import MalformedInput
from writethru.model import Medium, TimeBasis
from writethru.sources import ImportItem
from writethru.sources import versions_jsonl as module
from writethru.sources.versions_jsonl import read_line


def test_a_line_is_an_item_and_its_own_evidence(tmp_path: Path) -> None:
    line = jsonl(version(outlet="The Example", version=3, url="https://NEWS.example/a?utm_source=x"))
    (item,) = items(file(tmp_path, "v.jsonl", line))
    assert item == ImportItem(
        url="https://news.example/a",
        captured_at=datetime(2026, 2, 3, 9, 5, tzinfo=UTC),
        basis=TimeBasis.STATED,
        medium=Medium.JSONL,
        payload=line.rstrip(b"\n"),
        content_type="application/json",
        origin=f"{tmp_path}/v.jsonl:1",
        outlet="The Example",
        label="3",
    )
    assert item.body == item.payload


def test_fields_of_a_line() -> None:
    form = version(
        byline="By A",
        standfirst="S",
        published="2026-02-03",
        modified="2026-02-04T10:00",
        language="en",
        label="b",
        x=[1],
    )
    line = read_line(json.dumps(form).encode())
    assert (line.title, line.byline, line.standfirst, line.language, line.label) == ("Head", "By A", "S", "en", "b")
    assert (line.published, line.modified, line.text, line.html) == (
        "2026-02-03",
        "2026-02-04T10:00",
        "One.\n\nTwo.",
        None,
    )


def test_html_in_place_of_text() -> None:
    line = read_line(json.dumps(version(text=None, html="<p>x</p>")).encode())
    assert (line.text, line.html) == (None, "<p>x</p>")


def test_an_empty_text_is_a_text() -> None:
    assert read_line(json.dumps(version(text="")).encode()).text == ""


@pytest.mark.parametrize(
    "stated", ["2026-02-03T10:05:00+01:00", "2026-02-03 09:05:00Z", "2026-02-03T09:05Z", "20260203T090500Z"]
)
def test_time_with_any_zone(stated: str) -> None:
    assert read_line(json.dumps(version(time=stated)).encode()).time == datetime(2026, 2, 3, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"url": None}, 'no "url"'),
        ({"time": None}, 'no "time"'),
        ({"text": None}, 'neither "text" nor "html"'),
        ({"url": "/a"}, "not a web address"),
        ({"url": 7}, '"url" is not a string'),
        ({"text": ["a"]}, '"text" is not a string'),
        ({"byline": 1}, '"byline" is not a string'),
        ({"time": "2026-02-03T09:05:00"}, "has no zone"),
        ({"time": "2026-02-03"}, "has no zone"),
        ({"time": "yesterday"}, "not an ISO 8601 time"),
        ({"time": "0001-01-01T00:00:00+23:00"}, "out of range"),
        ({"time": 1770109500}, '"time" is not a string'),
        ({"version": 1.5}, '"version" or "label"'),
        ({"version": True}, '"version" or "label"'),
        ({"label": "x" * 101}, '"version" or "label"'),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_in(changes: dict[str, Any], words: str, tmp_path: Path) -> None:
    path = file(tmp_path, "v.jsonl", jsonl(version(), version(**changes), version(time="2026-02-04T00:00:00Z")))
    first, bad, last = read(path)
    assert isinstance(first, ImportItem)
    assert isinstance(last, ImportItem)
    assert last.origin == f"{path}:3"
    assert not isinstance(bad, ImportItem)
    assert str(bad.error).startswith(f"{path}:2: ")
    assert words in str(bad.error)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"url": "\xe9"}', "byte 0xE9 at column 10"),
        (b"[" * 100_000, "too deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number too long"),
    ],
)
def test_lines_that_are_no_json(line: bytes, words: str) -> None:
    with pytest.raises(MalformedInput, match=words):
        read_line(line)


def test_blank_lines_duplicates_and_any_order_are_fine(tmp_path: Path) -> None:
    late, early = version(), version(time="2020-01-01T00:00:00Z")
    path = file(tmp_path, "v.jsonl", b"\n" + jsonl(late, early) + b"  \r\n" + jsonl(late).rstrip(b"\n"))
    assert [item.origin.rpartition(":")[2] for item in items(path)] == ["2", "3", "5"]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_marked_encodings(codec: str, tmp_path: Path) -> None:
    form = version(text="Zwölf Boxkämpfer")
    path = file(tmp_path, "v.jsonl", jsonl(form, form).decode().replace("\n", "\r\n").encode(codec))
    assert [json.loads(item.payload) for item in items(path)] == [form, form]


def test_gzip_and_its_damage(tmp_path: Path) -> None:
    lines = jsonl(*(version(text=f"{n} " * 400) for n in range(200)))
    packed = gzip.compress(lines)
    assert len(items(file(tmp_path, "whole.jsonl.gz", packed))) == 200
    cut = read(file(tmp_path, "cut.jsonl.gz", packed[: len(packed) // 2]))
    assert "cut off" in str(skipped(tmp_path / "cut.jsonl.gz")[0].error)
    assert 0 < len(cut) - 1 < 200
    flipped = bytearray(packed)
    flipped[len(packed) // 2] ^= 0xFF
    assert "damaged" in str(skipped(file(tmp_path, "bad.jsonl.gz", bytes(flipped)))[-1].error)


def test_a_line_too_long_is_passed_over_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LINE_BYTES", 1000)
    path = file(
        tmp_path, "v.jsonl", jsonl(version(), version(text="x" * 5_000_000), version(url="https://news.example/b"))
    )
    found = read(path)
    assert [isinstance(f, ImportItem) for f in found] == [True, False, True]
    assert str(skipped(path)[0].error).startswith(f"{path}:2: one line of 1,000 bytes or more is over the limit")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_line_is_read_or_refused(line: bytes) -> None:
    with suppress(MalformedInput):
        assert read_line(line).url


KEYS = st.sampled_from(["url", "time", "text", "html", "version", "label", "title"])
VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=4)


@settings(deadline=None)
@given(st.dictionaries(KEYS, VALUES))
def test_any_object_is_read_or_refused(form: dict[str, Any]) -> None:
    with suppress(MalformedInput):
        assert read_line(json.dumps(form).encode()).url


def test_a_real_history_reads_completely() -> None:
    path = shared_data("revisions", "digitalgov_dev.jsonl.gz")
    found = items(path)
    lines = gzip.decompress(path.read_bytes()).splitlines()
    assert [item.payload for item in found] == lines
    assert len(found) == 1568
    assert all(item.captured_at < NOW for item in found)
