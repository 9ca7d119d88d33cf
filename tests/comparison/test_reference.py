"""Every operation, kind and key of the form stands in the reference."""

from __future__ import annotations

import re
from pathlib import Path

from writethru.comparison import Kind, Op, compare
from writethru.comparison.significance import WEIGHTS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "comparison.md").read_text("utf-8")


def test_every_operation_and_kind_is_documented() -> None:
    assert not [op for op in Op if f"`{op.value}`" not in PAGE]
    assert not [kind for kind in Kind if f"`{kind.value}`" not in PAGE]


def test_the_documented_weights_are_the_ones_used() -> None:
    for codes, weight in re.findall(r"^\| (`[^|]+`) \| (\d\.\d\d) \|", PAGE, re.MULTILINE):
        for code in re.findall(r"`([^`]+)`", codes):
            assert WEIGHTS[Kind(code)] == float(weight), code


def test_every_key_of_the_form_is_documented() -> None:
    form = compare("One thing.\n\nAnother thing.", "Another thing.\n\nOne thing is.").to_dict()
    keys = {*form, *form["edits"][0], *form["patch"], *(k for e in form["edits"] for s in e["old"] for k in s)}
    assert not [key for key in keys if f"`{key}`" not in PAGE]
