"""CPU of one unchanged check by changedetection.io and urlwatch, for ``watch_cost --peers``.

Each checks the same pages at addresses of their own on a server of this process; the CPU is
that of its processes alone. urlwatch is started anew for each round, as it is used: its start
is taken off by a run without jobs.
"""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench.matrix.peers import NotInstalled, changedetection_server, check_all, program

PAGES = 40
ROUNDS = 3
TICKS = os.sysconf("SC_CLK_TCK")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    mode = "304"
    bodies: tuple[bytes, bytes] = (b"", b"")
    round = 0


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        if server.mode == "304" and self.headers.get("If-None-Match") == '"a"':
            self.send_response(304)
            self.send_header("ETag", '"a"')
            self.end_headers()
            return
        body = server.bodies[server.round % 2 if server.mode == "furniture" else 0]
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if server.mode == "304":
            self.send_header("ETag", '"a"')
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@contextmanager
def _serving(bodies: tuple[bytes, bytes], mode: str) -> Iterator[_Server]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.bodies, server.mode = bodies, mode
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def _urls(server: _Server) -> list[str]:
    return [f"http://127.0.0.1:{server.server_address[1]}/p{number}" for number in range(PAGES)]


def _urlwatch(environment: Path, server: _Server, folder: Path) -> float:
    """CPU milliseconds of a check."""
    command = [
        program(environment, "urlwatch"),
        "--config",
        "c.yaml",
        "--hooks",
        "h.py",
        "--cache",
        "cache.db",
        "--urls",
    ]
    (folder / "h.py").write_text("", encoding="utf-8")
    jobs = "---\n".join(f"name: p{n}\nurl: {url}\nfilter:\n  - html2text\n" for n, url in enumerate(_urls(server)))
    (folder / "jobs.yaml").write_text(jobs, encoding="utf-8")
    (folder / "none.yaml").write_text("name: none\nurl: file:///dev/null\n", encoding="utf-8")

    def cpu(jobs: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*command, jobs], cwd=folder, capture_output=True, timeout=300, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    cpu("jobs.yaml")
    start = min(cpu("none.yaml") for _ in range(2))
    used = []
    for number in range(ROUNDS):
        server.round = number + 1
        used.append(cpu("jobs.yaml") - start)
    return min(used) * 1000 / PAGES


def _changedetection(environment: Path, server: _Server, folder: Path) -> float:
    """CPU milliseconds of a check, by the server's own processor time."""
    with changedetection_server(program(environment, "changedetection.io"), folder) as (api, process):
        for url in _urls(server):
            api("POST", "watch", {"url": url})
        began = check_all(api, PAGES, 0.0)
        began = check_all(api, PAGES, began)
        used = []
        for number in range(ROUNDS):
            server.round, before = number + 1, _cpu_of(process.pid)
            began = check_all(api, PAGES, began)
            used.append(_cpu_of(process.pid) - before)
    return min(used) * 1000 / PAGES


def _cpu_of(pid: int) -> float:
    """CPU seconds of a process and its ended children."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def peers_cost(environment: Path, page: bytes, other: bytes) -> list[dict[str, Any]]:
    """A row for each peer and kind of unchanged look."""
    rows: list[dict[str, Any]] = []
    for name, measured in (("urlwatch", _urlwatch), ("changedetection.io", _changedetection)):
        for mode in ("304", "bytes", "furniture"):
            row: dict[str, Any] = {"look": f"{name}, {mode}"}
            try:
                with tempfile.TemporaryDirectory() as made, _serving((page, other), mode) as server:
                    row["cpu_ms"] = round(measured(environment, server, Path(made)), 2)
            except NotInstalled as missing:
                row["not_installed"] = str(missing)
            rows.append(row)
    return rows
