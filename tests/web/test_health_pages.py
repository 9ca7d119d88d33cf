"""Health on the page, in metrics and as a feed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from writethru.health.alarms import Alarm
from writethru.publish.words import ALARMS
from writethru.web.sparkline import HEIGHT, WIDTH, spark

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_page_shows_outlets_lines_and_alarms_escaped(client: TestClient) -> None:
    page = client.get("/watching").text
    assert "&lt;b&gt;Harbour&lt;/b&gt;" in page
    assert "<i>0%" not in page
    assert page.count('class="spark"') == 3
    assert 'id="alarm-2"' in page
    assert "<strong>lasts</strong>" in page
    assert "looks a day, at most" in page, "a line also stands in words"


def test_the_feed_has_an_entry_for_each_beginning_and_end(client: TestClient) -> None:
    answer = client.get("/alarms.atom")
    root = ET.fromstring(answer.content)
    titles = [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]
    assert titles == [
        "outlet blocked: The <b>Harbour</b> Courier",
        "over: source silent: https://courier.example/feed.xml",
        "source silent: https://courier.example/feed.xml",
    ]
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == 3
    again = client.get("/alarms.atom", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert len(client.get("/alarms.json").json()["items"]) == 3


def test_metrics_of_outlets_and_alarms(client: TestClient) -> None:
    text = client.get("/metrics").text
    assert 'writethru_alarms{alarm="outlet_blocked"} 1.0' in text
    assert 'writethru_alarms{alarm="source_silent"} 0.0' in text
    assert 'writethru_outlet_share{outcome="blocked",outlet="The <b>Harbour</b> Courier"}' in text


def test_every_alarm_is_explained() -> None:
    assert set(ALARMS) == set(Alarm)


@given(st.lists(st.none() | st.floats(0, 1e9), max_size=30))
def test_a_line_stays_in_its_box_and_breaks_at_gaps(figures: list[float | None]) -> None:
    drawn = spark(figures, "looks")
    places = [tuple(map(float, place.split(","))) for run in drawn.runs for place in run.split()]
    assert len(places) == sum(figure is not None for figure in figures)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places)
    if all(figure is None for figure in figures):
        assert drawn.text == "no figures"
