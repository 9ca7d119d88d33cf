"""The verdicts of last time, put on the blocks of this page: what did not change is read as it was.

A block that stands where it stood with the same words keeps its verdict. A block whose words changed
keeps it too, when it is plainly the same block edited. Only what is left is new, and a new block must
earn its place in the text (``earned``). Nothing here looks at the page as a whole, except to find out
whether this is the same template at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from writethru.extraction.memory import ArticleMemory, BlockMemory, likeness, numberless_digest, sketch, text_digest
from writethru.extraction.places import Places
from writethru.extraction.relaid import relaid
from writethru.extraction.tree import Frame, Page, Segment
from writethru.model import BODY_KINDS

EDITED = 0.6
"""An edited block shares this much of its sketch with what it was; two other paragraphs share a third."""
KNOWN_AGAIN = 0.3
"""With less of the article's blocks found again, the memory is of another text and says nothing."""
_TELLING = 40  # letters; a shorter text is like another by chance
_BODY = frozenset(kind.value for kind in BODY_KINDS)
SAME_TEMPLATE = 0.5
"""With less of the blocks found again at their old paths, the outlet has changed its template."""


@dataclass(slots=True)
class Recalled:
    """What the memory says about a page.

    Attributes:
        blocks: order of a segment to the block it was last time.
        how: order of a segment to how it was known: ``same``, ``moved`` or ``edited``.
        container: the box that holds the article now, None where that is not known.
        found: share of the article's blocks that are known again.
        in_place: share of those that stand at their old path.
    """

    blocks: dict[int, BlockMemory] = field(default_factory=dict)
    how: dict[int, str] = field(default_factory=dict)
    container: Frame | None = None
    found: float = 0.0
    in_place: float = 1.0

    @property
    def applies(self) -> bool:
        """Whether this is the article that is remembered."""
        return self.found >= KNOWN_AGAIN

    @property
    def redesigned(self) -> bool:
        """Whether the article's blocks stand at other paths than they did."""
        return self.applies and self.in_place < SAME_TEMPLATE

    def kind_of(self, order: int) -> str:
        """What a segment was last time, "" where it was left out or is not known."""
        block = self.blocks.get(order)
        return block.kind if block else ""


def recall(memory: ArticleMemory, page: Page, places: Places) -> Recalled:
    """Find the remembered blocks again."""
    left = _Left(memory.blocks)
    recalled = Recalled()
    _match_repeated(memory.blocks, page.segments, left, recalled, places)
    _match_same(page.segments, left, recalled, places)
    recalled.container = _container(memory, page, recalled, places)
    if recalled.container is not None:
        inside = [s for s in page.segments if s.frame.within(recalled.container)]
        _match_moved(inside, left.of_article(), left, recalled)
        beside = [block for block in left.of_article() if block.kind not in _BODY]
        _match_moved(page.segments, beside, left, recalled)
        _match_edited(inside, left, recalled, places)
        _measure(memory, recalled)
        if recalled.redesigned:
            _match_edited(page.segments, left, recalled, None)
            _match_relaid(memory, inside, left, recalled)
            _measure(memory, recalled)
    return recalled


class _Left:
    """The remembered blocks that are not yet found again."""

    def __init__(self, blocks: Sequence[BlockMemory]) -> None:
        self.by_place: dict[tuple[str, str, bool], list[BlockMemory]] = defaultdict(list)
        for block in blocks:
            self.by_place[block.digest, block.place, bool(block.kind)].append(block)

    def take(self, digest: str, place: str, *, article: bool) -> BlockMemory | None:
        """The next one with these words at this place."""
        found = self.by_place.get((digest, place, article))
        return found.pop(0) if found else None

    def of_article(self) -> list[BlockMemory]:
        """What is left of the article's own blocks."""
        return [block for (_, _, article), some in self.by_place.items() if article for block in some]

    def remove(self, block: BlockMemory) -> None:
        """This one is found."""
        self.by_place[block.digest, block.place, bool(block.kind)].remove(block)


def _match_repeated(
    blocks: Sequence[BlockMemory], segments: Sequence[Segment], left: _Left, recalled: Recalled, places: Places
) -> None:
    """Words both read and left out at one place: each is told by what stands beside it."""
    wanted: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        wanted[block.digest, block.place].append(at)
    mixed = {key for key, found in wanted.items() if len({bool(blocks[at].kind) for at in found}) > 1}
    if not mixed:
        return
    keys = [(text_digest(segment.text), places.segment(segment)) for segment in segments]
    pairs = [(-_beside(blocks, at, segments, order), order, at)
             for order, key in enumerate(keys) if key in mixed for at in wanted[key]]  # fmt: skip
    taken: set[int] = set()
    for _, order, at in sorted(pairs):
        number = segments[order].order
        if at not in taken and number not in recalled.blocks:
            taken.add(at)
            left.remove(blocks[at])
            recalled.blocks[number] = blocks[at]
            recalled.how[number] = "same"


def _beside(blocks: Sequence[BlockMemory], at: int, segments: Sequence[Segment], order: int) -> int:
    """How many of the two neighbours of a remembered block stand beside a segment."""
    return sum(
        0 <= at + step < len(blocks)
        and 0 <= order + step < len(segments)
        and blocks[at + step].digest
        in (text_digest(segments[order + step].text), numberless_digest(segments[order + step].text))
        for step in (-1, 1)
    )


def _match_same(segments: Sequence[Segment], left: _Left, recalled: Recalled, places: Places) -> None:
    """Same words at the same place; of what was left out, the numbers may differ."""
    for segment in segments:
        if segment.order in recalled.blocks:
            continue
        place = places.segment(segment)
        block = left.take(text_digest(segment.text), place, article=True)
        block = block or left.take(numberless_digest(segment.text), place, article=False)
        if block is not None:
            recalled.blocks[segment.order] = block
            recalled.how[segment.order] = "same"


def _container(memory: ArticleMemory, page: Page, recalled: Recalled, places: Places) -> Frame | None:
    """The box at the remembered path that holds most known text, else the one around all of it."""
    known = [s for s in page.segments if recalled.kind_of(s.order) in ("paragraph", "list-item", "quote", "entry")]
    if not known:
        known = _known_words(memory, page)
    if not known:
        return None
    candidates: dict[int, int] = defaultdict(int)
    boxes: dict[int, Frame] = {}
    for segment in known:
        for box in segment.frame.chain():
            candidates[box.order] += 1
            boxes[box.order] = box
    most = [boxes[order] for order, count in candidates.items() if count >= 0.7 * len(known)]
    same = [box for box in most if places.of(box) == memory.container]
    inner = max(most, key=lambda box: box.depth, default=None)
    chosen = max(same, key=lambda box: box.depth, default=inner)
    if chosen is not None and chosen.tag in ("p", "li", "blockquote") and chosen.parent is not None:
        return chosen.parent
    return chosen


def _known_words(memory: ArticleMemory, page: Page) -> list[Segment]:
    """Segments with the words of the article's blocks, wherever they stand (after a redesign)."""
    wanted = {block.digest for block in memory.blocks if block.kind}
    return [s for s in page.segments if len(s.text) >= 40 and text_digest(s.text) in wanted]


def _match_moved(segments: Sequence[Segment], blocks: Sequence[BlockMemory], left: _Left, recalled: Recalled) -> None:
    """Same words elsewhere: of the text in the article's box, of captions and credits on the page."""
    wanted: dict[str, list[BlockMemory]] = defaultdict(list)
    for block in blocks:
        wanted[block.digest].append(block)
    for segment in segments:
        if segment.order in recalled.blocks or not wanted:
            continue
        found = wanted.get(text_digest(segment.text))
        if found:
            block = found.pop(0)
            left.remove(block)
            recalled.blocks[segment.order] = block
            recalled.how[segment.order] = "moved"


def _match_edited(segments: Sequence[Segment], left: _Left, recalled: Recalled, places: Places | None) -> None:
    """Nearly the same words at the same place; in a new template (no places), wherever they stand."""
    by_place: dict[str, list[BlockMemory]] = defaultdict(list)
    for block in left.of_article():
        by_place[block.place if places else ""].append(block)
    for segment in segments if by_place else ():
        if segment.order in recalled.blocks:
            continue
        candidates = by_place.get(places.segment(segment) if places else "")
        if not candidates or (places is None and len(segment.text) < _TELLING):
            continue
        own = sketch(segment.text)
        best = max(candidates, key=lambda block: likeness(own, block.sketch))
        if likeness(own, best.sketch) >= EDITED:
            candidates.remove(best)
            left.remove(best)
            recalled.blocks[segment.order] = best
            recalled.how[segment.order] = "edited" if places else "moved-edited"


def _match_relaid(memory: ArticleMemory, inside: Sequence[Segment], left: _Left, recalled: Recalled) -> None:
    """In a new template: the same words as other boxes (bullets for items, a line for cells)."""
    rest = left.of_article()
    unknown = [segment for segment in inside if segment.order not in recalled.blocks]
    for block, segment in relaid([block for block in memory.blocks if block in rest], unknown):
        recalled.blocks[segment.order] = block
        recalled.how[segment.order] = "moved"


def _measure(memory: ArticleMemory, recalled: Recalled) -> None:
    total = sum(1 for block in memory.blocks if block.kind)
    known = [order for order, block in recalled.blocks.items() if block.kind]
    recalled.found = len(known) / total if total else 0.0
    same = sum(1 for order in known if not recalled.how[order].startswith("moved"))
    recalled.in_place = same / len(known) if known else 1.0
