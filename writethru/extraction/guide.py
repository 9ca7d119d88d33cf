"""What is known beforehand, laid over the reading of one page: site rules, then memory, then the outlet's profile.

Rules are a person's word and win over everything. What the article's own memory says wins over what the
outlet's profile has learnt, so that learning never alters the reading of an unchanged page. The profile
speaks only where nothing is remembered: on a first capture, and on new blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from writethru.extraction.entry_boxes import Entries
from writethru.extraction.fields import Fields
from writethru.extraction.memory import ArticleMemory
from writethru.extraction.page import PAGE_EXTRACTOR
from writethru.extraction.phrases import ends_sentence
from writethru.extraction.places import Places
from writethru.extraction.profile import OutletProfile
from writethru.extraction.profiled import Profiled
from writethru.extraction.recall import Recalled, recall
from writethru.extraction.site_rules import Ruled, SiteRules
from writethru.extraction.steady import Company, Said, edited_in_place, is_printed_at, is_still_said, keeps, statements
from writethru.extraction.structured import Stated
from writethru.extraction.tree import Frame, Page, Segment
from writethru.extraction.verdicts import Verdict
from writethru.model import BODY_KINDS, BlockKind

_BESIDE = frozenset(BlockKind) - BODY_KINDS | {BlockKind.NOTE}
_DEEP = 3  # a new block stands at most so many boxes below one that holds the article's blocks
_PROSE = frozenset((BlockKind.PARAGRAPH, BlockKind.SUBHEAD))
_DIVISIONS = frozenset(("div", "aside", "section", "article", "header", "footer", "nav"))
_CONTROLS = frozenset(("button", "input", "form", "select", "textarea", "audio", "video"))
_LONE_BOX = 200  # letters that a single new paragraph in a new box must have
_TELLING = 40  # letters; two shorter lines are alike by chance


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known before a page is read; any part may be absent."""

    memory: ArticleMemory | None = None
    profile: OutletProfile | None = None
    rules: SiteRules | None = None
    lines: frozenset[str] = frozenset()  # of a page saved as text: those that the outlet's other pages have too


class Guide:
    """Lays ``Knowledge`` over one page. Made for one page and used once, in page order of its methods.

    Attributes:
        said: field to what every source says of it.
        settled: fields that were kept still, with what the page alone says of them.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.places = Places()
        self.recalled: Recalled | None = None
        self.asked = False
        self.said: dict[str, dict[str, str]] = {}
        self.settled: dict[str, Said] = {}
        profile = knowledge.profile
        self.profiled = Profiled(profile, self.places) if profile and profile.is_enough else None
        self.ruled = Ruled(knowledge.rules, self.places) if knowledge.rules else None

    def container(self, page: Page, chosen: Frame | None) -> Frame | None:
        """The article's box: the remembered one where it is found again, else the reader's choice."""
        recalled = self._recall(page)
        if recalled is not None:
            chosen = recalled.container
        elif self.profiled:
            chosen = self.profiled.container(page, chosen)
        return self.ruled.container(page, chosen) if self.ruled else chosen

    def settle(self, names: Sequence[str], fields: Fields, stated: Stated, page: Page) -> None:
        """Keep the fields still whose sources say what they said; note what every source says."""
        recalled, memory = self._recall(page), self.knowledge.memory
        for name in names:
            value, source = fields.get(name), fields.provenance.get(name, "")
            self.said[name] = {**({source: value} if value else {}), **statements(name, stated, page)}
            old = memory.fields.get(name) if memory else None
            if old is None or recalled is None:
                continue
            if name == "headline" and (edited := edited_in_place(old, page, self.places)):
                fields.values[name], fields.provenance[name] = edited, "page"
                continue
            if value == old.value:
                continue
            printed = old.source == "page" and is_printed_at(old, page, self.places, _company(name, source))
            if name == "headline" and source != "page":
                printed = printed or any(s.text == old.value for s in page.segments if s.frame.tag == "h1")
            upgraded = name == "byline" and memory is not None and memory.reader != PAGE_EXTRACTOR
            still = upgraded and is_still_said(old.value, stated, page)
            now = Said(value, source, self.said[name], printed, recalled.redesigned, still)
            if keeps(old, now):
                self.settled[name] = now
                fields.values[name] = old.value
                fields.provenance[name] = old.source

    def former(self, name: str) -> str:
        """What a field was last time, "" where nothing of this article is remembered."""
        memory = self.knowledge.memory
        old = memory.fields.get(name) if memory and self.recalled is not None else None
        return old.value if old else ""

    def dates(self, fields: Fields, page: Page) -> None:
        """Dates that stand where a rule says."""
        found = self.ruled.dates(page.root) if self.ruled and page.root is not None else {}
        for name, time in found.items():
            fields.values[name] = time
            fields.provenance[name] = "rule"

    def _recall(self, page: Page) -> Recalled | None:
        """What the memory says of the page; None where it is of another text."""
        memory = self.knowledge.memory
        if memory is not None and not self.asked:
            recalled = recall(memory, page, self.places)
            self.recalled = recalled if recalled.applies else None
        self.asked = True
        return self.recalled

    def verdicts(self, page: Page, container: Frame, alone: list[Verdict]) -> list[Verdict]:
        """The verdicts with what is known laid over them."""
        judged = self._known(page, container, alone)
        return self.ruled.verdicts(page, judged) if self.ruled else judged

    def _known(self, page: Page, container: Frame, alone: list[Verdict]) -> list[Verdict]:
        if self.recalled is None:
            return self.profiled.verdicts(page, alone) if self.profiled else alone
        judged = _Overlay(self, self.recalled, container).over(page, alone)
        if self.profiled is None:
            return judged
        new = {segment.order for segment in page.segments if segment.order not in self.recalled.blocks}
        return self.profiled.verdicts(page, judged, new)


class _Overlay:
    """The remembered verdicts over those of the page alone."""

    def __init__(self, guide: Guide, recalled: Recalled, container: Frame) -> None:
        memory = guide.knowledge.memory
        assert memory is not None
        self.places = guide.places
        self.recalled = recalled
        self.container = container
        self.known = {block.place for block in memory.blocks if block.kind}
        self.boxes: set[int] = set()
        self.entries = Entries((), guide.places)
        self.entry_lists: set[int] = set()
        self.known_entries: set[int] = set()
        self.segments: Sequence[Segment] = ()
        text = [order for order, block in recalled.blocks.items() if block.kind]
        self.between = range(min(text, default=0), max(text, default=0) + 1)
        self.said: frozenset[str] = frozenset()

    def over(self, page: Page, alone: list[Verdict]) -> list[Verdict]:
        self.segments = page.segments
        self.entries = Entries(page.frames, self.places)
        self.said = frozenset(s.text for s in page.segments if self.recalled.kind_of(s.order))
        for segment in page.segments:
            if self.recalled.kind_of(segment.order) and segment.frame.parent is not None:
                self.boxes.add(segment.frame.parent.order)
                self._know_entry(self.entries.around(segment.frame))
        said = [self._one(segment, verdict) for segment, verdict in zip(page.segments, alone, strict=True)]
        return _without_lone_headings(page.segments, said)

    def _one(self, segment: Segment, alone: Verdict) -> Verdict:
        block = self.recalled.blocks.get(segment.order)
        if block is None:
            return self._new(segment, alone)
        how = self.recalled.how[segment.order]
        if not block.kind:
            return Verdict(None, "remembered-out")
        kind = BlockKind(block.kind)
        if not self.recalled.redesigned and how == "moved" and alone.kind is not None:
            kind = alone.kind
        if how.endswith("edited") and alone.kind is BlockKind.NOTE:
            kind = alone.kind
        return Verdict(kind, "remembered" if how == "same" else f"remembered-{how}")

    def _new(self, segment: Segment, alone: Verdict) -> Verdict:
        """A block that was not there: the page-alone verdict, if the block has earned its place."""
        if alone.kind is None or alone.kind is BlockKind.NOTE:
            return alone
        if self._is_printed_again(segment, alone):
            return Verdict(None, "new-repeat")
        if not self.recalled.redesigned and (alone.kind in _BESIDE or alone.reason == "lead"):
            return alone
        if not segment.frame.within(self.container):
            return Verdict(None, "new-outside")
        if self._is_in_new_entry(segment.frame):
            return Verdict(alone.kind, "new-entry")
        place = self.places.segment(segment)
        strange = segment.order not in self.between or not ends_sentence(segment.text)
        if self.recalled.redesigned and strange:
            return Verdict(None, "new-template")
        if place in self.known and not self.recalled.redesigned:
            mixed = alone.kind in _PROSE and self._is_mixed(segment.frame)
            return Verdict(None, "new-unproven") if mixed else Verdict(alone.kind, "new-in-place")
        if not self._near(segment.frame):
            return Verdict(None, "new-apart")
        sound = ends_sentence(segment.text) or alone.kind is not BlockKind.PARAGRAPH
        if sound and segment.link_density < 0.5 and self._fits(segment):
            return Verdict(alone.kind, "new-earned")
        return Verdict(None, "new-unproven")

    def _know_entry(self, entry: Frame | None) -> None:
        if entry is not None:
            self.known_entries.add(entry.order)
            self.entry_lists |= {entry.parent.order} if entry.parent else set()

    def _is_in_new_entry(self, frame: Frame) -> bool:
        """A live blog grows by entries: a new one beside those known needs no other proof; what came into one does."""
        entry = self.entries.around(frame)
        if entry is None or entry.parent is None or entry.order in self.known_entries:
            return False
        return entry.parent.order in self.entry_lists

    def _is_printed_again(self, segment: Segment, alone: Verdict) -> bool:
        """Whether a lead, or a caption with a paragraph right beside it, is from a second printing of the article.

        A caption alone may be set under a second picture; that is an edit.
        """
        if segment.text not in self.said or (alone.kind not in _BESIDE and alone.reason != "lead"):
            return False
        beside = self.segments[max(0, segment.order - 1) : segment.order + 2]
        texts = [other.text for other in beside if other.order not in self.recalled.blocks and other is not segment]
        return alone.reason == "lead" or any(len(text) >= _TELLING and text in self.said for text in texts)

    def _fits(self, segment: Segment) -> bool:
        """A new box inside the article is the article's if it is made of running text and of little else."""
        box = self._new_box(segment.frame)
        if box is None:
            return True
        inside = [other for other in self.segments if other.frame.within(box)]
        prose = [other for other in inside if ends_sentence(other.text) and other.link_density < 0.3]
        long = sum(len(other.text) for other in prose)
        return len(prose) * 2 > len(inside) and (len(prose) > 1 or long >= _LONE_BOX) and not _asks(box)

    def _is_mixed(self, frame: Frame) -> bool:
        """Whether the block came in a new box that also holds a strange heading, a link, or something to press.

        A heading where the article has headings is not strange: the article is written in such boxes.
        """
        box = self._new_box(frame)
        if box is None:
            return False
        inside = [other for other in self.segments if other.frame.within(box)]
        return _asks(box) or any(self._is_strange(other) for other in inside)

    def _is_strange(self, segment: Segment) -> bool:
        if segment.link_density > 0.8:
            return True
        return not ends_sentence(segment.text) and self.places.segment(segment) not in self.known

    def _new_box(self, frame: Frame) -> Frame | None:
        """The outermost box of no known place between the block and the article's box, if it is a mere division."""
        found = None
        for box in frame.chain():
            if box is self.container or box.order in self.boxes:
                break
            if box.tag in _DIVISIONS:
                found = box
        return found

    def _near(self, frame: Frame) -> bool:
        """Whether the block stands in a box that holds blocks of the article, or just below one."""
        for box, _ in zip(frame.chain(), range(_DEEP + 1), strict=False):
            if box.parent is not None and box.parent.order in self.boxes:
                return True
        return False


def _company(name: str, source: str) -> Company:
    """What may stand beside a value that was printed before; beside a headline nothing may.

    Where nothing else was read from the page, a name or a standfirst may stand among other words.
    """
    if name == "headline":
        return Company.NONE
    return Company.BY if source == "page" else Company.ANY


def _asks(box: Frame) -> bool:
    """Whether a box has something to press, fill in or play."""
    return any(isinstance(e.tag, str) and e.tag in _CONTROLS for e in box.element.iter())


def _without_lone_headings(segments: Sequence[Segment], said: list[Verdict]) -> list[Verdict]:
    """A new subhead with no text of the article under it is the heading of something else."""
    kept = list(said)
    follows = False
    for order in range(len(said) - 1, -1, -1):
        verdict = said[order]
        if verdict.kind is BlockKind.SUBHEAD and verdict.reason.startswith("new-") and not follows:
            kept[order] = Verdict(None, "new-heading")
        elif verdict.kind is not None and verdict.kind not in _BESIDE:
            follows = True
        elif verdict.kind is None and segments[order].frame.tag in ("li", "a", "h2", "h3", "h4"):
            follows = False
    return kept
