"""Column types keep order and equality."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.storage.columns import MAX_KEY_BYTES, from_micros, key_of, storable, to_micros

ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
FIRST, LAST = datetime.min + timedelta(days=2), datetime.max - timedelta(days=2)  # noqa: DTZ901 (any zone fits)
MOMENTS = st.datetimes(FIRST, LAST, timezones=ZONES)
ANY_TEXT = st.text(st.characters(exclude_categories=[]))


@given(MOMENTS)
def test_a_moment_comes_back_in_utc(moment: datetime) -> None:
    back = from_micros(to_micros(moment))
    assert back == moment
    assert back.tzinfo is UTC


@given(MOMENTS, MOMENTS)
def test_moments_keep_their_order(one: datetime, other: datetime) -> None:
    assert (to_micros(one) < to_micros(other)) == (one < other)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        to_micros(datetime(2031, 5, 4))  # noqa: DTZ001 (on purpose)


@given(ANY_TEXT)
def test_what_is_storable_is_left_alone(text: str) -> None:
    made = storable(text)
    made.encode()
    assert "\0" not in made
    assert storable(made) == made
    if "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text):
        assert made == text


@given(ANY_TEXT)
def test_a_key_fits_an_index(text: str) -> None:
    assert len(key_of(text * 100).encode()) <= MAX_KEY_BYTES
