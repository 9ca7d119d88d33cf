"""Nothing public is undocumented, and the generated pages are current."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.generate import HEAD, PAGES, REFERENCE, settings_page
from writethru.config import setting_names

DOCS = Path(__file__).resolve().parent.parent / "docs"
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_generated_pages_are_current(name: str) -> None:
    """`./run docs` makes them anew."""
    assert (REFERENCE / name).read_text(encoding="utf-8") == HEAD + PAGES[name]().rstrip() + "\n"


def test_every_setting_has_a_meaning() -> None:
    rows = [line for line in settings_page().splitlines() if line.startswith("| `")]
    assert len(rows) == len(setting_names())
    assert not [row for row in rows if row.endswith("|  |")]


@pytest.mark.parametrize("page", sorted([*DOCS.rglob("*.md"), DOCS.parent / "README.md"]), ids=str)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (page.parent / target).exists()]
