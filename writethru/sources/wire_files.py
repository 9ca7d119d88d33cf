"""Files of news wires as states to import: every version of an item is one."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from writethru.errors import MalformedInput
from writethru.extraction.wire_item import WireItem, read_wire_items
from writethru.model import Medium, TimeBasis
from writethru.sources.files import Opened, read_page_bytes
from writethru.sources.found import ImportItem
from writethru.text.urls import canonical


def read_wire_file(file: Opened) -> Iterator[ImportItem]:
    """The items of an open file, older versions first.

    Raises:
        MalformedInput: it is no ninjs and no NewsML-G2, or an item lacks its identifier or its time.
    """
    payload = read_page_bytes(file)
    try:
        items = read_wire_items(payload)
    except MalformedInput as error:
        raise MalformedInput(error.message, key=file.path) from None
    kind = "application/json" if payload.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else "application/xml"
    for item in sorted(items, key=lambda one: one.made_at):
        yield ImportItem(
            url=address_of(item),
            captured_at=item.made_at,
            basis=TimeBasis.STATED,
            medium=Medium.WIRE,
            payload=payload,
            content_type=kind,
            origin=f"{file.path}#{item.id}" if len(items) > 1 else str(file.path),
            outlet=item.provider,
            part=item.part if len(items) > 1 else "",
            label=item.version,
        )


def address_of(item: WireItem) -> str:
    """What stands for the item's address: its identifier, as a URN where it is no web address."""
    if item.id.lower().startswith(("http://", "https://")):
        return canonical(item.id)
    return item.id if item.id.startswith("urn:") else f"urn:wire:{quote(item.id, safe=':/,.')}"
