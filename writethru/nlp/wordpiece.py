"""WordPiece: a text as the encoder's pieces, each with its characters.

Lower case, no accents, white space and signs part words, each Chinese character stands alone; a word is cut greedily
into the longest pieces that the vocabulary knows (Wu et al. 2016, as in BERT uncased).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

LONGEST_WORD = 100
"""Characters of a word; a longer one is unknown."""
KEPT_WORDS = 50_000
"""Words whose pieces are remembered."""
UNKNOWN = "[UNK]"
_CHINESE = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))


class Pieces(NamedTuple):
    """A text in pieces: their numbers in the vocabulary, and the characters of each (first, after the last)."""

    numbers: list[int]
    spans: list[tuple[int, int]]


class WordPiece:
    """The cutter of one vocabulary.

    Args:
        vocabulary: piece to number; those inside a word begin with ``##``.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._unknown = vocabulary[UNKNOWN]
        self._known: dict[str, tuple[tuple[int, int, int], ...]] = {}

    def pieces(self, text: str) -> Pieces:
        """All pieces in order; every span is a slice of the text."""
        numbers: list[int] = []
        spans: list[tuple[int, int]] = []
        for start, end in words_and_signs(text):
            for number, first, after in self._cut(text[start:end]):
                numbers.append(number)
                spans.append((start + first, start + after))
        return Pieces(numbers, spans)

    def _cut(self, word: str) -> tuple[tuple[int, int, int], ...]:
        found = self._known.get(word)
        if found is None:
            found = tuple(self._cut_anew(word))
            if len(self._known) < KEPT_WORDS:
                self._known[word] = found
        return found

    def _cut_anew(self, word: str) -> list[tuple[int, int, int]]:
        """Number and characters of each piece, counted in the word as written."""
        plain, places = _plain(word)
        whole = [(self._unknown, 0, len(word))]
        if not plain or len(plain) > LONGEST_WORD:
            return whole if plain else []
        found = []
        start = 0
        while start < len(plain):
            end = self._longest(plain, start)
            if end == start:
                return whole
            number = self._vocabulary[plain[start:end] if not start else f"##{plain[start:end]}"]
            found.append((number, places[start], places[end] if end < len(plain) else len(word)))
            start = end
        return found

    def _longest(self, plain: str, start: int) -> int:
        mark = "##" if start else ""
        return next(
            (end for end in range(len(plain), start, -1) if f"{mark}{plain[start:end]}" in self._vocabulary), start
        )


def words_and_signs(text: str) -> Iterator[tuple[int, int]]:
    """Where each word, and each sign by itself, stands."""
    begun = -1
    for at, character in enumerate(text):
        if not _parts(character):
            begun = at if begun < 0 else begun
            continue
        if begun >= 0:
            yield begun, at
            begun = -1
        if not character.isspace():
            yield at, at + 1
    if begun >= 0:
        yield begun, len(text)


def _parts(character: str) -> bool:
    """White space, punctuation and Chinese characters part words; accents of their own and what is not seen do not."""
    if character.isalnum():
        return _is_chinese(character)
    if character < "\x7f":
        return character.isspace() or character.isprintable()
    return character.isspace() or unicodedata.category(character)[0] == "P"


def _is_chinese(character: str) -> bool:
    code = ord(character)
    return code >= 0x3400 and any(first <= code <= last for first, last in _CHINESE)


def _plain(word: str) -> tuple[str, Sequence[int]]:
    """Small letters without accents, and the character of the word that each is of."""
    if word.isascii():
        return word.lower(), range(len(word))
    found: list[str] = []
    places: list[int] = []
    for at, character in enumerate(word):
        for part in unicodedata.normalize("NFD", character.lower()):
            if unicodedata.category(part) not in ("Mn", "Cf", "Cc"):
                found.append(part)
                places.append(at)
    return "".join(found), places
