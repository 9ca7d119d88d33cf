"""A storyline and an event as they were told: who had what text when, what was one text, what only one outlet has."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import combinations
from threading import Lock
from typing import Final

from writethru.analyse.placing import Placed, placed
from writethru.analyse.shared_text import SharedText, StemmaView
from writethru.analyse.stories import EventView, MembershipView, Stories, StoryView
from writethru.analyse.told_once import told_once
from writethru.comparison import Kind
from writethru.model import ArticleText, Block, ChangeRecord, TimeBasis
from writethru.reuse.passages import Passage, shared_passages, shared_quotations
from writethru.reuse.words import read_words
from writethru.storage.store import ArticleSummary, Store
from writethru.text.sentences import sentence_spans

MOST_ARTICLES: Final = 300
"""Articles of a storyline that are drawn, the latest of it; the rest is counted."""
MOST_TEXTS: Final = 6
"""Texts side by side: every two of them are compared."""
MOST_WORDS: Final = 4_000
"""Words of each that are compared there."""
MOST_REMEMBERED: Final = 32
"""Events whose comparison is kept until one of their texts changes."""
_DATED: Final = frozenset({TimeBasis.OBSERVED, TimeBasis.STATED})


@dataclass(frozen=True, slots=True)
class TextMark:
    """A later text of an article: when it was first seen, by which change, and whether that was a correction."""

    at: datetime
    change: int
    correction: bool


@dataclass(frozen=True, slots=True)
class ToldArticle:
    """One article of a storyline.

    Attributes:
        at, basis: see ``MembershipView``.
        marks: its later texts, those whose times are known; ``changes`` counts all.
        copies: the articles that are one text with it, itself among them; sorted.
    """

    summary: ArticleSummary
    event_id: int
    at: datetime | None
    basis: str
    marks: tuple[TextMark, ...]
    copies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoryTelling:
    """A storyline over outlets.

    Attributes:
        articles: by time, those without one last.
        shared: how their texts descend from each other; ``shared.independent`` counts a copy group once.
        left_out: articles that are more than are drawn.
    """

    story: StoryView
    articles: tuple[ToldArticle, ...]
    shared: StemmaView
    left_out: int


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a block that another article has too: in its own words, or quoting."""

    block: int
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class SideText:
    """One text of an event.

    Attributes:
        copies: further articles with this text, not shown again.
        spans: in order and apart.
        alone: sentences of which no other text has anything.
    """

    member: MembershipView
    version: int
    text: ArticleText
    copies: tuple[MembershipView, ...]
    spans: tuple[Span, ...]
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommonPassage:
    """What several texts have: as it stands in the first of them, and who has it."""

    text: str
    holders: tuple[ArticleSummary, ...]
    quoted: bool


@dataclass(frozen=True, slots=True)
class EventTelling:
    """An event over outlets.

    Attributes:
        texts: one of each copy group, by time.
        passages: those that most texts have first.
        left_out: members whose texts are not shown for want of room.
    """

    event: EventView
    texts: tuple[SideText, ...]
    passages: tuple[CommonPassage, ...]
    shared: StemmaView
    left_out: int


class Tellings:
    """Reads storylines and events with what their articles share."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stories = Stories(store)
        self._shared = SharedText(store)
        self._kept: OrderedDict[object, EventTelling] = OrderedDict()
        self._lock = Lock()

    def story(self, story_id: int) -> StoryTelling:
        """A storyline over outlets. Raises NotInArchive."""
        story = self._stories.story(story_id)
        members = placed(self._store, (row.id for row in story.events))
        shown = members[-MOST_ARTICLES:]
        shared = self._shared.among([member.article_id for member in shown])
        groups = {article: group for group in _numbered(shared) for article in group}
        articles = tuple(self._told(member, groups) for member in shown)
        return StoryTelling(story, articles, shared, len(members) - len(shown))

    def article_ids(self, story_id: int) -> list[int]:
        """The articles of a storyline. Raises NotInArchive."""
        events = [row.id for row in self._stories.story(story_id).events]
        return sorted({member.article_id for member in self._store.stories.members(events)})

    def event(self, event_id: int) -> EventTelling:
        """An event over outlets. Raises NotInArchive."""
        event = self._stories.event(event_id)
        ids = [member.summary.article.id for member in event.members]
        versions = [self._latest(number) for number in ids]
        shared = self._shared.among(ids)
        state = event, tuple(versions), shared.drawn, shared.groups
        with self._lock:
            if state in self._kept:
                self._kept.move_to_end(state)
                return self._kept[state]
        made = self._made(event, dict(zip(ids, versions, strict=True)), shared)
        with self._lock:
            self._kept[state] = made
            while len(self._kept) > MOST_REMEMBERED:
                self._kept.popitem(last=False)
        return made

    # parts

    def alone(self, event_id: int, shared: StemmaView) -> dict[int, tuple[str, ...]]:
        """By article the sentences of which no other text of its event has anything; none where there is one text.

        ``shared``: of these articles, or of all of their story.
        """
        ids = [member.article_id for member in placed(self._store, [event_id])]
        versions = {number: self._latest(number) for number in ids}
        first = _firsts(ids, versions, shared)
        texts = [self._store.version_text(number, versions[number]) for number in first]
        common = _Common(texts)
        return {number: common.alone(at) for at, number in enumerate(first)} if len(first) > 1 else {}

    def _told(self, member: Placed, groups: dict[int, tuple[int, ...]]) -> ToldArticle:
        number = member.article_id
        changes = self._store.changes(article_id=number)
        marks = tuple(_mark(change) for change in reversed(changes) if change.basis in _DATED)
        copies = groups.get(number, (number,))
        summary = self._shared.summary(number)
        return ToldArticle(summary, member.event_id, member.at, member.basis, marks, copies)

    def _latest(self, article_id: int) -> int:
        appearances = self._store.appearances(article_id)
        return appearances[-1].version_number if appearances else 0

    def _made(self, event: EventView, versions: dict[int, int], shared: StemmaView) -> EventTelling:
        told = {member.summary.article.id: member for member in event.members}
        shown = [[told[one] for one in ids] for ids in _firsts(told, versions, shared).values()]
        texts = [self._store.version_text(m[0].summary.article.id, versions[m[0].summary.article.id]) for m in shown]
        common = _Common(texts)
        sides = [
            SideText(
                member=members[0],
                version=versions[members[0].summary.article.id],
                text=texts[at],
                copies=tuple(members[1:]),
                spans=common.spans(at),
                alone=common.alone(at),
            )
            for at, members in enumerate(shown)
        ]
        left_out = len(event.members) - sum(len(members) for members in shown)
        passages = common.passages([side.member.summary for side in sides])
        return EventTelling(event, tuple(sides), passages, shared, left_out)


def _numbered(view: StemmaView) -> Iterator[tuple[int, ...]]:
    """Copy groups as article numbers."""
    for group in view.groups:
        yield tuple(sorted(view.articles[key] for key in group))


def _mark(change: ChangeRecord) -> TextMark:
    return TextMark(change.before, change.number, Kind.CORRECTION.value in change.kinds)


def _firsts(ids: Iterable[int], versions: Mapping[int, int], shared: StemmaView) -> dict[int, list[int]]:
    """The first article of each text that is shown, with all that have the text; those without a text are left out."""
    groups = {article: group for group in _numbered(shared) for article in group}
    first: dict[tuple[int, ...], list[int]] = {}
    for number in ids:
        if versions[number]:
            first.setdefault(groups.get(number, (number,)), []).append(number)
    return {found[0]: found for found in list(first.values())[:MOST_TEXTS]}


class _Common:
    """What every two of some texts share."""

    def __init__(self, texts: Sequence[ArticleText]) -> None:
        self._texts = texts
        self._words = [read_words(text).first(MOST_WORDS) for text in texts]
        self._found: list[tuple[int, int, Passage, bool]] = []
        for a, b in combinations(range(len(texts)), 2):
            pair = self._words[a], self._words[b]
            self._found += [(a, b, passage, False) for passage in shared_passages(*pair) if not passage.is_quotation]
            self._found += [(a, b, passage, True) for passage in shared_quotations(*pair)]

    def spans(self, at: int) -> tuple[Span, ...]:
        """The shared characters of one text; where it both quotes and copies, copying is said."""
        own, quoted = self._covered(at, quoted=False), self._covered(at, quoted=True)
        words = self._words[at]
        found: list[Span] = []
        for number, place in enumerate(words.places):
            if number not in own and number not in quoted:
                continue
            says = number not in own
            last = found[-1] if found else None
            adjoins = number and (number - 1 in own) == (number in own) and (number - 1 in own or number - 1 in quoted)
            if last is not None and adjoins and last.block == place.block and last.quoted == says:
                found[-1] = Span(last.block, last.start, place.end, says)
            else:
                found.append(Span(place.block, place.start, place.end, says))
        return tuple(found)

    @cached_property
    def _once(self) -> list[tuple[str, ...]]:
        every = [
            [block.text[start:end] for block in text.blocks for start, end in _sentences(block)] for text in self._texts
        ]
        return told_once([self._apart(at) for at in range(len(self._texts))], every)

    def alone(self, at: int) -> tuple[str, ...]:
        """Sentences of which no other text has a word in a passage or a quotation, and that none tells otherwise."""
        return self._once[at]

    def _apart(self, at: int) -> tuple[str, ...]:
        covered = self._covered(at, quoted=False) | self._covered(at, quoted=True)
        taken: dict[int, list[tuple[int, int]]] = {}
        for number in covered:
            place = self._words[at].places[number]
            taken.setdefault(place.block, []).append((place.start, place.end))
        read = {place.block for place in self._words[at].places}
        return tuple(
            block.text[start:end].strip()
            for number, block in enumerate(self._texts[at].blocks)
            if number in read
            for start, end in _sentences(block)
            if not any(s < end and e > start for s, e in taken.get(number, ()))
        )

    def passages(self, summaries: Sequence[ArticleSummary]) -> tuple[CommonPassage, ...]:
        """What several texts have, each once: passages that lie over each other in a text are one."""
        groups: list[tuple[dict[int, tuple[int, int]], bool]] = []
        for a, b, passage, quoted in sorted(self._found, key=lambda row: (-len(row[2].pairs), row[0], row[1])):
            holder = next((g for g, q in groups if q == quoted and _lies_over(g, {a: passage.a, b: passage.b})), None)
            if holder is None:
                groups.append(({a: passage.a, b: passage.b}, quoted))
            else:
                holder.setdefault(a, passage.a)
                holder.setdefault(b, passage.b)
        groups.sort(key=lambda row: (-len(row[0]), row[1], min(row[0]), row[0][min(row[0])]))
        return tuple(
            CommonPassage(self._shown(group), tuple(summaries[at] for at in sorted(group)), quoted)
            for group, quoted in groups
        )

    def _covered(self, at: int, *, quoted: bool) -> set[int]:
        found: set[int] = set()
        for a, b, passage, is_quoted in self._found:
            if is_quoted == quoted and at in (a, b):
                found.update(range(*(passage.a if at == a else passage.b)))
        return found

    def _shown(self, group: dict[int, tuple[int, int]]) -> str:
        at = min(group)
        start, end = group[at]
        places = self._words[at].places[start:end]
        rows: dict[int, tuple[int, int]] = {}
        for place in places:
            rows[place.block] = (rows.get(place.block, (place.start, 0))[0], place.end)
        blocks = self._texts[at].blocks
        return " ¶ ".join(blocks[block].text[first:last] for block, (first, last) in rows.items())


def _lies_over(one: dict[int, tuple[int, int]], other: dict[int, tuple[int, int]]) -> bool:
    """Do two passages have most of the shorter one's words in common in some text?"""
    for at in one.keys() & other.keys():
        (a, b), (c, d) = one[at], other[at]
        if min(b, d) - max(a, c) > min(b - a, d - c) / 2:
            return True
    return False


def _sentences(block: Block) -> Iterator[tuple[int, int]]:
    for span in sentence_spans(block.text):
        yield span[0], span[1]
