"""Bodies that a page does not print but carries: JSON-LD ``articleBody``, ``noscript``, its own program's data.

Asked only where the printed page has next to no text of an article (``LITTLE_PRINTED``), so that a page
whose text is printed is never read in two ways.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lxml import etree

from writethru.extraction import structured
from writethru.extraction.marks import HEADINGS
from writethru.extraction.phrases import ends_sentence, furniture_phrase
from writethru.extraction.structured import Stated
from writethru.extraction.tree import Page, parse, walk
from writethru.model import Block, BlockKind

LITTLE_PRINTED = 200  # characters; a first report of two lines has more
MUCH_CARRIED = 400  # characters; less is a description
_PROSE = 50  # characters of a sentence that may be a paragraph
_MAX_SCRIPT = 6_000_000
_MAX_NODES = 200_000
_DATA = re.compile(r"[{\[]")
_ASSIGNED = re.compile(
    r"(?:__NEXT_DATA__|__NUXT__|Fusion\.globalContent|__APOLLO_STATE__|__INITIAL_STATE__|__PRELOADED_STATE__|"
    r"__INITIAL_DATA__|__data)\s*=\s*"
)
_PARSED = re.compile(r"\s*JSON\.parse\(\s*(?=[\"'])")
_PUSHED = re.compile(r"__next_f\.push\(\s*\[\s*1\s*,\s*(?=\")")
_SINGLE_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*+)'", re.S)
_ESCAPED = re.compile(r"\\(['\\])")
_FLIGHT_TEXT = re.compile(r"\A[0-9a-f]*:T[0-9a-f]+,")
_TAGS = re.compile(r"<(?:p|br|h[1-6]|li|div)\b", re.I)
_INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|span|sub|sup|mark)(?:\s[^<>]*)?>", re.I)
_FLOWS_ON = ",.;:!?)]»”’…"
_FLOWS_INTO = "([«“„‘"


@dataclass(frozen=True, slots=True)
class Carried:
    """A body found off the printed page, and where."""

    blocks: tuple[Block, ...]
    source: str


def carried_body(root: etree._Element | None, stated: Stated) -> Carried | None:
    """The first of articleBody, noscript and embedded data that holds an article's text."""
    found = (
        (_from_json_ld(stated), "json-ld"),
        (_from_noscript(root), "noscript"),
        (_from_data(root), "embedded data"),
    )
    for lines, source in found:
        if sum(len(text) for _, text in lines) >= MUCH_CARRIED:
            return Carried(tuple(_blocks(lines)), source)
    return None


Lines = list[tuple[BlockKind, str]]


def _blocks(lines: Lines) -> Iterator[Block]:
    for number, (kind, text) in enumerate(lines):
        yield Block(kind, text, "\n\n" if number else "")


def _from_json_ld(stated: Stated) -> Lines:
    body = stated.article.get("articleBody")
    return _paragraphs(body) if isinstance(body, str) else []


def _paragraphs(text: str) -> Lines:
    """Paragraphs of plain text (one a line) or of a piece of HTML."""
    if _TAGS.search(text):
        return _shown(walk(parse(text)))
    if _INLINE.search(text):
        return _shown(walk(parse(f"<p>{text}</p>")))
    lines = (" ".join(line.split()) for line in re.split(r"[\r\n]+", structured.unescaped(text)))
    return [(BlockKind.PARAGRAPH, line) for line in lines if line]


def _shown(page: Page) -> Lines:
    kinds = {"li": BlockKind.LIST_ITEM, "blockquote": BlockKind.QUOTE, **dict.fromkeys(HEADINGS, BlockKind.SUBHEAD)}
    return [
        (kinds.get(segment.frame.tag, BlockKind.PARAGRAPH), segment.text)
        for segment in page.segments
        if segment.link_density < 0.8 and not furniture_phrase(segment.text)
    ]


def _from_noscript(root: etree._Element | None) -> Lines:
    if root is None:
        return []
    best: Lines = []
    for element in root.iter("noscript"):
        inner = (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)
        lines = [line for line in _shown(walk(parse(inner))) if ends_sentence(line[1])] if inner.strip() else []
        best = max(best, lines, key=_size)
    return best


def _size(lines: Lines) -> int:
    return sum(len(text) for _, text in lines)


def _from_data(root: etree._Element | None) -> Lines:
    best: Lines = []
    pushed: list[str] = []
    for script in root.iter("script") if root is not None else ():
        text = script.text or ""
        if "__next_f" in text and sum(map(len, pushed)) < _MAX_SCRIPT:
            pushed += _pushed(text)
        if MUCH_CARRIED < len(text) < _MAX_SCRIPT and "ld+json" not in (script.get("type") or ""):
            for value in _values(text, "json" in (script.get("type") or "")):
                best = max(best, _longest_run(value), key=_size)
    return max(best, _longest_run(list(_flight_values("".join(pushed)))), key=_size)


def _pushed(script: str) -> Iterator[str]:
    """The pieces of a page that is sent in pieces: strings that its program puts together (React's flight form)."""
    decoder = json.JSONDecoder(strict=False)
    for match in _PUSHED.finditer(script):
        try:
            yield str(decoder.raw_decode(script, match.end())[0])
        except ValueError:
            continue


def _flight_values(flight: str) -> Iterator[Any]:
    """Its lines: a number, a colon, and a JSON value or a text."""
    decoder = json.JSONDecoder(strict=False)
    for line in flight.split("\n")[:_MAX_NODES]:
        if text := _FLIGHT_TEXT.match(line):
            yield line[text.end() :]
            continue
        _, _, given = line.partition(":")
        if given[:1] in ("[", "{"):
            try:
                yield decoder.raw_decode(given)[0]
            except (ValueError, RecursionError):
                continue


def _values(script: str, is_json: bool) -> Iterator[Any]:
    """The JSON values a script is, or assigns to one of the names frameworks keep their data under."""
    decoder = json.JSONDecoder(strict=False)
    starts = [match.end() for match in _ASSIGNED.finditer(script)]
    if is_json and (first := _DATA.search(script)):
        starts.append(first.start())
    for start in starts[:20]:
        try:
            parsed = _PARSED.match(script, start)
            yield _quoted_json(script, parsed.end()) if parsed else decoder.raw_decode(script, start)[0]
        except (ValueError, RecursionError):
            continue


def _quoted_json(script: str, start: int) -> Any:
    """The value of a JSON text that a program has in quotes. Raises ValueError."""
    if script[start] == '"':
        return json.loads(json.JSONDecoder(strict=False).raw_decode(script, start)[0], strict=False)
    quoted = _SINGLE_QUOTED.match(script, start)
    inside = quoted[1] if quoted else ""
    return json.loads(_ESCAPED.sub(lambda found: found[1], inside), strict=False)


def _longest_run(value: Any) -> Lines:
    """The paragraphs of the place in the data (a path, list positions left out) that holds most prose."""
    runs: dict[tuple[str, ...], Lines] = {}
    for path, text in _texts(value):
        marked = _TAGS.search(text) or _INLINE.search(text)
        lines = _paragraphs(text) if marked else [(BlockKind.PARAGRAPH, " ".join(text.split()))]
        runs.setdefault(path, []).extend(lines)
    return max(runs.values(), key=_size, default=[])


def _texts(value: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """(path, text) of every string that is prose or HTML with paragraphs, in the data's order."""
    stack: list[tuple[tuple[str, ...], Any]] = [((), value)]
    seen = 0
    while stack and seen < _MAX_NODES:
        path, node = stack.pop()
        seen += 1
        if isinstance(node, str):
            prose = len(node) >= _PROSE and (ends_sentence(node) or _TAGS.search(node))
            if prose and " " in node:
                yield path, node
        elif isinstance(node, Mapping):
            stack.extend(((*path[-8:], str(key)), inner) for key, inner in reversed(list(node.items())))
        elif isinstance(node, list):
            key, text = _in_one(node)
            if text:
                stack.append(((*path[-8:], key), text))
            else:
                stack.extend((path, inner) for inner in reversed(node))


def _in_one(pieces: list[Any]) -> tuple[str, str]:
    """(key, text) of a paragraph that the data hold in pieces, as its links and words in bold cut it; ("", "") if none.

    Pieces go on in the next one: with a space, a comma, in the middle of a sentence. Paragraphs in a list do not.
    """
    if len(pieces) < 2 or not all(isinstance(piece, Mapping) for piece in pieces):
        return "", ""
    shared = [key for key in pieces[0] if all(isinstance(piece.get(key), str) for piece in pieces)]
    key = max(shared, key=lambda name: sum(len(piece[name]) for piece in pieces), default="")
    texts = [piece[key] for piece in pieces] if key else []
    if not texts or all(ends_sentence(_INLINE.sub("", text)) for text in texts[:-1]):
        return "", ""
    flows = all(_flows(_INLINE.sub("", before), _INLINE.sub("", after)) for before, after in pairwise(texts))
    return (key, "".join(texts)) if flows else ("", "")


def _flows(before: str, after: str) -> bool:
    """Whether a piece of a paragraph goes on in the next one."""
    at_end = not before or before[-1].isspace() or before[-1] in _FLOWS_INTO
    return at_end or not after or after[0].isspace() or after[0] in _FLOWS_ON
