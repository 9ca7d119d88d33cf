"""From what was told of each cell to the figures of the matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bench.matrix.ours import Told
from bench.matrix.server import Cell

GROUPS = ("edit", "noise", "unavailable")


def is_right(cell: Cell, told: Told) -> bool:
    """An edit was shown for an edit, none for anything else; and nothing before anything happened."""
    return not told.detail.startswith("changed before") and (told.edits > 0) == (cell.kind.group == "edit")


def is_named(cell: Cell, told: Told) -> bool:
    """One of the looks after the event has the name that this event has."""
    return bool(cell.kind.named & set(told.named))


def score(shown: Sequence[Cell], told: Mapping[str, Told]) -> dict[str, Any]:
    """The figures: ``found`` edits, ``noise`` alarms, ``unavailable`` states shown as edits, each with how many cells."""
    of = {group: [cell for cell in shown if cell.kind.group == group] for group in GROUPS}
    right = {group: sum(is_right(cell, told[cell.slug]) for cell in of[group]) for group in GROUPS}
    return {
        "found": right["edit"],
        "found_of": len(of["edit"]),
        "noise": len(of["noise"]) - right["noise"],
        "noise_of": len(of["noise"]),
        "unavailable": len(of["unavailable"]) - right["unavailable"],
        "unavailable_of": len(of["unavailable"]),
        "named": sum(is_named(cell, told[cell.slug]) for cell in shown),
        "named_of": len(shown),
        "print_only": sum(told[cell.slug].print_only > 0 for cell in of["noise"]),
        "classes": by_class(shown, told),
    }


def by_class(shown: Sequence[Cell], told: Mapping[str, Told]) -> dict[str, dict[str, Any]]:
    """For each class on how many templates it was taken rightly, and where not."""
    found: dict[str, dict[str, Any]] = {}
    for cell in shown:
        row = found.setdefault(cell.kind.name, {"group": cell.kind.group, "right": 0, "of": 0, "wrong_on": []})
        row["of"] += 1
        if is_right(cell, told[cell.slug]):
            row["right"] += 1
        else:
            row["wrong_on"].append(cell.scene.template)
    return found


def failures(shown: Sequence[Cell], told: Mapping[str, Told]) -> list[dict[str, Any]]:
    """Every cell of ours that was taken or named wrongly, with what was told of it."""
    return [
        {
            "template": cell.scene.template,
            "group": cell.kind.group,
            "class": cell.kind.name,
            "right": is_right(cell, told[cell.slug]),
            "named": list(told[cell.slug].named),
            "detail": told[cell.slug].detail,
        }
        for cell in shown
        if not (is_right(cell, told[cell.slug]) and is_named(cell, told[cell.slug]))
    ]
