"""Profiles are learnt in one step and used in the next: what knows what is known, for either."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from hashlib import blake2b

from writethru.extraction.guide import Knowledge
from writethru.extraction.profile import PageSummary
from writethru.model import Article, Capture, NewCapture
from writethru.storage.store import Store
from writethru.watch.knowledge import Keeper, KnownReading
from writethru.watch.record import Recorder

PutAside = Callable[[bytes, bytes], None]
"""Takes the key of a reading, and the reading packed."""


class LearningKeeper(Keeper):
    """Learns as ever, and puts its readings aside, so that no page is read once more in the next step."""

    def __init__(self, store: Store, put_aside: PutAside) -> None:
        super().__init__(store)
        self._put_aside = put_aside

    def _read(self, look: NewCapture, body: bytes, knowledge: Knowledge, said: dict[str, str]) -> KnownReading:
        reading = super()._read(look, body, knowledge, said)
        self._put_aside(_key(look, said), pickle.dumps(reading))
        return reading


class SettledKeeper(Keeper):
    """Learns nothing more of outlets; takes readings that were put aside where they are of the same page.

    Args:
        store: has the outlets' profiles already.
        readings: packed, by key.
    """

    def __init__(self, store: Store, readings: Mapping[bytes, bytes]) -> None:
        super().__init__(store)
        self._readings = readings

    def learn(self, article: Article, look: NewCapture, body: bytes, summary: PageSummary | None = None) -> None:
        """It was learnt."""

    def _read(self, look: NewCapture, body: bytes, knowledge: Knowledge, said: dict[str, str]) -> KnownReading:
        packed = self._readings.get(_key(look, said))
        if packed is None:
            return super()._read(look, body, knowledge, said)
        reading: KnownReading = pickle.loads(packed)  # noqa: S301 (written by the step before into our own folder)
        return reading


class BulkRecorder(Recorder):
    """The recorder of the live loop with another keeper. Captures come in time: it never goes back to evidence."""

    def __init__(self, store: Store, keeper: Keeper) -> None:
        super().__init__(store, _none)
        self._keeper = keeper


def _none(_capture: Capture) -> bytes | None:
    return None


def _key(look: NewCapture, said: Mapping[str, str]) -> bytes:
    """Of a page and what it was read with."""
    known = (f"{name}={said[name]}" for name in sorted(said))
    named = "\n".join((look.body_digest, look.url, look.final_url, look.content_type, *known))
    return blake2b(named.encode("utf-8", "surrogatepass"), digest_size=16).digest()
