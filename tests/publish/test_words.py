"""Every code a reader can meet is explained."""

from __future__ import annotations

import pytest

from writethru.comparison import Kind, Op
from writethru.model import Medium, Outcome, Reason, TimeBasis
from writethru.publish import words


@pytest.mark.parametrize(
    ("codes", "explained"),
    [
        (Outcome, words.OUTCOMES),
        (Reason, words.REASONS),
        (Medium, words.MEDIA),
        (TimeBasis, words.BASES),
        ([kind.value for kind in Kind], words.KINDS),
        ([op.value for op in Op], words.OPERATIONS),
    ],
)
def test_every_code_is_explained_and_nothing_else(codes: list[str], explained: dict[str, str]) -> None:
    assert set(codes) == set(explained)
    assert all(text.strip() for text in explained.values())
