"""Rows by many values at once."""

from __future__ import annotations

import pytest

from writethru.storage.store import Store


@pytest.mark.parametrize("asked", [0, 1, 2, 8, 9, 64, 65, 200])
def test_any_number_of_values_is_answered(store: Store, asked: int) -> None:
    there = {term: 1 + term % 7 for term in range(0, 400, 2)}
    store.stories.count(there)
    terms = range(100, 100 + asked)
    assert store.stories.counts(terms) == {term: there.get(term, 0) for term in terms}
