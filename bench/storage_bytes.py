"""Bytes per stored version, beside the raw text, gzip and git.

    python -m bench storage_bytes [FILE.jsonl.gz] [--json]

The file has one version a line: ``url``, ``time``, ``title``, ``text``. Default: the public
history of digital.gov in ``$WRITETHRU_DATA/revisions`` (CC0). Measured are

* raw: the text's stored form before packing; gzip: each of them by ``gzip -6``;
* packed: zstd frames without a dictionary, by level and by distance of keyframes;
* database: the SQLite file with captures, extractions, changes, edits, indexes and all; in it
  the packed texts with the dictionaries that were learnt on the way;
* git: a repository with one file an article and one commit a version, after
  ``git gc --aggressive``: the pack alone, and the whole ``.git``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sqlite3
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from machine import machine
from storage_write import State

from writethru.comparison import compare
from writethru.model import (
    ArticleText,
    ChangeRecord,
    EvidenceRef,
    Extraction,
    Medium,
    NewCapture,
    Outcome,
    Reason,
    TimeBasis,
)
from writethru.storage import codec, open_store
from writethru.storage.store import Store

DATA = Path(os.environ.get("WRITETHRU_DATA", "../shared/data"))
DEFAULT = DATA / "revisions" / "digitalgov_dev.jsonl.gz"

Histories = dict[str, list[tuple[datetime, ArticleText]]]


def read(path: Path) -> Histories:
    """The states of each article in the order of the file."""
    found: Histories = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            version = json.loads(line)
            text = ArticleText.from_plain(version["text"], headline=version["title"] or "")
            found[version["url"]].append((datetime.fromisoformat(version["time"]), text))
    return found


def packed(histories: Histories, level: int, keyframe_every: int) -> dict[str, float]:
    """Bytes and CPU per version with other settings, and without a dictionary."""
    before = codec.LEVEL, codec.KEYFRAME_EVERY
    codec.LEVEL, codec.KEYFRAME_EVERY = level, keyframe_every  # type: ignore[misc]
    codec._contexts = codec._Contexts()
    started = time.process_time()
    total = sum(len(link.data) for states in histories.values() for link in chain([text for _, text in states]))
    seconds = time.process_time() - started
    codec.LEVEL, codec.KEYFRAME_EVERY = before  # type: ignore[misc]
    codec._contexts = codec._Contexts()
    count = sum(map(len, histories.values()))
    return {"bytes": round(total / count, 1), "cpu_us": round(seconds / count * 1e6)}


def chain(texts: list[ArticleText]) -> Iterator[codec.Packed]:
    """The stored forms of one article's versions."""
    last: codec.Packed | None = None
    prefix = b""
    for text in texts:
        plain = text.to_bytes()
        small = None if last is None or codec.keyframe_is_due(last) else codec.delta(plain, last, prefix)
        last = small or codec.keyframe(plain, last.number + 1 if last else 1)
        prefix = plain
        yield last


def database(histories: Histories, folder: Path) -> dict[str, Any]:
    """Bytes per version in an archive with all that belongs to a version."""
    path = folder / "bench.db"
    store = open_store(str(path))
    with store.transaction():
        for url, states in histories.items():
            _write(store, url, states)
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("VACUUM")
        count = connection.execute("SELECT count(*) FROM versions").fetchone()[0]
        packed_bytes = connection.execute("SELECT sum(length(packed)) FROM versions").fetchone()[0]
        packed_bytes += connection.execute("SELECT coalesce(sum(length(content)), 0) FROM dictionaries").fetchone()[0]
        tables = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
    connection.close()
    return {
        "packed": round(packed_bytes / count, 1),
        "file": round(path.stat().st_size / count, 1),
        "parts": {name: round(size / count, 1) for name, size in tables if size / count >= 1},
    }


def _write(store: Store, url: str, states: list[tuple[datetime, ArticleText]]) -> None:
    at, before = states[0][0], None
    article = store.add_article(url, host="digital.gov", outlet_id=None, at=at, next_look_at=None, reason="")
    for ordinal, (stated, text) in enumerate(states):
        at = max(at + timedelta(microseconds=1), stated)
        look = NewCapture(
            url, at, TimeBasis.STATED, Medium.JSONL, Outcome.EDITED, Reason.TEXT_CHANGED,
            body_digest=text.digest(), part=f"line {article.id + ordinal}",
            evidence=EvidenceRef("2031/05/04-000001.warc.gz", article.id * 4096, 4000, _record_id(url, ordinal)),
        )  # fmt: skip
        capture = store.add_capture(article.id, look)
        extraction = Extraction("jsonl/1", headline=text.headline, blocks=text.blocks, tail=text.tail)
        state = State(extraction, None if before is None else compare(before, text).to_dict())
        store.add_extraction(capture.id, state.extraction)
        number = store.add_version(article.id, text, capture, extractor="jsonl/1")
        store.add_appearance(article.id, number, capture)
        store.log("version", article.id, number, at)
        if state.form is not None:
            record = ChangeRecord(
                article.id, ordinal, number - 1, number, at, at, TimeBasis.STATED, state.form["summary"],
                tuple(state.form["kinds"]), state.form["significance"], len(state.form["edits"]), Reason.TEXT_CHANGED,
            )  # fmt: skip
            store.add_change(record, state.form)
            store.log("change", article.id, ordinal, at)
        before = text


def _record_id(url: str, ordinal: int) -> str:
    digest = codec.sha256(f"{url} {ordinal}".encode())
    return f"<urn:uuid:{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}>"


def git(histories: Histories, folder: Path) -> dict[str, float]:
    """Bytes per version in a repository, made by one ``git fast-import``."""
    repository = folder / "git"
    _run(repository, "init", "-q", str(repository))
    names = {url: f"{number:05}.json" for number, url in enumerate(histories)}
    states = ((at, names[url], text) for url, history in histories.items() for at, text in history)
    ordered = sorted(states, key=lambda state: state[0])
    stream = b"".join(_commit(at, name, text.to_bytes()) for at, name, text in ordered)
    subprocess.run(
        ["git", "-C", str(repository), "fast-import", "--quiet"], input=stream, check=True, capture_output=True
    )
    _run(repository, "-C", str(repository), "gc", "-q", "--aggressive", "--prune=now")
    files = [path for path in (repository / ".git").rglob("*") if path.is_file()]
    packs = sum(path.stat().st_size for path in files if path.suffix == ".pack")
    return {
        "pack": round(packs / len(ordered), 1),
        "whole": round(sum(path.stat().st_size for path in files) / len(ordered), 1),
    }


def _commit(at: datetime, name: str, plain: bytes) -> bytes:
    head = f"commit refs/heads/main\ncommitter a <a@example> {int(at.timestamp())} +0000\ndata 0\n"
    return head.encode() + f"M 644 inline {name}\ndata {len(plain)}\n".encode() + plain + b"\n"


def _run(folder: Path, *arguments: str) -> None:
    folder.mkdir(exist_ok=True)
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def measure(path: Path) -> dict[str, Any]:
    """All figures, in bytes per version."""
    histories = read(path)
    forms = [[text.to_bytes() for _, text in states] for states in histories.values()]
    count = sum(map(len, forms))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stored, repository = database(histories, folder), git(histories, folder)
    return {
        "corpus": path.name,
        "articles": len(histories),
        "versions": count,
        "equal_to_the_one_before": sum(old == new for states in forms for old, new in pairwise(states)),
        "raw": round(sum(len(form) for states in forms for form in states) / count, 1),
        "gzip": round(sum(len(gzip.compress(form, 6)) for states in forms for form in states) / count, 1),
        "packed_by_level": {level: packed(histories, level, codec.KEYFRAME_EVERY) for level in (3, 6, 9, 12, 19)},
        "packed_by_keyframes": {every: packed(histories, codec.LEVEL, every) for every in (1, 5, 10, 20)},
        "database": stored,
        "git": repository,
        "git_version": subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.strip(),
        "machine": machine(),
    }


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    if not given.file.exists():
        options.error(f"{given.file} is absent; set WRITETHRU_DATA or name a file")
    result = measure(given.file)
    if given.json:
        print(json.dumps(result, indent=2))
        return
    for name, value in result.items():
        print(f"{name:24} {value}")


if __name__ == "__main__":
    main()
