"""Files and folders of any kind, read as a stream of states, URLs to watch, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from writethru.errors import InputError, MalformedInput, UnknownKind
from writethru.extraction import news_sniffer
from writethru.extraction.decoding import Decoded, decode
from writethru.model import Medium, TimeBasis
from writethru.sources.files import Opened, opened, read_page_bytes, walk
from writethru.sources.found import Found, FoundKind, FoundUrl, ImportItem, Skipped
from writethru.sources.limits import MAX_REPORTS
from writethru.sources.saved_page import address_of
from writethru.sources.sniff import InputKind, kind_of, why_unknown
from writethru.sources.url_list import read_url_list
from writethru.sources.versions_jsonl import read_versions_jsonl
from writethru.sources.warc import KnownRecords, read_warc
from writethru.sources.wire_files import read_wire_file
from writethru.text.urls import canonical


def read_items(path: Path, *, now: datetime) -> Iterator[Found]:
    """Everything that a file or a folder holds.

    Streams: memory is bounded by the largest single page, not by the file. A bad line, file
    or record is yielded as ``Skipped`` with its place, and reading goes on. Never raises an
    ``InputError``: a path that does not exist is ``Skipped`` too.

    Args:
        path: a file of any known kind, or a folder of such files (read in sorted order).
        now: time of import, UTC: the upper bound for states that have no time of their own.
    """
    run = _Run(now.astimezone(UTC))
    for file in walk(Path(path)):
        if isinstance(file, Skipped):
            yield file
        else:
            yield from _read_file(file, run)


@dataclass(frozen=True, slots=True)
class _Run:
    """What the readers of one ``read_items`` share: the time of import and the WARC records met so far."""

    now: datetime
    warc: KnownRecords = field(default_factory=KnownRecords)


def _read_file(path: Path, run: _Run) -> Iterator[Found]:
    try:
        file = opened(path)
    except InputError as error:
        yield Skipped(str(path), error)
        return
    with file.stream:
        try:
            reader = _READERS.get(kind_of(file.head, path.name), _refuse_unknown)
            yield from _with_bounded_reports(reader(file, run), path)
        except InputError as error:
            yield Skipped(str(path), error)


def _with_bounded_reports(found: Iterator[Found], path: Path) -> Iterator[Found]:
    """All that was found, but not more than ``MAX_REPORTS`` complaints about one file."""
    good = bad = 0
    for item in found:
        good, bad = good + (not isinstance(item, Skipped)), bad + isinstance(item, Skipped)
        if bad <= MAX_REPORTS or not isinstance(item, Skipped):
            yield item
        elif not good:
            raise MalformedInput(f"{MAX_REPORTS:,} bad places and nothing good: given up", key=path)
    if bad > MAX_REPORTS:
        yield Skipped(str(path), MalformedInput(f"{bad - MAX_REPORTS:,} more bad places, not named", key=path))


def _refuse_unknown(file: Opened, run: _Run) -> Iterator[Found]:  # noqa: ARG001
    raise UnknownKind(why_unknown(file.head, file.path.name), key=file.path)


def _refuse_empty(file: Opened, run: _Run) -> Iterator[Found]:  # noqa: ARG001
    raise MalformedInput("the file is empty", key=file.path)


def _read_page(file: Opened, run: _Run) -> Iterator[Found]:
    payload = read_page_bytes(file)
    characters = _decoded(payload, file)
    address = address_of(characters.text)
    yield ImportItem(
        url=address.url,
        captured_at=address.saved_at or run.now,
        basis=TimeBasis.STATED if address.saved_at else TimeBasis.IMPORTED,
        medium=Medium.PAGE,
        payload=payload,
        content_type="text/html",
        origin=str(file.path),
        aliases=address.aliases,
        notes=(*characters.notes, *address.notes),
    )


def _read_dump(file: Opened, run: _Run) -> Iterator[Found]:
    payload = read_page_bytes(file)
    yield ImportItem(
        url=None,
        captured_at=run.now,
        basis=TimeBasis.IMPORTED,
        medium=Medium.DUMP,
        payload=payload,
        content_type="text/plain",
        origin=str(file.path),
        notes=_decoded(payload, file).notes,
    )


def _decoded(payload: bytes, file: Opened) -> Decoded:
    try:
        return decode(payload)
    except UnknownKind as error:
        raise UnknownKind(error.message, key=file.path) from None


def _read_comparison(file: Opened, run: _Run) -> Iterator[Found]:
    """A News Sniffer page: two states of one article, of which only the gap in time is known."""
    payload = read_page_bytes(file)
    try:
        page = news_sniffer.parse(payload)
    except InputError as error:
        line = error.line if isinstance(error, MalformedInput) else None
        raise MalformedInput(error.message, key=file.path, line=line) from None
    gap = page.gap
    basis = TimeBasis.IMPORTED if gap is None else TimeBasis.RELATIVE
    shared = ImportItem(
        url=canonical(page.url) if page.url else None,
        captured_at=run.now,
        basis=basis,
        medium=Medium.NEWS_SNIFFER,
        payload=payload,
        content_type="text/html" if payload.lstrip()[:1] == b"<" else "text/plain",
        origin=str(file.path),
        outlet=page.outlet,
        notes=page.notes,
    )
    old, new = page.old_number, page.new_number
    yield replace(shared, captured_at=run.now - (gap or timedelta()), part=f"version {old}", label=str(old))
    yield replace(shared, part=f"version {new}", label=str(new), stated_change=True)


def _read_jsonl(file: Opened, run: _Run) -> Iterator[Found]:  # noqa: ARG001
    return read_versions_jsonl(file)


def _read_urls(file: Opened, run: _Run) -> Iterator[Found]:  # noqa: ARG001
    return read_url_list(file)


def _read_warc(file: Opened, run: _Run) -> Iterator[Found]:
    return read_warc(file, run.warc)


def _read_wacz(file: Opened, run: _Run) -> Iterator[Found]:
    from writethru.sources.wacz import read_wacz

    return read_wacz(file, run.warc)


def _read_wire(file: Opened, run: _Run) -> Iterator[Found]:  # noqa: ARG001
    return read_wire_file(file)


def _read_feed(file: Opened, run: _Run) -> Iterator[Found]:  # noqa: ARG001
    """A saved feed: its articles are to be watched; where it stood is not known."""
    from writethru.sources.feeds import read_feed

    feed = read_feed(read_page_bytes(file), "", "")
    for entry in feed.entries:
        yield FoundUrl(entry.url, FoundKind.ARTICLE, str(file.path), outlet=feed.outlet, title=entry.title)


def _read_opml(file: Opened, run: _Run) -> Iterator[Found]:  # noqa: ARG001
    from writethru.sources.opml import read_opml

    for outline in read_opml(read_page_bytes(file)):
        yield FoundUrl(outline.url, FoundKind.FEED, str(file.path), title=outline.title)


def _read_sitemap(file: Opened, run: _Run) -> Iterator[Found]:  # noqa: ARG001
    from writethru.sources.sitemaps import read_sitemap

    sitemap = read_sitemap(read_page_bytes(file))
    for entry in sitemap.entries:
        yield FoundUrl(entry.url, FoundKind.ARTICLE, str(file.path), outlet=entry.outlet, title=entry.title)
    for url in sitemap.children:
        yield FoundUrl(url, FoundKind.SITEMAP, str(file.path))


Reader = Callable[[Opened, _Run], Iterator[Found]]

_READERS: dict[InputKind, Reader] = {
    InputKind.PAGE: _read_page,
    InputKind.DUMP: _read_dump,
    InputKind.NEWS_SNIFFER: _read_comparison,
    InputKind.JSONL: _read_jsonl,
    InputKind.WARC: _read_warc,
    InputKind.WACZ: _read_wacz,
    InputKind.WIRE: _read_wire,
    InputKind.URL_LIST: _read_urls,
    InputKind.FEED: _read_feed,
    InputKind.OPML: _read_opml,
    InputKind.SITEMAP: _read_sitemap,
    InputKind.EMPTY: _refuse_empty,
}
