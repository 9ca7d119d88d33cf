"""Small histories of our own making."""

from __future__ import annotations

import json
from pathlib import Path

BRIDGE = "https://post.example/bridge"
FERRY = "https://post.example/ferry"
SHUT = (
    "The old bridge over the Lune was shut to all traffic on Friday morning.\n\n"
    "{} people were hurt when a parapet gave way, the fire service said.\n\n"
    "Engineers will look at the piers on Monday, and the ferry will run until late."
)


def line(url: str, time: str, title: str, text: str, **more: str) -> str:
    """One line of versions JSONL."""
    return json.dumps({"outlet": "The Post", "url": url, "time": time, "title": title, "text": text, **more})


STATES = (
    line(BRIDGE, "2031-01-05T10:00:00Z", "Bridge shut", SHUT.format("Twelve")),
    line(BRIDGE, "2031-01-05T11:00:00Z", "Bridge shut", SHUT.format("Twenty")),
    line(BRIDGE, "2031-01-05T15:00:00Z", "Bridge shut after fall", SHUT.format("Twenty")),
    line(BRIDGE, "2031-01-06T09:00:00Z", "Bridge shut", SHUT.format("Twenty")),
    line(FERRY, "2031-01-05T12:00:00Z", "Ferry runs late", "The ferry runs until midnight.\n\nTickets cost 3 crowns."),
)
"""Two articles: five looks, four versions, three changes, the last of them a return."""


def versions_file(path: Path, lines: tuple[str, ...] = STATES) -> Path:
    """The states as a versions file."""
    path.write_text("".join(one + "\n" for one in lines), encoding="utf-8")
    return path
