"""Writing an export, and making an archive of one."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from writethru.errors import InputError, MalformedInput, UnreadableInput
from writethru.export.dictionary import dictionary
from writethru.export.formats import JsonLines, Parquet, format_of
from writethru.storage.exchange import EXCHANGED, fields_of
from writethru.storage.store import Store

MANIFEST: Final = "manifest.json"
UNFINISHED: Final = "unfinished.json"
"""What an export that was interrupted has done; the next one into the same folder goes on from it."""

EXPORT: Final = "writethru-export"
BULK: Final = "writethru-bulk"
"""What ``bulk`` writes: the same tables, of many files each."""

VERSION: Final = 1
CHUNK: Final = 1 << 20

Progress = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written or taken in.

    Attributes:
        rows: of each table.
        kept: tables that an interrupted export of the same record had finished.
    """

    rows: dict[str, int]
    kept: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"rows": self.rows, "kept": list(self.kept)}


class Exchange:
    """Exports and imports of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def write(
        self, folder: Path, name: str = "jsonl", since: datetime | None = None, progress: Progress | None = None
    ) -> ExportReport:
        """Write all tables as they are at this moment; the manifest comes last, so a folder that has one is whole.

        Args:
            folder: made if it is not there; must hold nothing but an export that was interrupted.
            name: ``jsonl`` or ``parquet``.
            since: only what was observed from then on; such an export cannot be imported.

        Raises:
            ConfigError: no such format, or pyarrow is missing.
            InputError: the folder holds something else.
        """
        format_ = format_of(name)
        folder.mkdir(parents=True, exist_ok=True)
        with self.store.exchange.snapshot():
            mark = {**self._head(format_, since), "record": self.store.exchange.mark()}
            done = _unfinished(folder, mark)
            kept = tuple(done)
            for table in EXCHANGED:
                if table not in done:
                    done[table] = self._table(folder, format_, table, since)
                    _write_json(folder / UNFINISHED, {**mark, "tables": done})
                if progress is not None:
                    progress(len(done), len(EXCHANGED), table)
        _write_json(folder / "dictionary.json", dictionary())
        _write_json(folder / MANIFEST, {**self._head(format_, since), "tables": done})
        (folder / UNFINISHED).unlink(missing_ok=True)
        return ExportReport({table: entry["rows"] for table, entry in done.items()}, kept)

    def take_in(self, folder: Path, progress: Progress | None = None) -> ExportReport:
        """Make this archive, which must be empty, the one that was exported; all or nothing.

        Raises:
            MalformedInput: a file is missing or is not what the manifest says.
            InputError: the archive is not empty, or the export holds only what is new since some time.
        """
        manifest = read_manifest(folder)
        if manifest.get("since"):
            raise InputError("this export holds only what is new since some time; export without --since", key=folder)
        format_ = format_of(str(manifest["format"]))
        _check_files(folder, manifest)
        rows: dict[str, int] = {}
        with self.store.transaction():
            if self.store.exchange.is_used():
                raise InputError("an export goes into an empty archive; name another database", key=folder)
            for done, table in enumerate(EXCHANGED, 1):
                rows[table] = 0
                for path, _ in _files_of(folder, manifest, table):
                    for some in format_.read(path, fields_of(table)):
                        self.store.exchange.put(table, some)
                        rows[table] += len(some)
                if progress is not None:
                    progress(done, len(EXCHANGED), table)
            self.store.exchange.finish()
        return ExportReport(rows)

    def _head(self, format_: JsonLines | Parquet, since: datetime | None) -> dict[str, Any]:
        return {
            "kind": EXPORT,
            "version": VERSION,
            "format": format_.suffix,
            "since": since and since.isoformat(),
        }

    def _table(self, folder: Path, format_: JsonLines | Parquet, table: str, since: datetime | None) -> dict[str, Any]:
        """Write one file whole under another name, then give it its own."""
        path = folder / f"{table}.{format_.suffix}"
        part = path.with_name(f"{path.name}.part")
        writer = format_.writer(part, fields_of(table))
        rows = 0
        try:
            for some in self.store.exchange.rows(table, since):
                writer.write(some)
                rows += len(some)
        finally:
            writer.close()
        _settle(part, path)
        return {"file": path.name, "rows": rows, "bytes": path.stat().st_size, "sha256": digest_of(path)}


def is_export(folder: Path) -> bool:
    """Is this a folder that an export was written into?"""
    try:
        return bool(read_manifest(folder))
    except InputError:
        return False


def read_manifest(folder: Path) -> dict[str, Any]:
    """What an export says of itself. Raises UnreadableInput, MalformedInput."""
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise UnreadableInput("there is no finished export here", key=folder) from error
    except ValueError as error:
        raise MalformedInput("not the manifest of an export", key=path) from error
    if (
        not isinstance(found, dict)
        or found.get("kind") not in (EXPORT, BULK)
        or not isinstance(found.get("tables"), dict)
    ):
        raise MalformedInput("not the manifest of an export", key=path)
    if found.get("version") != VERSION or set(found["tables"]) != set(EXCHANGED):
        raise MalformedInput("made by another version of Writethru; export it again with this one", key=path)
    return found


def digest_of(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits."""
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _files_of(folder: Path, manifest: dict[str, Any], table: str) -> list[tuple[Path, str]]:
    """The files of a table in the order in which they are read, with their digests."""
    entry = manifest["tables"][table]
    listed = entry["files"] if manifest["kind"] == BULK else [{**entry, "file": f"{table}.{manifest['format']}"}]
    return [(folder / one["file"], one.get("sha256", "")) for one in listed]


def _check_files(folder: Path, manifest: dict[str, Any]) -> None:
    for table in manifest["tables"]:
        for path, digest in _files_of(folder, manifest, table):
            if not path.is_file():
                raise MalformedInput("a file of this export is missing", key=path)
            if digest_of(path) != digest:
                raise MalformedInput("this file was changed or damaged since it was exported", key=path)


def _unfinished(folder: Path, mark: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables that an interrupted export of the very same record has finished; what is older is begun anew."""
    present = {path.name for path in folder.iterdir()}
    if not present:
        return {}
    ours = _names(mark["format"])
    if MANIFEST in present or not present <= ours:
        strange = sorted(present - ours) or [MANIFEST]
        raise InputError(f"the folder holds {strange[0]}; name an empty one", key=folder)
    try:
        known = json.loads((folder / UNFINISHED).read_bytes())
    except (OSError, ValueError):
        return {}
    if {name: known.get(name) for name in mark} != json.loads(json.dumps(mark)):
        return {}
    done = {table: known["tables"][table] for table in EXCHANGED if table in known.get("tables", {})}
    return {
        table: entry
        for table, entry in done.items()
        if (path := folder / entry["file"]).is_file() and digest_of(path) == entry["sha256"]
    }


def _names(suffix: str) -> set[str]:
    files = {f"{table}.{suffix}{part}" for table in EXCHANGED for part in ("", ".part")}
    return files | {UNFINISHED, f"{UNFINISHED}.part", "dictionary.json", f"{MANIFEST}.part", "dictionary.json.part"}


def _write_json(path: Path, value: Any) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    _settle(part, path)


def _settle(part: Path, path: Path) -> None:
    """On disk, then under its name."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(path)
