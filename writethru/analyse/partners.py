"""Which articles share enough grams with a text to be read beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from writethru.reuse.grams import ENOUGH, Hit, closeness
from writethru.storage.reuse_store import Holder

FURNITURE: Final = 3
"""A gram that stands in so many articles of one outlet is that outlet's own furniture."""


def partners(
    found: Mapping[int, int],
    holders: Iterable[Holder],
    *,
    article_id: int = 0,
    outlet_id: int | None = None,
    most: int,
) -> list[int]:
    """The articles of other outlets that share rare grams lying close together, the closest first.

    Args:
        found: the text's grams with their places.
        holders: who has them.
        article_id, outlet_id: the text's own, where it has them.
        most: so many at most.
    """
    by_gram: dict[int, list[Holder]] = defaultdict(list)
    for holder in holders:
        if holder.article_id != article_id:
            by_gram[holder.gram].append(holder)
    hits: dict[int, list[Hit]] = defaultdict(list)
    for gram, places in by_gram.items():
        outlets = Counter(holder.outlet_id for holder in places if holder.outlet_id is not None)
        if outlet_id is not None and outlets[outlet_id] >= FURNITURE:
            continue
        for holder in places:
            theirs = holder.outlet_id
            if theirs is None or (theirs != outlet_id and outlets[theirs] < FURNITURE):
                hits[holder.article_id].append(Hit(holder.at, found[gram], len(places)))
    close = {other: closeness(rows) for other, rows in hits.items() if len(rows) > 1}
    ranked = sorted((-value, other) for other, value in close.items() if value >= ENOUGH)
    return [other for _, other in ranked[:most]]
