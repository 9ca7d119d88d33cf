"""The pages: complete, plain about what is known, accessible, harmless."""

from __future__ import annotations

import re
from typing import cast

import pytest
from starlette.testclient import TestClient

from tests.web.accessible import faults, parsed
from tests.web.fakes import FakeArchive, Look
from tests.web.texts import article, undated
from writethru.archive import Archive
from writethru.comparison import Kind
from writethru.model import Outcome, Reason, TimeBasis
from writethru.web import create_app

PAGES = [
    "/",
    "/?cursor=10",
    "/?cursor=40",
    "/?kind=figure&order=significant",
    "/?outlet=1&kind=headline&section=Business&since=2031-03-01&until=2031-03-09",
    "/articles",
    "/articles/1",
    "/articles/2",
    "/articles/3",
    "/articles/4",
    "/articles/5",
    "/articles/5/versions/1",
    "/articles/4/versions/2",
    "/articles/5/changes/1",
    "/articles/5/changes/2",
    "/articles/5/changes/2?view=inline",
    "/articles/5/changes/2?view=side",
    "/articles/4/changes/1",
    "/articles/3/changes/1",
    "/articles/5/compare?old=1&new=3",
    "/articles/5/compare?old=2&new=2",
    "/articles/1/sentences",
    "/articles/4/sentences",
    "/articles/5/sentences",
    "/watching",
    "/about",
]
ERRORS = [
    ("/nothing", 404, "not_found"),
    ("/articles/99", 404, "not_in_archive"),
    ("/articles/x", 404, "not_found"),
    ("/articles/99999999999999999999", 404, "not_found"),
    ("/articles/5/changes/77", 404, "not_in_archive"),
    ("/articles/99/sentences", 404, "not_in_archive"),
    ("/articles/5/compare?old=1", 400, "input"),
    ("/articles/5/compare?old=1&new=9", 404, "not_in_archive"),
    ("/articles/5/changes/1?view=upside-down", 400, "input"),
    ("/?cursor=zero", 400, "input"),
    ("/?kind=bad", 400, "input"),
    ("/?outlet=99", 400, "input"),
    ("/?outlet=one", 400, "input"),
    ("/?since=yesterday", 400, "input"),
    ("/?order=up", 400, "input"),
    ("/?section=" + 81 * "x", 400, "input"),
    ("/captures/999999/raw", 404, "not_in_archive"),
    ("/captures/47/raw", 500, "evidence"),
]


def text_of(client: TestClient, path: str) -> str:
    """The words of the main part of a page, in one line."""
    main = parsed(client.get(path).text).xpath("//main")[0]
    return " ".join(main.text_content().split())


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert faults(answer.text) == []


@pytest.mark.parametrize(("path", "status", "code"), ERRORS)
def test_errors_are_pages_with_their_code(client: TestClient, path: str, status: int, code: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert f"Error code <code>{code}</code>" in answer.text
    assert faults(answer.text) == []


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/feed.atom", "/api/v1/status", "/static/style.css"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_inline_or_from_elsewhere(client: TestClient, path: str) -> None:
    tree = parsed(client.get(path).text)
    assert not tree.xpath("//style | //@style | //script[not(@src)] | //iframe | //object | //base")
    assert not [name for name in tree.xpath("//@*/..") if any(key.startswith("on") for key in name.attrib)]
    loaded = tree.xpath("//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //img/@src")
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


@pytest.mark.parametrize(
    "path",
    [
        "/?cursor=40",
        "/articles",
        "/articles/4",
        "/articles/4/versions/1",
        "/articles/4/changes/1",
        "/articles/4/sentences",
    ],
)
def test_a_hostile_article_stays_text(client: TestClient, path: str) -> None:
    page = client.get(path).text
    tree = parsed(page)
    assert "alert(" in page
    assert not tree.xpath("//b | //script[not(starts-with(@src, '/static/'))] | //img")
    assert not tree.xpath("//a[starts-with(@href, 'javascript')]")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", page)


def test_river_shows_the_words_that_changed_with_context(client: TestClient) -> None:
    entry = parsed(client.get("/").text).xpath("//article")[1]
    assert entry.xpath("string(.//del)") == "[removed: 41] "
    assert entry.xpath("string(.//ins)") == "[added: 42] "
    words = " ".join(entry.xpath(".//p[@class='words']")[0].text_content().split())
    assert words.startswith("Storm toll rises to")
    assert words.endswith("as rescue boats return")


def test_river_gives_the_observed_interval_never_an_instant(client: TestClient) -> None:
    page = parsed(client.get("/").text)
    (margin, *_) = [p for p in page.xpath("//p[@class='interval']") if "19:25" in p.text_content()]
    assert margin.text_content() == "between 2 Mar 19:25 and 3 Mar 05:05"
    assert margin.get("title") == "Observed after 2031-03-02 19:25 UTC and not later than 2031-03-03 05:05 UTC"
    assert margin.xpath("time/@datetime") == ["2031-03-02T19:25:00Z", "2031-03-03T05:05:00Z"]


def test_river_pages_follow_each_other_to_the_end(client: TestClient) -> None:
    path, seen = "/", []
    while path:
        tree = parsed(client.get(path).text)
        seen += tree.xpath("//article//h3/a/@href")
        path = next(iter(tree.xpath("//nav[@class='pager']/a[@rel='next']/@href")), "")
    assert len(seen) == len(set(seen)) == 44


def test_changes_are_counted_from_appearances(client: TestClient) -> None:
    assert "3 versions, 3 changes, one of them a return" in text_of(client, "/articles/5")
    assert "40 versions, 39 changes" in text_of(client, "/articles/2")
    assert "1 version, no changes" in text_of(client, "/articles/1")


def test_article_tells_what_is_known_and_what_is_not(client: TestClient) -> None:
    text = text_of(client, "/articles/5")
    for words in (
        "no date on the page",
        "0.35 × the time since the last change",
        "a bot check was shown in place of the article",
        "the answer took too long",
        "return to an earlier text",
        "Atom feed",
    ):
        assert words in text


def test_equal_looks_in_a_row_are_one_line(client: TestClient) -> None:
    table = parsed(client.get("/articles/5").text).xpath("//section[@aria-labelledby='looks']//tbody/tr")
    assert len(table) == 10
    assert sum(int(row.xpath("string(td[1])")) for row in table) == 13


def test_moves_are_linked_both_ways(client: TestClient) -> None:
    tree = parsed(client.get("/articles/5/changes/2").text)
    links = tree.xpath("//a[@class='twin']/@href")
    assert len(links) == 2
    for link in links:
        place = tree.xpath(f"//*[@id='{link[1:]}']")[0]
        assert place.xpath(".//a[@class='twin']/@href")[0] in set(links) - {link}


def test_unchanged_stretches_are_folded(client: TestClient) -> None:
    tree = parsed(client.get("/articles/3/changes/1").text)
    assert tree.xpath("//details[@class='fold'][not(@open)]/summary")


def test_no_visible_difference_is_said_plainly(client: TestClient) -> None:
    assert "No visible difference: the two texts are equal" in text_of(client, "/articles/5/compare?old=2&new=2")


def test_change_page_cites_both_texts_and_the_interval(client: TestClient) -> None:
    tree = parsed(client.get("/articles/5/changes/2").text)
    for name in ("cite-plain", "cite-markdown"):
        citation = tree.xpath(f"string(//textarea[@id='{name}'])")
        assert "after 2031-03-02 15:25 UTC and not later than 2031-03-02 18:05 UTC" in citation
        assert "https://record.example/articles/5/changes/2" in citation
        assert len(re.findall(r"SHA-256 [0-9a-f]{12}\b", citation)) == 2


def test_sentences_tell_what_brought_them_and_what_was_lost(client: TestClient) -> None:
    tree = parsed(client.get("/articles/5/sentences").text)
    standing = [" ".join(item.text_content().split()) for item in tree.xpath("//section[1]/ol/li")]
    assert any("Since version 2: reworded with change 1" in item and "12 of its piles" in item for item in standing)
    lost = [" ".join(item.text_content().split()) for item in tree.xpath("//section[2]/ol/li")]
    assert all("gone with change" in item for item in lost)
    assert tree.xpath("//a[@href='/articles/5/changes/1']")


def test_neighbouring_changes_are_linked(client: TestClient) -> None:
    tree = parsed(client.get("/articles/5/changes/2").text)
    assert tree.xpath("//a[@rel='prev']/@href") == ["/articles/5/changes/1"]
    assert tree.xpath("//a[@rel='next']/@href") == ["/articles/5/changes/3"]


def test_about_explains_every_code(client: TestClient) -> None:
    tree = parsed(client.get("/about").text)
    ids = set(tree.xpath("//@id"))
    assert {f"outcome-{outcome.value}" for outcome in Outcome} <= ids
    assert {f"reason-{reason.value}" for reason in Reason} <= ids
    assert {f"kind-{kind.value}" for kind in Kind} <= ids


def test_raw_bytes_are_handed_over_and_never_rendered(client: TestClient) -> None:
    answer = client.get("/captures/1/raw")
    assert answer.headers["content-type"] == "text/plain"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")


def test_an_unchanged_page_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/articles/5")
    again = client.get("/articles/5", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_pages_answer_head(client: TestClient) -> None:
    answer = client.head("/articles/5")
    assert (answer.status_code, answer.content) == (200, b"")


def test_the_first_page_is_light(client: TestClient) -> None:
    paths = ["/", *re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/").text)]
    sizes = [int(client.get(path, headers={"accept-encoding": "gzip"}).headers["content-length"]) for path in paths]
    assert sum(sizes) < 30_000


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        (TimeBasis.RELATIVE, "35 minutes apart; the absolute times are not known"),
        (TimeBasis.IMPORTED, "imported; when the text was seen is not known"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/articles/1", "/articles/1/changes/1"])
def test_dates_that_are_not_known_are_not_shown_as_known(path: str, basis: TimeBasis, words: str) -> None:
    archive = FakeArchive()
    undated(archive, basis)
    client = TestClient(create_app(cast(Archive, archive)))
    text = text_of(client, path)
    assert words in text
    shown = re.findall(r"(\S+ \S+) (2031-03-02 14:\d\d UTC)", text)
    said = {"later than", "Observed before", "Observed: before", "UTC. Observed", '"observed": "before'}
    assert {before for before, _ in shown} <= said
    assert '<time datetime="2031-03-02' not in client.get(path).text


def test_a_difference_of_typography_only_is_said_plainly() -> None:
    archive = FakeArchive()
    texts = [article("Pier shut", f"The board{sign}s pier is shut.") for sign in "'’"]
    archive.play([Look(60 * number, text) for number, text in enumerate(texts)])
    with TestClient(create_app(cast(Archive, archive))) as client:
        assert "The words are the same: only typography" in text_of(client, "/articles/1/changes/1")
        assert "The words are the same" not in text_of(client, "/articles/1/compare?old=1&new=1")


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/nothing", 404, "There is no such page"),
        ("/articles/99", 404, "There is no such page"),
        ("/?outlet=none", 400, "This cannot be answered"),
        ("/web/broken", 500, "A fault of ours"),
    ],
)
def test_an_error_says_what_to_do(client: TestClient, path: str, status: int, title: str) -> None:
    """The memory of the tests has no mementos: asking for one is a fault of ours."""
    answer = client.get("/timegate/https://x.example/" if status == 500 else path)
    assert (answer.status_code, faults(answer.text)) == (status, [])
    page = parsed(answer.text)
    assert page.xpath("string(//h1)") == title
    assert not page.xpath("string(//p[@class='lede'])")[:1].islower(), "a sentence begins with a capital"
    assert f", status {status}" in page.xpath("string(//main)")
    assert bool(page.xpath("//main//form[@action='/search']")) == (status == 404)
    assert {"/", "/articles", "/about"} <= set(page.xpath("//main//a/@href"))
