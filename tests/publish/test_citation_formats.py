"""Citations for reference managers: readable by their programs, complete, and no more certain than the record."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string

from tests.web.fakes import FakeArchive, Look
from tests.web.texts import article
from writethru.model import TimeBasis
from writethru.publish.citation_formats import bibtex, csl
from writethru.views import ChangeView

PERMALINK = "https://record.example/articles/1/changes/1"
CSL_TEXT = {"id", "type", "title", "container-title", "archive", "URL", "version", "note"}
CSL_TYPES = {"article-newspaper", "webpage", "article"}


def change(headline: str = "Pier shut", outlet: str = "The Harbour Courier") -> ChangeView:
    """A change of an article with this headline."""
    archive = FakeArchive()
    archive.play([Look(0, article(headline)), Look(60, article(headline, "A."))], url="https://courier.example/pier")
    view = archive.change(1, 1)
    return replace(view, summary=replace(view.summary, outlet=outlet))


def read(text: str) -> Entry:
    """The one entry of a BibTeX file, read by another program."""
    (entry,) = parse_string(text, "bibtex", min_crossrefs=99).entries.values()
    return entry


def faults(items: Any) -> list[str]:
    """What the CSL-JSON 1.0 schema (citationstyles.org, csl-data.json) would object to in the part of it we use."""
    assert isinstance(items, list)
    (item,) = items
    found = [f"{name} is no text" for name in CSL_TEXT if not isinstance(item.get(name), str)]
    found += [f"{name} is not of CSL" for name in item.keys() - CSL_TEXT - {"author", "accessed", "custom"}]
    found += [] if item["type"] in CSL_TYPES else [f"type {item['type']}"]
    found += [f"name {name}" for name in item["author"] if set(name) != {"literal"}]
    for part in item.get("accessed", {"date-parts": []})["date-parts"]:
        found += [] if len(part) == 3 and all(isinstance(number, int) for number in part) else [f"date {part}"]
    return found + ([] if isinstance(item["custom"], dict) else ["custom is no object"])


def test_bibtex_names_both_texts_and_when_they_were_seen() -> None:
    view = change()
    entry = read(bibtex(view, PERMALINK))
    assert (entry.key, entry.type) == ("courier-example-1-1", "misc")
    assert entry.fields["url"] == PERMALINK
    assert entry.fields["urldate"] == "2031-03-02"
    note = entry.fields["note"]
    for part in (view.old_version.digest, view.new_version.digest, "last seen 2031-03-02 14:05 UTC", "Observed: after"):
        assert part in note
    assert [str(person) for person in entry.persons["author"]] == ["{The Harbour Courier}"]


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@settings(max_examples=150)
def test_no_headline_breaks_bibtex_or_csl(headline: str) -> None:
    view = change(headline, outlet=headline)
    entry = read(bibtex(view, PERMALINK))
    assert entry.fields["url"] == PERMALINK
    assert entry.fields["note"].endswith("Article: https://courier.example/pier")
    assert faults(json.loads(json.dumps(csl(view, PERMALINK)))) == []


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("50% & $3 #1 a_b", r"{50\% \& \$3 \#1 a\_b}"),
        ("}} @misc{x, {", r"{\textbraceright{}\textbraceright{} @misc\textbraceleft{}x, \textbraceleft{}}"),
        ("a\\b ~ ^", r"{a\textbackslash{}b \textasciitilde{} \textasciicircum{}}"),
    ],
)
def test_signs_of_tex_are_written_out(headline: str, title: str) -> None:
    assert read(bibtex(change(headline), PERMALINK)).fields["title"] == title


def test_csl_states_the_facts_apart() -> None:
    view = change()
    (item,) = csl(view, PERMALINK)
    assert faults([item]) == []
    assert item["accessed"] == {"date-parts": [[2031, 3, 2]]}
    assert item["custom"]["old"]["sha256"] == view.old_version.digest
    assert item["custom"]["new"]["seen"] == "2031-03-02T15:05:00Z"
    assert item["custom"]["observed"].startswith("after 2031-03-02 14:05 UTC")
    assert item["custom"]["article"] == "https://courier.example/pier"


@pytest.mark.parametrize("basis", [TimeBasis.RELATIVE, TimeBasis.IMPORTED])
def test_dates_that_are_not_known_are_not_stated(basis: TimeBasis) -> None:
    view = change()
    undated = replace(
        view,
        record=view.record and replace(view.record, basis=basis),
        old_version=replace(view.old_version, basis=basis),
        new_version=replace(view.new_version, basis=basis),
    )
    assert "accessed" not in csl(undated, PERMALINK)[0]
    assert "urldate" not in read(bibtex(undated, PERMALINK)).fields
    if basis is TimeBasis.RELATIVE:
        assert csl(undated, PERMALINK)[0]["custom"]["new"]["seen"] is None


def test_two_versions_picked_by_hand_can_be_cited() -> None:
    view = replace(change(), record=None)
    assert read(bibtex(view, PERMALINK)).key == "courier-example-1-v1-v2"
    assert "first seen" in csl(view, PERMALINK)[0]["note"]
