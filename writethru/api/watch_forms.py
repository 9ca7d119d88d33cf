"""Pure functions to JSON of what is watched and how: outlets, sources, looks and the counts over them.

See ``json_forms`` for what holds of all forms.
"""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict

from writethru.model import Capture, Outlet, Source
from writethru.publish.moments import rfc3339, rfc3339_if_known
from writethru.storage.tally_store import Status


class CaptureForm(TypedDict):
    """One look at an article. ``evidence`` says where its record stands."""

    id: int
    article: int
    url: str
    final_url: str
    captured_at: str
    time_basis: str
    medium: str
    outcome: str
    reason: str
    detail: str
    status: int | None
    content_type: str
    body_digest: str
    payload_digest: str
    part: str
    label: str
    evidence: dict[str, Any] | None


class OutletForm(TypedDict):
    """A publisher."""

    id: int
    name: str
    host: str


class SourceForm(TypedDict):
    """Where articles are found, and how it is doing."""

    id: int
    kind: str
    url: str
    added_at: str
    last_look_at: str | None
    last_news_at: str | None
    next_look_at: str | None
    failures: int
    last_error: str


class StatusForm(TypedDict):
    """Counts over the whole archive."""

    outlets: int
    sources: int
    articles: int
    versions: int
    changes: int
    captures: int
    edits: int
    due: int
    retired: int
    next_look_at: str | None
    outcomes: dict[str, int]
    counted_at: str | None


def capture_form(capture: Capture) -> CaptureForm:
    """The JSON form of one look."""
    look = capture.look
    evidence = look.evidence
    return {
        "id": capture.id,
        "article": capture.article_id,
        "url": look.url,
        "final_url": look.final_url,
        "captured_at": rfc3339(look.captured_at),
        "time_basis": look.basis.value,
        "medium": look.medium.value,
        "outcome": look.outcome.value,
        "reason": look.reason.value,
        "detail": look.detail,
        "status": look.status,
        "content_type": look.content_type,
        "body_digest": look.body_digest,
        "payload_digest": look.payload_digest,
        "part": look.part,
        "label": look.label,
        "evidence": None
        if evidence is None
        else {
            "file": evidence.file,
            "offset": evidence.offset,
            "length": evidence.length,
            "record_id": evidence.record_id,
        },
    }


def outlet_form(outlet: Outlet) -> OutletForm:
    """The JSON form of an outlet."""
    return {"id": outlet.id, "name": outlet.name, "host": outlet.host}


def status_form(status: Status) -> StatusForm:
    """The JSON form of the counts over the whole archive."""
    return {
        "outlets": status.outlets,
        "sources": status.sources,
        "articles": status.articles,
        "versions": status.versions,
        "changes": status.changes,
        "captures": status.captures,
        "edits": status.edits,
        "due": status.due,
        "retired": status.retired,
        "next_look_at": rfc3339_if_known(status.next_look_at),
        "outcomes": dict(status.outcomes),
        "counted_at": rfc3339_if_known(status.counted_at),
    }


def source_form(source: Source) -> SourceForm:
    """The JSON form of a source."""
    return {
        "id": source.id,
        "kind": source.kind.value,
        "url": source.url,
        "added_at": rfc3339(source.added_at),
        "last_look_at": rfc3339_if_known(source.last_look_at),
        "last_news_at": rfc3339_if_known(source.last_news_at),
        "next_look_at": rfc3339_if_known(source.next_look_at),
        "failures": source.failures,
        "last_error": source.last_error,
    }
