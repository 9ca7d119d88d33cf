"""What a process that asks the index of grams often keeps of it in memory, brought up to the state it sees."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from sqlalchemy import Connection

from writethru.storage.gram_buckets import FAR, FAR_BITS, State, all_near, came_since, contents
from writethru.storage.gram_sketches import PREFIX, may_be_there, read_since, unknown
from writethru.storage.postings import SIZE, WIDTH, Grams, Holding, found, found_in, keys_of, ordered, unpacked

OFTEN: Final = (8, 64)
"""Holders of a gram in the far buckets from which, and to which, they are kept: it will be asked for again."""
MOST_HELD: Final = 1 << 14
"""Such grams that are kept, and as many that were asked for before them: 16 MB where each has 32 holders."""


class Kept:
    """Of one state of the index: what came last by gram, all near postings, sketches of the far buckets, and the far
    postings of grams that many have. Not safe for threads.
    """

    def __init__(self) -> None:
        self._state = State(moved=-1, sketched=-2)
        self._by_gram: dict[int, bytes] = {}
        self._near = unpacked(b"")
        self._near_keys = keys_of(self._near)
        self._sketches = unknown()
        self._held = _Held()

    def follows(self, connection: Connection, state: State) -> bool:
        """Bring it up to this state, which the connection sees; False: it is of a newer one already."""
        if state < self._state:
            return False
        if state.moved != self._state.moved:
            self._by_gram = {}
            self._near = unpacked(all_near(connection))
            self._near_keys = keys_of(self._near)
            self._read_sketches(connection, state)
            self._state = state._replace(number=0)
        if state.number > self._state.number:
            for row in came_since(connection, self._state.number):
                self._add(row)
        self._state = state
        return True

    def holding(self, connection: Connection, wanted: Grams) -> Holding:
        """What is indexed of these grams, which are in order."""
        by_gram = self._by_gram
        recent = [by_gram[gram] for gram in wanted.tolist() if gram in by_gram]
        there = wanted[may_be_there(self._sketches, wanted)]
        held, missing = self._held.of(there.tolist())
        asked = np.array(missing, np.uint32)
        numbers = np.unique(asked >> WIDTH - FAR_BITS).astype(np.int64) + FAR
        far = found([content for _, content in contents(connection, numbers.tolist())], asked)
        self._held.keep(far)
        near = found_in(self._near, self._near_keys, wanted)
        return ordered([unpacked(b"".join(recent + held)), near, far])

    def _add(self, postings: bytes) -> None:
        """One row of ``gram_recent``."""
        by_gram = self._by_gram
        for at, gram in enumerate(unpacked(postings)["gram"].tolist()):
            posting = postings[at * SIZE : (at + 1) * SIZE]
            by_gram[gram] = by_gram[gram] + posting if gram in by_gram else posting

    def _read_sketches(self, connection: Connection, state: State) -> None:
        """Sketches as they are now; what is held of far buckets that changed is forgotten."""
        before = self._state
        if not (state.has_sketches and before.has_sketches and state.taken == before.taken):
            self._sketches = unknown()
            self._held.clear()
            before = State(moved=-1)
        if state.has_sketches:
            self._held.forget(read_since(connection, before.moved, self._sketches))


class _Held:
    """Far postings of grams that many have. When it is full those that came are put behind, and are forgotten when it
    is full again unless they were asked for.
    """

    def __init__(self) -> None:
        self._fresh: dict[int, bytes] = {}
        self._behind: dict[int, bytes] = {}

    def of(self, grams: list[int]) -> tuple[list[bytes], list[int]]:
        """What is held of these grams, and those of which nothing is."""
        fresh, behind = self._fresh, self._behind
        held, missing = [], []
        for gram in grams:
            postings = fresh.get(gram)
            if postings is None:
                postings = behind.pop(gram, None)
                if postings is None:
                    missing.append(gram)
                    continue
                fresh[gram] = postings
            held.append(postings)
        return held, missing

    def keep(self, far: Holding) -> None:
        """Those of these postings, which are by gram, that are of grams which many have."""
        keys = keys_of(far)
        begins = [*np.flatnonzero(np.diff(keys, prepend=~keys[:1])).tolist(), len(far)]
        for start, end in pairwise(begins):
            if OFTEN[0] <= end - start <= OFTEN[1]:
                self._fresh[int(keys[start])] = far[start:end].tobytes()
        if len(self._fresh) >= MOST_HELD:
            self._fresh, self._behind = {}, self._fresh

    def forget(self, prefixes: set[int]) -> None:
        """Those of grams that begin so."""
        for held in (self._fresh, self._behind):
            for gram in [gram for gram in held if gram >> WIDTH - PREFIX in prefixes]:
                del held[gram]

    def clear(self) -> None:
        """All."""
        self._fresh, self._behind = {}, {}
