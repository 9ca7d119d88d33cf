"""Which articles share enough grams with a text to be read beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from writethru.reuse.grams import ENOUGH, MOST_HOLDERS, RARITY, Gram, Hit, closeness
from writethru.storage.reuse_store import HolderRow

_GRAM: Final = 0
_ARTICLE: Final = 1
_OUTLET: Final = 2
"""Fields of a ``HolderRow``."""
NOBODY: Final = 0
"""Stands there for no outlet."""
FURNITURE: Final = 3
"""A gram that stands in so many articles of one outlet is that outlet's own furniture."""
_ROUNDING: Final = 1e-6


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
    several = _with_enough(rows)
    if not several:
        return []
    wanted = {row[_GRAM] for row in rows if row[_ARTICLE] in several}
    by_gram: dict[int, list[HolderRow]] = {gram: [] for gram in wanted}
    for row in rows:
        if row[_GRAM] in wanted:
            by_gram[row[_GRAM]].append(row)
    hits: dict[int, list[Hit]] = {article: [] for article in several}
    for gram in found:
        places = by_gram.get(gram.hash, ())
        rarity = RARITY[min(len(places), MOST_HOLDERS)]
        for _, other, _, place in _counting(places, outlet_id or NOBODY) if places else ():
            if other in several and not (gram.quoted and place & 1):
                hits[other].append((gram.at, place >> 1, rarity))
    close = _closeness((other, tuple(rows)) for other, rows in hits.items() if len(rows) > 1)
    ranked = sorted((-value, other) for other, value in close.items() if value >= ENOUGH)
    return [other for _, other in ranked[:most]]


def _with_enough(rows: Sequence[HolderRow]) -> set[int]:
    """The articles whose grams would be enough if they all lay together: few of the many that share one or two."""
    often = Counter([row[_ARTICLE] for row in rows])
    several = {article for article, grams in often.items() if grams > 1}
    holders = Counter([row[_GRAM] for row in rows])
    rarity = {gram: RARITY[min(articles, MOST_HOLDERS)] for gram, articles in holders.items()}
    whole = dict.fromkeys(several, _ROUNDING)
    for gram, article, _, _ in rows:
        if article in several:
            whole[article] += rarity[gram]
    return {article for article, value in whole.items() if value >= ENOUGH}


def _closeness(hits: Iterable[tuple[int, tuple[Hit, ...]]]) -> dict[int, float]:
    """How close each article is; those of one text are weighed once."""
    weighed: dict[tuple[Hit, ...], float] = {}
    found = {}
    for other, rows in hits:
        if rows not in weighed:
            weighed[rows] = closeness(rows)
        found[other] = weighed[rows]
    return found


def _counting(places: Sequence[HolderRow], outlet: int) -> Sequence[HolderRow]:
    """The holders of a gram that count: of another outlet, and one of whose furniture it is not."""
    if len(places) == 1:
        return places if outlet == NOBODY or places[0][_OUTLET] != outlet else ()
    outlets = [row[_OUTLET] for row in places]
    furniture = _furniture(outlets) if len(outlets) - len(set(outlets)) >= FURNITURE - 1 else set()
    if outlet in furniture:
        return ()
    if outlet != NOBODY and outlet in outlets:
        furniture.add(outlet)
    return [row for row in places if row[_OUTLET] not in furniture] if furniture else places


def _furniture(outlets: Iterable[int]) -> set[int]:
    """The outlets that have a gram in so many articles that it is theirs."""
    return {outlet for outlet, articles in Counter(outlets).items() if outlet != NOBODY and articles >= FURNITURE}
