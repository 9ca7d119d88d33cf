"""The descent of a text over articles and their versions, and which articles are one text.

A stemma is drawn from pairwise reuse: each text has at most one parent, the source it
shares most with among those that came before it (a maximum spanning branching; with a
direction for every link, choosing each node's best incoming link gives it unless that
makes a circle, and circles are broken at their weakest link: Chu and Liu 1965, Edmonds 1967).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class Telling:
    """One text in the stemma.

    Attributes:
        key: stable and unique (the article's address, with its version).
        label: what a person reads.
        outlet: the lane it stands in.
        at: when it was first sighted, if known.
    """

    key: str
    label: str
    outlet: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One text made from another.

    Attributes:
        source, derived: keys.
        weight: share of the derived text that stands in the source, 0 … 1.
        confidence: 0 … 1, of the direction.
        words: what it rests on, for a person.
    """

    source: str
    derived: str
    weight: float
    confidence: float = 1.0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Stemma:
    """Texts, the link each has to its parent, and the links left aside."""

    texts: tuple[Telling, ...]
    links: tuple[Link, ...]
    others: tuple[Link, ...] = ()

    @property
    def roots(self) -> tuple[Telling, ...]:
        """Texts that descend from none of the others."""
        derived = {link.derived for link in self.links}
        return tuple(text for text in self.texts if text.key not in derived)


def stemma(texts: Iterable[Telling], links: Iterable[Link]) -> Stemma:
    """The tree (or forest) of descent; the same whatever the order of texts and links."""
    ordered = tuple(sorted(texts, key=lambda text: text.key))
    known = {text.key for text in ordered}
    ranked = sorted(
        (link for link in links if link.source in known and link.derived in known and link.source != link.derived),
        key=lambda link: (-link.weight, -link.confidence, link.source, link.derived),
    )
    parent: dict[str, Link] = {}
    others = []
    for link in ranked:
        if link.derived in parent or _descends(link.source, link.derived, parent):
            others.append(link)
        else:
            parent[link.derived] = link
    return Stemma(ordered, tuple(parent[key] for key in sorted(parent)), tuple(others))


def _descends(key: str, ancestor: str, parent: Mapping[str, Link]) -> bool:
    """Would making ``ancestor`` a child of ``key`` close a circle?"""
    while key != ancestor:
        if key not in parent:
            return False
        key = parent[key].source
    return True


def copy_groups(keys: Iterable[Key], same: Iterable[tuple[Key, Key]]) -> tuple[tuple[Key, ...], ...]:
    """Articles that are one text: connected by wholly derived pairs. Each group sorted, groups by first key.

    A group counts as one source however many outlets printed it.
    """
    beside: dict[Key, list[Key]] = defaultdict(list)
    for one, other in same:
        beside[one].append(other)
        beside[other].append(one)
    done: set[Key] = set()
    groups = []
    for key in sorted(set(keys)):
        if key not in done:
            group = _reached(key, beside)
            done |= group
            groups.append(tuple(sorted(group)))
    return tuple(groups)


def _reached(key: Key, beside: Mapping[Key, Sequence[Key]]) -> set[Key]:
    found, waiting = {key}, [key]
    while waiting:
        for other in beside.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
