"""The JSON forms of search: hits with their versions and passages, saved searches, what they found."""

from __future__ import annotations

from markupsafe import escape
from typing_extensions import TypedDict

from writethru.analyse.search import SearchHit
from writethru.publish.moments import rfc3339
from writethru.search.matching import Passage, Stretch
from writethru.storage.search_store import SavedSearch, SearchMatch


class PieceForm(TypedDict):
    """Characters of a passage; ``found`` where they are what was looked for."""

    text: str
    found: bool


class PassageForm(TypedDict):
    """Where the words stand. ``html`` is the excerpt escaped, with ``<mark>`` around what was found."""

    where: str
    pieces: list[PieceForm]
    html: str
    versions: list[list[int]]
    standing: bool


class StretchForm(TypedDict):
    """When the query matched, without a break; changes are numbers of this article's changes."""

    from_version: int
    to_version: int
    first_seen: str
    last_seen: str
    brought_by: int | None
    taken_by: int | None


class SearchHitForm(TypedDict):
    """An article in some of whose versions the query matches; ``versions`` are runs, first and last of each."""

    article: int
    url: str
    outlet: str
    headline: str
    versions: list[list[int]]
    of_versions: int
    latest_version: int
    standing: bool
    in_headline: bool
    stretches: list[StretchForm]
    passages: list[PassageForm]
    left_out: int


class SavedSearchForm(TypedDict):
    """A search that is kept under a name."""

    id: int
    name: str
    query: str
    created_at: str


class MatchForm(TypedDict):
    """Words came into an article (``began``) or left it (``ended``) with this version."""

    seq: int
    search: int
    article: int
    version: int
    appearance: int
    event: str
    at: str


def hit_form(hit: SearchHit) -> SearchHitForm:
    """The JSON form of a hit."""
    return {
        "article": hit.article.id,
        "url": hit.article.url,
        "outlet": hit.article.outlet,
        "headline": hit.article.headline,
        "versions": [list(run) for run in hit.versions],
        "of_versions": hit.count,
        "latest_version": hit.latest,
        "standing": hit.standing,
        "in_headline": hit.in_headline,
        "stretches": [_stretch_form(stretch) for stretch in hit.stretches],
        "passages": [_passage_form(passage) for passage in hit.passages],
        "left_out": hit.left_out,
    }


def saved_search_form(saved: SavedSearch) -> SavedSearchForm:
    """The JSON form of a saved search."""
    return {"id": saved.id, "name": saved.name, "query": saved.query, "created_at": rfc3339(saved.created_at)}


def match_form(found: SearchMatch) -> MatchForm:
    """The JSON form of what a saved search found."""
    match = found.match
    return {
        "seq": found.seq,
        "search": found.search_id,
        "article": match.article_id,
        "version": match.version,
        "appearance": match.ordinal,
        "event": match.event,
        "at": rfc3339(match.at),
    }


def _stretch_form(stretch: Stretch) -> StretchForm:
    return {
        "from_version": stretch.from_version,
        "to_version": stretch.to_version,
        "first_seen": rfc3339(stretch.first_seen),
        "last_seen": rfc3339(stretch.last_seen),
        "brought_by": stretch.brought_by,
        "taken_by": stretch.taken_by,
    }


def _passage_form(passage: Passage) -> PassageForm:
    return {
        "where": passage.where,
        "pieces": [{"text": piece.text, "found": piece.found} for piece in passage.pieces],
        "html": "".join(f"<mark>{escape(p.text)}</mark>" if p.found else str(escape(p.text)) for p in passage.pieces),
        "versions": [list(run) for run in passage.versions],
        "standing": passage.standing,
    }
