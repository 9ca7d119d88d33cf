"""Which quotations are one utterance, in words of our own."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.marked_quotes import PAIRS, judged, marked_pairs
from writethru.comparison.edits import Kind
from writethru.statements.identity import Rulings
from writethru.statements.quote_words import words_of
from writethru.statements.renderings import Form
from writethru.statements.utterances import Quote, Rendering, Utterance, utterances

FULL = (
    "We will reopen the ferry in May if the harbour is dredged, and there ought to be an inquiry into the delay. "
    "The company has lost 14 ships in 30 years. It has not answered one of our letters."
)


FLOORS = json.loads((PAIRS.parent / "floors.json").read_text("utf-8"))


def test_the_marked_pairs() -> None:
    pairs = marked_pairs()
    found = [(judged(one, other), form, moves) for one, other, form, *moves in pairs]
    altered = [(mine, moves) for mine, form, moves in found if mine[0] == form == "altered"]
    floor = FLOORS["quote_pairs"]
    assert len(pairs) >= 100
    assert len(altered) / sum(mine[0] == "altered" for mine, _, _ in found) >= floor["precision"]
    assert len(altered) / sum(form == "altered" for _, form, _ in found) >= floor["recall"]
    assert sum(mine[1] == moves[0] for mine, moves in altered) / len(altered) >= floor["moves"]


def quote(key: str, text: str, speaker: str = "Anna Holm", at: int | None = None, group: str = "") -> Quote:
    return Quote(key, text, speaker, at, group or key)


def other_of(*texts: str, speaker: str = "Anna Holm") -> Rendering:
    """The rendering of the last text against the fullest one, where all are one utterance."""
    (one,) = utterances([quote(str(k), text, speaker) for k, text in enumerate(texts)])
    return next(r for r in one.renderings if r.quote.key == str(len(texts) - 1))


def words(one: Utterance, rendering: Rendering) -> list[tuple[str, str]]:
    """What differs, as written on both sides."""
    return [
        (one.fullest.text[slice(*d.fullest)], rendering.quote.text[slice(*d.rendering)]) for d in rendering.differences
    ]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (FULL, Form.SAME),
        (FULL.upper(), Form.SAME),
        (FULL.replace("has not", "hasn’t").replace("harbour", "harbor").replace(".", ";"), Form.SAME),
        (FULL.replace("30 years", "thirty years"), Form.SAME),
        ("there ought to be an inquiry into the delay", Form.TRIMMED),
        ("[T]he company has lost 14 ships in 30 years", Form.TRIMMED),
        ("We will reopen the ferry in May … It has not answered one of our letters.", Form.SPLICED),
        ("We will reopen the ferry in May. ... There ought to be an inquiry", Form.SPLICED),
        ("The company [Fjordline] has lost 14 ships in 30 years", Form.SPLICED),
        ("[Fjordline] has lost 14 ships in 30 years", Form.SPLICED),
        ("We will reopen the ferry in May, and there ought to be an inquiry into the delay.", Form.SPLICED),
        ("there ought to an inquiry into the delay", Form.ALTERED),
        ("The company has lost 40 ships in 30 years.", Form.ALTERED),
    ],
)
def test_forms(text: str, form: Form) -> None:
    assert other_of(FULL, text).form is form


@pytest.mark.parametrize(
    ("text", "pair", "moves"),
    [
        ("We will reopen the ferry by May if the harbour is dredged", ("in", "by"), ()),
        ("The company has lost 15 ships in 30 years", ("14", "15"), (Kind.FIGURE,)),
        ("It has answered one of our letters", ("not", ""), (Kind.NEGATION,)),
        ("We might reopen the ferry in May if the harbour is dredged", ("will", "might"), (Kind.MODALITY,)),
        ("The company has perhaps lost 14 ships in 30 years", ("", "perhaps"), (Kind.HEDGE,)),
        ("We will reopen the ferry in June if the harbour is dredged", ("May", "June"), (Kind.DATE,)),
        ("The company has lost about 14 ships in 30 years", ("", "about"), (Kind.HEDGE,)),
        ("there ought to an inquiry into the delay", ("be", ""), ()),
    ],
)
def test_the_words_that_differ_and_what_they_move(text: str, pair: tuple[str, str], moves: tuple[Kind, ...]) -> None:
    (one,) = utterances([quote("a", FULL), quote("b", text)])
    (altered,) = one.altered
    assert words(one, altered) == [pair]
    assert altered.moves == moves


def test_another_name_moves_the_meaning() -> None:
    full = "I told Peter Berg that the pilot was asleep that night."
    (one,) = utterances([quote("a", full), quote("b", full.replace("Peter Berg", "Carl Lund"))])
    assert one.altered[0].moves == (Kind.NAME,)


def test_other_utterances_stay_apart() -> None:
    texts = [
        "We will do everything we can to bring the crew home.",
        "We will do everything we can to hold the company to account for this.",
        "The ferry is safe.",
        "The ferry has been safe since the spring, and everyone on the island knows it.",
    ]
    assert len(utterances([quote(str(k), text) for k, text in enumerate(texts)])) == 4


def test_a_short_quotation_needs_its_speaker() -> None:
    full = quote("a", "We were lucky that night, very lucky")
    apart = [quote("b", "very lucky", "Berg"), quote("c", "very lucky", "")]
    assert len(utterances([full, *apart])) == 3
    assert len(utterances([full, quote("b", "very lucky")])) == 1


def test_one_utterance_with_two_speakers_says_so() -> None:
    (one,) = utterances([quote("a", FULL), quote("b", FULL, "Peter Berg"), quote("c", FULL, "")])
    assert one.speakers == ("Anna Holm", "Peter Berg")


def test_two_halves_of_one_are_one_utterance() -> None:
    halves = FULL[: FULL.index("The company")], FULL[FULL.index("The company") :]
    (one,) = utterances([quote("full", FULL), *(quote(str(k), half) for k, half in enumerate(halves))])
    assert [r.form for r in one.renderings] == [Form.TRIMMED, Form.TRIMMED, Form.SAME]


def test_what_goes_on_past_the_fullest_is_kept() -> None:
    tail = "It has not answered one of our letters. We are tired of writing."
    (one,) = utterances([quote("a", FULL), quote("b", tail)])
    (rendering,) = [r for r in one.renderings if r.quote.key == "b"]
    assert rendering.form is Form.TRIMMED
    assert [tail[slice(*span)] for span in rendering.beyond] == ["We are tired of writing"]


def test_who_was_first_and_who_dropped_the_condition() -> None:
    cut = "We will reopen the ferry in May"
    (one,) = utterances(
        [quote("a", cut, at=20, group="x"), quote("b", FULL, at=10, group="y"), quote("c", FULL, at=30, group="z")]
    )
    assert [q.key for q in one.first] == ["b"]
    assert [(d.group, FULL[slice(*d.sign)]) for d in one.dropped] == [("x", "if")]


def test_a_condition_printed_apart_is_not_dropped() -> None:
    parts = ["We will reopen the ferry in May", "if the harbour is dredged, and there ought to be an inquiry"]
    (one,) = utterances([quote("a", FULL), *(quote(f"b{k}", part, group="x") for k, part in enumerate(parts))])
    assert one.dropped == ()


def test_unknown_times_and_no_words() -> None:
    (one,) = utterances([quote("a", FULL), quote("b", "…"), quote("c", "")])
    assert one.first == ()
    assert [r.quote.key for r in one.renderings] == ["a"]


def test_bracketed_and_left_out_words_keep_their_places() -> None:
    text = "[W]e don’t … 12% of [the crew’s] pay"
    found = words_of(text)
    assert [word.same for word in found] == ["we", "do", "not", "12", "per", "cent", "of", "the", "crews", "pay"]
    assert [word.same for word in found if word.inserted] == ["the", "crews"]
    assert [word.same for word in found if word.broken] == ["12", "pay"]
    assert text[slice(found[1].start, found[2].end)] == "don’t"


VOCABULARY = [
    "we",
    "will",
    "not",
    "sail",
    "the",
    "ferry",
    "before",
    "May",
    "if",
    "is",
    "unsafe",
    "14",
    "crew",
    "said",
    "so",
]
TEXTS = st.lists(st.sampled_from([*VOCABULARY, "…", "[the company]"]), min_size=1, max_size=25).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_and_every_quotation_once(texts: list[str], order: random.Random) -> None:
    quotes = [quote(str(k), text, speaker=("", "Holm")[k % 2], at=k) for k, text in enumerate(texts)]
    found = utterances(quotes)
    keys = sorted(r.quote.key for one in found for r in one.renderings)
    assert keys == sorted(q.key for q in quotes if any(w for w in words_of(q.text) if not w.inserted))
    order.shuffle(quotes)
    assert utterances(quotes) == found
    for one in found:
        for rendering in one.renderings:
            assert bool(rendering.differences) == (rendering.form is Form.ALTERED)
            assert all(a or b for a, b in words(one, rendering))


def test_work_grows_with_the_quotations_and_not_with_their_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: how many printings are set against each other."""
    from writethru.statements import utterances as module

    count = 0
    plain = module.matched

    def counting(*arguments: object) -> object:
        nonlocal count
        count += 1
        return plain(*arguments)

    monkeypatch.setattr(module, "matched", counting)
    make = random.Random(5)
    texts = [
        "we will " + " ".join(make.choices(VOCABULARY * 3 + [f"w{k}" for k in range(400)], k=14)) for _ in range(300)
    ]
    utterances([quote(str(k), text) for k, text in enumerate(texts)])
    assert count <= 300 * module.LOOKED_AT


def test_an_editor_rules_before_any_threshold() -> None:
    one = Quote("a", "the pumps were old and nobody had looked at them", "holm", 1, "wire")
    other = Quote("b", "the pumps were old and nobody had looked at them since", "holm", 2, "courier")
    german = Quote("c", "die Pumpen waren alt", "holm", 3, "zeitung")
    keys = [[row.quote.key for row in found.renderings] for found in utterances([one, other, german])]
    assert keys == [["a", "b"], ["c"]]
    apart = frozenset({frozenset({"a", "b"})})
    assert len(utterances([one, other, german], Rulings(apart=apart))) == 3
    (joined,) = (u for u in utterances([one, other, german], Rulings((("a", "c"),))) if len(u.renderings) == 3)
    assert joined.renderings[2].form is Form.ALTERED
    kept = utterances([one, other, german], Rulings((("a", "c"), ("b", "c")), apart))
    assert sorted(len(found.renderings) for found in kept) == [1, 2], "what is ruled apart is not brought together"
