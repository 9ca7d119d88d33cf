"""What editors of the archive corrected in the readings: told as theirs, beside every sentence that it is of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from writethru.dossier.parts import EditorsLine
from writethru.dossier.schema import EditorsForm
from writethru.rulings import KeptCorrection
from writethru.statements.corrections import Mark, mark_at
from writethru.statements.evidence import Account, Evidence
from writethru.statements.reading import Place, place_text

_SET: Final = {
    "speaker": "the speaker is set to",
    "counted": "what is counted is set to",
    "value": "the value is set to",
    "day": "the day is set to",
    "due": "the day on which it falls due is set to",
}


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
            if any(_meet(at, evidence.place) for at in _found(line.kept, text))
        ]


def _found(kept: KeptCorrection, text: str) -> Iterator[tuple[int, int]]:
    mark = Mark(kept.words, kept.before, kept.after)
    start = text.find(kept.words) if kept.words else -1
    while start >= 0:
        end = start + len(kept.words)
        if mark.fits(mark_at(text, Place(0, start, end))):
            yield start, end
        start = text.find(kept.words, start + 1)


def _meet(at: tuple[int, int], place: Place) -> bool:
    return at[0] < place.end and place.start < at[1]


def editors_form(line: EditorsLine) -> EditorsForm:
    """One correction for programs."""
    kept = line.kept
    told = f"{_SET[kept.field]} “{kept.value}”" if kept.field else "rejected"
    return {
        "number": kept.id,
        "article": kept.article_id,
        "outlet": line.outlet,
        "versions": list(line.versions),
        "kind": kept.kind,
        "words": kept.words,
        "field": kept.field,
        "value": kept.value,
        "in_words": told,
        "by": kept.by,
        "at": kept.at.isoformat(),
        "reason": kept.reason,
        "path": f"/articles/{kept.article_id}/versions/{line.versions[-1]}/statements",
    }
