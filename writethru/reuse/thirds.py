"""Two texts that share something, and a third from which both have it.

A pair alone does not show it: the earlier of two clients of an agency looks like the source of the later. Where there
is the agency's text as well, which came before both and holds as much of each, the two are siblings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

SLACK: Final = 0.02
"""Share of a text by which a third may hold less of it than its sibling does: a headline, a word that both changed."""


class Descent(NamedTuple):
    """That one text was made from another, and how much of it stands there: 0 … 1."""

    source: int
    derived: int
    share: float


def thirds(pairs: Iterable[tuple[int, int, float, float]], descents: Iterable[Descent]) -> dict[tuple[int, int], int]:
    """For each pair the text that both were made from, where there is one.

    The one that holds most of them; of those that hold the same the lowest number.

    Args:
        pairs: two texts each, the share of the first that the second has, and the share of the second that the first
            has.
        descents: who was made from whom, of these texts and of others.
    """
    sources: dict[int, dict[int, float]] = defaultdict(dict)
    for descent in descents:
        sources[descent.derived][descent.source] = descent.share
    found = {}
    for one, other, of_one, of_other in pairs:
        both = _both(sources[one], sources[other], (of_one, of_other), (one, other))
        if both:
            found[one, other] = max(both, key=lambda third: (both[third], -third))
    return found


def _both(
    one: Mapping[int, float], other: Mapping[int, float], shares: tuple[float, float], pair: tuple[int, int]
) -> dict[int, float]:
    """The texts that both were made from, by what they hold of the two; of neither less than its sibling does."""
    return {
        third: one[third] + other[third]
        for third in one.keys() & other.keys() - set(pair)
        if one[third] >= shares[0] - SLACK and other[third] >= shares[1] - SLACK
    }
