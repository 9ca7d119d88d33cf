"""The paragraphs marked for training: every bracket is in order, nobody in them is real, none is there twice."""

from __future__ import annotations

import pytest

from bench.attribution_marks import faults, marked_lines, read, runs, shares
from writethru.nlp import joint


def test_every_marked_line_is_in_order() -> None:
    wrong = {line[:60]: found for line in marked_lines() if (found := faults(line))}
    assert not wrong


def test_no_text_is_there_twice() -> None:
    texts = [read(line).text for line in marked_lines()]
    assert len(texts) == len(set(texts)) >= 900


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("[s He] [c said] [t it rained", "not closed: t0"),
        ("[s He] [c said] it rained.", "0: 0 contents"),
        ("[s He] [t it rained].", "0: 0 cues"),
        ("[s He] [c said] and [c added] [t it rained].", "0: 2 cues"),
        ("[s He] [c said ][t it rained].", "space at an end: 'said '"),
        ("[s He] [c said] [t it rain]ed.", "cut inside a word: 'it rain'"),
        ("[s Clinton's] [c claim] [t that it rained] stood.", "a name of the real world: clinton"),
        ("It rained].", "a ] that marks nothing"),
        ("[s He] [c said] [t it [t rained]].", "0: rained marked twice"),
    ],
)
def test_a_fault_is_found(line: str, fault: str) -> None:
    assert fault in faults(line)


def test_runs_of_words_are_compared_without_marks_and_capitals() -> None:
    assert list(runs("The ‘big’ dog, he said, didn’t bark.")) == ["the big dog he said didnt bark"]


def test_how_often_rules_are_exact_is_what_ships() -> None:
    """Rules that read a little otherwise move a share by hundredths; a table of other texts would differ by more."""
    known = {
        **{("quoted", rule.value): parts for rule, parts in joint._QUOTED.items()},
        **{("reported", rule.value): parts for rule, parts in joint._REPORTED.items()},
        ("", "other"): joint._OTHER,
    }
    measured = {kind: parts for kind, (_, parts) in shares().items()}
    assert measured.keys() == known.keys()
    for kind, parts in known.items():
        assert measured[kind] == pytest.approx(list(parts), abs=0.08)
