"""XML from strangers, made safe before any parser sees it. Pure.

Entities are the only way in which a small XML file becomes a large or a leaking one. They
are declared in the document type declaration, which no feed, sitemap or OPML file needs:
it is taken out of the characters (after decoding, so that no odd encoding can hide it).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from writethru.errors import MalformedInput, UnknownKind
from writethru.extraction.decoding import decode

if TYPE_CHECKING:
    from lxml import etree

_DECLARATION = re.compile(r"<\?xml[^>]{0,500}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE", re.I)
_QUOTED_OR_END = re.compile(r"""["'\[\]>]|<!--""")


@dataclass(frozen=True, slots=True)
class XmlText:
    """Characters without XML declaration and document type declaration.

    Attributes:
        encoding: what they were read with.
        notes: for a person: wrong labels, entities taken out.
    """

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def xml_text(body: bytes, content_type: str = "") -> XmlText:
    """Decode an XML document and take its declarations out.

    Raises:
        MalformedInput: empty, or no text.
    """
    try:
        decoded = decode(body, content_type)
    except UnknownKind as error:
        raise MalformedInput(error.message) from None
    text = _DECLARATION.sub("", decoded.text, count=1).strip()
    if not text:
        raise MalformedInput("it is empty")
    bare = without_doctype(text).strip()
    if not bare:
        raise MalformedInput("nothing but a document type declaration is in it")
    notes = decoded.notes
    if "<!ENTITY" in text[: len(text) - len(bare) + 200].upper() and bare != text:
        notes = (*notes, "entity declarations were left out")
    return XmlText(bare, decoded.encoding, notes)


def without_doctype(text: str) -> str:
    """The text without every document type declaration, its internal subset included."""
    match = _DOCTYPE.search(text)
    while match is not None:
        text = text[: match.start()] + text[_doctype_end(text, match.end()) :]
        match = _DOCTYPE.search(text, match.start())
    return text


def _doctype_end(text: str, start: int) -> int:
    """Past the ``>`` that closes a declaration; the end of the text if none does."""
    depth, at = 0, start
    while (found := _QUOTED_OR_END.search(text, at)) is not None:
        mark, at = found.group(), found.end()
        if mark in "\"'":
            at = text.find(mark, at) + 1 or len(text)
        elif mark == "<!--":
            at = text.find("-->", at) + 3 if "-->" in text[at:] else len(text)
        elif mark == "[":
            depth += 1
        elif mark == "]":
            depth -= 1
        elif depth <= 0:
            return at
    return len(text)


def parsed_xml(body: bytes, content_type: str = "") -> etree._Element:
    """The root of an XML document, read tolerantly; namespaces are taken off the names.

    Entities are never resolved, nothing is fetched, and nesting is bounded by libxml2.

    Raises:
        MalformedInput: no element can be read.
    """
    from lxml import etree

    text = xml_text(body, content_type).text
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise MalformedInput(f"broken XML: {error.msg}") from None
    if root is None:
        raise MalformedInput("broken XML: no element in it")
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root
