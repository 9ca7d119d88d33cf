"""Similarities are the same whatever order words and articles come in, to the last digit."""

from __future__ import annotations

import math
import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.events.vectors import (
    ALONE,
    BLOCK,
    Table,
    Vector,
    Vocabulary,
    mean,
    means,
    most_typical,
    similarities,
    table,
)

BAGS = st.lists(
    st.dictionaries(st.sampled_from("abcdefghijkl"), st.floats(0.01, 40.0), max_size=9), min_size=1, max_size=6
)
Bag = dict[str, float]


def units(bags: list[Bag], seed: int = 0) -> list[Vector]:
    """Vectors of length one; the seed says in which order the words were met and stand."""
    words = [word for bag in bags for word in bag]
    vocabulary = Vocabulary()
    vocabulary.places(random.Random(seed).sample(words, len(words)))
    found = []
    for bag in bags:
        order = random.Random(seed).sample(list(bag), len(bag))
        weights = np.array([bag[word] for word in order], np.float64)
        found.append(Vector(vocabulary, vocabulary.places(order), weights).unit())
    return found


def plain(one: Bag, other: Bag) -> float:
    both = math.fsum(one[word] * other[word] for word in one.keys() & other.keys())
    return both / math.sqrt(math.fsum(w * w for w in one.values()) * math.fsum(w * w for w in other.values()) or 1.0)


@settings(max_examples=40)
@given(BAGS)
def test_one_against_many_and_all_against_all_say_the_same_in_any_order(bags: list[Bag]) -> None:
    first, second = units(bags), units(bags, 7)
    alike = similarities(first)
    for at, bag in enumerate(bags):
        row = [one for place, one in enumerate(alike[at].tolist()) if place != at]
        for some in (first, second):
            others = some[:at] + some[at + 1 :]
            assert some[at].vocabulary.products(some[at], others).tolist() == row
        expected = [plain(bag, other) for place, other in enumerate(bags) if place != at]
        assert np.allclose(row, expected, rtol=0, atol=1e-6)


@settings(max_examples=40)
@given(BAGS, st.integers(1, 12))
def test_a_mean_keeps_the_heaviest_the_first_of_equals(bags: list[Bag], most: int) -> None:
    found = [mean(some, most) for some in (units(bags), units(bags[::-1], 7))]
    weights = [dict(zip(one.words(), one.weights.tolist(), strict=True)) for one in found]
    assert weights[0] == weights[1]
    whole = mean(units(bags), 100)
    order = sorted(zip((-whole.weights).tolist(), whole.words(), strict=True))
    assert sorted(weights[0]) == sorted(word for _, word in order[:most])


def test_a_table_has_the_words_that_two_share() -> None:
    bags: list[Bag] = [{"a": 1.0, "b": 2.0}, {"b": 1.0, "c": 1.0}, {"c": 3.0}, {}]
    found = table(units(bags)).shared()
    assert found.stand.tolist() == [2, 2]
    assert sorted(Vector(units(bags)[0].vocabulary, found.places, found.stand.astype(float)).words()) == ["b", "c"]
    assert similarities([]).shape == (0, 0)


def test_the_most_typical_is_most_like_the_others_and_the_first_of_equals() -> None:
    one, two, three = units([{"a": 1.0}, {"a": 1.0, "b": 1.0}, {"b": 1.0}])
    assert most_typical({5: one, 6: two, 7: three}, {"x": 5, "y": 6, "z": 7}) == 6
    assert most_typical({5: one, 6: two, 7: three}, {"z": 5, "y": 7}) == 7
    assert most_typical({5: one}, {"x": 5}) == 5


def test_products_in_blocks_are_those_of_the_whole() -> None:
    dense = np.rint(np.random.default_rng(1).random((BLOCK + 9, 300)) * 2**20) / 2**26
    assert dense.shape[0] ** 2 * dense.shape[1] > ALONE
    rows, columns = np.nonzero(dense)
    stand = np.full(300, len(dense))
    found = Table(rows, columns, dense[rows, columns], np.arange(300, dtype=np.int32), stand, len(dense)).products()
    assert (found == np.einsum("ij,kj->ik", dense, dense)).all()


def test_the_means_of_several_groups_are_those_of_each() -> None:
    vectors = units(BAGS_OF_GROUPS)
    groups = [vectors[:2], [], vectors[2:3], vectors[1:]]
    for one, made in zip(groups, means(groups, 3), strict=True):
        alone = mean(one, 3)
        assert (made.words(), made.weights.tolist()) == (alone.words(), alone.weights.tolist())


BAGS_OF_GROUPS = [{"a": 3.0, "b": 1.0}, {"b": 2.0, "c": 1.0, "d": 1.0, "e": 5.0}, {}, {"a": 1.0, "e": 1.0}]
