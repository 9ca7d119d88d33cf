"""Writing WARC files so that a record is either whole on disk or was never promised.

A file is called ``NAME.warc.gz.open`` and locked while it is written; it is synced and
renamed to ``NAME.warc.gz`` when it is full, old, or the writer closes.
"""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from writethru.errors import EvidenceError, FetchError
from writethru.evidence.exchanges import HTTP_RESPONSE, NewRecord, error_field, exchange_records
from writethru.evidence.ledger import enter
from writethru.evidence.marks import mark, unmark
from writethru.evidence.openfile import OpenFile
from writethru.evidence.records import PLACE, build_record, gzip_member, new_record_id, warc_date
from writethru.fetch.exchange import Exchange, received
from writethru.model import EvidenceRef

_WARC_1_1 = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Rolling:
    """When a file is closed and the next one begun.

    Attributes:
        max_bytes: no record is begun in a file of this size.
        max_age: since its first record, by the writer's clock.
    """

    max_bytes: int = 1 << 30
    max_age: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a warcinfo record says of who wrote the file."""

    software: str = "Writethru/0.1"
    host: str = ""
    operator: str = ""

    @classmethod
    def here(cls, operator: str = "") -> Identity:
        """Of this machine."""
        return cls(host=socket.gethostname(), operator=operator)


class EvidenceWriter:
    """Adds records; made by ``EvidenceFolder.writer()``. Threads may share one.

    After an error of ``sync`` nothing since the last good ``sync`` may be relied on, and the
    writer takes no more: close it, recover the folder, make another.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime], rolling: Rolling, identity: Identity) -> None:
        self._folder = folder
        self._clock = clock
        self._rolling = rolling
        self._identity = identity
        self._file: OpenFile | None = None
        self._begun: datetime | None = None
        self._marked: list[str] = []
        self._doubtful = False
        self._serial = 0
        self._failed: EvidenceError | None = None
        self._closed = False
        self._lock = threading.RLock()

    def __enter__(self) -> EvidenceWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is not None:
            self.doubt()
        self.close()

    def add_exchange(self, exchange: Exchange, *, capture_hint: Mapping[str, str] | None = None) -> EvidenceRef:
        """Request and response records of every hop; returns the last response's place.

        Args:
            capture_hint: ``Writethru-…`` fields for the last response, and what it may refer
                to (``revisit_hint``).

        Raises:
            EvidenceError: it could not be written; nothing of it stays in the file.
        """
        return self._append(exchange_records(exchange, capture_hint or {}))

    def add_failed(
        self, url: str, error: FetchError, exchange: Exchange | None = None, *, at: datetime | None = None
    ) -> EvidenceRef:
        """What came of a look that failed, and how; a metadata record alone if nothing came.

        Args:
            exchange: what was received; None = what hangs on the error.
            at: when the look was made, for a record of nothing; None = now.

        Raises:
            EvidenceError: see ``add_exchange``.
        """
        exchange = exchange or received(error)
        if exchange is not None and exchange.hops:
            return self._append(exchange_records(exchange, {}, error))
        fields = [("Content-Type", "application/warc-fields"), ("Writethru-Exchange-Error", error_field(error))]
        if exchange is not None:
            fields.append(("Writethru-On-Behalf", exchange.on_behalf))
        return self._append([_described("metadata", url, at or self._clock(), fields, b"")])

    def add_resource(
        self, url: str, payload: bytes, content_type: str, captured_at: datetime, *, fields: Mapping[str, str]
    ) -> EvidenceRef:
        """Imported material as it was found.

        Args:
            url: the article's URL, or ``urn:sha256:…`` where none is known.
            captured_at: with a time zone.
            fields: our own header fields (``Writethru-Medium`` …), enough to import it again from here.

        Raises:
            EvidenceError: see ``add_exchange``.
        """
        named = [("Content-Type", content_type), *fields.items()]
        return self._append([_described("resource", url, captured_at, named, payload)])

    def add_metadata(
        self, url: str, payload: bytes, content_type: str, captured_at: datetime, *, fields: Mapping[str, str]
    ) -> EvidenceRef:
        """What somebody else's failed look brought, which is no HTTP response; arguments as for ``add_resource``.

        Raises:
            EvidenceError: see ``add_exchange``.
        """
        named = [("Content-Type", content_type), *fields.items()]
        return self._append([_described("metadata", url, captured_at, named, payload)])

    def add_response(
        self, url: str, block: bytes, captured_at: datetime, *, fields: Mapping[str, str], payload_digest: str = ""
    ) -> EvidenceRef:
        """An HTTP response that somebody else recorded, head and body as they recorded it.

        Args:
            url, captured_at, fields: as for ``add_resource``.
            block: status line, headers, blank line, body.
            payload_digest: ``sha256:BASE32`` of the payload; "" = not stated.

        Raises:
            EvidenceError: see ``add_exchange``.
        """
        named = [("Content-Type", HTTP_RESPONSE), ("WARC-Payload-Digest", payload_digest), *fields.items()]
        return self._append([_described("response", url, captured_at, named, block)])

    def sync(self) -> None:
        """All that was added is on disk when this returns. One sync may serve a batch, and many threads.

        Raises:
            EvidenceError: it is not; see the class.
        """
        with self._lock:
            if self._failed is not None or not self._closed:
                self._check_usable()
            file = self._file
        if file is None:
            return  # nothing was added, or it was synced when its file was closed
        try:
            file.sync()
        except OSError as error:
            raise self._give_up("the evidence could not be synced to disk") from error

    def doubt(self) -> None:
        """Something in these files may not have been recorded: their marks stay, for recovery to look through them."""
        self._doubtful = True

    def close(self) -> None:
        """Sync, rename to the final name, let go. A second call does nothing.

        Raises:
            EvidenceError: the file stays ``.open``; ``recover`` will settle it.
        """
        with self._lock:
            self._closed = True
            self._roll()
            if self._failed is None:
                self._unmark(len(self._marked))

    def _unmark(self, count: int) -> None:
        """All in the first so many files is recorded, unless there was a doubt."""
        if not self._doubtful:
            unmark(self._folder, self._marked[:count])
            del self._marked[:count]

    def _append(self, records: list[NewRecord]) -> EvidenceRef:
        """All records in one write; returns the last one's place."""
        members = [gzip_member(record.content, record.packed) for record in records]
        with self._lock:
            file = self._ready()
            try:
                end = file.append(members)
            except OSError as error:
                if file.broken:
                    raise self._give_up("the evidence could not be written, nor taken back") from error
                raise EvidenceError("the evidence could not be written", key=file.path) from error
            except BaseException:  # Ctrl-C between writing and counting: what the file holds is not known any more
                self._give_up("the writing was interrupted")
                raise
        length = len(members[-1])
        return EvidenceRef(file.final.name, end - length, length, records[-1].record_id)

    def _ready(self) -> OpenFile:
        """A file that takes more, rolled or begun where needed."""
        self._check_usable()
        if self._file is not None and self._is_full(self._file):
            self._roll()
        if self._file is None:
            self._begun = self._clock()
            try:
                self._file = self._new_file(self._begun)
            except OSError as error:
                raise EvidenceError("no evidence file can be made here", key=self._folder) from error
        return self._file

    def _is_full(self, file: OpenFile) -> bool:
        old = self._begun is not None and self._clock() - self._begun >= self._rolling.max_age
        return old or file.size >= self._rolling.max_bytes

    def _new_file(self, moment: datetime) -> OpenFile:
        self._folder.mkdir(parents=True, exist_ok=True)
        stamp = moment.strftime("%Y%m%dT%H%M%SZ")
        host = _NOT_IN_NAMES.sub("-", self._identity.host).strip("-")[:40] or "host"
        while True:
            self._serial += 1
            name = f"writethru-{stamp}-{host}-{os.getpid()}-{self._serial:05d}.warc.gz"
            if (self._folder / name).exists():
                continue  # of a writer of ours before, in the same second: its mark says nothing of us
            mark(self._folder / name)
            file = OpenFile.create(self._folder / name, gzip_member(self._warcinfo(name, moment)))
            if file is not None:
                self._marked.append(name)
                return file

    def _warcinfo(self, name: str, moment: datetime) -> bytes:
        about = {
            "software": self._identity.software,
            "format": "WARC File Format 1.1",
            "conformsTo": _WARC_1_1,
            "hostname": self._identity.host,
            "operator": self._identity.operator,
        }
        block = "".join(f"{key}: {value}\r\n" for key, value in about.items() if value).encode()
        fields = [
            ("WARC-Record-ID", new_record_id()),
            ("WARC-Date", warc_date(moment)),
            ("WARC-Filename", name),
            ("Content-Type", "application/warc-fields"),
        ]
        return build_record("warcinfo", fields, block)

    def _roll(self) -> None:
        file, self._file = self._file, None
        if file is None:
            return
        try:
            file.finish()
            enter(self._folder, file.final.name, file.size, file.tree.size, file.tree.root(), self._clock())
            self._unmark(len(self._marked) - 1)  # what is in the file before was recorded long ago
        except OSError as error:
            self._file = file
            raise self._give_up("the evidence file could not be closed or entered in the ledger; recover it") from error

    def _give_up(self, message: str) -> EvidenceError:
        where = self._folder if self._file is None else self._file.path
        error = EvidenceError(message, key=where)
        with self._lock:
            if self._file is not None:
                self._file.abandon()
            self._file, self._failed = None, error
        return error

    def _check_usable(self) -> None:
        if self._closed:
            raise EvidenceError("this writer is closed", key=self._folder)
        if self._failed is not None:
            raise EvidenceError(f"this writer failed before: {self._failed.message}", key=self._failed.key)


def revisit_hint(ref: EvidenceRef, url: str, captured_at: datetime, payload_digest: str = "") -> dict[str, str]:
    """What ``add_exchange`` needs to write a revisit of an earlier record.

    A 304 becomes a ``server-not-modified`` revisit of it; a 200 with an equal payload digest
    an ``identical-payload-digest`` revisit.

    Args:
        ref: of the response record that has the payload.
        url, captured_at: of that record.
        payload_digest: of that record; "" = a 200 is recorded in full whatever it holds.
    """
    return {
        "WARC-Refers-To": ref.record_id,
        "WARC-Refers-To-Target-URI": url,
        "WARC-Refers-To-Date": warc_date(captured_at),
        "WARC-Payload-Digest": payload_digest,
        PLACE: f"{ref.file} {ref.offset} {ref.length}",
    }


def _described(kind: str, url: str, moment: datetime, named: list[tuple[str, str]], block: bytes) -> NewRecord:
    record_id = new_record_id()
    fields = [("WARC-Record-ID", record_id), ("WARC-Target-URI", url), ("WARC-Date", warc_date(moment)), *named]
    return NewRecord(record_id, build_record(kind, fields, block))
