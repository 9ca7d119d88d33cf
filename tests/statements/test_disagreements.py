"""What articles say differently of one thing is set side by side, and nothing is set against another thing."""

from __future__ import annotations

import pytest

from tests.statements.ferry import COPY, CORRECTED, GAZETTE, WIRE, account, story
from writethru.statements.agreement import Relation
from writethru.statements.blame import Act, accusations_in, blame_questions
from writethru.statements.counted_sentence import folded, telling_words
from writethru.statements.counting import claims_in
from writethru.statements.deadlines import deadline_questions
from writethru.statements.disagreements import FigureQuestion, figure_questions
from writethru.statements.evidence import is_named
from writethru.statements.quoted import quoted_in


def asked(what: str) -> FigureQuestion:
    """The question about this in the story."""
    (found,) = (one for one in figure_questions(story()).questions if one.what == what)
    return found


def test_the_dead_are_one_question_with_who_says_what_and_since_when() -> None:
    question = asked("people killed")
    assert question.relation is Relation.CONFLICT
    said = {
        one.written: (one.speakers, [(c.evidence.outlet, c.evidence.stands) for c in one.claims])
        for one in question.positions
    }
    assert said == {
        "about 140 people": (("police",), [("Nordwire", True)]),
        "143 people": (("police",), [("The Aldersund Courier", True)]),
        "More than 160 people": (("the mayor",), [("The Gazette", False)]),
        "More than 130 people": (("the mayor",), [("The Gazette", True)]),
    }
    assert question.groups == ("text 1", "text 3"), "a copy is no second source"


def test_each_relation_shows_the_two_sentences_it_rests_on() -> None:
    question = asked("people killed")
    by_pair = {frozenset(side.written for side in one.sides): (one.relation, one.sides) for one in question.relations}
    assert by_pair[frozenset({"about 140 people", "143 people"})][0] is Relation.REFINE
    relation, sides = by_pair[frozenset({"143 people", "More than 160 people"})]
    assert relation is Relation.CONFLICT
    for side in sides:
        assert side.written.split()[-2] in side.evidence.words
        assert side.evidence.words in (WIRE + COPY + GAZETTE + CORRECTED)
    assert "solveig" in question.relations[0].shared


def test_about_and_around_agree() -> None:
    (question,) = (one for one in figure_questions(story()).questions if "salt" in one.what)
    assert question.relation is Relation.AGREE
    assert len(question.positions) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The fire in Holm Street on Monday killed 9 people.", "The flood of the river Aa in May killed 12 people."),
        ("The ferry fire killed 9 people in the harbour.", "The ferry fire injured 12 people in the harbour."),
        ("The ferry fire killed 9 children in the harbour.", "The ferry fire killed 12 people in the harbour."),
        ("The ferry cost the harbour $9 million.", "The ferry brought 12 tonnes to the harbour."),
        ("Of the ferry's crew of 9, of whom 4 stayed in the harbour, all live.", "The harbour ferry has 12 people."),
        ("Bombs on the ferry killed 9 people on 3 May 2031.", "Bombs on the ferry killed 8 people on 5 May 2031."),
    ],
    ids=["another thing", "hurt and dead", "children and people", "money and weight", "a part", "another day"],
)  # fmt: skip
def test_what_does_not_count_the_same_is_not_set_side_by_side(one: str, other: str) -> None:
    assert figure_questions([account(1, "A", one), account(2, "B", other)]).questions == ()


def test_two_events_and_two_figures_of_one_text_are_not_set_against_each_other() -> None:
    words = "Bombs on the northern harbour ferry killed nine people."
    other = words.replace("nine", "eight")
    assert figure_questions([account(1, "A", words), account(2, "B", other, event=2)]).questions == ()
    assert figure_questions([account(1, "A", f"{words}\n\n{other}")]).questions == ()
    both = f"{words[:-1]}, police said.\n\n{other[:-1]}, the hospital said."
    (question,) = figure_questions([account(1, "A", both)]).questions
    assert question.relation is Relation.CONFLICT, "two speakers may contradict each other in one text"


def test_a_figure_that_changed_between_versions_is_a_question_of_one_article() -> None:
    (question,) = (
        one for one in figure_questions([account(3, "The Gazette", GAZETTE, CORRECTED)]).questions if one.relations
    )
    versions = {one.written: one.claims[0].evidence for one in question.positions}
    assert (versions["More than 160 people"].version, versions["More than 160 people"].last) == (1, 1)
    assert (versions["More than 130 people"].version, versions["More than 130 people"].stands) == (2, True)


def test_an_estimate_without_a_figure_is_shown_beside_the_one_that_has_one() -> None:
    text = (
        "The harbour office said the Solveig carried 900 tonnes of salt. "
        "The line's estimate was lower, it said, without giving a figure."
    )
    questions = figure_questions([account(1, "A", text), account(2, "B", text.replace("900", "about 900"))]).questions
    (question,) = questions
    assert [one.words for one in question.unnumbered] == [text.partition(". ")[2]] * 2


def test_deadlines_for_one_duty_conflict_and_what_they_are_counted_from_is_said() -> None:
    (question,) = deadline_questions(story())
    assert (question.duty, question.relation) == ("declare", Relation.CONFLICT)
    assert [(one.days, one.evidence.outlet) for one in question.deadlines] == [
        ((15, 15), "Nordwire"),
        ((30, 30), "The Gazette"),
    ]
    assert "not said" in question.reason
    assert {"inspection", "ferry"} <= set(question.shared)


def test_a_month_and_thirty_days_are_no_conflict() -> None:
    texts = (
        "The line will submit the ferry inspection papers in 30 days.",
        "It must submit ferry inspection papers a month after signing.",
    )
    (question,) = deadline_questions([account(1, "A", texts[0]), account(2, "B", texts[1])])
    assert question.relation is Relation.AGREE


def test_blame_is_attributed_denied_and_never_decided() -> None:
    (question,) = blame_questions(story())
    told = {(one.act, one.accuser, one.accused) for one in question.accusations}
    assert (Act.ACCUSES, "The coast guard", "the Marden shipping line") in told
    assert (Act.DENIES, "the company", "") in told
    assert (Act.ACCUSES, "Ilse Marden", "the coast guard") in told
    assert question.contested
    assert question.reason.startswith("printed as denying an accusation: ")


def test_the_same_claim_made_again_is_the_one_before_it() -> None:
    text = "The guard says that the rebels used the gas.\n\nCaptain Olav Brand made the same claim on Monday."
    (question,) = blame_questions([account(1, "A", text)])
    assert [(one.act, one.accuser, one.accused) for one in question.accusations] == [
        (Act.ACCUSES, "The guard", "the rebels"),
        (Act.REPEATS, "Captain Olav Brand", "the rebels"),
    ]


def test_quotations_have_their_speaker_and_their_versions() -> None:
    found = [one for article in story() for one in quoted_in(article)]
    assert [(one.evidence.article, one.evidence.speaker) for one in found] == [(1, "Ilse Marden"), (2, "Ilse Marden")]
    assert found[0].words.startswith("We proceed from the fact that the answer to this problem")


def test_bad_input_is_bounded() -> None:
    row = "The ferry fire killed " + ", ".join(str(number) for number in range(900)) + " people in the harbour."
    assert claims_in(account(1, "A", row)) == [], "a list, not a sentence"
    many = "\n\n".join(f"The ferry fire killed {number} people in the harbour." for number in range(100, 500))
    found = figure_questions([account(1, "A", many), account(2, "B", many)])
    assert found.left_out > 0
    assert blame_questions([account(1, "A", "The guard blames " * 4_000)]) == []


@pytest.mark.parametrize(
    ("word", "same"), [("weapons", "weapon"), ("parties", "party"), ("Aldersund’s", "aldersund"), ("boss", "boss")]
)
def test_words_are_folded_to_one_number(word: str, same: str) -> None:
    assert folded(word) == same


def test_a_pronoun_is_no_name() -> None:
    assert [is_named(words) for words in ("He", "the minister", "Anna Holm", "The Ministry")] == [
        False,
        False,
        True,
        True,
    ]


def test_a_claim_is_kept_once_over_versions() -> None:
    claims = claims_in(account(1, "A", WIRE, WIRE + "\n\nMore follows."))
    assert {(one.evidence.version, one.evidence.last) for one in claims} == {(1, 2)}


def test_a_figure_that_many_print_is_one_position_of_all_of_them() -> None:
    many = [account(n, f"Outlet {n}", "About 140 people were killed when the ferry sank.") for n in range(1, 16)]
    other = account(20, "Gazette", "About 160 people were killed when the ferry sank.")
    (question,) = figure_questions([*many, other]).questions
    assert [len(position.groups) for position in question.positions] == [15, 1]
    assert len(question.relations) == 1


def test_words_that_only_stand_for_others_tell_nothing() -> None:
    text = "It's what they’re asking: don't the island's ferries count?"
    assert telling_words(text) == {"asking", "island", "ferry", "count"}


@pytest.mark.parametrize(
    ("said", "blamed"),
    [
        ("The keeper said that the mate of the Halcyon had used the light every morning to set his course.", False),
        ("The keeper said that the rebels had used nerve gas against the town.", True),
        ("The company said that its rival had launched a new ferry.", False),
        ("The company said that its rival had launched an attack on its pumps.", True),
        ("The mayor said that the board was responsible for harbour dues.", False),
        ("The mayor said that the board was responsible for the collapse of the pier.", True),
        ("The army said that rebels had shelled the northern quay.", True),
    ],
)
def test_a_verb_blames_only_where_it_did_harm(said: str, blamed: bool) -> None:
    assert bool(accusations_in(account(1, "A", said))) is blamed


@pytest.mark.parametrize(
    ("said", "blamed"),
    [
        (
            "The shells were fired by gunmen and not by the guard, Captain Olav Brand said.",
            ["Captain Olav Brand gunmen"],
        ),
        ("Brand said there was “every reason to believe” the gas was used by rebels.", ["Brand rebels"]),
        ("The ministry said that the attack on the port had been carried out by Lorn.", ["The ministry Lorn"]),
        ("The Marden line was blamed by the coast guard for the sinking.", ["the coast guard The Marden line"]),
        ("The sinking was blamed on the Marden line by the coast guard.", ["the coast guard the Marden line"]),
        ("Marden was accused by Holm of causing the fire.", ["Holm Marden"]),
        ("Brand said the attack was not carried out by rebels.", []),
        ("Brand said the attack may have been carried out by rebels.", []),
        ("Brand said the rebels may have used nerve gas.", []),
        ("Brand said the rebels had not used nerve gas.", []),
        ("Brand asked whether the attack was carried out by rebels.", []),
        ("The fire was caused by faulty wiring, the ministry said.", []),
        ("The ministry said the hall was used by pupils.", []),
        ("Holm was not blamed by the guard for the fire.", []),
        ("The mayor denied that the company caused the blast.", []),
    ],
)
def test_blame_in_the_passive_has_its_parties_the_right_way_round(said: str, blamed: list[str]) -> None:
    """What is done by somebody is told of the deed; what is denied, asked or only possible blames nobody."""
    assert [f"{one.accuser} {one.accused}" for one in accusations_in(account(1, "A", said))] == blamed


def test_who_denies_that_somebody_did_it_denies_the_accusation_before() -> None:
    text = "The guard says that the company caused the blast.\n\nThe mayor denied that the company caused the blast."
    (question,) = blame_questions([account(1, "A", text)])
    assert [(one.act, one.accuser) for one in question.accusations] == [
        (Act.ACCUSES, "The guard"),
        (Act.DENIES, "The mayor"),
    ]


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("About 250,000 people are cut off in the city.", "people cut off"),
        ("At least 40 people died when the ferry sank.", "people dead"),
        ("Police said 12 people were wounded.", "people wounded"),
        ("Police said 12 people were killed.", "people killed"),
    ],
)
def test_what_is_counted_is_named_as_it_is_printed(said: str, what: str) -> None:
    assert [one.what for one in claims_in(account(1, "A", said))] == [what]


def test_a_part_of_a_number_is_told_as_such() -> None:
    claims = claims_in(account(1, "A", "Nine of the twenty-one who died in the ferry on 6 March were from Great Cay."))
    assert {one.written: one.what for one in claims}["Nine of the twenty-one"] in (
        "dead of the twenty-one",
        "a part of the twenty-one",
    )


SANK = "140 people were killed when the ferry Solveig sank off Aldersund harbour on Sunday, police said."


@pytest.mark.parametrize(
    "told",
    [
        "The minister denied that 143 people were killed when the ferry Solveig sank off Aldersund harbour on Sunday.",
        "Reporters asked whether 150 people were killed when the ferry Solveig sank off Aldersund harbour on Sunday.",
    ],
)
def test_what_was_denied_or_asked_is_nobodys_figure(told: str) -> None:
    accounts = [account(1, "Courier", told), account(2, "Post", SANK)]
    assert figure_questions(accounts).questions == ()
    assert [one.moot for one in claims_in(accounts[0])] == [True]
    assert [one.moot for one in claims_in(accounts[1])] == [False]


def test_the_whole_is_no_answer_to_how_many_of_it() -> None:
    poll = "The poll puts the Union on 57 seats in the Assembly, ahead of the Reform Alliance."
    count = "With all 121 seats declared, the Union was ahead of the Reform Alliance in the Assembly."
    part = "Ninety of 121 seats are in, and the Union is ahead of the Reform Alliance in the Assembly."
    assert figure_questions([account(1, "A", poll), account(2, "B", count)]).questions == ()
    written = [one.written for one in claims_in(account(3, "C", part))]
    assert written == ["Ninety of 121 seats", "121 seats"]
    assert figure_questions([account(1, "A", poll), account(3, "C", part)]).questions == ()


def test_people_moved_from_their_homes_are_counted_as_such() -> None:
    one = account(1, "A", "About 1,400 people were moved from their homes in Skelby before dawn as the Tarne rose.")
    other = account(2, "B", "In Skelby 1,429 people were moved from their homes before dawn as the Tarne rose.")
    (question,) = figure_questions([one, other]).questions
    assert (question.what, question.relation) == ("people moved from their homes", Relation.REFINE)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("The scheme in the north costs $1bn a year to run.", "$1bn a year"),
        ("The seals eat five kilos of fish a day each.", "five kilos of fish a day each"),
        ("The line carries 21,000 journeys a day in the north.", "21,000 journeys a day"),
        ("The shots cost 4,100 crowns a patient each year.", "4,100 crowns a patient each year"),
        ("The river fell four centimetres an hour later.", "four centimetres"),
    ],
)
def test_a_figure_is_written_with_what_it_is_counted_by(text: str, written: str) -> None:
    assert [one.written for one in claims_in(account(1, "A", text))] == [written]


STOLE = "The guards of the ferry Solveig seized six rifles and 300 rounds from the smugglers off Aldersund."
IN_ALL = "The guards of the ferry Solveig have seized 14 rifles from smugglers off Aldersund in five operations."


def test_who_prints_both_figures_counts_two_things() -> None:
    accounts = [account(1, "A", STOLE), account(2, "B", IN_ALL)]
    assert [one.relation for one in figure_questions(accounts).questions] == [Relation.CONFLICT]
    both = account(3, "C", f"{STOLE} {IN_ALL}")
    assert all(one.relation is Relation.AGREE for one in figure_questions([*accounts, both]).questions)


@pytest.mark.parametrize(
    "told",
    [
        "The toll of the ferry Solveig off Aldersund rose on Sunday to 143 people killed. Earlier 131 were killed.",
        "In the ferry Solveig off Aldersund 143 people were killed, police said. The mayor said 131 people died.",
    ],
    ids=["an older figure", "two speakers"],
)
def test_an_older_figure_or_another_speakers_is_no_second_thing(told: str) -> None:
    older = "In the ferry Solveig off Aldersund 131 people were killed on Sunday, police said."
    newer = "In the ferry Solveig off Aldersund 143 people were killed on Sunday, police said."
    questions = figure_questions([account(1, "A", older), account(2, "B", newer), account(3, "C", told)]).questions
    assert Relation.CONFLICT in [one.relation for one in questions]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The navy caught 23 Veldrian sailors in two boats in the Skerran Sound on Saturday.",
            "The navy caught 11 Marrinese sailors in two boats in the Skerran Sound on Saturday.",
        ),
        (
            "In the Skelby primary exit polls found 75 percent of rural voters for the tax on the harbour.",
            "In the Skelby primary exit polls found 60 percent of urban voters for the tax on the harbour.",
        ),
        (
            "The quake struck 35 miles southwest of Skelby, a port on the Tarne coast of the northern island.",
            "The quake struck 940 miles south of Aldersund, far from the port on the Tarne coast of that island.",
        ),
        (
            "The poll of readers put the mayor at 74 percent in Skelby and the clerk at 64 percent in Skelby.",
            "The poll of readers in Skelby put the mayor of the town at 44 percent.",
        ),
        (
            "The quake struck Skelby harbour on the Tarne, killing at least ten people, injuring dozens more.",
            "The quake that struck Skelby harbour on the Tarne injured 80 people.",
        ),
        (
            "Skelby police opened fire in the harbour of Skelby, and Ada Holm, a mother of 12, was killed by shots.",
            "Skelby police opened fire in the harbour of Skelby, and two people were killed by the shots.",
        ),
        (
            "Two men escaped from the harbour of Skelby, and the remaining three boats of the smugglers were taken.",
            "Guards took five boats of smugglers in the harbour of Skelby.",
        ),
        (
            "The glossary of Skelby harbour (PDF, 3.7 MB, 65 pages) is here.",
            "The Skelby harbour glossary has 12 pages.",
        ),
    ],
    ids=["peoples", "voters", "two places", "shares of several", "an object of its own", "a mother of", "the rest",
         "of a file"],
)  # fmt: skip
def test_figures_of_two_things_are_not_set_against_each_other(one: str, other: str) -> None:
    questions = figure_questions([account(1, "A", one), account(2, "B", other)]).questions
    assert [question.what for question in questions if question.relation is Relation.CONFLICT] == []
