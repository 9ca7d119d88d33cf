"""WARC files (ISO 28500), ours or anybody's: the pages in them as states to import.

Responses and resources that are HTML leave, and whatever our own records say they are;
images, scripts and the like are passed over. Damage costs the record it sits in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from writethru.errors import BrokenResponse, InputError, MalformedInput, TooLarge
from writethru.fetch.coding import DecodeLimits, Head, decode_content, head_end, parse_head, unframe
from writethru.fetch.exchange import POSTPONED
from writethru.model import EvidenceRef, Medium, TimeBasis
from writethru.sources.discover import Page, discover
from writethru.sources.files import Opened, too_large
from writethru.sources.found import ImportItem, Skipped
from writethru.sources.limits import MAX_PAGE_BYTES, MAX_RATIO
from writethru.sources.memento import AT, OF, claim_in, why_not
from writethru.sources.sniff import InputKind, kind_of
from writethru.sources.warc_records import Record, record_at, records_of
from writethru.text.urls import canonical

_HTML_TYPES = ("text/html", "application/xhtml+xml")
_OURS = "writethru-on-behalf"
_ERROR = "writethru-exchange-error"
_DECODING = DecodeLimits(max_bytes=MAX_PAGE_BYTES, max_ratio=float(MAX_RATIO))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a response stands; ``is_page`` is False for images and the like."""

    path: Path
    offset: int
    is_page: bool


@dataclass(frozen=True, slots=True)
class KnownRecords:
    """Responses met so far in one import, so that revisit records can be resolved, across files too.

    Attributes:
        places: by record id, by (URL, date) and by payload digest.
    """

    places: dict[str, Place] = field(default_factory=dict)

    def note(self, record: Record, place: Place) -> None:
        """Remember a response."""
        for name in _names(record, ""):
            self.places.setdefault(name, place)

    def referred_by(self, record: Record) -> Place:
        """The response that a revisit record repeats.

        Raises:
            MalformedInput: it was not met.
        """
        for name in _names(record, "refers-to-"):
            if name in self.places:
                return self.places[name]
        raise MalformedInput(
            "repeats an earlier response that was not met before it: import the file that holds it too"
        )


def read_warc(file: Opened, known: KnownRecords, span: tuple[int, int] | None = None) -> Iterator[ImportItem | Skipped]:
    """The pages of an open WARC file, in its order; damaged records are named with their offset.

    Args:
        span: first byte and end of the WARC, where it is a part of the file.
    """
    found = False
    for record in records_of(file, span):
        result = record if isinstance(record, Skipped) else _result(record, file.path, known)
        found = found or result is not None or (isinstance(record, Record) and _OURS in record.headers)
        if result is not None:
            yield result
    if not found:
        yield Skipped(str(file.path), MalformedInput("no HTML page is in this WARC file", key=file.path))


def _result(record: Record, path: Path, known: KnownRecords) -> ImportItem | Skipped | None:
    """The state a record holds, None where it holds no page."""
    origin = f"{path}@{record.offset}"
    try:
        if _is_bodiless(record):
            item = _bodiless_item(record)
        else:
            item = _revisited(record, known) if record.type == "revisit" else _stated(record, path, known)
    except (InputError, TooLarge, BrokenResponse) as error:
        return Skipped(origin, MalformedInput(error.message, key=origin))
    return item and replace(item, origin=origin, stands=item.stands or _stands(record, path))


def _stands(record: Record, path: Path) -> EvidenceRef:
    return EvidenceRef(path.name, record.offset, record.stored, record.id)


def _is_bodiless(record: Record) -> bool:
    """A record of ours of a look that failed, or that found nothing changed (304)."""
    if _OURS not in record.headers:
        return False
    return _ERROR in record.headers or record.type == "metadata" or record.block[9:12] == b"304"


def _bodiless_item(record: Record) -> ImportItem | None:
    hop, _, hops = record.headers.get("writethru-hop", "").partition("/")
    error = record.headers.get(_ERROR, "")
    if record.headers[_OURS] != "article" or hop != hops or error.startswith(f"{POSTPONED}:"):
        return None
    head = _head(record) if _is_http(record) else None
    item = replace(
        _resource_item(record),
        status=None if head is None else head.status,
        headers=() if head is None else head.headers,
        content_type=record.headers.get("content-type", "") if head is None else head.get("content-type"),
        decoded=b"",
        error=error,
    )
    return _as_stated(record, _redirected(record, item) or item)


def _stated(record: Record, path: Path, known: KnownRecords) -> ImportItem | None:
    item = _item(record)
    known.note(record, Place(path, record.offset, item is not None))
    return item


def _item(record: Record) -> ImportItem | None:
    if OF.lower() in record.headers:
        return _memento_item(record)
    if _not_a_look(record):
        return None
    if "writethru-medium" in record.headers:
        return _own_item(record)
    item = _redirected(record, _page_item(record))
    return None if item is not None and record.headers.get(_OURS) == "add" and not _was_added(item) else item


def _memento_item(record: Record) -> ImportItem | None:
    """What a web archive answered to us, as the state of the article that it is a memento of."""
    claim, head = claim_in(record.headers[OF.lower()], record.headers.get(AT.lower(), "")), _head(record)
    redirected = "writethru-requested-uri" in record.headers
    if claim is None or head is None or why_not(claim, head.status, head.headers, redirected=redirected):
        return None
    item = _page_item(record)
    return item and replace(_as_stated(record, item), url=claim.url, captured_at=claim.at)


def _was_added(item: ImportItem) -> bool:
    """``add`` looks to find out what stands at a URL; the look is an article's first if it was one."""
    found = discover(item.body, item.content_type, item.final_url or item.url or "")
    return found.page is Page.ARTICLE


def _not_a_look(record: Record) -> bool:
    """What Writethru fetched for itself (robots.txt, feeds), on its way (redirects), or did not get whole."""
    hop, _, hops = record.headers.get("writethru-hop", "").partition("/")
    on_behalf = record.headers.get(_OURS, "article")
    return on_behalf not in ("article", "add") or hop != hops or "writethru-exchange-error" in record.headers


def _redirected(record: Record, item: ImportItem | None) -> ImportItem | None:
    """A page that a redirect led to belongs to the URL that was asked for."""
    asked = record.headers.get("writethru-requested-uri", "")
    if item is None or not asked:
        return item
    return replace(item, url=canonical(asked), final_url=item.url or "")


def _revisited(record: Record, known: KnownRecords) -> ImportItem | None:
    head = _head(record)
    if head is not None and head.get("content-type") and not _is_html(head.get("content-type")):
        return None
    place = known.referred_by(record)
    if not place.is_page:
        return None
    original = record_at(place.path, place.offset)
    item = _item(original)
    if item is None or (record.get("refers-to") or original.id) != original.id:
        raise MalformedInput("repeats an earlier response that cannot be read again")
    note = f"{record.get('profile').rsplit('/', 1)[-1] or 'revisit'} of {original.id}"
    return replace(
        item,
        captured_at=_date(record),
        record_id=record.id,
        revisit_of=original.id,
        notes=(*item.notes, note),
        stands=_stands(original, place.path),
    )


def _names(record: Record, prefix: str) -> Iterator[str]:
    """Names under which a response is known; with a prefix, those a revisit uses for it."""
    if prefix:
        yield record.get("refers-to")
        target = record.get("refers-to-target-uri")
    else:
        yield record.id
        target = record.get("target-uri")
    if target and record.get(f"{prefix}date"):
        yield f"{target} {record.get(f'{prefix}date')}"
    if record.get("payload-digest"):
        yield record.get("payload-digest").lower()


def _page_item(record: Record) -> ImportItem | None:
    if not _is_http(record):
        return _resource_item(record) if _is_html(record.headers.get("content-type", "")) else None
    head = _head(record)
    if head is None:
        raise MalformedInput("a response without an HTTP status line")
    stated = head.get("content-type")
    if stated and not _is_html(stated):
        return None
    if record.cut:
        raise too_large("response", record.length, key="")
    return _response_item(record, head)


def _head(record: Record) -> Head | None:
    """The HTTP head of a block, without the body: a line of a page is no header, and need not be read as one."""
    return parse_head(record.block[: head_end(record.block) or len(record.block)])


def _response_item(record: Record, head: Head) -> ImportItem | None:
    body, notes = _body(record.block, head)
    if not head.get("content-type") and kind_of(body[:65_536]) is not InputKind.PAGE:
        return None
    item = _resource_item(record)
    return replace(
        item,
        content_type=head.get("content-type") or "text/html",
        status=head.status,
        headers=head.headers,
        decoded=body,
        notes=(*item.notes, *notes),
    )


def _body(block: bytes, head: Head) -> tuple[bytes, tuple[str, ...]]:
    """The decoded body; crawlers often store bodies already taken out of their framing or coding."""
    wire = block[head_end(block) or len(block) :]
    framed = unframe(head, wire)
    payload = framed.payload if framed.complete or framed.payload else wire
    notes = (framed.fault,) if framed.fault and payload is not wire else ()
    try:
        return decode_content(payload, head.headers, _DECODING), notes
    except BrokenResponse:
        if kind_of(payload[:65_536]) is InputKind.PAGE:
            return payload, (*notes, "stored without the content coding its header names")
        raise


def _resource_item(record: Record) -> ImportItem:
    if record.cut:
        raise too_large("record", record.length, key="")
    target = record.get("target-uri").strip("<>")
    truncated = record.get("truncated")
    return ImportItem(
        url=None if target.startswith("urn:") else canonical(target),
        captured_at=_date(record),
        basis=TimeBasis.STATED,
        medium=Medium.WARC,
        payload=record.block,
        content_type=record.headers.get("content-type", ""),
        origin="",
        peer=record.get("ip-address"),
        record_id=record.id,
        notes=(f"cut by its crawler: {truncated}",) if truncated else (),
    )


def _own_item(record: Record) -> ImportItem | None:
    """A record written by Writethru says itself what it is."""
    item = _page_item(record) if _is_http(record) else _resource_item(record)
    return None if item is None else _as_stated(record, item)


def _as_stated(record: Record, item: ImportItem) -> ImportItem:
    """With what an importing Writethru noted of it, if one did."""
    if "writethru-medium" not in record.headers:
        return item
    own = {name.removeprefix("writethru-"): value for name, value in record.headers.items()}
    return replace(
        item,
        medium=Medium(own["medium"]) if own["medium"] in set(Medium) else Medium.WARC,
        basis=TimeBasis(own["basis"]) if own.get("basis") in set(TimeBasis) else TimeBasis.STATED,
        part=own.get("part", ""),
        label=own.get("label", ""),
        outlet=own.get("outlet", ""),
        stated_change=own.get("stated-change", "").lower() in ("yes", "true", "1"),
    )


def _is_http(record: Record) -> bool:
    """Whether the block is an HTTP response; old crawlers leave the type of a response's block out."""
    block_type = record.headers.get("content-type", "").lower()
    return block_type.startswith("application/http") or (record.type == "response" and not block_type)


def _is_html(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() in _HTML_TYPES


def _date(record: Record) -> datetime:
    stated = record.get("date")
    try:
        moment = datetime.fromisoformat(stated)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)  # WARC-Date is always UTC
    except (ValueError, OverflowError):
        raise MalformedInput(f"WARC-Date is not a time: {stated[:40]!r}") from None
