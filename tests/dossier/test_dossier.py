"""A story's dossier says where its texts disagree, with the sentence, the speaker and the version each time."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from tests.acceptance.conftest import config_for
from tests.dossier.told import HOSTILE, ferry_archive, line
from tests.statements.ferry import account
from writethru.archive import Archive, open_archive
from writethru.dossier import wording
from writethru.dossier.form import dossier_form
from writethru.dossier.ledger import commitment_groups
from writethru.dossier.markdown import escaped
from writethru.dossier.schema import DossierForm, found_in
from writethru.dossier.written import DossierFormat, written
from writethru.errors import NotInArchive
from writethru.statements.agreement import Relation
from writethru.statements.evidence import Account, Read
from writethru.statements.reading import read_text

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "dossier.schema.json"
DAY = date(2031, 5, 6)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with ferry_archive(tmp_path_factory.mktemp("dossier")) as opened:
        yield opened


@pytest.fixture(scope="module")
def form(archive: Archive) -> DossierForm:
    return dossier_form(archive.dossiers.of_story(1, DAY))


def text_of(made: DossierForm, kind: DossierFormat) -> str:
    return written(made, kind, "https://record.example")[0].decode()


def test_the_form_is_what_the_schema_says(form: DossierForm) -> None:
    adapter = TypeAdapter(DossierForm)
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == adapter.json_schema()
    again = json.loads(text_of(form, "json"))
    assert adapter.validate_python(again, strict=True) == form


def test_every_sentence_is_a_slice_of_the_version_it_names(archive: Archive, form: DossierForm) -> None:
    assert len(form["evidence"]) > 10
    for one in form["evidence"]:
        _, text = archive.version(one["article"], one["version"])
        block, start, end = one["place"]
        words = {-2: text.headline, -1: text.standfirst}.get(block) or text.blocks[block].text
        assert words[start:end] == one["words"]


def test_everything_refers_to_evidence_that_is_there(form: DossierForm) -> None:
    known = found_in(form["evidence"])
    referred: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            found = value.get("evidence")
            referred.extend([found] if isinstance(found, str) else found if _names(found) else [])
            for part in value.values():
                walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    walk({name: part for name, part in form.items() if name != "evidence"})
    assert len(referred) > 20
    assert set(referred) <= set(known)


def _names(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) for one in found)


def test_disagreements_come_with_who_says_so(form: DossierForm) -> None:
    dead = next(one for one in form["figures"] if one["what"] == "people killed")
    assert dead["relation"] == "conflict"
    said = {one["written"]: one["speakers"] for one in dead["positions"]}
    assert said["about 140 people"] == ["police"]
    assert said["More than 130 people"] == ["the mayor"]
    known = found_in(form["evidence"])
    gone = next(one for one in dead["positions"] if one["written"] == "More than 160 people")["claims"][0]
    assert (known[gone["evidence"]]["stands"], known[gone["evidence"]]["last"]) == (False, 1)
    (deadline,) = form["deadlines"]
    assert [one["days"] for one in deadline["deadlines"]] == [[15, 15], [30, 30]]
    assert any(one["contested"] for one in form["blame"])


def test_an_altered_quotation_shows_the_words_that_differ(form: DossierForm) -> None:
    (one,) = form["utterances"]
    assert one["speakers"] == ["Ilse Marden"]
    (altered,) = (printing for printing in one["printings"] if printing["form"] == "altered")
    assert {(d["fullest"], d["printed"]) for d in altered["differences"]} <= {("to", "of"), ("of", "to")}


def test_commitments_are_one_ledger_and_what_became_of_them_is_cited_or_not_said(form: DossierForm) -> None:
    reports = [one for one in form["commitments"] if "inspection reports" in one["lines"][0]["words"]]
    due = {line["due"][1] if line["due"] else "" for one in reports for line in one["lines"]}
    assert due == {"2031-05-19", "2031-06-03"}
    for one in form["commitments"]:
        assert bool(one["cited"]) or one["state"] in ("open", "unknown")
    calendar = text_of(form, "ics")
    assert calendar.count("BEGIN:VEVENT") >= 1
    assert "DTSTART;VALUE=DATE:20310519" in calendar


def test_what_became_of_a_commitment_is_told_by_a_later_text_that_names_the_deed() -> None:
    promised = "The harbour board will repair the northern pier by Friday."
    done = "The harbour board repaired the northern pier on Thursday."
    beside = "The harbour board met on Thursday beside the northern pier."
    for later, state in ((done, "kept"), (beside, "unknown")):
        accounts = [account(1, "A", promised), account(2, "B", later)]
        dated = [replace(one, versions=_on(one, day)) for one, day in zip(accounts, (5, 12), strict=True)]
        groups, _ = commitment_groups(dated, date(2031, 6, 1))
        assert [one.state for one in groups] == [state]
        assert [one.words for one in groups[0].cited] == ([later] if state == "kept" else [])


def _on(one: Account, day: int) -> tuple[Read, ...]:
    written = date(2031, 5, day)
    return tuple(replace(read, written=written, reading=read_text(read.text, written)) for read in one.versions)


def test_days_are_ranked_by_independent_texts_and_told_by_one_printed_sentence(form: DossierForm) -> None:
    days = {one["day"]: one for one in form["timeline"]}
    assert len(days["2031-05-04"]["groups"]) == 2, "the copy is no second source"
    assert "Solveig" in found_in(form["evidence"])[days["2031-05-04"]["evidence"]]["words"]


def test_markdown_lists_the_days_by_independent_texts_too(form: DossierForm) -> None:
    first = form["timeline"][0]
    later = {**first, "day": "2031-05-12", "groups": ["text 1", "text 2", "text 3"]}
    told = text_of({**form, "timeline": [first, later]}, "md")
    listed = told.partition("### Days by how many independent texts name them\n")[2].partition("## ")[0]
    assert listed.split("\n")[1:3] == ["- 3: **2031-05-12**", f"- {len(first['groups'])}: **{first['day']}**"]
    assert "### Days by" not in text_of({**form, "timeline": [later]}, "md"), "one day has no order"


def test_what_only_one_has_and_what_is_open(form: DossierForm) -> None:
    known = found_in(form["evidence"])
    alone = [known[name]["words"] for name in form["alone"]]
    assert any("rescued by a fishing boat" in words for words in alone)
    assert {known[name]["article"] for name in form["alone"]} == {1, 3}, "a copy is told with what it copies"
    assert form["changes"][0]["article"] == 3


def test_each_form_is_written_and_a_page_of_it_escapes(form: DossierForm) -> None:
    markdown = text_of(form, "md")
    assert "## Disagreements" in markdown.partition("## Timeline")[0]
    assert "<script>" not in markdown
    assert "https://record.example/articles/1/versions/1" in markdown
    annotations = json.loads(text_of(form, "annotations.json"))
    assert len(annotations["items"]) == len(form["evidence"])


def test_tables_are_the_same_bytes_each_time_and_run_no_formula(form: DossierForm) -> None:
    packed = written(form, "zip", "")[0]
    assert packed == written(form, "zip", "")[0]
    risky: DossierForm = {
        **form,
        "articles": [{**form["articles"][0], "headline": "=HYPERLINK(1)"}],
        "open": {
            "dates": [{"written": "soon", "why": "not known", "evidence": "e1"}],
            "unattributed": form["counted"][:1],
        },
    }
    with zipfile.ZipFile(io.BytesIO(written(risky, "zip", "")[0])) as files:
        assert {name.removesuffix(".csv") for name in files.namelist()} == {
            "articles", "evidence", "figures", "relations", "counted", "deadlines", "blame", "quotations", "dropped",
            "timeline", "statements", "commitments", "editors", "changes", "stemma", "alone", "open", "method",
        }  # fmt: skip
        rows = list(csv.DictReader(io.StringIO(files.read("open.csv").decode())))
        assert [(row["open"], row["written"]) for row in rows] == [
            ("date", "soon"),
            ("speaker", form["counted"][0]["written"]),
        ]
        assert len(list(csv.DictReader(io.StringIO(files.read("alone.csv").decode())))) == len(form["alone"]) > 0
        (row,) = csv.DictReader(io.StringIO(files.read("articles.csv").decode()))
        assert row["headline"] == "'=HYPERLINK(1)"
        assert len(list(csv.DictReader(io.StringIO(files.read("evidence.csv").decode())))) == len(form["evidence"])


def test_the_same_story_gives_the_same_dossier(archive: Archive, form: DossierForm) -> None:
    assert archive.dossiers.of_story(1, DAY) is archive.dossiers.of_story(1, DAY)
    assert dossier_form(archive.dossiers.of_story(1, DAY)) == form
    with pytest.raises(NotInArchive):
        archive.dossiers.of_story(99)


def test_marks_of_markdown_are_escaped() -> None:
    assert escaped(f"*a*\n{HOSTILE}") == "\\*a\\* \\<script\\>alert(1)\\</script\\>"


def test_what_the_dossier_says_itself_has_one_wording_and_claims_nothing(form: DossierForm) -> None:
    markdown = text_of(form, "md")
    said = [
        *(one["in_words"] for one in (*form["figures"], *form["deadlines"], *form["blame"])),
        *(wording.sentence(one["in_words"]) for one in form["commitments"]),
        *(printing["in_words"] for one in form["utterances"] for printing in one["printings"]),
    ]
    assert len(said) > 5
    for words in said:
        assert escaped(words) in markdown
    assert "Different spans of time are printed" in form["deadlines"][0]["in_words"]
    assert not re.search(r"cannot all be true|altered:|\bbroken\b|\bconflict\b", markdown)
    assert all(one["in_words"][:1].isupper() for one in (*form["figures"], *form["deadlines"], *form["blame"]))


def test_a_quotation_is_cited_in_the_version_that_prints_all_of_it(tmp_path: Path) -> None:
    first = "“Cables do not cut themselves,” Ilse Marden said. “What was broken must be paid for by somebody.”"
    rows = [line("wire", "Wire", first, 1), line("wire", "Wire", first.replace("must", "ought to"), 2)]
    path = tmp_path / "cable.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with open_archive(url, config_for(url, tmp_path)) as opened:
        opened.import_paths([path])
        opened.analyse()
        made = opened.dossiers.form_of_story(1, DAY)
    (one,) = made["utterances"]
    assert "one text, shown once" not in text_of(made, "md")
    known = found_in(made["evidence"])
    cited = {"must" in printing["words"]: known[printing["evidence"]]["version"] for printing in one["printings"]}
    assert cited == {True: 1, False: 2}
    assert "ought to be paid for by somebody.” (Ilse Marden" in text_of(made, "md")


def test_one_text_in_two_versions_disagrees_with_nobody_and_a_copy_is_named(form: DossierForm) -> None:
    assert wording.figures(Relation.CONFLICT, {"text 1"}).endswith(wording.ONE_TEXT)
    assert wording.figures(Relation.CONFLICT, {"text 1", "text 2"}) == wording.FIGURES[Relation.CONFLICT]
    assert "Nordwire and The Aldersund Courier print one text, shown once" in text_of(form, "md")
