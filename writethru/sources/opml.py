"""OPML: a list of feeds to watch. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from writethru.errors import MalformedInput
from writethru.sources.xml_text import parsed_xml
from writethru.text.urls import canonical


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of an OPML file."""

    url: str
    title: str = ""


def read_opml(body: bytes) -> tuple[Outline, ...]:
    """The feeds an OPML file lists, in its order, each once; outlines without a feed are passed over.

    Raises:
        MalformedInput: not OPML.
    """
    root = parsed_xml(body)
    if root.tag.lower() != "opml":
        raise MalformedInput(f"not OPML: its root is <{root.tag}>")
    found: dict[str, Outline] = {}
    for element in root.iter():
        attributes = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        try:
            url = canonical(attributes.get("xmlurl", ""))
        except MalformedInput:
            continue
        found.setdefault(url, Outline(url, attributes.get("title") or attributes.get("text", "")))
    return tuple(found.values())


def write_opml(title: str, outlines: Iterable[Outline]) -> bytes:
    """An OPML 2.0 file of feeds; ``read_opml`` gives the same outlines back.

    Args:
        title: of the whole list.
        outlines: feeds; one without a title is named by its URL.
    """
    root = ET.Element("opml", {"version": "2.0"})
    ET.SubElement(ET.SubElement(root, "head"), "title").text = _printable(title)
    body = ET.SubElement(root, "body")
    for outline in outlines:
        name = _printable(outline.title) or outline.url
        ET.SubElement(body, "outline", {"type": "rss", "text": name, "title": name, "xmlUrl": outline.url})
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _printable(text: str) -> str:
    """Without what XML 1.0 cannot hold."""
    return "".join(char if char.isprintable() else " " for char in text).strip()
