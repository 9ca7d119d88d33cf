"""What rules on figures and attributions would tell of real histories: every turn, to be read and judged by hand.

Neighbouring versions of DigitalGov posts (CC0), each change by itself, beside no other article.

    python -m bench statement_turns [--every N]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from bench.compare_common import rows
from bench.machine import heading, machine
from writethru.dossier.attribution_turns import attribution_turns
from writethru.dossier.figure_turns import FigureTurn, figure_turns
from writethru.model import ArticleText
from writethru.statements.counting import claims_in
from writethru.statements.evidence import Account, Read, alone
from writethru.statements.reading import read_text


def account(row: dict[str, Any]) -> Account:
    """One version, as if its article had no other."""
    text = ArticleText.from_plain(row["text"], headline=row["title"])
    day = _day(row["published"])
    return alone(Read(1, text, read_text(text, day), day))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written[:10]) if written else None


def told(old: Account, new: Account) -> Iterator[dict[str, Any]]:
    """What is told of one change."""
    for turn in figure_turns(claims_in(old), claims_in(new), []):
        yield {"kind": "figure", **_figure(turn)}
    for one in attribution_turns(old, new):
        yield {
            "kind": "attribution",
            "turn": one.turn,
            "words": one.words,
            "old": [one.old.speaker, one.old_cue, one.old.words],
            "new": [one.new.speaker, one.new_cue, one.new.words],
        }


def _figure(turn: FigureTurn) -> dict[str, Any]:
    sides = {name: one and [one.written, one.evidence.words] for name, one in (("old", turn.old), ("new", turn.new))}
    return {**sides, "reason": turn.reason}


def main() -> None:
    """Print each turn on a line, and how many there are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    posts: dict[str, list[dict[str, Any]]] = {}
    for row in rows("digitalgov_dev.jsonl.gz"):
        posts.setdefault(row["id"], []).append(row)
    pairs = [pair for versions in posts.values() for pair in pairwise(versions)][:: options.every]
    counts = {"pairs": 0, "figure": 0, "attribution": 0}
    for old, new in pairs:
        counts["pairs"] += 1
        for one in told(account(old), account(new)):
            counts[one["kind"]] += 1
            print(json.dumps({"id": new["id"], "version": new["version"], **one}, ensure_ascii=False))
    print(heading(machine()))
    print(counts)


if __name__ == "__main__":
    main()
