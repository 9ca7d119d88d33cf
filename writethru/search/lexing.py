"""A query's pieces: words, phrases, operators, parentheses and names of filters, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from writethru.errors import MalformedQuery

_CLOSING: Final = {'"': '"', "“": "”", "”": "”", "„": "“", "«": "»", "»": "«", "「": "」", "『": "』", "＂": "＂"}
_ALSO_CLOSING: Final = {"„": "”", "“": '"'}
_OPERATORS: Final = {"AND": "and", "OR": "or", "NOT": "not"}
_FIELD: Final = re.compile(r"([A-Za-z]{2,20}):(?!//)(?=\S)")
_WORD: Final = re.compile(r'[^\s()"“”„«»「」『』＂]+')
_SPACE: Final = re.compile(r"\s+")


class Lexeme(NamedTuple):
    """One piece of a query.

    ``kind`` is ``words``, ``phrase``, ``and``, ``or``, ``not``, ``open``, ``close`` or ``field``.
    """

    kind: str
    text: str
    start: int
    end: int
    prefix: bool = False


def lexemes(text: str) -> Iterator[Lexeme]:
    """The pieces of a query in their order. Raises MalformedQuery where a quotation mark is not closed."""
    at = 0
    while at < len(text):
        space = _SPACE.match(text, at)
        if space:
            at = space.end()
            continue
        lexeme = _lexeme(text, at)
        yield lexeme
        at = lexeme.end


def _lexeme(text: str, at: int) -> Lexeme:
    char = text[at]
    if char in "()":
        return Lexeme("open" if char == "(" else "close", char, at, at + 1)
    if char in _CLOSING:
        return _phrase(text, at)
    if char in "-−" and at + 1 < len(text) and not text[at + 1].isspace():
        return Lexeme("not", char, at, at + 1)
    field = _FIELD.match(text, at)
    if field:
        return Lexeme("field", field[1].lower(), at, field.end())
    return _word(text, at)


def _word(text: str, at: int) -> Lexeme:
    found = _WORD.match(text, at)
    end = found.end() if found else at + 1
    word = text[at:end]
    if word in _OPERATORS:
        return Lexeme(_OPERATORS[word], word, at, end)
    return Lexeme("words", word.rstrip("*"), at, end, prefix=word.endswith("*"))


def _phrase(text: str, at: int) -> Lexeme:
    closing = {_CLOSING[text[at]], _ALSO_CLOSING.get(text[at], "")}
    end = min((found for mark in closing if mark and (found := text.find(mark, at + 1)) >= 0), default=-1)
    if end < 0:
        raise MalformedQuery("this quotation mark is not closed", text, (at, len(text)))
    outside = text[end + 1 : end + 2] == "*"
    inside = text[at + 1 : end]
    return Lexeme("phrase", inside.rstrip("*"), at, end + 1 + outside, outside or inside.endswith("*"))
