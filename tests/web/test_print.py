"""What a page is on paper, whatever the colours of the screen it is printed from."""

from __future__ import annotations

import re
from importlib.resources import files

STYLE = (files("writethru.web") / "static" / "style.css").read_text(encoding="utf-8")


def _colours(block: str) -> set[str]:
    """The names that the first rule of a block gives colours to."""
    body = STYLE[STYLE.index(block) :]
    return set(re.findall(r"(--[\w-]+): #", body[: body.index("}")]))


def test_paper_has_no_colour_of_a_dark_screen() -> None:
    assert _colours("@media (prefers-color-scheme: dark)") - _colours("@media print") == {"--focus"}


def test_a_word_struck_out_does_not_touch_the_one_in_its_place() -> None:
    assert "del + ins { margin-left: 0.25em; }" in STYLE[STYLE.index("@media print") :]
