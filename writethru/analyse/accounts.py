"""The articles of a storyline as statements see them: every version that was read, who prints what, which event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from writethru.analyse.statements import Statements, VersionStatements
from writethru.analyse.telling import StoryTelling, Tellings, ToldArticle
from writethru.statements.evidence import Account, Read
from writethru.storage.store import Store

MOST_VERSIONS: Final = 40
"""Versions of one article that a dossier reads: its first, its last, those evenly between, and the one that stands."""
MOST_ARTICLES: Final = 120
"""Articles of a storyline that a dossier reads, the latest of it."""


@dataclass(frozen=True, slots=True)
class StoryAccounts:
    """What a dossier is made of.

    Attributes:
        views: by article and version, for languages and days.
        unread: articles whose statements were not read yet.
        skipped: versions between others that were passed over.
        left_out: articles that are more than are read.
    """

    telling: StoryTelling
    accounts: tuple[Account, ...]
    views: dict[tuple[int, int], VersionStatements]
    unread: tuple[int, ...]
    skipped: int
    left_out: int


def story_accounts(store: Store, story_id: int) -> StoryAccounts:
    """The accounts of a storyline. Raises NotInArchive."""
    telling = Tellings(store).story(story_id)
    told = telling.articles[-MOST_ARTICLES:]
    gathered = _Gathered(store, telling.shared.lineages)
    for article in told:
        gathered.add(article)
    left_out = telling.left_out + len(telling.articles) - len(told)
    return StoryAccounts(
        telling, tuple(gathered.accounts), gathered.views, tuple(gathered.unread), gathered.skipped, left_out
    )


class _Gathered:
    def __init__(self, store: Store, lineages: Sequence[tuple[int, ...]]) -> None:
        self._store = store
        self._lineages = {number: lineage for lineage in lineages for number in lineage}
        self._statements = Statements(store)
        self.accounts: list[Account] = []
        self.views: dict[tuple[int, int], VersionStatements] = {}
        self.unread: list[int] = []
        self.skipped = 0

    def add(self, told: ToldArticle) -> None:
        """One article, where it was read."""
        number = told.summary.article.id
        appearances = self._store.appearances(number)
        latest = appearances[-1].version_number if appearances else 0
        numbers = self._statements.read_versions(number)
        if latest not in numbers:
            self.unread.append(number)
            return
        chosen = sorted({*evenly(numbers, MOST_VERSIONS - 1), latest})
        self.skipped += len(numbers) - len(chosen)
        views = self._statements.of_versions(number, chosen)
        self.views |= {(number, view.version.number): view for view in views}
        self.accounts.append(
            Account(
                article=number,
                outlet=told.summary.outlet or told.summary.article.host or "an unnamed outlet",
                group=f"text {min(self._lineages.get(number, told.copies))}",
                event=told.event_id,
                versions=tuple(Read(view.version.number, view.text, view.reading, view.written) for view in views),
                latest=latest,
                ruled=views[0].beside,
            )
        )


def evenly(numbers: Sequence[int], most: int) -> list[int]:
    """At most so many of these: the first, the last and those evenly between.

    >>> evenly([1, 2, 3, 4, 5, 6, 7], 3)
    [1, 4, 7]
    """
    if len(numbers) <= most:
        return list(numbers)
    step = (len(numbers) - 1) / (most - 1)
    return sorted({numbers[round(at * step)] for at in range(most)})
