"""A bulk job from the first step to the last: what is finished is in the ledger, and is not done again."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from writethru.bulk.analysing import steps
from writethru.bulk.engines import Engine, Result, Task
from writethru.bulk.finish import finish
from writethru.bulk.learn import learn_hosts, learn_tasks
from writethru.bulk.ledger import Ledger, unfinished
from writethru.bulk.model import Analysed, BulkReport, Scanned, ShareDone, ShareTask
from writethru.bulk.numbering import Numbered, number_all, opened_index
from writethru.bulk.planning import share_size
from writethru.bulk.scan import scan_file, scan_tasks
from writethru.bulk.settle import Told, to_be_told
from writethru.bulk.share import record_share
from writethru.bulk.share_store import make_template
from writethru.bulk.whole import read_json, write_json
from writethru.errors import BulkFailed, InputError
from writethru.export.formats import Parquet
from writethru.export.service import MANIFEST
from writethru.extraction.page import PAGE_EXTRACTOR
from writethru.sources import Skipped
from writethru.sources.files import walk

JOB: Final = "job.json"
LEDGER: Final = "ledger.jsonl"
REPORT: Final = "report.json"
WORK: Final = "work"
ENDS: Final = 1 << 16
ROUNDS: Final = 50
"""Times that shares are told of each other's texts. Each round settles an earlier moment, so few are ever needed."""

Progress = Callable[[int, int | None, str], None]


class Job:
    """One job: these paths into that folder.

    Args:
        out: made if it is not there; an unfinished job of the same files goes on.
        engine: who does the work; the result is the same with any.
        progress: told after each piece.
    """

    def __init__(self, out: Path, engine: Engine, progress: Progress | None = None) -> None:
        self._out = out
        self._work = out / WORK
        self._engine = engine
        self._progress = progress or (lambda _done, _total, _what: None)
        self._ledger = Ledger(out / LEDGER)
        self._cpu = 0.0

    def run(self, paths: Sequence[Path], now: datetime | None = None) -> BulkReport:
        """Do what is not done yet.

        Args:
            paths: files and folders; what cannot be read is named in the report.
            now: dates states without a time of their own; of a job that goes on, the time of its beginning.

        Raises:
            InputError: the folder holds something else, or a job of other files.
            ConfigError: pyarrow is missing.
            BulkFailed: a piece of the work kills its workers.
        """
        Parquet()
        began, cpu = time.perf_counter(), time.process_time()
        files, missing = _files(paths)
        begun = self._begin(files, now or datetime.now(UTC))
        if (self._out / MANIFEST).exists():
            shutil.rmtree(self._work, ignore_errors=True)
            return _finished(read_json(self._out / REPORT))
        make_template(self._work)
        scanned = self._scan(files, begun)
        numbered = self._number(len(files))
        self._learn(share_size(numbered.captures))
        kept = sum(self._done(share) is not None for share in range(numbered.shares))
        self._record({})
        retold = self._settle(numbered.shares)
        analysed = self._analyse(numbered.shares)
        shares = [self._share(number) for number in range(numbered.shares)]
        others = self._cpu if self._engine.apart else 0.0
        spent = others + time.process_time() - cpu, time.perf_counter() - began
        counted = _Counted(numbered, scanned, shares, analysed, missing, kept, retold, self._engine.lost)
        report = counted.report(spent)
        write_json(self._out / REPORT, report.to_dict())
        self._progress(0, None, "writing articles")
        written = [file for share in shares for file in share.files] + [file for one in analysed for file in one.files]
        finish(self._work, self._out, numbered.shares, written)
        shutil.rmtree(self._work, ignore_errors=True)
        return report

    def _begin(self, files: Sequence[tuple[Path, str]], now: datetime) -> datetime:
        """Note what the job is of; the time at which it began."""
        inputs = [[name, path.stat().st_size, _ends(path)] for path, name in files]
        head = {"kind": "writethru-bulk-job", "reader": PAGE_EXTRACTOR, "inputs": inputs}
        known = read_json(self._out / JOB) if self._out.is_dir() else None
        if known is None:
            if self._out.is_dir() and any(self._out.iterdir()):
                raise InputError("the folder holds something else; name an empty one", key=self._out)
            self._work.mkdir(parents=True)
            write_json(self._out / JOB, {**head, "now": now.isoformat()})
            return now
        if {**known, "now": ""} != {**head, "now": ""}:
            raise InputError("the folder holds a job of other files, or of another reader; name another", key=self._out)
        self._work.mkdir(exist_ok=True)
        return datetime.fromisoformat(known["now"])

    def _scan(self, files: list[tuple[Path, str]], now: datetime) -> list[Scanned]:
        tasks = scan_tasks(files, self._work, now)
        for key, scanned in self._map(scan_file, tasks, "reading files"):
            self._cpu += scanned.cpu
            self._ledger.note(key, asdict(scanned))
        return [Scanned.from_dict(self._ledger.get(key)) for key in tasks]

    def _number(self, files: int) -> Numbered:
        known = self._ledger.get("index")
        if known is None:
            self._progress(0, None, "numbering")
            known = asdict(number_all(self._work, files))
            self._ledger.note("index", known)
        return Numbered(**known)

    def _learn(self, most: int) -> None:
        for key, cpu in self._map(learn_hosts, learn_tasks(self._work, self._out, most), "learning outlets"):
            self._cpu += cpu
            self._ledger.note(key, cpu)

    def _record(self, told: Mapping[int, Told]) -> None:
        """Record the shares that are not there yet, or all that are told something."""
        with opened_index(self._work) as index:
            numbers = [share for share in index.shares() if share in told or not told]
        tasks = {
            _key(share): ShareTask(share, str(self._work), str(self._out), told=told.get(share, {}))
            for share in numbers
        }
        for key, done in self._map(record_share, tasks, "recording", again=bool(told)):
            self._cpu += done.cpu
            listed = sorted(([digest, *moment] for digest, moment in tasks[key].told.items()))
            self._ledger.note(key, {"told": listed, "done": asdict(done)})

    def _settle(self, count: int) -> int:
        """Tell shares of the texts of others until nothing is news; how many were done again."""
        again = 0
        for _ in range(ROUNDS):
            wanted = to_be_told(self._work, count)
            news = {
                share: wanted.get(share, {}) for share in range(count) if wanted.get(share, {}) != self._told(share)
            }
            if not news:
                return again
            again += len(news)
            self._record(news)
        raise BulkFailed(
            "texts of articles that were told of each other never settled; please report it", key=self._out
        )

    def _analyse(self, count: int) -> list[Analysed]:
        """What is found across articles."""
        found = []
        for step in steps(self._work, self._out, count):
            for key, done in self._map(step.work, step.tasks, step.what):
                self._cpu += done.cpu
                self._ledger.note(key, asdict(done))
            found += [Analysed.from_dict(self._ledger.get(key)) for key in step.tasks]
        return found

    def _told(self, share: int) -> dict[str, tuple[int, int]]:
        return {digest: (at, look) for digest, at, look in self._done(share)["told"]}

    def _done(self, share: int) -> Any:
        return self._ledger.get(_key(share))

    def _share(self, number: int) -> ShareDone:
        return ShareDone.from_dict(self._done(number)["done"])

    def _map(
        self, work: Callable[[Task], Result], tasks: Mapping[str, Task], what: str, *, again: bool = False
    ) -> Iterator[tuple[str, Result]]:
        left = dict(tasks) if again else unfinished(self._ledger, tasks)
        done = len(tasks) - len(left)
        self._progress(done, len(tasks), what)
        for key, result in self._engine.map_by_key(work, left):
            yield key, result
            done += 1
            self._progress(done, len(tasks), what)


@dataclass(frozen=True, slots=True)
class _Counted:
    """All that a report counts."""

    numbered: Numbered
    scanned: Sequence[Scanned]
    shares: Sequence[ShareDone]
    analysed: Sequence[Analysed]
    missing: Sequence[tuple[str, str]]
    kept: int
    retold: int
    lost: int

    def report(self, spent: tuple[float, float]) -> BulkReport:
        """With CPU seconds and seconds."""
        skipped = [
            *(one for scan in self.scanned for one in scan.skipped),
            *(one for share in self.shares for one in share.skipped),
            *(one for piece in self.analysed for one in piece.failed),
        ]
        return BulkReport(
            captures=sum(share.captures for share in self.shares),
            articles=self.numbered.articles,
            versions=sum(share.versions for share in self.shares),
            changes=sum(share.changes for share in self.shares),
            pairs=self._rows("reuse"),
            events=self._rows("events"),
            statements=self._rows("statements"),
            already_known=self.numbered.already_known,
            listed=sum(scan.listed for scan in self.scanned),
            skipped=(*self.missing, *skipped),
            parts=self.numbered.shares,
            kept=self.kept,
            retold=self.retold,
            lost=self.lost,
            cpu_seconds=spent[0],
            peak_bytes=max([0, *(share.peak for share in self.shares), *(piece.peak for piece in self.analysed)]),
            seconds=spent[1],
        )

    def _rows(self, table: str) -> int:
        return sum(file.rows for piece in self.analysed for file in piece.files if file.table == table)


def _finished(form: dict[str, Any]) -> BulkReport:
    """The report of a job that was finished before: nothing was done now."""
    skipped = tuple((one["origin"], one["message"]) for one in form["skipped"])
    now = {"pairs": 0, "events": 0, "statements": 0}  # of a job that was finished before there were any
    now |= {name: form.get(name, 0) for name in now} | {
        "kept": form["parts"],
        "retold": 0,
        "lost": 0,
        "cpu_seconds": 0.0,
        "seconds": 0.0,
    }
    return BulkReport(**{**form, **now, "skipped": skipped})


def _key(share: int) -> str:
    return f"share-{share:06d}"


def _files(paths: Sequence[Path]) -> tuple[list[tuple[Path, str]], list[tuple[str, str]]]:
    """Every file with its name, and what could not be found."""
    files, missing = [], []
    for path in paths:
        for found in walk(path):
            if isinstance(found, Skipped):
                missing.append((found.origin, found.error.message))
            elif not found.is_file():
                missing.append((str(found), "there is no such file"))
            else:
                files.append((found, f"{path.name}/{found.relative_to(path)}" if path.is_dir() else found.name))
    return files, missing


def _ends(path: Path) -> str:
    """A digest of a file's first and last bytes: enough to tell files of one name and size apart."""
    with path.open("rb") as file:
        hashed = sha256(file.read(ENDS))
        file.seek(max(0, path.stat().st_size - ENDS))
        hashed.update(file.read(ENDS))
    return hashed.hexdigest()
