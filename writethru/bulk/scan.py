"""First step of a job: read one file, put every capture aside, and list what there is."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from writethru.bulk.model import Scanned, ScanTask, Seen
from writethru.bulk.spill import SpillWriter, bodies, listing
from writethru.bulk.whole import whole_file
from writethru.model import EvidenceRef, Medium
from writethru.sources import Found, FoundUrl, ImportItem, Skipped, read_items
from writethru.storage.columns import to_micros
from writethru.watch.intake import url_of
from writethru.watch.record import body_digest


def scan_file(task: ScanTask) -> Scanned:
    """Read one file. What cannot be read is named, never raised."""
    began = time.process_time()
    folder = Path(task.folder)
    skipped: list[tuple[str, str]] = []
    captures = listed = 0
    with whole_file(bodies(folder, task.number)) as stream, whole_file(listing(folder, task.number)) as lines:
        writer = SpillWriter(stream)
        for found in _found(task):
            if isinstance(found, Skipped):
                skipped.append((_named(found.origin, task), found.error.message))
            elif isinstance(found, FoundUrl):
                listed += 1
            else:
                lines.write(_line(found, task, writer.add))
                captures += 1
    return Scanned(captures, listed, tuple(skipped), time.process_time() - began)


def _found(task: ScanTask) -> Iterator[Found]:
    yield from read_items(Path(task.path), now=task.now)


def _line(item: ImportItem, task: ScanTask, put: Callable[[ImportItem, EvidenceRef], tuple[int, int]]) -> bytes:
    url = url_of(item)
    ours = replace(item, url=url, origin=_named(item.origin, task))
    stands = replace(item.stands, file=task.name) if item.stands else EvidenceRef(task.name, 0, _size(task))
    offset, length = put(ours, stands)
    digest = "" if item.is_bodiless else body_digest(item.body)
    at = to_micros(item.captured_at)
    row = [url, at, item.basis.value, digest, item.part, list(item.aliases), item.outlet, item.medium.value]
    return json.dumps([*row, offset, length], separators=(",", ":")).encode() + b"\n"


def _named(origin: str, task: ScanTask) -> str:
    """A place in the file, with the name that the job gives the file."""
    return task.name + origin.removeprefix(task.path) if origin.startswith(task.path) else origin


def _size(task: ScanTask) -> int:
    return Path(task.path).stat().st_size


def seen_in(folder: Path, number: int) -> Iterator[Seen]:
    """What a scan listed, in the order of the file."""
    with listing(folder, number).open("rb") as lines:
        for line in lines:
            url, at, basis, digest, part, aliases, outlet, medium, offset, length = json.loads(line)
            yield Seen(url, at, basis, digest, part, tuple(aliases), outlet, Medium(medium), offset, length)


def scan_tasks(files: list[tuple[Path, str]], folder: Path, now: datetime) -> dict[str, ScanTask]:
    """A task for each file, by the key that the ledger knows it by."""
    return {
        f"scan-{number:06d}": ScanTask(number, str(path), name, str(folder), now)
        for number, (path, name) in enumerate(files)
    }
