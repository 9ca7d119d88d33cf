"""The press's own page gives its text back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from writethru.press import Article, Site, Version, as_shown
from writethru.press.furniture import Furniture
from writethru.press.plays import Sheet
from writethru.press.template import TextCopy

START = datetime(2024, 1, 5, tzinfo=UTC)
printable = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.just("\n"), max_size=200)


def printed(headline: str, text: str) -> bytes:
    version = Version(START, headline, TextCopy(headline, text), published=START)
    article = Article.of("post.example", "/a", [version])
    site = Site("post.example", 'The "Post" & Co', {"/a": article})
    return version.copy.print(Sheet(site, article, version, START, Furniture()))


@given(headline=printable.filter(lambda t: "\n" not in t), text=printable)
def test_headline_and_paragraphs_come_back_character_for_character(headline: str, text: str) -> None:
    page = html.document_fromstring(printed(headline, text).decode(), parser=html.HTMLParser(huge_tree=True))
    paragraphs = [p.text_content() for p in page.xpath('//div[@class="article-body"]/p')]
    assert "\n\n".join(paragraphs) == as_shown(text)
    assert (page.findtext(".//h1") or "") == headline
    metadata = json.loads(page.xpath('//script[@type="application/ld+json"]')[0].text)
    assert (metadata["headline"], metadata["publisher"]["name"]) == (headline, 'The "Post" & Co')


@given(st.text())
def test_what_a_page_can_show_is_stable(text: str) -> None:
    assert as_shown(as_shown(text)) == as_shown(text)


def test_every_line_is_a_paragraph_and_the_number_of_newlines_is_lost() -> None:
    assert as_shown("  One.\nTwo.\n\n\nThree.\n") == "One.\n\nTwo.\n\nThree."


def test_no_text_can_leave_its_place() -> None:
    page = printed("</script><script>alert(1)</script>", '<img src=x onerror="alert(1)">').decode()
    assert "<script>alert" not in page
    assert "<img" not in page


def test_half_a_character_does_not_stop_the_press() -> None:
    assert b"caf?" in printed("x", "caf\ud800")
