"""What was changed on the way from a source to a text made from it, with the kinds of ``comparison``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from writethru.comparison import Edit, compare
from writethru.comparison.edits import Sentence
from writethru.model import ArticleText
from writethru.reuse.passages import Passage
from writethru.reuse.words import SKIPPED, Words


@dataclass(frozen=True, slots=True)
class Alterations:
    """How a derived text differs from its source.

    Attributes:
        altered: edits of sentences that stand in a shared passage on both sides, one of them for half or more; ``old``
            is the source's, ``new`` the derived text's.
        lead_cut, tail_cut: were the source's first, its last sentences left out?
        left_out, put_in: sentences of the source that the derived text has not, and the reverse.
    """

    altered: tuple[Edit, ...]
    lead_cut: bool
    tail_cut: bool
    left_out: int
    put_in: int


def alterations(source: ArticleText, derived: ArticleText, covered: tuple[Covered, Covered]) -> Alterations:
    """What was changed between two texts inside their shared passages.

    Args:
        covered: the characters of the source and of the derived text that passages cover.
    """
    change = compare(source, derived)
    both = (edit for edit in change.edits if _is_shared(edit, covered))
    gone = [s for edit in change.edits if not edit.new for s in edit.old if s.block is not None]
    come = [s for edit in change.edits if not edit.old for s in edit.new if s.block is not None]
    body = [number for number, block in enumerate(source.blocks) if block.text and block.kind not in SKIPPED]
    return Alterations(
        altered=tuple(edit for edit in both if edit.substantial),
        lead_cut=bool(body) and any(s.block == body[0] and s.start == 0 for s in gone),
        tail_cut=bool(body) and any(s.block == body[-1] and s.end == len(source.blocks[body[-1]].text) for s in gone),
        left_out=len(gone),
        put_in=len(come),
    )


def _is_shared(edit: Edit, covered: tuple[Covered, Covered]) -> bool:
    """Does either sentence stand in a passage for the most part? Two that share a name and a few words are two."""
    shares = covered[0].share(edit.old), covered[1].share(edit.new)
    return min(shares) > 0 and max(shares) >= HALF


HALF: Final = 0.5
"""Share of a sentence's characters in passages from which it is the other one altered."""


class Covered:
    """The characters of a text that its passages cover, block by block."""

    def __init__(self, stretches: Iterable[tuple[int, int, int]]) -> None:
        self._spans: dict[int, list[tuple[int, int]]] = {}
        for block, start, end in stretches:
            self._spans.setdefault(block, []).append((start, end))

    @staticmethod
    def of(words: tuple[Words, Words], passages: Sequence[Passage]) -> tuple[Covered, Covered]:
        """Both sides' covered characters."""
        return _covered(words[0], [p.a for p in passages]), _covered(words[1], [p.b for p in passages])

    def share(self, sentences: Iterable[Sentence]) -> float:
        """How much of these sentences, by characters, stands in a passage."""
        told = [s for s in sentences if s.block is not None]
        inside = sum(
            max(0, min(end, s.end) - max(start, s.start))
            for s in told
            for start, end in self._spans.get(s.block or 0, ())
        )
        return inside / max(1, sum(s.end - s.start for s in told))

    def touches(self, sentences: Iterable[Sentence]) -> bool:
        """Does a passage cover a word of one of these sentences?"""
        return any(
            s.block is not None and start < s.end and end > s.start
            for s in sentences
            for start, end in self._spans.get(s.block or 0, ())
        )


def _covered(words: Words, ranges: Iterable[tuple[int, int]]) -> Covered:
    places = words.places
    return Covered((p.block, p.start, p.end) for start, end in ranges for p in places[start:end])
