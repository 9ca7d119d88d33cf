"""Word marks: what a person would mark, and the roads of the alignment below."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.comparison.longest_common import common_words
from writethru.comparison.matching import heaviest_increasing, link_equal, moved_links
from writethru.comparison.words import mark_words


def marked(old: str, new: str) -> tuple[list[str], list[str]]:
    a, b = mark_words(old, new)
    return [old[s:e] for s, e in a.marks], [new[s:e] for s, e in b.marks]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It rose 1.5 million.", "It rose 15 million.", (["1.5"], ["15"])),
        ("He will go.", "He will not go.", ([], ["not "])),
        ("The end.", "The end came.", ([], [" came"])),
        ("A, C and D.", "A, B, C and D.", ([], ["B, "])),
        ('He saw "B" there.', 'He saw "A" and "B" there.', ([], ['"A" and '])),
        ("So it ended (badly).", "So it ended.", ([" (badly)"], [])),
        ("the red house and the blue car", "a green hut and his old bike", (["the red house and the blue car"],
                                                                              ["a green hut and his old bike"])),
        ("東京で会談した。", "京都で会談した。", (["東"], ["都"])),
        ("Er sagt ja.", "Er sagte ja.", (["sagt"], ["sagte"])),
        ("well-known men", "well-paid men", (["well-known"], ["well-paid"])),
    ],
)  # fmt: skip
def test_marks_are_those_a_person_would_set(old: str, new: str, expected: tuple[list[str], list[str]]) -> None:
    assert marked(old, new) == expected


words = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "the", "of"]), max_size=14)


@given(words, words)
def test_common_words_are_equal_and_in_order(old: list[str], new: list[str]) -> None:
    pairs = common_words(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert pairs == sorted(pairs)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


@given(words, words)
def test_the_bit_parallel_road_finds_a_longest_common_subsequence(old: list[str], new: list[str]) -> None:
    from writethru.comparison.longest_common import _longest, _places

    assert len(_longest(old, new, _places(new)) if old and new else []) == _length(old, new)


def _length(old: list[str], new: list[str]) -> int:
    row = [0] * (len(new) + 1)
    for word in old:
        before = 0
        for j, other in enumerate(new, 1):
            row[j], before = (before + 1 if word == other else max(row[j], row[j - 1])), row[j]
    return row[-1]


@pytest.mark.parametrize("vocabulary", [2, 40, 4_000])
def test_long_rows_of_words_take_each_road_in_bounded_time(vocabulary: int) -> None:
    rng = random.Random(vocabulary)
    old = [f"w{rng.randrange(vocabulary)}" for _ in range(6_000)]
    new = list(old)
    for _ in range(60):
        new[rng.randrange(len(new))] = "changed"
    assert len(common_words(old, new)) >= len(old) - 300


@given(st.lists(st.integers(0, 30), unique=True, max_size=12))
def test_the_heaviest_increasing_subsequence_is_increasing_and_no_lighter_than_any_run(values: list[int]) -> None:
    weights = [value % 5 + 1 for value in values]
    kept = sorted(heaviest_increasing(values, weights))
    assert [values[at] for at in kept] == sorted(values[at] for at in kept)
    weight = sum(weights[at] for at in kept)
    for start in range(len(values)):
        end = start + 1
        while end < len(values) and values[end] > values[end - 1]:
            end += 1
        assert weight >= sum(weights[start:end])


def test_the_light_moves_past_the_heavy() -> None:
    assert moved_links([(0, 2), (1, 0), (2, 1)], [5, 50, 50]) == {0}
    assert moved_links([(0, 2), (1, 0), (2, 1)], [500, 50, 50]) == {1, 2}


def test_repeated_items_are_linked_beside_their_neighbours() -> None:
    xs, ys = ["x", "a", "x", "b", "x"], ["a", "x", "b", "x"]
    to_new, to_old = [-1] * len(xs), [-1] * len(ys)
    link_equal(xs, ys, to_new, to_old)
    assert to_new == [-1, 0, 1, 2, 3]


@pytest.mark.parametrize(
    ("old", "new", "shifted"),
    [
        ("We ask what is the cost of it.", "We ask what the cost of it is.", ["is"]),
        ("He won, then left.", "He won then, left.", [","]),
        ("He is ill and she left.", "He was ill and she is gone.", []),
    ],
)
def test_a_short_word_is_shifted_only_where_it_stands_alone(old: str, new: str, shifted: list[str]) -> None:
    assert [old[s:e].strip() for s, e in mark_words(old, new)[0].shifted] == shifted
