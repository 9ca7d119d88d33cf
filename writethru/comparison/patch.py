"""The exact difference: how each text is made from the other, byte for byte.

A text is a row of units. Runs of equal units are references; every other unit has a
recipe: copies from the other text, sentences of the edits, and literal characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from writethru.comparison.alignment import Alignment, Items
from writethru.comparison.edits import Edit, Op, Sentence
from writethru.comparison.units import FIRST_BLOCK, STANDFIRST, Unit, unit_index


class Run(NamedTuple):
    """``length`` units, equal on both sides, from ``old`` and from ``new`` on."""

    old: int
    new: int
    length: int


class Copy(NamedTuple):
    """Characters ``start:end`` of unit ``unit`` of the other text."""

    unit: int
    start: int
    end: int


Part = Copy | str | int
"""A copy, literal characters, or the number of a sentence (all edits' sentences of this
side, counted in order)."""


class Recipe(NamedTuple):
    """How one unit of a text is made."""

    unit: int
    kind: str
    gap: str
    parts: tuple[Part, ...]


class Patch(NamedTuple):
    """Both directions at once: ``runs`` serve both, recipes one each."""

    old_units: int
    new_units: int
    runs: tuple[Run, ...]
    old: tuple[Recipe, ...]
    new: tuple[Recipe, ...]


def make_new(patch: Patch, old: Sequence[Unit], sentences: Sequence[str]) -> list[Unit]:
    """The new units, from the old ones and the new sentences of the edits."""
    made: list[Unit] = list(old[:1]) * patch.new_units
    for run in patch.runs:
        made[run.new : run.new + run.length] = old[run.old : run.old + run.length]
    _follow(patch.new, old, sentences, made)
    return made


def make_old(patch: Patch, new: Sequence[Unit], sentences: Sequence[str]) -> list[Unit]:
    """The old units, from the new ones and the old sentences of the edits."""
    made: list[Unit] = list(new[:1]) * patch.old_units
    for run in patch.runs:
        made[run.old : run.old + run.length] = new[run.new : run.new + run.length]
    _follow(patch.old, new, sentences, made)
    return made


def _follow(recipes: Sequence[Recipe], source: Sequence[Unit], sentences: Sequence[str], made: list[Unit]) -> None:
    for recipe in recipes:
        pieces = []
        for part in recipe.parts:
            if isinstance(part, str):
                pieces.append(part)
            elif isinstance(part, int):
                pieces.append(sentences[part])
            else:
                pieces.append(source[part.unit].text[part.start : part.end])
        made[recipe.unit] = Unit(recipe.kind, recipe.gap, "".join(pieces))


def patch_between(old: Sequence[Unit], new: Sequence[Unit], links: Alignment, edits: Sequence[Edit]) -> Patch:
    """The patch that belongs to an alignment and its edits."""
    same, runs = _runs(old, new, links)
    forward = _Side(new, links.new, links.to_old, old, links.old, _numbers([e.new for e in edits], edits, len(new)))
    backward = _Side(old, links.old, links.to_new, new, links.new, _numbers([e.old for e in edits], edits, len(old)))
    ends = links.head, links.tail
    return Patch(
        len(old),
        len(new),
        runs,
        backward.recipes({u for u, _ in same}, ends),
        forward.recipes({v for _, v in same}, ends),
    )


def _runs(old: Sequence[Unit], new: Sequence[Unit], links: Alignment) -> tuple[list[tuple[int, int]], tuple[Run, ...]]:
    """Pairs of equal units between the equal ends, and all runs of equal units by new unit."""
    a, b = links.old, links.new
    same = [(k, k) for k in range(FIRST_BLOCK) if old[k] == new[k]]
    for i, j in links.links():
        u, v = a.unit[i], b.unit[j]
        if u >= FIRST_BLOCK and v >= FIRST_BLOCK and old[u] == new[v]:
            same.append((u, v))
    same.sort(key=lambda pair: pair[1])
    runs = [Run(u, v, 1) for u, v in same]
    if links.head:
        runs.insert(sum(v < FIRST_BLOCK for _, v in same), Run(FIRST_BLOCK, FIRST_BLOCK, links.head))
    if links.tail:
        runs.append(Run(len(old) - links.tail, len(new) - links.tail, links.tail))
    return same, _joined(runs)


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs that follow on from each other on both sides become one."""
    joined: list[Run] = []
    for run in runs:
        if joined:
            last = joined[-1]
            if (run.old, run.new) == (last.old + last.length, last.new + last.length):
                joined[-1] = Run(last.old, last.new, last.length + run.length)
                continue
        joined.append(run)
    return tuple(joined)


def _numbers(sides: Sequence[Sequence[Sentence]], edits: Sequence[Edit], units: int) -> dict[tuple[int, int], int]:
    """(unit, start) -> number, of the sentences that the other text does not have."""
    numbers = {}
    number = 0
    for side, edit in zip(sides, edits, strict=True):
        same = edit.op is Op.LAYOUT or (edit.op is Op.MOVED and not edit.rewritten)
        for sentence in side:
            if not same:
                numbers[unit_index(sentence.where, sentence.block, units), sentence.start] = number
            number += 1
    return numbers


class _Side(NamedTuple):
    """One text, for writing the recipes of its units."""

    units: Sequence[Unit]
    items: Items
    to_other: Sequence[int]
    other_units: Sequence[Unit]
    other: Items
    numbers: dict[tuple[int, int], int]

    def recipes(self, same: set[int], ends: tuple[int, int]) -> tuple[Recipe, ...]:
        """Recipes of the units that no run covers."""
        by_unit: dict[int, list[int]] = {}
        for item, place in enumerate(self.items.unit):
            by_unit.setdefault(place, []).append(item)
        between = range(FIRST_BLOCK + ends[0], len(self.units) - ends[1])
        found = []
        for at in (*range(FIRST_BLOCK), *between):
            if at not in same:
                unit = self.units[at]
                field = at < FIRST_BLOCK and at != STANDFIRST
                parts = self._field(at) if field else self._parts(at, by_unit.get(at, ()))
                found.append(Recipe(at, unit.kind, unit.gap, parts))
        return tuple(found)

    def _field(self, at: int) -> tuple[Part, ...]:
        return (self.numbers[at, 0],) if self.units[at].text else ()

    def _parts(self, at: int, items: Sequence[int]) -> tuple[Part, ...]:
        text = self.units[at].text
        parts: list[Part] = []
        end = 0
        for item in items:
            start = self.items.start[item]
            if start > end:
                parts.append(text[end:start])
            self._add(parts, self._item_part(at, item, start))
            end = start + len(self.items.text[item])
        if len(text) > end:
            parts.append(text[end:])
        return tuple(parts)

    def _item_part(self, at: int, item: int, start: int) -> Part:
        number = self.numbers.get((at, start))
        if number is not None:
            return number
        other = self.to_other[item]
        begin = self.other.start[other]
        return Copy(self.other.unit[other], begin, begin + len(self.other.text[other]))

    def _add(self, parts: list[Part], part: Part) -> None:
        """Append, drawing neighbouring copies into one where the other text runs on alike."""
        if isinstance(part, Copy) and len(parts) > 1 and isinstance(parts[-1], str) and isinstance(parts[-2], Copy):
            before, between = parts[-2], parts[-1]
            if before.unit == part.unit and self.other_units[part.unit].text[before.end : part.start] == between:
                parts[-2:] = [Copy(part.unit, before.start, part.end)]
                return
        parts.append(part)
