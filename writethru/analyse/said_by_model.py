"""Who said what in a text, read by the model of the extra ``[nlp]`` when asked; nothing of it is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from writethru.analyse.statements import VersionStatements
from writethru.statements.of_text import TextStatements
from writethru.statements.reading import LANGUAGES, MOST_KEPT, Reading, Said, said_in, units_of

if TYPE_CHECKING:
    from writethru.nlp.attribution import AttributionModel


_Stated = TypeVar("_Stated", bound=TextStatements)


def said_by_model(view: _Stated, model: AttributionModel) -> _Stated:
    """The same view with attributions that the rules are sure of, and beside them the model's.

    Editors' corrections are of what the rules read: none is applied, and none named. A text in another language than
    English is left as it is.
    """
    if view.language not in LANGUAGES:
        return view
    units, left_out = units_of(view.text)
    said: list[Said] = []
    for unit in units:
        found = said_in(unit, model.read("\n".join(unit.texts)))
        left_out += max(0, len(found) - MOST_KEPT)
        said += Reading(said=tuple(found[:MOST_KEPT])).moved(unit.first).said
    reading = replace(view.reading, said=tuple(said), left_out=max(view.reading.left_out, left_out))
    told = replace(view, reading=reading, reader=f"{view.reader}+{model.name}")
    return replace(told, corrections=()) if isinstance(told, VersionStatements) else told
