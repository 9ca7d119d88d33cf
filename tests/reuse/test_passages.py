"""Shared passages: copying is found through edits; shared speech and shared names are not copying."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reuse.material import COPY, OWN_ACCOUNT, WIRE, words_of
from writethru.reuse import passages as passages_module
from writethru.reuse.passages import GAP, GAP_COST, SHEAR_COST, Passage, shared_passages, shared_quotations
from writethru.reuse.points import MOST_POINTS, SIDE, points_of
from writethru.reuse.verdict import Telling, Verdict, judge
from writethru.reuse.words import Words

_FEW = ["ash", "bark", "cord", "dust", "“edge”", "fern", "the", "of", "Gale", "12"]
FEW_WORDS = st.lists(st.sampled_from(_FEW), max_size=30).map(" ".join)


def covered(passages: tuple[Passage, ...]) -> set[int]:
    return {word for passage in passages for word in range(*passage.b)}


def test_a_copy_is_covered_but_for_what_was_put_in() -> None:
    wire, copy = words_of(WIRE), words_of(COPY)
    found = covered(shared_passages(wire, copy))
    added = copy.keys.index("mayor") - 1
    assert found >= set(range(2, added - 2))
    assert not found & set(range(added, len(copy)))


def test_a_shared_quotation_is_no_passage_but_is_found_as_one() -> None:
    wire, own = words_of(WIRE), words_of(OWN_ACCOUNT)
    assert shared_passages(wire, own) == ()
    (quotation,) = shared_quotations(wire, own)
    assert quotation.is_quotation
    assert quotation.b[1] - quotation.b[0] >= 18


def test_moved_paragraphs_are_two_passages() -> None:
    first, second, *rest = WIRE.split("\n")
    found = shared_passages(words_of(WIRE), words_of("\n".join([second, first, *rest])))
    assert len(found) >= 2


@pytest.mark.parametrize("edited", [0.0, 0.1, 0.3])
def test_a_short_stretch_is_found_through_edits(edited: float) -> None:
    chance = random.Random(7)
    stretch = " ".join(WIRE.split("\n")[1:3]).split()
    changed = [word if chance.random() >= edited else "brass" for word in stretch]
    host = OWN_ACCOUNT.split("\n")
    text = "\n".join([*host[:2], " ".join(changed), *host[2:]])
    found = covered(shared_passages(words_of(WIRE), words_of(text)))
    assert len(found) >= 0.8 * len(stretch)


def is_rising(pairs: tuple[tuple[int, int], ...]) -> bool:
    return all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@settings(max_examples=80)
@given(FEW_WORDS, FEW_WORDS)
def test_passages_rise_match_and_never_overlap(one: str, other: str) -> None:
    a, b = words_of(one), words_of(other)
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for passage in shared_passages(a, b):
        assert is_rising(passage.pairs)
        assert all(a.keys[i] == b.keys[j] for i, j in passage.pairs)
        assert passage.a[0] == passage.pairs[0][0]
        assert passage.b[1] == passage.pairs[-1][1] + 1
        ranges = set(range(*passage.a)), set(range(*passage.b))
        assert not ranges[0] & taken_a
        assert not ranges[1] & taken_b
        taken_a |= ranges[0]
        taken_b |= ranges[1]


@settings(max_examples=50)
@given(FEW_WORDS, FEW_WORDS)
def test_the_same_is_found_from_both_sides(one: str, other: str) -> None:
    def total(a: Words, b: Words) -> float:
        return max((passage.score for passage in shared_passages(a, b)), default=0.0)

    assert total(words_of(one), words_of(other)) == pytest.approx(total(words_of(other), words_of(one)))


@pytest.mark.parametrize("text", ["", "the of and " * 1000, "burn " * 3_000, f"{WIRE}\n" * 40])
def test_odd_texts_end(text: str) -> None:
    words = words_of(text)
    for passage in shared_passages(words, words):
        assert passage.pairs


def test_what_only_one_has_in_quotation_marks_is_found_and_is_no_copying() -> None:
    said = "nobody should go near the building until the engineers have walked through every floor of it"
    quoting, printing = words_of(f"“{said[0].upper()}{said[1:]},” she said."), words_of(f"It was clear that {said}.")
    (passage,) = shared_passages(quoting, printing)
    assert passage.is_quotation
    assert shared_passages(quoting, quoting) == ()
    verdict = judge(Telling(quoting, "a"), Telling(printing, "b"), [passage]).verdict
    assert verdict is Verdict.NOT_DERIVED


def test_words_of_the_writer_around_long_quotations_are_copied() -> None:
    speech = "“" + " ".join(f"said{n} spoken{n}" for n in range(30)) + "”"
    around = "The minister told harbour workers gathered under grey skies near the fish market before dawn on Tuesday"
    text = words_of(
        f"{around} {speech} he added, leaving through a side door while angry crowds shouted behind barriers."
    )
    (passage,) = shared_passages(text, text)
    assert passage.quoted > 0.5
    assert not passage.is_quotation


@pytest.mark.parametrize("text", ["fire in the old harbour house and ", "ash bark cord dust edge fern bark ash "])
def test_a_text_that_repeats_itself_without_end_is_bounded_and_still_a_copy(text: str) -> None:
    words = words_of(text * 1_500)
    assert len(points_of(words, words)) <= MOST_POINTS
    (passage,) = shared_passages(words, words)
    assert len(passage.pairs) == len(words)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 25), st.integers(0, 25)), min_size=1, max_size=60), st.randoms())
def test_chains_are_scored_as_they_are_defined(places: set[tuple[int, int]], chance: random.Random) -> None:
    ordered = sorted(places)
    weights = np.array([chance.choice([0.0, 0.35, 0.4, 1.0]) for _ in ordered])
    best, sources = passages_module._scores(np.array([i * SIDE + j for i, j in ordered]), weights)
    plain: list[float] = []
    for at, (i, j) in enumerate(ordered):
        near = sorted((i - x - 1, j - y - 1, number) for number, (x, y) in enumerate(ordered) if x < i and y < j)
        gain, source = 0.0, -1
        for over, up, number in near:
            if max(over, up) > GAP or (near[0][:2] == (0, 0) and number != near[0][2]):
                continue
            left = plain[number] - GAP_COST * max(over, up) - SHEAR_COST * abs(over - up)
            if left > gain:
                gain, source = left, number
        plain.append(float(weights[at]) + gain)
        assert sources[at] == source
    assert best == plain
