"""Figures read from economics news (newsquant_dev): value alone, and value with its marker of change.

A found figure is right when its value (both ends of a range) stands among the marked ones of the sentence; precision and
recall over all sentences. ``--errors`` lists what differs.

    python -m bench statement_figures [--errors] [--json]
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter

from machine import data_folder, heading, machine

from writethru.statements.figures import Figure, figures_in
from writethru.statements.hedges import Hedge

MARKS = {Hedge.NONE: "=", Hedge.NEARLY: "=", Hedge.ABOUT: "~", Hedge.MORE_THAN: ">", Hedge.AT_LEAST: ">",
         Hedge.LESS_THAN: "<", Hedge.UP_TO: "<"}  # fmt: skip


def value_of(written: str) -> tuple[float, float]:
    """A marked value: one number or two ends."""
    negative = written.startswith("-")
    ends = [float(part) for part in written.lstrip("-").replace(" ", "").split("-")]
    if negative:
        ends[0] = -ends[0]
    return round(min(ends), 4), round(max(ends), 4)


def found_of(figure: Figure) -> tuple[tuple[float, float], str]:
    """A found figure in the marks of the data."""
    moved = "up" if figure.movement > 0 else "down" if figure.movement < 0 else "="
    mark = MARKS[figure.hedge] if MARKS[figure.hedge] != "=" else moved
    return (round(figure.low, 4), round(figure.high, 4)), mark


def scores(right: int, found: int, marked: int) -> dict[str, float]:
    """Precision, recall and F1."""
    precision, recall = right / found, right / marked
    return {"precision": round(precision, 4), "recall": round(recall, 4),
            "f1": round(2 * precision * recall / (precision + recall), 4)}  # fmt: skip


def main() -> None:
    """Print a table, the errors, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    place = data_folder() / "statements" / "newsquant_dev.jsonl.gz"
    if not place.exists():
        sys.exit(f"no data at {place}: set WRITETHRU_DATA")
    totals: Counter[str] = Counter()
    with gzip.open(place, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        marked = [(value_of(q["value"]), q["change"]) for q in row["quantities"]]
        found = [found_of(figure) for figure in figures_in(row["text"], "en")]
        values = Counter(v for v, _ in marked) & Counter(v for v, _ in found)
        both = Counter(marked) & Counter(found)
        totals.update(found=len(found), marked=len(marked), value=values.total(), change=both.total())
        if options.errors and (both.total() < max(len(marked), len(found))):
            print(row["text"], "\n  missing", list((Counter(marked) - Counter(found)).elements()),
                  "\n  too much", list((Counter(found) - Counter(marked)).elements()), "\n")  # fmt: skip
    result = {name: scores(totals[name], totals["found"], totals["marked"]) for name in ("value", "change")}
    if options.json:
        print(json.dumps({"machine": machine(), "marked": totals["marked"], **result}, indent=1))
        return
    print(heading(machine()))
    for name, row in result.items():
        print(f"{name:8} {row}  of {totals['marked']}")


if __name__ == "__main__":
    main()
