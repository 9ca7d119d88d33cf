"""Who is it that asks: users, sessions, tokens, and the patience with wrong tries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.safety.conftest import ADMIN, Clock
from writethru.errors import InputError, NotAllowed, NotInArchive, NotSignedIn, TooManyTries
from writethru.evidence import EvidenceFolder
from writethru.safety import passwords, throttle
from writethru.safety.accounts import SESSION, Accounts, Try, form_key, is_form_key
from writethru.safety.actors import Actor, Role
from writethru.safety.service import Safety
from writethru.storage.sqlstore import SqlStore
from writethru.storage.store import Store

PASSWORD = "a ferry to Skerry Island"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(store: Store, clock: Clock) -> Accounts:
    made = Accounts(store.accounts, clock)
    made.add_user("ida", Role.EDITOR, PASSWORD)
    return made


class TestSessions:
    def test_begin_and_end(self, accounts: Accounts, clock: Clock) -> None:
        session = accounts.sign_in(Try("ida", PASSWORD))
        assert accounts.of_session(session.secret) == Actor("user ida", Role.EDITOR)
        assert accounts.of_session("") is None
        assert accounts.of_session(session.secret + "x") is None
        accounts.sign_out(session.secret)
        assert accounts.of_session(session.secret) is None

    def test_are_over_after_hours(self, accounts: Accounts, clock: Clock) -> None:
        session = accounts.sign_in(Try("ida", PASSWORD))
        clock.now += SESSION - timedelta(seconds=1)
        assert accounts.of_session(session.secret) is not None
        clock.pass_by(seconds=1)
        assert accounts.of_session(session.secret) is None

    def test_another_password_ends_them(self, accounts: Accounts) -> None:
        session = accounts.sign_in(Try("ida", PASSWORD))
        accounts.set_password("ida", PASSWORD + "!")
        assert accounts.of_session(session.secret) is None
        with pytest.raises(NotSignedIn):
            accounts.sign_in(Try("ida", PASSWORD))
        accounts.sign_in(Try("ida", PASSWORD + "!"))

    def test_who_is_removed_is_out_at_once(self, accounts: Accounts) -> None:
        session = accounts.sign_in(Try("ida", PASSWORD))
        accounts.remove_user("ida")
        assert accounts.of_session(session.secret) is None
        assert accounts.users() == []

    def test_the_store_has_neither_password_nor_secret(self, store: Store, accounts: Accounts) -> None:
        session = accounts.sign_in(Try("ida", PASSWORD))
        _, token = accounts.add_token("bot", Role.ADMIN)
        assert isinstance(store, SqlStore)
        with store._database.read() as connection:
            rows = [
                str(tuple(row))
                for table in ("users", "sessions", "tokens", "login_failures", "journal")
                for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
            ]
        assert len(rows) == 3
        assert "$argon2id$" in "".join(rows)
        assert not [row for row in rows for secret in (PASSWORD, session.secret, token) if secret in row]


class TestWrongTries:
    def test_which_part_was_wrong_is_not_said(self, accounts: Accounts) -> None:
        said = []
        for tried in (Try("ida", "wrong"), Try("nobody", PASSWORD), Try("nobody", ""), Try("ida", "x" * 5000)):
            with pytest.raises(NotSignedIn) as refused:
                accounts.sign_in(tried)
            said.append(str(refused.value))
        assert len(set(said)) == 1

    def test_soon_have_to_wait_and_the_right_one_too(self, accounts: Accounts, clock: Clock) -> None:
        for _ in range(throttle.FREE_OF_NAME):
            with pytest.raises(NotSignedIn):
                accounts.sign_in(Try("ida", "wrong", "192.0.2.1"))
        with pytest.raises(TooManyTries) as refused:
            accounts.sign_in(Try("ida", PASSWORD, "192.0.2.2"))
        assert refused.value.seconds == 1
        clock.pass_by(seconds=1)
        accounts.sign_in(Try("ida", PASSWORD, "192.0.2.2"))
        with pytest.raises(NotSignedIn):
            accounts.sign_in(Try("ida", "wrong", "192.0.2.1"))  # counted from the beginning again

    def test_of_one_address_for_many_names(self, accounts: Accounts, clock: Clock) -> None:
        for number in range(throttle.FREE_OF_ADDRESS):
            with pytest.raises(NotSignedIn):
                accounts.sign_in(Try(f"name{number}", "wrong", "192.0.2.1"))
        with pytest.raises(TooManyTries):
            accounts.sign_in(Try("another", "wrong", "192.0.2.1"))
        accounts.sign_in(Try("ida", PASSWORD, "192.0.2.9"))

    @given(st.integers(0, 10_000))
    def test_waits_grow_to_a_bound(self, failures: int) -> None:
        wait = throttle.wait_after(failures, 5)
        assert timedelta() <= wait <= throttle.LONGEST
        assert wait <= throttle.wait_after(failures + 1, 5)
        assert (wait == timedelta()) == (failures < 5)


class TestTokens:
    def test_of_a_role_until_revoked(self, accounts: Accounts) -> None:
        number, secret = accounts.add_token("bot", Role.EDITOR)
        assert secret.startswith("wt_")
        assert accounts.of_token(secret) == Actor("token bot", Role.EDITOR)
        accounts.revoke_token(number)
        with pytest.raises(NotSignedIn):
            accounts.of_token(secret)
        with pytest.raises(NotInArchive):
            accounts.revoke_token(number)

    def test_end_by_themselves(self, accounts: Accounts, clock: Clock) -> None:
        _, secret = accounts.add_token("bot", Role.EDITOR, days=2)
        clock.pass_by(days=1, hours=23)
        accounts.of_token(secret)
        clock.pass_by(hours=1)
        with pytest.raises(NotSignedIn):
            accounts.of_token(secret)

    def test_their_last_use_is_known_to_the_hour(self, accounts: Accounts, clock: Clock) -> None:
        _, secret = accounts.add_token("bot", Role.EDITOR)
        first = clock.now
        accounts.of_token(secret)
        clock.pass_by(minutes=59)
        accounts.of_token(secret)
        assert accounts.tokens()[0].used_at == first
        clock.pass_by(minutes=1)
        accounts.of_token(secret)
        assert accounts.tokens()[0].used_at == clock.now


class TestNamesAndPasswords:
    @pytest.mark.parametrize("name", ["", "a b", "x" * 65, "a/b", "<b>"])
    def test_a_name_is_plain(self, accounts: Accounts, name: str) -> None:
        with pytest.raises(InputError, match="letters"):
            accounts.add_user(name, Role.EDITOR, PASSWORD)

    def test_a_name_is_of_one_user(self, accounts: Accounts) -> None:
        with pytest.raises(InputError, match="already"):
            accounts.add_user("ida", Role.EDITOR, PASSWORD)

    @pytest.mark.parametrize("password", ["", "x" * (passwords.LEAST - 1), "x" * (passwords.MOST + 1)])
    def test_a_password_has_a_length(self, accounts: Accounts, password: str) -> None:
        with pytest.raises(InputError, match="characters"):
            accounts.add_user("otto", Role.EDITOR, password)

    def test_the_real_hash_is_the_one_that_rfc_9106_recommends(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from argon2 import PasswordHasher, profiles

        real = PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)
        assert (real.memory_cost, real.time_cost, real.type.name) == (65_536, 3, "ID")


class TestRoles:
    @pytest.mark.parametrize(("has", "needs", "may"), [
        (Role.READER, Role.READER, True), (Role.READER, Role.EDITOR, False), (Role.EDITOR, Role.READER, True),
        (Role.EDITOR, Role.ADMIN, False), (Role.ADMIN, Role.EDITOR, True),
    ])  # fmt: skip
    def test_each_may_what_the_ones_before_it_may(self, has: Role, needs: Role, may: bool) -> None:
        assert has.covers(needs) is may

    def test_a_reader_may_write_nothing(self, sqlite_store: Store) -> None:
        safety = Safety(sqlite_store, EvidenceFolder("none"), lambda: pytest.fail("no watcher is needed"))
        reader = Actor("user rae", Role.READER)
        for doing in (
            lambda: safety.watch(reader, ["https://a.example/feed"]),
            lambda: safety.pause(reader, "source", 1),
            lambda: safety.resume(reader, "source", 1),
            lambda: safety.add_user(reader, "x", Role.ADMIN, PASSWORD),
            lambda: safety.add_token(reader, "x", Role.ADMIN),
            lambda: safety.revoke_token(reader, 1),
            lambda: safety.set_password(reader, "x", PASSWORD),
            lambda: safety.remove_user(reader, "x"),
        ):
            with pytest.raises(NotAllowed):
                doing()
        assert safety.journal() == []

    def test_doings_are_journalled_without_secrets(self, sqlite_store: Store) -> None:
        safety = Safety(sqlite_store, EvidenceFolder("none"), lambda: pytest.fail("no watcher is needed"))
        safety.add_user(ADMIN, "ida", Role.EDITOR, PASSWORD)
        number, secret = safety.add_token(ADMIN, "bot", Role.EDITOR)
        safety.sign_in(Try("ida", PASSWORD, "192.0.2.1"))
        safety.revoke_token(ADMIN, number)
        lines = [(line.who, line.action, line.subject, line.detail) for line in reversed(safety.journal())]
        assert lines == [
            (ADMIN.name, "added user", "ida", "editor"),
            (ADMIN.name, "added token", "1 bot", "editor"),
            ("user ida", "signed in", "", "from 192.0.2.1"),
            (ADMIN.name, "revoked token", "1", ""),
        ]
        assert not [line for line in lines if PASSWORD in str(line) or secret in str(line)]
        assert [line.id for line in safety.journal(2, before=3)] == [2, 1]


def test_the_key_of_a_form_is_of_one_session() -> None:
    assert is_form_key("s1", form_key("s1"))
    assert not is_form_key("s2", form_key("s1"))
    assert not is_form_key("s1", "")
    assert not is_form_key("s1", "ü\ud800")
