"""The real server beside the real loop: ``writethru up`` with a press to watch."""

from __future__ import annotations

import json
import re
import signal
import socket
import sqlite3
import time
from pathlib import Path
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import pytest

from tests.acceptance.test_faults import NOON, lines, reach, write
from tests.cli.command import Command, Running
from writethru.press import Press, VirtualClock, load_plays


def address_of(process: Running) -> str:
    """Where it says that its pages are."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.alive:
        said = re.search(r"http://127\.0\.0\.1:\d+", process.out.read_text())
        if said:
            return said.group()
        time.sleep(0.05)
    raise AssertionError(f"never said where its pages are: {process.err.read_text()}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_up_watches_and_serves_until_interrupted(tmp_path: Path, number: signal.Signals) -> None:
    user = Command(tmp_path)
    plays = load_plays(write(tmp_path / "played.jsonl", lines(3, 1)))
    with Press(plays, VirtualClock(NOON)) as press:
        assert user("add", "http://post.example/feed.xml", env=reach(press)).code == 0
        process = user.start("up", "--port", 0, env=reach(press))
        base = address_of(process)
        deadline = time.monotonic() + 60
        while json.load(urlopen(f"{base}/api/v1/status"))["versions"] < 3 and time.monotonic() < deadline:
            time.sleep(0.1)
        for page in ("/", "/articles", "/articles/1", "/articles/1/versions/1", "/watching", "/about"):
            with urlopen(f"{base}{page}") as answer:
                assert (page, answer.status, b"Traceback" in answer.read()) == (page, 200, False)
        assert ET.fromstring(urlopen(f"{base}/feed.atom").read()).tag.endswith("feed")
        assert len(json.load(urlopen(f"{base}/api/v1/articles"))["items"]) == 3
        process.send(number)
        begun = time.monotonic()
        done = process.wait(30)
        assert time.monotonic() - begun < 15
        assert done.code in (0, 130)
        assert "Traceback" not in done.err
        assert not press.faults
    assert not list((tmp_path / "writethru.evidence").glob("*.open"))
    assert user("verify").code == 0


def test_up_on_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = Command(tmp_path)("up", "--port", taken.getsockname()[1], seconds=30)
    assert (done.code, "--port" in done.err, "Traceback" in done.err) == (2, True, False)


@pytest.mark.parametrize("args", [("--port", "70000"), ("--host", "no such host")])
def test_up_with_an_address_that_cannot_be(tmp_path: Path, args: tuple[str, str]) -> None:
    done = Command(tmp_path)("up", *args, seconds=30)
    assert (done.code, "Traceback" in done.err) == (2, False)


def test_up_does_not_outlive_its_watching(tmp_path: Path) -> None:
    """Pages that go on while nobody watches would show an outage as "unchanged"."""
    user = Command(tmp_path)
    write(tmp_path / "v.jsonl", lines(1, 1))
    assert user("import", "v.jsonl").code == 0
    with sqlite3.connect(tmp_path / "writethru.db") as connection:
        connection.execute("UPDATE identity SET value = 'somebody else'")
    connection.close()
    done = user("up", "--port", 0, seconds=60)
    assert (done.code, "another archive" in done.err) == (6, True)
