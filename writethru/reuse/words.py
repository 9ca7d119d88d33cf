"""The running text of an article as folded words, each with its place and what surrounds it.

Quoted speech is marked here, before anything is compared: two reporters who quote one
speaker share words without either having copied the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import zip_longest
from typing import Final, NamedTuple

from writethru.model import ArticleText, Block, BlockKind
from writethru.reuse.common_words import COMMON_WORDS
from writethru.reuse.furniture import is_furniture
from writethru.reuse.quoting import Stretch, begins_quoted, quoted_stretches
from writethru.text.tokens import word_spans

SKIPPED = frozenset({BlockKind.TABLE, BlockKind.NOTE, BlockKind.CREDIT, BlockKind.CAPTION})
"""Blocks that say nothing of copying: results, an outlet's own notes, captions, credits."""
_POSSESSIVE = re.compile(r"['’]s?$")
_GROUPED = re.compile(r"(?<=\d)[, ](?=\d{3})")
_BETWEEN = " \t\u00a0\"'“”‘’«»()[]"
_ENDS = ".!?:…\n"


MOST_WORDS = 20_000
"""Words of one article that are looked at; a longer one is cut there, so that no article costs without bound."""


class Mark:
    """What is known of a word, as bits of a plain integer: an ``IntFlag`` takes ten times as long to ask."""

    NONE: Final = 0
    QUOTED: Final = 1
    """Inside quotation marks."""
    NAME: Final = 2
    """Capitalised though no sentence begins with it, or a number."""
    COMMON: Final = 4
    """A function word."""


class Place(NamedTuple):
    """Where a word stands: number of its block in ``ArticleText.blocks``, characters of that block's text."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """An article's words in reading order.

    Attributes:
        keys: the words folded (case, accents of print, possessives, digit groups).
        marks: what is known of each.
        places: where each stands.
    """

    keys: tuple[str, ...]
    marks: tuple[int, ...]
    places: tuple[Place, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def own(self) -> int:
        """How many words are the writer's own, outside quotation marks."""
        return own_words(self.marks)


def own_words(marks: Iterable[int]) -> int:
    """How many words with these marks stand outside quotation marks."""
    return len(bytes(marks).translate(None, _QUOTED_MARKS))


_QUOTED_MARKS: Final = bytes(mark for mark in range(8) if mark & Mark.QUOTED)
"""All combinations of marks with that one."""


def read_words(text: ArticleText, furniture: frozenset[str] = frozenset()) -> Words:
    """The words of the running text.

    Args:
        furniture: texts of blocks that the outlet prints under other articles too; left out.
    """
    found = _Reading([], [], [])
    kept = [(number, block) for number, block in enumerate(text.blocks) if _counts(block, furniture)]
    for (number, block), following in zip_longest(kept, kept[1:]):
        if len(found.keys) >= MOST_WORDS:
            break
        _read_block(found, number, block.text, _quoted(block, following[1] if following else None))
    return Words(tuple(found.keys[:MOST_WORDS]), tuple(found.marks[:MOST_WORDS]), tuple(found.places[:MOST_WORDS]))


class _Reading(NamedTuple):
    """What has been read so far."""

    keys: list[str]
    marks: list[int]
    places: list[Place]


def _counts(block: Block, furniture: frozenset[str]) -> bool:
    return block.kind not in SKIPPED and block.text not in furniture and not is_furniture(block.text)


def _quoted(block: Block, following: Block | None) -> list[Stretch]:
    """The quoted stretches of a block; what follows it tells whether an open one runs on."""
    if block.kind is BlockKind.QUOTE:
        return [Stretch(0, len(block.text), True)]
    return quoted_stretches(block.text, taken_up=following is not None and begins_quoted(following.text))


def _read_block(found: _Reading, number: int, text: str, quoted: Sequence[Stretch]) -> None:
    """Add the words of one block; at most ``MOST_WORDS`` of them."""
    spans = word_spans(text)[:MOST_WORDS]
    words = [text[start:end] for start, end in spans]
    keys = list(map(folded, words))
    marks = [Mark.COMMON if key in COMMON_WORDS else Mark.NONE for key in keys]
    for at, word in enumerate(words):
        if not marks[at] and (word[0].isdigit() or (word[0].isupper() and not _begins_sentence(text, spans[at][0]))):
            marks[at] = Mark.NAME
    _mark_quoted(marks, spans, quoted)
    found.keys.extend(keys)
    found.marks.extend(marks)
    found.places.extend(map(_place, [(number, start, end) for start, end in spans]))


_place: Final[Callable[[tuple[int, int, int]], Place]] = partial(tuple.__new__, Place)
"""``Place._make`` without its check: hundreds of them are made for an article."""


def _mark_quoted(marks: list[int], spans: Sequence[tuple[int, int]], quoted: Sequence[Stretch]) -> None:
    at = 0
    for stretch in quoted:
        while at < len(spans) and spans[at][0] <= stretch.start:
            at += 1
        while at < len(spans) and spans[at][0] < stretch.end:
            marks[at] |= Mark.QUOTED
            at += 1


def _begins_sentence(text: str, start: int) -> bool:
    before = start - 1
    while before >= 0 and text[before] in _BETWEEN:
        before -= 1
    return before < 0 or text[before] in _ENDS


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """A word as it is compared across outlets: no case, no accents, no possessive, no digit groups.

    >>> folded("Kerry’s"), folded("1,429"), folded("Café")
    ('kerry', '1429', 'cafe')
    """
    bare = _GROUPED.sub("", _POSSESSIVE.sub("", word)) or word
    if bare.isascii():
        return bare.lower()
    split = unicodedata.normalize("NFKD", bare.casefold())
    return "".join(c for c in split if not unicodedata.combining(c)).replace("’", "'")
