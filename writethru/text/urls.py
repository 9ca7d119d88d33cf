"""One spelling for one address: the canonical form of article URLs.

Follows RFC 3986 section 6.2 (syntax-based and scheme-based normalisation) and, where real
links break that grammar, the WHATWG URL standard. The rule behind every choice: two
spellings may stay apart, two articles may never be merged. So ``http`` and ``https``,
``www.`` and bare hosts, trailing slashes, parameter order and letter case in paths are all
kept; only what cannot name another page is normalised or dropped.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache

from writethru.errors import MalformedInput

MAX_URL_CHARS = 8192
"""Longest canonical URL; a longer one is refused (servers refuse them too)."""

TRACKING_PREFIXES = ("utm_", "ns_", "mtm_", "hsa_", "fb_action_", "at_custom")
"""Beginnings of parameter names that say how a reader came, never what is read."""

TRACKING_NAMES = frozenset(
    """
    fbclid fb_source fb_ref gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid ysclid igshid igsh
    li_fat_id rdt_cid sccid s_kwcid _ga _gl _openstat pk_campaign pk_kwd pk_source pk_medium pk_content pk_cid
    mc_cid mc_eid mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking vero_id vero_conv oly_anon_id oly_enc_id
    rb_clickid wt_mc wt.mc_id wt_zmc xtor cmp ref_src ref_url __twitter_impression
    guccounter guce_referrer guce_referrer_sig soc_src soc_trk usqp
    at_medium at_campaign at_campaign_type at_link_id at_link_type at_link_origin at_ptr_name
    at_ptr_type at_bbc_team at_format at_variant at_creation at_emailtype at_network at_platform
    """.split()  # noqa: SIM905 (one name a line would bury the rest of the file)
)
"""Whole parameter names, in lower case, that say how a reader came."""

TRACKING_BY_HOST = {
    "bbc.co.uk": frozenset({"ocid"}),
    "bbc.com": frozenset({"ocid"}),
    "bloomberg.com": frozenset({"cmpid", "sref", "srnd"}),
    "cnn.com": frozenset({"iid"}),
    "dailymail.co.uk": frozenset({"ito"}),
    "msn.com": frozenset({"ocid", "cvid"}),
    "nytimes.com": frozenset({"smid", "smtyp", "partner", "emc"}),
    "reuters.com": frozenset({"feedtype", "feedname", "rpc"}),
    "wsj.com": frozenset({"mod", "reflink"}),
}
"""Names that are tracking only at these hosts (and their subdomains): elsewhere they may name an article."""

_DEFAULT_PORTS = {"http": "80", "https": "443"}
_UNRESERVED = re.compile(rb"[A-Za-z0-9._~-]")
_PATH_UNSAFE = re.compile(rb"%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&'()*+,;=:@/-]")
_QUERY_UNSAFE = re.compile(rb"%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&'()*+,;=:@/?-]")

_SPLIT = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.DOTALL,
)
_AUTHORITY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::(?P<port>[0-9]*))?", re.DOTALL)
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*")
_ALL_DIGITS_LAST = re.compile(r"(^|\.)[0-9]+$")
_STRIPPED = re.compile(r"[\t\r\n]")
_EDGES = "".join(map(chr, range(0x21)))  # C0 controls and space, as the WHATWG standard strips them


@dataclass(frozen=True, slots=True)
class _Parts:
    """A canonical URL taken apart; ``port`` is "" where it is the scheme's own."""

    scheme: str
    host: str
    port: str
    path: str
    query: str
    fragment: str

    def __str__(self) -> str:
        port = f":{self.port}" if self.port else ""
        query = f"?{self.query}" if self.query else ""
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"{self.scheme}://{self.host}{port}{self.path}{query}{fragment}"


def canonical(url: str) -> str:
    """The one spelling of ``url`` under which an article is kept.

    Idempotent. Scheme and host in lower case, international hosts in ASCII, default ports
    and dot segments gone, percent-encoding in its shortest form, tracking parameters and
    fragments (but not ``#!…``) dropped.

    Raises:
        MalformedInput: not http(s), no host, a port out of range, a user name or password
            in it, or longer than ``MAX_URL_CHARS``.
    """
    return str(_parse(url))


def host_of(url: str) -> str:
    """The host of ``url`` in lower-case ASCII, with its port unless that is the scheme's own.

    This is the unit of politeness: ``127.0.0.1:8001`` and ``127.0.0.1:8002`` are two hosts.

    Raises:
        MalformedInput: as ``canonical``.
    """
    parts = _parse(url)
    return f"{parts.host}:{parts.port}" if parts.port else parts.host


@lru_cache(maxsize=1024)  # a look asks for its few addresses again and again
def _parse(url: str) -> _Parts:
    cleaned = _STRIPPED.sub("", url.strip(_EDGES))
    match = _SPLIT.fullmatch(cleaned) if len(cleaned) <= 8 * MAX_URL_CHARS else None
    if match is None or match["scheme"].lower() not in _DEFAULT_PORTS:
        raise MalformedInput("not a web address: give one that starts with http:// or https://", key=_shown(url))
    scheme = match["scheme"].lower()
    host, port = _authority(match["authority"], scheme, url)
    parts = _Parts(
        scheme=scheme,
        host=host,
        port=port,
        path=_without_dot_segments(_encoded(match["path"], _PATH_UNSAFE)) or "/",
        query=_without_tracking(_encoded((match["query"] or "")[1:], _QUERY_UNSAFE), host),
        fragment=_kept_fragment(match["fragment"] or ""),
    )
    if len(str(parts)) > MAX_URL_CHARS:
        raise MalformedInput(f"the address is longer than {MAX_URL_CHARS} characters", key=_shown(url))
    return parts


def _kept_fragment(fragment: str) -> str:
    """Only a hash-bang names a page; any other fragment names a place in it."""
    return _encoded(fragment[1:], _QUERY_UNSAFE) if fragment.startswith("#!") else ""


def _shown(url: str) -> str:
    """The URL as an error names it: short, and without control characters."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in url[:200])
    return printable + ("…" if len(url) > 200 else "")


def _authority(text: str, scheme: str, url: str) -> tuple[str, str]:
    if "@" in text:
        raise MalformedInput("the address holds a user name or password: leave it out", key=_shown(url))
    match = _AUTHORITY.fullmatch(text)
    if match is None:
        raise MalformedInput("the address names no host", key=_shown(url))
    port = (match["port"] or "").lstrip("0") or ("0" if match["port"] else "")
    if port and (len(port) > 5 or not 1 <= int(port) <= 65535):
        raise MalformedInput("the port of the address is not between 1 and 65535", key=_shown(url))
    return _host(match["host"], url), "" if port == _DEFAULT_PORTS[scheme] else port


def _host(text: str, url: str) -> str:
    if text.startswith("["):
        return f"[{_address(text[1:-1], url)}]"
    host = _ascii_host(_percent_decoded(text), url).removesuffix(".")
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise MalformedInput("the host of the address is not a valid name", key=_shown(url))
    return _address(host, url) if _ALL_DIGITS_LAST.search(host) else host


def _address(text: str, url: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise MalformedInput("the host of the address looks like an IP address but is none", key=_shown(url)) from None


def _percent_decoded(text: str) -> str:
    if "%" not in text:
        return text
    encoded = re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), text.encode("utf-8", "surrogatepass"))
    return encoded.decode("utf-8", "replace")


def _ascii_host(text: str, url: str) -> str:
    """IDNA 2008 with the UTS 46 mapping, as browsers do."""
    if text.isascii():
        return text.lower()
    import idna  # only pages with such hosts pay for its tables

    try:
        return idna.encode(text, uts46=True, transitional=False).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise MalformedInput("the host of the address is not a valid international name", key=_shown(url)) from None


def _encoded(text: str, unsafe: re.Pattern[bytes]) -> str:
    """Shortest percent-encoding: unreserved characters bare, all else that needs it in upper-case hex.

    A bare ``%`` becomes ``%25``, so that a second pass cannot read new escapes out of the first.
    """
    return unsafe.sub(_escape, text.encode("utf-8", "surrogatepass")).decode("ascii")


def _escape(match: re.Match[bytes]) -> bytes:
    found = match.group()
    byte = bytes.fromhex(found[1:].decode("ascii")) if len(found) == 3 else found
    return byte if len(found) == 3 and _UNRESERVED.fullmatch(byte) else b"%%%02X" % byte[0]


def _without_dot_segments(path: str) -> str:
    """RFC 3986 section 5.2.4; empty segments (``//``) are kept, they may matter."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", "..") and len(segments) > 1:
        kept.append("")
    return "/" + "/".join(kept) if len(segments) > 1 else ""


def _without_tracking(query: str, host: str) -> str:
    if not query:
        return ""
    return "&".join(pair for pair in query.split("&") if not is_tracking(pair.partition("=")[0], host))


def is_tracking(name: str, host: str = "") -> bool:
    """Whether a query parameter of this name, at this host, only says how the reader came."""
    folded = _percent_decoded(name).lower()
    if folded in TRACKING_NAMES or folded.startswith(TRACKING_PREFIXES):
        return True
    return any(folded in names and f".{host}".endswith(f".{owner}") for owner, names in TRACKING_BY_HOST.items())


_ALIAS_HOST = re.compile(r"^(?:amp|m|mobile)\.(?=[^.]+\.)")
_AMP_SUFFIX = re.compile(r"(?:/amp/?|\.amp)$|\.amp(?=\.html$)")
_AMP_PARAMETERS = frozenset({"amp", "amp=1", "amp=true", "outputType=amp", "output=amp"})
_AMP_CACHE = re.compile(r"^/(?:amp|[cv])/(?P<tls>s/)?(?P<rest>[^/]+\..*)$")


def same_page_variants(url: str) -> tuple[str, ...]:
    """Other addresses at which the same page is often served: hints, never proof.

    For AMP and mobile addresses the desktop ones (first with the bare host, then with
    ``www.``); nothing for an ordinary address. Callers merge only when the page itself
    says so (``rel=canonical``, ``og:url``, a redirect).

    Raises:
        MalformedInput: as ``canonical``.
    """
    parts = _parse(url)
    cached = _behind_amp_cache(parts)
    if cached:
        return cached
    path = _AMP_SUFFIX.sub("", parts.path) or "/"
    query = "&".join(p for p in parts.query.split("&") if p and p not in _AMP_PARAMETERS)
    bare = _ALIAS_HOST.sub("", parts.host)
    hosts = (parts.host,) if bare == parts.host else (bare, f"www.{bare}")
    found = (str(_Parts(parts.scheme, host, parts.port, path, query, parts.fragment)) for host in hosts)
    return tuple(variant for variant in found if variant != str(parts))


def _behind_amp_cache(parts: _Parts) -> tuple[str, ...]:
    """The address an AMP cache or viewer shows, from its own path."""
    if not (parts.host.endswith(".cdn.ampproject.org") or parts.host in ("cdn.ampproject.org", "www.google.com")):
        return ()
    match = _AMP_CACHE.match(parts.path)
    if match is None:
        return ()
    query = f"?{parts.query}" if parts.query else ""
    try:
        return (canonical(f"{'https' if match['tls'] else 'http'}://{match['rest']}{query}"),)
    except MalformedInput:
        return ()
