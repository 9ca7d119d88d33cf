"""What a story's texts state, as news: a quotation printed in other words, a commitment whose day has come.

It goes the way of all notifications (decision 0055): a row of the journal, once for each rule and target. What tells
one such happening from another is a number below 0, made of its words; when the message goes out it is looked for anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from writethru.errors import NotInArchive
from writethru.notify.happened import ATTRIBUTION, DIFFERS, DUE, FIGURE, LONGEST, STATED, Stated, number_of, stories_of
from writethru.notify.message import Told
from writethru.notify.rules import Rule, Verdict, judge
from writethru.notify.turned import attributions_turned, figures_turned
from writethru.publish.safe_text import clip
from writethru.storage.notice_store import NewNotice

if TYPE_CHECKING:
    from writethru.dossier.parts import CommitmentGroup, Dossier, UtteranceLine
    from writethru.statements.evidence import Evidence
    from writethru.storage.store import Store

POSITION: Final = "*notify:stated*"
"""Where the store keeps since when each rule holds, and up to which reading this was done."""


def note_stated(store: Store, rules: Iterable[Rule], now: datetime, oldest: datetime) -> int:
    """Note what is new of stories that rules watch; how many notices are new.

    The first time that a rule is met only "since when" is noted: what was there before is not told. Texts are compared,
    and dossiers made, only when something was read since, or a day began.
    """
    wanted = [rule for rule in rules if STATED & set(rule.kinds)]
    if not wanted:
        return 0
    state = store.host_state(POSITION)
    begun, read = _begun(state, wanted, now), _read_so_far(store, now)
    if (state.get("read"), state.get("rules")) == (read, {name: at.isoformat() for name, at in begun.items()}):
        return 0
    since = {name: max(at, oldest) for name, at in begun.items()}
    found = [one for one in happened(store, wanted, min(since.values()), now) if one.at <= now]
    with store.transaction():
        new = store.notices.note([notice for one in found for notice in _notices(wanted, one, since, now)], now)
        rules_begun = {name: at.isoformat() for name, at in begun.items()}
        store.set_host_state(
            POSITION, {"since": state.get("since") or now.isoformat(), "rules": rules_begun, "read": read}
        )
    return new


def happened(store: Store, rules: Sequence[Rule], first: datetime, last: datetime) -> list[Stated]:
    """What some of these rules may want told, from the readings that are kept; ``last`` is the day of dossiers too."""
    found: list[Stated] = []
    for story in _stories(_naming(rules, {DIFFERS, DUE})):
        found += (one for one in stated_in(store, story, last) if first <= one.at <= last)
    for story in _stories(_naming(rules, {FIGURE})):
        found += figures_turned(store, story, first, last)
    return [*found, *attributions_turned(store, _articles(store, _naming(rules, {ATTRIBUTION})), first, last)]


def told(store: Store, noted: Sequence[NewNotice], base: str, now: datetime) -> Iterator[Told]:
    """The journal's rows of this sort, as messages tell them; what no longer stands is left out."""
    turned = cache(lambda article, at: [*_turned_at(store, article, at)])
    stated = cache(lambda story: stated_in(store, story, now))
    for new in noted:
        dossiers = (one for story in stories_of(store, new.article_id) for one in stated(story))
        known = (one for some in (turned(new.article_id, new.at), dossiers) for one in some)
        match = next((one for one in known if (one.number, one.at) == (new.number, new.at)), None)
        if match is not None:
            yield match.told(base)


def _turned_at(store: Store, article: int, at: datetime) -> Iterator[Stated]:
    for story in stories_of(store, article):
        yield from figures_turned(store, story, at, at, article)
    yield from attributions_turned(store, [article], at, at)


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
            stories=(made.material.story,),
            at=_seen(store, later),
            number=number_of(DIFFERS, *sorted((printed.words, longest.words))),
            title="A quotation is printed in other words",
            summary=f"{printed.outlet} prints {clip(words, LONGEST)}, {longest.outlet} the longest. {FULLEST}.",
            evidence=later,
            url=_url(made, later),
            texts=(printed.words, longest.words),
            speakers=tuple(sorted({printed.speaker, longest.speaker} - {""})),
            path=f"/stories/{made.material.story}/dossier",
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
            stories=(made.material.story,),
            at=datetime.combine(day, time(), UTC),
            number=number_of(DUE, day.isoformat(), line.words),
            title="A day that was named has come",
            summary=f"{clip(told_of, LONGEST)}; {STATES[State(group.state)]}.",
            evidence=line.evidence,
            url=_url(made, line.evidence),
            texts=(line.evidence.words,),
            speakers=tuple({line.evidence.speaker, line.promise.who} - {""}),
            path=f"/stories/{made.material.story}/dossier",
        )


def _seen(store: Store, one: Evidence) -> datetime:
    return store.version(one.article, one.version).first_seen


def _url(made: Dossier, one: Evidence) -> str:
    return next((line.url for line in made.material.articles if line.article == one.article), "")


def _read_so_far(store: Store, now: datetime) -> dict[str, Any]:
    from writethru.analyse.running import ANALYSES

    return {"day": now.date().isoformat(), **{one.name: store.followers.state(one.name).seq for one in ANALYSES}}


def _stories(rules: Iterable[Rule]) -> list[int]:
    return sorted({int(story) for rule in rules for story in rule.stories if story.isdigit()})


def _articles(store: Store, rules: Iterable[Rule]) -> list[int]:
    """The articles that rules name, or that are of the stories they name."""
    from writethru.analyse.turns import Turns

    named = {name for rule in rules for name in rule.articles}
    found = {int(name) for name in named if name.isdigit()}
    found |= {article.id for name in named - set(map(str, found)) if (article := store.find_article(name)) is not None}
    for story in _stories(rule for rule in rules if not rule.articles):
        with suppress(NotInArchive):
            found.update(Turns(store).of_story(story))
    return sorted(found)


def _naming(rules: Iterable[Rule], kinds: set[str]) -> list[Rule]:
    return [rule for rule in rules if kinds & set(rule.kinds)]


def _begun(state: Mapping[str, Any], rules: Iterable[Rule], now: datetime) -> dict[str, datetime]:
    """Since when each rule holds; one that is met for the first time, since now."""
    known = state.get("rules")
    if known is None:  # kept before each rule had its own
        return {rule.name: datetime.fromisoformat(str(state.get("since") or now.isoformat())) for rule in rules}
    return {rule.name: datetime.fromisoformat(str(known.get(rule.name, now.isoformat()))) for rule in rules}


def _notices(rules: Iterable[Rule], one: Stated, since: Mapping[str, datetime], now: datetime) -> Iterator[NewNotice]:
    for rule in rules:
        if one.at >= since[rule.name] and judge(rule, one.subject) is Verdict.MATCH:
            for target in rule.to:
                yield NewNotice(rule.name, target, one.evidence.article, one.at, one.number, rule.timing.due(now))
