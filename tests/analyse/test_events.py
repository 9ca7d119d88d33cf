"""Events and storylines are kept up to date with the record, the same whatever the order of arrival."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import permutations
from typing import NamedTuple, TypeVar

import pytest

from tests.acceptance.conftest import DATA, config_for
from tests.analyse.told import CLOSED, FIRE, FLOOD, FLOOD_YEARS_LATER, OTHER, Told, tell
from writethru.analyse import events
from writethru.analyse.events import EventAnalysis
from writethru.analyse.follow import follow
from writethru.analyse.stories import Stories
from writethru.analyse.story_counts import number_of
from writethru.analyse.story_reading import Read
from writethru.archive import open_archive
from writethru.errors import InputError, NotInArchive
from writethru.events.features import Features
from writethru.events.membership import Step, replay
from writethru.events.moments import Basis, When
from writethru.storage.store import Store


def analysed(store: Store) -> Stories:
    follow(store, EventAnalysis(store))
    return Stories(store)


def told(store: Store, *some: Told) -> list[int]:
    return [tell(store, one) for one in some]


def events_of(store: Store, articles: Sequence[int]) -> list[int]:
    """The event of each article, 0 where it has none."""
    found = {one.article_id: one.event_id for one in store.stories.memberships(articles) if one.main}
    return [found.get(article, 0) for article in articles]


def partition(store: Store) -> set[frozenset[str]]:
    """The events by the URLs of their articles."""
    urls: dict[int, set[str]] = {}
    for summary in store.article_summaries():
        for member in store.stories.memberships([summary.article.id]):
            urls.setdefault(member.event_id, set()).add(summary.article.url)
    return {frozenset(some) for some in urls.values()}


def replayed(store: Store) -> tuple[dict[int, int], dict[int, int]]:
    """Memberships by the journal, and as they are."""
    steps = [Step(e.action, e.article_id, e.event_id, e.form) for e in store.stories.log(0, 100_000)]
    now = {one.article_id: one.event_id for one in store.stories.memberships(range(1, 1000)) if one.main}
    return replay(steps).events, now


def test_accounts_of_one_happening_are_one_event_and_another_is_its_own(store: Store) -> None:
    ids = told(store, *FIRE, OTHER)
    stories = analysed(store)
    fire, other = events_of(store, ids)[0], events_of(store, ids)[-1]
    assert events_of(store, ids) == [fire] * len(FIRE) + [other]
    assert fire != other
    view = stories.event(fire)
    assert view.row.articles == len(FIRE)
    assert "Rautila" in " ".join(view.row.names)
    (member, *_) = view.members
    assert "Rautila" in member.explanation
    assert member.basis == "published"
    journal, now = replayed(store)
    assert journal == now


@pytest.mark.parametrize("order", random.Random(4).sample(list(permutations(range(5))), 6))
def test_the_same_events_in_every_order_of_arrival(sqlite_store: Store, order: tuple[int, ...]) -> None:
    some = [*FIRE, OTHER, FLOOD]
    for at in order:
        tell(sqlite_store, some[at])
        analysed(sqlite_store)
    EVERY_ORDER.setdefault("events", partition(sqlite_store))
    assert partition(sqlite_store) == EVERY_ORDER["events"]
    assert len(partition(sqlite_store)) == 3
    journal, now = replayed(sqlite_store)
    assert journal == now


EVERY_ORDER: dict[str, object] = {}


def test_a_membership_says_what_is_quoted_and_which_day_is_named_by_another_too(store: Store) -> None:
    said = ' "Nobody will forget the smell of burning herring in this town," Osthoff said.'
    late = " The cannery was built by his father. It broke out on Sunday."
    ids = told(
        store,
        replace(FIRE[0], body=FIRE[0].body + said),
        replace(FIRE[1], body=f"Firefighters were called on Sunday night. {FIRE[1].body}{said}"),
        replace(FIRE[2], body=FIRE[2].body + late),
    )
    members = analysed(store).event(events_of(store, ids)[0]).members
    both = [("quotes the same words" in one.explanation, "names Sunday at its" in one.explanation) for one in members]
    assert sorted(both) == [(False, False), (True, True), (True, True)], "the third names it only at its end"


def test_an_article_after_an_events_end_opens_a_new_one_in_the_same_storyline(store: Store) -> None:
    ids = told(store, *FIRE, CLOSED)
    stories = analysed(store)
    first, last = events_of(store, ids)[0], events_of(store, ids)[-1]
    assert first != last
    story = stories.story(stories.event(first).row.story_id)
    assert {row.id for row in story.events} == {first, last}
    assert [link.kind for link in story.links] == ["continues"]


def test_years_later_it_is_revived(store: Store) -> None:
    first, later = told(store, FLOOD, FLOOD_YEARS_LATER)
    stories = analysed(store)
    a, b = events_of(store, [first, later])
    assert a != b
    assert [(link.kind, link.later, link.earlier) for link in stories.event(b).links] == [("revives", b, a)]


def test_the_date_of_an_undated_article_is_inferred_where_siblings_agree_and_said_to_be(store: Store) -> None:
    undated = tell(store, FIRE[0].without_date())
    stories = analysed(store)
    assert stories.of_article(undated) == ()
    view = stories.undecided(undated)
    assert view is not None
    assert view.explanation.startswith("cannot decide")
    told(store, *FIRE[1:])
    stories = analysed(store)
    (member,) = stories.of_article(undated)
    assert str(member.inferred_date) == "2031-05-04"
    assert "inferred" in member.explanation
    assert stories.undecided(undated) is None
    assert store.article_summaries(article_id=undated)[0].published is None


def test_without_any_date_nothing_is_decided(store: Store) -> None:
    ids = told(store, *(one.without_date() for one in FIRE))
    stories = analysed(store)
    assert events_of(store, ids) == [0, 0, 0]
    assert stories.undecided(ids[0]) is not None


def test_siblings_of_different_times_date_nothing(store: Store) -> None:
    ids = told(store, FLOOD, FLOOD_YEARS_LATER, FLOOD.at("echo").without_date())
    view = analysed(store).undecided(ids[-1])
    assert view is not None
    assert {candidate.event_id for candidate in view.candidates} == set(events_of(store, ids[:2]))


def test_editors_are_obeyed_by_every_later_run(store: Store) -> None:
    ids = told(store, *FIRE, OTHER)
    stories = analysed(store)
    stories.rule("cannot-link", ids[0], ids[1], by="desk", reason="another fire")
    assert events_of(store, ids)[0] != events_of(store, ids)[1]
    tied = stories.rule("must-link", ids[0], ids[3])
    assert events_of(store, ids)[0] == events_of(store, ids)[3]
    told(store, FIRE[2].at("late"))
    analysed(store)
    assert events_of(store, ids)[0] == events_of(store, ids)[3]
    assert events_of(store, ids)[0] != events_of(store, ids)[1]
    stories.withdraw(tied.id)
    assert events_of(store, ids)[0] != events_of(store, ids)[3]
    journal, now = replayed(store)
    assert journal == now


def test_in_large_groups_articles_go_where_they_are_near_and_editors_are_obeyed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "SETTLED", 0)
    monkeypatch.setattr(events, "WHOLE", 0)
    ids = told(store, *FIRE[:2], OTHER, FLOOD)
    stories = analysed(store)
    stories.rule("must-link", ids[1], ids[2])
    ids += told(store, FIRE[2])
    analysed(store)
    found = events_of(store, ids)
    assert found[0] == found[1] == found[2] == found[4] != found[3]
    journal, now = replayed(store)
    assert journal == now


def test_a_pin_holds_and_the_event_that_is_emptied_redirects(store: Store) -> None:
    ids = told(store, *FIRE, OTHER)
    stories = analysed(store)
    fire, other = events_of(store, ids)[0], events_of(store, ids)[-1]
    stories.rule("pin", ids[-1], fire)
    assert events_of(store, ids)[-1] == fire
    assert stories.event(other).row.id == fire
    told(store, FIRE[2].at("late"))
    analysed(store)
    assert events_of(store, ids)[-1] == fire
    journal, now = replayed(store)
    assert journal == now


def test_refusals(store: Store) -> None:
    (one,) = told(store, OTHER)
    stories = analysed(store)
    for wrong in (lambda: stories.rule("bind", one, one), lambda: stories.rule("must-link", one, one)):
        with pytest.raises(InputError):
            wrong()
    for missing in (
        lambda: stories.event(99),
        lambda: stories.story(99),
        lambda: stories.rule("must-link", one, 99),
        lambda: stories.withdraw(99),
        lambda: stories.of_article(99),
    ):
        with pytest.raises(NotInArchive):
            missing()
    with pytest.raises(InputError):
        stories.events(cursor="x")


def test_a_rewritten_article_moves_and_following_twice_does_nothing(store: Store) -> None:
    ids = told(store, *FIRE, OTHER, FLOOD)
    analysed(store)
    assert follow(store, EventAnalysis(store)).lines == 0
    before = events_of(store, ids)
    tell(store, OTHER.saying(FLOOD), article_id=ids[3], number=2)
    stories = analysed(store)
    after = events_of(store, ids)
    assert after[3] == after[4]
    assert after[:3] == before[:3]
    assert stories.event(before[3]).row.id == after[3]  # its only article left: the number leads on
    journal, now = replayed(store)
    assert journal == now


def test_what_an_article_says_now_is_what_its_storyline_goes_by(store: Store) -> None:
    first, later = told(store, FLOOD, OTHER)
    analysis = EventAnalysis(store)  # one for both runs: it holds whom it found near
    follow(store, analysis)
    tell(store, OTHER.saying(FLOOD_YEARS_LATER), article_id=later, number=2)
    follow(store, analysis)
    a, b = events_of(store, [first, later])
    assert [(link.kind, link.later, link.earlier) for link in Stories(store).event(b).links] == [("revives", b, a)]


def test_many_copies_of_one_text_are_one_event_at_a_bounded_cost(sqlite_store: Store) -> None:
    for number in range(30):
        tell(sqlite_store, FIRE[0].at(f"client{number:02}"))
    stories = analysed(sqlite_store)
    (row,), _ = stories.events()
    assert row.articles == 30
    known = Features.unpacked(sqlite_store.stories.articles([1])[0].bag)
    number = number_of(next(iter(known.bag)))
    assert len(sqlite_store.stories.neighbours([number], None, 1000)) <= 1


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, dict[int, Read]]]:
    """An archive of the seed pages, none of them grouped yet; and what is read of each, once."""
    folder = DATA.parent / "seeds"
    if not folder.is_dir():
        pytest.skip(f"SEED PAGES ABSENT: {folder} (set WRITETHRU_DATA)")
    home = tmp_path_factory.mktemp("seeds")
    url = f"sqlite:///{home / 'a.db'}"
    with open_archive(url, config_for(url, home)) as archive:
        archive.import_paths(sorted(folder.glob("*.txt")))
        known = EventAnalysis(archive.store).known
        read = {row.article.id: known.read(row.article.id) for row in archive.store.article_summaries()}
        yield archive.store, {number: one for number, one in read.items() if one is not None}


def test_the_seeds_in_every_order(seeds: tuple[Store, dict[int, Read]]) -> None:
    store, read = seeds
    orders = [{number: read[number] for number in order} for order in permutations(sorted(read))]
    ((events, storylines, dates),) = {_in_order(store, order, _dates) for order in orders}
    ((*_, told),) = {_in_order(store, order, _shown) for order in orders[::24]}
    (late,) = [number for number in read if "2016" in store.article(number).url]
    assert events == {frozenset({late}), frozenset(set(read) - {late})}
    assert storylines == 1
    assert sum(basis == "inferred" for _, basis in dates) == 1
    assert [str(day) for day in told.inferred if day] == ["2013-09-13"]


def test_without_any_date_nothing_is_decided_of_the_seeds(seeds: tuple[Store, dict[int, Read]]) -> None:
    store, read = seeds
    undated = {number: replace(one, when=When(None, Basis.NONE)) for number, one in read.items()}
    events, _, told = _in_order(store, undated, _shown)
    assert events == frozenset()
    assert all(words.startswith("cannot decide") for words in told.undecided)
    assert len(told.undecided) == len(read)


class _Undo(Exception):
    """Leaves a transaction without a trace."""


class _Shown(NamedTuple):
    """What is shown of each article, by its number."""

    explained: tuple[str, ...]
    inferred: tuple[object, ...]
    undecided: tuple[str, ...]


def _shown(store: Store, articles: Sequence[int]) -> _Shown:
    stories = Stories(store)
    views = [view for article in articles for view in stories.of_article(article)]
    undecided = [view.explanation for article in articles if (view := stories.undecided(article))]
    return _Shown(
        tuple(view.explanation for view in views), tuple(view.inferred_date for view in views), tuple(undecided)
    )


def _dates(store: Store, articles: Sequence[int]) -> tuple[tuple[int | None, str], ...]:
    return tuple((one.minute, one.basis) for one in store.stories.articles(articles))


Seen = TypeVar("Seen")


def _in_order(
    store: Store, read: Mapping[int, Read], look: Callable[[Store, Sequence[int]], Seen]
) -> tuple[frozenset[frozenset[int]], int, Seen]:
    """The events, the number of storylines and what is seen after these articles came one by one; nothing is kept."""
    found: list[tuple[frozenset[frozenset[int]], int, Seen]] = []
    with suppress(_Undo), store.transaction():
        analysis = EventAnalysis(store)
        for article, one in read.items():
            analysis.entered(article, one)
        members: dict[int, set[int]] = {}
        for member in store.stories.memberships(read):
            members.setdefault(member.event_id, set()).add(member.article_id)
        chains = {event.story_id for event in store.stories.events(members)}
        found.append((frozenset(map(frozenset, members.values())), len(chains), look(store, sorted(read))))
        raise _Undo
    return found[0]
