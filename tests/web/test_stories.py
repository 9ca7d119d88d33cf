"""The pages of storylines: what each outlet told when, what several share, what one has alone; all of it escaped."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.acceptance.conftest import config_for
from tests.analyse.test_reuse import add
from tests.reuse.material import COPY, OWN_ACCOUNT, WIRE
from tests.storage.made import after
from tests.web.accessible import faults, parsed
from writethru.analyse.follow import follow
from writethru.analyse.reuse import ReuseAnalysis
from writethru.archive import Archive, open_archive
from writethru.storage.story_store import StoryEvent, StoryLink, StoryMember
from writethru.web import WebSettings, create_app

HOSTILE = "<script>alert(1)</script>"


def minute(minutes: float) -> int:
    """A time of these tests as events store it."""
    return int(after(minutes).timestamp() // 60)


def member(article_id: int, event_id: int, minutes: float | None, basis: str = "published") -> StoryMember:
    """An article in an event."""
    form = {
        "shared": ["customs house", HOSTILE],
        "days": 0.1,
        "alone": False,
        "minute": None if minutes is None else minute(minutes),
        "basis": basis,
        "runner_up": [],
    }
    return StoryMember(article_id, event_id, True, 0.9, form)


def state(outlet: str, text: str, minutes: float) -> str:
    """One line of a versions file."""
    host = outlet.partition("<")[0]
    form = {
        "outlet": outlet,
        "url": f"https://{host}.example/fire",
        "time": after(minutes).isoformat(),
        "title": f"Fire at the customs house {HOSTILE}",
        "text": text.replace("\n", "\n\n"),
    }
    return json.dumps(form)


def tell(archive: Archive, folder: Path) -> None:
    """Three outlets on a fire, one of them copying another and changing it since; a year later, the inquiry."""
    rows = [
        state(f"wire{HOSTILE}", WIRE, 0),
        state("gazette", COPY, 120),
        state("gazette", COPY.replace("five stations", "six stations"), 180),
        state("courier", f"{OWN_ACCOUNT}\n{HOSTILE}", 60),
        state("later", "The inquiry into the fire found a kettle. Nobody is charged.", 525_600),
    ]
    (folder / "v.jsonl").write_text("\n".join(rows), encoding="utf-8")
    archive.import_paths([folder / "v.jsonl"])
    follow(archive.store, ReuseAnalysis(archive.store))
    numbers = {row.article.host.partition(".")[0]: row.article.id for row in archive.articles().rows}
    stories = archive.store.stories
    happened = {1: (0, 120, "Fire in Harbour Street"), 2: (525_600, 525_600, "Inquiry")}
    told = {"wire": (1, 0), "gazette": (1, 120), "courier": (1, None), "later": (2, 525_600)}
    with archive.store.transaction():
        for number, (first, last, title) in happened.items():
            form = {"title": f"{title} {HOSTILE}", "names": ["Ilse Marden"]}
            stories.keep_events([StoryEvent(number, 1, None, minute(first), minute(last), form)])
        for name, (event, minutes) in told.items():
            basis = "none" if minutes is None else "published"
            stories.keep_memberships({numbers[name]: [member(numbers[name], event, minutes, basis)]})
        form = {"shared": ["fire"], "words": "the same fire, a year on"}
        stories.keep_links({2: [StoryLink(2, 1, "revives", 0.7, form)]})


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("stories")
    url = f"sqlite:///{folder / 'a.db'}"
    with open_archive(url, config_for(url, folder)) as archive:
        tell(archive, folder)
        with TestClient(create_app(archive, WebSettings()), raise_server_exceptions=False) as made:
            yield made


@pytest.mark.parametrize("path", ["/stories", "/stories/1", "/events/1", "/events/2"])
def test_each_page_is_accessible_and_escapes(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert HOSTILE not in answer.text
    assert faults(answer.text) == []


def test_the_list_has_each_story_once_with_its_events(client: TestClient) -> None:
    page = client.get("/stories").text
    assert page.count('href="/stories/1"') == 1
    assert re.findall(r'href="/events/(\d)"', page) == ["2", "1"], "the last to happen first"
    assert "Show those of one article too" in page


def test_a_story_has_one_title_in_the_list_on_its_page_and_in_its_dossier(client: TestClient) -> None:
    listed = parsed(client.get("/stories").text).xpath("string(//h2[a/@href='/stories/1'])")
    assert listed == parsed(client.get("/stories/1").text).xpath("string(//h1)")
    assert listed == parsed(client.get("/stories/1/dossier").text).xpath("string(//h1)")


def test_stories_of_one_article_are_listed_where_they_are_asked_for(client: TestClient) -> None:
    assert "No story of 5 articles" in client.get("/stories?least=5").text
    assert client.get("/stories?least=4").text.count('href="/stories/1"') == 1
    assert "Show those of several only" in client.get("/stories?least=1").text
    assert client.get("/stories?least=0").status_code == 400


def test_a_story_line_has_a_lane_for_each_text_and_a_mark_for_each_version(client: TestClient) -> None:
    page = client.get("/stories/1").text
    assert "Independent texts: 3 of 4 articles" in page
    assert "1 article without a known time" in page
    svg = re.search(r'<svg class="lifeline storyline".*?</svg>', page, re.DOTALL)
    assert svg is not None
    drawing = ET.fromstring(svg.group())
    places = "{http://www.w3.org/2000/svg}" if "xmlns" in svg.group() else ""
    lanes = [line for line in drawing.iter(f"{places}line") if line.get("class") == "l-lane"]
    assert len(lanes) == 2, "the copy shares its source's lane; the undated one has none"
    marks = [mark.get("class") for mark in drawing.iter() if (mark.get("class") or "").startswith("l-")]
    assert (marks.count("l-first"), marks.count("l-later")) == (3, 1)
    assert "+1" in svg.group()
    assert re.findall(r">(\d+ \w+ 20\d\d)</text>", svg.group()) == ["4 May 2031", "3 May 2032"]


def test_the_table_behind_says_the_same(client: TestClient) -> None:
    page = client.get("/stories/1").text
    table = page[page.index("The same as a table") :]
    assert table.count("<tr data-stop>") == 4
    assert 'href="/articles/2/changes/1"' in table
    assert table.count("1 other article") == 2


def test_links_between_events_are_said_in_words(client: TestClient) -> None:
    page = client.get("/stories/1").text
    assert "It takes up again, after a silence," in page
    assert "the same fire, a year on" in page


def test_an_event_shows_what_several_have_and_what_one_has_alone(client: TestClient) -> None:
    page = client.get("/events/1").text
    assert "Independent texts: 2 of 3 articles" in page
    passages = page[page.index("What several texts have") : page.index("What only one text has")]
    assert "We have never seen papers burn like this" in passages
    assert "Quoted by" in passages
    alone = page[page.index("What only one text has") : page.index("The latest texts")]
    assert "a retired sailor, carried his cat" in alone
    assert "We have never seen papers burn" not in alone
    assert "the same text in" in page, "a copy is named, not shown again"
    assert ", one text" in alone, "what only they have, both have"
    assert '<mark><bdi class="sr">[shared' not in page, "the copy is folded, and the other account shares only speech"


def test_an_event_side_by_side_is_marked_where_outlets_share(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'b.db'}"
    partly = "\n".join([*OWN_ACCOUNT.split("\n"), *WIRE.split("\n")[1:2]])
    with open_archive(url, config_for(url, tmp_path)) as archive:
        add(archive.store, "wire", WIRE)
        add(archive.store, "courier", partly, minutes=60)
        follow(archive.store, ReuseAnalysis(archive.store))
        with archive.store.transaction():
            event = StoryEvent(1, 1, None, minute(0), minute(60), {"title": "", "names": []})
            archive.store.stories.keep_events([event])
            for number in (1, 2):
                archive.store.stories.keep_memberships({number: [member(number, 1, number)]})
        telling = archive.tellings.event(1)
        assert archive.tellings.event(1) is telling, "remembered until a text changes"
        (wire, courier) = telling.texts
        marked = [courier.text.blocks[s.block].text[s.start : s.end] for s in courier.spans if not s.quoted]
        assert " ".join(marked).startswith("Crews from four stations fought the flames")
        assert any(s.quoted for s in wire.spans)
        assert [p.quoted for p in telling.passages] == [False, True]
        assert any("customs house was built in 1871" in sentence for sentence in wire.alone)


def test_feeds_have_every_change_of_the_story_once(client: TestClient) -> None:
    entries = client.get("/stories/1/feed.json").json()["items"]
    assert [entry["url"].partition("/articles/")[2] for entry in entries] == ["2/changes/1"]
    atom = ET.fromstring(client.get("/stories/1/feed.atom").text)
    assert len(atom.findall("{http://www.w3.org/2005/Atom}entry")) == 1
    etag = client.get("/stories/1/feed.atom").headers["etag"]
    assert client.get("/stories/1/feed.atom", headers={"if-none-match": etag}).status_code == 304


def test_an_article_leads_to_its_event_or_says_why_not(client: TestClient) -> None:
    assert client.get("/articles/1/stories", follow_redirects=False).headers["location"] == "/events/1"
    assert 'href="/articles/1/stories"' in client.get("/articles/1").text
    assert client.get("/articles/99/stories").status_code == 404


@pytest.mark.parametrize("path", ["/stories/99", "/events/99", "/stories/x", "/stories/99/feed.atom"])
def test_what_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
