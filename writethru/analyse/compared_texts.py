"""The words of versions, and what each two of them share; texts of the very same words are compared once.

The twelve closest to a text that everybody prints are that text again. What is worked out of two texts is kept under
the first articles that were seen with these words, so that the next copy costs a look at twelve rows and not twelve
comparisons.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from typing import Any, Final

from writethru.model import ArticleText
from writethru.reuse.passages import Passage, shared_passages, shared_quotations
from writethru.reuse.points import Numbers, points_of
from writethru.reuse.verdict import Reuse
from writethru.reuse.words import Mark, Words, read_words
from writethru.storage.store import Store

MOST_READ: Final = 1_000_000
"""Words of the texts that are kept in memory, in all: about 2,000 articles, 20 MB."""
MOST_COMPARED = 16
"""Comparisons that are kept in memory, and texts."""

Side = tuple[int, int]
"""An article and the number of a version."""


class ComparedTexts:
    """Reads texts from the store and compares them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.clear()

    def clear(self) -> None:
        """Nothing is kept: texts may be others now."""
        self.text = lru_cache(maxsize=MOST_COMPARED)(self._text)
        self._kept: OrderedDict[Side, tuple[Words, Side]] = OrderedDict()
        self._held = 0
        self._points = lru_cache(maxsize=MOST_COMPARED)(self._meet)
        self._passages = lru_cache(maxsize=MOST_COMPARED)(self._share)
        self._quotations = lru_cache(maxsize=MOST_COMPARED)(self._quote)
        self._forms: dict[tuple[Side, Side], dict[str, Any]] = {}
        self._first: dict[Words, Side] = {}

    def words(self, side: Side) -> Words:
        """The words of a version."""
        return self._read(side)[0]

    def passages(self, a: Side, b: Side) -> tuple[Passage, ...]:
        """See ``shared_passages``."""
        return self._passages(self._read(a)[1], self._read(b)[1])

    def quotations(self, a: Side, b: Side) -> tuple[Passage, ...]:
        """See ``shared_quotations``."""
        return self._quotations(self._read(a)[1], self._read(b)[1])

    def form(self, found: Reuse, a: Side, b: Side) -> dict[str, Any]:
        """See ``reuse_form``; ``found`` is what was judged of all that these two share."""
        key = self._read(a)[1], self._read(b)[1]
        if key not in self._forms:
            if len(self._forms) >= MOST_COMPARED:
                self._forms.clear()
            self._forms[key] = _shared_form(found, self.words(a), self.words(b))
        return {**self._forms[key], "evidence": _evidence_form(found)}

    def _read(self, side: Side) -> tuple[Words, Side]:
        """The words of a version, and the first version that was seen with the same ones."""
        found = self._kept.get(side)
        if found is not None:
            self._kept.move_to_end(side)
            return found
        words = read_words(self.text(side))
        found = self._kept[side] = words, self._first.setdefault(words, side)
        self._held += len(words)
        while self._held > MOST_READ and len(self._kept) > 1:
            self._forget()
        return found

    def _forget(self) -> None:
        """The text that was not asked for the longest."""
        side, (words, first) = self._kept.popitem(last=False)
        self._held -= len(words)
        if first == side:
            del self._first[words]

    def _text(self, side: Side) -> ArticleText:
        return self._store.version_text(*side)

    def _meet(self, a: Side, b: Side) -> Numbers:
        return points_of(self.words(a), self.words(b))

    def _share(self, a: Side, b: Side) -> tuple[Passage, ...]:
        return shared_passages(self.words(a), self.words(b), self._points(a, b))

    def _quote(self, a: Side, b: Side) -> tuple[Passage, ...]:
        words = self.words(a), self.words(b)
        quoted = words[0].quoted() or words[1].quoted()
        return shared_quotations(*words, self._points(a, b)) if quoted else ()


def reuse_form(found: Reuse, a: Words, b: Words) -> dict[str, Any]:
    """The JSON form of what two articles share: places are (block, first character, one past the last)."""
    return {**_shared_form(found, a, b), "evidence": _evidence_form(found)}


def _shared_form(found: Reuse, a: Words, b: Words) -> dict[str, Any]:
    return {
        "passages": [_passage_form(passage, a, b) for passage in found.passages],
        "quotations": [_passage_form(passage, a, b) for passage in found.quotations],
    }


def _evidence_form(found: Reuse) -> list[dict[str, Any]]:
    return [
        {"ground": e.ground.value, "source": e.source, "weight": e.weight, "words": e.words} for e in found.evidence
    ]


def _passage_form(passage: Passage, a: Words, b: Words) -> dict[str, Any]:
    return {
        "a": [list(stretch) for stretch in a.stretches(*passage.a)],
        "b": [list(stretch) for stretch in b.stretches(*passage.b)],
        "words": len(passage.pairs),
        "score": passage.score,
        "quoted": round(passage.quoted, 4),
        "quoted_in": quoted_in(passage, a, b),
    }


def quoted_in(passage: Passage, a: Words, b: Words) -> str:
    """Which articles have most of a passage in quotation marks: ``ab``, ``a``, ``b`` or none."""
    if not passage.quoted:
        return ""
    in_a = sum(1 for i, _ in passage.pairs if a.marks[i] & Mark.QUOTED)
    in_b = sum(1 for _, j in passage.pairs if b.marks[j] & Mark.QUOTED)
    half = len(passage.pairs) / 2
    return ("a" if in_a > half else "") + ("b" if in_b > half else "")
