"""What editors of the archive corrected in the readings: told as theirs, beside every sentence that it is of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from writethru.dossier.parts import EditorsLine
from writethru.dossier.schema import EditorsForm
from writethru.rulings import KeptCorrection
from writethru.statements.corrections import Mark, places_of
from writethru.statements.evidence import Account, Evidence
from writethru.statements.reading import Place, place_text

BESIDE: Final = 32
"""Characters before and behind a sentence by which it is told from the same words elsewhere."""


class Editing:
    """The corrections that stand, and the sentences that they are of."""

    def __init__(self, lines: Sequence[EditorsLine], accounts: Sequence[Account]) -> None:
        self._lines: dict[tuple[int, int], list[EditorsLine]] = defaultdict(list)
        for line in lines:
            for number in line.versions:
                self._lines[line.kept.article_id, number].append(line)
        self._texts = {(account.article, read.number): read.text for account in accounts for read in account.versions}

    def of(self, evidence: Evidence) -> list[int]:
        """The numbers of the corrections of something in this sentence."""
        key = evidence.article, evidence.version
        if key not in self._lines or key not in self._texts:
            return []
        text = place_text(self._texts[key], evidence.place.block)
        return [
            line.kept.id
            for line in self._lines[key]
            if any(_meet(at, evidence.place) for at in places_of(_mark(line.kept), text))
        ]

    def beside(self, evidence: Evidence) -> tuple[str, str]:
        """What stands right before and right behind a sentence in its block; "" where its text is not at hand."""
        text = self._texts.get((evidence.article, evidence.version))
        words = place_text(text, evidence.place.block) if text is not None else ""
        start, end = evidence.place.start, evidence.place.end
        return words[max(0, start - BESIDE) : start], words[end : end + BESIDE]


def _mark(kept: KeptCorrection) -> Mark:
    return Mark(kept.words, kept.before, kept.after)


def _meet(at: tuple[int, int], place: Place) -> bool:
    return at[0] < place.end and place.start < at[1]


def editors_form(line: EditorsLine) -> EditorsForm:
    """One correction for programs."""
    kept = line.kept
    return {
        "number": kept.id,
        "article": kept.article_id,
        "outlet": line.outlet,
        "versions": list(line.versions),
        "kind": kept.kind,
        "words": kept.words,
        "field": kept.field,
        "value": kept.value,
        "in_words": kept.in_words,
        "by": kept.by,
        "at": kept.at.isoformat(),
        "reason": kept.reason,
        "path": f"/articles/{kept.article_id}/versions/{line.versions[-1]}/statements",
    }
