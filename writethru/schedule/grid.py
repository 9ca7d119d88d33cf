"""The grid that hazards are told on: time since the last change × changes so far × age at the last change.

Times are minutes. A *cell* is a pair (changes, age at the last change); each has one hazard per *bin* of time
since that change.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

MINUTES_A_DAY: Final = 1440.0

EDGES: Final = (
    0, 8, 14, 20, 25, 30, 35, 40, 45, 50, 55, 60, 70, 80, 90, 100, 120, 140, 160, 180, 210, 240, 280, 320, 360, 420,
    480, 560, 640, 720, 900, 1080, 1440, 2160, 2880, 4320, 5760, 7200, 10080, 14400, 20160, 28800, 43200, 46080,
)  # fmt: skip
"""Borders of the bins, in minutes since the last change: fine where hazards bend, coarse in the tail; 32 days."""

BINS: Final = len(EDGES) - 1

AGES: Final = (120, 240, 480, 960)
"""Borders of the age of an article at its last change: a fast story stays fast."""

MOST_CHANGES: Final = 4
"""Articles with more changes are like those with four: P(another) hardly rises further."""

_MIDDLES: Final = (60.0, 180.0, 340.0, 660.0, 1440.0)

PER_CHANGE: Final = len(AGES) + 1

CELLS: Final = 1 + MOST_CHANGES * PER_CHANGE

DAY_BIN: Final = EDGES.index(1440)
"""From this bin on, the hour of the day does not matter: a wait spans them all."""

PHASES: Final = 3
"""Within 2 h of the last change, within 12 h, and later: what an outlet's own figures are kept by."""

_PHASE_BORDERS: Final = (EDGES.index(120), EDGES.index(720))

PHASE_OF: Final = tuple(bisect_right(_PHASE_BORDERS, each) for each in range(BINS))


def cell_of(changes: int, age: float) -> int:
    """The cell of an article with so many changes, whose last was at this age (minutes)."""
    if changes <= 0:
        return 0
    row = min(changes, MOST_CHANGES) - 1
    return 1 + row * PER_CHANGE + bisect_right(AGES, age)


def changes_of(cell: int) -> int:
    """0, 1 … ``MOST_CHANGES``: the inverse of ``cell_of``."""
    return 0 if cell == 0 else 1 + (cell - 1) // PER_CHANGE


MOMENT: Final = 0.001
"""Minutes; a time so little before an hour counts as that hour, so that a walk along the clock always gets on."""


def age_of(cell: int) -> float:
    """A typical age at entering the cell (minutes): about the middle of its range."""
    return 0.0 if cell == 0 else _MIDDLES[(cell - 1) % PER_CHANGE]


def bin_of(quiet: float) -> int:
    """The bin of a time since the last change; at least 0, ``BINS`` past the end."""
    return min(max(bisect_right(EDGES, quiet) - 1, 0), BINS)
