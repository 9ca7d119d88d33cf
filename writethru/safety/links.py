"""Signing in by a link: good once, for some minutes, and from this machine only unless asked otherwise."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from writethru.errors import InputError, NotSignedIn
from writethru.safety.accounts import Accounts, Session, digest_of
from writethru.safety.actors import Role
from writethru.storage.accounts_store import SignInLink, User

MINUTES: Final = 10
MOST_MINUTES: Final = 24 * 60
LOCAL_USER: Final = "local"
"""Whoever starts the pages on a machine of his own; signs in by link, has no password."""
NO_PASSWORD: Final = "!"  # noqa: S105 (it is none)
"""As stored: no hash is like this, so no password fits."""


class SignInLinks:
    """Makes links and takes them.

    Args:
        accounts: whose users they sign in.
    """

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._store = accounts.store

    def make(self, name: str, *, minutes: int = MINUTES, anywhere: bool = False) -> str:
        """The secret of a new link, which nobody can see again. Raises NotInArchive, InputError."""
        if not 1 <= minutes <= MOST_MINUTES:
            raise InputError(f"a link is good for 1 to {MOST_MINUTES} minutes", key="minutes")
        secret, now = secrets.token_urlsafe(32), self._accounts.now()
        link = SignInLink(self._accounts.user(name), now + timedelta(minutes=minutes), anywhere)
        self._store.add_link(link, digest_of(secret), now)
        return secret

    def make_local(self) -> str:
        """One for whoever is at this machine, as an editor without a password."""
        if self._store.user(LOCAL_USER) is None:
            self._store.add_user(User(0, LOCAL_USER, Role.EDITOR, NO_PASSWORD, self._accounts.now()))
        return self.make(LOCAL_USER)

    def whose(self, secret: str, *, here: bool) -> str:
        """Who would be signed in.

        Args:
            here: is it asked for from the machine that serves the pages?

        Raises:
            NotSignedIn: it was used, is over, never was, or is not good from there; which of them is not said.
        """
        return self._good(secret, here=here).user.name

    def take(self, secret: str, *, here: bool) -> Session:
        """Sign in; the link is used. Raises NotSignedIn."""
        link = self._good(secret, here=here)
        if not self._store.take_link(digest_of(secret)):
            raise _not_good()
        return self._accounts.begin(link.user)

    def _good(self, secret: str, *, here: bool) -> SignInLink:
        link = self._store.link(digest_of(secret))
        if link is None or link.until <= self._accounts.now() or not (here or link.anywhere):
            raise _not_good()
        return link


def _not_good() -> NotSignedIn:
    return NotSignedIn(
        "this link is used, over, or good on another machine only; `writethru user link NAME` makes another", key="link"
    )
