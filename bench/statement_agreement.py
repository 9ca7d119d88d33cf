"""Figures of one thing, in marked pairs: agree, refine, compatible, conflict, incomparable.

The pairs and the guideline stand in ``bench/data/statements/figure_pairs.tsv``. Rules and marks are of one hand.

    python -m bench statement_agreement [--errors]
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from writethru.statements.agreement import Relation, agreement
from writethru.statements.figures import figures_in

PAIRS = Path(__file__).parent / "data" / "statements" / "figure_pairs.tsv"


class Pair(NamedTuple):
    """Two phrases with one figure each, and how they stand to each other."""

    one: str
    other: str
    relation: Relation


def marked_pairs() -> list[Pair]:
    """The marked pairs, in the order of the file."""
    rows = (line.split("\t") for line in PAIRS.read_text("utf-8").splitlines() if not line.startswith("#"))
    return [Pair(one, other, Relation(relation)) for one, other, relation in rows]


def found(pair: Pair) -> Relation | None:
    """What is found, None where a phrase is not read as one figure."""
    ones, others = figures_in(pair.one, "en"), figures_in(pair.other, "en")
    return agreement(ones[0], others[0]).relation if len(ones) == len(others) == 1 else None


def right(pair: Pair) -> bool:
    """Is what is found what is marked?"""
    return found(pair) is pair.relation


def main() -> None:
    """Print the share that is right, and each error."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    pairs = marked_pairs()
    wrong = [pair for pair in pairs if not right(pair)]
    print(f"{len(pairs) - len(wrong)} of {len(pairs)} right ({1 - len(wrong) / len(pairs):.4f})")
    print("marked:", dict(Counter(pair.relation.value for pair in pairs)))
    for pair in wrong if options.errors else ():
        print(f"  {pair.one!r} and {pair.other!r}: marked {pair.relation.value}, found {found(pair)}")


if __name__ == "__main__":
    main()
