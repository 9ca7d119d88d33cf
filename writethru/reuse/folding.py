"""A stemma that a page can show: where many texts were made from one, the earliest stand for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from writethru.reuse.stemma import Link, Stemma, Telling

MOST: Final = 40
"""Texts of a drawing that can still be read."""
_KEPT: Final = (8, 5, 3, 2, 1, 0)
"""How many of one text's copies are drawn, the most that fit."""


def folded(drawn: Stemma, most: int = MOST) -> Stemma:
    """The same stemma with at most ``most`` texts: copies that nothing was made from are folded into one box.

    One text's copies are folded together, and so are the texts that no line leads to or from. Where that is not enough,
    the texts that are drawn last are one box. A box says how many stand behind it.
    """
    if len(drawn.texts) <= most:
        return drawn
    for kept in _KEPT:
        folds = _folds(drawn, kept)
        made = _with(drawn, folds)
        if len(made.texts) <= most:
            return made
    return _cut(made, most, len(drawn.texts), {_box(parent, 0).key: len(some) for parent, some in folds.items()})


def places(drawn: Stemma) -> dict[str, tuple[int, int]]:
    """Column (generations from the root) and row of each text, children under their parent, the earliest first."""
    children: dict[str, list[str]] = {}
    for link in drawn.links:
        children.setdefault(link.source, []).append(link.derived)
    when = {text.key: _when(text) for text in drawn.texts}
    found: dict[str, tuple[int, int]] = {}
    waiting = [(text.key, 0) for text in sorted(drawn.roots, key=_when, reverse=True)]
    while waiting:
        key, column = waiting.pop()
        found[key] = (column, len(found))
        waiting += [(child, column + 1) for child in sorted(children.get(key, ()), key=when.__getitem__, reverse=True)]
    return found


def _when(text: Telling) -> tuple[str, str]:
    return text.at.isoformat() if text.at else "9", text.key


def _folds(drawn: Stemma, kept: int) -> dict[str, list[Telling]]:
    """The texts that are folded, by the text they were made from ("": from none)."""
    parents = {link.derived: link.source for link in drawn.links}
    sources = {link.source for link in drawn.links}
    leaves: dict[str, list[Telling]] = defaultdict(list)
    for text in sorted(drawn.texts, key=_when):
        if text.key not in sources:
            leaves[parents.get(text.key, "")].append(text)
    return {parent: some[kept:] for parent, some in leaves.items() if len(some) > kept + 1}


def _with(drawn: Stemma, folds: Mapping[str, Sequence[Telling]]) -> Stemma:
    parents = {link.derived: link for link in drawn.links}
    gone = {text.key for some in folds.values() for text in some}
    boxes = [_box(parent, len(some)) for parent, some in sorted(folds.items())]
    links = [
        Link(parent, _box(parent, 0).key, min(parents[text.key].weight for text in some), words=_each(some, parents))
        for parent, some in sorted(folds.items())
        if parent
    ]
    return Stemma(
        tuple(sorted((*(text for text in drawn.texts if text.key not in gone), *boxes), key=lambda text: text.key)),
        (*(link for link in drawn.links if link.derived not in gone), *links),
        tuple(link for link in drawn.others if not {link.source, link.derived} & gone),
    )


def _box(parent: str, count: int) -> Telling:
    label = "made from the same text" if parent else "with no line to or from them"
    return Telling(f"\U0010fffd more {parent}", label, f"and {count:,} more")


def _each(some: Sequence[Telling], parents: Mapping[str, Link]) -> str:
    return f"{len(some):,} texts, each at least {min(parents[text.key].weight for text in some):.0%}"


def _cut(drawn: Stemma, most: int, total: int, behind: Mapping[str, int]) -> Stemma:
    """The first that are drawn, which have their parents among them, and one box for all others."""
    rows = places(drawn)
    kept = {key for key, (_, row) in rows.items() if row < most - 1}
    left = total - sum(behind.get(key, 1) for key in kept)
    rest = Telling("\U0010fffd more", "further down", f"and {left:,} more")
    return Stemma(
        (*(text for text in drawn.texts if text.key in kept), rest),
        tuple(link for link in drawn.links if link.derived in kept),
        tuple(link for link in drawn.others if {link.source, link.derived} <= kept),
    )
