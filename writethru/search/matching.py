"""Which versions of an article a query matches, where the words stand, and how to show them.

Exact, on folded words: a phrase is looked for in one block, AND and NOT in one version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from writethru.model import Appearance
from writethru.search.document import SearchDocument, Unit, runs_of
from writethru.search.folding import Word, fold
from writethru.search.query import All, Either, Filters, Node, Query, Words

EXCERPT: Final = 240
"""Characters of a passage that are shown."""

LEAD: Final = 80
"""Of these at most so many before the first word that was found."""

MOST_PASSAGES: Final = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What a filter needs to know of an article besides its text.

    Attributes:
        appearances: by ordinal; empty where no filter asks.
        kinds: of each kind of change, the versions it brought or took away, as bits.
    """

    appearances: Sequence[Appearance] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive appearances in all of which the query matched.

    Attributes:
        from_version, to_version: at its ends.
        first_seen, last_seen: sightings at its ends.
        brought_by: number of the change with which it began, None where it was there from the start.
        taken_by: number of the change with which it ended, None while it stands.
    """

    from_version: int
    to_version: int
    first_seen: datetime
    last_seen: datetime
    brought_by: int | None
    taken_by: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a passage, found or not."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the words stand.

    Attributes:
        where: field or kind of block.
        pieces: the excerpt; joined they are its text. To be escaped by whoever shows it.
        versions: runs of version numbers in which this wording stood and the query matched.
        standing: is this wording in the latest text?
    """

    where: str
    pieces: tuple[Piece, ...]
    versions: tuple[tuple[int, int], ...]
    standing: bool

    @property
    def text(self) -> str:
        """The excerpt."""
        return "".join(piece.text for piece in self.pieces)


def matching(document: SearchDocument, query: Query, facts: Facts, *, headline: bool = False) -> int:
    """The versions that match, as bits; 0 where none does.

    Args:
        headline: look at headlines only.
    """
    units = [unit for unit in document.units if unit.where == "headline"] if headline else document.units
    found = _versions(query.root, units, document.every_version)
    if not found:
        return 0
    filters = query.filters
    stands = bool(found >> (document.latest - 1) & 1)
    if filters.removed is not None and filters.removed == stands:
        return 0
    found &= _kept_by_kind(filters, facts)
    return found & _kept_by_time(filters, facts) if filters.after or filters.before else found


def stretches(found: int, appearances: Sequence[Appearance]) -> tuple[Stretch, ...]:
    """When the versions stood there, in time."""
    runs: list[list[Appearance]] = []
    before = False
    for appearance in appearances:
        is_found = bool(found >> (appearance.version_number - 1) & 1)
        if is_found and before:
            runs[-1].append(appearance)
        elif is_found:
            runs.append([appearance])
        before = is_found
    last = appearances[-1].ordinal if appearances else 0
    return tuple(
        Stretch(
            run[0].version_number,
            run[-1].version_number,
            run[0].first_seen,
            run[-1].last_seen,
            run[0].ordinal - 1 or None,
            run[-1].ordinal if run[-1].ordinal < last else None,
        )
        for run in runs
    )


def passages(document: SearchDocument, query: Query, found: int) -> tuple[Passage, ...]:
    """Where the words stand in the versions found; what stands no more comes first, then the order of the text."""
    leaves = list(query.leaves())
    latest = 1 << (document.latest - 1)
    units = [
        unit for unit in document.units if unit.versions & found and any(_stands_in(leaf, unit) for leaf in leaves)
    ]
    gone_first = sorted(units, key=lambda unit: bool(unit.versions & latest))
    return tuple(
        Passage(unit.where, _excerpt(unit, leaves), tuple(runs_of(unit.versions & found)), bool(unit.versions & latest))
        for unit in gone_first[:MOST_PASSAGES]
    )


def _versions(node: Node, units: Sequence[Unit], every: int) -> int:
    if isinstance(node, Words):
        found = 0
        for unit in units:
            if unit.versions & ~found and _stands_in(node, unit):
                found |= unit.versions
        return found
    if isinstance(node, Either):
        found = 0
        for part in node.parts:
            found |= _versions(part, units, every)
        return found
    if isinstance(node, All):
        found = every
        for part in node.parts:
            found &= _versions(part, units, every)
            if not found:
                break
        return found
    return every & ~_versions(node.part, units, every)


def _stands_in(leaf: Words, unit: Unit) -> bool:
    sought = f" {' '.join(leaf.words)}{'' if leaf.prefix else ' '}"
    return sought in unit.words and leaf.field in ("", unit.where)


def _kept_by_kind(filters: Filters, facts: Facts) -> int:
    if not filters.kinds:
        return -1
    kept = 0
    for kind in filters.kinds:
        kept |= facts.kinds.get(kind, 0)
    return kept


def _kept_by_time(filters: Filters, facts: Facts) -> int:
    kept = 0
    for appearance in facts.appearances:
        begun = filters.before is None or appearance.first_seen < filters.before
        if begun and (filters.after is None or appearance.last_seen >= filters.after):
            kept |= 1 << (appearance.version_number - 1)
    return kept


def _excerpt(unit: Unit, leaves: Sequence[Words]) -> tuple[Piece, ...]:
    """The text around the first place, with every place marked."""
    words = fold(unit.text)
    spans = sorted(span for leaf in leaves if leaf.field in ("", unit.where) for span in _places(words, leaf))
    if not spans:
        return (Piece(unit.text[:EXCERPT], False),)
    start = spans[0][0]
    start = max(unit.text.find(" ", start - LEAD, start) + 1, start - LEAD) if start > LEAD else 0
    end = min(len(unit.text), start + EXCERPT)
    if end < len(unit.text):
        end = max(unit.text.rfind(" ", start + EXCERPT // 2, end), spans[0][1], start + EXCERPT // 2)
    pieces = list(_cut(unit.text, spans, start, end))
    if start:
        pieces.insert(0, Piece("… ", False))
    if end < len(unit.text):
        pieces.append(Piece(" …", False))
    return tuple(pieces)


def _cut(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    at = start
    for span in spans:
        first, last = max(span[0], at), min(span[1], end)
        if first >= last:
            continue
        if first > at:
            yield Piece(text[at:first], False)
        yield Piece(text[first:last], True)
        at = last
    if at < end:
        yield Piece(text[at:end], False)


def _places(words: Sequence[Word], leaf: Words) -> Iterator[tuple[int, int]]:
    """Spans of the characters that a leaf stands for."""
    size = len(leaf.words)
    for at in range(len(words) - size + 1):
        if all(_fits(words[at + n].text, leaf, n) for n in range(size)):
            yield words[at].start, words[at + size - 1].end


def _fits(word: str, leaf: Words, n: int) -> bool:
    if leaf.prefix and n == len(leaf.words) - 1:
        return word.startswith(leaf.words[n])
    return word == leaf.words[n]
