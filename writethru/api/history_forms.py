"""JSON forms of what an article's history adds up to: its addresses, disappearances and texts shown in turn."""

from __future__ import annotations

from typing_extensions import TypedDict

from writethru.alerts import Absence, Alternation
from writethru.api.json_forms import ArticleForm, article_form
from writethru.model import Alias, Subscription
from writethru.publish.moments import rfc3339
from writethru.views import ArticleView


class AliasForm(TypedDict):
    """Another address of an article."""

    url: str
    kind: str
    first_seen: str
    last_seen: str


class AbsenceForm(TypedDict):
    """The article was not there: gone after ``after`` and not later than ``first``, back not later than ``back``."""

    after: str | None
    first: str
    last: str
    back: str | None
    looks: int
    reasons: list[str]


class AlternationForm(TypedDict):
    """Known texts were shown in turn; ``change`` is the one that feeds carry."""

    change: int
    first: str
    last: str
    versions: list[int]
    returns: int


class WebSubForm(TypedDict):
    """A feed's subscription at its hub."""

    hub: str
    state: str
    asked_at: str
    until: str | None
    delivered_at: str | None
    detail: str


class ArticleHistoryForm(ArticleForm):
    """An article with its addresses and alerts; ``same_as`` is the article that it turned out to be."""

    same_as: int | None
    aliases: list[AliasForm]
    absences: list[AbsenceForm]
    alternations: list[AlternationForm]


def article_history_form(view: ArticleView) -> ArticleHistoryForm:
    """The JSON form of an article's page, without its lists of versions, changes and looks."""
    return {
        **article_form(view.summary),
        "same_as": view.summary.article.same_as,
        "aliases": [_alias(alias) for alias in view.aliases],
        "absences": [_absence(absence) for absence in view.absences],
        "alternations": [_alternation(turn) for turn in view.alternations],
    }


def websub_form(known: Subscription | None) -> WebSubForm | None:
    """The JSON form of a subscription, without its secret and its callback."""
    if known is None:
        return None
    return {
        "hub": known.hub,
        "state": known.state.value,
        "asked_at": rfc3339(known.asked_at),
        "until": rfc3339(known.until) if known.until else None,
        "delivered_at": rfc3339(known.delivered_at) if known.delivered_at else None,
        "detail": known.detail,
    }


def _alias(alias: Alias) -> AliasForm:
    return {
        "url": alias.url,
        "kind": alias.kind,
        "first_seen": rfc3339(alias.first_seen),
        "last_seen": rfc3339(alias.last_seen),
    }


def _absence(absence: Absence) -> AbsenceForm:
    return {
        "after": rfc3339(absence.after) if absence.after else None,
        "first": rfc3339(absence.first),
        "last": rfc3339(absence.last),
        "back": rfc3339(absence.back) if absence.back else None,
        "looks": absence.looks,
        "reasons": [reason.value for reason in absence.reasons],
    }


def _alternation(turn: Alternation) -> AlternationForm:
    return {
        "change": turn.change,
        "first": rfc3339(turn.first),
        "last": rfc3339(turn.last),
        "versions": list(turn.versions),
        "returns": turn.returns,
    }
