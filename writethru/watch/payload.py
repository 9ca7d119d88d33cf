"""From a stored capture back to the bytes it rests on."""

from __future__ import annotations

from writethru.evidence import EvidenceFolder
from writethru.model import Capture
from writethru.storage.store import Store


class PayloadReader:
    """Reads the decoded bodies of captures from the evidence.

    Args:
        evidence: the folder of WARC files.
        store: where captures are looked up.
    """

    def __init__(self, evidence: EvidenceFolder, store: Store) -> None:
        self._evidence = evidence
        self._store = store

    def body_of(self, capture: Capture) -> bytes | None:
        """The decoded body, None where the look brought none.

        Raises:
            EvidenceError: the record is missing or damaged.
        """
        look = capture.look
        if look.evidence is None or not look.body_digest:
            return None
        return self._evidence.read(look.evidence).body
