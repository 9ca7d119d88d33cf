"""Verdict, direction with its grounds, and credits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.reuse.material import COPY, OWN_ACCOUNT, WIRE, paragraphs, with_byline, words_of
from writethru.model import ArticleText, Block, BlockKind, TimeBasis
from writethru.reuse.credits import agency_of, credited_agencies
from writethru.reuse.passages import shared_passages, shared_quotations
from writethru.reuse.verdict import Ground, Reuse, Telling, Verdict, in_words, judge

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
    assert found.evidence[0].ground is Ground.SAME_CREDIT


NOTICE = (
    "firefighters entered the basement through the loading bay and carried fourteen crates of glass negatives "
    "to the customs shed before the stairs gave way"
)


def framed(opening: str, closing: str, name: str, after: int = 0, **more: object) -> Telling:
    """An article of its own that has the notice between these words."""
    own = " ".join(f"{name.replace(' ', '').lower()}word{n}" for n in range(40)) + "."
    return telling(f"{own}\n{opening} {NOTICE} {closing}\n{own}", name, after, **more)


def test_one_statement_in_two_frames_is_a_common_source_and_not_a_copy() -> None:
    found = judged(
        framed("In the night", ", the harbour office said.", "gazette"), framed("All", "in minutes.", "echo", 90)
    )
    assert (found.verdict, found.source) == (Verdict.COMMON_SOURCE, "")
    assert (found.evidence[0].ground, found.evidence[0].source) == (Ground.FRAMED_APART, "")
    assert "by gazette, and otherwise by echo" in found.evidence[0].words
    assert Ground.OBSERVED_FIRST in {e.ground for e in found.evidence}


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("Now", "in minutes."),  # in neither is anybody said to say it
        ("According to the harbour office", "in minutes."),  # the frame was copied with the text
    ],
)
def test_a_frame_that_both_have_is_no_sign_of_a_common_source(opening: str, closing: str) -> None:
    found = judged(framed(opening, closing, "gazette"), framed(opening, closing, "echo", 90))
    assert (found.verdict, found.source) == (Verdict.PARTLY, "a")


def test_naming_the_other_outlet_is_a_credit_and_no_frame_of_ones_own() -> None:
    source = framed("All", "in minutes.", "The Harbour Gazette", outlet="The Harbour Gazette")
    found = judged(source, framed("Later", ", the Harbour Gazette said.", "echo", 90, outlet="Echo"))
    assert (found.verdict, found.source) == (Verdict.PARTLY, "a")


STATEMENT = " ".join(NOTICE.split()[:19])
"""Too short to be called copied."""


def saying(sentence: str, name: str, after: int = 0) -> Telling:
    """An article of its own with one sentence about the statement."""
    own = " ".join(f"{name}word{n}" for n in range(40)) + "."
    return telling(f"{own}\n{sentence}\n{own}", name, after)


@pytest.mark.parametrize(
    "sentence", [f"The harbour office said that {STATEMENT}.", f"“{STATEMENT.capitalize()},” a clerk was told."]
)
def test_a_short_statement_that_only_one_says_to_be_somebodys_is_a_common_source(sentence: str) -> None:
    found = judged(saying(sentence, "gazette"), saying(f"At night {STATEMENT}.", "echo", after=90))
    assert (found.verdict, found.source) == (Verdict.COMMON_SOURCE, "")
    assert found.evidence[0].words == "what they share is given as somebody's words by gazette, and otherwise by echo"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"At four {STATEMENT}.", f"At night {STATEMENT}."),
        (f"The harbour office said that {STATEMENT}.", f"At night {STATEMENT}, police said."),
        (f"“{STATEMENT.capitalize()}.”", f"At night {STATEMENT}, police said."),
        (f"“{STATEMENT.capitalize()}.”", f"“{STATEMENT.capitalize()}.”"),
        (f"Police said {' '.join(STATEMENT.split()[2:])}.", f"At night {' '.join(STATEMENT.split()[2:])}."),
    ],
    ids=["nobody's", "said by both", "quoted and said", "quoted by both", "too short"],
)
def test_what_neither_or_both_say_to_be_somebodys_and_less_is_nothing(one: str, other: str) -> None:
    assert judged(saying(one, "gazette"), saying(other, "echo")).verdict is Verdict.NOT_DERIVED


def test_marks_that_one_has_lost_amid_speech_that_both_quote_are_no_frame() -> None:
    quoted = f"“{' '.join(WIRE.split()[:40])},” he began."
    one = saying(f"{quoted}\n“{STATEMENT.capitalize()}.”", "gazette")
    assert judged(one, saying(f"{quoted}\nAt night {STATEMENT}.", "echo")).verdict is Verdict.NOT_DERIVED


def test_most_of_a_text_is_a_copy_whoever_is_said_to_say_it() -> None:
    assert judged(telling(NOTICE), telling(f"{NOTICE}, the office said")).verdict is Verdict.WHOLLY


def test_twenty_words_in_a_row_are_partly_and_as_many_in_pieces_are_not() -> None:
    words = NOTICE.split()[:21]
    apart = [
        f"{' '.join(words[at : at + 7])}. " + "Elsewhere lamps burned dimly all winter long. " * 3 for at in (0, 7, 14)
    ]
    assert judged(telling(" ".join(words)), telling(" ".join(words))).verdict is not Verdict.NOT_DERIVED
    assert judged(telling(" ".join(apart)), telling(" ".join(words))).verdict is Verdict.NOT_DERIVED


@pytest.mark.parametrize("verdict", list(Verdict))
def test_what_nothing_decides_is_not_called_made_from_the_other(verdict: Verdict) -> None:
    assert "made" not in in_words(verdict.value, "")


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


def test_who_holds_the_other_does_not_tell_who_was_first() -> None:
    unseen = {"basis": TimeBasis.IMPORTED}
    found = judged(telling(WIRE, **unseen), telling(COPY, **unseen))
    assert (found.verdict, found.source, found.confidence) == (Verdict.WHOLLY, "", 0.0)
    assert [e.ground for e in found.evidence] == [Ground.CONTAINED]


def test_the_later_text_is_said_to_be_made_from_the_earlier_only_where_it_credits_it() -> None:
    first = [{"ground": "observed-first", "source": "a"}, {"ground": "credited", "source": "b"}]
    for verdict in ("wholly", "partly"):
        assert in_words(verdict, "a", first).endswith("from the earlier, or both from a third text")
        assert "made" in in_words(verdict, "b", first)


def test_who_names_the_other_outlet_beside_what_they_share_has_it_from_there() -> None:
    source = framed("Asked by this paper, clerks said that", "in minutes.", "gazette", 90, outlet="The Harbour Gazette")
    naming = framed("In a poll of the Harbour Gazette", "in minutes.", "echo", outlet="Echo")
    found = judged(source, naming)
    assert (found.verdict, found.source) == (Verdict.PARTLY, "a")
    assert found.evidence[0].words == "echo names The Harbour Gazette beside what they share"


def test_an_outlet_that_both_name_is_what_they_tell_of() -> None:
    told = "The board of the Harbour Gazette met while"
    one = framed(told, "in minutes.", "gazette", outlet="The Harbour Gazette")
    assert judged(one, framed(told, "in minutes.", "echo", outlet="Echo")).source == ""
    lower = framed("In the harbour gazette of doors", "in minutes.", "echo", outlet="Echo")
    assert judged(framed("All", "in minutes.", "gazette", outlet="The Harbour Gazette"), lower).source == ""
