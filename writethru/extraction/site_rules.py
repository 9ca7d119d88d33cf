"""Site rules: what learning cannot know of an outlet, said by a person in a small file.

A rule file is TOML; it names hosts, boxes to keep and to drop, words of blocks that are furniture or notes, and where a
date stands. It holds no code. Its digest is recorded with every reading made with it.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from writethru.errors import MalformedInput
from writethru.extraction.places import Places
from writethru.extraction.selectors import Selector, outermost, read_selector
from writethru.extraction.stated_times import stated_time
from writethru.extraction.tree import Frame, Page, text_of
from writethru.extraction.verdicts import Verdict
from writethru.model import BlockKind

MOST_BYTES = 50_000
MOST_ENTRIES = 50
"""Selectors or signatures in one list."""
MOST_WORDS = 300
"""Characters of a signature."""

_LISTS = {"body": ("keep", "drop"), "blocks": ("teaser", "note", "caption")}
_DATES = ("published", "modified")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: in an attribute of what a selector selects, "" for its text."""

    selector: Selector
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class SiteRules:
    """The rules of one outlet.

    Attributes:
        keep: boxes that hold the article's text; drop: boxes that hold nothing of it.
        signatures: ``teaser``, ``note`` and ``caption`` to patterns of whole blocks, ``*`` for anything.
        dates: ``published`` and ``modified`` to where they stand.
        text: the file.
    """

    outlet: str
    hosts: tuple[str, ...]
    keep: tuple[Selector, ...] = ()
    drop: tuple[Selector, ...] = ()
    signatures: Mapping[str, tuple[str, ...]] | None = None
    dates: Mapping[str, Place] | None = None
    text: str = ""

    @property
    def digest(self) -> str:
        """16 hex digits for the file's text."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    def is_for(self, host: str) -> bool:
        """Whether a host (with or without its port) is one of these; ``*.name`` stands for all below a name."""
        bare = host.partition(":")[0]
        return any(bare == h or (h.startswith("*.") and bare.endswith(h[1:])) for h in self.hosts)


def read_rules(text: str, where: str) -> SiteRules:
    """Read a rule file.

    Args:
        where: its name, for errors.

    Raises:
        MalformedInput: not TOML, an unknown setting, a wrong selector, or too much of anything.
    """
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise MalformedInput(f"a rule file has at most {MOST_BYTES} bytes", key=where)
    try:
        form = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MalformedInput("not valid TOML", key=where) from error
    unknown = set(form) - {"outlet", "hosts", "date", *_LISTS}
    if unknown:
        raise MalformedInput(
            f"unknown setting {sorted(unknown)[0]!r}; there are outlet, hosts, [body], [blocks], [date]", key=where
        )
    lists = {name: _lists(form, name, where) for name in _LISTS}
    hosts = tuple(host.lower() for host in _texts(form.get("hosts"), "hosts", where))
    if not hosts:
        raise MalformedInput('hosts is missing: name at least one, as ["ledger.example"]', key=where)
    outlet = form.get("outlet", hosts[0])
    if not isinstance(outlet, str):
        raise MalformedInput("outlet must be a text", key=where)
    return SiteRules(
        outlet=outlet,
        hosts=hosts,
        keep=tuple(read_selector(one, f"{where}: body.keep") for one in lists["body"]["keep"]),
        drop=tuple(read_selector(one, f"{where}: body.drop") for one in lists["body"]["drop"]),
        signatures=lists["blocks"],
        dates=_dates(form, where),
        text=text,
    )


def _lists(form: Mapping[str, Any], section: str, where: str) -> dict[str, tuple[str, ...]]:
    given = form.get(section, {})
    if not isinstance(given, dict) or set(given) - set(_LISTS[section]):
        raise MalformedInput(f"[{section}] may hold {', '.join(_LISTS[section])}", key=where)
    return {name: _texts(given.get(name, []), f"{section}.{name}", where) for name in _LISTS[section]}


def _texts(value: object, name: str, where: str) -> tuple[str, ...]:
    given = value if value is not None else []
    if not isinstance(given, list) or not all(isinstance(one, str) and one.strip() for one in given):
        raise MalformedInput(f"{name} must be a list of texts", key=where)
    if len(given) > MOST_ENTRIES or any(len(one) > MOST_WORDS for one in given):
        raise MalformedInput(f"{name} has at most {MOST_ENTRIES} entries of {MOST_WORDS} characters", key=where)
    return tuple(given)


def _dates(form: Mapping[str, Any], where: str) -> dict[str, Place]:
    given = form.get("date", {})
    if not isinstance(given, dict) or set(given) - set(_DATES) or not all(isinstance(v, str) for v in given.values()):
        raise MalformedInput(
            "[date] may hold published and modified, each a selector, with @attribute behind it", key=where
        )
    places = {}
    for name, value in given.items():
        selector, _, attribute = value.rpartition(" @") if " @" in value else (value, "", "")
        places[name] = Place(read_selector(selector, f"{where}: date.{name}"), attribute.strip())
    return places


@dataclass(frozen=True, slots=True)
class Ruled:
    """Rules laid over one page."""

    rules: SiteRules
    places: Places

    def container(self, page: Page, chosen: Frame | None) -> Frame | None:
        """The first box that is to be kept, where there is one; several of them share the box around them."""
        kept = outermost(page, set().union(*(selector.frames(page) for selector in self.rules.keep), set()))
        if not kept:
            return chosen
        common = kept[0]
        while not all(frame.within(common) for frame in kept[1:]) and common.parent is not None:
            common = common.parent
        return common

    def verdicts(self, page: Page, judged: Sequence[Verdict]) -> list[Verdict]:
        """The verdicts, with what a person said of boxes and words."""
        dropped = set().union(*(selector.frames(page) for selector in self.rules.drop), set())
        kept = set().union(*(selector.frames(page) for selector in self.rules.keep), set())
        said = []
        for segment, verdict in zip(page.segments, judged, strict=True):
            chain = [box.order for box in segment.frame.chain()]
            signed = self._by_words(segment.text)
            if dropped.intersection(chain):
                said.append(Verdict(None, "rule-drop"))
            elif signed is not None:
                said.append(signed)
            elif kept and verdict.kind is BlockKind.PARAGRAPH and not kept.intersection(chain):
                said.append(Verdict(None, "rule-outside"))
            else:
                said.append(verdict)
        return said

    def _by_words(self, text: str) -> Verdict | None:
        for name, patterns in (self.rules.signatures or {}).items():
            if any(fits(pattern, text) for pattern in patterns):
                kind = None if name == "teaser" else BlockKind(name)
                return Verdict(kind, f"rule-{name}")
        return None

    def dates(self, root: etree._Element) -> dict[str, str]:
        """``published`` and ``modified`` as they stand where the rules say."""
        found = {}
        for name, place in (self.rules.dates or {}).items():
            tag = place.selector.steps[-1].tag
            elements = root.iter(None if tag == "*" else tag)
            element = next((e for e in elements if isinstance(e.tag, str) and place.selector.selects(e)), None)
            value = (
                (element.get(place.attribute) if place.attribute else text_of(element)[:200])
                if element is not None
                else ""
            )
            time = stated_time(value or "")
            if time:
                found[name] = time
        return found


def fits(pattern: str, text: str) -> bool:
    """Whether a whole text is as a pattern says, ``*`` standing for anything; in time linear in both."""
    pieces = [" ".join(piece.split()) for piece in pattern.split("*")]
    at = 0
    for number, piece in enumerate(pieces):
        if number == 0 and not text.startswith(piece):
            return False
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    last = pieces[-1]
    return not last or (text.endswith(last) and (len(pieces) > 1 or len(text) == len(last)))
