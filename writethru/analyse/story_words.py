"""In how many articles each word stands, and who has the rarest: in memory within bounds, written in bulk.

Most of an article's rarest words stand in few articles, so that the whole list of a word is held as it was read, or as
it began here; of a word with more articles the latest of its list are held, which is what an article of today asks
for. Only where neither answers is the database asked.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from writethru.analyse.story_counts import HeldCounts, Slots
from writethru.analyse.story_lately import Lately
from writethru.events.vectors import Floats, distinct
from writethru.storage.story_store import Posting, StoryStore

ASKED = 40
"""Articles that the index gives for one word, the latest first."""
MOST_LISTS = 20_000
"""Lists of who has a word that are kept in memory, twice; 0.1 to 0.5 KB each."""
_ALL_DAYS = (-(2**31) + 1, 2**31 - 1)
_SHIFT = 40
_ARTICLE = (1 << _SHIFT) - 1


class Asked(NamedTuple):
    """Words by their numbers in the index, each once, in order; and what each is worth to a pair that shares it.

    Attributes:
        slots: where their counts are held.
        whole: what they are worth together.
    """

    numbers: Sequence[int]
    worth: Floats
    slots: Slots
    whole: float


class Holders(NamedTuple):
    """Articles in order, and what the words that each has are worth together."""

    articles: NDArray[np.int64]
    shared: Floats


@dataclass(slots=True)
class _List:
    """Who has a word: the latest ``ASKED`` by day, and those without a day; fewer than ``ASKED`` are all there are.

    Attributes:
        dated: day and article in one number, so that they are in order of time.
        undated: articles.
    """

    dated: array[int]
    undated: array[int]

    def add(self, day: int | None, article_id: int) -> None:
        """One more has the word; the earliest of too many is held no longer."""
        line, entry = (self.undated, article_id) if day is None else (self.dated, _dated(day, article_id))
        if len(line) == ASKED:
            if entry < line[0]:
                return
            del line[0]
        insort(line, entry)

    def within(self, days: tuple[int, int] | None) -> array[int] | None:
        """The latest articles on these days and those without one (None: of all); None where the list cannot say."""
        if days is None:
            return self.dated + self.undated[max(0, len(self.dated) + len(self.undated) - ASKED) :]
        first = bisect_left(self.dated, _dated(days[0], 0))
        last = bisect_left(self.dated, _dated(days[1] + 1, 0))
        if first == 0 and last < len(self.dated) == ASKED:
            return None
        return self.dated[first:last] + self.undated


class HeldWords:
    """The index of words, with what was read kept and what changed waiting for ``write``. Used by one thread."""

    def __init__(self, tables: StoryStore) -> None:
        self._tables = tables
        self.counts = HeldCounts(tables)
        self.clear()

    def clear(self) -> None:
        """Forget everything, what was not written too."""
        self.counts.clear()
        self._lists: Lately[int, _List] = Lately(MOST_LISTS)
        self._entered: dict[int, list[tuple[int | None, int]]] = {}

    def write(self) -> None:
        """Write what changed."""
        self._write_index()
        self.counts.write()

    def _write_index(self) -> None:
        if self._entered:
            entries = ((number, *one) for number, some in self._entered.items() for one in some)
            self._tables.index(Posting(*entry) for entry in entries)
            self._entered = {}

    def enter(self, article_id: int, day: int | None, numbers: Collection[int]) -> None:
        """An article, which is under none of them yet and is counted, is found by these words from now on."""
        for number in numbers:
            held = self._lists.get(number)
            if held is not None:
                held.add(day, article_id)
            self._entered.setdefault(number, []).append((day, article_id))

    def begin_lists(self, numbers: Iterable[int]) -> None:
        """Words that stand in no other article: nobody is found by them yet, so that nobody need ask the database."""
        for number in numbers:
            self._lists.put(number, _List(array("q"), array("q")))

    def take_out(self, article_id: int, day: int | None, numbers: Collection[int]) -> None:
        """An article is found by these words no longer."""
        self._write_index()
        self._tables.unindex(article_id, day, numbers)
        for number in numbers:
            self._lists.drop(number)

    def holders(self, asked: Asked, days: tuple[int, int] | None) -> Holders:
        """Who has these words, one of whose articles is the one that asks; so many a word, the latest.

        Args:
            days: only of these, and of none.
        """
        told = np.flatnonzero(self.counts.at_slots(asked.slots) > 1).tolist()  # of others only the one that asks
        codes, lengths = array("q"), []
        for number, held in self._held([asked.numbers[at] for at in told]):
            some = held.within(days)
            some = self._ask(number, days) if some is None else some
            codes += some
            lengths.append(len(some))
        if not codes:
            return Holders(np.zeros(0, np.int64), np.zeros(0))
        articles, entries, _ = distinct(np.frombuffer(codes, np.int64) & _ARTICLE)
        shared: Floats = np.bincount(entries, asked.worth[told].repeat(lengths)).astype(np.float64, copy=False)
        return Holders(articles, shared)

    def asking(self, numbers: Sequence[int], worth: Sequence[float]) -> Asked:
        """Words to ask for, in order of their numbers."""
        return Asked(numbers, np.array(worth), self.counts.slots_of_numbers(numbers), sum(worth))

    def _held(self, numbers: Sequence[int]) -> Iterable[tuple[int, _List]]:
        """Who has each of these words."""
        found = list(map(self._lists.get, numbers))
        missing = [number for number, held in zip(numbers, found, strict=True) if held is None]
        read = self._read(missing) if missing else {}
        return [(number, held or read[number]) for number, held in zip(numbers, found, strict=True)]

    def _read(self, numbers: Collection[int]) -> dict[int, _List]:
        found = {number: _List(array("q"), array("q")) for number in numbers}
        for number, day, article_id in reversed(self._tables.neighbours(numbers, _ALL_DAYS, ASKED)):
            if day is None:
                found[number].undated.append(article_id)
            else:
                found[number].dated.append(_dated(day, article_id))
        for number, held in found.items():
            for day, article_id in self._entered.get(number, ()):
                held.add(day, article_id)
            self._lists.put(number, held)
        return found

    def _ask(self, number: int, days: tuple[int, int] | None) -> array[int]:
        self._write_index()
        return array("q", [posting.article_id for posting in self._tables.neighbours([number], days, ASKED)])


def _dated(day: int, article_id: int) -> int:
    return (day << _SHIFT) + article_id
