"""The front door for a page of which something is known: memory in, reading and the next memory out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from writethru.extraction.decoding import decode
from writethru.extraction.guide import Guide, Knowledge
from writethru.extraction.held import held_in
from writethru.extraction.marks import Mark
from writethru.extraction.memory import ArticleMemory, remember_blocks
from writethru.extraction.page import PAGE_EXTRACTOR, Reading, assemble, read_segments
from writethru.extraction.places import Places
from writethru.extraction.profile import PageSummary, summary_of
from writethru.extraction.reader import extract as extract_alone
from writethru.extraction.reader import is_html, refuse_feed
from writethru.extraction.steady import STEADY, printed_place, remember_field
from writethru.extraction.unchanged import Relevant, fingerprint
from writethru.model import BODY_KINDS, Extraction


@dataclass(frozen=True, slots=True)
class Known:
    """A reading with what is to be kept of it if it is accepted.

    Attributes:
        memory: for the next reading of this article; None where nothing was read.
        redesigned: the article's blocks stand at other paths than last time.
        summary: what a profile learns from the page; None where the page must be read alone to know it.
    """

    extraction: Extraction
    memory: ArticleMemory | None = None
    redesigned: bool = False
    summary: PageSummary | None = None


def summarise(page: bytes | str, url: str | None, *, content_type: str = "") -> PageSummary | None:
    """What an outlet's profile learns from a page: read alone, whatever is known of it; None where nothing is read."""
    decoded = decode(page, content_type)
    reading = read_segments(decoded.text, url) if is_html(decoded.text, content_type) else None
    return _summary(reading, Places()) if reading is not None else None


def _summary(reading: Reading, places: Places) -> PageSummary | None:
    if reading.container is None:
        return None
    printed = {"byline": printed_place(reading.fields.get("byline"), reading.page, places)}
    dated = next((frame for mark, _, frame in reading.page.labelled if mark & Mark.TIME), None)
    if dated is not None:
        printed["date"] = places.of(dated)
    return summary_of(reading.page, _kinds(reading), reading.container, places, printed)


def _kinds(reading: Reading) -> list[str]:
    return [verdict.kind.value if verdict.kind else "" for verdict in reading.verdicts]


@dataclass(frozen=True, slots=True)
class Guided:
    """A page read with what is known, with the verdict on each of its blocks."""

    reading: Reading
    guide: Guide
    extraction: Extraction


def read_guided(page: bytes | str, url: str | None, knowledge: Knowledge, *, content_type: str = "") -> Guided | None:
    """The reading of an HTML page with what is known; None of anything else, and where no article's box is found.

    Raises:
        UnknownKind: a feed or a sitemap.
    """
    decoded = decode(page, content_type)
    refuse_feed(decoded.text, url)
    if not is_html(decoded.text, content_type):
        return None
    guide = Guide(knowledge)
    reading = read_segments(decoded.text, url, guide)
    if reading is None or reading.container is None:
        return None
    extraction = replace(assemble(reading), held=held_in(reading, guide.settled))
    if decoded.notes:
        extraction = replace(extraction, notes=(*decoded.notes, *extraction.notes))
    return Guided(reading, guide, extraction)


def read_known(page: bytes | str, url: str | None, knowledge: Knowledge, *, content_type: str = "") -> Known:
    """Read one HTML page with what is known of its article and its outlet.

    Of anything but HTML only the lines that other pages have too are known.

    Raises:
        UnknownKind: not a page at all, as ``extract``.
    """
    guided = read_guided(page, url, knowledge, content_type=content_type)
    if guided is None:
        return Known(extract_alone(page, url, content_type=content_type, recurring=knowledge.lines))
    reading, guide, extraction = guided.reading, guided.guide, guided.extraction
    redesigned = guide.recalled is not None and guide.recalled.redesigned
    memory = _memory(reading, guide, extraction)
    if memory is not None and isinstance(page, bytes):
        memory = replace(memory, fingerprint=fingerprint(page, content_type, _relevant(reading, extraction)))
    return Known(extraction, memory, redesigned, _learnable(reading, guide))


def _learnable(reading: Reading, guide: Guide) -> PageSummary | None:
    """What ``summarise`` would find, where a profile or rules chose the box that the page alone is read from."""
    if guide.knowledge.memory is not None or reading.container is not reading.alone_container:
        return None
    return _summary(replace(reading, verdicts=list(reading.alone)), guide.places)


def _relevant(reading: Reading, extraction: Extraction) -> Relevant:
    pairs = zip(reading.page.segments, reading.verdicts, strict=True)
    sources = extraction.provenance
    return Relevant(
        article=[segment.text for segment, verdict in pairs if verdict.kind],
        fields=[text for text in (extraction.headline, extraction.standfirst, extraction.byline) if text],
        body_chars=sum(len(block.text) for block in extraction.blocks if block.kind in BODY_KINDS),
        sources=frozenset(sources.values()),
        times_printed="page" in (sources.get("published"), sources.get("modified")),
    )


def _memory(reading: Reading, guide: Guide, extraction: Extraction) -> ArticleMemory | None:
    if reading.container is None or not extraction.blocks:
        return None
    places = guide.places
    kinds = _kinds(reading)
    return ArticleMemory(
        reader=PAGE_EXTRACTOR,
        container=places.of(reading.container),
        blocks=remember_blocks(reading.page, kinds, reading.zone or reading.container, places),
        fields={
            name: remember_field(name, reading.fields, reading.page, places, guide.said.get(name, {}))
            for name in STEADY
        },
        text_digest=extraction.article_text.digest(),
        rules=guide.knowledge.rules.digest if guide.knowledge.rules else "",
    )
