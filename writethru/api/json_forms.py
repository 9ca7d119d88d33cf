"""Pure functions from views to JSON: what the API answers and ``--json`` prints.

Times are ISO 8601 in UTC with ``Z``; what is not known is ``null``. The ``TypedDict`` of each
form is its documentation: OpenAPI shows it and a test holds every answer to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import TypedDict

from writethru.model import Appearance, ArticleText, ChangeRecord, Version
from writethru.publish.moments import rfc3339, rfc3339_if_known
from writethru.storage.store import ArticleSummary
from writethru.views import ChangeRow, ChangeView, observed_interval

if TYPE_CHECKING:
    from writethru.lives import SentenceLife, SentencesView


class ArticleForm(TypedDict):
    """An article with its latest reading and its counts."""

    id: int
    headline: str
    url: str
    outlet: str
    byline: str
    published: str | None
    modified: str | None
    first_seen: str | None
    last_seen: str | None
    time_basis: str | None
    versions: int
    changes: int
    captures: int
    notes: list[str]
    next_look_at: str | None
    next_look_reason: str
    retired_at: str | None
    last_outcome: str | None
    last_reason: str | None
    last_look_at: str | None


class VersionForm(TypedDict):
    """A version of an article's text."""

    article: int
    number: int
    label: str
    digest: str
    headline: str
    words: int
    first_seen: str
    last_seen: str
    time_basis: str
    appearances: int
    extractor: str


class BlockForm(TypedDict):
    """One block of a text."""

    kind: str
    text: str


class VersionTextForm(VersionForm):
    """A version with its text."""

    standfirst: str
    byline: str
    dateline: str
    text: str
    blocks: list[BlockForm]


class AppearanceForm(TypedDict):
    """One unbroken run of sightings of a version."""

    ordinal: int
    version: int
    first_seen: str
    last_seen: str
    time_basis: str
    looks: int


class ChangeRecordForm(TypedDict):
    """The stored facts of a change; it happened after ``after`` and not later than ``before``."""

    article: int
    number: int
    from_version: int
    to_version: int
    after: str
    before: str
    time_basis: str
    interval: str
    reason: str
    summary: str
    kinds: list[str]
    significance: float
    edits: int


class ExcerptForm(TypedDict):
    """The first words that changed."""

    old: str
    new: str


class ChangeForm(ChangeRecordForm):
    """A change as listings show it."""

    url: str
    outlet: str
    headline: str
    excerpt: ExcerptForm


class ChangeDetailForm(TypedDict):
    """A difference between two versions, with every edit; ``change`` is null for versions picked by the reader."""

    article: ArticleForm
    change: ChangeRecordForm | None
    old: VersionForm
    new: VersionForm
    difference: dict[str, Any]
    previous: int | None
    next: int | None


class WordingForm(TypedDict):
    """One wording of a sentence, over an unbroken run of appearances."""

    text: str
    how: str
    where: str
    from_version: int
    to_version: int
    first_seen: str
    last_seen: str
    time_basis: str
    change: int | None


class LifeForm(TypedDict):
    """One sentence through all its wordings, oldest first; ``gone_with`` is the change that took it away."""

    text: str
    since_version: int
    wordings: list[WordingForm]
    split_from: str
    gone_with: int | None


class SentencesForm(TypedDict):
    """The sentences of the latest text, and those that were lost."""

    article: int
    followed: int
    left_out: int
    standing: list[LifeForm]
    lost: list[LifeForm]


def article_form(summary: ArticleSummary) -> ArticleForm:
    """The JSON form of an article."""
    article = summary.article
    return {
        "id": article.id,
        "headline": summary.headline,
        "url": article.url,
        "outlet": summary.outlet,
        "byline": summary.byline,
        "published": summary.published,
        "modified": summary.modified,
        "first_seen": rfc3339_if_known(summary.first_seen),
        "last_seen": rfc3339_if_known(summary.last_seen),
        "time_basis": summary.basis.value if summary.basis else None,
        "versions": summary.versions,
        "changes": summary.changes,
        "captures": summary.captures,
        "notes": list(summary.notes),
        "next_look_at": rfc3339_if_known(article.next_look_at),
        "next_look_reason": article.next_look_reason,
        "retired_at": rfc3339_if_known(article.retired_at),
        "last_outcome": summary.last_outcome.value if summary.last_outcome else None,
        "last_reason": summary.last_reason.value if summary.last_reason else None,
        "last_look_at": rfc3339_if_known(summary.last_look_at),
    }


def version_form(version: Version) -> VersionForm:
    """The JSON form of a version, without its text."""
    return {
        "article": version.article_id,
        "number": version.number,
        "label": version.label,
        "digest": version.digest,
        "headline": version.headline,
        "words": version.words,
        "first_seen": rfc3339(version.first_seen),
        "last_seen": rfc3339(version.last_seen),
        "time_basis": version.basis.value,
        "appearances": version.appearances,
        "extractor": version.extractor,
    }


def version_text_form(version: Version, text: ArticleText) -> VersionTextForm:
    """The JSON form of a version with its text."""
    return {
        **version_form(version),
        "standfirst": text.standfirst,
        "byline": text.byline,
        "dateline": text.dateline,
        "text": text.text,
        "blocks": [{"kind": block.kind.value, "text": block.text} for block in text.blocks],
    }


def appearance_form(appearance: Appearance) -> AppearanceForm:
    """The JSON form of one run of sightings."""
    return {
        "ordinal": appearance.ordinal,
        "version": appearance.version_number,
        "first_seen": rfc3339(appearance.first_seen),
        "last_seen": rfc3339(appearance.last_seen),
        "time_basis": appearance.basis.value,
        "looks": appearance.looks,
    }


def change_record_form(record: ChangeRecord) -> ChangeRecordForm:
    """The stored facts of a change: numbers, interval, reason, kinds."""
    return {
        "article": record.article_id,
        "number": record.number,
        "from_version": record.from_version,
        "to_version": record.to_version,
        "after": rfc3339(record.after),
        "before": rfc3339(record.before),
        "time_basis": record.basis.value,
        "interval": observed_interval(record),
        "reason": record.reason.value,
        "summary": record.summary,
        "kinds": list(record.kinds),
        "significance": record.significance,
        "edits": record.edits,
    }


def change_form(row: ChangeRow) -> ChangeForm:
    """The JSON form of a change as listings show it."""
    return {
        **change_record_form(row.record),
        "url": row.url,
        "outlet": row.outlet,
        "headline": row.headline,
        "excerpt": {"old": row.excerpt[0], "new": row.excerpt[1]},
    }


def change_detail_form(view: ChangeView) -> ChangeDetailForm:
    """The JSON form of a whole difference."""
    return {
        "article": article_form(view.summary),
        "change": change_record_form(view.record) if view.record else None,
        "old": version_form(view.old_version),
        "new": version_form(view.new_version),
        "difference": view.change.to_dict(),
        "previous": view.previous,
        "next": view.next,
    }


def life_form(life: SentenceLife) -> LifeForm:
    """The JSON form of one sentence's life."""
    return {
        "text": life.text,
        "since_version": life.wordings[0].from_version,
        "wordings": [
            {
                "text": wording.text,
                "how": wording.how,
                "where": wording.where,
                "from_version": wording.from_version,
                "to_version": wording.to_version,
                "first_seen": rfc3339(wording.first_seen),
                "last_seen": rfc3339(wording.last_seen),
                "time_basis": wording.basis.value,
                "change": wording.change,
            }
            for wording in life.wordings
        ],
        "split_from": life.split_from,
        "gone_with": life.gone_with,
    }


def sentences_form(view: SentencesView) -> SentencesForm:
    """The JSON form of all sentences of an article."""
    return {
        "article": view.summary.article.id,
        "followed": view.followed,
        "left_out": view.left_out,
        "standing": [life_form(life) for life in view.standing],
        "lost": [life_form(life) for life in view.lost],
    }
