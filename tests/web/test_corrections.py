"""Editors correct what was read, from the page and by token; readers and other sites cannot; it is journalled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.dossier.told import ferry_archive
from tests.safety.conftest import ADMIN, _cheap_hashes  # noqa: F401 (the fixture)
from tests.web.accessible import faults
from writethru.archive import Archive
from writethru.errors import NotInArchive
from writethru.safety.actors import Role
from writethru.web import WebSettings, create_app

PASSWORD = "a ferry to Skerry Island"
BASE = "https://record.example"
PAGE = "/articles/1/versions/1/statements"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with ferry_archive(tmp_path_factory.mktemp("corrections")) as opened:
        for name, role in (("rae", Role.READER), ("ed", Role.EDITOR)):
            opened.safety.add_user(ADMIN, name, role, PASSWORD)
        yield opened


@pytest.fixture
def client(archive: Archive) -> Iterator[TestClient]:
    """No correction holds any more after it: the archive is that of all these tests, in any order."""
    app = create_app(archive, WebSettings(base_url=BASE))
    with TestClient(app, base_url=BASE, raise_server_exceptions=False, follow_redirects=False) as made:
        yield made
    for article in archive.articles().rows:
        for kept in archive.statements.corrections(article.article.id):
            with suppress(NotInArchive):  # withdrawn, or its counterpart was just now
                archive.statements.withdraw_correction(kept.id, "test")


def sign_in(client: TestClient, name: str) -> str:
    assert client.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303
    found = re.search(r'name="key" value="([0-9a-f]{64})"', client.get(PAGE).text)
    assert found is not None
    return found[1]


def form(key: str, **fields: str) -> dict[str, str]:
    return {"key": key, "kind": "said", "place": "0:86", "field": "speaker", "value": "the harbour police",
            "reason": "named below", **fields}  # fmt: skip


def test_an_editor_corrects_it_and_the_dossier_says_so(client: TestClient, archive: Archive) -> None:
    said = next(one for one in archive.statements.of_version(1, 1).reading.said if one.content[0].block == 2)
    place = f"{said.content[0].block}:{said.content[0].start}"
    assert "Correct or reject" not in client.get(PAGE).text
    key = sign_in(client, "ed")
    page = client.get(PAGE)
    assert faults(page.text) == []
    assert f'value="{place}"' in page.text
    assert client.post(PAGE, data=form(key, place=place)).status_code == 303
    shown = client.get(PAGE).text
    assert "<bdi>the speaker is set to “the harbour police”</bdi>" in shown
    assert "holds for this version" in shown
    told = client.get("/stories/1/dossier").text
    assert faults(told) == []
    assert "the speaker is set to “the harbour police”</bdi>, by <bdi>user ed</bdi>" in told
    (line,) = client.get("/api/v1/stories/1/dossier").json()["editors"]
    assert (line["by"], line["value"], line["reason"]) == ("user ed", "the harbour police", "named below")
    corrected = [one for one in client.get("/api/v1/stories/1/dossier").json()["evidence"] if one["corrections"]]
    assert {one["speaker"] for one in corrected} == {"the harbour police", ""}, (
        "also where it is cited without a speaker"
    )
    assert all(one["article"] == 1 and one["corrections"] == [line["number"]] for one in corrected)
    markdown = client.get("/stories/1/dossier.md").text
    assert f"- Correction {line['number']}, said “" in markdown
    assert f"read as in editors’ correction {line['number']})" in markdown
    noted = next(one for one in archive.safety.journal() if one.action == "correct")  # the newest first
    assert (noted.who, noted.subject) == ("user ed", "article 1")
    kept = max(archive.statements.corrections(1), key=lambda one: one.id)
    assert client.post(f"/corrections/{kept.id}/withdraw", data={"key": key, "version": "1"}).status_code == 303
    assert "the harbour police" not in client.get("/stories/1/dossier").text
    assert "withdrawn by <bdi>user ed</bdi>" in client.get(PAGE).text


def test_who_may_not_does_not(client: TestClient, archive: Archive) -> None:
    before = len(archive.statements.corrections(1))
    assert client.post(PAGE, data=form("")).status_code == 401
    key = sign_in(client, "rae")
    assert client.post(PAGE, data=form(key)).status_code == 403
    assert client.post(PAGE, data=form("0" * 64)).status_code == 403
    elsewhere = {"origin": "https://elsewhere.example"}
    assert client.post(PAGE, data=form(key), headers=elsewhere).status_code == 403
    assert len(archive.statements.corrections(1)) == before


def test_a_token_corrects_too(client: TestClient, archive: Archive) -> None:
    _, secret = archive.safety.add_token(ADMIN, "desk", Role.EDITOR)
    figure = client.get(f"/api/v1{PAGE}").json()["figures"][0]
    posted = {"kind": "figure", "place": figure["place"], "reason": "counted twice"}
    path = f"/api/v1{PAGE}/corrections"
    assert client.post(path, json=posted).status_code == 401
    bearer = {"authorization": f"Bearer {secret}"}
    kept = client.post(path, json=posted, headers=bearer)
    assert (kept.status_code, kept.json()["field"], kept.json()["words"]) == (200, "", figure["words"])
    assert figure not in client.get(f"/api/v1{PAGE}").json()["figures"]
    assert client.post(path, json={**posted, "place": []}, headers=bearer).status_code == 400
    number = kept.json()["id"]
    assert client.post(f"/api/v1/corrections/{number}/withdraw", headers=bearer).json()["withdrawn_by"] == "token desk"
    assert client.post(f"/api/v1/corrections/{number}/withdraw", headers=bearer).status_code == 404


def test_blame_is_corrected_and_rejected(client: TestClient, archive: Archive) -> None:
    blame = client.get(f"/api/v1{PAGE}").json()["blame"][0]
    key = sign_in(client, "ed")
    fields = {"kind": "blame", "place": ":".join(map(str, blame["place"][:2]))}
    assert client.post(PAGE, data=form(key, **fields, field="accused", value="the pump makers")).status_code == 303
    told = client.get("/stories/1/dossier").text
    assert faults(told) == []
    assert "<bdi>the pump makers</bdi>" in told
    assert "who is accused is set to “the pump makers”</bdi>, by <bdi>user ed</bdi>" in told
    assert client.get(f"/api/v1{PAGE}").json()["blame"][0]["accused"] == "the pump makers"
    before = {one["evidence"] for row in dossier(client)["blame"] for one in row["accusations"]}
    assert client.post(PAGE, data=form(key, **fields, field="", value="")).status_code == 303
    assert blame["words"] not in [one["words"] for one in client.get(f"/api/v1{PAGE}").json()["blame"]]
    assert len(before) > len({one["evidence"] for row in dossier(client)["blame"] for one in row["accusations"]})


def dossier(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/stories/1/dossier").json()
    return found


def test_two_quotations_are_ruled_apart_and_one_again(client: TestClient, archive: Archive) -> None:
    utterance = next(one for one in dossier(client)["utterances"] if len(one["printings"]) > 1)
    one, other = utterance["printings"][:2]
    count = len(dossier(client)["utterances"])
    key = sign_in(client, "ed")
    offered = client.get("/stories/1/dossier?fold=no").text
    assert faults(offered) == []
    assert f'<option value="{other["ref"]}">' in offered
    version, _, place = one["ref"].partition(":")
    page = f"/articles/{version.replace('/', '/versions/')}/statements"
    fields = {"kind": "quotation", "place": place, "field": "apart", "value": other["ref"]}
    assert client.post(page, data=form(key, **fields)).status_code == 303
    after = dossier(client)
    assert not any({one["ref"], other["ref"]} <= {p["ref"] for p in u["printings"]} for u in after["utterances"])
    ruled = [line for line in after["editors"] if line["kind"] == "quotation"]
    assert {line["field"] for line in ruled} == {"apart"}
    assert len({line["article"] for line in ruled}) == len(ruled) == 2
    article = other["ref"].partition("/")[0]
    assert f"not the same utterance as a quotation in article {article}" in client.get(page).text
    assert client.post(f"/corrections/{ruled[0]['number']}/withdraw", data={"key": key}).status_code == 303
    assert len(dossier(client)["utterances"]) == count, "its counterpart went with it"
    assert [line for line in dossier(client)["editors"] if line["kind"] == "quotation"] == []


def test_a_commitment_is_corrected_where_it_is_listed(client: TestClient, archive: Archive) -> None:
    bound = archive.statements.of_version(3, 1).reading.bound[0]
    page = "/articles/3/versions/1/statements"
    key = sign_in(client, "ed")
    fields = {"kind": "commitment", "place": f"{bound.deed.block}:{bound.deed.start}", "field": "due"}
    assert f'value="{fields["place"]}"' in client.get(page).text
    assert client.post(page, data=form(key, **fields, value="2031-06-09")).status_code == 303
    lines = [one for group in client.get("/api/v1/stories/1/dossier").json()["commitments"] for one in group["lines"]]
    assert ["2031-06-09", "2031-06-09"] in [one["due"] for one in lines]
    assert "the day on which it falls due is set to “2031-06-09”" in client.get("/stories/1/dossier").text
