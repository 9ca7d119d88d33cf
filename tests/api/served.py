"""The real application on a real archive, behind a real server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from writethru.archive import Archive
from writethru.config import ArchiveConfig, Config
from writethru.storage import open_store

STATES = [
    ("2031-03-02T14:05:00Z", "Board shuts pier", "Engineers found 12 cracks.\n\nKerry left."),
    ("2031-03-02T15:00:00Z", "Board shuts pier", "The board denies it: 21 cracks.\n\nKerry left."),
    ("2031-03-02T18:00:00Z", "Board opens pier", "The board denies it: 21 cracks.\n\nKerry stayed."),
]


@contextmanager
def made_archive(folder: Path) -> Iterator[Archive]:
    """Three articles with three states each, and a saved search."""
    lines = [
        {"outlet": "Courier", "url": f"https://courier.example/{n}", "time": time, "title": title, "text": text}
        for n in (1, 2, 3)
        for time, title, text in STATES
    ]
    path = folder / "pier.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    config = Config(archive=ArchiveConfig(evidence=str(folder / "evidence")))
    with Archive(open_store(str(folder / "served.db")), config) as archive:
        archive.import_paths([path])
        archive.search.save("Kerry", "kerry left")
        yield archive


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of a server on a free port."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    ready = threading.Event()
    real = server.startup

    async def startup(sockets: object = None) -> None:
        await real(sockets)  # type: ignore[arg-type]
        ready.set()

    server.startup = startup  # type: ignore[method-assign,assignment]
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert ready.wait(60)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
