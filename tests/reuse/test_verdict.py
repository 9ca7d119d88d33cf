"""Verdict, direction with its grounds, and credits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.reuse.material import COPY, OWN_ACCOUNT, WIRE, paragraphs, with_byline, words_of
from writethru.model import ArticleText, Block, BlockKind, TimeBasis
from writethru.reuse.credits import agency_of, credited_agencies
from writethru.reuse.passages import shared_passages, shared_quotations
from writethru.reuse.verdict import Ground, Reuse, Telling, Verdict, judge

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def telling(text: str, name: str = "", after: int = 0, **more: object) -> Telling:
    seen = {"first_seen": NOON + timedelta(minutes=after), "basis": TimeBasis.OBSERVED}
    return Telling(words_of(text), name, **{**seen, **more})  # type: ignore[arg-type]


def judged(a: Telling, b: Telling) -> Reuse:
    return judge(a, b, shared_passages(a.words, b.words), shared_quotations(a.words, b.words))


def test_a_copy_is_wholly_derived_from_what_was_seen_first() -> None:
    found = judged(telling(WIRE, "the wire"), telling(COPY, "the Gazette", 90))
    assert (found.verdict, found.source) == (Verdict.WHOLLY, "a")
    assert found.shared_b > 0.8 > found.shared_a
    assert any("the wire was seen 90 minutes before the Gazette" in e.words for e in found.evidence)


def test_a_credit_outweighs_who_was_seen_first() -> None:
    copy = telling(COPY, "the Gazette", credits=frozenset({"AFP"}))
    wire = telling(WIRE, "AFP", 45, agency="AFP", credits=frozenset({"AFP"}))
    found = judged(copy, wire)
    assert found.source == "b"
    assert found.evidence[0].ground is Ground.CREDITED


def test_two_clients_of_one_agency_have_a_common_source() -> None:
    reuters = {"credits": frozenset({"Reuters"})}
    found = judged(telling(WIRE, **reuters), telling(COPY, **reuters))
    assert (found.verdict, found.source) == (Verdict.COMMON_SOURCE, "")


def test_sharing_only_a_quotation_is_not_deriving() -> None:
    found = judged(telling(WIRE), telling(OWN_ACCOUNT))
    assert found.verdict is Verdict.NOT_DERIVED
    assert len(found.quotations) == 1
    assert found.evidence == ()


def test_some_of_it_is_partly() -> None:
    mixed = "\n".join([*OWN_ACCOUNT.split("\n"), WIRE.split("\n")[2]])
    assert judged(telling(WIRE), telling(mixed, after=30)).verdict is Verdict.PARTLY


def test_sightings_minutes_apart_decide_nothing() -> None:
    found = judged(telling(WIRE), telling(WIRE, after=3))
    assert (found.source, found.confidence) == ("", 0.0)


def test_a_time_of_import_decides_nothing() -> None:
    imported = {"basis": TimeBasis.IMPORTED}
    assert judged(telling(WIRE, **imported), telling(WIRE, after=600, **imported)).source == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (with_byline("A fire.", "By Ilse Marden, AP"), {"AP"}),
        (with_byline("A fire.", "Agence France-Presse"), {"AFP"}),
        (with_byline("A fire.", "By PA Cummings"), {"PA"}),  # initials that are an agency's name: known
        (paragraphs("PORT ELLEN (Reuters) - A fire burned.", "More."), {"Reuters"}),
        (paragraphs("A fire burned.", "He told Reuters that it burned.", "More.", "And more.", "End."), set()),
        (paragraphs("A fire burned.", "It burned.", "More.", "With reporting from the Associated Press."), {"AP"}),
        (ArticleText(blocks=(Block(BlockKind.CREDIT, "Additional reporting: dpa"),)), {"dpa"}),
        (paragraphs("APPLES burn.", "Reuters said so."), set()),
    ],
)
def test_credits(text: ArticleText, expected: set[str]) -> None:
    assert credited_agencies(text) == expected


def test_an_outlet_that_is_an_agency() -> None:
    assert agency_of("Agence France-Presse") == "AFP"
    assert agency_of("Harbour Gazette") == ""
