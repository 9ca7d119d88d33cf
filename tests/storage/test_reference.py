"""The reference page says what the tables are."""

from __future__ import annotations

from pathlib import Path

from writethru.storage.reference import tables_page
from writethru.storage.tables import metadata

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "storage.md"
HEAD = "<!-- made by ./run docs; do not edit -->\n\n"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == HEAD + tables_page().rstrip() + "\n", "run ./run docs"


def test_every_table_says_what_it_holds() -> None:
    assert all(table.info["holds"].endswith(".") for table in metadata.tables.values())
