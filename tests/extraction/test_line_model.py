"""The line model of text dumps: what it looks at, and what it may overrule."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.printed import HEADLINE, PARAGRAPHS
from writethru.extraction import dump, extract
from writethru.extraction.dump_lines import read_lines
from writethru.extraction.line_features import FAR, NAMES, REACH, WINDOWS, line_features
from writethru.extraction.line_model import chances, trees

LINE = st.sampled_from([*PARAGRAPHS[:3], "* Sea", "", "Weather", "Most read", "Jo Lind, Grange", "Is it safe?"])
MENU = "* Home\n* Sea\n* Weather\n"


def test_the_model_was_trained_on_these_numbers() -> None:
    assert trees()
    assert max(max(tree.feature) for tree in trees()) < len(NAMES)
    assert all(len(row) == len(NAMES) for row in line_features(read_lines("\n".join(PARAGRAPHS))[0]))


@settings(max_examples=20, deadline=None)
@given(st.lists(LINE, max_size=30), st.lists(LINE, min_size=1, max_size=12))
def test_chances_are_chances(above: list[str], below: list[str]) -> None:
    lines = read_lines("\n".join([*above, *PARAGRAPHS, *below]))[0]
    assert all(0 < chance < 1 for chance in chances(lines))


@settings(max_examples=15, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=20))
def test_what_is_added_far_away_turns_no_line(added: list[str]) -> None:
    apart = [f"Topic {number}" if number % 2 else PARAGRAPHS[0] for number in range(FAR // 3)] + ["Most read", ""]
    text = [*PARAGRAPHS, *apart, HEADLINE, *PARAGRAPHS]
    before, after = (line_features(read_lines("\n".join(page))[0]) for page in (text, [*added, "", "Sea", "", *text]))
    untouched = len(PARAGRAPHS) + REACH + 2 * max(WINDOWS)
    assert before[untouched:] == after[-len(before) :][untouched:]


def test_a_numbered_line_keeps_its_number() -> None:
    steps = ["1. Close the east quay to all cars before the tide turns.", "2. Count the cracked piles below the water."]
    read = extract("\n\n".join((MENU, HEADLINE, PARAGRAPHS[0], *steps, *PARAGRAPHS[1:])))
    assert [block.text for block in read.blocks][1:3] == steps


def test_a_dash_that_opens_a_sentence_is_the_speakers() -> None:
    said = "– Nobody asked the pilots, said Marlow when the meeting was over."
    read = extract("\n\n".join((MENU, HEADLINE, PARAGRAPHS[0], said, *PARAGRAPHS[1:])))
    assert said in read.text


def test_the_model_takes_no_sentence_away(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    page = "\n\n".join((MENU, HEADLINE, *PARAGRAPHS))
    monkeypatch.setattr(dump, "chances", lambda lines: [0.0] * len(lines))
    assert [block.text for block in extract(page).blocks] == list(PARAGRAPHS)


def test_the_model_may_bring_a_line_back_and_says_so(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    line = "The harbour office and its slipway"
    page = "\n\n".join((HEADLINE, *PARAGRAPHS, "Most read", "More from the coast", line))
    monkeypatch.setattr(dump, "chances", lambda lines: [0.9 if each.text == line else 0.2 for each in lines])
    assert [each.reason for each in dump.judge_dump(page, None) if each.line.text == line] == ["likely-line"]
    assert line in extract(page).text
