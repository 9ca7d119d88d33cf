"""The data dictionary: every file of an export, every column, its type and meaning; made from the tables themselves."""

from __future__ import annotations

from typing import Any, Final

from writethru.storage.exchange import EXCHANGED, Exchanged, Field, fields_in, fields_of

TYPES: Final = {
    "int": ("number", "int64"),
    "float": ("number", "double"),
    "text": ("string", "string"),
    "time": ("string, ISO 8601 in UTC", "timestamp[us, UTC]"),
    "bool": ("true or false", "bool"),
    "list": ("array of strings", "list<string>"),
    "json": ("object", "string (JSON)"),
}
"""Kind of a field to what it is in JSON Lines and in Parquet."""


def dictionary() -> dict[str, Any]:
    """All files with their columns, as JSON values."""
    return {name: described(table) for name, table in EXCHANGED.items()}


def described(table: Exchanged) -> dict[str, Any]:
    """One file with its columns."""
    columns = [_column(field) for field in fields_in(table)]
    return {"holds": table.holds, "key": list(table.key), "columns": columns}


def dictionary_page() -> str:
    """The same for people, in Markdown."""
    parts = [HEAD]
    for name, table in EXCHANGED.items():
        parts.append(f"## {name}\n\n{table.holds} Ordered by {', '.join(f'`{column}`' for column in table.key)}.\n")
        parts.append("| column | JSON Lines | Parquet | meaning |\n|---|---|---|---|")
        parts += [_row(field) for field in fields_of(name)]
        parts.append("")
    return "\n".join(parts)


def _column(field: Field) -> dict[str, Any]:
    json_type, parquet_type = TYPES[field.kind]
    found = {"name": field.name, "json": json_type, "parquet": parquet_type, "meaning": field.meaning}
    return {**found, "may_be_null": field.may_be_null}


def _row(field: Field) -> str:
    json_type, parquet_type = TYPES[field.kind]
    null = " or null" if field.may_be_null else ""
    return f"| `{field.name}` | {json_type}{null} | {parquet_type} | {field.meaning} |"


HEAD: Final = """# The data of an export

`writethru export` writes one file for each table below, in the format asked for, with `manifest.json` (rows and SHA-256
of each file) and `dictionary.json` (this page for programs). Codes are explained in
[outcomes](outcomes.md) and [comparison](comparison.md). Times are UTC with microseconds.

What no text column can hold (NUL, lone surrogates) is U+FFFD in plain columns and exact in `content` and `form`.
Columns that only a watching archive needs (validators, timers) are kept: an import goes on where the export stood.
Not exported: evidence (copy its folder), what analyses find again by themselves, people, tokens, saved searches.
"""
