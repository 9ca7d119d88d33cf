"""Exactness from one character to a megabyte, in scripts and encodings that break naive tools; time stays bounded."""

from __future__ import annotations

import cProfile
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.compare_hostile import HOSTILE, Pair
from writethru.comparison import Change, compare

PIECES = (
    "A sentence stands here. ",
    "e\u0301te\u0301 a\u0308 n\u0303. ",
    "👩\u200d👩\u200d👧\u200d👦 👍🏽 🇫🇮🇧🇬! ",
    "قال المتحدث إن 12 شخصا قتلوا. ",
    "הוא אמר \u202bשלום\u202c. ",
    "東京で雨が降った。",
    "ไม่มีเว้นวรรค",
    "\ud83d \ude00\ud83d\ude00 ",
    "One.\r\nTwo.\rThree.\n\n",
    "\x00\x01\u2028\u2029\u0085 ",
    "x",
    ". ",
    "\n",
    " \u00a0\u3000\t",
)


@st.composite
def long_pairs(draw: st.DrawFn) -> Pair:
    """A text of up to a megabyte, and the same with a few other pieces put in or taken out."""
    pieces = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4))
    size = round(10 ** draw(st.floats(0, 6)))
    unit = "".join(pieces)
    old = (unit * (size // len(unit) + 1))[:size]
    new = old
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(new)))
        gone = draw(st.integers(0, 40))
        new = new[:at] + draw(st.sampled_from(("", *PIECES))) + new[at + gone :]
    return (old, new) if draw(st.booleans()) else (new, old)


@given(long_pairs())
@settings(deadline=None, max_examples=30)
def test_exact_at_any_length(pair: Pair) -> None:
    old, new = pair
    change = compare(old, new)
    back = Change.from_dict(json.loads(json.dumps(change.to_dict())))
    assert back == change
    for one in (change, back):
        assert one.apply(old) == new
        assert one.revert(new) == old
    assert change.is_empty == (old == new)


def calls_of(old: str, new: str) -> tuple[Change, int]:
    """The change, and how many calls comparing took: the same on every machine, however busy."""
    with cProfile.Profile() as profile:
        change = compare(old, new)
    return change, sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("kind", HOSTILE, ids=lambda kind: kind.__name__)
def test_hostile_pairs_are_exact_and_end_soon(kind: object) -> None:
    """Bounded: ten times the words take less than twenty times the work (squared would be a hundred)."""
    work = []
    for words in (300, 3_000):
        old, new = kind(words, random.Random(words))  # type: ignore[operator]
        change, calls = calls_of(old, new)
        work.append(calls)
        assert change.apply(old) == new
        assert change.revert(new) == old
    assert work[1] < 20 * work[0], work
