"""Readings of paragraphs and of versions, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select

from writethru.storage import codec
from writethru.storage.columns import AnyRow
from writethru.storage.connect import Database
from writethru.storage.dialect import insert_if_new, upsert
from writethru.storage.dossiers import DossierTables
from writethru.storage.refusals import damaged
from writethru.storage.statement_store import ReadVersion
from writethru.storage.statement_tables import statement_units, statement_versions

AT_ONCE = 500
"""Digests in one question; both databases bound the number of parameters."""
_KEY = ("article_id", "number")


class StatementTables:
    """See ``statement_store.StatementStore`` for what each method promises."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.dossiers = DossierTables(database)

    def versions(self, article_id: int) -> Sequence[ReadVersion]:
        """By number."""
        table = statement_versions.c
        query = select(statement_versions).where(table.article_id == article_id).order_by(table.number)
        with self._database.read() as connection:
            return [_version(connection, row) for row in connection.execute(query)]

    def version(self, article_id: int, number: int) -> ReadVersion | None:
        """One of them."""
        table = statement_versions.c
        query = select(statement_versions).where(table.article_id == article_id, table.number == number)
        with self._database.read() as connection:
            row = connection.execute(query).first()
            return None if row is None else _version(connection, row)

    def units(self, article_id: int, digests: Iterable[str]) -> Mapping[str, dict[str, Any]]:
        """The kept forms."""
        wanted = sorted(set(digests))
        table = statement_units.c
        found: dict[str, dict[str, Any]] = {}
        with self._database.read() as connection:
            for start in range(0, len(wanted), AT_ONCE):
                some = wanted[start : start + AT_ONCE]
                query = select(table.digest, table.form).where(table.article_id == article_id, table.digest.in_(some))
                for digest, form in connection.execute(query):
                    found[digest] = _unpacked(connection, form, article_id)
        return found

    def keep(self, read: Sequence[ReadVersion], units: Mapping[str, Mapping[str, Any]]) -> None:
        """Write versions and units."""
        if not read:
            return
        article_id = read[0].article_id
        with self._database.write() as connection:
            for digest, form in units.items():
                row = {"article_id": article_id, "digest": digest, "form": codec.pack_form(form)}
                insert_if_new(connection, statement_units, row)
            for one in read:
                values = {name: getattr(one, name) for name in ReadVersion.__slots__ if name != "units"}
                values["form"] = codec.pack_form({"units": [list(unit) for unit in one.units]})
                rest = {name: value for name, value in values.items() if name not in _KEY}
                statement = upsert(connection, statement_versions).values(values)
                connection.execute(statement.on_conflict_do_update(index_elements=list(_KEY), set_=rest))

    def forget(self, article_id: int) -> None:
        """Take an article's out."""
        with self._database.write() as connection:
            for table in (statement_units, statement_versions):
                connection.execute(delete(table).where(table.c.article_id == article_id))

    def size(self) -> tuple[int, int]:
        """Versions and units."""
        with self._database.read() as connection:
            versions, units = (
                int(connection.execute(select(func.count()).select_from(table)).scalar_one())
                for table in (statement_versions, statement_units)
            )
        return versions, units


def _version(connection: Connection, row: AnyRow) -> ReadVersion:
    values = dict(row._mapping)
    form = _unpacked(connection, values.pop("form"), values["article_id"])
    return ReadVersion(**values, units=tuple((digest, first) for digest, first in form["units"]))


def _unpacked(connection: Connection, form: bytes, article_id: int) -> dict[str, Any]:
    try:
        return codec.unpack_form(form)
    except codec.DamageError as error:
        raise damaged("statements of article", article_id, connection) from error
