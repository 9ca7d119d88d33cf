"""HTML to a flat list of text segments, each knowing the chain of boxes it stands in.

The tree is walked once, without recursion. A *frame* is a block-level element; a *segment* is a run
of text that a browser would show as one block, with the white space HTML does not show collapsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from writethru.extraction.marks import Mark, marks_of
from writethru.extraction.overlong import without_overlong_tags

MAX_ELEMENTS = 200_000
MAX_SEGMENTS = 20_000
MAX_ATTRIBUTES = 200
MAX_EMBEDS = 200
MAX_LINKS = 500
MAX_OPEN_LINKS = 5  # broken markup leaves links open; the innermost few are looked at


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_INLINE = _names("""
a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt ruby s samp
small span strike strong sub sup time tt u var wbr img picture source input math mi mo mn mrow g use svg path
circle rect line polygon polyline ellipse symbol defs clippath lineargradient radialgradient stop mask filter
button
""")
_WORDLESS = _names("path circle rect line polygon polyline ellipse use stop img source wbr input")
_DROPPED = _names("""
script style template iframe object embed canvas video audio map select textarea option datalist base title
link meta noframes frameset applet progress meter dialog noscript desc text tspan textpath metadata
""")
_EMBEDDED = _names("iframe embed object video audio")
_PLAIN, _MARKED, _UNSHOWN = 1, 2, 3
_SORTS: dict[object, int] = {
    **dict.fromkeys(_INLINE, _MARKED),
    **dict.fromkeys(_WORDLESS, _PLAIN),
    **dict.fromkeys(("br", *_DROPPED, etree.Comment, etree.ProcessingInstruction, etree.Entity), _UNSHOWN),
}
"""What is no box: inline elements that nothing could mark (their attributes are the longest of all), those that may be
marked, and what is not shown."""
_SOURCES = ("src", "data-src", "data-lazy-src", "data")
_NO_EMBED = re.compile(
    r"doubleclick|googlesyndication|googletagmanager|adservice|adsystem|/ads?[/?.]|[?&]ad_|pixel|captcha|cookie|consent"
    r"|/tracking|analytics|usersync|safeframe",
    re.I,
)
_RUNS = re.compile(r"[\t\n\r\f\x0b]|  ")
_SPACE = re.compile(r"[ \t\n\r\f\x0b]+")
_END_OF_PAGE = re.compile(rb"</(?:body|html)\s*>", re.I)
# Capitals spelled out: a pattern that ignores case cannot leap to its first two bytes.
_FIRST_END = re.compile(rb"</(?:[bB][oO][dD][yY]|[hH][tT][mM][lL])")
_AUTHOR_LINK = re.compile(
    r"/(?:authors?|autor(?:es|en)?|auteurs?|contributors?|profiles?|journalists?|staff|writers?|by)/[^/?#]{3,60}", re.I
)
_BREAK = "\x01"


class Frame:
    """One block-level element: its marks, its place, and what the container choice adds up in it.

    Attributes:
        parent: the frame around it, or None.
        element: the lxml element.
        tag, marks: its own, from nothing but itself.
        total: weight of the article-like text within (see ``container``).
        holds_head: an ``<h1>`` or ``<main>`` stands in it.
        around: its marks and those of all boxes around it.
        last: the highest order of a frame inside it (or of its own).
        furniture: why the box is furniture although or because of its content, or "".
    """

    __slots__ = (
        *("_outer", "around", "depth", "element", "furniture", "holds_head", "last"),
        *("marks", "order", "parent", "tag", "total"),
    )

    def __init__(self, parent: Frame | None, element: etree._Element, tag: str, marks: int, order: int) -> None:
        self.parent = parent
        self.element = element
        self.tag = tag
        self.marks = marks
        self.order = order
        self.last = MAX_ELEMENTS  # as long as it is open
        self.depth: int = parent.depth + 1 if parent else 0
        self.around: int = marks | parent.around if parent else marks
        self._outer: Frame | None = parent.heading if parent else None
        self.total = 0.0
        self.furniture = ""
        self.holds_head = False

    @property
    def heading(self) -> Frame | None:
        """The innermost ``<h1>`` around it or itself. No box holds itself: a page is gone when it is let go."""
        return self if self.tag == "h1" else self._outer

    def chain(self) -> Iterator[Frame]:
        """This frame, then those around it, outwards."""
        frame: Frame | None = self
        while frame is not None:
            yield frame
            frame = frame.parent

    def within(self, other: Frame) -> bool:
        """Whether this frame is ``other`` or stands inside it."""
        return other.order <= self.order <= other.last


class Segment:
    """One shown block of text.

    Attributes:
        frame: the innermost block-level element around it.
        lines: its text, cut at ``<br>``.
        links: (what stands in it, target) of the links in it.
        text: the lines joined by spaces.
        link_chars: how many characters stand inside links.
        strong: whether all of it is bold.
    """

    __slots__ = ("bold_chars", "frame", "lines", "link_chars", "links", "order", "text")

    def __init__(self, frame: Frame, lines: list[str], link_chars: int, bold_chars: int, order: int) -> None:
        self.frame = frame
        self.lines = lines
        self.text = " ".join(lines)
        self.link_chars = min(link_chars, len(self.text))
        self.bold_chars = bold_chars
        self.order = order
        self.links: Sequence[tuple[str, str]] = ()

    @property
    def anchors(self) -> list[tuple[str, str]]:
        """(words, target) of the links in it; made when asked for, most links of a page being in menus."""
        return [(words, target) for text, target in self.links if (words := _collapsed(text))]

    @property
    def link_density(self) -> float:
        """Share of the characters that stand inside links, 0..1."""
        return self.link_chars / len(self.text) if self.text else 0.0


@dataclass(frozen=True, slots=True)
class Embed:
    """A frame or player from elsewhere: ``order`` of the segment it stands before, its box, its address."""

    order: int
    frame: Frame
    url: str


@dataclass(slots=True)
class Page:
    """A walked page.

    Attributes:
        root: the parsed tree (None where nothing could be parsed).
        labelled: inline elements that carry marks (``<span class="author">``), with their frame.
        embeds: players and frames from elsewhere.
        cut: whether a limit ended the walk early.
    """

    root: etree._Element | None
    segments: list[Segment] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    labelled: list[tuple[int, etree._Element, Frame]] = field(default_factory=list)
    embeds: list[Embed] = field(default_factory=list)
    cut: bool = False


def parse(text: str) -> etree._Element | None:
    """The element tree of ``text``, or None where there is no element at all."""
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        return etree.fromstring(without_overlong_tags(_without_ends(text.encode("utf-8", "replace"))), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _without_ends(page: bytes) -> bytes:
    """Without ``</body>`` and ``</html>``: what follows a stray one is still shown, and the parser would lose it."""
    first = _FIRST_END.search(page)
    return page[: first.start()] + _END_OF_PAGE.sub(b"", page[first.start() :]) if first else page


def walk(root: etree._Element | None) -> Page:
    """All segments of the tree in page order."""
    page = Page(root)
    if root is not None:
        _Walk(page).run(root)
    return page


class _Walk:
    """State of one walk: the open frame, the text of the segment being gathered."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.parts: list[str] = []
        self.link_chars = 0
        self.bold_chars = 0
        self.links = 0
        self.targets: list[tuple[str, int]] = []  # open links: target, place of their first part
        self.anchors: list[tuple[str, str]] = []
        self.bolds = 0
        self.hidden = 0
        self.fresh = True  # nothing shown since the last <br>
        self.frame: Frame | None = None

    def run(self, root: etree._Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        unshown = False  # what was just opened: its "end" must only add its tail
        seen, segments = 0, self.page.segments
        for event, element in walker:
            if event == "end":
                if not unshown:
                    self.leave(element)
                unshown = False
                if tail := element.tail:
                    self.add(tail)
                continue
            seen += 1
            if seen > MAX_ELEMENTS or len(segments) > MAX_SEGMENTS:
                self.page.cut = True
                break
            if not self.enter(element):
                unshown = True
                walker.skip_subtree()
        self.flush()

    def enter(self, element: etree._Element) -> bool:
        """Open an element; False where its content is not shown."""
        tag = element.tag
        sort = _SORTS.get(tag)
        if sort is None:
            self.open_box(tag, element)
        elif sort == _MARKED:
            if tag == "button" and element.find(".//p") is None:
                return False  # one with paragraphs in it was never closed: its text is the page
            self.open_inline(tag, element)
        elif sort == _UNSHOWN:
            if tag == "br":
                self.line_break()
            elif tag in _EMBEDDED:
                self.embed(element)
            return False
        if text := element.text:
            self.add(text)
        return True

    def open_box(self, tag: str, element: etree._Element) -> None:
        if self.parts:
            self.flush()
        else:
            self.fresh = True
        frames = self.page.frames
        self.frame = Frame(self.frame, element, tag, marks_of(tag, _attributes(element)), len(frames))
        frames.append(self.frame)

    def open_inline(self, tag: str, element: etree._Element) -> None:
        attributes = _attributes(element)
        if tag == "a":
            self.links += 1
            self.targets.append((element.get("href") or "", len(self.parts)))
        elif tag in ("b", "strong"):
            self.bolds += 1
        if attributes:
            marks = marks_of(tag, attributes)
            if marks & Mark.HIDDEN:
                self.hidden += 1
            if tag == "a" and _is_author_link(attributes):
                marks |= Mark.BYLINE
            if marks and self.frame is not None:
                self.page.labelled.append((marks, element, self.frame))

    def leave(self, element: etree._Element) -> None:
        tag = element.tag
        sort = _SORTS.get(tag)
        if sort is None:
            if self.parts:
                self.flush()
            else:
                self.fresh = True
            assert self.frame is not None
            self.frame.last = len(self.page.frames) - 1
            self.frame = self.frame.parent
        elif sort == _MARKED:
            self.close_inline(tag, element)

    def close_inline(self, tag: str, element: etree._Element) -> None:
        if tag == "a":
            self.links -= 1
            self.anchor(*self.targets.pop())
        elif tag in ("b", "strong"):
            self.bolds -= 1
        if self.hidden and marks_of(tag, _attributes(element)) & Mark.HIDDEN:
            self.hidden -= 1
            self.parts.append(" ")  # words that only a screen reader's text kept apart

    def anchor(self, target: str, start: int) -> None:
        """Note a link that ends here, or is cut by the end of its block."""
        if target and len(self.parts) > start:
            self.anchors.append(("".join(self.parts[start:]), target))

    def embed(self, element: etree._Element) -> None:
        """Note a player or a frame from elsewhere that names its address."""
        named = [element, *element.iterchildren("source")]
        address = next((url for each in named for key in _SOURCES if (url := each.get(key))), "")
        known = len(self.page.embeds) < MAX_EMBEDS and self.frame is not None
        if known and address.startswith(("http://", "https://", "//")) and not _NO_EMBED.search(address[:300]):
            self.page.embeds.append(Embed(len(self.page.segments), self.frame, address))  # type: ignore[arg-type]

    def add(self, text: str) -> None:
        if self.hidden or self.frame is None or (not self.parts and text.isspace()):
            return
        if self.frame.tag == "pre":
            text = text.replace("\n", _BREAK)
        self.parts.append(text)
        if self.fresh and not text.isspace():
            self.fresh = False
        if self.links:
            self.link_chars += len(text)
        if self.bolds:
            self.bold_chars += len(text)

    def line_break(self) -> None:
        if self.fresh:
            self.flush()
        else:
            self.parts.append(_BREAK)
            self.fresh = True

    def flush(self) -> None:
        if self.parts and self.frame is not None:
            joined = "".join(self.parts)
            # Only white space to collapse makes a text unprintable or doubles a space; the pattern is asked last.
            if "  " in joined or (not joined.isprintable() and _RUNS.search(joined)):
                joined = _SPACE.sub(" ", joined)
            lines = [line for piece in joined.split(_BREAK) if (line := piece.strip())]
            if lines:
                order = len(self.page.segments)
                segment = Segment(self.frame, lines, self.link_chars, self.bold_chars, order)
                self.page.segments.append(segment)
                if self.anchors or self.targets:
                    self.close_links(segment)
        self.parts = []
        self.link_chars = self.bold_chars = 0
        self.fresh = True

    def close_links(self, segment: Segment) -> None:
        """Give the segment its links; one that goes on in the next block counts in both."""
        for target, start in self.targets[-MAX_OPEN_LINKS:]:
            self.anchor(target, start)
        segment.links = self.anchors[:MAX_LINKS]
        self.anchors = []
        self.targets[-MAX_OPEN_LINKS:] = [(target, 0) for target, _ in self.targets[-MAX_OPEN_LINKS:]]


def _collapsed(text: str) -> str:
    return _SPACE.sub(" ", text.replace(_BREAK, " ")).strip()


def _is_author_link(attributes: dict[str, str]) -> bool:
    return attributes.get("rel", "") == "author" or bool(_AUTHOR_LINK.search(attributes.get("href", "")[:300]))


def _attributes(element: etree._Element) -> dict[str, str]:
    """The attributes marks are read from; an element with very many of them has none that count."""
    # The type stubs know attribute names and values as str or bytes; a parsed page has only str.
    named = element.items()
    return dict(named) if len(named) <= MAX_ATTRIBUTES else {}  # type: ignore[arg-type]


def text_of(element: etree._Element) -> str:
    """The shown text of one element, white space collapsed."""
    parts: list[str] = []
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag not in ("script", "style", "svg", "template"):
            if node.text:
                parts.append(node.text)
            if node is not element and node.tag not in _INLINE:
                parts.append(" ")
        if node is not element and node.tail:
            parts.append(node.tail)
    return _SPACE.sub(" ", "".join(parts)).strip()
