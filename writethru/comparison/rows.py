"""The one render model: rows of left and right, from which every renderer draws.

An unchanged paragraph is one row; in a changed one each sentence has its row. A moved
sentence has two: where it stood and where it stands, with the same ``move`` number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from writethru.comparison.change import Change
from writethru.comparison.edits import Edit, Kind, Sentence
from writethru.comparison.units import Unit, block_index, unit_index, units_of
from writethru.model import ArticleText

SAME = "same"
BREAK = "\n"
"""Stands in a cell for the break between two paragraphs whose sentences became one, or came from one."""
Given = str | ArticleText | None


class Segment(NamedTuple):
    """Characters with one mark: "" (same on both sides), ``removed`` or ``added``."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row.

    Attributes:
        where: field or block kind.
        block: index in ``ArticleText.blocks``, None for a field.
        starts_block: it begins the field or block.
        segments: the text; joined, they are the characters of the article.
    """

    where: str
    block: int | None
    starts_block: bool
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The characters without marks."""
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a side-by-side view.

    Attributes:
        op: ``same`` or the operation.
        left, right: the old and the new side; None where nothing stands.
        edit: index in ``change.edits``, None for ``same``.
        move: links the two rows of a move.
        kinds: of the edit.
    """

    op: str
    left: Cell | None
    right: Cell | None
    edit: int | None = None
    move: int | None = None
    kinds: tuple[Kind, ...] = ()

    @property
    def same(self) -> bool:
        """Nothing differs here."""
        return self.op == SAME

    @property
    def where(self) -> str:
        """Field or block kind, of the new side if it is there."""
        cell = self.right or self.left
        return cell.where if cell else ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring rows that are all the same, or all not; ``folded`` ones may be hidden."""

    rows: tuple[Row, ...]
    folded: bool

    @property
    def words(self) -> int:
        """Words in it, on the new side."""
        return sum(len(row.right.text.split()) for row in self.rows if row.right)


@dataclass(frozen=True, slots=True)
class Rows:
    """A whole side-by-side view."""

    rows: tuple[Row, ...]

    def stretches(self, context: int = 1) -> tuple[Stretch, ...]:
        """Rows in stretches: unchanged ones farther than ``context`` rows from a change are folded."""
        near: set[int] = set()
        for at, row in enumerate(self.rows):
            if not row.same:
                near.update(range(at - context, at + context + 1))
        found: list[Stretch] = []
        start = 0
        for at in range(1, len(self.rows) + 1):
            if at == len(self.rows) or (at in near) != (start in near):
                found.append(Stretch(self.rows[start:at], start not in near))
                start = at
        return tuple(found)


def side_by_side(change: Change, old: Given = None, new: Given = None, ignore: Collection[Kind] = ()) -> Rows:
    """The rows of a change.

    Args:
        old, new: the two texts it was made from. Without them (a change read from its
            JSON form) there are rows for the edits only.
        ignore: an edit with kinds, and no other than these, is drawn as unchanged, in its new form.
    """
    found = _all_rows(change, old, new)
    if not ignore:
        return found
    ignored = {number for number, edit in enumerate(change.edits) if edit.is_only(ignore)}
    rows = (_unmarked(row) if row.edit in ignored else row for row in found.rows)
    return Rows(tuple(row for row in rows if row.left or row.right))


def _unmarked(row: Row) -> Row:
    """The row as if only its new side had ever been there."""
    if row.right is None:
        return Row(SAME, None, None)
    cell = Cell(row.right.where, row.right.block, row.right.starts_block, (Segment(row.right.text),))
    return Row(SAME, cell, cell)


def _all_rows(change: Change, old: Given, new: Given) -> Rows:
    if old is None or new is None:
        old, new = change.texts or (None, None)
    if old is None or new is None:
        return Rows(tuple(row for number, edit in enumerate(change.edits) for row in _edit_rows(number, edit)))
    edits = change.edits
    left = _pieces(units_of(old), [edit.old for edit in edits])
    right = _pieces(units_of(new), [edit.new for edit in edits])
    return Rows(tuple(_Merger(edits, left, right).rows()))


class _Piece(NamedTuple):
    """A stretch of one side: unchanged text, or sentences of an edit."""

    unit: Unit
    block: int | None
    start: int
    text: str
    edit: int | None  # index of the edit, None for unchanged text


def _pieces(units: Sequence[Unit], sides: Sequence[Sequence[Sentence]]) -> list[_Piece]:
    """One side cut at the sentences of the edits, in order; white space between left out."""
    cuts: dict[int, list[tuple[int, int, int]]] = {}
    for number, side in enumerate(sides):
        for sentence in side:
            place = unit_index(sentence.where, sentence.block, len(units))
            cuts.setdefault(place, []).append((sentence.start, sentence.end, number))
    pieces: list[_Piece] = []
    for at, unit in enumerate(units):
        block = block_index(at, unit.kind)
        end = 0
        for start, stop, number in sorted(cuts.get(at, ())):
            pieces += _unchanged(unit, block, end, start)
            pieces.append(_Piece(unit, block, start, unit.text[start:stop], number))
            end = stop
        pieces += _unchanged(unit, block, end, len(unit.text))
    return pieces


def _unchanged(unit: Unit, block: int | None, start: int, end: int) -> list[_Piece]:
    piece = unit.text[start:end]
    bare = piece.strip()
    if not bare:
        return []
    return [_Piece(unit, block, start + piece.index(bare), bare, None)]


def _edit_rows(number: int, edit: Edit) -> Iterator[Row]:
    """The rows of one edit by itself."""
    left = _edit_cell(edit.old, "removed") if edit.old else None
    right = _edit_cell(edit.new, "added") if edit.new else None
    sides = [(left, right)] if edit.move is None else [(left, None), (None, right)]
    for a, b in sides:
        yield Row(edit.op.value, a, b, number, edit.move, edit.kinds)


class _Merger:
    """Walks both sides at once; what is in place on both keeps them in step."""

    def __init__(self, edits: Sequence[Edit], left: list[_Piece], right: list[_Piece]) -> None:
        self.edits = edits
        self.left = left
        self.right = right

    def rows(self) -> Iterator[Row]:
        """All rows, top to bottom."""
        left, right = self.left[::-1], self.right[::-1]
        shown: set[int] = set()
        while left or right:
            if left and self._alone(left[-1]):
                yield self._one_sided(left.pop(), on_left=True)
            elif right and self._alone(right[-1]):
                yield self._one_sided(right.pop(), on_left=False)
            elif left and left[-1].edit is not None:
                yield from self._paired(left.pop(), shown)
            elif right and right[-1].edit is not None:
                yield from self._paired(right.pop(), shown)
            elif left and right:
                yield _same_row(left, right)
            else:
                yield _unpaired(left, right)

    def _alone(self, piece: _Piece) -> bool:
        if piece.edit is None:
            return False
        edit = self.edits[piece.edit]
        return edit.move is not None or not edit.old or not edit.new

    def _one_sided(self, piece: _Piece, *, on_left: bool) -> Row:
        number = piece.edit or 0
        edit = self.edits[number]
        side, mark = (edit.old, "removed") if on_left else (edit.new, "added")
        sentence = next(s for s in side if s.start == piece.start and s.block == piece.block)
        cell = _cell(piece, _segments(sentence, mark))
        return Row(edit.op.value, cell if on_left else None, None if on_left else cell, number, edit.move, edit.kinds)

    def _paired(self, piece: _Piece, shown: set[int]) -> Iterator[Row]:
        """The row of an edit in place, once, when either side first comes to it."""
        number = piece.edit or 0
        if number in shown:
            return
        shown.add(number)
        edit = self.edits[number]
        yield Row(
            edit.op.value, _edit_cell(edit.old, "removed"), _edit_cell(edit.new, "added"), number, None, edit.kinds
        )


def _same_row(left: list[_Piece], right: list[_Piece]) -> Row:
    """Unchanged text on both sides, as far as the shorter piece goes."""
    a, b = left.pop(), right.pop()
    length = min(len(a.text), len(b.text))
    left += _rest(a, length)
    right += _rest(b, length)
    text = (Segment(b.text[:length]),)
    return Row(SAME, _cell(a, text), _cell(b, text))


def _rest(piece: _Piece, length: int) -> list[_Piece]:
    return _unchanged(piece.unit, piece.block, piece.start + length, piece.start + len(piece.text))


def _unpaired(left: list[_Piece], right: list[_Piece]) -> Row:
    """Unchanged text that the other side has run out of (white space was counted apart)."""
    on_left = bool(left)
    piece = (left or right).pop()
    cell = _cell(piece, (Segment(piece.text),))
    return Row(SAME, cell, None) if on_left else Row(SAME, None, cell)


def _cell(piece: _Piece, segments: tuple[Segment, ...]) -> Cell:
    return Cell(piece.unit.kind, piece.block, piece.start == 0, segments)


def _edit_cell(sentences: Sequence[Sentence], mark: str) -> Cell:
    """The sentences of one side; a paragraph break between two of them is marked, for the other side has none."""
    segments: list[Segment] = []
    before = sentences[0]
    for sentence in sentences:
        mine = _segments(sentence, mark)
        if segments and sentence.block != before.block:
            segments.append(Segment(BREAK, mark))
        elif segments:  # a mark that runs over the end of a sentence takes the space with it
            both = bool(segments[-1].mark) and bool(mine) and bool(mine[0].mark)
            segments.append(Segment(" ", mark if both else ""))
        segments += mine
        before = sentence
    first = sentences[0]
    return Cell(first.where, first.block, first.start == 0, tuple(segments))


def _segments(sentence: Sentence, mark: str) -> tuple[Segment, ...]:
    """The sentence cut at its marks."""
    segments = []
    end = 0
    for start, stop in sentence.differing:
        if start > end:
            segments.append(Segment(sentence.text[end:start]))
        segments.append(Segment(sentence.text[start:stop], mark))
        end = stop
    if end < len(sentence.text):
        segments.append(Segment(sentence.text[end:]))
    return tuple(segments)
