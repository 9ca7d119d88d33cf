"""A withdrawn article: hidden from every route at once, restored exactly, or destroyed for good."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from tests.safety.conftest import ADMIN, OTHER, SECRET_WORDS, STATES, URL
from writethru.archive import Archive
from writethru.errors import InputError, NotAllowed, Withdrawn
from writethru.safety.actors import Actor, Role
from writethru.storage.withheld_store import DESTROYED, KEPT
from writethru.web import WebSettings, create_app

REASON = "Order 7 of the district court"


def client_of(archive: Archive) -> TestClient:
    return TestClient(
        create_app(archive, WebSettings(base_url="https://record.example")), raise_server_exceptions=False
    )


def routes_of(router: Any, prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """The path of every GET route, with the names of what varies in it."""
    for route in router.routes:
        if hasattr(route, "original_router"):
            yield from routes_of(route.original_router, prefix + route.include_context.prefix)
        elif "GET" in (getattr(route, "methods", None) or ()):
            yield prefix + route.path, list(route.param_convertors)


def every_address(client: TestClient, words: Iterable[str]) -> list[str]:
    """Each GET route of the application with numbers in all its places, and with the words as what is asked."""
    values = {"article_id": (1, 2), "number": (1, 2, 3), "capture_id": range(1, 6), "other": (1, 2)}
    found = []
    for path, names in routes_of(client.app):
        paths = [path]
        for name in names:
            numbers = values.get(name, (1, 2))
            paths = [path.replace(f"{{{name}}}", str(number)) for path in paths for number in numbers]
            paths = [path.replace(f"{{{name}:path}}", URL) for path in paths]
        found += paths
        if not names:
            found += [f"{path}?q={word}" for path in paths for word in words]
    return [*found, "/articles/1/compare?old=1&new=2", "/api/v1/captures?article=1", "/api/v1/captures?article=2"]


class TestHidden:
    def test_no_route_has_a_word_of_it(self, archive: Archive) -> None:
        archive.analyse()
        with client_of(archive) as client:
            addresses = every_address(client, ["evening", "court"])
            before = [client.get(address, follow_redirects=False) for address in addresses]
            leaking = [one for one in before if any(word in one.text for word in SECRET_WORDS)]
            assert len(leaking) >= 15  # or this test asks in vain
            archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=False)
            archive.analyse()
            for address in addresses:
                answer = client.get(address, follow_redirects=False)
                assert answer.status_code != 500, address
                for word in SECRET_WORDS:
                    if word in address:
                        continue  # who asks by the article's address is told that nothing is at that address
                    assert word not in answer.text, (address, word)
                    assert word not in str(answer.headers), (address, word)

    @pytest.mark.parametrize(
        "path",
        ["/articles/1", "/articles/1/changes/1", "/articles/1/versions/2", "/articles/1/sentences", "/captures/1/raw"],
    )
    def test_its_pages_say_that_it_is_gone_and_why(self, sqlite_archive: Archive, path: str) -> None:
        sqlite_archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=False)
        with client_of(sqlite_archive) as client:
            page = client.get(path)
            assert page.status_code == 410
            assert REASON in page.text

    @pytest.mark.parametrize("path", ["timegate", "timemap/link", "timemap/json", "web/20310302140500"])
    def test_its_address_has_no_memento_any_more_and_says_why(self, sqlite_archive: Archive, path: str) -> None:
        with client_of(sqlite_archive) as client:
            asked = f"/{path}/{URL}"
            assert client.get(asked, follow_redirects=False).status_code != 410
            sqlite_archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=False)
            answer = client.get(asked, follow_redirects=False)
            assert (answer.status_code, REASON in answer.text) == (410, True)
            assert client.get(f"/{path}/{OTHER}", follow_redirects=False).status_code != 410

    def test_the_api_says_so_in_its_own_shape(self, sqlite_archive: Archive) -> None:
        sqlite_archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=False)
        with client_of(sqlite_archive) as client:
            answer = client.get("/api/v1/articles/1/versions/1")
            assert answer.status_code == 410
            assert answer.json()["error"]["code"] == "withdrawn"
            assert REASON in answer.json()["error"]["message"]
            assert client.get("/articles/2").status_code == 200

    def test_its_entries_are_taken_back_in_atom(self, sqlite_archive: Archive) -> None:
        """RFC 6721: a tombstone for each entry there was; the document differs, so nobody is told 304."""
        with client_of(sqlite_archive) as client:
            before = client.get("/feed.atom")
            ids = re.findall(r"<id>(tag:[^<]+article/1/change/[^<]+)</id>", before.text)
            assert len(ids) == 2
            sqlite_archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=False)
            after = client.get("/feed.atom", headers={"if-none-match": before.headers["etag"]})
            assert after.status_code == 200
            taken_back = ET.fromstring(after.content).findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
            assert sorted(one.get("ref", "") for one in taken_back) == sorted(ids)
            assert all(REASON in (one[0].text or "") for one in taken_back)
            sqlite_archive.safety.restore(ADMIN, 1)
            assert client.get("/feed.atom").text == before.text

    def test_it_is_not_taken_in_again(self, archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> None:
        archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=False)
        again = tmp_path_factory.mktemp("again") / "again.jsonl"
        line = {"url": URL, "time": "2031-03-09T14:05:00Z", "title": "Quorvane", "text": "New words of Quorvane."}
        again.write_text(json.dumps(line) + "\n", encoding="utf-8")
        report = archive.import_paths([again])
        assert report.articles == 0
        assert "withdrawn" in report.skipped[0][1]
        assert [one.error for one in archive.add([URL])] == ["its article was withdrawn from this archive"]

    def test_verify_and_rebuild_find_nothing_wrong(self, archive: Archive) -> None:
        archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=False)
        assert archive.verify().faults == ()
        assert archive.rebuild().faults == ()
        assert [row.article.url for row in archive.articles().rows] == [OTHER]


class TestRestored:
    def test_all_is_as_it_was(self, archive: Archive) -> None:
        archive.analyse()
        with client_of(archive) as client:
            paths = ["/articles/1", "/articles/1/changes/2", "/api/v1/articles/1", "/captures/1/raw", "/api/v1/changes"]
            before = [client.get(path).text for path in paths]
            archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=False)
            assert archive.safety.restore(ADMIN, 1) == [1]
            archive.analyse()
            assert [client.get(path).text for path in paths] == before
        assert archive.safety.withdrawals() == []
        assert archive.verify().faults == ()

    def test_what_is_not_withdrawn_cannot_be(self, sqlite_archive: Archive) -> None:
        with pytest.raises(Exception, match="not withdrawn"):
            sqlite_archive.safety.restore(ADMIN, 1)

    def test_twice_withdrawn_says_so(self, sqlite_archive: Archive) -> None:
        sqlite_archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=False)
        with pytest.raises(Withdrawn):
            sqlite_archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=False)


class TestDestroyed:
    def test_no_file_and_no_table_has_a_word_of_it(self, archive: Archive) -> None:
        done = archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=True)
        assert done.records == 3
        for path in archive.evidence.path.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            plain = gzip.decompress(content) if path.name.endswith(".gz") else content
            assert not [word for word in SECRET_WORDS if word.encode() in plain], path
        assert archive.store.withheld.urls_of(1) == []
        assert [one.evidence for one in archive.safety.withdrawals()] == [DESTROYED]

    def test_verify_says_how_many_and_that_it_was_on_purpose(self, archive: Archive) -> None:
        archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=True)
        report = archive.verify()
        assert report.faults == ()
        assert report.destroyed == 3
        assert "3 records destroyed on purpose, journalled" in report.sentence()
        assert archive.rebuild().faults == ()

    def test_it_can_be_decided_later(self, sqlite_archive: Archive) -> None:
        sqlite_archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=False)
        assert [one.evidence for one in sqlite_archive.safety.withdrawals()] == [KEPT]
        assert sqlite_archive.safety.withdraw(ADMIN, 1, "Order 8", destroy_evidence=True).records == 3
        with pytest.raises(Withdrawn, match="destroyed"):
            sqlite_archive.safety.restore(ADMIN, 1)

    def test_the_database_itself_was_overwritten(self, sqlite_archive: Archive) -> None:
        sqlite_archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=True)
        path = sqlite_archive.store.url.removeprefix("sqlite:///")
        sqlite_archive.close()
        from pathlib import Path

        assert not [word for word in SECRET_WORDS if word.encode() in Path(path).read_bytes()]


class TestJournalled:
    def test_who_why_and_what(self, sqlite_archive: Archive) -> None:
        sqlite_archive.safety.withdraw(ADMIN, 1, REASON, destroy_evidence=False)
        sqlite_archive.safety.restore(ADMIN, 1)
        lines = [(line.who, line.action, line.subject, line.detail) for line in sqlite_archive.safety.journal()]
        assert lines == [
            (ADMIN.name, "restore", "article 1", ""),
            (ADMIN.name, "withdraw", "article 1", f"{REASON}; evidence kept"),
        ]

    def test_only_an_admin_may(self, sqlite_archive: Archive) -> None:
        editor = Actor("user ed", Role.EDITOR)
        with pytest.raises(NotAllowed):
            sqlite_archive.safety.withdraw(editor, 1, REASON, destroy_evidence=False)
        with pytest.raises(NotAllowed):
            sqlite_archive.safety.restore(editor, 1)

    @pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
    def test_a_reason_is_needed(self, sqlite_archive: Archive, reason: str) -> None:
        with pytest.raises(InputError, match="reason"):
            sqlite_archive.safety.withdraw(ADMIN, 1, reason, destroy_evidence=False)


def test_the_material_has_its_words() -> None:
    assert all(any(word in " ".join(state) for state in STATES if state[0] == URL) for word in SECRET_WORDS)
    assert not any(word in " ".join(state) for word in SECRET_WORDS for state in STATES if state[0] == OTHER)
