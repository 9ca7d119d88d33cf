"""What an archive says that it has: TimeMaps and CDX, well-formed and hostile; and what its answers are taken for."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.errors import InputError, MalformedInput
from writethru.mementos import accept_datetime
from writethru.sources.cdx import MAX_LINE_CHARS, read_cdx, replay_of
from writethru.sources.memento import Claim, Listed, claim_in, fields_of, plain_of, raw_of, same_article, why_not
from writethru.sources.timemap import read_timemap

ARTICLE = "https://post.example/2031/bridge"
PLACE = "https://archive.example/timemap/link/https://post.example/2031/bridge"
REPLAY = "https://archive.example/web/"
NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)
LATER = datetime(2031, 3, 4, 7, 30, 5, tzinfo=UTC)
FIRST, SECOND = f"{REPLAY}20310303120000/{ARTICLE}", f"{REPLAY}20310304073005/{ARTICLE}"
BOTH = (Listed(FIRST, NOON), Listed(SECOND, LATER))
LINKS = f"""<{ARTICLE}>; rel="original",
<https://archive.example/timegate/{ARTICLE}>; rel="timegate",
<{PLACE}>; rel="self"; type="application/link-format"; from="Mon, 03 Mar 2031 12:00:00 GMT",
<{FIRST}>; rel="first memento"; datetime="Mon, 03 Mar 2031 12:00:00 GMT"; title="a, b; c",
<{REPLAY}20310304073005id_/{ARTICLE}>;rel="last memento";datetime="Tue, 04 Mar 2031 07:30:05 GMT"
"""


def test_link_format() -> None:
    listing = read_timemap(LINKS.encode(), PLACE)
    assert listing.original == ARTICLE
    assert listing.mementos == BOTH
    assert listing.pages == ()
    assert listing.faults == ()


def test_json_of_aggregators_and_its_pages() -> None:
    form = {
        "original_uri": ARTICLE,
        "mementos": {
            "list": [
                {"datetime": "2031-03-03T12:00:00Z", "uri": FIRST},
                {"datetime": "2031-03-04T07:30:05Z", "uri": SECOND},
            ]
        },
        "pages": {"next": {"uri": "/timemap/json/2/" + ARTICLE}},
    }
    listing = read_timemap(json.dumps(form).encode(), PLACE)
    assert listing.mementos == BOTH
    assert listing.pages == (f"https://archive.example/timemap/json/2/{ARTICLE}",)
    assert read_timemap(json.dumps({**form, "pages": {}, "next": "/2"}).encode(), PLACE).pages == (
        "https://archive.example/2",
    )


@pytest.mark.parametrize(
    ("link", "pages"),
    [
        ('<https://archive.example/2>; rel="timemap"; from="Tue, 04 Mar 2031 12:00:00 GMT"', 1),
        ('<https://archive.example/2>; rel="next"', 1),
        ('<https://archive.example/2>; rel="timemap"; type="application/link-format"', 0),
        ('<https://archive.example/2>; rel="next"; type="application/cdxj+ors"', 0),
        (f'<{PLACE}>; rel="next"', 0),
    ],
)
def test_further_pages(link: str, pages: int) -> None:
    assert len(read_timemap(f"{LINKS},{link}".encode(), PLACE).pages) == pages


def test_an_index_of_timemaps_leads_to_all_of_them() -> None:
    index = "".join(f'<https://archive.example/{number}>; rel="timemap",' for number in range(3))
    listing = read_timemap(f'<{ARTICLE}>; rel="original",{index}'.encode(), PLACE)
    assert listing.pages == tuple(f"https://archive.example/{number}" for number in range(3))


ROWS = [
    ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"],
    ["example,post)/2031/bridge", "20310303120000", ARTICLE, "text/html", "200", "ABC", "1000"],
    ["example,post)/2031/bridge", "20310304073005", ARTICLE, "warc/revisit", "-", "ABC", "300"],
    ["example,post)/2031/bridge", "20310305000000", ARTICLE, "text/html", "301", "DEF", "300"],
]
AS_OBJECTS = [{"timestamp": row[1], "url": row[2], "status": row[4]} for row in ROWS[1:]]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ROWS),
        "\n".join(json.dumps(row) for row in AS_OBJECTS),
        "\n".join(f"example,post)/2031/bridge {row['timestamp']} {json.dumps(row)}" for row in AS_OBJECTS),
        " CDX N b a m s k S\n" + "\n".join(" ".join(row) for row in ROWS[1:]),
    ],
    ids=["json", "lines", "cdxj", "plain"],
)
def test_every_form_of_an_index_without_its_redirects(text: str) -> None:
    assert read_cdx(text.encode(), REPLAY).mementos == BOTH
    if text.startswith(("[", "{")):
        assert read_timemap(text.encode(), f"{REPLAY}timemap/json/{ARTICLE}").mementos == BOTH


@pytest.mark.parametrize("stamp", ["20310230120000", "2031", "99999999999999", "２０３１０３０３１２００００", "-"])
def test_a_row_with_a_wrong_time_is_named_and_the_rest_is_read(stamp: str) -> None:
    rows = [*ROWS[:3], ["k", stamp, ARTICLE, "text/html", "200", "X", "1"], [["deep"]], 7]
    listing = read_cdx(json.dumps(rows).encode(), REPLAY)
    assert listing.mementos == BOTH
    assert len(listing.faults) == 3


@pytest.mark.parametrize(
    "stated",
    [
        "Tue, 03 Mar 2031 12:00:00 GMT",
        "Mon, 31 Feb 2031 12:00:00 GMT",
        "2031-03-03",
        "2031-03-03T12:00:00",
        "0001-01-01T00:00:00+14:00",
        "yesterday",
        "",
    ],
)
def test_a_memento_with_a_wrong_time_is_named_and_the_rest_is_read(stated: str) -> None:
    listing = read_timemap(f'{LINKS},<{REPLAY}x>; rel="memento"; datetime="{stated}"'.encode(), PLACE)
    assert listing.mementos == BOTH
    assert len(listing.faults) == 1


@pytest.mark.parametrize(
    "uri", ["ftp://archive.example/1", "http://", "http://a.example/x y", "http://a.example/x\r\ny"]
)
def test_a_memento_at_an_impossible_address_is_named(uri: str) -> None:
    listing = read_timemap(f'{LINKS},<{uri}>; rel="memento"; datetime="Mon, 03 Mar 2031 12:00:00 GMT"'.encode(), PLACE)
    assert listing.mementos == BOTH
    assert len(listing.faults) == 1


@pytest.mark.parametrize("text", ["<html><body>no such page</body></html>", "Not found", "", "{", "[" * 100_000, "{}"])
def test_what_is_no_timemap_is_refused(text: str) -> None:
    with pytest.raises(MalformedInput):
        read_timemap(text.encode(), PLACE)


def test_megabytes_without_end_cost_no_more_than_reading_them() -> None:
    for text in (
        "<" * 2_000_000,
        "<a" * 1_000_000,
        f"<{'a' * 2_000_000}",
        '<a>;rel="' * 200_000,
        "<a>" + "; " * 700_000,
    ):
        with pytest.raises(MalformedInput):
            read_timemap(text.encode(), PLACE)
    listing = read_cdx(f"{json.dumps(AS_OBJECTS[0])}\n{'x' * (MAX_LINE_CHARS + 1)}".encode(), REPLAY)
    assert listing.mementos == BOTH[:1]
    assert "longer than" in listing.faults[0]


@settings(max_examples=60)
@given(st.text(alphabet='<>;="rel,memnto \n{}[]:0123', max_size=300).map(str.encode) | st.binary(max_size=300))
def test_garbage_is_read_or_refused(body: bytes) -> None:
    for read in (read_timemap, read_cdx):
        try:
            assert read(body, PLACE) == read(body, PLACE)
        except InputError:
            continue


def test_raw_and_plain_addresses() -> None:
    raw = f"{REPLAY}20310303120000id_/{ARTICLE}"
    assert raw_of(BOTH[0]) == raw
    assert plain_of(raw) == FIRST
    assert raw_of(Listed(FIRST, LATER)) == ""
    assert raw_of(Listed("https://archive.example/abc", NOON)) == ""
    assert replay_of("https://web.archive.example/cdx/search/cdx") == "https://web.archive.example/web/"
    assert replay_of("http://127.0.0.1:8080/news/cdx?x=1") == "http://127.0.0.1:8080/news/"
    assert replay_of("https://index.example/2031-10-index") == ""


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("http://www.post.example/2031/bridge/", True),
        ("https://POST.example:443/2031/Bridge", True),
        ("https://post.example/2031/bridge?page=2", False),
        ("https://post.example/", False),
        ("nonsense", False),
    ],
)
def test_the_same_article(other: str, same: bool) -> None:
    assert same_article(ARTICLE, other) is same


SAID = ("Memento-Datetime", "Mon, 03 Mar 2031 12:00:00 GMT")


@pytest.mark.parametrize(
    ("status", "headers", "redirected", "why"),
    [
        (200, (SAID,), False, ""),
        (404, (SAID,), False, ""),
        (200, (), False, "answered 200 and did not call it a memento"),
        (404, (), False, "answered 404 and did not call it a memento"),
        (200, (("memento-datetime", "Tue, 04 Mar 2031 07:30:05 GMT"),), False, "its memento of 2031-03-04"),
        (200, (("Memento-Datetime", "3 March"),), False, "no date"),
        (200, (SAID, ("Link", f'<{ARTICLE}>; rel="original"')), True, ""),
        (200, (SAID, ("Link", '<https://post.example/>; rel="original"')), False, "another address"),
        (200, (SAID,), True, "led elsewhere"),
    ],
)
def test_an_answer_is_what_it_says_of_itself(
    status: int, headers: tuple[tuple[str, str], ...], redirected: bool, why: str
) -> None:
    found = why_not(Claim(ARTICLE, NOON), status, headers, redirected=redirected)
    assert (why in found) if why else found == ""


def test_what_evidence_notes_of_a_memento_can_be_read_again() -> None:
    fields = fields_of(ARTICLE, BOTH[1])
    assert claim_in(fields["Writethru-Memento-Of"], fields["Writethru-Memento-At"]) == Claim(ARTICLE, LATER)
    assert claim_in(ARTICLE, "2031-03-03") is None
    assert claim_in("", "2031-03-03T12:00:00Z") is None
    assert claim_in("nonsense", "2031-03-03T12:00:00Z") is None
    assert accept_datetime(SAID[1]) == NOON
