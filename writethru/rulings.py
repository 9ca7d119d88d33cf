"""An editor's word on something that was read of an article: one shape for the store, dossiers and all faces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

_SET: Final = {
    "speaker": "the speaker is set to",
    "counted": "what is counted is set to",
    "value": "the value is set to",
    "day": "the day is set to",
    "due": "the day on which it falls due is set to",
    "accuser": "who accuses or denies is set to",
    "accused": "who is accused is set to",
}
_PAIR: Final = {"same": "the same utterance as a quotation in", "apart": "not the same utterance as a quotation in"}


@dataclass(frozen=True, slots=True)
class KeptCorrection:
    """A correction as it is kept.

    Attributes:
        kind: figure, time, said, commitment, blame or quotation.
        words, before, after: by which it is found again.
        field, value: what is set; both "" where the reading is rejected. Of two quotations: ``same`` or ``apart``,
            and the other one's article and digest ("4:0123456789abcdef"); it has a correction that names this one.
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

    @property
    def in_words(self) -> str:
        """What is said, without of what."""
        if not self.field:
            return "rejected"
        if self.field in _PAIR:
            return f"{_PAIR[self.field]} article {self.value.partition(':')[0]}"
        return f"{_SET[self.field]} “{self.value}”"
