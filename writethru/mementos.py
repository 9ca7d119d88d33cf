"""The record as mementos (RFC 7089): which look answers for an address at a moment, and what may be said of it.

A memento is a look that showed the article at a time of its own. Looks whose time is not known
(imported without a date, or only in order) are none: a ``Memento-Datetime`` for them would be invented.
May import ``storage``, ``listing`` and ``model``; reads only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from writethru.errors import InputError, NotInArchive
from writethru.model import Article, Capture, Medium
from writethru.storage.mementos import DATED, LONG_AGO, SHOWN
from writethru.storage.store import Store
from writethru.storage.withdrawn import said
from writethru.text.http_dates import http_date
from writethru.text.urls import canonical

PAGE: Final = 1_000
"""Mementos on one page of a TimeMap."""

ORIGINAL: Final = frozenset({Medium.HTTP, Medium.WARC, Medium.PAGE})
"""Media whose bytes are the outlet's own; of others there is our reading only."""

_STAMP: Final = re.compile(r"[0-9]{14}(?:[0-9]{6})?")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A memento with its neighbours.

    Attributes:
        is_memento: False for a look that did not show the article (its bytes are kept all the same).
    """

    capture: Capture
    first: Capture | None
    last: Capture | None
    previous: Capture | None
    next: Capture | None
    is_memento: bool = True


@dataclass(frozen=True, slots=True)
class TimeMap:
    """One page of an article's mementos, in time.

    Attributes:
        since: where this page begins, None for the first.
        following: where the next page begins, None at the end.
    """

    article: Article
    captures: tuple[Capture, ...]
    first: Capture
    last: Capture
    since: datetime | None
    following: datetime | None


class Mementos:
    """Mementos of one archive.

    Args:
        store: where looks stand.
        body_of: reads a look's bytes from the evidence.
    """

    def __init__(self, store: Store, body_of: Callable[[Capture], bytes | None]) -> None:
        self._store = store
        self._body_of = body_of

    def article(self, url: str) -> Article:
        """The article at an address, or at one of its other addresses. Raises InputError, NotInArchive, Withdrawn."""
        address = canonical(with_scheme(url))
        found = self._store.find_article(address)
        if found is None:
            withdrawal = self._store.withheld.at(address)
            if withdrawal is not None:
                raise said(withdrawal)
            raise NotInArchive("no article is known at this address", key=url[:300])
        return found if found.same_as is None else self._store.article(found.same_as)

    def negotiate(self, url: str, at: datetime | None) -> Chosen:
        """The memento in force at a moment: the latest of then or before, else the first; None: the latest.

        Raises:
            InputError: the address is malformed.
            NotInArchive: there is no such article, or no memento of it.
        """
        article = self.article(url)
        ends = self._ends(article)
        if at is None:
            return self._chosen(ends[1], ends)
        # a Memento-Datetime has no fractions: asking for the one that was given must give it again
        found = self._store.mementos.in_force(article.id, at.replace(microsecond=0) + timedelta(microseconds=999_999))
        return self._chosen(found or ends[0], ends)

    def timemap(self, url: str, since: datetime | None = None, size: int = PAGE) -> TimeMap:
        """One page of the mementos of an article. Raises InputError, NotInArchive."""
        article = self.article(url)
        first, last = self._ends(article)
        found = self._store.mementos.since(article.id, since or LONG_AGO, size + 1)
        if not found:
            raise NotInArchive("no memento is as late as that", key=url[:300])
        following = found[size].look.captured_at if len(found) > size else None
        return TimeMap(article, tuple(found[:size]), first, last, since, following)

    def exactly(self, url: str, stamp: str) -> Chosen:
        """The look of this very moment. Raises InputError, NotInArchive."""
        article = self.article(url)
        begin, end = span_of(stamp)
        found = self._store.mementos.at(article.id, begin, end)
        if found is None:
            raise NotInArchive("no look was made at that moment; the TimeMap lists all", key=stamp)
        ends = self._store.mementos.ends(article.id)
        again = self._store.mementos.since(article.id, found.look.captured_at, 2)
        return self._chosen(found, ends, is_memento=found.id in {capture.id for capture in again})

    def body(self, capture: Capture) -> bytes:
        """The bytes that a look brought. Raises NotInArchive, EvidenceError."""
        body = self._body_of(capture)
        if body is None:
            raise NotInArchive("this look brought no body", key=capture.id)
        return body

    def version(self, capture: Capture) -> int | None:
        """The number of the version that stood there at a look; None where it showed none of ours."""
        return self._store.mementos.version_at(capture.article_id, capture.look.captured_at)

    def _ends(self, article: Article) -> tuple[Capture, Capture]:
        ends = self._store.mementos.ends(article.id)
        if ends is None:
            raise NotInArchive("no look at this article has bytes and a time of its own", key=article.id)
        return ends

    def _chosen(self, capture: Capture, ends: tuple[Capture, Capture] | None, *, is_memento: bool = True) -> Chosen:
        first, last = ends or (None, None)
        return Chosen(capture, first, last, *self._store.mementos.around(capture), is_memento)


def has_original(capture: Capture) -> bool:
    """Whether the bytes kept are the outlet's own."""
    return capture.look.medium in ORIGINAL


def has_mementos(captures: Sequence[Capture]) -> bool:
    """Whether any of an article's looks is a memento."""
    return any(
        one.look.outcome in SHOWN and one.look.basis in DATED and one.look.body_digest and one.look.evidence
        for one in captures
    )


def stamp_of(moment: datetime) -> str:
    """``20310302140500``, with six digits more where the moment has a fraction: never two looks under one."""
    form = "%Y%m%d%H%M%S%f" if moment.microsecond else "%Y%m%d%H%M%S"
    return moment.astimezone(UTC).strftime(form).rjust(20 if moment.microsecond else 14, "0")


def span_of(stamp: str) -> tuple[datetime, datetime]:
    """The second, or the microsecond, that a stamp names, and the next. Raises InputError."""
    if not _STAMP.fullmatch(stamp):
        raise InputError("a moment is YYYYMMDDhhmmss, with six digits more for a fraction", key=stamp[:40])
    try:
        begin = datetime.strptime(stamp[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        if len(stamp) == 20:
            begin = begin.replace(microsecond=int(stamp[14:]))
            return begin, begin + timedelta(microseconds=1)
        return begin, begin + timedelta(seconds=1)
    except (ValueError, OverflowError) as error:
        raise InputError("there is no such moment", key=stamp) from error


def accept_datetime(value: str) -> datetime:
    """The moment of an ``Accept-Datetime`` header (RFC 7089, section 2.1.1). Raises InputError."""
    try:
        return http_date(value)
    except ValueError as error:
        raise InputError("must be as in Tue, 15 Nov 1994 08:12:31 GMT", key="Accept-Datetime") from error


def with_scheme(url: str) -> str:
    """An address as it stands in a path: with a scheme, and both its slashes, which some proxies join."""
    scheme, colon, rest = url.partition(":")
    if colon and scheme.lower() in ("http", "https"):
        return f"{scheme}://{rest.lstrip('/')}"
    return f"http://{url}"
