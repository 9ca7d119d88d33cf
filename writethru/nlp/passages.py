"""A text as what the encoder reads at once: a paragraph in pieces, with what rules know of each piece."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from writethru.nlp.wordpiece import WordPiece
from writethru.reuse.quoting import begins_quoted, quoted_stretches
from writethru.text.sentences import sentence_ends

MOST_PIECES = 254
"""Pieces read at once: with the two that stand around them 256; a longer paragraph is read in parts, by sentences."""
LONGEST_PARAGRAPH = 20_000
"""Characters of one paragraph that are read, as by the rules."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a part of a long one.

    Attributes:
        numbers: its pieces, as the vocabulary numbers them.
        spans: the characters of each in the whole text.
        quoted: does the piece stand in quotation marks?
        sentences: the number of the sentence that each is in, counted in the paragraph.
        shapes: how each is written, which the encoder does not see: 0 inside a word, 1 begins one, 2 begins one with a
            capital, 3 begins one of two capitals or more.
    """

    numbers: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    quoted: tuple[bool, ...]
    sentences: tuple[int, ...]
    shapes: tuple[int, ...]


def passages_of(text: str, cutter: WordPiece) -> list[Passage]:
    """The passages of a text in order; its paragraphs are its lines."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    found: list[Passage] = []
    for number, (start, end) in enumerate(lines):
        following = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        paragraph = text[start : min(end, start + LONGEST_PARAGRAPH)]
        whole = _whole(paragraph, start, cutter, taken_up=begins_quoted(following))
        found += [_part(whole, *part) for part in _parts(whole.sentences)]
    return found


def _whole(paragraph: str, start: int, cutter: WordPiece, *, taken_up: bool) -> Passage:
    numbers, spans = cutter.pieces(paragraph)
    quotes = quoted_stretches(paragraph, taken_up=taken_up)
    begins = [quote.start for quote in quotes]
    ends = sentence_ends(paragraph)

    def quoted(at: int) -> bool:
        place = bisect_right(begins, at) - 1
        return place >= 0 and at < quotes[place].end

    return Passage(
        tuple(numbers),
        tuple((first + start, after + start) for first, after in spans),
        tuple(quoted(first) for first, _ in spans),
        tuple(bisect_right(ends, first) for first, _ in spans),
        tuple(_shape(paragraph, first) for first, _ in spans),
    )


def _shape(text: str, first: int) -> int:
    """How a piece that begins here is written."""
    if first and text[first - 1].isalnum() and text[first].isalnum():
        return 0
    if not text[first].isupper():
        return 1
    return 3 if text[first + 1 : first + 2].isupper() else 2


def _part(whole: Passage, start: int, end: int) -> Passage:
    return Passage(
        whole.numbers[start:end],
        whole.spans[start:end],
        whole.quoted[start:end],
        whole.sentences[start:end],
        whole.shapes[start:end],
    )


def _parts(sentences: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Stretches of at most ``MOST_PIECES``, cut where a sentence begins if one does in the second half."""
    start = 0
    while start < len(sentences):
        end = min(start + MOST_PIECES, len(sentences))
        if end < len(sentences):
            starts = (at for at in range(end, start + MOST_PIECES // 2, -1) if sentences[at] != sentences[at - 1])
            end = next(starts, end)
        yield start, end
        start = end
