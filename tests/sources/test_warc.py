"""WARC files, foreign and ours: pages out, revisits resolved, damage named with its offset."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.reading import NOW, file, items, read, skipped
from tests.sources.warcs import HTML, chunked, plain, record, record_id, zipped
from writethru.model import Medium, TimeBasis
from writethru.sources import ImportItem, Skipped, read_items

GZIPPED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"

Made = Callable[..., bytes]
either_form = pytest.mark.parametrize("made", [plain, zipped])


@either_form
def test_a_response_is_kept_as_it_was_sent(made: Made, tmp_path: Path) -> None:
    (item,) = items(file(tmp_path, "a.warc", made(record(1, WARC_IP_Address="192.0.2.7"))))
    assert item.payload == HTML
    assert item.body == b"<p>Words.</p>"
    assert (item.url, item.status, item.content_type) == ("http://news.example/1", 200, "text/html; charset=utf-8")
    assert item.captured_at == datetime(2020, 1, 2, 3, 4, 1, tzinfo=UTC)
    assert (item.medium, item.basis, item.peer) == (Medium.WARC, TimeBasis.STATED, "192.0.2.7")
    assert (item.record_id, item.origin) == (record_id(1), f"{tmp_path}/a.warc@0")


def test_status_is_kept_whatever_it_is(tmp_path: Path) -> None:
    gone = HTML.replace(b"200 OK", b"404 Not Found")
    (item,) = items(file(tmp_path, "a.warc", record(1, gone)))
    assert (item.status, dict(item.headers)) == (404, {"Content-Type": "text/html; charset=utf-8"})


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    image = HTML.replace(b"text/html; charset=utf-8", b"image/png")
    info = record(9, b"software: x\r\n", "warcinfo", Content_Type="application/warc-fields")
    path = file(
        tmp_path, "a.warc", plain(info, record(1, image), record(2, b"GET / HTTP/1.1\r\n\r\n", "request"), record(3))
    )
    assert [item.url for item in items(path)] == ["http://news.example/3"]


def test_a_file_without_pages_says_so(tmp_path: Path) -> None:
    assert "no HTML page" in str(skipped(file(tmp_path, "a.warc", record(1, kind="request")))[0].error)


@pytest.mark.parametrize(
    ("headers", "wire"),
    [
        (b"Transfer-Encoding: chunked\r\n", chunked(b"<p>Words, and more words.</p>")),
        (b"Content-Encoding: gzip\r\n", gzip.compress(b"<p>Words, and more words.</p>")),
        (
            b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
            chunked(gzip.compress(b"<p>Words, and more words.</p>")),
        ),
        # crawlers that store what they decoded, with the headers as they came
        (b"Transfer-Encoding: chunked\r\n", b"<p>Words, and more words.</p>"),
        (b"Content-Encoding: gzip\r\n", b"<p>Words, and more words.</p>"),
        (b"Content-Encoding: br\r\n", b"<p>Words, and more words.</p>"),
    ],
)
def test_bodies_are_decoded_and_the_evidence_is_not(headers: bytes, wire: bytes, tmp_path: Path) -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + b"\r\n" + wire
    (item,) = items(file(tmp_path, "a.warc", record(1, block)))
    assert item.body == b"<p>Words, and more words.</p>"
    assert item.payload == block


def test_a_page_without_content_type_is_known_by_its_look(tmp_path: Path) -> None:
    bare = b"HTTP/1.1 200 OK\r\n\r\n<!DOCTYPE html><p>x</p>"
    style = b"HTTP/1.1 200 OK\r\n\r\nbody { color: red }"
    assert [i.origin[-2:] for i in items(file(tmp_path, "a.warc", plain(record(1, bare), record(2, style))))] == ["@0"]


@either_form
@pytest.mark.parametrize(
    "link",
    [
        {"WARC_Refers_To": record_id(1)},
        {"WARC_Refers_To_Target_URI": "http://news.example/1", "WARC_Refers_To_Date": "2020-01-02T03:04:01Z"},
        {"WARC_Payload_Digest": "sha1:ABC"},
    ],
)
def test_a_revisit_is_the_same_page_seen_again(made: Made, link: dict[str, str], tmp_path: Path) -> None:
    profile = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    again = record(3, b"HTTP/1.1 200 OK\r\n\r\n", "revisit", WARC_Profile=profile, **link)
    first = record(1, WARC_Payload_Digest="sha1:ABC")
    seen, seen_again = items(file(tmp_path, "a.warc", made(first, record(2, kind="request"), again)))
    assert seen_again.body == seen.body
    assert seen_again.captured_at == datetime(2020, 1, 2, 3, 4, 3, tzinfo=UTC)
    assert (seen_again.record_id, seen_again.revisit_of) == (record_id(3), record_id(1))


def test_a_revisit_of_something_elsewhere_is_said(tmp_path: Path) -> None:
    lone = record(1, b"", "revisit", WARC_Refers_To=record_id(7))
    assert "import the file that holds it too" in str(skipped(file(tmp_path, "a.warc", lone))[0].error)


def test_a_revisit_of_a_page_in_an_earlier_file(tmp_path: Path) -> None:
    file(tmp_path, "a.warc", record(1))
    file(tmp_path, "b.warc", record(2, b"", "revisit", WARC_Refers_To=record_id(1)))
    assert [item.record_id for item in items(tmp_path)] == [record_id(1), record_id(2)]


def test_a_revisit_of_an_image_is_passed_over(tmp_path: Path) -> None:
    image = record(1, HTML.replace(b"text/html; charset=utf-8", b"image/png"))
    again = record(2, b"HTTP/1.1 304 Not Modified\r\n\r\n", "revisit", WARC_Refers_To=record_id(1))
    assert len(items(file(tmp_path, "a.warc", plain(image, again, record(3))))) == 1


def test_a_file_in_one_gzip_member_says_what_to_do(tmp_path: Path) -> None:
    path = file(tmp_path, "a.warc.gz", gzip.compress(plain(record(1), record(2))))
    assert "compress each record by itself" in str(skipped(path)[0].error)


def test_our_own_records_say_what_they_are(tmp_path: Path) -> None:
    own = record(
        1,
        b"Version 4 | Version 5 |",
        "resource",
        Content_Type="text/plain",
        Writethru_Medium="news-sniffer",
        Writethru_Basis="relative",
        Writethru_Part="version 5",
        Writethru_Label="5",
        Writethru_Outlet="The Example",
        Writethru_Stated_Change="yes",
    )
    unnamed = record(2, b"Words.", "resource", Content_Type="text/plain", Writethru_Medium="dump", WARC_Target_URI="urn:sha256:ab")  # fmt: skip  # noqa: E501
    first, second = items(file(tmp_path, "a.warc", plain(own, unnamed)))
    assert (first.medium, first.basis, first.part, first.label) == (
        Medium.NEWS_SNIFFER,
        TimeBasis.RELATIVE,
        "version 5",
        "5",
    )
    assert (first.outlet, first.stated_change, first.payload) == ("The Example", True, b"Version 4 | Version 5 |")
    assert (second.url, second.medium, second.basis) == (None, Medium.DUMP, TimeBasis.STATED)


def test_a_response_that_we_imported_once_can_be_imported_again(tmp_path: Path) -> None:
    (item,) = items(file(tmp_path, "a.warc", record(1)))
    ours = record(2, item.payload, "resource", Content_Type=item.evidence_type, Writethru_Medium=item.medium.value)
    (again,) = items(file(tmp_path, "b.warc", ours))
    assert (again.payload, again.body, again.status) == (item.payload, item.body, item.status)
    assert (again.medium, again.content_type) == (item.medium, item.content_type)


@either_form
def test_a_cut_file_keeps_what_was_whole(made: Made, tmp_path: Path) -> None:
    first = made(record(1))
    found = read(file(tmp_path, "a.warc", (first + made(record(2, HTML + b"x" * 500)))[:-60]))
    assert isinstance(found[0], ImportItem)
    assert isinstance(found[1], Skipped)
    assert found[1].origin == f"{tmp_path}/a.warc@{len(first)}"


@either_form
def test_damage_costs_the_record_it_sits_in(made: Made, tmp_path: Path) -> None:
    records = [made(record(number)) for number in (1, 2, 3)]
    broken = bytearray(records[1])
    broken[0 if made is plain else len(broken) // 2] ^= 0xFF
    found = read(file(tmp_path, "a.warc", records[0] + bytes(broken) + records[2]))
    assert [f.url if isinstance(f, ImportItem) else "damaged" for f in found] == [
        "http://news.example/1",
        "damaged",
        "http://news.example/3",
    ]
    assert "a.warc@" in found[1].origin


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (record(1, WARC_Date="yesterday"), "WARC-Date"),
        (record(1, WARC_Target_URI="dns:news.example"), "not a web address"),
        (record(1, b"not http"), "without an HTTP status line"),
        (record(1, GZIPPED + b"\x1f\x8b\x08broken"), "damaged"),
        (record(1, HTML + b"x" * (17 * 2**20)), "over the limit"),
    ],
    ids=["date", "uri", "http", "coding", "size"],
)  # fmt: skip
def test_a_bad_record_is_named_and_the_rest_goes_in(made: bytes, words: str, tmp_path: Path) -> None:
    bad, good = read(file(tmp_path, "a.warc", plain(made, record(2))))
    assert isinstance(bad, Skipped)
    assert words in str(bad.error)
    assert f"{tmp_path}/a.warc@0" in str(bad.error)
    assert isinstance(good, ImportItem)


def test_a_bomb_in_a_body_is_refused(tmp_path: Path) -> None:
    bomb = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(
        b"a" * 50_000_000
    )
    assert isinstance(read(file(tmp_path, "a.warc", record(1, bomb)))[0], Skipped)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.sampled_from([plain, zipped]))
def test_any_damage_is_survived(tmp_path: Path, data: st.DataObject, made: Made) -> None:
    raw = bytearray(made(record(1), record(2, b"", "revisit", WARC_Refers_To=record_id(1)), record(3)))
    for _ in range(data.draw(st.integers(1, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = file(tmp_path, "a.warc.gz", bytes(raw[: data.draw(st.integers(0, len(raw)))]))
    list(read_items(path, now=NOW))
