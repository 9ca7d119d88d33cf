"""After a crash: evidence that was safe on disk but not yet in the record is taken in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import structlog

from writethru.evidence import EvidenceFolder
from writethru.storage.store import Store
from writethru.watch.record import Recorder
from writethru.watch.restore import Restored, restore

IN_HAND: Final = timedelta(minutes=15)
"""While another process writes evidence here, records younger than this are its own business."""

log = structlog.get_logger("writethru.watch")


def adopt(store: Store, evidence: EvidenceFolder, recorder: Recorder, now: datetime) -> Restored:
    """Settle the evidence files of dead writers and take in the looks that were lost with them."""
    recovered = evidence.recover()
    files = evidence.unrecorded()
    if not files:
        return Restored()
    restored = restore(store, evidence, recorder, files, before=now - IN_HAND if recovered.in_use else None)
    if not restored.young:
        evidence.all_recorded(files)
    log.info("evidence recovered", files=len(files), adopted=restored.captures, source_looks=restored.source_looks)
    return restored


def adopt_all(store: Store, evidence: EvidenceFolder, recorder: Recorder, now: datetime) -> Restored:
    """Look through all evidence that is not being written, not only what a crash left behind."""
    recovered = evidence.recover()
    here = [path.name for path in evidence.files() if path.name not in recovered.in_use]
    files = [*here, *evidence.away()]
    restored = restore(store, evidence, recorder, files, before=now - IN_HAND if recovered.in_use else None)
    if not restored.young:
        evidence.all_recorded(files)
    return restored
