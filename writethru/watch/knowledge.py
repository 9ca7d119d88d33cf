"""What is known of an article and its outlet before a page is read, and what is kept of a reading that was accepted.

The store's memories and profiles come in, go through ``extraction``'s pure functions and go back. Everything kept
follows from captures in their order, so the same evidence in the same order gives it again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import Known, read_known
from writethru.extraction.memory import ArticleMemory
from writethru.extraction.unchanged import is_unchanged
from writethru.model import Article, Capture, Extraction, Medium, NewCapture
from writethru.storage.learnt import TemplateChange
from writethru.storage.store import Store

PAGES: Final = frozenset({Medium.HTTP, Medium.WARC, Medium.PAGE})
"""Media whose pages are read with what is known; others state what they state."""


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
        url = look.final_url or look.url
        knowledge = Knowledge(memory=memory)
        known = read_known(body, None if url.startswith("urn:") else url, knowledge, content_type=look.content_type)
        return KnownReading(_named(known, memory), memory)

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


def _named(known: Known, memory: ArticleMemory | None) -> Known:
    """The reading, saying what it was read with."""
    said = {"memory": memory.digest()} if memory else {}
    return replace(known, extraction=replace(known.extraction, read_with=said)) if said else known
