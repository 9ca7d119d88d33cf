"""Captures and what was read from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, union_all, update

from writethru.model import Capture, EvidenceRef, Extraction, Medium, NewCapture, Outcome, Reason, TimeBasis
from writethru.storage import codec
from writethru.storage.dialect import Numbered, inserting
from writethru.storage.prepared import Prepared
from writethru.storage.refusals import damaged, missing
from writethru.storage.safety_tables import withheld_captures
from writethru.storage.sources import evidence_values
from writethru.storage.tables import captures, extractions, source_looks
from writethru.storage.withdrawn import absent_capture

PAGE = 1000
"""Captures read at a time when all are streamed."""
LATEST = 50
"""Looks among which one of our own is sought that is ahead of the clock."""

MAX_IDS = 500
"""Record ids asked for at a time; databases limit the parameters of one statement."""

TIMELESS = (TimeBasis.IMPORTED, TimeBasis.RELATIVE)
"""The time of such a capture comes from the import itself, so it says nothing about sameness."""

_NAMES = tuple(column.name for column in captures.columns)
_PLAIN = tuple(field.name for field in fields(NewCapture) if field.name != "evidence")
_KINDS = {"basis": TimeBasis, "medium": Medium, "outcome": Outcome, "reason": Reason}
_BY_ID = Prepared(select(captures).where(captures.c.id == bindparam("capture")))
_OF_ARTICLE = Prepared(
    select(captures)
    .where(captures.c.article_id == bindparam("article"))
    .order_by(captures.c.captured_at, captures.c.id)
)
_NEXT = Prepared(
    select(captures).where(captures.c.id > bindparam("after")).order_by(captures.c.id).limit(bindparam("most"))
)
_SAME = (
    select(captures.c.id)
    .where(
        captures.c.article_id == bindparam("article"),
        captures.c.body_digest == bindparam("digest"),
        captures.c.part == bindparam("part"),
    )
    .limit(1)
)
_SAME_MOMENT = Prepared(_SAME.where(captures.c.captured_at == bindparam("at")))
_SAME_BASIS = Prepared(_SAME.where(captures.c.basis == bindparam("basis")))
_NEWEST_LOOK = Prepared(
    select(captures.c.captured_at)
    .where(captures.c.basis == bindparam("basis"))
    .order_by(captures.c.captured_at.desc())
    .limit(1)
)
_newest = (
    select(captures.c.captured_at, captures.c.basis)
    .where(captures.c.captured_at > bindparam("now"))
    .order_by(captures.c.captured_at.desc())
    .limit(bindparam("most"))
    .subquery()
)
_AHEAD = Prepared(select(func.max(_newest.c.captured_at)).where(_newest.c.basis == bindparam("basis")))
_INSERT = Numbered(captures, withheld_captures.c.capture_id)
_DECIDE = Prepared(update(captures).where(captures.c.id == bindparam("capture")), ["outcome", "reason", "detail"])
_INSERT_EXTRACTION = inserting(extractions)
_EXTRACTION = Prepared(select(extractions.c.form).where(extractions.c.capture_id == bindparam("capture")))
_TEXT_DIGEST = Prepared(select(extractions.c.text_digest).where(extractions.c.capture_id == bindparam("capture")))
_KNOWN = union_all(
    *(
        select(table.c.record_id).where(table.c.record_id.in_(bindparam("wanted", expanding=True)))
        for table in (captures, source_looks, withheld_captures)
    )
)


def has(connection: Connection, article_id: int, look: NewCapture) -> bool:
    """Is the same look there already?"""
    wanted: dict[str, Any] = {"article": article_id, "digest": look.body_digest, "part": look.part}
    if look.basis in TIMELESS:
        return _SAME_BASIS.first(connection, {**wanted, "basis": look.basis}) is not None
    return _SAME_MOMENT.first(connection, {**wanted, "at": look.captured_at}) is not None


def add(connection: Connection, article_id: int, look: NewCapture) -> Capture:
    """A new capture."""
    capture_id = _INSERT.value(connection, {"article_id": article_id, **_values(look)})
    return Capture(capture_id, article_id, look)


def decide(connection: Connection, capture_id: int, decision: dict[str, str]) -> None:
    """Write ``outcome``, ``reason`` and ``detail``. Raises NotInArchive."""
    if _DECIDE.run(connection, {"capture": capture_id, **decision}) != 1:
        raise missing("capture", capture_id)


def get(connection: Connection, capture_id: int) -> Capture:
    """Raises NotInArchive."""
    row = _BY_ID.first(connection, {"capture": capture_id})
    if row is None:
        raise absent_capture(connection, capture_id)
    return from_row(row)


def newest_look_at(connection: Connection) -> datetime | None:
    """Of looks of our own; those that were imported may have any time."""
    newest: datetime | None = _NEWEST_LOOK.value(connection, {"basis": TimeBasis.OBSERVED})
    return newest


def look_ahead_of(connection: Connection, now: datetime) -> datetime | None:
    """The newest of our own that is later, if it is among the latest few."""
    asked = {"now": now, "most": LATEST, "basis": TimeBasis.OBSERVED}
    ahead: datetime | None = _AHEAD.value(connection, asked)
    return ahead


def of_article(connection: Connection, article_id: int) -> list[Capture]:
    """By captured_at, id."""
    return [from_row(row) for row in _OF_ARTICLE.rows(connection, {"article": article_id})]


def page_after(connection: Connection, capture_id: int) -> list[Capture]:
    """The next ``PAGE`` captures by id."""
    return [from_row(row) for row in _NEXT.rows(connection, {"after": capture_id, "most": PAGE})]


def known_record_ids(connection: Connection, record_ids: Sequence[str]) -> set[str]:
    """Which of these some capture or source look refers to, those of withdrawn articles too."""
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
        "text_digest": codec.sha256(codec.last_bytes.of(extraction.article_text)),
        "form": codec.pack_form(form),
        "words": extraction.article_text.words,
    }
    _INSERT_EXTRACTION.run(connection, row)


def extraction_of(connection: Connection, capture_id: int) -> dict[str, Any] | None:
    """The stored form, None where nothing was read."""
    packed = _EXTRACTION.value(connection, {"capture": capture_id})
    return None if packed is None else read_form(connection, packed, capture_id)


def text_digest_of(connection: Connection, capture_id: int) -> str:
    """Of the text that was read, "" where none was."""
    return _TEXT_DIGEST.value(connection, {"capture": capture_id}) or ""


def read_form(connection: Connection, packed: bytes, capture_id: int) -> dict[str, Any]:
    """An extraction's form. Raises StorageError if it is damaged."""
    try:
        return codec.unpack_form(packed)
    except codec.DamageError as error:
        raise damaged("extraction of capture", capture_id, connection) from error


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + MAX_IDS] for start in range(0, len(ids), MAX_IDS))


def _values(look: NewCapture) -> dict[str, Any]:
    values = {name: getattr(look, name) for name in _PLAIN}
    return {**values, **evidence_values(look.evidence)}


def from_row(row: Sequence[Any]) -> Capture:
    """A row of all columns in their order."""
    columns = dict(zip(_NAMES, row, strict=True))
    look = {name: columns[name] for name in _PLAIN}
    for name, kind in _KINDS.items():
        look[name] = kind(look[name])
    return Capture(columns["id"], columns["article_id"], NewCapture(**look, evidence=_evidence(columns)))


def _evidence(columns: dict[str, Any]) -> EvidenceRef | None:
    if columns["file"] is None:
        return None
    return EvidenceRef(columns["file"], columns["offset"], columns["length"], columns["record_id"] or "")
