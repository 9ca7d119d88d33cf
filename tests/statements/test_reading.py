"""A text is read paragraph by paragraph; every place is a slice of it, and bad input is bounded and said."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.model import ArticleText, Block, BlockKind
from writethru.statements import reading
from writethru.statements.attributed import Directness
from writethru.statements.forms import reading_form, reading_of
from writethru.statements.reading import HEADLINE, Place, Unit, read_text, read_unit, sliced, units_of

DAY = date(2031, 5, 6)
TEXT = ArticleText.from_plain(
    "The ferry sank off Aldersund on Sunday, killing about 140 people.\n\n"
    'The mayor said: "We shall count the dead.\n\n'
    '"And we shall name them."\n\n'
    '"It is a disgrace," said Anna Holm, who lost two sons.',
    headline="Ferry sinks: 140 dead",
)


def words(text: ArticleText) -> list[str]:
    """The words of every place that was read."""
    return [sliced(text, place) for place in read_text(text, DAY).places]


def test_figures_times_and_attributions_stand_where_they_are_said_to() -> None:
    found = read_text(TEXT, DAY)
    figures = [(one.block, sliced(TEXT, one.place)) for one in found.figures]
    assert figures == [(HEADLINE, "140"), (0, "140"), (3, "two")]
    (sunday,) = found.times
    assert (sliced(TEXT, sunday.place), sunday.time.value) == ("Sunday", "2031-05-04")
    mayor, holm = found.said
    assert [sliced(TEXT, one.source)[:9] for one in (mayor, holm) if one.source] == ["The mayor", "Anna Holm"]
    assert holm.directness is Directness.DIRECT


def test_a_quotation_over_two_paragraphs_is_one_unit_and_each_part_lies_in_its_block() -> None:
    units, left_out = units_of(TEXT)
    assert ([(unit.first, len(unit.texts)) for unit in units], left_out) == ([(HEADLINE, 1), (0, 1), (1, 2), (3, 1)], 0)
    mayor = read_text(TEXT, DAY).said[0]
    assert {place.block for place in mayor.content} <= {1, 2}


def test_a_unit_is_known_by_its_words_and_its_language() -> None:
    unit = Unit(3, ("Nine died.",))
    assert unit.digest("en") == Unit(7, ("Nine died.",)).digest("en")
    assert len({unit.digest("en"), unit.digest("de"), Unit(3, ("Nine  died.",)).digest("en")}) == 3


def test_notes_of_correction_and_pulled_quotations_are_not_read() -> None:
    blocks = (
        Block(BlockKind.PARAGRAPH, "The fire killed 12 people."),
        Block(BlockKind.NOTE, "This article said that 21 people were killed."),
        Block(BlockKind.PULL_QUOTE, "They lost 99 houses"),
        Block(BlockKind.CAPTION, "The 40 boats of the harbour."),
    )
    assert words(ArticleText(blocks=blocks)) == ["12", "40"]


def test_of_a_language_it_does_not_know_only_what_it_can_is_read() -> None:
    german = ArticleText.from_plain("Der Bürgermeister sagte am Montag, dass dort 14 Menschen starben.")
    found = read_text(german, DAY)
    assert (len(found.figures), found.times, found.said) == (1, (), ())
    assert read_text(ArticleText.from_plain("Qwx zzk 14 brrp."), DAY).figures == ()


def test_without_a_day_a_weekday_stays_unresolved() -> None:
    found = read_text(TEXT, None)
    assert found.times[0].time.days is None


def test_a_table_of_five_thousand_figures_is_bounded_and_says_so() -> None:
    table = " ".join(f"{number} tonnes of salt, the and of" for number in range(5_000))
    found = read_unit(Unit(0, (table[: reading.LONGEST],)), "en", DAY)
    assert len(found.figures) == reading.MOST_KEPT
    assert found.left_out > 0


def test_units_are_bounded_and_counted() -> None:
    text = ArticleText.from_plain("\n\n".join(f"Line {number} of the list." for number in range(1_200)))
    units, left_out = units_of(text)
    assert (len(units), left_out) == (reading.MOST_UNITS, 200)


def test_a_quotation_that_never_ends_makes_units_of_bounded_length() -> None:
    text = ArticleText.from_plain("\n\n".join(f'"And the harbour said {number} times that' for number in range(100)))
    units, _ = units_of(text)
    assert max(len(unit.texts) for unit in units) == reading.MOST_BLOCKS


PIECES = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "'",
        "\n\n",
        " ",
        "he said",
        "Anna Holm",
        "1,400",
        "about",
        "$3 million",
        "on Monday",
        "\ud800",
        "é",
        ".",
    ]
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=40))
def test_every_place_is_a_slice_and_the_stored_form_gives_all_back(pieces: list[str]) -> None:
    text = ArticleText.from_plain(" ".join(["The man of the house said:", *pieces]))
    found = read_text(text, DAY)
    for place in found.places:
        assert sliced(text, place) == text.blocks[place.block].text[place.start : place.end] != ""
    form = json.loads(json.dumps(reading_form(found, lambda place: sliced(text, place))))
    assert reading_of(form) == found
    assert reading_of(form).moved(3).moved(-3) == found
    assert Place(0, 0, 1) not in found.moved(100).places


def test_what_had_been_offered_is_not_due_from_the_day_of_writing() -> None:
    told = "A losing bidder, Hald and Sons, had offered to start within six weeks."
    said = "The two ministers said they had agreed to meet again in New York in two weeks."
    assert [one.due for one in read_text(ArticleText.from_plain(told), DAY).bound] == [None]
    assert all(one.due is not None for one in read_text(ArticleText.from_plain(said), DAY).bound)
