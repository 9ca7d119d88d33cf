"""The made-up articles say as many different words as news does."""

from __future__ import annotations

from bench.events_scale import printed_words


def test_four_times_as_much_text_has_twice_as_many_printed_words() -> None:
    few, many = printed_words([300, 1_200])
    assert 1.9 < many / few < 2.4
