"""The index of grams that finds articles which share text (``gram_index``), and the pairs found.

What enters is bounded by who writes it (``reuse.grams.MOST_HOLDERS`` articles a gram), so that a text
printed ten thousand times costs no more than one printed fifty times.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, bindparam, delete, func, or_, select

from writethru.storage.captures import read_form
from writethru.storage.columns import AnyRow
from writethru.storage.connect import Database
from writethru.storage.derived import latest_reading
from writethru.storage.dialect import replacing, upsert
from writethru.storage.prepared import Prepared
from writethru.storage.reuse_store import About, Holder, PairLine, ReusePair
from writethru.storage.reuse_tables import reuse_pairs
from writethru.storage.several import Several
from writethru.storage.tables import analyses, articles, extractions, outlets
from writethru.storage.withdrawn import absent

if TYPE_CHECKING:
    from writethru.storage.gram_index import GramIndex
    from writethru.storage.postings import Holding

SOUGHT = 500
"""Articles on each side of the pairs that are sought in one statement."""

_ABOUT = Prepared(
    select(
        articles.c.url, articles.c.host, func.coalesce(outlets.c.name, ""), extractions.c.capture_id, extractions.c.form
    )
    .select_from(articles)
    .outerjoin(outlets, outlets.c.id == articles.c.outlet_id)
    .outerjoin(extractions, extractions.c.capture_id == latest_reading)
    .where(articles.c.id == bindparam("article_id"))
)
_LINE = select(*(reuse_pairs.c[name] for name in PairLine._fields))
_LINES_OF_A, _LINES_OF_B = Several(_LINE, reuse_pairs.c.a_id), Several(_LINE, reuse_pairs.c.b_id)


def pair_row(pair: ReusePair) -> dict[str, Any]:
    """A pair as a row of its table."""
    form = json.dumps(pair.form, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return {**{name: getattr(pair, name) for name in ReusePair.__slots__}, "form": form}


class ReuseIndex:
    """Grams and pairs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def _grams(self) -> GramIndex:
        """The index is arrays, which take their time to load: only who asks it pays for that."""
        from writethru.storage.gram_index import GramIndex

        return GramIndex(self._database)

    def position(self, analysis: str) -> int:
        """The last number of the change log that an analysis has done, 0 before the first."""
        with self._database.read() as connection:
            found = connection.execute(select(analyses.c.seq).where(analyses.c.name == analysis)).scalar()
        return int(found or 0)

    def set_position(self, analysis: str, seq: int) -> None:
        """Note that an analysis has done the change log up to ``seq``."""
        with self._database.write() as connection:
            statement = upsert(connection, analyses).values(name=analysis, seq=seq)
            connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"seq": seq}))

    def snapshot(self) -> AbstractContextManager[None]:
        """One moment for the reads inside."""
        return self._database.snapshot()

    def about(self, article_id: int) -> About:
        """What is known of an article beside its texts. Raises NotInArchive."""
        with self._database.read() as connection:
            row = _ABOUT.first(connection, {"article_id": article_id})
            if row is None:
                raise absent(connection, article_id)
            url, host, outlet, read, packed = row
            form = read_form(connection, packed, read) if packed is not None else {}
        stated = form.get("published"), form.get("modified")
        return About(url, host, outlet, *stated, agency=str(form.get("agency", "")))

    def holders(self, grams: Iterable[int]) -> list[Holder]:
        """What is indexed of these grams, by gram and article."""
        return [_holder(row) for row in self._grams.holding(grams).tolist()]

    def holding(self, grams: Iterable[int]) -> Holding:
        """The same as an array of postings, by gram and article."""
        return self._grams.holding(grams)

    def add_grams(self, holders: Sequence[Holder]) -> None:
        """Index grams of one article; those it has already stay as they are."""
        from writethru.storage.postings import of_rows

        self._grams.add(of_rows((h.gram, h.article_id, h.outlet_id or 0, h.at << 1 | h.quoted) for h in holders))

    def add_postings(self, postings: Holding) -> None:
        """The same of postings as ``holding`` has them."""
        self._grams.add(postings)

    def keep_pair(self, pair: ReusePair) -> None:
        """Write a pair in place of the one of these two articles."""
        with self._database.write() as connection:
            replacing(connection.dialect.name, reuse_pairs).run(connection, pair_row(pair))

    def pairs(self, article_id: int | None = None, limit: int | None = None) -> list[ReusePair]:
        """The pairs of an article, or all; most shared words first, then by articles; at most ``limit``."""
        table = reuse_pairs.c
        query = select(reuse_pairs).order_by(table.words.desc(), table.a_id, table.b_id).limit(limit)
        with self._database.read() as connection:
            return [_pair(row) for row in connection.execute(_of(query, article_id))]

    def count(self, article_id: int | None = None) -> int:
        """How many pairs an article has, or how many there are."""
        with self._database.read() as connection:
            return int(connection.execute(_of(select(func.count()).select_from(reuse_pairs), article_id)).scalar_one())

    def lines(self, article_ids: Iterable[int]) -> list[PairLine]:
        """The pairs that any of these articles is in, by articles."""
        keys = [(article_id,) for article_id in sorted(set(article_ids))]
        with self._database.read() as connection:
            rows = _LINES_OF_A.rows(connection, keys) + _LINES_OF_B.rows(connection, keys)
        return sorted(PairLine(*row) for row in set(map(tuple, rows)))

    def lines_among(self, article_ids: Iterable[int]) -> list[PairLine]:
        """The pairs of which both are among these articles, by articles."""
        with self._database.read() as connection:
            return [PairLine(*row) for row in _among(connection, _LINE, article_ids)]

    def among(self, article_ids: Iterable[int]) -> list[ReusePair]:
        """The same with what they share."""
        with self._database.read() as connection:
            return [_pair(row) for row in _among(connection, select(reuse_pairs), article_ids)]

    def pair(self, one: int, other: int) -> ReusePair | None:
        """The pair of two articles, None where they share nothing that was found."""
        table = reuse_pairs.c
        either = or_((table.a_id == one) & (table.b_id == other), (table.a_id == other) & (table.b_id == one))
        with self._database.read() as connection:
            row = connection.execute(select(reuse_pairs).where(either)).first()
        return None if row is None else _pair(row)

    def forget(self, article_id: int) -> None:
        """Take an article's grams and pairs out."""
        from writethru.storage.gram_index import take_out_grams

        with self._database.write() as connection:
            take_out_grams(connection, article_id)
            table = reuse_pairs.c
            connection.execute(delete(reuse_pairs).where(or_(table.a_id == article_id, table.b_id == article_id)))

    def size(self) -> tuple[int, int]:
        """How many articles' pairs and how many grams there are."""
        with self._database.read() as connection:
            pairs = connection.execute(select(func.count()).select_from(reuse_pairs)).scalar_one()
        return int(pairs), self._grams.size()


def _among(connection: Connection, query: Select[Any], article_ids: Iterable[int]) -> Iterator[AnyRow]:
    """Rows of pairs of which both are among these articles, by articles."""
    table, wanted = reuse_pairs.c, sorted(set(article_ids))
    for a in range(0, len(wanted), SOUGHT):
        for b in range(0, len(wanted), SOUGHT):
            both = table.a_id.in_(wanted[a : a + SOUGHT]), table.b_id.in_(wanted[b : b + SOUGHT])
            yield from connection.execute(query.where(*both).order_by(table.a_id, table.b_id))


def _of(query: Select[Any], article_id: int | None) -> Select[Any]:
    table = reuse_pairs.c
    return query if article_id is None else query.where(or_(table.a_id == article_id, table.b_id == article_id))


def _holder(row: tuple[int, int, int, int]) -> Holder:
    gram, article_id, outlet, place = row
    return Holder(gram, article_id, place >> 1, bool(place & 1), outlet or None)


def _pair(row: AnyRow) -> ReusePair:
    values = dict(row._mapping)
    values["form"] = json.loads(values["form"])
    return ReusePair(**values)
