"""How much a change matters, 0..1: one documented table of weights."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from writethru.comparison.edits import Edit, Kind, Op, Significance, Term

WEIGHTS: dict[Kind | Op, float] = {
    Kind.CORRECTION: 0.60,
    Kind.HEADLINE: 0.45,
    Kind.NEGATION: 0.45,
    Kind.FIGURE: 0.40,
    Kind.QUOTATION: 0.40,
    Kind.ATTRIBUTION: 0.30,
    Kind.NAME: 0.30,
    Kind.QUOTATION_REMOVED: 0.30,
    Kind.DATE: 0.25,
    Kind.MODALITY: 0.25,
    Kind.HEDGE: 0.25,
    Kind.SCARE_QUOTES: 0.25,
    Kind.QUOTATION_ADDED: 0.20,
    Kind.STANDFIRST: 0.20,
    Kind.LEAD: 0.20,
    Kind.RESTORED: 0.20,
    Kind.CAPTION: 0.12,
    Kind.BYLINE: 0.12,
    Kind.DATELINE: 0.12,
    Kind.ENTRY_REMOVED: 0.15,
    Kind.ENTRY_ADDED: 0.10,
    Op.REMOVED: 0.15,
    Op.ADDED: 0.10,
    Kind.WORDING: 0.08,
    Kind.CREDIT: 0.06,
    Kind.LINK: 0.06,
    Kind.ORDER: 0.05,
    Kind.BLOCK_KIND: 0.03,
    Kind.SPELLING: 0.03,
    Kind.PUNCTUATION: 0.03,
    Kind.PARAGRAPHS: 0.01,
    Kind.TYPOGRAPHIC: 0.01,
    Kind.WHITESPACE: 0.0,
}
"""Weight of one edit of a kind; an added or removed sentence weighs as such as well. Set by hand, in
the order a standards editor would want to read them."""

REPEAT = 0.5
"""Each further edit of a kind counts half of the one before, so a kind never passes twice its weight."""


def significance_of(edits: Sequence[Edit]) -> Significance:
    """1 - product of (1 - term) over the kinds present, heaviest term first."""
    counts: Counter[Kind | Op] = Counter(kind for edit in edits for kind in edit.kinds)
    counts.update(edit.op for edit in edits if edit.op in (Op.ADDED, Op.REMOVED) and edit.substantial)
    terms = [Term(kind, count, round(_term(WEIGHTS[kind], count), 4)) for kind, count in counts.items()]
    terms.sort(key=lambda term: (-term.weight, term.kind))
    left = 1.0
    for term in terms:
        left *= 1.0 - term.weight
    return Significance(round(1.0 - left, 4), tuple(terms))


def _term(weight: float, count: int) -> float:
    exponent: float = (1.0 - REPEAT**count) / (1.0 - REPEAT)
    return 1.0 - math.pow(1.0 - weight, exponent)


def most_telling(edits: Iterable[Iterable[str]]) -> int:
    """Which edit to show of a change, given the kinds of each: the weightiest, of equals the first; 0 of none."""
    weights = [sum(WEIGHTS[Kind(kind)] for kind in kinds) for kinds in edits]
    return weights.index(max(weights)) if weights else 0
