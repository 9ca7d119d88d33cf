"""Postings of the index of grams as arrays: what was asked for, found among the packed rows of many buckets at once.

A posting is a gram, an article that has it, its outlet (0: none) and twice its place there (one more: quoted): 14
bytes. Rows of buckets that stand in the order of their numbers are in the order of grams when they are put together, so
that two hundred grams are found in two hundred buckets by one search.

numpy takes a tenth of a second to load: this module is imported where the index is asked, not where an archive is
opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

POSTING: Final = np.dtype([("gram", ">u4"), ("article", ">u4"), ("outlet", ">u4"), ("place", ">u2")])
SIZE: Final = POSTING.itemsize
WIDTH: Final = 32
"""Bits of a gram."""

Holding = NDArray[Any]
"""Rows of ``POSTING``."""
Grams = NDArray[np.uint32]


def unpacked(content: bytes) -> Holding:
    """The postings of a row."""
    return np.frombuffer(content, POSTING)


def of_rows(rows: Iterable[tuple[int, int, int, int]]) -> Holding:
    """Postings told one by one, by gram and article."""
    return np.array(sorted(rows), POSTING)


def of_article(article_id: int, outlet_id: int, grams: NDArray[Any]) -> Holding:
    """Postings of one article, of rows that tell each ``gram``, where it is ``at``, and whether it is ``quoted``."""
    rows = np.empty(len(grams), POSTING)
    rows["gram"], rows["place"] = grams["gram"], grams["at"] << 1 | grams["quoted"]
    rows["article"], rows["outlet"] = article_id, outlet_id
    return rows


def sought(grams: Iterable[int]) -> Grams:
    """Grams to look for, each once and in order."""
    return np.unique(grams if isinstance(grams, np.ndarray) else np.fromiter(grams, np.uint32))


def keys_of(rows: Holding) -> Grams:
    """The grams of postings, to be searched."""
    keys: Grams = rows["gram"].astype(np.uint32)
    return keys


def found(contents: Sequence[bytes], grams: Grams) -> Holding:
    """The postings of these grams in buckets that are given in the order of their numbers."""
    rows = unpacked(b"".join(contents))
    return found_in(rows, keys_of(rows), grams)


def found_in(rows: Holding, keys: Grams, grams: Grams) -> Holding:
    """The postings of these grams among postings by gram, whose ``keys_of`` are given."""
    first, last = np.searchsorted(keys, grams, "left"), np.searchsorted(keys, grams, "right")
    lengths = last - first
    begins = np.repeat(first - np.cumsum(lengths) + lengths, lengths)
    return rows[begins + np.arange(begins.size)]


def together(parts: Sequence[Holding]) -> Holding:
    """All of these; the type is said, since numpy would give the machine's own order of bytes to what it joins."""
    return np.concatenate(parts, dtype=POSTING)


def ordered(parts: Sequence[Holding]) -> Holding:
    """All of these by gram and article."""
    rows = together(parts)
    return rows[in_order(rows)]


def in_order(rows: Holding) -> NDArray[np.intp]:
    """The places of postings by gram and article."""
    return np.argsort(rows["gram"].astype(np.uint64) << np.uint64(WIDTH) | rows["article"], kind="stable")


def buckets(rows: Holding, bits: int) -> NDArray[np.int64]:
    """For each posting the number of the bucket of all grams that begin with the same bits."""
    return rows["gram"].astype(np.int64) >> WIDTH - bits


def by_bucket(rows: Holding, bits: int) -> dict[int, bytes]:
    """Postings in the order of grams, as rows of buckets."""
    numbers, first = np.unique(buckets(rows, bits), return_index=True)
    content, bounds = rows.tobytes(), [*(first * SIZE).tolist(), len(rows) * SIZE]
    return {number: content[start:end] for number, (start, end) in zip(numbers.tolist(), pairwise(bounds), strict=True)}


def without(content: bytes, article_id: int) -> bytes:
    """A row without an article."""
    rows = unpacked(content)
    kept: bytes = rows[rows["article"] != article_id].tobytes()
    return kept


def held_by(rows: Holding, most: int) -> Grams:
    """The grams that so many have, or more; the rows are by gram."""
    keys = keys_of(rows)
    begins = np.flatnonzero(np.diff(keys.astype(np.int64), prepend=-1))
    return keys[begins[np.diff(begins, append=len(rows)) >= most]]
