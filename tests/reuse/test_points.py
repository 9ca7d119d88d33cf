"""Points that two articles share, beside the plain way to find them."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.reuse.points import DIAGONAL, OFTEN, SIDE, before, points_of, steps
from writethru.reuse.words import Mark, Stood, Words

TEXTS = st.lists(st.sampled_from(["the", "of", "dam", "burst", "mayor", "fled", "night"]), max_size=40)


def words(keys: list[str]) -> Words:
    marks = tuple(Mark.COMMON if key in ("the", "of") else Mark.NONE for key in keys)
    return Words(tuple(keys), bytes(marks), (Stood(0, 0, " ".join(keys)),))


def plainly(a: list[str], b: list[str]) -> set[int]:
    """The definition: neighbours that stand in both, and lone words that are rare in both."""
    theirs: dict[tuple[str, str], list[int]] = {}
    for j, pair in enumerate(pairwise(b)):
        theirs.setdefault(pair, []).append(j)
    found = {i * SIDE + j for i, pair in enumerate(pairwise(a)) for j in theirs.get(pair, [])[:OFTEN]}
    found |= {point + DIAGONAL for point in found}
    often = Counter(a), Counter(b)
    lone = {key for key in a if key not in ("the", "of") and often[0][key] <= 2 and often[1][key] <= 2}
    return found | {i * SIDE + j for i, j in product(range(len(a)), range(len(b))) if a[i] == b[j] and a[i] in lone}


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_points_are_those_of_the_definition(a: list[str], b: list[str]) -> None:
    points = points_of(words(a), words(b))
    assert points.tolist() == sorted(plainly(a, b))
    on_diagonal = [points.tolist().index(point - DIAGONAL) if point - DIAGONAL in points else -1 for point in points]
    assert before(points).tolist() == on_diagonal


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, st.integers(0, 4))
def test_steps_are_those_over_few_words_of_both_the_nearest_first(a: list[str], b: list[str], most: int) -> None:
    points = points_of(words(a), words(b))
    asked = np.arange(0, len(points), 2)
    found = steps(points, asked, most)
    places = [divmod(point, SIDE) for point in points.tolist()]
    plain = []
    for to in asked.tolist():
        i, j = places[to]
        near = [(i - x - 1, j - y - 1, at) for at, (x, y) in enumerate(places) if x < i and y < j]
        plain += [(to, at, over, up) for over, up, at in sorted(near) if max(over, up) <= most]
    assert list(zip(*(column.tolist() for column in found), strict=True)) == plain


def test_a_text_that_repeats_itself_is_held_against_each_time_of_the_other() -> None:
    text = words(["the", "dam", "of", "night"] * 2200)
    points = points_of(text, text)
    assert len(points) == len(text)
    assert all(point % DIAGONAL == 0 for point in points.tolist())
