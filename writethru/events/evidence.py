"""What a reporter would tell two happenings apart by, beside the words of the whole articles.

Days of the week named at the beginning, quotations that both print, what stands first, and figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from writethru.events.items import Item
from writethru.events.vectors import Floats, Table, Vector, table, units

QUOTED = 0.2
"""Added to the similarity of two articles that quote the same words: no two happenings of ECB+ and BASIL dev did."""
SAME_DAY = 0.05
OTHER_DAY = 0.09
"""Added where the beginnings of two articles name one day of the week, taken where both name days but none in common.
Of 0.08 to 0.1 all do; 0.1 and more added put twice as many siblings together."""
QUOTED_FIRST = 0.4
FIGURES = 0.2
"""Added to how alike the whole and the beginning of two articles are, where both quote, and of the logarithm of how
many figures they share."""


def told(items: Sequence[Item]) -> Floats:
    """What is added to the similarity of each two articles for the days that they name and what they quote."""
    days = np.array([item.features.days for item in items])
    met = (days[:, None] & days) != 0
    both = (days[:, None] != 0) & (days != 0)
    found: Floats = np.where(met, SAME_DAY, np.where(both, -OTHER_DAY, 0.0))
    found[quoting(items)] += QUOTED
    return found


def quoting(items: Sequence[Item]) -> NDArray[np.bool_]:
    """Which two of them quote the same words."""
    found = np.zeros((len(items), len(items)), np.bool_)
    holders: dict[int, list[int]] = defaultdict(list)
    for at, item in enumerate(items):
        for one in item.features.quotations:
            holders[one].append(at)
    for some in {tuple(some) for some in holders.values() if len(some) > 1}:
        found[np.ix_(some, some)] = True
    return found


def like_at_first(items: Sequence[Item], vectors: Sequence[Vector], alike: Floats, words: Table) -> Floats:
    """How alike each two are as a whole and in what stands first; more where they share quotations and figures.

    Args:
        alike: as a whole.
        words: of all of them.
    """
    firsts = [np.array(item.features.lead, np.intp) for item in items]
    cut = [
        Vector(one.vocabulary, one.places[first], one.weights[first])
        for one, first in zip(vectors, firsts, strict=True)
    ]
    begun = table(units(cut, np.concatenate([one.weights for one in cut]))).shared().products()
    read = np.array([bool(len(first)) for first in firsts])
    found: Floats = alike + np.where(read[:, None] & read, begun, alike)
    found += QUOTED_FIRST * quoting(items)
    return found + FIGURES * np.log1p(_figures(words, vectors))


def _figures(words: Table, vectors: Sequence[Vector]) -> Floats:
    """How many figures each two share."""
    figures = vectors[0].vocabulary.figures(words.places)[words.columns]
    some = words._replace(rows=words.rows[figures], columns=words.columns[figures], weights=np.ones(figures.sum()))
    return some.products() if figures.any() else np.zeros((words.height, words.height))
