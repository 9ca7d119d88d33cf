"""``today``, ``search``, lists as lines, and what may have been meant: one archive that all tests read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.command import Command, Done
from tests.cli.material import BRIDGE, versions_file


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """An archive of two articles and three changes, with a search that is kept."""
    made = Command(tmp_path_factory.mktemp("today"))
    versions_file(made.folder / "v.jsonl")
    assert made("import", "v.jsonl").code == 0
    assert made("search", "twenty", "--save", "Twenty").out.endswith("/searches/1/feed.atom\n")
    return made


def lines(done: Done) -> list[Any]:
    """Standard output as JSON Lines."""
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def test_today_shows_the_words_that_changed_under_their_day(filled: Command) -> None:
    shown = filled("today").out
    assert shown.index("Monday, 6 January 2031") < shown.index("Sunday, 5 January 2031")
    assert "[-Twelve-]{+Twenty+} people were hurt" in shown
    assert "The Post · article 1, change 1" in shown
    assert shown.count("article 1, change") == 3
    ranked = filled("today", "--order", "significant", "--limit", 1).out
    assert "2031-01-05" not in ranked.splitlines()[0]
    assert ranked.count("article 1, change") == 1


def test_today_is_asked_as_the_page_is(filled: Command) -> None:
    assert [row["number"] for row in lines(filled("today", "--json"))] == [3, 2, 1]
    assert [row["number"] for row in lines(filled("today", "--kind", "headline", "--jsonl"))] == [3, 2]
    assert [row["number"] for row in lines(filled("today", "--until", "2031-01-05", "--limit", 1, "--json"))] == [2]
    assert lines(filled("today", "--outlet", "the post", "--section", "Sport", "--json")) == []
    assert "no change fits" in filled("today", "--since", "2031-02-01").err
    for wrong, hint in (
        (("--kind", "headlin"), "Did you mean headline?"),
        (("--outlet", "The Pots"), "Did you mean The Post?"),
        (("--outlet", "7"), "no outlet has the number 7"),
        (("--since", "yesterday"), "since"),
    ):
        done = filled("today", *wrong)
        assert (done.code, done.out, hint in done.err) == (3 if hint == "since" else 2, "", True), done.err


def test_search_finds_what_was_removed_and_streams(filled: Command) -> None:
    shown = filled("search", "twelve removed:yes").out
    assert "removed since" in shown
    assert "*Twelve* people were hurt" in shown
    assert "removed with change 1" in shown
    (hit,) = lines(filled("search", "twelve", "--json"))
    assert (hit["article"], hit["versions"], hit["standing"]) == (1, [[1, 1]], False)
    assert [hit["article"] for hit in lines(filled("search", "ferry", "--limit", 1, "--json"))] == [2]
    assert filled("search", "nothing-at-all").err == "nothing was found\n"
    wrong = filled("search", '"open', "--json")
    assert (wrong.code, json.loads(wrong.err)["error"]["code"]) == (3, "query_malformed")
    assert filled("search").code == filled("search", "x", "--saved").code == 2


def test_searches_that_are_kept(filled: Command) -> None:
    (saved,) = lines(filled("search", "--saved", "--json"))
    assert (saved["name"], saved["query"], saved["feed"][-21:]) == ("Twenty", "twenty", "/searches/1/feed.atom")
    assert "twenty" in filled("search", "--saved").out
    found = lines(filled("search", "--matches", 1, "--json"))
    assert [(one["article"], one["version"], one["event"]) for one in found] == [(1, 2, "began")]
    assert filled("search", "--forget", 99).code == filled("search", "--matches", 99).code == 4
    assert filled("search", "lune", "--save", "Lune").code == 0
    assert "forgotten: search 2 (Lune)" in filled("search", "--forget", 2).out
    assert [line["action"] for line in lines(filled("journal", "--jsonl"))] == [
        "forget search", "keep search", "keep search",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "args", [("articles",), ("versions",), ("versions", 1), ("changes",), ("captures", 1), ("sources",), ("withdrawn",)]
)
def test_lists_are_lines_or_one_array_of_the_same(filled: Command, args: tuple[object, ...]) -> None:
    array = filled(*args, "--json")
    assert lines(filled(*args, "--jsonl")) == array.form
    assert array.out == json.dumps(array.form, indent=2, ensure_ascii=False) + "\n"


def test_an_article_may_be_named_by_its_address(filled: Command) -> None:
    assert filled("article", BRIDGE, "--json").form["id"] == 1
    assert len(lines(filled("captures", f"{BRIDGE}#top", "--jsonl"))) == 4


def test_what_may_have_been_meant(filled: Command) -> None:
    for args, code, hint in (
        (("article", 3), 4, "the nearest are 1, 2"),
        (("change", 9999, 1), 4, "the nearest are 1, 2"),
        (("article", "https://post.example/brigde"), 4, f"Did you mean {BRIDGE}?"),
        (("article", "https://elsewhere.example/"), 4, "no article is followed at this address"),
        (("change", 1, 9), 4, "no such change"),
        (("artcile", 1), 2, "Did you mean article"),
        (("articles", "--limt", 2), 2, "--limit"),
    ):
        done = filled(*args)
        assert (done.code, hint in done.err) == (code, True), done.err
    assert "nearest" not in filled("change", 1, 9).err
