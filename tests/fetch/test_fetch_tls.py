"""TLS: what was agreed is recorded, and a certificate that is not valid is an outcome."""

from __future__ import annotations

import pytest

from tests.fetch.servers import HOST, TLS, ok, serving
from writethru.errors import BrokenResponse, FetchTimeout
from writethru.fetch import Fetcher, FetchSettings, received

TRUSTED = str(TLS / "harbour-courier.pem")


def test_version_and_cipher_are_recorded() -> None:
    with serving(ok(b"safe"), tls=True) as server:
        settings = FetchSettings(connect_to={HOST: server.address}, ca_file=TRUSTED)
        exchange = Fetcher(settings).get(f"https://{HOST}/")
    assert exchange.body == b"safe"
    assert exchange.last.tls is not None
    assert exchange.last.tls.version == "TLSv1.3"
    assert exchange.last.tls.cipher.startswith("TLS_")
    assert exchange.last.request.startswith(b"GET / HTTP/1.1\r\n")


@pytest.mark.parametrize(
    ("host", "ca_file", "message"),
    [(HOST, "", "certificate is not valid: self"), ("other.example", TRUSTED, "certificate is not valid: Hostname")],
)
def test_a_certificate_that_is_not_valid_is_an_outcome(host: str, ca_file: str, message: str) -> None:
    with serving(ok(b"safe"), tls=True) as server:
        fetcher = Fetcher(FetchSettings(connect_to={host: server.address}, ca_file=ca_file))
        with pytest.raises(BrokenResponse, match=message) as caught:
            fetcher.get(f"https://{host}/")
    kept = received(caught.value)
    assert kept is not None
    assert kept.last.peer == server.address
    assert kept.last.request == b""


def test_a_server_that_speaks_no_tls_is_an_outcome() -> None:
    with serving(b"") as server:
        settings = FetchSettings(connect_to={HOST: server.address}, connect_seconds=0.3)
        with pytest.raises((BrokenResponse, FetchTimeout)):
            Fetcher(settings).get(f"https://{HOST}/")
