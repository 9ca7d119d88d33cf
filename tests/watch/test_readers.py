"""A page that hangs or kills its reader ends alone, as an error of its own look."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fetch.servers import Connection, serving
from writethru.config import Config, FetchConfig, ScheduleConfig
from writethru.errors import InputError, ReadingFailed
from writethru.evidence import EvidenceFolder
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import Known
from writethru.model import Outcome, Reason
from writethru.storage import open_store
from writethru.watch import loop
from writethru.watch.loop import Watcher
from writethru.watch.readers import PageToRead, Readers, read_here

TEXT = "<p>The ferry resumes on Friday, the harbour office said. Crews were ready to sail again.</p>" * 4
GOOD = f"<html><head><title>Ferry</title></head><body><article><h1>Ferry resumes</h1>{TEXT}</article></body></html>"


def hostile(page: PageToRead) -> Known:
    """A reader that hangs on one word, dies of another and fails on a third."""
    if b"HANG" in page.body:
        threading.Event().wait()
    if b"KILL" in page.body:
        os._exit(9)
    if b"RAISE" in page.body:
        raise RecursionError("too deep")
    return read_here(page)


def page(body: str) -> PageToRead:
    return PageToRead(body.encode(), "http://a.example/x", Knowledge())


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    made = Readers(2, 2.0, hostile)
    yield made
    made.close()


def test_what_a_reader_gives_is_what_reading_here_gives(readers: Readers) -> None:
    assert readers.read(page(GOOD)) == read_here(page(GOOD))


@pytest.mark.parametrize(("word", "message"), [("HANG", "longer than 2 s"), ("KILL", "died"), ("RAISE", "too deep")])
def test_a_page_that_fails_ends_alone(readers: Readers, word: str, message: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        failing = pool.submit(readers.read, page(f"<p>{word}</p>"))
        others = [pool.submit(readers.read, page(GOOD)) for _ in range(3)]
        with pytest.raises(ReadingFailed, match=message):
            failing.result(30)
        assert {other.result(30).extraction.headline for other in others} == {"Ferry resumes"}


def test_what_is_no_page_is_said_as_here(readers: Readers) -> None:
    paper = PageToRead(b"%PDF-1.7 " + bytes(range(256)), "http://a.example/x", Knowledge(), "application/pdf")
    with pytest.raises(InputError):
        read_here(paper)
    with pytest.raises(InputError):
        readers.read(paper)


def answer(connection: Connection) -> None:
    body = (GOOD.replace("Crews", "KILL") if connection.path == "/bad" else GOOD).encode()
    if connection.path == "/robots.txt":
        connection.say(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
        return
    connection.say(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nContent-Type: text/html\r\n\r\n" % len(body), body)


def test_a_page_that_kills_its_reader_is_an_error_of_its_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: Callable[[], Readers] = lambda: Readers(1, 10.0, hostile)  # noqa: E731
    monkeypatch.setattr(loop, "Readers", made)
    store = open_store(str(tmp_path / "writethru.db"))
    now, stop = datetime.now(UTC), threading.Event()
    names = ("bad", "one", "two")
    with serving(answer) as server:
        fetch = FetchConfig(
            connect_to=tuple(f"{name}.example={server.address}" for name in names), delay_seconds=0.0, threads=3
        )
        for name in names:
            url = f"http://{name}.example/{name}"
            store.add_article(url, host=f"{name}.example", outlet_id=None, at=now, next_look_at=now, reason="test")
        config = Config(fetch=fetch, schedule=ScheduleConfig(floor_minutes=60))
        with Watcher(store, EvidenceFolder(tmp_path / "evidence"), config) as watcher:
            watcher.run(
                now + timedelta(seconds=60), stop, progress=lambda done, *_: stop.set() if done == len(names) else None
            )
    looks = [(capture.look.outcome, capture.look.reason) for capture in store.all_captures()]
    store.close()
    assert sorted(looks) == [
        (Outcome.EDITED, Reason.FIRST_SEEN),
        (Outcome.EDITED, Reason.FIRST_SEEN),
        (Outcome.ERROR, Reason.READING_FAILED),
    ]
