"""What a story's texts state, as news: one happening, whatever it is found by."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Final

from writethru.notify.message import Told
from writethru.notify.rules import Subject
from writethru.publish.feed import Entry
from writethru.publish.safe_text import clip, one_line

if TYPE_CHECKING:
    from writethru.statements.evidence import Evidence
    from writethru.storage.store import Store

DIFFERS: Final = "quotation-differs"
DUE: Final = "commitment-due"
FIGURE: Final = "figure-changes"
ATTRIBUTION: Final = "attribution-changes"
STATED: Final = frozenset({DIFFERS, DUE, FIGURE, ATTRIBUTION})
"""Kinds of happenings that rules may name; all but the last need ``stories``, which may have ``articles`` instead."""
OF_STORIES: Final = STATED - {ATTRIBUTION}
LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Stated:
    """One such happening.

    Attributes:
        at: when the later of two printings was first seen; the beginning of the day on which something falls due.
        number: below 0; the same words give the same.
        evidence: the sentence that it is told of.
        texts: all words that rules may ask for.
        path: of the page that shows it.
    """

    kind: str
    stories: tuple[int, ...]
    at: datetime
    number: int
    title: str
    summary: str
    evidence: Evidence
    url: str
    texts: tuple[str, ...]
    speakers: tuple[str, ...]
    path: str

    @property
    def subject(self) -> Subject:
        """What rules are asked about it."""
        one = self.evidence
        return Subject(one.article, (self.url,), one.outlet, (self.kind,), 1.0, self.texts, self.stories, self.speakers)

    def told(self, base: str) -> Told:
        """As messages tell it; ``base``: address of the pages."""
        return Told(
            Entry(
                id=f"urn:writethru:stated:{-self.number}",
                title=self.title,
                url=f"{base}{self.path}",
                updated=self.at,
                outlet=self.evidence.outlet,
                summary=one_line(self.summary, 3 * LONGEST),
                content="".join(f"<blockquote>{escape(clip(words, 3 * LONGEST))}</blockquote>" for words in self.texts),
                kinds=(self.kind,),
                about=self.url,
            )
        )


def stories_of(store: Store, article_id: int) -> tuple[int, ...]:
    """The storylines that an article belongs to, as far as events are known."""
    events = [one.event_id for one in store.stories.memberships([article_id])]
    return tuple(sorted({event.story_id for event in store.stories.events(events)}))


def number_of(*words: str) -> int:
    """Below 0, and the same for the same words."""
    return -1 - zlib.crc32("\0".join(words).encode("utf-8", "replace")) % (2**31 - 2)
