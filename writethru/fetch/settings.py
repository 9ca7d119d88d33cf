"""Settings of the fetcher and of politeness, checked when they are made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address

from writethru.errors import ConfigError

PRODUCT = "Writethru"
"""Our product token: the name robots.txt groups are matched with (RFC 9309, 2.2.1)."""

_CONTACT = re.compile(r"[\x21-\x27\x2a-\x7e]+")
_VERSION = re.compile(r"[0-9A-Za-z.+-]+")
_ADDRESS = re.compile(r"(?:\[(?P<v6>[0-9a-fA-F:.]+)\]|(?P<v4>[0-9.]+)):(?P<port>[0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a socket connects to."""

    ip: str
    port: int

    def __str__(self) -> str:
        return f"[{self.ip}]:{self.port}" if ":" in self.ip else f"{self.ip}:{self.port}"

    @classmethod
    def parse(cls, text: str) -> Address:
        """``ip:port`` or ``[ip]:port``.

        Raises:
            ConfigError: it is neither.
        """
        match = _ADDRESS.fullmatch(text)
        try:
            if match is None or not 0 < int(match["port"]) < 65536:
                raise ValueError("not ip:port")
            return cls(str(ip_address(match["v6"] or match["v4"])), int(match["port"]))
        except ValueError as error:
            raise ConfigError("connect_to needs ip:port, as 127.0.0.1:8901 or [::1]:8901", key=text) from error


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How outlets are asked, and how much of an answer is taken.

    Attributes:
        contact: URL or mail address in the User-Agent, so that an outlet can complain; "" = none.
        version: our version in the User-Agent.
        delay_seconds: least time between two requests to one host.
        connect_seconds, read_seconds: limits of connecting (with TLS) and of one silence.
        total_seconds: limit of the whole look, all redirects included.
        max_header_bytes: status line and headers, 1xx answers included.
        max_wire_bytes: body as received, framing and compression included, per hop.
        max_body_bytes: body after content decoding.
        max_ratio: decoded bytes per payload byte, asked once ``ratio_from_bytes`` are decoded.
        max_redirects: hops after the first.
        robots_bytes: how much of a robots.txt is read (RFC 9309 asks for at least 500 KiB).
        allowed_hosts: host names or addresses that may be private.
        connect_to: host name -> ``ip:port`` to connect to instead; such a host counts as allowed.
        ca_file: PEM file trusted in addition to the system's store; "" = none.
    """

    contact: str = ""
    version: str = "0.1"
    delay_seconds: float = 5.0
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    max_header_bytes: int = 64 * 1024
    max_wire_bytes: int = 20_000_000
    max_body_bytes: int = 20_000_000
    max_ratio: float = 200.0
    ratio_from_bytes: int = 1 << 20
    max_redirects: int = 5
    robots_bytes: int = 500 * 1024
    allowed_hosts: frozenset[str] = frozenset()
    connect_to: Mapping[str, str] = field(default_factory=dict)
    ca_file: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "allowed_hosts", frozenset(host.lower() for host in self.allowed_hosts))
        object.__setattr__(self, "connect_to", {host.lower(): to for host, to in self.connect_to.items()})
        for target in self.connect_to.values():
            Address.parse(target)
        self._check_identity()
        self._check_numbers()

    def _check_identity(self) -> None:
        if self.contact and not (_CONTACT.fullmatch(self.contact) and ("@" in self.contact or "://" in self.contact)):
            raise ConfigError("contact must be a URL or a mail address, without spaces or brackets", key=self.contact)
        if not _VERSION.fullmatch(self.version):
            raise ConfigError("version must be made of letters, digits, dots", key=self.version)

    def _check_numbers(self) -> None:
        for name in ("connect_seconds", "read_seconds", "total_seconds", "max_ratio"):
            if not 0 < getattr(self, name) < float("inf"):
                raise ConfigError("must be above 0 and finite", key=f"fetch.{name}")
        for name in ("max_header_bytes", "max_wire_bytes", "max_body_bytes", "ratio_from_bytes", "robots_bytes"):
            if getattr(self, name) < 1:
                raise ConfigError("must be at least 1", key=f"fetch.{name}")
        if not 0 <= self.max_redirects <= 20:
            raise ConfigError("must be 0 to 20", key="fetch.max_redirects")
        if not 0 <= self.delay_seconds < float("inf"):
            raise ConfigError("must not be negative or infinite", key="fetch.delay_seconds")

    @property
    def user_agent(self) -> str:
        """The whole User-Agent header: product, version and contact."""
        product = f"{PRODUCT}/{self.version}"
        return f"{product} (+{self.contact})" if self.contact else product

    def override(self, host: str) -> Address | None:
        """Where ``connect_to`` sends this host, or None."""
        target = self.connect_to.get(host.lower())
        return None if target is None else _parsed_address(target)


@lru_cache(maxsize=1024)
def _parsed_address(text: str) -> Address:
    return Address.parse(text)
