"""Keeps the pairs of articles that share text up to date with the record.

A pair is judged by all versions of both articles, whichever came into the archive first,
so that the result does not depend on the order of arrival.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, ClassVar

from writethru.analyse.follow import Keep
from writethru.analyse.partners import partners
from writethru.errors import NotInArchive, Withdrawn
from writethru.model import ArticleText, Outcome, Version
from writethru.reuse.credits import agency_of, credited_agencies
from writethru.reuse.grams import MOST_HOLDERS, grams
from writethru.reuse.passages import Passage, shared_passages, shared_quotations
from writethru.reuse.verdict import Reuse, Telling, judge
from writethru.reuse.words import Mark, Words, read_words
from writethru.storage.reuse_store import Holder, ReusePair
from writethru.storage.store import Store

MOST_PARTNERS = 12
"""Articles compared with a new version: those that share most grams. A text that fifty outlets print
is linked to twelve of them, which is enough to put it in their copy group."""
MOST_VERSIONS = 8
"""Versions of an article that are compared with a partner: its first, its last and those evenly between."""
QUOTED_ONCE = 15
"""Words that only one article has in quotation marks from which a pair is kept that shares nothing else."""
MOST_KNOWN = 1000
"""Articles whose reading is kept in memory."""


@dataclass(frozen=True, slots=True)
class _Best:
    """The two versions that share most, and what they share."""

    words: int
    versions: tuple[int, int]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read of an article in this run; forgotten when it changes."""

    url: str
    numbers: list[int]
    tellings: dict[int, Telling]


class ReuseAnalysis:
    """Finds what each article shares with others."""

    name: ClassVar[str] = "reuse"

    def __init__(self, store: Store) -> None:
        self.store = store
        self._words = lru_cache(maxsize=512)(self._read_words)
        self._known: dict[int, _Known] = {}

    def article_changed(self, article_id: int) -> Keep:
        """New versions: their grams ask the index and enter it."""
        self._known.pop(article_id, None)
        found = {gram.hash: gram for number in self._numbers(article_id) for gram in self._grams(article_id, number)}
        holders = self.store.reuse.holders(found)
        own = self.store.article(article_id).outlet_id
        close = partners(found.values(), holders, article_id=article_id, outlet_id=own, most=MOST_PARTNERS)
        judged = [self.judged(article_id, partner) for partner in close]
        pairs = [pair for pair in judged if _is_kept(pair)]
        had = Counter(holder.gram for holder in holders)
        entering = [
            Holder(gram.hash, article_id, gram.at, gram.quoted, own)
            for gram in found.values()
            if had[gram.hash] < MOST_HOLDERS
        ]

        def keep() -> None:
            self.store.article(article_id)  # withdrawn meanwhile, nothing of it is kept
            for pair in pairs:
                with suppress(Withdrawn):
                    self.store.article(pair.other(article_id))
                    self.store.reuse.keep_pair(pair)
            self.store.reuse.add_grams(entering)

        return keep

    def article_rebuilt(self, article_id: int) -> Keep:
        """Its texts may be others now."""
        self._words.cache_clear()
        kept_anew = self.article_changed(article_id)

        def keep() -> None:
            self.store.reuse.forget(article_id)
            kept_anew()

        return keep

    # one pair

    def judged(self, one: int, other: int) -> ReusePair:
        """Two articles judged by all their versions. Raises NotInArchive, also where one has no version."""
        a, b = sorted((one, other), key=lambda number: self._about(number).url)
        best = self._best(a, b)
        tellings = [self._telling(article, version) for article, version in zip((a, b), best.versions, strict=True)]
        quotations = shared_quotations(tellings[0].words, tellings[1].words)
        found = judge(tellings[0], tellings[1], best.passages, quotations)
        return ReusePair(
            a_id=a,
            a_version=best.versions[0],
            b_id=b,
            b_version=best.versions[1],
            verdict=found.verdict.value,
            source=found.source,
            confidence=found.confidence,
            shared_a=round(found.shared_a, 4),
            shared_b=round(found.shared_b, 4),
            words=best.words,
            form=reuse_form(found, tellings[0].words, tellings[1].words),
        )

    def _best(self, a: int, b: int) -> _Best:
        """Over the versions of both; the earliest of those that share equally much."""
        found = [self._shared(a, b, (one, other)) for one in self._numbers(a) for other in self._numbers(b)]
        if not found:
            raise NotInArchive("one of these articles has no version yet", key=f"{a} {b}")
        return max(found, key=lambda best: (best.words, [-number for number in best.versions]))

    def _shared(self, a: int, b: int, versions: tuple[int, int]) -> _Best:
        words = self._words(a, versions[0]), self._words(b, versions[1])
        passages = shared_passages(*words)
        return _Best(_own_pairs(words, passages), versions, passages)

    def _read_telling(self, article_id: int, number: int) -> Telling:
        version, text = self.store.version(article_id, number), self.store.version_text(article_id, number)
        summary = self.store.article_summaries(article_id=article_id)[0]
        return Telling(
            words=self._words(article_id, number),
            name=_name(summary.outlet or summary.article.host or "an unnamed outlet", version),
            agency=agency_of(summary.outlet),
            credits=credited_agencies(text, self._stated_agency(article_id)),
            first_seen=version.first_seen,
            basis=version.basis,
            stated=_moment(summary.published or summary.modified),
            stated_day=_day(summary.published or summary.modified),
        )

    # reading

    def _read_numbers(self, article_id: int) -> list[int]:
        numbers = [version.number for version in self.store.versions(article_id)]
        if len(numbers) <= MOST_VERSIONS:
            return numbers
        step = (len(numbers) - 1) / (MOST_VERSIONS - 1)
        return sorted({numbers[round(at * step)] for at in range(MOST_VERSIONS)})

    def _about(self, article_id: int) -> _Known:
        if article_id not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[article_id] = _Known(self.store.article(article_id).url, self._read_numbers(article_id), {})
        return self._known[article_id]

    def _numbers(self, article_id: int) -> list[int]:
        return self._about(article_id).numbers

    def _telling(self, article_id: int, number: int) -> Telling:
        tellings = self._about(article_id).tellings
        if number not in tellings:
            tellings[number] = self._read_telling(article_id, number)
        return tellings[number]

    def _grams(self, article_id: int, number: int) -> Iterable[Any]:
        return grams(self._words(article_id, number))

    def _read_words(self, article_id: int, number: int) -> Words:
        return read_words(self.store.version_text(article_id, number))

    def _stated_agency(self, article_id: int) -> str:
        """The agency that the page itself names, by the latest reading."""
        for capture in reversed(self.store.captures(article_id)):
            if capture.look.outcome in (Outcome.SAME, Outcome.EDITED):
                form = self.store.extraction_of(capture.id)
                if form is not None:
                    return str(form.get("agency", ""))
        return ""


def _is_kept(pair: ReusePair) -> bool:
    """Do they share more than what both quote, and than a few words that one of them quotes?"""
    once = (said["words"] for said in pair.form["quotations"] if said["quoted_in"] != "ab")
    return bool(pair.form["passages"]) or max(once, default=0) >= QUOTED_ONCE


def _own_pairs(words: tuple[Words, Words], passages: Iterable[Passage]) -> int:
    a, b = words
    return sum(1 for p in passages for i, j in p.pairs if not (a.marks[i] | b.marks[j]) & Mark.QUOTED)


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


def reuse_form(found: Reuse, a: Words, b: Words) -> dict[str, Any]:
    """The JSON form of what two articles share: places are (block, first character, one past the last)."""
    return {
        "passages": [_passage_form(passage, a, b) for passage in found.passages],
        "quotations": [_passage_form(passage, a, b) for passage in found.quotations],
        "evidence": [
            {"ground": e.ground.value, "source": e.source, "weight": e.weight, "words": e.words} for e in found.evidence
        ],
    }


def _passage_form(passage: Passage, a: Words, b: Words) -> dict[str, Any]:
    return {
        "a": _stretches(a, passage.a),
        "b": _stretches(b, passage.b),
        "words": len(passage.pairs),
        "score": passage.score,
        "quoted": round(passage.quoted, 4),
        "quoted_in": _quoted_in(passage, a, b),
    }


def _quoted_in(passage: Passage, a: Words, b: Words) -> str:
    """Which articles have most of a passage in quotation marks: ``ab``, ``a``, ``b`` or none."""
    in_a = sum(1 for i, _ in passage.pairs if a.marks[i] & Mark.QUOTED)
    in_b = sum(1 for _, j in passage.pairs if b.marks[j] & Mark.QUOTED)
    half = len(passage.pairs) / 2
    return ("a" if in_a > half else "") + ("b" if in_b > half else "")


def _stretches(words: Words, span: tuple[int, int]) -> list[list[int]]:
    """The characters a passage covers, block by block."""
    found: dict[int, list[int]] = {}
    for place in words.places[span[0] : span[1]]:
        row = found.setdefault(place.block, [place.block, place.start, place.end])
        row[2] = place.end
    return list(found.values())


def compared(a: ArticleText, b: ArticleText) -> tuple[Reuse, Words, Words]:
    """Two texts by themselves, without an archive: what they share, and no direction but what credits give."""
    words = read_words(a), read_words(b)
    one = Telling(words[0], "the first text", credits=credited_agencies(a))
    other = Telling(words[1], "the second text", credits=credited_agencies(b))
    found = judge(one, other, shared_passages(*words), shared_quotations(*words))
    return found, words[0], words[1]
