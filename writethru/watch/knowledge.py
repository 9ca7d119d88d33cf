"""What is known of an article and its outlet before a page is read, and what is kept of a reading that was accepted.

The store's memories and profiles come in, go through ``extraction``'s pure functions and go back. Everything kept
follows from captures in their order, so the same evidence in the same order gives it again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import structlog

from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import Known, read_known, summarise
from writethru.extraction.memory import ArticleMemory
from writethru.extraction.profile import ENOUGH, OutletProfile, PageSummary, learn
from writethru.extraction.unchanged import is_unchanged
from writethru.model import Article, Capture, Extraction, Medium, NewCapture
from writethru.storage.learnt import WORKING, ProfileState, TemplateChange
from writethru.storage.store import Store

log = structlog.get_logger("writethru.watch")

PAGES: Final = frozenset({Medium.HTTP, Medium.WARC, Medium.PAGE})
"""Media whose pages are read with what is known; others state what they state."""


FINISHED: Final = ENOUGH
"""A profile is put to use with so many articles, then each time their number has doubled."""


@dataclass(frozen=True, slots=True)
class KnownReading:
    """A page read with what is known, and what to keep of it.

    Attributes:
        before: the memory that it was read with, None on a first capture.
    """

    known: Known
    before: ArticleMemory | None = None

    @property
    def extraction(self) -> Extraction:
        """What was read."""
        return self.known.extraction


class Keeper:
    """Knows what is known.

    Args:
        store: where it is kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def is_unchanged(self, article: Article, look: NewCapture, body: bytes | None) -> bool:
        """Whether the page says of its article exactly what the last accepted one said."""
        if body is None or look.medium not in PAGES:
            return False
        made = self._store.fingerprint(article.id)
        return bool(made) and is_unchanged(body, look.content_type, made)

    def read(self, article: Article, look: NewCapture, body: bytes) -> KnownReading:
        """Read a page with what is known of its article.

        Raises:
            InputError: it is none.
        """
        form = self._store.memory(article.id)
        memory = ArticleMemory.from_dict({**form, "fingerprint": ""}) if form else None
        state = self._store.profile_at(article.host, look.captured_at) if article.host else None
        profile = OutletProfile.from_dict(state.form) if state else None
        said = {"memory": memory.digest()} if memory else {}
        if state is not None and profile is not None:
            said["profile"] = f"{state.serial}:{state.digest}"
        known = read_known(body, _url(look), Knowledge(memory, profile), content_type=look.content_type)
        if said:
            known = replace(known, extraction=replace(known.extraction, read_with=said))
        return KnownReading(known, memory)

    def keep(self, article: Article, capture: Capture, reading: KnownReading) -> None:
        """Keep what an accepted reading was, for the next one."""
        memory = reading.known.memory
        if memory is None:
            return
        before = reading.before
        is_known = before is not None and before.digest() == memory.digest()
        if not is_known or self._store.fingerprint(article.id) != memory.fingerprint:
            self._store.keep_memory(article.id, memory.digest(), memory.to_dict())
        if reading.known.redesigned:
            detail = "the article's blocks stand at other places than at the look before"
            self._store.note_template(
                TemplateChange(capture.id, article.host, article.id, capture.look.captured_at, detail)
            )
            log.warning("new template", host=article.host, article=article.id)

    def learn(self, article: Article, look: NewCapture, body: bytes, summary: PageSummary | None = None) -> None:
        """Let the host's profile learn from an article's first page, once for each article."""
        if not article.host or look.medium not in PAGES:
            return
        page = summary or summarise(body, _url(look), content_type=look.content_type)
        if page is not None:
            self._learn(article.host, look.captured_at, page)

    def _learn(self, host: str, at: datetime, page: PageSummary) -> None:
        working = self._store.working_profile(host)
        before = (OutletProfile.from_dict(working.form) if working else None) or OutletProfile()
        after = learn(before, page)
        latest = max(at, working.learnt_at) if working else at
        self._store.keep_profile(_state(host, WORKING, latest, after))
        if after.templates != before.templates:
            log.warning("the outlet has a new template", host=host, templates=after.templates)
        if after.pages != before.pages and (_is_due(after.pages) or after.templates != before.templates):
            serial = self._store.profiles(host)[-1].serial + 1
            self._store.keep_profile(_state(host, serial, latest, after.finished()))


def _is_due(pages: int) -> bool:
    """Whether a profile of so many pages is put to use: 5, 10, 20, 40 …"""
    times, rest = divmod(pages, FINISHED)
    return rest == 0 and times.bit_count() == 1


def _state(host: str, serial: int, at: datetime, profile: OutletProfile) -> ProfileState:
    return ProfileState(host, serial, at, profile.pages, profile.digest(), profile.to_dict())


def _url(look: NewCapture) -> str | None:
    url = look.final_url or look.url
    return None if url.startswith("urn:") else url
