"""Captures and what was read from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, union_all, update

from writethru.model import Capture, EvidenceRef, Extraction, Medium, NewCapture, Outcome, Reason, TimeBasis
from writethru.storage import codec
from writethru.storage.columns import AnyRow
from writethru.storage.dialect import new_id
from writethru.storage.refusals import damaged, missing
from writethru.storage.sources import evidence_values
from writethru.storage.tables import captures, extractions, source_looks

PAGE = 1000
"""Captures read at a time when all are streamed."""

MAX_IDS = 500
"""Record ids asked for at a time; databases limit the parameters of one statement."""

TIMELESS = (TimeBasis.IMPORTED, TimeBasis.RELATIVE)
"""The time of such a capture comes from the import itself, so it says nothing about sameness."""

_BY_ID = select(captures).where(captures.c.id == bindparam("capture"))
_OF_ARTICLE = (
    select(captures)
    .where(captures.c.article_id == bindparam("article"))
    .order_by(captures.c.captured_at, captures.c.id)
)
_NEXT = select(captures).where(captures.c.id > bindparam("after")).order_by(captures.c.id).limit(PAGE)
_SAME = (
    select(captures.c.id)
    .where(
        captures.c.article_id == bindparam("article"),
        captures.c.body_digest == bindparam("digest"),
        captures.c.part == bindparam("part"),
    )
    .limit(1)
)
_SAME_MOMENT = _SAME.where(captures.c.captured_at == bindparam("at"))
_SAME_BASIS = _SAME.where(captures.c.basis == bindparam("basis"))
_INSERT = insert(captures)
_DECIDE = update(captures).where(captures.c.id == bindparam("capture"))
_INSERT_EXTRACTION = insert(extractions)
_EXTRACTION = select(extractions.c.form).where(extractions.c.capture_id == bindparam("capture"))
_KNOWN = union_all(
    *(
        select(table.c.record_id).where(table.c.record_id.in_(bindparam("wanted", expanding=True)))
        for table in (captures, source_looks)
    )
)


def has(connection: Connection, article_id: int, look: NewCapture) -> bool:
    """Is the same look there already?"""
    wanted: dict[str, Any] = {"article": article_id, "digest": look.body_digest, "part": look.part}
    if look.basis in TIMELESS:
        found = connection.execute(_SAME_BASIS, {**wanted, "basis": look.basis.value})
    else:
        found = connection.execute(_SAME_MOMENT, {**wanted, "at": look.captured_at})
    return found.first() is not None


def add(connection: Connection, article_id: int, look: NewCapture) -> Capture:
    """A new capture."""
    made = connection.execute(_INSERT, {"article_id": article_id, **_values(look)})
    return Capture(new_id(made), article_id, look)


def decide(connection: Connection, capture_id: int, decision: dict[str, str]) -> None:
    """Write ``outcome``, ``reason`` and ``detail``. Raises NotInArchive."""
    if connection.execute(_DECIDE, {"capture": capture_id, **decision}).rowcount != 1:
        raise missing("capture", capture_id)


def get(connection: Connection, capture_id: int) -> Capture:
    """Raises NotInArchive."""
    row = connection.execute(_BY_ID, {"capture": capture_id}).first()
    if row is None:
        raise missing("capture", capture_id)
    return _capture(row)


def of_article(connection: Connection, article_id: int) -> list[Capture]:
    """By captured_at, id."""
    return [_capture(row) for row in connection.execute(_OF_ARTICLE, {"article": article_id})]


def page_after(connection: Connection, capture_id: int) -> list[Capture]:
    """The next ``PAGE`` captures by id."""
    return [_capture(row) for row in connection.execute(_NEXT, {"after": capture_id})]


def known_record_ids(connection: Connection, record_ids: Sequence[str]) -> set[str]:
    """Which of these some capture or source look refers to."""
    known: set[str] = set()
    for some in _batches(record_ids):
        known.update(connection.execute(_KNOWN, {"wanted": some}).scalars())
    return known


def add_extraction(connection: Connection, capture_id: int, extraction: Extraction) -> None:
    """What was read, without the text itself."""
    form = extraction.to_dict()
    del form["text"], form["blocks"]
    row = {
        "capture_id": capture_id,
        "extractor": extraction.extractor,
        "text_digest": extraction.article_text.digest(),
        "form": codec.pack_form(form),
    }
    connection.execute(_INSERT_EXTRACTION, row)


def extraction_of(connection: Connection, capture_id: int) -> dict[str, Any] | None:
    """The stored form, None where nothing was read."""
    packed = connection.execute(_EXTRACTION, {"capture": capture_id}).scalar()
    return None if packed is None else read_form(connection, packed, capture_id)


def read_form(connection: Connection, packed: bytes, capture_id: int) -> dict[str, Any]:
    """An extraction's form. Raises StorageError if it is damaged."""
    try:
        return codec.unpack_form(packed)
    except codec.DamageError as error:
        raise damaged("extraction of capture", capture_id, connection) from error


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + MAX_IDS] for start in range(0, len(ids), MAX_IDS))


def _values(look: NewCapture) -> dict[str, Any]:
    return {
        "url": look.url,
        "captured_at": look.captured_at,
        "basis": look.basis.value,
        "medium": look.medium.value,
        "outcome": look.outcome.value,
        "reason": look.reason.value,
        "status": look.status,
        "final_url": look.final_url,
        "peer": look.peer,
        "content_type": look.content_type,
        "body_digest": look.body_digest,
        "payload_digest": look.payload_digest,
        **evidence_values(look.evidence),
        "part": look.part,
        "label": look.label,
        "stated_change": look.stated_change,
        "detail": look.detail,
        "etag": look.etag,
        "last_modified": look.last_modified,
    }


def _capture(row: AnyRow) -> Capture:
    evidence = None if row.file is None else EvidenceRef(row.file, row.offset, row.length, row.record_id or "")
    look = NewCapture(
        url=row.url,
        captured_at=row.captured_at,
        basis=TimeBasis(row.basis),
        medium=Medium(row.medium),
        outcome=Outcome(row.outcome),
        reason=Reason(row.reason),
        status=row.status,
        final_url=row.final_url,
        peer=row.peer,
        content_type=row.content_type,
        body_digest=row.body_digest,
        payload_digest=row.payload_digest,
        evidence=evidence,
        part=row.part,
        label=row.label,
        stated_change=row.stated_change,
        detail=row.detail,
        etag=row.etag,
        last_modified=row.last_modified,
    )
    return Capture(row.id, row.article_id, look)
