"""Which URL and time a saved page states, and which it does not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.sources.saved_page import address_of

OLD = """<html><head>
<meta name="UKFS_URL" content="/1/hi/region/1234567.stm"><meta name="IFS_URL" content="/2/hi/region/1234567.stm">
{links}</head><body></body></html>"""
TWIN = '<link href="http://{host}/1/low/region/1234567.stm" rel="alternate" type="text/html" title="Low Graphics">'


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ('<link rel="canonical" href="https://news.example/a?utm_source=x">', "https://news.example/a"),
        ("<LINK HREF=https://news.example/a REL='nofollow Canonical'>", "https://news.example/a"),
        ('<meta property="og:url" content="https://news.example/a">', "https://news.example/a"),
        ('<meta property="og:url" content="https://news.example/b"><link rel="canonical" href="https://news.example/a">', "https://news.example/a"),  # noqa: E501
        ("<!-- saved from url=(0022)https://news.example/a -->", "https://news.example/a"),
        ('<!-- saved from url=(0022)https://news.example/a/b --><link rel="canonical" href="../c">', "https://news.example/c"),
        ('<base href="https://news.example/x/"><link rel="canonical" href="a">', "https://news.example/x/a"),
        ('<link rel="canonical" href="https://web.archive.org/web/20090405192601/http://news.example/a">', "http://news.example/a"),
        ('<!-- saved from url=(0022)https://web.archive.org/web/20090405192601/http://news.example/a -->', "http://news.example/a"),
        # not what it seems
        ('<link rel="canonical" href="/a">', None),
        ('<link rel="canonical" href="https://news.example/">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ('<!-- <link rel="canonical" href="https://news.example/a"> -->', None),
        ("<script>'<link rel=\"canonical\" href=\"https://news.example/a\">'</script>", None),
        ("<p>words</p>", None),
        ("", None),
    ],
)  # fmt: skip
def test_url(html: str, url: str | None) -> None:
    assert address_of(html).url == url


def test_a_reprint_stays_apart_from_its_source() -> None:
    address = address_of(
        '<!-- saved from url=(0022)https://reprint.example/b --><link rel="canonical" href="https://news.example/a">'
    )
    assert address.url == "https://reprint.example/b"
    assert address.aliases == ()
    assert any("https://news.example/a" in note for note in address.notes)


def test_the_place_it_was_saved_from_is_an_alias_on_the_same_site() -> None:
    address = address_of(
        '<!-- saved from url=(0022)https://m.news.example/a?x=1 --><link rel="canonical" href="https://www.news.example/a">'
    )
    assert (address.url, address.aliases) == ("https://www.news.example/a", ("https://m.news.example/a?x=1",))


@pytest.mark.parametrize(
    ("hosts", "url"),
    [
        (["news.example"], "http://news.example/1/hi/region/1234567.stm"),
        (["news.example", "news.example"], "http://news.example/1/hi/region/1234567.stm"),
        (["news.example", "other.example"], None),
        ([], None),
    ],
)
def test_old_pages_give_a_path_and_a_twin(hosts: list[str], url: str | None) -> None:
    html = OLD.format(links="".join(TWIN.format(host=host) for host in hosts))
    assert address_of(html).url == url


def test_a_twin_of_another_page_is_no_sign() -> None:
    html = OLD.format(links=TWIN.format(host="news.example").replace("1234567", "7654321"))
    assert address_of(html).url is None


def test_when_an_archive_or_a_program_saved_it() -> None:
    wayback = "<p>x</p><!-- FILE ARCHIVED ON 18:25:33 Aug 12, 2009 AND RETRIEVED FROM THE INTERNET ARCHIVE ON 1 -->"
    single = "<!--\n Page saved with SingleFile \n url: https://news.example/a \n saved date: Fri Sep 09 2016 20:01:33 GMT+0100 (BST)\n-->"  # noqa: E501
    assert address_of(wayback).saved_at == datetime(2009, 8, 12, 18, 25, 33, tzinfo=UTC)
    assert address_of(single).saved_at == datetime(2016, 9, 9, 19, 1, 33, tzinfo=UTC)
    assert address_of(single).url == "https://news.example/a"
    assert address_of(wayback.replace("Aug 12", "Foo 12")).saved_at is None


@settings(deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from(["<link ", "rel=canonical ", "href='", "http://", "x.example", "'>", "<!--", "-->", "saved from url=(1)"])).map("".join))  # fmt: skip  # noqa: E501
def test_any_characters(html: str) -> None:
    address_of(html)
