"""The searchable form of one article: every block that ever stood in it, once, with the versions it stood in.

Versions share most of their text. So an article is one document, not one for each version; a set of versions is an
integer whose bit ``n - 1`` stands for version ``n``, and a query is worked out with them (``matching``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from writethru.model import ArticleText, BlockKind
from writethru.search.folding import folded_words

FOLD: Final = 1
"""Number of the fold the words were made with; documents of another one are made anew."""

MOST_BYTES: Final = 400_000
"""Of an article's folded words: PostgreSQL holds at most 1 MB of words and places in one document."""

DIGEST: Final = 16
"""Hex digits of a version's digest that tell whether a document still fits the versions."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One field or block in one wording.

    Attributes:
        where: ``headline``, ``standfirst``, ``byline``, ``dateline`` or the block's kind.
        words: folded, with a space before, between and after.
        versions: in which it stands, as bits.
    """

    where: str
    text: str
    words: str
    versions: int


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """An article as search sees it.

    Attributes:
        digests: of its versions, cut, by number.
        latest: number of the version of the newest appearance.
        labels: terms that are no words: outlet, kinds of changes, when it was first seen.
        left_out: blocks that are not searchable because the article has too many words.
        fold: see ``FOLD``.
    """

    article_id: int
    digests: tuple[str, ...]
    latest: int
    units: tuple[Unit, ...]
    labels: tuple[str, ...] = ()
    left_out: int = 0
    fold: int = FOLD

    @property
    def every_version(self) -> int:
        """All versions, as bits."""
        return (1 << len(self.digests)) - 1

    @property
    def has_removed(self) -> bool:
        """Did anything stand that the latest text has no more?"""
        return any(not unit.versions >> (self.latest - 1) & 1 for unit in self.units)

    def to_form(self) -> dict[str, Any]:
        """The form that is stored (packed)."""
        return {
            "fold": self.fold,
            "digests": self.digests,
            "latest": self.latest,
            "units": [[unit.where, unit.text, unit.words[1:-1], runs_of(unit.versions)] for unit in self.units],
            "labels": self.labels,
            "left_out": self.left_out,
        }

    @classmethod
    def from_form(cls, article_id: int, form: Mapping[str, Any]) -> SearchDocument:
        """Inverse of ``to_form``."""
        units = tuple(Unit(where, text, f" {words} ", bits_of(runs)) for where, text, words, runs in form["units"])
        return cls(
            article_id,
            tuple(form["digests"]),
            form["latest"],
            units,
            tuple(form["labels"]),
            form["left_out"],
            form["fold"],
        )


class Writer:
    """Makes a document, version by version.

    Args:
        known: the document so far, None to begin anew.
    """

    def __init__(self, article_id: int, known: SearchDocument | None = None) -> None:
        self.article_id = article_id
        self.digests = list(known.digests) if known else []
        self.left_out = known.left_out if known else 0
        self._units = {(unit.where, unit.text): unit for unit in known.units} if known else {}
        self._room = MOST_BYTES - sum(len(unit.words.encode()) for unit in self._units.values())

    def add(self, digest: str, text: ArticleText) -> None:
        """The next version."""
        bit = 1 << len(self.digests)
        self.digests.append(digest[:DIGEST])
        for where, content in dict.fromkeys(parts_of(text)):
            known = self._units.get((where, content))
            if known is not None:
                self._units[where, content] = Unit(where, content, known.words, known.versions | bit)
            else:
                self._add_unit(where, content, bit)

    def document(self, latest: int, labels: Iterable[str]) -> SearchDocument:
        """The document, given what else is to be found by."""
        units = tuple(self._units.values())
        return SearchDocument(self.article_id, tuple(self.digests), latest, units, tuple(labels), self.left_out)

    def _add_unit(self, where: str, content: str, bit: int) -> None:
        words = f" {' '.join(folded_words(content))} "
        size = len(words.encode())
        if len(words) <= 2:
            return
        if size > self._room:
            self.left_out += 1
            return
        self._room -= size
        self._units[where, content] = Unit(where, content, words, bit)


def parts_of(text: ArticleText) -> Iterator[tuple[str, str]]:
    """What can be found in a text: its fields and blocks, as ``(where, characters)``."""
    for name in ArticleText.FIELDS:
        content = getattr(text, name)
        if content:
            yield name, content
    for block in text.blocks:
        if block.kind is not BlockKind.EMBED:
            yield block.kind.value, block.text


def bits_of(runs: Sequence[Sequence[int]]) -> int:
    """Runs of version numbers as bits."""
    bits = 0
    for first, last in runs:
        bits |= ((1 << (last - first + 1)) - 1) << (first - 1)
    return bits


def runs_of(bits: int) -> list[tuple[int, int]]:
    """Bits as runs of version numbers, first and last of each, ascending."""
    runs = []
    number = 1
    while bits:
        zeros = (bits & -bits).bit_length() - 1
        bits >>= zeros
        number += zeros
        ones = (~bits & -~bits).bit_length() - 1
        runs.append((number, number + ones - 1))
        bits >>= ones
        number += ones
    return runs
