"""What one look brought: every hop with its bytes as they went over the wire, and the decoded body.

Evidence is written from these values and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from writethru.errors import BrokenResponse, FetchError, FetchTimeout, RefusedAddress, RobotsDisallowed, TooLarge
from writethru.fetch.coding import Head, Headers
from writethru.model import Reason


class Truncation(StrEnum):
    """Why a record holds less than the server meant to send: the values of WARC-Truncated."""

    NONE = ""
    LENGTH = "length"  # one of our size limits
    TIME = "time"  # one of our time limits
    DISCONNECT = "disconnect"  # the other side stopped
    UNSPECIFIED = "unspecified"  # the framing is broken


@dataclass(frozen=True, slots=True)
class TlsSession:
    """What was agreed for one connection: ``TLSv1.3``, ``TLS_AES_256_GCM_SHA384``."""

    version: str
    cipher: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and what came back.

    Attributes:
        url: what was asked for, as a URI in ASCII, without fragment.
        request: request line and headers exactly as sent; b"" if nothing was.
        interim: 1xx answers before the final one, as received.
        response_head: status line and headers of the final answer as received, blank line included.
        response_body: the body as received: chunk framing and compression included.
        payload: the body without chunk framing, compression kept.
        payload_digest: ``sha256:BASE32`` of the payload; "" for a 304 or when it is not whole.
        head: the parsed ``response_head``; None if it never became one.
        unparsed: bytes received that are no HTTP head, or an unfinished one.
        peer: ``ip:port`` that was connected to, "" if none was.
        started, finished: by the fetcher's clock, UTC.
    """

    url: str
    request: bytes
    interim: bytes
    response_head: bytes
    response_body: bytes
    payload: bytes
    payload_digest: str
    head: Head | None
    unparsed: bytes
    peer: str
    tls: TlsSession | None
    started: datetime
    finished: datetime
    truncated: Truncation = Truncation.NONE

    @property
    def status(self) -> int | None:
        """The status code, None if there was no answer."""
        return None if self.head is None else self.head.status

    @property
    def headers(self) -> Headers:
        """Header names and values in order, as text in Latin-1."""
        return () if self.head is None else self.head.headers

    @property
    def peer_ip(self) -> str:
        """The address without its port and brackets."""
        return self.peer.rpartition(":")[0].strip("[]")

    def header(self, name: str, default: str = "") -> str:
        """The first header of this name, in any case."""
        return default if self.head is None else self.head.get(name, default)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One look: the redirects that were followed and the last answer.

    Attributes:
        url: what was asked for first.
        hops: in order; at least one, unless nothing could even be sent.
        body: the last hop's body, decoded; b"" when the look failed.
        body_digest: SHA-256 of ``body``, 64 hex digits; "" when there is none (304, failure).
        on_behalf: what the look was for: ``article``, ``source`` or ``robots``.
    """

    url: str
    hops: tuple[Hop, ...]
    body: bytes
    body_digest: str
    on_behalf: str

    @property
    def last(self) -> Hop:
        """The hop that the look ended with."""
        return self.hops[-1]

    @property
    def final_url(self) -> str:
        """Where the redirects led."""
        return self.hops[-1].url if self.hops else self.url

    @property
    def redirects(self) -> int:
        """How many redirects were followed."""
        return max(0, len(self.hops) - 1)

    @property
    def status(self) -> int | None:
        """The last hop's status code, None if there was no answer."""
        return self.hops[-1].status if self.hops else None

    @property
    def payload_digest(self) -> str:
        """Of the last hop, "" if the look failed."""
        return self.hops[-1].payload_digest if self.body_digest else ""

    @property
    def captured_at(self) -> datetime:
        """When the last hop's request began: the text was there at this time or later."""
        return self.hops[-1].started

    @property
    def truncated(self) -> Truncation:
        """Of the last hop."""
        return self.hops[-1].truncated if self.hops else Truncation.NONE

    def header(self, name: str, default: str = "") -> str:
        """The last hop's first header of this name, in any case."""
        return self.hops[-1].header(name, default) if self.hops else default


POSTPONED = "postponed"
"""The code under which evidence keeps what was asked before a redirect that had to wait: no look, and made again."""

_ATTACHED = "exchange"

_REASONS: tuple[tuple[type[FetchError], Reason], ...] = (
    (RefusedAddress, Reason.REFUSED_ADDRESS),
    (RobotsDisallowed, Reason.ROBOTS),
    (FetchTimeout, Reason.TIMEOUT),
    (TooLarge, Reason.TOO_LARGE),
    (BrokenResponse, Reason.BROKEN_RESPONSE),
    (FetchError, Reason.CONNECTION),
)


def attach(error: FetchError, exchange: Exchange) -> FetchError:
    """Hang what was received on the error that ended the look, so that evidence can keep it."""
    setattr(error, _ATTACHED, exchange)
    return error


def received(error: FetchError) -> Exchange | None:
    """What had been received when the look failed; None if the error comes from elsewhere."""
    exchange = getattr(error, _ATTACHED, None)
    return exchange if isinstance(exchange, Exchange) else None


def reason_of_code(code: str) -> Reason:
    """The same from an error's stable code, as evidence has it; an unknown code is a failure to connect."""
    return next((reason for kind, reason in _REASONS if kind.code == code), Reason.CONNECTION)


def reason_of(error: FetchError) -> Reason:
    """The reason code of a capture whose look ended in this error."""
    return next(reason for kind, reason in _REASONS if isinstance(error, kind))
