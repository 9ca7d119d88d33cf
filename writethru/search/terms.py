"""What stands in the index for a document, and what is asked of it for a query.

The index answers with candidates: every document that matches, and perhaps some that do not. Which versions match, if
any, ``matching`` decides by the words themselves, the same for every database.

Terms: folded words; ``h:WORD`` in a headline; ``p:ABC`` the first letters of some word; ``~oN`` the outlet;
``~k:KIND`` a kind of change; ``~yYYYY``, ``~mYYYYMM``, ``~dYYYYMMDD`` first seen; ``~removed`` text that is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from writethru.search.document import SearchDocument
from writethru.search.query import All, Either, Node, Not, Query, Words

REMOVED: Final = "~removed"
PREFIX: Final = 3
"""Letters of a ``p:`` term. Longer beginnings are looked up as such: few words share four letters."""

EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST_YEAR: Final = 2200
"""Months have labels from the first on (what is older has its label); a time past the other narrows nothing down."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term."""

    text: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """Any word that begins so."""

    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words one after the other; a database that cannot see that may take them in any order."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All of these."""

    parts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these at least."""

    parts: tuple[Wanted, ...]


Wanted = Term | Beginning | Run | Every | AnyOf


@dataclass(frozen=True, slots=True)
class Entries:
    """The terms of a document: ``words`` in their order, ``labels`` without one."""

    words: tuple[str, ...]
    labels: tuple[str, ...]


def entries_of(document: SearchDocument) -> Entries:
    """What the index holds of a document. The same document always gives the same entries."""
    words: list[str] = []
    headlines: list[str] = []
    for unit in document.units:
        own = unit.words.split()
        words += own
        if unit.where == "headline":
            headlines += [f"h:{word}" for word in own]
    beginnings = sorted({f"p:{word[:PREFIX]}" for word in words if len(word) >= PREFIX})
    removed = [REMOVED] if document.has_removed else []
    return Entries((*words, *headlines), (*beginnings, *document.labels, *removed))


def labels_of(outlet_id: int | None, first_seen: datetime | None, kinds: Iterable[str]) -> tuple[str, ...]:
    """The labels of an article."""
    found = [f"~o{outlet_id or 0}", *(f"~k:{kind}" for kind in sorted(set(kinds)))]
    if first_seen is not None:
        begun = max(first_seen.astimezone(UTC), EARLIEST)
        found += [f"~y{begun.year}", f"~m{begun:%Y%m}", f"~d{begun:%Y%m%d}"]
    return tuple(found)


def wanted_of(query: Query, outlets: Sequence[int], *, headline: bool = False) -> Wanted:
    """What to ask of the index.

    Args:
        outlets: ids that the filter means, () without one.
        headline: only documents that match by their headlines alone.
    """
    parts = [_wanted(query.root, headline)]
    filters = query.filters
    if outlets:
        parts.append(_any([Term(f"~o{number}") for number in outlets]))
    if filters.kinds:
        parts.append(_any([Term(f"~k:{kind}") for kind in filters.kinds]))
    if filters.removed:
        parts.append(Term(REMOVED))
    if filters.before is not None and filters.before.year < LATEST_YEAR:
        parts.append(_any([Term(label) for label in _first_seen_before(filters.before)]))
    return parts[0] if len(parts) == 1 else Every(tuple(parts))


def _wanted(node: Node, headline: bool) -> Wanted:
    if isinstance(node, Words):
        return _words(node, "h:" if headline or node.field == "headline" else "")
    if isinstance(node, Either):
        return _any([_wanted(part, headline) for part in node.parts])
    if isinstance(node, All):
        kept = [_wanted(part, headline) for part in node.parts if not _leaves_out(part)]
        return kept[0] if len(kept) == 1 else Every(tuple(kept))
    raise TypeError(f"the parser lets no query through that only leaves out: {node}")


def _leaves_out(node: Node) -> bool:
    """Nothing in it must be there (what stands in one version may be gone in the next, so NOT is for ``matching``)."""
    if isinstance(node, All):
        return all(map(_leaves_out, node.parts))
    if isinstance(node, Either):
        return any(map(_leaves_out, node.parts))
    return isinstance(node, Not)


def _words(node: Words, mark: str) -> Wanted:
    words = tuple(f"{mark}{word}" for word in node.words)
    if not node.prefix:
        return Term(words[0]) if len(words) == 1 else Run(words)
    last = node.words[-1]
    beginning: Wanted = Beginning(words[-1])
    if not mark and len(last) == PREFIX:
        beginning = Term(f"p:{last}")
    if len(words) == 1:
        return beginning
    return Every((Term(words[0]) if len(words) == 2 else Run(words[:-1]), beginning))


def _any(parts: Sequence[Wanted]) -> Wanted:
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def _first_seen_before(moment: datetime) -> list[str]:
    """Years that are over before it, months of its own year, days of its own month; the day itself, if it has begun."""
    last = max(moment.astimezone(UTC) - timedelta(microseconds=1), EARLIEST)
    years = [f"~y{year}" for year in range(EARLIEST.year, last.year)]
    months = [f"~m{last.year}{month:02d}" for month in range(1, last.month)]
    return [*years, *months, *(f"~d{last:%Y%m}{day:02d}" for day in range(1, last.day + 1))]


def count_words(entries: Entries) -> Mapping[str, list[int]]:
    """Each word with its places, from 1 on."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(entries.words, 1):
        places.setdefault(word, []).append(at)
    return places
