"""An outlet's profile laid over a page of which nothing is remembered.

Only two things are believed of a profile: which box held the body on most other pages, and which texts and places
recur from article to article. A text that stands on other articles' pages too is furniture, however much it looks
like a paragraph.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from writethru.extraction.memory import numberless_digest
from writethru.extraction.phrases import ends_sentence
from writethru.extraction.places import Places
from writethru.extraction.profile import LEAST_CHARS, OutletProfile
from writethru.extraction.tree import Frame, Page, Segment
from writethru.extraction.verdicts import Verdict
from writethru.model import BlockKind

USUAL = 0.5
"""A box that held the body on this share of the pages is the outlet's usual one."""
PROSE = 120
"""Letters of running text that the usual box must hold to be believed."""
MOSTLY = 0.5
"""A place whose texts recur so often is furniture, whatever stands there this time."""
FEW = 5
"""With fewer blocks seen at a place, it says nothing."""
SHARED = 0.3
"""Share of a body that may recur; with more, this is an article that was learnt before."""
_OWN = frozenset((BlockKind.NOTE, BlockKind.CREDIT, BlockKind.CAPTION))  # an agency picture illustrates many articles


@dataclass(frozen=True, slots=True)
class Profiled:
    """A profile and the paths of one page."""

    profile: OutletProfile
    places: Places

    def container(self, page: Page, chosen: Frame | None) -> Frame | None:
        """The outlet's usual box, where the reader chose one that no other page has its body in."""
        if chosen is not None and self.places.of(chosen) in self.profile.containers:
            return chosen
        usual = [path for path, count in self.profile.containers.items() if count >= USUAL * self.profile.pages]
        prose: dict[int, int] = defaultdict(int)
        boxes: dict[int, Frame] = {}
        for segment in page.segments if usual else ():
            if ends_sentence(segment.text) and segment.link_density < 0.3:
                for box in segment.frame.chain():
                    boxes[box.order] = box
                    prose[box.order] += len(segment.text)
        found = [box for box in boxes.values() if prose[box.order] >= PROSE and self.places.of(box) in usual]
        return max(found, key=lambda box: prose[box.order], default=chosen)

    def verdicts(self, page: Page, alone: list[Verdict], only: set[int] | None = None) -> list[Verdict]:
        """The verdicts, with what recurs left out; ``only``: the orders of the blocks in question."""
        judged = [
            Verdict(None, reason) if (reason := self._recurs(segment, verdict)) else verdict
            for segment, verdict in zip(page.segments, alone, strict=True)
        ]
        if only is not None:
            return [new if order in only else old for order, (old, new) in enumerate(zip(alone, judged, strict=True))]
        lost = sum(
            len(s.text) for s, old, new in zip(page.segments, alone, judged, strict=True) if old.kind and not new.kind
        )
        whole = sum(len(s.text) for s, old in zip(page.segments, alone, strict=True) if old.kind)
        return alone if lost > SHARED * whole else judged

    def _recurs(self, segment: Segment, verdict: Verdict) -> str:
        """Why a block is furniture by what other pages have, or ""."""
        if verdict.kind is None or verdict.kind in _OWN or len(segment.text) < LEAST_CHARS:
            return ""
        if self.profile.recurs(numberless_digest(segment.text)):
            return "recurs"
        count = self.profile.places.get(self.places.segment(segment))
        if count is not None and count.body + count.out >= FEW and count.recurring >= MOSTLY * (count.body + count.out):
            return "recurring-place"
        return ""
