"""Names of a byline one by one, with the roles the page gives them."""

from __future__ import annotations

import json

import pytest

from writethru.extraction import extract
from writethru.extraction.people import printed_people
from writethru.model import Author


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Jo Lind", [Author("Jo Lind")]),
        ("Jo Lind and Tom Rook", [Author("Jo Lind"), Author("Tom Rook")]),
        ("Jo Lind, transport editor, and Tom Rook", [Author("Jo Lind", "transport editor"), Author("Tom Rook")]),
        ("Jo Lind; Photographs: Ada Quill", [Author("Jo Lind"), Author("Ada Quill", "Photographs")]),
        ("Jo Lind. Pictures by Ada Quill", [Author("Jo Lind"), Author("Ada Quill", "Pictures")]),
        ("Jo Lind (avec Ada Quill et Tom Rook)", [Author("Jo Lind"), Author("Ada Quill"), Author("Tom Rook")]),
        ("Jo Lind (Norhaven)", [Author("Jo Lind (Norhaven)")]),
        ("Jo Lind, AFP", [Author("Jo Lind"), Author("AFP", "agency")]),
        ("Mara Elk og Ole Dahl", [Author("Mara Elk"), Author("Ole Dahl")]),
        ("", []),
    ],
)
def test_printed_names(line: str, people: list[Author]) -> None:
    assert list(printed_people(line)) == people


def page_with(stated: dict[str, object]) -> str:
    form = json.dumps({"@type": "NewsArticle", "headline": "Ferry fares to rise", **stated})
    text = "<p>Ferry fares between Norhaven and the islands will rise by a tenth in May, the operator said.</p>" * 3
    return f'<title>x</title><script type="application/ld+json">{form}</script><h1>Ferry fares to rise</h1>{text}'


def test_stated_people_keep_role_and_address() -> None:
    author = {"name": "Jo Lind", "jobTitle": "Transport editor", "url": "https://courier.test/jo-lind"}
    read = extract(page_with({"author": [author, {"name": "By Tom Rook"}], "contributor": {"name": "Ada Quill"}}))
    assert read.byline == "Jo Lind, Tom Rook"
    assert read.authors == (
        Author("Jo Lind", "Transport editor", "https://courier.test/jo-lind"),
        Author("Tom Rook"),
        Author("Ada Quill", "contributor"),
    )


def test_author_given_by_id_is_looked_up_in_the_graph() -> None:
    graph = [
        {"@type": "NewsArticle", "headline": "Ferry fares to rise", "author": {"@id": "#jo"}},
        {"@type": "Person", "@id": "#jo", "name": "Jo Lind"},
    ]
    form = json.dumps({"@graph": graph})
    read = extract(f'<script type="application/ld+json">{form}</script><h1>Ferry fares to rise</h1><p>Text.</p>')
    assert read.authors == (Author("Jo Lind"),)
