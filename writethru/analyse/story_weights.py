"""How telling words are, by the counts of the archive; each worked out once."""

from __future__ import annotations

from math import log

import numpy as np
from numpy.typing import NDArray

from writethru.analyse.story_counts import ARTICLES, HeldCounts
from writethru.events.items import Weights
from writethru.events.vectors import Floats, Places

TOLD = 4_096
"""Numbers of articles with a word, from 0, of which the weight is kept."""


class Counted(Weights):
    """Weights that ask for counts as they are needed, each once."""

    def __init__(self, counts: HeldCounts) -> None:
        super().__init__(counts.of(ARTICLES), {})
        self.vocabulary = counts.vocabulary
        self._counted = counts
        self._worth: Floats = np.full(1024, np.nan)
        self._told: Floats = np.full(TOLD, np.nan)

    def of(self, term: str) -> float:
        """The logarithm of one over the share of articles that have it."""
        place = self.vocabulary[term]
        found = float(self._worth[place]) if place < len(self._worth) else np.nan
        return float(self.worth(np.array([place], np.int32))[0]) if found != found else found  # noqa: PLR0124 not a number

    def worth(self, places: Places) -> Floats:
        """The same of words of the vocabulary."""
        if len(self._worth) < len(self.vocabulary.words):
            more = np.full(2 * len(self.vocabulary.words) - len(self._worth), np.nan)
            self._worth = np.concatenate([self._worth, more])
        found: Floats = self._worth[places]
        new = np.isnan(found)
        if new.any():
            self._worth[places[new]] = found[new] = self._by_count(self._counted.at(places[new]))
        return found

    def _by_count(self, counts: NDArray[np.int32]) -> Floats:
        """How telling words are that stand in so many articles; each different number is worked out once."""
        room = np.minimum(counts, len(self._told) - 1)
        found: Floats = self._told[room]
        new = np.isnan(found) | (room < counts)
        if new.any():
            found[new] = [log(self._whole / (count + 0.5)) for count in counts[new].tolist()]
            self._told[room[new]] = found[new]
            self._told[-1] = np.nan
        return found
