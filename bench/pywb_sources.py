"""pywb, a process of its own, serves a collection of ours: does an import by TimeMap and by CDX find what the WARC itself gives?

pywb is under the GPL and never part of an install. Make it a place of its own first::

    python -m venv /tmp/venv-pywb && /tmp/venv-pywb/bin/pip install pywb 'setuptools<81'
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.replay_pywb import serving
from tests.evidence.made import NOT_MODIFIED, NOW, URL, chunked, exchange, ok
from writethru.evidence import EvidenceFolder, revisit_hint
from writethru.storage import open_store

TEXTS = (
    "The ferry to Skerry will sail again on Friday, the harbour office said, when 12 passengers were told to wait.",
    "The ferry to Skerry will sail again on Friday, the harbour office said, when 21 passengers were told to wait.",
    "The ferry to Skerry will not sail again on Friday, the harbour office said, when 21 passengers were told to wait.",
)


def page(text: str) -> bytes:
    """The article with this first paragraph."""
    more = "".join(
        f"<p>Paragraph {n} tells of the crew, of the fare and of who repairs the third engine.</p>" for n in range(5)
    )
    link = f'<link rel="canonical" href="{URL}">'
    return f"<html><head><title>Ferry</title>{link}</head><body><article><h1>Ferry</h1><p>{text}</p>{more}</article></body></html>".encode()


def collection(folder: Path) -> Path:
    """A pywb collection ``news`` of seven looks at one article; the WARC file in it."""
    evidence = EvidenceFolder(folder / "evidence", clock=lambda: NOW)
    kind = "Content-Type: text/html"
    with evidence.writer() as writer:
        first = writer.add_exchange(exchange(ok(page(TEXTS[0]), kind), at=NOW))
        writer.add_exchange(
            exchange(NOT_MODIFIED, at=NOW + timedelta(hours=1)), capture_hint=revisit_hint(first, URL, NOW)
        )
        again = exchange(ok(page(TEXTS[0]), kind), at=NOW + timedelta(hours=2))
        writer.add_exchange(again, capture_hint=revisit_hint(first, URL, NOW, again.payload_digest))
        writer.add_exchange(exchange(chunked(page(TEXTS[1]), kind), at=NOW + timedelta(hours=3)))
        packed = ok(gzip.compress(page(TEXTS[2]), mtime=0), kind, "Content-Encoding: gzip")
        writer.add_exchange(exchange(packed, at=NOW + timedelta(hours=4)))
        writer.add_exchange(exchange(ok(page(TEXTS[0]), kind), at=NOW + timedelta(hours=5)))
        gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nnot here."
        writer.add_exchange(exchange(gone, at=NOW + timedelta(hours=6)))
    index = evidence.index()
    assert index is not None
    made = folder / "collections" / "news"
    (made / "indexes").mkdir(parents=True)
    shutil.copy(index, made / "indexes" / "index.cdxj")
    shutil.copytree(evidence.path, made / "archive")
    return next(path for path in evidence.files())


def imported(folder: Path, name: str, *given: str) -> dict[str, Any]:
    """What an archive holds after an import by the command line."""
    database = folder / f"{name}.db"
    settings = {"WRITETHRU_FETCH_DELAY_SECONDS": "0", "WRITETHRU_ARCHIVE_EVIDENCE": str(folder / f"{name}.evidence")}
    command = [sys.executable, "-m", "writethru", "import", *given, "--db", str(database), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **settings})
    store = open_store(str(database))
    found = store.find_article(URL)
    if found is None:
        return {"exit": done.returncode, "said": (done.stdout + done.stderr)[-600:]}
    result = {
        "exit": done.returncode,
        "versions": [version.digest for version in store.versions(found.id)],
        "appearances": [
            (one.version_number, _second(one.first_seen), _second(one.last_seen)) for one in store.appearances(found.id)
        ],
        "changes": [
            (one.summary, _second(one.after), _second(one.before)) for one in store.changes(article_id=found.id)
        ],
        "outcomes": [look.look.outcome.value for look in store.captures(found.id) if look.look.status != 304],
        "looks": len(store.captures(found.id)),
    }
    store.close()
    return result


def _second(at: datetime) -> str:
    """A web archive's stamps have no fractions."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def main() -> int:
    """Serve, import in three ways, compare; exit code 1 if anything differs that a web archive can know.

    It cannot know fractions of a second, nor a look that found nothing changed (304): that is no memento.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pywb", type=Path, default=Path("/tmp/venv-pywb/bin/wayback"), help="pywb's wayback program")
    wayback = parser.parse_args().pywb
    if not wayback.exists():
        sys.exit(f"PYWB IS MISSING at {wayback}: nothing was asked (see --help)")
    with tempfile.TemporaryDirectory(prefix="writethru-pywb-") as name:
        folder = Path(name)
        warc = collection(folder)
        with serving(wayback, name) as port:
            base = f"http://127.0.0.1:{port}/news"
            found = {
                "warc": imported(folder, "warc", str(warc)),
                "timemap": imported(folder, "timemap", "--timemap", f"{base}/timemap/link/{URL}"),
                "cdx": imported(folder, "cdx", "--cdx", f"{base}/cdx", "--url", URL, "--replay", f"{base}/"),
            }
    print(json.dumps(found, indent=1))
    same = {
        way: {
            what: found[way].get(what) == found["warc"].get(what)
            for what in ("versions", "appearances", "changes", "outcomes")
        }
        for way in ("timemap", "cdx")
    }
    print(json.dumps({"the same as the WARC gives": same}))
    return int(not all(all(one.values()) for one in same.values()))


if __name__ == "__main__":
    sys.exit(main())
