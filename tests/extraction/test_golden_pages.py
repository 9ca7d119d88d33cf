"""Golden pages in pairs: a page of a fictional outlet and what must be read from it.

Look at the difference before accepting a new reading:
``python tests/extraction/test_golden_pages.py`` writes the expected files anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from writethru.extraction import extract

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.name for path in PAGES.iterdir() if path.suffix in (".html", ".txt"))


def reading(name: str) -> dict[str, Any]:
    form = extract((PAGES / name).read_bytes(), "https://outlet.test/page").to_dict()
    form.pop("text")
    form["blocks"] = [f"{block['kind']}: {block['text']}" for block in form["blocks"]]
    return form


@pytest.mark.parametrize("name", NAMES)
def test_page_is_read_as_expected(name: str) -> None:
    assert reading(name) == json.loads((PAGES / name).with_suffix(".json").read_text(encoding="utf-8"))


def write_expected() -> None:
    for name in NAMES:
        form = json.dumps(reading(name), ensure_ascii=False, indent=1)
        (PAGES / name).with_suffix(".json").write_text(f"{form}\n", encoding="utf-8")


if __name__ == "__main__":
    write_expected()
