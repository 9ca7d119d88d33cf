"""A raw-socket server that says exactly the bytes a test wants, when it wants.

HTTP libraries cannot misbehave on purpose; this one knows no HTTP at all.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HOST = "harbour-courier.example"
TLS = Path(__file__).parent / "tls"
PATIENCE = 5.0  # seconds, for every blocking step of the server itself

Answer = Callable[["Connection"], None]


@dataclass
class Connection:
    """One accepted connection, after the request's head was read."""

    sock: socket.socket
    request: bytes
    stopping: threading.Event

    @property
    def path(self) -> str:
        """The request target."""
        return self.request.split(b" ")[1].decode()

    def say(self, *pieces: bytes) -> None:
        """Send, and do not mind if nobody listens any more."""
        with contextlib.suppress(OSError):
            for piece in pieces:
                self.sock.sendall(piece)

    def drip(self, piece: bytes, seconds: float) -> None:
        """Send ``piece`` again and again, that many seconds apart, until somebody has enough."""
        with contextlib.suppress(OSError):
            while not self.stopping.wait(seconds):
                self.sock.sendall(piece)


@dataclass
class Server:
    """Where it listens, and what it was asked."""

    port: int
    requests: list[bytes] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0

    @property
    def address(self) -> str:
        """For ``connect_to``."""
        return f"127.0.0.1:{self.port}"


@contextmanager
def serving(answer: Answer | bytes, *, tls: bool = False) -> Iterator[Server]:
    """A server on a free port of 127.0.0.1, gone when the block ends.

    Args:
        answer: called for each connection, or the bytes to say.
        tls: present the certificate of ``harbour-courier.example``.
    """
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        state = _Running(answer, Server(listener.getsockname()[1]), _context() if tls else None)
        accepting = threading.Thread(target=state.accept, args=(listener,))
        accepting.start()
        try:
            yield state.server
        finally:
            state.stopping.set()
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            accepting.join(PATIENCE)
            for thread in state.threads:
                thread.join(PATIENCE)


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "harbour-courier.pem", TLS / "test-only.key")
    return context


class _Running:
    def __init__(self, answer: Answer | bytes, server: Server, tls: ssl.SSLContext | None) -> None:
        self.answer = answer
        self.server = server
        self.tls = tls
        self.stopping = threading.Event()
        self.threads: list[threading.Thread] = []
        self._lock = threading.Lock()

    def accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while not self.stopping.is_set():
                sock, _ = listener.accept()
                thread = threading.Thread(target=self._serve, args=(sock,))
                self.threads.append(thread)
                thread.start()

    def _serve(self, sock: socket.socket) -> None:
        sock.settimeout(PATIENCE)
        with sock, contextlib.suppress(OSError):
            if self.tls is not None:
                sock = self.tls.wrap_socket(sock, server_side=True)
            with sock:
                self._converse(sock)

    def _converse(self, sock: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            piece = sock.recv(65536)
            if not piece:
                return
            request += piece
        self._count(1, request)
        connection = Connection(sock, request, self.stopping)
        if isinstance(self.answer, bytes):
            self.stopping.wait(0.005)  # long enough for a second request to be seen beside it
            self._count(-1, None)  # before the answer: the client may ask again as soon as it has it
            connection.say(self.answer)
            return
        try:
            self.answer(connection)
        finally:
            self._count(-1, None)

    def _count(self, step: int, request: bytes | None) -> None:
        with self._lock:
            self.server.in_flight += step
            self.server.most_in_flight = max(self.server.most_in_flight, self.server.in_flight)
            if request is not None:
                self.server.requests.append(request)


def ok(body: bytes, *headers: str) -> bytes:
    """A 200 with its right length."""
    lines = ["HTTP/1.1 200 OK", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body
