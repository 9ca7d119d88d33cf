"""What the record knows of an article before a look is decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Any

from writethru.model import Capture, Outcome, Reason, Sign
from writethru.storage.store import ArticleState, Store
from writethru.text.tokens import vocabulary, word_list
from writethru.watch.decide import Decision, Doubted, Known, Seen, turns_on_others
from writethru.watch.identity import stated_address

ACCEPTED = frozenset({Outcome.SAME, Outcome.EDITED})


class Past:
    """Reads it from a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self, state: ArticleState) -> Known:
        """What the state alone tells."""
        return Known(
            current=state.current,
            numbers=dict(state.numbers),
            body_digest=state.last_body_digest,
            pending_digest=state.pending_digest,
            urls=frozenset({state.article.url}),
        )

    def with_aliases(self, state: ArticleState, known: Known) -> Known:
        """And the addresses that are the article's."""
        aliases = self._store.aliases(state.article.id)
        urls = {state.article.url, *(alias.url for alias in aliases if alias.kind != "contested")}
        return replace(known, urls=frozenset(urls))

    def known_text(self, known: Known, state: ArticleState, seen: Seen, again: Capture | None) -> Known:
        """And the current version's words, and the texts since that were doubted; ``again``: looks before it alone."""
        article_id = state.article.id
        text = self._store.version_text(article_id, state.current or 1)
        tokens = word_list(f"{text.headline}\n{text.text}")
        earlier = self._before(article_id, again)
        form = self._last_reading(earlier)
        known = replace(
            known,
            words=len(tokens),
            vocabulary=vocabulary(tokens),
            headline=text.headline,
            headline_marked=form is not None and Sign.NO_HEADLINE_MARK.value not in form["signs"],
            named=stated_address(form["canonical_url"]) if form is not None else "",
            doubted=tuple(self._doubted(earlier)),
        )
        if not turns_on_others(known, seen):
            return known
        return replace(known, elsewhere=bool(set(self._store.articles_with_text(seen.text_digest)) - {article_id}))

    def _before(self, article_id: int, again: Capture | None) -> list[Capture]:
        """The looks before this one, newest first."""
        captures = self._store.captures(article_id)
        return list(takewhile(lambda capture: again is None or capture.id != again.id, captures))[::-1]

    def _last_reading(self, earlier: Iterable[Capture]) -> dict[str, Any] | None:
        """What was read from the last page that was accepted."""
        accepted = (capture for capture in earlier if capture.look.outcome in ACCEPTED)
        return next((form for capture in accepted if (form := self._store.extraction_of(capture.id))), None)

    def _doubted(self, earlier: Iterable[Capture]) -> Iterator[Doubted]:
        """Texts seen since the last accepted look and not believed, newest first."""
        for capture in takewhile(lambda capture: capture.look.outcome not in ACCEPTED, earlier):
            digest = self._store.text_digest_of(capture.id)
            if digest:
                yield Doubted(capture.look.captured_at, capture.look.reason, digest)

    def sightings(self, capture: Capture, digest: str, decision: Decision) -> list[Capture]:
        """The looks at which this text stood there, in time: a doubted text was first seen when it was doubted."""
        if decision.reason not in (Reason.CONFIRMED, Reason.REWRITTEN):
            return [capture]
        earlier = takewhile(lambda look: look.look.outcome not in ACCEPTED, self._before(capture.article_id, capture))
        equal = takewhile(lambda look: self._store.text_digest_of(look.id) in ("", digest), earlier)
        doubted = [look for look in equal if self._store.text_digest_of(look.id)]
        return [*reversed(doubted), capture]
