"""CPU time of a dossier: reading versions for statements, and making one from what is kept, by the size of its story.

Made-up articles of 25 paragraphs with figures, quotations, pronouns, days, accusations and commitments (``made_story``); a
later version has two paragraphs that differ and one more. With ``--hard`` all of them are made of the same eight sentences, so
that every two share words everywhere. Prints a line of JSON for each size.

    python -m bench dossier_cost [--articles 5 20 100] [--versions 4] [--hard] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from starlette.testclient import TestClient

from bench.machine import heading, machine
from bench.made_story import StoryRoom
from writethru.analyse.dossier import Dossiers
from writethru.analyse.follow import follow
from writethru.analyse.reuse import ReuseAnalysis
from writethru.analyse.statements import StatementAnalysis
from writethru.archive import Archive, open_archive
from writethru.config import ArchiveConfig, Config
from writethru.dossier.markdown import to_markdown
from writethru.storage.story_store import StoryEvent, StoryMember
from writethru.web import WebSettings, create_app

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
TODAY = date(2031, 5, 12)
PARAGRAPHS = 25
PEOPLE = ("Ilse Marden", "Jonas Hald", "Clara Voss", "Anna Holm", "Peter Lund", "Marta Quist")
PLACES = ("Aldersund", "Lorn", "Kest", "Skerry Island", "the northern quay", "Vellby")
FORMS = (
    "{who} arrived in {place} on {day}. “The ferry to {place} will sail again when the {n} cracked piles are mended,” {pron} said.",
    "{about} {n} people were rescued near {place} by fishing boats, police said on {day}, and {m} were taken to hospital.",
    "The harbour board has agreed to repair the pier at {place} within {m} weeks if the state pays half of the {n} million crowns.",
    "“We have asked the line for every report on the pumps since {year},” {who} told the Courier. “It has {m} days to answer.”",
    "{who} blamed the line for the delay at {place}, a charge the line has denied, and said {about} {n} letters had gone unanswered.",
    "The inspectors must submit their report on {place} by {day}, according to a draft law of {year} seen by reporters.",
    "A senior official said that the talks over {place} would go on until {day} and that {n} of {m} points were settled.",
    "Rain fell on {place} for the {m}th day in a row while crews pumped {n} tonnes of water out of the hold.",
)


def paragraph(chance: random.Random) -> str:
    """One paragraph."""
    who = chance.choice(PEOPLE)
    return chance.choice(FORMS).format(
        who=who, pron="she" if who.split()[0] in ("Ilse", "Clara", "Anna", "Marta") else "he",
        place=chance.choice(PLACES), n=chance.randint(20, 1_900), m=chance.randint(4, 19), year=chance.randint(2012, 2030),
        day=chance.choice(("Monday", "Thursday", "12 May", "the end of June")), about=chance.choice(("About", "More than", "Some")),
    )  # fmt: skip


class HardRoom:
    """Articles of which every paragraph is one of eight sentences with other names and numbers."""

    def article(self, number: int) -> list[str]:
        """The paragraphs of an article's first version."""
        chance = random.Random(number)
        return [paragraph(chance) for _ in range(PARAGRAPHS)]

    def later(self, body: list[str], chance: random.Random) -> list[str]:
        """Its next version."""
        made = list(body)
        for _ in range(2):
            made[chance.randrange(len(made))] = paragraph(chance)
        return [*made, paragraph(chance)]


def versions_file(path: Path, room: StoryRoom | HardRoom, articles: int, versions: int) -> int:
    """A file to import; how many words its texts have in all."""
    lines, words = [], 0
    for number in range(articles):
        chance = random.Random(-1 - number)
        body = room.article(number)
        for version in range(versions):
            body = room.later(body, chance) if version else body
            at = NOON + timedelta(minutes=7 * number + 600 * version)
            words += sum(len(one.split()) for one in body)
            lines.append(json.dumps({
                "outlet": f"Outlet {number}", "url": f"https://o{number}.example/ferry", "time": at.isoformat(),
                "title": "Ferry sinks off Aldersund", "text": "\n\n".join(body),
            }))  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8")
    return words


def one_story(archive: Archive, articles: int) -> None:
    """All articles as one event of story 1, whatever the events that would be found."""
    minute = int(NOON.timestamp() // 60)
    form = {"shared": [], "days": 0.1, "alone": False, "minute": minute, "basis": "published", "runner_up": []}
    with archive.store.transaction():
        told = {"title": "Ferry sinks", "names": ["Ilse Marden"]}
        archive.store.stories.keep_events([StoryEvent(1, 1, None, minute, minute + 600, told)])
        archive.store.stories.keep_memberships(
            {n: [StoryMember(n, 1, True, 0.9, form)] for n in range(1, articles + 1)}
        )


Profile = cProfile.Profile | None


def spent(work: Callable[[], object]) -> float:
    """CPU milliseconds of one call."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def measure(
    folder: Path, room: StoryRoom | HardRoom, articles: int, versions: int, profile: Profile
) -> dict[str, float]:
    """Milliseconds of one size; the first making of the dossier is profiled."""
    words = versions_file(folder / "made.jsonl", room, articles, versions)
    url = f"sqlite:///{folder / 'a.db'}"
    config = Config(archive=ArchiveConfig(database=url, evidence=str(folder / "evidence")))
    with open_archive(url, config) as archive:
        archive.import_paths([folder / "made.jsonl"])
        reading = spent(lambda: follow(archive.store, StatementAnalysis(archive.store)))
        copies = spent(lambda: follow(archive.store, ReuseAnalysis(archive.store)))
        archive.analyse()
        one_story(archive, articles)
        dossiers = Dossiers(archive.store)
        if profile is not None:
            profile.enable()
        made = spent(lambda: dossiers.form_of_story(1, TODAY))
        if profile is not None:
            profile.disable()
        again = spent(lambda: Dossiers(archive.store).form_of_story(1, TODAY))
        form = dossiers.form_of_story(1, TODAY)
        return {
            "articles": articles,
            "versions": articles * versions,
            "words_a_version": round(words / articles / versions),
            "read_ms_a_version": round(reading / articles / versions, 1),
            "copies_ms": round(copies),
            "dossier_ms": round(made),
            "again_ms": round(again, 1),
            "markdown_ms": round(spent(lambda: to_markdown(form)), 1),
            "sentences": len(form["evidence"]),
            **pages(archive, folder),
            "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }


def pages(archive: Archive, folder: Path) -> dict[str, float]:
    """Bytes of the page, folded and whole, what making it takes, and what a browser takes with it where there is one."""
    client = TestClient(create_app(archive, WebSettings()))
    found: dict[str, float] = {}
    for name, address in (("folded", "/stories/1/dossier"), ("whole", "/stories/1/dossier?fold=no")):
        page = client.get(address).content
        found[f"{name}_ms"] = round(spent(partial(client.get, address)))
        found[f"{name}_kb"] = round(len(page) / 1024)
        (folder / f"{name}.html").write_bytes(page)
        found[f"{name}_browser_ms"] = in_browser(folder / f"{name}.html")
    return found


def in_browser(page: Path) -> float:
    """Milliseconds from asking for a page to its end, -1 without Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return -1
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        tab.goto(page.as_uri())
        took = tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        browser.close()
    return round(float(took))


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[5, 20, 100])
    parser.add_argument("--versions", type=int, default=4)
    parser.add_argument("--hard", action="store_true")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    print(heading(machine()))
    room = HardRoom() if options.hard else StoryRoom()
    profile = cProfile.Profile()
    for articles in options.articles:
        with tempfile.TemporaryDirectory() as folder:
            row = measure(Path(folder), room, articles, options.versions, profile if options.profile else None)
            print(json.dumps(row), flush=True)
    if options.profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
