"""The pages in a real browser: keys, narrow windows, no JavaScript, contrast, hostile articles."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from typing import Any, cast

import pytest
import uvicorn

from tests.web.texts import whole_archive
from writethru.archive import Archive
from writethru.web import WebSettings, create_app

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the pages were not driven")

CHROMIUM = os.environ.get("WRITETHRU_CHROMIUM") or shutil.which("chromium") or ""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
CHANGE = "/articles/5/changes/2"
ALL_KINDS = ["/", "/articles", "/articles/5", "/articles/5/versions/3", CHANGE, "/watching", "/about", "/nothing"]

pytestmark = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(
        not CHROMIUM and os.environ.get("WRITETHRU_REQUIRE_BROWSER") != "1",
        reason="NO BROWSER: chromium is not installed, so the pages were not driven (Debian: apt install chromium)",
    ),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a running server over the articles of the tests."""
    app = create_app(cast(Archive, whole_archive()), WebSettings(page_size=20))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium."""
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page in a wide window; any complaint of the browser (CSP, script) fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
    yield opened
    context.close()
    assert [text for text in complaints if "404 (Not Found)" not in text] == []


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


@pytest.mark.parametrize("path", ["/articles/4", "/articles/4/changes/1", "/articles/4/versions/1", "/?cursor=40"])
def test_a_hostile_article_does_nothing(page: Any, path: str) -> None:
    page.goto(path)
    page.wait_for_timeout(50)
    assert page.title() != "owned"
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    assert page.evaluate("document.scripts.length") == 1


@pytest.mark.parametrize("width", [390, 820, 1440])
@pytest.mark.parametrize(
    "path", ["/", "/articles", "/articles/2", "/articles/3/changes/1", "/articles/4/changes/1", "/about"]
)
def test_nothing_sticks_out(page: Any, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_narrow_window_gets_one_text_with_both_marks(page: Any) -> None:
    page.goto(CHANGE)
    assert page.locator(".sides >> nth=0").is_visible()
    assert not page.locator(".merged >> nth=0").is_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    assert not page.locator(".sides >> nth=0").is_visible()
    assert page.locator(".merged ins >> nth=0").is_visible()


@pytest.mark.parametrize("path", ALL_KINDS)
def test_pages_are_complete_without_javascript(browser: Any, address: str, path: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto(path)
    assert page.locator("h1").is_visible()
    assert not page.locator("#keys").is_visible()
    assert not page.locator("button[data-copy]:visible").count()
    for fold in page.locator("details.fold > summary").all():
        fold.click()
    assert page.locator("details.fold:not([open])").count() == 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ALL_KINDS)
def test_text_stands_out_from_its_ground(browser: Any, address: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, base_url=address)
    page = context.new_page()
    page.goto(path)
    assert page.evaluate(LOW_CONTRAST) == []
    context.close()


@pytest.mark.parametrize("path", ["/", "/articles/5", CHANGE])
def test_nothing_shifts_while_a_page_loads(page: Any, path: str) -> None:
    page.goto(path)
    shift = page.evaluate(
        """() => new Promise(done => {
          let sum = 0;
          new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
            .observe({type: 'layout-shift', buffered: true});
          setTimeout(() => done(sum), 100);
        })"""
    )
    assert shift < 0.01


def test_targets_are_large_enough_for_a_thumb(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    for path in ("/", CHANGE):
        page.goto(path)
        heights = page.eval_on_selector_all(
            ".masthead li a, .pager a, .between a, button, select, summary",
            "all => all.filter(e => e.offsetParent).map(e => Math.round(e.getBoundingClientRect().height))",
        )
        assert min(heights) >= 24  # WCAG 2.2, 2.5.8


LOW_CONTRAST = """() => {
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faults = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || element.closest('.sr, .skip') || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const drawn = element.ownerSVGElement ? style.fill : style.color;
    const [a, b] = [light(numbers(drawn)), light(ground(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const name = element.className.baseVal ?? element.className;
    if (ratio < 4.5) faults.push(`${ratio.toFixed(2)} ${element.tagName}.${name}`);
  }
  return [...new Set(faults)];
}"""
"""Text whose contrast with its ground is below 4.5:1 (WCAG 2.2, 1.4.3)."""
