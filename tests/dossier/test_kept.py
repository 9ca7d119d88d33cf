"""A finished dossier is kept until something in it changes, and no longer."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.acceptance.conftest import config_for
from tests.dossier.told import ferry, line
from writethru.analyse.corrections import Asked
from writethru.analyse.dossier import Dossiers
from writethru.archive import Archive, open_archive
from writethru.dossier.form import ASSEMBLED
from writethru.dossier.parts import Dossier
from writethru.dossier.schema import DossierForm
from writethru.errors import NotInArchive
from writethru.statements.reading import Place
from writethru.storage.withheld_store import KEPT, Withdrawal

DAY = date(2031, 5, 6)


class Making(Dossiers):
    """Notes what is made."""

    made = 0

    def of_story(self, story_id: int, now: date | None = None) -> Dossier:
        """As ever."""
        self.made += 1
        return super().of_story(story_id, now)


def test_a_dossier_is_made_once_until_what_it_tells_changes(store_url: str, tmp_path: Path) -> None:
    with open_archive(store_url, config_for(store_url, tmp_path)) as archive:
        ferry(archive, tmp_path)

        def asked(day: date = DAY) -> tuple[DossierForm, int]:
            making = Making(archive.store)
            return making.form_of_story(1, day), making.made

        first, made = asked()
        assert made == 1
        assert asked() == (first, 0)
        assert asked(date(2031, 5, 7))[1] == 1

        again = tmp_path / "again.jsonl"
        again.write_text(line("courier", "The Aldersund Courier", "\n\n".join(_text(archive, 2)), 30), encoding="utf-8")
        archive.import_paths([again])
        assert asked()[1] == 1, "another day was kept last"
        assert asked() == (first, 0), "a look that brought nothing new changes nothing"

        figure = next(one for one in archive.statements.of_version(1, 1).reading.figures if one.figure.low == 140)
        place = Place(figure.block, figure.place.start, figure.place.end)
        ruling = archive.statements.correct(Asked(1, 1, "figure", place, "value", "141", "misread"), "ed")
        corrected, made = asked()
        assert made == 1
        assert [one["number"] for one in corrected["editors"]] == [ruling.id]
        archive.statements.withdraw_correction(ruling.id, "ed")
        assert asked() == (first, 1)


def test_another_assembling_makes_it_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with open_archive(url, config_for(url, tmp_path)) as archive:
        ferry(archive, tmp_path)
        making = Making(archive.store)
        making.form_of_story(1, DAY)
        making.form_of_story(1, DAY)
        assert making.made == 1
        monkeypatch.setattr("writethru.analyse.dossier.ASSEMBLED", ASSEMBLED + 1)
        making.form_of_story(1, DAY)
        assert making.made == 2


def _text(archive: Archive, number: int) -> list[str]:
    return [block.text for block in archive.version(number, 1)[1].blocks]


def test_nothing_is_kept_of_what_was_withdrawn(store_url: str, tmp_path: Path) -> None:
    with open_archive(store_url, config_for(store_url, tmp_path)) as archive:
        ferry(archive, tmp_path)
        kept = archive.store.statements.dossiers
        form = archive.dossiers.form_of_story(1, DAY)
        state = kept.state(1)
        kept.keep(1, state, form, [1, 2, 3])
        assert kept.find(1, state) == form
        archive.store.withheld.withdraw(Withdrawal(1, datetime(2031, 5, 6, tzinfo=UTC), "ed", "a court", KEPT, 0))
        assert kept.find(1, state) is None
        with pytest.raises(NotInArchive, match="a court"):
            kept.keep(1, state, form, [1, 2, 3])
        assert kept.state(1) != state


def test_a_damaged_one_is_made_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with open_archive(url, config_for(url, tmp_path)) as archive:
        ferry(archive, tmp_path)
        making = Making(archive.store)
        first = making.form_of_story(1, DAY)

        with sqlite3.connect(tmp_path / "a.db") as database:
            assert database.execute("UPDATE kept_dossiers SET form = x'00'").rowcount == 1
        again = Making(archive.store)
        assert (again.form_of_story(1, DAY), again.made) == (first, 1)
        assert (again.form_of_story(1, DAY), again.made) == (first, 1), "and kept anew"


def test_a_dossier_is_of_the_archives_day_where_its_looks_are_ahead_of_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = str(tmp_path / "writethru.db")
    with open_archive(url, config_for(url, tmp_path)) as archive:
        ferry(archive, tmp_path)
        ahead = datetime(2031, 5, 9, 8, tzinfo=UTC)
        monkeypatch.setattr(type(archive.store), "look_ahead_of", lambda _store, _now: ahead)
        assert Dossiers(archive.store).form_of_story(1)["method"]["made"] == "2031-05-09"
