"""What the archive knows of shared text, as faces show it: pairs, alterations, stemma, copy groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from writethru.analyse.partners import partners
from writethru.analyse.reuse import ReuseAnalysis, compared, reuse_form
from writethru.comparison import compare
from writethru.errors import InputError, NotInArchive
from writethru.model import ArticleText, TimeBasis, Version
from writethru.reuse.alterations import Alterations, Covered, alterations
from writethru.reuse.grams import grams
from writethru.reuse.stemma import Link, Stemma, Telling, copy_groups, stemma
from writethru.reuse.verdict import Reuse, Verdict
from writethru.reuse.words import read_words
from writethru.storage.reuse_store import ReusePair
from writethru.storage.store import ArticleSummary, Store

MOST_TEXTS = 200
"""Articles in one stemma; a larger one is cut to the first found, and says so."""
MOST_MATCHES = 100
"""Articles that are compared with a text from outside: those that share the rarest grams."""
DERIVED = (Verdict.WHOLLY.value, Verdict.PARTLY.value, Verdict.COMMON_SOURCE.value)


@dataclass(frozen=True, slots=True)
class PairSide:
    """One article of a pair, in the version that shares most."""

    summary: ArticleSummary
    version: Version
    text: ArticleText
    stretches: tuple[tuple[int, int, int], ...]  # (block, start, end) that the passages cover


@dataclass(frozen=True, slots=True)
class PairView:
    """Two articles side by side.

    Attributes:
        alterations: what was changed from the source to the derived text; from a to b where
            nothing decides who was first.
        still_there: sentences that the source has since corrected and the other still has:
            ``(as it stands in the derived text, as the source has it now)``.
    """

    pair: ReusePair
    a: PairSide
    b: PairSide
    alterations: Alterations
    still_there: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StemmaView:
    """The articles that share text with one, directly or through others."""

    drawn: Stemma
    groups: tuple[tuple[str, ...], ...]
    articles: dict[str, int]
    cut: bool = False

    @property
    def independent(self) -> int:
        """How many independent texts there are: a copy group counts once."""
        return len(self.groups)


@dataclass(frozen=True, slots=True)
class Match:
    """An archived article that shares text with one from outside."""

    summary: ArticleSummary
    version: int
    reuse: Reuse
    form: dict[str, Any]


class SharedText:
    """Reads what ``ReuseAnalysis`` has found."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def pairs(self, article_id: int | None = None) -> list[ReusePair]:
        """Pairs of an article, or all; most shared words first. Raises NotInArchive."""
        if article_id is not None:
            self.store.article(article_id)
        return self.store.reuse.pairs(article_id)

    def pair(self, one: int, other: int) -> PairView:
        """Two articles side by side, whatever they share. Raises NotInArchive, InputError."""
        if one == other:
            raise InputError("an article cannot be compared with itself here; compare its versions", key=one)
        found = self.store.reuse.pair(one, other) or ReuseAnalysis(self.store).judged(one, other)
        a, b = self._side(found, "a"), self._side(found, "b")
        source, derived = (b, a) if found.source == "b" else (a, b)
        altered = _altered(source, derived)
        return PairView(found, a, b, altered, self._still_there(source, derived) if found.source else ())

    def against(self, text: ArticleText) -> list[Match]:
        """The archived articles that share text with this one, most shared words first."""
        words = read_words(text)
        found = grams(words)
        holders = self.store.reuse.holders(gram.hash for gram in found)
        close = partners(found, holders, most=MOST_MATCHES)
        matches = [self._match(article_id, text) for article_id in close]
        kept = [match for match in matches if match is not None]
        return sorted(
            kept, key=lambda match: (-max(match.reuse.shared_a, match.reuse.shared_b), match.summary.article.id)
        )

    def stemma(self, article_id: int) -> StemmaView:
        """The tree of texts this article belongs to. Raises NotInArchive."""
        self.store.article(article_id)
        pairs, cut = self._connected(article_id)
        ids = {article_id} | {number for pair in pairs for number in (pair.a_id, pair.b_id)}
        return self._view(ids, pairs, cut=cut)

    def among(self, article_ids: Iterable[int]) -> StemmaView:
        """The tree of these articles' texts, by what they share with each other. Raises NotInArchive."""
        ids = set(article_ids)
        found = {(p.a_id, p.b_id): p for number in sorted(ids) for p in self.store.reuse.pairs(number)}
        pairs = [p for p in found.values() if p.verdict in DERIVED and {p.a_id, p.b_id} <= ids]
        return self._view(ids, pairs, cut=False)

    def _view(self, ids: Iterable[int], pairs: Sequence[ReusePair], *, cut: bool) -> StemmaView:
        summaries = {number: self.summary(number) for number in sorted(ids)}
        keys = {number: summary.article.url for number, summary in summaries.items()}
        texts = [_telling(summary) for summary in summaries.values()]
        links = [link for pair in pairs if (link := _link(pair, keys)) is not None]
        same = [(keys[pair.a_id], keys[pair.b_id]) for pair in pairs if _is_copy(pair)]
        groups = copy_groups(keys.values(), same)
        return StemmaView(stemma(texts, links), groups, {key: number for number, key in keys.items()}, cut)

    def _connected(self, article_id: int) -> tuple[list[ReusePair], bool]:
        """The derived pairs that hang together with an article."""
        seen, waiting = {article_id}, [article_id]
        found: dict[tuple[int, int], ReusePair] = {}
        while waiting:
            for pair in self.store.reuse.pairs(waiting.pop()):
                if pair.verdict not in DERIVED:
                    continue
                if len(seen) >= MOST_TEXTS:
                    return list(found.values()), True
                found[pair.a_id, pair.b_id] = pair
                fresh = {pair.a_id, pair.b_id} - seen
                seen |= fresh
                waiting += sorted(fresh)
        return list(found.values()), False

    def _match(self, article_id: int, text: ArticleText) -> Match | None:
        appearances = self.store.appearances(article_id)
        if not appearances:
            return None
        number = appearances[-1].version_number
        found, a, b = compared(self.store.version_text(article_id, number), text)
        if not found.passages and not found.quotations:
            return None
        return Match(self.summary(article_id), number, found, reuse_form(found, a, b))

    def _side(self, pair: ReusePair, side: str) -> PairSide:
        article_id, number = (pair.a_id, pair.a_version) if side == "a" else (pair.b_id, pair.b_version)
        stretches = tuple(
            (block, start, end) for passage in pair.form["passages"] for block, start, end in passage[side]
        )
        return PairSide(
            self.summary(article_id),
            self.store.version(article_id, number),
            self.store.version_text(article_id, number),
            stretches,
        )

    def _still_there(self, source: PairSide, derived: PairSide) -> tuple[tuple[str, str], ...]:
        """Sentences of the passages that the source's latest text has otherwise and the derived latest has not."""
        latest = self._latest(source.summary.article.id)
        if latest is None or latest[0] == source.version.number:
            return ()
        standing = self._latest(derived.summary.article.id)
        covered = Covered(source.stretches)
        body = standing[1].text if standing else derived.text.text
        found = []
        for edit in compare(source.text, latest[1]).edits:
            if edit.rewritten and edit.substantial and covered.touches(edit.old):
                found += [(s.text, edit.new_text) for s in edit.old if s.text in body]
        return tuple(found)

    def _latest(self, article_id: int) -> tuple[int, ArticleText] | None:
        appearances = self.store.appearances(article_id)
        if not appearances:
            return None
        number = appearances[-1].version_number
        return number, self.store.version_text(article_id, number)

    def summary(self, article_id: int) -> ArticleSummary:
        """An article with its counts. Raises NotInArchive."""
        rows = self.store.article_summaries(article_id=article_id)
        if not rows:
            raise NotInArchive("no such article", key=article_id)
        return rows[0]


def _altered(source: PairSide, derived: PairSide) -> Alterations:
    covered = Covered(source.stretches), Covered(derived.stretches)
    return alterations(source.text, derived.text, covered)


def _is_copy(pair: ReusePair) -> bool:
    """One text for counting sources: wholly derived, or both from a third."""
    return pair.verdict in (Verdict.WHOLLY.value, Verdict.COMMON_SOURCE.value)


def _telling(summary: ArticleSummary) -> Telling:
    return Telling(
        key=summary.article.url,
        label=summary.headline or summary.article.url,
        outlet=summary.outlet,
        at=summary.first_seen if summary.basis in (TimeBasis.OBSERVED, TimeBasis.STATED) else None,
    )


def _link(pair: ReusePair, keys: dict[int, str]) -> Link | None:
    """The link of a pair with a direction; without one there is none to draw."""
    if not pair.source:
        return None
    source, derived = (pair.a_id, pair.b_id) if pair.source == "a" else (pair.b_id, pair.a_id)
    weight = pair.shared_b if pair.source == "a" else pair.shared_a
    words = "; ".join(e["words"] for e in pair.form["evidence"])
    return Link(keys[source], keys[derived], weight, pair.confidence, words)
