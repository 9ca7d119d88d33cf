"""Nothing public is undocumented, and the generated pages are current."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docs.generate import MAN, settings_page
from writethru.config import setting_names

DOCS = Path(__file__).resolve().parent.parent / "docs"
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")


def test_generated_pages_are_current() -> None:
    """`./run docs` makes them anew. In a process of its own: click remembers how a command was asked first."""
    done = subprocess.run(
        [sys.executable, "-m", "docs.generate", "--check"], cwd=DOCS.parent, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("nothing not current\n", "", 0)


@pytest.mark.skipif(shutil.which("man") is None, reason="man is missing: the manual page was not read")
def test_the_manual_page_is_read_without_a_complaint() -> None:
    done = subprocess.run(
        ["man", "--warnings", "-E", "UTF-8", "-l", str(MAN)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "writethru today [OPTIONS]" in done.stdout


def test_every_setting_has_a_meaning() -> None:
    rows = [line for line in settings_page().splitlines() if line.startswith("| `")]
    assert len(rows) == len(setting_names())
    assert not [row for row in rows if row.endswith("|  |")]


@pytest.mark.parametrize("page", sorted([*DOCS.rglob("*.md"), DOCS.parent / "README.md"]), ids=str)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (page.parent / target).exists()]
