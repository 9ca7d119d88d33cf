"""What the steps of a job hand to each other: small frozen values that any engine can carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from writethru.model import Medium


@dataclass(frozen=True, slots=True)
class ScanTask:
    """One file to read.

    Attributes:
        number: of the file in the order of reading.
        name: the file as reports and evidence references name it: relative to the path that was given.
        folder: the job's working folder.
        now: the time of import, for states without a time of their own.
    """

    number: int
    path: str
    name: str
    folder: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a file held.

    Attributes:
        listed: addresses to watch, which a bulk job passes over.
        skipped: (place, message) of what could not be read.
        cpu: seconds.
    """

    captures: int
    listed: int
    skipped: tuple[tuple[str, str], ...]
    cpu: float = 0.0

    @classmethod
    def from_dict(cls, form: Mapping[str, Any]) -> Scanned:
        """Inverse of ``dataclasses.asdict``."""
        return cls(form["captures"], form["listed"], _pairs(form["skipped"]), form["cpu"])


@dataclass(frozen=True, slots=True)
class ShareTask:
    """A share of the articles (``number`` of a part) or of the hosts (``hosts``) to go through.

    Attributes:
        told: text digest to the moment and look from which an article of another part had this text.
    """

    number: int
    folder: str
    out: str
    hosts: tuple[str, ...] = ()
    told: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """One capture, as the index of a job has it.

    Attributes:
        id: the number it gets in the record.
        at: microseconds since 1970, UTC.
        file, offset, length: where its bytes were put aside.
    """

    id: int
    article: int
    at: int
    file: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article, as the index of a job has it.

    Attributes:
        outlet: as its file states it, or "".
        added_at: microseconds since 1970.
    """

    id: int
    url: str
    host: str
    outlet: str
    added_at: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A capture as the scan of its file found it, before it has a number."""

    url: str
    at: int
    basis: str
    digest: str
    part: str
    aliases: tuple[str, ...]
    outlet: str
    medium: Medium
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file of the result."""

    table: str
    file: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ShareDone:
    """What became of a share.

    Attributes:
        files: of the tables that need no other share.
        skipped: captures that could not be recorded.
        cpu, peak: seconds, and the most bytes that the worker has held so far.
    """

    files: tuple[WrittenFile, ...]
    captures: int
    versions: int
    changes: int
    skipped: tuple[tuple[str, str], ...]
    cpu: float = 0.0
    peak: int = 0

    @classmethod
    def from_dict(cls, form: Mapping[str, Any]) -> ShareDone:
        """Inverse of ``dataclasses.asdict``."""
        plain = {name: form[name] for name in ("captures", "versions", "changes", "cpu", "peak")}
        return cls(tuple(WrittenFile(**file) for file in form["files"]), skipped=_pairs(form["skipped"]), **plain)


@dataclass(frozen=True, slots=True)
class AnalysisTask:
    """One piece of an analysis: a share of the articles, or a part of all grams.

    Attributes:
        shares: how many there are; grams have as many parts.
    """

    number: int
    folder: str
    out: str
    shares: int


@dataclass(frozen=True, slots=True)
class Analysed:
    """What became of a piece of an analysis.

    Attributes:
        failed: (article, message) of what could not be analysed.
        cpu, peak: as in ``ShareDone``.
    """

    files: tuple[WrittenFile, ...]
    failed: tuple[tuple[str, str], ...]
    cpu: float = 0.0
    peak: int = 0

    @classmethod
    def from_dict(cls, form: Mapping[str, Any]) -> Analysed:
        """Inverse of ``dataclasses.asdict``."""
        files = tuple(WrittenFile(**file) for file in form["files"])
        return cls(files, _pairs(form["failed"]), form["cpu"], form["peak"])


@dataclass(frozen=True, slots=True)
class BulkReport:
    """What a job did.

    Attributes:
        parts: shares of articles, ``kept`` of them finished by an earlier run.
        retold: parts done again because another part had a text first.
        lost: workers that died and whose work was done again.
        cpu_seconds: of all workers and the driver in this run.
        peak_bytes: the most memory a worker held.
        pairs, events, statements: rows of what was found across articles.
    """

    captures: int
    articles: int
    versions: int
    changes: int
    pairs: int
    events: int
    statements: int
    already_known: int
    listed: int
    skipped: tuple[tuple[str, str], ...]
    parts: int
    kept: int
    retold: int
    lost: int
    cpu_seconds: float
    peak_bytes: int
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        named = {name: getattr(self, name) for name in self.__slots__ if name != "skipped"}
        skipped = [{"origin": origin, "message": message} for origin, message in self.skipped]
        return {
            **named,
            "cpu_seconds": round(self.cpu_seconds, 2),
            "seconds": round(self.seconds, 2),
            "skipped": skipped,
        }


def _pairs(listed: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((origin, message) for origin, message in listed)
