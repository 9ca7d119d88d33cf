"""What saved searches found, as entries of their feeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from writethru.model import Reason
from writethru.storage.changes import COLUMNS as CHANGE_COLUMNS
from writethru.storage.changes import record_of
from writethru.storage.feed_store import ABSENT, FeedRow
from writethru.storage.search_store import NewMatch, SearchMatch
from writethru.storage.search_tables import search_matches
from writethru.storage.tables import articles, changes, outlets, versions

_MATCH = search_matches.c
_MATCH_COLUMNS = (
    *(_MATCH.seq, _MATCH.search_id, _MATCH.article_id, _MATCH.ordinal),
    *(_MATCH.version, _MATCH.event, _MATCH.at),
)
_FIRST = _MATCH.ordinal == 1  # the first appearance: no change brought it
_ROWS = (
    select(*_MATCH_COLUMNS, articles.c.url, outlets.c.name, versions.c.headline, *CHANGE_COLUMNS)
    .select_from(search_matches)
    .join(articles, articles.c.id == _MATCH.article_id)
    .outerjoin(outlets, outlets.c.id == articles.c.outlet_id)
    .join(versions, (versions.c.article_id == _MATCH.article_id) & (versions.c.number == _MATCH.version))
    .outerjoin(changes, (changes.c.article_id == _MATCH.article_id) & (changes.c.number == _MATCH.ordinal - 1))
    .where(_FIRST | (changes.c.reason != Reason.ALTERNATED))
    .order_by(_MATCH.seq.desc())
)


def found(connection: Connection, search_id: int, limit: int, before: int | None) -> Sequence[FeedRow]:
    """See ``FeedStore.found``."""
    query = _ROWS.where(_MATCH.search_id == search_id).limit(limit)
    if before is not None:
        query = query.where(_MATCH.seq < before)
    return [_row(row) for row in connection.execute(query)]


def _row(row: Sequence[Any]) -> FeedRow:
    seq, search_id, *match = row[:7]
    url, outlet, headline, *columns = row[7:]
    new = NewMatch(*match)
    record = None if new.ordinal == 1 else record_of(columns)
    number = ABSENT if record is None else record.number
    known = SearchMatch(seq, search_id, new)
    return FeedRow(new.at, new.article_id, number, url, outlet or "", headline, record, found=known)
