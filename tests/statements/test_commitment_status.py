"""What became of a promise, by cited words only."""

from __future__ import annotations

from datetime import date

import pytest

from writethru.statements.calendar import Days
from writethru.statements.commitment_status import Later, Promise, State, grouped, same_commitment, status_of

DUE = Days(date(2024, 5, 3), date(2024, 5, 3))
REPORT = Promise("Anna Holm", "publish the report on the ferry", due=DUE)
AFTER = date(2024, 5, 10)


@pytest.mark.parametrize(
    ("sentence", "state", "words"),
    [
        ("Holm published the report on the ferry on Friday.", State.KEPT, "published"),
        ("Holm has published her ferry report.", State.KEPT, "published"),
        ("Holm failed to publish the report on the ferry.", State.BROKEN, "failed to"),
        ("Holm did not publish the ferry report on time.", State.BROKEN, "did not"),
        ("Holm postponed publication of the ferry report.", State.SUPERSEDED, "postponed"),
        ("Holm will publish the report on the ferry in July.", State.SUPERSEDED, "in July"),
        ("Holm denied that she had promised to publish the ferry report.", State.CONTRADICTED, "denied"),
        ("Holm still plans to publish the ferry report.", State.OPEN, "still"),
        ("If Holm published the ferry report, she would resign.", State.UNKNOWN, ""),
        ("Berg published the report on the ferry.", State.UNKNOWN, ""),
        ("Holm published a book about whales.", State.UNKNOWN, ""),
        ("The union demanded that Holm publish the ferry report.", State.UNKNOWN, ""),
    ],
)
def test_one_later_sentence(sentence: str, state: State, words: str) -> None:
    found = status_of(REPORT, [Later(sentence, AFTER)], AFTER)
    assert found.state is state
    assert [sentence[slice(*one.span)] for one in found.evidence] == ([words] if words else [])


def test_a_day_that_passed_without_a_word_is_unknown() -> None:
    assert status_of(REPORT, [], AFTER).state is State.UNKNOWN
    assert status_of(REPORT, [], DUE.last).state is State.OPEN
    assert status_of(Promise("Holm", "publish the report"), [], AFTER).state is State.UNKNOWN


def test_the_last_sentence_that_says_something_decides() -> None:
    sentences = [
        Later("Holm failed to publish the report on the ferry.", AFTER),
        Later("It rained.", AFTER),
        Later("Holm has now published the report on the ferry.", date(2024, 6, 1)),
    ]
    found = status_of(REPORT, sentences, date(2024, 6, 2))
    assert (found.state, [one.sentence for one in found.evidence]) == (State.KEPT, [2])


def test_not_done_yet_before_the_day_is_open() -> None:
    sentence = "Holm has not published the report on the ferry."
    assert status_of(REPORT, [Later(sentence, date(2024, 4, 1))], AFTER).state is State.OPEN
    assert status_of(REPORT, [Later(sentence, AFTER)], AFTER).state is State.BROKEN


def test_what_one_is_bound_not_to_do() -> None:
    promise = Promise("Berg", "sell the harbour", negated=True)
    assert status_of(promise, [Later("Berg sold the harbour on Monday.")]).state is State.BROKEN
    assert status_of(promise, [Later("Berg did not sell the harbour.")]).state is State.KEPT


@pytest.mark.parametrize(
    ("other", "same", "differ"),
    [
        (Promise("Holm", "publish her report on the ferry", due=DUE), True, False),
        (Promise("Holm", "publish the ferry report", due=Days(date(2024, 6, 1), date(2024, 6, 30))), True, True),
        (Promise("Berg", "publish the report on the ferry", due=DUE), False, False),
        (Promise("Holm", "close the harbour", due=DUE), False, False),
        (Promise("Holm", "publish the report on the ferry", due=DUE, negated=True), False, False),
        (Promise("", "publish the report on the ferry"), True, False),
    ],
)
def test_same_commitment(other: Promise, same: bool, differ: bool) -> None:
    found = same_commitment(REPORT, other)
    assert (found.same, found.deadlines_differ) == (same, differ)
    assert same_commitment(other, REPORT).same is same
    assert found.reason


def test_groups_keep_every_promise_once() -> None:
    others = [Promise("Berg", "close the harbour"), Promise("Holm", "publish the ferry report"), REPORT]
    assert grouped([REPORT, *others]) == [[0, 2, 3], [1]]
