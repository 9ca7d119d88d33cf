"""The tagger in use: what it finds, and what of it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.nlp.test_tagging import weights_for
from writethru.errors import ConfigError
from writethru.nlp import joint
from writethru.nlp.attribution import AttributionModel
from writethru.nlp.joint import closed, together
from writethru.nlp.tagging import Head
from writethru.statements.attributed import Rule
from writethru.statements.attribution import attributions_in


@pytest.mark.usefixtures("encoder_files")
def test_a_tagger_is_loaded_and_reads_slices_of_the_text(tmp_path: Path) -> None:
    import numpy as np

    weights = {f"head:{name}": array for name, array in weights_for(np).items()}
    weights["head:cue.bias"][:] = -9, 9, -9  # every piece a cue, so that all of the way is gone
    weights["head:tags.bias"][:] = 0, 0, -9, 9, 9
    np.savez(tmp_path / "tagger.npz", **weights, calibration=np.array([[1, 0]] * 4, "float32"))
    model = AttributionModel(tmp_path / "tagger.npz")
    text = "Holm said it rained.\nNobody spoke."
    found = model.learnt(text)
    assert len(found) == 8
    assert {text[slice(*one.cue)] for one in found} >= {"Holm", "said", "rained", "Nobody"}
    assert all(one.source is None and 0 < one.sure.cue < 1 and one.sure.speaker == 0 for one in found)
    assert model.learnt(text) == found
    told = model.found(text)
    assert 0 < len(told) < 8  # of some it is too unsure
    assert all(one.source is None for one in told)
    assert model.found("") == []


@pytest.mark.usefixtures("graphs")
def test_a_file_that_is_no_tagger_is_refused(tmp_path: Path) -> None:
    import numpy as np

    (tmp_path / "junk.npz").write_bytes(b"PK junk")
    np.savez(tmp_path / "other.npz", a=np.zeros(1))
    np.savez(tmp_path / "older.npz", **{"head:cue.weight": np.zeros(1), "calibration": np.zeros(2)})
    kinds = {
        "none": "cannot be read",
        "junk": "cannot be read",
        "other": "no weights",
        "older": "no weights of a tagger",
    }
    for name, told in kinds.items():
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
    monkeypatch.setattr(joint, "ADDED", 0.999)  # so that only what rules stand on is asked for
    monkeypatch.setattr(joint, "QUOTED", 0.999)
    model = AttributionModel()
    whole = together([closed(text, one) for one in attributions_in(text)], found := model.learnt(text))
    asked = []
    worked_out = Head._marked
    monkeypatch.setattr(Head, "_marked", lambda *given: asked.append(given[3]) or worked_out(*given))
    assert model.read(text) == whole
    assert 0 < len(asked) < len(found)
