"""Byline and times printed around the headline: the lines between it and the first paragraph.

Only a short stretch of the page is read (a few lines above the headline, down to the start of the
text), so that names and dates of teasers elsewhere on the page are never taken for the article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from writethru.extraction.author_lines import (
    before_other_work,
    is_collective,
    named_at_foot,
    named_below_label,
    named_by_own_box,
    said_in_text,
    tells_of_author,
)
from writethru.extraction.headlines import folded
from writethru.extraction.marks import Mark
from writethru.extraction.mixed_bylines import name_after_by, name_beside_date
from writethru.extraction.names import (
    is_by_alone,
    is_names_alone,
    is_uncased_byline,
    looks_like_names,
    starts_with_by,
    without_by,
)
from writethru.extraction.people import is_role
from writethru.extraction.phrases import AGO, DATE_LINE
from writethru.extraction.relative_times import is_relative_line
from writethru.extraction.stated_times import is_time_line, stated_time
from writethru.extraction.tree import Frame, Page, Segment, text_of

ABOVE = 6  # segments above the headline that may belong to its header
BELOW = 40  # segments below the text where a line may say by its words that it is the article's date
INTO_HEADER = 12  # segments of the text's box that may hold a date in a box named after it
INTO_BODY = 3  # segments of the text that may still be header (a byline set as a paragraph)
KICKER_REACH = 3  # segments above the headline among which its kicker stands
_KICKER_CHARS = 80
NEAR = 2  # lines between a bare name and a date that makes it a byline
READING = re.compile(r"\W*(?:\d+\s*-?\s*min(?:ute)?s?\s+read|reading\s+time|\d+\s+min\b)", re.I)
FOOT = 5  # segments below the text among which a line may say who wrote it
_WRITTEN_BY = re.compile(r"(?:written|text|words|posted|reported|article)\s+by\b|by\s*:", re.I)
_LINE = 200
_BOXES_OUTSIDE = 4  # of a line outside the article's box, only the boxes right around it count
_DATE_LABEL = re.compile(
    r"\W*(?:(?:date\s+)?(?:first\s+|last\s+)?(?:published|posted|updated|modified|reviewed)(?:\s+(?:on|date))?|"
    r"publish(?:ing)?\s+date|publication\s+date|date|veröffentlicht|publié(?:\s+le)?|publicado|pubblicato)\W*",
    re.I,
)
_UPDATED = re.compile(
    r"updat|modif|edited|revis|aktualis|mis à jour|actualiz|aggiornat|bijgewerkt|uppdater|oppdater|opdater", re.I
)
_ORIGINALLY = re.compile(
    r"\b(?:originally|first)\s+(?:published|posted|appeared)(?:\s+(?:on|in))?\s*:?|\b(?:erstmals|zuerst)\s+(?:am|veröffentlicht)|"
    r"\bpublié\s+(?:initialement|pour\s+la\s+première\s+fois)\s+le\b",
    re.I,
)
_DAY_ROOM = 40  # letters of a day and its clock
_NAME_ROOM = 30  # beside a name outside the article's box: a date; a title beside it is another article's
_FURNITURE = Mark.FURNITURE | Mark.TEASER | Mark.HARD | Mark.HIDDEN


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a page that is the article's header: segment orders [start, end).

    Attributes:
        headline: order of the printed headline.
        foot: orders of the few lines below the text.
        zone: the box of the whole article.
        head: the box of the printed headline: what encloses it is no furniture of its header.
        strange: texts that are no byline whatever they look like (headline, section, topics), folded.
    """

    start: int
    end: int
    headline: int
    foot: range
    zone: Frame
    head: Frame | None = None
    strange: frozenset[str] = frozenset()


def header_stretch(page: Page, headline: int, body: range, zone: Frame) -> Stretch:
    """The stretch around a headline at segment ``headline`` with the text in the segments ``body``.

    Without a printed headline (-1), the lines right above the text.
    """
    foot = range(body.stop, min(len(page.segments), body.stop + BELOW))
    printed = 0 <= headline < body.start
    top = headline if printed else max(0, body.start - ABOVE)
    end = min(len(page.segments), body.start + INTO_BODY)
    return Stretch(max(0, top - ABOVE), end, top, foot, zone, page.segments[headline].frame if printed else None)


def printed_byline(page: Page, stretch: Stretch) -> str:
    """The names printed in the header or at the foot, without "By", or ""; people before a desk or a team."""
    lines = list(_lines(page, stretch))
    above = next(filter(None, _names_above(page, stretch, lines)), "")
    if above and not is_collective(above):
        return above
    below = next(filter(None, _names_below(page, stretch)), "")
    return above if is_collective(below) and above else below or above


def _names_above(page: Page, stretch: Stretch, lines: list[Segment]) -> Iterator[str]:
    """What may be the byline in the header, the surest first."""
    for position, segment in enumerate(lines):
        after = lines[position + 1].text if position + 1 < len(lines) else ""
        if is_by_alone(segment.text) and looks_like_names(after):
            yield without_by(after)
        if starts_with_by(segment.text) and looks_like_names(segment.text):
            yield without_by(segment.text)
    yield _labelled_name(page, stretch)
    yield from _boxed_names(lines)
    yield from named_below_label(lines)
    yield from (name for name in _unsure_names(page, stretch, lines) if folded(name) not in stretch.strange)


def _unsure_names(page: Page, stretch: Stretch, lines: list[Segment]) -> Iterator[str]:
    """Names that their place alone makes a byline."""
    yield from _mixed_names(lines, stretch)
    yield from named_by_own_box(lines)
    yield from said_in_text(page.segments[stretch.headline : stretch.end])
    yield _bare_name(lines, stretch)


def _names_below(page: Page, stretch: Stretch) -> Iterator[str]:
    yield _name_below(page, stretch)
    yield from named_at_foot(page, stretch.foot, stretch.end)


def line_by(page: Page, stretch: Stretch) -> str:
    """The names of a line that is nothing but "By …", below the printed headline, or ""."""
    if stretch.head is None:
        return ""
    below = (segment.text for segment in _lines(page, stretch) if segment.order > stretch.headline)
    return next((without_by(text) for text in below if starts_with_by(text) and looks_like_names(text)), "")


def _mixed_names(lines: list[Segment], stretch: Stretch) -> Iterator[str]:
    """Names that share their line with a date or a topic."""
    yield from (name_after_by(segment.text) for segment in lines if segment.order >= stretch.headline - 2)
    yield from (name_beside_date(segment.text) for segment in lines if segment.order >= stretch.headline - 1)


def _name_below(page: Page, stretch: Stretch) -> str:
    """One of the last lines of the text, or right below it, that says who wrote it ("Written by Jo Lind")."""
    for order in range(max(0, stretch.foot.start - FOOT), stretch.foot[:FOOT].stop):
        text = page.segments[order].text
        if _WRITTEN_BY.match(text):
            name = without_by(text) if looks_like_names(without_by(text)) else name_after_by(text)
            if name:
                return name
    return ""


def printed_kicker(page: Page, stretch: Stretch, headline: str) -> str:
    """The line right above the headline that its box names as topic or form, or ""."""
    for segment in reversed(page.segments[max(0, stretch.headline - KICKER_REACH) : stretch.headline]):
        boxes = list(segment.frame.chain())[:3]
        named = any(box.marks & Mark.KICKER for box in boxes) and not any(box.marks & _FURNITURE for box in boxes)
        if named and len(segment.text) <= _KICKER_CHARS and segment.frame.within(stretch.zone):
            return segment.text if segment.text not in headline else ""
    return ""


def printed_times(page: Page, stretch: Stretch) -> dict[str, str]:
    """``published`` and ``modified`` as printed in the header, where they are."""
    found = _first_published(page, stretch)
    for words, given in _time_words(page, stretch):
        time = stated_time(given) or stated_time(words)
        if time and not (AGO.match(words) and not given):
            found.setdefault("modified" if _UPDATED.search(words) else "published", time)
    return found or _times_below(page, stretch)


def _first_published(page: Page, stretch: Stretch) -> dict[str, str]:
    """The day of a sentence that says when the article was first published, in the header or below the text."""
    for segment in (
        *page.segments[stretch.start : stretch.end],
        *page.segments[stretch.foot.start : stretch.foot.stop],
    ):
        said = _ORIGINALLY.search(segment.text) if len(segment.text) < _LINE else None
        if said and (time := stated_time(segment.text[said.end() : said.end() + _DAY_ROOM])):
            return {"published": time}
    return {}


def printed_relative_time(page: Page, stretch: Stretch) -> tuple[str, str]:
    """(field, words) of a line of the header that is a time relative to the reader ("2 hours ago"), or ("", "")."""
    for segment in _lines(page, stretch):
        if segment.order >= stretch.headline - NEAR and is_relative_line(segment.text):
            return ("modified" if _UPDATED.search(segment.text) else "published", segment.text)
    return "", ""


def _times_below(page: Page, stretch: Stretch) -> dict[str, str]:
    """A line below the text that says by its words, or by the label before it, that it is the article's date."""
    for order in stretch.foot:
        segment, label = page.segments[order], page.segments[order - 1].text
        boxes = takewhile(lambda box: box is not stretch.zone, segment.frame.chain())
        if len(segment.text) > 120 or any(box.marks & Mark.TEASER for box in boxes):
            continue
        labelled = is_time_line(segment.text) and _DATE_LABEL.fullmatch(label)
        if (DATE_LINE.match(segment.text) or labelled) and (time := stated_time(segment.text)):
            words = f"{label} {segment.text}" if labelled else segment.text
            return {"modified" if _UPDATED.search(words) else "published": time}
    return {}


def _lines(page: Page, stretch: Stretch) -> Iterator[Segment]:
    for segment in page.segments[stretch.start : stretch.end]:
        if len(segment.text) < _LINE and not _in_furniture(segment.frame, stretch):
            yield segment


def _in_furniture(frame: Frame, stretch: Stretch) -> bool:
    boxes = frame.chain() if frame.within(stretch.zone) else islice(frame.chain(), _BOXES_OUTSIDE)
    named = False  # a box named after author or date stands in one that holds buttons too
    for box in boxes:
        if box is stretch.zone or _holds_head(box, stretch):
            return False
        named = named or bool(box.marks & Mark.BYLINE)
        strange = _FURNITURE & ~Mark.FURNITURE if named else _FURNITURE
        if box.marks & strange and not box.marks & (Mark.BYLINE | Mark.TIME):
            return not _is_boxed_name(box)
    return False


def _is_boxed_name(box: Frame) -> bool:
    """Whether a teaser's form is given to the author inside a box named after the author."""
    around = islice(box.chain(), _BOXES_OUTSIDE)
    return bool(box.marks & Mark.TEASER) and any(outer.marks & Mark.BYLINE for outer in around)


def _holds_head(box: Frame, stretch: Stretch) -> bool:
    return stretch.head is not None and stretch.head.within(box)


def _labelled_name(page: Page, stretch: Stretch) -> str:
    """Inline names marked as author (``rel=author``, ``class=author``), joined in page order."""
    frames = {id(segment.frame): before_other_work(segment.text) for segment in _lines(page, stretch)}
    names: list[str] = []
    for mark, element, frame in page.labelled:
        if mark & Mark.BYLINE and id(frame) in frames:
            given = text_of(element)[:_LINE]
            name = without_by(given)
            line = frames[id(frame)]
            teaser = not frame.within(stretch.zone) and len(line) > len(given) + _NAME_ROOM
            if name not in line or teaser:
                continue
            if (looks_like_names(name) or is_uncased_byline(given)) and not any(name in known for known in names):
                names = [known for known in names if known not in name] + [name]
    return ", ".join(names)


def _boxed_names(lines: list[Segment]) -> Iterator[str]:
    """Names in a box marked as byline: its links, each a name, or its line."""
    for segment in lines:
        boxes = list(segment.frame.chain())[:3]
        if not any(box.marks & Mark.BYLINE for box in boxes) or tells_of_author(segment):
            continue
        own = before_other_work(segment.text)
        linked = [name for link in segment.frame.element.iter("a") if (name := text_of(link)) in own]
        if len(linked) > 1 and all(looks_like_names(name) for name in linked):
            yield ", ".join(dict.fromkeys(map(without_by, linked)))
        elif looks_like_names(segment.text) or is_uncased_byline(segment.text):
            yield without_by(segment.text)


def _bare_name(lines: list[Segment], stretch: Stretch) -> str:
    """A line that is nothing but names, near a line that is a time or right above one that is a profession."""
    for position, segment in enumerate(lines):
        if segment.order > stretch.headline and _is_bare_name(segment):
            beside = lines[max(0, position - NEAR) : position + NEAR + 1]
            return segment.text if any(_tells_time(line.text) for line in beside) or _is_title(beside[-NEAR:]) else ""
    above = [segment for segment in lines if stretch.headline - NEAR <= segment.order < stretch.headline]
    dated = any(is_time_line(line.text) for line in above)
    return next((line.text for line in above if dated and _is_bare_name(line)), "")


def _is_bare_name(segment: Segment) -> bool:
    """Capitalised words alone in a line that is no heading."""
    named = is_names_alone(segment.text) and not segment.text.isupper() and len(segment.text) < 80
    return named and segment.frame.tag not in ("h1", "h2", "li")


def _tells_time(line: str) -> bool:
    """A date, a reading time or the label before a date."""
    short = len(line) < 80
    return short and bool(stated_time(line) or READING.match(line) or _DATE_LABEL.fullmatch(line.rstrip(": ")))


def _is_title(lines: list[Segment]) -> bool:
    """Whether a line right below a name is what that person does ("Transport editor")."""
    return any(len(line.text) < 60 and is_role(line.text) for line in lines[:1])


def _time_words(page: Page, stretch: Stretch) -> Iterator[tuple[str, str]]:
    """(printed words, machine-readable value or "") of what may be a time in the header."""
    segments = list(_time_lines(page, stretch))
    frames = {id(segment.frame): segment for segment in segments}
    for mark, element, frame in page.labelled:
        if mark & Mark.TIME and id(frame) in frames:
            line = frames[id(frame)].text
            own = text_of(element)[:_LINE]
            yield (f"{_before(line, own)} {own}", element.get("datetime") or "")
    for segment in segments:
        if len(segment.text) < 120 and any(char.isdigit() for char in segment.text):
            yield segment.text, segment.frame.element.get("datetime") or ""


def _time_lines(page: Page, stretch: Stretch) -> Iterator[Segment]:
    """The lines of the header, and those that are a time and nothing else even in a box of furniture."""
    for segment in page.segments[stretch.start : stretch.end + INTO_HEADER]:
        if len(segment.text) >= _LINE or segment.frame.around & Mark.ENTRY:
            continue
        inside = segment.order < stretch.end
        lone = (inside or segment.frame.marks & Mark.TIME) and _is_lone_time(segment, stretch)
        if lone or (inside and not _in_furniture(segment.frame, stretch)):
            yield segment


def _is_lone_time(segment: Segment, stretch: Stretch) -> bool:
    if not is_time_line(segment.text):
        return False
    boxes = takewhile(lambda box: not _holds_head(box, stretch), segment.frame.chain())
    return not any(box.marks & (Mark.TEASER | Mark.HARD) for box in boxes)


def _before(line: str, own: str) -> str:
    """The words of the line right before the time ("Updated"), at most 30 characters."""
    at = line.find(own) if own else -1
    return line[max(0, at - 30) : at] if at > 0 else ""
