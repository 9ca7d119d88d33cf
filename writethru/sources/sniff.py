"""What was given: told from the first bytes, and from the name only where bytes leave it open."""

from __future__ import annotations

import codecs
import json
import re
import zlib
from enum import StrEnum

from writethru.errors import UnknownKind
from writethru.evidence.packing import ZSTD_MAGIC, is_skipped
from writethru.evidence.packing import head_of as packed_head
from writethru.extraction.decoding import refuse_binary
from writethru.extraction.news_sniffer import is_comparison_page
from writethru.extraction.reader import is_html
from writethru.extraction.wire_item import is_wire_item

_GZIP = b"\x1f\x8b\x08"
_HEAD = 4096
_ZIP = b"PK\x03\x04"
_WACZ_PATHS = (b"archive/", b"pages/pages.jsonl", b"datapackage.json")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class InputKind(StrEnum):
    """Kinds of input; the words are shown to the user."""

    PAGE = "html page"
    DUMP = "text dump"
    NEWS_SNIFFER = "news-sniffer page"
    FEED = "feed"
    SITEMAP = "sitemap"
    OPML = "opml"
    JSONL = "versions jsonl"
    WARC = "warc"
    WACZ = "wacz"
    WIRE = "wire item"
    URL_LIST = "url list"
    DIRECTORY = "directory"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_XML_PROLOG = re.compile(r"\s*(?:(?:<!--.{0,4000}?-->|<\?[^>]*>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>)\s*)*", re.S)
_HTML_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|p|div|h[1-6]|article|main|section|table|td|meta|title|script|span|a|ul|br)\b",
    re.I,
)
"""Some other XML has tags too; a page has one of these."""

_ROOTS = (
    (re.compile(r"<(?:rss|feed|(?:\w+:)?RDF)[\s>]"), InputKind.FEED),
    (re.compile(r"<(?:urlset|sitemapindex)[\s>]"), InputKind.SITEMAP),
    (re.compile(r"<opml[\s>]", re.I), InputKind.OPML),
)
_JSON_LINE = re.compile(r'\{\s*"')
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version')
_VERSION_KEYS = re.compile(r'"(?:url|time|text|html)"\s*:')
_URL_LINE = re.compile(r"https?://\S+", re.I)
_DUMP_SUFFIXES = frozenset({"", ".txt", ".text", ".dump"})
_JSONL_SUFFIXES = (".jsonl", ".ndjson", ".jsonlines")
_CONTROL = dict.fromkeys(set(range(32)) - {9, 10, 11, 12, 13, 27})


def kind_of(head: bytes, name: str = "") -> InputKind:
    """The kind of an input.

    Args:
        head: its first bytes (64 KB are plenty); gzip is looked into.
        name: file name or URL path, for what the bytes leave open.

    Never raises: what nothing here can read is ``UNKNOWN``.
    """
    if head.startswith(_GZIP):
        head, name = inflated_head(head), re.sub(r"\.gz$", "", name, flags=re.I)
    elif head.startswith(ZSTD_MAGIC) or is_skipped(head):
        inside, suffix = packed_head(head, _HEAD), name.lower().endswith(".warc.zst")
        return InputKind.WARC if inside.startswith(b"WARC/") or suffix else InputKind.UNKNOWN
    if head.startswith(b"WARC/"):
        return InputKind.WARC
    if head.startswith(_ZIP) and (name.lower().endswith(".wacz") or any(path in head for path in _WACZ_PATHS)):
        return InputKind.WACZ
    text = _text(head)
    if text is None:
        return InputKind.UNKNOWN
    if is_wire_item(text):
        return InputKind.WIRE
    if not text.strip("\ufeff \t\r\n\f\v"):
        return InputKind.EMPTY
    return _text_kind(text.lstrip("\ufeff"), name)


def inflated_head(head: bytes, limit: int = 65_536) -> bytes:
    """The first bytes inside a gzip member, b"" when it is damaged from the start."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, limit)
    except zlib.error:
        return b""


def why_unknown(head: bytes, name: str = "") -> str:
    """A sentence for the user about an input of unknown kind."""
    inside = inflated_head(head) if head.startswith(_GZIP) else head
    try:
        refuse_binary(inside)
    except UnknownKind as error:
        return error.message
    if _text(inside) is None:
        return "these bytes are not text: give the HTML of a page or a text dump of it"
    return (
        f"nothing here reads a {_suffix(name) or 'such a'} file like this: give HTML, a text dump (.txt), "
        "versions JSONL, WARC, a feed or a list of URLs"
    )


def _text(head: bytes) -> str | None:
    """The head as characters, None where it is binary."""
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(codec, "replace")
    if head.count(0) * 4 > len(head):
        codec = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
        text = head.decode(codec, "replace")
    else:
        text = head.decode("utf-8", "replace") if _is_utf8(head) else head.decode("cp1252", "replace")
    controls = len(text) - len(text.translate(_CONTROL))
    return None if controls * 50 > len(text) else text


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _text_kind(text: str, name: str) -> InputKind:
    root = text[_XML_PROLOG.match(text).end() :]  # type: ignore[union-attr]  # every part is optional: it always matches
    for pattern, kind in _ROOTS:
        if pattern.match(root):
            return kind
    if text.lstrip().startswith("{"):
        return _json_kind(text.lstrip(), name)
    if _is_url_list(text):
        return InputKind.URL_LIST
    if is_comparison_page(text):
        return InputKind.NEWS_SNIFFER
    return InputKind.PAGE if _HTML_TAG.search(text) and is_html(text) else _by_name(name)


def _json_kind(text: str, name: str) -> InputKind:
    if _JSON_FEED.search(text[:4000]):
        return InputKind.FEED
    if name.lower().endswith(_JSONL_SUFFIXES):
        return InputKind.JSONL
    line = text.partition("\n")[0]
    if _JSON_LINE.match(text) and (_is_json_object(line) or len(line) == len(text)) and _VERSION_KEYS.search(line):
        return InputKind.JSONL
    return InputKind.UNKNOWN


def _is_json_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_url_list(text: str) -> bool:
    lines = [line.strip() for line in text.splitlines()]
    if len(lines) > 1 and not text.endswith("\n"):
        lines.pop()  # the head may cut it
    named = [line for line in lines if line and not line.startswith("#")]
    return bool(named) and all(_URL_LINE.fullmatch(line) for line in named)


def _suffix(name: str) -> str:
    match = re.search(r"\.[A-Za-z][A-Za-z0-9]{0,7}$", name)
    return match.group().lower() if match else ""


def _by_name(name: str) -> InputKind:
    suffix = _suffix(name)
    if suffix in _JSONL_SUFFIXES:
        return InputKind.JSONL
    if suffix in (".html", ".htm", ".xhtml", ".shtml", ".stm"):
        return InputKind.PAGE
    return InputKind.DUMP if suffix in _DUMP_SUFFIXES else InputKind.UNKNOWN
