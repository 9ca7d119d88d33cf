"""What storage promises about notifications: a journal in which each thing to be told stands once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class NoticeState(StrEnum):
    """How far a notice has come."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class NewNotice:
    """Something that a rule wants told to a target.

    Attributes:
        at: when the change was first seen, or the absence settled.
        number: of the change; 0 of an absence; below 0 of something that a story's texts state, made of its words.
        due: when it is to be sent.
    """

    rule: str
    target: str
    article_id: int
    at: datetime
    number: int
    due: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice in the journal.

    Attributes:
        tries: how often sending failed or was broken off; above 0, it may have arrived all the same.
    """

    id: int
    new: NewNotice
    noted_at: datetime
    state: NoticeState
    tries: int
    settled_at: datetime | None
    detail: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes out in one message.

    Attributes:
        more: how many due notices of the same rule and target were left for the next message.
        unsure: a process died while it was sending some of these: they may have arrived already.
    """

    rule: str
    target: str
    notices: tuple[Notice, ...]
    unsure: bool = False


class NoticeStore(Protocol):
    """The journal of notifications."""

    def note(self, new: Sequence[NewNotice], at: datetime) -> int:
        """Add what is not there yet; how many that were."""

    def take(self, now: datetime, until: datetime, rules: Collection[str], resting: Collection[str]) -> Batch | None:
        """Mark as being sent what is due of one rule and target, and give it; None where nothing is.

        What was being sent until a time that is over counts as due again: whoever sent it has died.

        Args:
            until: when sending is taken to have died.
            rules: names of rules that may send now.
            resting: targets that may not.
        """

    def settle(self, ids: Sequence[int], state: NoticeState, at: datetime, detail: str = "") -> None:
        """They were sent, or dropped for good."""

    def put_back(self, ids: Sequence[int], detail: str) -> None:
        """Sending failed: they are pending again."""

    def drop_strays(self, known: Collection[tuple[str, str]], at: datetime) -> int:
        """Drop what waits for a rule and target that are no more; how many that were."""

    def journal(self, limit: int) -> Sequence[Notice]:
        """The latest, newest first."""
