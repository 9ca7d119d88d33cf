"""Quotations that were altered, put in, taken out, or used as scare quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from writethru.comparison.edits import Evidence, Finding, Kind, Sentence
from writethru.comparison.gaps import Gap, Side
from writethru.comparison.quotes import Quote
from writethru.text.folding import fold_typography
from writethru.text.tokens import Span, word_list

SCARE_WORDS = 3
"""Up to so many words in quotation marks are called out, not quoted."""
SAME_QUOTE = 0.5
"""Share of words two quotations share when one is a version of the other."""


def lone_quotations(
    sentence: Sentence, quotes: Sequence[Quote], stands_on: Callable[[Quote], bool], *, is_old: bool
) -> Iterator[Finding]:
    """Quotations in a sentence that was added or removed as a whole.

    Args:
        stands_on: does the rest of a quotation of several sentences stand on the other side
            too? Then it was lengthened or shortened, not added or removed.
    """
    for quote in quotes:
        start, end = max(quote.inner[0], 0), min(quote.inner[1], len(sentence.text))
        longer = quote.start < 0 or quote.end > len(sentence.text)
        kind = Kind.QUOTATION_REMOVED if is_old else Kind.QUOTATION_ADDED
        if longer and stands_on(quote):
            kind = Kind.QUOTATION
        elif len(word_list(sentence.text[start:end])) <= SCARE_WORDS:
            continue
        evidence = (Side(sentence.text, (0,), ()).evidence(start, end),)
        yield Finding(kind, evidence if is_old else (), () if is_old else evidence)


def changed_quotations(
    old: Side, new: Side, gaps: Sequence[Gap], quotes: tuple[Sequence[Quote], Sequence[Quote]]
) -> list[Finding]:
    """Quotations of a rewritten sentence.

    Args:
        gaps: what differs, typography set apart.
        quotes: quotations of both sides, by places in the sides' texts.
    """
    olds = [quote for quote in quotes[0] if _signs_marked(quote, old)]
    news = [quote for quote in quotes[1] if _signs_marked(quote, new)]
    pairs, gone, come = _matched(old, new, olds, news)
    found = [finding for pair in pairs for finding in _altered_pair(old, new, *pair)]
    found += [_gone(old, quote) for quote in gone]
    found += [_come(new, quote) for quote in come]
    kept = [q for q in quotes[0] if q not in olds], [q for q in quotes[1] if q not in news]
    return found + _altered_inside(old, new, gaps, kept)


def _signs_marked(quote: Quote, side: Side) -> bool:
    """Was the quotation put in or taken out: is the sign at its start (and its end) marked?"""
    if quote.start < 0:
        return False
    opening = side.marked(quote.start, quote.start + 1)
    closing = not quote.closed or quote.end > len(side.text) or side.marked(quote.end - 1, quote.end)
    return opening and closing


def _matched(
    old: Side, new: Side, olds: Sequence[Quote], news: Sequence[Quote]
) -> tuple[list[tuple[Quote, Quote]], list[Quote], list[Quote]]:
    """Quotations of both sides that are versions of each other, and those that stand alone."""
    pairs = []
    free = list(news)
    gone = []
    for quote in olds:
        words = set(word_list(_inner(old, quote).lower()))
        alike = [q for q in free if _share(words, set(word_list(_inner(new, q).lower()))) >= SAME_QUOTE]
        if alike:
            free.remove(alike[0])
            pairs.append((quote, alike[0]))
        else:
            gone.append(quote)
    return pairs, gone, free


def _share(a: set[str], b: set[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def _inner(side: Side, quote: Quote) -> str:
    start, end = quote.inner
    return side.text[max(start, 0) : end]


def _altered_pair(old: Side, new: Side, before: Quote, after: Quote) -> Iterator[Finding]:
    if fold_typography(_inner(old, before)) != fold_typography(_inner(new, after)):
        yield Finding(Kind.QUOTATION, (_evidence(old, before),), (_evidence(new, after),))


def _evidence(side: Side, quote: Quote) -> Evidence:
    start, end = quote.inner
    return side.evidence(max(start, 0), min(end, len(side.text)))


def _gone(old: Side, quote: Quote) -> Finding:
    scare = len(word_list(_inner(old, quote))) <= SCARE_WORDS
    return Finding(Kind.SCARE_QUOTES if scare else Kind.QUOTATION_REMOVED, (_evidence(old, quote),))


def _come(new: Side, quote: Quote) -> Finding:
    scare = len(word_list(_inner(new, quote))) <= SCARE_WORDS
    return Finding(Kind.SCARE_QUOTES if scare else Kind.QUOTATION_ADDED, (), (_evidence(new, quote),))


def _altered_inside(
    old: Side, new: Side, gaps: Sequence[Gap], kept: tuple[Sequence[Quote], Sequence[Quote]]
) -> list[Finding]:
    """Words that differ inside quotation marks which both sides have."""
    evidence_old, evidence_new = [], []
    for gap in gaps:
        inside_old, inside_new = _inside(gap.old, kept[0]), _inside(gap.new, kept[1])
        if inside_old is not None and inside_new is not None:
            words = word_list(old.text[gap.old.start : gap.old.end]) + word_list(new.text[gap.new.start : gap.new.end])
            if words:
                evidence_old.append(old.evidence(*gap.old))
                evidence_new.append(new.evidence(*gap.new))
    if not evidence_old:
        return []
    olds = tuple(e for e in evidence_old if e.start < e.end)
    news = tuple(e for e in evidence_new if e.start < e.end)
    return [Finding(Kind.QUOTATION, olds, news)]


def _inside(span: Span, quotes: Sequence[Quote]) -> Quote | None:
    """The quotation whose inner part the span touches."""
    for quote in quotes:
        start, end = quote.inner
        if (span.start < end and span.end > start) or start <= span.start == span.end <= end:
            return quote
    return None
