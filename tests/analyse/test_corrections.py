"""Editors' corrections are kept, shown as such, and survive new readers, rebuilds, withdrawing and later versions."""

from __future__ import annotations

import pytest

from tests.analyse.test_reuse import add
from tests.analyse.test_statements import FIRST, SECOND, analysed
from tests.storage.made import after
from writethru.analyse.corrections import Asked
from writethru.analyse.statements import Statements
from writethru.errors import InputError, NotInArchive
from writethru.statements.evidence import Account, Read
from writethru.statements.identity import Rulings, rulings_on
from writethru.statements.quoted import key_of
from writethru.statements.reading import Place, sliced
from writethru.storage.store import Store
from writethru.storage.withheld_store import Withdrawal


def test_a_correction_holds_for_the_words_in_every_version_and_reading(store: Store) -> None:
    article = add(store, "wire", FIRST, FIRST + "\n\nMore.", SECOND)
    statements = analysed(store)
    place = next(one.place for one in statements.of_version(article.id, 1).reading.figures if one.block == 0)
    kept = statements.correct(Asked(article.id, 1, "figure", place, reason="counted twice"), "desk", after(9))
    assert (kept.words, kept.by, kept.at, kept.reason) == ("12", "desk", after(9), "counted twice")

    def figures(number: int) -> list[str]:
        view = statements.of_version(article.id, number)
        return [sliced(view.text, one.place) for one in view.reading.figures if one.block == 0]

    assert [figures(number) for number in (1, 2, 3)] == [[], [], ["21"]]
    assert statements.of_version(article.id, 2).corrections == (kept.id,)
    assert statements.as_read(article.id, 2).corrections == ()
    store.log("rebuilt", article.id, 0, after(60))
    analysed(store)
    store.withheld.withdraw(Withdrawal(article.id, after(61), "desk", "an error", "kept", 0))
    assert statements.corrections(article.id) == [], "withdrawn with its article"
    store.withheld.restore(article.id)
    store.log("rebuilt", article.id, 0, after(62))
    analysed(store)
    assert figures(1) == []
    statements.withdraw_correction(kept.id, "chief", after(63))
    assert figures(1) == ["12"]
    (shown,) = statements.corrections(article.id)
    assert (shown.withdrawn_by, shown.withdrawn_at) == ("chief", after(63))
    with pytest.raises(NotInArchive):
        statements.withdraw_correction(kept.id, "chief")


WIRE = (
    "Anna Holm said: “The pumps were old, and nobody had looked at them since the spring.” "
    "Holm blamed the line for the fire."
)
OTHER = (
    "Holm added that “the pumps were old, and nobody had looked at them since the winter”, and left. More was not said."
)


def test_a_ruling_on_two_quotations_holds_on_both_sides_until_one_is_gone(store: Store) -> None:
    one, other = add(store, "wire", WIRE, f"{WIRE}\n\nMore."), add(store, "courier", OTHER)
    statements = analysed(store)
    (quoted,), (printed,) = statements.of_version(one.id, 1).quotations, statements.of_version(other.id, 1).quotations
    asked = Asked(one.id, 1, "quotation", quoted.place, "apart", f"{other.id}/1:0:{printed.place.start}", "two days")
    kept = statements.correct(asked, "desk", after(9))
    (twin,) = statements.corrections(other.id)
    assert (kept.field, kept.value.partition(":")[0], twin.value.partition(":")[0]) == (
        "apart",
        str(other.id),
        str(one.id),
    )
    assert "winter" not in "".join((kept.words, kept.before, kept.after, kept.value)), "each has its own words only"
    for article in (one.id, other.id):
        store.log("rebuilt", article, 0, after(60))
    analysed(store)
    assert statements.of_version(one.id, 2).corrections == (kept.id,)
    assert ruled(statements, one.id, other.id).apart == {frozenset({"1.0", "2.0"})}
    store.withheld.withdraw(Withdrawal(other.id, after(61), "desk", "an error", "kept", 0))
    assert statements.of_version(one.id, 1).corrections == (), "its counterpart is withdrawn"
    store.withheld.restore(other.id)
    store.log("rebuilt", other.id, 0, after(62))
    analysed(store)
    assert statements.of_version(one.id, 1).corrections == (kept.id,)
    statements.withdraw_correction(twin.id, "chief", after(63))
    assert [row.withdrawn_by for row in statements.corrections(one.id)] == ["chief"]
    assert ruled(statements, one.id, other.id) == Rulings()


def ruled(statements: Statements, *articles: int) -> Rulings:
    """What editors say of the first quotations of these articles, named by their places here."""
    views = [statements.of_version(article, 1) for article in articles]
    accounts = [
        Account(view.version.article_id, "", "", 1, (Read(1, view.text, view.reading),), 1, view.beside)
        for view in views
    ]
    keys = {(view.version.article_id, *key_of(view.quotations[0])): f"{n}.0" for n, view in enumerate(views, 1)}
    return rulings_on(accounts, keys)


def test_blame_is_rejected_for_every_version(store: Store) -> None:
    article = add(store, "wire", WIRE, f"{WIRE}\n\nMore.")
    statements = analysed(store)
    (blame,) = statements.of_version(article.id, 1).blame
    assert (blame.accuser, blame.accused) == ("Holm", "the line")
    kept = statements.correct(Asked(article.id, 1, "blame", blame.place, "accused", "the board", "misread"), "desk")
    store.log("rebuilt", article.id, 0, after(60))
    analysed(store)
    assert [one.accused for one in statements.of_version(article.id, 2).blame] == ["the board"]
    assert statements.of_version(article.id, 2).corrections == (kept.id,)
    statements.correct(Asked(article.id, 1, "blame", blame.place, reason="a quotation of another"), "desk")
    assert [list(statements.of_version(article.id, number).blame) for number in (1, 2)] == [[], []]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (Asked(1, 1, "headline", Place(0, 0, 0), reason="x"), InputError),
        (Asked(1, 1, "figure", Place(0, 1, 1), reason="x"), NotInArchive),
        (Asked(1, 1, "figure", Place(0, 0, 0)), InputError),
        (Asked(1, 9, "figure", Place(0, 0, 0), reason="x"), NotInArchive),
        (Asked(2, 1, "quotation", Place(0, 16, 16), reason="x"), InputError),
        (Asked(2, 1, "quotation", Place(0, 16, 16), "same", "there", "x"), InputError),
        (Asked(2, 1, "quotation", Place(0, 16, 16), "same", "2/1:0:16", "x"), InputError),
        (Asked(2, 1, "quotation", Place(0, 16, 16), "same", "1/1:0:0", "x"), NotInArchive),
    ],
    ids=[
        "no kind",
        "nothing there",
        "no reason",
        "no version",
        "a quotation is not rejected",
        "no reference",
        "itself",
        "no quotation there",
    ],
)
def test_what_cannot_be_corrected_is_refused(sqlite_store: Store, asked: Asked, error: type[Exception]) -> None:
    add(sqlite_store, "wire", FIRST)
    add(sqlite_store, "desk", WIRE)
    statements = analysed(sqlite_store)
    with pytest.raises(error):
        statements.correct(asked, "desk")
    assert statements.corrections(1) == []
