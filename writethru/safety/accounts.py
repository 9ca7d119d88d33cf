"""Users, sessions and tokens: who is it that asks?"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from writethru.errors import InputError, NotInArchive, NotSignedIn, TooManyTries
from writethru.safety import passwords, throttle
from writethru.safety.actors import Actor, Role
from writethru.storage.accounts_store import AccountStore, Token, User

SESSION: Final = timedelta(hours=12)
BEGINNING: Final = "wt_"
"""Of every token, so that a scanner for leaked secrets knows one when it sees it."""
_BYTES: Final = 32
_HOUR: Final = timedelta(hours=1)
_NAME: Final = re.compile(r"[\w.@+-]{1,64}")


@dataclass(frozen=True, slots=True)
class Session:
    """A session that has just begun; ``secret`` is what the cookie holds."""

    secret: str
    actor: Actor
    until: datetime


@dataclass(frozen=True, slots=True)
class Try:
    """A try to sign in, and the network address that it came from."""

    name: str
    password: str
    address: str = ""


class Accounts:
    """Who may sign in, and who is it.

    Args:
        store: where they are kept.
        now: the clock.
    """

    def __init__(self, store: AccountStore, now: Callable[[], datetime]) -> None:
        self.store = store
        self.now = now

    # users

    def add_user(self, name: str, role: Role, password: str) -> None:
        """Raises InputError: the name is taken or cannot be one, or the password is too short."""
        _named(name)
        self.store.add_user(User(0, name, role, passwords.hashed(password), self.now()))

    def users(self) -> Sequence[User]:
        """By name."""
        return self.store.users()

    def set_password(self, name: str, password: str) -> None:
        """Sessions of this user end. Raises NotInArchive, InputError."""
        user = self.user(name)
        self.store.set_password(user.id, passwords.hashed(password))

    def remove_user(self, name: str) -> None:
        """Sessions too. Raises NotInArchive."""
        self.store.remove_user(self.user(name).id)

    def user(self, name: str) -> User:
        """The user of this name. Raises NotInArchive."""
        user = self.store.user(name)
        if user is None:
            raise NotInArchive("there is no user of this name; `writethru user list` has them", key=name)
        return user

    # signing in

    def sign_in(self, tried: Try) -> Session:
        """Begin a session.

        Raises:
            NotSignedIn: name or password is wrong; which of them is not said.
            TooManyTries: there were too many such tries; this one was not looked at.
        """
        now = self.now()
        keys = {f"name {tried.name}": throttle.FREE_OF_NAME, f"address {tried.address}": throttle.FREE_OF_ADDRESS}
        known = {digest_of(key): (free, self.store.failures(digest_of(key))) for key, free in keys.items()}
        waits = [noted[1] for _, noted in known.values() if noted is not None and noted[1] > now]
        if waits:
            raise TooManyTries(now, max(waits))
        user = self.store.user(tried.name)
        if not passwords.fits(user.password if user else None, tried.password) or user is None:
            for key, (free, noted) in known.items():
                failures = (noted[0] if noted else 0) + 1
                self.store.note_failures(key, failures, now + throttle.wait_after(failures, free))
            raise NotSignedIn("this name and this password do not fit", key="sign in")
        for key in known:
            self.store.forget_failures(key)
        return self.begin(user)

    def begin(self, user: User) -> Session:
        """A session of somebody who has shown who he is."""
        now = self.now()
        secret, until = secrets.token_urlsafe(_BYTES), now + SESSION
        self.store.begin_session(digest_of(secret), user.id, until, now)
        return Session(secret, _actor(user), until)

    def of_session(self, secret: str) -> Actor | None:
        """Whose session this is, None where it is nobody's or over."""
        user = self.store.session(digest_of(secret), self.now()) if secret else None
        return None if user is None else _actor(user)

    def sign_out(self, secret: str) -> None:
        """The session ends."""
        self.store.end_session(digest_of(secret))

    # tokens

    def add_token(self, name: str, role: Role, days: int | None = None) -> tuple[int, str]:
        """A new token: its number, and itself, which nobody can see again. Raises InputError."""
        _named(name)
        secret, now = BEGINNING + secrets.token_urlsafe(_BYTES), self.now()
        until = None if days is None else now + timedelta(days=days)
        return self.store.add_token(Token(0, name, role, now, until), digest_of(secret)), secret

    def tokens(self) -> Sequence[Token]:
        """By number, revoked ones too."""
        return self.store.tokens()

    def revoke_token(self, token_id: int) -> None:
        """It is good no longer. Raises NotInArchive."""
        if not self.store.revoke_token(token_id, self.now()):
            raise NotInArchive("there is no good token of this number; `writethru token list` has them", key=token_id)

    def of_token(self, secret: str) -> Actor:
        """Whose token this is. Raises NotSignedIn."""
        now = self.now()
        token = self.store.token(digest_of(secret))
        if token is None or not token.is_good(now):
            raise NotSignedIn("this token is not good; `writethru token list` says which are", key="token")
        if token.used_at is None or now - token.used_at >= _HOUR:
            self.store.use_token(token.id, now)
        return Actor(f"token {token.name}", Role(token.role))


def form_key(session_secret: str) -> str:
    """What a form of this session carries to prove that it is ours (against forged requests)."""
    return hmac.new(session_secret.encode(), b"form", hashlib.sha256).hexdigest()


def is_form_key(session_secret: str, given: str) -> bool:
    """In constant time."""
    return hmac.compare_digest(form_key(session_secret).encode(), given.encode("utf-8", "replace"))


def _actor(user: User) -> Actor:
    return Actor(f"user {user.name}", Role(user.role))


def _named(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise InputError("a name has 1 to 64 letters, digits, or . _ - + @", key=name)


def digest_of(secret: str) -> str:
    """What a secret is known by in the store.

    Secrets are random and long: one hash is enough, and looking it up tells nothing of them.
    """
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
