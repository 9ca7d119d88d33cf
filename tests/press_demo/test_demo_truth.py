"""The generated files are current, valid and complete, and the declared kinds agree with the texts."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from writethru.model import BlockKind, Outcome, Reason
from writethru.press import Kind, Rule
from writethru.press.demo import build
from writethru.press.demo.expectation import OUTCOMES, TEXT_FIELDS, text_key
from writethru.press.demo.table import CLASSES, codes_and_lesson

LINES = build.read_jsonl(build.HERE / "articles.jsonl")
EVENTS = build.read_jsonl(build.HERE / "events.jsonl")
OUTLETS = json.loads((build.HERE / "outlets.json").read_text("utf-8"))
EXPECTED = json.loads((build.HERE / "expected.json").read_text("utf-8"))
START, END = datetime(2031, 3, 1, 6, tzinfo=UTC), datetime(2031, 4, 10, 6, tzinfo=UTC)

OPERATIONS = {"added", "removed", "rewritten", "moved", "split", "merged"}
CONTENT = {
    "figure", "date", "name", "attribution", "negation", "modality", "hedge", "scare-quotes", "quotation-altered",
    "quotation-added", "quotation-removed", "order", "typographic", "restored",
}  # fmt: skip
FIELDS = {*TEXT_FIELDS, "caption", "correction-note", "entry-added", "entry-removed"}


def by_article() -> dict[str, list[dict[str, Any]]]:
    articles: dict[str, list[dict[str, Any]]] = {}
    for line in LINES:
        articles.setdefault(line["outlet"] + line["path"], []).append(line)
    return articles


def changes() -> list[Any]:
    """(place, text before, text after, declared kinds) of every change."""
    found = []
    for place, states in by_article().items():
        kinds = iter(EXPECTED["articles"][place]["kinds"])
        for old, new in pairwise(states):
            if text_key(old) != text_key(new):
                found.append(pytest.param(old, new, set(next(kinds)), id=f"{place} {new['time']}"))
    return found


def of_kind(line: dict[str, Any], kind: str) -> list[str]:
    return [block["text"] for block in line["blocks"] if block["kind"] == kind]


def entry_ids(line: dict[str, Any]) -> set[str]:
    return {block["id"] for block in line["blocks"] if block["kind"] == "entry"}


def running(line: dict[str, Any]) -> list[str]:
    """The running text, block by block, without what has a kind of its own."""
    apart = {"caption", "credit", "note", "entry"}
    return [block["text"] for block in line["blocks"] if block["kind"] not in apart]


def words(line: dict[str, Any]) -> str:
    return " ".join(block["text"] for block in line["blocks"])


def folded(text: str) -> str:
    return text.translate({0xA0: " ", 0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"})


def quotations(line: dict[str, Any]) -> Counter[str]:
    return Counter(re.findall(r'"([^"]+)"', folded(words(line))))


def test_the_generated_files_are_current() -> None:
    stale = [path.name for path, text in build.built().items() if path.read_text("utf-8") != text]
    assert stale == [], "run python -m writethru.press.demo.build"


def test_check_is_content_with_current_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_check_names_a_file_that_is_out_of_date(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    current = build.built()
    monkeypatch.setattr(build, "built", lambda: {path: text + " " for path, text in current.items()})
    assert build.main(["--check"]) == 1
    assert "out of date: expected.json" in capsys.readouterr().out


def test_enough_of_everything() -> None:
    totals = EXPECTED["totals"]
    assert totals["articles"] >= 40
    assert totals["versions"] >= 115
    assert len(OUTLETS) == 4
    assert {outlet["host"].rsplit(".", 1)[1] for outlet in OUTLETS} == {"example"}
    assert {line["outlet"] for line in LINES} == {outlet["host"] for outlet in OUTLETS}


def test_articles_have_the_length_of_news() -> None:
    for place, states in by_article().items():
        assert 150 <= len(words(states[-1]).split()) <= 600, place


@pytest.mark.parametrize("group", CLASSES)
def test_every_class_is_shown(group: str) -> None:
    shown = {code for line in (*LINES, *EVENTS) for code in codes_and_lesson(line["lesson"])[0]}
    assert set(CLASSES[group]) - shown == set()


def test_every_lesson_names_known_classes_and_says_what_to_say() -> None:
    known = {code for classes in CLASSES.values() for code in classes}
    for line in (*LINES, *EVENTS):
        codes, lesson = codes_and_lesson(line["lesson"])
        assert codes, line["lesson"]
        assert set(codes) <= known, line["lesson"]
        assert lesson.strip()


def test_lines_are_well_formed_and_in_order() -> None:
    times = [line["time"] for line in LINES]
    assert times == sorted(times)
    for line in LINES:
        moment = datetime.fromisoformat(line["time"])
        assert START <= moment <= END
        assert line["path"].startswith("/")
        assert {block["kind"] for block in line["blocks"]} <= {kind.value for kind in BlockKind}
        assert all(block["text"] == block["text"].strip() != "" for block in line["blocks"])
        assert line["headline"]
        datetime.fromisoformat(line["published"])


def test_events_are_rules_the_press_knows() -> None:
    articles = by_article()
    for event in EVENTS:
        rule = Rule.from_dict(event)
        assert rule.start is not None
        assert rule.until is not None
        assert rule.start < rule.until
        assert not event["path"] or event["host"] + event["path"] in articles
        assert event["kind"] in OUTCOMES or rule.kind in (Kind.FLIP_FLOP, Kind.FURNITURE)


def test_outcomes_are_the_models() -> None:
    for outcome, reason in OUTCOMES.values():
        assert Outcome(outcome)
        assert Reason(reason)


@pytest.mark.parametrize("code", sorted(OPERATIONS | CONTENT | FIELDS))
def test_every_kind_is_declared_somewhere(code: str) -> None:
    assert any(code in kinds for article in EXPECTED["articles"].values() for kinds in article["kinds"])


@pytest.mark.parametrize(("old", "new", "kinds"), changes())
def test_field_kinds_are_declared_exactly_where_the_field_differs(
    old: dict[str, Any], new: dict[str, Any], kinds: set[str]
) -> None:
    assert kinds <= OPERATIONS | CONTENT | FIELDS
    differing = {name for name in TEXT_FIELDS if old[name] != new[name]}
    if of_kind(old, "caption") != of_kind(new, "caption"):
        differing.add("caption")
    if of_kind(old, "note") != of_kind(new, "note"):
        differing.add("correction-note")
    if "typographic" not in kinds:
        assert kinds & {*TEXT_FIELDS, "caption", "correction-note"} == differing
    before, after = entry_ids(old), entry_ids(new)
    assert ("entry-added" in kinds) == bool(after - before)
    assert ("entry-removed" in kinds) == bool(before - after)


@pytest.mark.parametrize(("old", "new", "kinds"), changes())
def test_typographic_changes_are_nothing_else(old: dict[str, Any], new: dict[str, Any], kinds: set[str]) -> None:
    before, after = (folded(text_key(line).replace('\\"', '"')) for line in (old, new))
    assert ("typographic" in kinds) == (before == after)


@pytest.mark.parametrize(("old", "new", "kinds"), changes())
def test_operations_agree_with_the_running_text(old: dict[str, Any], new: dict[str, Any], kinds: set[str]) -> None:
    if "typographic" in kinds:
        assert kinds == {"typographic"}
        return
    before, after = running(old), running(new)
    body = kinds & OPERATIONS
    entries = of_kind(old, "entry") != of_kind(new, "entry")
    assert bool(body) == (before != after) or entries
    if len(after) > len(before):
        assert "added" in body
    if len(after) < len(before):
        assert "removed" in body
    kept = [text for text in before if text in after]
    assert ("moved" in body) == (kept != [text for text in after if text in before])
    assert ("moved" in kinds) == ("order" in kinds)


@pytest.mark.parametrize(("old", "new", "kinds"), changes())
def test_quotation_kinds_agree_with_the_quotation_marks(
    old: dict[str, Any], new: dict[str, Any], kinds: set[str]
) -> None:
    gone, come = quotations(old) - quotations(new), quotations(new) - quotations(old)
    about = {kind for kind in kinds if kind.startswith("quotation-")}
    if not gone and not come:
        assert about == set()
    if "quotation-altered" in about:
        assert gone
        assert come
    if "quotation-added" in about or "scare-quotes" in kinds:
        assert come
    if "quotation-removed" in about:
        assert gone
    if {"added", "entry-added", "correction-note"}.isdisjoint(kinds) and come:
        assert about or "scare-quotes" in kinds or "typographic" in kinds


@pytest.mark.parametrize(("old", "new", "kinds"), changes())
def test_figures_and_dates_are_declared_where_numbers_differ(
    old: dict[str, Any], new: dict[str, Any], kinds: set[str]
) -> None:
    if kinds & {"figure", "date"}:
        spelled = r"\d[\d.,]*|\b(?:nine|twelve|may|june)\b"
        assert re.findall(spelled, words(old).lower()) != re.findall(spelled, words(new).lower())
    if {"added", "removed", "entry-added", "correction-note", "restored"}.isdisjoint(kinds):
        numbers = [re.findall(r"\d[\d.,]*\d|\d", folded(words(line))) for line in (old, new)]
        if sorted(numbers[0]) != sorted(numbers[1]):
            assert kinds & {"figure", "date"}


def test_unchanged_articles_are_unchanged() -> None:
    still = [
        place
        for place, states in by_article().items()
        if any("unchanged" in codes_and_lesson(line["lesson"])[0] for line in states)
    ]
    assert len(still) >= 4
    assert all(EXPECTED["articles"][place]["changes"] == 0 for place in still)


def test_the_storyline_has_two_events_three_years_apart() -> None:
    years = {
        code: {line["published"][:4] for line in LINES if code in codes_and_lesson(line["lesson"])[0]}
        for code in ("storyline-older", "storyline-later")
    }
    assert years == {"storyline-older": {"2028"}, "storyline-later": {"2031"}}


def test_counts_of_known_articles() -> None:
    rovers = EXPECTED["articles"]["westmarkcourier.example/sport/2031/03/selwick-rovers-takeover.html"]
    assert (rovers["states"], rovers["versions"], rovers["changes"]) == (4, 3, 3)
    stamped = EXPECTED["articles"]["ledger.example/obituaries/2031/mar/08/ambrose-thackwell-obituary"]
    assert (stamped["states"], stamped["versions"], stamped["changes"]) == (2, 1, 0)
    slip = EXPECTED["articles"]["westmarkcourier.example/news/2031/03/harbour-dredging.html"]
    assert (slip["versions"], slip["changes"], slip["watched"]["versions"], slip["watched"]["changes"]) == (3, 3, 2, 1)
