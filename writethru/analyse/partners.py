"""Which articles share enough grams with a text to be read beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from writethru.reuse.grams import ENOUGH, Gram, Hit, closeness
from writethru.storage.reuse_store import HolderRow

_GRAM: Final = 0
_ARTICLE: Final = 1
_OUTLET: Final = 4
"""Fields of a ``HolderRow``."""
FURNITURE: Final = 3
"""A gram that stands in so many articles of one outlet is that outlet's own furniture."""


def partners(
    found: Iterable[Gram],
    holders: Iterable[HolderRow],
    *,
    article_id: int = 0,
    outlet_id: int | None = None,
    most: int,
) -> list[int]:
    """The articles of other outlets that share rare grams lying close together, the closest first.

    What both quote is no sign of copying; what only one of them has in quotation marks is.

    Args:
        found: the text's grams.
        holders: who has them.
        article_id, outlet_id: the text's own, where it has them.
        most: so many at most.
    """
    rows = [row for row in holders if row[_ARTICLE] != article_id]
    often = Counter([row[_ARTICLE] for row in rows])
    several = {article for article, grams in often.items() if grams > 1}
    wanted = {row[_GRAM] for row in rows if row[_ARTICLE] in several}
    by_gram: dict[int, list[HolderRow]] = {gram: [] for gram in wanted}
    for row in rows:
        if row[_GRAM] in wanted:
            by_gram[row[_GRAM]].append(row)
    hits: dict[int, list[Hit]] = defaultdict(list)
    for gram in found:
        places = by_gram.get(gram.hash, ())
        for _, other, at, quoted, _ in _counting(places, outlet_id) if places else ():
            if other in several and not (gram.quoted and quoted):
                hits[other].append(Hit(at, gram.at, len(places)))
    close = _closeness((other, tuple(rows)) for other, rows in hits.items() if len(rows) > 1)
    ranked = sorted((-value, other) for other, value in close.items() if value >= ENOUGH)
    return [other for _, other in ranked[:most]]


def _closeness(hits: Iterable[tuple[int, tuple[Hit, ...]]]) -> dict[int, float]:
    """How close each article is; those of one text are weighed once."""
    weighed: dict[tuple[Hit, ...], float] = {}
    found = {}
    for other, rows in hits:
        if rows not in weighed:
            weighed[rows] = closeness(rows)
        found[other] = weighed[rows]
    return found


def _counting(places: Sequence[HolderRow], outlet_id: int | None) -> Sequence[HolderRow]:
    """The holders of a gram that count: of another outlet, and one of whose furniture it is not."""
    if len(places) == 1:
        return places if outlet_id is None or places[0][_OUTLET] != outlet_id else ()
    outlets = Counter([row[_OUTLET] for row in places if row[_OUTLET] is not None])
    furniture = {outlet for outlet, articles in outlets.items() if articles >= FURNITURE}
    if outlet_id in furniture:
        return ()
    if outlet_id is not None:
        furniture.add(outlet_id)
    return [row for row in places if row[_OUTLET] not in furniture] if furniture else places
