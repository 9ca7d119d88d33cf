"""Two hosts, a folder each and one S3-compatible cold storage: a local server, where moto and s3fs are installed."""

from __future__ import annotations

import socket
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.evidence.made import NOW, exchange, ok
from writethru.errors import EvidenceError
from writethru.evidence import EvidenceFolder
from writethru.evidence.cold import ColdStore, store_at

pytest.importorskip("s3fs", reason="S3 IS NOT TESTED: install writethru[cold] and moto[server]")
server = pytest.importorskip("moto.server", reason="S3 IS NOT TESTED: install writethru[cold] and moto[server]")

pytestmark = pytest.mark.filterwarnings("ignore")  # theirs, not ours
BUCKET = "evidence"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a bucket in a server of this test's own."""
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    host, port = running.get_host_and_port()
    urllib.request.urlopen(urllib.request.Request(f"http://{host}:{port}/{BUCKET}", method="PUT")).close()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    yield f"s3://{BUCKET}/news"
    running.stop()


def host(folder: Path, cold: ColdStore | None) -> EvidenceFolder:
    """The evidence of one host; its files bear its name."""
    return EvidenceFolder(folder, clock=lambda: NOW, cold=cold)


def test_what_one_host_has_sent_the_other_reads_and_verifies(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (host(tmp_path / name, store_at(bucket)) for name in ("one", "two"))
    refs = []
    for number, folder in enumerate((one, two)):
        monkeypatch.setattr(socket, "gethostname", lambda name=folder.path.name: name)
        with folder.writer() as writer:
            for hour in range(3):
                body = f"host {number}, hour {hour}".encode()
                refs.append(writer.add_exchange(exchange(ok(body), at=NOW + timedelta(hours=hour))))
        folder.all_recorded(folder.unrecorded())
    assert [len(folder.send(free=True).freed) for folder in (one, two)] == [1, 1]
    assert one.files() == two.files() == []
    for reader in (one, two, host(tmp_path / "three", store_at(bucket))):
        assert [reader.read(ref).payload for ref in refs] == [
            f"host {number}, hour {hour}".encode() for number in range(2) for hour in range(3)
        ]
    assert [(folder.verify().faults, folder.verify().cold) for folder in (one, two)] == [((), 1)] * 2
    assert len(one.recall()) == 1
    assert one.verify().faults == ()
    with pytest.raises(EvidenceError):
        host(tmp_path / "alone", None).read(refs[0])
