"""The demo press: one town's unrelated news are no story; what goes on over days and years is."""

from __future__ import annotations

from collections import Counter, defaultdict

from writethru.events.features import features_of
from writethru.events.items import Weights
from writethru.events.storyline import happening, storylines
from writethru.model import ArticleText
from writethru.press.demo import build

MANUSCRIPTS = build.manuscripts()
ABOUT = {one.place: one.storyline or one.event for one in MANUSCRIPTS}
"""What each article belongs to, "" where it stands alone."""
READ = {
    one.place: features_of(
        ArticleText.from_plain(
            "\n".join(piece.text for piece in one.states[0].pieces), headline=one.states[0].fields.get("headline", "")
        )
    )
    for one in MANUSCRIPTS
}


def chains() -> list[set[str]]:
    """The storylines of the demo, each article an event of its own on a day that is not known."""
    weights = Weights(len(READ), Counter(term for one in READ.values() for term in one.bag))
    places = sorted(READ)
    told = [happening(at, None, [READ[place]], [weights.vector(READ[place].bag)]) for at, place in enumerate(places)]
    return [{places[at] for at in chain} for chain in storylines(told)]


def test_what_belongs_together_is_chained_and_what_does_not_is_not() -> None:
    found: dict[str, list[set[str]]] = defaultdict(list)
    for chain in chains():
        about = {ABOUT[place] for place in chain} - {""}
        assert len(about) <= 1, f"two stories in one: {chain}"
        for one in about:
            found[one].append(chain)
    assert {one: len(parts) for one, parts in found.items() if one in ("skerran", "tarne-flood", "bus-strike")} == {
        "skerran": 1, "tarne-flood": 1, "bus-strike": 1,
    }  # fmt: skip


def test_news_of_one_town_are_no_story() -> None:
    together = [place for chain in chains() if len(chain) > 1 for place in chain if not ABOUT[place]]
    alone = [place for place, about in ABOUT.items() if not about]
    assert len(alone) > 20
    assert not together
