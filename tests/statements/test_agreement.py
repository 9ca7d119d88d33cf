"""Do figures agree: the marked pairs, and what must hold of all pairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.statement_agreement import PAIRS, marked_pairs, right
from writethru.statements.agreement import Relation, agreement
from writethru.statements.figures import figures_in

FLOORS = json.loads((Path(PAIRS).parent / "floors.json").read_text("utf-8"))


def test_the_marked_pairs() -> None:
    pairs = marked_pairs()
    assert len(pairs) >= 500
    assert sum(map(right, pairs)) / len(pairs) >= FLOORS["figure_pairs"]["accuracy"]


numbers = st.integers(1, 3_000)
hedges = st.sampled_from(["", "about ", "more than ", "at least ", "less than ", "up to ", "nearly "])
phrases = st.tuples(hedges, numbers).map(lambda row: f"{row[0]}{row[1]} people")


@given(phrases, phrases)
def test_the_relation_does_not_depend_on_the_order(one: str, other: str) -> None:
    (a,), (b,) = figures_in(one, "en"), figures_in(other, "en")
    forth, back = agreement(a, b), agreement(b, a)
    assert forth.relation is back.relation
    assert forth.reason == back.reason
    if forth.relation is Relation.REFINE:
        assert {forth.finer, back.finer} == {0, 1}


@given(phrases)
def test_a_figure_agrees_with_itself(phrase: str) -> None:
    (figure,) = figures_in(phrase, "en")
    assert agreement(figure, figure).relation is Relation.AGREE


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("1,400 people", "1,429 people", "1,400 may be 1,429 rounded"),
        ("12 people", "21 people", "21 is 1.8 times 12"),
        ("$3 million", "€3 million", "in $ and in EUR: only the rate of a day could compare them"),
        ("rose 3%", "fell 3%", "one is a rise, the other a fall"),
        ("$400 a month", "$400 a year", "counted by different measures: month and year"),
    ],
)
def test_reasons_are_for_people(one: str, other: str, reason: str) -> None:
    (a,), (b,) = figures_in(one, "en"), figures_in(other, "en")
    assert agreement(a, b).reason == reason
