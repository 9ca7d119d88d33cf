"""Looks that are in the evidence but not in the record are taken in, in the order of time, as if they were made now.

After a crash these are a few; after the loss of the database, all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final

import structlog

from writethru.errors import EvidenceError, InputError, StorageError, Withdrawn
from writethru.evidence import EvidenceFolder, Record, RecordHead
from writethru.fetch import Exchange, Hop
from writethru.fetch.exchange import POSTPONED, Truncation, reason_of_code
from writethru.model import Article, EvidenceRef, Medium, NewCapture, Source, SourceKind, TimeBasis
from writethru.sources.discover import Page, discover
from writethru.sources.memento import AT, OF, Claim, claim_in, why_not
from writethru.storage.store import Store
from writethru.text.urls import canonical, host_of
from writethru.watch.finding import Finder
from writethru.watch.joining import Joiner
from writethru.watch.look import sighting_of
from writethru.watch.past import ACCEPTED
from writethru.watch.record import UNDECIDED, Recorder, Sighting, body_digest
from writethru.watch.visit import Visit

LOOKED_FOR: Final = frozenset({"article", "source", "add"})
"""What a look of ours may have been for; robots.txt is no look."""

REASON: Final = "restored from the evidence"
BATCH: Final = 500
KINDS: Final = {Page.FEED: SourceKind.FEED, Page.SITEMAP: SourceKind.SITEMAP}
_LISTS: Final = frozenset({Page.URL_LIST, Page.SITEMAP})

log = structlog.get_logger("writethru.watch")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was taken in.

    Attributes:
        captures: looks at articles, and imported states.
        source_looks: looks at feeds and lists.
        young: records left alone because a living process may be about to record them.
        faults: records that could not be read, each with its place.
    """

    captures: int = 0
    source_looks: int = 0
    young: int = 0
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Orphan:
    """A look that nothing in the record refers to."""

    at: datetime
    ref: EvidenceRef


@dataclass(slots=True)
class _Tally:
    captures: int = 0
    source_looks: int = 0


def restore(
    store: Store, evidence: EvidenceFolder, recorder: Recorder, files: Iterable[str], *, before: datetime | None = None
) -> Restored:
    """Take in every look of these files that the record does not know.

    Args:
        files: names in the evidence folder.
        before: records from this time on are left alone; None = none are.
    """
    faults: list[str] = []
    found = list(_orphans(store, evidence, files, faults))
    old = sorted((o for o in found if before is None or o.at < before), key=lambda o: (o.at, o.ref.file, o.ref.offset))
    taking, tally = _Taking(store, evidence, recorder), _Tally()
    for orphan in old:
        try:
            taking.take(orphan, tally)
        except StorageError:
            raise
        except Withdrawn:
            continue
        except Exception as error:  # one bad record never keeps the others out
            faults.append(f"{orphan.ref.file}:{orphan.ref.offset}: {error}")
            log.warning(
                "a look could not be taken in", file=orphan.ref.file, offset=orphan.ref.offset, error=str(error)
            )
    return Restored(tally.captures, tally.source_looks, len(found) - len(old), tuple(faults))


def _orphans(store: Store, evidence: EvidenceFolder, files: Iterable[str], faults: list[str]) -> Iterator[_Orphan]:
    """Looks in these files that no capture and no source look refers to."""
    looks = (orphan for file in files for orphan in _looks(evidence, file, faults))
    while batch := list(islice(looks, BATCH)):
        known = store.known_record_ids([orphan.ref.record_id for orphan in batch])
        yield from (orphan for orphan in batch if orphan.ref.record_id not in known)


def _looks(evidence: EvidenceFolder, file: str, faults: list[str]) -> Iterator[_Orphan]:
    for head in evidence.records(file):
        if not isinstance(head, RecordHead):
            faults.append(str(head))
        elif _is_a_look(head) and head.date is not None:
            yield _Orphan(head.date, head.ref)


def _is_a_look(head: RecordHead) -> bool:
    """Imported material, or the last record of a look of ours; not requests, robots.txt, or inner hops."""
    if head.get(OF):
        return memento_in(head) is not None
    if head.get("Writethru-Medium"):
        return True
    if head.get("Writethru-Exchange-Error").startswith(f"{POSTPONED}:"):
        return False
    hop, _, hops = head.get("Writethru-Hop", "1/1").partition("/")
    kinds = ("response", "revisit", "metadata")
    return head.kind in kinds and head.get("Writethru-On-Behalf") in LOOKED_FOR and hop == hops


class _Taking:
    """Takes in one look after the other."""

    def __init__(self, store: Store, evidence: EvidenceFolder, recorder: Recorder) -> None:
        self._store = store
        self._evidence = evidence
        self._recorder = recorder
        self._joiner = Joiner(store)

    def take(self, orphan: _Orphan, tally: _Tally) -> None:
        """Take in one look.

        Raises:
            EvidenceError: its record, or the one it refers to, is damaged.
            InputError: its URL is none.
        """
        record = self._evidence.read(orphan.ref)
        claim = memento_in(record.head)
        asked = claim.url if claim else record.head.get("Writethru-Requested-URI") or record.head.target_uri
        url = asked if asked.startswith("urn:") else canonical(asked)
        with self._store.transaction():
            if record.head.get("Writethru-Medium"):
                tally.captures += self._article_look(url, imported_sighting(url, orphan.ref, record), record.head)
            else:
                self._take_visit(url, visit_of(url, orphan.ref, record), record.head, tally)

    def _take_visit(self, url: str, visit: Visit, head: RecordHead, tally: _Tally) -> None:
        purpose = head.get("Writethru-On-Behalf")
        if purpose == "article":
            tally.captures += self._article_look(url, sighting_of(url, visit), head)
        elif purpose == "source":
            tally.source_looks += self._source_look(url, visit, None)
        else:
            self._first_look(url, visit, head, tally)

    def _first_look(self, url: str, visit: Visit, head: RecordHead, tally: _Tally) -> None:
        """``add`` looks to find out what stands at a URL; it is watched as what it turned out to be."""
        exchange = visit.exchange
        if visit.failure is not None or exchange is None or exchange.status != 200:
            return
        found = discover(exchange.body, exchange.header("content-type"), exchange.final_url)
        if found.page is Page.ARTICLE:
            tally.captures += self._article_look(url, sighting_of(url, visit), head)
        elif found.page is Page.FEED or (found.page in _LISTS and found.urls):
            tally.source_looks += self._source_look(url, visit, found.outlet or found.title or host_of(url))

    def _article_look(self, url: str, sighting: Sighting, head: RecordHead) -> int:
        article = self._store.find_article(url) or self._new_article(url, sighting, head)
        if self._store.has_capture(article.id, sighting.look):
            return 0
        recorded = self._recorder.record(article, sighting)
        if recorded.decision.outcome in ACCEPTED and sighting.look.medium is Medium.HTTP:
            self._store.update_article(self._joiner.after_look(recorded.article, recorded.capture.look, recorded.named))
        return 1

    def _new_article(self, url: str, sighting: Sighting, head: RecordHead) -> Article:
        """An article of ours is watched on; one that was imported is not."""
        is_ours = sighting.look.medium is Medium.HTTP
        name, moment = head.get("Writethru-Outlet"), sighting.look.captured_at
        return self._store.add_article(
            url,
            host="" if url.startswith("urn:") else host_of(url),
            outlet_id=self._store.outlet(name).id if name else None,
            at=moment,
            next_look_at=moment if is_ours else None,
            reason=REASON if is_ours else f"{REASON}; not watched",
        )

    def _source_look(self, url: str, visit: Visit, outlet: str | None) -> int:
        """1 if it was taken in."""
        source = self._source(url, visit, outlet)
        if source is None:
            return 0
        status = visit.exchange.status if visit.exchange is not None else None
        found = self._listed(source, visit)
        self._store.add_source_look(
            source.id, visit.at, status=status, evidence=visit.evidence, detail=visit.detail, found=found
        )
        seen = max(visit.at, source.last_look_at or visit.at)
        last_news = seen if found else source.last_news_at
        self._store.update_source(replace(source, last_look_at=seen, last_news_at=last_news))
        return 1

    def _source(self, url: str, visit: Visit, outlet: str | None) -> Source | None:
        """The source at this URL, made again if its answer says what it is."""
        known = next((source for source in self._store.sources() if source.url == url), None)
        exchange = visit.exchange
        if known is not None or visit.failure is not None or exchange is None or exchange.status != 200:
            return known
        found = discover(exchange.body, exchange.header("content-type"), exchange.final_url)
        kind = KINDS.get(found.page, SourceKind.URL_LIST)
        name = outlet or found.outlet or found.title or host_of(url)
        outlet_id = self._store.outlet(name, host_of(url)).id
        return self._store.add_source(kind, url, outlet_id=outlet_id, at=visit.at, next_look_at=visit.at)[0]

    def _listed(self, source: Source, visit: Visit) -> int:
        """How many articles it listed that were new."""
        exchange = visit.exchange
        if visit.failure is not None or exchange is None or exchange.status != 200:
            return 0
        try:
            listing = Finder(self._store, self._joiner).listing(source, exchange, visit.at)
            urls = [entry.url for entry in listing.entries]
        except InputError:
            return 0
        new = [url for url in urls if self._store.find_article(url) is None and not self._store.withheld.holds(url)]
        for url in new:
            self._store.add_article(
                url, host=host_of(url), outlet_id=source.outlet_id, at=visit.at, next_look_at=visit.at, reason=REASON
            )
        return len(new)


def visit_of(url: str, ref: EvidenceRef, record: Record) -> Visit:
    """A look of ours as it was when it had just been made.

    Raises:
        EvidenceError: the body cannot be decoded.
    """
    head = record.head
    code, _, message = head.get("Writethru-Exchange-Error").partition(": ")
    failure = reason_of_code(code) if code else None
    exchange = None if head.get("Content-Type") == "application/warc-fields" else _exchange(url, record, bool(code))
    return Visit(_date(record), exchange, failure, message, ref, host=host_of(url))


def _exchange(url: str, record: Record, failed: bool) -> Exchange:
    """The last hop; the inner ones stay where they are and play no part."""
    head, http = record.head, record.head.http
    bodiless = failed or http is None or http.status == 304
    body = b"" if bodiless else record.body
    moment = _date(record)
    hop = Hop(
        url=head.target_uri,
        request=b"",
        interim=b"",
        response_head=b"",
        response_body=b"",
        payload=record.payload,
        payload_digest=head.get("WARC-Payload-Digest"),
        head=http,
        unparsed=b"",
        peer=head.get("WARC-IP-Address"),
        tls=None,
        started=moment,
        finished=moment,
        truncated=Truncation(head.get("WARC-Truncated")),
    )
    return Exchange(url, (hop,), body, "" if bodiless else body_digest(body), head.get("Writethru-On-Behalf"))


def imported_sighting(url: str, ref: EvidenceRef, record: Record) -> Sighting:
    """An imported state as its importer gave it.

    Raises:
        EvidenceError: the body cannot be decoded.
    """
    head = record.head
    medium = Medium(head.get("Writethru-Medium"))
    code, _, message = head.get("Writethru-Exchange-Error").partition(": ")
    bodiless = bool(code) or record.status == 304
    outcome, reason = UNDECIDED
    claim = memento_in(head)
    final = head.target_uri if head.get("Writethru-Requested-URI") and not claim else ""
    look = NewCapture(
        url=url,
        captured_at=claim.at if claim else _date(record),
        basis=TimeBasis(head.get("Writethru-Basis", TimeBasis.OBSERVED)),
        medium=medium,
        outcome=outcome,
        reason=reason,
        status=record.status,
        final_url=final,
        peer=head.get("WARC-IP-Address"),
        content_type=_content_type(record),
        body_digest="" if bodiless else body_digest(record.body),
        payload_digest=head.get("WARC-Payload-Digest"),
        evidence=ref,
        part=head.get("Writethru-Part"),
        label=head.get("Writethru-Label"),
        stated_change=head.get("Writethru-Stated-Change") == "yes",
        detail=message or REASON,
    )
    return Sighting(look, None if bodiless else record.body, reason_of_code(code) if code else None)


def memento_in(head: RecordHead) -> Claim | None:
    """Of which article and when a record is a memento; None where it is none, or turned out to be another."""
    claim, http = claim_in(head.get(OF), head.get(AT)), head.http
    if claim is None or http is None:
        return None
    redirected = bool(head.get("Writethru-Requested-URI"))
    return None if why_not(claim, http.status, http.headers, redirected=redirected) else claim


def _content_type(record: Record) -> str:
    http = record.head.http
    return record.head.get("Content-Type") if http is None else http.get("content-type", "text/html")


def _date(record: Record) -> datetime:
    if record.head.date is None:
        raise EvidenceError("the record has no date", key=record.head.record_id)
    return record.head.date
