"""The people of a byline: names one by one, each with the role the page gives it.

From JSON-LD (``author``, ``contributor``, ``editor``, ``translator``, ``jobTitle``) or from the printed line
("Jo Lind, transport editor, and Tom Rook. Photographs: Ada Quill").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from writethru.extraction import structured
from writethru.extraction.names import agency_named, is_degree, split_names, without_by
from writethru.extraction.stated_names import name_alone
from writethru.extraction.structured import Object, Stated
from writethru.model import Author

FURTHER = ("contributor", "editor", "translator")
"""JSON-LD names of people beside the authors; each is their role."""

_ORGANISATIONS = frozenset(("Organization", "NewsMediaOrganization", "Corporation", "WebSite"))
MOST = 60  # names of one article
_ROLE = re.compile(
    r"(?:\b(?:editor|reporter|correspondent|writer|columnist|critic|fellow|producer|photographer|chief|bureau|analyst|"
    r"author|contributor|journalist|staff|director|professor|founder|co-founder|economist|lawyer|attorney|lecturer|"
    r"redakteur\w*|korrespondent\w*|reporter\w*|journaliste|"
    r"correspondant\w*|redactora?|corresponsal|periodista|giornalista|corrispondente|journalist\w*)\b)",
    re.I,
)
_WORK = re.compile(
    r"\A((?:words|text|story|photo(?:graph)?s?|pictures?|images?|video|graphics?|illustrations?|research|fotos?|bilder|"
    r"infografik|editing)(?:\s+by|\s*:))\s+(?=\S)",
    re.I,
)
_WITH = re.compile(r"\s*\((?:avec|with|mit|con|com|met|med|w/)\s+([^()]{3,120})\)", re.I)  # "Jo Lind (with Tom Rook)"
_PARTS = re.compile(r"\s*(?:;|\||•|·|\.\s+(?=[A-ZÀ-Þ][a-zà-þ]+\s*(?:by|:)))\s*")


def stated_people(article: Object, stated: Stated) -> list[Author]:
    """Authors the JSON-LD names, then contributors, editors and translators with that role."""
    found = [*_named(article.get("author") or article.get("creator"), stated, "")]
    for key in FURTHER:
        found.extend(_named(article.get(key), stated, key))
    return found[:MOST]


def printed_people(byline: str) -> tuple[Author, ...]:
    """The names of a printed byline (without "By"), roles beside them."""
    people: list[Author] = []
    for part in _PARTS.split(_WITH.sub(r", \1", byline)):
        work = _WORK.match(part)
        role = re.sub(r"\s*(?:by|:)\Z", "", work.group(1), flags=re.I) if work else ""
        for piece in split_names(part[work.end() :] if work else part):
            _add(people, piece, role)
    return tuple(people[:MOST])


def is_role(words: str) -> bool:
    """Whether words name what a journalist does ("Transport editor")."""
    return bool(_ROLE.search(words))


def by_organisation(article: Object, stated: Stated) -> bool:
    """Whether the JSON-LD names organisations and nobody else as the author."""
    found = structured.resolved(article.get("author") or article.get("creator"), stated)
    things = found if isinstance(found, list) else [found]
    return all(isinstance(thing, dict) and structured.types_of(thing) & _ORGANISATIONS for thing in things)


def without_repeats(people: Iterable[Author]) -> tuple[Author, ...]:
    """Each name once, with the first role and address given for it."""
    kept: dict[str, Author] = {}
    for person in people:
        before = kept.get(person.name)
        role, url = (before.role or person.role, before.url or person.url) if before else (person.role, person.url)
        kept[person.name] = Author(person.name, role, url)
    return tuple(kept.values())


def _add(people: list[Author], piece: str, role: str) -> None:
    if people and is_degree(piece):
        last = people[-1]
        people[-1] = Author(f"{last.name}, {piece}", last.role, last.url)
        return
    if people and not role and _ROLE.search(piece) and len(piece) < 120:
        last = people[-1]
        people[-1] = Author(last.name, ", ".join(filter(None, (last.role, piece))), last.url)
        return
    people.append(Author(without_by(piece), role or ("agency" if agency_named(piece) else "")))


def _named(value: object, stated: Stated, role: str) -> Iterator[Author]:
    found = structured.resolved(value, stated)
    for thing in (found if isinstance(found, list) else [found])[:MOST]:
        names = (thing.get("name") or _parted_name(thing)) if isinstance(thing, dict) else thing
        for name in names if isinstance(names, list) else [names]:
            yield Author(name_alone(without_by(structured.text(name))), role or _title(thing), _address(thing))


def _parted_name(thing: Object) -> str:
    parts = (structured.text(thing.get(key)) for key in ("givenName", "additionalName", "familyName"))
    return " ".join(filter(None, parts))


def _title(thing: object) -> str:
    return structured.text(thing.get("jobTitle"))[:200] if isinstance(thing, dict) else ""


def _address(thing: object) -> str:
    url = structured.text(thing.get("url") or thing.get("sameAs")) if isinstance(thing, dict) else ""
    return url[:2000] if url.startswith(("http://", "https://")) else ""
