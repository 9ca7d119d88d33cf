"""A change as an HTML fragment: ``<ins>`` and ``<del>`` with words for screen readers."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from writethru.comparison.change import Change
from writethru.comparison.edits import Kind
from writethru.comparison.render_text import woven
from writethru.comparison.rows import BREAK, Cell, Given, Row, Segment, side_by_side

_TAGS = {"removed": ("del", "removed"), "added": ("ins", "added")}


def render_html(change: Change, old: Given = None, new: Given = None, *, ignore: Collection[Kind] = ()) -> str:
    """The inline view as an HTML fragment; every character of the texts is escaped.

    Classes: ``wt-change``, ``wt-row wt-<op>``, ``wt-sr`` (for screen readers only).
    """
    rows = side_by_side(change, old, new, ignore).rows
    body = "".join(_row(row) for row in rows)
    return f'<div class="wt-change"><p class="wt-summary">{escape(change.summary)}</p>{body}</div>'


def _row(row: Row) -> str:
    text = "".join(map(segment_html, woven(row)))
    if row.same:
        return f'<p class="wt-row wt-same">{text}</p>'
    return f'<p class="wt-row wt-{row.op}"{_anchor(row)}>{_link(row)}{text}</p>'


def _anchor(row: Row) -> str:
    if row.move is None:
        return ""
    return f' id="move-{row.move}-{"from" if row.right is None else "to"}-{row.edit}"'


def _link(row: Row) -> str:
    if row.move is None:
        return ""
    there, words = ("to", "moved away, to here") if row.right is None else ("from", "moved here, from there")
    return f'<a class="wt-move" href="#move-{row.move}-{there}-{row.edit}">{words}</a> '


def cell_html(cell: Cell | None) -> str:
    """One side of a row, escaped."""
    return "" if cell is None else "".join(map(segment_html, cell.segments))


def segment_html(segment: Segment) -> str:
    """A segment, escaped; marked ones in ``<del>`` or ``<ins>`` with words for screen readers."""
    text = escape(segment.text)
    if not segment.mark:
        return text
    tag, word = _TAGS[segment.mark]
    if segment.text == BREAK:
        sign = '<span aria-hidden="true"> ¶ </span>'
        return f'<{tag}><span class="wt-sr">[{word}: paragraph break]</span>{sign}</{tag}>'
    return f'<{tag}><span class="wt-sr">[{word}: </span>{text}<span class="wt-sr">]</span></{tag}>'
