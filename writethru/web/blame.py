"""The latest text with what brought each sentence: lives of sentences laid over the text's own blocks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from writethru.lives import SentenceLife
from writethru.model import Appearance, ArticleText, Version

MOST_WORDS: Final = 40_000
"""Words of all appearances together that are followed on an article's page (about 30 ms); longer histories have their
sentences on a page of their own."""

MOST_APPEARANCES: Final = 40

LONGEST_HEADLINE: Final = 2_000
"""A longer one is an attack or an accident; it counts no words, and is not followed here."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a block.

    Attributes:
        life: of the sentence that it is, None for what stands between sentences.
    """

    text: str
    life: SentenceLife | None = None

    @property
    def change(self) -> int | None:
        """Number of the change that brought it, None where it stood in the oldest text."""
        return self.life.wordings[-1].change if self.life else None


@dataclass(frozen=True, slots=True)
class BlamedBlock:
    """A field or block of the latest text, in stretches that together are its text."""

    kind: str
    spans: tuple[Span, ...]


def is_short(appearances: Sequence[Appearance], versions: Sequence[Version]) -> bool:
    """Whether a history can be followed while a page is made."""
    if any(len(version.headline) > LONGEST_HEADLINE for version in versions):
        return False
    words = {version.number: version.words for version in versions}
    most = sum(words.get(appearance.version_number, 0) for appearance in appearances)
    return len(appearances) <= MOST_APPEARANCES and most <= MOST_WORDS


def blamed(text: ArticleText, standing: Sequence[SentenceLife]) -> tuple[BlamedBlock, ...]:
    """The text with its sentences' lives; a sentence that is not found in its place stays unmarked.

    Args:
        standing: lives of the sentences of this text, in its order.
    """
    waiting = list(reversed(standing))
    parts = [(name, getattr(text, name)) for name in ArticleText.FIELDS]
    parts += [(block.kind.value, block.text) for block in text.blocks]
    return tuple(BlamedBlock(kind, tuple(_spans(kind, words, waiting))) for kind, words in parts if words)


def _spans(kind: str, words: str, waiting: list[SentenceLife]) -> Iterator[Span]:
    at = 0
    while waiting and waiting[-1].wordings[-1].where == kind:
        sentence = waiting[-1].text
        found = words.find(sentence, at) if sentence else -1
        if found < 0:
            break
        if found > at:
            yield Span(words[at:found])
        at = found + len(sentence)
        yield Span(sentence, waiting.pop())
    if at < len(words):
        yield Span(words[at:])
