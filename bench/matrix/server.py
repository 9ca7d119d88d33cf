"""A local server for the matrix: every cell has its own address, and all change when the event comes."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from bench.matrix.classes import CLASSES
from bench.matrix.pages import Page
from bench.matrix.scenes import Answer, Class, Scene, answer, scene


@dataclass(frozen=True)
class Cell:
    """One class on one template."""

    kind: Class
    scene: Scene
    number: int

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return f"c{self.number:03d}"

    @property
    def host(self) -> str:
        """A host name of its own, for those who can be told where a name leads."""
        return f"{self.slug}.example"

    @property
    def path(self) -> str:
        """Its path; the same on every host."""
        return f"/{self.slug}/2031/05/story-{self.number}.html"

    def before(self) -> Answer:
        """What is served until the event."""
        return self.scene.show(self.kind.before(self.scene.page))

    def after(self, number: int) -> Answer | None:
        """What is served to the request of this number since the event."""
        return self.kind.after(self.scene, number)


def cells(templates: Iterable[str], classes: Iterable[Class] = CLASSES) -> list[Cell]:
    """All cells that make sense: a story without quotation marks has none to curl."""
    classes = list(classes)
    made = [Cell(kind, scene(template), 0) for template in templates for kind in classes]
    fitting = [cell for cell in made if cell.after(0) is not None]
    return [Cell(cell.kind, cell.scene, number) for number, cell in enumerate(fitting, 1)]


class MatrixServer(ThreadingHTTPServer):
    """Serves cells; ``changed`` is the event."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, shown: Iterable[Cell]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.cells = {cell.slug: cell for cell in shown}
        self.changed = False
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def url(self, cell: Cell) -> str:
        """The cell's address for those who go by IP address."""
        return f"http://127.0.0.1:{self.port}{cell.path}"

    def answer(self, host: str, path: str) -> Answer:
        """What is said to a request for this path."""
        named = host.partition(".")[0]
        cell = self.cells.get(path.strip("/").partition("/")[0]) or self.cells.get(named)
        if path == "/robots.txt":
            forbidden = cell is not None and cell.kind.robots and self.changed
            text = "User-agent: *\nDisallow: /c\n" if forbidden else "User-agent: *\nAllow: /\n"
            return Answer(text.encode(), headers={"Content-Type": "text/plain"})
        if cell is not None and path == cell.path:
            return self._cell(cell)
        return _around(cell or next(iter(self.cells.values())), path)

    def _cell(self, cell: Cell) -> Answer:
        if not self.changed:
            return cell.before()
        with self._lock:
            number = self._asked[cell.slug]
            self._asked[cell.slug] += 1
        return cell.after(number) or cell.before()


def _around(cell: Cell, path: str) -> Answer:
    """The home page, a section, a log-in page; all else is not there."""
    page = cell.scene.page
    if path == "/" or path.startswith("/section"):
        return answer(_listing(page, "" if path == "/" else page.story.section))
    if path.startswith("/login"):
        form = f"<form><h1>{page.say('login')}</h1><input name=user><input name=password type=password></form>"
        return answer(f"<html><head><title>{page.say('login')}</title></head><body>{form}</body></html>")
    return Answer(b"nothing here", 404, {"Content-Type": "text/plain"})


def _listing(page: Page, section: str) -> str:
    teasers = "".join(
        f'<div class="teaser"><h2><a href="/s/{n}">{title}</a></h2><p>{title} - {page.story.outlet}</p></div>'
        for n, title in enumerate(page.story.others * 2)
    )
    name = " - ".join(filter(None, (section, page.story.outlet)))
    return (
        f"<!doctype html><html lang={page.story.language}><head><meta charset=utf-8><title>{name}</title>"
        f'<meta property="og:type" content="website"></head><body><h1>{name}</h1><main>{teasers}</main></body></html>'
    )


class _Handler(BaseHTTPRequestHandler):
    server: MatrixServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        found = self.server.answer(self.headers.get("Host", ""), path)
        etag = f'"{sha256(found.body).hexdigest()[:16]}"'
        if found.status == 200 and found.cut is None and self.headers.get("If-None-Match") == etag:
            self._say(Answer(b"", 304), {"ETag": etag})
            return
        self._say(found, {"ETag": etag} if found.status == 200 and "Content-Encoding" not in found.headers else {})

    def _say(self, found: Answer, more: dict[str, str]) -> None:
        self.send_response(found.status)
        for name, value in {**found.headers, **more}.items():
            self.send_header(name, value)
        if found.status != 304:
            self.send_header("Content-Length", str(len(found.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(found.body[: found.cut])
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@contextmanager
def serving(shown: Iterable[Cell]) -> Iterator[MatrixServer]:
    """The server in a thread of this process."""
    server = MatrixServer(shown)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
