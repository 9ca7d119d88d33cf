"""Which words differ between two versions of a sentence, marked as a person would.

Marks never begin or end inside a word or a number. Three kinds of difference are told
apart, and together they are exact: what none of them covers is the same characters on
both sides, white space included.

* **marks**: words added, removed or replaced;
* **shifted**: words that stand elsewhere in the same sentence on the other side;
* **recased**: the first word of a sentence whose capital came or went only because
  something before it came or went ("We …" and "In May we …").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from writethru.comparison.islands import absorb, blocks_of, slide
from writethru.comparison.longest_common import common_words
from writethru.comparison.shifts import shifted_words
from writethru.text.tokens import Span, solid_spans

SLIDE_ROOM = 20
"""Characters of the common tail left for a mark to slide into."""

Spans = tuple[Span, ...]
Starts = Sequence[int]
_Stretch = tuple[range, Span]


class SideMarks(NamedTuple):
    """The three kinds of difference on one side, each in order."""

    marks: Spans = ()
    shifted: Spans = ()
    recased: Spans = ()

    def within(self, start: int, length: int) -> SideMarks:
        """The part that falls in ``length`` characters from ``start`` on, counted from there."""
        return SideMarks(*(_clipped(spans, start, length) for spans in self))


def _clipped(spans: Spans, start: int, length: int) -> Spans:
    found = (Span(max(s.start - start, 0), min(s.end - start, length)) for s in spans)
    return tuple(span for span in found if span.start < span.end)


class _Middle(NamedTuple):
    """The part of one side in which all differences lie."""

    text: str
    offset: int  # where it begins in the whole
    spans: list[tuple[int, int]]  # of its words and signs, in ``text``
    words: list[str]


class _Gap(NamedTuple):
    """What stands between two words that both sides keep: words ``i1:i2`` and ``j1:j2``."""

    i1: int
    i2: int
    j1: int
    j2: int


def mark_words(old: str, new: str, starts_old: Starts = (0,), starts_new: Starts = (0,)) -> tuple[SideMarks, SideMarks]:
    """What differs in ``old`` and in ``new``.

    Args:
        starts_old, starts_new: where sentences begin, to tell what was only recased.
    """
    if old > new:
        marks_new, marks_old = _mark(new, old, starts_new, starts_old)
        return marks_old, marks_new
    return _mark(old, new, starts_old, starts_new)


def _mark(old: str, new: str, starts_old: Starts, starts_new: Starts) -> tuple[SideMarks, SideMarks]:
    head = _same_head(old, new)
    tail = _same_tail(old, new, head)
    a, b = _middle(old, head, tail), _middle(new, head, tail)
    words_old, words_new = _uncapitalised(a, starts_old, b), _uncapitalised(b, starts_new, a)
    sizes = len(words_old), len(words_new)
    blocks = slide(blocks_of(common_words(words_old, words_new)), words_old, words_new)
    blocks = absorb(blocks, words_old, sizes)
    gaps, recased = _gaps(a, b, blocks)
    shifted = shifted_words(words_old, words_new, blocks)
    olds: list[_Stretch] = []
    news: list[_Stretch] = []
    for gap in gaps:
        span_old, span_new = _same_space(a, b, gap)
        olds.append((range(gap.i1, gap.i2), span_old))
        news.append((range(gap.j1, gap.j2), span_new))
    return _collect(a, olds, shifted[0], [i for i, _ in recased]), _collect(
        b, news, shifted[1], [j for _, j in recased]
    )


def _middle(text: str, head: int, tail: int) -> _Middle:
    middle = text[head : len(text) - tail]
    spans = solid_spans(middle)
    return _Middle(middle, head, spans, [middle[start:end] for start, end in spans])


def _uncapitalised(side: _Middle, starts: Starts, other: _Middle) -> list[str]:
    """The words, first words of sentences in lower case where the other side has them so."""
    words = side.words
    for start in starts:
        at = _first_word(side, start - side.offset)
        if at is None or not words[at][:1].isupper():
            continue
        lower = words[at][0].lower() + words[at][1:]
        if lower in other.words and words[at] not in other.words:
            words = [*words[:at], lower, *words[at + 1 :]]
    return words


def _first_word(side: _Middle, start: int) -> int | None:
    """Place of the first word that begins at ``start`` or just after, past opening signs."""
    if start < 0:
        return None
    for at, (begin, _) in enumerate(side.spans):
        if begin >= start and side.words[at][0].isalnum():
            return at if begin < start + 4 else None
    return None


def _gaps(a: _Middle, b: _Middle, blocks: Sequence[tuple[int, int, int]]) -> tuple[list[_Gap], list[tuple[int, int]]]:
    """All gaps that differ, and the kept words that were recased."""
    gaps: list[_Gap] = []
    recased: list[tuple[int, int]] = []
    i = j = 0
    for start_old, start_new, count in (*blocks, (len(a.words), len(b.words), 0)):
        gaps.append(_Gap(i, start_old, j, start_new))
        i, j = start_old + count, start_new + count
        if count and _run(a, start_old, i) != _run(b, start_new, j):
            pairs = [(start_old + k, start_new + k) for k in range(count)]
            recased += [(p, q) for p, q in pairs if a.words[p] != b.words[q]]
            gaps += [_Gap(p, p, q, q) for p, q in pairs[1:]]
    return gaps, recased


def _run(side: _Middle, start: int, end: int) -> str:
    return side.text[side.spans[start][0] : side.spans[end - 1][1]]


def _same_space(a: _Middle, b: _Middle, gap: _Gap) -> tuple[Span, Span]:
    """The spans of a gap on both sides, less the white space that is the same at its ends."""
    left_old, right_old = _ends(a, gap.i1, gap.i2)
    left_new, right_new = _ends(b, gap.j1, gap.j2)
    lead, trail = _shared_space(a.text[left_old:right_old], b.text[left_new:right_new])
    return Span(left_old + lead, right_old - trail), Span(left_new + lead, right_new - trail)


def _ends(side: _Middle, start: int, end: int) -> tuple[int, int]:
    """From the end of the word before the gap to the start of the word after it."""
    left = side.spans[start - 1][1] if start else 0
    right = side.spans[end][0] if end < len(side.spans) else len(side.text)
    return left, right


def _shared_space(old: str, new: str) -> tuple[int, int]:
    """How many white-space characters two pieces share at the front and at the back.

    Where one piece is nothing but white space it is given to the front, so that a mark
    begins with a word and takes the space after it.
    """
    if old == new:
        return len(old), 0
    short, long = (old, new) if len(old) <= len(new) else (new, old)
    if not short.strip():
        if long.startswith(short):
            return len(short), 0
        return (0, len(short)) if long.endswith(short) else (0, 0)
    lead = len(old) - len(old.lstrip())
    trail = len(old) - len(old.rstrip())
    same_lead = lead == len(new) - len(new.lstrip()) and old[:lead] == new[:lead]
    same_trail = trail == len(new) - len(new.rstrip()) and old[len(old) - trail :] == new[len(new) - trail :]
    return (lead if same_lead else 0), (trail if same_trail else 0)


def _collect(side: _Middle, gaps: Sequence[_Stretch], shifted: set[int], recased: Sequence[int]) -> SideMarks:
    """Spans in the whole text, from the words and the span of every gap."""
    marks: list[Span] = []
    moved: list[Span] = []
    for words, (start, end) in gaps:
        if start == end:
            continue
        for begin, stop, is_shifted in _stretches(side, words, (start, end), shifted):
            (moved if is_shifted else marks).append(Span(begin + side.offset, stop + side.offset))
    same = [Span(side.spans[at][0] + side.offset, side.spans[at][1] + side.offset) for at in recased]
    return SideMarks(tuple(marks), tuple(moved), tuple(same))


def _stretches(
    side: _Middle, words: range, span: tuple[int, int], shifted: set[int]
) -> Iterator[tuple[int, int, bool]]:
    """The span of a gap, cut where shifted words begin and end."""
    start, end = span
    state = bool(words) and words[0] in shifted
    for at in words:
        if (at in shifted) != state:
            yield start, side.spans[at][0], state
            start, state = side.spans[at][0], not state
    yield start, end, state


def _same_head(old: str, new: str) -> int:
    """How many characters both begin with, cut back to before a space that parts two words."""
    length = common_prefix(old, new)
    while length > 0:
        length = old.rfind(" ", 0, length)
        if length > 0 and _parts_words(old[length - 1]):
            return length
    return 0


def _same_tail(old: str, new: str, head: int) -> int:
    """How many characters both end with, cut back to after a space that parts two words."""
    start = len(old) - common_prefix(old[head:][::-1], new[head:][::-1]) + SLIDE_ROOM
    while 0 <= start < len(old):
        start = old.find(" ", start) + 1
        if start <= 0 or start == len(old):
            return 0
        if _parts_words(old[start]):
            return len(old) - start
    return 0


def _parts_words(neighbour: str) -> bool:
    """A space beside this character is not inside a number (``200 000``, ``12 %``)."""
    return not (neighbour.isnumeric() or neighbour.isspace() or neighbour in "%‰")


def common_prefix(a: str, b: str) -> int:
    """Length of the longest common prefix, by halving."""
    high = min(len(a), len(b))
    if a[:high] == b[:high]:
        return high
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle
    return low
