"""What an encoder adds to events: each set at once, with a term of sentence vectors at the second level.

python -m bench events_encoder        # needs the extra [nlp]
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

import numpy as np

from bench.events import DATA, Labelled, batch, scores, sets, sibling_merges
from bench.machine import machine
from writethru.events import grouping
from writethru.events.vectors import Floats
from writethru.nlp.encoder import SentenceEncoder

PIECES = 126
"""Of the headline and what follows it: half of what the encoder can read."""
TERMS = (
    (0.5, 0.6, False), (0.5, 0.72, False), (1.0, 0.72, False), (0.5, 0.6, True), (1.0, 0.6, True), (1.0, 0.72, True)
)  # fmt: skip
"""Weight, cosine that adds nothing, and whether only what is less alike counts (it is taken off, and nothing added)."""


def vectors(name: str) -> list[Any]:
    """Of the beginning of each article of a set."""
    encoder = SentenceEncoder()
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if name != "meantime" or (row["body"] and row["lang"] == "en")]
    return list(encoder.vectors([f"{row['title'] or ''}. {(row['body'] or '')[:900]}" for row in rows], PIECES))


def with_term(some: Labelled, rows: Sequence[Any], weight: float, level: float, *, only_less: bool) -> dict[str, float]:
    """The scores of a set with such a term."""
    places = {key: at for at, key in enumerate(some.keys)}
    plain = grouping._drawn

    def drawn(items: Sequence[grouping.Item], sims: Floats, ties: grouping.Ties) -> list[list[float]]:
        some = np.array([rows[places[item.key]] for item in items])
        alike = some @ some.T - level
        more: Floats = weight * (np.minimum(alike, 0.0) if only_less else alike)
        found: list[list[float]] = (np.array(plain(items, sims, ties)) + more).tolist()
        return found

    with patch.object(grouping, "_drawn", drawn):
        found = batch(some)
    return {**scores(some.gold, found), "sibling merges": sibling_merges(some, found)}


def main() -> None:
    """Print them as JSON."""
    if not DATA.is_dir():
        sys.exit(f"labelled articles absent: {DATA} (set WRITETHRU_DATA)")
    found: dict[str, Any] = {"machine": machine()}
    for some in sets():
        rows = vectors(some.name.split()[0])
        without = batch(some)
        found[some.name] = {"without": {**scores(some.gold, without), "sibling merges": sibling_merges(some, without)}}
        for weight, level, only_less in TERMS:
            name = f"{weight} around {level}" + (", only less" if only_less else "")
            found[some.name][name] = with_term(some, rows, weight, level, only_less=only_less)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
