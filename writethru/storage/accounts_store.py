"""What storage promises about who may write, what was written by whom, and what is paused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in.

    Attributes:
        role: value of ``safety.Role``.
        password: as it is hashed; never shown.
    """

    id: int
    name: str
    role: str
    password: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """What a program signs in with; the token itself is nowhere.

    Attributes:
        until: when it ends by itself, None for never.
        used_at: when it was used last, to the hour.
        revoked_at: None while it is good.
    """

    id: int
    name: str
    role: str
    added_at: datetime
    until: datetime | None = None
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_good(self, now: datetime) -> bool:
        """Neither revoked nor over."""
        return self.revoked_at is None and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True)
class SignInLink:
    """What signs a user in once.

    Attributes:
        anywhere: from other machines too; else from the one that serves the pages.
    """

    user: User
    until: datetime
    anywhere: bool


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One thing that was done. ``id`` is 0 before it is written."""

    at: datetime
    who: str
    action: str
    subject: str
    detail: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Pause:
    """An article or a source (``kind``) that somebody paused."""

    kind: str
    subject_id: int
    at: datetime
    who: str


class AccountStore(Protocol):
    """Users, sessions, tokens, failed tries, the journal, and pauses."""

    def add_user(self, user: User) -> None:
        """``user.id`` is ignored. Raises StorageError where the name is taken."""

    def users(self) -> Sequence[User]:
        """By name."""

    def user(self, name: str) -> User | None:
        """The one of this name."""

    def set_password(self, user_id: int, password: str) -> None:
        """Another password; all sessions of the user end."""

    def remove_user(self, user_id: int) -> None:
        """Sessions too."""

    def begin_session(self, digest: str, user_id: int, until: datetime, now: datetime) -> None:
        """Sessions that are over by now are removed on the way."""

    def session(self, digest: str, now: datetime) -> User | None:
        """Who is signed in with it."""

    def end_session(self, digest: str) -> None: ...

    def add_link(self, link: SignInLink, digest: str, now: datetime) -> None:
        """Links that are over by now are removed on the way."""

    def link(self, digest: str) -> SignInLink | None: ...

    def take_link(self, digest: str) -> bool:
        """Remove it; False: it is not there any more. Of two who take it at once, one gets it."""

    def add_token(self, token: Token, digest: str) -> int:
        """``token.id`` is ignored; the new one is given back."""

    def tokens(self) -> Sequence[Token]:
        """By id, revoked ones too."""

    def token(self, digest: str) -> Token | None: ...

    def use_token(self, token_id: int, at: datetime) -> None: ...

    def revoke_token(self, token_id: int, at: datetime) -> bool:
        """False: there is no such token, or it was revoked before."""

    def failures(self, key: str) -> tuple[int, datetime] | None:
        """How many tries failed in a row, and until when none is looked at."""

    def note_failures(self, key: str, failures: int, until: datetime) -> None: ...

    def forget_failures(self, key: str) -> None: ...

    def write_journal(self, line: JournalLine) -> None: ...

    def journal(self, limit: int, before: int = 0) -> Sequence[JournalLine]:
        """Newest first, those before the line of this id."""

    def pause(self, pause: Pause) -> None:
        """Its next look is never, whatever anybody writes; paused already, it stays as it is. Raises NotInArchive."""

    def resume(self, kind: str, subject_id: int, at: datetime) -> bool:
        """It is due now, if it was paused."""

    def pauses(self) -> Sequence[Pause]:
        """Newest first."""
