"""An editor's word on something that was read of an article: one shape for the store, dossiers and all faces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeptCorrection:
    """A correction as it is kept.

    Attributes:
        kind: figure, time, said or commitment.
        words, before, after: by which it is found again.
        field, value: what is set; both "" where the reading is rejected.
        by, at, reason: who made it, when and why.
        withdrawn_at, withdrawn_by: since when it holds no longer.
    """

    id: int
    article_id: int
    kind: str
    words: str
    before: str
    after: str
    field: str
    value: str
    by: str
    at: datetime
    reason: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
