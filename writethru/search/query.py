"""What a reader asks for: words, phrases, AND, OR, NOT, parentheses and filters, parsed with the place of every fault.

::

    query   = either
    either  = both { "OR" both }
    both    = one { ["AND"] one }
    one     = ("NOT" | "-") one | "(" either ")" | [field ":"] words | filter ":" value
    words   = word | word"*" | a phrase in quotation marks, perhaps with "*" after it

Pure. Whatever is given, the answer is a ``Query`` or a ``MalformedQuery``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from writethru.comparison.edits import Kind
from writethru.errors import MalformedQuery
from writethru.search.folding import folded_words
from writethru.search.lexing import Lexeme, lexemes

LONGEST_QUERY: Final = 1_000
MOST_WORDS: Final = 64
DEEPEST: Final = 20
SHORTEST_PREFIX: Final = 3
"""Letters before a ``*``: shorter ones begin too many words to be looked up quickly."""

FILTERS: Final = ("outlet", "after", "before", "kind", "removed")
FIELDS: Final = ("headline",)
KINDS: Final = frozenset(kind.value for kind in Kind)


@dataclass(frozen=True, slots=True)
class Words:
    """Consecutive words; the last may be the beginning of one.

    Attributes:
        field: where they must stand, "" for anywhere.
    """

    words: tuple[str, ...]
    prefix: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class All:
    """Every part matches, in the same version."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part matches."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not match that version."""

    part: Node


Node = Words | All | Either | Not


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search down.

    Attributes:
        outlets: folded names, of which any may fit.
        after, before: the version stood at some moment from ``after`` on, up to but without ``before``.
        kinds: of changes, one of which brought the version or took it away.
        removed: True: only what the latest text has no more; False: only what still stands.
    """

    outlets: tuple[str, ...] = ()
    after: datetime | None = None
    before: datetime | None = None
    kinds: tuple[str, ...] = ()
    removed: bool | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood."""

    text: str
    root: Node
    filters: Filters = Filters()

    def leaves(self) -> Iterator[Words]:
        """The words that are looked for, without those after NOT."""
        return _leaves(self.root)


def parse(text: str) -> Query:
    """Understand a query. Raises MalformedQuery, which names the place."""
    if len(text) > LONGEST_QUERY:
        raise MalformedQuery(f"a query may have at most {LONGEST_QUERY:,} characters", text[:80], (80, 80))
    parser = _Parser(text)
    root = parser.whole()
    return Query(text, root, parser.filters())


def _leaves(node: Node) -> Iterator[Words]:
    if isinstance(node, Words):
        yield node
    elif not isinstance(node, Not):
        for part in node.parts:
            yield from _leaves(part)


class _Parser:
    """One query, read from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rest = list(lexemes(text))[::-1]
        self.words = 0
        self.depth = 0
        self.given: dict[str, list[tuple[str, Lexeme]]] = {}

    def whole(self) -> Node:
        """The tree of the query."""
        found = self._either()
        if self.rest:
            raise self._wrong("this parenthesis closes nothing", self.rest[-1])
        if found is None:
            raise self._wrong("give at least one word to look for", Lexeme("end", "", 0, len(self.text)))
        self._see_that_it_looks_for_something(found)
        return found

    def filters(self) -> Filters:
        """All that were given."""
        removed = [self._yes_or_no(value, at) for value, at in self.given.get("removed", ())]
        return Filters(
            outlets=tuple(self._name(value, at) for value, at in self.given.get("outlet", ())),
            after=max((self._time(value, at) for value, at in self.given.get("after", ())), default=None),
            before=min((self._time(value, at) for value, at in self.given.get("before", ())), default=None),
            kinds=tuple(self._kind(value, at) for value, at in self.given.get("kind", ())),
            removed=removed[-1] if removed else None,
        )

    # the grammar; None stands for a filter, which is noted aside

    def _either(self) -> Node | None:
        first = self._next_kind()
        parts = [self._both()]
        while self._next_kind() == "or":
            mark = self.rest.pop()
            if parts[-1] is None or self._next_kind() in ("or", "and", "close", ""):
                raise self._wrong("OR needs words on both sides", mark)
            parts.append(self._both())
            if parts[-1] is None:
                raise self._wrong("OR needs words on both sides", mark)
        if first in ("or", "and"):
            raise self._wrong("words are missing before this", self.rest[-1] if self.rest else Lexeme("", "", 0, 0))
        found = tuple(part for part in parts if part is not None)
        return found[0] if len(found) == 1 else Either(found) if found else None

    def _both(self) -> Node | None:
        parts: list[Node] = []
        while (kind := self._next_kind()) not in ("", "close", "or"):
            if kind == "and":
                mark = self.rest.pop()
                if not (parts or self.given) or self._next_kind() in ("", "close", "or", "and"):
                    raise self._wrong("AND needs words on both sides", mark)
                continue
            part = self._one()
            if part is not None:
                parts.append(part)
        return parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else None

    def _one(self) -> Node | None:
        lexeme = self.rest.pop()
        if lexeme.kind == "not":
            return self._not(lexeme)
        if lexeme.kind == "open":
            return self._inside(lexeme)
        if lexeme.kind == "field":
            return self._fielded(lexeme)
        return self._looked_for(lexeme, "")

    def _not(self, mark: Lexeme) -> Node:
        if self._next_kind() not in ("words", "phrase", "open", "field", "not"):
            raise self._wrong("NOT needs words after it", mark)
        with_filters = sum(map(len, self.given.values()))
        self._deeper(mark)
        part = self._one()
        self.depth -= 1
        if part is None or sum(map(len, self.given.values())) != with_filters:
            raise self._wrong("a filter cannot be negated", mark)
        return Not(part)

    def _inside(self, mark: Lexeme) -> Node:
        self._deeper(mark)
        with_filters = sum(map(len, self.given.values()))
        part = self._either()
        if not self.rest:
            raise self._wrong("this parenthesis is not closed", mark)
        self.rest.pop()
        self.depth -= 1
        if sum(map(len, self.given.values())) != with_filters:
            raise self._wrong("a filter cannot stand in parentheses; it holds for the whole query", mark)
        if part is None:
            raise self._wrong("there is nothing in these parentheses", mark)
        return part

    def _deeper(self, mark: Lexeme) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._wrong(f"more than {DEEPEST} parentheses inside one another", mark)

    def _fielded(self, mark: Lexeme) -> Node | None:
        name = mark.text
        if name not in (*FILTERS, *FIELDS):
            known = ", ".join(f"{known}:" for known in (*FIELDS, *FILTERS))
            raise self._wrong(f"there is no filter {name}: (there are {known}); put it in quotation marks", mark)
        if self._next_kind() not in ("words", "phrase"):
            raise self._wrong(f"{name}: needs a value right after it", mark)
        value = self.rest.pop()
        if name in FIELDS:
            return self._looked_for(value, name)
        self.given.setdefault(name, []).append((value.text, value))
        return None

    def _looked_for(self, lexeme: Lexeme, field: str) -> Words:
        text = lexeme.text
        prefix = lexeme.prefix
        words = tuple(folded_words(text))
        if not words:
            raise self._wrong("there is no letter or digit to look for here", lexeme)
        self.words += len(words)
        if self.words > MOST_WORDS:
            raise self._wrong(f"more than {MOST_WORDS} words", lexeme)
        if prefix and words[-1].isascii() and len(words[-1]) < SHORTEST_PREFIX:
            raise self._wrong(f"give at least {SHORTEST_PREFIX} letters before the *", lexeme)
        return Words(words, prefix, field)

    def _next_kind(self) -> str:
        return self.rest[-1].kind if self.rest else ""

    def _see_that_it_looks_for_something(self, node: Node) -> None:
        if not _positive(node):
            everything = Lexeme("", "", 0, len(self.text))
            raise self._wrong("say what to look for, not only what to leave out (on each side of an OR)", everything)

    # values of filters

    def _name(self, value: str, at: Lexeme) -> str:
        words = " ".join(folded_words(value))
        if not words:
            raise self._wrong("this is no outlet's name", at)
        return words

    def _kind(self, value: str, at: Lexeme) -> str:
        if value.lower() not in KINDS:
            raise self._wrong(f"no such kind of change; there are {', '.join(sorted(KINDS))}", at)
        return value.lower()

    def _yes_or_no(self, value: str, at: Lexeme) -> bool:
        if value.lower() not in ("yes", "no"):
            raise self._wrong("removed: takes yes or no", at)
        return value.lower() == "yes"

    def _time(self, value: str, at: Lexeme) -> datetime:
        padded = value + "0001-01-01"[len(value) :] if len(value) in (4, 7) else value
        try:
            moment = datetime.fromisoformat(padded)
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, OverflowError):
            raise self._wrong("this is no date: write 2031, 2031-05 or 2031-05-04 (UTC)", at) from None
        return moment

    def _wrong(self, message: str, at: Lexeme) -> MalformedQuery:
        return MalformedQuery(message, self.text, (at.start, at.end))


def _positive(node: Node) -> bool:
    """Does it name words that a matching version must have?"""
    if isinstance(node, All):
        return any(map(_positive, node.parts))
    if isinstance(node, Either):
        return all(map(_positive, node.parts))
    return isinstance(node, Words)
