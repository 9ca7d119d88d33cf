"""A page as an ordinary HTML-to-text tool would print it: what people save who keep no HTML."""

from __future__ import annotations

import re

from lxml import html

_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre figure dl hr form".split())
_LINES = frozenset("div section article main header footer nav aside li tr td th dd dt figcaption br option".split())
_UNSHOWN = frozenset("script style noscript template svg head iframe select textarea button".split())
_SPACE = re.compile(r"\s+")


def render(page: str) -> str:
    """The page as text: a blank line around paragraphs and headings, ``*`` before list items, links as their words."""
    root = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    out: list[str] = []
    _render(root, out)
    text = "".join(out)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _render(element: html.HtmlElement, out: list[str]) -> None:
    stack: list[tuple[html.HtmlElement, bool]] = [(element, True)]
    while stack:
        node, entering = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        gap = "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _LINES else ""
        out.append(gap)
        if not entering:
            out.append(_SPACE.sub(" ", node.tail or ""))
            continue
        if tag in _UNSHOWN or not tag:
            out.append(_SPACE.sub(" ", node.tail or ""))
            continue
        if tag == "li":
            out.append("* ")
        out.append(_SPACE.sub(" ", node.text or ""))
        stack.append((node, False))
        stack.extend((child, True) for child in reversed(node))
