"""Items of news wires: ninjs (1.x, 2.x, 3.x) and NewsML-G2, as their standards by the IPTC have them.

A wire sends an item again under the same identifier and a higher version: those are its own writethrus.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from lxml import etree, html

from writethru.errors import MalformedInput
from writethru.model import Block, BlockKind, Extraction, Sign

EXTRACTOR: Final = "wire-item/1"
USABLE: Final = "usable"
MOST_ITEMS: Final = 1_000
"""Items taken from one message."""

_NAR: Final = "{http://iptc.org/std/nar/2006-10-01/}"
_KINDS: Final = {
    "h1": BlockKind.SUBHEAD, "h2": BlockKind.SUBHEAD, "h3": BlockKind.SUBHEAD, "h4": BlockKind.SUBHEAD,
    "hl2": BlockKind.SUBHEAD, "li": BlockKind.LIST_ITEM, "blockquote": BlockKind.QUOTE, "bq": BlockKind.QUOTE,
}  # fmt: skip
_PARAGRAPHS: Final = ("p", *_KINDS)


@dataclass(frozen=True, slots=True)
class WireItem:
    """One version of one item.

    Attributes:
        id: the same for all versions.
        version: as stated, "" if it is not.
        made_at: when this version was made, UTC.
        status: ``usable``, ``withheld`` or ``canceled``.
        provider: name of the wire, or "".
        editors: notes to editors; not part of the text.
    """

    id: str
    version: str
    made_at: datetime
    status: str = USABLE
    provider: str = ""
    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    dateline: str = ""
    language: str = ""
    published: str | None = None
    editors: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def part(self) -> str:
        """What tells it from the other items of its file."""
        return f"{self.id}#{self.version}"

    def extraction(self) -> Extraction:
        """As what is read from pages; an item that is not usable any more has the sign of a page that is gone."""
        given = {
            name: getattr(self, name)
            for name in ("headline", "standfirst", "byline", "dateline", "language", "published")
            if getattr(self, name)
        }
        notes = tuple(f"note to editors: {note}" for note in self.editors)
        return Extraction(
            EXTRACTOR,
            outlet=self.provider,
            modified=self.made_at.isoformat(),
            blocks=self.blocks,
            provenance=dict.fromkeys((*given, "modified"), "stated"),
            signs=frozenset() if self.status == USABLE else frozenset({Sign.SOFT_404}),
            notes=notes if self.status == USABLE else (*notes, f"the wire says of this version: {self.status}"),
            **given,
        )


def is_wire_item(text: str) -> bool:
    """Whether the beginning of a file looks like one."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        return '"uri"' in start and any(name in start for name in ('"versioncreated"', '"pubstatus"'))
    return start.startswith("<") and "http://iptc.org/std/nar/2006-10-01/" in start[:4000]


def read_wire_items(body: bytes) -> list[WireItem]:
    """All items of a file: one of ninjs, one or more of NewsML-G2.

    Raises:
        MalformedInput: it is neither, or an item lacks its identifier or its time.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return [_ninjs(_json(body))]
    return _newsml(body)


def read_wire_item(body: bytes, part: str) -> Extraction:
    """The item of a file that is meant. Raises MalformedInput."""
    for item in read_wire_items(body):
        if part in ("", item.part):
            return item.extraction()
    raise MalformedInput("there is no such item in it", key=part)


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        form = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise MalformedInput(f"not JSON: {error}") from None
    if not isinstance(form, dict):
        raise MalformedInput("not a JSON object")
    return form


def _ninjs(form: Mapping[str, Any]) -> WireItem:
    sources = form.get("infosources") or form.get("infosource")
    return WireItem(
        id=_needed(_said(form.get("uri") or form.get("guid")), "uri"),
        version=_said(form.get("version")),
        made_at=_moment(_said(form.get("versioncreated")), "versioncreated"),
        status=_said(form.get("pubstatus")) or USABLE,
        provider=_name(sources) or _said(form.get("source")),
        headline=_valued(form.get("headlines")) or _said(form.get("headline")),
        standfirst=_valued(form.get("descriptions")) or _said(form.get("description_text")),
        byline=_said(form.get("by") or form.get("byline")),
        dateline=_said(form.get("located")),
        language=_said(form.get("language")),
        published=_said(form.get("firstcreated")) or None,
        editors=tuple(note for note in (_said(form.get("ednote")),) if note),
        blocks=_ninjs_blocks(form),
    )


def _ninjs_blocks(form: Mapping[str, Any]) -> tuple[Block, ...]:
    """Of the first body that is HTML, else of the first that is text."""
    bodies = [body for body in _listed(form.get("bodies")) if isinstance(body, dict)]
    for body in sorted(bodies, key=lambda one: "html" not in _said(one.get("contenttype"))):
        if value := _said(body.get("value")):
            return _html_blocks(value) if "html" in _said(body.get("contenttype")) else _text_blocks(value)
    if marked := _said(form.get("body_html") or form.get("body_xhtml")):
        return _html_blocks(marked)
    return _text_blocks(_said(form.get("body_text")))


def _newsml(body: bytes) -> list[WireItem]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MalformedInput(f"not XML: {error}") from None
    items = [root] if root.tag == f"{_NAR}newsItem" else list(root.iter(f"{_NAR}newsItem"))
    if not items:
        raise MalformedInput("no newsItem of NewsML-G2 is in it")
    return [_news_item(item) for item in items[:MOST_ITEMS]]


def _news_item(item: Any) -> WireItem:
    provider = item.find(f"{_NAR}itemMeta/{_NAR}provider")
    status = _attribute(item, "itemMeta/pubStatus", "qcode").rpartition(":")[2]
    return WireItem(
        id=_needed(item.get("guid", ""), "guid"),
        version=item.get("version", ""),
        made_at=_moment(_text_at(item, "itemMeta/versionCreated"), "versionCreated"),
        status=status or USABLE,
        provider=_text_at(item, "itemMeta/provider/name") or ("" if provider is None else provider.get("literal", "")),
        headline=_text_at(item, "contentMeta/headline"),
        standfirst=_text_at(item, "contentMeta/description"),
        byline=_text_at(item, "contentMeta/by"),
        dateline=_text_at(item, "contentMeta/dateline"),
        language=_attribute(item, "contentMeta/language", "tag"),
        published=_text_at(item, "itemMeta/firstCreated") or None,
        editors=tuple(_plain(note) for note in item.findall(_path("itemMeta/edNote")) if _plain(note)),
        blocks=tuple(_news_blocks(item)),
    )


def _news_blocks(item: Any) -> Iterator[Block]:
    """Of the first content that is text: inline XML (NITF, XHTML), else inline data."""
    for content in item.findall(_path("contentSet/inlineXML")):
        if blocks := list(_blocks(content)):
            yield from blocks
            return
    for content in item.findall(_path("contentSet/inlineData")):
        is_html = "html" in content.get("contenttype", "")
        value = content.text or ""
        yield from _html_blocks(value) if is_html else _text_blocks(value)
        return


def _blocks(top: Any) -> Iterator[Block]:
    """Paragraphs and the like in their order, none inside another one."""
    for element in top.iter():
        name = etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""
        if name not in _PARAGRAPHS or any(_is_paragraph(outer) for outer in element.iterancestors()):
            continue
        if text := _plain(element):
            yield Block(_KINDS.get(name, BlockKind.PARAGRAPH), text)


def _is_paragraph(element: Any) -> bool:
    return isinstance(element.tag, str) and etree.QName(element).localname.lower() in _PARAGRAPHS


def _html_blocks(value: str) -> tuple[Block, ...]:
    try:
        top = html.fragment_fromstring(value, create_parent="div")
    except (etree.ParserError, ValueError):
        return _text_blocks(value)
    return tuple(_blocks(top)) or _text_blocks(_plain(top))


def _text_blocks(value: str) -> tuple[Block, ...]:
    return tuple(Block(BlockKind.PARAGRAPH, line.strip()) for line in value.splitlines() if line.strip())


def _path(names: str) -> str:
    return "/".join(f"{_NAR}{name}" for name in names.split("/"))


def _text_at(item: Any, names: str) -> str:
    found = item.find(_path(names))
    return "" if found is None else _plain(found)


def _attribute(item: Any, names: str, attribute: str) -> str:
    found = item.find(_path(names))
    return "" if found is None else str(found.get(attribute, ""))


def _plain(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _said(value: Any) -> str:
    """A value as text; what is no plain value says nothing."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _valued(value: Any) -> str:
    """The main one of headlines or descriptions: that with the role ``main``, else the first."""
    found = [one for one in _listed(value) if isinstance(one, dict) and _said(one.get("value"))]
    found.sort(key=lambda one: "main" not in _said(one.get("role")))
    return _said(found[0].get("value")) if found else ""


def _name(value: Any) -> str:
    return next((_said(one.get("name")) for one in _listed(value) if isinstance(one, dict)), "")


def _needed(value: str, name: str) -> str:
    if not value:
        raise MalformedInput(f'an item without "{name}": nothing says of which item this is a version')
    return value


def _moment(stated: str, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        raise MalformedInput(f'"{name}" is not an ISO 8601 time: {stated[:40]!r}') from None
    if moment.tzinfo is None:
        raise MalformedInput(f'"{name}" has no zone: {stated[:40]!r}')
    return moment.astimezone(UTC)
