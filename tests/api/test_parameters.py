"""What a request may carry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.api.parameters import LARGEST_ID, id_of


@given(st.integers(1, LARGEST_ID), st.integers(0, 5))
def test_digits_spell_an_id(number: int, zeros: int) -> None:
    assert id_of("0" * zeros + str(number)) == number


@pytest.mark.parametrize(
    "written", ["", "0", "000", "-1", "1.0", "٣", "²", str(LARGEST_ID + 1), "0001" * 4, "9" * 5000, "1 2"]
)
def test_what_cannot_be_an_id_is_none(written: str) -> None:
    assert id_of(written) is None, "never the beginning of it"
