"""The front door: kinds of input, plain texts, hostile pages, bounds."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.errors import UnknownKind
from writethru.extraction import explain, extract, extract_plain
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import read_known
from writethru.model import BlockKind

SENTENCE = "The bridge over the Lind will close to all traffic from the first of June, the county said. "


@given(st.text())
def test_plain_text_reads_back_exactly(text: str) -> None:
    assert extract_plain(text, headline="h").text == text


def test_plain_text_is_read_without_rules() -> None:
    read = extract_plain("By Jo Biddle\n\nRead more: here\n", headline="As given ")
    assert [block.text for block in read.blocks] == ["By Jo Biddle", "Read more: here"]
    assert (read.extractor, read.headline, read.byline) == ("plain/1", "As given ", "")


@given(st.binary(max_size=300))
def test_any_bytes_give_a_reading_or_a_clear_refusal(page: bytes) -> None:
    with suppress(UnknownKind):
        assert extract(page).extractor in ("page/7", "dump/3")


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div class='related'>",
                "</div>",
                "<h1>",
                "<li>",
                "<a href=x>",
                SENTENCE,
                "<br>",
                "<td>",
                "é\x00",
            ]
        )
    )
)
def test_broken_markup_gives_blocks_without_outer_space(parts: list[str]) -> None:
    read = extract("<html>" + "".join(parts))
    assert all(block.text and block.text == block.text.strip() for block in read.blocks)


@pytest.mark.parametrize("page", [b"", b"  \n\n ", b"\x00\x00", "", b"<html></html>", b"<!doctype html>"])
def test_empty_page_is_a_reading_with_a_note(page: bytes | str) -> None:
    read = extract(page)
    assert read.blocks == ()
    assert any("empty" in note or "no article text" in note for note in read.notes)


@pytest.mark.parametrize(
    ("page", "named"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x1f\x8b\x08", "gzip"),
        (bytes(range(1, 9)) * 40, "not text"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "rss"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
    ],
)
def test_what_is_no_page_is_refused_by_name(page: bytes, named: str) -> None:
    with pytest.raises(UnknownKind, match=named):
        extract(page)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nested tags": lambda: b"<div>" * 100_000 + SENTENCE.encode(),
    "nested inline tags": lambda: b"<p>" + b"<b>" * 100_000 + SENTENCE.encode(),
    "a million attributes": lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(1_000_000)) + b">x</p>",
    "many class names": lambda: b"".join(b'<p class="c%d">x</p>' % n for n in range(100_000)),
    "one word": lambda: b"<p>" + b"a" * 5_000_000,
    "breaks": lambda: b"<p>" + b"x<br>" * 200_000,
    "open scripts": lambda: b'<script type="application/ld+json">' + b"[" * 200_000 + b"</script><p>x</p>",
    "unclosed tags": lambda: b"<html>" + b"<path d='" * 100_000,
    "white space": lambda: b"<p>a" + b" " * 5_000_000 + b"b",
    "headings": lambda: b"<h1>Bridge to close</h1>" * 50_000,
    "text lines": lambda: (SENTENCE.encode() + b"\n\n") * 60_000,
    "open links": lambda: b"<a href=/x><div>word " * 50_000,
    "players": lambda: b"<iframe src=https://video.test/1></iframe>" * 50_000,
    "text encoded twice": lambda: "â\x80\x99".encode() * 700_000,
    "bylines": lambda: b"<h1>Bridge</h1>" + b"<p>by by by by 1 2 3 " * 50_000,
    "dates": lambda: b"<h1>Bridge</h1>" + b"<p>12 1 2 3 January 12:12:12 GMT + - " * 50_000,
    "own data": lambda: b'<script type="application/json">' + b'{"a":[' * 900 + b"1" + b"]}" * 900 + b"</script><p>x",
    "assignments": lambda: b"<script>" + b"__NEXT_DATA__={" * 100_000 + b"</script><p>x",
    "pipes": lambda: b"|" * 1_000_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_page_costs_bounded_time(kind: str) -> None:
    page = HOSTILE[kind]()
    start = time.process_time()
    extract(page)
    assert time.process_time() - start < 12


def test_a_page_of_fifty_megabytes_is_cut_with_a_note_and_little_memory() -> None:
    page = "<html><p>" + "word " * 10_000_000
    tracemalloc.start()
    read = extract(page)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert any("only the first" in note for note in read.notes)
    assert peak < 200_000_000


def test_the_running_text_begins_at_once_and_breaks_stay_single() -> None:
    read = extract(f"<html><h1>Bridge to close soon</h1><div><p>{SENTENCE}<br>{SENTENCE}</p><p>{SENTENCE}</p></div>")
    sentence = SENTENCE.strip()
    assert read.text == f"{sentence}\n{sentence}\n\n{sentence}"


def test_inline_markup_neither_joins_nor_parts_words() -> None:
    read = extract(f"<html><p>{SENTENCE}1<b>4</b>,000 <i>cars</i>\n <a href=x>cross</a>&nbsp;it<sup>2</sup>.</p>")
    assert read.text.endswith("14,000 cars cross\xa0it2.")


def test_explanation_escapes_the_page() -> None:
    shown = explain(f"<html><title>&lt;script&gt;1</title><p>{SENTENCE} &lt;img onerror=x&gt;</p>")
    assert "<script" not in shown
    assert "<img" not in shown
    assert "&lt;img onerror=x&gt;" in shown


def test_explanation_gives_a_reason_for_every_line_of_a_dump() -> None:
    shown = explain(f"Bridge to close soon\n\n{SENTENCE}\n\nShare\n")
    assert "line 5" in shown
    assert "control" in shown


def test_correction_note_is_a_block_of_its_own_wherever_it_stands() -> None:
    note = "<p>Correction: An earlier version of this article gave the wrong year.</p>"
    body = f"<p>{SENTENCE}</p>" * 4
    for page in (f"{note}{body}", f"{body}{note}", f"{body}<aside>{note}</aside>", f"{body}<footer>{note}</footer>"):
        read = extract(f"<html><article><h1>Bridge to close</h1>{page}</article>")
        assert [block.kind for block in read.blocks].count(BlockKind.NOTE) == 1


@pytest.mark.parametrize(
    ("head", "heading", "headline", "kicker"),
    [
        ("<title>Ferry fares to rise | Courier</title>", "<h1>Ferry fares to rise</h1>", "Ferry fares to rise", ""),
        (
            '<meta property="og:title" content="Ferry fares to rise">',
            '<h1><span class="kicker">Transport</span> Ferry fares to rise</h1>',
            "Ferry fares to rise",
            "Transport",
        ),
        (
            "<title>Jo's notes: Ferry fares to rise by a tenth</title>",
            "<h1>Jo's notes</h1>",
            "Ferry fares to rise by a tenth",
            "",
        ),
        ("<title>Ferry fares to rise by a tenth</title>", "<h1>Welcome</h1>", "Ferry fares to rise by a tenth", ""),
        (
            '<meta property="og:title" content="Ferry fares to rise">',
            "<h1>Ferry fares to rise <span>Posted on May 3 by Jo</span></h1>",
            "Ferry fares to rise",
            "",
        ),
    ],
)
def test_headline_and_kicker(head: str, heading: str, headline: str, kicker: str) -> None:
    text = "<p>Ferry fares between Norhaven and the islands will rise by a tenth in May, the operator said.</p>" * 3
    read = extract(f"{head}{heading}{text}")
    assert (read.headline, read.kicker) == (headline, kicker)


def test_a_doctype_written_without_a_space_still_opens_a_page() -> None:
    body = f"<p>{SENTENCE}</p>" * 4
    read = extract(f"<!doctypehtml><html dir=ltr><h1>Bridge to close</h1><article>{body}</article>")
    assert read.headline == "Bridge to close"
    assert read.extractor.startswith("page/")


@pytest.mark.parametrize(
    "opening",
    [
        '<?xml version="1.0"?><rss version="2.0">',
        '<?xml version="1.0"?>\n<?xml-stylesheet href="/f.xsl"?><!-- made by us --><feed xmlns="http://www.w3.org/2005/Atom">',
        "<!DOCTYPE rss PUBLIC 'x' 'y'><RSS>",
        "\ufeff <urlset>",
    ],
)
def test_a_feed_at_an_articles_address_is_refused_with_memory_too(opening: str) -> None:
    feed = f"{opening}<title>The Ledger</title><item><description>{SENTENCE}</description></item>".encode()
    for read in (lambda: extract(feed), lambda: read_known(feed, None, Knowledge())):
        with pytest.raises(UnknownKind, match="add it as a source"):
            read()


def test_a_page_that_opens_with_blanks_is_read_like_any_other() -> None:
    """Each further blank once doubled the time it took to see that this is no feed."""
    page = f"<!doctype html><h1>Bridge to close</h1><p>{SENTENCE}</p><p>{SENTENCE}</p>"
    assert extract("\r\n\t " * 500 + page).text == extract(page).text
    assert extract("<!-- -->" * 500 + page).text == extract(page).text
