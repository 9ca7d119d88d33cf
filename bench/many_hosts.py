"""A server that is many hosts, in a process of its own; its log tells how many requests each host had at once.

A request counts from the moment its connection was opened until the connection is closed, so
that two connections at one host would show even if the second asked later.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
PARAGRAPH = "The harbour office said on Monday that the ferry would sail again when the inquiry has ended. "
LATENCY = 0.02


def page(host: str, path: str) -> bytes:
    """A small article of this host, always the same."""
    body = "".join(f"<p>{host} {path} {number}: {PARAGRAPH * 2}</p>" for number in range(8))
    head = f'<meta charset=utf-8><title>Ferry {path}</title><meta property="og:type" content="article">'
    return f"<!doctype html><html><head>{head}</head><body><article><h1>Ferry {path}</h1>{body}</article></body></html>".encode()


class _Connection(asyncio.Protocol):
    """One connection: one request, one answer after the latency."""

    def __init__(self, log: list[tuple[str, float, float]], latency: float) -> None:
        self._log = log
        self._latency = latency
        self._opened = 0.0
        self._host = ""
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._opened = time.monotonic()
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        if b"\r\n\r\n" not in self._read:
            return
        lines = self._read.decode("latin-1").split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        self._host = headers.get("Host", "").partition(":")[0]
        asyncio.get_running_loop().call_later(self._latency, self._answer, lines[0].split(" ")[1], headers)

    def _answer(self, path: str, headers: dict[str, str]) -> None:
        if path == "/robots.txt":
            self._say("200 OK", "Content-Type: text/plain\r\n", b"User-agent: *\nAllow: /\n")
            return
        body = page(self._host, path)
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        if headers.get("If-None-Match") == etag:
            self._say("304 Not Modified", f"ETag: {etag}\r\n", b"")
        else:
            self._say("200 OK", f"Content-Type: text/html; charset=utf-8\r\nETag: {etag}\r\n", body)

    def _say(self, status: str, headers: str, body: bytes) -> None:
        if self._transport.is_closing():
            return
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        head = f"HTTP/1.1 {status}\r\n{headers}{length}Connection: close\r\n\r\n"
        self._transport.write(head.encode() + body)  # type: ignore[attr-defined]
        self._transport.close()

    def connection_lost(self, _error: Exception | None) -> None:
        if self._host:
            self._log.append((self._host, self._opened, time.monotonic()))


async def _serve(folder: Path, latency: float) -> None:
    log: list[tuple[str, float, float]] = []
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(log, latency), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)  # until the other side lets go
    server.close()
    (folder / "log.json").write_text(json.dumps(log), encoding="utf-8")


@dataclass
class Hosts:
    """The server, as the benchmark sees it; ``log`` is there when it has ended."""

    port: int
    log: list[tuple[str, float, float]]


@contextmanager
def many_hosts(folder: Path, latency: float = LATENCY) -> Iterator[Hosts]:
    """The server in its own process, each answer so many seconds away; its log is read when it has ended."""
    command = [sys.executable, str(Path(__file__).resolve()), str(folder), str(latency)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        hosts = Hosts(int(_pipe(process.stdout).readline()), [])
        try:
            yield hosts
        finally:
            with suppress(BrokenPipeError):
                _pipe(process.stdin).close()
            process.wait(30)
            hosts.log = [tuple(line) for line in json.loads((folder / "log.json").read_text(encoding="utf-8"))]


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise RuntimeError("the server has no pipe")
    return stream


def most_at_once(log: list[tuple[str, float, float]]) -> int:
    """The most connections that any one host had open at the same time."""
    most = 0
    by_host: dict[str, list[tuple[float, int]]] = {}
    for host, opened, closed in log:
        by_host.setdefault(host, []).extend([(opened, 1), (closed, -1)])
    for events in by_host.values():
        now = 0
        for _, step in sorted(events):  # at the same instant a close comes before an opening
            now += step
            most = max(most, now)
    return most


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), float(sys.argv[2])))
