"""After a crash: evidence that was safe on disk but not yet in the record is taken in."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from writethru.errors import InputError
from writethru.evidence import EvidenceFolder, RecordHead
from writethru.model import EvidenceRef, Medium, NewCapture, TimeBasis
from writethru.storage.store import Store
from writethru.text.urls import canonical, host_of
from writethru.watch.record import UNDECIDED, Recorder, Sighting, body_digest

log = structlog.get_logger("writethru.watch")


@dataclass(frozen=True, slots=True)
class _Orphan:
    """A record that no capture refers to."""

    ref: EvidenceRef
    head: RecordHead


def adopt(store: Store, evidence: EvidenceFolder, recorder: Recorder) -> int:
    """Recover evidence files of dead writers and record the looks that were lost with them.

    Returns:
        How many captures were taken in.
    """
    recovered = evidence.recover()
    count = 0
    for head in recovered.records:
        if _is_a_look(head) and not store.known_record_ids([head.record_id]):
            count += _take_in(store, evidence, recorder, _Orphan(head.ref, head))
    if recovered.recovered:
        log.info("evidence recovered", files=len(recovered.recovered), adopted=count)
    return count


def _is_a_look(head: RecordHead) -> bool:
    """A response for an article, or imported material; not requests, robots.txt, feeds, or inner hops."""
    if head.kind == "resource":
        return True
    hop, _, hops = head.get("Writethru-Hop", "1/1").partition("/")
    return head.kind in ("response", "revisit") and head.get("Writethru-On-Behalf") == "article" and hop == hops


def _take_in(store: Store, evidence: EvidenceFolder, recorder: Recorder, orphan: _Orphan) -> int:
    head = orphan.head
    url = head.get("Writethru-Requested-URI") or head.target_uri
    moment = head.date
    if moment is None or head.get("Writethru-Exchange-Error"):
        return 0
    try:
        url = url if url.startswith("urn:") else canonical(url)
    except InputError:
        return 0
    record = evidence.read(orphan.ref)
    no_body = record.status == 304
    outcome, reason = UNDECIDED
    look = NewCapture(
        url=url,
        captured_at=moment,
        basis=TimeBasis(head.get("Writethru-Basis", TimeBasis.OBSERVED)),
        medium=Medium(head.get("Writethru-Medium", Medium.HTTP)),
        outcome=outcome,
        reason=reason,
        status=record.status,
        peer=head.get("WARC-IP-Address"),
        content_type=record.head.http.get("content-type", "") if record.head.http else head.get("Content-Type"),
        body_digest="" if no_body else body_digest(record.body),
        payload_digest=head.get("WARC-Payload-Digest"),
        evidence=orphan.ref,
        part=head.get("Writethru-Part"),
        label=head.get("Writethru-Label"),
        stated_change=head.get("Writethru-Stated-Change") == "yes",
        detail="taken in after a crash",
    )
    with store.transaction():
        article = store.find_article(url) or store.add_article(
            url,
            host="" if url.startswith("urn:") else host_of(url),
            outlet_id=store.outlet(head.get("Writethru-Outlet")).id if head.get("Writethru-Outlet") else None,
            at=moment,
            next_look_at=None,
            reason="taken in after a crash; not watched",
        )
        if store.has_capture(article.id, look):
            return 0
        recorder.record(article, Sighting(look, None if no_body else record.body))
    return 1
