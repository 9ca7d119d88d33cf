"""Vectors of an encoder in whole grains: what is kept of them, and what they take from likenesses."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.events.features import Features
from writethru.events.grouping import group
from writethru.events.items import Item, Weights
from writethru.events.meanings import CHARACTERS, Grains, lacking, packed, passage_of, unpacked
from writethru.events.splitting import FEW
from writethru.model import ArticleText


def along(degrees: float) -> Grains:
    return unpacked(packed([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))]))


@settings(max_examples=30)
@given(st.floats(0, 360), st.floats(0, 360), st.floats(0.01, 0.99))
def test_what_a_cosine_lacks_is_taken_from_both_sides(one: float, other: float, below: float) -> None:
    found = lacking([along(one), None, along(other)], below)
    assert found[0, 2] == found[2, 0] == pytest.approx(min(math.cos(math.radians(one - other)) - below, 0.0), abs=0.002)
    assert not found[1].any()
    assert not found[:, 1].any()
    assert (found <= 0).all()


def test_nothing_is_taken_where_nothing_was_read_by_an_encoder() -> None:
    assert not lacking([None, None], 0.9).any()


def test_the_beginning_is_read() -> None:
    text = ArticleText.from_plain("First words.\n" + "More of it. " * 400, headline="A headline")
    passage = passage_of(text)
    assert passage.startswith("A headline. First words.")
    assert len(passage) <= CHARACTERS + len("A headline. ")


def told(meanings: list[Grains | None]) -> tuple[Weights, list[Item]]:
    """Articles that by their words are one event."""
    bags = [{"ferry": 3.0, "skelby": 3.0, "sank": 1.0, f"w{at % 2}": 1.0, f"v{at}": 1.0} for at in range(len(meanings))]
    items = [
        Item(f"{at}", 0, Features(bag), meaning=one) for at, (bag, one) in enumerate(zip(bags, meanings, strict=True))
    ]
    return Weights(len(bags), {word: 1 for bag in bags for word in bag}), items


def events(meanings: list[Grains | None], below: float) -> tuple[tuple[str, ...], ...]:
    weights, items = told(meanings)
    return group(items, weights, below=below).events


@pytest.mark.parametrize("count", [FEW - 1, FEW, 8, 9])
def test_events_of_few_articles_are_parted_by_what_they_mean_and_no_others(count: int) -> None:
    half = [along(0 if at % 2 else 150) for at in range(count)]
    whole = tuple(str(at) for at in range(count))
    assert events(half, 0.0) == (whole,)
    parted = (tuple(whole[0::2]), tuple(whole[1::2])) if FEW <= count <= 8 else (whole,)
    assert events(half, 0.6) == parted
    assert events([along(5 * at) for at in range(count)], 0.6) == (whole,)
    assert events([None] * count, 0.6) == (whole,)
