"""pywb, a process of its own, replays our evidence from our index: full records, revisits, redirects, chunks.

pywb is under the GPL and never part of an install. Make it a place of its own first::

    python -m venv /tmp/venv-pywb && /tmp/venv-pywb/bin/pip install pywb 'setuptools<81'
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.evidence.made import NOT_MODIFIED, NOW, URL, chunked, exchange, ok
from writethru.evidence import EvidenceFolder, revisit_hint

PAGE = b"<html><head><title>Ferry</title></head><body><p>The ferry resumes on %s.</p></body></html>"
PACKED = gzip.compress(PAGE % b"Sunday", mtime=0)


def main() -> None:
    """Write evidence, start pywb over it, ask for each capture, print what came as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pywb", type=Path, default=Path("/tmp/venv-pywb/bin/wayback"), help="pywb's wayback program")
    wayback = parser.parse_args().pywb
    if not wayback.exists():
        sys.exit(f"PYWB IS MISSING at {wayback}: nothing was replayed (see --help)")
    with tempfile.TemporaryDirectory(prefix="writethru-pywb-") as name:
        wanted = _collection(Path(name))
        with serving(wayback, name) as port:
            replayed = {stamp: _replay(port, stamp, page) for stamp, page in wanted.items()}
            listed = _get(f"http://127.0.0.1:{port}/news/cdx?url={URL}&output=json").decode().splitlines()
    result = {"captures": len(wanted), "replayed": sum(replayed.values()), "listed": len(listed), "which": replayed}
    print(json.dumps(result))


@contextmanager
def serving(wayback: Path, folder: str) -> Iterator[int]:
    """pywb over the collections of a folder; its port."""
    port = _free_port()
    command = [str(wayback), "-p", str(port), "-b", "127.0.0.1", "-d", folder]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _collection(folder: Path) -> dict[str, bytes]:
    """A pywb collection ``news``; the time stamps it must replay, with the page of each."""
    evidence = EvidenceFolder(folder / "evidence", clock=lambda: NOW)
    wanted: dict[str, bytes] = {}

    def note(hours: int, page: bytes) -> None:
        wanted[f"{NOW + timedelta(hours=hours):%Y%m%d%H%M%S}"] = page

    with evidence.writer() as writer:
        plain = exchange(ok(PAGE % b"Friday", "Content-Type: text/html"), at=NOW)
        first = writer.add_exchange(plain)
        note(0, PAGE % b"Friday")
        at = NOW + timedelta(hours=1)
        writer.add_exchange(exchange(NOT_MODIFIED, at=at), capture_hint=revisit_hint(first, URL, NOW))
        at = NOW + timedelta(hours=2)
        again = exchange(ok(PAGE % b"Friday", "Content-Type: text/html"), at=at)
        writer.add_exchange(again, capture_hint=revisit_hint(first, URL, NOW, again.payload_digest))
        note(2, PAGE % b"Friday")
        at = NOW + timedelta(hours=3)
        writer.add_exchange(exchange(chunked(PAGE % b"Saturday", "Content-Type: text/html"), at=at))
        note(3, PAGE % b"Saturday")
        at = NOW + timedelta(hours=4)
        writer.add_exchange(exchange(ok(PACKED, "Content-Type: text/html", "Content-Encoding: gzip"), at=at))
        note(4, PAGE % b"Sunday")
    index = evidence.index()
    assert index is not None
    collection = folder / "collections" / "news"
    (collection / "indexes").mkdir(parents=True)
    shutil.copy(index, collection / "indexes" / "index.cdxj")
    shutil.copytree(evidence.path, collection / "archive")
    return wanted


def _replay(port: int, stamp: str, page: bytes) -> bool:
    """Does pywb give back these bytes for this moment?"""
    try:
        return _get(f"http://127.0.0.1:{port}/news/{stamp}id_/{URL}") == page
    except HTTPError:
        return False


def _get(url: str) -> bytes:
    with urlopen(url, timeout=30) as answer:
        body: bytes = answer.read()
        coding: Any = answer.headers.get("Content-Encoding")
    return gzip.decompress(body) if coding == "gzip" else body


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("pywb did not start")


if __name__ == "__main__":
    main()
