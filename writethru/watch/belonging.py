"""A database and a folder of evidence belong together: neither is mixed up with another's in silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from writethru.errors import EvidenceError
from writethru.evidence import EvidenceFolder
from writethru.storage.store import Store

OTHERS = (
    "this folder holds the evidence of another archive; name another folder (archive.evidence in writethru.toml), "
    "or run `writethru rebuild` with a new database to make that archive again from it"
)


def claim(store: Store, evidence: EvidenceFolder) -> None:
    """From now on this database and this folder belong together, or they do already.

    Raises:
        EvidenceError: the folder belongs to another archive.
    """
    ours = store.identity()
    if not ours and evidence.archive_name():
        raise EvidenceError(OTHERS, key=evidence.path)
    ours = ours or store.name_archive(uuid4().hex)  # the database first: a crash before the folder's turn does no harm
    if evidence.name_archive(ours) != ours:
        raise EvidenceError(OTHERS, key=evidence.path)


def take_over(store: Store, evidence: EvidenceFolder) -> None:
    """A database without a name becomes the one of this folder: it is being made again from it.

    Raises:
        EvidenceError: it has a name, and that of another archive.
    """
    folder = evidence.archive_name()
    if folder and not store.identity():
        store.name_archive(folder)
    claim(store, evidence)


def belonging_fault(store: Store, evidence: EvidenceFolder) -> str:
    """What is wrong with the pair, "" if nothing is known to be."""
    ours, theirs = store.identity(), evidence.archive_name()
    return f"{evidence.path}: {OTHERS}" if ours and theirs and ours != theirs else ""


def note_roots(store: Store, evidence: EvidenceFolder, now: datetime) -> None:
    """Keep the roots of sealed days in the database too, where who writes a ledger anew would have to reach as well."""
    roots = {day: seal.root for day, seal in evidence.ledger().seals.items()}
    fresh = roots.keys() - store.noted_seals().keys()
    if fresh:
        store.note_seals({day: roots[day] for day in sorted(fresh)}, now)


def root_faults(evidence: EvidenceFolder, known: Mapping[str, str], whose: str) -> list[str]:
    """Days whose root in the ledger is not the known one."""
    seals = evidence.ledger().seals
    return [
        f"{evidence.path}: the ledger's root of {day} is not the one {whose}: it was written anew, or is another's"
        for day, root in known.items()
        if day not in seals or seals[day].root != root
    ]
