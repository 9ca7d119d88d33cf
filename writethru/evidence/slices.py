"""Slices of the evidence: the records of some captures as a WARC file or a WACZ, each with a manifest of digests.

Records are copied as they stand, byte for byte; nothing is packed again. Sources: ISO 28500:2017 (WARC/1.1) and the
WACZ format 1.1.1 of the Webrecorder project.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from writethru.errors import EvidenceError, InputError
from writethru.evidence.cdxj import index_line
from writethru.evidence.folder import EvidenceFolder
from writethru.evidence.records import PLACE, RecordHead, build_record, gzip_member, warc_date
from writethru.model import EvidenceRef

DATA: Final = "data.warc.gz"
WACZ_VERSION: Final = "1.1.1"
SOFTWARE: Final = "Writethru"
_MANIFEST: Final = "manifest.json"
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)  # of every entry of the ZIP: the same slice is the same file


@dataclass(frozen=True, slots=True)
class Wanted:
    """One capture of a slice.

    Attributes:
        title: of the page, for lists of pages; "" for a look that brought none.
    """

    capture_id: int
    article_id: int
    url: str
    at: datetime
    ref: EvidenceRef
    title: str = ""


@dataclass(frozen=True, slots=True)
class SliceReport:
    """What a slice holds.

    Attributes:
        missing: captures whose record is not in the evidence, or not whole, and why.
    """

    captures: int
    records: int
    size: int
    missing: tuple[tuple[int, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        missing = [{"capture": number, "why": why} for number, why in self.missing]
        return {"captures": self.captures, "records": self.records, "bytes": self.size, "missing": missing}


@dataclass
class _Copied:
    """What was copied so far."""

    heads: list[RecordHead] = field(default_factory=list)
    listed: list[dict[str, Any]] = field(default_factory=list)
    pages: list[Wanted] = field(default_factory=list)
    missing: list[tuple[int, str]] = field(default_factory=list)


def write_warc(evidence: EvidenceFolder, wanted: Iterable[Wanted], path: Path, about: str) -> SliceReport:
    """A WARC file of these captures, and beside it ``NAME.manifest.json`` with a digest of every record.

    Args:
        about: what this is a slice of, for its first record.

    Raises:
        InputError: there is such a file already, or no capture has evidence.
    """
    _refuse_existing(path)
    part = path.with_name(f"{path.name}.part")
    with part.open("w+b") as file:
        copied = _copy(evidence, wanted, file, about)
        size, digest = file.tell(), _digest(file)
    manifest = {"file": path.name, "bytes": size, "sha256": digest, **_about_records(copied)}
    path.with_name(f"{path.name}.{_MANIFEST}").write_bytes(_json(manifest))
    part.replace(path)
    return SliceReport(len(copied.listed), len(copied.heads), size, tuple(copied.missing))


def write_wacz(evidence: EvidenceFolder, wanted: Iterable[Wanted], path: Path, about: str) -> SliceReport:
    """A WACZ of these captures: WARC, CDXJ index, pages, manifest of digests. See ``write_warc``."""
    _refuse_existing(path)
    part = path.with_name(f"{path.name}.part")
    with tempfile.TemporaryFile() as file:
        copied = _copy(evidence, wanted, file, about)
        newest = max((page.at for page in copied.pages), default=datetime.fromtimestamp(0, UTC))
        with zipfile.ZipFile(part, "w") as archive:
            resources = [_store(archive, f"archive/{DATA}", file)]
            resources += [_put(archive, name, content) for name, content in _beside(copied, about)]
            package = _json(_package(resources, about, newest))
            _put(archive, "datapackage.json", package)
            named = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
            _put(archive, "datapackage-digest.json", _json(named))
    part.replace(path)
    return SliceReport(len(copied.listed), len(copied.heads), path.stat().st_size, tuple(copied.missing))


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise InputError("is there already; name a new file, nothing was overwritten", key=path)
    path.parent.mkdir(parents=True, exist_ok=True)


def _copy(evidence: EvidenceFolder, wanted: Iterable[Wanted], file: IO[bytes], about: str) -> _Copied:
    """The records, each once, what a revisit refers to before it."""
    copied, done = _Copied(), set[tuple[str, int]]()
    file.write(_info(about))
    for one in wanted:
        try:
            chain = list(_chain(evidence, one.ref))
        except EvidenceError as error:
            copied.missing.append((one.capture_id, str(error)))
            continue
        for head, stored in chain:
            if (head.ref.file, head.ref.offset) not in done:
                done.add((head.ref.file, head.ref.offset))
                _append(copied, file, head, stored)
        digest = hashlib.sha256(chain[-1][1]).hexdigest()
        copied.listed.append(_listed(one, chain[-1][0], digest))
        copied.pages.append(one)
    if not copied.listed:
        raise InputError("no record of these captures is in the evidence: there is nothing to write", key=about)
    return copied


def _append(copied: _Copied, file: IO[bytes], head: RecordHead, stored: bytes) -> None:
    at = file.tell()
    file.write(stored)
    here = EvidenceRef(DATA, at, len(stored), head.record_id)
    copied.heads.append(RecordHead(here, head.kind, head.headers, head.content_length, head.http))


def _chain(evidence: EvidenceFolder, ref: EvidenceRef) -> Iterator[tuple[RecordHead, bytes]]:
    """The record, after the one that it repeats if it is a revisit of another one."""
    head = evidence.read(ref).head  # whole, and the one that is meant
    place = head.get(PLACE).split(" ")
    if len(place) == 3:
        named = EvidenceRef(place[0], int(place[1]), int(place[2]), head.get("WARC-Refers-To"))
        yield evidence.read(named).head, evidence.stored(named)
    yield head, evidence.stored(ref)


def _info(about: str) -> bytes:
    """The first record; its id follows from what it says, so that the same slice is the same file."""
    block = f"software: {SOFTWARE}\r\nformat: WARC File Format 1.1\r\ndescription: {about}\r\n".encode()
    name = UUID(bytes=hashlib.sha256(block).digest()[:16], version=4)
    fields = [
        ("WARC-Record-ID", f"<urn:uuid:{name}>"),
        ("WARC-Date", warc_date(datetime.fromtimestamp(0, UTC))),
        ("WARC-Filename", DATA),
        ("Content-Type", "application/warc-fields"),
    ]
    return gzip_member(build_record("warcinfo", fields, block))


def _listed(one: Wanted, head: RecordHead, digest: str) -> dict[str, Any]:
    return {
        "capture": one.capture_id,
        "article": one.article_id,
        "url": one.url,
        "time": warc_date(one.at),
        "record": head.record_id,
        "sha256": digest,
        "from": {"file": one.ref.file, "offset": one.ref.offset, "length": one.ref.length},
    }


def _about_records(copied: _Copied) -> dict[str, Any]:
    missing = [{"capture": number, "why": why} for number, why in copied.missing]
    return {"captures": copied.listed, "missing": missing}


def _beside(copied: _Copied, about: str) -> Iterator[tuple[str, bytes]]:
    """What stands beside the WARC file, by its path."""
    lines = sorted(line for head in copied.heads if (line := index_line(head)) is not None)
    yield "indexes/index.cdxj", "".join(f"{line}\n" for line in lines).encode()
    yield "pages/pages.jsonl", b"".join(_pages(copied.pages, about))
    yield _MANIFEST, _json(_about_records(copied))


def _pages(pages: Sequence[Wanted], about: str) -> Iterator[bytes]:
    yield _line({"format": "json-pages-1.0", "id": "pages", "title": about})
    for page in pages:
        if page.title:
            moment = page.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
            yield _line({"id": str(page.capture_id), "url": page.url, "ts": moment, "title": page.title})


def _package(resources: list[dict[str, Any]], about: str, newest: datetime) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "wacz_version": WACZ_VERSION,
        "title": about,
        "software": SOFTWARE,
        "created": warc_date(newest),
        "resources": resources,
    }


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> dict[str, Any]:
    entry = zipfile.ZipInfo(name, _MOMENT)
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return _resource(name, hashlib.sha256(content).hexdigest(), len(content))


def _store(archive: zipfile.ZipFile, name: str, file: IO[bytes]) -> dict[str, Any]:
    """A file as it is, uncompressed: readers take single records out of it by their place."""
    digest = _digest(file)
    size = file.seek(0, 2)
    file.seek(0)
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.file_size = size
    with archive.open(entry, "w", force_zip64=size >= zipfile.ZIP64_LIMIT) as target:
        while piece := file.read(1 << 20):
            target.write(piece)
    return _resource(name, digest, size)


def _resource(path: str, digest: str, size: int) -> dict[str, Any]:
    return {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{digest}", "bytes": size}


def _digest(file: IO[bytes]) -> str:
    file.flush()
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # any file read in bytes will do


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=True).encode() + b"\n"


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode() + b"\n"
