"""A page that prints its article twice, say for narrow and for wide windows: what the other printing says otherwise.

A reading takes one printing, and with memory the same one as before, so that nothing is doubled. A paragraph that the
two print in other words is no part of the text twice: what the other printing says is kept as its statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from writethru.extraction.memory import likeness, sketch
from writethru.extraction.phrases import ends_sentence
from writethru.extraction.tree import Page, Segment
from writethru.extraction.verdicts import Verdict
from writethru.model import BODY_KINDS, BlockKind, Statement

_TELLING = 40  # letters; a shorter line is printed twice by chance
_AGAIN = 0.5  # share of the article's paragraphs that a second printing has
_LEAST = 3  # paragraphs printed twice; fewer are a teaser or pull quotes
_EDITED = 0.6  # share of the words of two paragraphs in common: one is the other, edited
_MOST = 20
_LOOKED_AT = 300
_LONGEST = 2_000


def differing(page: Page, verdicts: Sequence[Verdict]) -> Iterator[Statement]:
    """The paragraphs of a second printing that differ from those read, in page order; nothing without one."""
    read, rest = _sides(page, verdicts)
    texts = Counter(segment.text for segment in read)
    again = [segment for segment in rest if segment.text in texts]
    twice = Counter(segment.text for segment in again)
    if len(twice) < _LEAST or len(twice) < _AGAIN * len(texts):
        return
    alone = [sketch(text) for text in texts if not twice[text]][:_LOOKED_AT]
    within = range(again[0].order, again[-1].order + 1)
    other = [segment for segment in rest if segment.order in within or _is_beside(segment, again)][:_LOOKED_AT]
    new = [n for n, segment in enumerate(other) if segment.text not in texts]
    told = (other[n].text for n in new if _is_edited(other[n], alone) or _is_between(other, n, twice))
    for text in islice(told, _MOST):
        yield Statement("text", text[:_LONGEST], "second printing")


def _sides(page: Page, verdicts: Sequence[Verdict]) -> tuple[list[Segment], list[Segment]]:
    """The paragraphs that are read, and the sentences that are left out."""
    pairs = [pair for pair in zip(page.segments, verdicts, strict=True) if len(pair[0].text) >= _TELLING]
    read = [s for s, verdict in pairs if verdict.kind in BODY_KINDS and verdict.kind is not BlockKind.NOTE]
    return read, [s for s, verdict in pairs if verdict.kind is None and ends_sentence(s.text)]


def _is_beside(segment: Segment, again: Sequence[Segment]) -> bool:
    return any(segment.frame.parent is other.frame.parent for other in (again[0], again[-1]))


def _is_edited(segment: Segment, alone: Sequence[int]) -> bool:
    own = sketch(segment.text)
    return any(likeness(own, one) >= _EDITED for one in alone)


def _is_between(other: Sequence[Segment], place: int, twice: Counter[str]) -> bool:
    """Whether a sentence stands between two paragraphs of the second printing, in their box."""
    around = [*other[max(0, place - 1) : place], *other[place + 1 : place + 2]]
    home = other[place].frame.parent
    return len(around) == 2 and all(one.text in twice and one.frame.parent is home for one in around)
