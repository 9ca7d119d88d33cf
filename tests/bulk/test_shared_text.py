"""Grams joined in bulk: each article is answered by those before it, as one after the other would be."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.bulk import shared_text
from writethru.reuse.grams import MOST_HOLDERS
from writethru.storage.postings import of_rows

ROWS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 9), st.integers(0, 2), st.integers(0, 60)),
    max_size=30,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_an_article_is_answered_by_those_before_it(rows: list[tuple[int, int, int, int]]) -> None:
    asks, asker = shared_text.asking(of_rows(rows))
    ordered = sorted(rows)
    told = [
        (one[1], one[3], *other) for one in ordered for other in ordered if other[0] == one[0] and other[1] < one[1]
    ]
    assert asks.tolist() == told
    assert [ordered[at][1] for at in asker] == asks["asker"].tolist()


def test_only_the_first_holders_answer() -> None:
    asks, _ = shared_text.asking(of_rows((7, article, 1, 0) for article in range(1, MOST_HOLDERS + 4)))
    last = asks[asks["asker"] == MOST_HOLDERS + 3]
    assert last["article"].tolist() == list(range(1, MOST_HOLDERS + 1))
