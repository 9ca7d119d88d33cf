"""Where an article's text ends inside its box: headings such as "Related stories", and what stands below them."""

from __future__ import annotations

from dataclasses import dataclass

from writethru.extraction.marks import HEADINGS
from writethru.extraction.phrases import END_OF_BODY, ends_sentence
from writethru.extraction.tree import Frame, Segment
from writethru.model import BlockKind


@dataclass(frozen=True, slots=True)
class Cut:
    """A heading that ends the article's text, and the box in which it does."""

    heading: Frame
    scope: Frame


def ended(segment: Segment, kind: BlockKind | None, cuts: list[Cut], container: Frame) -> str:
    """Why a segment is no part of the text that a heading has ended, "" where it is not below one.

    Args:
        segment: the next one in page order.
        kind: what it would be.
        cuts: the heading that ended the text last, if any; kept up here from segment to segment.
        container: the article's box.
    """
    if segment.frame.within(container) and _is_end_heading(segment):
        cuts[:] = [_cut(segment)]
        return "end-heading"
    if not cuts or kind in (None, BlockKind.NOTE) or not segment.frame.within(cuts[0].scope):
        return ""
    if _is_text_again(segment, kind, cuts[0]) or _outranks(segment.frame, cuts[0].heading):
        cuts.clear()
        return ""
    return "after-end-heading"


def _cut(segment: Segment) -> Cut:
    """The section a heading opens: its own box where it is bare text in one, else the box around."""
    frame = segment.frame
    bare = frame.tag not in HEADINGS and frame.tag != "p" and len(frame.element) > 1
    return Cut(frame, frame if bare or frame.parent is None else frame.parent)


def _is_text_again(segment: Segment, kind: BlockKind | None, cut: Cut) -> bool:
    """Prose right beside the heading, or long prose anywhere in the section: the article goes on."""
    if kind is not BlockKind.PARAGRAPH or segment.link_density >= 0.3 or not ends_sentence(segment.text):
        return False
    beside = segment.frame.tag == "p" and segment.frame.parent is cut.heading.parent and not segment.link_chars
    return len(segment.text) > (40 if beside else 120)


def _is_end_heading(segment: Segment) -> bool:
    heading = segment.frame.tag in HEADINGS or _bold(segment)
    return heading and len(segment.text) < 90 and bool(END_OF_BODY.match(segment.text))


def _outranks(heading: Frame, other: Frame) -> bool:
    """Whether a heading opens a section as high as or higher than the one the other opened."""
    return heading.tag in HEADINGS and (other.tag not in HEADINGS or heading.tag <= other.tag)


def _bold(segment: Segment) -> bool:
    return segment.bold_chars >= 0.8 * len(segment.text)
