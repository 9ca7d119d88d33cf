"""What is known of an article and its outlet before a page is read, and what is kept of a reading that was accepted.

The store's memories and profiles come in, go through ``extraction``'s pure functions and go back. Everything kept
follows from captures in their order, so the same evidence in the same order gives it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import structlog

from writethru.extraction.dating import dated
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import Known, summarise
from writethru.extraction.memory import ArticleMemory
from writethru.extraction.profile import ENOUGH, OutletProfile, PageSummary, learn
from writethru.extraction.site_rules import SiteRules, read_rules
from writethru.extraction.unchanged import is_unchanged
from writethru.model import Article, Capture, Extraction, Medium, NewCapture, TimeBasis
from writethru.storage.learnt import WORKING, ProfileState, TemplateChange
from writethru.storage.store import Store
from writethru.watch.readers import PageToRead, Readers, read_here
from writethru.watch.rulebook import RuleBook

log = structlog.get_logger("writethru.watch")

PAGES: Final = frozenset({Medium.HTTP, Medium.WARC, Medium.PAGE})
"""Media whose pages are read with what is known; others state what they state."""

CLOCKED: Final = frozenset({TimeBasis.OBSERVED, TimeBasis.STATED})
"""Bases of a capture's time from which a time on the page may be counted."""

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
        rules: site rules for new articles.
    """

    def __init__(self, store: Store, rules: RuleBook | None = None) -> None:
        self._store = store
        self._rules = rules or RuleBook()
        self._pinned: Mapping[int, str] = {}
        self.readers: Readers | None = None
        self._ready: dict[tuple[int, str], KnownReading] = {}
        self._same: dict[tuple[int, str], str] = {}

    def pin(self, digests: Mapping[int, str]) -> None:
        """Captures that are derived again, each with the digest of the rules it was read with ("" for none)."""
        self._pinned = digests

    def remember_unchanged(self, article: Article, look: NewCapture) -> None:
        """What ``is_unchanged`` just found holds when the look is recorded, if nothing comes between."""
        self._same[article.id, look.body_digest] = self._store.fingerprint(article.id)

    def forget(self, article: Article, look: NewCapture) -> None:
        """Keep nothing more of what was found or read ahead for this look."""
        self._ready.pop((article.id, look.body_digest), None)
        self._same.pop((article.id, look.body_digest), None)

    def prepare(self, article: Article, look: NewCapture, body: bytes) -> None:
        """Read a page now that will be asked for by ``read``; it is read again if by then more is known.

        Raises:
            InputError: it is none.
            ReadingFailed: it takes too long, or kills its reader.
        """
        knowledge, said = self._knowledge(article, look, None)
        self._ready[article.id, look.body_digest] = self._read(look, body, knowledge, said)

    def is_unchanged(self, article: Article, look: NewCapture, body: bytes | None) -> bool:
        """Whether the page says of its article exactly what the last accepted one said."""
        if body is None or look.medium not in PAGES:
            return False
        made = self._store.fingerprint(article.id)
        if made and self._same.pop((article.id, look.body_digest), "") == made:
            return True
        return bool(made) and is_unchanged(body, look.content_type, made)

    def read(self, article: Article, look: NewCapture, body: bytes, again: Capture | None = None) -> KnownReading:
        """Read a page with what is known of its article; ``again``: the stored capture that it is.

        An article goes on with the rules it was first read with; new ones speak of new articles.

        Raises:
            InputError: it is none.
        """
        knowledge, said = self._knowledge(article, look, again)
        ready = self._ready.pop((article.id, look.body_digest), None)
        if ready is not None and ready.extraction.read_with == said:
            return ready
        return self._read(look, body, knowledge, said)

    def _knowledge(self, article: Article, look: NewCapture, again: Capture | None) -> tuple[Knowledge, dict[str, str]]:
        """What is known before a page is read, and its digests."""
        form = self._store.memory(article.id)
        memory = ArticleMemory.from_dict({**form, "fingerprint": ""}) if form else None
        state = self._store.profile_at(article.host, look.captured_at) if article.host else None
        profile = OutletProfile.from_dict(state.form) if state else None
        said = {"memory": memory.digest()} if memory else {}
        if state is not None and profile is not None:
            said["profile"] = f"{state.serial}:{state.digest}"
        rules = self._rules_for(article, memory, again)
        if rules is not None:
            said["rules"] = rules.digest
            self._store.keep_rules(rules.digest, rules.outlet, rules.text, look.captured_at)
        return Knowledge(memory, profile, rules), said

    def _read(self, look: NewCapture, body: bytes, knowledge: Knowledge, said: dict[str, str]) -> KnownReading:
        page = PageToRead(body, url_of(look), knowledge, look.content_type)
        known = read_here(page) if self.readers is None else self.readers.read(page)
        extraction = replace(known.extraction, read_with=said) if said else known.extraction
        if look.basis in CLOCKED:  # "2 hours ago" means nothing beside the time of an import
            extraction = dated(extraction, look.captured_at)
        return KnownReading(replace(known, extraction=extraction), knowledge.memory)

    def _rules_for(self, article: Article, memory: ArticleMemory | None, again: Capture | None) -> SiteRules | None:
        if memory is not None:
            digest = memory.rules
        elif again is not None and again.id in self._pinned:
            digest = self._pinned[again.id]
        else:
            return self._rules.of(article.host)
        text = self._store.rules(digest) if digest else None
        return read_rules(text, f"rules {digest}") if text else None

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
            log.info("article in a new template", host=article.host, article=article.id)

    def learn(self, article: Article, look: NewCapture, body: bytes, summary: PageSummary | None = None) -> None:
        """Let the host's profile learn from an article's first page, once for each article."""
        if not article.host or look.medium not in PAGES:
            return
        page = summary or summarise(body, url_of(look), content_type=look.content_type)
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


def url_of(look: NewCapture) -> str | None:
    url = look.final_url or look.url
    return None if url.startswith("urn:") else url
