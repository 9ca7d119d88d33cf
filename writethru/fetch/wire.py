"""The network: checks the address, keeps every byte, and holds the limits.

One ``RecordingStream`` serves one hop: the bytes written are the request, the bytes read are
the response.
"""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import dataclass, field

from writethru.errors import BrokenResponse, FetchError, FetchTimeout, TooLarge
from writethru.fetch.coding import final_head
from writethru.fetch.exchange import TlsSession
from writethru.fetch.guard import permitted, resolve
from writethru.fetch.settings import Address, FetchSettings

_MAX_ADDRESSES = 4  # of one host, tried in turn
_READ_BYTES = 64 * 1024


@dataclass(slots=True)
class Wire:
    """What went over one connection.

    Attributes:
        sent, received: bytes in order, after TLS.
        head: start and end of the final response's head in ``received``, None until it is whole.
        cut: a size limit ended the reading.
    """

    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)
    head: tuple[int, int] | None = None
    peer: str = ""
    tls: TlsSession | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Budget:
    """What one hop may use.

    Attributes:
        deadline: on ``time.monotonic``.
        max_wire_bytes: of the body as received.
    """

    settings: FetchSettings
    deadline: float
    max_wire_bytes: int

    def seconds(self, most: float) -> float:
        """Time for the next step: at most ``most``, and never past the deadline.

        Raises:
            FetchTimeout: the whole look's time is used up.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise FetchTimeout(f"the look took longer than {self.settings.total_seconds:g} s")
        return min(left, most)


class RecordingStream:
    """One connection; what it raises are our own errors."""

    def __init__(self, sock: socket.socket, wire: Wire, budget: Budget) -> None:
        self._sock = sock
        self._wire = wire
        self._budget = budget

    def read(self) -> bytes:
        """Up to 64 KiB, recorded; b"" at the end."""
        seconds = self._budget.seconds(self._budget.settings.read_seconds)
        self._sock.settimeout(seconds)
        try:
            piece = self._sock.recv(_READ_BYTES)
        except TimeoutError as error:
            self._budget.seconds(seconds)
            raise FetchTimeout(f"silent for {seconds:g} s") from error
        except OSError as error:
            kind = BrokenResponse if self._wire.received else FetchError
            raise kind("the connection broke while the answer was read") from error
        self._record(piece)
        return piece

    def _record(self, piece: bytes) -> None:
        wire, settings = self._wire, self._budget.settings
        wire.received += piece
        if wire.head is None:
            wire.head = final_head(wire.received)
            size = len(wire.received) if wire.head is None else wire.head[1]
            if size > settings.max_header_bytes:
                self._cut(settings.max_header_bytes, f"headers of more than {settings.max_header_bytes} bytes")
        if wire.head is not None and len(wire.received) - wire.head[1] > self._budget.max_wire_bytes:
            limit = self._budget.max_wire_bytes
            self._cut(wire.head[1] + limit, f"a body of more than {limit} bytes on the wire")

    def _cut(self, size: int, message: str) -> None:
        del self._wire.received[size:]
        self._wire.cut = True
        raise TooLarge(message)

    def write(self, buffer: bytes) -> None:
        """All of it, recorded."""
        try:
            self._sock.settimeout(self._budget.seconds(self._budget.settings.read_seconds))
            self._sock.sendall(buffer)
        except TimeoutError as error:
            raise FetchTimeout("the request could not be sent in time") from error
        except OSError:
            return  # the server may have answered and closed before it read everything: its answer is read
        self._wire.sent += buffer

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str) -> RecordingStream:
        """The same connection under TLS; the certificate is checked."""
        seconds = self._budget.seconds(self._budget.settings.connect_seconds)
        self._sock.settimeout(seconds)
        try:
            sock = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except TimeoutError as error:
            self.close()
            raise FetchTimeout(f"no TLS within {seconds:g} s") from error
        except ssl.SSLError as error:
            self.close()
            raise BrokenResponse(f"TLS failed: {_tls_fault(error)}") from error
        except OSError as error:
            self.close()
            raise BrokenResponse("TLS failed: the other side closed the connection") from error
        cipher = sock.cipher()
        self._wire.tls = TlsSession(sock.version() or "", cipher[0] if cipher else "")
        return RecordingStream(sock, self._wire, self._budget)

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()


def _tls_fault(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate is not valid: {error.verify_message}"
    return (error.reason or str(error)).replace("_", " ").lower()


def connect(host: str, port: int, wire: Wire, budget: Budget) -> RecordingStream:
    """Connect to the first address of the host that is permitted and answers.

    Raises:
        RefusedAddress: none is permitted.
        FetchTimeout, FetchError: none answers.
    """
    failure: FetchError | None = None
    for address in _addresses(host, port, budget)[:_MAX_ADDRESSES]:
        seconds = budget.seconds(budget.settings.connect_seconds)
        try:
            sock = open_socket(address, seconds)
        except TimeoutError as error:
            failure = _because(FetchTimeout(f"{address} did not answer within {seconds:g} s", key=host), error)
        except OSError as error:
            failure = _because(FetchError(f"cannot connect to {address}", key=host), error)
        else:
            wire.peer = str(address)
            return RecordingStream(sock, wire, budget)
    raise failure or FetchError("the host name has no address", key=host)


def _addresses(host: str, port: int, budget: Budget) -> list[Address]:
    settings = budget.settings
    override = settings.override(host)
    if override is not None:
        return [override]
    found = resolve(host.strip("[]"), port, budget.seconds(settings.connect_seconds))
    return [Address(ip, port) for ip in permitted(host.strip("[]"), found, settings.allowed_hosts)]


def _because(error: FetchError, cause: OSError) -> FetchError:
    error.__cause__ = cause
    return error


def open_socket(address: Address, seconds: float) -> socket.socket:
    """To this very address: no name is looked up again."""
    sock = socket.socket(socket.AF_INET6 if ":" in address.ip else socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.settimeout(seconds)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.connect((address.ip, address.port))
    except OSError:
        sock.close()
        raise
    return sock
