"""The list of judged recaptures: every pair once, in a class that is known, and none of them furniture."""

from __future__ import annotations

from bench.recaptures_judged import CLASSES, judged


def test_each_pair_is_judged_once_and_none_is_furniture() -> None:
    rows = judged()
    assert len(rows) >= 20
    assert {row.kind for row in rows.values()} <= set(CLASSES)
    assert "furniture" not in {row.kind for row in rows.values()}
    assert all(row.reason for row in rows.values())
