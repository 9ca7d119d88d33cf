"""Commitments against articles marked by hand: slots right, and deadline phrases right.

A found commitment answers a marked one where their deeds share half of the words of both together. A slot is right where
its words do so too; a commitment that answers none counts its slots as wrong, one not found as missing. Rules were worked on with the dev half in sight; the held half is only counted.

    python -m bench statement_commitments [--half dev|held] [--errors]
"""

from __future__ import annotations

import argparse
from collections import Counter

from machine import heading, machine
from marked_commitments import (
    SLOTS,
    Article,
    alike,
    deadline_found,
    found_in,
    marked_articles,
    marked_deadlines,
    pairs,
)


def scored(articles: list[Article], *, errors: bool) -> Counter[str]:
    """Counts over the slots and the forces."""
    n: Counter[str] = Counter()
    for article in articles:
        found = found_in(article)
        for marked, mine in pairs(article.marked, found):
            for slot in SLOTS:
                wanted, got = getattr(marked, slot, "") if marked else "", getattr(mine, slot, "") if mine else ""
                right = bool(wanted and got) and alike(wanted, got)
                n.update({f"{slot} marked": bool(wanted), f"{slot} found": bool(got), f"{slot} right": right})
                if errors and (wanted or got) and not right:
                    print(f"{article.number:>3} {slot}: marked {wanted!r}, found {got!r}")
            n.update(both=bool(marked and mine), marked=bool(marked), found=bool(mine))
            if marked and mine:
                n.update(force=marked.force == mine.force, negated=marked.yes == mine.yes)
    return n


def f1(right: int, found: int, marked: int) -> str:
    """Precision, recall and their harmonic mean."""
    precision, recall = right / max(1, found), right / max(1, marked)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * right / max(1, found + marked):.3f} of {marked}"


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("dev", "held"))
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    print(heading(machine()))
    for half in ("dev", "held"):
        if options.half in (None, half):
            n = scored([one for one in marked_articles() if one.half == half], errors=options.errors)
            print(half, "commitments", f1(n["both"], n["found"], n["marked"]))
            for slot in SLOTS:
                print(f"  {slot:10}", f1(n[f"{slot} right"], n[f"{slot} found"], n[f"{slot} marked"]))
            total = [sum(n[f"{slot} {what}"] for slot in SLOTS) for what in ("right", "found", "marked")]
            print("  all slots ", f1(*total))
            print(f"  force right {n['force']} of {n['both']}, bound to or not to {n['negated']} of {n['both']}")
    rows = marked_deadlines()
    wrong = [row for row in rows if not deadline_found(row)[0]]
    print(f"deadline phrases: {len(rows) - len(wrong)} of {len(rows)} right ({1 - len(wrong) / len(rows):.4f})")
    for row in wrong if options.errors else ():
        print("  ", row, "found", deadline_found(row)[1])


if __name__ == "__main__":
    main()
