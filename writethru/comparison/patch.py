"""The exact difference: how each text is made from the other, byte for byte.

A text is a row of units. Runs of equal units are references; every other unit has a
recipe: copies from the other text, sentences of the edits, and literal characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
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

    @property
    def is_empty(self) -> bool:
        """Are the texts the same? Not if equal units only changed places."""
        return not self.old and not self.new and all(run.old == run.new for run in self.runs)


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
    units_old, units_new, seams = a.unit, b.unit, a.seam
    fields = [(k, k) for k in range(FIRST_BLOCK) if old[k] == new[k]]
    same = []
    for i, j in links.links():
        if seams[i] is None:  # a unit begins here
            u, v = units_old[i], units_new[j]
            if u >= FIRST_BLOCK <= v and old[u] == new[v]:
                same.append((u, v))
    same.sort(key=itemgetter(1))
    runs = [Run(u, v, 1) for u, v in fields]
    if links.head:
        runs.append(Run(FIRST_BLOCK, FIRST_BLOCK, links.head))
    runs += [Run(u, v, 1) for u, v in same]
    if links.tail:
        runs.append(Run(len(old) - links.tail, len(new) - links.tail, links.tail))
    return fields + same, _joined(runs)


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
        if edit.op is Op.LAYOUT or (edit.op is Op.MOVED and not edit.rewritten):
            number += len(side)
            continue
        for where, block, start, *_ in side:
            numbers[unit_index(where, block, units), start] = number
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
            if place not in same:
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
        text, starts, texts, numbers = self.units[at].text, self.items.start, self.items.text, self.numbers
        parts: list[Part] = []
        end = 0
        for item in items:
            start = starts[item]
            if start > end:
                parts.append(text[end:start])
            number = numbers.get((at, start))
            if number is None:
                self._add_copy(parts, self.to_other[item])
            else:
                parts.append(number)
            end = start + len(texts[item])
        if len(text) > end:
            parts.append(text[end:])
        return tuple(parts)

    def _add_copy(self, parts: list[Part], item: int) -> None:
        """Append a copy of an item, drawing neighbouring copies into one where the other text runs on alike."""
        unit, start = self.other.unit[item], self.other.start[item]
        end = start + len(self.other.text[item])
        if len(parts) > 1 and isinstance(parts[-1], str) and isinstance(parts[-2], Copy):
            before, between = parts[-2], parts[-1]
            if before.unit == unit and self.other_units[unit].text[before.end : start] == between:
                parts[-2:] = [Copy(unit, before.start, end)]
                return
        parts.append(Copy(unit, start, end))
