"""Users, sessions, tokens, failed tries to sign in, the journal, and pauses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from writethru.errors import InputError
from writethru.storage.accounts_store import JournalLine, Pause, SignInLink, Token, User
from writethru.storage.connect import Database
from writethru.storage.dialect import insert_if_new, upsert
from writethru.storage.prepared import Prepared
from writethru.storage.refusals import missing
from writethru.storage.safety_tables import (
    journal,
    login_failures,
    pauses,
    sessions,
    sign_in_links,
    tokens,
    users,
)
from writethru.storage.tables import articles, sources
from writethru.storage.withdrawn import absent

_USER = (users.c.id, users.c.name, users.c.role, users.c.password, users.c.added_at)
_TOKEN = tuple(tokens.c[name] for name in ("id", "name", "role", "added_at", "until_at", "used_at", "revoked_at"))
_LINE = tuple(journal.c[name] for name in ("at", "who", "action", "subject", "detail", "id"))
_SESSION = Prepared(
    select(*_USER, sessions.c.until_at)
    .join_from(sessions, users, users.c.id == sessions.c.user_id)
    .where(sessions.c.digest == bindparam("digest"))
)
_LINK = select(*_USER, sign_in_links.c.until_at, sign_in_links.c.anywhere).join_from(
    sign_in_links, users, users.c.id == sign_in_links.c.user_id
)
_BY_DIGEST = Prepared(select(*_TOKEN).where(tokens.c.digest == bindparam("digest")))
_PAUSED: dict[str, Table] = {"article": articles, "source": sources}


class Accounts:
    """See ``AccountStore`` for what each method promises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # users

    def add_user(self, user: User) -> None:
        """A new user."""
        row = {"name": user.name, "role": user.role, "password": user.password, "added_at": user.added_at}
        with self._database.write() as connection:
            if not insert_if_new(connection, users, row):
                raise InputError("there is a user of this name already", key=user.name)

    def users(self) -> Sequence[User]:
        """By name."""
        with self._database.read() as connection:
            return [User(*row) for row in connection.execute(select(*_USER).order_by(users.c.name))]

    def user(self, name: str) -> User | None:
        """The one of this name."""
        with self._database.read() as connection:
            row = connection.execute(select(*_USER).where(users.c.name == name)).first()
        return None if row is None else User(*row)

    def set_password(self, user_id: int, password: str) -> None:
        """Another password."""
        with self._database.write() as connection:
            connection.execute(update(users).where(users.c.id == user_id).values(password=password))
            _end_all(connection, user_id)

    def remove_user(self, user_id: int) -> None:
        """Sessions too."""
        with self._database.write() as connection:
            _end_all(connection, user_id)
            connection.execute(delete(users).where(users.c.id == user_id))

    # sessions

    def begin_session(self, digest: str, user_id: int, until: datetime, now: datetime) -> None:
        """A new session."""
        with self._database.write() as connection:
            connection.execute(delete(sessions).where(sessions.c.until_at <= now))
            connection.execute(insert(sessions).values(digest=digest, user_id=user_id, until_at=until))

    def session(self, digest: str, now: datetime) -> User | None:
        """Who is signed in with it."""
        with self._database.read() as connection:
            row = _SESSION.first(connection, {"digest": digest})
        return None if row is None or row[-1] <= now else User(*row[:-1])

    def end_session(self, digest: str) -> None:
        """Nobody is signed in with it any more."""
        with self._database.write() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest))

    # links

    def add_link(self, link: SignInLink, digest: str, now: datetime) -> None:
        """A new link."""
        row = {"digest": digest, "user_id": link.user.id, "until_at": link.until, "anywhere": link.anywhere}
        with self._database.write() as connection:
            connection.execute(delete(sign_in_links).where(sign_in_links.c.until_at <= now))
            connection.execute(insert(sign_in_links).values(row))

    def link(self, digest: str) -> SignInLink | None:
        """The one with this digest."""
        with self._database.read() as connection:
            row = connection.execute(_LINK.where(sign_in_links.c.digest == digest)).first()
        return None if row is None else SignInLink(User(*row[:-2]), row[-2], row[-1])

    def take_link(self, digest: str) -> bool:
        """Whether it was there."""
        with self._database.write() as connection:
            return connection.execute(delete(sign_in_links).where(sign_in_links.c.digest == digest)).rowcount == 1

    # tokens

    def add_token(self, token: Token, digest: str) -> int:
        """A new token."""
        row = {"digest": digest, "name": token.name, "role": token.role, "added_at": token.added_at}
        with self._database.write() as connection:
            statement = insert(tokens).values(**row, until_at=token.until).returning(tokens.c.id)
            return int(connection.execute(statement).scalar_one())

    def tokens(self) -> Sequence[Token]:
        """By id."""
        with self._database.read() as connection:
            return [Token(*row) for row in connection.execute(select(*_TOKEN).order_by(tokens.c.id))]

    def token(self, digest: str) -> Token | None:
        """The one with this digest."""
        with self._database.read() as connection:
            row = _BY_DIGEST.first(connection, {"digest": digest})
        return None if row is None else Token(*row)

    def use_token(self, token_id: int, at: datetime) -> None:
        """It was used."""
        with self._database.write() as connection:
            connection.execute(update(tokens).where(tokens.c.id == token_id).values(used_at=at))

    def revoke_token(self, token_id: int, at: datetime) -> bool:
        """It is good no longer."""
        good = (tokens.c.id == token_id) & tokens.c.revoked_at.is_(None)
        with self._database.write() as connection:
            return connection.execute(update(tokens).where(good).values(revoked_at=at)).rowcount == 1

    # failed tries

    def failures(self, key: str) -> tuple[int, datetime] | None:
        """How many in a row, and until when none is looked at."""
        query = select(login_failures.c.failures, login_failures.c.until_at).where(login_failures.c.key == key)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else (row[0], row[1])

    def note_failures(self, key: str, failures: int, until: datetime) -> None:
        """In place of what was noted."""
        values = {"failures": failures, "until_at": until}
        with self._database.write() as connection:
            statement = upsert(connection, login_failures).values(key=key, **values)
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    def forget_failures(self, key: str) -> None:
        """A try succeeded."""
        with self._database.write() as connection:
            connection.execute(delete(login_failures).where(login_failures.c.key == key))

    # the journal

    def write_journal(self, line: JournalLine) -> None:
        """One more line."""
        row = {"at": line.at, "who": line.who, "action": line.action, "subject": line.subject, "detail": line.detail}
        with self._database.write() as connection:
            connection.execute(insert(journal).values(row))

    def journal(self, limit: int, before: int = 0) -> Sequence[JournalLine]:
        """Newest first."""
        query = select(*_LINE).order_by(journal.c.id.desc()).limit(limit)
        if before:
            query = query.where(journal.c.id < before)
        with self._database.read() as connection:
            return [JournalLine(*row) for row in connection.execute(query)]

    # pauses

    def pause(self, pause: Pause) -> None:
        """Its next look is never."""
        table = _PAUSED[pause.kind]
        row = {"kind": pause.kind, "subject_id": pause.subject_id, "at": pause.at, "who": pause.who}
        with self._database.write() as connection:
            _require(connection, pause.kind, pause.subject_id)
            insert_if_new(connection, pauses, row)
            connection.execute(update(table).where(table.c.id == pause.subject_id).values(next_look_at=None))

    def resume(self, kind: str, subject_id: int, at: datetime) -> bool:
        """It is due now, if it was paused."""
        table = _PAUSED[kind]
        paused = (pauses.c.kind == kind) & (pauses.c.subject_id == subject_id)
        with self._database.write() as connection:
            _require(connection, kind, subject_id)
            if connection.execute(delete(pauses).where(paused)).rowcount == 0:
                return False
            values: dict[str, object] = {"next_look_at": at}
            if kind == "article":
                values |= {"next_look_reason": "resumed by hand", "retired_at": None, "pace": 0}
            connection.execute(update(table).where(table.c.id == subject_id).values(values))
            return True

    def pauses(self) -> Sequence[Pause]:
        """Newest first."""
        with self._database.read() as connection:
            return [Pause(*row) for row in connection.execute(select(pauses).order_by(pauses.c.at.desc()))]


def _require(connection: Connection, kind: str, subject_id: int) -> None:
    table = _PAUSED[kind]
    if connection.execute(select(table.c.id).where(table.c.id == subject_id)).first() is None:
        raise absent(connection, subject_id) if kind == "article" else missing(kind, subject_id)


def _end_all(connection: Connection, user_id: int) -> None:
    """Sessions of a user, and links with which one could begin."""
    connection.execute(delete(sessions).where(sessions.c.user_id == user_id))
    connection.execute(delete(sign_in_links).where(sign_in_links.c.user_id == user_id))
