"""What only one text tells."""

from __future__ import annotations

from writethru.analyse.told_once import told_once

ONE = [
    "“The seabed is no court,” he said.",
    "Some 240 soldiers and 30 boats were at work.",
    "No fish was served.",
    "No.",
]
OTHER = ["‘The seabed is no court’, he said.", "About 260 soldiers with 34 boats were at work.", "It rained.", "No!"]


def test_what_another_text_tells_in_other_words_or_figures_is_not_told_once() -> None:
    assert told_once([ONE, OTHER], [ONE, OTHER]) == [("No fish was served.",), ("It rained.",)]


def test_a_text_that_repeats_itself_tells_it_once_all_the_same() -> None:
    assert told_once([ONE[2:3] * 2, OTHER[2:3]], [ONE[2:3] * 2, OTHER[2:3]]) == [tuple(ONE[2:3] * 2), ("It rained.",)]
