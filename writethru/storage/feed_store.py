"""What storage promises about feeds: which entries a feed has, in order. The rules are those of ``store``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, TypeAlias

from writethru.alerts import Absence, Step
from writethru.errors import NotInArchive
from writethru.model import ChangeRecord
from writethru.storage.facets import kind_facet, outlet_facet, section_facet
from writethru.storage.search_store import SearchMatch

ABSENT: Final = 0
"""The ordinal of a place that is no change but a disappearance or a return."""

Place: TypeAlias = tuple[datetime, int, int]
"""Where an entry stands: when it was first seen, its article, the number of the change or ``ABSENT``."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which entries are wanted: all, those of some articles, or those with one facet.

    Attributes:
        articles: ids; () = of all articles.
        facet: of an outlet, a section or a kind (see the makers below), "" = all.
    """

    articles: tuple[int, ...] = ()
    facet: str = ""

    @classmethod
    def outlet(cls, outlet_id: int) -> Selection:
        """Of one outlet's articles."""
        return cls(facet=outlet_facet(outlet_id))

    @classmethod
    def section(cls, name: str) -> Selection:
        """Of articles that stood in sections of this name, at any outlet. Raises NotInArchive for no such name."""
        facet = section_facet(name)
        if not facet:
            raise NotInArchive("no section has such a name", key=name[:40])
        return cls(facet=facet)

    @classmethod
    def kind(cls, kind: str) -> Selection:
        """Of one kind: a change's, or ``disappeared`` or ``returned``."""
        return cls(facet=kind_facet(kind))


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One entry: a change, a disappearance or return, or what a saved search found.

    Attributes:
        at: when it was first seen.
        ordinal: number of the change, or ``ABSENT``.
        headline: of the text that the change brought, or that stood before the article was away;
            never a later one, so that what was published once stays as it is.
        record: of a change.
        step, absence: of a disappearance or return, as far as was known when it was noticed.
        found: what a saved search found: words that came or went with the change ``record``, or that
            stood in the first text, for which there is no change.
    """

    at: datetime
    article_id: int
    ordinal: int
    url: str
    outlet: str
    headline: str
    record: ChangeRecord | None = None
    step: Step | None = None
    absence: Absence | None = None
    found: SearchMatch | None = None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.at, self.article_id, self.ordinal


class FeedStore(Protocol):
    """Entries of feeds."""

    def places(self, selection: Selection, limit: int, before: Place | None = None) -> Sequence[Place]:
        """Places, newest first, strictly before one; further turns of an alternation are left out."""

    def rows(self, places: Sequence[Place]) -> Sequence[FeedRow]:
        """The entries of these places, in their order; one that is gone meanwhile is left out."""

    def found(self, search_id: int, limit: int, before: int | None = None) -> Sequence[FeedRow]:
        """What a saved search found, what was found last first, strictly before a ``seq``.

        Further turns of an alternation are left out, and so is what hangs on a change that is gone.
        """

    def note_absences(self, article_id: int) -> None:
        """See whether an article has disappeared or come back, and note what is new of it."""
