"""The second level of grouping: what a coarse group is split into, by how common words are inside it.

The words of all articles are set out once; each look at some of them takes its part of that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np

from writethru.events.evidence import like_at_first, told
from writethru.events.items import Item, Ties, Weights
from writethru.events.linkage import APART, mean_links
from writethru.events.meanings import FEW as FEW_BY_MEANING
from writethru.events.meanings import lacking
from writethru.events.moments import MINUTES
from writethru.events.vectors import Floats, Table, table

SPLIT = 0.15
"""Mean similarity, by the group's own weights, below which parts of a group are different events. Of 0.12 to 0.16 the
first three have B³ half a point better on ECB+ dev and twice as many pairs of sibling events put together."""
ASKED_OF_FEW = 1.2
MOST_ASKED = 0.26
"""Asked of the parts of an event found so, divided by how many articles it has, and at most so much: words that few
articles share make any two of them alike. 1.5 gained a point more on BASIL squeezed and lost one on ECB+ dev."""
FEW = 4
"""Articles from which an event is looked at again."""
SMALL = 7
ASKED_AT_FIRST = 0.55
"""Likeness by the archive's weights, of the whole and of what stands first, that is asked of the parts of an event of
up to SMALL articles. 0.6 keeps an account of BASIL dev apart from the two others of its event, 0.5 puts more siblings
together."""
TAME = 0.7
"""Power of a word's weight at the second level: what one article dwells on says little of what others tell. 0.6 to 0.8
are nearly as good; the words of headlines or of the first lines weighing more brought nothing."""
GLOBAL = 0.2
"""Share of the archive's weights in the group's; with 0.1 and 0.12 for SPLIT about as good."""
SPAN = 10.0
"""Days: no event is longer; what goes on is a storyline."""
SLOWNESS = 0.08
"""Taken from the similarity at the second level for each day between two articles."""


class Splitting:
    """Splits parts of a list of articles into events; members are given by their places in it.

    Args:
        below: cosine by an encoder below which articles of a small event are drawn together less; 0 for never.

    Attributes:
        alike: similarity of each two by the archive's weights; the diagonal means nothing.
        days: between each two; not a number where nothing says when one of them is.
    """

    def __init__(self, items: Sequence[Item], weights: Weights, ties: Ties, below: float) -> None:
        self._items = items
        self._ties = ties
        self._below = below
        coded = [weights.coded(item.features.bag) if item.coded is None else item.coded for item in items]
        vectors = [
            weights.weighed(own) if item.vector is None else item.vector for item, own in zip(items, coded, strict=True)
        ]
        words = table(coded)
        whole = words._replace(weights=np.concatenate([one.weights for one in vectors]))
        self.alike: Floats = whole.shared().products()
        self.days = _days(items)
        self._told = told(items)
        self._vectors = vectors
        self._words = words._replace(weights=words.weights**TAME)
        self._worth: Floats = GLOBAL * weights.worth(words.places)
        self._figures = weights.figures(words.places)

    def events(self, members: Sequence[int]) -> list[list[int]]:
        """The events of one coarse group, by weights of its own; each is looked at again, by its own."""
        if len(members) <= 1:
            return [list(members)]
        found = [event for part in self._parted(members, SPLIT) for event in self._again(part)]
        if self._below:
            found = [one for event in found for one in self._by_meaning(event)]
        return [part for event in found for part in self._alike_enough(event)]

    def _alike_enough(self, members: list[int]) -> list[list[int]]:
        """In a small event nearly every word is shared, and its own weights tell nothing.

        What stands first in its articles is asked beside the whole, by the archive's weights, what they quote and their
        figures.
        """
        if not 1 < len(members) <= SMALL:
            return [members]
        return _placed(members, self._first[np.ix_(members, members)], ASKED_AT_FIRST)

    @cached_property
    def _first(self) -> Floats:
        return like_at_first(self._items, self._vectors, self.alike, self._words)

    def _again(self, members: list[int]) -> list[list[int]]:
        """Words that tell this event from others of its group tell nothing inside it: is it one by those left?"""
        if len(members) < FEW:
            return [members]
        parts = self._parted(members, _asked_of(members))
        return parts if len(parts) == 1 else [event for part in parts for event in self._again(part)]

    def _by_meaning(self, members: list[int]) -> list[list[int]]:
        """A second look at an event of few articles, in which an encoder can part them and never join."""
        if not FEW <= len(members) <= FEW_BY_MEANING:
            return [members]
        parts = self._parted(members, _asked_of(members), self._below)
        if len(parts) == 1:
            return parts
        return [one for part in parts for event in self._again(part) for one in self._by_meaning(event)]

    def _parted(self, members: Sequence[int], least: float, below: float = 0.0) -> list[list[int]]:
        """Parts less alike than is asked, by how common words are among these articles.

        Words of one article only are left out: they tell nothing of what belongs together.
        """
        whole = self._words if len(members) == len(self._items) else self._words.among(members)
        sims = self._weighed(whole).units().products()
        if below:
            sims = sims + lacking([self._items[at].meaning for at in members], below)
        return _placed(members, self._drawn(members, sims), least)

    def _weighed(self, whole: Table) -> Table:
        """The words that two share, by how common they are here, with something of the archive's weights."""
        shared = whole.stand > 1
        own = (_by_stand(whole.height)[whole.stand[shared]] + self._worth[shared]) * self._figures[shared]
        words = whole.shared()
        return words._replace(weights=words.weights * own[words.columns])

    def _drawn(self, members: Sequence[int], sims: Floats) -> Floats:
        """How much each two articles belong together."""
        days = self.days[np.ix_(members, members)]
        days[np.isnan(days)] = 0.0
        drawn = np.where(days <= SPAN, sims + self._told[np.ix_(members, members)] - SLOWNESS * days, APART)
        if self._ties.cannot:
            places = {self._items[member].key: at for at, member in enumerate(members)}
            for one, other in self._ties.cannot:
                if one in places and other in places:
                    drawn[places[one], places[other]] = drawn[places[other], places[one]] = APART
        return drawn


def _placed(members: Sequence[int], drawn: Floats, least: float) -> list[list[int]]:
    return [[members[at] for at in part] for part in mean_links(drawn.tolist(), least)]


def _asked_of(members: Sequence[int]) -> float:
    """The mean similarity that is asked of the parts of an event, the more the fewer its articles."""
    return min(MOST_ASKED, ASKED_OF_FEW / len(members))


@lru_cache(maxsize=256)
def _by_stand(height: int) -> Floats:
    """What a word is worth that stands in 0, 1, 2 … of so many articles."""
    inside = height + 1
    return np.array([max(0.0, math.log(inside / (count + 0.5))) for count in range(inside)])


def _days(items: Sequence[Item]) -> Floats:
    """Days between each two items; not a number where nothing says when one of them is."""
    minutes = np.array([math.nan if item.minute is None else item.minute for item in items])
    found: Floats = np.abs(minutes[:, None] - minutes) / MINUTES
    return found
