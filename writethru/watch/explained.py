"""Why a stored page was read as it was: read again from evidence with what was known then, for its reasons.

Nothing is written. What was known before a capture follows from the captures before it, so those are read again
too, a few of them at most; where the outcome differs from what is in the record, that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from writethru.errors import InputError, NotInArchive
from writethru.extraction.explained_style import COPY
from writethru.extraction.explanation import Explained, explain
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import read_known
from writethru.extraction.memory import ArticleMemory
from writethru.extraction.page import PAGE_EXTRACTOR
from writethru.extraction.profile import OutletProfile
from writethru.extraction.site_rules import read_rules
from writethru.model import Article, Capture
from writethru.storage.store import Store
from writethru.watch.knowledge import PAGES, url_of
from writethru.watch.past import ACCEPTED

MOST_REPEATED: Final = 12
"""Readings before a capture that are made again to know what was known; with more, the oldest are left out."""

Form = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ExplainedCapture:
    """A capture with the reasons of its reading.

    Attributes:
        explained: None where nothing was read at this look.
        stands_on: the look whose reading holds for this one, where this one was not read.
        remarks: what a person should know about this explanation.
    """

    capture: Capture
    article: Article
    explained: Explained | None
    stands_on: Capture | None = None
    remarks: tuple[str, ...] = ()


class Explainer:
    """Explains stored captures.

    Args:
        store: the database.
        body_of: reads a stored capture's decoded body from the evidence.

    Attributes:
        style: the stylesheet that the copies of pages ask for.
    """

    style: Final = COPY

    def __init__(self, store: Store, body_of: Callable[[Capture], bytes | None]) -> None:
        self._store = store
        self._body_of = body_of

    def capture(self, capture_id: int) -> ExplainedCapture:
        """One capture.

        Raises:
            NotInArchive: there is no such capture, or its article has no page to explain.
            EvidenceError: its evidence is damaged or gone.
        """
        capture = self._store.capture(capture_id)
        article = self._store.article(capture.article_id)
        before = [one for one in self._store.captures(article.id) if one.id != capture.id and _key(one) < _key(capture)]
        form = self._store.extraction_of(capture.id)
        if capture.look.medium not in PAGES:
            raise NotInArchive("this look brought no page that was read block by block", key=capture_id)
        if form is None:
            read = next((one for one in reversed(before) if self._is_kept(one)), None)
            return ExplainedCapture(capture, article, None, read)
        readings = [one for one in before if self._is_kept(one)]
        return self._explained(capture, article, form, readings)

    def _is_kept(self, capture: Capture) -> bool:
        return capture.look.outcome in ACCEPTED and self._store.extraction_of(capture.id) is not None

    def _explained(
        self, capture: Capture, article: Article, form: Form, readings: Sequence[Capture]
    ) -> ExplainedCapture:
        memory = self._memory(article, readings[-MOST_REPEATED:]) if "memory" in _said(form) else None
        body = self._body_of(capture)
        if body is None:
            raise NotInArchive("this look brought no body", key=capture.id)
        known = self._knowledge(article, form, memory)
        page = explain(body, url_of(capture.look), content_type=capture.look.content_type, knowledge=known)
        return ExplainedCapture(capture, article, page, remarks=tuple(self._remarks(capture, form, page, memory)))

    def _memory(self, article: Article, readings: Iterable[Capture]) -> ArticleMemory | None:
        """What was known of the article after these readings."""
        memory: ArticleMemory | None = None
        for capture in readings:
            body, form = self._body_of(capture), self._store.extraction_of(capture.id)
            if body is None or form is None:
                continue
            known = self._knowledge(article, form, memory if "memory" in _said(form) else None)
            try:
                read = read_known(body, url_of(capture.look), known, content_type=capture.look.content_type)
            except InputError:
                continue
            memory = read.memory or memory
        return memory

    def _knowledge(self, article: Article, form: Form, memory: ArticleMemory | None) -> Knowledge:
        """With the profile and the rules that the reading names."""
        said = _said(form)
        states = self._store.profiles(article.host) if "profile" in said else ()
        state = next((one for one in states if f"{one.serial}:{one.digest}" == said["profile"]), None)
        text = self._store.rules(said["rules"]) if "rules" in said else None
        return Knowledge(
            memory=memory,
            profile=OutletProfile.from_dict(state.form) if state else None,
            rules=read_rules(text, f"rules {said['rules']}") if text else None,
        )

    def _remarks(self, capture: Capture, form: Form, page: Explained, memory: ArticleMemory | None) -> Iterable[str]:
        if form["extractor"] != PAGE_EXTRACTOR:
            yield f"This page was read by {form['extractor']}; it is explained by {PAGE_EXTRACTOR}."
        if page.read.article_text.digest() != self._store.text_digest_of(capture.id):
            yield "Read again now, this page gives another text than was read then: these are today’s reasons."
        remembered = _said(form).get("memory", "")
        if remembered and remembered not in self._digests(capture.article_id, memory):
            yield "What was known of the article before could not be made again exactly; the reasons may differ in it."

    def _digests(self, article_id: int, memory: ArticleMemory | None) -> set[str]:
        """Of the memory, and of what it is where the reading stood for a version in another layout."""
        if memory is None:
            return set()
        versions = self._store.versions(article_id)
        return {memory.digest(), *(replace(memory, stands_for=version.digest).digest() for version in versions)}


def _said(form: Form) -> dict[str, str]:
    return dict(form.get("read_with", {}))


def _key(capture: Capture) -> tuple[object, int]:
    return capture.look.captured_at, capture.id
