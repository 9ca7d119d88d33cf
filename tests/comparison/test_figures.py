"""How figures are read and set against each other."""

from __future__ import annotations

from writethru.comparison import compare
from writethru.comparison.edits import Kind


def movement(old: str, new: str) -> dict[str, str]:
    """The detail of the figure that changed."""
    (finding,) = [f for edit in compare(old, new).edits for f in edit.findings if f.kind is Kind.FIGURE]
    return dict(finding.detail)


def test_three_digits_after_a_point_are_decimals_in_english() -> None:
    moved = movement("The family is worth 1.356 billion crowns.", "The family is worth 2.712 billion crowns.")
    assert (moved["direction"], moved["size"]) == ("up", "2")
    moved = movement("The fund lost 1.5 million euros.", "The fund lost 1.125 million euros.")
    assert (moved["direction"], moved["size"]) == ("down", "0.75")
