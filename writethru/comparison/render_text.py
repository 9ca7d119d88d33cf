"""Renderers for reading as text: terminal, Markdown, unified. All draw from the rows.

Each takes the two texts as well; without them it shows the edits alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from writethru.comparison.change import Change
from writethru.comparison.edits import Kind
from writethru.comparison.rows import BREAK, Cell, Given, Row, Rows, Segment, side_by_side

_RESET = "\x1b[0m"
_COLOURS = {"removed": "\x1b[31;9m", "added": "\x1b[32;1m", "": ""}
_DIM = "\x1b[2m"
_BREAK_SIGN = " ¶ "
_PLAIN = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "": ("", "")}
_CONTROL = {c: f"\\x{c:02x}" for c in [*range(9), *range(11, 32), *range(127, 160)]}
# line separators, and directional overrides, which reach past the text they stand in (UAX #9)
_CONTROL |= {c: f"\\u{c:04x}" for c in [0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]}


def inline(change: Change, old: Given = None, new: Given = None) -> tuple[tuple[Row, tuple[Segment, ...]], ...]:
    """Every row with its text in one line: old and new woven together.

    Returns:
        Pairs of row and segments; a removed segment stands before the added one.
    """
    return tuple((row, woven(row)) for row in side_by_side(change, old, new).rows)


def woven(row: Row) -> tuple[Segment, ...]:
    """Both sides of a row as one sequence; what is the same stands once."""
    if row.left is None or row.right is None:
        cell = row.left or row.right
        return cell.segments if cell else ()
    removed, added = list(row.left.segments), list(row.right.segments)
    return tuple(_weave(removed, added))


def _weave(left: list[Segment], right: list[Segment]) -> Iterator[Segment]:
    left, right = left[::-1], right[::-1]
    while left or right:
        if left and left[-1].mark:
            yield left.pop()
        elif right and right[-1].mark:
            yield right.pop()
        elif left and right:
            yield _common(left, right)
        else:
            yield (left or right).pop()


def _common(left: list[Segment], right: list[Segment]) -> Segment:
    """The characters both have next; a space between sentences may be on one side only."""
    a, b = left[-1].text, right[-1].text
    if a[0] != b[0] and " " in (a[0], b[0]):
        return _take(left if a[0] == " " else right, 1)
    length = min(len(a), len(b))
    _take(left, length)
    return _take(right, length)


def _take(side: list[Segment], length: int) -> Segment:
    text = side.pop().text
    if len(text) > length:
        side.append(Segment(text[length:]))
    return Segment(text[:length])


def render_terminal(
    change: Change, old: Given = None, new: Given = None, *, colour: bool = False, ignore: Collection[Kind] = ()
) -> str:
    """For a terminal: the summary, then every change with one line of context.

    Edits of the kinds to ``ignore`` are drawn as unchanged text. Control characters of the
    texts are shown as escapes, so that an article cannot steer the terminal.
    """
    lines = [_painted(change.summary.translate(_CONTROL), "\x1b[1m", colour), ""]
    for stretch in side_by_side(change, old, new, ignore).stretches():
        if stretch.folded:
            lines.append(_painted(f"  … {stretch.words} words unchanged …", _DIM, colour))
        else:
            lines += [_terminal_row(row, colour) for row in stretch.rows]
    return "\n".join(lines) + "\n"


def _terminal_row(row: Row, colour: bool) -> str:
    text = render_segments(woven(row), colour=colour)
    if row.same:
        return _painted("  " + text, _DIM, colour)
    return f"{_label(row)} {text}"


def render_segments(segments: Iterable[Segment], *, colour: bool = False) -> str:
    """Marked text for a terminal; control characters are shown as escapes."""
    return "".join(_terminal_segment(segment, colour) for segment in segments)


def _terminal_segment(segment: Segment, colour: bool) -> str:
    text = _BREAK_SIGN if segment.text == BREAK else segment.text.translate(_CONTROL)
    if colour:
        start = _COLOURS[segment.mark]
        return f"{start}{text}{_RESET}" if start else text
    before, after = _PLAIN[segment.mark]
    return f"{before}{text}{after}"


def _painted(text: str, code: str, colour: bool) -> str:
    return f"{code}{text}{_RESET}" if colour else text


def _label(row: Row) -> str:
    """``* [rewritten, headline: figure]``."""
    where = "" if row.where == "paragraph" else f", {row.where}"
    side = "" if row.move is None else f" {row.move} {'from here' if row.right is None else 'to here'}"
    kinds = ", ".join(kind.value for kind in row.kinds if kind.value != row.where)
    return f"* [{row.op}{side}{where}{': ' + kinds if kinds else ''}]"


def render_markdown(change: Change, old: Given = None, new: Given = None, *, ignore: Collection[Kind] = ()) -> str:
    """For a report: removed words struck out, added words bold, everything escaped."""
    lines = [f"**{_escaped(change.summary)}**", ""]
    for row in side_by_side(change, old, new, ignore).rows:
        if not row.same:
            text = "".join(map(_markdown_segment, woven(row)))
            lines.append(f"- *{_escaped(_label(row)[3:-1])}* — {text}")
    return "\n".join(lines) + "\n"


def _markdown_segment(segment: Segment) -> str:
    text = _BREAK_SIGN if segment.text == BREAK else _escaped(segment.text)
    bare = text.strip()
    if not bare or not segment.mark:
        return text
    fence = "~~" if segment.mark == "removed" else "**"
    at = text.index(bare)
    return f"{text[:at]}{fence}{bare}{fence}{text[at + len(bare) :]}"


def _escaped(text: str) -> str:
    flat = (" ".join(text.splitlines()) if "\n" in text else text).translate(_CONTROL)
    return _BARE_LINK.sub(r"\1\\", flat.translate(_MARKDOWN))


_MARKDOWN = {ord(c): f"\\{c}" for c in "\\`*_{}[]()#+-!|~$@"} | {ord("<"): "&lt;", ord(">"): "&gt;", ord("&"): "&amp;"}
_BARE_LINK = re.compile(r"(https?|ftp|mailto|xmpp|www)(?=[:.])", re.IGNORECASE)
"""Many readers of Markdown make links of bare addresses; the sign after these words is escaped as well."""


def render_unified(change: Change, old: Given = None, new: Given = None, *, ignore: Collection[Kind] = ()) -> str:
    """Line by line with ``-``, ``+`` and a space; a moved sentence says where from and to."""
    lines = ["--- old", "+++ new"]
    for stretch in side_by_side(change, old, new, ignore).stretches():
        if stretch.folded:
            lines.append(f"@@ {stretch.words} words unchanged @@")
        else:
            lines += _unified_rows(stretch.rows)
    return "\n".join(lines) + "\n"


def _unified_rows(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        if row.same:
            yield " " + _flat(row.right or row.left)
            continue
        note = "" if row.move is None else f" [move {row.move}]"
        if row.left is not None:
            yield f"-{_flat(row.left)}{note}"
        if row.right is not None:
            yield f"+{_flat(row.right)}{note}"


def _flat(cell: Cell | None) -> str:
    return _BREAK_SIGN.join(cell.text.splitlines()).translate(_CONTROL) if cell else ""


__all__ = ["Rows", "inline", "render_markdown", "render_segments", "render_terminal", "render_unified", "woven"]
