"""The HTML reader: one page alone, without memory of earlier captures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from writethru.extraction import headlines
from writethru.extraction.apart import without_boxes_apart
from writethru.extraction.assembly import Assembled, assemble_blocks, links_of
from writethru.extraction.container import choose_container
from writethru.extraction.corrections import unprinted
from writethru.extraction.fields import (
    Fields,
    read_agency,
    read_embedded,
    read_from_page,
    read_headline,
    read_standfirst,
    read_stated,
)
from writethru.extraction.header_lines import header_stretch
from writethru.extraction.headlines import folded
from writethru.extraction.live_entries import live_entries
from writethru.extraction.marks import HEADINGS, Mark
from writethru.extraction.names import dateline
from writethru.extraction.phrases import ends_sentence
from writethru.extraction.promotions import without_promotions
from writethru.extraction.reprinted import differing
from writethru.extraction.signs import Seen, is_closed, read_signs
from writethru.extraction.structured import Stated, read_structured
from writethru.extraction.tree import Frame, Page, parse, text_of, walk
from writethru.extraction.unprinted import LITTLE_PRINTED, carried_body
from writethru.extraction.verdicts import Surroundings, Verdict, judge
from writethru.model import BODY_KINDS, Block, BlockKind, Extraction

PAGE_EXTRACTOR = "page/7"
_MANY_TIMES = 3  # so many times what is printed must be carried to be read instead
_HEADER_SEGMENTS = 25  # a header inside the text's box has at most so many
_SENTENCE = 60  # characters of a line that is text and not a byline or a date
_SAME_HEADER = 15  # a headline printed twice within so many segments is one header


@dataclass(frozen=True, slots=True)
class Reading:
    """A page with the verdict on each of its segments (what ``explain`` shows).

    Attributes:
        alone: the verdicts of the page alone; empty where nothing else was known.
        alone_container: the box that the page alone would be read from.
    """

    page: Page
    stated: Stated
    fields: Fields
    container: Frame | None
    verdicts: list[Verdict]
    zone: Frame | None = None
    url: str | None = None
    alone: Sequence[Verdict] = ()
    alone_container: Frame | None = None


class Guide(Protocol):
    """What is known of the article and its outlet, laid over the reading (see ``guide``)."""

    def container(self, page: Page, chosen: Frame | None) -> Frame | None:
        """The article's box."""

    def settle(self, names: Sequence[str], fields: Fields, stated: Stated, page: Page) -> None:
        """Keep fields still whose sources say what they said."""

    def former(self, name: str) -> str:
        """What a field was last time, "" where that is not known."""

    def dates(self, fields: Fields, page: Page) -> None:
        """Dates that stand where a rule says."""

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
    container = chosen = choose_container(page)
    if guide:
        guide.settle(("headline",), fields, stated, page)
        container = guide.container(page, chosen)
    if container is None:
        read_embedded(fields, stated, url)
        return Reading(page, stated, fields, None, [Verdict(None, "no-container")] * len(page.segments), url=url)
    heads = frozenset(filter(None, map(folded, (fields.get("headline"), guide.former("headline") if guide else ""))))
    zone = _zone(page, container, heads)
    read_standfirst(fields, stated, page, container, zone)
    if guide:
        guide.settle(("standfirst",), fields, stated, page)
    top, body = _lead(page, container, heads)
    read_from_page(fields, stated, page, header_stretch(page, *_header(page, container, heads, top, body), zone), url)
    credited = frozenset(text_of(element)[:200] for mark, element, _ in page.labelled if mark & Mark.CREDIT)
    printed = (fields.get("headline"), fields.get("standfirst"))
    around = Surroundings(container, zone, *printed, top, body.start, credited, fields.get("byline"))
    judged = without_promotions(page, judge(page, around), container)
    verdicts = alone = without_boxes_apart(page, judged, container, url or fields.get("canonical_url"))
    if guide:
        guide.settle(("byline",), fields, stated, page)
        guide.dates(fields, page)
        verdicts = guide.verdicts(page, container, alone)
    return Reading(page, stated, fields, container, verdicts, zone, url, alone if guide else (), chosen)


def _zone(page: Page, container: Frame, wanted: frozenset[str]) -> Frame:
    """The box that holds headline and body: the article with its header.

    ``wanted``: the headline, and what it was last time (a second printing may say that yet), folded.
    """
    heads = [s.frame for s in page.segments if s.frame.tag in HEADINGS and folded(s.text) in wanted]
    best = container
    for head in heads[:3]:
        common = _common(head, container)
        if best is container or common.depth > best.depth:
            best = common
    if best is container:
        best = next((box for box in container.chain() if box.tag == "article"), container)
    return best


def _lead(page: Page, container: Frame, wanted: frozenset[str]) -> tuple[int, range]:
    """Order of the printed headline (-1 without one); the orders from the container's first segment to its last."""
    inside = [segment.order for segment in page.segments if segment.frame.within(container)]
    body = range(inside[0], inside[-1] + 1) if inside else range(0)
    above = [s.order for s in page.segments[: body.start] if s.frame.tag in HEADINGS and folded(s.text) in wanted]
    near = [order for order in above if order >= above[-1] - _SAME_HEADER]
    return (near[0] if near else -1, body)


def _header(page: Page, container: Frame, wanted: frozenset[str], top: int, body: range) -> tuple[int, range]:
    """The same where the container holds the headline too: the text begins with the first sentence below it."""
    within = (page.segments[order] for order in body) if top < 0 else ()
    head = next((s for s in within if s.frame.tag in HEADINGS and folded(s.text) in wanted), None)
    if head is None or not head.frame.within(container):
        return top, body
    below = page.segments[head.order + 1 : min(body.stop, head.order + _HEADER_SEGMENTS)]
    first = next((s.order for s in below if len(s.text) >= _SENTENCE and ends_sentence(s.text)), head.order + 1)
    return head.order, range(first, body.stop)


def _common(one: Frame, other: Frame) -> Frame:
    boxes = {id(box) for box in one.chain()}
    return next(box for box in other.chain() if id(box) in boxes)


def assemble(reading: Reading) -> Extraction:
    """The Extraction of a page whose blocks are judged."""
    fields = reading.fields
    assembled = assemble_blocks(reading.page, reading.verdicts, reading.container, fields.get("headline"))
    blocks = assembled.blocks
    body = _body(blocks)
    carried = carried_body(reading.page.root, reading.stated) if len(body) < LITTLE_PRINTED else None
    if carried and len(_body(carried.blocks)) > _MANY_TIMES * len(body):
        blocks, assembled, body = carried.blocks, Assembled((), ()), _body(carried.blocks)
        fields.set("blocks", "carried", carried.source)
        fields.notes.append(f"the page prints next to no text; the text was read from its {carried.source}")
    _read_opening(fields, blocks)
    fields.otherwise.extend(unprinted(reading.stated.article, [block.text for block in blocks]))
    fields.otherwise.extend(differing(reading.page, reading.verdicts))
    signs, sign_notes = read_signs(reading.stated, _seen(reading, body))
    notes = (*fields.notes, *sign_notes, *_remarks(reading, body))
    read = fields.extraction(PAGE_EXTRACTOR, blocks, notes, signs)
    entries = live_entries(assembled, reading.stated.article)
    return replace(read, links=links_of(assembled, reading.url or fields.get("canonical_url")), entries=entries)


def _body(blocks: tuple[Block, ...]) -> str:
    return "".join(block.text for block in blocks if block.kind in BODY_KINDS)


def _read_opening(fields: Fields, blocks: tuple[Block, ...]) -> None:
    """Dateline and agency, from the first paragraph, the byline and the credits."""
    first = next((b.text for b in blocks if b.kind is BlockKind.PARAGRAPH), "")
    line = dateline(first)
    if line:
        fields.set("dateline", line.place, "page")
    read_agency(fields, line.agency if line else "", [b.text for b in blocks if b.kind is BlockKind.CREDIT])


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
