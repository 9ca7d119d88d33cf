"""Import: files in, evidence first, then the record, in batches that are all or nothing.

The same import again changes nothing; a dry run does all of it and takes it back.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from writethru.errors import InputError
from writethru.evidence import EvidenceFolder, EvidenceWriter
from writethru.model import Article, EvidenceRef, NewCapture, SourceKind
from writethru.sources import Found, FoundKind, FoundUrl, ImportItem, Skipped, read_items
from writethru.storage.store import Store
from writethru.text.urls import host_of
from writethru.watch.belonging import claim
from writethru.watch.payload import PayloadReader
from writethru.watch.record import UNDECIDED, Recorder, Sighting, body_digest
from writethru.watch.rulebook import RuleBook

BATCH: Final = 200
"""Items per transaction: one fsync of evidence and one commit serve this many."""

LISTS: Final = {FoundKind.FEED: SourceKind.FEED, FoundKind.SITEMAP: SourceKind.SITEMAP}
"""What is watched as a source; anything else that is listed is taken for an article."""

Progress = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do (``dry_run``)."""

    read: int
    captures: int
    articles: int
    versions: int
    changes: int
    already_known: int
    watched: int
    skipped: tuple[tuple[str, str], ...]  # (origin, message)
    dry_run: bool
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "read": self.read,
            "captures": self.captures,
            "articles": self.articles,
            "versions": self.versions,
            "changes": self.changes,
            "already_known": self.already_known,
            "watched": self.watched,
            "skipped": [{"origin": origin, "message": message} for origin, message in self.skipped],
            "dry_run": self.dry_run,
            "seconds": round(self.seconds, 3),
        }


class _TakeBack(Exception):
    """Rolls a dry run back."""


@dataclass
class _Tally:
    """Counts of an import under way."""

    read: int = 0
    captures: int = 0
    articles: int = 0
    versions: int = 0
    changes: int = 0
    already_known: int = 0
    watched: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)


class Intake:
    """Brings files into an archive.

    Args:
        store: the database.
        evidence: where the bytes go first.
        now: the clock; items without a time of their own are dated by it as an upper bound.
    """

    def __init__(
        self, store: Store, evidence: EvidenceFolder, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._store = store
        self._evidence = evidence
        self._now = now

    def run(self, paths: Sequence[Path], *, dry_run: bool = False, progress: Progress | None = None) -> ImportReport:
        """Import files and folders.

        Args:
            paths: what to read; kinds are found out by content.
            dry_run: do everything, report it, then take it back.
            progress: told after every batch.

        Returns:
            What went in, what was known already and what was skipped, each with its place.
        """
        started = time.perf_counter()
        tally = _Tally()
        found = (item for path in paths for item in read_items(path, now=self._now()))
        if dry_run:
            self._run_and_take_back(found, tally, progress)
        else:
            claim(self._store, self._evidence)
            with self._evidence.writer() as writer:
                self._run(found, tally, writer, self._evidence, progress)
        return ImportReport(
            read=tally.read,
            captures=tally.captures,
            articles=tally.articles,
            versions=tally.versions,
            changes=tally.changes,
            already_known=tally.already_known,
            watched=tally.watched,
            skipped=tuple(tally.skipped),
            dry_run=dry_run,
            seconds=time.perf_counter() - started,
        )

    def _run_and_take_back(self, found: Iterator[Found], tally: _Tally, progress: Progress | None) -> None:
        with tempfile.TemporaryDirectory(prefix="writethru-dry-") as folder:
            evidence = EvidenceFolder(Path(folder))
            try:
                with self._store.transaction(), evidence.writer() as writer:
                    self._run(found, tally, writer, evidence, progress)
                    raise _TakeBack
            except _TakeBack:
                return

    def _run(
        self,
        found: Iterator[Found],
        tally: _Tally,
        writer: EvidenceWriter,
        evidence: EvidenceFolder,
        progress: Progress | None,
    ) -> None:
        recorder = Recorder(self._store, PayloadReader(evidence, self._store).body_of, RuleBook.beside(evidence.path))
        while batch := list(islice(found, BATCH)):
            self._take(batch, tally, writer, recorder)
            if progress:
                progress(tally.read, None, _origin(batch[-1]))

    def _take(self, batch: Sequence[Found], tally: _Tally, writer: EvidenceWriter, recorder: Recorder) -> None:
        with self._store.transaction():
            fresh = list(self._fresh(batch, tally))
            refs = [_write(writer, item, url) for item, url in fresh]
            if refs:
                writer.sync()
            for (item, url), ref in zip(fresh, refs, strict=True):
                self._record(item, url, ref, tally, recorder)

    def _fresh(self, batch: Iterable[Found], tally: _Tally) -> Iterator[tuple[ImportItem, str]]:
        """The items of a batch that are not in the archive yet, each once."""
        seen: set[tuple[str, str, str, str]] = set()
        for item in batch:
            tally.read += 1
            if isinstance(item, Skipped):
                tally.skipped.append((item.origin, item.error.message))
            elif isinstance(item, FoundUrl):
                tally.watched += self._watch(item)
            else:
                url = url_of(item)
                look = look_of(item, url, None)
                if self._store.withheld.holds(url):
                    tally.skipped.append((item.origin, "its article was withdrawn from this archive"))
                    continue
                key = (url, look.captured_at.isoformat(), look.body_digest, look.part)
                article = self._store.find_article(url)
                if key in seen or (article is not None and self._store.has_capture(article.id, look)):
                    tally.already_known += 1
                    continue
                seen.add(key)
                yield item, url

    def _watch(self, found: FoundUrl) -> int:
        """1 if the URL was not watched before."""
        now, host = self._now(), host_of(found.url)
        outlet_id = self._store.outlet(found.outlet, host).id if found.outlet else None
        kind = LISTS.get(found.kind)
        if kind is not None:
            _, is_new = self._store.add_source(kind, found.url, outlet_id=outlet_id, at=now, next_look_at=now)
            return int(is_new)
        if self._store.find_article(found.url) is not None or self._store.withheld.holds(found.url):
            return 0
        self._store.add_article(
            found.url, host=host, outlet_id=outlet_id, at=now, next_look_at=now, reason="listed by import"
        )
        return 1

    def _record(self, item: ImportItem, url: str, ref: EvidenceRef, tally: _Tally, recorder: Recorder) -> None:
        article, is_new = article_for(self._store, item, url)
        look = look_of(item, url, ref)
        try:
            recorded = recorder.record(article, Sighting(look, None if item.is_bodiless else item.body, item.failure))
        except InputError as error:
            tally.skipped.append((item.origin, str(error)))
            return
        tally.articles += is_new
        tally.captures += 1
        tally.versions += recorded.decision.makes_version
        tally.changes += recorded.change is not None


def article_for(store: Store, item: ImportItem, url: str) -> tuple[Article, bool]:
    """The article at this address, made if there is none (not watched), and whether it is new."""
    article = store.find_article(url)
    if article is not None:
        return article, False
    outlet_id = store.outlet(item.outlet).id if item.outlet else None
    article = store.add_article(
        url,
        host="" if url.startswith("urn:") else host_of(url),
        outlet_id=outlet_id,
        at=item.captured_at,
        next_look_at=None,
        reason="imported; not watched",
    )
    for alias in item.aliases:
        if store.find_article(alias) is None and not store.withheld.holds(alias):
            store.add_alias(article.id, alias, "found", item.captured_at)
    return article, True


def url_of(item: ImportItem) -> str:
    """The article's canonical URL; made of its bytes where the file names none."""
    return item.url or f"urn:sha256:{hashlib.sha256(item.payload).hexdigest()}"


def look_of(item: ImportItem, url: str, ref: EvidenceRef | None) -> NewCapture:
    """The look that an item of a file is, not yet decided."""
    outcome, reason = UNDECIDED
    return NewCapture(
        url=url,
        captured_at=item.captured_at,
        basis=item.basis,
        medium=item.medium,
        outcome=outcome,
        reason=reason,
        status=item.status,
        final_url=item.final_url,
        peer=item.peer,
        content_type=item.content_type,
        body_digest="" if item.is_bodiless else body_digest(item.body),
        evidence=ref,
        part=item.part,
        label=item.label,
        stated_change=item.stated_change,
        detail=item.error.partition(": ")[2] or Path(item.origin).name,  # the folder is this machine's business
    )


def _write(writer: EvidenceWriter, item: ImportItem, url: str) -> EvidenceRef:
    fields = {
        "Writethru-Medium": item.medium.value,
        "Writethru-Basis": item.basis.value,
        "Writethru-Part": item.part,
        "Writethru-Label": item.label,
        "Writethru-Outlet": item.outlet,
        "Writethru-Stated-Change": "yes" if item.stated_change else "",
    }
    named = {name: value for name, value in fields.items() if value}
    if item.status is None and not item.error:
        return writer.add_resource(url, item.payload, item.content_type, item.captured_at, fields=named)
    named["Writethru-On-Behalf"] = "article"
    if item.error:
        named["Writethru-Exchange-Error"] = item.error
    if item.status is None:
        return writer.add_metadata(url, item.payload, item.content_type, item.captured_at, fields=named)
    if item.final_url:
        named["Writethru-Requested-URI"] = url
        url = item.final_url
    return writer.add_response(url, item.payload, item.captured_at, fields=named)


def _origin(item: Found) -> str:
    return item.origin
