"""Which addresses may be connected to: none that is not globally routable, unless the user said so.

Checked after every DNS answer and on every hop, on the very address that the socket then
connects to, so that a second DNS answer (rebinding) changes nothing.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from writethru.errors import FetchError, FetchTimeout, RefusedAddress

_GLOBAL_UNICAST = ip_network("2000::/3")  # all that IANA has given out (RFC 4291, 2.4)
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052
_RELAY_6TO4 = ip_network("192.88.99.0/24")  # RFC 7526
_DOCUMENTATION = ip_network("3fff::/20")  # RFC 9637
_SPECIAL_V6 = ip_network("2001::/23")  # IETF protocol assignments, Teredo among them


def globally_routable(address: str) -> bool:
    """May a stranger's page lead us to this IP address?

    IPv4 inside IPv6 (mapped, 6to4, NAT64) is judged as the IPv4 address it stands for.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _routable_v4(ip) if isinstance(ip, IPv4Address) else _routable_v6(ip)


def _routable_v4(ip: IPv4Address) -> bool:
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in _RELAY_6TO4


def _routable_v6(ip: IPv6Address) -> bool:
    inner = ip.ipv4_mapped or ip.sixtofour
    if inner is None and ip in _NAT64:
        inner = IPv4Address(int(ip) & 0xFFFFFFFF)
    if inner is not None:
        return _routable_v4(inner)
    return ip in _GLOBAL_UNICAST and ip.is_global and ip not in _DOCUMENTATION and ip not in _SPECIAL_V6


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host, in the resolver's order, without repeats.

    The system's resolver knows no time limit, so it runs beside us and is left behind when time is up.

    Raises:
        FetchTimeout: no answer in time.
        FetchError: no such host.
    """
    if _is_literal(host):
        return [host]
    answer: list[Sequence[str] | OSError | UnicodeError] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.append([str(entry[4][0]) for entry in found])
        except (OSError, UnicodeError) as error:
            answer.append(error)

    thread = threading.Thread(target=ask, name="resolve", daemon=True)
    thread.start()
    thread.join(seconds)
    if not answer:
        raise FetchTimeout(f"no DNS answer for {host} within {seconds:g} s", key=host)
    if isinstance(answer[0], Exception):
        raise FetchError(f"the host name {host} does not resolve", key=host) from answer[0]
    return list(dict.fromkeys(answer[0]))


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def permitted(host: str, addresses: Sequence[str], allowed_hosts: frozenset[str]) -> list[str]:
    """The addresses that may be connected to.

    Raises:
        RefusedAddress: there is none; the message names what the host resolved to.
    """
    if host.lower() in allowed_hosts:
        return list(addresses)
    fit = [address for address in addresses if globally_routable(address)]
    if not fit:
        shown = ", ".join(addresses[:3]) or "no address"
        raise RefusedAddress(f"{host} is at {shown}, not globally routable; allow the host if it is yours", key=host)
    return fit
