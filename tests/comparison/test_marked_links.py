"""Links between sentences of real pairs, against marks made by hand."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = json.loads((ROOT / "tests" / "floors" / "comparison.json").read_text("utf-8"))["links"]


def test_links_of_real_pairs_stay_above_their_floors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    monkeypatch.delitem(sys.modules, "compare_marked", raising=False)
    from compare_marked import DATA, marked_pairs, scores

    assert hashlib.sha256((DATA / "links.jsonl").read_bytes()).hexdigest() == FLOORS["sha256"]
    found = scores(marked_pairs())
    assert found["f1"] >= FLOORS["f1"]
    assert found["false move share"] <= FLOORS["false_moves_of_links"]
