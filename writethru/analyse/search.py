"""Finding words in every version: what ``archive.search`` can do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal

from writethru.analyse.follow import FollowReport, Progress
from writethru.analyse.indexing import SearchIndexing, events, outlet_ids
from writethru.errors import InputError, NotInArchive
from writethru.search.document import SearchDocument, runs_of
from writethru.search.matching import Facts, Passage, Stretch, matching, passages, stretches
from writethru.search.query import Query, parse
from writethru.search.terms import wanted_of
from writethru.storage.listing_store import ArticleLine
from writethru.storage.search_store import Found, SavedSearch, SearchMatch
from writethru.storage.store import Store

MOST_HITS: Final = 100
"""Of one page."""

MOST_CHECKED: Final = 200
"""Articles read for one page: about 0.2 ms each. A page that ends with it has a cursor to go on with."""

MOST_SAVED: Final = 200
"""Saved searches; each is tried on every article that changes."""

MOST_PAST: Final = 500
"""Articles found before a search was saved that its feed begins with."""

LONGEST_NAME: Final = 100

Order = Literal["best", "newest"]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An article in some of whose versions the query matches.

    Attributes:
        versions: runs of version numbers that match.
        count: how many versions the article has.
        latest: number of the version seen last.
        standing: does the latest version match? If not, what was found was removed.
        stretches: when it stood there, with the changes that brought it and took it away.
        passages: where the words stand; text to be escaped.
        in_headline: it matches by headlines alone.
        left_out: blocks of the article that are not searchable because it is very long.
    """

    article: ArticleLine
    versions: tuple[tuple[int, int], ...]
    count: int
    latest: int
    standing: bool
    stretches: tuple[Stretch, ...]
    passages: tuple[Passage, ...]
    in_headline: bool
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits.

    Attributes:
        cursor: continues it, "" at the end. A page with few hits or none may have one: then many articles hold the
            words, but few as the query wants them, and the search stopped after ``MOST_CHECKED``.
        lag: lines of the change log that search has not seen yet.
    """

    query: Query
    hits: tuple[SearchHit, ...]
    cursor: str
    lag: int


@dataclass(frozen=True, slots=True)
class _Way:
    """What one page is made with."""

    query: Query
    outlets: tuple[int, ...]
    order: Order
    limit: int


class Search:
    """Search over one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.indexing = SearchIndexing(store)

    def find(self, text: str, *, limit: int = 20, cursor: str = "", order: Order = "best") -> SearchPage:
        """The articles in which a query matches.

        Args:
            text: see ``search.query``.
            limit: hits of a page, at most ``MOST_HITS``.
            order: ``best``: matches by the headline first, then the others, each newest article first;
                ``newest``: newest article first.

        Raises:
            MalformedQuery: the query cannot be understood; the message marks the place.
            InputError: not a cursor of a search.
        """
        query = parse(text)
        outlets = outlet_ids(self.store, query.filters.outlets)
        if query.filters.outlets and not outlets:
            return SearchPage(query, (), "", self.indexing.lag())
        way = _Way(query, outlets, order, max(1, min(limit, MOST_HITS)))
        tier, below = _place(cursor, order)
        hits, following = self._page(way, tier, below)
        return SearchPage(query, tuple(hits), following, self.indexing.lag())

    def follow(self, *, progress: Progress | None = None) -> FollowReport:
        """Take in what is new in the record."""
        return self.indexing.follow(progress=progress)

    def rebuild(self, *, progress: Progress | None = None) -> FollowReport:
        """Make the index anew."""
        return self.indexing.rebuild(progress=progress)

    def lag(self) -> int:
        """Lines of the change log that search has not seen yet."""
        return self.indexing.lag()

    # saved searches

    def saved(self) -> Sequence[SavedSearch]:
        """By id."""
        return self.store.search.saved_searches()

    def saved_search(self, search_id: int) -> SavedSearch:
        """One of them. Raises NotInArchive."""
        for one in self.saved():
            if one.id == search_id:
                return one
        raise NotInArchive("no such saved search", key=search_id)

    def save(self, name: str, text: str, at: datetime | None = None) -> SavedSearch:
        """Keep a search under a name; its feed begins with what it finds now.

        Raises:
            MalformedQuery: the query cannot be understood.
            InputError: the name is empty, too long, or another search has it; or there are too many.
        """
        name = name.strip()
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise InputError(f"a name needs 1 to {LONGEST_NAME} printable characters", key="name")
        parse(text)
        if len(self.saved()) >= MOST_SAVED:
            raise InputError(f"at most {MOST_SAVED} searches can be kept; forget one first", key="name")
        with self.store.transaction():
            kept, is_new = self.store.search.save_search(name, text, at or datetime.now(UTC))
            if not is_new and kept.query != text:
                raise InputError("another search has this name", key=name)
            if is_new:
                self._note_past(kept)
        return kept

    def forget(self, search_id: int) -> None:
        """Forget a saved search and its feed. Raises NotInArchive."""
        self.store.search.forget_search(search_id)

    def matches(self, search_id: int, after: int = 0, limit: int = 100) -> Sequence[SearchMatch]:
        """What a saved search found, in the order in which it was found, strictly after a ``seq``."""
        return self.store.search.matches(search_id, after, limit)

    def newest_matches(self, search_id: int, before: int | None = None, limit: int = 100) -> Sequence[SearchMatch]:
        """The same backwards."""
        return self.store.search.newest_matches(search_id, before, limit)

    def passages(self, search_id: int, article_id: int, version: int) -> Sequence[Passage]:
        """Where the words of a saved search stand in one version; the same whatever came later. Raises NotInArchive."""
        query = parse(self.saved_search(search_id).query)
        document = self.store.search.documents([article_id]).get(article_id)
        return () if document is None else passages(replace(document, latest=version), query, 1 << (version - 1))

    def _note_past(self, kept: SavedSearch) -> None:
        query = parse(kept.query)
        outlets = outlet_ids(self.store, query.filters.outlets)
        if query.filters.outlets and not outlets:
            return
        asked = wanted_of(query, outlets)
        found = self.store.search.candidates(asked, None, MOST_PAST)
        documents = self.store.search.documents(found.ids)
        facts = self._facts(query, documents, everything=True)
        noted = [one for number, document in documents.items() for one in events(document, query, facts[number])]
        noted.sort(key=lambda one: (one.at, one.article_id, one.ordinal))
        self.store.search.note_matches(kept.id, noted)

    # one page

    def _page(self, way: _Way, tier: int, below: int | None) -> tuple[list[SearchHit], str]:
        hits: list[SearchHit] = []
        checked = 0
        while tier <= 2:
            room = way.limit - len(hits)
            most = min(MOST_CHECKED - checked, 2 * room + 10)
            asked = wanted_of(way.query, way.outlets, headline=tier == 1)
            found = self.store.search.candidates(asked, below, most)
            fitting, last = self._fitting(way, tier, found, room)
            checked += len(found.ids)
            hits += self._hits(way, fitting, in_headline=tier == 1)
            below = last if len(fitting) == room else found.reached
            if below <= 1:
                tier, below = tier + 1, None
            if len(hits) >= way.limit or checked >= MOST_CHECKED or (not found.ids and below is not None):
                break
        return hits, "" if tier > 2 else f"{tier}-{below or 0}"

    def _fitting(self, way: _Way, tier: int, found: Found, room: int) -> tuple[list[tuple[SearchDocument, int]], int]:
        """The first ``room`` documents that match, with the versions that do; and the last that was looked at."""
        documents = self.store.search.documents(found.ids)
        facts = self._facts(way.query, documents)
        fitting: list[tuple[SearchDocument, int]] = []
        last = 0
        for number in found.ids:
            last = number
            document = documents.get(number)
            versions = self._versions(way, tier, document, facts) if document is not None else 0
            if document is not None and versions:
                fitting.append((document, versions))
                if len(fitting) == room:
                    break
        return fitting, last

    def _versions(self, way: _Way, tier: int, document: SearchDocument, facts: Mapping[int, Facts]) -> int:
        """Which versions match; none of an article that an earlier tier has shown."""
        known = facts.get(document.article_id, Facts())
        by_headline = matching(document, way.query, known, headline=True) if way.order == "best" else 0
        if (tier == 1) != bool(by_headline):
            return 0
        return matching(document, way.query, known)

    def _facts(
        self, query: Query, documents: Mapping[int, SearchDocument], *, everything: bool = False
    ) -> Mapping[int, Facts]:
        """What the filters need to know of these articles."""
        filters = query.filters
        dated = everything or filters.after is not None or filters.before is not None
        seen = self.store.search.appearances(documents) if dated else {}
        kinds = self.store.search.kinds(documents) if filters.kinds else {}
        return {number: Facts(seen.get(number, ()), kinds.get(number, {})) for number in documents}

    def _hits(
        self, way: _Way, fitting: Sequence[tuple[SearchDocument, int]], *, in_headline: bool
    ) -> Iterator[SearchHit]:
        ids = [document.article_id for document, _ in fitting]
        lines = self.store.listing.article_lines(ids) if ids else {}
        seen = self.store.search.appearances(ids) if ids else {}
        for document, versions in fitting:
            line = lines.get(document.article_id)
            if line is None:
                continue
            yield SearchHit(
                article=line,
                versions=tuple(runs_of(versions)),
                count=len(document.digests),
                latest=document.latest,
                standing=bool(versions >> (document.latest - 1) & 1),
                stretches=stretches(versions, seen.get(document.article_id, ())),
                passages=passages(document, way.query, versions),
                in_headline=in_headline,
                left_out=document.left_out,
            )


def _place(cursor: str, order: Order) -> tuple[int, int | None]:
    """Tier and the id to go on below."""
    first = 1 if order == "best" else 2
    if not cursor:
        return first, None
    tier, _, below = cursor.partition("-")
    if tier not in ("1", "2") or not (below.isascii() and below.isdigit() and len(below) < 19) or int(tier) < first:
        raise InputError("not a cursor of this search; start again without one", key=cursor)
    return int(tier), int(below) or None
