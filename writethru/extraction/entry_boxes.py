"""Which box is one entry of a live blog, where the boxes around and inside it are named alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from writethru.extraction.marks import Mark
from writethru.extraction.places import Places
from writethru.extraction.tree import Frame


class Entries:
    """The entries of one page.

    ``live-post__body`` and ``live-events`` are named after entries too; an entry is the outermost of such boxes
    that has a sibling of its kind, or the outermost of all where there is but one.
    """

    def __init__(self, frames: Iterable[Frame], places: Places) -> None:
        self.places = places
        self.alike = Counter(self._kin(frame) for frame in frames if frame.marks & Mark.ENTRY)

    def around(self, frame: Frame) -> Frame | None:
        """The entry that a box stands in, None outside entries."""
        named = [box for box in frame.chain() if box.marks & Mark.ENTRY]
        outermost = named[-1] if named else None
        return next((box for box in reversed(named) if self.alike[self._kin(box)] > 1), outermost)

    def _kin(self, frame: Frame) -> tuple[int, str]:
        return (frame.parent.order if frame.parent else 0, self.places.of(frame))
