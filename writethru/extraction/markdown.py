"""An Extraction as Markdown: headline, header lines, then every block in its own form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from writethru.model import Block, BlockKind, Extraction, Link

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_AT_LINE_START = re.compile(r"\A(\s*)([#>+-]|\d{1,9}[.)])(?=\s)")
_ITALIC = frozenset((BlockKind.NOTE, BlockKind.CREDIT, BlockKind.CAPTION, BlockKind.IMAGE_CREDIT))


def to_markdown(read: Extraction) -> str:
    """CommonMark text; what the page says is escaped, so that none of it is taken for Markdown or HTML."""
    links: dict[int, list[Link]] = {}
    for link in read.links:
        links.setdefault(link.block, []).append(link)
    parts = [*_header(read), *(_block(block, links.get(n, [])) for n, block in enumerate(read.blocks))]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """Plain words as Markdown that shows them."""
    return _AT_LINE_START.sub(r"\1\\\2", _plain(text))


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _header(read: Extraction) -> Iterator[str]:
    yield escaped(read.kicker)
    yield f"# {escaped(read.headline)}" if read.headline else ""
    yield f"**{escaped(read.standfirst)}**" if read.standfirst else ""
    dates = [f"{name} {value}" for name in ("published", "modified") if (value := getattr(read, name))]
    yield escaped(" · ".join(filter(None, [f"By {read.byline}" if read.byline else "", read.outlet, *dates])))


def _block(block: Block, links: list[Link]) -> str:
    text = _linked(block.text, links)
    if block.kind is BlockKind.SUBHEAD:
        return f"## {text}"
    if block.kind in (BlockKind.QUOTE, BlockKind.PULL_QUOTE):
        return f"> {text}"
    if block.kind is BlockKind.LIST_ITEM:
        return f"- {text}"
    if block.kind is BlockKind.EMBED:
        return f"<{block.text}>" if not re.search(r"[\s<>]", block.text) else text
    return f"*{text}*" if block.kind in _ITALIC else text


def _linked(text: str, links: list[Link]) -> str:
    """The text with its links, each at the first place its words stand behind the link before."""
    parts: list[str] = []
    at = 0
    for link in links:
        found = text.find(link.text, at)
        if found >= 0 and link.url.startswith(("http://", "https://")) and not re.search(r"[\s<>()]", link.url):
            parts += [escaped(text[at:found]) if at == 0 else _plain(text[at:found])]
            parts += [f"[{_plain(link.text)}]({link.url})"]
            at = found + len(link.text)
    rest = text[at:]
    return "".join([*parts, escaped(rest) if at == 0 else _plain(rest)])
