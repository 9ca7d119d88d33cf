"""The HTML reader: one page alone, without memory of earlier captures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from writethru.extraction import headlines
from writethru.extraction.container import choose_container
from writethru.extraction.fields import (
    Fields,
    read_agency,
    read_from_page,
    read_headline,
    read_standfirst,
    read_stated,
)
from writethru.extraction.header_lines import header_stretch
from writethru.extraction.headlines import folded
from writethru.extraction.marks import Mark
from writethru.extraction.names import dateline
from writethru.extraction.signs import Seen, is_closed, read_signs
from writethru.extraction.structured import Stated, read_structured
from writethru.extraction.tree import Frame, Page, Segment, parse, walk
from writethru.extraction.verdicts import HEADINGS, Surroundings, Verdict, judge
from writethru.model import BODY_KINDS, Block, BlockKind, Extraction

PAGE_EXTRACTOR = "page/1"


@dataclass(frozen=True, slots=True)
class Reading:
    """A page with the verdict on each of its segments (what ``explain`` shows)."""

    page: Page
    stated: Stated
    fields: Fields
    container: Frame | None
    verdicts: list[Verdict]
    zone: Frame | None = None


class Guide(Protocol):
    """What is known of the article and its outlet, laid over the reading (see ``guide``)."""

    def container(self, page: Page, chosen: Frame | None) -> Frame | None:
        """The article's box."""

    def settle(self, names: Sequence[str], fields: Fields, stated: Stated, page: Page) -> None:
        """Keep fields still whose sources say what they said."""

    def verdicts(self, page: Page, container: Frame, alone: list[Verdict]) -> list[Verdict]:
        """The verdicts with what is known laid over them."""


def read_page(text: str, url: str | None) -> Extraction:
    """The Extraction of an HTML page."""
    reading = read_segments(text, url)
    if reading is None:
        return Extraction(PAGE_EXTRACTOR, notes=("the page is empty",))
    return assemble(reading)


def read_segments(text: str, url: str | None, guide: Guide | None = None) -> Reading | None:
    """Parse, walk and judge; None where there is nothing to parse."""
    root = parse(text)
    if root is None:
        return None
    stated = read_structured(root)
    page = walk(root)
    fields = read_stated(stated, url)
    read_headline(fields, stated, page)
    container = choose_container(page)
    if guide:
        guide.settle(("headline",), fields, stated, page)
        container = guide.container(page, container)
    if container is None:
        return Reading(page, stated, fields, None, [Verdict(None, "no-container")] * len(page.segments))
    zone = _zone(page, container, fields.get("headline"))
    read_standfirst(fields, stated, page, container, zone)
    top, body = _lead(page, container, fields)
    read_from_page(fields, stated, page, header_stretch(page, top, body, zone), url)
    around = Surroundings(container, zone, fields.get("headline"), fields.get("standfirst"), top, body.start)
    verdicts = judge(page, around)
    if guide:
        guide.settle(("standfirst", "byline"), fields, stated, page)
        verdicts = guide.verdicts(page, container, verdicts)
    return Reading(page, stated, fields, container, verdicts, zone)


def _zone(page: Page, container: Frame, headline: str) -> Frame:
    """The box that holds headline and body: the article with its header."""
    wanted = folded(headline)
    heads = [s.frame for s in page.segments if s.frame.tag in HEADINGS and folded(s.text) == wanted]
    best = container
    for head in heads[:3]:
        common = _common(head, container)
        if best is container or common.depth > best.depth:
            best = common
    if best is container:
        best = next((box for box in container.chain() if box.tag == "article"), container)
    return best


def _lead(page: Page, container: Frame, fields: Fields) -> tuple[int, range]:
    """Order of the printed headline (-1 without one); the orders from the container's first segment to its last."""
    inside = [segment.order for segment in page.segments if segment.frame.within(container)]
    body = range(inside[0], inside[-1] + 1) if inside else range(0)
    wanted = folded(fields.get("headline"))
    above = [s.order for s in page.segments[: body.start] if s.frame.tag in HEADINGS and folded(s.text) == wanted]
    return (above[-1] if above else -1, body)


def _common(one: Frame, other: Frame) -> Frame:
    boxes = {id(box) for box in one.chain()}
    return next(box for box in other.chain() if id(box) in boxes)


def assemble(reading: Reading) -> Extraction:
    """The Extraction of a page whose blocks are judged."""
    blocks = tuple(_with_gaps(_blocks(reading)))
    fields = reading.fields
    first = next((b.text for b in blocks if b.kind is BlockKind.PARAGRAPH), "")
    line = dateline(first)
    if line:
        fields.set("dateline", line.place, "page")
    read_agency(fields, line.agency if line else "")
    body = "".join(block.text for block in blocks if block.kind in BODY_KINDS)
    signs, sign_notes = read_signs(reading.stated, _seen(reading, body))
    notes = (*fields.notes, *sign_notes, *_remarks(reading, body))
    return fields.extraction(PAGE_EXTRACTOR, blocks, notes, signs)


def _seen(reading: Reading, body: str) -> Seen:
    segments = reading.page.segments[:2000]
    linked = sum(1 for s in segments if s.frame.tag in HEADINGS and s.link_density > 0.8)
    first = next((n for n, verdict in enumerate(reading.verdicts) if verdict.kind in BODY_KINDS), 0)
    return Seen(
        headline=reading.fields.get("headline"),
        headline_marked=headlines.is_marked(reading.stated, reading.page),
        body=body,
        page_text="\n".join(s.text for s in segments),
        after_body="\n".join(s.text for s in segments[first:]),
        links_as_headings=linked,
    )


def _remarks(reading: Reading, body: str) -> list[str]:
    remarks = []
    if not body:
        remarks.append("no article text was found on the page")
    if not reading.fields.get("published") and not reading.fields.get("modified"):
        remarks.append("no date on the page")
    if reading.page.cut:
        remarks.append("the page is too large; its end was not read")
    if is_closed(reading.stated):
        remarks.append("the outlet marks this article as not free")
    return remarks


def _blocks(reading: Reading) -> Iterable[tuple[BlockKind, list[str]]]:
    row: tuple[Frame | None, list[str]] = (None, [])
    for segment, verdict in zip(reading.page.segments, reading.verdicts, strict=True):
        if verdict.kind is BlockKind.TABLE:
            own = _row_of(segment)
            if own is not row[0] and row[1]:
                yield BlockKind.TABLE, [" | ".join(row[1])]
            row = (own, [*(row[1] if own is row[0] else []), segment.text])
            continue
        if row[1]:
            yield BlockKind.TABLE, [" | ".join(row[1])]
            row = (None, [])
        if verdict.kind is not None:
            yield _entry_or(verdict.kind, segment), _without_field(segment.lines, reading.fields)
    if row[1]:
        yield BlockKind.TABLE, [" | ".join(row[1])]


def _without_field(lines: list[str], fields: Fields) -> list[str]:
    """The lines of a segment without the headline, where only a ``<br>`` parts it from the text."""
    if len(lines) == 1:
        return lines
    headline = folded(fields.get("headline"))
    return [line for line in lines if folded(line) != headline]


def _row_of(segment: Segment) -> Frame | None:
    return next((box for box in segment.frame.chain() if box.tag == "tr"), None)


def _entry_or(kind: BlockKind, segment: Segment) -> BlockKind:
    """Paragraphs inside a live-blog post are the post's."""
    if kind is BlockKind.PARAGRAPH and any(box.marks & Mark.ENTRY for box in segment.frame.chain()):
        return BlockKind.ENTRY
    return kind


def _with_gaps(parts: Iterable[tuple[BlockKind, list[str]]]) -> Iterable[Block]:
    """Blocks with the gaps that make the running text: a blank line, or one break inside a block."""
    first = True
    for kind, lines in parts:
        for number, line in enumerate(lines):
            gap = "" if first else "\n" if number else "\n\n"
            yield Block(kind, line, gap)
            if kind in BODY_KINDS:
                first = False
