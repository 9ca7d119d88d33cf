"""Evidence: every byte that an outlet sent us or that was imported, in WARC/1.1 files, before anything is derived.

What enters: exchanges and imported payloads; what leaves: ``EvidenceRef`` and, from it, the same bytes again.
May import ``model``, ``errors`` and the pure parts of ``fetch`` (``exchange``, ``coding``, ``digests``).
"""

from __future__ import annotations

from writethru.evidence.folder import EvidenceFolder
from writethru.evidence.ledger import Entry, Ledger, Proof, Seal
from writethru.evidence.records import Record, RecordHead
from writethru.evidence.recover import RecoveryReport
from writethru.evidence.stamps import Stamp
from writethru.evidence.verify import Fault, VerifyReport
from writethru.evidence.writer import EvidenceWriter, Rolling, revisit_hint

__all__ = [
    "Entry",
    "EvidenceFolder",
    "EvidenceWriter",
    "Fault",
    "Ledger",
    "Proof",
    "Record",
    "RecordHead",
    "RecoveryReport",
    "Rolling",
    "Seal",
    "Stamp",
    "VerifyReport",
    "revisit_hint",
]
