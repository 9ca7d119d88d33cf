"""The canonical form of URLs: idempotent, and never one form for two articles."""

from __future__ import annotations

import string
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from writethru.errors import MalformedInput
from writethru.text.urls import MAX_URL_CHARS, TRACKING_NAMES, canonical, host_of, is_tracking, same_page_variants

SPELLINGS = [
    ("HTTPS://News.Example.COM/Story", "https://news.example.com/Story"),
    ("http://example.com:80/a", "http://example.com/a"),
    ("https://example.com:443/a", "https://example.com/a"),
    ("https://example.com:8443/a", "https://example.com:8443/a"),
    ("http://example.com:/a", "http://example.com/a"),
    ("http://example.com:0080/a", "http://example.com/a"),
    ("http://example.com", "http://example.com/"),
    ("http://example.com.", "http://example.com/"),
    ("http://example.com?a=1", "http://example.com/?a=1"),
    ("http://example.com/a/./b/../c", "http://example.com/a/c"),
    ("http://example.com/a/%2e%2E/c", "http://example.com/c"),
    ("http://example.com/a/..", "http://example.com/"),
    ("http://example.com/../../a", "http://example.com/a"),
    ("http://example.com/a//b", "http://example.com/a//b"),
    ("http://example.com/%7Ejo/%41%2f%c3%a9", "http://example.com/~jo/A%2F%C3%A9"),
    ("http://example.com/a b", "http://example.com/a%20b"),
    ("http://example.com/é", "http://example.com/%C3%A9"),
    ("http://example.com/100%", "http://example.com/100%25"),
    ("http://example.com/%%341", "http://example.com/%2541"),
    ('http://example.com/"<>\\^`{|}[]', "http://example.com/%22%3C%3E%5C%5E%60%7B%7C%7D%5B%5D"),
    ("http://example.com/a#comments", "http://example.com/a"),
    ("http://example.com/a#!/story/7", "http://example.com/a#!/story/7"),
    ("  http://example.com/a\n", "http://example.com/a"),
    ("http://example.com/a\tb\r\nc", "http://example.com/abc"),
    ("https://zürich.example/ä", "https://xn--zrich-kva.example/%C3%A4"),
    ("https://Straße.example/", "https://xn--strae-oqa.example/"),
    ("https://ex%61mple.com/", "https://example.com/"),
    ("http://[2001:DB8:0::1]:8080/", "http://[2001:db8::1]:8080/"),
    ("http://192.0.2.1/a", "http://192.0.2.1/a"),
    ("http://example.com/a?", "http://example.com/a"),
    ("http://example.com/a?b=2&a=1&b=1", "http://example.com/a?b=2&a=1&b=1"),
    ("http://example.com/a?utm_source=rss&id=7&fbclid=x", "http://example.com/a?id=7"),
    ("https://example.com/a?CMP=twt_gu", "https://example.com/a"),
    ("https://example.com/a?ns_mchannel=social", "https://example.com/a"),
    ("https://example.com/a?%75tm_source=x", "https://example.com/a"),
    ("https://www.nytimes.com/a.html?smid=tw-share", "https://www.nytimes.com/a.html"),
]


@pytest.mark.parametrize(("given_url", "wanted"), SPELLINGS)
def test_one_spelling(given_url: str, wanted: str) -> None:
    assert canonical(given_url) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.com/a", "http://example.com/a/"),
        ("http://example.com/a", "http://example.com/A"),
        ("http://example.com/a", "https://example.com/a"),
        ("http://example.com/a", "http://www.example.com/a"),
        ("http://example.com/a?id=1", "http://example.com/a?id=2"),
        ("http://example.com/a?id=1", "http://example.com/a?ID=1"),
        ("http://example.com/a?x=1&y=2", "http://example.com/a?y=2&x=1"),
        ("http://example.com/a/b", "http://example.com/a%2Fb"),
        ("http://example.com/a?q=b+c", "http://example.com/a?q=b%2Bc"),
        ("http://example.com/?p=1", "http://example.com/?p=1&page=2"),
        ("http://example.com/a?smid=1", "http://example.com/a?smid=2"),
        ("http://example.com/#!a", "http://example.com/#!b"),
        ("http://notnytimes.com/a?smid=1", "http://notnytimes.com/a?smid=2"),
    ],
)
def test_two_articles_stay_two(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com/a",
        "/a",
        "//example.com/a",
        "ftp://example.com/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "mailto:desk@example.com",
        "http://",
        "http:///a",
        "http://:80/",
        "http://user:secret@example.com/",
        "http://good.example\\@evil.example/",
        "http://example.com:99999/",
        "http://example.com:0/",
        "http://exa mple.com/",
        "http://example..com/",
        "http://-a.example/",
        "http://999.1.2.3/",
        "http://0x7f.1/",
        "http://[::1/",
        "http://[zz]/",
        "http://" + "a" * 64 + ".example/",
        "http://ex%00ample.com/",
        "http://xn--\u2603-.example\u0000/",
        "http://example.com/" + "a" * MAX_URL_CHARS,
    ],
)
def test_refused(url: str) -> None:
    with pytest.raises(MalformedInput):
        canonical(url)


def test_refusal_is_short_and_printable() -> None:
    with pytest.raises(MalformedInput) as caught:
        canonical("x\x1b[31m" * 10_000)
    assert len(str(caught.value)) < 400
    assert "\x1b" not in str(caught.value)


def test_host_of() -> None:
    assert host_of("http://NEWS.example.com:80/a") == "news.example.com"
    assert host_of("http://127.0.0.1:8001/a") == "127.0.0.1:8001"


def test_tracking_names_are_matched_whole_or_by_prefix() -> None:
    assert all(is_tracking(name) and name == name.lower() for name in TRACKING_NAMES)
    assert not is_tracking("id")
    assert not is_tracking("cmpnumber")
    assert is_tracking("partner", "www.nytimes.com")
    assert not is_tracking("partner", "example.com")


@pytest.mark.parametrize(
    ("url", "variants"),
    [
        ("https://example.com/a", ()),
        ("https://amp.example.com/a", ("https://example.com/a", "https://www.example.com/a")),
        ("https://m.example.co.uk/a", ("https://example.co.uk/a", "https://www.example.co.uk/a")),
        ("https://example.com/a/amp", ("https://example.com/a",)),
        ("https://example.com/a/amp/", ("https://example.com/a",)),
        ("https://example.com/a.amp", ("https://example.com/a",)),
        ("https://example.com/a.amp.html", ("https://example.com/a.html",)),
        ("https://example.com/a?amp=1&id=2", ("https://example.com/a?id=2",)),
        ("https://www.google.com/amp/s/example.com/a/amp", ("https://example.com/a/amp",)),
        ("https://example-com.cdn.ampproject.org/c/s/example.com/a", ("https://example.com/a",)),
        ("https://example.com/revamp", ()),
        ("https://example.com/amplifier", ()),
        ("https://www.google.com/maps", ()),
        ("https://m.com/a", ()),
    ],
)
def test_variants_are_hints(url: str, variants: tuple[str, ...]) -> None:
    assert same_page_variants(url) == variants


any_text = st.text(st.characters(codec=None), max_size=40)
url_like = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "HTTPS", "hTTp"]),
    st.sampled_from(["example.com", "EXAMPLE.com.", "bücher.example", "10.0.0.1", "[::1]", "example.com:80"]),
    st.text("/.%2eaAé \\?#&=" + string.hexdigits, max_size=30).map(lambda t: "/" + t),
    any_text.map(lambda t: "?" + t),
    any_text.map(lambda t: "#" + t),
)


@settings(deadline=None)
@given(st.one_of(any_text, url_like))
@example("http://example.com/%%341")
@example("http://example.com/%25%2e%2e/%%32%65/")
def test_idempotent_ascii_and_only_malformed_input(url: str) -> None:
    try:
        once = canonical(url)
    except MalformedInput:
        return
    assert canonical(once) == once
    assert once.isascii()
    assert once.isprintable()
    assert " " not in once
    assert urlsplit(once).hostname
    assert host_of(once) == host_of(url)
    for variant in same_page_variants(once):
        assert canonical(variant) == variant


PIECES = ["a", "A", "%61", "/", "%2F", "%2f", "é", "%C3%A9", " ", "%20", "+", "%2B", "%", "%25", ";", "="]
paths = st.lists(st.sampled_from(PIECES), max_size=3).map("".join)
queries = st.lists(st.tuples(st.sampled_from(["id", "ID", "q", "smid"]), st.sampled_from(PIECES)), max_size=2)


@settings(deadline=None, max_examples=500)
@given(paths, paths, queries, queries)
@example("%2F", "/", [], [])
@example("a", "%61", [("id", "%20")], [("id", " ")])
def test_equal_forms_name_the_same_resource(
    one: str, other: str, first: list[tuple[str, str]], second: list[tuple[str, str]]
) -> None:
    """Where canonical forms agree, so does what a server sees: decoded segments and parameters."""
    if canonical(_made(one, first)) == canonical(_made(other, second)):
        assert _segments(one) == _segments(other)
        assert [(name, unquote(value)) for name, value in first] == [(name, unquote(value)) for name, value in second]


def _made(path: str, query: list[tuple[str, str]]) -> str:
    return f"https://news.example/{path}?" + "&".join(f"{name}={value}" for name, value in query)


def _segments(path: str) -> list[str]:
    return [unquote(segment) for segment in path.split("/")]
