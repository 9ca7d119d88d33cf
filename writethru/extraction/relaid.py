"""The same words laid out otherwise: a list turned into lines with bullets, a row of cells into one line, and back.

Asked only where an outlet has a new template, and only of blocks that are not yet found again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from writethru.extraction.memory import BlockMemory, sketch
from writethru.extraction.tree import Segment

MOST_JOINED = 6
"""Cells of a row that may stand in one line."""
_LEAST_WORDS = 2  # one word alone is like another by chance


def relaid(blocks: Sequence[BlockMemory], segments: Sequence[Segment]) -> Iterator[tuple[BlockMemory, Segment]]:
    """Remembered blocks with the segments that have exactly their words; a block may come with several.

    Args:
        blocks: the article's, not yet found, in the order of the page they were read from.
        segments: those in the article's box that are not yet known, in page order.
    """
    lines = _sketched(blocks)
    taken: set[int] = set()
    for start, segment in enumerate(segments):
        if segment.order in taken:
            continue
        for row in _rows(segments, start):
            words = _words(row)
            numbers = lines.get(words, ())
            several = max(len(row), len(numbers)) > 1 or words.bit_count() >= _LEAST_WORDS
            if numbers and several and all(segment.order not in taken for segment in row):
                taken.update(segment.order for segment in row)
                yield from ((_as_cell(blocks[numbers[0]], cell), cell) for cell in row)
                lines = {key: one for key, one in lines.items() if not set(one) & set(numbers)}
                break


def _sketched(blocks: Sequence[BlockMemory]) -> dict[int, tuple[int, ...]]:
    """Sketch of each block, and of several cells in a row, to their numbers; the longest run wins."""
    found: dict[int, tuple[int, ...]] = {}
    for start, block in enumerate(blocks):
        joined = 0
        for end in range(start, min(start + (MOST_JOINED if block.kind == "table" else 1), len(blocks))):
            if blocks[end].kind != block.kind:
                break
            joined |= blocks[end].sketch
            run = tuple(range(start, end + 1))
            if joined and len(run) > len(found.get(joined, ())):
                found[joined] = run
    return found


def _rows(segments: Sequence[Segment], start: int) -> Iterator[Sequence[Segment]]:
    """A segment alone; the cells of a row from it on."""
    yield segments[start : start + 1]
    if segments[start].frame.tag in ("td", "th"):
        row = segments[start].frame.parent
        end = start + 1
        while end < min(start + MOST_JOINED, len(segments)) and segments[end].frame.parent is row:
            end += 1
            yield segments[start:end]


def _words(row: Sequence[Segment]) -> int:
    joined = 0
    for segment in row:
        joined |= sketch(segment.text)
    return joined


def _as_cell(block: BlockMemory, segment: Segment) -> BlockMemory:
    """Cells of a table are cells, whatever their words were before."""
    return replace(block, kind="table") if segment.frame.tag in ("td", "th") else block
