"""In how many articles each word stands, and who has the rarest: in memory within bounds, written in bulk.

Most of an article's rarest words stand in few articles, so that the whole list of a word is held as it was read, or as
it began here; of a word with more articles the latest of its list are held, which is what an article of today asks
for. Only where neither answers is the database asked.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from writethru.analyse.story_lately import Lately
from writethru.storage.story_store import StoryStore

ARTICLES = 0
"""The term that counts the articles themselves."""
ASKED = 40
"""Articles that the index gives for one word, the latest first."""
MOST_COUNTS = 200_000
"""Counts of words that are kept in memory before all are forgotten; 0.1 KB each."""
MOST_LISTS = 20_000
"""Lists of who has a word that are kept in memory, twice; 0.1 to 0.5 KB each."""
_ALL_DAYS = (-(2**31) + 1, 2**31 - 1)
_SHIFT = 40
_ARTICLE = (1 << _SHIFT) - 1


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

    def within(self, days: tuple[int, int] | None) -> list[int] | None:
        """The latest articles on these days and those without one (None: of all); None where the list cannot say."""
        if days is None:
            latest = [code & _ARTICLE for code in reversed(self.dated)]
            return (latest + list(reversed(self.undated)))[:ASKED]
        first = bisect_left(self.dated, _dated(days[0], 0))
        last = bisect_left(self.dated, _dated(days[1] + 1, 0))
        if first == 0 and last < len(self.dated) == ASKED:
            return None
        return [code & _ARTICLE for code in self.dated[first:last]] + list(self.undated)


class HeldWords:
    """The tables of words, with what was read kept and what changed waiting for ``write``. Used by one thread."""

    def __init__(self, tables: StoryStore) -> None:
        self._tables = tables
        self.clear()

    def clear(self) -> None:
        """Forget everything, what was not written too."""
        self._counts: dict[int, int] = {}
        self._lists: Lately[int, _List] = Lately(MOST_LISTS)
        self._forget_changes()

    def _forget_changes(self) -> None:
        self._more: dict[int, int] = {}
        self._entered: dict[int, list[tuple[int | None, int]]] = {}

    def begin(self) -> None:
        """Before a piece of work: what is kept stays within bounds."""
        if len(self._counts) > MOST_COUNTS:
            self._counts = {}

    def write(self) -> None:
        """Write what changed."""
        self._write_index()
        by_change: dict[int, list[int]] = defaultdict(list)
        for number, change in self._more.items():
            by_change[change].append(number)
        for change, numbers in by_change.items():
            if change:
                self._tables.count(numbers, change)
        self._forget_changes()

    def _write_index(self) -> None:
        under: dict[tuple[int | None, int], list[int]] = defaultdict(list)
        for number, entries in self._entered.items():
            for entry in entries:
                under[entry].append(number)
        for (day, article_id), numbers in under.items():
            self._tables.index(article_id, day, numbers)
        self._entered = {}

    # counts

    def count(self, number: int) -> int:
        """In how many articles a word stands."""
        found = self._counts.get(number)
        return self._read_counts([number])[number] if found is None else found

    def _read_counts(self, numbers: Iterable[int]) -> dict[int, int]:
        found = {number: count + self._more.get(number, 0) for number, count in self._tables.counts(numbers).items()}
        self._counts |= found
        return found

    def add(self, numbers: Iterable[int], by: int) -> None:
        """These words stand in so many articles more (or fewer)."""
        known, more = self._counts, self._more
        changed = list(numbers)
        self._read_counts([number for number in changed if number not in known])
        for number in changed:
            known[number] += by
            more[number] = more.get(number, 0) + by

    # who has them

    def enter(self, article_id: int, day: int | None, numbers: Collection[int]) -> None:
        """An article, which is under none of them yet and is counted, is found by these words from now on."""
        for number in numbers:
            held = self._lists.get(number)
            if held is None and self.count(number) == 1:
                held = _List(array("q"), array("q"))
                self._lists.put(number, held)
            if held is not None:
                held.add(day, article_id)
            self._entered.setdefault(number, []).append((day, article_id))

    def take_out(self, article_id: int, day: int | None, numbers: Collection[int]) -> None:
        """An article is found by these words no longer."""
        self._write_index()
        self._tables.unindex(article_id, day, numbers)
        for number in numbers:
            self._lists.drop(number)

    def holders(self, worth: Mapping[int, float], days: tuple[int, int] | None) -> dict[int, float]:
        """Who has these words, and what those that each has are worth together; so many a word, the latest.

        Args:
            worth: of each word, one of whose articles is the one that asks.
            days: only of these, and of none.
        """
        asked = [number for number in worth if self.count(number) > 1]  # of the others only the one that asks
        lists = self._held(asked)
        found: dict[int, float] = defaultdict(float)
        for number in asked:
            articles = lists[number].within(days)
            for article_id in self._asked(number, days) if articles is None else articles:
                found[article_id] += worth[number]
        return found

    def _held(self, numbers: Iterable[int]) -> dict[int, _List]:
        found, missing = {}, []
        for number in numbers:
            held = self._lists.get(number)
            if held is None:
                missing.append(number)
            else:
                found[number] = held
        return {**found, **self._read(missing)} if missing else found

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

    def _asked(self, number: int, days: tuple[int, int] | None) -> list[int]:
        self._write_index()
        return [posting.article_id for posting in self._tables.neighbours([number], days, ASKED)]


def _dated(day: int, article_id: int) -> int:
    return (day << _SHIFT) + article_id
