"""Quoted stretches and whose they are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.statements.attribution import attributions_in
from writethru.statements.quotations import MOST_QUOTATIONS, quotations_in


def quoted(text: str) -> list[tuple[str, str]]:
    """What was quoted, and the source as written ("" for nobody)."""
    known = attributions_in(text)
    found = []
    for one in quotations_in(text, known):
        source = known[one.attribution].source if one.attribution is not None else None
        found.append((text[slice(*one.span)], text[slice(*source)] if source else ""))
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"The ferry is safe," said Holm.', [("The ferry is safe,", "Holm")]),
        (
            'Holm said it was "safe". A sign read "closed".',
            [("safe", "Holm"), ("closed", "")],
        ),
        (
            '"The ferry," Holm said, "is safe."',
            [("The ferry,", "Holm"), ("is safe.", "Holm")],
        ),
        ('He said nothing. "" And left.', []),
    ],
)
def test_quoted_stretches(text: str, found: list[tuple[str, str]]) -> None:
    assert quoted(text) == found


def test_no_more_than_so_many() -> None:
    assert len(quotations_in('"a b" ' * (MOST_QUOTATIONS + 5))) == MOST_QUOTATIONS


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet='ab ."“”‘’«»\n', max_size=80))
def test_slices_are_apart_and_hold_words_or_signs(text: str) -> None:
    spans = [one.span for one in quotations_in(text, attributions_in(text))]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[slice(*span)].strip() == text[slice(*span)] != "" for span in spans)
