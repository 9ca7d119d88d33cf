"""Who the sources are, in sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.marked_speakers import marked_speakers, outcomes
from writethru.statements.attribution import attributions_in
from writethru.statements.people import People
from writethru.statements.speakers import Anonymity, Speaker, nesting, speakers_of


def speakers(text: str) -> list[Speaker]:
    return speakers_of(text, attributions_in(text))


LUND = "Peter Lund, the harbour master, met the crew on Monday.\n"


@pytest.mark.parametrize(
    ("text", "name", "anonymity"),
    [
        (LUND + '"The ferry is safe," Lund said.', "Peter Lund", Anonymity.NAMED),
        (LUND + '"The ferry is safe," said Mr Lund.', "Peter Lund", Anonymity.NAMED),
        (LUND + '"The ferry is safe," he said.', "Peter Lund", Anonymity.NAMED),
        (LUND + '"The ferry is safe," the harbour master said.', "Peter Lund", Anonymity.NAMED),
        ("Mayor Ida Strand spoke first.\n“It is safe,” the mayor said.", "Ida Strand", Anonymity.NAMED),
        ("“It is safe,” a senior port official said.", "senior port official", Anonymity.ANONYMOUS),
        ("“It is safe,” said a spokesman for the port.", "spokesman for the port", Anonymity.ROLE),
        (
            "Lorn’s ambassador to the United Nations said the pier was safe.",
            "Lorn’s ambassador to the United Nations",
            Anonymity.ROLE,
        ),
        ("“It is safe,” said sources close to the talks.", "sources close to the talks", Anonymity.ANONYMOUS),
        ("The report said that the ferry was safe.", "report", Anonymity.DOCUMENT),
        ("The ministry said that the ferry was safe.", "ministry", Anonymity.ORGANISATION),
        ("The Harbour Council said that the ferry was safe.", "Harbour Council", Anonymity.ORGANISATION),
        ("“It is safe,” she said.", "", Anonymity.UNKNOWN),
    ],
)
def test_who_it_is(text: str, name: str, anonymity: Anonymity) -> None:
    found = speakers(text)[-1]
    assert (found.name, found.anonymity) == (name, anonymity)


def test_a_pronoun_with_two_possible_people_gets_no_name() -> None:
    text = "Peter Lund and Emil Roth met the crew.\n“It is safe,” he said."
    found = speakers(text)[-1]
    assert (found.name, found.confidence) == ("", 0.0)


def test_he_is_not_a_woman() -> None:
    text = "Peter Lund spoke first. Ida Strand listened.\n“It is safe,” he said."
    assert speakers(text)[-1].name == "Peter Lund"


def test_somebody_named_since_may_be_meant() -> None:
    text = "“It is wet,” Elva Runcie told us.\nCol Aksel Daunt came. He looked down.\n“It is late,” he said."
    found = speakers(text)[-1]
    assert found.name != "Elva Runcie"
    assert found.confidence < 0.85


def test_a_street_is_nobody() -> None:
    assert speakers("Mr Ferenc has a shop in Tannery Row.\n“The law is good,” he told me.")[-1].name != "Tannery Row"


def test_what_is_told_of_a_speaker_tells_not_what_it_is() -> None:
    (found,) = speakers("“It is late,” says Adaeze, who does the floors at the Transport Ministry.")
    assert found.anonymity is Anonymity.UNKNOWN


def test_the_official_is_the_one_named_before() -> None:
    text = "“It is safe,” a senior port official said.\n“We looked,” the official said."
    assert [one.name for one in speakers(text)] == ["senior port official", "senior port official"]


def test_a_role_in_the_article() -> None:
    text = "Peter Lund, the mayor of Kest, rose.\n“It is safe,” Lund said."
    assert speakers(text)[-1].role == "mayor of kest"


def test_where_and_to_whom() -> None:
    told = "Peter Lund told Radio Kest in Aldersund that the ferry was safe."
    text = f"{told} Ida Strand said in a statement that it was not."
    first, second = speakers(text)
    assert first.medium is not None
    assert first.place is not None
    assert second.medium is not None
    assert text[slice(*first.medium)] == "Radio Kest"
    assert text[slice(*first.place)] == "Aldersund"
    assert text[slice(*second.medium)] == "a statement"


def test_one_attribution_inside_another() -> None:
    text = "Lund said the report warned that the ferry would sink."
    found = attributions_in(text)
    assert nesting(found) == [None, 0]


def test_two_people_of_one_name_stay_apart() -> None:
    people = People("Peter Lund and Ida Lund met Mr Berg. Lund laughed.")
    assert sorted(one.name for one in people.all) == ["Ida Lund", "Peter Lund"]
    assert people.find("Lund") is None
    assert people.find("Ida Lund") is not None


def test_spellings_and_short_forms_are_one() -> None:
    people = People("Sergei Lavon met Bashar al-Asal and Bo Ki-mun. Sergey Lavon left. Asal stayed.")
    assert len(people.all) == 3
    assert [people.find(name) is not None for name in ("Lavon", "Asal", "Bo")] == [True, True, True]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Peter Lund", "Lund", "he", "she", "said", "“It is so,”", "the mayor", ".", "\n", ","]),
        max_size=30,
    )
)
def test_one_speaker_an_attribution(words: list[str]) -> None:
    text = " ".join(words)
    found = attributions_in(text)
    made = speakers_of(text, found)
    assert len(made) == len(found) == len(nesting(found))
    assert all((one.name == "") == (one.confidence == 0.0) for one in made)


def test_marked_speakers_of_the_half_that_was_worked_on() -> None:
    found = [outcome for one in marked_speakers() if one.half == "dev" for outcome in outcomes(one)]
    assert len(found) >= 35
    assert sum(one.named for one in found) >= 0.94 * len(found)
    assert sum(one.anonymity for one in found) >= 0.9 * len(found)
    assert sum(one.nested for one in found) >= 0.97 * len(found)
    assert all(one.named for one in found if one.mark.name == "")  # nobody is made up
