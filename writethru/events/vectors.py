"""Articles as vectors of weighted words, in arrays; sums that come out the same in whatever order they are made.

The weights of a vector of length one are multiples of 2⁻²⁶. The product of two is a multiple of 2⁻⁵², and so is every
sum of such products up to 2: a float holds each of them exactly. So neither the order of words, nor that of articles,
nor how a processor adds changes the last digit of a similarity, and none is rounded by more than 10⁻⁷.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

GRAIN = 2.0**26
GRAIN_OF_SQUARES = 2.0**40
ALONE = 2**18
"""Multiplications of one product of matrices that numpy's library does without threads."""
BLOCK = 32
"""Rows of a larger one that are done at once."""
Places = NDArray[np.int32]
Floats = NDArray[np.float64]


class Vocabulary(dict[str, int]):
    """Words with their numbers, from 0 in the order in which they were first met. Used by one thread."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._room: Floats = np.zeros(1024)
        self._digits = np.zeros(1024, np.bool_)

    def __missing__(self, word: str) -> int:
        place = self[word] = len(self.words)
        self.words.append(word)
        if place == len(self._digits):
            self._digits = np.concatenate([self._digits, np.zeros_like(self._digits)])
        self._digits[place] = word[:1].isdigit()
        return place

    def figures(self, places: Places) -> NDArray[np.bool_]:
        """Which of these words begin with a digit."""
        found: NDArray[np.bool_] = self._digits[places]
        return found

    def places(self, words: Collection[str]) -> Places:
        """The number of each of these words."""
        return np.fromiter(map(self.__getitem__, words), np.int32, len(words))

    def products(self, one: Vector, others: Sequence[Vector]) -> Floats:
        """The scalar product of one vector with each of others."""
        found = np.zeros(len(others))
        filled = [at for at, other in enumerate(others) if len(other.places)]
        if not filled:
            return found
        if len(self._room) < len(self.words):
            self._room = np.zeros(2 * len(self.words))
        self._room[one.places] = one.weights
        parts = self._room[np.concatenate([others[at].places for at in filled])]
        self._room[one.places] = 0.0
        parts *= np.concatenate([others[at].weights for at in filled])
        ends = list(accumulate(len(others[at].places) for at in filled))
        found[filled] = np.add.reduceat(parts, [0, *ends[:-1]])
        return found


class Vector(NamedTuple):
    """Some words of a vocabulary, each once, with their weights."""

    vocabulary: Vocabulary
    places: Places
    weights: Floats

    def words(self) -> list[str]:
        """The words, in the order of the weights."""
        return list(map(self.vocabulary.words.__getitem__, self.places.tolist()))

    def only(self, kept: Sequence[bool]) -> Vector:
        """Those of the words that are kept."""
        some = np.array(kept, np.bool_)
        return self._replace(places=self.places[some], weights=self.weights[some])

    def unit(self) -> Vector:
        """A vector of length one in the same direction; an empty one stays."""
        return self._replace(weights=_units(self.weights, [len(self.weights)]))

    def cosine(self, other: Vector) -> float:
        """The cosine of two vectors of length one."""
        return float(self.vocabulary.products(self, (other,))[0])


class Distinct(NamedTuple):
    """The different ones of several numbers in order, which of them each is, and how often each stands there."""

    numbers: NDArray[Any]
    which: NDArray[np.intp]
    times: NDArray[np.intp]


def distinct(numbers: NDArray[Any]) -> Distinct:
    """Of one number or more; as ``numpy.unique`` has it, which takes twice as long for a few hundred."""
    order = numbers.argsort(kind="stable")
    ordered = numbers[order]
    first = np.ones(len(order), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    which = np.empty(len(order), np.intp)
    which[order] = first.cumsum() - 1
    return Distinct(ordered[first], which, np.bincount(which))


def grained(weights: Floats) -> Floats:
    """Rounded to what sums exactly."""
    found: Floats = np.rint(weights * GRAIN) / GRAIN
    return found


def units(vectors: Sequence[Vector], weights: Floats) -> list[Vector]:
    """These vectors with other weights, which stand one after the other, each brought to length one."""
    lengths = [len(one.places) for one in vectors]
    parts = cut(_units(weights, lengths), lengths)
    return [Vector(one.vocabulary, one.places, part) for one, part in zip(vectors, parts, strict=True)]


def cut(whole: NDArray[Any], lengths: Iterable[int]) -> list[NDArray[Any]]:
    """Parts of an array of such lengths, one after the other."""
    ends = list(accumulate(lengths))
    return [whole[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _units(weights: Floats, lengths: Sequence[int]) -> Floats:
    """Vectors one after the other, each brought to length one; none is changed by the order of its weights.

    Squares are rounded to grains of 2⁻⁴⁰ of the greatest weight's: their sums are exact, and lengths right to 10⁻⁹.
    """
    if not len(weights):
        return weights
    counts = np.array(lengths)
    filled = counts[counts > 0]
    starts = filled.cumsum() - filled
    scaled = weights / np.maximum.reduceat(np.abs(weights), starts).repeat(filled)
    squares = np.rint(scaled * scaled * GRAIN_OF_SQUARES)
    return grained(scaled / np.sqrt(np.add.reduceat(squares, starts) / GRAIN_OF_SQUARES).repeat(filled))


class Table(NamedTuple):
    """Several vectors by their words.

    Attributes:
        rows: which vector each entry is of, in order.
        columns: which of the words.
        weights: of the entries.
        places: the words, each once.
        stand: in how many vectors each of the words stands.
        height: how many vectors there are.
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    weights: Floats
    places: Places
    stand: NDArray[np.intp]
    height: int

    def among(self, members: Sequence[int]) -> Table:
        """Some of the vectors, which are given in order; words that none of them has stand in 0."""
        numbers = np.full(self.height, -1)
        numbers[members] = np.arange(len(members))
        rows = numbers[self.rows]
        kept = rows >= 0
        columns = self.columns[kept]
        stand = np.bincount(columns, minlength=len(self.places))
        return Table(rows[kept], columns, self.weights[kept], self.places, stand, len(members))

    def shared(self) -> Table:
        """The words that stand in more than one of the vectors."""
        shared = self.stand > 1
        kept = shared[self.columns]
        columns = (shared.cumsum() - 1)[self.columns[kept]]
        return Table(self.rows[kept], columns, self.weights[kept], self.places[shared], self.stand[shared], self.height)

    def products(self) -> Floats:
        """The scalar product of each two vectors; on the diagonal that of the words that are here."""
        dense = np.zeros((self.height, len(self.places)))
        dense[self.rows, self.columns] = self.weights
        return _with_each_other(dense)

    def units(self) -> Table:
        """The same with each vector brought to length one."""
        lengths = np.bincount(self.rows, minlength=self.height)
        return self._replace(weights=_units(self.weights, lengths.tolist()))


def _with_each_other(dense: Floats) -> Floats:
    """The scalar product of each two rows, in blocks for one processor.

    Larger products numpy hands to several threads, which wait for each other longer than they work: of 80 rows with 800
    words that took up to forty times as much processor time.
    """
    count, words = dense.shape
    if count * count * words <= ALONE:
        found: Floats = dense @ dense.T
        return found
    found = np.zeros((count, count))
    step = max(1, ALONE // BLOCK**2)
    for top in range(0, count, BLOCK):
        for left in range(top, count, BLOCK):
            block = found[top : top + BLOCK, left : left + BLOCK]
            for at in range(0, words, step):
                block += dense[top : top + BLOCK, at : at + step] @ dense[left : left + BLOCK, at : at + step].T
            found[left : left + BLOCK, top : top + BLOCK] = block.T
    return found


def table(vectors: Sequence[Vector]) -> Table:
    """Vectors of one vocabulary, of which there is one at least."""
    places = np.concatenate([one.places for one in vectors])
    rows = np.arange(len(vectors)).repeat([len(one.places) for one in vectors])
    weights = np.concatenate([one.weights for one in vectors])
    if not len(places):
        return Table(rows, rows, weights, places, rows, len(vectors))
    words, columns, stand = distinct(places)
    return Table(rows, columns, weights, words, stand, len(vectors))


def similarities(vectors: Sequence[Vector]) -> Floats:
    """The scalar product of each two vectors, a square of them; the diagonal means nothing."""
    return table(vectors).shared().products() if vectors else np.zeros((0, 0))


def most_typical(vectors: Mapping[int, Vector], keys: Mapping[str, int]) -> int:
    """The one of several vectors of length one that is most like all of them.

    Args:
        keys: what orders equals, to the vectors that there is a choice of.
    """
    if len(keys) == 1:
        return next(iter(keys.values()))
    alike = similarities(list(vectors.values()))
    np.fill_diagonal(alike, 0.0)
    like = dict(zip(vectors, alike.sum(axis=1).tolist(), strict=True))
    return keys[min(keys, key=lambda key: (-round(like[keys[key]], 9), key))]


def mean(vectors: Sequence[Vector], most: int) -> Vector:
    """The mean of vectors of one vocabulary: so many of its heaviest words, equals in their own order."""
    return means([vectors], most)[0]


def means(groups: Sequence[Sequence[Vector]], most: int) -> list[Vector]:
    """The mean of each of several groups of vectors of one vocabulary."""
    every = [one for group in groups for one in group]
    if not any(len(one.places) for one in every):
        return [Vector(Vocabulary(), np.zeros(0, np.int32), np.zeros(0)) for _ in groups]
    sizes = [sum(len(one.places) for one in group) for group in groups]
    which = np.arange(len(groups)).repeat(sizes)
    found, entries, _ = distinct((which << _GROUPED) + np.concatenate([one.places for one in every]))
    which, places = found >> _GROUPED, (found & _PLACE).astype(np.int32)
    counts = np.array([max(1, len(group)) for group in groups])
    sums = np.bincount(entries, np.concatenate([one.weights for one in every])) / counts[which]
    ends = np.searchsorted(which, np.arange(len(groups) + 1)).tolist()
    vocabulary = every[0].vocabulary
    heaviest = [
        np.arange(start, end)
        if end - start <= most
        else start + _heaviest(Vector(vocabulary, places[start:end], sums[start:end]), most)
        for start, end in pairwise(ends)
    ]
    kept, lengths = np.concatenate(heaviest), list(map(len, heaviest))
    parts = zip(cut(places[kept], lengths), cut(grained(sums[kept]), lengths), strict=True)
    return [Vector(vocabulary, *part) for part in parts]


_GROUPED = 32
_PLACE = (1 << _GROUPED) - 1


def _heaviest(vector: Vector, most: int) -> NDArray[np.intp]:
    """Where the heaviest words stand; of those as heavy as the last of them the first by their letters."""
    least = np.partition(vector.weights, -most)[-most]
    sure = np.flatnonzero(vector.weights > least)
    equals = np.flatnonzero(vector.weights == least)
    if len(equals) > 1:
        words = list(map(vector.vocabulary.words.__getitem__, vector.places[equals].tolist()))
        equals = equals[sorted(range(len(words)), key=words.__getitem__)]
    return np.concatenate([sure, equals[: most - len(sure)]])
