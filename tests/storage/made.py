"""Values that storage tests are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from writethru.model import (
    Article,
    ArticleText,
    Capture,
    ChangeRecord,
    EvidenceRef,
    Extraction,
    Medium,
    NewCapture,
    Outcome,
    Reason,
    TimeBasis,
)
from writethru.storage.store import Store

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
URL = "https://ledger.example/harbour"


def after(minutes: float) -> datetime:
    """So many minutes past noon."""
    return NOON + timedelta(minutes=minutes)


def look(at: datetime = NOON, **fields: Any) -> NewCapture:
    """An edited HTTP look, but for ``fields``."""
    known: dict[str, Any] = {
        "url": URL,
        "captured_at": at,
        "basis": TimeBasis.OBSERVED,
        "medium": Medium.HTTP,
        "outcome": Outcome.EDITED,
        "reason": Reason.FIRST_SEEN,
        "status": 200,
    }
    return NewCapture(**{**known, **fields})


def full_look() -> NewCapture:
    """A look with every field set to something of its own."""
    return look(
        after(1.5),
        basis=TimeBasis.STATED,
        medium=Medium.WARC,
        outcome=Outcome.SUSPECT,
        reason=Reason.TEXT_COLLAPSED,
        status=203,
        final_url=URL + "?b",
        peer="192.0.2.7:443",
        content_type="text/html; charset=utf-8",
        body_digest="b" * 64,
        payload_digest="sha1:PAYLOAD",
        evidence=EvidenceRef("2031/05/04.warc.gz", 2**40, 517, "<urn:uuid:1>"),
        part="version 4",
        label="4",
        stated_change=True,
        detail="half the words are gone — “wait”",
        etag='W/"7"',
        last_modified="Sun, 04 May 2031 11:58:00 GMT",
    )


def article(store: Store, url: str = URL, *, due: datetime | None = None, host: str = "ledger.example") -> Article:
    """A new article."""
    return store.add_article(url, host=host, outlet_id=None, at=NOON, next_look_at=due, reason="new")


def reading(body: str, headline: str = "Harbour reopens", **fields: Any) -> Extraction:
    """What an extractor would have read from a page with this body."""
    text = ArticleText.from_plain(body)
    return Extraction("page/1", headline=headline, blocks=text.blocks, tail=text.tail, **fields)


@dataclass(frozen=True)
class Stored:
    """What ``store_version`` stored."""

    capture: Capture
    extraction: Extraction
    number: int


def store_version(store: Store, article_id: int, at: datetime, body: str, **fields: Any) -> Stored:
    """A capture with its extraction, version and appearance."""
    extraction = reading(body, **fields)
    capture = store.add_capture(article_id, look(at, body_digest=f"{hash(body) & (2**64 - 1):064x}"))
    store.add_extraction(capture.id, extraction)
    number = store.add_version(article_id, extraction.article_text, capture, extractor=extraction.extractor)
    store.add_appearance(article_id, number, capture)
    return Stored(capture, extraction, number)


def change(article_id: int, number: int, **fields: Any) -> ChangeRecord:
    """The change between appearances ``number`` and ``number + 1``."""
    known: dict[str, Any] = {
        "from_version": number,
        "to_version": number + 1,
        "after": after(number),
        "before": after(number + 1),
        "basis": TimeBasis.OBSERVED,
        "summary": "one figure",
        "kinds": ("figure", "headline"),
        "significance": 0.8125,
        "edits": 1,
        "reason": Reason.TEXT_CHANGED,
    }
    return ChangeRecord(article_id, number, **{**known, **fields})
