"""`watch --once` asks hosts at the same time, as the loop that goes on does, and reports the same whoever was first."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

from tests.acceptance.conftest import config_for
from tests.fetch.servers import PATIENCE, Connection, serving
from writethru.archive import Archive, open_archive
from writethru.text.urls import canonical

HOSTS = ("gazette.example", "post.example", "sentinel.example")
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
FAILED = b"HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n"


def archive_at(url: str, folder: Path, port: int) -> Archive:
    connect = tuple(f"{host}=127.0.0.1:{port}" for host in HOSTS)
    return open_archive(url, config_for(url, folder, connect_to=connect, delay_seconds=0.0))


def follow(archive: Archive, url: str) -> None:
    now, address = datetime.now(UTC), canonical(url)
    host = address.split("/")[2]
    archive.store.add_article(address, host=host, outlet_id=None, at=now, next_look_at=now, reason="new")


def test_no_host_waits_for_another(store_url: str, tmp_path: Path) -> None:
    """No answer comes before all three hosts have been asked: one after the other, none would ever."""
    together = Barrier(len(HOSTS), timeout=PATIENCE)

    def answer(connection: Connection) -> None:
        if connection.path == "/robots.txt":
            connection.say(NOT_FOUND)
            return
        together.wait()
        connection.say(FAILED if b"Host: post.example" in connection.request else NOT_FOUND)

    with serving(answer) as server, archive_at(store_url, tmp_path, server.port) as archive:
        for host in HOSTS:
            follow(archive, f"http://{host}/news")
        report = archive.watch_once()
        assert report.looks == len(HOSTS)
        assert list(report.to_dict()["outcomes"].items()) == [("error", 1), ("gone", 2)]
        later = datetime.now(UTC)
        due = archive.store.claim_due("another", later, until=later, hosts=9, per_host=9)
        assert not due, "nothing is due any more"
        assert all(archive.store.lease_host("another", host, later, until=later) for host in HOSTS), "nothing is leased"


def test_a_host_with_more_than_one_lease_holds_is_looked_at_to_the_end(sqlite_made: Path, tmp_path: Path) -> None:
    with (
        serving(NOT_FOUND) as server,
        archive_at(str(tmp_path / "writethru.db"), tmp_path, server.port) as archive,
    ):
        for number in range(45):
            follow(archive, f"http://{HOSTS[0]}/news/{number}")
        assert archive.watch_once().looks == 45
        assert server.most_in_flight == 1
