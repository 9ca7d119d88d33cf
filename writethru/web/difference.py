"""A difference as a page shows it: rows with anchors, linked moves, folded stretches, bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from writethru.comparison import Cell, Edit, Row, Segment, side_by_side, woven
from writethru.model import ArticleText
from writethru.publish.words import operation_of
from writethru.views import ChangeView

LARGEST_PAGE: Final = 400_000
"""Characters of text on one page, both sides together; a page of this size is drawn in 50 ms."""

LONGEST_SEGMENT: Final = 20_000

LONGEST_FIELD: Final = 2_000
"""Characters of one segment shown on a page: of running text, and of a headline or another field."""

SHORTEST_FOLD: Final = 2
"""Unchanged rows fewer than this are not worth a fold."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page.

    Attributes:
        id: its anchor, "" for unchanged rows.
        twin: anchor of the other place of moved text, "" if it did not move.
        label: what happened, in words, "" for unchanged rows.
        merged: both sides in one run of marked text, where the row differs.
    """

    row: Row
    id: str = ""
    twin: str = ""
    label: str = ""
    merged: tuple[Segment, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of the edit."""
        return tuple(kind.value for kind in self.row.kinds)


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring lines; ``folded`` ones are unchanged and closed at first."""

    lines: tuple[Line, ...]
    folded: bool
    words: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The whole difference.

    Attributes:
        left_out: rows beyond the size of one page.
    """

    groups: tuple[Group, ...]
    edits: int
    left_out: int


def difference_of(view: ChangeView) -> Difference:
    """Lay out the difference of two texts."""
    rows = side_by_side(view.change, view.old, view.new)
    room = LARGEST_PAGE
    groups: list[Group] = []
    left_out = 0
    numbers = _Numbers(view.change.edits)
    for stretch in rows.stretches():
        shown: list[Row] = []
        for row in stretch.rows:
            room -= _size(row)
            if room < 0 and (shown or groups):
                left_out += 1
            else:
                shown.append(row)
        if shown:
            folded = stretch.folded and len(shown) >= SHORTEST_FOLD
            groups.append(Group(tuple(numbers.lines(shown)), folded, stretch.words))
    return Difference(tuple(groups), len(view.change.edits), left_out)


def _size(row: Row) -> int:
    return sum(min(len(cell.text), LONGEST_SEGMENT) for cell in (row.left, row.right) if cell)


def limit_of(place: Row | Cell) -> int:
    """How many characters of one segment are shown there."""
    return LONGEST_FIELD if place.where in ArticleText.FIELDS else LONGEST_SEGMENT


class _Numbers:
    """Gives each edit and each place of a move its anchor, once."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = edits
        self.taken: set[str] = set()

    def lines(self, rows: Sequence[Row]) -> Iterator[Line]:
        """The lines of some rows."""
        for row in rows:
            yield Line(row) if row.same else self._line(row)

    def _line(self, row: Row) -> Line:
        name, twin = f"edit-{(row.edit or 0) + 1}", ""
        if row.move is not None and (row.left is None or row.right is None):
            here, there = ("to", "from") if row.left is None else ("from", "to")
            name, twin = (f"move-{row.move}-{side}-{row.edit}" for side in (here, there))
        anchor = "" if name in self.taken else name
        self.taken.add(name)
        return Line(row, anchor, twin, operation_of(self.edits[row.edit or 0]), woven(row))
