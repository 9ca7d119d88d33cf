"""Dossiers of storylines: what ``archive.dossiers`` can do."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from threading import Lock
from typing import Final, cast

from writethru import __version__
from writethru.analyse.accounts import StoryAccounts, story_accounts
from writethru.analyse.stories import Stories
from writethru.analyse.telling import Tellings, ToldArticle
from writethru.dossier import wording
from writethru.dossier.assemble import assemble
from writethru.dossier.form import ASSEMBLED, dossier_form
from writethru.dossier.parts import ArticleLine, Dossier, EditorsLine, Material
from writethru.dossier.schema import FORMAT, DossierForm
from writethru.errors import NotInArchive, StorageError
from writethru.events.moments import Basis
from writethru.model import BODY_KINDS, ChangeRecord
from writethru.statements.evidence import Account, Evidence, evidence_of
from writethru.statements.of_text import unread_in
from writethru.statements.reading import READER, Place
from writethru.storage.store import Store
from writethru.text.wording import counted

MOST_CHANGES: Final = 300
MOST_REMEMBERED: Final = 16
"""Dossiers kept until one of their texts changes."""


class Dossiers:
    """Makes dossiers; as of the last ``analyse``."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[object, Dossier] = OrderedDict()
        self._lock = Lock()

    def of_story(self, story_id: int, now: date | None = None) -> Dossier:
        """The dossier of a storyline, or of the one it went into. Raises NotInArchive."""
        day = now or self._today()
        gathered = story_accounts(self._store, story_id)
        state = _state(gathered, day)
        with self._lock:
            if state in self._kept:
                self._kept.move_to_end(state)
                return self._kept[state]
        made = assemble(self._material(gathered, day))
        with self._lock:
            self._kept[state] = made
            while len(self._kept) > MOST_REMEMBERED:
                self._kept.popitem(last=False)
        return made

    def form_of_story(self, story_id: int, now: date | None = None) -> DossierForm:
        """Its JSON form: kept in the store until a text, a reading or a correction in it changes, or the day does.

        Raises NotInArchive.
        """
        day = now or self._today()
        number = Stories(self._store).story_number(story_id)
        state = self._named(number, day)
        with suppress(StorageError):  # a damaged one is made again
            kept = self._store.statements.dossiers.find(number, state)
            if kept is not None:
                return cast("DossierForm", kept)
        form = dossier_form(self.of_story(number, day))
        if self._named(number, day) == state:
            with suppress(StorageError, NotInArchive):  # whoever only wants to read it is not told
                articles = [one["article"] for one in form["articles"]]
                self._store.statements.dossiers.keep(number, state, form, articles)
        return form

    def _today(self) -> date:
        """The clock's day; where a replay's clock was ahead of it, that of its newest look."""
        now = datetime.now(UTC)
        return (self._store.look_ahead_of(now) or now).date()

    def _named(self, number: int, day: date) -> str:
        made_by = f"{FORMAT} {ASSEMBLED} {READER} {__version__} {day}"
        return f"{made_by} {self._store.statements.dossiers.state(number)}"

    def _material(self, gathered: StoryAccounts, day: date) -> Material:
        story = gathered.telling.story
        return Material(
            story=story.id,
            title=story.title,
            names=story.names,
            articles=tuple(_line(told, gathered) for told in gathered.telling.articles),
            accounts=gathered.accounts,
            changes=tuple(self._changes(gathered)),
            alone=tuple(self._alone(gathered)),
            stemma=gathered.telling.shared.drawn,
            reader=READER,
            notes=tuple(_notes(gathered)),
            now=day,
            editors=tuple(self._editors(gathered)),
            independent=gathered.telling.shared.independent,
        )

    def _changes(self, gathered: StoryAccounts) -> list[ChangeRecord]:
        found = [
            change
            for told in gathered.telling.articles
            for change in self._store.changes(article_id=told.summary.article.id, limit=MOST_CHANGES)
        ]
        return sorted(found, key=lambda one: (one.before, one.article_id, one.number))[-MOST_CHANGES:]

    def _editors(self, gathered: StoryAccounts) -> Iterator[EditorsLine]:
        """The corrections that hold in a version that was read."""
        outlets = {account.article: account.outlet for account in gathered.accounts}
        for article, outlet in outlets.items():
            views = {number: view for (one, number), view in gathered.views.items() if one == article}
            if not any(view.corrections for view in views.values()):
                continue
            for kept in self._store.corrections.of_article(article):
                held = tuple(sorted(number for number, view in views.items() if kept.id in view.corrections))
                if held:
                    yield EditorsLine(kept, outlet, held)

    def _alone(self, gathered: StoryAccounts) -> Iterator[Evidence]:
        """Sentences that only one text of their event has; none where there is only one text."""
        accounts = {account.article: account for account in gathered.accounts}
        tellings = Tellings(self._store)
        for row in gathered.telling.story.events:
            found = tellings.alone(row.id, gathered.telling.shared) if row.articles > 1 else {}
            for article, sentences in found.items():
                if article in accounts:
                    yield from _located(accounts[article], sentences[: wording.MOST_ALONE])


def _state(gathered: StoryAccounts, day: date) -> object:
    """Two dossiers of one state are the same."""
    telling = gathered.telling
    texts = tuple((*key, view.version.digest, view.corrections) for key, view in gathered.views.items())
    return day, telling.story, telling.articles, telling.shared.drawn, telling.shared.groups, texts


def _located(account: Account, sentences: tuple[str, ...]) -> Iterator[Evidence]:
    read = next(one for one in account.versions if one.number == account.latest)
    for words in sentences:
        for number, block in enumerate(read.text.blocks):
            at = block.text.find(words) if block.kind in BODY_KINDS else -1
            if at >= 0 and words:
                yield evidence_of(account, read, Place(number, at, at + len(words)))
                break


def _line(told: ToldArticle, gathered: StoryAccounts) -> ArticleLine:
    summary = told.summary
    number = summary.article.id
    views = [view for (article, _), view in gathered.views.items() if article == number]
    unread = "its statements were not read yet" if number in gathered.unread else unread_in(views[-1].language)
    return ArticleLine(
        article=number,
        outlet=summary.outlet or summary.article.host or "an unnamed outlet",
        headline=summary.headline,
        url=summary.article.url,
        at=told.at,
        basis=told.basis,
        group=f"text {min(told.copies)}",
        event=told.event_id,
        versions=summary.versions,
        unread=unread,
    )


def _notes(gathered: StoryAccounts) -> Iterator[str]:
    if gathered.telling.story.cut:
        yield "The story has more events; these are its latest."
    if gathered.left_out:
        yield f"{counted(gathered.left_out, 'earlier article')} not read."
    if gathered.skipped:
        yield f"{counted(gathered.skipped, 'version')} between others passed over."
    if gathered.unread:
        yield f"{counted(len(gathered.unread), 'article')} not read for statements yet."
    undated = sum(told.basis in _NOT_STATED for told in gathered.telling.articles)
    if undated:
        yield f"{counted(undated, 'article')} of no stated day, where “{wording.RESOLVED}” is from when first seen."


_NOT_STATED: Final = (Basis.SEEN.value, Basis.INFERRED.value)
"""What the day of an article rests on that does not tell its own."""
