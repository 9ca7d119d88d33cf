"""What is grouped, how telling its words are, and what editors ruled of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from writethru.events.features import Features
from writethru.events.meanings import Grains
from writethru.events.vectors import Floats, Places, Vector, Vocabulary, units

Bag = Mapping[str, float]

PRIOR = 500
"""So many articles without any of our words are added to the archive's, so that a small one has sensible weights, and
a growing one steady ones (0, 500 and 2,000 were tried on ECB+ and BASIL dev)."""
FIGURE = 3.0
"""How much more a figure counts there: dates, hours, magnitudes and amounts part happenings of one kind, which share
their other words. Of 1 to 4, on even and odd topics of ECB+ dev alike."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article, or several with equal words, to be grouped.

    Attributes:
        key: what orders items, the same on every run; nothing is read from it.
        minute: of what it tells, minutes since 1970; None where nothing says.
        vector: its words weighted by the archive's counts, None where that is still to be done.
        coded: its words with their own weights, None where that is still to be done.
        meaning: by an encoder, None where it was not read by one.
    """

    key: str
    minute: int | None
    features: Features
    vector: Vector | None = None
    coded: Vector | None = None
    meaning: Grains | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """What editors ruled: pairs of keys that belong together, and that do not."""

    must: frozenset[tuple[str, str]] = frozenset()
    cannot: frozenset[tuple[str, str]] = frozenset()

    def forbids(self, one: str, other: str) -> bool:
        """Are these two kept apart?"""
        return (one, other) in self.cannot or (other, one) in self.cannot


class Weights:
    """How telling each word is, by how many of the archive's articles have it."""

    def __init__(self, articles: int, counts: Mapping[str, int]) -> None:
        self._whole = articles + PRIOR + 1
        self._counts = counts
        self.vocabulary = Vocabulary()

    def of(self, term: str) -> float:
        """The logarithm of one over the share of articles that have it."""
        return math.log(self._whole / (self._counts.get(term, 0) + 0.5))

    def worth(self, places: Places) -> Floats:
        """How telling words of the vocabulary are."""
        words = self.vocabulary.words
        return np.array([self.of(words[place]) for place in places.tolist()])

    def figures(self, places: Places) -> Floats:
        """How much more each of these words counts at the second level: figures do."""
        return np.where(self.vocabulary.figures(places), FIGURE, 1.0)

    def coded(self, bag: Bag) -> Vector:
        """A bag as it is."""
        weights = np.fromiter(bag.values(), np.float64, len(bag))
        return Vector(self.vocabulary, self.vocabulary.places(bag), weights)

    def weighed(self, coded: Vector) -> Vector:
        """A bag weighted and brought to length one."""
        return self.all_weighed((coded,))[0]

    def all_weighed(self, coded: Sequence[Vector]) -> list[Vector]:
        """The same of several."""
        if not coded:
            return []
        worth = self.worth(np.concatenate([one.places for one in coded]))
        return units(coded, worth * np.concatenate([one.weights for one in coded]))

    def vector(self, bag: Bag) -> Vector:
        """The same of a bag that is not coded yet."""
        return self.weighed(self.coded(bag))
