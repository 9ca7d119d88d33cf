"""The boxes and blocks of a page written out again as HTML of our own, each block with its verdict and reason.

Nothing of the page is passed through: every tag and attribute written here is ours, and every word is escaped.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from html import escape
from itertools import groupby

from writethru.extraction.marks import HEADINGS
from writethru.extraction.places import step
from writethru.extraction.reasons import sentence_of
from writethru.extraction.tree import Frame, Page
from writethru.model import BODY_KINDS, BlockKind

MOST_SHOWN = 5_000
"""Blocks written out; of a page with more, their number is said."""
MOST_CHARS = 4_000
"""Characters of one block that are written out."""
LEAST_FOLDED = 4
"""Blocks left out one after the other that are folded away under one line."""
FOLDED_CHARS = 160
MOST_BOXES = 8
"""Boxes shown one inside the other."""
_ROWS = frozenset(("tr", "ul", "ol", "blockquote", "figure"))
_UNBELIEVED = frozenset(("new-unproven", "new-outside", "new-apart", "new-heading", "new-repeat", "new-template"))
_BODY = frozenset(BODY_KINDS)


@dataclass(frozen=True, slots=True)
class Mark:
    """How one class of verdicts is shown: a letter, a name, and what it means; the colour is the stylesheet's."""

    name: str
    letter: str
    meaning: str


TEXT = Mark("text", "T", "part of the article’s text")
NOTE = Mark("note", "N", "a correction or clarification, part of the text")
BESIDE = Mark("beside", "B", "part of the article beside its text: caption, credit, pull quote")
FIELD = Mark("field", "F", "read as a field: the headline or the standfirst")
OUT = Mark("out", "–", "left out")
NEW = Mark("new", "?", "new since the page was last read, and not yet believed; left out")
MARKS = (TEXT, NOTE, BESIDE, FIELD, OUT, NEW)
HELD = "held against the page alone"


@dataclass(frozen=True, slots=True)
class Shown:
    """One block as it is shown.

    Attributes:
        kind: what it was read as, None where it was left out.
        held: what the page alone says, where that is the other way round; "" else.
        place: where it stood, for people.
        heading: level 1 to 6, 0 for anything else.
        boxes: the boxes around it that are shown, outermost first.
    """

    kind: BlockKind | None
    reason: str
    text: str
    place: str
    held: str = ""
    heading: int = 0
    boxes: tuple[ShownBox, ...] = ()

    @property
    def mark(self) -> Mark:
        """How it is shown."""
        if self.kind is None:
            return FIELD if self.reason == "field" else NEW if self.reason in _UNBELIEVED else OUT
        if self.kind is BlockKind.NOTE:
            return NOTE
        return TEXT if self.kind in _BODY else BESIDE


@dataclass(frozen=True, slots=True)
class ShownBox:
    """A box that is drawn: its number on the page, its class in the copy, and what is said of it."""

    number: int
    name: str
    label: str = ""


def boxes_of(page: Page, container: Frame | None) -> list[tuple[ShownBox, ...]]:
    """For each frame the boxes to draw around its blocks: the article's, furniture, lists, rows, figures."""
    drawn: list[tuple[ShownBox, ...]] = []
    for frame in page.frames:
        around = drawn[frame.parent.order] if frame.parent is not None else ()
        box = _drawn(frame, container) if len(around) < MOST_BOXES else None
        drawn.append((*around, box) if box else around)
    return drawn


def _drawn(frame: Frame, container: Frame | None) -> ShownBox | None:
    if frame is container:
        return ShownBox(frame.order, "article", f"the article’s box: {step(frame)[1:]}")
    if frame.furniture:
        return ShownBox(frame.order, "furniture", f"{step(frame)[1:]}: {sentence_of(frame.furniture)}")
    return ShownBox(frame.order, f"as-{frame.tag}") if frame.tag in _ROWS else None


def heading_level(frame: Frame) -> int:
    """1 to 6 for a heading's box, 0 for any other."""
    return int(frame.tag[1]) if frame.tag in HEADINGS else 0


def written(blocks: Sequence[Shown]) -> str:
    """All blocks as HTML, in page order."""
    parts = [*_written(blocks[:MOST_SHOWN])]
    if len(blocks) > MOST_SHOWN:
        parts.append(f'<p class="more">{len(blocks) - MOST_SHOWN:,} more blocks are not shown.</p>')
    return "\n".join(parts)


def _written(blocks: Iterable[Shown]) -> Iterator[str]:
    """Blocks in their boxes; what is left out at a stretch is folded away."""
    inside: tuple[ShownBox, ...] = ()
    for is_out, found in groupby(blocks, key=lambda block: block.mark is OUT and not block.held):
        run = list(found)
        if is_out and len(run) >= LEAST_FOLDED:
            around = reduce(lambda one, other: one[: _shared(one, other)], (block.boxes for block in run))
            yield from _moved(inside, around)
            yield f'<details class="x-fold"><summary>{_folded(run)}</summary>'
            inner = yield from _each(run, around)
            yield from _moved(inner, around)
            yield "</details>"
            inside = around
        else:
            inside = yield from _each(run, inside)
    yield from _moved(inside, ())


def _each(run: Iterable[Shown], inside: tuple[ShownBox, ...]) -> Generator[str, None, tuple[ShownBox, ...]]:
    """Blocks one after the other; returns the boxes that are still open."""
    for block in run:
        yield from _moved(inside, block.boxes)
        inside = block.boxes
        yield _block(block)
    return inside


def _moved(inside: Sequence[ShownBox], wanted: Sequence[ShownBox]) -> Iterator[str]:
    """Boxes closed and opened on the way from one place to another."""
    shared = _shared(inside, wanted)
    yield from ("</div>" for _ in inside[shared:])
    yield from (_opened(box) for box in wanted[shared:])


def _folded(run: Sequence[Shown]) -> str:
    words = " · ".join(block.text for block in run[:12])
    told = words if len(words) <= FOLDED_CHARS else f"{words[:FOLDED_CHARS]}…"
    return f'<b class="x-mark">{OUT.letter}</b> {len(run):,} blocks left out: <bdi>{escape(told)}</bdi>'


def _shared(one: Sequence[ShownBox], other: Sequence[ShownBox]) -> int:
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a.number != b.number), min(len(one), len(other)))


def _opened(box: ShownBox) -> str:
    label = f'<p class="x-label">{escape(box.label[:300])}</p>' if box.label else ""
    return f'<div class="x-box x-{escape(box.name)}">{label}'


def _block(block: Shown) -> str:
    mark, why = block.mark, sentence_of(block.reason)
    verdict = block.kind.value.replace("-", " ") if block.kind else "field" if mark is FIELD else "left out"
    held = f'<b class="x-held">⚑ {HELD}</b> {escape(block.held)}. ' if block.held else ""
    reason = f"{held}<code>{escape(block.reason)}</code> {escape(why if not block.held else '')}"
    classes = f"x-block x-{mark.name}" + (" x-is-held" if block.held else "")
    words = f"x-words x-h{block.heading}" if block.heading else "x-words"
    title = escape(f"{verdict}: {block.held or why} ({block.place})", quote=True)
    return (
        f'<div class="{classes}" title="{title}"><p class="x-why"><b class="x-mark">{mark.letter}</b> '
        f'<b>{escape(verdict)}</b> <span class="x-reason">{reason}</span></p>'
        f'<p class="{words}" dir="auto">{_cut(block.text)}</p></div>'
    )


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARS:
        return escape(text)
    return f"{escape(text[:MOST_CHARS])}… <i>({len(text) - MOST_CHARS:,} more characters)</i>"


def legend(blocks: Sequence[Shown]) -> str:
    """What the marks mean, each with the number of its blocks."""
    counts = dict.fromkeys(MARKS, 0)
    for block in blocks:
        counts[block.mark] += 1
    rows = "".join(
        f'<li class="x-{mark.name}"><b class="x-mark">{mark.letter}</b> {escape(mark.meaning)} ({counts[mark]:,})</li>'
        for mark in MARKS
    )
    held = sum(1 for block in blocks if block.held)
    said = "decided by what is known of the article or its outlet, where this page alone says the opposite"
    return f'<ul class="x-legend">{rows}<li class="x-is-held"><b class="x-held">⚑</b> {said} ({held:,})</li></ul>'
