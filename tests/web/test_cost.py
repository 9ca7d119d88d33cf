"""What pages, feeds and API lists ask of the database: no more of a larger archive, and never a whole table."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from tests.acceptance.conftest import config_for
from tests.storage.made import after
from tests.storage.statements import asked, read_whole
from writethru.archive import Archive, open_archive
from writethru.storage.sqlstore import SqlStore
from writethru.web import WebSettings, create_app

PATHS = (
    "/",
    "/?outlet=1",
    "/?kind=figure&outlet=1&since=2031-05-01",
    "/?order=significant",
    "/articles",
    "/articles/1",
    "/articles/1/versions",
    "/articles/1/versions/1",
    "/articles/1/changes",
    "/articles/1/changes/2",
    "/articles/1/compare?old=1&new=3",
    "/articles/1/sentences",
    "/outlets/1",
    "/search?q=ferries",
    "/feed.atom",
    "/articles/1/feed.json",
    "/outlets/1/feed.rss",
    "/kinds/figure/feed.atom",
    "/api/v1/articles",
    "/api/v1/articles/1",
    "/api/v1/articles/1/versions",
    "/api/v1/articles/1/changes",
    "/api/v1/articles/1/changes/1",
    "/api/v1/articles/1/sentences",
    "/api/v1/changes",
    "/api/v1/captures?article=1",
    "/api/v1/outlets",
    "/api/v1/search?q=ferries",
)


def versions(article: int, first: int, last: int) -> list[dict[str, Any]]:
    """States of one article, one a minute; each has another figure."""
    return [
        {
            "outlet": f"Outlet {article % 2}",
            "url": f"https://o{article % 2}.example/{article}",
            "time": after(article + 60 * number).isoformat(),
            "title": f"Ferries {article}",
            "text": f"There were {number + 4} ferries in the harbour. Nobody sank.\n\nThe mayor counted them.",
        }
        for number in range(first, last)
    ]


def import_(archive: Archive, folder: Path, rows: list[dict[str, Any]]) -> None:
    """Put states into an archive, with its search index."""
    path = folder / f"{len(rows)}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    archive.import_paths([path])


def asked_by(client: TestClient, store: SqlStore, path: str) -> list[tuple[str, Any]]:
    """The statements of one answer; those of the contents of feed entries, which are kept, are asked for first."""
    somebody = {"cookie": "known=1"}  # whoever sends a cookie gets no kept answer
    assert client.get(path, headers=somebody).status_code == 200, path
    with asked(store._database) as statements:
        assert client.get(path, headers=somebody).status_code == 200
    assert statements, path
    return statements


def test_a_larger_archive_is_not_asked_more(store_url: str, tmp_path: Path) -> None:
    with open_archive(store_url, config_for(store_url, tmp_path)) as archive:
        assert isinstance(archive.store, SqlStore)
        client = TestClient(create_app(archive, WebSettings(base_url="https://record.example")))
        import_(archive, tmp_path, [row for n in (1, 2) for row in versions(n, 0, 3)])
        small = {path: asked_by(client, archive.store, path) for path in PATHS}
        import_(archive, tmp_path, [row for n in range(3, 9) for row in versions(n, 0, 3)] + versions(1, 3, 6))
        large = {path: asked_by(client, archive.store, path) for path in PATHS}
        grown = {path: (len(small[path]), len(large[path])) for path in PATHS if len(large[path]) > len(small[path])}
        assert not grown, {path: Counter(sql[:90] for sql, _ in large[path]).most_common(3) for path in grown}
        whole = {path: read_whole(archive.store._database, statements) for path, statements in large.items()}
        found = {path: plans for path, plans in whole.items() if plans}
        assert not found, "\n\n".join(f"{path}\n{plan}" for path, plans in found.items() for plan in plans)
