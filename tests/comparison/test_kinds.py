"""Kinds with their evidence, detail and weights; the marked set and its floors."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest

from writethru.comparison import Finding, Kind, compare
from writethru.comparison.corrections import is_correction
from writethru.comparison.quotes import quotes_in
from writethru.comparison.significance import WEIGHTS
from writethru.model import ArticleText

ROOT = Path(__file__).resolve().parents[2]
FLOORS = json.loads((ROOT / "tests" / "floors" / "comparison.json").read_text("utf-8"))
MARKED = ROOT / "bench" / "data" / "comparison" / "kinds.jsonl"


def finding(old: str, new: str, kind: Kind) -> Finding:
    found = [f for e in compare(old, new).edits for f in e.findings if f.kind is kind]
    assert found, f"no {kind.value}"
    return found[0]


def kinds(old: str, new: str) -> set[str]:
    return {kind.value for kind in compare(old, new).kinds}


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ('He said "they have gone" and the fighting was over then.', {"typographic", "wording"}),
        ('He said "they have gone", and the fighting is over now.', {"typographic", "punctuation"}),
        ('He said "they have gone" and the fighting is over now.', {"typographic"}),
    ],
)
def test_other_words_are_told_beside_another_shape_of_quotation_marks(new: str, expected: set[str]) -> None:
    old = "He said “they have gone” and the fighting is over now."
    assert kinds(old, new) == expected
    assert compare(old, new).substantial == (len(expected) > 1)


def test_a_figure_tells_old_new_unit_direction_and_size() -> None:
    found = finding("The profit rose 12% to £3.2m.", "The profit rose 15% to £3.2m.", Kind.FIGURE)
    assert dict(found.detail) == {"old": "12", "new": "15", "unit": "%", "direction": "up", "size": "1.25"}
    assert found.old == ((0, 16, 18),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12 men", "a dozen men"),
        ("£3.2m", "£3.2 million"),
        ("61 per cent", "61%"),
        ("40,000", "40 000"),
        ("two", "2"),
        ("twenty-four per cent", "24 per cent"),
        ("Thirty-one men", "31 men"),
        ("one million men", "1,000,000 men"),
    ],
)
def test_the_same_value_written_otherwise_is_no_figure(old: str, new: str) -> None:
    assert "figure" not in kinds(f"They counted {old} here.", f"They counted {new} here.")


def test_tens_and_ones_with_a_hyphen_are_one_number() -> None:
    found = finding("They counted twenty-four men.", "They counted twenty-six men.", Kind.FIGURE)
    assert (dict(found.detail)["old"], dict(found.detail)["new"]) == ("twenty-four", "twenty-six")


@pytest.mark.parametrize("number", ["Drupal 8", "COVID-19", "no. 5", "12 May", "1998", "[3]"])
def test_numbers_of_names_and_dates_are_no_figures(number: str) -> None:
    assert "figure" not in kinds("It was found there.", f"It was found there with {number}.")


def test_a_quotation_over_several_sentences_is_known_from_its_paragraph() -> None:
    old = 'She said: "We saw it. It was red. We ran away."'
    assert "quotation-altered" in kinds(old, old.replace("red", "blue"))
    assert "quotation-altered" in kinds(old, old.replace(" It was red.", ""))


def test_apostrophes_open_no_quotation() -> None:
    assert quotes_in("It's the workers' pay.") == []
    assert [q.inner for q in quotes_in("He said 'it's over' twice.")] == [(9, 18)]
    assert [q.closed for q in quotes_in("“A. “B.")] == [False]


def test_evidence_stays_inside_its_sentence() -> None:
    change = compare("Some 12 men. He left, and then 3 more came by.", "Some 13 men. He left. And then 4 more came by.")
    for edit in change.edits:
        for found in edit.findings:
            for side, evidence in ((edit.old, found.old), (edit.new, found.new)):
                for place in evidence:
                    assert 0 <= place.start <= place.end <= len(side[place.sentence].text)


def test_figures_of_two_places_are_not_paired() -> None:
    old = "In May 12 men came by boat and the rest of the crew stayed on the quay until the fog had gone."
    new = old.replace("12 men", "men").replace("the fog", "all 30 tons of fog")
    assert not [f for e in compare(old, new).edits for f in e.findings if f.kind is Kind.FIGURE and f.old and f.new]


def test_figures_of_other_units_are_not_paired() -> None:
    found = [f for e in compare("A deal for 12 years.", "A deal for 11m crowns.").edits for f in e.findings]
    assert not [f for f in found if f.kind is Kind.FIGURE and f.old and f.new]


def test_a_headline_in_other_quotation_marks_is_only_typography() -> None:
    change = compare(ArticleText("'It holds', says mayor"), ArticleText("‘It holds’, says mayor"))
    assert (change.kinds, change.substantial) == ((Kind.TYPOGRAPHIC,), False)


def test_every_kind_has_a_weight_between_zero_and_one() -> None:
    assert {kind for kind in WEIGHTS if isinstance(kind, Kind)} == set(Kind)
    assert all(0.0 <= weight < 1.0 for weight in WEIGHTS.values())


def test_significance_grows_with_every_edit_and_stays_below_one() -> None:
    old = "\n\n".join(f"In town {n} the fire killed {n + 10} people in the night." for n in range(12))
    scores = []
    for count in range(1, 12):
        new = old
        for n in range(count):
            new = new.replace(f"killed {n + 10} ", f"killed {n + 50} ")
        scores.append(compare(old, new).significance)
    assert scores == sorted(scores)
    assert 0.3 < scores[0] <= scores[-1] < 1.0


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: An earlier version of this article gave the wrong date.",
        "This article was amended on 3 May to correct the name of the dam.",
        "In an earlier version of this story, we incorrectly said the bridge was shut.",
        "A previous headline misspelled the name of Ada Holm.",
        "Editor's note: This story has been updated to clarify the figures.",
        "Anmerkung der Redaktion: In einer früheren Version stand ein falscher Name.",
        "Une version précédente de cet article indiquait 12 morts.",
        "CORRECTION (4 May): The ferry carries 120 people, not 210.",
        "This article was amended on 12 June 2021. An earlier version said the tunnel was 12km long.",
        "• This article was amended on 5 May because an earlier version misnamed the minister.",
        "Clarification, Jan. 9: The bank says it was not told.",
        "Update, 3 p.m.: This story has been updated to include a statement from the firm.",
        "Editors' Note: After publication, the author disclosed a tie to the company.",
        "Due to an editing error, an earlier version gave the wrong age.",
        "An earlier headline on this article overstated the role of the mayor.",
        "For the record: The dam was built in 1921, not 1912.",
        "A correction was made on May 4, 2021: The surname was misspelled.",
        "We have corrected this story to say that the vote was 7-2.",
        "The Ledger regrets the error.",
        "This piece originally stated that Lund had resigned; she has not.",
        "This story has been corrected.",
        "(This story corrects the spelling of Mr Holm's name in paragraph 4)",
        "(Corrects figure in paragraph 2)",
        "(Refiles to fix typo in headline)",
        "Retraction: This report relied on a forged letter and has been withdrawn.",
        "Erratum: the map was upside down.",
        "Correction appended: The bill passed in March.",
        "In a previous version of this story, Pell was called a town. It is a city.",
        "A photo caption with an earlier version of this article misidentified the singer.",
        "Diese Meldung wurde korrigiert: Zunächst hieß es, es seien 12 Tote.",
        "Korrekturhinweis: In einer früheren Fassung war von 12 Toten die Rede.",
        "Rectificatif : le maire n'a pas démissionné.",
        "Cet article a été modifié le 3 mai : une erreur s'était glissée dans le titre.",
        "Fe de errores: el puente mide 12 metros.",
        "Este artículo ha sido corregido para cambiar el nombre del alcalde.",
        "Oikaisu 3.5.: Jutussa oli väärä luku.",
        "Исправление: в первоначальной версии заметки была указана неверная дата.",
    ],
)
def test_correction_notices_are_known(notice: str) -> None:
    assert is_correction(notice)


@pytest.mark.parametrize(
    "sentence",
    [
        "The original plan was corrected by the court.",
        "He made a mistake.",
        "She was previously an editor.",
        "They were wrong.",
        "The earlier version of the app crashed often.",
        "An earlier report by the commission found no fault.",
        "The court corrected the clerk's error in May.",
        "Officials clarified the rules on Monday.",
        "The update to the system takes an hour.",
        "The editor of the Ledger resigned on Monday.",
        "The original plan was for two lanes.",
        "He wrongly believed that the door was locked.",
        "The department of corrections runs nine prisons.",
        "A previous government sold the line.",
        "The map was updated to show the new road.",
        "This story is about a ferry and its crew.",
        "The bank regrets the delay.",
        "Police corrected the death toll to 12 on Friday.",
    ],
)
def test_sentences_about_other_errors_are_no_notices(sentence: str) -> None:
    assert not is_correction(sentence)


def test_the_marked_set_is_the_one_the_floors_were_set_on() -> None:
    assert hashlib.sha256(MARKED.read_bytes()).hexdigest() == FLOORS["kinds"]["sha256"]


@pytest.mark.parametrize("half", ["open", "held", "last"])
def test_kinds_on_the_marked_set_stay_above_their_floors(half: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    monkeypatch.delitem(sys.modules, "compare_kinds", raising=False)
    from compare_kinds import marked as rows_of
    from compare_kinds import scores

    found = scores(rows_of(half))
    for kind, (precision, recall) in FLOORS["kinds"][half].items():
        assert found[kind]["precision"] >= precision, kind
        assert found[kind]["recall"] >= recall, kind


@pytest.mark.parametrize(("old", "new"), [("focussing", "focusing"), ("recieved", "received")])
def test_a_misprint_is_spelling(old: str, new: str) -> None:
    assert kinds(f"They were {old} it.", f"They were {new} it.") == {"spelling"}


@pytest.mark.parametrize(("old", "new"), [("house", "houses"), ("killed", "killer"), ("accident", "incident")])
def test_another_word_is_no_spelling(old: str, new: str) -> None:
    assert kinds(f"It was the {old} there.", f"It was the {new} there.") == {"wording"}
