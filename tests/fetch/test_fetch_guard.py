"""No stranger's page, redirect or DNS answer leads us to a private address."""

from __future__ import annotations

import socket

import pytest

from tests.fetch.servers import HOST, ok, serving
from writethru.errors import FetchError, FetchTimeout, RefusedAddress
from writethru.fetch import Fetcher, FetchSettings, guard

PRIVATE = [
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.7",
    "198.18.0.1",
    "224.0.0.251",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2001::1",
    "2001:db8::1",
    "3fff::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "100::1",
    "5f00::1",
    "not an address",
]
PUBLIC = ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "2002:101:101::1", "64:ff9b::101:101", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused(address: str) -> None:
    assert not guard.globally_routable(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_not(address: str) -> None:
    assert guard.globally_routable(address)


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Let every host name resolve to these addresses."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in answers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: found)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]:8000/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://localhost/",
        "http://user:pass@127.0.0.1/",
    ],
)
def test_a_private_url_is_refused_in_every_spelling(url: str) -> None:
    with pytest.raises(RefusedAddress, match="not globally routable"):
        Fetcher(FetchSettings()).get(url)


def test_a_name_that_resolves_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "10.0.0.8")
    with pytest.raises(RefusedAddress, match=r"inside\.example is at 10\.0\.0\.8"):
        Fetcher(FetchSettings()).get("http://inside.example/")


def test_of_mixed_answers_only_the_public_are_tried() -> None:
    assert guard.permitted("mixed.example", ["10.0.0.8", "1.1.1.1"], frozenset()) == ["1.1.1.1"]


def test_a_second_dns_answer_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebinding: the socket goes to the address that was checked, not to the name again."""
    answers = iter(["1.1.1.1", "127.0.0.1"])
    connected: list[tuple[str, int]] = []

    def refuse(sock: socket.socket, address: tuple[str, int]) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *args, **named: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 80))]
    )
    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(FetchError, match="cannot connect"):
        Fetcher(FetchSettings()).get("http://rebinding.example/")
    assert connected == [("1.1.1.1", 80)]


def test_a_redirect_to_a_private_address_is_refused() -> None:
    with serving(b"HTTP/1.1 302 F\r\nContent-Length: 0\r\nLocation: http://169.254.169.254/latest\r\n\r\n") as server:
        with pytest.raises(RefusedAddress, match=r"169\.254\.169\.254"):
            Fetcher(FetchSettings(connect_to={HOST: server.address})).get(f"http://{HOST}/")
        assert len(server.requests) == 1


def test_a_host_that_the_user_allowed_is_asked() -> None:
    with serving(ok(b"at home")) as server:
        fetcher = Fetcher(FetchSettings(allowed_hosts=frozenset({"LocalHost"})))
        assert fetcher.get(f"http://localhost:{server.port}/").body == b"at home"


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "http://a.example:0/"]
)
def test_other_schemes_and_port_0_are_refused(url: str) -> None:
    with pytest.raises(RefusedAddress):
        Fetcher(FetchSettings()).get(url)


@pytest.mark.parametrize(
    "url",
    ["http:///path", "http://", "http://a b/", "http://[::1/", "http://x.example:99999/", "http://-\u2603.\u2603/ \0"],
)
def test_what_is_no_url_is_an_error(url: str) -> None:
    with pytest.raises(FetchError):
        Fetcher(FetchSettings()).get(url)


def test_a_resolver_that_never_answers_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    released = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: released.wait(5) and [])
    try:
        with pytest.raises(FetchTimeout, match="no DNS answer"):
            guard.resolve("slow.example", 80, 0.05)
    finally:
        released.set()


def test_a_name_that_does_not_exist_is_a_connection_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **named: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(FetchError, match="does not resolve"):
        Fetcher(FetchSettings()).get("http://nowhere.example/")
