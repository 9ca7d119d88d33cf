"""Which articles share enough grams with a text to be read beside it.

Thousands of postings are looked at for a new article where hundreds of thousands of articles are indexed, and few of
them matter: they are counted and thrown away as arrays.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from writethru.reuse.grams import ENOUGH, MOST_HOLDERS, RARITY, Grams, closeness
from writethru.storage.postings import Holding

NOBODY: Final = 0
"""Stands in a posting for no outlet."""
FURNITURE: Final = 3
"""A gram that stands in so many articles of one outlet is that outlet's own furniture."""
_ROUNDING: Final = 1e-6
_RARITY: Final = np.array(RARITY)


def partners(
    found: Grams,
    holders: Holding,
    *,
    article_id: int = 0,
    outlet_id: int | None = None,
    most: int,
) -> list[int]:
    """The articles of other outlets that share rare grams lying close together, the closest first.

    What both quote is no sign of copying; what only one of them has in quotation marks is.

    Args:
        found: the text's grams.
        holders: who has them, by gram and article.
        article_id, outlet_id: the text's own, where it has them.
        most: so many at most.
    """
    rows = holders[holders["article"] != article_id]
    which, often = _runs(rows["gram"])
    rarity = _RARITY[np.minimum(often, MOST_HOLDERS)][which]
    enough = _with_enough(rows["article"].astype(np.uint64), rarity)
    if not enough.any():
        return []
    near = (np.bincount(which, enough, len(often)) > 0)[which]  # all that have a gram which one of those has
    rows, rarity, which, enough = rows[near], rarity[near], which[near], enough[near]
    kept = enough & _counting(which, rows["outlet"].astype(np.int64), outlet_id or NOBODY)
    hits, articles = _hits(found, rows[kept], rarity[kept])
    close = _closeness(hits, articles)
    ranked = sorted((-value, other) for other, value in close.items() if value >= ENOUGH)
    return [other for _, other in ranked[:most]]


def _runs(values: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Of values in order: the number of each one's run of equal ones, from 0, and the lengths of the runs."""
    which = np.zeros(len(values), np.intp)
    np.cumsum(values[1:] != values[:-1], out=which[1:])
    return which, np.bincount(which)


def worth_asking(askers: NDArray[np.uint64], grams: NDArray[np.uint64], articles: NDArray[np.uint64]) -> set[int]:
    """Of articles that ask, in the order of their numbers and grams, those that ``partners`` may find any for.

    Args:
        askers, grams, articles: a row for each article that holds a gram which another asks for.
    """
    which, often = _runs(askers << _HALF | grams)
    rarity = _RARITY[np.minimum(often, MOST_HOLDERS)][which]
    enough = _with_enough(askers << _HALF | articles, rarity)
    return set(askers[enough].tolist())


_HALF: Final = np.uint64(32)


def _with_enough(pairs: NDArray[np.uint64], rarity: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The rows of articles whose grams would be enough if they all lay together: few of the many that share one.

    They are summed up by a few bits first, which leaves the few to put in order that may be it.
    """
    bits = max(_LEAST_BITS, len(pairs).bit_length() + 2)
    mixed = (pairs * _MIXED >> np.uint64(64 - bits)).astype(np.intp)
    enough: NDArray[np.bool_] = np.bincount(mixed, rarity, 1 << bits)[mixed] + _ROUNDING >= ENOUGH
    left = np.flatnonzero(enough)
    order = left[np.argsort(pairs[left], kind="stable")]
    who, often = _runs(pairs[order])
    whole = np.bincount(who, rarity[order], len(often)) + _ROUNDING
    enough[order] = ((often > 1) & (whole >= ENOUGH))[who]
    return enough


_LEAST_BITS: Final = 14
_MIXED: Final = np.uint64(0x9E3779B97F4A7C15)
"""Spreads numbers over their highest bits (Fibonacci hashing)."""


def _counting(which: NDArray[np.intp], outlets: NDArray[np.int64], outlet: int) -> NDArray[np.bool_]:
    """The holders of each gram that count: of another outlet, and one of whose furniture it is not.

    Of a gram that is the asking outlet's own furniture none does.
    """
    _, here, often = np.unique(which << 32 | outlets, return_inverse=True, return_counts=True)
    furniture: NDArray[np.bool_] = (often[here] >= FURNITURE) & (outlets != NOBODY)
    counts = ~furniture
    if outlet != NOBODY:
        counts &= (outlets != outlet) & ~np.isin(which, which[furniture & (outlets == outlet)])
    return counts


def _hits(own: Grams, rows: Holding, rarity: NDArray[np.float64]) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """What is shared (``_HIT``) and by whom, article by article, but for what both quote."""
    asking = own[np.searchsorted(own["gram"], rows["gram"])]
    counts = np.flatnonzero(~(asking["quoted"] & (rows["place"] & 1 > 0)))
    counts = counts[np.argsort(rows["article"][counts], kind="stable")]
    hits = np.empty(len(counts), _HIT)
    hits["here"], hits["there"], hits["rarity"] = asking["at"][counts], rows["place"][counts] >> 1, rarity[counts]
    return hits, rows["article"][counts].astype(np.intp)


_HIT: Final = np.dtype([("here", np.int32), ("there", np.int32), ("rarity", np.float64)])
"""A ``Hit``."""


def _closeness(hits: NDArray[Any], articles: NDArray[np.intp]) -> dict[int, float]:
    """How close each article is that has more than one hit; those of one text are weighed once."""
    weighed: dict[bytes, float] = {}
    found = {}
    bounds = pairwise([0, *(np.flatnonzero(np.diff(articles)) + 1).tolist(), len(articles)])
    for start, end in bounds:
        if end - start > 1:
            told = hits[start:end].tobytes()
            if told not in weighed:
                weighed[told] = closeness(hits[start:end].tolist())
            found[int(articles[start])] = weighed[told]
    return found
