"""Version-comparison pages: the text form, the HTML form, and what goes wrong with them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from writethru.errors import MalformedInput
from writethru.extraction import news_sniffer
from writethru.extraction.news_sniffer import ComparisonPage, is_comparison_page, parse, parse_gap

SEEN = (
    "This article is from the source 'courier' and was first published or seen on 5 March 2024 06:10. "
    "It last changed over 40 days ago and won't be checked again for changes."
)
INTRO = f"""{SEEN}
You can find the current article at its original source at https://courier.test/transport/2024/mar/05/bridge-closure
The article has changed 3 times. There is an RSS feed of changes available.
"""
TABLE = """Version 1 | Version 2 |
---|---|
Bridge to close for ten weeks | Bridge to close for eleven weeks |
(35 minutes later) | |
The bridge will close from 1 June. | The bridge will close from 1 June. |
Ten weeks are planned. | Eleven weeks are planned. |
| No other bridge is near. |
"""
DUMP = INTRO + TABLE

HTML = f"""<!DOCTYPE html>
<html><head><title>Bridge to close for eleven weeks (Version 1 and 2) | News Sniffer</title></head>
<body>
<div id="header"><a href="/">News Sniffer</a></div>
<div id="content">
<p>{SEEN}</p>
<p>You can find the current article at its original source at <a href="https://courier.test/transport/2024/mar/05/bridge-closure">https://courier.test/transport/2024/mar/05/bridge-closure</a></p>
<p>The article has changed 3 times. There is an <a href="/feed.rss">RSS feed of changes</a> available.</p>
<table class="diff">
<tr><th>Version 1</th><th>Version 2</th></tr>
<tr><td>Bridge to close for ten weeks</td><td>Bridge to close for eleven weeks</td></tr>
<tr><td colspan="2">(35 minutes later)</td></tr>
<tr><td>The bridge will close from 1 June.</td><td>The bridge will close from 1 June.</td></tr>
<tr class="changed"><td>Ten weeks are planned.</td><td>Eleven <b>weeks</b> are planned.</td></tr>
<tr><td></td><td>No other bridge is near.</td></tr>
</table>
</div></body></html>
"""


def essence(page: ComparisonPage) -> tuple[object, ...]:
    return (
        page.outlet_key,
        page.first_seen,
        page.url,
        page.versions_stated,
        page.old.article_text,
        page.new.article_text,
        page.gap,
    )


@pytest.mark.parametrize("page", [DUMP, HTML, DUMP.encode(), HTML.encode()])
def test_both_forms_say_the_same(page: str | bytes) -> None:
    read = parse(page)
    assert is_comparison_page(page)
    assert essence(read) == essence(parse(DUMP))
    assert (read.outlet, read.first_seen) == ("courier", "5 March 2024 06:10")
    assert (read.old_number, read.new_number, read.versions_stated, read.retired) == (1, 2, 3, True)
    assert (read.gap, read.gap_stated, read.approximate) == (timedelta(minutes=35), "35 minutes", False)
    assert (read.old.headline, read.new.headline) == (
        "Bridge to close for ten weeks",
        "Bridge to close for eleven weeks",
    )
    assert read.old.text == "The bridge will close from 1 June.\n\nTen weeks are planned."
    assert read.new.text.endswith("\n\nNo other bridge is near.")
    assert (read.new.published, read.new.extractor) == ("2024-03-05", "news-sniffer/1")


def test_one_title_cell_serves_both_versions() -> None:
    shared = DUMP.replace("Bridge to close for ten weeks | Bridge to close for eleven weeks |", "Bridge to close | |")
    assert (parse(shared).old.headline, parse(shared).new.headline) == ("Bridge to close", "Bridge to close")
    wide = HTML.replace(
        "<td>Bridge to close for ten weeks</td><td>Bridge to close for eleven weeks</td>",
        '<td colspan="2">Bridge to close</td>',
    )
    assert (parse(wide).old.headline, parse(wide).new.headline) == ("Bridge to close", "Bridge to close")


def test_known_outlets_have_names_and_missing_facts_stay_missing() -> None:
    page = parse(
        "This article is from the source 'guardian' and was first published or seen on . It changed.\n" + TABLE
    )
    assert (page.outlet, page.first_seen, page.url, page.versions_stated, page.retired) == (
        "The Guardian",
        "",
        "",
        None,
        False,
    )


@pytest.mark.parametrize(
    ("words", "gap", "approximate"),
    [
        ("35 minutes", timedelta(minutes=35), False),
        ("1 minute", timedelta(minutes=1), False),
        ("less than a minute", timedelta(minutes=1), True),
        ("about 2 hours", timedelta(hours=2), True),
        ("about 1 hour", timedelta(hours=1), True),
        ("1 day", timedelta(days=1), True),
        ("12 days", timedelta(days=12), True),
    ],
)
def test_gaps(words: str, gap: timedelta, approximate: bool) -> None:
    assert parse_gap(words) == (gap, approximate)


def test_a_paragraph_with_a_bar_in_it_is_one_paragraph() -> None:
    row = "Tides: 04:10 | 16:35. | Tides: 04:10 | 16:35. |\n"
    assert parse(DUMP + row).old.text.endswith("Tides: 04:10 | 16:35.")


@pytest.mark.parametrize(
    ("page", "line", "named"),
    [
        (INTRO + "Version 1 | Version 2 |\n---|---|\n", 4, "no rows"),
        (DUMP + "The work will cost £9.2m. | The work will\n", 11, "breaks off"),
        (DUMP + "A last half row " * 12, 11, "breaks off"),
        (DUMP + "one | two | three |\n", 11, "3 cells"),
        (DUMP.replace("Version 1 | Version 2", "Version 3 | Version 2"), 4, "stands before"),
        (HTML.replace("<td>Ten weeks are planned.</td>", ""), 14, "one cell"),
        (HTML.replace("<td>Ten weeks are planned.</td>", "<td>a</td><td>b</td>"), 14, "3 cells"),
        (HTML[: HTML.index("<tr class")], 14, "cut off"),
    ],
)
def test_broken_tables_name_the_line_and_what_to_do(page: str, line: int, named: str) -> None:
    with pytest.raises(MalformedInput, match=named) as caught:
        parse(page)
    assert caught.value.line == line
    assert "save" in caught.value.message or "must be" in caught.value.message


@pytest.mark.parametrize(
    "page", ["", "Version 4 of the plan | was published", "<html><p>Version 1 and Version 2</p></html>", INTRO]
)
def test_other_pages_are_not_comparison_pages(page: str) -> None:
    assert not is_comparison_page(page)
    with pytest.raises(MalformedInput, match="version"):
        parse(page)


def test_the_counter_is_named_for_what_it_counts() -> None:
    assert "versions, not changes" in " ".join(parse(DUMP).notes)
    assert "number of versions" in (news_sniffer.__doc__ or "")
