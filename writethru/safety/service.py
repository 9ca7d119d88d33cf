"""All that somebody may do to an archive through a face, checked against his role and journalled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from writethru.evidence import EvidenceFolder
from writethru.safety.accounts import Accounts, Session, Try
from writethru.safety.actors import Actor, Role
from writethru.safety.links import MINUTES, SignInLinks
from writethru.safety.withdrawing import Withdrawing, WithdrawnNow
from writethru.storage.accounts_store import JournalLine, Pause
from writethru.storage.store import Store
from writethru.storage.withheld_store import DESTROYED, KEPT, Withdrawal

if TYPE_CHECKING:
    from writethru.watch.add import Added
    from writethru.watch.loop import Watcher


class Safety:
    """Signing in, writing, withdrawing; reached as ``archive.safety``.

    Args:
        store, evidence: of the archive.
        watcher: makes one over the archive.
        now: the clock.
    """

    def __init__(
        self,
        store: Store,
        evidence: EvidenceFolder,
        watcher: Callable[[], Watcher],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._watcher = watcher
        self._now = now
        self._withdrawing = Withdrawing(store, evidence)
        self.accounts = Accounts(store.accounts, now)
        self.links = SignInLinks(self.accounts)

    # signing in

    def sign_in(self, tried: Try) -> Session:
        """Begin a session. Raises NotSignedIn, TooManyTries."""
        session = self.accounts.sign_in(tried)
        self._note(session.actor, "signed in", "", f"from {tried.address}" if tried.address else "")
        return session

    def add_link(self, actor: Actor, name: str, minutes: int = MINUTES, *, anywhere: bool = False) -> str:
        """The secret of a link that signs a user in once. Raises NotAllowed, NotInArchive, InputError."""
        actor.require(Role.ADMIN)
        secret = self.links.make(name, minutes=minutes, anywhere=anywhere)
        self._note(actor, "made a link for", name, f"{minutes} minutes{', from anywhere' if anywhere else ''}")
        return secret

    def sign_in_by_link(self, secret: str, address: str, *, here: bool) -> Session:
        """Begin a session; the link is used. Raises NotSignedIn."""
        session = self.links.take(secret, here=here)
        self._note(session.actor, "signed in", "", f"by link, from {address}")
        return session

    def add_user(self, actor: Actor, name: str, role: Role, password: str) -> None:
        """Raises NotAllowed, InputError."""
        actor.require(Role.ADMIN)
        self.accounts.add_user(name, role, password)
        self._note(actor, "added user", name, role)

    def set_password(self, actor: Actor, name: str, password: str) -> None:
        """Raises NotAllowed, NotInArchive, InputError."""
        actor.require(Role.ADMIN)
        self.accounts.set_password(name, password)
        self._note(actor, "changed password of", name)

    def remove_user(self, actor: Actor, name: str) -> None:
        """Raises NotAllowed, NotInArchive."""
        actor.require(Role.ADMIN)
        self.accounts.remove_user(name)
        self._note(actor, "removed user", name)

    def add_token(self, actor: Actor, name: str, role: Role, days: int | None = None) -> tuple[int, str]:
        """The number of a new token, and the token itself. Raises NotAllowed, InputError."""
        actor.require(Role.ADMIN)
        number, secret = self.accounts.add_token(name, role, days)
        self._note(actor, "added token", f"{number} {name}", role)
        return number, secret

    def revoke_token(self, actor: Actor, number: int) -> None:
        """Raises NotAllowed, NotInArchive."""
        actor.require(Role.ADMIN)
        self.accounts.revoke_token(number)
        self._note(actor, "revoked token", str(number))

    # watching

    def watch(self, actor: Actor, urls: Sequence[str]) -> list[Added]:
        """Watch URLs; addresses that are not globally routable are refused. Raises NotAllowed."""
        from writethru.watch.add import add_urls

        actor.require(Role.EDITOR)
        with self._watcher() as watcher:
            added = add_urls(watcher, urls)
        for one in added:
            if one.ok and not one.known:
                self._note(actor, "watch", one.url, one.kind)
        return added

    def pause(self, actor: Actor, kind: str, number: int) -> None:
        """No look at an article or a source until it is resumed. Raises NotAllowed, NotInArchive."""
        actor.require(Role.EDITOR)
        self._store.accounts.pause(Pause(kind, number, self._now(), actor.name))
        self._note(actor, "pause", f"{kind} {number}")

    def resume(self, actor: Actor, kind: str, number: int) -> bool:
        """It is due now; False: it was not paused. Raises NotAllowed, NotInArchive."""
        actor.require(Role.EDITOR)
        done = self._store.accounts.resume(kind, number, self._now())
        if done:
            self._note(actor, "resume", f"{kind} {number}")
        return done

    def pauses(self) -> dict[tuple[str, int], Pause]:
        """What is paused, by kind and number."""
        return {(pause.kind, pause.subject_id): pause for pause in self._store.accounts.pauses()}

    # withdrawing

    def withdraw(self, actor: Actor, article_id: int, reason: str, *, destroy_evidence: bool) -> WithdrawnNow:
        """Hide an article from everything. Raises what ``Withdrawing.withdraw`` does, and NotAllowed."""
        actor.require(Role.ADMIN)
        evidence = DESTROYED if destroy_evidence else KEPT
        order = Withdrawal(article_id, self._now(), actor.name, " ".join(reason.split()), evidence, 0)
        done = self._withdrawing.withdraw(order)
        what = f"{order.reason}; evidence {evidence}" + (f" ({done.records} records)" if destroy_evidence else "")
        for number in done.articles:
            self._note(actor, "withdraw", f"article {number}", what)
        return done

    def restore(self, actor: Actor, article_id: int) -> Sequence[int]:
        """Put a withdrawn article back. Raises NotAllowed, NotInArchive, Withdrawn."""
        actor.require(Role.ADMIN)
        numbers = self._withdrawing.restore(article_id, self._now())
        for number in numbers:
            self._note(actor, "restore", f"article {number}")
        return numbers

    def withdrawals(self) -> Sequence[Withdrawal]:
        """Articles that are withdrawn, newest first."""
        return self._store.withheld.withdrawals()

    # the journal

    def journal(self, limit: int = 100, before: int = 0) -> Sequence[JournalLine]:
        """What was done by whom, newest first; those before the line of this number."""
        return self._store.accounts.journal(limit, before)

    def wrote(self, actor: Actor, action: str, subject: str, detail: str) -> None:
        """A line for what another part wrote for an editor. Raises NotAllowed."""
        actor.require(Role.EDITOR)
        self._note(actor, action, subject, detail)

    def _note(self, actor: Actor, action: str, subject: str, detail: str = "") -> None:
        self._store.accounts.write_journal(JournalLine(self._now(), actor.name, action, subject, detail))
