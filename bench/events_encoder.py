"""What an encoder adds to events, as the setting ``events.encoder`` has it: each set at once, with and without.

python -m bench events_encoder        # needs the extra [nlp]
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from collections.abc import Sequence
from typing import Any

from bench.events import DATA, Labelled, batch, scores, sets, sibling_merges
from bench.machine import machine
from writethru.events.meanings import PIECES, Grains, packed, passage_of, unpacked
from writethru.model import ArticleText
from writethru.nlp.encoder import SentenceEncoder

LEVELS = (0.5, 0.6, 0.72)
"""Of the second look."""


def vectors(name: str) -> list[Grains]:
    """Of the beginning of each article of a set, as the archive keeps them."""
    encoder = SentenceEncoder()
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if name != "meantime" or (row["body"] and row["lang"] == "en")]
    texts = [ArticleText.from_plain(row["body"] or "", headline=row["title"] or "") for row in rows]
    return [unpacked(packed(row)) for row in encoder.vectors(list(map(passage_of, texts)), PIECES)]


def with_look(some: Labelled, rows: Sequence[Grains], level: float) -> dict[str, float]:
    """The scores of a set whose small events are looked at again by what their articles mean."""
    found = batch(some, rows, level)
    return {**scores(some.gold, found), "sibling merges": sibling_merges(some, found)}


def few_of(some: Labelled, rows: Sequence[Grains], most: int) -> tuple[Labelled, list[Grains]]:
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
    spent, read = 0.0, 0
    for some in sets():
        began = time.process_time()
        rows = vectors(some.name.split()[0])
        spent, read = spent + time.process_time() - began, read + len(rows)
        smaller = [few_of(some, rows, most) for most in (3, 4)] if some.name == "ecbplus_dev" else []
        for one, its in [(some, rows), *smaller]:
            found[one.name] = {"without": with_look(one, its, 0.0)}
            found[one.name] |= {f"below {level}": with_look(one, its, level) for level in LEVELS}
    found["articles a CPU second"] = round(read / spent, 1)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
