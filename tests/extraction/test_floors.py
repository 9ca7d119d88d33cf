"""Floors of what is read from the golden pages, each pinned with the digest of the corpus.

``tests/floors/extraction_truth.json`` says which lines of a page are its article's, and its headline, names
and time. It was made from readings, read through, and does not follow a new reading as the golden files do.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from writethru.extraction import extract

HERE = Path(__file__).parent
FLOORS = HERE.parent / "floors"
PAGES = HERE / "pages"
TRUTH: dict[str, Any] = json.loads((FLOORS / "extraction_truth.json").read_text(encoding="utf-8"))
FLOOR: dict[str, Any] = json.loads((FLOORS / "extraction.json").read_text(encoding="utf-8"))


def digest() -> str:
    whole = hashlib.sha256((FLOORS / "extraction_truth.json").read_bytes())
    for name in sorted(TRUTH):
        whole.update((PAGES / name).read_bytes())
    return whole.hexdigest()


def lines_f1(name: str, wanted: list[str]) -> float:
    said = [line for line in extract((PAGES / name).read_bytes()).text.split("\n") if line]
    common = sum(line in wanted for line in said)
    return 2 * common / (len(said) + len(wanted))


def test_the_corpus_is_the_one_the_floors_were_measured_on() -> None:
    assert digest() == FLOOR["sha256"], "measure again, and give the reason for a lower floor in extraction.json"


def test_body_lines_are_above_their_floor() -> None:
    scores = [lines_f1(name, truth["body"]) for name, truth in TRUTH.items()]
    assert sum(scores) / len(scores) >= FLOOR["line_f1"]


def test_headline_names_and_day_are_above_their_floors() -> None:
    right = {"headline": 0, "byline": 0, "published": 0}
    for name, truth in TRUTH.items():
        read = extract((PAGES / name).read_bytes())
        right["headline"] += read.headline == truth["headline"]
        right["byline"] += read.byline == truth["byline"]
        right["published"] += (read.published or "") == truth["published"]
    for field, count in right.items():
        assert count / len(TRUTH) >= FLOOR[field], field
