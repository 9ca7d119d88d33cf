"""In how many articles each word stands: in arrays, read and written in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from writethru.events.vectors import Places, Vocabulary
from writethru.storage.story_store import StoryStore

ARTICLES = 0
"""The term that counts the articles themselves."""
MOST_WORDS = 300_000
"""Different words that are kept in memory before all are forgotten; 0.2 KB each."""
_UNKNOWN = -1
Slots = NDArray[np.int32]


@lru_cache(maxsize=262_144)
def number_of(term: str) -> int:
    """The number that a word has in the index; 0 is kept for the articles themselves."""
    return crc32(term.encode("utf-8", "replace")) or 1


class HeldCounts:
    """The table of counts, with what was read kept and what changed waiting for ``write``. Used by one thread.

    A word has a place in the vocabulary; its number has a slot here, which hardly ever two words share.
    """

    def __init__(self, tables: StoryStore) -> None:
        self._tables = tables
        self.clear()

    def clear(self) -> None:
        """Forget everything, what was not written too."""
        self.vocabulary = Vocabulary()
        self._slot: dict[int, int] = {}
        self._numbers: list[int] = []
        self._slots: Slots = np.zeros(1024, np.int32)
        self._seen = 0
        self._counts: Slots = np.full(1024, _UNKNOWN, np.int32)
        self._more: Slots = np.zeros(1024, np.int32)
        self._changed: list[Slots] = []
        self._slot_of(ARTICLES)

    def is_full(self) -> bool:
        """Are there more words than are kept?"""
        return len(self.vocabulary.words) > MOST_WORDS

    def write(self) -> None:
        """Write what changed."""
        if not self._changed:
            return
        slots = np.unique(np.concatenate(self._changed))
        changes = self._more[slots]
        numbers = map(self._numbers.__getitem__, slots.tolist())
        self._tables.count({number: by for number, by in zip(numbers, changes.tolist(), strict=True) if by})
        self._more[slots] = 0
        self._changed = []

    def of(self, number: int) -> int:
        """In how many articles a word stands, by its number."""
        slot = self._slot_of(number)
        found = int(self._counts[slot])
        return int(self._known(np.array([slot], np.int32))[0]) if found == _UNKNOWN else found

    def at(self, places: Places) -> Slots:
        """In how many articles words of the vocabulary stand."""
        return self._known(self._slots_of(places))

    def at_slots(self, slots: Slots) -> Slots:
        """The same of words whose slots are known."""
        return self._known(slots)

    def slots_of_numbers(self, numbers: Iterable[int]) -> Slots:
        """Where the counts of words are held, by their numbers; until all are forgotten."""
        return np.array(list(map(self._slot_of, numbers)), np.int32)

    def numbers(self, places: Places) -> list[int]:
        """The numbers of words of the vocabulary."""
        return list(map(self._numbers.__getitem__, self._slots_of(places).tolist()))

    def numbers_at(self, slots: Slots) -> list[int]:
        """The numbers of words whose slots are known."""
        return list(map(self._numbers.__getitem__, slots.tolist()))

    def singles(self, places: Places) -> list[int]:
        """The numbers of those of these words that stand in one article."""
        slots = self._slots_of(places)
        return [self._numbers[slot] for slot in slots[self._known(slots) == 1].tolist()]

    def add(self, numbers: Iterable[int], by: int) -> None:
        """These words stand in so many articles more (or fewer)."""
        self._add(np.array(sorted({self._slot_of(number) for number in numbers}), np.int32), by)

    def add_article(self, places: Places, by: int) -> None:
        """So many articles more (or fewer) with these words of the vocabulary."""
        self._add(np.append(self._slots_of(places), np.int32(self._slot_of(ARTICLES))), by)

    def _add(self, slots: Slots, by: int) -> None:
        self._known(slots)
        self._counts[slots] += by  # a slot that stands there twice counts once
        self._more[slots] += by
        self._changed.append(slots)

    def _known(self, slots: Slots) -> Slots:
        """The counts; those that are not held are read."""
        found: Slots = self._counts[slots]
        if found.size and found.min() == _UNKNOWN:
            some = slots[found == _UNKNOWN].tolist()
            stored = self._tables.counts(self._numbers[slot] for slot in some)
            for slot in some:
                self._counts[slot] = stored[self._numbers[slot]]
            found = self._counts[slots]
        return found

    def _slot_of(self, number: int) -> int:
        found = self._slot.get(number)
        if found is None:
            found = self._slot[number] = len(self._numbers)
            self._numbers.append(number)
            if found >= len(self._counts):
                self._counts = np.concatenate([self._counts, np.full_like(self._counts, _UNKNOWN)])
                self._more = np.concatenate([self._more, np.zeros_like(self._more)])
        return found

    def _slots_of(self, places: Places) -> Slots:
        words = self.vocabulary.words
        while self._seen < len(words):
            if self._seen >= len(self._slots):
                self._slots = np.concatenate([self._slots, np.zeros_like(self._slots)])
            self._slots[self._seen] = self._slot_of(number_of(words[self._seen]))
            self._seen += 1
        found: Slots = self._slots[places]
        return found
