"""What was reached on labelled articles is not lost; needs the shared data, and is skipped loudly without it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.events import DATA, at_once_in_small, batch, scores, sets, sibling_merges

FLOORS = json.loads((Path(__file__).parents[1] / "floors" / "events.json").read_text(encoding="utf-8"))


@pytest.mark.skipif(not DATA.is_dir(), reason=f"labelled articles absent: {DATA} (set WRITETHRU_DATA)")
def test_events_of_the_labelled_sets_stand_at_their_floors() -> None:
    for some in sets():
        floor = FLOORS.get(some.name, {})
        found = batch(some)
        reached = scores(some.gold, found)
        assert all(reached[name] >= least for name, least in floor.items() if name in reached), (some.name, reached)
        assert sibling_merges(some, found) <= floor.get("sibling merges", len(found))
        small = at_once_in_small(some) if "small" in floor else {}
        assert all(small[name] >= least for name, least in floor.get("small", {}).items()), (some.name, small)
