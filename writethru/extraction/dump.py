"""The reader of text dumps: pages somebody saved as plain text, menus, adverts and all.

The body is the run of lines whose scores add up to most; inside it furniture lines are left out,
captions, credits, notes and subheads become blocks of their own kind. The header is read upwards
from the body. No rule knows an outlet; a small table only recognises names that are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from writethru.extraction.dump_lines import Line, LineKind, read_lines
from writethru.extraction.fields import Fields, url_date
from writethru.extraction.names import agency_named, dateline, outlet_mentioned, split_names, without_by
from writethru.extraction.phrases import ends_sentence
from writethru.extraction.stated_times import stated_time
from writethru.model import BODY_KINDS, Block, BlockKind, Extraction

DUMP_EXTRACTOR = "dump/1"

# Scores of a line towards the body. Chosen by hand on the five seed pages and the benchmark pages
# rendered to text; an end mark must outweigh one stray sentence behind it, not a whole paragraph run.
_SCORE = {
    LineKind.NOTE: 2.0,
    LineKind.CREDIT: 1.0,
    LineKind.CAPTION: 0.0,
    LineKind.SHORT: -0.6,
    LineKind.LISTED: 0.2,
    LineKind.TIME: -1.5,
    LineKind.BYLINE: -1.5,
    LineKind.FURNITURE: -2.0,
}
_HARD_END = ("sign-up", "end")
_HARD_END_SCORE = -6.0
_HEADER_REACH = 30  # lines above the body that may be its header
_SUBHEAD_WORDS = 9
_MODIFIED = re.compile(r"updated|modified|edited|revised", re.I)


@dataclass(slots=True)
class Header:
    """What stands above the body."""

    headline: int = -1
    standfirst: int = -1
    above: tuple[int, ...] = ()


def read_dump(text: str, url: str | None) -> Extraction:
    """The Extraction of a text dump."""
    lines, cut = read_lines(text)
    if not lines:
        return Extraction(DUMP_EXTRACTOR, notes=("the page is empty",))
    start, end = _body_span(lines)
    fields = Fields()
    header = _read_header(lines, start, fields)
    start = max(start, header.headline + 1)
    parts = list(_body_parts(lines, start, end))
    blocks = tuple(_with_gaps(_head_captions(lines, header, start) + parts))
    _read_times(lines, start, end, fields, url)
    _read_sources(lines, blocks, fields)
    return _assemble(fields, blocks, cut)


def _assemble(fields: Fields, blocks: tuple[Block, ...], cut: bool) -> Extraction:
    notes = list(fields.notes)
    if not any(block.kind in BODY_KINDS for block in blocks):
        notes.append("no article text was found on the page")
    if not fields.get("published") and not fields.get("modified"):
        notes.append("no date on the page")
    if cut:
        notes.append("the page is too large; its end was not read")
    return fields.extraction(DUMP_EXTRACTOR, blocks, tuple(notes))


def _score(line: Line, spaced: bool) -> float:
    if line.kind is LineKind.PROSE:
        score = min(line.words, 40) / 10
        # Where the body's paragraphs stand apart, lines crowded together are a list of teasers.
        return score if line.alone or not spaced else -1.0
    if line.why in _HARD_END:
        return _HARD_END_SCORE
    return _SCORE[line.kind]


def _body_span(lines: list[Line]) -> tuple[int, int]:
    """[start, end) of the run of lines with the greatest sum of scores."""
    prose = [line for line in lines if line.kind is LineKind.PROSE]
    spaced = sum(line.alone for line in prose) * 2 > len(prose)
    best = (0.0, 0, 0)
    total, start = 0.0, 0
    for index, line in enumerate(lines):
        if total <= 0:
            total, start = 0.0, index
        total += _score(line, spaced)
        if total > best[0]:
            best = (total, start, index + 1)
    _, first, last = best
    while first < last and lines[first].kind not in (LineKind.PROSE, LineKind.NOTE, LineKind.LISTED):
        first += 1
    return first, _with_trailing(lines, last)


def _with_trailing(lines: list[Line], end: int) -> int:
    """Credits and notes right after the last paragraph belong to the article."""
    while end < len(lines) and lines[end].kind in (LineKind.CREDIT, LineKind.NOTE):
        end += 1
    return end


def _read_header(lines: list[Line], start: int, fields: Fields) -> Header:
    header = Header()
    reach = range(start - 1, max(-1, start - 1 - _HEADER_REACH), -1)
    titles = [index for index in reach if _could_be_title(lines[index])]
    if titles:
        header.headline = next((i for i in titles if lines[i].words >= 4), titles[0])
    elif start < len(lines) and lines[start].kind is LineKind.PROSE and _leading_title(lines, start):
        header.headline = start
    if header.headline < 0:
        fields.notes.append("no headline on the page")
        return header
    fields.set("headline", lines[header.headline].text, "page")
    _read_standfirst(lines, header, start, fields)
    _read_byline(lines, header.headline, start, fields)
    _read_section(lines, header.headline, fields)
    return header


def _could_be_title(line: Line) -> bool:
    return line.kind is LineKind.SHORT and 2 <= line.words <= 40 and not line.text.endswith((".", ":", ","))


def _leading_title(lines: list[Line], start: int) -> bool:
    """A first line that reads like a sentence may be the headline when the page starts with it."""
    return start == 0 and len(lines) > 1 and lines[0].words <= 25 and lines[0].alone


def _read_standfirst(lines: list[Line], header: Header, start: int, fields: Fields) -> None:
    """Prose between headline and body, with something else between it and the body."""
    for index in range(header.headline + 1, start):
        line = lines[index]
        if line.kind is LineKind.PROSE or (
            line.kind is LineKind.SHORT and line.words >= 6 and ends_sentence(line.text)
        ):
            header.standfirst = index
            fields.set("standfirst", line.text, "page")
            return


def _read_byline(lines: list[Line], headline: int, start: int, fields: Fields) -> None:
    nearby = [*range(headline + 1, start), *range(headline - 1, max(-1, headline - 6), -1)]
    for index in nearby:
        if lines[index].kind is LineKind.BYLINE:
            names = [part for part in split_names(without_by(lines[index].text)) if not agency_named(part)]
            agencies = [name for part in split_names(without_by(lines[index].text)) if (name := agency_named(part))]
            if agencies:
                fields.set("byline", ", ".join(names), "page")
                fields.set("agency", agencies[0], "credit line")
            fields.set("byline", without_by(lines[index].text), "page")
            return


def _read_section(lines: list[Line], headline: int, fields: Fields) -> None:
    if headline > 0:
        above = lines[headline - 1]
        if above.kind is LineKind.SHORT and above.words <= 3:
            fields.set("section", above.text, "page")


def _head_captions(lines: list[Line], header: Header, start: int) -> list[tuple[BlockKind, str]]:
    if header.headline < 0:
        return []
    between = (lines[index] for index in range(header.headline + 1, start))
    return [(BlockKind.CAPTION, line.text) for line in between if line.kind is LineKind.CAPTION]


_DIRECT = {
    LineKind.PROSE: BlockKind.PARAGRAPH,
    LineKind.LISTED: BlockKind.LIST_ITEM,
    LineKind.CAPTION: BlockKind.CAPTION,
    LineKind.CREDIT: BlockKind.CREDIT,
    LineKind.NOTE: BlockKind.NOTE,
}


def _body_parts(lines: list[Line], start: int, end: int) -> Iterator[tuple[BlockKind, str]]:
    for index in range(start, end):
        line = lines[index]
        if line.kind is LineKind.SHORT:
            yield _short_kind(lines, index, end), line.text
        elif line.kind in _DIRECT:
            yield _DIRECT[line.kind], line.text


def _short_kind(lines: list[Line], index: int, end: int) -> BlockKind:
    """A short line before prose is a subhead unless it ends like a sentence."""
    line = lines[index]
    leads = index + 1 < end and lines[index + 1].kind in (LineKind.PROSE, LineKind.LISTED, LineKind.CAPTION)
    if leads and line.words <= _SUBHEAD_WORDS and not ends_sentence(line.text) and not line.text.endswith((":", ",")):
        return BlockKind.SUBHEAD
    return BlockKind.PARAGRAPH


def _with_gaps(parts: list[tuple[BlockKind, str]]) -> Iterator[Block]:
    first = True
    for kind, text in parts:
        yield Block(kind, text, "" if first else "\n\n")
        if kind in BODY_KINDS:
            first = False


def _read_times(lines: list[Line], start: int, end: int, fields: Fields, url: str | None) -> None:
    """Dates near the body: above it first, then right below it."""
    near = [*range(start - 1, max(-1, start - 1 - _HEADER_REACH), -1), *range(end, min(len(lines), end + 5))]
    for index in near:
        if lines[index].kind is LineKind.TIME and (time := stated_time(lines[index].text)):
            name = "modified" if _MODIFIED.search(lines[index].text) else "published"
            fields.set(name, time, "page")
    fields.set("published", url_date(url), "url")


def _read_sources(lines: list[Line], blocks: tuple[Block, ...], fields: Fields) -> None:
    """Dateline, agency and outlet, as far as the page says them."""
    first = next((block.text for block in blocks if block.kind is BlockKind.PARAGRAPH), "")
    line = dateline(first)
    if line:
        fields.set("dateline", line.place, "page")
        fields.set("agency", line.agency, "dateline")
    mentioned = outlet_mentioned([each.text for each in lines if each.kind is not LineKind.PROSE])
    fields.set("outlet", mentioned, "page")
    if not fields.get("outlet") and fields.get("agency"):
        fields.set("outlet", fields.get("agency"), fields.provenance["agency"])
        fields.notes.append(f"no outlet on the page; taken from the agency in the {fields.provenance['agency']}")
    for block in blocks:
        if block.kind is BlockKind.CREDIT:
            named = re.search(r"\bby\s+(?:the\s+)?([A-Z][\w ]{1,40})", block.text)
            fields.set("agency", agency_named(named.group(1)) if named else "", "credit line")
