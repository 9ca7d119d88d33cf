"""URLs as they are asked for: a scheme, a host, a port and a request target in ASCII. Pure."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from writethru.errors import FetchError, RefusedAddress

_PORTS = {"http": 80, "https": 443}
_KEPT = "!$&'()*+,;=:@/?%~-._[]|"
_HOST = re.compile(r"[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\]")
_MAX_URL = 8192


@dataclass(frozen=True, slots=True)
class Target:
    """One address on the web.

    Attributes:
        scheme: ``http`` or ``https``.
        host: lower case, IDNA; an IPv6 address in brackets.
        path: path and query, percent-encoded.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The Host header: without the port where it is the scheme's own."""
        return self.host if self.port == _PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole as a URI, without fragment."""
        return f"{self.scheme}://{self.host_header}{self.path}"


def parse_target(url: str) -> Target:
    """Take a URL apart. User name, password and fragment are dropped; they are never sent.

    Raises:
        RefusedAddress: a scheme or a port that we never ask.
        FetchError: not a URL at all, or longer than 8192 characters.
    """
    if len(url) > _MAX_URL:
        raise FetchError(f"a URL of {len(url)} characters; {_MAX_URL} are the most", key=url[:80])
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise FetchError("not a URL", key=url) from error
    if parts.scheme not in _PORTS:
        raise RefusedAddress("only http and https are fetched", key=url)
    if port == 0:
        raise RefusedAddress("port 0 is not a port", key=url)
    path = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    return Target(parts.scheme, _ascii_host(host, url), port or _PORTS[parts.scheme], path)


def _ascii_host(host: str, url: str) -> str:
    if not host.isascii():
        import idna

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise FetchError("the host name is not valid", key=url) from error
    host = f"[{host}]" if ":" in host else host.lower()
    if not _HOST.fullmatch(host):
        raise FetchError("the host name is missing or not valid", key=url)
    return host


def redirect_target(base: str, location: str) -> Target:
    """Where a Location header leads; its bytes are read as UTF-8 where they are that.

    Raises:
        RefusedAddress, FetchError: see ``parse_target``.
    """
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return parse_target(urljoin(base, location))
    except ValueError as error:
        raise FetchError("Location is not a URL", key=location[:200]) from error
