"""Rules and model together: each part is the reading that is more often exact; nothing is believed that is not sure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from writethru.nlp.joint import Learnt, Sure, closed, corrected, together
from writethru.statements.attributed import Attribution, Directness, Rule
from writethru.text.tokens import Span

CLAUSE = Attribution(Span(0, 4), Span(5, 9), (Span(10, 30),), Directness.INDIRECT, Rule.CLAUSE)
WEAK = Attribution(Span(40, 44), Span(45, 49), (Span(50, 70),), Directness.INDIRECT, Rule.REPORTED)
ALL = Sure(0.99, 0.99, 0.99, 0.99)


def learnt(source: Span | None, cue: Span, content: Span, sure: Sure = ALL) -> Learnt:
    """What a model reads in reported words."""
    return Learnt(source, cue, (content,), Directness.INDIRECT, sure)


RIVAL = learnt(Span(0, 3), Span(5, 8), Span(10, 25))


@pytest.mark.parametrize(
    ("sure", "parts"),
    [
        (Sure(0.9, 0.5, 0.5, 0.5), ((0, 4), (5, 9), (10, 30))),
        (Sure(0.9, 0.5, 0.9, 0.5), ((0, 3), (5, 9), (10, 30))),
        (Sure(0.9, 0.97, 0.5, 0.5), ((0, 4), (5, 8), (10, 30))),
        (Sure(0.9, 0.5, 0.5, 0.8), ((0, 4), (5, 9), (10, 25))),
    ],
)
def test_each_part_is_the_surers(sure: Sure, parts: tuple[tuple[int, int], ...]) -> None:
    (found,) = together([CLAUSE], [replace(RIVAL, sure=sure)])
    assert (found.source, found.cue, found.content[0]) == parts
    assert found.rule is Rule.CLAUSE
    assert found.confidence == CLAUSE.confidence


def test_another_speaker_needs_more_than_a_sure_cut() -> None:
    other = replace(RIVAL, source=Span(31, 35), sure=Sure(0.89, 0, 0.99, 0))
    assert corrected(CLAUSE, other) == CLAUSE
    surer = corrected(CLAUSE, replace(other, sure=Sure(0.95, 0, 0.99, 0)))
    assert (surer.source, surer.confidence) == (Span(31, 35), 0.95)


def test_a_model_that_sees_no_source_takes_none_away() -> None:
    assert corrected(CLAUSE, replace(RIVAL, source=None)).source == CLAUSE.source


def test_what_no_rule_reads_is_added_where_the_model_is_sure_enough() -> None:
    rival = learnt(Span(40, 44), Span(45, 49), Span(50, 60))
    assert together([CLAUSE], [rival]) == [CLAUSE, rival.attribution()]
    unsure = replace(rival, sure=Sure(0.9, 0.5, 0.4, 0.4))
    assert together([CLAUSE], [unsure]) == [CLAUSE]
    quoted = replace(unsure, directness=Directness.DIRECT)
    assert together([CLAUSE], [quoted]) == [CLAUSE, quoted.attribution()]
    assert together([CLAUSE], [replace(rival, sure=Sure(0.4, 0.9, 0.9, 0.9))]) == [CLAUSE]
    nobodys = replace(WEAK, source=None, cue=None)
    assert together([CLAUSE, nobodys], [rival]) == [CLAUSE, rival.attribution()]
    assert together([CLAUSE, nobodys], []) == [CLAUSE, nobodys]


def test_a_weak_reading_on_words_in_which_the_model_sees_no_cue_is_dropped() -> None:
    assert together([CLAUSE, WEAK], []) == [CLAUSE]
    unsure = learnt(None, WEAK.cue or Span(0, 0), Span(50, 70), Sure(0, 0.1, 0, 0.1))
    assert together([WEAK], [unsure]) == [WEAK]


def test_words_that_the_rules_are_sure_of_get_no_second_speaker() -> None:
    rival = learnt(Span(32, 36), Span(37, 39), Span(12, 30))
    assert together([CLAUSE], [rival]) == [CLAUSE]
    around = learnt(Span(0, 1), Span(2, 3), Span(4, 30))
    assert together([CLAUSE], [around]) == [around.attribution(), CLAUSE]


def test_nobody_is_named_of_whom_the_model_is_not_sure() -> None:
    told = replace(RIVAL, sure=Sure(0.8, 0.1, 0.1, 0.1)).attribution()
    assert (told.source, told.confidence, told.rule) == (RIVAL.source, 0.8, Rule.MODEL)
    told = replace(RIVAL, sure=Sure(0.4, 0.9, 0.9, 0.9)).attribution()
    assert (told.source, told.confidence) == (None, 0)


def test_the_comma_that_closes_what_is_told_of_a_source_is_its_own() -> None:
    text = "Holm, the mayor, said so"
    known = Attribution(Span(0, 15), Span(17, 21), (Span(22, 24),), Directness.INDIRECT)
    assert closed(text, known).source == Span(0, 16)
    for source in (None, Span(0, 4), Span(6, 15)):
        assert closed(text, replace(known, source=source)).source == source
