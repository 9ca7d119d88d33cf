"""Time stamps: asked of an authority on this machine (``openssl ts``), kept, shown, and never believed blindly."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.evidence.made import PAGE, exchange, ok
from writethru.errors import ConfigError, EvidenceError, FetchError
from writethru.evidence import EvidenceFolder, der
from writethru.evidence.stamps import imprint_of, query, read_stamp
from writethru.watch.stamping import signature_fault, stamp_days

START = datetime(2026, 9, 11, 12, tzinfo=UTC)
SETTINGS = """
[ tsa ]
default_tsa = one
[ one ]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/ca.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
"""


def openssl(*args: object) -> bytes:
    """Run it; its standard output."""
    return subprocess.run(["openssl", *map(str, args)], capture_output=True, check=True).stdout


def certificate(name: str, key: Path, place: Path) -> None:
    """A fresh root certificate."""
    made = ("-newkey", "rsa:2048", "-nodes", "-keyout", key, "-days", 3650, "-subj", f"/CN={name}")
    openssl("req", "-x509", *made, "-out", place)


@dataclass(frozen=True)
class Authority:
    """A time-stamp authority that answers at ``url``; ``ca`` is its root certificate."""

    url: str
    ca: Path
    folder: Path


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    """A fresh authority; skipped, loudly, where openssl is absent."""
    if shutil.which("openssl") is None:
        pytest.skip("OPENSSL IS MISSING (Debian: apt-get install openssl): time stamps were not tested")
    folder = tmp_path_factory.mktemp("tsa")
    certificate("Harbour Time Root", folder / "ca.key", folder / "ca.pem")
    openssl(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        folder / "tsa.key",
        "-out",
        folder / "tsa.csr",
        "-subj",
        "/CN=Harbour Time",
    )
    (folder / "usage").write_text("extendedKeyUsage = critical,timeStamping\n")
    signed = ("-CA", folder / "ca.pem", "-CAkey", folder / "ca.key", "-CAcreateserial", "-days", 3650)
    openssl(
        "x509", "-req", "-in", folder / "tsa.csr", *signed, "-extfile", folder / "usage", "-out", folder / "tsa.pem"
    )
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(SETTINGS.format(folder=folder))

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = folder / "asked.tsq"
            asked.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            answer = b"<html>Gone</html>" if self.path == "/garbage" else b""
            if self.path == "/other":
                asked.write_bytes(query("f" * 64, 7))
            if not answer:
                answer = openssl("ts", "-reply", "-config", folder / "tsa.cnf", "-queryfile", asked)
            self.send_response(503 if self.path == "/down" else 200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Authority(f"http://127.0.0.1:{server.server_port}", folder / "ca.pem", folder)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def evidence(tmp_path: Path) -> EvidenceFolder:
    """Two days, the first one sealed."""
    now = [START]
    folder = EvidenceFolder(tmp_path / "evidence", clock=lambda: now[0])
    for _ in range(2):
        with folder.writer() as writer:
            writer.add_exchange(exchange(ok(PAGE), at=now[0]))
        now[0] += timedelta(days=1)
    return folder


def test_a_sealed_day_is_stamped_once_and_shown(evidence: EvidenceFolder, authority: Authority) -> None:
    assert stamp_days(evidence, authority.url) == ["2026-09-11"]
    assert stamp_days(evidence, authority.url) == []
    report = evidence.verify()
    assert report.ok
    stamp = report.stamps["2026-09-11"]
    root = evidence.ledger().seals["2026-09-11"].root
    assert stamp.imprint == imprint_of(root)
    assert (stamp.policy, abs(stamp.at - datetime.now(UTC)) < timedelta(minutes=5)) == ("1.2.3.4.1", True)
    assert signature_fault(evidence.path, "2026-09-11", root, authority.ca) == ""


def test_a_signature_is_checked(evidence: EvidenceFolder, authority: Authority, tmp_path: Path) -> None:
    stamp_days(evidence, authority.url)
    root = evidence.ledger().seals["2026-09-11"].root
    (place,) = (evidence.path / "stamps").iterdir()
    whole = place.read_bytes()
    place.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert "its signature is not good" in signature_fault(evidence.path, "2026-09-11", root, authority.ca)
    place.write_bytes(whole)
    certificate("Another Root", tmp_path / "k", tmp_path / "ca")
    assert "its signature is not good" in signature_fault(evidence.path, "2026-09-11", root, tmp_path / "ca")
    with pytest.raises(ConfigError, match="no such file"):
        signature_fault(evidence.path, "2026-09-11", root, tmp_path / "absent")


def test_a_stamp_of_another_root_is_a_fault(evidence: EvidenceFolder, authority: Authority) -> None:
    stamp_days(evidence, authority.url)
    (place,) = (evidence.path / "stamps").iterdir()
    place.rename(place.with_name("2026-09-12.tsr"))
    (fault,) = evidence.verify().faults
    assert "the ledger's root of 2026-09-12 is not the one that was stamped" in fault.message
    place.with_name("2026-09-12.tsr").write_bytes(b"\x30\x80")
    (fault,) = evidence.verify().faults
    assert fault.file == "stamps/2026-09-12.tsr"


@pytest.mark.parametrize(
    ("path", "error"), [("/garbage", EvidenceError), ("/other", EvidenceError), ("/down", FetchError)]
)
def test_an_authority_that_misbehaves_is_refused(
    evidence: EvidenceFolder, authority: Authority, path: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        stamp_days(evidence, authority.url + path)
    assert evidence.verify().stamps == {}


def test_only_http(evidence: EvidenceFolder) -> None:
    for address in ("", "file:///etc/passwd", "ftp://x.example"):
        with pytest.raises(ConfigError):
            stamp_days(evidence, address)


@pytest.mark.parametrize("length", [0, 1, 127, 128, 255, 256, 70_000])
def test_der_round_trip(length: int) -> None:
    raw = der.write(der.SEQUENCE, der.write_integer(2**63 + length), der.write(der.OCTETS, b"x" * length))
    number, content = der.read(raw).parts()
    assert der.integer(number) == 2**63 + length
    assert content.content == b"x" * length


def test_a_damaged_answer_is_an_error_never_a_crash(evidence: EvidenceFolder, authority: Authority) -> None:
    stamp_days(evidence, authority.url)
    (place,) = (evidence.path / "stamps").iterdir()
    whole = place.read_bytes()
    for at in range(400):
        for spoilt in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            try:
                read_stamp(spoilt)
            except EvidenceError:
                continue
