"""Two texts in, everything that differs out: edits with moves and kinds, exact patch, renderers.

What may enter: pure functions over texts and their alignment, and drawing them as text.
May import: ``model``, ``errors`` and ``text``; no I/O, nothing outside the standard library.
"""

from writethru.comparison.change import Change
from writethru.comparison.edits import Edit, Evidence, Finding, Kind, Op, Sentence, Significance, Term
from writethru.comparison.engine import compare
from writethru.comparison.render_html import cell_html, render_html, segment_html
from writethru.comparison.render_text import inline, render_markdown, render_terminal, render_unified, woven
from writethru.comparison.rows import Cell, Row, Rows, Segment, Stretch, side_by_side

__all__ = [
    "Cell",
    "Change",
    "Edit",
    "Evidence",
    "Finding",
    "Kind",
    "Op",
    "Row",
    "Rows",
    "Segment",
    "Sentence",
    "Significance",
    "Stretch",
    "Term",
    "cell_html",
    "compare",
    "inline",
    "render_html",
    "render_markdown",
    "render_terminal",
    "render_unified",
    "segment_html",
    "side_by_side",
    "woven",
]
