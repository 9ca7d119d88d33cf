"""The made-up ferry disaster in an archive, as one storyline; shared by the tests of all faces."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.acceptance.conftest import config_for
from tests.statements.ferry import COPY, CORRECTED, GAZETTE, WIRE
from tests.web.test_stories import member, minute
from writethru.archive import Archive, open_archive
from writethru.storage.story_store import StoryEvent

SUNDAY = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>"


def line(host: str, outlet: str, text: str, hours: float) -> str:
    """One line of a versions file."""
    at = (SUNDAY + timedelta(hours=hours)).isoformat()
    form = {"outlet": outlet, "url": f"https://{host}.example/solveig", "time": at}
    return json.dumps({**form, "title": "Ferry sinks off Aldersund", "text": text})


@contextmanager
def ferry_archive(folder: Path, name: str = "a.db") -> Iterator[Archive]:
    """An archive in this folder that has the ferry's story."""
    url = f"sqlite:///{folder / name}"
    with open_archive(url, config_for(url, folder)) as archive:
        ferry(archive, folder)
        yield archive


def ferry(archive: Archive, folder: Path) -> None:
    """Three outlets, one of them copying, one corrected; as one event of story 1."""
    rows = [
        line("nordwire", "Nordwire", WIRE, 1),
        line("courier", "The Aldersund Courier", COPY, 2),
        line("gazette", f"The Gazette {HOSTILE}", f"{GAZETTE}\n\nA witness called it {HOSTILE} on Monday.", 3),
        line("gazette", f"The Gazette {HOSTILE}", CORRECTED, 5),
    ]
    path = folder / "ferry.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    archive.import_paths([path])
    archive.analyse()
    stories = archive.store.stories
    with archive.store.transaction():
        form = {"title": "Ferry sinks", "names": ["Ilse Marden"]}
        stories.keep_events([StoryEvent(1, 1, None, minute(0), minute(300), form)])
        stories.keep_memberships({number: [member(number, 1, 60 * number)] for number in (1, 2, 3)})
