"""Which words differ between two versions of a sentence, marked as a person would.

Marks never begin or end inside a word or a number, and what is not marked is the same
characters on both sides, white space included.
"""

from __future__ import annotations

from collections.abc import Sequence

from writethru.text.tokens import Span, solid_spans

Marks = tuple[Span, ...]
Block = tuple[int, int, int]  # old token, new token, count

MAX_CELLS = 4_000_000
"""Above this many pairs of words no alignment is sought: the middle is marked as a whole."""


def mark_words(old: str, new: str) -> tuple[Marks, Marks]:
    """The spans of ``old`` and of ``new`` that differ, in order."""
    if old > new:
        marks_new, marks_old = _mark(new, old)
        return marks_old, marks_new
    return _mark(old, new)


def _mark(old: str, new: str) -> tuple[Marks, Marks]:
    head = _same_head(old, new)
    tail = _same_tail(old, new, head)
    middle_old = old[head : len(old) - tail]
    middle_new = new[head : len(new) - tail]
    spans_old = solid_spans(middle_old)
    spans_new = solid_spans(middle_new)
    words_old = [middle_old[start:end] for start, end in spans_old]
    words_new = [middle_new[start:end] for start, end in spans_new]
    kept = equal_blocks(words_old, words_new)
    kept.append((len(words_old), len(words_new), 0))
    marks_old: list[Span] = []
    marks_new: list[Span] = []
    left = (0, 0)
    for i, j, count in kept:
        right = (_start(spans_old, i, middle_old), _start(spans_new, j, middle_new))
        _mark_between(middle_old, middle_new, left, right, marks_old, marks_new)
        for k in range(count - 1):
            left = (spans_old[i + k][1], spans_new[j + k][1])
            right = (spans_old[i + k + 1][0], spans_new[j + k + 1][0])
            _mark_between(middle_old, middle_new, left, right, marks_old, marks_new)
        if count:
            left = (spans_old[i + count - 1][1], spans_new[j + count - 1][1])
    return (
        tuple(Span(s + head, e + head) for s, e in marks_old),
        tuple(Span(s + head, e + head) for s, e in marks_new),
    )


def _start(spans: Sequence[tuple[int, int]], at: int, text: str) -> int:
    return spans[at][0] if at < len(spans) else len(text)


def _mark_between(
    old: str, new: str, left: tuple[int, int], right: tuple[int, int], marks_old: list[Span], marks_new: list[Span]
) -> None:
    """Mark what differs between two kept words: words, and white space only where it must be."""
    piece_old = old[left[0] : right[0]]
    piece_new = new[left[1] : right[1]]
    if piece_old == piece_new:
        return
    lead, trail = _same_spaces(piece_old, piece_new)
    if len(piece_old) > lead + trail:
        marks_old.append(Span(left[0] + lead, right[0] - trail))
    if len(piece_new) > lead + trail:
        marks_new.append(Span(left[1] + lead, right[1] - trail))


def _same_spaces(old: str, new: str) -> tuple[int, int]:
    """How many white-space characters the two pieces share at the front and at the back.

    Where one side is nothing but white space the front has it, so that a mark begins
    with a word and takes the space after it.
    """
    front_old = len(old) - len(old.lstrip())
    front_new = len(new) - len(new.lstrip())
    lead = front_old if old[:front_old] == new[:front_new] else 0
    if front_old == len(old) or front_new == len(new):
        whole = min(len(old), len(new))
        shorter, longer = (old, new) if len(old) == whole else (new, old)
        if longer.startswith(shorter):
            return whole, 0
        return (0, whole) if longer.endswith(shorter) else (0, 0)
    back_old = len(old) - len(old.rstrip())
    back_new = len(new) - len(new.rstrip())
    trail = back_old if old[len(old) - back_old :] == new[len(new) - back_new :] else 0
    return lead, trail


def _same_head(old: str, new: str) -> int:
    """How many characters both begin with, cut back to before a space that parts two words."""
    return _cut(old, common_prefix(old, new))


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


def _cut(text: str, length: int) -> int:
    while length > 0:
        length = text.rfind(" ", 0, length)
        if length <= 0:
            return 0
        if not text[length - 1].isdigit() and not text[length - 1].isspace() and text[length - 1] not in "%‰":
            return length
    return 0


def _same_tail(old: str, new: str, head: int) -> int:
    """How many characters both end with, cut back to after a space that parts two words."""
    length = common_prefix(old[head:][::-1], new[head:][::-1])
    start = len(old) - length
    while True:
        start = old.find(" ", start)
        if start < 0 or start + 1 >= len(old):
            return 0
        following = old[start + 1]
        if not following.isdigit() and not following.isspace() and following not in "%‰":
            return len(old) - start - 1
        start += 1


def equal_blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Stretches of equal words in order: the longest first, then left and right of it."""
    if len(old) * len(new) > MAX_CELLS:
        return []
    places: dict[str, list[int]] = {}
    for at, word in enumerate(new):
        places.setdefault(word, []).append(at)
    blocks: list[Block] = []
    open_ranges = [(0, len(old), 0, len(new))]
    while open_ranges:
        i1, i2, j1, j2 = open_ranges.pop()
        i, j, count = _longest(old, places, (i1, i2), (j1, j2))
        if count:
            blocks.append((i, j, count))
            if i1 < i and j1 < j:
                open_ranges.append((i1, i, j1, j))
            if i + count < i2 and j + count < j2:
                open_ranges.append((i + count, i2, j + count, j2))
    blocks.sort()
    return blocks


def _longest(
    old: Sequence[str], places: dict[str, list[int]], rows: tuple[int, int], columns: tuple[int, int]
) -> Block:
    best = (rows[0], columns[0], 0)
    lengths: dict[int, int] = {}
    for i in range(rows[0], rows[1]):
        following: dict[int, int] = {}
        for j in places.get(old[i], ()):
            if j < columns[0]:
                continue
            if j >= columns[1]:
                break
            length = following[j] = lengths.get(j - 1, 0) + 1
            if length > best[2]:
                best = (i - length + 1, j - length + 1, length)
        lengths = following
    return best
