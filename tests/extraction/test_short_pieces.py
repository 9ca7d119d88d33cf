"""A first report is often a line or two; it is read, and what merely stands about the page is not."""

from __future__ import annotations

import pytest

from writethru.extraction import extract

LINES = "<h1>Mayor resigns</h1><p>He is gone.</p><p>More soon.</p>"


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><nav><p>Home.</p></nav><article>{LINES}</article><footer><p>Ours.</p></footer></body></html>",
        f"<html><body><main>{LINES}</main></body></html>",
        f"<html><body>{LINES}</body></html>",
        f"<article><h1>Mayor resigns</h1><div class='article-body'>{LINES[22:]}</div></article>",
        f"<main><article>{LINES}</article></main><footer><p>The Post. All rights reserved.</p></footer>",
    ],
)
def test_a_report_of_two_lines_is_read(page: str) -> None:
    read = extract(page)
    assert (read.headline, read.text) == ("Mayor resigns", "He is gone.\n\nMore soon.")


def test_a_page_of_navigation_alone_has_no_text() -> None:
    page = "<html><body><h1>News</h1><nav><p>Home.</p></nav><footer><p>All rights are ours.</p></footer></body></html>"
    assert extract(page).text == ""


BESIDE = "".join(
    f"<p>The Post was founded in {year} and prints what the town of Norhaven says.</p>" for year in range(9)
)
REPORT = (
    "<p>The mayor of Norhaven resigned on Monday after a vote about the east quay, the council said in a statement.</p>"
    "<p>His deputy, Ida Marlow, takes over until the election in May, and the quay stays closed until then.</p>"
)


@pytest.mark.parametrize("wrapper", ["<div class=page>{}</div>", "<div class='site-promo'>{}</div>"])
def test_a_short_report_is_not_outweighed_by_what_stands_beside_it(wrapper: str) -> None:
    report = f"<article><h1>Mayor resigns</h1><div class='article-body'>{REPORT}</div></article>"
    page = f"<html><body>{wrapper.format(report + f'<div class=x7>{BESIDE}</div>')}</body></html>"
    assert extract(page).text.split("\n\n") == REPORT.removeprefix("<p>").removesuffix("</p>").split("</p><p>")
