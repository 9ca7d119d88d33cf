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
    """The gaps of an edit with both sides, in order."""
    keyed_old, keyed_new = _keyed(edit.old), _keyed(edit.new)
    olds, news = dict(keyed_old), dict(keyed_new)
    keys = sorted(olds.keys() | news.keys())
    return [Gap(olds.get(key) or _empty(key, keyed_old), news.get(key) or _empty(key, keyed_new)) for key in keys]


def _keyed(sentences: Sequence[Sentence]) -> list[tuple[int, Span]]:
    """Marks by the number of unmarked characters before them; shifted words count as marked."""
    keyed: list[tuple[int, Span]] = []
    offset = marked = 0
    open_end = False
    for sentence in sentences:
        shifted = set(sentence.shifted)
        marked += open_end and bool(sentence.differing) and not sentence.differing[0].start  # the space between them
        open_end = bool(sentence.differing) and sentence.differing[-1].end == len(sentence.text)
        for span in sentence.differing:
            if span not in shifted:
                keyed.append((offset + span.start - marked, Span(offset + span.start, offset + span.end)))
            marked += span.end - span.start
        offset += len(sentence.text) + 1
    return keyed


def _empty(key: int, keyed: Sequence[tuple[int, Span]]) -> Span:
    """Where the other side would have it."""
    at = key + sum(span.end - span.start for k, span in keyed if k < key)
    return Span(at, at)
