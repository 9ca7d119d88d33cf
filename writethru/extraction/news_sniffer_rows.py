"""A row of a version-comparison table, as both its readers make it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One table row: its cells and the line of the file it stands on."""

    cells: tuple[str, ...]
    line: int
