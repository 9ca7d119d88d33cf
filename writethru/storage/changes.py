"""Changes and their edits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, tuple_

from writethru.model import ChangeRecord, Reason, TimeBasis
from writethru.storage import codec, facets
from writethru.storage.dialect import inserting
from writethru.storage.prepared import Prepared
from writethru.storage.refusals import damaged
from writethru.storage.tables import changes, edits
from writethru.storage.withdrawn import absent

MAX_EXCERPT = 80
"""Characters of an edit's changed words kept in ``edits``; the change's form has the sentences."""

COLUMNS = tuple(column for column in changes.c if column is not changes.c.form)
"""All but the packed form."""

_INSERT = inserting(changes)
_INSERT_EDITS = inserting(edits)
_ONE = Prepared(
    select(*COLUMNS, changes.c.form).where(
        changes.c.article_id == bindparam("article"), changes.c.number == bindparam("number")
    )
)
_NEWEST = select(*COLUMNS).order_by(changes.c.before_at.desc(), changes.c.article_id.desc(), changes.c.number.desc())
_KEY_TYPES = [changes.c.before_at.type, changes.c.article_id.type, changes.c.number.type]
_KEY = tuple_(changes.c.before_at, changes.c.article_id, changes.c.number)


def add(connection: Connection, record: ChangeRecord, form: Mapping[str, Any]) -> None:
    """A change, its form and one row for each edit."""
    _INSERT.run(connection, {**_values(record), "form": codec.pack_form(form)})
    rows = list(_edit_rows(record, form.get("edits") or ()))
    if rows:
        _INSERT_EDITS.each(connection, rows)
    facets.add(connection, record)


def get(connection: Connection, article_id: int, number: int) -> tuple[ChangeRecord, dict[str, Any]]:
    """The record and its form. Raises NotInArchive, StorageError."""
    row = _ONE.first(connection, {"article": article_id, "number": number})
    if row is None:
        raise absent(connection, article_id, "change", f"{article_id}/{number}")
    try:
        return record_of(row[:-1]), codec.unpack_form(row[-1])
    except codec.DamageError as error:
        raise damaged(f"change {number} of article", article_id, connection) from error


def newest(
    connection: Connection,
    article_id: int | None,
    limit: int | None,
    before: tuple[datetime, int, int] | None,
    without: Sequence[Reason] = (),
) -> list[ChangeRecord]:
    """By (before, article_id, number), descending; strictly after the key ``before`` in that order.

    Changes for one of the reasons ``without`` are left out.
    """
    query = _NEWEST
    for reason in without:
        query = query.where(changes.c.reason != reason)
    if article_id is not None:
        query = query.where(changes.c.article_id == article_id)
    if before is not None:
        query = query.where(tuple_(*before, types=_KEY_TYPES) > _KEY)
    if limit is not None:
        query = query.limit(limit)
    return [record_of(row) for row in connection.execute(query)]


def _values(record: ChangeRecord) -> dict[str, Any]:
    return {
        "article_id": record.article_id,
        "number": record.number,
        "from_version": record.from_version,
        "to_version": record.to_version,
        "after_at": record.after,
        "before_at": record.before,
        "basis": record.basis,
        "summary": record.summary,
        "kinds": spelled(record.kinds),
        "significance": record.significance,
        "edits": record.edits,
        "reason": record.reason,
    }


def record_of(row: Sequence[Any]) -> ChangeRecord:
    """The record of a row of ``COLUMNS``."""
    a, number, old, new, after, before, basis, summary, kinds, significance, count, reason = row
    return ChangeRecord(
        a, number, old, new, after, before, TimeBasis(basis), summary, tuple(kinds.split()), significance, count,
        Reason(reason),
    )  # fmt: skip


def spelled(kinds: Iterable[str]) -> str:
    """Kinds as one text with a space before and after each: ``LIKE '% figure %'`` finds one."""
    joined = " ".join(kinds)
    return f" {joined} " if joined else ""


def _edit_rows(record: ChangeRecord, listed: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for position, edit in enumerate(listed):
        yield {
            "article_id": record.article_id,
            "change": record.number,
            "position": position,
            "op": str(edit.get("op") or ""),
            "place": str(edit.get("where") or ""),
            "kinds": spelled(_code(kind) for kind in edit.get("kinds") or ()),
            "old": _excerpt(edit.get("old")),
            "new": _excerpt(edit.get("new")),
        }


def _code(kind: Any) -> str:
    return str(kind.get("code") or kind.get("kind") or "") if isinstance(kind, Mapping) else str(kind)


def _excerpt(side: Any) -> str:
    """The changed words of one side of an edit: a string, or sentences with their marks."""
    if isinstance(side, str):
        return side[:MAX_EXCERPT]
    sentences = [part for part in side or () if isinstance(part, Mapping)]
    return " … ".join(words for sentence in sentences for words in _marked(sentence))[:MAX_EXCERPT]


def _marked(sentence: Mapping[str, Any]) -> Iterator[str]:
    text = sentence.get("text", "")
    whole = text if isinstance(text, str) else "".join(text)
    for start, end in sentence.get("marks") or ():
        if words := whole[start:end].strip():
            yield words
