"""What later versions of a story's articles state otherwise: figures and attributions, change by change.

Only the changes of a span of time are looked at, and of other articles only the text that stood then; so what a change
is told to be does not depend on what came after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from writethru.analyse.placing import placed
from writethru.analyse.statements import Statements
from writethru.analyse.stories import Stories
from writethru.dossier.attribution_turns import AttributionTurn, attribution_turns
from writethru.dossier.figure_turns import FigureTurn, figure_turns
from writethru.errors import NotInArchive
from writethru.model import Reason, TimeBasis
from writethru.statements.counting import Claim, claims_in
from writethru.statements.evidence import Account, Read
from writethru.storage.store import Store

MOST_ARTICLES: Final = 120
"""Articles of a story, the latest of it."""
MOST_CHANGES: Final = 200
"""Changes of one question, the latest of them."""
_DATED: Final = frozenset({TimeBasis.OBSERVED, TimeBasis.STATED})


@dataclass(frozen=True, slots=True)
class Step:
    """An article's text becoming another, or its first.

    Attributes:
        at: when the later text was first seen; ``number`` of the change, 0 for a first text.
        old, new: numbers of versions; ``old`` is 0 for a first text.
    """

    at: datetime
    article: int
    number: int
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Span:
    """First seen from ``first`` to ``last``, both counted in."""

    first: datetime
    last: datetime

    def __contains__(self, at: datetime) -> bool:
        return self.first <= at <= self.last


class Turns:
    """Compares what was read of versions; what was not read yet is not told yet."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._statements = Statements(store)
        self._account = cache(self._made)
        self._claims = cache(lambda article, version: claims_in(self._account(article, version)))
        self._events: dict[int, int] = {}

    def figures(self, story_id: int, span: Span, articles: Sequence[int] = ()) -> Iterator[tuple[Step, FigureTurn]]:
        """Figures of a storyline that changed, and where they began or ended a disagreement.

        Args:
            articles: only changes of these, if any are named.

        Raises:
            NotInArchive: there is no such storyline.
        """
        told = self.of_story(story_id)
        for step in self._steps([one for one in told if one in articles] if articles else told, span, arrivals=True):
            old = self._read(step.article, step.old)
            new = self._read(step.article, step.new)
            if new is not None and (old is not None or not step.old):
                others = self._beside(told, step) if _differ(old or [], new) else []
                yield from ((step, turn) for turn in figure_turns(old or [], new, others))

    def attributions(self, articles: Iterable[int], span: Span) -> Iterator[tuple[Step, AttributionTurn]]:
        """Words of these articles that another, nobody or somebody is now read to say."""
        for step in self._steps(articles, span, arrivals=False):
            try:
                old, new = self._account(step.article, step.old), self._account(step.article, step.new)
            except NotInArchive:
                continue
            yield from ((step, turn) for turn in attribution_turns(old, new))

    def of_story(self, story_id: int) -> list[int]:
        """The articles of a storyline, the latest of it. Raises NotInArchive."""
        rows = placed(self._store, (row.id for row in Stories(self._store).story(story_id).events))
        self._events |= {row.article_id: row.event_id for row in rows}
        return [row.article_id for row in rows[-MOST_ARTICLES:]]

    # parts

    def _steps(self, articles: Iterable[int], span: Span, *, arrivals: bool) -> list[Step]:
        """In time; a change whose time nobody knows is left out, and further turns of an alternation are."""
        found = []
        for article in articles:
            for one in self._store.changes(article_id=article, limit=MOST_CHANGES, without=[Reason.ALTERNATED]):
                if one.before in span and one.basis in _DATED:
                    found.append(Step(one.before, article, one.number, one.from_version, one.to_version))
            first = next(iter(self._store.appearances(article)), None) if arrivals else None
            if first is not None and first.first_seen in span and first.basis in _DATED:
                found.append(Step(first.first_seen, article, 0, 0, first.version_number))
        return sorted(found, key=lambda one: (one.at, one.article))[-MOST_CHANGES:]

    def _beside(self, articles: Sequence[int], step: Step) -> list[Claim]:
        """The figures of the other articles' texts that stood before this step; unread ones are left out."""
        found: list[Claim] = []
        for article in articles:
            if article == step.article:
                continue
            seen = self._store.appearances(article)
            stood = [one for one in seen if (one.first_seen, article) < (step.at, step.article)]
            found += (self._read(article, stood[-1].version_number) if stood else None) or []
        return found

    def _read(self, article: int, version: int) -> list[Claim] | None:
        """Its figures; None where it was not read, or there is no such version."""
        try:
            return self._claims(article, version) if version else None
        except NotInArchive:
            return None

    def _made(self, article: int, version: int) -> Account:
        """An article as if it had this version only. Raises NotInArchive."""
        view = self._statements.of_version(article, version)
        summary = self._store.article_summaries(article_id=article)[0]
        outlet = summary.outlet or summary.article.host or "an unnamed outlet"
        read = Read(version, view.text, view.reading, view.written)
        return Account(article, outlet, f"text {article}", self._events.get(article, 0), (read,), version)


def _differ(old: Sequence[Claim], new: Sequence[Claim]) -> bool:
    return {one.evidence.words for one in old} != {one.evidence.words for one in new}
