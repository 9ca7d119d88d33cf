"""What the archive knows of shared text, as faces show it: pairs, alterations, stemma, copy groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from writethru.analyse.compared_texts import reuse_form
from writethru.analyse.partners import partners
from writethru.analyse.reuse import ReuseAnalysis, compared, words_of
from writethru.comparison import compare
from writethru.errors import InputError, NotInArchive
from writethru.model import ArticleText, TimeBasis, Version
from writethru.reuse.alterations import Alterations, Covered, alterations
from writethru.reuse.grams import gram_rows
from writethru.reuse.stemma import Link, Stemma, Telling, copy_groups, stemma
from writethru.reuse.thirds import Descent, thirds
from writethru.reuse.verdict import WHOLLY, Reuse, Verdict
from writethru.storage.reuse_store import PairLine, ReusePair
from writethru.storage.store import ArticleSummary, Store

MOST_TEXTS = 200
"""Articles in one stemma; a larger one is cut to the nearest, and says so."""
MOST_REACHED = 20_000
"""Articles that are counted, where so many hang together."""
MOST_LISTED = 1_000
"""Pairs that are given at once, those that share most."""
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
        corrected_by: whose correction that is, ``"a"`` or ``"b"``: the source's, or where nothing decides who that is,
            of the one that has corrected something.
        third: an article that came before both and holds as much of each: they seem to have it from there.
    """

    pair: ReusePair
    a: PairSide
    b: PairSide
    alterations: Alterations
    still_there: tuple[tuple[str, str], ...] = ()
    corrected_by: str = ""
    third: ArticleSummary | None = None


@dataclass(frozen=True, slots=True)
class StemmaView:
    """The articles that share text with one, directly or through others.

    Attributes:
        drawn, groups, articles: of those that are shown.
        reached: how many articles hang together, shown or not.
        independent: how many independent texts these are: those between which any copying was found count once.
        lineages: these, by the numbers of their articles.
        undecided: pairs that share text of which nothing says which way it went.
        cut: are there more than are shown?
    """

    drawn: Stemma
    groups: tuple[tuple[str, ...], ...]
    articles: dict[str, int]
    reached: int
    independent: int
    undecided: int
    cut: bool = False
    lineages: tuple[tuple[int, ...], ...] = ()


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

    def pairs(self, article_id: int | None = None, limit: int | None = MOST_LISTED) -> list[ReusePair]:
        """Pairs of an article, or all, at most ``limit``; most shared words first. Raises NotInArchive."""
        if article_id is not None:
            self.store.article(article_id)
        return self.store.reuse.pairs(article_id, limit)

    def count(self, article_id: int | None = None) -> int:
        """How many pairs an article has, or how many there are."""
        return self.store.reuse.count(article_id)

    def pair(self, one: int, other: int) -> PairView:
        """Two articles side by side, whatever they share. Raises NotInArchive, InputError."""
        if one == other:
            raise InputError("an article cannot be compared with itself here; compare its versions", key=one)
        found = self.store.reuse.pair(one, other) or ReuseAnalysis(self.store).judged(one, other)
        a, b = self._side(found, "a"), self._side(found, "b")
        source, derived = (b, a) if found.source == "b" else (a, b)
        still = [(side, self._still_there(*sides)) for side, sides in _ways(found, a, b)]
        corrected_by, there = next(((side, told) for side, told in still if told), ("", ()))
        lines = self.store.reuse.lines((found.a_id, found.b_id))
        third = _thirds([found], lines).get((found.a_id, found.b_id))
        return PairView(
            found,
            a,
            b,
            _altered(source, derived),
            there,
            corrected_by,
            None if third is None else self.summary(third),
        )

    def thirds(self, pairs: Sequence[ReusePair]) -> dict[tuple[int, int], int]:
        """For each of these pairs, by ``(a_id, b_id)``, the one of their articles that both seem to have it from."""
        ids = {number for pair in pairs for number in (pair.a_id, pair.b_id)}
        return _thirds(pairs, self.store.reuse.lines_among(ids))

    def against(self, text: ArticleText, name: str = "") -> list[Match]:
        """The archived articles that share text with this one, most shared words first.

        Args:
            name: of the text, for people.

        Raises:
            InputError: there are no words in it.
        """
        found = gram_rows(words_of(text, name))
        holders = self.store.reuse.holding(found["gram"])
        close = partners(found, holders, most=MOST_MATCHES)
        matches = [self._match(article_id, text) for article_id in close]
        kept = [match for match in matches if match is not None]
        return sorted(
            kept, key=lambda match: (-max(match.reuse.shared_a, match.reuse.shared_b), match.summary.article.id)
        )

    def stemma(self, article_id: int) -> StemmaView:
        """The tree of texts this article belongs to. Raises NotInArchive."""
        self.store.article(article_id)
        ids, lines = self._connected(article_id)
        return self._view(ids, lines)

    def among(self, article_ids: Iterable[int]) -> StemmaView:
        """The tree of these articles' texts, by what they share with each other. Raises NotInArchive."""
        ids = sorted(set(article_ids))
        lines = [
            line
            for line in self.store.reuse.lines(ids)
            if line.verdict in DERIVED and {line.a_id, line.b_id} <= set(ids)
        ]
        return self._view(ids, lines, most=len(ids))

    def _view(self, ids: Sequence[int], lines: Sequence[PairLine], most: int = MOST_TEXTS) -> StemmaView:
        shown = sorted(ids[:most])
        summaries = {number: self.summary(number) for number in shown}
        keys = {number: summary.article.url for number, summary in summaries.items()}
        pairs = [pair for pair in self.store.reuse.among(shown) if pair.verdict in DERIVED]
        links = [link for pair in pairs if (link := _link(pair, keys)) is not None]
        groups = copy_groups(ids, [(line.a_id, line.b_id) for line in lines if _is_copy(line)])
        lineages = copy_groups(ids, [(line.a_id, line.b_id) for line in lines])
        named = (tuple(sorted(keys[number] for number in group if number in keys)) for group in groups)
        return StemmaView(
            drawn=stemma([_telling(summary) for summary in summaries.values()], links),
            groups=tuple(sorted(group for group in named if group)),
            articles={key: number for number, key in keys.items()},
            reached=len(ids),
            independent=len(lineages),
            undecided=sum(1 for line in lines if not line.source and line.verdict != Verdict.COMMON_SOURCE),
            cut=len(ids) > len(shown),
            lineages=lineages,
        )

    def _connected(self, article_id: int) -> tuple[list[int], list[PairLine]]:
        """The articles that hang together with one by derived pairs, the nearest first, and these pairs."""
        found, near = {article_id: None}, [article_id]
        lines: set[PairLine] = set()
        while near and len(found) < MOST_REACHED:
            fresh = {line for line in self.store.reuse.lines(near) if line.verdict in DERIVED}
            lines |= fresh
            near = sorted({number for line in fresh for number in (line.a_id, line.b_id)} - found.keys())
            near = near[: MOST_REACHED - len(found)]
            found.update(dict.fromkeys(near))
        return list(found), sorted(line for line in lines if line.a_id in found and line.b_id in found)

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


def _thirds(pairs: Iterable[ReusePair], lines: Iterable[PairLine]) -> dict[tuple[int, int], int]:
    descents = (
        Descent(line.a_id, line.b_id, line.shared_b)
        if line.source == "a"
        else Descent(line.b_id, line.a_id, line.shared_a)
        for line in lines
        if line.source
    )
    asked = (pair for pair in pairs if pair.verdict in DERIVED)
    return thirds(((pair.a_id, pair.b_id, pair.shared_a, pair.shared_b) for pair in asked), descents)


def _ways(pair: ReusePair, a: PairSide, b: PairSide) -> list[tuple[str, tuple[PairSide, PairSide]]]:
    """From whom to whom the text may have gone: both ways where nothing decides it."""
    if pair.verdict not in DERIVED:
        return []
    return [(side, way) for side, way in (("a", (a, b)), ("b", (b, a))) if pair.source in ("", side)]


def _altered(source: PairSide, derived: PairSide) -> Alterations:
    covered = Covered(source.stretches), Covered(derived.stretches)
    return alterations(source.text, derived.text, covered)


def _is_copy(line: PairLine) -> bool:
    """One text for counting sources: six tenths of one are the other, whoever has it from whom."""
    return line.verdict in DERIVED and max(line.shared_a, line.shared_b) >= WHOLLY


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
