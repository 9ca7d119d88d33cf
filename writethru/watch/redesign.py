"""A new template is no edit: a text that only its layout tells from the version it was stands for that version.

Bullets may become list items, and cells of a table a line; the words, their order and their signs may not differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from writethru.model import BODY_KINDS, ArticleText
from writethru.watch.decide import Known, Seen
from writethru.watch.knowledge import KnownReading

_LAYOUT = str.maketrans(dict.fromkeys("•·▪◦‣|", " "))


def same_words(one: ArticleText, other: ArticleText) -> bool:
    """Whether two texts differ in layout only: kinds of blocks, bullets, cells, and where captions stand."""
    fields = ("headline", "standfirst", "byline", "dateline")
    if any(getattr(one, name) != getattr(other, name) for name in fields):
        return False
    return _running(one) == _running(other) and _beside(one) == _beside(other)


def _running(text: ArticleText) -> list[str]:
    return text.text.translate(_LAYOUT).split()


def _beside(text: ArticleText) -> Counter[tuple[str, ...]]:
    return Counter(tuple(b.text.translate(_LAYOUT).split()) for b in text.blocks if b.kind not in BODY_KINDS)


def in_new_template(
    reading: KnownReading, seen: Seen, known: Known, current: Callable[[], ArticleText]
) -> tuple[KnownReading, Seen]:
    """A reading in a new template, and what was seen, as the version whose words they are.

    Args:
        known: what is known of the article; its current version is the one to stand for.
        current: gives that version's text.
    """
    digest = _stands_for(reading, seen, known, current)
    memory = reading.known.memory
    if not digest or memory is None:
        return reading, seen
    kept = replace(reading.known, memory=replace(memory, stands_for=digest))
    return replace(reading, known=kept), replace(seen, text_digest=digest)


def _stands_for(reading: KnownReading, seen: Seen, known: Known, current: Callable[[], ArticleText]) -> str:
    numbers = known.numbers or {}
    before = reading.before
    if before is None or known.current is None or seen.text_digest in numbers:
        return ""
    if before.stands_for and seen.text_digest == before.text_digest:
        return before.stands_for
    if reading.known.redesigned and same_words(current(), reading.extraction.article_text):
        return next((digest for digest, number in numbers.items() if number == known.current), "")
    return ""
