"""The pages in a real browser: keys, narrow windows, no JavaScript, contrast, hostile articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.browsing import watched

CHANGE = "/articles/5/changes/2"

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page in a wide window; any complaint of the browser (CSP, script) fails the test."""
    with watched(browser, address) as opened:
        yield opened


def focused(page: Any) -> str:
    """Where the focus is: the address of a link, or the id of an edit."""
    found: str = page.evaluate(
        "document.activeElement.getAttribute('href') || document.activeElement.id || document.activeElement.tagName"
    )
    return found


def test_keys_walk_the_river_and_open_an_entry(page: Any) -> None:
    page.goto("/")
    links = page.eval_on_selector_all("article h3 a", "all => all.map(link => link.getAttribute('href'))")
    for key, place in (("j", 0), ("n", 1), ("j", 2), ("k", 1), ("p", 0), ("k", 0)):
        page.keyboard.press(key)
        assert focused(page) == links[place]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{links[0]}")


def test_keys_walk_the_edits_and_the_changes(page: Any) -> None:
    page.goto(CHANGE)
    edits = page.eval_on_selector_all("[data-stop]", "all => all.map(edit => edit.id)")
    assert len(edits) >= 6
    for key, place in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        assert focused(page) == edits[place]
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/changes/3")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/changes/2")
    page.keyboard.press("v")
    page.wait_for_url("**/changes/2?view=inline")
    page.keyboard.press("v")
    page.wait_for_url("**/changes/2?view=only")
    page.keyboard.press("v")
    page.wait_for_url("**/changes/2?view=side")


def test_question_mark_shows_the_keys(page: Any) -> None:
    page.goto("/")
    assert not page.locator("#keys dl").is_visible()
    page.keyboard.press("?")
    assert page.locator("#keys dl").is_visible()


def test_keys_leave_typing_alone(page: Any) -> None:
    page.goto(CHANGE)
    page.focus("#cite-plain")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("j")
    assert page.url.endswith("/changes/2")
    assert focused(page) == "cite-plain"


def test_skip_link_is_the_first_stop_and_leads_to_the_content(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert focused(page) == "#main"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert focused(page) == "main"


def test_a_moved_sentence_leads_to_its_other_place(page: Any) -> None:
    page.goto(CHANGE)
    page.click("a.twin >> nth=0")
    assert page.evaluate("document.querySelector(':target .twin') !== null")


def test_the_citation_can_be_copied(page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(CHANGE)
    page.click("text=Copy plain text")
    page.wait_for_selector("#copied:has-text('Copied')")
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#cite-plain")


def test_a_hostile_article_does_nothing(page: Any) -> None:
    for path in ("/articles/4", "/articles/4/changes/1", "/articles/4/versions/1", "/?cursor=40"):
        page.goto(path)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.title() != "owned"
        assert page.evaluate("getComputedStyle(document.body).display") == "block"
        assert page.evaluate("document.scripts.length") == 1


def test_words_in_a_drawing_can_be_read_on_a_narrow_page(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/articles/4")
    scale = "(one => one.getBoundingClientRect().width / one.viewBox.baseVal.width)"
    assert 11 * page.evaluate(f"{scale}(document.querySelector('.lifeline'))") >= 10, "pixels of a letter's height"


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_nothing_sticks_out(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", "/articles", "/articles/2", "/articles/3/changes/1", "/articles/4/changes/1", "/about"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_narrow_window_gets_one_text_with_both_marks(page: Any) -> None:
    page.goto(CHANGE)
    assert page.locator(".sides >> nth=0").is_visible()
    assert not page.locator(".merged >> nth=0").is_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    assert not page.locator(".sides >> nth=0").is_visible()
    assert page.locator(".merged ins >> nth=0").is_visible()


def test_targets_are_large_enough_for_a_thumb(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    for path in ("/", CHANGE):
        page.goto(path)
        heights = page.eval_on_selector_all(
            ".masthead li a, .pager a, .between a, button, select, summary",
            "all => all.filter(e => e.offsetParent).map(e => Math.round(e.getBoundingClientRect().height))",
        )
        assert min(heights) >= 24  # WCAG 2.2, 2.5.8
