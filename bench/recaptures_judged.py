"""Real recaptures whose readings differ, each judged by a person: numbers of pairs and classes, no text of any page."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).parent / "data" / "extraction" / "recaptures_judged.tsv"

CLASSES = {
    "edit": "the article's words, headline, authors, notes, captions or disclosures",
    "characters": "quotation marks, spaces, an agency's mark: another system sets the same words",
    "template": "the new template prints less of the article",
    "walled": "the text is gone behind a wall; doubted as collapsed",
    "other-page": "one capture is an error, a section or another article; doubted, never an edit",
    "furniture": "a false edit: there must be none",
}


@dataclass(frozen=True)
class Judged:
    """What a person said of a pair that is read differently."""

    kind: str
    reason: str


def judged() -> dict[int, Judged]:
    """Number of the pair to its judgement. Raises ValueError where a pair stands twice."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        rows = [
            (int(row["pair"]), Judged(row["class"], row["reason"])) for row in csv.DictReader(lines, delimiter="\t")
        ]
    if len(dict(rows)) != len(rows):
        raise ValueError(f"{LIST}: a pair stands there twice")
    return dict(rows)
