"""Live blogs: which blocks are which entry, by the page's boxes or by what its JSON-LD states.

An entry is known by the id its box carries, or by the address or time the page states for it, so that a
new one is an entry more and not the whole text anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from writethru.extraction import structured
from writethru.extraction.assembly import Assembled
from writethru.extraction.headlines import folded
from writethru.extraction.marks import Mark
from writethru.extraction.stated_times import stated_time
from writethru.extraction.structured import Object
from writethru.extraction.tree import Frame, text_of
from writethru.model import BlockKind, LiveEntry

MAX_ENTRIES = 2_000
_IDS = ("id", "data-id", "data-entry-id", "data-post-id", "data-block-id", "data-update-id", "data-entryid")
_OPENING = 40  # letters of an entry's text that tell it from the others


def live_entries(assembled: Assembled, article: Object) -> tuple[LiveEntry, ...]:
    """The entries in page order; none where the page is no live blog."""
    updates = _updates(article)
    boxed = list(_from_boxes(assembled, updates))
    if len(boxed) > 1 or (boxed and updates):
        return tuple(boxed[:MAX_ENTRIES])
    return tuple(_from_statements(assembled, updates))


def _updates(article: Object) -> list[Mapping[str, Any]]:
    given = article.get("liveBlogUpdate")
    return [thing for thing in given[:MAX_ENTRIES] if isinstance(thing, dict)] if isinstance(given, list) else []


def _from_boxes(assembled: Assembled, updates: list[Mapping[str, Any]]) -> Iterator[LiveEntry]:
    boxes = [_entry_box(segments[0].frame) if segments else None for segments in assembled.origins]
    start = 0
    for index in range(1, len(boxes) + 1):
        box = boxes[start]
        if index < len(boxes) and (boxes[index] is box or (boxes[index] is None and not assembled.origins[index])):
            continue
        if box is not None:
            yield _entry(assembled, box, (start, index), updates)
        start = index


def _entry_box(frame: Frame) -> Frame | None:
    return next((box for box in frame.chain() if box.marks & Mark.ENTRY), None)


def _entry(assembled: Assembled, box: Frame, blocks: tuple[int, int], updates: list[Mapping[str, Any]]) -> LiveEntry:
    headline = _headline(assembled, blocks)
    own = next((value for key in _IDS if (value := box.element.get(key))), "")
    time = _time_in(box)
    stated = next((each for each in updates if _is_same(each, own, headline, time)), {})
    said = stated_time(structured.text(stated.get("datePublished"))) or ""
    return LiveEntry(own or _id(stated), time or said, headline or structured.text(stated.get("headline")), blocks)


def _headline(assembled: Assembled, blocks: tuple[int, int]) -> str:
    inside = assembled.blocks[slice(*blocks)]
    return next((block.text for block in inside if block.kind is BlockKind.SUBHEAD), "")


def _time_in(box: Frame) -> str:
    for element in box.element.iter("time"):
        found = stated_time(element.get("datetime") or "") or stated_time(text_of(element)[:100])
        if found:
            return found
    for element in box.element.iterfind(".//*[@itemprop='datePublished']"):
        if found := stated_time(element.get("content") or text_of(element)[:100]):
            return found
    return ""


def _id(update: Mapping[str, Any]) -> str:
    return structured.text(update.get("@id") or update.get("url"))


def _is_same(update: Mapping[str, Any], own: str, headline: str, time: str) -> bool:
    if own and _id(update).endswith(own):
        return True
    said = folded(structured.text(update.get("headline")))
    if said and headline:
        return said == folded(headline)
    return bool(time) and stated_time(structured.text(update.get("datePublished"))) == time


def _from_statements(assembled: Assembled, updates: list[Mapping[str, Any]]) -> Iterator[LiveEntry]:
    """Entries without boxes of their own: each begins at the block that is its headline or its opening words."""
    folds = [folded(block.text) for block in assembled.blocks]
    starts: dict[int, Mapping[str, Any]] = {}
    for update in updates:
        head = folded(structured.text(update.get("headline")))
        opening = folded(structured.text(update.get("articleBody"))[: 4 * _OPENING])[:_OPENING]
        at = next((n for n, fold in enumerate(folds) if head and fold == head), -1)
        if at < 0 and len(opening) == _OPENING:
            at = next((n for n, fold in enumerate(folds) if fold.startswith(opening)), -1)
        if at >= 0:
            starts.setdefault(at, update)
    for at, end in pairwise([*sorted(starts), len(folds)]):
        update = starts[at]
        time = stated_time(structured.text(update.get("datePublished"))) or ""
        yield LiveEntry(_id(update), time, structured.text(update.get("headline")), (at, end))
