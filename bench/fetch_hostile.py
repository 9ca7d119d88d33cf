"""Peak memory and CPU of looks at hostile servers: a 200 MB page, a 10 GB gzip bomb, a body without end."""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import resource
import socket
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.machine import machine

HOST = "press.example"
MEGABYTE = 1 << 20
BLOCK = 10 * MEGABYTE


def page() -> Iterator[bytes]:
    """200 MB of honest HTML with its right length."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (200 * MEGABYTE)
    paragraph = (b"<p>" + b"The harbour was closed again on Friday. " * 100 + b"</p>\n").ljust(MEGABYTE, b" ")
    yield from (paragraph for _ in range(200))


def bomb() -> Iterator[bytes]:
    """10 MB of gzip that unpack to 10 GB: one flushed block, again and again."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    yield b"\x1f\x8b\x08\0\0\0\0\0\0\x03"
    yield from (block for _ in range(10 * 1024 * MEGABYTE // BLOCK))


def endless() -> Iterator[bytes]:
    """Chunks for ever."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    while True:
        yield chunk


def small() -> Iterator[bytes]:
    """An ordinary page of 60 kB, for comparison."""
    body = b"<html><body><h1>Harbour closed</h1>" + b"<p>It was closed again on Friday, they said.</p>" * 1200
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body


CASES = {"ordinary page": small, "200 MB page": page, "10 GB gzip bomb": bomb, "body without end": endless}


def serve(listener: socket.socket) -> None:
    """Answer until killed; the path says which case."""
    while True:
        sock, _ = listener.accept()
        with sock, contextlib.suppress(OSError):
            path = sock.recv(65536).split(b" ")[1].decode().strip("/").replace("-", " ")
            pieces = CASES.get(path)
            for piece in pieces() if pieces else (b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n",):
                sock.sendall(piece)


def look(case: str, port: int) -> dict[str, object]:
    """One look through the whole loop with default limits, in this process."""
    from writethru.archive import open_archive
    from writethru.config import ArchiveConfig, Config, FetchConfig

    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "w.db")
        config = Config(
            archive=ArchiveConfig(database=database, evidence=str(Path(folder) / "evidence")),
            fetch=FetchConfig(connect_to=(f"{HOST}=127.0.0.1:{port}",), delay_seconds=0.0),
        )
        with open_archive(database, config) as archive:
            now, url = datetime.now(UTC), f"http://{HOST}/{case.replace(' ', '-')}"
            article = archive.store.add_article(
                url, host=HOST, outlet_id=None, at=now, next_look_at=now, reason="measured"
            )
            began, spent = time.monotonic(), time.process_time()
            archive.watch_once()
            last = archive.captures(article.id)[-1].look
            return {
                "case": case,
                "outcome": f"{last.outcome.value}/{last.reason.value}",
                "detail": last.detail,
                "seconds": round(time.monotonic() - began, 2),
                "cpu_seconds": round(time.process_time() - spent, 2),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
            }


def measured(case: str, port: int) -> dict[str, object]:
    """The look in a process of its own, so that its peak is its own."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(look, (case, port))


def main() -> int:
    """Measure all cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = multiprocessing.get_context("fork").Process(target=serve, args=(listener,), daemon=True)
        server.start()
        rows = [measured(case, listener.getsockname()[1]) for case in CASES]
        server.kill()
        server.join()
    if asked.json:
        print(json.dumps({"machine": machine(), "looks": rows}, indent=2))
        return 0
    print(machine())
    for row in rows:
        print("  ".join(f"{value!s:>16}" for value in row.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
