"""Kinds of change on the marked sentence edits: precision and recall by kind.

python bench/compare_kinds.py [--half open|held|last|all] [--errors] [--json]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from compare_common import machine

from writethru.comparison import compare

MARKED = Path(__file__).resolve().parent / "data" / "comparison" / "kinds.jsonl"
KINDS = (
    "figure", "date", "name", "quotation-altered", "quotation-added", "quotation-removed", "scare-quotes",
    "attribution", "negation", "modality", "hedge", "link", "typographic", "whitespace",
)  # fmt: skip


def marked(half: str) -> list[dict]:
    """The marked edits of one part, or of all."""
    with MARKED.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row for row in rows if half in ("all", row["half"])]


def found_in(row: dict) -> set[str]:
    """The kinds that compare() names, of those that are scored."""
    return {kind.value for kind in compare(row["old"], row["new"]).kinds} & set(KINDS)


def scores(rows: list[dict]) -> dict[str, dict[str, float]]:
    """Precision, recall and counts by kind."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    true: Counter[str] = Counter()
    for row in rows:
        found, kinds = found_in(row), set(row["kinds"])
        right.update(found & kinds)
        said.update(found)
        true.update(kinds)
    return {
        kind: {
            "precision": round(right[kind] / said[kind], 4) if said[kind] else 1.0,
            "recall": round(right[kind] / true[kind], 4) if true[kind] else 1.0,
            "marked": true[kind],
            "found": said[kind],
        }
        for kind in KINDS
    }


def main() -> None:
    """Print a table, the errors, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("open", "held", "last", "all"), default="all")
    parser.add_argument("--errors", action="store_true", help="show where marks and findings differ (open half only)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = marked(options.half)
    found = scores(rows)
    if options.json:
        print(json.dumps({"machine": machine(), "half": options.half, "pairs": len(rows), "kinds": found}, indent=1))
        return
    print(f"{len(rows)} marked pairs ({options.half})")
    for kind, row in found.items():
        print(f"  {kind:18} precision {row['precision']:.3f}  recall {row['recall']:.3f}  of {row['marked']}")
    if options.errors:
        for row in marked("open"):
            missing, extra = set(row["kinds"]) - found_in(row), found_in(row) - set(row["kinds"])
            if missing or extra:
                print(f"\n- {row['old']}\n+ {row['new']}\n  missing {sorted(missing)}, too much {sorted(extra)}")


if __name__ == "__main__":
    main()
