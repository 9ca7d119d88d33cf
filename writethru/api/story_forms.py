"""The JSON forms of events and storylines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from typing_extensions import TypedDict

from writethru.analyse.stories import (
    Candidate,
    EventRow,
    EventView,
    LinkView,
    MembershipView,
    StoryRow,
    StoryView,
    UndecidedView,
)
from writethru.storage.story_store import Ruling, StoryLogEntry


class CandidateForm(TypedDict):
    """An event that an article nearly belongs to."""

    event: int
    headline: str
    score: float


class EventRowForm(TypedDict):
    """One event in a list; times are UTC."""

    id: int
    story: int
    headline: str
    names: list[str]
    first: str | None
    last: str | None
    articles: int
    outlets: list[str]


class MemberForm(TypedDict):
    """One article in an event. ``basis`` says what its time rests on; ``inferred`` is never the page's own date."""

    article: int
    event: int
    headline: str
    outlet: str
    url: str
    main: bool
    score: float
    shared: list[str]
    at: str | None
    basis: str
    runner_up: CandidateForm | None
    explanation: str


class LinkForm(TypedDict):
    """How a later event hangs together with an earlier one."""

    later: int
    earlier: int
    kind: str
    score: float
    shared: list[str]
    explanation: str


class EventForm(EventRowForm):
    """An event with its articles. ``asked`` differs from ``id`` where the event asked for was merged into this one."""

    asked: int
    members: list[MemberForm]
    links: list[LinkForm]


class StoryForm(TypedDict):
    """A storyline: its events in time, and how they hang together."""

    id: int
    headline: str
    names: list[str]
    events: list[EventRowForm]
    links: list[LinkForm]
    cut: bool


class StoryRowForm(TypedDict):
    """One storyline in a list: its latest events, the last to happen first, of so many (``count``)."""

    id: int
    headline: str
    events: list[EventRowForm]
    count: int


class ArticleEventsForm(TypedDict):
    """The events of an article, or why it is in none."""

    events: list[MemberForm]
    undecided: str | None
    candidates: list[CandidateForm]


def event_row_form(row: EventRow) -> EventRowForm:
    """One event in a list."""
    return {
        "id": row.id,
        "story": row.story_id,
        "headline": row.title,
        "names": list(row.names),
        "first": _time(row.first_at),
        "last": _time(row.last_at),
        "articles": row.articles,
        "outlets": list(row.outlets),
    }


def event_form(view: EventView) -> EventForm:
    """An event with its articles."""
    return {
        **event_row_form(view.row),
        "asked": view.asked,
        "members": [member_form(member) for member in view.members],
        "links": [link_form(link) for link in view.links],
    }


def story_form(view: StoryView) -> StoryForm:
    """A storyline."""
    return {
        "id": view.id,
        "headline": view.title,
        "names": list(view.names),
        "events": [event_row_form(row) for row in view.events],
        "links": [link_form(link) for link in view.links],
        "cut": view.cut,
    }


def story_row_form(row: StoryRow) -> StoryRowForm:
    """One storyline in a list."""
    events = [event_row_form(event) for event in row.events]
    return {"id": row.id, "headline": row.title, "events": events, "count": row.count}


def article_form(members: Sequence[MembershipView], undecided: UndecidedView | None) -> ArticleEventsForm:
    """The events of an article."""
    return {
        "events": [member_form(member) for member in members],
        "undecided": undecided.explanation if undecided else None,
        "candidates": [_candidate_form(one) for one in undecided.candidates] if undecided else [],
    }


def member_form(view: MembershipView) -> MemberForm:
    """One membership with its reason."""
    summary = view.summary
    return {
        "article": summary.article.id,
        "event": view.event_id,
        "headline": summary.headline,
        "outlet": summary.outlet,
        "url": summary.article.url,
        "main": view.main,
        "score": view.score,
        "shared": list(view.shared),
        "at": _time(view.at),
        "basis": view.basis,
        "runner_up": _candidate_form(view.runner_up) if view.runner_up else None,
        "explanation": view.explanation,
    }


def link_form(link: LinkView) -> LinkForm:
    """One typed link."""
    return {
        "later": link.later,
        "earlier": link.earlier,
        "kind": link.kind,
        "score": link.score,
        "shared": list(link.shared),
        "explanation": link.explanation,
    }


def log_form(entry: StoryLogEntry) -> dict[str, Any]:
    """One line of the journal of memberships."""
    return {
        "seq": entry.seq,
        "at": _time(entry.at),
        "action": entry.action,
        "article": entry.article_id,
        "event": entry.event_id,
        **entry.form,
    }


def ruling_form(ruling: Ruling) -> dict[str, Any]:
    """One ruling."""
    return {
        "id": ruling.id,
        "at": _time(ruling.at),
        "kind": ruling.kind,
        "article": ruling.article_id,
        "other": ruling.other_id,
        "by": ruling.by,
        "reason": ruling.reason,
    }


def _candidate_form(one: Candidate) -> CandidateForm:
    return {"event": one.event_id, "headline": one.title, "score": one.score}


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None
