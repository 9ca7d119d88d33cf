"""From two rows of units to linked items: what stayed, moved, was rewritten, split, merged.

Equal blocks are linked first and stay whole; only the rest is cut into sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from writethru.comparison.matching import link_equal, moved_links
from writethru.comparison.pairing import Words, link_leftovers, link_similar, split_parts, words_of
from writethru.comparison.units import FIRST_BLOCK, STANDFIRST, Unit
from writethru.text.sentences import sentence_spans

MOST_PARTS = 8
"""Unlinked neighbours on either side that are looked at as parts of a split."""


class Items:
    """Items of one side: whole blocks or sentences, in order.

    Attributes:
        unit, start: where each stands.
        text: its characters.
        seam: what parts it from the item before: the characters between two sentences
            of one unit, or None at the beginning of a unit.
    """

    __slots__ = ("seam", "start", "text", "unit")

    def __init__(self) -> None:
        self.unit: list[int] = []
        self.start: list[int] = []
        self.text: list[str] = []
        self.seam: list[str | None] = []

    def add_whole(self, unit: int, text: str) -> None:
        """A unit as one item."""
        self.unit.append(unit)
        self.start.append(0)
        self.text.append(text)
        self.seam.append(None)

    def add_sentences(self, unit: int, text: str) -> None:
        """A unit cut into its sentences."""
        spans = sentence_spans(text)
        self.unit += [unit] * len(spans)
        self.start += [start for start, _ in spans]
        self.text += [text[start:stop] for start, stop in spans]
        if spans:
            self.seam.append(None)
            self.seam += [text[before[1] : after[0]] for before, after in pairwise(spans)]


class Alignment:
    """Items of both sides and their links.

    Attributes:
        head, tail: how many units at either end are equal and have no items
            (fields apart: they are compared by name).
        moved: old items whose link does not stand in place.
        splits: old item -> new items (two or more) it became.
        merges: new item -> old items (two or more) it was made from.
    """

    __slots__ = ("head", "merges", "moved", "new", "old", "splits", "tail", "to_new", "to_old")

    def __init__(self, items: tuple[Items, Items], links: tuple[list[int], list[int]], ends: tuple[int, int]) -> None:
        self.old, self.new = items
        self.to_new, self.to_old = links
        self.head, self.tail = ends
        self.moved: set[int] = set()
        self.splits: dict[int, list[int]] = {}
        self.merges: dict[int, list[int]] = {}

    @classmethod
    def of_equals(cls, units: int) -> Alignment:
        """Of a text with itself."""
        return cls((Items(), Items()), ([], []), (units - FIRST_BLOCK, 0))

    def links(self) -> Iterator[tuple[int, int]]:
        """Linked items, by old item; of a split or merge the pair it began with."""
        to_old = self.to_old
        return iter([(i, j) for i, j in enumerate(self.to_new) if j >= 0 and to_old[j] == i])


def align(old: list[Unit], new: list[Unit]) -> Alignment:
    """Align two different texts; the outcome does not depend on which is called old."""
    if old <= new:
        return _align(old, new)
    found = _align(new, old)
    turned = Alignment((found.new, found.old), (found.to_old, found.to_new), (found.head, found.tail))
    turned.moved = {found.to_new[i] for i in found.moved}
    turned.splits, turned.merges = found.merges, found.splits
    return turned


def _align(old: Sequence[Unit], new: Sequence[Unit]) -> Alignment:
    head, tail = _equal_ends(old, new)
    rows = _rows(old, new, head, tail)
    alignment = _block_items(old, new, rows, (head, tail))
    a, b = alignment.old, alignment.new
    if a.text or b.text:
        link_equal(a.text, b.text, alignment.to_new, alignment.to_old)
        _link_rewritten(alignment)
    return alignment


def _equal_ends(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[int, int]:
    """Number of equal units from the first block on, and from the end backwards."""
    most = min(len(old), len(new)) - FIRST_BLOCK
    head = 0
    while head < most and old[FIRST_BLOCK + head] == new[FIRST_BLOCK + head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _rows(old: Sequence[Unit], new: Sequence[Unit], head: int, tail: int) -> tuple[list[int], list[int]]:
    """The units of either side that have items."""
    rows = []
    for units in (old, new):
        row = list(range(FIRST_BLOCK + head, len(units) - tail))
        if old[STANDFIRST].text != new[STANDFIRST].text:
            row.insert(0, STANDFIRST)
        rows.append(row)
    return rows[0], rows[1]


def _block_items(
    old: Sequence[Unit], new: Sequence[Unit], rows: tuple[list[int], list[int]], ends: tuple[int, int]
) -> Alignment:
    """Link equal blocks and cut the others."""
    to_new = [-1] * len(rows[0])
    to_old = [-1] * len(rows[1])
    if rows[0][-1:] == [len(old) - 1]:  # the two ends differ: they belong to each other
        to_new[-1] = len(to_old) - 1
        to_old[-1] = len(to_new) - 1
    link_equal([old[u].text for u in rows[0]], [new[u].text for u in rows[1]], to_new, to_old)
    items_old, whole_old = _cut(old, rows[0], to_new)
    items_new, whole_new = _cut(new, rows[1], to_old)
    links = [-1] * len(items_old.text), [-1] * len(items_new.text)
    alignment = Alignment((items_old, items_new), links, ends)
    for row, item in whole_old.items():
        partner = whole_new[to_new[row]]
        alignment.to_new[item] = partner
        alignment.to_old[partner] = item
    return alignment


def _cut(units: Sequence[Unit], row: Sequence[int], linked: Sequence[int]) -> tuple[Items, dict[int, int]]:
    """Items of one side, and which item each linked unit (by place in ``row``) became."""
    items = Items()
    whole = {}
    for at, unit in enumerate(row):
        if linked[at] >= 0:
            whole[at] = len(items.text)
            items.add_whole(unit, units[unit].text)
        else:
            items.add_sentences(unit, units[unit].text)
    return items, whole


def _link_rewritten(alignment: Alignment) -> None:
    """Link similar sentences, then find splits and merges, then tell moves from the rest."""
    a, b = alignment.old, alignment.new
    alignment.moved = _moved(alignment)
    olds = {i: words_of(a.text[i]) for i, j in enumerate(alignment.to_new) if j < 0}
    news = {j: words_of(b.text[j]) for j, i in enumerate(alignment.to_old) if i < 0}
    if olds and news:
        link_similar(olds, news, places(alignment), alignment.to_new, alignment.to_old)
        alignment.moved = _moved(alignment)
        link_leftovers((a.text, b.text), places(alignment), alignment.to_new, alignment.to_old)
        alignment.splits = _find_splits(olds, news, alignment.to_new, alignment.to_old, {})
        alignment.merges = _find_splits(news, olds, alignment.to_old, alignment.to_new, alignment.splits)
        alignment.moved = _moved(alignment)


def _moved(alignment: Alignment) -> set[int]:
    last = -1
    for _, j in alignment.links():
        if j < last:
            links = list(alignment.links())
            return moved_links(links, [len(alignment.old.text[i]) + 1 for i, _ in links])
        last = j
    return set()


def places(alignment: Alignment) -> tuple[list[int], list[int]]:
    """For every item, how many unmoved links stand before it."""
    to_new, to_old, moved = alignment.to_new, alignment.to_old, alignment.moved
    olds = []
    count = 0
    for i, j in enumerate(to_new):
        olds.append(count)
        count += j >= 0 and to_old[j] == i and i not in moved
    news = []
    count = 0
    for j, i in enumerate(to_old):
        news.append(count)
        count += i >= 0 and to_new[i] == j and i not in moved
    return olds, news


def _find_splits(
    wholes: dict[int, Words],
    parts: dict[int, Words],
    to_part: list[int],
    to_whole: list[int],
    taken: dict[int, list[int]],
) -> dict[int, list[int]]:
    """Wholes with all their parts: unlinked neighbours of a linked part may carry the rest.

    Args:
        taken: parts that are wholes themselves, from the other side's point of view.
    """
    found = {}
    for whole, words in wholes.items():
        part = to_part[whole]
        if part < 0 or part not in parts or part in taken:
            continue
        neighbours = [(at, parts[at]) for at in _free_neighbours(part, parts, to_whole)]
        extra = split_parts(words, parts[part], neighbours) if neighbours else []
        if extra:
            found[whole] = sorted([part, *extra])
            for at in extra:
                to_whole[at] = whole
    return found


def _free_neighbours(part: int, parts: dict[int, Words], to_whole: Sequence[int]) -> list[int]:
    free = []
    for step in (1, -1):
        at = part + step
        while abs(at - part) <= MOST_PARTS and at in parts and to_whole[at] < 0:
            free.append(at)
            at += step
    return free
