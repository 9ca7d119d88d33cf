"""The quoted stretches of a text, each with the attribution that holds it: what ``utterances`` compares.

Read a paragraph at a time: no quotation reaches past its paragraph (one that goes on in the next is a stretch of each).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from writethru.reuse.quoting import begins_quoted, quoted_stretches
from writethru.statements.attributed import Attribution
from writethru.statements.attribution import LONGEST_PARAGRAPH
from writethru.text.tokens import Span

MOST_QUOTATIONS = 2_000
"""Of one text; later ones are left out."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks.

    Attributes:
        span: the words without the marks; its slice of the text is what was printed.
        attribution: index of the attribution whose content holds it, None where nobody is said to have said it.
        closed: the end was printed.
    """

    span: Span
    attribution: int | None
    closed: bool


def quotations_in(text: str, attributions: Sequence[Attribution] = ()) -> list[Quotation]:
    """The quoted stretches of a text, in order and apart; ``attributions`` are those of the same text."""
    contents = sorted((span.start, span.end, at) for at, one in enumerate(attributions) for span in one.content)
    found: list[Quotation] = []
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    for number, (start, end) in enumerate(lines):
        following = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        paragraph = text[start : min(end, start + LONGEST_PARAGRAPH)]
        for first, last, closed in quoted_stretches(paragraph, taken_up=begins_quoted(following)):
            span = _bare(text, start + first + 1, start + last - closed)
            if span.end > span.start:
                found.append(Quotation(span, _holder(span, contents), closed))
        if len(found) >= MOST_QUOTATIONS:
            break
    return found[:MOST_QUOTATIONS]


def _bare(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _holder(span: Span, contents: Sequence[tuple[int, int, int]]) -> int | None:
    """The attribution with the shortest content around the span."""
    around = contents[max(0, bisect_right(contents, (span.start, span.end, len(contents))) - _NESTED) :]
    held = []
    for start, end, at in around:
        if start > span.start:
            break
        if end >= span.end:
            held.append((end - start, at))
    return min(held)[1] if held else None


_NESTED = 12
"""Contents that begin before a quotation and are looked at: more are not set into each other."""
