"""An edit laid open for labelling: both sides as one text, and what stands against what.

A gap is a place where the two sides differ. The unmarked rest is the same on both, so the
number of unmarked characters before a mark says which mark of the other side it answers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from writethru.comparison.edits import Edit, Evidence, Sentence
from writethru.text.tokens import Span


class Gap(NamedTuple):
    """What one place holds on either side; an empty span stands where nothing is."""

    old: Span
    new: Span


class Side(NamedTuple):
    """The sentences of one side of an edit as one text.

    Attributes:
        text: the sentences joined by single spaces.
        starts: where each begins.
        marks: words added, removed or replaced, as spans of ``text``.
    """

    text: str
    starts: tuple[int, ...]
    marks: tuple[Span, ...]

    def evidence(self, start: int, end: int) -> Evidence:
        """A span of ``text`` as evidence: sentence and place in it."""
        number = bisect_right(self.starts, start) - 1
        return Evidence(number, start - self.starts[number], end - self.starts[number])

    def marked(self, start: int, end: int) -> bool:
        """Does a mark touch ``text[start:end]``?"""
        return any(mark.start < end and mark.end > start for mark in self.marks)


def sides_of(edit: Edit) -> tuple[Side, Side]:
    """Both sides of an edit."""
    return _side(edit.old), _side(edit.new)


def _side(sentences: Sequence[Sentence]) -> Side:
    if len(sentences) == 1:
        return Side(sentences[0].text, (0,), sentences[0].marks)
    starts: list[int] = []
    marks: list[Span] = []
    at = 0
    for sentence in sentences:
        starts.append(at)
        marks += [Span(m.start + at, m.end + at) for m in sentence.marks]
        at += len(sentence.text) + 1
    return Side(" ".join(s.text for s in sentences), tuple(starts), tuple(marks))


def gaps_of(edit: Edit) -> list[Gap]:
    """The gaps of an edit with both sides, in order.

    Between two single sentences all unmarked characters count; in a split or merge white
    space does not, because the space between two sentences may or may not be marked.
    """
    several = len(edit.old) + len(edit.new) > 2
    olds, news = _Keyed(edit.old, several), _Keyed(edit.new, several)
    keys = sorted(olds.spans.keys() | news.spans.keys())
    return [Gap(olds.at(key), news.at(key)) for key in keys]


class _Keyed:
    """Marks of one side by the number of unmarked characters before them; shifted words count as marked."""

    def __init__(self, sentences: Sequence[Sentence], several: bool) -> None:
        self.spans: dict[int, Span] = {}
        self._ends: list[tuple[int, int]] = [(0, 0)]  # (key, place) behind every mark
        self._text = " ".join(s.text for s in sentences) if several else ""
        offset = key = at = 0
        for sentence in sentences:
            shifted = set(sentence.shifted)
            for start, end in sentence.differing:
                key += self._unmarked(at, offset + start)
                at = offset + end
                if (start, end) not in shifted:
                    before = self.spans.get(key)
                    self.spans[key] = Span(before.start if before else offset + start, at)
                self._ends.append((key, at))
            offset += len(sentence.text) + 1

    def _unmarked(self, start: int, end: int) -> int:
        return len("".join(self._text[start:end].split())) if self._text else end - start

    def at(self, key: int) -> Span:
        """The mark with this key, or the empty span where it would be."""
        span = self.spans.get(key)
        if span is not None:
            return span
        known, place = next(pair for pair in reversed(self._ends) if pair[0] <= key)
        if not self._text:
            return Span(place + key - known, place + key - known)
        while known < key and place < len(self._text):
            known += not self._text[place].isspace()
            place += 1
        return Span(place, place)
