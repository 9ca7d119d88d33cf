"""JSON forms: complete, typed as documented, times with Z."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter

from tests.web.fakes import FakeArchive
from tests.web.texts import ordinary, whole_archive
from writethru.api import json_forms as forms
from writethru.api import watch_forms
from writethru.model import EvidenceRef, Source, SourceKind

ARCHIVE = whole_archive()


def check(form: object, kind: Any) -> None:
    """Against the documented type, strictly, after a round trip through JSON."""
    assert TypeAdapter(kind).validate_json(json.dumps(form), strict=True) == form


@pytest.mark.parametrize("article_id", sorted(ARCHIVE.played))
def test_forms_of_an_article_are_as_documented(article_id: int) -> None:
    view = ARCHIVE.article(article_id)
    check(forms.article_form(view.summary), forms.ArticleForm)
    for version in view.versions:
        check(forms.version_form(version), forms.VersionForm)
    for appearance in view.appearances:
        check(forms.appearance_form(appearance), forms.AppearanceForm)
    for row in view.changes:
        check(forms.change_form(row), forms.ChangeForm)
    for capture in view.captures:
        check(watch_forms.capture_form(capture), watch_forms.CaptureForm)


def test_forms_of_whole_texts_are_as_documented() -> None:
    archive = FakeArchive()
    article_id = ordinary(archive)
    check(forms.version_text_form(*archive.version(article_id, 1)), forms.VersionTextForm)
    detail = forms.change_detail_form(archive.change(article_id, 1))
    assert detail["difference"]["edits"]
    check(detail, forms.ChangeDetailForm)
    check(forms.change_detail_form(archive.compare_versions(article_id, 1, 3)), forms.ChangeDetailForm)


def test_forms_of_the_whole_archive_are_as_documented() -> None:
    check(watch_forms.status_form(ARCHIVE.status()), watch_forms.StatusForm)
    for outlet in ARCHIVE.outlets():
        check(watch_forms.outlet_form(outlet), watch_forms.OutletForm)
    source = Source(1, SourceKind.FEED, "https://a.example/feed", None, datetime(2031, 1, 2, tzinfo=UTC))
    check(watch_forms.source_form(source), watch_forms.SourceForm)


def test_article_form_has_the_keys_that_others_rely_on() -> None:
    promised = (
        "id headline url outlet byline published modified first_seen last_seen versions changes captures notes "
        "next_look_at next_look_reason retired_at last_outcome last_reason"
    )
    assert set(promised.split()) <= set(forms.ArticleForm.__annotations__)


def test_every_time_is_utc_with_z() -> None:
    text = json.dumps([forms.article_form(ARCHIVE.article(5).summary), forms.change_form(ARCHIVE.changes().rows[0])])
    times = re.findall(r'"(\d{4}-\d\d-\d\dT[^"]*)"', text)
    assert len(times) >= 5
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", time) for time in times)


def test_evidence_says_where_the_record_stands() -> None:
    capture = ARCHIVE.captures(1)[0]
    look = replace(capture.look, evidence=EvidenceRef("a.warc.gz", 12, 345, "<urn:uuid:0>"))
    form = watch_forms.capture_form(replace(capture, look=look))
    assert form["evidence"] == {"file": "a.warc.gz", "offset": 12, "length": 345, "record_id": "<urn:uuid:0>"}
