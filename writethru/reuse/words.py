"""The running text of an article as folded words, each with its place and what surrounds it.

Quoted speech is marked here, before anything is compared: two reporters who quote one
speaker share words without either having copied the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
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
MOST_KNOWN: Final = 50_000
"""Words of all articles whose folded form is kept in memory, and as many that were asked for before them."""


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


Span = tuple[int, int]
"""The first character, and one past the last."""


class Stood(NamedTuple):
    """A block with words.

    Attributes:
        first: number of its first word among those of the article.
        block: its number in ``ArticleText.blocks``.
        text: of the block.
    """

    first: int
    block: int
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """An article's words in reading order.

    Attributes:
        keys: the words folded (case, accents of print, possessives, digit groups).
        marks: what is known of each.
        blocks: the blocks that they stand in. Where a word stands there is read again when it is asked for: of few
            articles it is, and kept it would take more than all else.
    """

    keys: tuple[str, ...]
    marks: bytes
    blocks: tuple[Stood, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def own(self) -> int:
        """How many words are the writer's own, outside quotation marks."""
        return own_words(self.marks)

    def quoted(self) -> int:
        """How many words stand inside quotation marks."""
        return len(self.marks) - self.own()

    @property
    def places(self) -> tuple[Place, ...]:
        """Where each word stands."""
        return tuple(
            _place((block, start, end)) for block, spans in self._by_block(0, len(self)) for start, end in spans
        )

    def stretches(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """The characters that these words cover, block by block: ``(block, first character, one past the last)``."""
        return [(block, spans[0][0], spans[-1][1]) for block, spans in self._by_block(start, end)]

    def first(self, most: int) -> Words:
        """The first words alone."""
        kept = tuple(stood for stood in self.blocks if stood.first < most)
        return Words(self.keys[:most], self.marks[:most], kept)

    def _by_block(self, start: int, end: int) -> Iterator[tuple[int, Sequence[Span]]]:
        """Blocks with the places of those of these words that stand in them; none without."""
        bounds = [*(stood.first for stood in self.blocks[1:]), len(self)]
        for (first, block, text), last in zip(self.blocks, bounds, strict=False):
            if max(first, start) < min(last, end):
                yield block, word_spans(text)[max(first, start) - first : min(last, end) - first]


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
    found = _Reading([], bytearray(), [])
    kept = [(number, block) for number, block in enumerate(text.blocks) if _counts(block, furniture)]
    for (number, block), following in zip_longest(kept, kept[1:]):
        if len(found.keys) >= MOST_WORDS:
            break
        _read_block(found, number, block.text, _quoted(block, following[1] if following else None))
    words = Words(tuple(found.keys), bytes(found.marks), tuple(found.blocks))
    return words if len(words) <= MOST_WORDS else words.first(MOST_WORDS)


class _Reading(NamedTuple):
    """What has been read so far."""

    keys: list[str]
    marks: bytearray
    blocks: list[Stood]


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
    if not spans:
        return
    keys, bare = zip(*[_KNOWN[text[start:end]] for start, end in spans], strict=True)
    marks = bytearray(bare)
    at = marks.find(_CAPITAL)
    while at >= 0:
        marks[at] = Mark.NONE if _begins_sentence(text, spans[at][0]) else Mark.NAME
        at = marks.find(_CAPITAL, at + 1)
    _mark_quoted(marks, spans, quoted)
    found.blocks.append(Stood(len(found.keys), number, text))
    found.keys.extend(keys)
    found.marks.extend(marks)


_place: Final[Callable[[tuple[int, int, int]], Place]] = partial(tuple.__new__, Place)
"""``Place._make`` without its check."""


def _mark_quoted(marks: bytearray, spans: Sequence[Span], quoted: Sequence[Stretch]) -> None:
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


class _Known(dict[str, tuple[str, int]]):
    """Words as they are printed, with their folded form and what is known of them wherever they stand.

    Nothing else is as often asked of an article's text, and what is there is found without a call of Python. When it
    is full those that came are put behind, and are forgotten when it is full again unless they were asked for.
    """

    def __init__(self) -> None:
        super().__init__()
        self._behind: dict[str, tuple[str, int]] = {}

    def __missing__(self, word: str) -> tuple[str, int]:
        if len(self) >= MOST_KNOWN:
            self._behind = dict(self)
            self.clear()
        found = self._behind.get(word)
        if found is None:
            key = _folded(word)
            found = key, _bare_mark(key, word[:1])
        self[word] = found
        return found


_KNOWN: Final = _Known()


def _bare_mark(key: str, first: str) -> int:
    if key in COMMON_WORDS:
        return Mark.COMMON
    if first.isdigit():
        return Mark.NAME
    return _CAPITAL if first.isupper() else Mark.NONE


_CAPITAL: Final = 8
"""A name, unless a sentence begins with it."""


def folded(word: str) -> str:
    """A word as it is compared across outlets: no case, no accents, no possessive, no digit groups.

    >>> folded("Kerry’s"), folded("1,429"), folded("Café")
    ('kerry', '1429', 'cafe')
    """
    return _KNOWN[word][0]


def _folded(word: str) -> str:
    bare = _GROUPED.sub("", _POSSESSIVE.sub("", word)) or word
    if bare.isascii():
        return bare.lower()
    split = unicodedata.normalize("NFKD", bare.casefold())
    return "".join(c for c in split if not unicodedata.combining(c)).replace("’", "'")
