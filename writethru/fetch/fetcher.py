"""One look: ask, follow redirects, decode; or one ``FetchError`` with all that came."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from writethru.errors import BrokenResponse, FetchError, FetchTimeout, TooLarge
from writethru.fetch.coding import DecodeLimits, Framed, decode_content, parse_head, unframe
from writethru.fetch.conversation import converse
from writethru.fetch.digests import body_digest, labelled
from writethru.fetch.exchange import Exchange, Hop, Truncation, attach
from writethru.fetch.settings import FetchSettings
from writethru.fetch.target import Target, parse_target, redirect_target
from writethru.fetch.wire import Budget, Wire, connect

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Validators:
    """What an earlier answer said about itself, for a conditional request."""

    etag: str = ""
    last_modified: str = ""


class Fetcher:
    """Fetches one URL at a time per host; safe to share between threads.

    Args:
        settings: limits, identity and exceptions of the guard.
        clock: what "now" is for the record (a simulated clock in a replay); limits run on real time.
    """

    def __init__(self, settings: FetchSettings, clock: Callable[[], datetime] | None = None) -> None:
        self.settings = settings
        self._clock = clock or _utc_now
        self._hosts = HostLocks()
        self._tls: ssl.SSLContext | None = None
        self._tls_lock = threading.Lock()

    def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        on_behalf: str = "article",
        may_follow: Callable[[str], None] | None = None,
    ) -> Exchange:
        """Ask for ``url`` and follow redirects.

        Args:
            url: http or https; a fragment is not sent.
            etag, last_modified: as an earlier answer gave them; sent on the first hop only.
            on_behalf: ``article``, ``source`` or ``robots`` (whose body is cut at ``robots_bytes``, not refused).
            may_follow: asked with each redirect's URL before it is followed; a ``FetchError`` that it raises
                (``RobotsDisallowed``) ends the look.

        Raises:
            FetchError: one of its subclasses; ``received(error)`` has what came before.
        """
        look = _Look(self, url, on_behalf, may_follow)
        try:
            return look.run(Validators(etag, last_modified))
        except FetchError as error:
            error.key = url
            raise attach(error, look.exchange()) from error.__cause__

    def post(self, url: str, fields: Mapping[str, str]) -> Exchange:
        """Post a form; a redirect is an answer like any other and is not followed.

        Raises:
            FetchError: one of its subclasses, as ``get``.
        """
        look = _Look(self, url, "hub", None)
        look.form = urlencode(fields).encode()
        return look.run(Validators())

    @contextmanager
    def alone_at(self, host: str) -> Iterator[None]:
        """No second request of ours is under way to this host."""
        with self._hosts.hold(host):
            yield

    def now(self) -> datetime:
        """By the record's clock."""
        return self._clock()

    def tls(self) -> ssl.SSLContext:
        """The system's trust store, read when it is first needed."""
        with self._tls_lock:
            if self._tls is None:
                from httpcore2 import default_ssl_context  # takes a while to load, and plain HTTP needs none

                self._tls = default_ssl_context()
                if self.settings.ca_file:
                    self._tls.load_verify_locations(self.settings.ca_file)
            return self._tls


class _Look:
    """The state of one ``get``: its deadline and the hops so far."""

    def __init__(self, fetcher: Fetcher, url: str, on_behalf: str, may_follow: Callable[[str], None] | None) -> None:
        settings = fetcher.settings
        self._fetcher = fetcher
        self._settings = settings
        self._url = url
        self._on_behalf = on_behalf
        self._may_follow = may_follow
        self._budget: Budget | None = None
        self._hops: list[Hop] = []
        self.form = b""

    def exchange(self, body: bytes = b"", hop: Hop | None = None) -> Exchange:
        """What there is so far; with ``hop``, its body too."""
        digest = body_digest(body) if hop is not None and hop.status != 304 else ""
        return Exchange(self._url, tuple(self._hops), body, digest, self._on_behalf)

    def run(self, validators: Validators) -> Exchange:
        """Hop until an answer is no redirect."""
        target = parse_target(self._url)
        seen: set[str] = set()
        while True:
            seen.add(target.url)
            hop = self._hop(target, validators)
            location = hop.header("location") if hop.status in _REDIRECTS else ""
            if not location or self.form:
                return self.exchange(self._decode(hop), hop)
            target, validators = redirect_target(hop.url, location), Validators()
            if target.url in seen:
                raise BrokenResponse("the redirects run in a circle")
            if len(self._hops) > self._settings.max_redirects:
                raise BrokenResponse(f"more than {self._settings.max_redirects} redirects")
            if self._may_follow is not None:
                self._may_follow(target.url)

    def _hop(self, target: Target, validators: Validators) -> Hop:
        wire = Wire()
        failure: FetchError | None = None
        with self._fetcher.alone_at(target.host):
            started = self._fetcher.now()
            try:
                self._talk(target, validators, wire)
            except FetchError as error:
                failure = error
        hop, fault = self._read(target.url, wire, started)
        if failure is None and fault:
            failure = BrokenResponse(fault)
        if failure is None:
            self._hops.append(hop)
            return hop
        self._hops.append(replace(hop, truncated=_truncation(failure, wire), payload_digest=""))
        if wire.cut and wire.head is not None and self._on_behalf == "robots":
            return self._hops[-1]
        raise failure

    def _spend(self) -> Budget:
        """The look's budget; its time begins with the first request, not while another look has the host."""
        if self._budget is None:
            settings = self._settings
            wire_bytes = settings.robots_bytes if self._on_behalf == "robots" else settings.max_wire_bytes
            self._budget = Budget(settings, time.monotonic() + settings.total_seconds, wire_bytes)
        return self._budget

    def _talk(self, target: Target, validators: Validators, wire: Wire) -> None:
        host = target.host
        stream = connect(host, target.port, wire, self._spend())
        try:
            if target.scheme == "https":
                stream = stream.start_tls(self._fetcher.tls(), host.strip("[]"))
            converse(stream, self._request(target, validators), wire)
        finally:
            stream.close()

    def _request(self, target: Target, validators: Validators) -> bytes:
        headers = {
            "Host": target.host_header,
            "User-Agent": self._settings.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
            "If-None-Match": _header_value(validators.etag),
            "If-Modified-Since": _header_value(validators.last_modified),
            "Connection": "close",
            "Content-Type": "application/x-www-form-urlencoded" if self.form else "",
            "Content-Length": str(len(self.form)) if self.form else "",
        }
        lines = [f"{name}: {value}" for name, value in headers.items() if value]
        method = "POST" if self.form else "GET"
        head = "\r\n".join([f"{method} {target.path} HTTP/1.1", *lines, "\r\n"])
        return head.encode("latin-1") + self.form

    def _read(self, url: str, wire: Wire, started: datetime) -> tuple[Hop, str]:
        """The hop that these bytes are, and what is wrong with their framing."""
        start, end = wire.head or (0, 0)
        raw = bytes(wire.received)
        head = parse_head(raw[start:end]) if wire.head else None
        framed = Framed(b"", 0, complete=False) if head is None else unframe(head, raw[end:])
        hop = Hop(
            url=url,
            request=bytes(wire.sent),
            interim=raw[:start] if head else b"",
            response_head=raw[start:end] if head else b"",
            response_body=raw[end : end + framed.consumed] if head else b"",
            payload=framed.payload,
            payload_digest=labelled(framed.payload) if framed.complete and head and head.status != 304 else "",
            head=head,
            unparsed=b"" if head else raw,
            peer=wire.peer,
            tls=wire.tls,
            started=started,
            finished=self._fetcher.now(),
        )
        return hop, framed.fault or _excess(raw[end + framed.consumed :])

    def _decode(self, hop: Hop) -> bytes:
        settings = self._settings
        limits = DecodeLimits(settings.max_body_bytes, settings.max_ratio, settings.ratio_from_bytes)
        return decode_content(hop.payload, hop.headers, limits)


class HostLocks:
    """One lock per host while somebody holds or awaits it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[str, tuple[threading.Lock, int]] = {}

    @contextmanager
    def hold(self, host: str) -> Iterator[None]:
        """Wait for the host and keep it."""
        with self._guard:
            lock, users = self._locks.get(host, (threading.Lock(), 0))
            self._locks[host] = (lock, users + 1)
        try:
            with lock:
                yield
        finally:
            self._leave(host)

    def _leave(self, host: str) -> None:
        with self._guard:
            lock, users = self._locks.pop(host)
            if users > 1:
                self._locks[host] = (lock, users - 1)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _excess(rest: bytes) -> str:
    return f"{len(rest)} bytes follow the end that the answer gave itself" if rest.strip() else ""


def _truncation(failure: FetchError, wire: Wire) -> Truncation:
    if isinstance(failure, TooLarge):
        return Truncation.LENGTH
    if isinstance(failure, FetchTimeout):
        return Truncation.TIME
    return Truncation.DISCONNECT if wire.received else Truncation.NONE


def _header_value(value: str) -> str:
    """``value`` if it may stand in a header, else "" (the request is then unconditional)."""
    return value if all(" " <= char <= "\xff" and char != "\x7f" for char in value) else ""
