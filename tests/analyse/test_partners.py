"""Who is worth reading beside a text, by the grams that they share."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.analyse.partners import partners, worth_asking
from writethru.reuse.grams import GRAM, MOST_HOLDERS
from writethru.storage.postings import of_rows

OWN = np.array([(number, 2 * number, False) for number in range(1, 9)], GRAM)
Row = tuple[int, int, int, int]


def having(article: int, grams: range, outlet: int = 2, *, apart: int = 2, quoted: int = 0) -> list[Row]:
    """An article that has these grams at places that lie so far apart."""
    return [(gram, article, outlet, apart * gram << 1 | quoted) for gram in grams]


def asked(rows: list[Row], outlet: int | None = 1, most: int = 12) -> list[int]:
    return partners(OWN, of_rows(rows), article_id=100, outlet_id=outlet, most=most)


def test_rare_grams_close_together_make_a_partner_the_closest_first() -> None:
    rows = having(7, range(1, 4)) + having(8, range(4, 9)) + having(9, range(1, 2)) + having(100, range(1, 9))
    assert asked(rows) == [8, 7]
    assert asked(rows, most=1) == [8]
    assert asked([]) == []


def test_grams_that_lie_far_apart_there_are_chance() -> None:
    assert asked(having(7, range(1, 4), apart=60)) == []


def test_grams_that_everybody_has_need_to_be_many() -> None:
    crowd = [row for article in range(1, MOST_HOLDERS) for row in having(article, range(1, 9), outlet=article + 1)]
    assert asked([row for row in crowd if row[0] <= 3]) == []
    assert asked([row for row in crowd if row[1] < 3]) == [1, 2]


def test_what_both_quote_does_not_count_and_what_one_quotes_does() -> None:
    quoting = OWN.copy()
    quoting["quoted"] = True
    rows = of_rows(having(7, range(1, 5), quoted=1) + having(8, range(1, 5)))
    assert partners(quoting, rows, most=12) == [8]
    assert partners(OWN, rows, most=12) == [7, 8]


def test_an_outlets_own_and_its_furniture_do_not_count() -> None:
    assert asked(having(7, range(1, 5), outlet=1)) == []
    furniture = [row for article in (7, 8, 9) for row in having(article, range(1, 5))]
    assert asked(furniture) == []
    assert asked(furniture[:8]) == [7, 8]
    ours = [row for article in (7, 8, 9) for row in having(article, range(1, 5), outlet=1)]
    assert asked(ours + having(6, range(1, 5))) == []  # the gram is furniture of the outlet that asks
    nobodys = [row for article in (7, 8, 9) for row in having(article, range(1, 5), outlet=0)]
    assert asked(nobodys) == [7, 8, 9]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 6), st.integers(4, 7)), max_size=40, unique=True))
def test_who_has_a_partner_is_worth_asking_for(rows: list[tuple[int, int, int]]) -> None:
    told = sorted(rows)
    columns = np.array(told, np.uint64).reshape(-1, 3).T
    worth = worth_asking(columns[0], columns[1], columns[2])
    for asker in (1, 2, 3):
        holders = of_rows((gram, article, article, 2 * gram << 1) for one, gram, article in told if one == asker)
        assert asker in worth or not partners(OWN, holders, most=12)
        often = Counter(holders["article"].tolist())
        assert asker not in worth or max(often.values()) > 1, "one gram is never enough"
