"""Statements that are compiled once and then go straight to the driver.

SQLAlchemy writes the SQL and knows the types, but its execution costs several times what
the database needs for one row, and an imported version takes a dozen rows. A ``Prepared``
statement keeps the compiled text, the conversions of its parameters and of its result
columns; running it is one call of the driver. Decision 0022 has the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Connection, Dialect
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import SelectBase
from sqlalchemy.types import TypeDecorator

from writethru.storage.address import shown
from writethru.storage.refusals import refusal

Convert = Callable[[Any], Any]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """One statement in one dialect.

    Attributes:
        places: the parameters with their conversions, in their order where ``by_place``.
        constants: values that the statement itself holds, by name.
        results: conversions of result columns by position, for those that need one.
    """

    sql: str
    by_place: bool
    places: tuple[tuple[str, Convert | None], ...]
    constants: Values
    results: tuple[tuple[int, Convert], ...]

    def parameters(self, values: Values) -> Any:
        given = {**self.constants, **values} if self.constants else values
        if self.by_place:
            return [given[name] if convert is None else convert(given[name]) for name, convert in self.places]
        return {name: given[name] if convert is None else convert(given[name]) for name, convert in self.places}

    def row(self, raw: Sequence[Any]) -> Sequence[Any]:
        if not self.results:
            return raw
        row = list(raw)
        for position, convert in self.results:
            row[position] = convert(row[position])
        return row


class Prepared:
    """A statement to be run many times.

    Args:
        statement: a SELECT; or an INSERT, UPDATE or DELETE, perhaps with RETURNING. Lists
            of values (``IN``) do not work here.
        keys: the columns of an INSERT, or of an UPDATE without ``values()``.
    """

    def __init__(self, statement: SelectBase | UpdateBase, keys: Iterable[str] | None = None) -> None:
        self._statement = statement
        self._keys = None if keys is None else list(keys)
        self._compiled: dict[str, _Compiled] = {}

    def run(self, connection: Connection, values: Values) -> int:
        """How many rows were changed."""
        compiled = self._for(connection.dialect)
        return int(_execute(connection, compiled.sql, compiled.parameters(values)).rowcount)

    def rows(self, connection: Connection, values: Values) -> list[Sequence[Any]]:
        """All rows."""
        compiled = self._for(connection.dialect)
        found = _execute(connection, compiled.sql, compiled.parameters(values)).fetchall()
        return [compiled.row(raw) for raw in found] if compiled.results else found

    def first(self, connection: Connection, values: Values) -> Sequence[Any] | None:
        """The first row, None where there is none."""
        found = self.rows(connection, values)
        return found[0] if found else None

    def value(self, connection: Connection, values: Values) -> Any:
        """The first column of the first row, None where there is none."""
        row = self.first(connection, values)
        return None if row is None else row[0]

    def each(self, connection: Connection, several: Iterable[Values]) -> None:
        """Once for each set of values, in one call of the driver."""
        compiled = self._for(connection.dialect)
        _execute(connection, compiled.sql, [compiled.parameters(values) for values in several], "executemany")

    def each_row(self, connection: Connection, rows: Sequence[Sequence[Any]]) -> None:
        """The same with the values of ``keys`` in their order, where none needs a conversion: half the work."""
        compiled, keys = self._for(connection.dialect), self._keys or ()
        if compiled.by_place:
            order = [keys.index(name) for name, _ in compiled.places]
            given: list[Any] = list(rows) if order == sorted(order) else [[row[at] for at in order] for row in rows]
        else:
            given = [dict(zip(keys, row, strict=True)) for row in rows]
        _execute(connection, compiled.sql, given, "executemany")

    def explained(self, connection: Connection, values: Values) -> list[Sequence[Any]]:
        """The database's plan for this statement, for tests that watch it."""
        compiled = self._for(connection.dialect)
        explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        rows: list[Sequence[Any]] = _execute(
            connection, f"{explain} {compiled.sql}", compiled.parameters(values)
        ).fetchall()
        return rows

    def _for(self, dialect: Dialect) -> _Compiled:
        made = self._compiled.get(dialect.name)
        if made is None:
            made = self._compiled[dialect.name] = self._compile(dialect)
        return made

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled = self._statement.compile(dialect=dialect, column_keys=self._keys)
        bound = {name: parameter for parameter, name in compiled.bind_names.items()}
        order: Iterable[str] = compiled.positiontup or bound
        return _Compiled(
            sql=str(compiled),
            by_place=bool(compiled.positiontup),
            places=tuple((name, _processor(bound[name].type, dialect)) for name in order),
            constants={name: parameter.value for name, parameter in bound.items() if not parameter.required},
            results=tuple(self._results(dialect)),
        )

    def _results(self, dialect: Dialect) -> Iterable[tuple[int, Convert]]:
        for position, column in enumerate(self._statement.exported_columns):
            if not isinstance(column.type, (TypeDecorator, Boolean)):
                continue  # both drivers give integers, floats and bytes as they are
            convert = column.type.dialect_impl(dialect).result_processor(dialect, None)
            if convert is not None:
                yield position, convert


def command(connection: Connection, sql: str) -> None:
    """A statement without values or result (BEGIN, SAVEPOINT …), straight to the driver."""
    _execute(connection, sql, ())


def _processor(kind: Any, dialect: Dialect) -> Convert | None:
    convert: Convert | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return convert


def _execute(connection: Connection, sql: str, parameters: Any, how: str = "execute") -> Any:
    try:
        cursor: Any = connection.connection.cursor()
        getattr(cursor, how)(sql, parameters)
    except connection.dialect.loaded_dbapi.Error as error:
        raise refusal(error, shown(connection.engine.url)) from error
    return cursor
