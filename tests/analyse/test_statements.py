"""Each version's statements are kept up to date with the record, paragraph by paragraph, and given back checked."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from tests.analyse.test_reuse import add
from tests.storage.made import after, store_version
from writethru.analyse import statements as module
from writethru.analyse import writing_days
from writethru.analyse.follow import follow
from writethru.analyse.statements import StatementAnalysis, Statements
from writethru.errors import NotInArchive, StorageError
from writethru.statements.reading import READER, Unit, sliced
from writethru.storage import codec
from writethru.storage.statement_tables import statement_units
from writethru.storage.store import Store
from writethru.storage.withheld_store import Withdrawal

FIRST = 'The fire on Sunday killed 12 people.\n\n"It was dark," said Ilse Marden.\n\nThe hall was built in 1871.'
SECOND = FIRST.replace("12 people", "21 people")


class KilledError(BaseException):
    """The process dies here."""


def analysed(store: Store) -> Statements:
    assert follow(store, StatementAnalysis(store)).failed == ()
    return Statements(store)


def test_each_version_states_what_its_own_text_says(store: Store) -> None:
    article = add(store, "wire", FIRST, SECOND)
    statements = analysed(store)
    assert statements.read_versions(article.id) == [1, 2]
    for number, figure in ((1, "12"), (2, "21")):
        view = statements.of_version(article.id, number)
        assert figure in [sliced(view.text, one.place) for one in view.reading.figures]
        assert [sliced(view.text, one.source) for one in view.reading.said if one.source] == ["Ilse Marden"]
        assert (view.language, view.unread, view.reader) == ("en", "", READER)
    assert statements.of_article(article.id).version.number == 2
    assert (str(view.written), view.basis) == ("2031-05-04", "seen")


def test_only_what_is_new_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = writing_days.read_unit

    def counted(unit: Unit, *rest: object) -> object:
        read.append(unit.texts[0][:12])
        return real(unit, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(writing_days, "read_unit", counted)
    article = add(store, "wire", FIRST)
    analysed(store)
    assert len(read) == 4, "the headline and three paragraphs"
    with store.transaction():
        store_version(store, article.id, after(60), SECOND)
        store.log("version", article.id, 2, after(60))
    read.clear()
    analysed(store)
    assert read == ["The fire on "]
    assert store.statements.size() == (2, 5)


def test_what_came_days_later_leaves_weekdays_open(store: Store) -> None:
    article = add(store, "wire", FIRST)
    with store.transaction():
        store_version(store, article.id, after(4 * 24 * 60), FIRST + "\n\nThe mayor resigned on Monday.")
        store.log("version", article.id, 2, after(4 * 24 * 60))
    view = analysed(store).of_version(article.id, 2)
    sunday, monday = [one.time for one in view.reading.times if one.time.value != "1871"]
    assert sunday.days is not None, "it stood there on the first day"
    assert (monday.days, monday.value) == (None, "XXXX-WXX-1")


def test_a_rebuilt_article_is_read_again_and_comes_to_the_same(store: Store) -> None:
    article = add(store, "wire", FIRST, SECOND)
    before = analysed(store).of_version(article.id, 2), store.statements.size()
    store.log("rebuilt", article.id, 0, after(60))
    after_it = analysed(store).of_version(article.id, 2), store.statements.size()
    assert after_it == before


def test_another_reader_reads_all_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    article = add(store, "wire", FIRST, SECOND)
    analysed(store)
    size = store.statements.size()
    monkeypatch.setattr(module, "READER", "statements/next")
    monkeypatch.setattr(StatementAnalysis, "name", "statements/next")
    assert Statements(store).read_versions(article.id) == []
    assert analysed(store).of_version(article.id, 1).reader == "statements/next"
    assert store.statements.size() == size, "nothing of the old reader's is left"


@pytest.mark.parametrize("call", [1, 2])
def test_killed_while_keeping_it_goes_on_as_if_it_had_not(
    store: Store, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    articles = [add(store, "wire", FIRST, SECOND), add(store, "gazette", SECOND)]
    calls = 0
    with monkeypatch.context() as broken:
        real = store.statements.keep

        def dies(*given: object) -> None:
            nonlocal calls
            calls += 1
            real(*given)  # type: ignore[arg-type]
            if calls == call:
                raise KilledError

        broken.setattr(store.statements, "keep", dies)
        with pytest.raises(KilledError):
            follow(store, StatementAnalysis(store))
    assert store.statements.size()[0] == 2 * (call - 1), "an article is kept with its place in the log, or not at all"
    statements = analysed(store)
    assert [statements.read_versions(article.id) for article in articles] == [[1, 2], [1]]
    assert store.statements.size() == (3, 9)


def test_what_was_not_read_or_is_not_there_says_so(store: Store) -> None:
    article = add(store, "wire", FIRST)
    with pytest.raises(NotInArchive, match="not read for statements yet"):
        Statements(store).of_article(article.id)
    statements = analysed(store)
    for asked in ((article.id, 9), (99, 1)):
        with pytest.raises(NotInArchive):
            statements.of_version(*asked)


def test_a_kept_reading_that_does_not_fit_its_text_is_refused(sqlite_store: Store) -> None:
    article = add(sqlite_store, "wire", FIRST)
    statements = analysed(sqlite_store)
    (digest,) = (digest for digest, first in sqlite_store.statements.versions(article.id)[0].units if first == 0)
    form = dict(sqlite_store.statements.units(article.id, [digest])[digest])
    form["words"] = ["13" if words == "12" else words for words in form["words"]]
    with sqlite_store._database.write() as connection:  # type: ignore[attr-defined]
        changed = update(statement_units).where(statement_units.c.digest == digest)
        connection.execute(changed.values(form=codec.pack_form(form)))
    with pytest.raises(StorageError, match="does not fit its text"):
        statements.of_version(article.id, 1)


def test_of_a_withdrawn_article_nothing_is_left(store: Store) -> None:
    article = add(store, "wire", FIRST)
    statements = analysed(store)
    store.withheld.withdraw(Withdrawal(article.id, after(60), "desk", "an error", "kept", 0))
    assert store.statements.size() == (0, 0)
    with pytest.raises(NotInArchive):
        statements.of_article(article.id)
    store.withheld.restore(article.id)
    store.log("rebuilt", article.id, 0, after(61))
    assert analysed(store).read_versions(article.id) == [1]
