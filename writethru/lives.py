"""The sentences of one article through all its appearances, dated: what brought each, what it was, what was lost.

Pure: appearances and texts in, a frozen view out. ``Archive.sentences`` reads them from the store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from writethru.comparison.chain import Chain, Life, Wording, follow
from writethru.model import Appearance, ArticleText, TimeBasis, Version
from writethru.storage.store import ArticleSummary

MOST_APPEARANCES: Final = 500
MOST_WORDS: Final = 4_000_000
"""How much of a history is followed, newest part first: a live page of 500 versions that ends with 11,000 words is
within both and takes 2.5 s of CPU; 4 million words take about 3 s (``python -m bench compare_chain``)."""


@dataclass(frozen=True, slots=True)
class DatedWording:
    """One wording of a sentence, over an unbroken run of appearances.

    Attributes:
        how: ``first`` (it stood in the oldest text followed), ``restored``, or the operation that brought it.
        where: field or block kind in which it stood at first.
        from_version, to_version: the versions at both ends of the run.
        first_seen, last_seen: sightings at both ends of the run.
        change: number of the change that brought it, None if it was there from the start.
    """

    text: str
    how: str
    where: str
    from_version: int
    to_version: int
    first_seen: datetime
    last_seen: datetime
    basis: TimeBasis
    change: int | None


@dataclass(frozen=True, slots=True)
class SentenceLife:
    """One sentence through all its wordings, oldest first.

    Attributes:
        gone_with: number of the change that took it away, None while it stands.
        split_from: the sentence it was part of before, "" if none.
    """

    wordings: tuple[DatedWording, ...]
    gone_with: int | None = None
    split_from: str = ""

    @property
    def text(self) -> str:
        """Its latest wording."""
        return self.wordings[-1].text

    def ever_said(self, words: str) -> bool:
        """Do the words stand in any wording, letter case set aside?"""
        sought = words.casefold()
        return any(sought in wording.text.casefold() for wording in self.wordings)


@dataclass(frozen=True, slots=True)
class SentencesView:
    """All sentences of an article.

    Attributes:
        standing: those of the latest text, in its order.
        lost: those that stood once and stand no more, neither reworded nor as part of another; last seen last.
        followed: how many appearances were followed.
        left_out: how many older ones were not, because the history is very long.
    """

    summary: ArticleSummary
    standing: tuple[SentenceLife, ...]
    lost: tuple[SentenceLife, ...]
    followed: int
    left_out: int

    def about(self, words: str) -> tuple[SentenceLife, ...]:
        """The lives of all sentences, standing or lost, that ever held these words."""
        return tuple(life for life in (*self.standing, *self.lost) if life.ever_said(words))


def within_bounds(appearances: Sequence[Appearance], versions: Sequence[Version]) -> Sequence[Appearance]:
    """The newest appearances that are followed, oldest first."""
    words = {version.number: version.words for version in versions}
    room = MOST_WORDS
    start = len(appearances)
    while start and len(appearances) - start < MOST_APPEARANCES:
        room -= words.get(appearances[start - 1].version_number, 0)
        if room < 0 and start < len(appearances):
            break
        start -= 1
    return appearances[start:]


def sentences_of(
    summary: ArticleSummary, appearances: Sequence[Appearance], texts: Mapping[int, ArticleText], left_out: int
) -> SentencesView:
    """Follow every sentence through these appearances.

    Args:
        appearances: consecutive, oldest first.
        texts: version number to its text.
        left_out: older appearances that are not among them.
    """
    chain = follow([texts[appearance.version_number] for appearance in appearances])
    dating = _Dating(chain, appearances)
    lost = sorted(chain.lost, key=lambda life: life.last)
    return SentencesView(
        summary,
        tuple(dating.life(life) for life in chain.blame),
        tuple(dating.life(life, gone=True) for life in lost),
        len(appearances),
        left_out,
    )


class _Dating:
    """Puts versions, times and numbers of changes to the lives of a chain."""

    def __init__(self, chain: Chain, appearances: Sequence[Appearance]) -> None:
        self.chain = chain
        self.appearances = appearances

    def life(self, life: Life, *, gone: bool = False) -> SentenceLife:
        """A life, dated."""
        origin = life.came_from and self.chain.biography(life.came_from)
        before = "" if not origin else next(w.text for w in origin.wordings if w.first < life.born <= w.last + 1)
        after = self.appearances[life.last].ordinal if gone else None
        return SentenceLife(tuple(map(self._wording, life.wordings)), after, before)

    def _wording(self, wording: Wording) -> DatedWording:
        first, last = self.appearances[wording.first], self.appearances[wording.last]
        return DatedWording(
            text=wording.text,
            how=wording.how,
            where=wording.place.where,
            from_version=first.version_number,
            to_version=last.version_number,
            first_seen=first.first_seen,
            last_seen=last.last_seen,
            basis=first.basis,
            change=first.ordinal - 1 if wording.first else None,
        )
