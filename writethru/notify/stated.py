"""What a story's texts state, as news: a quotation printed in other words, a commitment whose day has come.

It goes the way of all notifications (decision 0055): a row of the journal, once for each rule and target. What tells
one such happening from another is a number below 0, made of its words; when the message goes out it is looked for anew.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from html import escape
from typing import TYPE_CHECKING, Any, Final

from writethru.errors import NotInArchive
from writethru.notify.message import Told
from writethru.notify.rules import Rule, Subject, Verdict, judge
from writethru.publish.feed import Entry
from writethru.publish.safe_text import clip, one_line
from writethru.storage.notice_store import NewNotice

if TYPE_CHECKING:
    from writethru.dossier.parts import CommitmentGroup, Dossier, UtteranceLine
    from writethru.statements.evidence import Evidence
    from writethru.storage.store import Store

DIFFERS: Final = "quotation-differs"
DUE: Final = "commitment-due"
STATED: Final = frozenset({DIFFERS, DUE})
"""Kinds of happenings that rules with ``stories`` may name."""
POSITION: Final = "*notify:stated*"
"""Where the store keeps since when, and up to which reading, this was done."""
LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Stated:
    """One such happening.

    Attributes:
        at: when the later of two printings was first seen; the beginning of the day on which something falls due.
        number: below 0; the same words give the same.
        evidence: the sentence that it is told of.
        texts: all words that rules may ask for.
    """

    kind: str
    story: int
    at: datetime
    number: int
    title: str
    summary: str
    evidence: Evidence
    url: str
    texts: tuple[str, ...]
    speakers: tuple[str, ...]

    @property
    def subject(self) -> Subject:
        """What rules are asked about it."""
        one = self.evidence
        return Subject(
            one.article, (self.url,), one.outlet, (self.kind,), 1.0, self.texts, (self.story,), self.speakers
        )


def note_stated(store: Store, rules: Iterable[Rule], now: datetime, oldest: datetime) -> int:
    """Note what is new of stories that rules watch; how many notices are new.

    The first time only "since when" is noted: what was there before is not told. Dossiers are made only when something
    was read since, or a day began.
    """
    wanted = [rule for rule in rules if STATED & set(rule.kinds)]
    if not wanted:
        return 0
    state = store.host_state(POSITION)
    read = _read_so_far(store, now)
    since = str(state.get("since") or now.isoformat())
    if state.get("read") == read:
        return 0
    first = max(datetime.fromisoformat(since), oldest)
    found = [one for story in _stories(wanted) for one in stated_in(store, story, now) if first <= one.at <= now]
    with store.transaction():
        new = store.notices.note([notice for one in found for notice in _notices(wanted, one, now)], now)
        store.set_host_state(POSITION, {"since": since, "read": read})
    return new


def told(store: Store, noted: Sequence[NewNotice], base: str, now: datetime) -> Iterator[Told]:
    """The journal's rows of this sort, as messages tell them; what no longer stands is left out."""
    for new in noted:
        known = (one for story in stories_of(store, new.article_id) for one in stated_in(store, story, now))
        match = next((one for one in known if (one.number, one.at) == (new.number, new.at)), None)
        if match is not None:
            yield Told(_entry(match, base))


def stories_of(store: Store, article_id: int) -> tuple[int, ...]:
    """The storylines that an article belongs to, as far as events are known."""
    events = [one.event_id for one in store.stories.memberships([article_id])]
    return tuple(sorted({event.story_id for event in store.stories.events(events)}))


def stated_in(store: Store, story: int, now: datetime) -> list[Stated]:
    """The happenings of a story, as of the last reading; none of a story that is not there."""
    from writethru.analyse.dossier import Dossiers

    try:
        made = Dossiers(store).of_story(story, now.date())
    except NotInArchive:
        return []
    found = [one for line in made.utterances for one in _differing(store, made, line)]
    return [*found, *(one for group in made.commitments for one in _due(made, group))]


def _differing(store: Store, made: Dossier, line: UtteranceLine) -> Iterator[Stated]:
    from writethru.dossier.wording import FULLEST

    fullest = line.utterance.fullest
    longest = line.evidence[fullest.key]
    for rendering in line.utterance.altered:
        printed = line.evidence[rendering.quote.key]
        if printed.outlet == longest.outlet:
            continue
        pairs = [(rendering.quote.text[slice(*one.rendering)], fullest.text[slice(*one.fullest)])
                 for one in rendering.differences]  # fmt: skip
        words = "; ".join(f"“{new or '(nothing)'}” for “{old or '(nothing)'}”" for new, old in pairs)
        later = max((printed, longest), key=lambda one: (_seen(store, one), one.article))
        yield Stated(
            kind=DIFFERS,
            story=made.material.story,
            at=_seen(store, later),
            number=_number(DIFFERS, *sorted((printed.words, longest.words))),
            title="A quotation is printed in other words",
            summary=f"{printed.outlet} prints {clip(words, LONGEST)}, {longest.outlet} the longest. {FULLEST}.",
            evidence=later,
            url=_url(made, later),
            texts=(printed.words, longest.words),
            speakers=tuple(sorted({printed.speaker, longest.speaker} - {""})),
        )


def _due(made: Dossier, group: CommitmentGroup) -> Iterator[Stated]:
    from writethru.dossier.wording import FORCES, STATES
    from writethru.statements.commitment_status import State
    from writethru.statements.promises import Force

    days = {line.promise.due.last: line for line in reversed(group.lines) if line.promise.due}
    for day, line in days.items():
        told_of = f"“{line.words}”, {FORCES[Force(line.force)]}, is read as due on {day.isoformat()}"
        yield Stated(
            kind=DUE,
            story=made.material.story,
            at=datetime.combine(day, time(), UTC),
            number=_number(DUE, day.isoformat(), line.words),
            title="A day that was named has come",
            summary=f"{clip(told_of, LONGEST)}; {STATES[State(group.state)]}.",
            evidence=line.evidence,
            url=_url(made, line.evidence),
            texts=(line.evidence.words,),
            speakers=tuple({line.evidence.speaker, line.promise.who} - {""}),
        )


def _seen(store: Store, one: Evidence) -> datetime:
    return store.version(one.article, one.version).first_seen


def _url(made: Dossier, one: Evidence) -> str:
    return next((line.url for line in made.material.articles if line.article == one.article), "")


def _number(*words: str) -> int:
    return -1 - zlib.crc32("\0".join(words).encode("utf-8", "replace")) % (2**31 - 2)


def _read_so_far(store: Store, now: datetime) -> dict[str, Any]:
    from writethru.analyse.running import ANALYSES

    return {"day": now.date().isoformat(), **{one.name: store.followers.state(one.name).seq for one in ANALYSES}}


def _stories(rules: Iterable[Rule]) -> list[int]:
    return sorted({int(story) for rule in rules for story in rule.stories if story.isdigit()})


def _notices(rules: Iterable[Rule], one: Stated, now: datetime) -> Iterator[NewNotice]:
    for rule in rules:
        if judge(rule, one.subject) is Verdict.MATCH:
            for target in rule.to:
                yield NewNotice(rule.name, target, one.evidence.article, one.at, one.number, rule.timing.due(now))


def _entry(one: Stated, base: str) -> Entry:
    return Entry(
        id=f"urn:writethru:stated:{-one.number}",
        title=one.title,
        url=f"{base}/stories/{one.story}/dossier",
        updated=one.at,
        outlet=one.evidence.outlet,
        summary=one_line(one.summary, 3 * LONGEST),
        content="".join(f"<blockquote>{escape(clip(words, 3 * LONGEST))}</blockquote>" for words in one.texts),
        kinds=(one.kind,),
        about=one.url,
    )
