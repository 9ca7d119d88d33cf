"""The matrix looked at by other trackers, each headless with its own defaults, from a Python of its own.

They are looked for in the environment whose folder is given (``--peers``); a tracker that is
not there is said to be not installed, with what the installer said where that is known.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from bench.matrix.ours import Told
from bench.matrix.server import Cell, MatrixServer

LOOKS = 2
"""Looks before the event, and again after it: enough for a tracker that wants to see a thing twice."""

Look = Callable[[Path, MatrixServer, Sequence[Cell], Path], dict[str, Told]]


class NotInstalled(Exception):
    """The tracker is not in this environment."""


# urlwatch

_REPORTED = re.compile(r"^\d*\.?\s*(CHANGED|ERROR|NEW|UNCHANGED): (c\d+)\b", re.M)


def urlwatch(peers: Path, server: MatrixServer, shown: Sequence[Cell], folder: Path) -> dict[str, Told]:
    """urlwatch by its command line: a job a cell, the whole page, as its manual begins."""
    return _urlwatch(peers, server, shown, folder, "")


def urlwatch_text(peers: Path, server: MatrixServer, shown: Sequence[Cell], folder: Path) -> dict[str, Told]:
    """The same with its filter ``html2text``, as its manual advises for pages."""
    return _urlwatch(peers, server, shown, folder, "filter:\n  - html2text\n")


def _urlwatch(peers: Path, server: MatrixServer, shown: Sequence[Cell], folder: Path, more: str) -> dict[str, Told]:
    tracker = program(peers, "urlwatch")
    jobs = "---\n".join(f"name: {cell.slug}\nurl: {server.url(cell)}\n{more}" for cell in shown)
    (folder / "urls.yaml").write_text(jobs, encoding="utf-8")
    (folder / "hooks.py").write_text("", encoding="utf-8")
    command = [tracker, "--urls", "urls.yaml", "--config", "config.yaml", "--cache", "cache.db", "--hooks", "hooks.py"]

    def run() -> list[tuple[str, str]]:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=900, check=False)
        return [(name, word.lower()) for word, name in _REPORTED.findall(done.stdout)]

    for _ in range(LOOKS):
        run()
    server.changed = True
    reports = [set(run()) for _ in range(LOOKS)]
    return {cell.slug: _reported(cell.slug, reports) for cell in shown}


def _reported(slug: str, reports: Sequence[set[tuple[str, str]]]) -> Told:
    words = [word for report in reports for name, word in sorted(report) if name == slug]
    return Told(edits=words.count("changed"), named=tuple(dict.fromkeys(words)) or ("unchanged",))


# changedetection.io


def changedetection(peers: Path, server: MatrixServer, shown: Sequence[Cell], folder: Path) -> dict[str, Told]:
    """changedetection.io as a server, asked through its API."""
    with changedetection_server(program(peers, "changedetection.io"), folder) as (api, _):
        ids = {cell.slug: str(api("POST", "watch", {"url": server.url(cell)})["uuid"]) for cell in shown}
        began = 0.0
        for _ in range(LOOKS):
            began = check_all(api, len(shown), began)
        before = _watches(api, ids)
        server.changed = True
        words: dict[str, list[str]] = {slug: [] for slug in ids}
        for _ in range(LOOKS):
            began = check_all(api, len(shown), began)
            for slug, watch in _watches(api, ids).items():
                words[slug].append("error" if watch.get("last_error") else "ok")
        after = _watches(api, ids)
    return {
        slug: Told(
            _changes(after[slug]) - _changes(before[slug]),
            tuple(dict.fromkeys(words[slug])),
            detail=_error(after[slug]),
        )
        for slug in ids
    }


def _error(watch: dict[str, Any]) -> str:
    return str(watch.get("last_error") or "")[:100]


def _changes(watch: dict[str, Any]) -> int:
    return max(int(watch.get("history_n", 0)) - 1, 0)


def _watches(api: Callable[..., Any], ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    return {slug: api("GET", f"watch/{uuid}") for slug, uuid in ids.items()}


def check_all(api: Callable[..., Any], count: int, after: float, seconds: float = 600.0) -> float:
    """Have every watch checked once; when this round began, by the server's clock."""
    began = time.time()
    time.sleep(max(0.0, int(after) + 1.1 - began))  # its times are whole seconds
    began = time.time()
    api("GET", "watch?recheck_all=1")
    while time.time() - began < seconds:
        watches = api("GET", "watch")
        if sum(int(watch.get("last_checked") or 0) >= int(began) for watch in watches.values()) >= count:
            return time.time()
        time.sleep(1.0)
    raise TimeoutError("changedetection.io did not check all watches in time")


@contextmanager
def changedetection_server(tracker: str, folder: Path) -> Iterator[tuple[Callable[..., Any], subprocess.Popen[bytes]]]:
    """A server with an empty data folder; gives a function that calls its API, and its process."""
    port = _free_port()
    environment = {
        **os.environ,
        "ALLOW_IANA_RESTRICTED_ADDRESSES": "true",
        "FETCH_WORKERS": "4",
        "MINIMUM_SECONDS_RECHECK_TIME": "0",
        "DISABLE_VERSION_CHECK": "true",
    }
    data = folder / "datastore"
    data.mkdir()
    command = [tracker, "-d", str(data), "-C", "-h", "127.0.0.1", "-p", str(port)]
    with (
        (folder / "server.log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, env=environment) as run,
    ):
        try:
            yield _api(port, data, run), run
        finally:
            run.terminate()
            run.wait(30)


def _api(port: int, data: Path, run: subprocess.Popen[bytes]) -> Callable[..., Any]:
    token = ""

    def call(method: str, path: str, form: object = None) -> Any:
        body = None if form is None else json.dumps(form).encode()
        headers = {"x-api-key": token, "Content-Type": "application/json"}
        request = Request(f"http://127.0.0.1:{port}/api/v1/{path}", body, headers, method=method)
        with urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")

    until = time.time() + 90
    while time.time() < until and run.poll() is None:
        try:
            token = token or _token(data)
            for uuid in call("GET", "watch"):  # it begins with two pages of its own
                call("DELETE", f"watch/{uuid}")
        except (OSError, URLError, KeyError, ValueError):
            time.sleep(0.5)
        else:
            return call
    raise NotInstalled("changedetection.io does not start")


def _token(data: Path) -> str:
    for path in sorted(data.glob("*.json")):
        found = re.search(r'"api_access_token":\s*"([^"]+)"', path.read_text(encoding="utf-8"))
        if found:
            return found[1]
    raise KeyError("no token yet")


def diffengine(peers: Path, *_: object) -> dict[str, Told]:
    """It cannot be installed from PyPI any more."""
    program(peers, "diffengine")
    raise NotInstalled("diffengine: there is no driver for the release that is installed")


PEERS: dict[str, Look] = {
    "changedetection.io": changedetection,
    "urlwatch": urlwatch,
    "urlwatch with html2text": urlwatch_text,
    "diffengine": diffengine,
}


def program(peers: Path, name: str) -> str:
    """A peer's program. Raises NotInstalled."""
    found = peers / "bin" / name
    if not found.exists():
        raise NotInstalled(f"{name}: not installed in {peers}")
    return str(found)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
