"""The latest text with what brought each sentence."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.web.accessible import parsed
from tests.web.fakes import FakeArchive, Look
from tests.web.texts import article
from writethru.web.blame import LONGEST_HEADLINE, MOST_APPEARANCES, blamed, is_short

SENTENCES = st.lists(
    st.sampled_from(["It rained.", "It rained. It stopped.", "He said “no”.", "12 died.", " "]), max_size=5
)


@given(st.lists(SENTENCES, min_size=1, max_size=4))
def test_the_marked_text_is_the_text(states: list[list[str]]) -> None:
    archive = FakeArchive()
    number = archive.play([Look(60 * n, article("Pier shut", *paragraphs)) for n, paragraphs in enumerate(states)])
    view = archive.article(number)
    assert view.latest is not None
    blocks = blamed(view.latest, archive.sentences(number).standing)
    told = ["".join(span.text for span in block.spans) for block in blocks]
    fields = [getattr(view.latest, name) for name in view.latest.FIELDS]
    assert told == [text for text in (*fields, *(block.text for block in view.latest.blocks)) if text]


def test_each_sentence_names_the_change_that_brought_it(client: TestClient) -> None:
    page = parsed(client.get("/articles/5").text)
    marks = page.xpath("//div[@class='reading blamed']//a[@class='brought']")
    assert marks
    lives = client.get("/api/v1/articles/5/sentences").json()["standing"]
    expected = [life["wordings"][-1]["change"] for life in lives if life["wordings"][-1]["change"]]
    assert [mark.get("href") for mark in marks] == [f"/articles/5/changes/{number}" for number in expected]
    since = [words.text_content() for words in page.xpath("//span[@class='since']")]
    assert since == [life["wordings"][-1]["text"] for life in lives if life["wordings"][-1]["change"]]


def test_what_was_lost_is_shown_struck_through(client: TestClient) -> None:
    lost = client.get("/api/v1/articles/5/sentences").json()["lost"]
    struck = parsed(client.get("/articles/5").text).xpath("//ul[@class='lost']//del")
    assert lost
    assert len(struck) == len(lost)
    assert lost[-1]["wordings"][-1]["text"] in struck[0].text_content()


def test_a_long_history_is_left_to_its_own_page() -> None:
    archive = FakeArchive()
    archive.play([Look(n, article(f"Pier shut {n}")) for n in range(MOST_APPEARANCES + 1)])
    view = archive.article(1)
    assert not is_short(view.appearances, view.versions)
    assert is_short(view.appearances[1:], view.versions)
    loud = replace(view.versions[0], headline="x" * (LONGEST_HEADLINE + 1))
    assert not is_short(view.appearances[1:], [loud])
