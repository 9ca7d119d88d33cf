"""What storage promises about analyses: who follows the change log, and the index and pairs of shared text.

The rules are those of ``store``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from writethru.storage.postings import Holding


@dataclass(frozen=True, slots=True)
class Following:
    """How far an analysis is: the last number of the change log it has done, and who holds it ("": nobody)."""

    seq: int = 0
    worker: str = ""


class Holder(NamedTuple):
    """An article that has a gram, the number of its first word, and whether it stands there in quotation marks."""

    gram: int
    article_id: int
    at: int
    quoted: bool = False
    outlet_id: int | None = None


class About(NamedTuple):
    """What shared text needs to know of an article beside its texts.

    Attributes:
        url, host, outlet: of the article; no outlet is "".
        published, modified: as its latest reading states them.
        agency: the agency that the page itself names, "" where none.
    """

    url: str
    host: str
    outlet: str
    published: str | None = None
    modified: str | None = None
    agency: str = ""


class FollowerStore(Protocol):
    """How far each analysis has followed the change log; one process does it at a time, by a lease."""

    def state(self, analysis: str) -> Following:
        """How far an analysis is, and who holds it."""

    def take(self, analysis: str, worker: str, now: datetime, until: datetime, *, dead: str = "") -> bool:
        """Lease an analysis that is free, ours, expired, or held by ``dead``; did we get it?"""

    def advance(self, analysis: str, worker: str, steps: tuple[int, int], until: datetime) -> bool:
        """Move the position from the first to the second of ``steps`` and renew; False: it is no longer ours."""

    def release(self, analysis: str, worker: str) -> None:
        """Give a lease back, if it is ours."""


@dataclass(frozen=True, slots=True)
class ReusePair:
    """What two articles are to each other, by the two versions that share most.

    Attributes:
        a_id, b_id: articles; a's URL sorts before b's.
        a_version, b_version: numbers of the versions.
        verdict: value of ``reuse.verdict.Verdict``.
        source: ``a``, ``b`` or ``""``.
        confidence: of the direction, 0 … 1.
        shared_a, shared_b: share of each one's own words that the other has.
        words: matched words outside quotation marks.
        form: passages, quotations and evidence as JSON values.
    """

    a_id: int
    a_version: int
    b_id: int
    b_version: int
    verdict: str
    source: str
    confidence: float
    shared_a: float
    shared_b: float
    words: int
    form: dict[str, Any]

    def other(self, article_id: int) -> int:
        """The article of the pair that is not this one."""
        return self.b_id if article_id == self.a_id else self.a_id


class PairLine(NamedTuple):
    """A pair without what it shares; see ``ReusePair``."""

    a_id: int
    b_id: int
    verdict: str
    source: str
    shared_a: float
    shared_b: float


class ReuseStore(Protocol):
    """Grams and pairs, and the positions of analyses that need no lease."""

    def position(self, analysis: str) -> int:
        """The last number of the change log that an analysis has done, 0 before the first."""

    def set_position(self, analysis: str, seq: int) -> None:
        """Note that an analysis has done the change log up to ``seq``."""

    def snapshot(self) -> AbstractContextManager[None]:
        """What this thread reads inside, outside transactions, is all of one moment, on one connection."""

    def about(self, article_id: int) -> About:
        """What is known of an article beside its texts. Raises NotInArchive."""

    def holders(self, grams: Iterable[int]) -> list[Holder]:
        """What is indexed of these grams, by gram and article."""

    def holding(self, grams: Iterable[int]) -> Holding:
        """The same as an array of postings, by gram and article: 2,000 for an article where 200,000 are indexed."""

    def add_grams(self, holders: Sequence[Holder]) -> None:
        """Index grams of one article; those it has already stay as they are."""

    def add_postings(self, postings: Holding) -> None:
        """The same of postings as ``holding`` has them."""

    def keep_pair(self, pair: ReusePair) -> None:
        """Write a pair in place of the one of these two articles."""

    def pairs(self, article_id: int | None = None, limit: int | None = None) -> list[ReusePair]:
        """The pairs of an article, or all; most shared words first, then by articles; at most ``limit``."""

    def count(self, article_id: int | None = None) -> int:
        """How many pairs an article has, or how many there are."""

    def lines(self, article_ids: Iterable[int]) -> list[PairLine]:
        """The pairs that any of these articles is in, by articles."""

    def lines_among(self, article_ids: Iterable[int]) -> list[PairLine]:
        """The pairs of which both are among these articles, by articles."""

    def among(self, article_ids: Iterable[int]) -> list[ReusePair]:
        """The same with what they share."""

    def pair(self, one: int, other: int) -> ReusePair | None:
        """The pair of two articles, None where they share nothing that was found."""

    def forget(self, article_id: int) -> None:
        """Take an article's grams and pairs out."""

    def size(self) -> tuple[int, int]:
        """How many pairs and how many grams there are."""
