"""Attributions of a model take the place of those by rules in a view, each a slice of its block."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from writethru.analyse.said_by_model import said_by_model
from writethru.analyse.statements import VersionStatements
from writethru.model import ArticleText
from writethru.statements.attributed import Attribution, Directness, Rule
from writethru.statements.reading import read_text, sliced
from writethru.text.tokens import Span


def test_blocks_are_counted_in_the_article_and_the_reader_is_named() -> None:
    text = ArticleText.from_plain("The ferry sails at noon.\n\nHolm endorsed the plan.", headline="Ferry")
    view = VersionStatements(
        version=cast(Any, None),
        text=text,
        reading=read_text(text),
        language="en",
        unread="",
        written=None,
        basis="none",
        reader="statements/0",
        corrections=(7,),
    )
    model: Any = SimpleNamespace(name="attribution-abc", read=found_in)
    told = said_by_model(view, model)
    (said,) = told.reading.said
    assert said.source is not None
    assert [sliced(text, place) for place in (said.source, *said.content)] == ["Holm", "the plan"]
    assert (told.reader, told.corrections) == ("statements/0+attribution-abc", ())
    assert told.reading.figures == view.reading.figures


def found_in(text: str) -> list[Attribution]:
    """What a model would find there."""
    if not text.startswith("Holm"):
        return []
    return [Attribution(Span(0, 4), Span(5, 13), (Span(14, 22),), Directness.INDIRECT, Rule.MODEL, 0.9)]


def test_another_language_is_left_alone() -> None:
    view: Any = SimpleNamespace(language="fr")
    assert said_by_model(view, cast(Any, None)) is view
