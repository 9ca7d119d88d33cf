"""What an encoder adds to events: each set at once, with a term of sentence vectors at the second level.

And with it only in the second look at events of few articles, where it can part them and never join.

python -m bench events_encoder        # needs the extra [nlp]
"""

from __future__ import annotations

import gzip
import json
import random
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

LOOKS = ((1.0, 0.5), (1.0, 0.6), (1.0, 0.72))
"""Weight and level of the second look."""
FEW = 8
"""Articles up to which an event is looked at so: of larger ones of ECB+, up to 12, it parted too many."""


def vectors(name: str) -> list[Any]:
    """Of the beginning of each article of a set."""
    encoder = SentenceEncoder()
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if name != "meantime" or (row["body"] and row["lang"] == "en")]
    return list(encoder.vectors([f"{row['title'] or ''}. {(row['body'] or '')[:900]}" for row in rows], PIECES))


def with_term(some: Labelled, rows: Sequence[Any], weight: float, level: float, *, only_less: bool) -> dict[str, float]:
    """The scores of a set with such a term."""
    plain = grouping._drawn

    def drawn(items: Sequence[grouping.Item], sims: Floats, ties: grouping.Ties) -> list[list[float]]:
        some = np.array([rows[int(item.key)] for item in items])  # their keys are places in the set
        alike = some @ some.T - level
        more: Floats = weight * (np.minimum(alike, 0.0) if only_less else alike)
        found: list[list[float]] = (np.array(plain(items, sims, ties)) + more).tolist()
        return found

    with patch.object(grouping, "_drawn", drawn):
        found = batch(some)
    return {**scores(some.gold, found), "sibling merges": sibling_merges(some, found)}


def with_look(some: Labelled, rows: Sequence[Any], weight: float, level: float) -> dict[str, float]:
    """The scores of a set in which events of few articles are looked at again with such a term."""
    again, drawn = grouping._again, grouping._drawn

    def colder(items: Sequence[grouping.Item], sims: Floats, ties: grouping.Ties) -> list[list[float]]:
        some = np.array([rows[int(item.key)] for item in items])
        found: list[list[float]] = (
            np.array(drawn(items, sims, ties)) + weight * np.minimum(some @ some.T - level, 0.0)
        ).tolist()
        return found

    def looked(
        items: Sequence[grouping.Item], weights: grouping.Weights, ties: grouping.Ties
    ) -> list[list[grouping.Item]]:
        parts = []
        for part in again(items, weights, ties):
            with patch.object(grouping, "_drawn", colder if len(part) <= FEW else drawn):
                parts += again(part, weights, ties)
        return parts

    with patch.object(grouping, "_again", looked):
        found = batch(some)
    return {**scores(some.gold, found), "sibling merges": sibling_merges(some, found)}


def few_of(some: Labelled, rows: Sequence[Any], most: int) -> tuple[Labelled, list[Any]]:
    """A set of which each event has so many articles at most, chosen by chance."""
    chance = random.Random(1)
    members = {event: [at for at, one in enumerate(some.gold) if one == event] for event in sorted(set(some.gold))}
    chosen = sorted(at for every in members.values() for at in chance.sample(every, min(most, len(every))))

    def kept(row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(row[at] for at in chosen)

    fewer = Labelled(
        f"{some.name}, {most} an event",
        kept(some.keys),
        kept(some.features),
        kept(some.minutes),
        kept(some.gold),
        kept(some.groups),
    )
    return fewer, [rows[at] for at in chosen]


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
        smaller = [few_of(some, rows, most) for most in (3, 4)] if some.name == "ecbplus_dev" else []
        for one, its in [(some, rows), *smaller]:
            looks = found.setdefault(one.name, {"without": scores(one.gold, batch(one))})
            for weight, level in LOOKS:
                looks[f"second look, {weight} below {level}"] = with_look(one, its, weight, level)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
