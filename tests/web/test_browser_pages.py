"""Every page in a real browser: axe, light and dark, without JavaScript, in print, on a budget, under attack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest

from tests.web.browsing import serving, signed_in, watched
from tests.web.contrast import LOW_CONTRAST
from tests.web.fakes import FakeArchive
from tests.web.texts import huge
from writethru.archive import Archive

axe_api = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed: see pyproject")

CHANGE = "/articles/5/changes/2"
IN_MEMORY = [
    "/",
    "/?outlet=1&kind=headline&order=significant",
    "/articles",
    "/articles/5",
    "/articles/5/versions/3",
    "/articles/5/sentences",
    "/articles/5/compare?old=1&new=3",
    CHANGE,
    f"{CHANGE}?view=only&kind=headline",
    "/watching",
    "/about",
    "/nothing",
]
ON_DISK = [
    "/outlets/1",
    "/articles/1",
    "/articles/2/changes/1",
    "/articles/4/changes/1",
    "/articles/1/shared",
    "/articles/1/shared/3",
    "/stories",
    "/stories/1",
    "/events/1",
    "/search",
    "/search?q=pier",
    "/search?q=%22",
    "/feeds",
    "/login",
]
SIGNED_IN = ["/watching", "/articles/1", "/search?q=harbour", "/journal", "/workers"]

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(params=["memory", "disk"])
def places(request: pytest.FixtureRequest) -> tuple[str, list[str]]:
    """A server and the paths of its pages."""
    if request.param == "memory":
        return request.getfixturevalue("address"), IN_MEMORY
    return request.getfixturevalue("disk_address"), ON_DISK


def axe_faults(page: Any) -> list[str]:
    """In light, and what dark can alter; also inside what is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate(axe_api.Axe().axe_script)
    faults = []
    for scheme, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("options => axe.run(document, options)", {"resultTypes": ["violations"], **rules})
        faults += [f"{scheme} {each['id']}: {each['nodes'][0]['html'][:150]}" for each in found["violations"]]
        faults += [f"{scheme} {fault}" for fault in page.evaluate(LOW_CONTRAST)]
    return faults


def test_axe_finds_nothing_in_light_or_dark(browser: Any, places: tuple[str, list[str]]) -> None:
    address, paths = places
    with watched(browser, address) as page:
        for path in paths:
            page.goto(path)
            assert (path, axe_faults(page)) == (path, [])


def test_what_editors_see_is_complete_on_a_phone_without_javascript_and_axe_finds_nothing(
    browser: Any, disk_archive: Archive, disk_address: str
) -> None:
    with watched(browser, disk_address) as page:
        signed_in(page.context, disk_archive, disk_address)
        for path in SIGNED_IN:
            page.goto(path)
            assert page.locator("text=Sign out").is_visible()
            assert (path, axe_faults(page)) == (path, [])
    narrow = {"width": 390, "height": 800}
    with watched(browser, disk_address, java_script_enabled=False, viewport=narrow) as page:
        signed_in(page.context, disk_archive, disk_address)
        page.goto("/articles/1")
        page.click("text=Pause the looks at it")
        page.wait_for_url("**/articles/1")
        assert page.locator("text=Paused").is_visible()
        page.click("text=Look at it again")
        page.goto("/search?q=harbour")
        page.fill("#keep", "Harbours")
        page.click("text=Keep >> nth=-1")
        page.wait_for_url("**/search?q=harbour")
        page.click("text=Forget >> nth=-1")
        page.wait_for_url("**/search")
        assert page.locator(".saved li").count() == 1


def test_hebrew_is_set_from_right_to_left_wherever_it_stands(browser: Any, disk_address: str) -> None:
    with watched(browser, disk_address) as page:
        for path, places in (
            ("/?outlet=1", ["article:has-text('המזח') h3", "article:has-text('המזח') .words"]),
            ("/articles/4", ["h1", ".reading p"]),
            ("/articles/4/changes/1", ["h1", ".edit .cell.new"]),
            ("/search?q=המזח", [".hits .title", ".hits .passage"]),
        ):
            page.goto(path)
            for place in places:
                direction = page.locator(place).first.evaluate("element => getComputedStyle(element).direction")
                assert (path, place, direction) == (path, place, "rtl")


def test_pages_are_complete_without_javascript_and_fit_a_phone(browser: Any, places: tuple[str, list[str]]) -> None:
    address, paths = places
    with watched(browser, address, java_script_enabled=False, viewport={"width": 390, "height": 800}) as page:
        for path in paths:
            page.goto(path)
            assert (path, page.locator("h1").is_visible()) == (path, True)
            assert not page.locator("#keys").is_visible()
            assert not page.locator("button[data-copy]:visible").count()
            box = page.locator("main").bounding_box()
            assert box["x"] + box["width"] <= 390, path
            for fold in page.locator("details.fold > summary").all():
                fold.click()
            assert page.locator("details.fold:not([open])").count() == 0


def test_a_question_is_asked_without_javascript(browser: Any, address: str) -> None:
    with watched(browser, address, java_script_enabled=False) as page:
        page.goto("/")
        page.click(".ask > summary")
        page.select_option("#f-kind", "headline")
        page.fill("#f-since", "2031-03-01")
        page.click(".ask button")
        page.wait_for_url("**kind=headline*since=2031-03-01*")
        assert page.locator(".chip").count() == 2
        page.click(".chip >> nth=0")
        assert "kind=headline" not in page.url


@pytest.mark.parametrize("path", ["/", "/articles/5", CHANGE, "/watching"])
def test_a_first_visit_is_light_and_nothing_moves(browser: Any, address: str, path: str) -> None:
    with watched(browser, address) as page:
        page.add_init_script(
            "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value))"
            ".observe({type: 'layout-shift', buffered: true});"
        )
        page.goto(path, wait_until="load")
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        sizes = page.evaluate(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
            ".map(entry => entry.transferSize)"
        )
        assert len(sizes) >= 3
        assert sum(sizes) <= 60_000
        assert page.evaluate("window.shift") < 0.01


def test_print_keeps_the_marks_and_leaves_the_controls_out(browser: Any, address: str) -> None:
    with watched(browser, address) as page:
        page.goto(CHANGE)
        page.emulate_media(media="print")
        for gone in (".masthead nav", ".layouts", ".between", "form.compare", "button[data-copy]"):
            assert not page.locator(gone).first.is_visible(), gone
        assert page.locator("#cite-plain").is_visible()
        style = "getComputedStyle(document.querySelector('.sides {}')).textDecorationLine"
        assert page.evaluate(style.format("del")) == "line-through"
        assert page.evaluate(style.format("ins")) == "underline"


def test_the_picture_is_drawn_and_does_nothing(browser: Any, address: str) -> None:
    with watched(browser, address) as page:
        answer = page.goto("/articles/4/changes/1/share.svg")
        assert answer.headers["content-type"] == "image/svg+xml"
        assert page.evaluate("document.documentElement.tagName") == "svg"
        assert page.evaluate("document.querySelectorAll('script, image, foreignObject, a').length") == 0


@pytest.mark.parametrize(("path", "stops"), [("/articles/5", 3), ("/articles/5/sentences", 5), ("/watching", 2)])
def test_keys_walk_every_list(browser: Any, address: str, path: str, stops: int) -> None:
    with watched(browser, address) as page:
        page.goto(path)
        seen = []
        for _ in range(stops):
            page.keyboard.press("j")
            seen.append(
                page.evaluate("[...document.querySelectorAll('[data-stop]')].findIndex(e => e.matches('.here'))")
            )
        assert seen == list(range(seen[0], seen[0] + stops))
        page.keyboard.press("p")
        assert page.evaluate("document.querySelectorAll('.here').length") == 1


@pytest.fixture(scope="module")
def loud_address() -> Iterator[str]:
    """A server over an article with a headline of ten million characters."""
    archive = FakeArchive()
    huge(archive)
    with serving(cast(Archive, archive)) as address:
        yield address


@pytest.mark.parametrize("path", ["/", "/articles/1/changes/1"])
def test_a_headline_of_ten_million_characters_is_shown_harmlessly(browser: Any, loud_address: str, path: str) -> None:
    with watched(browser, loud_address, viewport={"width": 390, "height": 800}) as page:
        page.goto(path)
        assert page.evaluate("document.documentElement.outerHTML.length") < 100_000
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", ["/", "/articles/2", "/articles/2/changes/1", "/outlets/1", "/search?q=alert"])
def test_a_hostile_article_does_nothing_on_pages_of_the_database(browser: Any, disk_address: str, path: str) -> None:
    with watched(browser, disk_address) as page:
        page.goto(path)
        page.evaluate("() => new Promise(done => requestAnimationFrame(done))")
        assert page.title() != "owned"
        assert page.evaluate("document.scripts.length") == 1
        assert page.evaluate("document.querySelectorAll('main img, main b, main style').length") == 0
