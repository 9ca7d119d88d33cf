"""Documents of search, and saved searches, in both databases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select, text

from writethru.model import Appearance, TimeBasis
from writethru.search.document import SearchDocument
from writethru.search.terms import Wanted, entries_of
from writethru.storage import codec, search_native
from writethru.storage.connect import LOG_LOCK, Database
from writethru.storage.dialect import insert_if_new, upsert
from writethru.storage.prepared import Prepared
from writethru.storage.refusals import damaged, missing
from writethru.storage.search_store import Found, NewMatch, SavedSearch, SearchMatch
from writethru.storage.search_tables import saved_searches, search_documents, search_matches
from writethru.storage.tables import appearances, change_log, changes

FOLLOW_LOCK = LOG_LOCK + 1

_FORM = Prepared(select(search_documents.c.form).where(search_documents.c.article_id == bindparam("article")))
_SEARCH = select(saved_searches.c.id, saved_searches.c.name, saved_searches.c.query, saved_searches.c.created_at)
_MATCH = select(
    search_matches.c.seq,
    search_matches.c.search_id,
    search_matches.c.article_id,
    search_matches.c.ordinal,
    search_matches.c.version,
    search_matches.c.event,
    search_matches.c.at,
)


class SearchIndex:
    """See ``search_store.SearchStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def follow_alone(self) -> None:
        """SQLite's writer is alone anyway."""
        with self._database.write() as connection:
            if not self._database.sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": FOLLOW_LOCK})

    def documents(self, ids: Iterable[int]) -> Mapping[int, SearchDocument]:
        """Those that there are."""
        wanted = list(ids)
        query = select(search_documents).where(search_documents.c.article_id.in_(wanted))
        with self._database.read() as connection:
            rows = connection.execute(query).all() if wanted else []
            return {row[0]: _document(connection, row[0], row[1]) for row in rows}

    def keep(self, document: SearchDocument) -> None:
        """In place of the one there."""
        with self._database.write() as connection:
            _take_out(connection, document.article_id)
            row = {"article_id": document.article_id, "form": codec.pack_form(document.to_form())}
            statement = upsert(connection, search_documents).values(row)
            replacing = {"index_elements": ["article_id"], "set_": {"form": row["form"]}}
            connection.execute(statement.on_conflict_do_update(**replacing))  # type: ignore[arg-type]
            search_native.put(connection, document.article_id, entries_of(document))

    def forget(self, article_id: int) -> None:
        """Take an article out."""
        with self._database.write() as connection:
            _take_out(connection, article_id)
            connection.execute(delete(search_documents).where(search_documents.c.article_id == article_id))

    def clear(self) -> None:
        """Take every article out."""
        with self._database.write() as connection:
            connection.execute(delete(search_documents))
            search_native.clear(connection)

    def candidates(self, wanted: Wanted, below: int | None, most: int) -> Found:
        """Newest first."""
        with self._database.read() as connection:
            return search_native.find(connection, wanted, below, most)

    def size(self) -> int:
        """How many documents there are."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(search_documents)).scalar_one())

    def newest_line(self) -> int:
        """The last number of the change log."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.max(change_log.c.seq))).scalar() or 0)

    def appearances(self, ids: Iterable[int]) -> Mapping[int, Sequence[Appearance]]:
        """Of each article, by ordinal."""
        query = (
            select(appearances)
            .where(appearances.c.article_id.in_(list(ids)))
            .order_by(appearances.c.article_id, appearances.c.ordinal)
        )
        found: dict[int, list[Appearance]] = defaultdict(list)
        with self._database.read() as connection:
            for a, ordinal, number, first, last, basis, looks in connection.execute(query):
                found[a].append(Appearance(a, ordinal, number, first, last, TimeBasis(basis), looks))
        return found

    def kinds(self, ids: Iterable[int]) -> Mapping[int, Mapping[str, int]]:
        """Of each article: kind to versions, as bits."""
        c = changes.c
        query = select(c.article_id, c.from_version, c.to_version, c.kinds).where(c.article_id.in_(list(ids)))
        found: dict[int, dict[str, int]] = defaultdict(dict)
        with self._database.read() as connection:
            for article_id, old, new, kinds in connection.execute(query):
                for kind in kinds.split():
                    both = 1 << (old - 1) | 1 << (new - 1)
                    found[article_id][kind] = found[article_id].get(kind, 0) | both
        return found

    # saved searches

    def save_search(self, name: str, query: str, at: datetime) -> tuple[SavedSearch, bool]:
        """The search of this name, and whether it is new."""
        with self._database.write() as connection:
            is_new = insert_if_new(connection, saved_searches, {"name": name, "query": query, "created_at": at})
            row = connection.execute(_SEARCH.where(saved_searches.c.name == name)).one()
        return SavedSearch(*row), is_new

    def saved_searches(self) -> Sequence[SavedSearch]:
        """By id."""
        with self._database.read() as connection:
            return [SavedSearch(*row) for row in connection.execute(_SEARCH.order_by(saved_searches.c.id))]

    def forget_search(self, search_id: int) -> None:
        """It and what it found. Raises NotInArchive."""
        with self._database.write() as connection:
            if connection.execute(delete(saved_searches).where(saved_searches.c.id == search_id)).rowcount != 1:
                raise missing("saved search", search_id)
            connection.execute(delete(search_matches).where(search_matches.c.search_id == search_id))

    def note_matches(self, search_id: int, found: Sequence[NewMatch]) -> None:
        """Those not known yet."""
        with self._database.write() as connection:
            for match in found:
                row = {name: getattr(match, name) for name in NewMatch.__slots__}
                insert_if_new(connection, search_matches, {"search_id": search_id, **row})

    def matches(self, search_id: int, after: int, limit: int) -> Sequence[SearchMatch]:
        """By seq, strictly after."""
        c = search_matches.c
        query = _MATCH.where(c.search_id == search_id, c.seq > after).order_by(c.seq).limit(limit)
        with self._database.read() as connection:
            return [SearchMatch(seq, owner, NewMatch(*rest)) for seq, owner, *rest in connection.execute(query)]

    def newest_matches(self, search_id: int, before: int | None, limit: int) -> Sequence[SearchMatch]:
        """Newest first, strictly before."""
        c = search_matches.c
        query = _MATCH.where(c.search_id == search_id).order_by(c.seq.desc()).limit(limit)
        if before is not None:
            query = query.where(c.seq < before)
        with self._database.read() as connection:
            return [SearchMatch(seq, owner, NewMatch(*rest)) for seq, owner, *rest in connection.execute(query)]


def _document(connection: Connection, article_id: int, packed: bytes) -> SearchDocument:
    try:
        return SearchDocument.from_form(article_id, codec.unpack_form(packed))
    except codec.DamageError as error:
        raise damaged("search document of article", article_id, connection) from error


def take_out_words(connection: Connection, article_id: int) -> None:
    """Of a withdrawn article nothing may stay in the index, not even in parts of it that wait to be merged."""
    _take_out(connection, article_id)
    search_native.merge(connection)


def _take_out(connection: Connection, article_id: int) -> None:
    """Out of the index; FTS5 must be told exactly what it was given."""
    packed = _FORM.value(connection, {"article": article_id})
    if packed is not None:
        search_native.take_out(connection, article_id, entries_of(_document(connection, article_id, packed)))
