"""What points and commas mean."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.text.numbers import DIGITS, digits_value


@pytest.mark.parametrize(
    ("digits", "language", "value"),
    [
        ("1,429", "en", 1429), ("1.429", "en", 1.429), ("1.429", "de", 1429), ("1,429", "de", 1.429),
        ("1,234,567.8", "en", 1_234_567.8), ("1.234.567,8", "de", 1_234_567.8), ("1.234.567", "en", 1_234_567),
        ("2,5", "en", 2.5), ("2.5", "fr", 2.5), ("10 000", "fi", 10_000), ("10\u202f000,5", "fr", 10_000.5),
        (".001", "en", 0.001), ("7", "", 7), ("0.125", "en", 0.125), ("1'000", "de", 1000),
        ("12,34,567", "en", 1_234_567),
    ],
)  # fmt: skip
def test_marks(digits: str, language: str, value: float) -> None:
    assert digits_value(digits, language) == value


@given(st.integers(0, 10**12), st.sampled_from(["en", "de", "fr", "fi", "ru"]))
def test_written_as_the_language_writes_it_and_read_back(number: int, language: str) -> None:
    written = f"{number:,}" if language == "en" else f"{number:,}".replace(",", "." if language == "de" else "\u00a0")
    assert re.fullmatch(DIGITS, written)
    assert digits_value(written, language) == number
