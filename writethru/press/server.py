"""The press itself: a threaded HTTP/1.1 server on 127.0.0.1 with exact control over what goes out."""

from __future__ import annotations

import contextlib
import errno
import socket
import socketserver
import struct
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from writethru.errors import ConfigError
from writethru.press.answers import Desk, Manner, Place, locate
from writethru.press.clock import Clock
from writethru.press.control import control
from writethru.press.delivery import Delivery, Ending, deliver
from writethru.press.furniture import Style
from writethru.press.log import RequestLog, sights
from writethru.press.plays import Article, Plays
from writethru.press.rules import ORDERLY, Conduct, Kind, Rule, RuleBook
from writethru.press.wire import NOT_ALLOWED, Ask, BadRequestError, Reply, read_ask

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_STATUSLESS = (Kind.STALL, Kind.RESET, Kind.GARBAGE)


class Press:
    """Plays ``plays`` on ``clock`` while it is entered; ``with Press(plays, clock) as press: press.port``.

    Args:
        plays: what is served.
        clock: the virtual time; share one with the watch loop.
        port: 0 lets the system choose.
        rules: misbehaviour, after that of the plays.
        manner: how it serves otherwise; by default with the furniture the plays ask for.

    Attributes:
        faults: errors of the press's own while it answered; a test should find none.

    Raises:
        ConfigError: (on entering) the port is taken or not permitted.
    """

    def __init__(
        self, plays: Plays, clock: Clock, *, port: int = 0, rules: Iterable[Rule] = (), manner: Manner | None = None
    ) -> None:
        self.plays = plays
        self.clock = clock
        self.manner = manner or Manner(Style.LIVELY if plays.lively else Style.NONE)
        self.book = RuleBook((*plays.rules, *rules))
        self.log = RequestLog()
        self.desk = Desk(plays, self.book, self.manner)
        self.closing = threading.Event()
        self.faults: list[BaseException] = []
        self._wanted_port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port it listens on, while entered."""
        return int(self._listening().server_address[1])

    @property
    def address(self) -> str:
        """``http://127.0.0.1:PORT``."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        """Start to listen and serve in the background."""
        self.closing.clear()
        self._server = _open(self, self._wanted_port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="press", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop: every connection is closed and every thread has ended."""
        self.closing.set()
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.hang_up()
            self._server.server_close()
            self._thread.join()
        self._server = self._thread = None

    def looked_at(self, article: Article) -> tuple[int, ...]:
        """Numbers of the versions of one article that looks so far could see, in order."""
        return self.sights().get((article.host, article.path), ())

    def sights(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """The same for all articles by host and path (see ``log.sights``)."""
        return sights(self.log.records())

    def _listening(self) -> _Server:
        if self._server is None:
            raise ConfigError("the press is not running; use it in a with statement", key="press")
        return self._server


def _open(press: Press, port: int) -> _Server:
    try:
        return _Server(press, port)
    except (OSError, OverflowError) as problem:
        if getattr(problem, "errno", None) == errno.EADDRINUSE:
            message = "another program listens on this port; stop it or choose another with --port"
        else:
            message = "cannot listen on this port; choose one from 1024 to 65535"
        raise ConfigError(message, key=f"127.0.0.1:{port}") from problem


class _Server(socketserver.ThreadingTCPServer):
    """Listens for a press; knows its open connections, so that it can end them."""

    allow_reuse_address = True
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, press: Press, port: int) -> None:
        self.press = press
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._resets: set[socket.socket] = set()
        self._connections = 0
        super().__init__(("127.0.0.1", port), _Connection)

    def connected(self, connection: socket.socket) -> int:
        """Note an open connection; returns its number."""
        with self._lock:
            self._open.add(connection)
            self._connections += 1
            if self.press.closing.is_set():  # it came in while the others were being ended
                connection.shutdown(socket.SHUT_RDWR)
            return self._connections

    def disconnected(self, connection: socket.socket) -> None:
        """Note its end."""
        with self._lock:
            self._open.discard(connection)

    def hang_up(self) -> None:
        """End all connections, so that their threads end."""
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def reset(self, connection: socket.socket) -> None:
        """Have the connection end with RST in place of FIN."""
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        with self._lock:
            self._resets.add(connection)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection; a FIN sent first would spoil a reset."""
        with self._lock:
            is_reset = request in self._resets
            self._resets.discard(request)
        if is_reset:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in mid-answer is everyday life; anything else is a fault of ours."""
        fault = sys.exc_info()[1]
        if fault is not None and not isinstance(fault, OSError):
            self.press.faults.append(fault)
            super().handle_error(request, client_address)


class _Connection(socketserver.StreamRequestHandler):
    """One client connection: request after request until one side has enough."""

    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        """Make the connection known."""
        super().setup()
        self.number = self.server.connected(self.connection)

    def finish(self) -> None:
        """Forget it."""
        self.server.disconnected(self.connection)
        super().finish()

    def handle(self) -> None:
        """Serve requests."""
        press = self.server.press
        while not press.closing.is_set():
            try:
                ask = read_ask(self.rfile)
            except BadRequestError as problem:
                reply = Reply(400, f"{problem}\n".encode(), "text/plain; charset=utf-8")
                ask = Ask("GET", "/", {"connection": "close"})
                self._send(deliver(ask, reply, press.clock.now(), press.manner, ORDERLY), "")
                return
            if ask is None or not self._serve(press, ask):
                return

    def _serve(self, press: Press, ask: Ask) -> bool:
        """Answer one request; whether the connection goes on."""
        place = locate(ask, press.plays)
        now = press.clock.now()
        if not place.host:
            return self._send(deliver(ask, control(press, ask, place.path, place.base), now, Manner(), ORDERLY), "")
        arrived, concurrent = datetime.now(UTC), press.log.arrive(place.host)
        conduct = press.book.conduct(place.host, place.path, now, page=place.is_page)
        reply = _answer(press, ask, place, now, conduct)
        delivery = deliver(ask, reply, now, press.manner, conduct)
        press.log.write(
            {
                **_record(ask, place, reply, conduct),
                "time": arrived,
                "virtual": now,
                "concurrent": concurrent,
                "connection": self.number,
                "rules": conduct.names,
            }
        )
        return self._send(delivery, place.host)

    def _send(self, delivery: Delivery, host: str) -> bool:
        """Put the bytes on the wire. The request counts as answered just before its last piece goes out."""
        press = self.server.press
        waiting: bytes | None = None
        pause = delivery.before
        try:
            for piece in delivery.pieces:
                if waiting is not None:
                    self._write(waiting, pause)
                    pause = delivery.between
                waiting = piece
            if pause:
                press.closing.wait(pause)
        finally:
            if host and delivery.ending is not Ending.HOLD:
                press.log.leave(host)
        if waiting is not None:
            self.connection.sendall(waiting)
        return self._end(delivery.ending, host)

    def _write(self, piece: bytes, pause: float) -> None:
        if pause and self.server.press.closing.wait(pause):
            raise ConnectionAbortedError("the press is closing")
        self.connection.sendall(piece)

    def _end(self, ending: Ending, host: str) -> bool:
        if ending is Ending.HOLD:
            try:
                while self.connection.recv(65536):  # until the client gives up, or the press hangs up
                    pass
            finally:
                if host:
                    self.server.press.log.leave(host)
        if ending is Ending.RESET:
            self.server.reset(self.connection)
        return ending is Ending.KEEP


def _answer(press: Press, ask: Ask, place: Place, now: datetime, conduct: Conduct) -> Reply:
    if ask.method not in ("GET", "HEAD"):
        return NOT_ALLOWED
    try:
        return press.desk.answer(ask, place, now, conduct)
    except Exception as fault:  # a template's error or a file that is gone must be seen by whoever looks
        press.faults.append(fault)
        return Reply(500, f"{type(fault).__name__}: {fault}\n".encode(errors="replace"), "text/plain; charset=utf-8")


def _record(ask: Ask, place: Place, reply: Reply, conduct: Conduct) -> dict[str, Any]:
    kind = conduct.delivery.kind if conduct.delivery else None
    is_sight = ask.method == "GET" and kind in (None, Kind.LATENCY, Kind.SLOW)
    return {
        "method": ask.method,
        "host": place.host,
        "path": place.path,
        "status": 0 if kind in _STATUSLESS else reply.status,
        "article": reply.article if is_sight and reply.version else "",
        "version": reply.version if is_sight else 0,
        "agent": ask.headers.get("user-agent", ""),
        "conditional": ask.is_conditional,
    }
