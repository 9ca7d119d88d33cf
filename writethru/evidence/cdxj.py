"""A sorted index of captures in CDXJ, the form that replay tools look records up in.

One line a capture: sort key of the URL, 14-digit UTC time, and a JSON object with ``url``,
``mime``, ``status``, ``digest``, ``length``, ``offset``, ``filename``. Lines are sorted by
their bytes, so that a reader can search by halves.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, urlsplit

from writethru.errors import EvidenceError
from writethru.evidence.openfile import sync_folder
from writethru.evidence.records import RecordHead

INDEX = "index.cdxj"
PARTS = "index"
MOST_OPEN = 256
"""Files merged at a time: far below the usual limit of open files."""

_KINDS = frozenset({"response", "revisit", "resource"})
_WWW = re.compile(r"^www\d*\.")
_KEPT = "".join(map(chr, range(0x21, 0x7F)))
_DEFAULT_PORTS = {"http": 80, "https": 443}


def sort_key(url: str) -> str:
    """The URL in the order of its parts, as indexes of web archives have it: ``example,news)/a?b=1``.

    Host labels reversed, no ``www``, no scheme, no default port, all lower case, query in
    order, no slash at the end. URLs without a host are taken as they are.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host:
        return quote(url.strip().lower(), safe=_KEPT)
    labels = host if ":" in host else ",".join(reversed(_WWW.sub("", host.lower()).split(".")))
    shown_port = f":{port}" if port and port != _DEFAULT_PORTS.get(parts.scheme) else ""
    path = parts.path.rstrip("/") or "/"
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return quote(f"{labels}{shown_port}){path}{query}".lower(), safe=_KEPT)


def index_line(head: RecordHead) -> str | None:
    """The index line of a record, without line end; None: it is not looked up.

    A 304 is left out: replay tools would answer with it, bodiless, in place of the capture that it confirms.
    """
    date, status = head.date, head.http.status if head.http else 200
    if head.kind not in _KINDS or status == 304 or date is None or not head.target_uri:
        return None
    fields = {
        "url": head.target_uri,
        "mime": "warc/revisit" if head.kind == "revisit" else _mime(head),
        "status": str(status),
        "digest": head.get("WARC-Payload-Digest") or head.get("WARC-Block-Digest"),
        "length": str(head.ref.length),
        "offset": str(head.ref.offset),
        "filename": head.ref.file,
    }
    return f"{sort_key(head.target_uri)} {date:%Y%m%d%H%M%S} {json.dumps(fields, ensure_ascii=True)}"


def _mime(head: RecordHead) -> str:
    stated = head.http.get("content-type") if head.http else head.get("Content-Type")
    return stated.partition(";")[0].strip().lower() or "unk"


def write_part(folder: Path, file: str, heads: Iterable[RecordHead]) -> Path:
    """The sorted index of one file, ``index/FILE.cdxj``.

    Raises:
        EvidenceError: it cannot be written.
    """
    lines = sorted(line for line in map(index_line, heads) if line is not None)
    return _replace(folder / PARTS / f"{file}.cdxj", (f"{line}\n" for line in lines))


def merge_parts(folder: Path) -> Path:
    """``index.cdxj`` from the indexes of all files, holding one line of each at a time.

    Raises:
        EvidenceError: it cannot be written.
    """
    parts = sorted((folder / PARTS).glob("*.cdxj"))
    with tempfile.TemporaryDirectory(prefix="merge-", dir=folder / PARTS) as rounds:
        while len(parts) > MOST_OPEN:
            groups = [parts[at : at + MOST_OPEN] for at in range(0, len(parts), MOST_OPEN)]
            merged = Path(rounds) / f"{len(parts)}"
            parts = [_replace(merged / f"{number}", _merged(group)) for number, group in enumerate(groups)]
        return _replace(folder / INDEX, _merged(parts))


def fits_part(folder: Path, file: str, lines: Iterable[str]) -> bool:
    """Is the index of this file, if it has one, made of these lines (with line ends, in any order)?"""
    part = folder / PARTS / f"{file}.cdxj"
    try:
        return part.read_bytes() == "".join(sorted(lines)).encode("ascii")
    except FileNotFoundError:
        return True


def index_faults(folder: Path) -> Iterator[tuple[str, str]]:
    """What is wrong with ``index.cdxj``, if there is one, beside the indexes of single files."""
    whole = folder / INDEX
    if not whole.exists():
        return
    parts = sorted((folder / PARTS).glob("*.cdxj"))
    if _digest_sum([whole]) != _digest_sum(parts) or not _is_sorted(whole):
        yield INDEX, "not the sorted lines of the indexes of all files; `writethru index` makes it anew"


def _digest_sum(paths: Iterable[Path]) -> int:
    """The same for the same lines in any order and in any number of files."""
    total = 0
    for path in paths:
        with path.open("rb") as stream:
            total += sum(int.from_bytes(hashlib.sha256(line).digest()) for line in stream)
    return total


def _is_sorted(path: Path) -> bool:
    with path.open("rb") as stream:
        return all(one <= other for one, other in pairwise(stream))


def _merged(parts: list[Path]) -> Iterator[str]:
    streams = [part.open(encoding="ascii") for part in parts]
    try:
        yield from heapq.merge(*streams)
    finally:
        for stream in streams:
            stream.close()


def _replace(path: Path, lines: Iterable[str]) -> Path:
    """Write a file anew, whole or not at all."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("w", encoding="ascii") as stream:
            stream.writelines(lines)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise EvidenceError("the index cannot be written", key=path) from error
    return path
