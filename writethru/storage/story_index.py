"""The index of words by day: who has each of an article's rarest words, asked for all of them at once.

Asked one by one, two dozen words cost more in the asking than in the finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select, true, union_all

from writethru.storage.prepared import Prepared
from writethru.storage.story_store import Posting
from writethru.storage.story_tables import NO_DAY, story_terms

NO_TERM = -1
"""A number that no term has."""
AT_ONCE = 8
"""Terms of one question are filled up to a multiple of so many, so that few different questions are compiled."""
MOST_AT_ONCE = 96
"""Terms of one question; SQLite bounds the parts of a UNION by 500."""


def holders(connection: Connection, terms: Sequence[int], days: tuple[int, int] | None, limit: int) -> list[Posting]:
    """Who has these terms, term by term, the latest first, at most so many a term.

    Args:
        days: only on these, and as many without a day; None for whenever.
    """
    given = {"most": limit} if days is None else {"most": limit, "since": days[0], "until": days[1]}
    found: list[Sequence[Any]] = []
    for start in range(0, len(terms), MOST_AT_ONCE):
        some = [*terms[start : start + MOST_AT_ONCE]]
        some += [NO_TERM] * (-len(some) % AT_ONCE)
        named = {f"term{at}": term for at, term in enumerate(some)}
        found += _asking(len(some), days is not None).rows(connection, {**named, **given})
    place = {term: at for at, term in enumerate(terms)}
    found.sort(key=lambda row: place[row[0]])  # a union promises no order
    return [Posting(term, None if day == NO_DAY else day, article) for term, day, article in found]


@lru_cache(maxsize=2 * MOST_AT_ONCE // AT_ONCE)
def _asking(terms: int, gated: bool) -> Prepared:
    """The question for so many terms."""
    table = story_terms.c
    most: BindParameter[int] = bindparam("most")
    dated = (table.day >= bindparam("since")) & (table.day <= bindparam("until"))
    spans = [dated, table.day == NO_DAY] if gated else [true()]
    parts = []
    for at in range(terms):
        held = select(table.term, table.day, table.article_id).where(table.term == bindparam(f"term{at}"))
        latest = held.order_by(table.day.desc(), table.article_id.desc()).limit(most)
        parts += [select(latest.where(span).subquery()) for span in spans]
    return Prepared(union_all(*parts))
