"""Exactness, minimality and speed on the 100 real pairs that ship with the project, against their floors."""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from pathlib import Path
from statistics import median

import pytest

from bench.machine import yardstick_ms
from tests.comparison.lcs import words_apart
from writethru.comparison import Change, compare
from writethru.text import word_list

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "bench" / "data" / "comparison" / "links_texts.jsonl.gz"
FLOORS = json.loads((ROOT / "tests" / "floors" / "comparison.json").read_text("utf-8"))["pairs"]

Pair = tuple[str, str]


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    """Old and new text of each pair."""
    raw = TEXTS.read_bytes()
    assert hashlib.sha256(raw).hexdigest() == FLOORS["sha256"]
    rows = [json.loads(line) for line in gzip.decompress(raw).decode("utf-8").splitlines()]
    return [(row["old"], row["new"]) for row in rows]


def test_every_pair_is_exact(pairs: list[Pair]) -> None:
    for old, new in pairs:
        change = compare(old, new)
        back = Change.from_dict(json.loads(json.dumps(change.to_dict())))
        assert back == change
        assert (back.apply(old), back.revert(new), back.is_empty) == (new, old, old == new)


def test_little_more_is_marked_than_must_be(pairs: list[Pair]) -> None:
    """Words marked over words that the longest common subsequence leaves: all together."""
    marked, least = [], []
    for old, new in pairs:
        least.append(words_apart(word_list(old), word_list(new)))
        marked.append(
            sum(
                len(word_list(sentence.text[start:end]))
                for edit in compare(old, new).edits
                for sentence in (*edit.old, *edit.new)
                for start, end in sentence.differing
            )
        )
    assert sum(marked) <= FLOORS["marked_over_least"] * sum(least)


def test_a_comparison_is_as_fast_as_it_was(pairs: list[Pair]) -> None:
    """Median CPU of a pair in yardsticks (a fixed piece of Python work)."""
    times = [min(_seconds(pair) for _ in range(3)) for pair in pairs[:40]]
    assert median(times) * 1000 <= FLOORS["yardsticks_of_a_pair"] * yardstick_ms()


def _seconds(pair: Pair) -> float:
    started = time.process_time()
    _ = compare(*pair).summary
    return time.process_time() - started
