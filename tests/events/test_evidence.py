"""What two happenings with one cast are told apart by: days of the week, quotations, what stands first, figures."""

from __future__ import annotations

import numpy as np
import pytest

from writethru.events.day_words import days_told
from writethru.events.evidence import OTHER_DAY, QUOTED, SAME_DAY, told
from writethru.events.features import Features, features_of
from writethru.events.grouping import group
from writethru.events.items import Item, Weights
from writethru.model import ArticleText

TUESDAY, FRIDAY = 2, 16


def item(key: str, features: Features) -> Item:
    return Item(key, 0, features)


def read(key: str, body: str, headline: str = "") -> Item:
    return item(key, features_of(ArticleText.from_plain(body, headline=headline)))


@pytest.mark.parametrize(
    ("body", "language", "days"),
    [
        ("The ferry sank off Skelby on Tuesday night. The crew was saved on Friday morning.", "en", TUESDAY | FRIDAY),
        ("Die Fähre sank am Dienstagabend vor Skelby, sagte die Küstenwache.", "de", TUESDAY),
        ("Le bac a coulé vendredi au large de Skelby, selon la préfecture.", "fr", FRIDAY),
        ("The ferry sank off Skelby, the coastguard said.", "en", 0),
        ("El ferry zarpó el viernes de Santo Domingo.", "ru", 0),
    ],
)
def test_days_of_the_week_are_read_in_the_language_of_the_article(body: str, language: str, days: int) -> None:
    assert days_told("", body, language) == days


def test_only_the_headline_and_the_first_sentences_name_the_day() -> None:
    plain = "The ferry sank off Skelby in the storm. "
    assert days_told("Friday's storm", plain, "en") == FRIDAY
    assert days_told("", plain * 3 + "It had left on Tuesday from Orne.", "en") == 0
    assert days_told("", "Skelby, Orne. " + plain * 2 + "It had left on Tuesday from Orne.", "en") == TUESDAY


def test_days_and_quotations_add_and_take_and_silence_says_nothing() -> None:
    said = 'The mayor of Skelby, Ilse Brandt, said: "We will not leave the harbour to the sea this winter."'
    found = told(
        [
            read("a", f"The harbour of Skelby was closed on Tuesday. {said}"),
            read("b", f"The harbour of Skelby was opened on Friday. {said}"),
            read("c", "The harbour of Skelby was closed on Tuesday."),
            read("d", "The harbour of Skelby was closed."),
        ]
    )
    assert found[0, 1] == pytest.approx(QUOTED - OTHER_DAY)
    assert found[0, 2] == SAME_DAY
    assert found[1, 2] == -OTHER_DAY
    assert not found[3, :3].any()
    assert np.array_equal(found, found.T)


def events(*some: Item) -> list[tuple[str, ...]]:
    counts = {term: sum(term in one.features.bag for one in some) for one in some for term in one.features.bag}
    return list(group(some, Weights(len(some), counts)).events)


def test_happenings_that_name_other_days_are_two_events() -> None:
    bags = [
        {"mayor": 4.0, "harbour": 4.0} | {f"{kind}{n}": 2.0 for n in range(4)} | {f"own{kind}{at}": 1.0}
        for kind in "xy"
        for at in range(2)
    ]
    silent = [item(f"{at}", Features(bag)) for at, bag in enumerate(bags)]
    assert events(*silent) == [("0", "1", "2", "3")]
    days = [item(f"{at}", Features(bag, days=FRIDAY if at > 1 else TUESDAY)) for at, bag in enumerate(bags)]
    assert events(*days) == [("0", "1"), ("2", "3")]


def lead_of(bag: dict[str, float], *words: str) -> tuple[int, ...]:
    return tuple(at for at, word in enumerate(bag) if word in words)


def test_a_small_event_is_one_where_the_same_stands_first() -> None:
    """Two that share background alone are two; with a quotation or the same beginning they are one."""
    one = dict.fromkeys((f"w{n}" for n in range(6)), 2.0) | dict.fromkeys((f"x{n}" for n in range(8)), 2.0)
    other = dict.fromkeys((f"w{n}" for n in range(6)), 2.0) | dict.fromkeys((f"y{n}" for n in range(8)), 2.0)
    own = [lead_of(one, *(f"x{n}" for n in range(8))), lead_of(other, *(f"y{n}" for n in range(8)))]
    shared = [lead_of(bag, *(f"w{n}" for n in range(6))) for bag in (one, other)]
    assert len(events(item("a", Features(one, lead=own[0])), item("b", Features(other, lead=own[1])))) == 2
    assert len(events(item("a", Features(one, lead=shared[0])), item("b", Features(other, lead=shared[1])))) == 1
    said = frozenset({7})
    quoted = [Features(bag, lead=lead, quotations=said) for bag, lead in zip((one, other), own, strict=True)]
    assert len(events(item("a", quoted[0]), item("b", quoted[1]))) == 1


def test_what_was_stored_without_a_lead_is_asked_by_the_whole() -> None:
    bags = [dict.fromkeys(("w", "v", "u", own), 2.0) for own in "ab"]
    assert len(events(*(item(f"{at}", Features(bag)) for at, bag in enumerate(bags)))) == 1


def test_words_of_one_number_on_other_days_are_no_twins() -> None:
    before, after = (
        features_of(ArticleText.from_plain(f"The ferry sank off Skelby on {day}.")) for day in ("Monday", "Friday")
    )
    assert before.bag == after.bag
    assert before.digest != after.digest
    assert Features.unpacked(before.packed()).lead == before.lead == tuple(range(len(before.bag)))
