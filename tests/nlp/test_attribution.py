"""Rules and model together; nothing is believed of a model that is not sure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.nlp.test_tagging import weights_for
from writethru.errors import ConfigError
from writethru.nlp.attribution import AttributionModel, together
from writethru.nlp.tagging import Head
from writethru.statements.attributed import Attribution, Directness, Rule
from writethru.statements.attribution import attributions_in
from writethru.text.tokens import Span


def one(source: Span | None, cue: Span | None, content: Span, rule: Rule, sure: float | None = None) -> Attribution:
    """An attribution of reported words."""
    return Attribution(source, cue, (content,), Directness.INDIRECT, rule, sure)


SURE = one(Span(0, 4), Span(5, 9), Span(10, 30), Rule.CLAUSE)
UNSURE = one(Span(40, 44), Span(45, 49), Span(50, 70), Rule.REPORTED)


def test_where_the_rules_name_somebody_the_model_is_not_asked() -> None:
    rival = one(Span(10, 14), Span(5, 9), Span(15, 30), Rule.MODEL, 0.99)
    assert together([SURE], [rival]) == [SURE]


def test_elsewhere_it_is_where_it_is_sure_enough() -> None:
    rival = one(Span(40, 44), Span(45, 49), Span(50, 60), Rule.MODEL, 0.8)
    assert together([SURE, UNSURE], [rival]) == [SURE, UNSURE]
    assert together([SURE], [rival]) == [SURE, rival]
    assert together([SURE], [replace(rival, sure=0.55)]) == [SURE]
    nobodys = replace(UNSURE, source=None, cue=None)
    assert together([SURE, nobodys], [rival]) == [SURE, rival]
    assert together([SURE, nobodys], []) == [SURE, nobodys]


def test_words_that_the_rules_are_sure_of_get_no_second_speaker() -> None:
    rival = one(Span(32, 36), Span(37, 39), Span(12, 30), Rule.MODEL, 0.9)
    assert together([SURE], [rival]) == [SURE]
    around = one(Span(0, 1), Span(2, 3), Span(4, 30), Rule.MODEL, 0.9)
    assert together([SURE], [around]) == [around, SURE]


def test_a_model_says_itself_how_sure_it_is() -> None:
    told = one(Span(0, 4), Span(5, 9), Span(10, 30), Rule.MODEL, 0.8)
    assert told.confidence == 0.8
    assert one(None, Span(5, 9), Span(10, 30), Rule.MODEL, 0.3).confidence == 0


@pytest.mark.usefixtures("encoder_files")
def test_a_tagger_is_loaded_and_reads_slices_of_the_text(tmp_path: Path) -> None:
    import numpy as np

    weights = {f"head:{name}": array for name, array in weights_for(np).items()}
    weights["head:cue.bias"][:] = -9, 9, -9  # every piece a cue, so that all of the way is gone
    weights["head:tags.bias"][:] = 0, 0, -9, 9, 9
    np.savez(tmp_path / "tagger.npz", **weights)
    model = AttributionModel(tmp_path / "tagger.npz")
    text = "Holm said it rained.\nNobody spoke."
    found = model.found(text)
    assert len(found) == 8
    assert {text[slice(*one.cue)] for one in found if one.cue} >= {"Holm", "said", "rained", "Nobody"}
    assert all(one.source is None and one.sure is not None and one.sure < 0.5 for one in found)
    assert model.found(text) == found
    assert model.found("") == []


@pytest.mark.usefixtures("graphs")
def test_a_file_that_is_no_tagger_is_refused(tmp_path: Path) -> None:
    import numpy as np

    (tmp_path / "junk.npz").write_bytes(b"PK junk")
    np.savez(tmp_path / "other.npz", a=np.zeros(1))
    for name, told in (("none", "cannot be read"), ("junk", "cannot be read"), ("other", "no weights of a tagger")):
        with pytest.raises(ConfigError, match=told):
            AttributionModel(tmp_path / f"{name}.npz")


@pytest.mark.usefixtures("encoder_files")
def test_the_weights_that_ship_read_what_the_rules_do_not() -> None:
    text = "Senator Olan Brek endorsed the plan on Monday."
    (told,) = AttributionModel().read(text)
    assert told.cue is not None
    assert told.source is not None
    assert [text[slice(*span)] for span in (told.source, told.cue, *told.content)] == [
        "Senator Olan Brek", "endorsed", "the plan"
    ]  # fmt: skip
    assert told.rule is Rule.MODEL


@pytest.mark.usefixtures("encoder_files")
def test_cues_that_would_not_be_added_are_not_asked_for_and_nothing_else_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = (
        "Senator Olan Brek endorsed the plan on Monday, and said that the pier was shut.\n"
        "Critics blasted the plan. “It is a gamble,” said Nina Holm, who opposes it."
    )
    model = AttributionModel()
    whole = together(attributions_in(text), found := model.found(text))
    asked = []
    worked_out = Head._marked
    monkeypatch.setattr(Head, "_marked", lambda *given: asked.append(given[3]) or worked_out(*given))
    assert model.read(text) == whole
    assert 0 < len(asked) < len(found)
