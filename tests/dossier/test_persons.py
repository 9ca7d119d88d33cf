"""A pronoun is shown as printed, with the name it is read as where that is sure; nobody is taken for somebody else."""

from __future__ import annotations

from tests.statements.ferry import account
from writethru.dossier import wording
from writethru.dossier.persons import Person, Persons, headings
from writethru.dossier.speaking import statement_table, utterance_lines
from writethru.statements.evidence import Account
from writethru.statements.speakers import Anonymity

NAMED = "The mayor, Anna Holm, opened the pier.\n\n“The ferry will sail again in the spring of next year,” she said."
PLAIN = "“The ferry will sail again in the spring of next year,” Mrs Holm said."
TWO = "Anna Holm met Clara Voss.\n\n“The ferry will sail again in the spring of next year,” she said."


def table(*accounts: Account) -> list[tuple[str, str, str, str]]:
    rows, left = statement_table(accounts, Persons(accounts))
    assert left == 0
    return [(one.person, one.speaker, one.read_as, one.anonymity) for one in rows]


def test_a_pronoun_is_read_as_the_one_it_can_mean_and_listed_with_her() -> None:
    assert table(account(1, "Courier", NAMED), account(2, "Herald", PLAIN)) == [
        ("Anna Holm", "she", "Anna Holm", "named"),
        ("Anna Holm", "Mrs Holm", "", "named"),
    ]


def test_a_pronoun_that_could_be_two_stays_as_printed() -> None:
    assert table(account(1, "Courier", TWO)) == [("she (in Courier)", "she", "", "unknown")]


def test_one_quotation_is_matched_by_the_name_that_its_pronoun_is_read_as() -> None:
    accounts = [account(1, "Courier", NAMED), account(2, "Herald", PLAIN)]
    persons = Persons(accounts)
    (line,) = utterance_lines(accounts, {}, persons)
    assert {one.quote.speaker for one in line.utterance.renderings} == {"holm"}
    shown = [persons.of(place) for place in line.evidence.values()]
    assert {one.read_as for one in shown if one} == {"Anna Holm", ""}


def test_two_of_one_last_name_and_two_without_a_name_are_not_one() -> None:
    def person(name: str, kind: Anonymity = Anonymity.NAMED) -> Person:
        return Person(name, name, "", kind)

    rows = [(person(name), "A") for name in ("Anna Holm", "Peter Holm", "Mr Holm")]
    assert headings(rows) == ["Anna Holm", "Peter Holm", "Holm"]
    official = person("a senior official", Anonymity.ANONYMOUS)
    assert headings([(official, "A"), (official, "B")]) == ["a senior official (in A)", "a senior official (in B)"]
    body = [(person(name, Anonymity.ORGANISATION), "A") for name in ("Lorn’s port", "Lorn's port")]
    assert len(set(headings(body))) == 1


DOUBTFUL = "Anna Holm believes the ferry will sail again in the spring of next year."


def test_a_speaker_read_in_a_way_that_is_often_wrong_is_marked_so() -> None:
    for text, certain in ((DOUBTFUL, False), (PLAIN, True), (DOUBTFUL.replace("believes", "said"), True)):
        one = account(1, "Courier", text)
        persons = Persons([one])
        (row,), _ = statement_table([one], persons)
        person = persons.of(row.evidence)
        assert person is not None
        assert person.certain is certain
        assert (wording.UNCERTAIN in wording.speaker(row.speaker, row.read_as, certain=person.certain)) is not certain


def test_a_pronoun_in_two_articles_of_one_outlet_is_not_one_speaker() -> None:
    accounts = [
        account(1, "Courier", TWO),
        account(2, "Courier", TWO.replace("again", "soon")),
        account(3, "Post", TWO),
    ]
    assert [person for person, *_ in table(*accounts)] == [
        "she (in Courier, article 1)",
        "she (in Courier, article 2)",
        "she (in Post)",
    ]


def test_a_calling_keeps_the_name_behind_it_and_nobody_sure_is_left_out() -> None:
    text = "“We had minutes,” said the ward sister, Ada Lind.\n\nThe coastguard said the ferry was lost at dawn."
    assert [(row[0], row[1]) for row in table(account(1, "Courier", text))] == [
        ("The coastguard (in Courier)", "The coastguard"),
        ("Ada Lind", "the ward sister, Ada Lind"),
    ]


def test_the_board_of_one_outlet_is_not_that_of_another() -> None:
    board = Person("the board", "board", "", Anonymity.ORGANISATION)
    assert headings([(board, "A"), (board, "B")]) == ["the board (in A)", "the board (in B)"]
