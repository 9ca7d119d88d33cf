"""What the pages of shared text show: rows of pairs, and texts with their passages marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from writethru.analyse.shared_text import PairSide
from writethru.archive import Archive
from writethru.comparison.edits import Edit, Sentence
from writethru.reuse.verdict import in_words, is_made
from writethru.storage.reuse_store import ReusePair
from writethru.storage.store import ArticleSummary


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A pair as an article's page lists it."""

    pair: ReusePair
    other: ArticleSummary
    verdict: str
    own_share: float
    other_share: float
    direction: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters, marked (in a passage, or differing) or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Altered:
    """A sentence that was changed on the way: both sides in pieces, differing words marked."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkedSide:
    """One side of a pair: its article and its blocks in pieces."""

    side: PairSide
    blocks: tuple[tuple[str, tuple[Piece, ...]], ...]  # (kind, pieces)


LISTED = 100
"""Pairs on the page of an article."""


def shared_rows(archive: Archive, article_id: int) -> list[SharedRow]:
    """The pairs of an article, most shared words first."""
    pairs = archive.shared.pairs(article_id, LISTED)
    thirds = archive.shared.thirds(pairs)
    return [_row(archive, article_id, pair, thirds.get((pair.a_id, pair.b_id))) for pair in pairs]


def _row(archive: Archive, article_id: int, pair: ReusePair, third: int | None) -> SharedRow:
    is_a = pair.a_id == article_id
    own, other = (pair.shared_a, pair.shared_b) if is_a else (pair.shared_b, pair.shared_a)
    outlet = "" if third is None else archive.shared.summary(third).outlet or f"article {third}"
    return SharedRow(
        pair=pair,
        other=archive.shared.summary(pair.other(article_id)),
        verdict=in_words(pair.verdict, pair.source, pair.form["evidence"], outlet),
        own_share=own,
        other_share=other,
        direction="from a third" if third else _direction(pair, "a" if is_a else "b"),
    )


def _direction(pair: ReusePair, own: str) -> str:
    if not pair.source:
        return "not decided"
    what = "the source" if is_made(pair.source, pair.form["evidence"]) else "the earlier one"
    return f"this one seems to be {what}" if pair.source == own else f"the other seems to be {what}"


def altered_sentences(edits: Iterable[Edit]) -> list[Altered]:
    """What was changed on the way, for the page; only the words that differ are marked."""
    return [Altered(_marked(edit.old), _marked(edit.new), tuple(kind.value for kind in edit.kinds)) for edit in edits]


def _marked(sentences: Iterable[Sentence]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for sentence in sentences:
        if pieces:
            pieces.append(Piece(" ", False))
        pieces += _pieces(sentence.text, sentence.differing)
    return tuple(pieces)


def marked_side(side: PairSide) -> MarkedSide:
    """A side with its passages marked."""
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for block, start, end in side.stretches:
        spans[block].append((start, end))
    blocks = tuple(
        (block.kind.value, tuple(_pieces(block.text, sorted(spans[number]))))
        for number, block in enumerate(side.text.blocks)
    )
    return MarkedSide(side, blocks)


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in spans:
        if start > at:
            yield Piece(text[at:start], False)
        yield Piece(text[max(start, at) : end], True)
        at = max(at, end)
    if at < len(text):
        yield Piece(text[at:], False)
