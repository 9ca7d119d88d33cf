"""A record of one article's changes, rules, and targets that note what they are sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tests.storage.made import after, look, reading
from writethru.comparison import compare
from writethru.errors import DeliveryFailed
from writethru.model import ChangeRecord, Outcome, Reason, TimeBasis
from writethru.notify.message import Message
from writethru.notify.rulebook import RuleBook, read_rulebook
from writethru.notify.target import Target
from writethru.storage.store import Store

SECRET = "json://reporter:hunter2@mail.example/hooks"
RULES = f"""
[targets]
desk = "{SECRET}"
other = "json://localhost/"

[[rule]]
name = "pier"
to = "desk"
"""


@dataclass
class Box:
    """Targets that keep what they are sent, or do what a test wants first."""

    sent: list[tuple[str, Message]] = field(default_factory=list)
    first: Callable[[], None] | None = None

    def reach(self, name: str, address: str) -> Target:
        """The target of this name."""
        assert "://" in address
        return Slot(self, name)

    def fail(self) -> None:
        """From now on nothing arrives."""

        def failing() -> None:
            raise DeliveryFailed("no answer", key="desk")

        self.first = failing


@dataclass
class Slot:
    """One target of a box."""

    box: Box
    name: str

    def send(self, message: Message) -> None:
        """Keep it."""
        if self.box.first is not None:
            self.box.first()
        self.box.sent.append((self.name, message))


def book(folder: Path, text: str = RULES) -> RuleBook:
    """A rules file, read."""
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return read_rulebook(path, {})


class Harbour:
    """An article in a store whose text changes when told to."""

    def __init__(self, store: Store, url: str = "https://ledger.example/pier", outlet: str = "The Ledger") -> None:
        self.store = store
        self.id = store.add_article(
            url, host="ledger.example", outlet_id=store.outlet(outlet).id, at=after(0), next_look_at=None, reason=""
        ).id
        self.texts = ["Twelve piles <b>were</b> cracked, the board said. Ferries leave from the quay."]
        self._look(after(0), self.texts[0])

    def change(self, minutes: float, text: str, basis: TimeBasis = TimeBasis.OBSERVED) -> int:
        """Another text, first seen so many minutes after noon; the number of the change."""
        with self.store.transaction():
            number, at = len(self.texts), after(minutes)
            self._look(at, text)
            made = compare(reading(self.texts[-1]).article_text, reading(text).article_text)
            record = ChangeRecord(
                article_id=self.id,
                number=number,
                from_version=number,
                to_version=number + 1,
                after=at - timedelta(minutes=5),
                before=at,
                basis=basis,
                summary=made.summary,
                kinds=tuple(kind.value for kind in made.kinds),
                significance=made.significance,
                edits=len(made.edits),
                reason=Reason.TEXT_CHANGED,
            )
            self.store.add_change(record, made.to_dict())
            self.store.log("change", self.id, number, at)
        self.texts.append(text)
        return number

    def vanish(self, minutes: float) -> None:
        """Gone at three looks over four hours."""
        for step in range(3):
            at = after(minutes + 120 * step)
            self.store.add_capture(self.id, look(at, outcome=Outcome.GONE, reason=Reason.STATUS_GONE, status=404))
            self.store.feeds.note_absences(self.id)

    def _look(self, at: datetime, text: str) -> None:
        found = reading(text)
        capture = self.store.add_capture(self.id, look(at))
        self.store.add_extraction(capture.id, found)
        version = self.store.add_version(self.id, found.article_text, capture, extractor="page/1")
        self.store.add_appearance(self.id, version, capture)
