"""One memento of an article at a web archive (RFC 7089): its address, and whether an answer is the one listed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from writethru.errors import InputError
from writethru.evidence.records import warc_date
from writethru.fetch.coding import Headers, header
from writethru.model import Medium, TimeBasis
from writethru.text.http_dates import http_date
from writethru.text.urls import canonical, host_of

ON_BEHALF: Final = "memento"
"""What a look at an archive is for, in the evidence."""

OF: Final = "Writethru-Memento-Of"
AT: Final = "Writethru-Memento-At"
LABEL: Final = "Writethru-Label"

MAX_URI_CHARS: Final = 8_192
MAX_MEMENTOS: Final = 100_000
"""Mementos of one article; further ones are counted and said."""

_STAMPED = re.compile(r"(?P<before>https?://\S*?/)(?P<stamp>[0-9]{14})(?:id_)?(?P<after>/https?:/.*)", re.DOTALL)
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0]")
_LINK = re.compile(r'<([^<>]{1,8192})>((?:\s*;\s*[A-Za-z*]{1,30}\s*=\s*(?:"[^"]*"|[^\s",;<>]+))*)')
_PARAMETER = re.compile(r';\s*([A-Za-z*]{1,30})\s*=\s*(?:"([^"]*)"|([^\s",;<>]+))')


@dataclass(frozen=True, slots=True)
class Listed:
    """A memento as an archive lists it.

    Attributes:
        uri: where the archive shows it; the plain form, without ``id_``.
        at: when the archive says that it was captured, UTC.
    """

    uri: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of what an archive has of an article.

    Attributes:
        original: the article's address as the archive has it, "" where it does not say.
        mementos: in the order of the page.
        pages: where further pages stand.
        faults: what could not be read, each with its place.
    """

    original: str = ""
    mementos: tuple[Listed, ...] = ()
    pages: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """That a record is a memento of an article, as whoever fetched it noted."""

    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """A link of RFC 8288; names of attributes in lower case."""

    target: str
    attributes: Mapping[str, str]

    @property
    def relations(self) -> list[str]:
        """Its ``rel``, word by word, in lower case."""
        return self.attributes.get("rel", "").lower().split()


def links_in(text: str) -> Iterable[Link]:
    """The links of a Link header or of a link-format document, in order; what is none is passed over."""
    for match in _LINK.finditer(text):
        found = {name.lower(): quoted or bare for name, quoted, bare in reversed(_PARAMETER.findall(match[2]))}
        yield Link(match[1].strip(), found)


def listed(uri: str, at: datetime) -> Listed:
    """A memento at an address that can be fetched. Raises InputError."""
    if len(uri) > MAX_URI_CHARS or _UNSAFE.search(uri):
        raise InputError("the address of a memento is too long, or has characters that no address has", key=uri[:100])
    host_of(uri)
    return Listed(plain_of(uri), at.astimezone(UTC))


def plain_of(uri: str) -> str:
    """The address at which an archive shows a memento, whether or not its bytes were asked for."""
    match = _STAMPED.fullmatch(uri)
    return uri if match is None else f"{match['before']}{match['stamp']}{match['after']}"


def raw_of(memento: Listed) -> str:
    """Where such an archive has the bytes as they came: ``…/20310302140500id_/…``; "" where it does not number so."""
    match = _STAMPED.fullmatch(memento.uri)
    if match is None or match["stamp"] != f"{memento.at:%Y%m%d%H%M%S}".rjust(14, "0"):
        return ""
    return f"{match['before']}{match['stamp']}id_{match['after']}"


def same_article(one: str, other: str) -> bool:
    """Whether two addresses differ in no more than archives leave open: scheme, ``www.``, letter case, a last slash."""
    try:
        return _loose(one) == _loose(other)
    except InputError:
        return False


def _loose(url: str) -> str:
    whole = canonical(url).partition("://")[2].removeprefix("www.").lower()
    path, question, query = whole.partition("?")
    return path.rstrip("/") + question + query


def fields_of(url: str, memento: Listed) -> dict[str, str]:
    """What the evidence of a look at an archive says of it, so that the record can be made again from it."""
    return {
        "Writethru-Medium": Medium.MEMENTO.value,
        "Writethru-Basis": TimeBasis.STATED.value,
        OF: url,
        AT: warc_date(memento.at),
        LABEL: memento.uri,
    }


def claim_in(of: str, at: str) -> Claim | None:
    """What two such fields say, None where they say nothing that can be."""
    try:
        moment = datetime.fromisoformat(at)
        return Claim(canonical(of), moment.astimezone(UTC)) if of and moment.tzinfo else None
    except (ValueError, OverflowError, InputError):
        return None


def why_not(claim: Claim, status: int | None, headers: Headers, *, redirected: bool) -> str:
    """Why an archive's answer is not the memento that was asked for, "" if it is.

    What the answer says of itself counts: another moment, another article, or a page of the archive's own is
    never taken for the article.

    Args:
        status, headers: of the last answer.
        redirected: redirects led to it.
    """
    said = header(headers, "memento-datetime").strip()
    if not said:
        return f"the archive answered {status} and did not call it a memento"
    try:
        moment = http_date(said)
    except ValueError:
        return "the answer's Memento-Datetime is no date"
    if moment != claim.at.replace(microsecond=0):
        return f"the archive answered with its memento of {moment:%Y-%m-%d %H:%M:%S} UTC"
    originals = [link.target for link in links_in(header(headers, "link")) if "original" in link.relations]
    if any(not same_article(original, claim.url) for original in originals):
        return "the archive answered with a memento of another address"
    return "the archive led elsewhere and did not say to what" if redirected and not originals else ""
