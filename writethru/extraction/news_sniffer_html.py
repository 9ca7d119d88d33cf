"""The HTML form of a News Sniffer comparison page, read into the rows ``news_sniffer`` understands."""

from __future__ import annotations

import re

from lxml import etree

from writethru.errors import MalformedInput
from writethru.extraction.news_sniffer_rows import Row
from writethru.extraction.tree import parse as parse_tree
from writethru.extraction.tree import text_of

_VERSION = re.compile(r"\A\s*Version\s+\d{1,5}\s*\Z", re.I)
_PARAGRAPHS = "p"


def read_table(text: str) -> tuple[str, list[Row]]:
    """(text outside the table, rows from the "Version N" header on).

    Raises:
        MalformedInput: no table with two "Version N" cells, a table cut off inside a row.
    """
    root = parse_tree(text)
    header = _header_row(root) if root is not None else None
    if root is None or header is None:
        raise MalformedInput("no table whose header names two versions: save the page that compares two versions")
    table = next(box for box in header.iterancestors() if box.tag == "table")
    _refuse_cut(text)
    rows = [row for tr in _own_rows(table) for row in _rows(tr)]
    start = next(n for n, row in enumerate(rows) if sum(bool(_VERSION.match(cell)) for cell in row.cells) == 2)
    return _intro(root, table), rows[start:]


def _header_row(root: etree._Element) -> etree._Element | None:
    for tr in root.iter("tr"):
        if sum(bool(_VERSION.match(text_of(cell))) for cell in tr if cell.tag in ("th", "td")) == 2:
            return tr
    return None


def _own_rows(table: etree._Element) -> list[etree._Element]:
    return [tr for tr in table.iter("tr") if next(box for box in tr.iterancestors() if box.tag == "table") is table]


def _rows(tr: etree._Element) -> list[Row]:
    """One table row, or several where its two cells hold the same number of paragraphs."""
    cells = [cell for cell in tr if cell.tag in ("th", "td")]
    line = _line(tr)
    if not cells:
        return []
    if len(cells) == 1:
        wide = (cells[0].get("colspan") or "1").strip() not in ("", "1")
        text = text_of(cells[0])
        if text and not wide and not _stands_alone(text):
            raise MalformedInput(
                "a row with one cell where two are expected: save the page again, completely", line=line
            )
        return [Row((text, ""), line)]
    if len(cells) != 2:
        raise MalformedInput(f"a row with {len(cells)} cells where two are expected: save the page again", line=line)
    sides = [_paragraphs(cell) for cell in cells]
    if len(sides[0]) != len(sides[1]):
        sides = [[" ".join(side)] for side in sides] if min(map(len, sides)) else _padded(sides)
    return [Row(pair, line) for pair in zip(sides[0], sides[1], strict=True)]


def _line(tr: etree._Element) -> int:
    """The line the row starts on (the type stubs call it ``...``)."""
    return int(str(tr.sourceline)) if tr.sourceline else 0


def _stands_alone(text: str) -> bool:
    """The gap row may be printed without a colspan."""
    return text.startswith("(")


def _padded(sides: list[list[str]]) -> list[list[str]]:
    length = max(map(len, sides))
    return [side + [""] * (length - len(side)) for side in sides]


def _paragraphs(cell: etree._Element) -> list[str]:
    inner = [text for p in cell.iter(_PARAGRAPHS) if (text := text_of(p))]
    return inner or [text_of(cell)]


def _refuse_cut(text: str) -> None:
    """A file that opens more table rows than it closes was cut off while it was saved."""
    if text.lower().count("<table") > text.lower().count("</table"):
        last = text.count("\n") + 1
        raise MalformedInput(
            "the version table is not closed: the page was cut off; save it again, completely", line=last
        )


def _intro(root: etree._Element, table: etree._Element) -> str:
    """The page's text outside the table, block elements on lines of their own."""
    parts: list[str] = []
    inside = set(table.iter())
    body = root.find("body")
    for element in (body if body is not None else root).iter("p", "div", "li", "h1", "h2", "h3", "a"):
        if element in inside or any(box in inside for box in element):
            continue
        if element.tag == "a":
            continue
        parts.append(text_of(element))
    return "\n".join(parts)
