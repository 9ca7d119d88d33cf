"""Correcting what was read, for every face: role editor, journalled; the routes that do it with a token."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, NotRequired

from fastapi import APIRouter, Body, Request
from starlette.responses import JSONResponse, Response
from typing_extensions import TypedDict

from writethru.analyse.corrections import Asked
from writethru.api.parameters import ItemId
from writethru.archive import Archive
from writethru.errors import InputError
from writethru.rulings import KeptCorrection
from writethru.safety.actors import Actor, Role
from writethru.statements.reading import Place


class CorrectionToKeep(TypedDict):
    """What is corrected: the figure, time, attribution (``said``), ``commitment`` (its deed), accusation (``blame``) or
    ``quotation`` that begins at ``place`` (block, first character).

    ``field`` is what is set: ``counted`` or ``value`` of a figure, ``day`` of a time, ``speaker`` of an attribution,
    ``due`` of a commitment, ``accuser`` or ``accused`` of blame; without one it is rejected. Of a quotation ``same`` or
    ``apart`` says whether it is one utterance with the one whose ``ref`` is ``value``; both get a correction.
    """

    kind: str
    place: list[int]
    reason: str
    field: NotRequired[str]
    value: NotRequired[str]


class CorrectionForm(TypedDict):
    """A correction as it is kept; ``withdrawn`` says since when it holds no longer.

    ``value`` of a quotation's is the article of the other and the digest of its words.
    """

    id: int
    article: int
    kind: str
    words: str
    before: str
    after: str
    field: str
    value: str
    by: str
    at: str
    reason: str
    withdrawn: str | None
    withdrawn_by: str


class CorrectionList(TypedDict):
    """All of an article, in the order in which they were made."""

    items: list[CorrectionForm]


def correction_form(kept: KeptCorrection) -> CorrectionForm:
    """The JSON form."""
    return {
        "id": kept.id,
        "article": kept.article_id,
        "kind": kept.kind,
        "words": kept.words,
        "before": kept.before,
        "after": kept.after,
        "field": kept.field,
        "value": kept.value,
        "by": kept.by,
        "at": kept.at.isoformat(),
        "reason": kept.reason,
        "withdrawn": kept.withdrawn_at.isoformat() if kept.withdrawn_at else None,
        "withdrawn_by": kept.withdrawn_by,
    }


def correct(archive: Archive, actor: Actor, asked: Asked) -> KeptCorrection:
    """Keep a correction and journal it. Raises NotAllowed, NotInArchive, InputError."""
    actor.require(Role.EDITOR)
    kept = archive.statements.correct(asked, actor.name)
    told = f"{kept.kind} “{kept.words[:80]}”: {kept.in_words}: {kept.reason}"
    archive.safety.wrote(actor, "correct", f"article {kept.article_id}", told)
    return kept


def uncorrect(archive: Archive, actor: Actor, number: int) -> KeptCorrection:
    """A correction holds no longer; journalled. Raises NotAllowed, NotInArchive."""
    actor.require(Role.EDITOR)
    kept = archive.statements.withdraw_correction(number, actor.name)
    archive.safety.wrote(actor, "withdraw correction", f"article {kept.article_id}", f"correction {kept.id}")
    return kept


class CorrectionWrites:
    """The endpoints, over one archive.

    Args:
        actor: whose token a request carries.
    """

    def __init__(self, archive: Archive, actor: Callable[[Request], Actor]) -> None:
        self.archive = archive
        self.actor = actor

    def correct(
        self, request: Request, article_id: ItemId, number: ItemId, posted: Annotated[CorrectionToKeep, Body()]
    ) -> Response:
        """Correct or reject what was read of a version; it holds wherever the same words stand. Scope: editor."""
        place = posted["place"]
        if len(place) < 2:
            raise InputError("a place is block, first character", key="place")
        asked = Asked(
            article_id,
            number,
            posted["kind"],
            Place(place[0], place[1], place[1]),
            posted.get("field", ""),
            posted.get("value", ""),
            posted["reason"],
        )
        return JSONResponse(correction_form(correct(self.archive, self.actor(request), asked)))

    def withdraw(self, request: Request, correction_id: ItemId) -> Response:
        """A correction holds no longer; it is kept. Scope: editor."""
        return JSONResponse(correction_form(uncorrect(self.archive, self.actor(request), correction_id)))


def add_correction_writes(router: APIRouter, archive: Archive, actor: Callable[[Request], Actor]) -> None:
    """Beside the other routes that write."""
    api = CorrectionWrites(archive, actor)
    writes: Sequence[tuple[str, Callable[..., Any]]] = (
        ("/articles/{article_id}/versions/{number}/statements/corrections", api.correct),
        ("/corrections/{correction_id}/withdraw", api.withdraw),
    )
    for path, endpoint in writes:
        router.add_api_route(path, endpoint, methods=["POST"], response_model=CorrectionForm)
