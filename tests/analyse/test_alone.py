"""What a text states that is in no archive."""

from __future__ import annotations

from datetime import date

import pytest

import writethru
from writethru.analyse.alone import statements_of
from writethru.statements.of_text import TextStatements

TEXT = (
    "Anna Holm, the mayor, said on Thursday that 21 people had died.\n"
    'Officials blamed the owners for the sinking. "We will close the harbour by 1 May," Holm said.'
)
PAGE = (
    '<html><head><meta property="article:published_time" content="2031-03-07T09:00:00Z"></head><body><article>'
    f"<h1>Ferry sinks</h1>{''.join(f'<p>{line}</p>' for line in TEXT.splitlines())}</article></body></html>"
)


def days(found: TextStatements) -> dict[str, str]:
    return {found.words(one.place): one.time.value for one in found.reading.times}


def test_all_that_it_states_points_into_it() -> None:
    found = statements_of(TEXT, day=date(2031, 3, 7))
    assert (found.language, found.unread, found.written, found.basis) == ("en", "", date(2031, 3, 7), "given")
    assert days(found) == {"Thursday": "2031-03-06", "1 May": "2031-05-01"}
    assert [found.words(one.place) for one in found.reading.figures] == ["21"]
    assert [(one.speaker, found.words(one.place)) for one in found.quotations] == [
        ("Holm", '"We will close the harbour by 1 May,"')
    ]
    assert [(one.accuser, one.accused) for one in found.blame] == [("Officials", "the owners")]
    assert [found.words(one.deed) for one in found.reading.bound] == ["close the harbour"]


def test_the_day_of_a_page_is_what_it_states_or_its_address() -> None:
    assert days(statements_of(writethru.extract(PAGE)))["Thursday"] == "2031-03-06"
    assert statements_of(writethru.extract(PAGE)).basis == "published"
    address = statements_of(TEXT, url="https://ledger.example/2031/mar/07/ferry")
    assert (days(address)["Thursday"], address.basis) == ("2031-03-06", "address")
    assert days(statements_of(TEXT))["Thursday"] == "XXXX-WXX-4"


@pytest.mark.parametrize("text", ["", "\n\n", "\ud800", "21 21 21 " * 4_000])
def test_any_text_is_read(text: str) -> None:
    found = statements_of(text)
    assert all(found.words(place) for place in found.reading.places)
    assert found.language == "en" or found.unread


def test_an_unknown_language_is_said() -> None:
    found = statements_of("Il a dit que le bateau avait coulé près du port avec 21 personnes à bord, hier soir.")
    assert found.unread.startswith("the language is fr")
    assert [found.words(one.place) for one in found.reading.figures] == ["21"]
