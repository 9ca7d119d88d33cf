"""Keeps events and storylines up to date with the record.

A change touches the coarse groups its article is near to; these are grouped anew as a whole, by a pure function of
the set of their articles, so that the result does not depend on the order of arrival. Only the numbers that events bear
depend on what was before, and the journal says how.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from typing import ClassVar, NamedTuple

from writethru.analyse.follow import TOGETHER, Keep
from writethru.analyse.story_dating import Dating, is_undated
from writethru.analyse.story_held import WAITING
from writethru.analyse.story_lines import Storylines
from writethru.analyse.story_near import is_near
from writethru.analyse.story_reading import Known, Read
from writethru.analyse.story_record import Recorded
from writethru.events.grouping import MOST, coarse_groups, group, heaviest
from writethru.events.items import Ties
from writethru.storage.store import Store
from writethru.storage.story_store import Ruling, StoryArticle

MOST_TOGETHER = 2 * MOST
"""Articles that are grouped at once."""
WHOLE = 40
"""Articles of coarse groups up to which all are grouped anew when another touches them; of larger ones, in archives not
to be settled, the events that it is near to are, the nearest first, about so many articles. Coarse groups grow with how
many articles a day brings, by likenesses of chance: of 6,500 made-up articles, events of three lay in groups of
fourteen, which was half of all cost."""
SMALL = 12
"""Up to so many articles are all grouped anew each time: in a small archive weights shift with each article."""
SETTLED = 2_000
"""Up to so many, all are grouped anew when everything was read and the archive has grown by a share of ``GROWN`` since:
until then a group keeps the weights of when it was last touched, and what came first would tell. In larger archives
weights hardly move, and it would take seconds."""
GROWN = 0.1


class EventAnalysis:
    """Groups articles that tell of one happening, and happenings that continue each other."""

    name: ClassVar[str] = "events"

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known = Known(store)
        self._dating = Dating(self.known)
        self._storylines = Storylines(self.known)
        self._gathers = False
        self._settled = 0

    def article_changed(self, article_id: int) -> Keep:
        """New versions: the article is read now; kept, its neighbourhood is grouped anew."""
        read = self.known.read(article_id)

        def keep() -> None:
            self.store.article(article_id)  # withdrawn meanwhile, nothing of it is kept
            if read is not None:
                self.entered(article_id, read)

        return keep

    def entered(self, article_id: int, read: Read) -> None:
        """What was read of an article, in the place of what was known of it; its neighbourhood is grouped anew.

        Among ``several`` a new article waits until the number of articles is a multiple of ``TOGETHER``, or all are
        read; those that wait are grouped at once. So it makes no difference which of them share a transaction.
        """
        with self._work():
            if not self.known.enter(article_id, read):
                return
            if not self._joined_its_twin(article_id):
                if self._gathers and article_id not in self.known.reworded:
                    self.known.keep(replace(self.known.article(article_id), cluster=WAITING))
                else:
                    self._regroup(self._with_all_of_a_few([article_id]))
            if self._gathers and self.known.archived() % TOGETHER == 0:
                self._regroup_waiting()

    @contextmanager
    def several(self) -> Iterator[None]:
        """All articles that enter inside are written together at its end; new ones may wait to be grouped."""
        with self._work():
            self._gathers = True
            try:
                yield
            finally:
                self._gathers = False

    def caught_up(self) -> None:
        """Everything was read: nothing waits any longer, and what came in which order is to make no difference."""
        with self._work():
            self._regroup_waiting()
            articles = self.known.archived()
        if SMALL < articles <= SETTLED and abs(articles - self._settled) >= GROWN * articles:
            self.settle()

    def waits(self) -> bool:
        """Do articles wait to be grouped?"""
        return bool(self.store.stories.in_clusters([WAITING]))

    def settle_small(self) -> None:
        """Group all articles of a small archive anew: something changed that all groups rest on."""
        with self._work():
            articles = self.known.archived()
        if 0 < articles <= SETTLED:
            self.settle()

    def settle(self) -> None:
        """Group all articles anew, by weights as they are now: a function of the set of them, however they came."""
        with self._work():
            self.known.weigh_anew()
            self._regroup_waiting()
            dated = self._every_dated()
            for part in self._coarse_groups(dated):
                self._grouped_anew(part)
            self._storylines.settle({one.event_id for one in self.known.held.memberships(dated) if one.main})
            self._settled = self.known.archived()

    def _every_dated(self) -> dict[int, StoryArticle]:
        found: dict[int, StoryArticle] = {}
        after = 0
        while some := self.store.stories.every_article(after, MOST_TOGETHER):
            after = some[-1].article_id
            found |= self.known.articles(one.article_id for one in some)
        return {number: one for number, one in found.items() if one.minute is not None}

    def _coarse_groups(self, dated: Mapping[int, StoryArticle]) -> list[list[int]]:
        """What hangs together, whatever did before."""
        joined: dict[tuple[int, int], float] = {}
        for number, article in dated.items():
            for other, score in self.known.near(article).items():
                if other in dated and is_near(score):
                    joined[min(number, other), max(number, other)] = score
        tied = [
            (number, other)
            for ruling in self.known.held.rulings()
            for number, other in pairwise(sorted({ruling.article_id, *self._ruled_with(ruling)} & dated.keys()))
        ]
        return coarse_groups(dated, joined, tied)

    def _joined_its_twin(self, article_id: int) -> bool:
        """Put a new article with the very words of another of its day where that one is: they are one item anyway."""
        article = self.known.article(article_id)
        twins = self.known.twins(article) if article.minute is not None and not self._is_small() else []
        if not twins or self.known.held.rulings([article_id, *twins]) or self.known.held.memberships([article_id]):
            return False
        events = [one.event_id for one in self.known.held.memberships(twins[:1]) if one.main]
        for event in events:
            self.known.keep(replace(article, cluster=self.known.articles(twins)[twins[0]].cluster))
            Recorded(self.known).joined(article_id, event)
        return bool(events)

    def _is_small(self) -> bool:
        return self.known.archived() <= SMALL

    def regroup(self, article_ids: Sequence[int]) -> None:
        """Group the neighbourhoods of these articles anew."""
        with self._work():
            self._regroup(article_ids)

    @contextmanager
    def _work(self) -> Iterator[None]:
        """One piece of work: what changed is written together at its end; if it fails, nothing is believed any more."""
        if self._gathers:  # a part of a larger one
            yield
            return
        try:
            with self.store.transaction():
                self.known.begin()
                yield
                self.known.write()
        except BaseException:
            self.known.clear()
            raise

    def article_rebuilt(self, article_id: int) -> Keep:
        """Its text may be another now, or gone."""
        read = self.known.read(article_id)
        return self.article_changed(article_id) if read is not None else lambda: self._gone(article_id)

    def _gone(self, article_id: int) -> None:
        with self._work():
            before = self.known.articles([article_id])
            if before:
                Recorded(self.known).left(article_id)
                self.known.forget(article_id)
                self._regroup(self.known.held.cluster([before[article_id].cluster], MOST))

    def _with_all_of_a_few(self, article_ids: Sequence[int]) -> Sequence[int]:
        if not self._is_small():
            return article_ids
        self.known.write()
        return sorted({*article_ids, *(one.article_id for one in self.store.stories.every_article(0, SMALL))})

    def _regroup_waiting(self) -> None:
        waiting = self.known.held.cluster([WAITING], MOST_TOGETHER)
        if waiting:
            self._regroup(self._with_all_of_a_few(waiting))

    def _regroup(self, some: Iterable[int]) -> None:
        """Group the neighbourhoods of these articles, and of those that wait, anew."""
        article_ids = {*some, *self._let_in()}
        articles = self.known.articles(article_ids)
        waiting = self._dating.date({one.article_id for one in articles.values() if is_undated(one)})
        touched = self._touched([one for one in self.known.articles(article_ids).values() if one.minute is not None])
        later = self._dating.date(self._dating.near(articles.values()) - waiting)
        touched |= self._touched([self.known.articles([one])[one] for one in later if self._dating.is_dated(one)])
        events: set[int] = set()
        for clusters in _connected(touched):
            events |= self._grouped(clusters, touched)
        self._dating.date(one for one in waiting | later if not self._dating.is_dated(one))  # with candidates of now
        self._storylines.regroup(events)

    def _let_in(self) -> list[int]:
        """The articles that wait, each a coarse group of its own from now on."""
        waiting = self.known.held.cluster([WAITING], MOST_TOGETHER)
        for article in self.known.articles(waiting).values():
            self.known.keep(replace(article, cluster=article.article_id))
        return waiting

    # groups

    def _touched(self, articles: Sequence[StoryArticle]) -> dict[int, set[int]]:
        """Each article's clusters: its own, those of its neighbours, and of those it is tied to."""
        found: dict[int, set[int]] = {}
        rulings = self.known.held.rulings()
        for article, near in zip(articles, self.known.all_near(articles), strict=True):
            others = {other for other, score in near.items() if is_near(score)}
            for ruling in rulings:
                if article.article_id in (ruling.article_id, ruling.other_id):
                    others |= self._ruled_with(ruling)
            known = [article, *self.known.articles(others).values()]
            found[article.article_id] = {one.cluster for one in known if one.minute is not None}
        return found

    def _ruled_with(self, ruling: Ruling) -> set[int]:
        if ruling.kind == "pin":
            return {member.article_id for member in self.known.held.members([ruling.other_id])[:MOST]}
        return {ruling.article_id, ruling.other_id}

    def _grouped(self, clusters: Sequence[int], touched: Mapping[int, set[int]]) -> set[int]:
        """Group the articles of these clusters, and those that touched them; the events that were touched."""
        some = set(self.known.held.cluster(clusters, MOST_TOGETHER))
        came = {article_id for article_id, near in touched.items() if near & set(clusters)}
        if len(some | came) <= WHOLE or self.known.archived() <= SETTLED:
            return self._grouped_anew(some | came)
        return self._grouped_nearby(came, clusters)

    def _grouped_nearby(self, came: Iterable[int], clusters: Sequence[int]) -> set[int]:
        """Group these articles, which are in a large coarse group or join it, with the events that they are near to."""
        around: dict[int, set[int]] = {}
        for article in self.known.articles(came).values():
            around[article.article_id] = {article.article_id, *self._nearby(article)}
            if article.cluster not in clusters[:1]:
                self.known.keep(replace(article, cluster=clusters[0]))
        events: set[int] = set()
        for some in _overlapping(around.values()):
            parted = self._parted(some)
            events |= Recorded(self.known).events(parted.events, parted.pins)
        return events

    def _nearby(self, article: StoryArticle) -> set[int]:
        """The articles of the events that an article is in, is tied to or is near to, the nearest first.

        And those that it is near to and that are in none yet.
        """
        near = {other: score for other, score in self.known.near(article).items() if is_near(score)}
        tied = {one for ruling in self.known.held.rulings([article.article_id]) for one in self._ruled_with(ruling)}
        asked = [article.article_id, *sorted(tied), *heaviest(near)]
        event = {one.article_id: one.event_id for one in self.known.held.memberships(asked) if one.main}
        found: set[int] = set()
        fresh = {other for other in near if other not in event}
        for number in dict.fromkeys(event[other] for other in asked if other in event):
            members = {one.article_id for one in self.known.held.members([number]) if one.main}
            if not found or len(found | members) <= WHOLE or not members.isdisjoint(tied):
                found |= members
        return found | fresh

    def _grouped_anew(self, some: Iterable[int]) -> set[int]:
        """Group these articles, which are all that hang together; the events that changed."""
        parted = self._parted(some)
        for members in parted.coarse:
            for article in self.known.articles(members).values():
                if article.cluster != min(members):
                    self.known.keep(replace(article, cluster=min(members)))
        return Recorded(self.known).events(parted.events, parted.pins)

    def _parted(self, some: Iterable[int]) -> _Parted:
        articles = [one for one in self.known.articles(some).values() if one.minute is not None]
        ties = _Rulings(self.known.held.rulings([one.article_id for one in articles]))
        pins = {one.article_id: ties.pins[one.article_id] for one in articles if one.article_id in ties.pins}
        items = self.known.items([one for one in articles if one.article_id not in pins], ties.named)
        holders: dict[str, list[int]] = {}
        for article_id, item in items.items():
            holders.setdefault(item.key, []).append(article_id)
        found = group(
            {item.key: item for item in items.values()}.values(),
            self.known.weights(),
            ties.over({number: item.key for number, item in items.items()}),
            self.known.meanings.level(),
        )
        coarse, events = (
            [sorted(number for key in part for number in holders[key]) for part in parts]
            for parts in (found.coarse, found.events)
        )
        return _Parted(coarse, events, pins)


class _Parted(NamedTuple):
    """What some articles came to: coarse groups, events, and those that editors put into an event."""

    coarse: Sequence[Sequence[int]]
    events: Sequence[Sequence[int]]
    pins: Mapping[int, int]


class _Rulings:
    """What editors ruled on some articles."""

    def __init__(self, rulings: Sequence[Ruling]) -> None:
        self._rulings = rulings
        self.named = {ruling.article_id for ruling in rulings} | {
            ruling.other_id for ruling in rulings if ruling.kind != "pin"
        }
        self.pins = {ruling.article_id: ruling.other_id for ruling in rulings if ruling.kind == "pin"}

    def over(self, keys: Mapping[int, str]) -> Ties:
        """As ties between items, which are known by their keys."""
        return Ties(must=frozenset(self._pairs("must-link", keys)), cannot=frozenset(self._pairs("cannot-link", keys)))

    def _pairs(self, kind: str, keys: Mapping[int, str]) -> set[tuple[str, str]]:
        return {
            (keys[ruling.article_id], keys[ruling.other_id])
            for ruling in self._rulings
            if ruling.kind == kind and ruling.article_id in keys and ruling.other_id in keys
        }


def _connected(touched: Mapping[int, set[int]]) -> list[list[int]]:
    """Clusters that some article joins, together; each list in order."""
    top: dict[int, int] = {}

    def root(one: int) -> int:
        while top.setdefault(one, one) != one:
            one = top[one]
        return one

    for clusters in touched.values():
        first = min(clusters)
        for other in sorted(clusters):
            if root(other) != root(first):
                top[max(root(other), root(first))] = min(root(other), root(first))
    found: dict[int, list[int]] = {}
    for one in sorted(top):
        found.setdefault(root(one), []).append(one)
    return list(found.values())


def _overlapping(sets: Iterable[set[int]]) -> list[set[int]]:
    """Sets that share something, as one; in order of their least."""
    found: list[set[int]] = []
    for whole in sets:
        apart = [one for one in found if one.isdisjoint(whole)]
        found = [*apart, whole.union(*(one for one in found if not one.isdisjoint(whole)))]
    return sorted(found, key=min)
