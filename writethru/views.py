"""What the service layer hands to the faces: one frozen value per page or listing.

Pages, API and CLI render these and nothing else, so that all three say the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from writethru.alerts import Absence, Alternation
from writethru.model import (
    Alias,
    Appearance,
    Article,
    ArticleText,
    Capture,
    ChangeRecord,
    TimeBasis,
    Version,
)
from writethru.storage.store import ArticleSummary
from writethru.text.wording import counted

if TYPE_CHECKING:
    from writethru.comparison import Change

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change as a river or a list shows it.

    Attributes:
        excerpt: the first words that changed: (old text, new text), either may be "".
    """

    record: ChangeRecord
    url: str
    outlet: str
    headline: str
    excerpt: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its whole history.

    Attributes:
        absences: disappearances seen often and long enough to be reported, in time.
        alternations: stretches in which known texts were shown in turn, in time.
        joined: articles that turned out to be this one, with histories of their own.
        changes: newest first, as many as were asked for.
        records: all of its changes, newest first.
    """

    summary: ArticleSummary
    versions: tuple[Version, ...]
    appearances: tuple[Appearance, ...]
    changes: tuple[ChangeRow, ...]
    captures: tuple[Capture, ...]
    aliases: tuple[Alias, ...]
    extraction: dict[str, Any] | None
    latest: ArticleText | None
    absences: tuple[Absence, ...] = ()
    alternations: tuple[Alternation, ...] = ()
    joined: tuple[Article, ...] = ()
    records: tuple[ChangeRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeView:
    """Two states of one article side by side.

    Attributes:
        record: the stored change, or None for two versions picked by the reader.
        gap: time between the two sightings, where only that is known.
        previous, next: numbers of the neighbouring changes, or None.
    """

    summary: ArticleSummary
    record: ChangeRecord | None
    change: Change
    old: ArticleText
    new: ArticleText
    old_version: Version
    new_version: Version
    old_capture: Capture | None
    new_capture: Capture | None
    previous: int | None
    next: int | None

    @property
    def gap(self) -> timedelta | None:
        """Time between the sightings when no absolute time is known."""
        if self.record is None or self.record.basis is not TimeBasis.RELATIVE:
            return None
        return self.record.before - self.record.after


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a listing; ``cursor`` continues it, "" at the end."""

    rows: tuple[Row, ...]
    cursor: str = ""


def observed_interval(record: ChangeRecord) -> str:
    """The interval in words, saying how far its times can be trusted."""
    if record.basis is TimeBasis.RELATIVE:
        return f"{describe_gap(record.before - record.after)} apart; the absolute times are not known"
    if record.basis is TimeBasis.IMPORTED:
        return f"before {stamp(record.before)} (imported; when the text was seen is not known)"
    if record.after == record.before:
        return f"at {stamp(record.before)} by its source's clock"
    return f"after {stamp(record.after)} and not later than {stamp(record.before)}"


def stamp(moment: datetime) -> str:
    """``2031-03-02 14:05 UTC``, with seconds only where they are not zero."""
    form = "%Y-%m-%d %H:%M:%S UTC" if moment.second else "%Y-%m-%d %H:%M UTC"
    return moment.strftime(form)


def describe_gap(gap: timedelta) -> str:
    """``35 minutes``, ``2 hours 5 minutes``, ``3 days``: two units at most."""
    seconds = round(gap.total_seconds())
    if seconds < 60:
        return counted(seconds, "second")
    parts = []
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        amount, seconds = divmod(seconds, size)
        if amount:
            parts.append(counted(amount, unit))
    return " ".join(parts[:2])
