"""Who said what, in sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.marked_british import marked_quotations, right
from writethru.statements.attributed import PUBLISHED, Attribution, Directness, Rule
from writethru.statements.attribution import LONGEST_PARAGRAPH, attributions_in


def told(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Source, cue and content of each attribution, as written."""
    return [
        (
            text[slice(*one.source)] if one.source else "",
            text[slice(*one.cue)] if one.cue else "",
            tuple(text[slice(*span)] for span in one.content),
        )
        for one in attributions_in(text)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ('"The ferry is safe," said the mayor.', "the mayor", "said", ('"The ferry is safe,"',)),
        ('"The ferry is safe," Anna Holm said.', "Anna Holm", "said", ('"The ferry is safe,"',)),
        ("“The ferry is safe,” she told reporters.", "she", "told", ("“The ferry is safe,”",)),
        (
            '"The ferry is safe," said Anna Holm, the mayor of Aldersund.',
            "Anna Holm, the mayor of Aldersund",
            "said",
            ('"The ferry is safe,"',),
        ),
        (
            '"The ferry," Mr. Holm said, "is safe."',
            "Mr. Holm",
            "said",
            ('"The ferry,"', '"is safe."'),
        ),
        (
            'Holm, a former pilot, said: "It was never safe."',
            "Holm, a former pilot",
            "said",
            ('"It was never safe."',),
        ),
        ("Holm said that the ferry was safe.", "Holm", "said", ("that the ferry was safe",)),
        ("The ferry was safe, Holm said on Friday.", "Holm", "said", ("The ferry was safe",)),
        ("The ferry was safe, according to the council.", "the council", "according to", ("The ferry was safe",)),
        ("According to the council, the ferry was safe.", "the council", "According to", ("the ferry was safe",)),
        ("Holm told the Courier the ferry was safe.", "Holm", "told", ("the ferry was safe",)),
        ('Said Holm: "We were lucky that day."', "Holm", "Said", ('"We were lucky that day."',)),
        ('He defended the trial, saying, "It was safe and sound."', "He", "saying", ('"It was safe and sound."',)),
        ('"It was the worst of nights." — Anna Holm', "Anna Holm", "", ('"It was the worst of nights."',)),
        ("Rep. A. B. Holm (D-Alder) said it was safe.", "Rep. A. B. Holm (D-Alder)", "said", ("it was safe",)),
        ("Port chief Ida Strand Friday said it was safe.", "Port chief Ida Strand", "said", ("it was safe",)),
        ("The line late Monday evening denied a fault.", "The line", "denied", ("a fault",)),
        ("Ruby Tuesday said it would close.", "Ruby Tuesday", "said", ("it would close",)),
    ],
)  # fmt: skip
def test_one_attribution(text: str, source: str, cue: str, content: tuple[str, ...]) -> None:
    assert told(text) == [(source, cue, content)]


def test_a_quotation_that_goes_on_is_its_speakers() -> None:
    text = '"The ferry is safe," Holm said in Aldersund. "We looked at every bolt." It sailed at noon.'
    assert told(text) == [("Holm", "said", ('"The ferry is safe,"', '"We looked at every bolt."'))]


def test_two_speakers_in_one_paragraph() -> None:
    text = '"It is safe," Holm said. "It is not," said Berg, the pilot.'
    assert [source for source, _, _ in told(text)] == ["Holm", "Berg, the pilot"]


def test_quoted_paragraphs_below_the_line_that_announces_them() -> None:
    text = 'The council wrote in a letter:\n"We have seen the report.\n"We shall answer it in May."\nThe ferry sailed.'
    (one,) = attributions_in(text)
    assert told(text)[0][0] == "The council"
    assert [text[slice(*span)] for span in one.content] == ['"We have seen the report.', '"We shall answer it in May."']


@pytest.mark.parametrize(
    ("text", "directness"),
    [
        ('"It is safe," Holm said.', Directness.DIRECT),
        ('Holm said the ferry was "entirely safe" at sea.', Directness.MIXED),
        ("Holm said the ferry was safe.", Directness.INDIRECT),
    ],
)
def test_directness(text: str, directness: Directness) -> None:
    (one,) = attributions_in(text)
    assert one.directness is directness


@pytest.mark.parametrize(
    "text",
    [
        '"It is safe." The ferry sailed at noon.',  # nobody is named: nobody is made up
        "The ferry sailed at noon.",
        '"He said it was safe" stood on the wall.',  # the cue is itself quoted
        "The ferry is said to be safe.",
        "",
    ],
)
def test_what_is_not_attributed(text: str) -> None:
    assert attributions_in(text) == []


def test_unbalanced_quotation_marks_over_many_paragraphs_stay_in_their_own() -> None:
    paragraph = '"The ferry is safe, Holm said. It sailed at noon.\n'
    found = attributions_in(paragraph * 50)
    ends = [(k + 1) * len(paragraph) for k in range(50)]
    for one in found:
        spans = [span for span in (*one.content, one.source, one.cue) if span is not None]
        line = next(k for k, end in enumerate(ends) if spans[0].start < end)
        assert all(span.end <= ends[line] for span in spans)


def test_a_paragraph_without_end_is_read_up_to_a_bound() -> None:
    text = "The council and the port and the mayor and " * 20_000 + "Holm said it was safe."
    assert all(span.end <= LONGEST_PARAGRAPH for one in attributions_in(text) for span in spans_of(one))


def spans_of(one: Attribution) -> list[tuple[int, int]]:
    """All spans of an attribution."""
    return [span for span in (*one.content, one.source, one.cue) if span is not None]


@given(
    st.lists(
        st.sampled_from(
            ['"', "“", "”", "said", "Holm", ",", ".", " ", "\n", "and", "(", ")", ":", "that", "told", "—"]
        ),
        max_size=40,
    )
)
def test_any_text_gives_slices(words: list[str]) -> None:
    text = " ".join(words)
    for one in attributions_in(text):
        for span in spans_of(one):
            assert 0 <= span[0] < span[1] <= len(text)


def test_the_marked_quotations_in_other_marks() -> None:
    rows = marked_quotations()
    assert len(rows) >= 100
    assert sum(map(right, rows)) / len(rows) >= 0.95


def test_joined_verbs_have_one_subject() -> None:
    assert told("Holm laughed and said the ferry was safe.") == [("Holm", "said", ("the ferry was safe",))]
    assert [source for source, _, _ in told("The plan was dead, Holm said, and insisted that it was.")] == [
        "Holm",
        "Holm",
    ]
    assert told("The plan, which Berg hates and says is dead, was read out.") == []


def test_a_quotation_left_open_goes_on_below() -> None:
    text = '"We looked," said Holm. "Every bolt.\n"And we found nothing."\n"Then look again," said Berg.'
    first, second = attributions_in(text)
    assert [text[slice(*span)] for span in first.content][-1] == '"And we found nothing."'
    assert text[slice(*second.source or (0, 0))] == "Berg"


def test_each_says_by_which_rule_and_how_sure() -> None:
    (one,) = attributions_in('"We looked," said Holm.\n"We found nothing."')
    assert (one.rule, one.confidence >= PUBLISHED) == (Rule.ALONE, True)
    (other,) = attributions_in("Holm said that the ferry was safe.")
    assert (other.rule, other.confidence >= PUBLISHED) == (Rule.CLAUSE, True)
    (doubtful,) = attributions_in("Holm believes that the ferry was safe.")
    assert (doubtful.rule, doubtful.confidence >= PUBLISHED) == (Rule.REPORTED, False)


def test_names_and_nouns_are_no_cues() -> None:
    assert told("The United States and Berg met on Friday in the town.") == []
    assert told("Reports emerged that the ferry was safe and sound.") == []


@pytest.mark.parametrize(
    "text",
    [
        "A spokesman said Friday the board has asked the port for more papers, officials added.",
        "The mayor and her counterpart said they hoped to revive the talks on the ferry.",
    ],
)
def test_a_source_that_says_something_itself_is_none(text: str) -> None:
    assert all(" said " not in f" {source} " for source, _, _ in told(text))


def test_words_in_quotation_marks_are_kept_without_a_source_that_is_none() -> None:
    for source, _, _ in told("“We are ready.” A spokesman said Friday the board insisted."):
        assert "said" not in source


def test_two_people_who_spoke_and_said() -> None:
    text = "Speaking from Tarne, Mr Holm and Mr Berg spoke after the meeting and said they had agreed to meet."
    assert told(text) == [("Mr Holm and Mr Berg", "said", ("they had agreed to meet",))]


@pytest.mark.parametrize(
    ("text", "source", "rule", "content"),
    [
        ('Anna Holm: "The ferry was never safe."', "Anna Holm", Rule.LABEL, '"The ferry was never safe."'),
        ('Rep. Ida Strand (D-Kest): "It was never safe."', "Rep. Ida Strand", Rule.LABEL, '"It was never safe."'),
        ('On Monday, Holm went on: "The ferry was not safe."', "Holm", Rule.COLON, '"The ferry was not safe."'),
        ('The council sent a letter: "It is safe and sound."', "The council", Rule.COLON, '"It is safe and sound."'),
        ('"It was never safe at sea," Holm growled on Monday.', "Holm", Rule.VERB, '"It was never safe at sea,"'),
        ('"Why is it still at sea?" Holm asked the council.', "Holm", Rule.BEHIND, '"Why is it still at sea?"'),
        ('Holm rose, telling the crew: "It was never safe."', "Holm", Rule.PARTICIPLE, '"It was never safe."'),
        ('It ended with the crew shouting: "It is not safe."', "the crew", Rule.PARTICIPLE, '"It is not safe."'),
        ('She issued a statement saying, "It was never safe."', "She", Rule.PARTICIPLE, '"It was never safe."'),
        ('But, said Holm, "it was never safe at sea."', "Holm", Rule.BEGUN, '"it was never safe at sea."'),
    ],
)  # fmt: skip
def test_quotations_without_a_verb_of_speech_in_its_place(text: str, source: str, rule: Rule, content: str) -> None:
    (one,) = attributions_in(text)
    assert (text[slice(*one.source or (0, 0))], one.rule, text[slice(*one.content[-1])]) == (source, rule, content)


@pytest.mark.parametrize(
    "text",
    [
        'Holm quotes the pilot Rolf Berg: "The ferry was never safe."',  # who is quoted is the pilot
        'Holm held up a sign saying, "The ferry was never safe."',
        'He knew "The Last of the Winter Ferries," a ballad that the crew liked.',  # a title
        'Update: "The ferry" is a film by Berg.',
    ],
)
def test_a_quotation_is_not_given_to_whoever_stands_near(text: str) -> None:
    assert attributions_in(text) == []


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ('"It was old," said Holm, who said the crew knew.', {"Holm"}),
        ("Berg, who has told aides that he is tired, said it was old.", {"Berg"}),
        ("An official who knew the crew well said it was old.", {"An official who knew the crew well"}),
        ("To hear that the state must ensure states are safe is odd, Holm said.", {"Holm"}),
        ("Rather, he said, continued delays by the port will help.", {"he"}),
        ('When the council suggested a fine, Holm hit back: "It is old."', {"the council", "Holm"}),
    ],
)  # fmt: skip
def test_sources_are_noun_phrases(text: str, sources: set[str]) -> None:
    assert {text[slice(*one.source)] for one in attributions_in(text) if one.source} == sources


def test_what_is_reported_inside_anothers_words_ends_with_them() -> None:
    text = 'In May, when the council announced a fine, "the boats were old," Holm said. "They knew it."'
    holm = [one for one in attributions_in(text) if one.source and text[slice(*one.source)] == "Holm"]
    others = [one for one in attributions_in(text) if one not in holm]
    assert len(holm) == 1
    assert all("They knew" not in text[slice(*span)] for one in others for span in one.content)


def test_a_fixed_space_is_a_space() -> None:
    text = '"The ferry is safe," Holm said.\u00a0"We looked at every bolt."'
    assert told(text) == [("Holm", "said", ('"The ferry is safe,"', '"We looked at every bolt."'))]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("It had been lower, Holm said, without giving a figure.", "Holm", ["It had been lower"]),
        ("It would seem, according to Holm, that it is shut.", "Holm", ["It would seem", "that it is shut"]),
        ("The old pier, Holm said, would be shut.", "Holm", ["The old pier", "would be shut"]),
        ("Kest blames Lorn, a charge the Lorn council has denied.", "", []),
        ("Lorn has not revealed many details of its plan.", "", []),
        ("Holm never said that the pier was safe.", "", []),
        ("Holm questioned the offer of the port.", "", []),
        ("Kest added two new boats to its fleet.", "", []),
        ("Holm added the talks were over.", "Holm", ["the talks were over"]),
        ("Kest often thought of the old pier.", "", []),
        ("In response to the comments received, Kest shut the pier.", "", []),
        ("Holm asked crew members if it was over.", "Holm", ["if it was over"]),
        ("The plan asks that Kest agree to sell boats.", "The plan", ["that Kest agree to sell boats"]),
        ("Kest, Lorn, the Isles and Alder said it was over.", "Kest, Lorn, the Isles and Alder", ["it was over"]),
        ("Both Holm and her Kestian rival said it was over.", "Holm and her Kestian rival", ["it was over"]),
        ("A storm, which Kest says killed 1,400, should be studied.", "Kest", ["killed 1,400"]),
        ("Holm told journalists that it was over.", "Holm", ["that it was over"]),
        ("Holm said in an interview with Radio Kest that it was over.", "Holm", ["that it was over"]),
        ("Holm said meanwhile that it was over.", "Holm", ["that it was over"]),
        ("Holm said, however, that it was over.", "Holm", ["that it was over"]),
        ("Holm told a crowd in Kest on Tuesday that it was over.", "Holm", ["that it was over"]),
        ("Kest asked former Attorney Nils Brand whether it was over.", "Kest", ["whether it was over"]),
        ("ALDERSUND (Nordwire) - The pier was shut, Holm said.", "Holm", ["The pier was shut"]),
        ("ALDERSUND, Feb. 2 (NW) — The pier was shut, Holm said.", "Holm", ["The pier was shut"]),
        ("(Holm said that it was over.)", "Holm", ["that it was over"]),
        ("The pier (which Holm said was rotten) was shut.", "Holm", ["was rotten"]),
        ("Olav Brand, who said he was never paid, built the pier.", "Olav Brand", ["he was never paid"]),
        ("Late on Monday someone asked how it was paid for.", "someone", ["how it was paid for"]),
        ("The harbour court ruled on Friday that it was over.", "The harbour court", ["that it was over"]),
        ("The court rules the island.", "", []),
        ("A study by Kest College and the Isles found that it was rotten.", "A study by Kest College and the Isles",
         ["that it was rotten"]),
        ("Brand found that it was rotten.", "", []),
        ("The pier is rotten, other studies have shown.", "other studies", ["The pier is rotten"]),
        ("Sailors in Kest and around the isles say it was over.", "Sailors in Kest and around the isles",
         ["it was over"]),
        ("Holm said in the hall, emphasizing it was over.", "Holm", ["it was over"]),
        ("Holm dismissed the report as “rubbish”.", "Holm", ["the report as “rubbish”"]),
        ("Holm described the mayor as a “disgrace”.", "Holm", ["the mayor as a “disgrace”"]),
        ("Holm likened the deal to a “burning boat”.", "Holm", ["the deal to a “burning boat”"]),
    ],
)  # fmt: skip
def test_what_is_said_and_by_whom_where_clauses_meet(text: str, source: str, content: list[str]) -> None:
    found = attributions_in(text)
    assert [text[slice(*span)] for one in found for span in one.content] == content
    assert all(one.source and text[slice(*one.source)] == source for one in found)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Holm said that it was made in the U.S.", ["that it was made in the U.S."]),
        ("Holm said that she was not sure...", ["that she was not sure..."]),
        ("Holm said it cost 1,400, more than ever.", ["it cost 1,400, more than ever"]),
        ("Holm said it was “a gamble.”", ["it was “a gamble.”"]),
    ],
)
def test_the_stop_of_the_sentence_is_not_of_what_was_said(text: str, content: list[str]) -> None:
    (one,) = attributions_in(text)
    assert [text[slice(*span)] for span in one.content] == content


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("''We saw it coming,'' Holm said.", "Holm", ["''We saw it coming,''"]),
        ("Holm said: ''Nobody's asked.''", "Holm", ["''Nobody's asked.''"]),
        ("''Who's asking?'' Holm asked.", "Holm", ["''Who's asking?''"]),
    ],
)
def test_two_single_signs_are_a_double_one(text: str, source: str, content: list[str]) -> None:
    (one,) = attributions_in(text)
    assert one.source is not None
    assert text[slice(*one.source)] == source
    assert [text[slice(*span)] for span in one.content] == content
    assert one.directness is Directness.DIRECT


def test_each_of_two_clauses_has_its_own_speaker() -> None:
    text = "Kest says that the talks went well, but the port has said there are open questions."
    assert [(source, content) for source, _, content in told(text)] == [
        ("Kest", ("that the talks went well",)),
        ("the port", ("there are open questions",)),
    ]


def test_a_clause_behind_quoted_words_is_what_was_said() -> None:
    text = "As both sides hailed the talks as “useful,” they confirmed the talks would go on."
    assert told(text) == [("they", "confirmed", ("the talks would go on",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Holm backed Lund on Friday, saying it was time for a friend of the town.",
            [("Holm", "saying", "it was time for a friend of the town")],
        ),
        (
            "Holm said the plan was sound, adding that it would cost little.",
            [("Holm", "said", "the plan was sound"), ("Holm", "adding", "that it would cost little")],
        ),
        (
            "Holm admitted that the name was wrong, but said the clerk had found it.",
            [("Holm", "admitted", "that the name was wrong"), ("Holm", "said", "the clerk had found it")],
        ),
        ("Holm called the plan “a gamble for us” on Monday.", [("Holm", "called", "the plan “a gamble for us”")]),
        ("Holm accused the board of hiding the report.", [("Holm", "accused", "the board of hiding the report")]),
        ("Holm was accused of hiding the report.", []),
        ("Holm never called the plan “a gamble with the town”.", []),
        ("Holm would have called the plan “a gamble with the town”.", []),
        ("The board found a new pier in Kolm.", []),
        ("The vote in 30 states was late, and his recent comments about it were not.", []),
        ("A draft resolution demands that Kest open it.", [("A draft resolution", "demands", "that Kest open it")]),
        ("On the pier, Holm continues to sell tickets.", []),
        ("Tad Lund, the mayor’s aide, said they met.", [("Tad Lund, the mayor’s aide", "said", "they met")]),
        ("A new survey found that the pier was used.", [("A new survey", "found", "that the pier was used")]),
        ("The pier was sold in May, records show.", [("records", "show", "The pier was sold in May")]),
        ("According to recent polling, she is ahead.", [("recent polling", "According to", "she is ahead")]),
        ("Holm told the crowd in Kolm on Sunday that it was over.", [("Holm", "told", "that it was over")]),
        (
            "“We all saw it,” Tove Aas, 30, of Kolm, who was there, said.",
            [("Tove Aas, 30, of Kolm, who was there", "said", "“We all saw it,”")],
        ),
        ("The lawyer, Jon Mak, said he had not seen them.", [("The lawyer, Jon Mak", "said", "he had not seen them")]),
        ("When she came back she began by saying, “Nobody has to go.”", [("she", "saying", "“Nobody has to go.”")]),
        (
            "Party leader Olan Brek issued the following statement: “Nobody is to blame for it.”",
            [("Party leader Olan Brek", "", "“Nobody is to blame for it.”")],
        ),
        ("Yesterday, after the vote, Holm backed Berg, saying, “A fighter is what we need.”", []),
        ("Holm hit back: “As guardians,” he wrote, “we know.”", [("he", "wrote", "“As guardians,”|“we know.”")]),
    ],
)  # fmt: skip
def test_what_stands_beside_the_main_cue(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(source, cue, "|".join(content)) for source, cue, content in told(text)] == expected
