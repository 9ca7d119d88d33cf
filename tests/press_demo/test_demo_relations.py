"""What the articles share: the agency's text where it was taken, quotations alone where it was not."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from writethru.analyse.reuse import compared
from writethru.comparison import Kind
from writethru.model import ArticleText, Block, BlockKind
from writethru.press.demo import build
from writethru.reuse.alterations import Covered, alterations
from writethru.reuse.passages import shared_passages
from writethru.reuse.verdict import Verdict
from writethru.reuse.words import read_words

EXPECTED = json.loads((build.HERE / "expected.json").read_text("utf-8"))
FIRST = {manuscript.place: [piece.text for piece in manuscript.states[0].pieces] for manuscript in build.manuscripts()}


def outside_quotations(place: str) -> str:
    return " | ".join(re.sub(r'"[^"]*"', " | ", text) for text in FIRST[place])


def inside_quotations(place: str) -> str:
    return " | ".join(re.findall(r'"([^"]*)"', " ".join(FIRST[place])))


def runs(text: str, length: int = 7) -> set[tuple[str, ...]]:
    """All runs of so many words that cross no bar."""
    found = set()
    for part in text.lower().split("|"):
        words = re.findall(r"[\w.,'-]+", part)
        found |= {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}
    return found


def shared(read: Any, link: dict[str, str]) -> set[tuple[str, ...]]:
    return runs(read(link["from"])) & runs(read(link["to"]))


@pytest.mark.parametrize("link", EXPECTED["reuse"], ids=lambda link: link["to"])
def test_reused_text_is_there(link: dict[str, str]) -> None:
    assert len(shared(outside_quotations, link)) >= 20


@pytest.mark.parametrize("link", EXPECTED["reuse"], ids=lambda link: link["to"])
def test_credit_is_given_where_it_is_said_to_be(link: dict[str, str]) -> None:
    assert ("Tidewire" in " ".join(FIRST[link["to"]])) == (link["credit"] == "credited")


@pytest.mark.parametrize("link", EXPECTED["quotations_only"], ids=lambda link: link["to"])
def test_only_quotations_are_shared(link: dict[str, str]) -> None:
    assert shared(outside_quotations, link) == set()
    assert len(shared(inside_quotations, link)) >= 2


def test_the_storyline_of_three_years_has_two_events() -> None:
    assert EXPECTED["storylines"]["skerran"] == ["skerran-talks-2028", "skerran-talks-2031"]
    assert set(EXPECTED["events"]) >= set(EXPECTED["storylines"]["skerran"])


def test_every_place_named_exists() -> None:
    named = [place for places in EXPECTED["events"].values() for place in places]
    named += [place for link in (*EXPECTED["reuse"], *EXPECTED["quotations_only"]) for place in link.values()]
    assert {place for place in named if "/" in place} <= set(FIRST)


def printed(name: str) -> ArticleText:
    """The first state of a manuscript, as its outlet prints it."""
    (manuscript,) = (m for m in build.manuscripts() if name in m.place)
    kinds = {"paragraph": BlockKind.PARAGRAPH, "credit": BlockKind.CREDIT}
    return ArticleText(blocks=tuple(Block(kinds[p.kind], p.text) for p in manuscript.states[0].pieces))


@pytest.mark.parametrize(
    "copy", ["westmarkcourier.example/news/2031/03/brannik-leak", "mpb.example/news/westmark-bran"]
)
def test_the_leak_was_printed_wholly_from_the_agency(copy: str) -> None:
    found, _, _ = compared(printed("ledger.example/marrin/2031/mar/25"), printed(copy))
    assert found.verdict is Verdict.WHOLLY


def test_what_the_courier_changed_on_the_way_is_named() -> None:
    source, derived = printed("ledger.example/marrin/2031/mar/25"), printed("westmarkcourier.example/news/2031/03/bran")
    words = read_words(source), read_words(derived)
    found = alterations(source, derived, Covered.of(words, shared_passages(*words)))
    kinds = {kind for edit in found.altered for kind in edit.kinds}
    assert {Kind.FIGURE, Kind.HEDGE} <= kinds
    assert (found.lead_cut, found.tail_cut) == (False, True)
