"""What was read is told in words that people use."""

from __future__ import annotations

from datetime import date

import pytest

from writethru.analyse.alone import statements_of
from writethru.analyse.statement_rows import rows_of
from writethru.model import ArticleText, Block, BlockKind
from writethru.statements.agreement import plain_number


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("The collar is more than three thousand years old.", "more than 3,000 years old"),
        ("The collar weighs 412 grams.", "412 grams"),
        ("The firm paid $5.4 billion for it.", "5,400,000,000 $"),
        ("The wall is 12 feet high.", "12 feet"),
    ],
)
def test_figures_are_told_with_units_as_people_say_them(text: str, means: str) -> None:
    made = ArticleText(blocks=(Block(BlockKind.PARAGRAPH, text),))
    rows = rows_of(statements_of(made, day=date(2031, 3, 7)))
    assert [row.means for row in rows if row.kind == "figure"] == [means]


def test_a_large_number_has_no_exponent() -> None:
    assert (plain_number(5.4e9), plain_number(0.562624), plain_number(1429)) == ("5,400,000,000", "0.562624", "1,429")
