"""What readers hand on: states to import, URLs to watch, and what had to be left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from writethru.errors import InputError
from writethru.fetch.exchange import reason_of_code
from writethru.model import EvidenceRef, Medium, Reason, TimeBasis

HTTP_BLOCK = "application/http; msgtype=response"
"""Content-Type of a whole HTTP response: status line, headers and body (RFC 9112, 10.2)."""


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One state of one article as a file shows it.

    Attributes:
        url: canonical URL, None where the file names none.
        captured_at: UTC; what it is worth says ``basis``.
        payload: exactly the bytes to store as evidence: a JSONL line without its line end,
            a whole dump or saved page (decompressed), a comparison page, an HTTP response block.
        content_type: of the payload's body, as stated or as found.
        origin: where it was read, for people: ``file.jsonl:17``, ``file.warc.gz@4711``.
        outlet: the outlet's name as the file states it, or "".
        part: which part of the payload this state is ("" = all, ``version 4``).
        label: the file's own number for this state, or "".
        stated_change: the file itself says that this state differs from the one before.
        status, headers: of the HTTP response, where there was one.
        decoded: the response's body without transfer and content coding; None where the
            payload is itself the body.
        aliases: other canonical URLs the file gives for the same article.
        peer: IP address of the server, or "".
        record_id: WARC-Record-ID the item comes from, or "".
        revisit_of: WARC-Record-ID of the response whose body a revisit record repeats, or "".
        final_url: where redirects ended, canonical; "" = the URL itself answered.
        error: ``code: message`` of a look that failed, or "".
        notes: remarks for a person.
        stands: the record of the file that holds the bytes, None where the file has no records.
    """

    url: str | None
    captured_at: datetime
    basis: TimeBasis
    medium: Medium
    payload: bytes
    content_type: str
    origin: str
    outlet: str = ""
    part: str = ""
    label: str = ""
    stated_change: bool = False
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    decoded: bytes | None = None
    aliases: tuple[str, ...] = ()
    peer: str = ""
    record_id: str = ""
    revisit_of: str = ""
    final_url: str = ""
    error: str = ""
    notes: tuple[str, ...] = ()
    stands: EvidenceRef | None = None

    @property
    def evidence_type(self) -> str:
        """The Content-Type to store the payload under: that of a whole HTTP response where it is one."""
        return HTTP_BLOCK if self.status is not None else self.content_type

    @property
    def failure(self) -> Reason | None:
        """Why there is no usable response, None if there is one."""
        return reason_of_code(self.error.partition(":")[0]) if self.error else None

    @property
    def is_bodiless(self) -> bool:
        """A look that brought no text to read: it failed, or nothing had changed (304)."""
        return bool(self.error) or self.status == 304

    @property
    def body(self) -> bytes:
        """The bytes an extractor reads."""
        return self.payload if self.decoded is None else self.decoded


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was left out, and why; the rest was read."""

    origin: str
    error: InputError


class FoundKind(StrEnum):
    """What a found URL is said to lead to."""

    ARTICLE = "article"  # a feed or news sitemap lists it
    FEED = "feed"  # an OPML file or a page advertises it
    SITEMAP = "sitemap"  # a sitemap index lists it
    UNKNOWN = "unknown"  # a plain list names it: look to find out


@dataclass(frozen=True, slots=True)
class FoundUrl:
    """A URL to be watched, not a state to be imported.

    Attributes:
        url: canonical.
        origin: where it was read, for people.
        outlet, title: as stated there, or "".
    """

    url: str
    kind: FoundKind
    origin: str
    outlet: str = ""
    title: str = ""


Found = ImportItem | FoundUrl | Skipped
"""What ``read_items`` yields."""
