"""A dossier on paper: the PDF has the text, numbered pages and sources, and fetches nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from html import unescape
from unittest import mock

import pytest
from starlette.testclient import TestClient

from tests.dossier.told import HOSTILE, ferry_archive
from writethru.archive import Archive
from writethru.dossier.schema import DossierForm
from writethru.errors import ConfigError, InputError
from writethru.web import WebSettings, create_app
from writethru.web.paper import MOST_SENTENCES, paper_html, to_pdf
from writethru.web.rendering import Renderer

HEBREW = "\u05d4\u05de\u05e2\u05d1\u05d5\u05e8\u05ea"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with ferry_archive(tmp_path_factory.mktemp("paper")) as opened:
        yield opened


@pytest.fixture(scope="module")
def form(archive: Archive) -> DossierForm:
    return archive.dossiers.form_of_story(1, date(2031, 5, 6))


@pytest.fixture(scope="module")
def html(form: DossierForm) -> str:
    return paper_html(
        Renderer(WebSettings()), {**form, "title": f"{form['title']} {HEBREW}"}, "https://record.example/"
    )


def test_paper_is_whole_escaped_and_numbers_its_sources(form: DossierForm, html: str) -> None:
    assert HOSTILE not in html
    assert "<details" not in html
    assert "<form" not in html
    for one in form["evidence"]:
        assert f'<li id="{one["id"]}">' in html
        assert f'href="#{one["id"]}"' in html
    assert "https://record.example/articles/1/versions/1" in html


def test_the_pages_can_be_read_back_and_nothing_was_fetched(html: str) -> None:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        pytest.skip(f"WEASYPRINT OR PANGO ABSENT: {error}")
    from pypdf import PdfReader

    hostile = html.replace(
        "<body>", '<body><img src="http://127.0.0.1:9/x.png"><link rel="stylesheet" href="file:///etc/passwd">'
    )
    with mock.patch("urllib.request.OpenerDirector.open", side_effect=AssertionError("fetched")):
        pages = PdfReader(io.BytesIO(to_pdf(hostile))).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert len(pages) > 1
    assert f"1 of {len(pages)}" in text
    assert "More than 160 people" in text
    assert "https://record.example/articles/1/versions/1" in text
    assert HEBREW in text or HEBREW[::-1] in text


def test_what_is_too_long_is_refused_before_it_is_set(form: DossierForm) -> None:
    many = form["evidence"] * (MOST_SENTENCES // len(form["evidence"]) + 1)
    with pytest.raises(InputError, match="too many for paper"):
        paper_html(Renderer(WebSettings()), {**form, "evidence": many}, "")


def test_without_the_extra_it_says_what_to_install() -> None:
    with mock.patch.dict("sys.modules", {"weasyprint": None}), pytest.raises(ConfigError, match=r"writethru\[pdf\]"):
        to_pdf("<p>x</p>")


def test_the_page_links_to_paper_only_where_it_can_be_set(archive: Archive) -> None:
    app = create_app(archive, WebSettings())
    with TestClient(app, raise_server_exceptions=False) as client:
        with mock.patch("writethru.web.dossier.find_spec", return_value=None):
            assert "dossier.pdf" not in client.get("/stories/1/dossier").text
        with mock.patch("writethru.web.dossier.find_spec", return_value=object()):
            assert '<a href="/stories/1/dossier.pdf">PDF</a>' in client.get("/stories/1/dossier").text
        with mock.patch.dict("sys.modules", {"weasyprint": None}):
            answer = client.get("/stories/1/dossier.pdf", headers={"accept": "application/json"})
        assert answer.status_code == 501
        assert "pip install 'writethru[pdf]'" in unescape(answer.text)
        with mock.patch("writethru.web.paper.to_pdf", return_value=b"%PDF-1.7"):
            made = client.get("/stories/1/dossier.pdf")
        assert (made.headers["content-type"], made.content) == ("application/pdf", b"%PDF-1.7")
        assert client.get("/stories/99/dossier.pdf").status_code == 404


def test_one_dossier_is_set_at_a_time(archive: Archive) -> None:
    with (
        mock.patch("writethru.web.paper.Lock", return_value=mock.Mock(acquire=mock.Mock(return_value=False))),
        TestClient(create_app(archive, WebSettings()), raise_server_exceptions=False) as client,
    ):
        assert client.get("/stories/1/dossier.pdf").status_code == 503
