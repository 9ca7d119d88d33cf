"""Two texts in, everything that differs out: edits with moves and kinds, exact patch, renderers.

What may enter: pure functions over texts and their alignment, and drawing them as text.
May import: ``model``, ``errors`` and ``text``; no I/O, nothing outside the standard library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from writethru.comparison.chain import Chain, Life, Place, Wording, follow
    from writethru.comparison.change import Change
    from writethru.comparison.edits import Edit, Evidence, Finding, Kind, Op, Sentence, Significance, Term
    from writethru.comparison.engine import compare
    from writethru.comparison.markup import cell_html, render_html, segment_html
    from writethru.comparison.render_text import (
        inline,
        render_markdown,
        render_segments,
        render_terminal,
        render_unified,
        woven,
    )
    from writethru.comparison.rows import Cell, Row, Rows, Segment, Stretch, side_by_side

__all__ = [
    "Cell",
    "Chain",
    "Change",
    "Edit",
    "Evidence",
    "Finding",
    "Kind",
    "Life",
    "Op",
    "Place",
    "Row",
    "Rows",
    "Segment",
    "Sentence",
    "Significance",
    "Stretch",
    "Term",
    "Wording",
    "cell_html",
    "compare",
    "follow",
    "inline",
    "render_html",
    "render_markdown",
    "render_segments",
    "render_terminal",
    "render_unified",
    "segment_html",
    "side_by_side",
    "woven",
]

_MODULES = {
    "chain": ("Chain", "Life", "Place", "Wording", "follow"),
    "change": ("Change",),
    "edits": ("Edit", "Evidence", "Finding", "Kind", "Op", "Sentence", "Significance", "Term"),
    "engine": ("compare",),
    "markup": ("cell_html", "render_html", "segment_html"),
    "render_text": ("inline", "render_markdown", "render_segments", "render_terminal", "render_unified", "woven"),
    "rows": ("Cell", "Row", "Rows", "Segment", "Stretch", "side_by_side"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Loads what is asked for on first use: a program that only stores changes draws none."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
