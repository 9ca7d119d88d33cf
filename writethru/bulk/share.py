"""Fourth step of a job: every article of a share, its captures in time, through the live functions into rows."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from writethru.bulk.knowing import BulkRecorder, SettledKeeper
from writethru.bulk.learn import BATCH, batches, learnt_of
from writethru.bulk.looking import article_of, sighting_of
from writethru.bulk.model import KnownArticle, Look, ShareDone, ShareTask, WrittenFile
from writethru.bulk.numbering import Index, opened_index
from writethru.bulk.partitions import Partitions
from writethru.bulk.share_store import ShareStore, moment_of, put_articles, share_store
from writethru.bulk.spill import SpillReader
from writethru.bulk.tables import most_held
from writethru.bulk.whole import read_json, whole_file
from writethru.errors import InputError
from writethru.export.formats import Parquet
from writethru.storage.columns import to_micros
from writethru.watch.record import Recorded

DATED: Final = {
    "aliases": "first_seen_at",
    "versions": "seen_at",
    "appearances": "first_seen_at",
    "changes": "before_at",
}
"""The moment by which a row of a table has its month."""


def share_path(folder: Path, number: int, kind: str) -> Path:
    """What a share leaves for the steps after it: ``articles``, ``texts``, ``outlets``, and its archive as ``db``."""
    return folder / "shares" / f"{number:06d}.{kind}"


def record_share(task: ShareTask) -> ShareDone:
    """Go through one share."""
    began = time.process_time()
    folder, out = Path(task.folder), Path(task.out)
    _remove_former(folder, out, task.number)
    with opened_index(folder) as index, share_store(folder, task.told, share_path(folder, task.number, "db")) as store:
        run = _Share(store, index, folder, task.number)
        run.record()
        files = _Rows(store, run, out).write()
        run.leave()
    with whole_file(share_path(folder, task.number, "files")) as lines:
        lines.write(json.dumps([file.file for file in files]).encode())
    counts = (len(run.numbers), run.versions, run.changes)
    return ShareDone(tuple(files), *counts, tuple(run.skipped), time.process_time() - began, most_held())


def _remove_former(folder: Path, out: Path, number: int) -> None:
    """Files of an earlier try, which this one may not have."""
    for name in read_json(share_path(folder, number, "files")) or ():
        with suppress(FileNotFoundError):
            (out / name).unlink()


class _Share:
    """One share under way.

    Attributes:
        numbers: of captures in this store to their number in the record.
    """

    def __init__(self, store: ShareStore, index: Index, folder: Path, number: int) -> None:
        self._store = store
        self._index = index
        self._folder = folder
        self.number = number
        self.articles = {article.id: article for article in index.articles(number)}
        self.numbers: dict[int, int] = {}
        self.versions = self.changes = 0
        self.skipped: list[tuple[str, str]] = []
        self._texts: list[tuple[str, int, int, int]] = []
        self._named: dict[int, tuple[str, str, int]] = {}
        self._recorder = BulkRecorder(store, SettledKeeper(store, self._learnt()))

    def _learnt(self) -> dict[bytes, bytes]:
        """Profiles go into the store; the readings of first pages are given back."""
        readings: dict[bytes, bytes] = {}
        by_host: dict[str, dict[int, int]] = {}
        for article in self.articles.values():
            by_host.setdefault(article.host, {})[article.id] = article.id
        for host, articles in by_host.items():
            states, some = learnt_of(self._folder, host, articles)
            readings.update(some)
            for state in states:
                self._store.keep_profile(state)
        return readings

    def record(self) -> None:
        """All captures, in time."""
        put_articles(self._store, self.articles.values(), self._index.aliases(self.number))
        bodies = SpillReader(self._folder)
        try:
            for batch in batches(self._index.looks(self.number), BATCH):
                with self._store.transaction():
                    for look in batch:
                        self._record(look, bodies)
        finally:
            bodies.close()

    def _record(self, look: Look, bodies: SpillReader) -> None:
        item = bodies.read(look.file, look.offset, look.length)
        article = self.articles[look.article]
        self._store.moment = moment_of(look)
        try:
            recorded = self._recorder.record(article_of(look, article.host), sighting_of(item))
        except InputError as error:
            self.skipped.append((item.origin, str(error)))
            return
        self.numbers[recorded.capture.id] = look.id
        self.changes += recorded.change is not None
        self._note_outlet(article, recorded, look)
        if recorded.decision.makes_version and recorded.version is not None:
            self.versions += 1
            digest = self._store.text_digest_of(recorded.capture.id)
            self._texts.append((digest, look.article, *moment_of(look)))

    def _note_outlet(self, article: KnownArticle, recorded: Recorded, look: Look) -> None:
        """Which outlet an article has, and the look at which it got it."""
        if article.id in self._named:
            return
        outlet_id = recorded.article.outlet_id
        if outlet_id is None:
            return
        name = next(outlet.name for outlet in self._store.outlets() if outlet.id == outlet_id)
        self._named[article.id] = (name, "" if article.outlet else article.host, look.id)

    def outlet_of(self, article: int) -> str | None:
        """The name of an article's outlet."""
        named = self._named.get(article)
        return named[0] if named else self.articles[article].outlet or None

    def leave(self) -> None:
        """Write down what the last step needs."""
        self._lines("texts", self._texts)
        self._lines("asked", [(digest, *moment) for digest, moment in self._store.asked])
        self._lines("outlets", [[look, name, host] for name, host, look in self._named.values()])
        rows = (row for some in self._store.exchange.rows("articles", None) for row in some)
        self._lines("articles", ([self.outlet_of(row["id"]), _storable_row(row)] for row in rows))

    def _lines(self, kind: str, values: Any) -> None:
        with whole_file(share_path(self._folder, self.number, kind)) as lines:
            for value in values:
                lines.write(json.dumps(value, separators=(",", ":")).encode() + b"\n")


def _storable_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: to_micros(value) if name == "added_at" else value for name, value in row.items()}


class _Rows:
    """The tables of a share as files."""

    def __init__(self, store: ShareStore, share: _Share, out: Path) -> None:
        self._store = store
        self._share = share
        self._out = out
        self._format = Parquet()
        self._months: dict[int, Any] = {}
        self._at: dict[tuple[int, int], Any] = {}

    def write(self) -> list[WrittenFile]:
        """All tables but outlets, sources and articles; captures before what belongs to them."""
        names = ("captures", "extractions", "aliases", "versions", "appearances", "changes", "edits")
        return [file for name in names for file in self._table(name)]

    def _table(self, name: str) -> list[WrittenFile]:
        files = Partitions(self._out, name, f"{self._share.number:06d}", self._format)
        for row in self._rows(name):
            article, at = self._placed(name, row)
            files.add(row, self._share.outlet_of(article), at)
        return files.close()

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        """With the numbers of the whole record."""
        for some in self._store.exchange.rows(name, None):
            for row in some:
                if name == "captures":
                    row["id"] = self._share.numbers[row["id"]]
                    self._months[row["id"]] = (row["article_id"], row["captured_at"])
                elif name == "extractions":
                    row["capture_id"] = self._share.numbers[row["capture_id"]]
                elif name == "changes":
                    self._at[row["article_id"], row["number"]] = row["before_at"]
                yield row

    def _placed(self, name: str, row: dict[str, Any]) -> tuple[int, Any]:
        """The article of a row, and the moment that gives its month."""
        if name == "captures":
            return row["article_id"], row["captured_at"]
        if name == "extractions":
            article, at = self._months[row["capture_id"]]
            return article, at
        if name == "edits":
            return row["article_id"], self._at[row["article_id"], row["change"]]
        return row["article_id"], row[DATED[name]]
