"""One browser and one archive for all tests that drive the pages; a complaint of the browser fails a test."""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import uvicorn

from tests.web.texts import FIGURES, FIRST, HEBREW, HOSTILE, HOSTILE_LATER, MOVED, whole_archive
from writethru.archive import Archive, open_archive
from writethru.config import ArchiveConfig, Config
from writethru.model import ArticleText
from writethru.web import WebSettings, create_app
from writethru.web.signing import COOKIE

CHROMIUM = os.environ.get("WRITETHRU_CHROMIUM") or shutil.which("chromium") or ""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

PATIENCE = 300_000
"""Milliseconds after which a page that does not come is a failure; a busy machine is none."""

REPORTING = """
window.reports = [];
document.addEventListener('securitypolicyviolation', event => window.reports.push(event.violatedDirective));
"""
"""Collects what the content security policy refused, before anything of the page runs."""


@contextmanager
def serving(archive: Archive) -> Iterator[str]:
    """The address of a running server over an archive."""
    server = uvicorn.Server(
        uvicorn.Config(create_app(archive, WebSettings(page_size=20)), log_level="error", lifespan="off", ws="none")
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def in_memory() -> Archive:
    """Every article of the tests."""
    return cast(Archive, whole_archive())


@contextmanager
def on_disk(folder: Path) -> Iterator[Archive]:
    """A real archive for pages that ask the database: searched, grouped into events, with a search that is kept.

    The second article is hostile, the third tells what the first does, the fourth is in Hebrew.
    """
    histories = {
        "pier": (FIRST, FIGURES, MOVED),
        "hostile": (HOSTILE, HOSTILE_LATER),
        "again": (FIRST,),
        "hebrew": HEBREW,
    }
    lines = [_line(name, hour, text) for name, texts in histories.items() for hour, text in enumerate(texts)]
    path = folder / "histories.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8", errors="replace")
    settings = Config(archive=ArchiveConfig(evidence=str(folder / "evidence")))
    with open_archive(str(folder / "writethru.db"), settings) as archive:
        archive.import_paths([path])
        archive.analyse()
        archive.search.save("Piers", "pier")
        yield archive


def _line(name: str, hour: int, text: ArticleText) -> dict[str, str]:
    return {
        "outlet": "The Old Sentinel" if name == "again" else "The Harbour Courier",
        "url": f"https://{'sentinel' if name == 'again' else 'courier'}.example/{name}",
        "time": f"2031-03-02T{10 + hour}:05:00Z",
        "title": text.headline,
        "text": text.text.encode("utf-8", "replace").decode(),
    }


def signed_in(context: Any, archive: Archive, address: str) -> None:
    """Let a browser in as an editor."""
    session = archive.safety.links.take(archive.safety.links.make_local(), here=True)
    context.add_cookies([{"name": COOKIE, "value": session.secret, "url": address}])


@contextmanager
def watched(browser: Any, address: str, **options: Any) -> Iterator[Any]:
    """A page; any complaint of the browser fails the test that used it."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "base_url": address, **options})
    context.set_default_timeout(PATIENCE)
    context.add_init_script(REPORTING)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
    yield opened
    reports = opened.evaluate("window.reports || []") if options.get("java_script_enabled", True) else []
    context.close()
    assert [text for text in complaints if not text.startswith("Failed to load resource")] == []
    assert reports == []
