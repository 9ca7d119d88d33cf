"""An article as a row of units: four fields, its blocks, and the white space at the end.

A unit is ``(kind, gap, text)``. Plain strings take the same road as articles, so both
compare, apply and revert alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from writethru.errors import InputError
from writethru.model import ArticleText, Block, BlockKind

FIELDS = ArticleText.FIELDS
FIRST_BLOCK = len(FIELDS)
STANDFIRST = FIELDS.index("standfirst")
"""The one field that may hold several sentences; the others are taken whole."""
END = "end"


class Unit(NamedTuple):
    """One field, block, or the end; ``gap`` is the exact white space before it."""

    kind: str
    gap: str
    text: str


_NO_FIELDS = [Unit(name, "", "") for name in FIELDS]
_PLAIN_END = Unit(END, "", "")
_LINE = re.compile(r"\S(?:[^\n]*\S)?")


def units_of(text: str | ArticleText) -> list[Unit]:
    """The units of a text, always four fields first and the end last.

    Raises:
        InputError: ``text`` is neither a string nor an ArticleText.
    """
    if isinstance(text, str):
        return _plain_units(text)
    if not isinstance(text, ArticleText):
        raise InputError(f"can only compare str or ArticleText, got {type(text).__name__}")
    units = [Unit(name, "", getattr(text, name)) for name in FIELDS]
    units += [Unit(b.kind.value, b.gap, b.text) for b in text.blocks]
    units.append(Unit(END, text.tail, ""))
    return units


def _plain_units(text: str) -> list[Unit]:
    """The same units as those of ``ArticleText.from_plain(text)``, without making one."""
    pieces = text.split("\n\n")
    for piece in pieces:
        if not piece or "\n" in piece or piece[0].isspace() or piece[-1].isspace():
            return _line_units(text)
    units = [Unit("paragraph", "\n\n", piece) for piece in pieces]
    units[0] = Unit("paragraph", "", pieces[0])
    return [*_NO_FIELDS, *units, _PLAIN_END]


def _line_units(text: str) -> list[Unit]:
    units = list(_NO_FIELDS)
    end = 0
    for match in _LINE.finditer(text):
        units.append(Unit("paragraph", text[end : match.start()], match.group()))
        end = match.end()
    units.append(Unit(END, text[end:], ""))
    return units


def article_of(units: Sequence[Unit]) -> ArticleText:
    """Inverse of ``units_of`` for an ArticleText."""
    fields = {unit.kind: unit.text for unit in units[:FIRST_BLOCK]}
    blocks = tuple(Block(BlockKind(u.kind), u.text, u.gap) for u in units[FIRST_BLOCK:-1])
    return ArticleText(**fields, blocks=blocks, tail=units[-1].gap)


def block_index(unit: int, kind: str) -> int | None:
    """Index in ``ArticleText.blocks`` of a unit, None for fields and the end."""
    return unit - FIRST_BLOCK if unit >= FIRST_BLOCK and kind != END else None


def unit_index(where: str, block: int | None, units: int) -> int:
    """Inverse of ``block_index``, given the number of units."""
    if block is not None:
        return block + FIRST_BLOCK
    return units - 1 if where == END else FIELDS.index(where)
