"""The part of ``SqlStore`` that keeps memories, profiles, rules in use and replaced readings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from writethru.health.templates import TemplateShift
from writethru.storage import learnt
from writethru.storage.connect import Database
from writethru.storage.learnt import FormerVersion, ProfileState, TemplateChange


class LearntStore:
    """See ``store.Learnt`` for what each method promises."""

    _database: Database

    def memory(self, article_id: int) -> dict[str, Any] | None:
        """The form of an article's memory, without the fingerprint."""
        with self._database.read() as connection:
            return learnt.memory(connection, article_id)

    def fingerprint(self, article_id: int) -> str:
        """The fingerprint alone."""
        with self._database.read() as connection:
            return learnt.fingerprint(connection, article_id)

    def keep_memory(self, article_id: int, digest: str, form: dict[str, Any]) -> None:
        """Replace an article's memory."""
        with self._database.write(of_article=article_id) as connection:
            learnt.keep_memory(connection, article_id, digest, form)

    def working_profile(self, host: str) -> ProfileState | None:
        """The profile still being learnt."""
        with self._database.read() as connection:
            return learnt.working_profile(connection, host)

    def profile_at(self, host: str, at: datetime) -> ProfileState | None:
        """The newest finished state from before ``at``."""
        with self._database.read() as connection:
            return learnt.profile_at(connection, host, at)

    def profiles(self, host: str) -> Sequence[ProfileState]:
        """By serial."""
        with self._database.read() as connection:
            return learnt.profiles(connection, host)

    def keep_profile(self, state: ProfileState) -> None:
        """Write a state."""
        with self._database.write() as connection:
            learnt.keep_profile(connection, state)

    def forget_profiles(self) -> None:
        """All of them."""
        with self._database.write() as connection:
            learnt.forget_profiles(connection)

    def note_template(self, change: TemplateChange) -> None:
        """Keep a template change."""
        with self._database.write() as connection:
            learnt.note_template(connection, change)

    def templates(self, host: str) -> Sequence[TemplateChange]:
        """By time."""
        with self._database.read() as connection:
            return learnt.templates(connection, host)

    def template_shifts(self, since: datetime) -> Sequence[TemplateShift]:
        """Of each outlet."""
        with self._database.read() as connection:
            return learnt.template_shifts(connection, since)

    def keep_rules(self, digest: str, name: str, text: str, at: datetime) -> None:
        """Keep a rule file that a page was read with."""
        with self._database.write() as connection:
            learnt.keep_rules(connection, digest, name, text, at)

    def rules(self, digest: str) -> str | None:
        """The text of a rule file that was used."""
        with self._database.read() as connection:
            return learnt.rules(connection, digest)

    def keep_former(self, former: FormerVersion) -> None:
        """Keep a version that is about to vanish."""
        with self._database.write() as connection:
            learnt.keep_former(connection, former)

    def former_versions(self, article_id: int) -> Sequence[FormerVersion]:
        """In the order in which they were replaced."""
        with self._database.read() as connection:
            return learnt.former(connection, article_id)
