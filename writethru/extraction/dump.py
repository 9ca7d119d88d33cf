"""The reader of text dumps: pages somebody saved as plain text, menus, adverts and all.

The body is the run of lines whose scores add up to most; inside it furniture lines are left out,
captions, credits, notes and subheads become blocks of their own kind. The header is read upwards
from the body. A line model has a say about sentences, lists and titles: what the rules keep must not be
unlikely, what they leave out must be likely to be kept. No rule knows an outlet; a small table only
recognises names that are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from writethru.extraction.dump_lines import Line, LineKind, read_lines
from writethru.extraction.fields import Fields, url_date
from writethru.extraction.line_model import chances
from writethru.extraction.memory import numberless_digest
from writethru.extraction.names import agency_named, dateline, outlet_mentioned, split_names, without_by
from writethru.extraction.phrases import ends_sentence
from writethru.extraction.stated_times import stated_time
from writethru.model import BODY_KINDS, Block, BlockKind, Extraction

DUMP_EXTRACTOR = "dump/3"

# Scores of a line towards the body. Chosen by hand on the five seed pages and the benchmark pages
# rendered to text; an end mark must outweigh one stray sentence behind it, not a whole paragraph run.
_SCORE = {
    LineKind.NOTE: 2.0,
    LineKind.CREDIT: 1.0,
    LineKind.CAPTION: 0.0,
    LineKind.SHORT: -0.7,
    LineKind.LISTED: -0.3,
    LineKind.TIME: -1.5,
    LineKind.BYLINE: -1.5,
    LineKind.FURNITURE: -1.5,
}
_RECURS = "recurs"
_HARD_END = ("sign-up", "end")
_HARD_END_SCORE = -3.0
_WORDS_THAT_COUNT_NOTHING = 5  # a teaser's one sentence must not outweigh the title above it
_WORDS_AT_MOST = 40
_WORDS_FOR_ONE = 10
_CROWDED = -1.0
_STRETCH_AT_MOST = -8.0
_HEADER_REACH = 30  # lines above the body that may be its header
_SUBHEAD_WORDS = 9
_LONG_LIST = 8
_CREDIT_REACH = 12  # lines below the run of prose
_SENTENCE_WORDS = 4
_MODELLED = (LineKind.PROSE, LineKind.SHORT, LineKind.LISTED)
_DOUBTED = (BlockKind.SUBHEAD, BlockKind.LIST_ITEM)
_MODELLED_WORDS = 4  # the model was trained on lines of so many words
# A line's chance below which the rules' word for it does not hold, and above which the rules' word against it does not.
# Swept with models of the one half of the annotated pages on the other: .5 reads lists better, .6 news.
_UNLIKELY = 0.3
_LIKELY = 0.55
_STOPS = (".", ".”", '."', "。", "。」", "।", "؟", "۔")
_MODIFIED = re.compile(r"updated|modified|edited|revised", re.I)


@dataclass(slots=True)
class Header:
    """What stands above the body: line indices, -1 where there is none."""

    headline: int = -1
    standfirst: int = -1
    byline: int = -1


@dataclass(frozen=True, slots=True)
class Judged:
    """One line with what it was taken for (None: left out) and why."""

    line: Line
    kind: BlockKind | None
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a line is judged against: the header, the body's run [start, end), each line's chance by the model."""

    header: Header
    start: int
    end: int
    likely: list[float]


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump with its verdicts: all lines, the fields read, where the body stands."""

    judged: list[Judged]
    fields: Fields
    cut: bool


def read_dump(text: str, url: str | None, recurring: frozenset[str] = frozenset()) -> Extraction:
    """The Extraction of a text dump; ``recurring``: keys of lines that the outlet's other pages have too."""
    dump = _read(text, url, recurring)
    if not dump.judged:
        return Extraction(DUMP_EXTRACTOR, notes=("the page is empty",))
    blocks = tuple(_with_gaps([(each.kind, each.line.text) for each in dump.judged if each.kind]))
    _read_sources([each.line for each in dump.judged], blocks, dump.fields)
    return _assemble(dump.fields, blocks, dump.cut)


def judge_dump(text: str, url: str | None, recurring: frozenset[str] = frozenset()) -> list[Judged]:
    """Every non-empty line of a dump with its verdict."""
    return _read(text, url, recurring).judged


def _read(text: str, url: str | None, recurring: frozenset[str] = frozenset()) -> Dump:
    lines, cut = read_lines(text)
    if recurring:
        lines = [_recurring(line) if numberless_digest(line.text) in recurring else line for line in lines]
    fields = Fields()
    if not lines:
        return Dump([], fields, cut)
    start, end = _body_span(lines)
    header = _read_header(lines, start, fields)
    start = max(start, header.headline + 1)
    _read_times(lines, start, end, fields, url)
    place = Place(header, start, end, chances(lines))
    return Dump([_judge(lines, index, place) for index in range(len(lines))], fields, cut)


def _recurring(line: Line) -> Line:
    """A line that other articles' pages have too: no part of the text, and no sign of where the text stands."""
    return replace(line, why=line.why or _RECURS)


def _judge(lines: list[Line], index: int, place: Place) -> Judged:
    """The rules' verdict, unless the model is sure of the other one; a sentence that the rules keep is kept."""
    if lines[index].why == _RECURS:
        return Judged(lines[index], None, _RECURS)
    ruled, likely = _ruled(lines, index, place.header, place.start, place.end), place.likely[index]
    line = ruled.line
    if line.kind not in _MODELLED or line.words < _MODELLED_WORDS or ruled.reason == "field":
        return ruled
    if ruled.kind in _DOUBTED and likely < _UNLIKELY:
        return Judged(line, None, "unlikely-line")
    if not ruled.kind and likely > _LIKELY and index > place.header.headline:
        kind = _DIRECT.get(line.kind) or _short_kind(lines, index, len(lines)) or BlockKind.PARAGRAPH
        return Judged(line, kind, "likely-line")
    return ruled


def _ruled(lines: list[Line], index: int, header: Header, start: int, end: int) -> Judged:
    line = lines[index]
    if index in (header.headline, header.standfirst, header.byline):
        return Judged(line, None, "field")
    if not start <= index < end:
        if line.kind is LineKind.NOTE and index > header.headline:
            return Judged(line, BlockKind.NOTE, "note")
        in_header = 0 <= header.headline < index < start and line.kind is LineKind.CAPTION
        return Judged(line, BlockKind.CAPTION, "caption") if in_header else Judged(line, None, line.why or "elsewhere")
    if line.kind is LineKind.SHORT:
        kind = _short_kind(lines, index, end)
        return Judged(line, kind, kind.value if kind else "title")
    if line.kind is LineKind.LISTED and not _is_content_list(lines, index, start, end):
        return Judged(line, None, "link-list")
    direct = _DIRECT.get(line.kind)
    return Judged(line, direct, line.kind.value if direct else line.why or line.kind.value)


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
    return min(_own_score(line, spaced), 0.0) if line.why == _RECURS else _own_score(line, spaced)


def _own_score(line: Line, spaced: bool) -> float:
    if line.kind is LineKind.PROSE or (line.kind is LineKind.LISTED and ends_sentence(line.text)):
        # Where the body's paragraphs stand apart, lines crowded together are a list of teasers.
        if spaced and not line.alone and line.kind is LineKind.PROSE:
            return _CROWDED
        return (min(line.words, _WORDS_AT_MOST) - _WORDS_THAT_COUNT_NOTHING) / _WORDS_FOR_ONE
    if _is_short_sentence(line):
        return 0.0
    if line.why in _HARD_END:
        return _HARD_END_SCORE
    return _SCORE[line.kind]


def _body_span(lines: list[Line]) -> tuple[int, int]:
    """[start, end) of the run of lines with the greatest sum of scores.

    What a stretch without prose can cost is bounded: a long table or list in the middle of an article
    must not cut it in two.
    """
    prose = [line for line in lines if line.kind is LineKind.PROSE]
    spaced = sum(line.alone for line in prose) * 2 > len(prose)
    best = (0.0, 0, 0)
    total, lost, start = 0.0, 0.0, 0
    for index, line in enumerate(lines):
        score = _score(line, spaced)
        lost = 0.0 if score > 0 else lost + score
        if score > 0 or lost >= _STRETCH_AT_MOST:
            total += score
        if total <= 0:
            total, start = 0.0, index + 1
        if total > best[0]:
            best = (total, start, index + 1)
    _, first, last = best
    while first < last and lines[first].kind not in (LineKind.PROSE, LineKind.NOTE, LineKind.LISTED):
        first += 1
    return first, _with_trailing(lines, _to_credit(lines, last))


def _to_credit(lines: list[Line], end: int) -> int:
    """A credit ("Additional reporting by …") closes an article: what stands between it and the run is the article's."""
    for index in range(end, min(len(lines), end + _CREDIT_REACH)):
        if lines[index].why == "end":
            break
        if lines[index].kind is LineKind.CREDIT:
            return index + 1
    return end


def _with_trailing(lines: list[Line], end: int) -> int:
    """Credits, notes and short sentences right after the last paragraph belong to the article."""
    while end < len(lines) and (lines[end].kind in (LineKind.CREDIT, LineKind.NOTE) or _is_short_sentence(lines[end])):
        end += 1
    return end


def _is_short_sentence(line: Line) -> bool:
    """A paragraph of few words: "Two ferries were sent to Grange." An exclamation or a question is an appeal's too."""
    return line.kind is LineKind.SHORT and line.alone and line.words >= _SENTENCE_WORDS and line.text.endswith(_STOPS)


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
    header.byline = _read_byline(lines, header.headline, start, fields)
    _read_section(lines, header.headline, fields)
    return header


def _could_be_title(line: Line) -> bool:
    if line.kind is not LineKind.SHORT or line.why == _RECURS:
        return False
    return 2 <= line.words <= 40 and not line.text.endswith((".", ":", ","))


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


def _read_byline(lines: list[Line], headline: int, start: int, fields: Fields) -> int:
    """Set the byline from the line nearest to the headline; the line's index or -1."""
    nearby: list[int] = [*range(headline + 1, start), *range(headline - 1, max(-1, headline - 6), -1)]
    for index in nearby:
        if lines[index].kind is LineKind.BYLINE:
            names = [part for part in split_names(without_by(lines[index].text)) if not agency_named(part)]
            agencies = [name for part in split_names(without_by(lines[index].text)) if (name := agency_named(part))]
            if agencies:
                fields.set("byline", ", ".join(names), "page")
                fields.set("agency", agencies[0], "credit line")
            fields.set("byline", without_by(lines[index].text), "page")
            return index
    return -1


def _read_section(lines: list[Line], headline: int, fields: Fields) -> None:
    if headline > 0:
        above = lines[headline - 1]
        if above.kind is LineKind.SHORT and above.words <= 3:
            fields.set("section", above.text, "page")


_DIRECT = {
    LineKind.PROSE: BlockKind.PARAGRAPH,
    LineKind.LISTED: BlockKind.LIST_ITEM,
    LineKind.CAPTION: BlockKind.CAPTION,
    LineKind.CREDIT: BlockKind.CREDIT,
    LineKind.NOTE: BlockKind.NOTE,
}


def _is_content_list(lines: list[Line], index: int, start: int, end: int) -> bool:
    """Sentences in a list, or a short list that a colon announces or prose stands around."""
    if ends_sentence(lines[index].text):
        return True
    first, last = index, index
    while first > start and lines[first - 1].kind is LineKind.LISTED:
        first -= 1
    while last + 1 < end and lines[last + 1].kind is LineKind.LISTED:
        last += 1
    before, after = lines[max(start, first - 1)], lines[min(end - 1, last + 1)]
    if before.text.endswith(":"):
        return True
    return last - first < _LONG_LIST and before.kind is LineKind.PROSE and after.kind is LineKind.PROSE


def _short_kind(lines: list[Line], index: int, end: int) -> BlockKind | None:
    """A short line is text when it ends as a sentence does, a subhead when prose follows it at once.

    Any other one is a title: a link to another story, a picture's label.
    """
    line = lines[index]
    if ends_sentence(line.text) or line.text.endswith((":", ",", ";")):
        return BlockKind.PARAGRAPH
    leads = index + 1 < end and lines[index + 1].kind in (LineKind.PROSE, LineKind.LISTED, LineKind.CAPTION)
    return BlockKind.SUBHEAD if leads and line.words <= _SUBHEAD_WORDS else None


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
