"""From evidence to an extraction: one reader per medium, the same for live looks, imports and rebuilds."""

from __future__ import annotations

from dataclasses import replace

from writethru.errors import InputError
from writethru.extraction import extract, extract_plain, news_sniffer
from writethru.extraction.wire_item import read_wire_item
from writethru.model import Extraction, Medium
from writethru.sources.versions_jsonl import VersionLine, read_line


def read(medium: Medium, body: bytes, *, url: str, content_type: str = "", part: str = "") -> Extraction:
    """Read one captured state.

    Args:
        medium: what kind of evidence ``body`` is.
        body: decoded bytes.
        url: where it stood; ``urn:`` where that is not known.
        content_type: as the server or the file stated it.
        part: which part of the body is meant (``version 4`` of a comparison page).

    Raises:
        InputError: the bytes are not what the medium says, or no text at all.
    """
    if medium is Medium.JSONL:
        return _read_line(read_line(body))
    if medium is Medium.NEWS_SNIFFER:
        return _read_column(body, part)
    if medium is Medium.WIRE:
        return read_wire_item(body, part)
    return extract(body, None if url.startswith("urn:") else url, content_type=content_type)


def _read_line(line: VersionLine) -> Extraction:
    """What the line states stands above what its page says."""
    if line.text is not None:
        read_text = extract_plain(line.text, headline=line.title)
    else:
        read_text = extract(line.html or "", line.url)
    stated = {
        "headline": line.title,
        "standfirst": line.standfirst,
        "byline": line.byline,
        "outlet": line.outlet,
        "published": line.published,
        "modified": line.modified,
        "language": line.language,
    }
    given = {name: value for name, value in stated.items() if value}
    provenance = {**read_text.provenance, **dict.fromkeys(given, "stated")}
    return replace(read_text, **given, provenance=provenance)  # type: ignore[arg-type]


def _read_column(body: bytes, part: str) -> Extraction:
    page = news_sniffer.parse(body)
    for number, extraction in ((page.old_number, page.old), (page.new_number, page.new)):
        if part == f"version {number}":
            return extraction
    raise InputError("the comparison page has no such part", key=part)
