"""Keeps the documents of search up to date: follows the change log, in steps that are all or nothing.

Searching lags behind the record by what ``lag`` says, never more than is in the log; nothing is lost, because the log
is read from where it was left. A failure here never stops the record from being made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import structlog

from writethru.analyse.follow import FollowReport, Progress
from writethru.errors import MalformedQuery, StorageError
from writethru.model import Appearance
from writethru.search.document import DIGEST, FOLD, SearchDocument, Writer
from writethru.search.folding import folded_words
from writethru.search.matching import Facts, matching, stretches
from writethru.search.query import Query, parse
from writethru.search.terms import labels_of
from writethru.storage.listing_store import ArticleLine
from writethru.storage.search_store import NewMatch
from writethru.storage.store import Store

log = structlog.get_logger("writethru.search")

NAME: Final = "search"
STEP: Final = 400
"""Lines of the change log in one transaction; about 100 articles, so half a second."""

CHANGING: Final = frozenset({"version", "change", "rebuilt", "withdrawn"})
"""Lines after which an article's texts, or which of them is the latest, may be others."""


class SearchIndexing:
    """Follows the change log for one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._queries: dict[int, tuple[str, Query]] = {}

    def lag(self) -> int:
        """Lines of the change log that search has not seen yet."""
        return max(0, self.store.search.newest_line() - self.store.reuse.position(NAME))

    def follow(self, *, progress: Progress | None = None) -> FollowReport:
        """Do all that is new in the change log."""
        lines = articles = 0
        while self.lag():  # a transaction only where there is something to do
            with self.store.transaction():
                self.store.search.follow_alone()
                seq = self.store.reuse.position(NAME)
                entries = self.store.log_since(seq, STEP)
                if not entries:
                    return FollowReport(lines, articles, seq, NAME)
                articles += self.index(entry.article_id for entry in entries if entry.kind in CHANGING)
                self.store.reuse.set_position(NAME, entries[-1].seq)
            lines += len(entries)
            if progress is not None:
                progress(lines, None, NAME)
        return FollowReport(lines, articles, self.store.reuse.position(NAME), NAME)

    def rebuild(self, *, progress: Progress | None = None) -> FollowReport:
        """Make every document anew: forget all, and follow the change log from its beginning.

        Killed in the middle, the next ``follow`` goes on; saved searches keep what they have found.
        """
        with self.store.transaction():
            self.store.search.follow_alone()
            self.store.search.clear()
            self.store.reuse.set_position(NAME, 0)
        return self.follow(progress=progress)

    def index(self, ids: Iterable[int]) -> int:
        """Bring the documents of these articles up to date; how many articles there were.

        One whose texts cannot be read is left as it is, and said.
        """
        wanted = list(dict.fromkeys(ids))
        known = self.store.search.documents(wanted)
        appearances = self.store.search.appearances(wanted)
        lines = self.store.listing.article_lines(wanted)
        kinds = self.store.search.kinds(wanted)
        for article_id in wanted:
            seen = appearances.get(article_id, ())
            if not seen or article_id not in lines:
                self.store.search.forget(article_id)
                continue
            facts = Facts(seen, kinds.get(article_id, {}))
            try:
                with self.store.transaction():
                    self._index_one(known.get(article_id), facts, lines[article_id])
            except StorageError as error:
                log.warning("an article cannot be indexed for search", article=article_id, error=str(error))
        return len(wanted)

    def _index_one(self, known: SearchDocument | None, facts: Facts, line: ArticleLine) -> None:
        document = self._document(line.id, known, facts, line.outlet_id)
        if document != known:
            self.store.search.keep(document)
        self._note(document, facts)

    def _document(
        self, article_id: int, known: SearchDocument | None, facts: Facts, outlet_id: int | None
    ) -> SearchDocument:
        """With what is new; made anew where the versions are not those it was made of."""
        versions = self.store.versions(article_id)
        digests = tuple(version.digest[:DIGEST] for version in versions)
        if known is not None and (known.fold != FOLD or digests[: len(known.digests)] != known.digests):
            known = None
        writer = Writer(article_id, known)
        for version in versions[len(writer.digests) :]:
            writer.add(version.digest, self.store.version_text(article_id, version.number))
        return writer.document(
            facts.appearances[-1].version_number, labels_of(outlet_id, facts.appearances[0].first_seen, facts.kinds)
        )

    def _note(self, document: SearchDocument, facts: Facts) -> None:
        """What saved searches have found in it."""
        for search in self.store.search.saved_searches():
            query = self._query(search.id, search.query)
            if query is not None and self._is_of(query, document):
                self.store.search.note_matches(search.id, events(document, query, facts))

    def _query(self, search_id: int, text: str) -> Query | None:
        known = self._queries.get(search_id)
        if known is None or known[0] != text:
            try:
                known = self._queries[search_id] = (text, parse(text))
            except MalformedQuery:  # saved by another release; it finds nothing more, and says so when it is read
                return None
        return known[1]

    def _is_of(self, query: Query, document: SearchDocument) -> bool:
        if not query.filters.outlets:
            return True
        ids = outlet_ids(self.store, query.filters.outlets)
        return any(f"~o{number}" in document.labels for number in ids)


def outlet_ids(store: Store, names: Sequence[str]) -> tuple[int, ...]:
    """Outlets whose folded names hold one of these, as whole words."""
    wanted = [f" {name} " for name in names]
    return tuple(
        outlet.id
        for outlet in store.outlets()
        if any(name in f" {' '.join(folded_words(outlet.name))} " for name in wanted)
    )


def events(document: SearchDocument, query: Query, facts: Facts) -> list[NewMatch]:
    """When the words came into an article and left it, in time; whether they stand now is not asked."""
    found = matching(document, anytime(query), facts)
    if not found:
        return []
    by_ordinal = {appearance.ordinal: appearance for appearance in facts.appearances}
    noted = []
    for stretch in stretches(found, facts.appearances):
        noted.append(_event(by_ordinal[(stretch.brought_by or 0) + 1], "began"))
        if stretch.taken_by is not None:
            noted.append(_event(by_ordinal[stretch.taken_by + 1], "ended"))
    removed = query.filters.removed
    return [one for one in noted if removed is None or (one.event == "ended") == removed]


def anytime(query: Query) -> Query:
    """The same without ``removed:``, which of what happened only lets ends (yes) or beginnings (no) through."""
    return replace(query, filters=replace(query.filters, removed=None))


def _event(appearance: Appearance, event: str) -> NewMatch:
    return NewMatch(appearance.article_id, appearance.ordinal, appearance.version_number, event, appearance.first_seen)
