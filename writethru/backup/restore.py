"""``writethru from-backup``: an archive made from a backup; each file is compared with its digest first."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from writethru.backup.manifest import Copied, Manifest, digest_of, read_manifest
from writethru.errors import EvidenceError, StorageError, UnreadableInput
from writethru.evidence.openfile import sync_folder
from writethru.storage import dump


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was made."""

    files: int
    size: int
    made_at: str

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"files": self.files, "size": self.size, "made_at": self.made_at}


def make_from(folder: Path, url: str, evidence: Path) -> RestoreReport:
    """Make database and evidence folder from a backup; neither may be there already.

    Raises:
        UnreadableInput: this is no whole backup, or a file of it is missing or damaged; nothing was made.
        StorageError, EvidenceError: something is there, or cannot be written.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise UnreadableInput("there is no whole backup here (no manifest.json)", key=folder)
    kind = dump.kind_of(url)
    if kind != manifest.kind:
        raise StorageError(f"the backup is of {manifest.kind} and cannot be restored into {kind}", key="--db")
    if evidence.exists() and any(evidence.iterdir()):
        raise EvidenceError("is there already; name a new folder (archive.evidence), nothing was made", key=evidence)
    for copied in (manifest.database, *manifest.evidence.values()):
        _check(folder, copied)
    try:
        _copy_evidence(folder, manifest, evidence)
    except OSError as error:
        raise EvidenceError("the evidence could not be written", key=evidence) from error
    dump.load(folder / manifest.database.place, url)
    size = manifest.database.size + sum(copied.size for copied in manifest.evidence.values())
    return RestoreReport(len(manifest.evidence), size, manifest.made_at)


def _check(folder: Path, copied: Copied) -> None:
    path = folder / copied.place
    try:
        fits = path.stat().st_size == copied.size and digest_of(path) == copied.sha256
    except OSError as error:
        raise UnreadableInput("a file of this backup is missing or cannot be read", key=path) from error
    if not fits:
        raise UnreadableInput("a file of this backup is not the one that was copied; nothing was made", key=path)


def _copy_evidence(folder: Path, manifest: Manifest, evidence: Path) -> None:
    for name, copied in manifest.evidence.items():
        target = evidence / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with (folder / copied.place).open("rb") as one, target.open("wb") as other:
            shutil.copyfileobj(one, other, 1 << 20)
            other.flush()
            os.fsync(other.fileno())
        if copied.mtime:
            os.utime(target, ns=(copied.mtime, copied.mtime))
    sync_folder(evidence)
