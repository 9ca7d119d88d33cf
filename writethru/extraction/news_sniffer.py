"""News Sniffer's version-comparison page: two versions of an article side by side.

The page comes as HTML (a Rails table) or saved as text ("Version 4 | Version 5 |"). Both are read
into rows of cells first; what the rows mean is decided once for both forms.

The page's own counter ("has changed 6 times") is really the number of versions it keeps, so six
means five changes; ``ComparisonPage.versions_stated`` carries it under its true name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from writethru.errors import MalformedInput
from writethru.extraction.decoding import decode
from writethru.extraction.fields import url_date
from writethru.extraction.news_sniffer_rows import Row
from writethru.model import Block, BlockKind, Extraction

SNIFFER_EXTRACTOR = "news-sniffer/1"

OUTLETS = {
    "guardian": "The Guardian",
    "bbc": "BBC News",
    "independent": "The Independent",
    "nytimes": "The New York Times",
    "washingtonpost": "The Washington Post",
    "telegraph": "The Telegraph",
    "rte": "RTÉ",
    "scotsman": "The Scotsman",
}
"""News Sniffer's source keys whose outlet is known; any other key is shown as printed."""

_HEADER_CELL = re.compile(r"\A\s*Version\s+(\d{1,5})\s*\Z", re.I)
_DUMP_HEADER = re.compile(r"^\s*\|?\s*Version\s+\d{1,5}\s*\|\s*Version\s+\d{1,5}\s*\|?\s*$", re.M)
_HTML_HEADER = re.compile(r"<t[hd][^>]*>\s*(?:<[^>]{1,200}>\s*){0,3}Version\s+\d{1,5}\s*<", re.I)
_RULER = re.compile(r"\A[\s|:-]*-{2,}[\s|:-]*\Z")
_INTRO = re.compile(r"from\s+(?:the\s+)?source\s+['\"‘“]?([^'\"’”\s]{1,60})['\"’”]?", re.I)
_FIRST_SEEN = re.compile(r"first\s+published\s+or\s+seen\s+on\s+(.*?)\s*\.(?:\s|\Z)", re.I)
_CHANGED = re.compile(r"has\s+changed\s+(\d{1,6}|once|twice)(?:\s+times?)?", re.I)
_SOURCE_URL = re.compile(r"original\s+source\s+at\s+(\S+)", re.I)
_RETIRED = re.compile(r"won['’]t\s+be\s+checked\s+again", re.I)
_GAP = re.compile(r"\A\s*\(\s*(.{1,60}?)\s+later\s*\)\s*\Z", re.I)
_AMOUNT = re.compile(
    r"(\d{1,6}|an?|one|half\s+an?|less\s+than\s+an?)\s*(second|minute|hour|day|week|month|year)s?", re.I
)
_VAGUE = re.compile(r"about|almost|over|nearly|around|less\s+than|more\s+than|half|approximately|~", re.I)
_UNIT = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86_400,
    "week": 604_800,
    "month": 2_629_746,
    "year": 31_556_952,
}
_ONCE = {"once": 1, "twice": 2}

_COUNTER_NOTE = "News Sniffer's “changed N times” counts versions, not changes"


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """One comparison page.

    Attributes:
        outlet_key: News Sniffer's own key ("guardian"), or "".
        outlet: the outlet's name where the key is known, else the key as printed.
        first_seen: as printed, "" where the page leaves it out.
        url: the article's original URL, or "".
        versions_stated: the number in "has changed N times" (it counts versions), or None.
        old_number, new_number: News Sniffer's version numbers of the two columns.
        old, new: the two texts.
        gap: time between the two versions, or None where none is stated.
        gap_stated: the words it was read from ("35 minutes"), or "".
        approximate: the gap is rounded ("about 2 hours", and anything from days up).
        retired: the page says the article won't be checked again.
        notes: remarks for a person.
    """

    outlet_key: str
    outlet: str
    first_seen: str
    url: str
    versions_stated: int | None
    old_number: int
    new_number: int
    old: Extraction
    new: Extraction
    gap: timedelta | None
    gap_stated: str
    approximate: bool
    retired: bool
    notes: tuple[str, ...] = ()

    @property
    def old_label(self) -> str:
        """The older column's number as a label ("4")."""
        return str(self.old_number)

    @property
    def new_label(self) -> str:
        """The newer column's number as a label ("5")."""
        return str(self.new_number)


def is_comparison_page(page: bytes | str) -> bool:
    """Whether ``page`` is a version-comparison page, in either form."""
    text = decode(page).text[:200_000]
    return bool(_DUMP_HEADER.search(text) or len(_HTML_HEADER.findall(text)) >= 2)


def parse(page: bytes | str) -> ComparisonPage:
    """Read a comparison page.

    Raises:
        MalformedInput: no version table, a table cut short, or a row that does not have two
            cells; the message names the line.
    """
    text = decode(page).text
    if _HTML_HEADER.search(text):
        from writethru.extraction.news_sniffer_html import read_table

        intro, rows = read_table(text)
    else:
        intro, rows = _dump_table(text)
    return _compose(intro, rows)


def parse_gap(words: str) -> tuple[timedelta, bool] | None:
    """``"about 2 hours"`` as (duration, approximate); None where nothing can be read.

    A count of minutes or seconds is as exact as the page gets (the minute); anything from days up
    is rounded by the page and therefore approximate.
    """
    parts = _AMOUNT.findall(words)
    if not parts:
        return None
    seconds = 0.0
    vague = bool(_VAGUE.search(words))
    for amount, unit in parts:
        count = float(amount) if amount.isdigit() else 0.5 if "half" in amount.lower() else 1.0
        seconds += count * _UNIT[unit.lower()]
        vague = vague or unit.lower() in ("day", "week", "month", "year", "hour")
    return timedelta(seconds=seconds), vague


def _dump_table(text: str) -> tuple[str, list[Row]]:
    lines = text.split("\n")
    header = next((n for n, line in enumerate(lines) if _DUMP_HEADER.match(line)), None)
    if header is None:
        raise MalformedInput(
            "no “Version N | Version M” header: this is not a version-comparison page; "
            "save the page that compares two versions of one article"
        )
    rows = [Row(_cells(lines[header]), header + 1)]
    for number, line in enumerate(lines[header + 1 :], start=header + 2):
        if not line.strip() or _RULER.match(line):
            continue
        if "|" not in line:
            if number < len(lines) and any("|" in later for later in lines[number:]):
                raise MalformedInput(_CUT, line=number)
            if not _looks_like_footer(line):
                raise MalformedInput(_CUT, line=number)
            break
        rows.append(_dump_row(line, number))
    return "\n".join(lines[:header]), rows


_CUT = "the version table breaks off here (a row without its second column): save the page again, completely"


def _looks_like_footer(line: str) -> bool:
    """A short line after the table is the site's footer; a long one is half a row."""
    return len(line) < 120


def _dump_row(line: str, number: int) -> Row:
    cells = _cells(line)
    if not line.rstrip().endswith("|"):
        raise MalformedInput(_CUT, line=number)
    if len(cells) == 2:
        return Row(cells, number)
    half = len(cells) // 2
    if len(cells) % 2 == 0 and cells[:half] == cells[half:]:  # a paragraph that itself contains "|"
        text = " | ".join(cells[:half])
        return Row((text, text), number)
    raise MalformedInput(
        f"a row with {len(cells)} cells where two are expected: save the page as HTML, where cells cannot be confused",
        line=number,
    )


def _cells(line: str) -> tuple[str, ...]:
    body = line.strip()
    body = body[1:] if body.startswith("|") and body.count("|") > 2 else body
    body = body[:-1] if body.endswith("|") else body
    return tuple(cell.strip() for cell in re.split(r"(?:\A|(?<=\s))\|(?=\s|\Z)", body))


def _compose(intro: str, rows: list[Row]) -> ComparisonPage:
    numbers = _version_numbers(rows[0])
    content = list(_content_rows(rows))
    if not content:
        raise MalformedInput(
            "the version table has a header but no rows: save the page again, completely", line=rows[0].line
        )
    gap_words = next((m.group(1) for row in rows[1:4] if (m := _GAP.match(" ".join(row.cells)))), "")
    gap = parse_gap(gap_words) if gap_words else None
    key = _found(_INTRO, intro)
    url = _found(_SOURCE_URL, intro).rstrip(".,)")
    title, paragraphs = _title_and_paragraphs(rows, content)
    old, new = (_column(side, title, paragraphs, url, key) for side in (0, 1))
    return ComparisonPage(
        outlet_key=key,
        outlet=OUTLETS.get(key.lower(), key),
        first_seen=_found(_FIRST_SEEN, intro),
        url=url,
        versions_stated=_stated_count(intro),
        old_number=numbers[0],
        new_number=numbers[1],
        old=old,
        new=new,
        gap=gap[0] if gap else None,
        gap_stated=gap_words,
        approximate=gap[1] if gap else False,
        retired=bool(_RETIRED.search(intro)),
        notes=(_COUNTER_NOTE,) if _CHANGED.search(intro) else (),
    )


def _version_numbers(header: Row) -> tuple[int, int]:
    found = [int(match.group(1)) for cell in header.cells if (match := _HEADER_CELL.match(cell))]
    if len(found) != 2:
        raise MalformedInput(
            "the table header does not name two versions: save the page again, completely", line=header.line
        )
    if found[0] >= found[1]:
        raise MalformedInput(
            f"version {found[0]} stands before version {found[1]}: the older version must be on the left",
            line=header.line,
        )
    return found[0], found[1]


def _content_rows(rows: list[Row]) -> Iterator[Row]:
    """The rows that are text: not the header, not the gap, not empty."""
    for row in rows[1:]:
        if any(row.cells) and not _GAP.match(" ".join(row.cells)):
            yield row


def _title_and_paragraphs(rows: list[Row], content: list[Row]) -> tuple[Row | None, list[Row]]:
    """The title row stands before the gap row; without a gap row, first where it is one cell wide."""
    before_gap: list[Row] = []
    for row in rows[1:]:
        if _GAP.match(" ".join(row.cells)):
            return (before_gap[-1], [r for r in content if r not in before_gap]) if before_gap else (None, content)
        if any(row.cells):
            before_gap.append(row)
    first = content[0]
    one_sided = len(content) > 1 and (len(first.cells) == 1 or not first.cells[1])
    return (first, content[1:]) if one_sided else (None, content)


def _column(side: int, title: Row | None, paragraphs: list[Row], url: str, key: str) -> Extraction:
    headline = ""
    if title is not None:
        own = title.cells[side] if side < len(title.cells) else ""
        headline = own or title.cells[0] or title.cells[-1]  # one cell serves both versions
    texts = [row.cells[side] for row in paragraphs if side < len(row.cells) and row.cells[side]]
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, "\n\n" if n else "") for n, text in enumerate(texts))
    published = url_date(url)
    given = {
        "headline": (headline, "table"),
        "published": (published, "url"),
        "outlet": (key, "page"),
        "canonical_url": (url, "page"),
    }
    return Extraction(
        SNIFFER_EXTRACTOR,
        headline=headline,
        published=published or None,
        outlet=OUTLETS.get(key.lower(), key),
        canonical_url=url if urlsplit(url).scheme in ("http", "https") else None,
        blocks=blocks,
        provenance={name: source for name, (value, source) in given.items() if value},
        notes=() if headline else ("the comparison page shows no headline",),
    )


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group(1).strip() if match else ""


def _stated_count(intro: str) -> int | None:
    words = _found(_CHANGED, intro).lower()
    return _ONCE.get(words) or (int(words) if words.isdigit() else None)
