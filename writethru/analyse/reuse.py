"""Keeps the pairs of articles that share text up to date with the record.

A pair is judged by all versions of both articles, whichever came into the archive first,
so that the result does not depend on the order of arrival.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

import numpy as np

from writethru.analyse.compared_texts import ComparedTexts, Side, quoted_in
from writethru.analyse.follow import Keep
from writethru.analyse.partners import NOBODY, partners
from writethru.errors import InputError, NotInArchive, Withdrawn
from writethru.model import ArticleText, Version
from writethru.reuse.credits import agency_of, credited_agencies
from writethru.reuse.grams import GRAM, MOST_HOLDERS, Grams, gram_rows
from writethru.reuse.passages import Passage, shared_passages, shared_quotations
from writethru.reuse.verdict import Reuse, Telling, judge
from writethru.reuse.words import Words, read_words
from writethru.storage.postings import Holding, held_by, of_article
from writethru.storage.reuse_store import About, ReusePair
from writethru.storage.store import Store

MOST_PARTNERS = 12
"""Articles compared with a new version: those that share most grams. A text that fifty outlets print
is linked to twelve of them, which is enough to put it in their copy group."""
MOST_VERSIONS = 8
"""Versions of an article that are compared with a partner: its first, its last and those evenly between."""
QUOTED_ONCE = 15
"""Words that only one article has in quotation marks from which a pair is kept that shares nothing else."""
MOST_KNOWN = 1000
"""Articles that are kept in memory, without their texts."""


@dataclass(frozen=True, slots=True)
class _Best:
    """The two versions that share most, and what they share."""

    words: int
    a: Side
    b: Side
    passages: tuple[Passage, ...]


@dataclass(slots=True)
class _Known:
    """What was read of an article in this run; forgotten when it changes. Few have partners: of those it is read who
    they are.
    """

    versions: dict[int, Version]
    tellings: dict[int, Telling] = field(default_factory=dict)
    about: About | None = None


class ReuseAnalysis:
    """Finds what each article shares with others."""

    name: ClassVar[str] = "reuse"

    def __init__(self, store: Store) -> None:
        self.store = store
        self._texts = ComparedTexts(store)
        self._known: dict[int, _Known] = {}

    def article_changed(self, article_id: int) -> Keep:
        """New versions: their grams ask the index and enter it."""
        self._known.pop(article_id, None)
        with self.store.reuse.snapshot():
            pairs, entering = self._worked_out(article_id)

        def keep() -> None:
            self.store.article(article_id)  # withdrawn meanwhile, nothing of it is kept
            for pair in pairs:
                with suppress(Withdrawn):
                    self.store.article(pair.other(article_id))
                    self.store.reuse.keep_pair(pair)
            self.store.reuse.add_postings(entering)

        return keep

    def _worked_out(self, article_id: int) -> tuple[list[ReusePair], Holding]:
        """The pairs of an article, and what of it enters the index."""
        found = self.grams_of(article_id)
        holders = self.store.reuse.holding(found["gram"])
        own = self.store.article(article_id).outlet_id
        close = partners(found, holders, article_id=article_id, outlet_id=own, most=MOST_PARTNERS)
        pairs = self.pairs_with(article_id, close)
        entering = found[np.isin(found["gram"], held_by(holders, MOST_HOLDERS), invert=True)]
        return pairs, of_article(article_id, own or NOBODY, entering)

    def grams_of(self, article_id: int) -> Grams:
        """The grams of all its versions that are compared, each in the last version that has it."""
        found = [gram_rows(self._texts.words((article_id, number))) for number in self._numbers(article_id)]
        rows = np.concatenate(found[::-1]) if found else np.empty(0, GRAM)
        return rows[np.unique(rows["gram"], return_index=True)[1]] if len(found) > 1 else rows

    def pairs_with(self, article_id: int, others: Iterable[int]) -> list[ReusePair]:
        """What an article shares with each of these, where that is worth keeping."""
        return [pair for other in others if (pair := self._kept(article_id, other)) is not None]

    def article_rebuilt(self, article_id: int) -> Keep:
        """Its texts may be others now."""
        self._texts.clear()
        kept_anew = self.article_changed(article_id)

        def keep() -> None:
            self.store.reuse.forget(article_id)
            kept_anew()

        return keep

    # one pair

    def judged(self, one: int, other: int) -> ReusePair:
        """Two articles judged by all their versions. Raises NotInArchive, also where one has no version."""
        with self.store.reuse.snapshot():
            best = self._compared(one, other)
            return self._judged(best, self._quotations(best))

    def _kept(self, one: int, other: int) -> ReusePair | None:
        """Two articles judged, where they share more than what both quote and a few words that one of them quotes.

        Who they are is read of those only: most candidates share nothing.
        """
        best = self._compared(one, other)
        quotations = self._quotations(best)
        if all(passage.is_quotation for passage in best.passages) and not _quoted_once(quotations, self._sides(best)):
            return None
        return self._judged(best, quotations)

    def _compared(self, one: int, other: int) -> _Best:
        """What two articles share, by their addresses' order."""
        return self._best(*sorted((one, other), key=lambda number: self._about(number).url))

    def _sides(self, best: _Best) -> tuple[Words, Words]:
        return self._texts.words(best.a), self._texts.words(best.b)

    def _quotations(self, best: _Best) -> tuple[Passage, ...]:
        return self._texts.quotations(best.a, best.b)

    def _judged(self, best: _Best, quotations: tuple[Passage, ...]) -> ReusePair:
        tellings = self._telling(*best.a), self._telling(*best.b)
        found = judge(tellings[0], tellings[1], best.passages, quotations)
        return ReusePair(
            a_id=best.a[0],
            a_version=best.a[1],
            b_id=best.b[0],
            b_version=best.b[1],
            verdict=found.verdict.value,
            source=found.source,
            confidence=found.confidence,
            shared_a=round(found.shared_a, 4),
            shared_b=round(found.shared_b, 4),
            words=best.words,
            form=self._texts.form(found, best.a, best.b),
        )

    def _best(self, a: int, b: int) -> _Best:
        """Over the versions of both; the earliest of those that share equally much."""
        found = [self._shared((a, one), (b, other)) for one in self._numbers(a) for other in self._numbers(b)]
        if not found:
            raise NotInArchive("one of these articles has no version yet", key=f"{a} {b}")
        return max(found, key=lambda best: (best.words, -best.a[1], -best.b[1]))

    def _shared(self, a: Side, b: Side) -> _Best:
        passages = self._texts.passages(a, b)
        return _Best(sum(passage.own for passage in passages), a, b, passages)

    def _read_telling(self, article_id: int, number: int) -> Telling:
        known = self._known_of(article_id)
        version, about = known.versions[number], self._about(article_id)
        return Telling(
            words=self._texts.words((article_id, number)),
            name=_name(about.outlet or about.host or "an unnamed outlet", version),
            agency=agency_of(about.outlet),
            credits=credited_agencies(self._texts.text((article_id, number)), about.agency),
            first_seen=version.first_seen,
            basis=version.basis,
            stated=_moment(about.published or about.modified),
            stated_day=_day(about.published or about.modified),
            outlet=about.outlet,
        )

    # reading

    def _read_known(self, article_id: int) -> _Known:
        versions = {version.number: version for version in self.store.versions(article_id)}
        return _Known({number: versions[number] for number in _spread(list(versions))})

    def _about(self, article_id: int) -> About:
        known = self._known_of(article_id)
        if known.about is None:
            known.about = self.store.reuse.about(article_id)
        return known.about

    def _known_of(self, article_id: int) -> _Known:
        if article_id not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[article_id] = self._read_known(article_id)
        return self._known[article_id]

    def _numbers(self, article_id: int) -> Iterable[int]:
        return self._known_of(article_id).versions

    def _telling(self, article_id: int, number: int) -> Telling:
        tellings = self._known_of(article_id).tellings
        if number not in tellings:
            tellings[number] = self._read_telling(article_id, number)
        return tellings[number]


def _spread(numbers: list[int]) -> list[int]:
    """The first, the last and those evenly between."""
    if len(numbers) <= MOST_VERSIONS:
        return numbers
    step = (len(numbers) - 1) / (MOST_VERSIONS - 1)
    return sorted({numbers[round(at * step)] for at in range(MOST_VERSIONS)})


def _quoted_once(quotations: Iterable[Passage], words: tuple[Words, Words]) -> bool:
    """Is there speech of some length that only one of them has in quotation marks?"""
    return any(len(said.pairs) >= QUOTED_ONCE and quoted_in(said, *words) != "ab" for said in quotations)


def _name(outlet: str, version: Version) -> str:
    return f"{outlet} (version {version.number})"


def _moment(stated: str | None) -> datetime | None:
    """A stated time with minute and zone; anything less orders nothing."""
    if not stated or "T" not in stated:
        return None
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _day(stated: str | None) -> date | None:
    """The day that is stated, with or without a time."""
    try:
        return date.fromisoformat(stated[:10]) if stated else None
    except ValueError:
        return None


def compared(a: ArticleText, b: ArticleText) -> tuple[Reuse, Words, Words]:
    """Two texts by themselves, without an archive: what they share, and no direction but what credits give."""
    words = read_words(a), read_words(b)
    one = Telling(words[0], "the first text", credits=credited_agencies(a))
    other = Telling(words[1], "the second text", credits=credited_agencies(b))
    found = judge(one, other, shared_passages(*words), shared_quotations(*words))
    return found, words[0], words[1]


def words_of(text: ArticleText, name: str) -> Words:
    """The words of a text from outside; without any it could be said to share nothing. Raises InputError."""
    words = read_words(text)
    if not len(words):
        raise InputError(
            "there is no running text in it to compare (captions, tables and notes do not count)", key=name
        )
    return words
