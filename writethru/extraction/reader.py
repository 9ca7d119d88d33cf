"""The front door: what was given, and which reader reads it."""

from __future__ import annotations

import re
from dataclasses import replace

from writethru.errors import UnknownKind
from writethru.extraction.decoding import Decoded, decode
from writethru.model import ArticleText, Extraction

PLAIN_EXTRACTOR = "plain/1"

_OPENS = re.compile(r"\A\s*<(?:!doctype|!--|[?/]?[a-z])", re.I)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,500})?/?>", re.I)
_CHARS_PER_TAG = 60  # HTML has a tag at least so often; a text that merely quotes tags has fewer
_FEED = re.compile(
    # Possessive: what opens a file is read once, or a page that begins with forty blanks would take years.
    r"\A(?:\s++|<\?xml[^>]*+>|<!--.*?-->|<!DOCTYPE\s+rss[^>]*+>)*+<(rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]",
    re.S | re.I,
)
_COMPARISON = "This article is from the source"  # how a News Sniffer page opens
_HEAD = 20_000


def extract(
    page: bytes | str, url: str | None = None, *, content_type: str = "", recurring: frozenset[str] = frozenset()
) -> Extraction:
    """Read one page, HTML or a text dump of it; decides by itself which it is.

    Args:
        page: raw bytes as received, or characters.
        url: where it came from, if known; used to make relative links absolute.
        content_type: the HTTP header's value, or "".
        recurring: of a page saved as text, what ``recurring_lines`` says the outlet's other pages have too.

    Returns:
        What could be read; an empty page gives an Extraction with notes. Of a News Sniffer
        version-comparison page: the newer version, and a note that says so.

    Raises:
        UnknownKind: not a page at all (PDF, image, archive, feed).
        MalformedInput: a version-comparison page whose table is cut short.
    """
    decoded = decode(page, content_type)
    refuse_feed(decoded.text, url)
    read = _read(decoded, url, content_type, recurring)
    return replace(read, notes=(*decoded.notes, *read.notes)) if decoded.notes else read


def extract_plain(text: str, *, headline: str = "", published: str | None = None, outlet: str = "") -> Extraction:
    """The Extraction of a text that is an article already; ``.text`` gives ``text`` back exactly.

    Args:
        text: paragraphs separated by newlines; no rule is applied to it.
        headline: kept as given.
        published: as its source states it (ISO 8601), or None.
        outlet: name, or "".
    """
    article = ArticleText.from_plain(text, headline=headline)
    given = {"headline": headline, "published": published, "outlet": outlet}
    return Extraction(
        PLAIN_EXTRACTOR,
        headline=headline,
        published=published,
        outlet=outlet,
        blocks=article.blocks,
        tail=article.tail,
        provenance={name: "given" for name, value in given.items() if value},
    )


def refuse_feed(text: str, url: str | None) -> None:
    """Raise UnknownKind where a feed or a sitemap stands instead of a page, at an article's address too."""
    if feed := _FEED.match(text[:_HEAD]):
        raise UnknownKind(f"this is a <{feed.group(1)}> file, not an article page: add it as a source", key=url or "")


def is_html(text: str, content_type: str = "") -> bool:
    """Whether the characters are HTML rather than a page saved as plain text."""
    if _OPENS.match(text):
        return True
    head = text[:_HEAD]
    tags = len(_TAG.findall(head))
    return tags > 0 and ("html" in content_type or tags * _CHARS_PER_TAG > len(head))


def _read(decoded: Decoded, url: str | None, content_type: str, recurring: frozenset[str]) -> Extraction:
    if _COMPARISON in decoded.text[:_HEAD]:
        from writethru.extraction import news_sniffer

        if news_sniffer.is_comparison_page(decoded.text):
            page = news_sniffer.parse(decoded.text)
            note = (
                f"a comparison of versions {page.old_number} and {page.new_number}; this is version {page.new_number}"
            )
            return replace(page.new, notes=(note, *page.new.notes))
    # Readers are imported when needed: lxml costs start-up time that a text dump does not owe.
    if is_html(decoded.text, content_type):
        from writethru.extraction.page import read_page

        return read_page(decoded.text, url)
    from writethru.extraction.dump import read_dump

    return read_dump(decoded.text, url, recurring)
