"""What editors say of quotations: that two of them are one utterance, or are not.

Each of the two has a correction of its own, which is found again by its words as every correction is, and names the
other by article and digest: neither holds words of the other's article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from writethru.statements.corrections import SAME, Correction, Kind, mark_at
from writethru.statements.evidence import Account
from writethru.statements.quoted import key_of, quotations_of
from writethru.statements.reading import place_text


@dataclass(frozen=True, slots=True)
class Rulings:
    """By the keys of quotations: pairs that are one utterance, in order, and pairs that are not."""

    same: tuple[tuple[str, str], ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()


NO_RULINGS = Rulings()


def other_of(value: str) -> tuple[int, str]:
    """The article and the digest of the other quotation of a correction.

    >>> other_of("4:0123456789abcdef")
    (4, '0123456789abcdef')
    """
    article, _, digest = value.partition(":")
    return int(article), digest


def rulings_on(accounts: Sequence[Account], keys: Mapping[tuple[int, str, str], str]) -> Rulings:
    """What editors say of the quotations of some articles; of two rulings on one pair the later one holds.

    Args:
        keys: of each quotation, by article, speaker and words.
    """
    known = [(account, one) for account in accounts for one in account.ruled if one.kind is Kind.QUOTATION]
    if not known:
        return NO_RULINGS
    at: dict[tuple[int, str], set[str]] = defaultdict(set)
    for account in {account.article: account for account, _ in known}.values():
        for digest, key in _held(account, keys):
            at[account.article, digest].add(key)
    found: dict[frozenset[str], str] = {}
    for account, one in known:
        for key in at[account.article, one.mark.digest]:
            for other in at[other_of(one.value)]:
                found[frozenset((key, other))] = one.field
    pairs = {pair: field for pair, field in found.items() if len(pair) == 2}
    same = sorted((min(pair), max(pair)) for pair, field in pairs.items() if field == SAME)
    return Rulings(tuple(same), frozenset(pair for pair, field in pairs.items() if field != SAME))


def _held(account: Account, keys: Mapping[tuple[int, str, str], str]) -> Iterator[tuple[str, str]]:
    """The digests of corrections of an article, each with the key of a quotation that it is of."""
    wanted = [one.mark for one in account.ruled if one.kind is Kind.QUOTATION]
    for read in account.versions:
        for one in quotations_of(read):
            mark = mark_at(place_text(read.text, one.place.block), one.place)
            key = keys.get((account.article, *key_of(one)))
            yield from ((kept.digest, key) for kept in wanted if key is not None and kept.fits(mark))


def are_of(correction: Correction, article: int, other: Correction) -> bool:
    """Does ``other`` name this correction of this article, and say the same?"""
    return other.field == correction.field and other_of(other.value) == (article, correction.mark.digest)
