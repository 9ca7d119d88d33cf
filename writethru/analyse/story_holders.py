"""Lists of who has a word, a row of one table each: what many words say is taken out of it at once.

A row has the latest articles of a word by day, in no order, each with its day in one number; fewer than there is room
for are all there are. Articles without a day, which are few, are kept beside it.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from writethru.analyse.story_counts import Slots

ASKED = 40
"""Articles that the index gives for one word, the latest first."""
MOST_LISTS = 65_536
"""Lists that are kept in memory, 0.3 KB each; of too many the half that was asked for last stays."""
Entries = NDArray[np.int64]
Number = TypeVar("Number", int, Entries)
_SHIFT = 40
_ARTICLE = (1 << _SHIFT) - 1
NOBODY = 2**63 - 1
"""What is in no place of a row: later than any day."""
_NOT_HELD = -1
EVER = -(2**62)
"""Before any day."""


def dated(day: Number, article_id: Number | int) -> Number:
    """Day and article in one number, so that they are in order of time."""
    return (day << _SHIFT) + article_id


def article_of(entries: Entries) -> Entries:
    """The articles of such numbers, and of articles alone."""
    return entries & _ARTICLE


class Within(NamedTuple):
    """Who has each of some words: word by word, how many have each, and places of words of which nothing is known."""

    entries: Entries
    lengths: NDArray[np.intp]
    unknown: list[int]


class HeldLists:
    """Who has a word, by the slot of its count."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Nothing is held."""
        self._row: Slots = np.full(1024, _NOT_HELD, np.int32)
        self._dated: Entries = np.full((1024, ASKED), NOBODY, np.int64)
        self._length = np.zeros(1024, np.int32)
        self._slot: Slots = np.zeros(1024, np.int32)
        self._used = np.zeros(1024, np.int64)
        self._undated: dict[int, list[int]] = {}
        self._rows = 0
        self._free: list[int] = []
        self._now = 0

    def missing(self, slots: Slots) -> Slots:
        """Those of these words whose lists are not held; of the others none goes before as many more were put."""
        rows = self._held(slots)
        self._now += 1
        self._used[rows[rows != _NOT_HELD]] = self._now
        found: Slots = slots[rows == _NOT_HELD]
        return found

    def put(self, slot: int, some: Sequence[int], undated: Sequence[int] = ()) -> None:
        """The list of a word, with at most as many articles as there is room for."""
        row = self._row_for(slot)
        self._dated[row] = NOBODY
        self._dated[row, : len(some)] = some
        self._length[row] = len(some)
        if undated:
            self._undated[row] = sorted(undated)

    def drop(self, slots: Slots) -> None:
        """These lists are not so any more."""
        rows = self._held(slots)
        self._let_go(rows[rows != _NOT_HELD])

    def add(self, slots: Slots, day: int | None, article_id: int) -> None:
        """One more has these words, each of which stands here once; the earliest of too many is held no longer."""
        rows = self._held(slots)
        rows = rows[rows != _NOT_HELD]
        if day is None:
            for row in rows.tolist():
                _keep_last(self._undated.setdefault(row, []), article_id)
            return
        entry, lengths = dated(day, article_id), self._length[rows]
        room = lengths < ASKED
        self._dated[rows[room], lengths[room]] = entry
        self._length[rows[room]] += 1
        if not room.all():
            full = rows[~room]
            least = self._dated[full].argmin(axis=1)
            later = self._dated[full, least] <= entry
            self._dated[full[later], least[later]] = entry

    def within(self, slots: Slots, since: Entries, until: Entries) -> Within:
        """Who has these words, which are held, on their days and on none: word by word, and how many have each.

        Args:
            since, until: of each word, as ``dated`` has them; the second is left out.
        """
        rows = self._held(slots)
        whole = self._dated[rows]
        inside = (whole >= since[:, None]) & (whole < until[:, None])
        lengths = inside.sum(axis=1)
        full = np.flatnonzero((self._length[rows] == ASKED) & (lengths < ASKED))
        unknown = [
            at
            for at in full.tolist()
            if (whole[at] >= since[at]).all()  # and some are later than is asked
        ]
        inside[unknown] = False
        lengths[unknown] = 0
        found: Entries = whole[inside]
        if self._undated:
            lengths[unknown] = -1
            found, lengths = self._with_undated(rows, found, lengths, since == EVER)
        return Within(found, lengths, unknown)

    def _with_undated(
        self, rows: Slots, found: Entries, lengths: NDArray[np.intp], ever: NDArray[np.bool_]
    ) -> tuple[Entries, NDArray[np.intp]]:
        parts, start = [], 0
        for row, length, whenever in zip(rows.tolist(), lengths.tolist(), ever.tolist(), strict=True):
            if length < 0:  # nothing is known of it
                parts.append(found[:0])
                continue
            undated = self._undated.get(row, [])
            undated = undated[max(0, length + len(undated) - ASKED) :] if whenever else undated
            parts.append(np.append(found[start : start + length], np.array(undated, np.int64)))
            start += length
        return np.concatenate(parts), np.array([len(part) for part in parts], np.intp)

    def _held(self, slots: Slots) -> Slots:
        """The rows of words."""
        if slots.size and (most := int(slots.max())) >= len(self._row):
            self._row = np.concatenate([self._row, np.full(2 * most, _NOT_HELD, np.int32)])
        found: Slots = self._row[slots]
        return found

    def _row_for(self, slot: int) -> int:
        held = int(self._held(np.array([slot], np.int32))[0])
        if held != _NOT_HELD:
            return held
        if not self._free and self._rows == MOST_LISTS:
            self._let_go(np.argsort(self._used[: self._rows], kind="stable")[: MOST_LISTS // 2])
        row = self._free.pop() if self._free else self._rows
        self._rows = max(self._rows, row + 1)
        if row == len(self._length):
            self._dated = np.concatenate([self._dated, np.full_like(self._dated, NOBODY)])
            self._length, self._slot = (np.concatenate([one, np.zeros_like(one)]) for one in (self._length, self._slot))
            self._used = np.concatenate([self._used, np.zeros_like(self._used)])
        self._row[slot], self._slot[row], self._used[row] = row, slot, self._now
        return row

    def _let_go(self, rows: NDArray[np.integer]) -> None:
        self._row[self._slot[rows]] = _NOT_HELD
        for row in rows.tolist():
            self._undated.pop(row, None)
            self._free.append(row)


def _keep_last(articles: list[int], one: int) -> None:
    if len(articles) == ASKED:
        if one < articles[0]:
            return
        del articles[0]
    insort(articles, one)
