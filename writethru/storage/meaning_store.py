"""What storage promises of what an encoder made of articles. The rules are those of ``store``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

ENCODER = "encoder"
"""What a line of the journal is called that sets the encoder's level; it is of no article and no event."""


class Meaning(NamedTuple):
    """A vector as it is stored (``events.meanings.packed``), and the digest of what it was made of."""

    made_of: str
    grains: bytes


class MeaningStore(Protocol):
    """Vectors of articles."""

    def of(self, article_ids: Iterable[int]) -> dict[int, Meaning]:
        """Those of these articles that have one."""

    def keep(self, meanings: Mapping[int, Meaning]) -> None:
        """Write them in place of what was there."""

    def lacking(self, after: int, limit: int) -> list[int]:
        """Articles of events without one, by id."""

    def level(self) -> float:
        """What the journal last said of the encoder; 0 where it said nothing."""
