"""The folder of evidence files: the way in and the way out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from writethru.errors import ConfigError, EvidenceError
from writethru.evidence.cdxj import INDEX, PARTS, merge_parts, write_part
from writethru.evidence.cold import ColdFiles, ColdStore, Sending, Sent, read_journal, recall, send, send_again
from writethru.evidence.destroyed import Order, destroy, read_destroyed
from writethru.evidence.ledger import LEDGER, Ledger, Proof, Seal, prove, read_ledger, seal_days
from writethru.evidence.marks import marked, unmark
from writethru.evidence.naming import give_name, name_of
from writethru.evidence.openfile import OPEN_SUFFIX, open_path
from writethru.evidence.pack import Packed, pack, packed_name
from writethru.evidence.records import PLACE, SAME_PAYLOAD, Record, RecordHead, record_head, whole_record
from writethru.evidence.recover import RecoveryReport, recover_folder
from writethru.evidence.scan import leaves_in, piece_in, pieces_in
from writethru.evidence.verify import MAX_RECORD_BYTES, Fault, VerifyReport, verify_files
from writethru.evidence.writer import EvidenceWriter, Identity, Rolling
from writethru.model import EvidenceRef

_PATTERNS = ("*.warc.gz", "*.warc", "*.warc.zst", f"*.warc.gz{OPEN_SUFFIX}")


class EvidenceFolder:
    """WARC files of one archive; made when the first record is written.

    Args:
        path: the folder.
        clock: for file names and rolling; a simulated one in a replay.
        rolling: when a file is closed and the next begun.
        operator: named in the warcinfo records; a URL or mail address.
        cold: where files are that are not here any more, or were never here but at another host.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        clock: Callable[[], datetime] | None = None,
        rolling: Rolling | None = None,
        operator: str = "",
        cold: ColdStore | None = None,
    ) -> None:
        self.cold = cold
        self.path = Path(path)
        self._clock = clock or _utc_now
        self._rolling = rolling or Rolling()
        self._operator = operator

    def writer(self) -> EvidenceWriter:
        """A context manager that adds records. Any number may write at once, each to its own file."""
        return EvidenceWriter(self.path, self._clock, self._rolling, Identity.here(self._operator))

    def files(self) -> list[Path]:
        """All WARC files, those being written too, by name."""
        return sorted((path for pattern in _PATTERNS for path in self.path.glob(pattern)), key=lambda path: path.name)

    def read(self, ref: EvidenceRef) -> Record:
        """One record. An identical-payload revisit comes with the payload that it refers to.

        Raises:
            EvidenceError: the file or record is missing, damaged, or not the one the reference means.
        """
        record = self._read_one(ref)
        place = record.head.get(PLACE).split(" ")
        if record.head.get("WARC-Profile") != SAME_PAYLOAD or len(place) != 3:
            return record
        named = record.head.get("WARC-Refers-To")
        referred = self._read_one(EvidenceRef(place[0], int(place[1]), int(place[2]), named))
        return Record(record.head, record.block, referred.payload, referred.http)

    def _read_one(self, ref: EvidenceRef) -> Record:
        with self._opened(ref.file) as stream:
            piece = piece_in(stream, ref.offset, MAX_RECORD_BYTES, ref.file)
        if piece.fault:
            raise EvidenceError(f"no whole record stands there: {piece.fault}", key=_at(ref))
        read = record_head(piece.raw, ref.file, ref.offset, ref.length)
        if read is None:
            raise EvidenceError("what stands there is not a WARC record", key=_at(ref))
        head, start = read
        if ref.record_id and head.record_id != ref.record_id:
            raise EvidenceError(f"another record stands there than {ref.record_id}", key=_at(ref))
        return whole_record(head, piece.raw[start : start + head.content_length])

    def records(self, file: str | Path) -> Iterator[RecordHead | Fault]:
        """The head of every record of a file, in order; damage as a ``Fault``, and the reading goes on.

        Args:
            file: a name in this folder (as in ``EvidenceRef.file``), or a path to any ``.warc`` or
                ``.warc.gz``; ``read`` takes the references that come out of either.

        Raises:
            EvidenceError: the file is missing or cannot be read.
        """
        name = self._name(Path(file))
        with self._opened(name) as stream:
            for piece in pieces_in(stream):
                read = None if piece.fault else record_head(piece.raw, name, piece.offset, piece.length)
                if read is not None:
                    yield read[0]
                elif piece.fault or piece.raw:
                    yield Fault(name, piece.offset, piece.fault or "not a record")

    def recover(self) -> RecoveryReport:
        """Settle the files of dead writers: keep whole records, set torn tails aside, rename.

        Raises:
            EvidenceError: a file cannot be read, cut or renamed.
        """
        return recover_folder(self.path, self._clock())

    def archive_name(self) -> str:
        """The name of the archive that this folder belongs to, "" before it has one.

        Raises:
            EvidenceError: that cannot be read.
        """
        return name_of(self.path)

    def name_archive(self, name: str) -> str:
        """Name the folder, made if it is new, unless it has a name; the one it has.

        Raises:
            EvidenceError: it cannot be written.
        """
        return give_name(self.path, name)

    def unrecorded(self) -> list[str]:
        """Finished files that may hold looks which the record does not know."""
        return marked(self.path)

    def all_recorded(self, files: Iterable[str]) -> None:
        """All in these files is in the record now.

        Raises:
            EvidenceError: that cannot be noted.
        """
        unmark(self.path, files)

    def verify(self, progress: Callable[[int, int], None] | None = None) -> VerifyReport:
        """Re-read and re-hash every record of every file.

        Args:
            progress: called with bytes read so far and bytes in all.

        Raises:
            EvidenceError: a file cannot be read.
        """
        return verify_files(self.path, self.files(), self.ledger(), ColdFiles(self.path, self.cold), progress)

    def ledger(self) -> Ledger:
        """The day ledger as it stands.

        Raises:
            EvidenceError: it cannot be read.
        """
        return read_ledger(self.path)

    def seal(self) -> Seal | None:
        """Seal the last day if it is over; the seal that was made, or None.

        Writers do this by themselves when they finish the first file of a new day.

        Raises:
            EvidenceError: the ledger cannot be written.
        """
        if not (self.path / LEDGER).exists():
            return None
        try:
            return seal_days(self.path, self._clock())
        except OSError as error:
            raise EvidenceError("the ledger cannot be sealed", key=self.path / LEDGER) from error

    def prove(self, ref: EvidenceRef) -> Proof:
        """That a record was in the evidence of its day; ``proof.holds_for(self.stored(ref))`` checks it.

        Raises:
            EvidenceError: its day is not sealed yet, or there is no such record.
        """
        with self._opened(ref.file) as stream:
            found = list(leaves_in(stream, ref.file, read_destroyed(self.path)))
        return prove(self.ledger(), ref, found)

    def stored(self, ref: EvidenceRef) -> bytes:
        """A record's bytes as they stand in the file.

        Raises:
            EvidenceError: the file is missing or cannot be read.
        """
        with self._opened(ref.file) as stream:
            stream.seek(ref.offset)
            return stream.read(ref.length)

    def destroy(self, refs: Sequence[EvidenceRef], urls: Collection[str], order: Order) -> int:
        """Destroy records for good, with the requests that asked for them and the redirects that led to them.

        Args:
            refs: the records; they stand in this folder.
            urls: whatever was asked for at these addresses in the same files goes too.
            order: when, by whom and why: what the journal of destroyed records says.

        Returns:
            How many records; 0 where it was done before.

        Raises:
            EvidenceError: a file is missing or cannot be written.
        """
        files = {ref.file for ref in refs}
        copied = self._sent_of(files)
        ids = {ref.record_id for ref in refs}
        heads = [head for file in sorted(files) for head in self.records(file) if isinstance(head, RecordHead)]
        known = read_destroyed(self.path)
        wanted = [head.ref for head in heads if _belongs(head, ids, urls)]
        count = destroy(self.path, [*wanted, *(ref for ref in refs if (ref.file, ref.offset) in known)], order)
        if copied and self.cold is not None:
            send_again(self.path, self.cold, copied, order.at)
        indexed = (self.path / INDEX).exists()
        for file in files:
            (self.path / PARTS / f"{file}.cdxj").unlink(missing_ok=True)
        if indexed:
            self.index()
        return count

    def index(self) -> Path | None:
        """Bring ``index.cdxj`` up to date with all finished files; None: there is none.

        Raises:
            EvidenceError: a file cannot be read, or the index not written.
        """
        finished = [path.name for path in self.files() if path.suffix != OPEN_SUFFIX]
        for name in finished:
            if not (self.path / PARTS / f"{name}.cdxj").exists():
                heads = (head for head in self.records(name) if isinstance(head, RecordHead))
                write_part(self.path, name, heads)
        return merge_parts(self.path) if finished else None

    # cold storage

    def send(self, *, older_than: timedelta = timedelta(0), free: bool = False) -> Sending:
        """Send finished files to cold storage and read them back; ``free`` their local copies, if asked to.

        Args:
            older_than: only files that were finished so long ago.

        Raises:
            ConfigError: no cold storage is set.
            EvidenceError: it cannot be reached, or gave back other bytes.
        """
        names = [path.name for path in self._finished(older_than)]
        return send(self.path, self._storage(), names, self._clock(), free=free)

    def pack(self, folder: Path, *, older_than: timedelta = timedelta(0)) -> list[Packed]:
        """Copy finished files into another folder as ``.warc.zst``; those that are there are left alone.

        Raises:
            EvidenceError: it is this very folder, cannot be written, or a file is damaged; what was packed stays.
        """
        if folder.resolve() == self.path.resolve():
            raise EvidenceError("is the evidence folder itself; name another one", key=folder)
        wanted = [path for path in self._finished(older_than) if not (folder / packed_name(path.name)).exists()]
        return [pack(path, folder) for path in wanted]

    def _finished(self, older_than: timedelta) -> list[Path]:
        before = (self._clock() - older_than).timestamp()
        finished = (path for path in self.files() if path.name.endswith(".warc.gz"))
        return [path for path in finished if not older_than or path.stat().st_mtime <= before]

    def recall(self, names: Collection[str] = ()) -> list[str]:
        """Bring files back from cold storage, all that this folder has sent if none is named; which came.

        Raises:
            ConfigError: no cold storage is set.
            EvidenceError: a file is not there, or not what was sent.
        """
        return recall(self.path, self._storage(), names or read_journal(self.path).keys())

    def sent(self) -> dict[str, Sent]:
        """What this folder has sent to cold storage, by name.

        Raises:
            EvidenceError: the journal cannot be read.
        """
        return read_journal(self.path)

    def away(self) -> list[str]:
        """Names of the files that stand in cold storage only.

        Raises:
            EvidenceError: the journal cannot be read.
        """
        return sorted(name for name in read_journal(self.path) if not self._is_here(name))

    def _storage(self) -> ColdStore:
        if self.cold is None:
            raise ConfigError("names no cold storage", key="archive.cold_url")
        return self.cold

    def _sent_of(self, files: Collection[str]) -> list[str]:
        """Those of the files that have a copy in cold storage, which must be within reach to be destroyed too."""
        sent = sorted(read_journal(self.path).keys() & set(files))
        if sent:
            self._storage()
        for name in sent:
            self._find(name)
        return sent

    @contextmanager
    def _opened(self, file: str) -> Iterator[BinaryIO]:
        """A file, here or in cold storage. Raises EvidenceError: it is nowhere, or cannot be read."""
        try:
            if self.cold is not None and not self._is_here(file) and Path(file).name == file:
                with self.cold.open(file) as stream:
                    yield stream
            else:
                with self._find(file).open("rb") as stream:
                    yield stream
        except FileNotFoundError as error:
            raise EvidenceError("there is no such evidence file, here or in cold storage", key=file) from error
        except OSError as error:
            raise EvidenceError("the file cannot be read", key=file) from error

    def _is_here(self, file: str) -> bool:
        path = self.path / file
        return path.is_file() or open_path(path).is_file() or path.is_file()  # it may be renamed between two looks

    def _name(self, path: Path) -> str:
        """The final name of a file of this folder; the path of any other."""
        ours = path.parent in (self.path, Path())
        return path.name.removesuffix(OPEN_SUFFIX) if ours else str(path.absolute())

    def _find(self, file: str) -> Path:
        path = self.path / file
        for candidate in (path, open_path(path), path):  # it may be renamed between two looks
            if candidate.is_file():
                return candidate
        if file in read_journal(self.path):
            raise EvidenceError("stands in cold storage only; `writethru cold recall` brings it back", key=file)
        raise EvidenceError("there is no such evidence file", key=path)


def _belongs(head: RecordHead, ids: Collection[str], urls: Collection[str]) -> bool:
    named = {head.record_id, head.get("WARC-Concurrent-To"), head.get("WARC-Refers-To")}
    addresses = {head.target_uri, head.get("Writethru-Requested-URI")}
    return not named.isdisjoint(ids) or not addresses.isdisjoint(urls)


def _at(ref: EvidenceRef) -> str:
    return f"{ref.file}:{ref.offset}"


def _utc_now() -> datetime:
    return datetime.now(UTC)
