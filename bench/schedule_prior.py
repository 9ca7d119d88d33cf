"""Learn the shipped prior of the schedule: hazards of change, and looks an article by price.

    python -m bench schedule_prior [--write]

Learns from the articles of `nhk_updates_dev` published before 2023 (`--all-years`: from all), and writes
`writethru/schedule/prior.py`. 2023 is held out for the figures in `docs/reference/schedule.md`.
"""

from __future__ import annotations

import argparse
import math
import sys
import textwrap
from itertools import pairwise
from pathlib import Path

from machine import data_folder

from writethru.cli.update_file import read_histories
from writethru.schedule.grid import AGES, BINS, CELLS, EDGES, MOST_CHANGES, cell_of, changes_of
from writethru.schedule.histories import Published

TARGET = Path(__file__).resolve().parent.parent / "writethru" / "schedule" / "prior.py"

SHRINK = 8.0
"""A cell's bin counts as if this many changes had been seen at the rate of all cells with as many changes."""

PSEUDO_MINUTES = 2e5
"""… and those as if 0.3 changes had been seen in 140 days: no rate is ever nought."""

HEAD = '''"""The shipped prior: hazards of change. Made by `python -m bench schedule_prior --write`; do not edit.

Learnt from the update stamps of {articles} articles of NHK News ({first} to {last}).{lifted}
Rows are cells (see `grid`), columns bins; a hazard is changes per million minutes at risk.
"""

from __future__ import annotations

from typing import Final

# fmt: off
_TABLE = """
'''

LIFTED = """ They were seen every
33 minutes or so, and an update that another follows before it is seen is not in them: rates of the first
33 minutes are divided by the chance of being seen."""

TAIL = '''"""
# fmt: on

HAZARDS: Final[tuple[tuple[int, ...], ...]] = tuple(
    tuple(int(rate) for rate in row.partition(":")[2].split()) for row in _TABLE.strip().split("\\n\\n")
)
'''

SEEN_EVERY = 33.0
"""Minutes between two looks of those who collected the stamps."""


def learn(histories: list[Published]) -> list[list[float]]:
    """Hazards per minute, cell by cell, shrunk towards those of all cells with as many changes."""
    seen = [[0.0] * BINS for _ in range(CELLS)]
    risk = [[0.0] * BINS for _ in range(CELLS)]
    for history in histories:
        count(history, seen, risk)
    rows = []
    for cell in range(CELLS):
        alike = [other for other in range(CELLS) if changes_of(other) == changes_of(cell)]
        row = []
        for each in range(BINS):
            events = sum(seen[other][each] for other in alike) + 0.3
            rate = events / (sum(risk[other][each] for other in alike) + PSEUDO_MINUTES)
            row.append((seen[cell][each] + SHRINK) / (risk[cell][each] + SHRINK / rate))
        rows.append(row)
    return rows


def count(history: Published, seen: list[list[float]], risk: list[list[float]]) -> None:
    """Add one article's changes and minutes at risk."""
    end = EDGES[-1]
    points = [0.0, *(moment for moment in history.updates if moment <= end), float(end)]
    for changes, (start, stop) in enumerate(pairwise(points)):
        cell, span = cell_of(changes, start), stop - start
        changed = changes + 2 < len(points)
        for each in range(BINS):
            if span <= EDGES[each]:
                break
            risk[cell][each] += min(span, EDGES[each + 1]) - EDGES[each]
            if changed and EDGES[each] < span <= EDGES[each + 1]:
                seen[cell][each] += 1


def lifted(rows: list[list[float]]) -> list[list[float]]:
    """Rates of the first bins divided by the chance that a text that stood so long was seen at all."""
    middles = [(low + high) / 2 for low, high in pairwise(EDGES)]
    # the first bin is taken at its end: what is nearly never seen cannot be told from its rate
    chances = [min(1.0, max(middle, EDGES[1]) / SEEN_EVERY) for middle in middles]
    return [[rate / chance for rate, chance in zip(row, chances, strict=True)] for row in rows]


def written(histories: list[Published], rows: list[list[float]], note: str) -> str:
    """The module."""
    first, last = histories[0].stated[:7], histories[-1].stated[:7]
    head = HEAD.format(articles=f"{len(histories):,}", first=first, last=last, lifted=note)
    return head + "\n".join(f"{name(cell)}:\n{wrapped(row)}\n" for cell, row in enumerate(rows)) + TAIL


def wrapped(row: list[float]) -> str:
    """A row of whole numbers on lines that fit."""
    return textwrap.fill(" ".join(str(round(1e6 * rate)) for rate in row), 116)


def name(cell: int) -> str:
    """A cell in words."""
    if cell == 0:
        return "no change yet"
    ages = ["0", *(str(age) for age in AGES), "…"]
    column = (cell - 1) % (len(AGES) + 1)
    more = "+" if changes_of(cell) == MOST_CHANGES else ""
    return f"{changes_of(cell)}{more} changes, the last at {ages[column]}-{ages[column + 1]} min"


def main() -> None:
    """Print the module, or write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write writethru/schedule/prior.py")
    parser.add_argument("--all-years", action="store_true", help="hold nothing out")
    parser.add_argument("--as-seen", action="store_true", help="do not lift the rates of the first 33 minutes")
    options = parser.parse_args()
    source = data_folder() / "schedule" / "nhk_updates_dev.csv.gz"
    if not source.exists():
        sys.exit(f"{source} is not here; set WRITETHRU_DATA")
    histories = [each for each in read_histories(source) if options.all_years or each.stated < "2023"]
    rows = learn(histories) if options.as_seen else lifted(learn(histories))
    made = written(histories, rows, "" if options.as_seen else LIFTED)
    assert all(math.isfinite(rate) and rate > 0 for row in rows for rate in row)
    if options.write:
        TARGET.write_text(made, encoding="utf-8")
    else:
        print(made, end="")


if __name__ == "__main__":
    main()
