"""A stemma as SVG, GraphML and JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any
from xml.sax.saxutils import quoteattr

from writethru.reuse.folding import folded, places
from writethru.reuse.stemma import Link, Stemma, Telling

ROW, COLUMN, BOX_WIDTH, BOX_HEIGHT, EDGE = 46, 72, 232, 34, 12
"""Every text has a row of its own, so a generation needs no more room than its line and the share on it."""
_FORBIDDEN = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
LABEL = 36
"""Characters of a label that fit its box."""


def to_json(drawn: Stemma) -> dict[str, Any]:
    """Texts, links and the links left aside."""
    return {
        "texts": [
            {"key": t.key, "label": t.label, "outlet": t.outlet, "at": t.at.isoformat() if t.at else None}
            for t in drawn.texts
        ],
        "links": [_link_form(link) for link in drawn.links],
        "others": [_link_form(link) for link in drawn.others],
    }


def _link_form(link: Link) -> dict[str, Any]:
    return {
        "source": link.source,
        "derived": link.derived,
        "weight": link.weight,
        "confidence": link.confidence,
        "words": link.words,
    }


def to_graphml(drawn: Stemma) -> str:
    """GraphML 1.0 (http://graphml.graphdrawing.org/specification.html): a directed graph, source to derived."""
    keys = "".join(
        f'<key id="{name}" for="{part}" attr.name="{name}" attr.type="{kind}"/>'
        for name, part, kind in (
            ("label", "node", "string"),
            ("outlet", "node", "string"),
            ("at", "node", "string"),
            ("weight", "edge", "double"),
            ("confidence", "edge", "double"),
            ("parent", "edge", "boolean"),
        )
    )
    nodes = "".join(_graphml_node(text) for text in drawn.texts)
    edges = "".join(_graphml_edge(link, parent=True) for link in drawn.links)
    edges += "".join(_graphml_edge(link, parent=False) for link in drawn.others)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{keys}'
        f'<graph id="stemma" edgedefault="directed">{nodes}{edges}</graph></graphml>'
    )


def _graphml_node(text: Telling) -> str:
    at = f'<data key="at">{text.at.isoformat()}</data>' if text.at else ""
    return (
        f'<node id={_attribute(text.key)}><data key="label">{_plain(text.label)}</data>'
        f'<data key="outlet">{_plain(text.outlet)}</data>{at}</node>'
    )


def _graphml_edge(link: Link, *, parent: bool) -> str:
    return (
        f"<edge source={_attribute(link.source)} target={_attribute(link.derived)}>"
        f'<data key="weight">{link.weight:.4f}</data><data key="confidence">{link.confidence:.4f}</data>'
        f'<data key="parent">{str(parent).lower()}</data></edge>'
    )


def to_svg(drawn: Stemma, title: str = "Which text seems to descend from which") -> str:
    """The tree, a row a text, each under and right of the text it was made from; beyond 40 texts copies are folded."""
    shown = folded(drawn)
    rows = places(shown)
    depth = max((column for column, _ in rows.values()), default=0)
    width, height = EDGE * 2 + depth * COLUMN + BOX_WIDTH, EDGE * 2 + max(len(rows), 1) * ROW
    lines = "".join(_svg_link(link, rows) for link in shown.links)
    boxes = "".join(_svg_box(text, rows[text.key]) for text in shown.texts)
    told = f"{len(drawn.texts)} texts, {len(drawn.links)} of them seem made from another"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="stemma" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="stemma-title stemma-text" font-family="sans-serif">'
        f'<title id="stemma-title">{_plain(title)}</title><desc id="stemma-text">{told}</desc>{lines}{boxes}</svg>'
    )


def _svg_link(link: Link, rows: dict[str, tuple[int, int]]) -> str:
    (from_column, from_row), (to_column, to_row) = rows[link.source], rows[link.derived]
    x1, y1 = EDGE + from_column * COLUMN + 16, EDGE + from_row * ROW + BOX_HEIGHT
    x2, y2 = EDGE + to_column * COLUMN, EDGE + to_row * ROW + BOX_HEIGHT // 2
    share = f"{link.weight:.0%}"
    return (
        f'<g class="descent"><path d="M{x1} {y1} V{y2} H{x2}" fill="none" stroke="currentColor" '
        f'stroke-width="{1 + 2 * link.weight:.1f}"><title>{_plain(link.words or share)}</title></path>'
        f'<text x="{x2 - 6}" y="{y2 - 4}" text-anchor="end" font-size="10">{share}</text></g>'
    )


def _svg_box(text: Telling, place: tuple[int, int]) -> str:
    x, y = EDGE + place[0] * COLUMN, EDGE + place[1] * ROW
    return (
        f'<g class="text"><title>{_plain(_said(text))}</title>'
        f'<rect x="{x}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="3" fill="none" stroke="currentColor"/>'
        f'<text x="{x + 8}" y="{y + 14}" font-size="12">{_plain(_cut(text.outlet or text.label))}</text>'
        f'<text x="{x + 8}" y="{y + 28}" font-size="10">{_plain(_cut(_moment(text)))}</text></g>'
    )


def _said(text: Telling) -> str:
    return f"{text.outlet}: {text.label}" if text.outlet else text.label


def _moment(text: Telling) -> str:
    return text.at.strftime("%-d %b %Y, %H:%M UTC") if text.at else text.label


def _cut(label: str) -> str:
    return label if len(label) <= LABEL else label[: LABEL - 1] + "…"


def _attribute(text: str) -> str:
    return quoteattr(_printable(text))


def _plain(text: str) -> str:
    return escape(_printable(text))


def _printable(text: str) -> str:
    """Without what XML 1.0 forbids."""
    return "".join(
        c if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff" else "\ufffd" for c in text
    )


def texts_of(drawn: Stemma) -> Sequence[Telling]:
    """The texts by place in the drawing, for the table behind it."""
    rows = places(drawn)
    return sorted(drawn.texts, key=lambda text: rows[text.key][1])
