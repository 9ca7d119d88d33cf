"""Why a page was read as it was: a copy of the page with every block's verdict and reason, as HTML.

All text of the page is escaped; the result carries no script, no address of the page, and loads nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from writethru.extraction.decoding import decode
from writethru.extraction.dump import judge_dump
from writethru.extraction.explained_copy import Shown, boxes_of, heading_level, legend, written
from writethru.extraction.explained_style import COPY, PAGE, policy
from writethru.extraction.guide import Knowledge
from writethru.extraction.held import is_held, why_held
from writethru.extraction.knowing import read_guided
from writethru.extraction.page import Reading, assemble, read_segments
from writethru.extraction.places import spelled
from writethru.extraction.reader import extract, is_html
from writethru.extraction.verdicts import Verdict
from writethru.model import Extraction

_FIELDS = ("standfirst", "byline", "dateline", "published", "modified", "outlet", "agency", "section", "language")
_MOST_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Explained:
    """A reading with its reasons.

    Attributes:
        read: what was read.
        blocks: every block of the page.
        alone: nothing but the page was known.
    """

    read: Extraction
    blocks: tuple[Shown, ...]
    alone: bool

    @property
    def title(self) -> str:
        """The headline as read."""
        return self.read.headline or "(no headline)"

    @property
    def fragment(self) -> str:
        """Fields, legend and copy, for a page that has ``explained_style.COPY``."""
        known = "" if self.alone else "<p>Read with what is known of this article and its outlet.</p>"
        return f'<div class="x">{known}{_fields(self.read)}{legend(self.blocks)}{written(self.blocks)}</div>'

    @property
    def document(self) -> str:
        """A page that stands alone."""
        title, style = escape(self.title[:300]), PAGE + COPY
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}: how it was read</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="referrer" content="no-referrer">'
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy(style), quote=True)}">'
            f"<style>{style}</style></head><body><main><h1>{title}</h1>{self.fragment}</main></body></html>"
        )


def explain(
    page: bytes | str, url: str | None = None, *, content_type: str = "", knowledge: Knowledge | None = None
) -> Explained:
    """A reading of ``page`` with the reason of every block.

    Args:
        knowledge: what is known of the article and its outlet; None: the page is read alone.

    Raises:
        UnknownKind: not a page at all, as ``extract``.
    """
    given = knowledge or Knowledge()
    alone = given == Knowledge()
    read = None
    text = decode(page, content_type).text
    if not is_html(text, content_type):
        read = extract(page, url, content_type=content_type, recurring=given.lines)
        return Explained(read, tuple(_dump_blocks(text, url, given.lines)), not given.lines)
    guided = None if alone else read_guided(page, url, given, content_type=content_type)
    reading = guided.reading if guided else read_segments(text, url)
    if guided is not None:
        read = guided.extraction
    elif reading is None or reading.container is None:
        read = extract(page, url, content_type=content_type)
    else:
        read = assemble(reading)
    return Explained(read, tuple(_page_blocks(reading, read)) if reading else (), alone)


def _page_blocks(reading: Reading, read: Extraction) -> Iterator[Shown]:
    drawn = boxes_of(reading.page, reading.container)
    before: list[Verdict] | list[None] = list(reading.alone) or [None] * len(reading.verdicts)
    for segment, verdict, alone in zip(reading.page.segments, reading.verdicts, before, strict=True):
        held = why_held(verdict, alone) if alone is not None and is_held(verdict, alone) else ""
        frame = segment.frame
        linked = f", {segment.link_density:.0%} of it links" if segment.link_chars else ""
        place = f"{spelled(frame)[:200]}{linked}"
        level = heading_level(frame)
        is_field = verdict.kind is None and segment.text == (read.headline if level else read.standfirst)
        reason = "field" if is_field else verdict.reason
        yield Shown(verdict.kind, reason, segment.text, place, held, level, drawn[frame.order])


def _dump_blocks(text: str, url: str | None, recurring: frozenset[str]) -> Iterator[Shown]:
    for judged in judge_dump(text, url, recurring):
        yield Shown(judged.kind, judged.reason, judged.line.text, f"line {judged.line.number}")


def _fields(read: Extraction) -> str:
    rows = [(name, str(getattr(read, name)), read.provenance.get(name, "")) for name in _FIELDS if getattr(read, name)]
    rows += [("sign", sign.value, "") for sign in sorted(read.signs)] + [("note", note, "") for note in read.notes]
    rows += [(f"{held.what}, held", held.text, held.why) for held in read.held if held.what != "block"]
    rows += [("read by", read.extractor, "")]
    cells = "".join(_row(*row) for row in rows)
    head = '<tr><th scope="col">field</th><th scope="col">value</th><th scope="col">read from</th></tr>'
    return f"<table><caption>What was read, and from where</caption><thead>{head}</thead><tbody>{cells}</tbody></table>"


def _row(name: str, value: str, source: str) -> str:
    said = f'<td dir="auto">{escape(value[:_MOST_CHARS])}</td><td>{escape(source[:_MOST_CHARS])}</td>'
    return f'<tr><th scope="row">{escape(name)}</th>{said}</tr>'
