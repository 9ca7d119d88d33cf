"""What a comparison finds: edits, each with its sentences, marks, kinds and evidence.

Named tuples, not dataclasses: a comparison makes dozens, and a frozen dataclass takes four times as long to make.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from writethru.text.tokens import Span


class Op(StrEnum):
    """What became of a sentence."""

    ADDED = "added"
    REMOVED = "removed"
    REWRITTEN = "rewritten"
    MOVED = "moved"  # also when rewritten on the way: then it has marks
    SPLIT = "split"  # one sentence became several
    MERGED = "merged"  # several became one
    LAYOUT = "layout"  # same words; white space, paragraph break or kind of block differs


class Kind(StrEnum):
    """What an edit is about. Stable codes, stored and shown; one edit can have several."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    CREDIT = "credit"
    CORRECTION = "correction-note"
    FIGURE = "figure"
    DATE = "date"  # or time of day
    NAME = "name"
    QUOTATION = "quotation-altered"
    QUOTATION_ADDED = "quotation-added"
    QUOTATION_REMOVED = "quotation-removed"
    ATTRIBUTION = "attribution"
    NEGATION = "negation"
    MODALITY = "modality"
    HEDGE = "hedge"
    SCARE_QUOTES = "scare-quotes"
    LINK = "link"
    ORDER = "order"
    LEAD = "lead"
    ENTRY_ADDED = "entry-added"  # to a live blog
    ENTRY_REMOVED = "entry-removed"
    RESTORED = "restored"
    BLOCK_KIND = "block-kind"
    PARAGRAPHS = "paragraphs"
    SPELLING = "spelling"
    WORDING = "wording"  # other words, and no kind above
    PUNCTUATION = "punctuation"  # only signs, and more than their shape
    TYPOGRAPHIC = "typographic"
    WHITESPACE = "whitespace"


INSUBSTANTIAL = frozenset({Kind.TYPOGRAPHIC, Kind.WHITESPACE, Kind.PARAGRAPHS})
"""An edit with no other kind than these says nothing different."""

INVISIBLE = (("visible", "no"),)
"""Detail of a typographic finding that no reader sees: Unicode forms, soft hyphens, no-break spaces."""


class Sentence(NamedTuple):
    """One sentence of one of the two texts.

    Attributes:
        where: ``headline``, ``standfirst``, ``byline``, ``dateline``, a block kind, or ``end``
            (the white space after the last block).
        block: index in ``ArticleText.blocks``; None for a field and for ``end``.
        start: first character, in the text of the field or block.
        text: its characters.
        marks: words added, removed or replaced, as spans of ``text``; never inside a word or
            a number.
        shifted: words that stand elsewhere in the same edit on the other side.
        recased: a sentence's first word whose capital came or went only because something
            before it did. What none of the three covers is the same on both sides.
    """

    where: str
    block: int | None
    start: int
    text: str
    marks: tuple[Span, ...] = ()
    shifted: tuple[Span, ...] = ()
    recased: tuple[Span, ...] = ()

    @property
    def end(self) -> int:
        """One past its last character."""
        return self.start + len(self.text)

    @property
    def differing(self) -> tuple[Span, ...]:
        """Marks and shifted words together, in order: what a renderer shows."""
        return self.marks if not self.shifted else tuple(sorted(self.marks + self.shifted))


class Evidence(NamedTuple):
    """Characters that show a kind: of which sentence of the edit's side, from, to."""

    sentence: int
    start: int
    end: int


class Finding(NamedTuple):
    """One kind with what shows it.

    Attributes:
        old, new: where it shows on each side.
        detail: short facts, by name: ``old``, ``new``, ``unit``, ``direction``, ``size``, …
    """

    kind: Kind
    old: tuple[Evidence, ...] = ()
    new: tuple[Evidence, ...] = ()
    detail: tuple[tuple[str, str], ...] = ()


class Edit(NamedTuple):
    """One sentence-level operation.

    Attributes:
        old, new: the sentences on each side: one, none (added, removed) or several
            (merged, split).
        move: number of the move this edit is part of; neighbours that moved together
            share it. None if it stayed in place.
        findings: kinds with evidence, most telling first.
    """

    op: Op
    old: tuple[Sentence, ...] = ()
    new: tuple[Sentence, ...] = ()
    move: int | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def where(self) -> str:
        """The field or block kind, on the new side if it is there."""
        return (self.new or self.old)[0].where

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds, each once, most telling first."""
        if len(self.findings) == 1:
            return (self.findings[0].kind,)
        return tuple(dict.fromkeys([f.kind for f in self.findings]))

    @property
    def rewritten(self) -> bool:
        """Do the words differ on the two sides (also of a moved sentence)?"""
        return any(s.marks or s.shifted for s in (*self.old, *self.new))

    @property
    def substantial(self) -> bool:
        """More than typography, white space or paragraph breaks?"""
        return not self.findings or not INSUBSTANTIAL.issuperset(self.kinds)

    def is_only(self, kinds: Collection[Kind]) -> bool:
        """Has it kinds, and no other than these? (A plain added sentence has none: it is never "only typographic".)"""
        return bool(self.findings) and all(finding.kind in kinds for finding in self.findings)

    @property
    def visible(self) -> bool:
        """Does a reader see it (more than white space and invisible characters)?"""
        return any(f.kind is not Kind.WHITESPACE and f.detail != INVISIBLE for f in self.findings) or not self.findings

    @property
    def old_text(self) -> str:
        """The old sentences, joined by spaces, for showing."""
        return " ".join(s.text for s in self.old)

    @property
    def new_text(self) -> str:
        """The new sentences, joined by spaces, for showing."""
        return " ".join(s.text for s in self.new)


class Term(NamedTuple):
    """One term of a significance score: a kind (or an operation), how often, and its part of the score."""

    kind: Kind | Op
    times: int
    weight: float


class Significance(NamedTuple):
    """A score 0..1 and the terms it was made of."""

    score: float = 0.0
    terms: tuple[Term, ...] = ()
