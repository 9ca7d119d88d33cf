"""Under what a change can be found: its outlet, its kinds, and the section its article stood in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select

from writethru.model import ChangeRecord
from writethru.storage import codec
from writethru.storage.columns import Moment
from writethru.storage.dialect import inserting
from writethru.storage.facet_tables import change_facets
from writethru.storage.prepared import Prepared
from writethru.storage.tables import articles, captures, extractions

LONGEST_SECTION: Final = 80
"""Characters of a section's name; a longer one is no section."""

_ADD = inserting(change_facets)
_FORGET = Prepared(delete(change_facets).where(change_facets.c.article_id == bindparam("article")))
_OUTLET = Prepared(select(articles.c.outlet_id).where(articles.c.id == bindparam("article")))
_READING = Prepared(
    select(extractions.c.form)
    .join_from(captures, extractions, extractions.c.capture_id == captures.c.id)
    .where(captures.c.article_id == bindparam("article"))
    .where(captures.c.captured_at == bindparam("at", type_=Moment))
    .order_by(captures.c.id.desc())
    .limit(1)
)


def outlet_facet(outlet_id: int) -> str:
    """Under which the changes of an outlet are found."""
    return f"outlet:{outlet_id}"


def kind_facet(kind: str) -> str:
    """Under which the changes with edits of a kind are found."""
    return f"kind:{kind}"


def section_facet(section: str) -> str:
    """Under which the changes of articles in a section are found; "" where that is no section's name."""
    name = " ".join(section.split())
    return f"section:{name}" if 0 < len(name) <= LONGEST_SECTION else ""


def add(connection: Connection, record: ChangeRecord) -> None:
    """Make a change findable; its article and the look that brought it are there already."""
    outlet_id = _OUTLET.value(connection, {"article": record.article_id})
    packed = _READING.value(connection, {"article": record.article_id, "at": record.before})
    found = facets_of(record.kinds, outlet_id, section_of(packed))
    _ADD.each(connection, list(rows_of((record.before, record.article_id, record.number), found)))


def forget(connection: Connection, article_id: int) -> None:
    """An article's changes are forgotten, and so is where they were found."""
    _FORGET.run(connection, {"article": article_id})


def facets_of(kinds: Iterable[str], outlet_id: int | None, section: str) -> list[str]:
    """All facets of a change."""
    found = {kind_facet(kind) for kind in kinds}
    if outlet_id is not None:
        found.add(outlet_facet(outlet_id))
    found.add(section_facet(section))
    return sorted(found - {""})


def rows_of(key: tuple[datetime, int, int], found: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows of a change with this key."""
    before, article_id, number = key
    for facet in found:
        yield {"facet": facet, "before_at": before, "article_id": article_id, "number": number}


def section_of(packed: bytes | None) -> str:
    """The section that a packed reading states; a damaged one states none, and ``verify`` reports it."""
    try:
        return str(codec.unpack_form(packed).get("section") or "") if packed else ""
    except codec.DamageError:
        return ""
