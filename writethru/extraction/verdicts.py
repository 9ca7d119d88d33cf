"""What each segment of a page is, and why: one reading per segment, decided from local features.

A verdict looks at the segment's own words and at the boxes between it and the article's container,
never at counts over the whole page; so furniture added, removed or altered elsewhere cannot flip it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from writethru.extraction.appeals import appeal
from writethru.extraction.endings import Cut, ended
from writethru.extraction.headlines import folded
from writethru.extraction.marks import HEADINGS, Mark
from writethru.extraction.names import is_credit, without_by
from writethru.extraction.phrases import (
    AGO,
    AGO_AT_END,
    DATE_LINE,
    META_RUN,
    NOTE_LABEL,
    PHOTO_CREDIT,
    ends_sentence,
    furniture_phrase,
    is_gate,
    is_note,
    is_teaser,
)
from writethru.extraction.stated_times import is_time_line
from writethru.extraction.tree import Frame, Page, Segment
from writethru.model import BlockKind

_META_LIMIT = 200  # a longer text in a "meta" box is text, not a byline or a date
_CAPTION_LIMIT = 900
_PULL_QUOTE_WORDS = 80
_UNDER_PICTURE = 200
_FEW_CHILDREN = 4
_SUBHEAD_CHARS = 90
_LEAST_SUBHEAD = 3
_PROSE_CHARS = 60
_SPARED = frozenset(("read-more", "button"))  # furniture by its words, unless the writer wrote them
_META_WEIGHT = 150.0  # a box named "meta" or "author" with more running text of its own is the article's
_PICTURE_WEIGHT = 500.0  # a box named "image" with more is not a picture with its caption
_META = Mark.BYLINE | Mark.TIME | Mark.KICKER
_HEADER_PARAGRAPHS = 2  # a standfirst and an opening may stand above the byline
_BYLINE_ROOM = 40  # letters beside the name: "By", a handle


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one segment is.

    Attributes:
        kind: the block kind, or None where the segment is not part of the article.
        reason: a stable word for why ("box", "read-more", "paragraph" …), shown by ``explain``.
    """

    kind: BlockKind | None
    reason: str


@cache
def left_out(reason: str) -> Verdict:
    """The verdict on a segment that is no part of the article: one object for each of the few reasons."""
    return Verdict(None, reason)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a verdict may know besides the segment: the container and the fields read already."""

    container: Frame
    zone: Frame
    headline: str
    standfirst: str
    headline_order: int  # -1 where no heading on the page is the headline
    body_order: int
    credits: frozenset[str] = frozenset()  # texts of inline elements marked as a picture's credit
    byline: str = ""


def judge(page: Page, around: Surroundings) -> list[Verdict]:
    """One verdict per segment, in page order."""
    cuts: list[Cut] = []
    verdicts: list[Verdict] = []
    above = 0  # paragraphs so far: a line that is nothing but date or byline is the header's only near the top
    for segment in page.segments:
        verdict = _judge_one(segment, around)
        led = verdict.reason == "outside-body" and bool(verdicts) and verdicts[-1].reason == "lead"
        spared = (led or verdict.reason in _SPARED) and _stands_among_paragraphs(page, segment)
        if spared or (led and _goes_on(page, segment)):
            verdict = Verdict(BlockKind.PARAGRAPH, "lead" if led else "among-paragraphs")
        if reason := ended(segment, verdict.kind, cuts, around.container):
            verdict = left_out(reason)
        if verdict.kind is BlockKind.PARAGRAPH and above <= _HEADER_PARAGRAPHS:
            reason = _opening_line(segment.text, around, above)
            verdict = left_out(reason) if reason else verdict
            above += not reason
        verdicts.append(verdict)
    return verdicts


_HANDLE = re.compile(r"@\w{2,40}")


def _opening_line(text: str, around: Surroundings, above: int) -> str:
    """Why a line near the top is no paragraph: the date above the first one, or the byline (with a handle, at most)."""
    if not above and is_time_line(text):
        return "date-line"
    if around.byline and len(text) <= 2 * len(around.byline) + _BYLINE_ROOM:
        own = folded(without_by(_HANDLE.sub("", text)))
        return "byline" if own == folded(around.byline) else ""
    return ""


def _stands_among_paragraphs(page: Page, segment: Segment) -> bool:
    """Plain words in a ``<p>`` with running text right before and after it in the same box are the writer's.

    ("Click on the Dataset tab.", "See more resources": an instruction, not a button.)
    """
    if not _is_plain_paragraph(segment) or not 0 < segment.order < len(page.segments) - 1:
        return False
    before, after = page.segments[segment.order - 1], page.segments[segment.order + 1]
    return all(_is_prose_beside(other, segment) for other in (before, after))


def _goes_on(page: Page, segment: Segment) -> bool:
    """A plain paragraph of some length right below one of the lead, in the same box, whatever it ends with."""
    above = page.segments[segment.order - 1].frame
    return _is_plain_paragraph(segment) and len(segment.text) >= _PROSE_CHARS and above.parent is segment.frame.parent


def _is_plain_paragraph(segment: Segment) -> bool:
    frame = segment.frame
    return frame.tag == "p" and not segment.link_chars and not frame.marks and not len(frame.element)


def _is_prose_beside(other: Segment, segment: Segment) -> bool:
    beside = other.frame.tag == "p" and other.frame.parent is segment.frame.parent
    return beside and len(other.text) >= _PROSE_CHARS and other.link_density < 0.5 and ends_sentence(other.text)


def _judge_one(segment: Segment, around: Surroundings) -> Verdict:
    if is_note(segment.text) and segment.link_density < 0.8 and not _hidden(segment.frame):
        return Verdict(BlockKind.NOTE, "note")
    if not segment.frame.within(around.container):
        return _outside(segment, around)
    inner = _inner_marks(segment.frame, around.container)
    return _by_box(segment, inner, around) or _by_words(segment, around) or _by_tag(segment, around)


def _hidden(frame: Frame) -> bool:
    return bool(frame.around & Mark.HIDDEN)


def _inner_marks(frame: Frame, container: Frame) -> int:
    """All marks of the boxes strictly inside the container around a segment."""
    marks = 0
    for box in frame.chain():
        if box is container:
            break
        marks |= box.marks
    return marks


def _outside(segment: Segment, around: Surroundings) -> Verdict:
    """Outside the container only captions beside the body and notes are the article's."""
    if not segment.frame.within(around.zone):
        return left_out("elsewhere")
    inner = _inner_marks(segment.frame, around.zone)
    if inner & Mark.HIDDEN or _furniture_around(segment.frame, around.zone):
        return left_out("box")
    if _in_figure(segment.frame) or segment.frame.marks & Mark.CAPTION:
        return _caption(segment, inner, around)
    if 0 <= around.headline_order < segment.order < around.body_order and _leads(segment, inner, around):
        return Verdict(BlockKind.PARAGRAPH, "lead")
    return left_out("outside-body")


def _leads(segment: Segment, inner: int, around: Surroundings) -> bool:
    """Running text between headline and body, in a header box of its own."""
    text = segment.text
    if (
        len(text) < 60
        or segment.link_density > 0.3
        or not ends_sentence(text)
        or folded(text) == folded(around.standfirst)
    ):
        return False
    return not inner & (Mark.BYLINE | Mark.TIME | Mark.KICKER) and not _by_words(segment, around)


def _in_figure(frame: Frame) -> bool:
    """Whether the text belongs to a picture; a table or a quotation set as a figure does not."""
    for box in frame.chain():
        if box.tag in ("figure", "figcaption"):
            return True
        if box.tag in HEADINGS or box.tag in ("table", "blockquote", "pre"):
            return False
    return False


def _caption(segment: Segment, marks: int, around: Surroundings) -> Verdict:
    text = segment.text
    if len(text) > _CAPTION_LIMIT or len(text) < 3 or furniture_phrase(text):
        return left_out("figure-control")
    if (marks & Mark.CREDIT and len(text) < 120) or text in around.credits or PHOTO_CREDIT.fullmatch(text):
        return Verdict(BlockKind.IMAGE_CREDIT, "image-credit")
    return Verdict(BlockKind.CAPTION, "caption")


def _by_box(segment: Segment, inner: int, around: Surroundings) -> Verdict | None:
    """What the boxes around a segment say it is."""
    if inner & Mark.HIDDEN:
        return left_out("hidden")
    if inner & Mark.NOTE and len(segment.text) < 1500:
        return Verdict(BlockKind.NOTE, "note-box")
    reason = _furniture_around(segment.frame, around.container)
    if reason == "pull-quote" and 3 <= len(segment.text.split()) <= _PULL_QUOTE_WORDS:
        return Verdict(BlockKind.PULL_QUOTE, "pull-quote")
    if reason and not (reason == "teaser" and segment.link_density < 0.3 and ends_sentence(segment.text)):
        return left_out(reason)
    if inner & Mark.CAPTION or _in_figure(segment.frame):
        return _caption(segment, inner, around)
    if segment.frame.marks & Mark.CREDIT and len(segment.text) < 120:
        return Verdict(BlockKind.IMAGE_CREDIT, "image-credit")
    if inner & _META and len(segment.text) < _META_LIMIT and _in_meta_box(segment, around.container):
        return left_out("article-meta")
    if inner & Mark.PICTURE and _in_picture_box(segment.frame, around.container):
        return _caption(segment, inner, around)
    return None


def _in_meta_box(segment: Segment, container: Frame) -> bool:
    """A box named after author, date or topic around the segment that holds next to no running text."""
    frame = segment.frame
    if frame.tag == "p":
        return bool(frame.marks & _META) and not ends_sentence(segment.text)
    for box in frame.chain():
        if box is container:
            return False
        if box.marks & _META:
            return box is frame or box.total < _META_WEIGHT
    return False


def _in_picture_box(frame: Frame, container: Frame) -> bool:
    """One of the two innermost boxes is named after a picture, has one, and next to no other text."""
    for box in list(frame.chain())[:2]:
        if box is container:
            return False
        if box.marks & Mark.PICTURE and box.total < _PICTURE_WEIGHT and box.tag not in ("p", *HEADINGS):
            return box.element.find(".//img") is not None
    return False


def _furniture_around(frame: Frame, limit: Frame) -> str:
    """Why a box between the segment and ``limit`` is furniture, or ""."""
    for box in frame.chain():
        if box is limit:
            break
        if box.furniture:
            return box.furniture
    return ""


def _by_words(segment: Segment, around: Surroundings) -> Verdict | None:
    """What a segment's own words say it is."""
    text = segment.text
    if is_credit(text):
        return Verdict(BlockKind.CREDIT, "credit")
    phrase = furniture_phrase(text)
    if phrase == "sign-up" and not segment.link_chars and segment.frame.tag == "li":
        phrase = ""
    if phrase and (phrase != "read-more" or segment.link_chars or not ends_sentence(text) or len(text) < 60):
        return left_out(phrase)
    if segment.link_chars and is_teaser(text):
        return left_out("teaser")
    if asked := appeal(text):
        return left_out(asked)
    if len(text) < 300 and _is_date_line(segment):
        return left_out("date-line")
    if len(text) < 400 and is_gate(text):
        return left_out("gate")
    if len(text) < 300 and (own := folded(text)) and own in (folded(around.headline), folded(around.standfirst)):
        return left_out("field")
    return None


def _is_date_line(segment: Segment) -> bool:
    """When the page was made, and nothing else; a figure alone in a cell of a table is a figure (81.20)."""
    text = segment.text
    if segment.frame.tag in ("td", "th") and not any(char.isalpha() for char in text):
        return False
    if AGO.match(text) or DATE_LINE.match(text) or AGO_AT_END.search(text[-60:]):
        return True
    return META_RUN.fullmatch(text) is not None


def _by_tag(segment: Segment, around: Surroundings) -> Verdict:
    tag = _telling_tag(segment.frame, around.container)
    if tag in HEADINGS:
        return _heading(segment)
    density = segment.link_density
    if density > 0.9 and not ends_sentence(segment.text):
        return left_out("link")
    if tag == "li":
        return left_out("link-list") if density > 0.6 else Verdict(BlockKind.LIST_ITEM, "list-item")
    if tag == "blockquote":
        return Verdict(BlockKind.QUOTE, "quote")
    if _is_under_picture(segment, around.container):
        return Verdict(BlockKind.CAPTION, "under-picture")
    if tag in ("td", "th"):
        return Verdict(BlockKind.TABLE, "table")
    if density > 0.8 and len(segment.text) < 200:
        return left_out("link")
    return (
        Verdict(BlockKind.SUBHEAD, "bold-line") if _is_bold_line(segment) else Verdict(BlockKind.PARAGRAPH, "paragraph")
    )


def _is_bold_line(segment: Segment) -> bool:
    """A short paragraph that is bold from end to end and no sentence: a subhead without a tag of its own."""
    text = segment.text
    if segment.frame.tag != "p" or len(text) > _SUBHEAD_CHARS or segment.bold_chars < len(text):
        return False
    return not segment.link_chars and len(segment.lines) == 1 and text[-1].isalnum() and len(text) > _LEAST_SUBHEAD


def _is_under_picture(segment: Segment, container: Frame) -> bool:
    """A short line that is all the text of a box with a picture in it."""
    if len(segment.text) > _UNDER_PICTURE or ends_sentence(segment.text):
        return False
    box = segment.frame if segment.frame.tag != "p" else segment.frame.parent
    if box is None or box is container or len(box.element) > _FEW_CHILDREN or box.element.find(".//img") is None:
        return False
    letters = sum(len(text.strip()) for text in box.element.itertext())
    return letters <= len(segment.text) + 2


def _telling_tag(frame: Frame, container: Frame) -> str:
    """The innermost tag between segment and container that says what the segment is."""
    for box in frame.chain():
        if box is container:
            return ""
        if box.tag in HEADINGS or box.tag in ("li", "blockquote", "td", "th"):
            return _cell_or_text(box, frame)
    return ""


def _cell_or_text(box: Frame, frame: Frame) -> str:
    """A cell with paragraphs in it is layout, not data."""
    if box.tag in ("td", "th") and frame.tag in ("p", "div"):
        return ""
    return box.tag


def _heading(segment: Segment) -> Verdict:
    if segment.link_density > 0.8:
        return left_out("link-heading")
    if NOTE_LABEL.match(segment.text):
        return Verdict(BlockKind.NOTE, "note-label")
    return Verdict(BlockKind.SUBHEAD, "subhead")
