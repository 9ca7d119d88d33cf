"""OPML: a list of feeds to watch. Pure."""

from __future__ import annotations

from dataclasses import dataclass

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
