"""Packed postings: what is asked for is found in the buckets that hold it, and bytes stay in the order of the store."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.storage.postings import WIDTH, by_bucket, found, held_by, of_rows, ordered, sought, unpacked, without

ROWS = st.lists(
    st.tuples(st.integers(0, 2**32 - 1), st.integers(1, 50), st.integers(0, 3), st.integers(0, 2**16 - 1)),
    max_size=60,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=40, deadline=None)
@given(ROWS, ROWS, st.sampled_from([1, 13, 18]), st.data())
def test_what_was_put_into_buckets_is_found_there(
    one: list[tuple[int, int, int, int]], other: list[tuple[int, int, int, int]], bits: int, data: st.DataObject
) -> None:
    both = {row[:2]: row for row in (*one, *other)}.values()
    buckets = by_bucket(ordered([of_rows(both)]), bits)
    assert all(row[0] >> WIDTH - bits == number for number in buckets for row in unpacked(buckets[number]).tolist())
    wanted = data.draw(st.sets(st.sampled_from([row[0] for row in both]))) if both else set()
    rows = found([buckets[number] for number in sorted(buckets)], sought({*wanted, 7}))
    assert rows.tolist() == sorted(row for row in both if row[0] in {*wanted, 7})


def test_a_posting_is_the_same_bytes_on_every_machine() -> None:
    row = of_rows([(0x01020304, 5, 6, 7)])
    stored = bytes([1, 2, 3, 4, 0, 0, 0, 5, 0, 0, 0, 6, 0, 7])
    assert ordered([row, row[:0]]).tobytes() == by_bucket(ordered([row]), 13)[0x01020304 >> 19] == stored
    assert without(stored, 5) == b""
    assert without(stored, 6) == stored


def test_grams_that_many_hold() -> None:
    rows = of_rows([(1, article, 0, 0) for article in range(3)] + [(2, 1, 0, 0)])
    assert held_by(rows, 3).tolist() == [1]
    assert held_by(rows[:0], 1).tolist() == []
