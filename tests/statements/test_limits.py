"""Texts that no rule was made for: bounded, and said."""

from __future__ import annotations

from datetime import date

import pytest

from bench.statement_hostile import hostile
from writethru.statements.attribution import attributions_in
from writethru.statements.commitments import MOST_COMMITMENTS, commitments_in
from writethru.statements.figures import MOST_FIGURES, figures_in
from writethru.statements.limits import limits_of
from writethru.statements.quotations import MOST_QUOTATIONS, quotations_in
from writethru.statements.speakers import speakers_of
from writethru.statements.times import MOST_TIMES, times_in


@pytest.mark.parametrize("name", sorted(hostile(1)))
def test_bounded_and_slices(name: str) -> None:
    text = hostile(2)[name]
    attributions = attributions_in(text)
    assert len(speakers_of(text, attributions)) == len(attributions)
    assert len(quotations_in(text, attributions)) <= MOST_QUOTATIONS
    assert len(times_in(text, date(2024, 3, 15))) <= MOST_TIMES
    assert len(commitments_in(text, date(2024, 3, 15), attributions)) <= MOST_COMMITMENTS
    for one in attributions:
        assert all(0 <= span.start < span.end <= len(text) for span in one.content)


def test_a_table_is_read_so_far_and_no_further() -> None:
    table = "\n".join(f"row {k}\t{k * 7:,} tonnes" for k in range(MOST_FIGURES + 50)) + " in the year."
    assert len(figures_in(table, "en")) == MOST_FIGURES
    assert any("figures are read up to character" in note for note in limits_of(table).notes)


def test_marks_left_open_over_many_paragraphs_take_nothing_along() -> None:
    text = "\n".join(f'Paragraph {k} "opens here and never closes. Nobody said it.' for k in range(50))
    assert all(one.source is None for one in attributions_in(text)) or attributions_in(text) == []
    assert all(one.span.end - one.span.start < 60 for one in quotations_in(text))


def test_a_language_it_does_not_know_is_said() -> None:
    found = limits_of("Rada miasta naprawi most przed końcem maja. Burmistrz tak powiedział.")
    assert not found.statements
    assert any("English only" in note for note in found.notes)
    assert limits_of("Der Rat wird die Brücke bis Ende Mai reparieren, sagte sie.").language == "de"


def test_plain_english_has_no_notes() -> None:
    found = limits_of("The council said that the ferry was safe and that it would sail on Monday.")
    assert (found.language, found.statements, found.notes) == ("en", True, ())
