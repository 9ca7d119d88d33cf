"""After a crash: what was written whole is kept, a torn tail is set aside, the file gets its final name."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from writethru.errors import EvidenceError
from writethru.evidence.ledger import enter, read_ledger
from writethru.evidence.marks import mark, unmark
from writethru.evidence.merkle import Tree
from writethru.evidence.openfile import OPEN_SUFFIX, is_still, sync_folder, take_lock
from writethru.evidence.records import RecordHead, record_head
from writethru.evidence.scan import leaves, scan

TORN_SUFFIX = ".torn"


@dataclass(frozen=True, slots=True)
class RecoveryReport:
    """What ``recover`` found and did.

    Attributes:
        in_use: files that a living process is writing; untouched.
        recovered: final names of the files that were settled.
        removed: files that held no record.
        torn: files with the bytes cut off, ``NAME.warc.gz.torn``.
        records: heads of all records in the recovered files, in order.
        faults: damage inside a recovered file, left where it is.
    """

    in_use: tuple[str, ...] = ()
    recovered: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    torn: tuple[str, ...] = ()
    records: tuple[RecordHead, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    in_use: list[str] = field(default_factory=list)
    recovered: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    records: list[RecordHead] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def report(self) -> RecoveryReport:
        return RecoveryReport(
            tuple(self.in_use),
            tuple(self.recovered),
            tuple(self.removed),
            tuple(self.torn),
            tuple(self.records),
            tuple(self.faults),
        )


def recover_folder(folder: Path, now: datetime) -> RecoveryReport:
    """Settle every ``.open`` file whose writer is dead, and enter in the ledger what is not in it.

    Raises:
        EvidenceError: a file cannot be read, cut or renamed.
    """
    tally = _Tally()
    for path in sorted(folder.glob(f"*{OPEN_SUFFIX}")):
        try:
            _recover_file(path, tally)
        except OSError as error:
            raise EvidenceError("the file cannot be recovered", key=path) from error
    _complete_ledger(folder, now)
    return tally.report()


def _complete_ledger(folder: Path, now: datetime) -> None:
    known = read_ledger(folder).entries
    for path in sorted(folder.glob("*.warc.gz")):
        if path.name not in known:
            tree = Tree()
            for _, leaf in leaves(path):
                tree.add(leaf)
            try:
                enter(folder, path.name, path.stat().st_size, tree.size, tree.root(), now)
            except OSError as error:
                raise EvidenceError("the file cannot be entered in the ledger", key=path) from error


def _recover_file(path: Path, tally: _Tally) -> None:
    try:
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return  # its writer has just finished it
    try:
        if not take_lock(fd):
            tally.in_use.append(path.name)
        elif is_still(path, fd):
            _settle(path, fd, tally)
    finally:
        os.close(fd)


def _settle(path: Path, fd: int, tally: _Tally) -> None:
    final = path.with_name(path.name.removesuffix(OPEN_SUFFIX))
    whole, faults = _whole_records(path, final.name)
    end = max((head.ref.offset + head.ref.length for head in whole), default=0)
    if end < os.fstat(fd).st_size:
        _set_tail_aside(final, fd, end, tally)
    if not any(head.kind != "warcinfo" for head in whole):
        path.unlink()
        unmark(path.parent, [final.name])
        tally.removed.append(final.name)
    else:
        os.ftruncate(fd, end)
        os.fsync(fd)
        mark(final)
        path.rename(final)
        tally.recovered.append(final.name)
        tally.records += whole
        tally.faults += [f"{final.name}:{offset}: {fault}" for offset, fault in faults if offset < end]
    sync_folder(path.parent)


def _whole_records(path: Path, name: str) -> tuple[list[RecordHead], list[tuple[int, str]]]:
    heads: list[RecordHead] = []
    faults: list[tuple[int, str]] = []
    for piece in scan(path):
        read = None if piece.fault else record_head(piece.raw, name, piece.offset, piece.length)
        if read is None:
            faults.append((piece.offset, piece.fault or "not a record"))
        else:
            heads.append(read[0])
    return heads, faults


def _set_tail_aside(final: Path, fd: int, end: int, tally: _Tally) -> None:
    """Copy what follows the last whole record to ``.torn`` before it is cut off."""
    torn = final.with_name(final.name + TORN_SUFFIX)
    with torn.open("wb") as copy:
        at = end
        while data := os.pread(fd, 1 << 20, at):
            copy.write(data)
            at += len(data)
        copy.flush()
        os.fsync(copy.fileno())
    tally.torn.append(torn.name)
