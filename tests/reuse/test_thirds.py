"""Siblings are told from source and copy by a third text that came before both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.reuse.thirds import SLACK, Descent, thirds

WIRE, GAZETTE, ECHO, OTHER = 1, 2, 3, 4
BOTH = [Descent(WIRE, GAZETTE, 0.9), Descent(WIRE, ECHO, 1.0)]


@pytest.mark.parametrize(
    ("of_gazette", "of_echo", "descents", "expected"),
    [
        (0.9, 0.61, BOTH, WIRE),
        (0.9, 0.61, [*BOTH, Descent(GAZETTE, ECHO, 0.61)], WIRE),
        (0.9, 0.61, BOTH[:1], None),  # nothing says that the other was made from it
        (0.9 + 2 * SLACK, 0.61, BOTH, None),  # the siblings share what the third has not
        (0.9 + SLACK / 2, 0.61, BOTH, WIRE),
        (0.9, 0.61, [*BOTH, Descent(OTHER, GAZETTE, 0.95), Descent(OTHER, ECHO, 1.0)], OTHER),
        (0.9, 0.61, [*BOTH, Descent(OTHER, GAZETTE, 0.9), Descent(OTHER, ECHO, 1.0)], WIRE),
    ],
)
def test_a_third_is_what_holds_as_much_of_both(
    of_gazette: float, of_echo: float, descents: list[Descent], expected: int | None
) -> None:
    found = thirds([(GAZETTE, ECHO, of_gazette, of_echo)], descents)
    assert found.get((GAZETTE, ECHO)) == expected


DESCENTS = st.builds(Descent, st.integers(1, 5), st.integers(1, 5), st.sampled_from([0.1, 0.5, 0.9]))


@given(st.lists(DESCENTS, unique_by=lambda descent: descent[:2]), st.randoms())
def test_whatever_the_order_a_third_is_neither_of_the_two(descents: list[Descent], chance: object) -> None:
    pairs = [(1, 2, 0.5, 0.5), (3, 4, 0.1, 0.9)]
    found = thirds(pairs, descents)
    chance.shuffle(descents)  # type: ignore[attr-defined]
    assert thirds(pairs, descents) == found
    assert all(third not in pair for pair, third in found.items())
