"""What cannot be read as prose goes from import to dossier in bounded work, and each text is said to be what it is."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.conftest import config_for
from writethru.archive import Archive, open_archive
from writethru.dossier.schema import DossierForm, found_in
from writethru.dossier.written import written

CHANCE = random.Random(7)
WORDS = ("harbour", "ferry", "board", "pump", "pier", "crew", "night", "council", "bell", "mast", "rope", "deck")
PROSE = (
    "The ferry Solveig sank off Aldersund on Sunday and about 140 people were killed, police said. The harbour board "
    "will publish its report within 15 days."
)
ROWS = "\n".join(" | ".join(f"{CHANCE.randint(1, 99_999):,} tonnes" for _ in range(10)) for _ in range(500))
TEXTS = {
    "prose": PROSE,
    "no sentences": " ".join(CHANCE.choice(WORDS) for _ in range(2_000)),
    "unbalanced": "\n\n".join(
        f"“The pumps of pier {at} were old, said Anna Holm, and nobody had looked at them since ‘and so on"
        for at in range(50)
    ),
    "figures": f"{PROSE}\n\n{PROSE.replace('140', '150')}\n\n{ROWS}",
    "unknown": "\n\n".join(
        "Pulizija qalet li tnejn u erbghin ruh mietu fl-incident tal-vapur u li l-inkjesta ghadha ghaddejja."
        for _ in range(20)
    ),
    "German": "\n\n".join(
        "Die Polizei sagte am Sonntag, dass 42 Menschen bei dem Unglück der Fähre gestorben seien." for _ in range(20)
    ),
}
NUMBERS = {name: number for number, name in enumerate(TEXTS, 1)}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("bad-input")
    rows = [
        {"outlet": name, "url": f"https://{NUMBERS[name]}.example/a", "time": "2031-05-05T12:00:00Z", "text": text}
        for name, text in TEXTS.items()
    ]
    path = folder / "bad.jsonl"
    path.write_text("\n".join(json.dumps({**row, "title": "Ferry Solveig sinks"}) for row in rows), encoding="utf-8")
    url = f"sqlite:///{folder / 'a.db'}"
    with open_archive(url, config_for(url, folder)) as opened:
        opened.import_paths([path])
        opened.analyse()
        yield opened


def dossiers(archive: Archive) -> list[DossierForm]:
    events = archive.stories.events()[0]
    stories = {archive.stories.event(one.id).row.story_id for one in events}
    return [archive.dossiers.form_of_story(number) for number in sorted(stories)]


def test_each_text_is_said_to_be_what_it_is(archive: Archive) -> None:
    unread = {one["article"]: one["unread"] for form in dossiers(archive) for one in form["articles"]}
    assert unread[NUMBERS["prose"]] == unread[NUMBERS["unbalanced"]] == unread[NUMBERS["figures"]] == ""
    assert "language is not known: nothing of it was read" in unread[NUMBERS["unknown"]]
    assert "language is not known: nothing of it was read" in unread[NUMBERS["no sentences"]]
    assert "the language is de: only figures were read" in unread[NUMBERS["German"]]


def test_rows_of_figures_are_read_and_set_against_nothing(archive: Archive) -> None:
    assert len(archive.statements.of_article(NUMBERS["figures"]).reading.figures) == 5_004
    (form,) = (one for one in dossiers(archive) if NUMBERS["figures"] in {row["article"] for row in one["articles"]})
    listed = [found_in(form["evidence"])[one["evidence"]]["words"] for one in form["counted"]]
    assert listed
    assert not any("|" in words for words in listed)


def test_marks_that_never_close_put_nothing_into_anybodys_mouth(archive: Archive) -> None:
    view = archive.statements.of_article(NUMBERS["unbalanced"])
    assert len(view.quotations) == 0
    assert all(one.source is not None for one in view.reading.said)


def test_every_form_of_each_dossier_is_written(archive: Archive) -> None:
    for form in dossiers(archive):
        for kind in ("md", "json", "zip", "annotations.json", "jsonld", "ics"):
            assert written(form, kind, "https://record.example")[0]
