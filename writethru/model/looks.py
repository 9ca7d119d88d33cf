"""How a look at an article ended, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What one look at an article came to. Only ``edited`` makes or revives a version."""

    SAME = "same"
    EDITED = "edited"
    SUSPECT = "suspect"
    BLOCKED = "blocked"
    TEASER = "teaser"
    GONE = "gone"
    MOVED = "moved"
    ERROR = "error"


class Reason(StrEnum):
    """Why an outcome was decided; stable codes, stored with every capture and shown."""

    # edited
    FIRST_SEEN = "first_seen"
    TEXT_CHANGED = "text_changed"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    REWRITTEN = "rewritten"
    ALTERNATING = "alternating"
    ALTERNATED = "alternated"
    STATED_BY_SOURCE = "stated_by_source"
    # same
    NOT_MODIFIED = "not_modified"
    BYTES_EQUAL = "bytes_equal"
    TEXT_EQUAL = "text_equal"
    REGION_EQUAL = "region_equal"
    NEW_TEMPLATE = "new_template"
    # suspect
    TEXT_COLLAPSED = "text_collapsed"
    TEXT_EMPTY = "text_empty"
    TEMPLATE_BREAK = "template_break"
    OTHER_ARTICLE = "other_article"
    ANOTHER_ARTICLE = "another_article"  # also moved, once it has stood for a day
    TRUNCATED = "truncated"
    # blocked
    CHALLENGE_PAGE = "challenge_page"
    CONSENT_WALL = "consent_wall"
    STATUS_FORBIDDEN = "status_forbidden"
    RATE_LIMITED = "rate_limited"
    ROBOTS = "robots"
    # teaser
    PAYWALL = "paywall"
    # gone
    STATUS_GONE = "status_gone"
    SOFT_404 = "soft_404"
    # moved
    REDIRECT_HOME = "redirect_home"
    REDIRECT_ELSEWHERE = "redirect_elsewhere"
    # error
    STATUS_SERVER = "status_server"
    STATUS_OTHER = "status_other"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    REFUSED_ADDRESS = "refused_address"
    TOO_LARGE = "too_large"
    BROKEN_RESPONSE = "broken_response"
    NOT_TEXT = "not_text"
    READING_FAILED = "reading_failed"


class Medium(StrEnum):
    """What kind of evidence a capture rests on."""

    HTTP = "http"  # fetched by us
    WARC = "warc"  # a response record made by someone else
    PAGE = "page"  # a saved HTML file
    DUMP = "dump"  # a page saved as plain text
    JSONL = "jsonl"  # one line of a versions file
    NEWS_SNIFFER = "news-sniffer"  # one column of a version-comparison page
    WIRE = "wire"  # one version of a wire's item (ninjs, NewsML-G2)
    MEMENTO = "memento"  # answered by a web archive, dated by it


class TimeBasis(StrEnum):
    """How far a capture's time can be trusted."""

    OBSERVED = "observed"  # by our own clock
    STATED = "stated"  # by the file it came from (JSONL line, WARC-Date)
    RELATIVE = "relative"  # only the gap to its neighbours is known
    IMPORTED = "imported"  # not known; the time of import is an upper bound


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """Where a record stands: WARC file name (relative to the evidence folder), byte offset, length."""

    file: str
    offset: int
    length: int
    record_id: str = ""  # WARC-Record-ID, "<urn:uuid:…>"


@dataclass(frozen=True, slots=True)
class NewCapture:
    """One look at an article, before it has an id. Immutable once stored.

    Attributes:
        part: which part of the evidence this capture is ("" = all of it; ``version 4``).
        label: the source's own number for this state, if it states one.
        stated_change: the source itself says this is another version than the one before.
        body_digest: SHA-256 of the decoded body (64 hex digits), "" where there is none.
    """

    url: str
    captured_at: datetime
    basis: TimeBasis
    medium: Medium
    outcome: Outcome
    reason: Reason
    status: int | None = None
    final_url: str = ""
    peer: str = ""
    content_type: str = ""
    body_digest: str = ""
    payload_digest: str = ""
    evidence: EvidenceRef | None = None
    part: str = ""
    label: str = ""
    stated_change: bool = False
    detail: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """A stored look."""

    id: int
    article_id: int
    look: NewCapture
