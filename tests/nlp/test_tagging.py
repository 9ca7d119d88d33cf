"""The head: runs of tags, cues, and the same numbers on every run."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.nlp import tagging
from writethru.nlp.passages import Passage
from writethru.nlp.tagging import DISTANCES, SIGNALS, WIDTH_HEAD, Head, best_tags, signals

SCORES = st.lists(st.lists(st.floats(-20, 0), min_size=5, max_size=5), max_size=12)
PASSAGE = Passage(
    tuple(range(6)),
    tuple((at, at + 1) for at in range(6)),
    (True,) * 3 + (False,) * 3,
    (0, 0, 0, 0, 1, 1),
    (2, 0, 1, 1, 3, 0),
)


@settings(max_examples=60)
@given(SCORES, st.lists(st.booleans(), min_size=12, max_size=12))
def test_nothing_is_inside_what_has_not_begun_and_no_word_is_cut(scores: list[list[float]], begins: list[bool]) -> None:
    tags = best_tags(scores, begins[: len(scores)])
    assert len(tags) == len(scores)
    before = 0
    for at, (tag, begun) in enumerate(zip(tags, begins, strict=False)):
        assert tag not in (2, 4) or before in (tag - 1, tag)
        assert begun or not at or tag == (before + 1 if before in (1, 3) else before)
        before = tag


def test_the_best_run_is_not_the_best_of_each() -> None:
    sure = [-9.0] * 5
    content, inside = [*sure], [*sure]
    content[1], content[3], inside[4] = -0.6, -0.7, -0.1
    assert best_tags([content, inside], [True, True]) == [3, 4]


def test_what_rules_know_of_each_piece() -> None:
    pytest.importorskip("numpy", reason="NOT TESTED: the extra [nlp] is not installed")
    parts = signals(PASSAGE, (3, 4))
    assert parts.signals.tolist() == [
        [1, 0, 1, 0, 1, 1, 0], [1, 0, 1, 0, 0, 0, 0], [1, 0, 1, 0, 1, 0, 0],
        [0, 1, 1, 0, 1, 0, 0], [0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 0, 0, 0]
    ]  # fmt: skip
    assert parts.distances[3] == 0
    assert len(set(parts.distances)) == 6
    assert max(signals(PASSAGE, (0, 1)).distances) < DISTANCES


def test_the_curve_of_the_head_is_the_encoders() -> None:
    numpy = pytest.importorskip("numpy", reason="NOT TESTED: the extra [nlp] is not installed")
    at = [-6.0, -1.5, -0.2, 0.0, 0.7, 4.0]
    true = [0.5 * x * (1 + math.erf(x / math.sqrt(2))) for x in at]
    assert tagging._gelu(numpy.array(at, "float32")).tolist() == pytest.approx(true, abs=1e-6)


def test_a_head_marks_what_its_weights_say() -> None:
    numpy = pytest.importorskip("numpy", reason="NOT TESTED: the extra [nlp] is not installed")
    head = Head(weights_for(numpy))
    vectors = numpy.zeros((8, 384), "float32")
    vectors[[1, 4, 5, 6], [1, 0, 2, 2]] = 8.0  # a source, a cue, a content of two
    (one,) = head.marks(replace(PASSAGE, shapes=(1,) * 6), vectors)
    assert (one.cue, one.source, one.content) == ((3, 4), ((0, 1),), ((4, 6),))
    assert 0 < one.shares[1] < one.shares[0] <= 1
    assert 0 < one.shares[2] < one.shares[0]
    assert head.marks(PASSAGE, numpy.zeros((8, 384), "float32")) == []


def test_a_cue_is_of_whole_words_and_as_sure_as_its_ends() -> None:
    numpy = pytest.importorskip("numpy", reason="NOT TESTED: the extra [nlp] is not installed")
    shares = numpy.array([[0.9, 0.1, 0.0], [0.2, 0.8, 0.0], [0.9, 0.0, 0.1], [0.4, 0.6, 0.0], [0.5, 0.0, 0.5]])
    assert tagging._cues(shares, 0.55, (2, 1, 0, 1, 1)) == [
        ((1, 3), pytest.approx(0.8 * 0.9 * 0.9)),
        ((3, 4), pytest.approx(0.6 * 0.9 * 0.5)),
    ]


def weights_for(numpy: Any) -> dict[str, Any]:
    """A head for which the first number of a vector says cue, the second source, the third content."""
    wide = {"near": (WIDTH_HEAD, 384, 3), "convolutions.0": (WIDTH_HEAD, WIDTH_HEAD, 3)}
    flat = {
        "cue": (3, WIDTH_HEAD),
        "piece": (WIDTH_HEAD, 384),
        "about": (WIDTH_HEAD, 384),
        "signal": (WIDTH_HEAD, SIGNALS),
    }
    shapes = {**wide, **flat, "tags": (5, WIDTH_HEAD)}
    found = {f"{name}.weight": numpy.zeros(shape, "float32") for name, shape in shapes.items()}
    found |= {f"{name}.bias": numpy.zeros(shape[0], "float32") for name, shape in shapes.items()}
    found["distance.weight"] = numpy.zeros((DISTANCES, WIDTH_HEAD), "float32")
    found["near.weight"][0, 0, 1] = 1
    found["cue.weight"][1, 0] = 2
    found["cue.bias"][:] = 4, 0, -9
    found["piece.weight"][1, 1] = found["piece.weight"][2, 2] = 1
    found["tags.weight"][1, 1], found["tags.weight"][3, 2], found["tags.weight"][4, 2] = 2, 1.9, 2
    found["tags.bias"][:] = 5, 0, -9, 0, 0
    return found
