"""Promotions set as plain text: a small box with a button to buy, book or join, a short section that sells, and a
heading with nothing under it.

All are told by what stands in the box or right below the heading, never by the page as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from writethru.extraction.marks import HEADINGS
from writethru.extraction.phrases import ends_sentence
from writethru.extraction.tree import Frame, Page, Segment
from writethru.extraction.verdicts import Verdict
from writethru.model import BODY_KINDS, BlockKind

_BUTTON = re.compile(
    r"[\W_]*(?:apply\s+(?:now|today|online)|(?:book|schedule|request|get)\s+(?:a|an|your|my)\s+(?:\w+\s+)?"
    r"(?:demo|call|consultation|quote|trial|appointment|estimate|tour|spot|seat)|start\s+(?:a|your|my)?\s*free\s+trial|"
    r"(?:save|reserve|claim)\s+(?:my|your|a)\s+(?:\w+\s+)?(?:spot|seat|place|discount|offer|copy|gift)(?:\s+now)?|"
    r"(?:join|register|enrol+|donate|subscribe|sign\s+up|become\s+a\s+member)(?:\s+(?:now|today|here|free|for\s+free))?|"
    r"use\s+code\s+\w+(?:\s+\w+)?|talk\s+to\s+(?:sales|an?\s+expert)|contact\s+sales|(?:jetzt|hier)\s+(?:anmelden|bestellen|"
    r"buchen|spenden|abonnieren)|s[’']inscrire|je\s+m[’']abonne|suscr[ií]bete|reg[ií]strate|iscriviti|abbonati)[\W_]*",
    re.I,
)
_MOST_BUTTONS = 40
_MOST_BOXES = 8
_MOST_SEGMENTS = 40
_MOST_LONE = 2
_BUTTON_CHARS = 50
_MOST_CHARS = 450  # of a promotion, without its buttons
_MOST_PROSE = 2
_PROSE_CHARS = 60
_OFFER = re.compile(
    r"\buse\s+(?:the\s+)?(?:promo\s+|discount\s+)?code\b|\b(?:terms|conditions)\s+apply\b|\bpromo\s+code\b|\b\d+\s?%\s+off\b|"
    r"\bfree\s+trial\b|\blimited[- ]time\b|\bmoney[- ]back\b|\bdiscount\s+code\b",
    re.I,
)
_SELLS_ITSELF = re.compile(
    r"\W*(?:advertise|collaborate|partner|sponsor)\s+(?:with|on|in)?\s*(?:us|this\s+newsletter|our\s+\w+)\W*", re.I
)
_MOST_BELOW = 4  # segments of a short section below its heading
_SECTION_CHARS = 700
_TEXT = frozenset((BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.TABLE, BlockKind.ENTRY))


def without_promotions(page: Page, verdicts: Sequence[Verdict], container: Frame) -> list[Verdict]:
    """The verdicts with promotions left out (``promotion``, ``lone-heading``)."""
    kept = list(verdicts)
    buttons = (each for each in page.segments if _is_button(each) and each.frame.within(container))
    for segment in islice(buttons, _MOST_BUTTONS):
        found = _promotion(page, segment, container)
        table = any(kept[other.order].kind is BlockKind.TABLE for other in found)
        for other in found:
            if kept[other.order].kind in BODY_KINDS and not table:
                kept[other.order] = Verdict(None, "promotion")
    for section in _selling_sections(page, container):
        for other in section:
            if kept[other.order].kind in BODY_KINDS:
                kept[other.order] = Verdict(None, "promotion")
    return _without_last_heading(kept)


def _selling_sections(page: Page, container: Frame) -> Iterator[list[Segment]]:
    """Short sections that end in a button under an offer, or whose heading sells the outlet's own space."""
    heads = [each.order for each in page.segments if each.frame.tag in HEADINGS and each.frame.within(container)]
    for head, stop in pairwise([*heads, len(page.segments)]):
        below = [s for s in page.segments[head + 1 : min(stop, head + 2 + _MOST_BELOW)] if s.frame.within(container)]
        if 0 < len(below) <= _MOST_BELOW and _sells(page.segments[head], below):
            yield [page.segments[head], *below]


def _sells(head: Segment, below: list[Segment]) -> bool:
    if sum(len(each.text) for each in below) > _SECTION_CHARS:
        return False
    offered = _is_button(below[-1]) and any(_OFFER.search(each.text) for each in below[:-1])
    return offered or _SELLS_ITSELF.fullmatch(head.text) is not None


def _is_button(segment: Segment) -> bool:
    return len(segment.text) <= _BUTTON_CHARS and segment.link_density > 0.8 and bool(_BUTTON.fullmatch(segment.text))


def _promotion(page: Page, button: Segment, container: Frame) -> list[Segment]:
    """All of the outermost box around a button that holds next to nothing else; [] where there is none.

    Where a box tells something beside its button, one around it that tells more is the text in which it stands.
    """
    found: list[Segment] = []
    for box in islice(button.frame.chain(), _MOST_BOXES):
        if box is container:
            break
        inside = _inside(page, button.order, box)
        prose = [other for other in inside if other.link_density < 0.5]
        says = any(other.link_density < 0.5 and ends_sentence(other.text) for other in found)
        if says and sum(map(_is_told, inside)) > sum(map(_is_told, found)):
            break
        if sum(len(other.text) for other in prose) > _MOST_CHARS:
            break
        if sum(len(other.text) >= _PROSE_CHARS for other in prose) > _MOST_PROSE:
            break
        found = inside
    return found


def _is_told(segment: Segment) -> bool:
    if segment.link_density >= 0.5:
        return False
    return segment.frame.tag == "li" or (len(segment.text) >= _PROSE_CHARS and ends_sentence(segment.text))


def _inside(page: Page, order: int, box: Frame) -> list[Segment]:
    """The segments of a box around the one at ``order``; at most as many as a promotion could have."""
    first = last = order
    while first > 0 and page.segments[first - 1].frame.within(box) and order - first < _MOST_SEGMENTS:
        first -= 1
    while last + 1 < len(page.segments) and page.segments[last + 1].frame.within(box) and last - order < _MOST_SEGMENTS:
        last += 1
    return page.segments[first : last + 1]


def _without_last_heading(verdicts: list[Verdict]) -> list[Verdict]:
    """Subheads behind the last text of the article head what is left out."""
    last = max((order for order, each in enumerate(verdicts) if each.kind in _TEXT), default=-1)
    below = verdicts[last + 1 :]
    if last < 0 or sum(each.kind is BlockKind.SUBHEAD for each in below) > _MOST_LONE:
        return verdicts  # a page that prints headings and hides the text under them
    return verdicts[: last + 1] + [
        replace(each, kind=None, reason="lone-heading") if each.kind is BlockKind.SUBHEAD else each for each in below
    ]
