"""The day ledger: what evidence there was on which day, so that no byte of it can change unnoticed.

``ledger.jsonl`` in the evidence folder, append-only, one JSON object a line:

* an *entry* for each finished file: its size, its records, and the Merkle root over its
  records as they stand in the file;
* a *seal* for each day that is over: the Merkle root over the day before's seal and the day's entries.

Who has kept a seal's root (in print, at a time-stamp authority) can prove or refute every
record of that day and of all days before.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from writethru.errors import EvidenceError
from writethru.evidence.merkle import audit_path, leaf_hash, root_from_path, root_of
from writethru.model import EvidenceRef, utc

LEDGER = "ledger.jsonl"
_NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One finished file.

    Attributes:
        day: UTC day on which it was entered, ``2026-09-11``.
        root: over its records' bytes, 64 hex digits.
        chain: SHA-256 over the line before (b"" for the first), a line feed, and this line without ``chain``: it
            holds the lines of a day together before the day is sealed. "" in ledgers of before it was written.
    """

    day: str
    file: str
    size: int
    records: int
    root: str
    chain: str = ""

    def line(self) -> bytes:
        """The line in the ledger: the leaf of the day's tree."""
        form = asdict(self)
        return _canonical(form if self.chain else {name: form[name] for name in form if name != "chain"})

    def chained_to(self, previous: bytes) -> Entry:
        """The entry as it follows this line."""
        plain = replace(self, chain="")
        return replace(self, chain=hashlib.sha256(previous + b"\n" + plain.line()).hexdigest())


@dataclass(frozen=True, slots=True)
class Seal:
    """One day that is over.

    Attributes:
        previous: root of the seal before, zeros for the first.
        root: over ``previous`` and the day's entries, 64 hex digits.
    """

    day: str
    files: int
    records: int
    previous: str
    root: str

    def line(self) -> bytes:
        """The line in the ledger."""
        return _canonical({"sealed": asdict(self)})


@dataclass(frozen=True, slots=True)
class Proof:
    """That one record was in the evidence of one day.

    Attributes:
        seal: whose root must be known from elsewhere.
        entry, position: the file, and where it stands among the day's leaves (0 is the day before's root).
        day_path: from the file's entry to the seal's root, hex digits.
        index, path: where the record stands in its file, and from it to the file's root.
    """

    seal: Seal
    entry: Entry
    position: int
    day_path: tuple[str, ...]
    index: int
    path: tuple[str, ...]

    def holds_for(self, record: bytes) -> bool:
        """Is this record (its bytes as they stand in the file) the one that was sealed?"""
        path = [bytes.fromhex(step) for step in self.path]
        root = root_from_path(leaf_hash(record), self.index, self.entry.records, path)
        day_path = [bytes.fromhex(step) for step in self.day_path]
        day_root = root_from_path(leaf_hash(self.entry.line()), self.position, self.seal.files + 1, day_path)
        return (
            root is not None
            and root.hex() == self.entry.root
            and day_root is not None
            and day_root.hex() == self.seal.root
        )

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger as read.

    Attributes:
        entries: by file name, in the order they were made.
        seals: by day, likewise.
        faults: lines that are wrong and seals that do not fit, with their line number.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    seals: dict[str, Seal] = field(default_factory=dict)
    faults: tuple[tuple[int, str], ...] = ()
    last_line: bytes = b""

    def of_day(self, day: str) -> list[Entry]:
        """The day's entries in order."""
        return [entry for entry in self.entries.values() if entry.day == day]

    @property
    def open_day(self) -> str:
        """The day whose entries are not sealed yet, "" if none."""
        last = next(reversed(self.entries.values()), None)
        return last.day if last is not None and last.day not in self.seals else ""

    @property
    def last_seal(self) -> Seal | None:
        """The newest seal."""
        return next(reversed(self.seals.values()), None)

    def next_seal(self) -> Seal | None:
        """The seal that the open day would get."""
        day = self.open_day
        if not day:
            return None
        return _seal(day, self.of_day(day), self.last_seal.root if self.last_seal else _NOTHING_BEFORE)


def read_ledger(folder: Path) -> Ledger:
    """The ledger of an evidence folder; an empty one if there is none.

    Raises:
        EvidenceError: it cannot be read.
    """
    try:
        content = (folder / LEDGER).read_bytes()
    except FileNotFoundError:
        return Ledger()
    except OSError as error:
        raise EvidenceError("the ledger cannot be read", key=folder / LEDGER) from error
    return parse_ledger(content)


def parse_ledger(content: bytes) -> Ledger:
    """Entries and seals, each checked against what stands before it."""
    reading = _Reading()
    lines = content.split(b"\n")
    for line in lines[:-1]:
        reading.take(line)
    if lines[-1]:
        reading.take(b"")
    return Ledger(reading.entries, reading.seals, tuple(reading.faults), reading.last)


@dataclass(slots=True)
class _Reading:
    """A ledger that is being read, line by line."""

    entries: dict[str, Entry] = field(default_factory=dict)
    seals: dict[str, Seal] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)
    day: list[Entry] = field(default_factory=list)  # not sealed yet
    number: int = 0
    last: bytes = b""

    def take(self, line: bytes) -> None:
        self.number += 1
        try:
            form = json.loads(line)
            known = Entry(**form) if "sealed" not in form else Seal(**form["sealed"])
            fault = self._entry(known) if isinstance(known, Entry) else self._seal(known)
            if known.line() != line:
                fault = "not as ledgers are written"
        except (ValueError, TypeError, AttributeError):
            fault = "not a whole line of a ledger"
        if fault:
            self.faults.append((self.number, fault))
        self.last = line

    def _entry(self, entry: Entry) -> str:
        doubled = entry.file in self.entries
        self.entries[entry.file] = entry
        self.day.append(entry)
        if entry.day in self.seals:
            return f"an entry after the seal of its day, {entry.day}"
        if entry.chain and entry.chain != entry.chained_to(self.last).chain:
            return "an entry that does not follow the line before it"
        return f"a second entry for {entry.file}" if doubled else ""

    def _seal(self, seal: Seal) -> str:
        last = next(reversed(self.seals.values()), None)
        expected = _seal(seal.day, self.day, last.root if last else _NOTHING_BEFORE)
        fits = seal == expected and all(entry.day == seal.day for entry in self.day)
        self.seals[seal.day], self.day = seal, []
        return "" if fits else f"the seal of {seal.day} does not fit its entries"


def enter(folder: Path, file: str, size: int, records: int, root: bytes, now: datetime) -> Entry:
    """Enter a finished file, sealing the days before today first. A file already there is left as it is.

    Raises:
        OSError: it could not be written; the ledger is as it was.
    """
    with _locked(folder) as (stream, ledger):
        known = ledger.entries.get(file)
        if known is not None:
            return known
        day = _day(ledger, now)
        lines = _due_seal(ledger, day)
        entry = Entry(day, file, size, records, root.hex()).chained_to(lines[-1] if lines else ledger.last_line)
        _append(stream, [*lines, entry.line()])
        return entry


def seal_days(folder: Path, now: datetime) -> Seal | None:
    """Seal the last day with entries if it is over; returns the seal that was made.

    Raises:
        OSError: it could not be written.
    """
    with _locked(folder) as (stream, ledger):
        lines = _due_seal(ledger, utc(now).date().isoformat())
        _append(stream, lines)
        return ledger.next_seal() if lines else None


def prove(ledger: Ledger, ref: EvidenceRef, members: list[tuple[int, bytes]]) -> Proof:
    """That a record was in its file on the day the file was entered.

    Args:
        members: offset and leaf hash of every record of the file, in order.

    Raises:
        EvidenceError: the file is not entered, its day not sealed, or the record not in it.
    """
    entry = ledger.entries.get(ref.file)
    seal = ledger.seals.get(entry.day) if entry else None
    if entry is None or seal is None:
        raise EvidenceError("this file's day is not sealed yet", key=ref.file)
    index = next((number for number, (offset, _) in enumerate(members) if offset == ref.offset), None)
    if index is None:
        raise EvidenceError("no record stands there", key=f"{ref.file}:{ref.offset}")
    entries = ledger.of_day(entry.day)
    position = entries.index(entry) + 1
    day_path = audit_path(_leaves(entries, seal.previous), position)
    path = audit_path([leaf for _, leaf in members], index)
    return Proof(seal, entry, position, _hex(day_path), index, _hex(path))


def _seal(day: str, entries: list[Entry], previous: str) -> Seal:
    root = root_of(_leaves(entries, previous))
    return Seal(day, len(entries), sum(entry.records for entry in entries), previous, root.hex())


def _leaves(entries: list[Entry], previous: str) -> list[bytes]:
    return [leaf_hash(bytes.fromhex(previous)), *(leaf_hash(entry.line()) for entry in entries)]


def _due_seal(ledger: Ledger, today: str) -> list[bytes]:
    seal = ledger.next_seal()
    return [seal.line()] if seal is not None and seal.day < today else []


def _day(ledger: Ledger, now: datetime) -> str:
    """Today; or a day that is not sealed, should the clock have gone back behind the ledger."""
    sealed = ledger.last_seal
    after = (date.fromisoformat(sealed.day) + timedelta(days=1)).isoformat() if sealed else ""
    return max(utc(now).date().isoformat(), ledger.open_day, after)


def _hex(path: tuple[bytes, ...]) -> tuple[str, ...]:
    return tuple(step.hex() for step in path)


def _canonical(form: dict[str, Any]) -> bytes:
    return json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


@contextmanager
def _locked(folder: Path) -> Iterator[tuple[int, Ledger]]:
    """The ledger's file, ours alone, and what it holds; a line cut short by a crash is cut away."""
    fd = os.open(folder / LEDGER, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        content = os.pread(fd, os.fstat(fd).st_size, 0)
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            os.ftruncate(fd, len(whole))
        yield fd, parse_ledger(whole)
    finally:
        os.close(fd)


def _append(fd: int, lines: list[bytes]) -> None:
    if not lines:
        return
    size = os.fstat(fd).st_size
    view = memoryview(b"".join(line + b"\n" for line in lines))
    try:
        while view:
            view = view[os.write(fd, view) :]
        os.fsync(fd)
    except OSError:
        os.ftruncate(fd, size)
        raise
