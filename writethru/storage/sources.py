"""Sources, and the looks at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from writethru.errors import InputError
from writethru.model import EvidenceRef, Source, SourceKind
from writethru.storage.columns import key_of
from writethru.storage.dialect import insert_if_new, inserting
from writethru.storage.paused import unless_paused
from writethru.storage.prepared import Prepared
from writethru.storage.queue_tables import hosts
from writethru.storage.refusals import missing
from writethru.storage.tables import source_looks, sources
from writethru.text.urls import host_of

_NAMES = tuple(field.name for field in fields(Source))
COLUMNS = tuple(sources.c[name] for name in _NAMES)
_ALL = Prepared(select(*COLUMNS).order_by(sources.c.id))
_BY_KEY = Prepared(select(*COLUMNS).where(sources.c.key == bindparam("key")))
_DUE = Prepared(
    select(*COLUMNS)
    .where(sources.c.host == bindparam("host"), sources.c.next_look_at <= bindparam("now"))
    .order_by(sources.c.next_look_at, sources.c.id)
    .limit(bindparam("most"))
)
_UPDATE = Prepared(
    update(sources).where(sources.c.id == bindparam("source")).values(next_look_at=unless_paused("source", sources)),
    [c.name for c in sources.c if c not in (sources.c.id, sources.c.next_look_at)],
)
_INSERT_LOOK = inserting(source_looks, without="id")


def find(connection: Connection, url: str) -> Source | None:
    """The source at this URL."""
    row = _BY_KEY.first(connection, {"key": key_of(url)})
    return None if row is None else from_row(row)


def add(connection: Connection, new: Source) -> tuple[Source, bool]:
    """The source at this URL (``new.id`` is ignored) and whether it is new."""
    host = _host(new.url)
    insert_if_new(connection, hosts, {"host": host})
    is_new = insert_if_new(connection, sources, {**_values(new), "key": key_of(new.url), "host": host})
    found = find(connection, new.url)
    assert found is not None  # just inserted, or there before
    return found, is_new


def write(connection: Connection, source: Source) -> None:
    """All fields, by id. Raises NotInArchive."""
    host = _host(source.url)
    insert_if_new(connection, hosts, {"host": host})
    values = {
        **_values(source),
        "key": key_of(source.url),
        "host": host,
        "source": source.id,
        "due_at": source.next_look_at,
    }
    if _UPDATE.run(connection, values) != 1:
        raise missing("source", source.id)


def every(connection: Connection) -> list[Source]:
    """By id."""
    return [from_row(row) for row in _ALL.rows(connection, {})]


def due(connection: Connection, wanted: dict[str, Any]) -> list[Source]:
    """Of one ``host`` and due by ``now``, longest due first, at most ``most``."""
    return [from_row(row) for row in _DUE.rows(connection, wanted)]


def add_look(connection: Connection, look: dict[str, Any], evidence: EvidenceRef | None) -> None:
    """One look at a source; ``look`` has the plain columns."""
    _INSERT_LOOK.value(connection, {**look, **evidence_values(evidence)})


def evidence_values(evidence: EvidenceRef | None) -> dict[str, Any]:
    """The columns that say where evidence stands."""
    if evidence is None:
        return {"file": None, "offset": None, "length": None, "record_id": None}
    return {
        "file": evidence.file,
        "offset": evidence.offset,
        "length": evidence.length,
        "record_id": evidence.record_id or None,
    }


def _host(url: str) -> str:
    try:
        return host_of(url)
    except InputError:
        return ""  # a file: no one has to be asked politely


def _values(source: Source) -> dict[str, Any]:
    return {
        "kind": source.kind,
        "url": source.url,
        "outlet_id": source.outlet_id,
        "added_at": source.added_at,
        "next_look_at": source.next_look_at,
        "etag": source.etag,
        "last_modified": source.last_modified,
        "body_digest": source.body_digest,
        "failures": source.failures,
        "last_look_at": source.last_look_at,
        "last_news_at": source.last_news_at,
        "last_error": source.last_error,
    }


def from_row(row: Sequence[Any]) -> Source:
    """A source from its ``COLUMNS``."""
    values = dict(zip(_NAMES, row, strict=True))
    return Source(**{**values, "kind": SourceKind(values["kind"])})
