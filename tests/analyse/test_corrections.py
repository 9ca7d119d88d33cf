"""Editors' corrections are kept, shown as such, and survive new readers, rebuilds, withdrawing and later versions."""

from __future__ import annotations

import pytest

from tests.analyse.test_reuse import add
from tests.analyse.test_statements import FIRST, SECOND, analysed
from tests.storage.made import after
from writethru.analyse.corrections import Asked
from writethru.errors import InputError, NotInArchive
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


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (Asked(1, 1, "headline", Place(0, 0, 0), reason="x"), InputError),
        (Asked(1, 1, "figure", Place(0, 1, 1), reason="x"), NotInArchive),
        (Asked(1, 1, "figure", Place(0, 0, 0)), InputError),
        (Asked(1, 9, "figure", Place(0, 0, 0), reason="x"), NotInArchive),
    ],
    ids=["no kind", "nothing there", "no reason", "no version"],
)
def test_what_cannot_be_corrected_is_refused(sqlite_store: Store, asked: Asked, error: type[Exception]) -> None:
    add(sqlite_store, "wire", FIRST)
    statements = analysed(sqlite_store)
    with pytest.raises(error):
        statements.correct(asked, "desk")
    assert statements.corrections(1) == []
