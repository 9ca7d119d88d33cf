"""What a dossier says of itself."""

from __future__ import annotations

from writethru.dossier import wording


def test_it_is_said_which_texts_are_counted_as_independent_without_being_compared() -> None:
    assert any("of one outlet are not compared" in words for words in wording.LIMITS)
