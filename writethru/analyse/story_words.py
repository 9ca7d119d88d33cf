"""In how many articles each word stands, and who has the rarest: in memory within bounds, written in bulk.

Most of an article's rarest words stand in few articles, so that the whole list of a word is held as it was read, or as
it began here; of a word with more articles the latest of its list are held, which is what an article of today asks
for. Only where neither answers is the database asked. What several articles ask is answered at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from writethru.analyse.story_counts import HeldCounts, Slots
from writethru.analyse.story_holders import ASKED, EVER, NOBODY, Entries, HeldLists, article_of, dated
from writethru.events.vectors import Floats, distinct
from writethru.storage.story_store import Posting, StoryStore

_ALL_DAYS = (-(2**31) + 1, 2**31 - 1)
Days = tuple[int, int] | None


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


class HeldWords:
    """The index of words, with what was read kept and what changed waiting for ``write``. Used by one thread."""

    def __init__(self, tables: StoryStore) -> None:
        self._tables = tables
        self.counts = HeldCounts(tables)
        self.clear()

    def clear(self) -> None:
        """Forget everything, what was not written too."""
        self.counts.clear()
        self._lists = HeldLists()
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
        self._lists.add(self.counts.slots_of_numbers(numbers), day, article_id)
        for number in numbers:
            self._entered.setdefault(number, []).append((day, article_id))

    def begin_lists(self, numbers: Iterable[int]) -> None:
        """Words that stand in no other article: nobody is found by them yet, so that nobody need ask the database."""
        for slot in self.counts.slots_of_numbers(numbers).tolist():
            self._lists.put(slot, ())

    def take_out(self, article_id: int, day: int | None, numbers: Collection[int]) -> None:
        """An article is found by these words no longer."""
        self._write_index()
        self._tables.unindex(article_id, day, numbers)
        self._lists.drop(self.counts.slots_of_numbers(numbers))

    def holders(self, asking: Sequence[Asked], days: Sequence[Days]) -> list[Holders]:
        """Who has these words of each of several articles, which is one of them; so many a word, the latest.

        Args:
            days: of each article, only of these, and of none; None for whenever.
        """
        if not asking:
            return []
        slots = np.concatenate([asked.slots for asked in asking])
        others = self.counts.at_slots(slots) > 1  # other words only the one that asks has
        who = np.arange(len(asking)).repeat([len(asked.slots) for asked in asking])[others]
        if not len(who):
            return [_NONE] * len(asking)
        slots, worth = slots[others], np.concatenate([asked.worth for asked in asking])[others]
        self._read(self._lists.missing(slots))
        since, until = (np.array(one, np.int64) for one in zip(*map(_span, days), strict=True))
        found, lengths, unknown = self._lists.within(slots, since[who], until[who])
        if unknown:
            found, lengths = self._told(found, lengths, {at: self._ask(slots[at], days[who[at]]) for at in unknown})
        return _summed(len(asking), who.repeat(lengths), article_of(found), worth.repeat(lengths))

    def asking(self, numbers: Sequence[int], worth: Sequence[float]) -> Asked:
        """Words to ask for, in order of their numbers."""
        return Asked(numbers, np.array(worth), self.counts.slots_of_numbers(numbers), sum(worth))

    def _read(self, slots: Slots) -> None:
        """Hold the lists of these words."""
        if not len(slots):
            return
        numbers = dict(zip(self.counts.numbers_at(slots), slots.tolist(), strict=True))
        lists: dict[int, tuple[list[int], list[int]]] = {number: ([], []) for number in numbers}
        for number, day, article_id in self._tables.neighbours(list(numbers), _ALL_DAYS, ASKED):
            if day is None:
                lists[number][1].append(article_id)
            else:
                lists[number][0].append(dated(day, article_id))
        for number, (some, undated) in lists.items():
            self._lists.put(numbers[number], some, undated)
            for day, article_id in self._entered.get(number, ()):
                self._lists.add(np.array([numbers[number]], np.int32), day, article_id)

    def _ask(self, slot: int, days: Days) -> Entries:
        self._write_index()
        found = self._tables.neighbours(self.counts.numbers_at(np.array([slot])), days, ASKED)
        return np.array([posting.article_id for posting in found], np.int64)

    @staticmethod
    def _told(
        found: Entries, lengths: NDArray[np.intp], asked: Mapping[int, Entries]
    ) -> tuple[Entries, NDArray[np.intp]]:
        """The same with what the database said of some of the words."""
        parts = np.split(found, lengths.cumsum()[:-1])
        parts = [asked.get(at, part) for at, part in enumerate(parts)]
        return np.concatenate(parts), np.array([len(part) for part in parts], np.intp)


_NONE = Holders(np.zeros(0, np.int64), np.zeros(0))


def _span(days: Days) -> tuple[int, int]:
    return (EVER, NOBODY) if days is None else (dated(days[0], 0), dated(days[1] + 1, 0))


def _summed(count: int, who: NDArray[np.intp], articles: Entries, worth: Floats) -> list[Holders]:
    """What the words are worth together that each article shares with each that asks."""
    if not len(who):
        return [_NONE] * count
    pairs, entries, _ = distinct(dated(who, articles))
    shared: Floats = np.bincount(entries, worth).astype(np.float64, copy=False)
    ends = np.searchsorted(pairs, dated(np.arange(1, count, dtype=np.int64), 0))
    return [Holders(*one) for one in zip(np.split(article_of(pairs), ends), np.split(shared, ends), strict=True)]
