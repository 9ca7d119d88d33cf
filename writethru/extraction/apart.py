"""Small boxes set among the paragraphs of a text, told from it by what stands in the box itself.

Names of boxes say nothing here, and nothing is counted over the page. A box is *apart* where it stands in a row of
paragraphs, holds next to no text and no heading of a section, and is none of several alike that follow each other.
Whether it is furniture is told by what else it holds: something to press, something to play under a heading, a link of
the outlet's own on a line by itself, a card about the author below the text, an appeal in the outlet's own voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from writethru.extraction.appeals import asks_for_support
from writethru.extraction.marks import HEADINGS, Mark
from writethru.extraction.phrases import ends_sentence
from writethru.extraction.tree import Frame, Page, Segment
from writethru.extraction.verdicts import Verdict
from writethru.model import BlockKind

_DIVISIONS = frozenset(("div", "section", "aside", "article"))
_PRESSED = frozenset(("button", "input", "select", "textarea"))
_PLAYED = frozenset(("audio", "video", "iframe"))
_TOLD = frozenset(("figcaption", "table", "pre", "blockquote"))  # a box with one of these tells something
_OF_SECTIONS = frozenset(("h1", "h2"))
_WRITTEN = frozenset((BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE))
_SHORT = frozenset((*_WRITTEN, BlockKind.SUBHEAD))
_LEFT_OUT = ("apart-", "promotion")
_MOST_SEGMENTS = 6
_MOST_FRAMES = 30
_MOST_ELEMENTS = 80
_MOST_CHARS = 160  # outside links: two short sentences
_FEW_CHARS = 120  # beside something to press: a question
_PROSE = 40
_LINKED = 0.8
_TITLE = 25  # a link so long names what it leads to
_NUMBERED = re.compile(r"\W*(?:\w{2,8} )?(?:#|no\.? ?)?\d{1,3}\b", re.I)
"""How a heading of the text's own begins: "1. The harbour", "Rank 1"."""
_PRICE = re.compile(r"[$€£¥]\s?\d|\d\s?[€£]")
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|csv|zip|pptx?)(?:[?#]|\Z)", re.I)
_NAME = re.compile(r"[^\W\d_a-z][\w.’'-]*(?: (?:[^\W\d_a-z][\w.’'-]*|de|van|von|der|la|al|bin)){1,4}")


@dataclass(frozen=True, slots=True)
class _Apart:
    """A box apart: its segments, the tags in it, whether it stands behind the row's last paragraph."""

    inside: Sequence[Segment]
    tags: frozenset[str]
    behind: bool


def without_boxes_apart(page: Page, verdicts: Sequence[Verdict], container: Frame, address: str) -> list[Verdict]:
    """The verdicts with boxes apart left out where they are furniture (``apart-…``).

    Args:
        page: the walked page.
        verdicts: one for each segment.
        container: the article's box.
        address: the page's own, "" where it is not known; links to its host are the outlet's own.
    """
    kept = list(verdicts)
    rows = _rows(page, kept)
    found: dict[int, tuple[Frame, int]] = {}
    for segment, verdict in zip(page.segments, verdicts, strict=True):
        for box in _boxes(segment.frame, container, rows) if verdict.kind in _SHORT else ():
            found.setdefault(box.order, (box, segment.order))
    for _, (box, order) in sorted(found.items(), reverse=True):  # inner boxes before those around them
        apart = _apart(page, order, box, rows, kept)
        if apart is not None and (reason := _furniture(apart, _host(address))):
            for segment in apart.inside:
                if kept[segment.order].kind is not None:
                    kept[segment.order] = Verdict(None, reason)
    return kept


def _rows(page: Page, verdicts: Sequence[Verdict]) -> dict[int, int]:
    """Order of each box that holds paragraphs of its own, to the order of the last of them."""
    rows: dict[int, int] = {}
    for segment, verdict in zip(page.segments, verdicts, strict=True):
        frame = segment.frame
        if verdict.kind in _WRITTEN and frame.tag == "p" and len(segment.text) >= _PROSE and frame.parent:
            rows[frame.parent.order] = frame.order
    return rows


def _boxes(frame: Frame, container: Frame, rows: Mapping[int, int]) -> Iterator[Frame]:
    """The small divisions around a block that stand in rows of paragraphs."""
    for box in frame.chain():
        if box is container or box.parent is None or box.marks & Mark.BODY or box.last - box.order > _MOST_FRAMES:
            break
        if box.tag in _DIVISIONS and box.parent.order in rows:
            yield box


def _apart(page: Page, order: int, box: Frame, rows: Mapping[int, int], verdicts: Sequence[Verdict]) -> _Apart | None:
    """The box if it is small, alone, and holds nothing but short text, links and controls."""
    inside = _inside(page, order, box)
    own = sum(len(segment.text) - segment.link_chars for segment in inside)
    if not inside or own > _MOST_CHARS or _is_one_of_several(box):
        return None
    if any(_tells(segment, verdicts[segment.order], box) for segment in inside):
        return None
    tags = frozenset(e.tag for e, _ in zip(box.element.iter(), range(_MOST_ELEMENTS), strict=False))
    return None if tags & _TOLD else _Apart(inside, tags, box.parent is not None and box.order > rows[box.parent.order])


def _inside(page: Page, order: int, box: Frame) -> Sequence[Segment]:
    """The box's segments; none where there are too many."""
    first = last = order
    while first > 0 and page.segments[first - 1].frame.within(box) and order - first <= _MOST_SEGMENTS:
        first -= 1
    while (
        last + 1 < len(page.segments) and page.segments[last + 1].frame.within(box) and last - order <= _MOST_SEGMENTS
    ):
        last += 1
    return page.segments[first : last + 1] if last - first < _MOST_SEGMENTS else ()


def _is_one_of_several(box: Frame) -> bool:
    """Whether the element right before or behind is made alike: then the text itself is written in such boxes."""
    named = (box.element.tag, box.element.get("class"))
    beside = (box.element.getprevious(), box.element.getnext())
    return any(other is not None and (other.tag, other.get("class")) == named for other in beside)


def _tells(segment: Segment, verdict: Verdict, box: Frame) -> bool:
    """Whether a segment makes its box a part of the text: a list, a note, a price, a heading that is no link.

    What is furniture already in a box of its own tells of the box around it only that more stands there.
    """
    kind = verdict.kind
    if kind is BlockKind.LIST_ITEM and any(frame.tag == "li" for frame in segment.frame.chain() if frame.within(box)):
        return True
    if kind not in (None, *_SHORT) or verdict.reason.startswith(_LEFT_OUT) or _PRICE.search(segment.text):
        return True
    if segment.frame.tag not in HEADINGS or segment.link_density > _LINKED:
        return False
    return segment.frame.tag in _OF_SECTIONS or _NUMBERED.match(segment.text) is not None


def _furniture(apart: _Apart, host: str) -> str:
    """Why a box apart is furniture, or ""."""
    own = sum(len(segment.text) - segment.link_chars for segment in apart.inside)
    if apart.tags & _PRESSED and own <= _FEW_CHARS:
        return "apart-pressed"
    if apart.tags & _PLAYED and own <= _FEW_CHARS and any(map(_is_heading, apart.inside)):
        return "apart-played"
    links = [s for s in apart.inside if s.link_density > _LINKED and _is_own_link(s, host)]
    if any(len(link.text) >= _TITLE for link in links):
        return "apart-card"
    if links and all(map(_is_whole, apart.inside)):
        return "apart-link"
    if apart.behind and "img" in apart.tags and any(map(_names_someone, apart.inside)):
        return "apart-author"
    return "apart-appeal" if _is_appeal(apart.inside) else ""


def _is_heading(segment: Segment) -> bool:
    return segment.frame.tag in HEADINGS or segment.bold_chars >= len(segment.text)


def _is_whole(segment: Segment) -> bool:
    """A heading, a sentence, or a line of links; a phrase such as "Source:" goes on in the link behind it."""
    return segment.link_chars > 0 or ends_sentence(segment.text) or _is_heading(segment)


def _names_someone(segment: Segment) -> bool:
    """A name on a line of its own, or a line that opens with a name that is a link."""
    opening = next((words for words, _ in segment.anchors if segment.text.startswith(words)), segment.text)
    return _NAME.fullmatch(opening) is not None


def _is_appeal(inside: Sequence[Segment]) -> bool:
    """One or two sentences and no link, in the outlet's own voice about its money."""
    text = " ".join(segment.text for segment in inside)
    return len(inside) <= 2 and not any(s.link_chars for s in inside) and ends_sentence(text) and asks_for_support(text)


def _is_own_link(segment: Segment, host: str) -> bool:
    """Whether a link leads to another page of the outlet, and to no document."""
    return any(_leads_home(target, host) for _, target in segment.anchors)


def _leads_home(target: str, host: str) -> bool:
    if "#" in target or _DOCUMENT.search(target):
        return False
    if target.startswith("/") and not target.startswith("//"):
        return True
    return bool(host) and _host(target) == host


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
