"""What the river shows of an article that flips between two texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from starlette.testclient import TestClient

from tests.web.accessible import parsed
from writethru.model import ChangeRecord, Reason, TimeBasis
from writethru.publish.words import KINDS
from writethru.river import Order, Wanted
from writethru.views import ChangeRow
from writethru.web.river import address_of, by_day, short_interval, wanted_by

NOON = datetime(2031, 3, 11, 12, tzinfo=UTC)


def row(number: int, reason: Reason, *, article: int = 1, pair: tuple[int, int] = (1, 2)) -> ChangeRow:
    at = NOON - timedelta(minutes=number)
    record = ChangeRecord(article, number, *pair, at, at, TimeBasis.OBSERVED, "", (), 0.0, 1, reason)
    return ChangeRow(record, "https://a.example/", "A", "Headline")


def test_returns_between_the_same_two_texts_are_one_entry_a_day() -> None:
    rows = [row(n, Reason.RETURNED, pair=(1, 2) if n % 2 else (2, 1)) for n in range(1, 31)]
    (day,) = by_day([*rows, row(31, Reason.TEXT_CHANGED)])
    assert [(entry.row.record.number, entry.folded) for entry in day.entries] == [(1, 29), (31, 0)]


def test_a_single_return_and_returns_of_other_articles_stand_alone() -> None:
    (day,) = by_day([row(1, Reason.RETURNED), row(2, Reason.RETURNED, article=2), row(3, Reason.TEXT_CHANGED)])
    assert [entry.folded for entry in day.entries] == [0, 0, 0]


DAYS = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(
    lambda day: datetime(day.year, day.month, day.day, tzinfo=UTC)
)


@given(
    st.builds(
        Wanted,
        outlet=st.none() | st.integers(1, 2**31 - 1),
        kind=st.sampled_from(["", *KINDS]),
        section=st.text(st.characters(codec="utf-8"), max_size=20).map(str.strip),
        since=DAYS,
        until=DAYS,
        order=st.sampled_from(Order),
    )
)
def test_every_question_has_an_address_that_asks_it(wanted: Wanted) -> None:
    assert wanted_by(dict(parse_qsl(address_of(wanted).removeprefix("?")))) == wanted


def test_conditions_are_shown_and_each_can_be_taken_away(client: TestClient) -> None:
    tree = parsed(client.get("/?outlet=1&kind=headline&order=significant").text)
    chips = tree.xpath("//a[@class='chip']")
    assert [chip.get("href") for chip in chips] == ["/?kind=headline&order=significant", "/?outlet=1&order=significant"]
    (shown,) = tree.xpath("//p[@class='held']")
    entries = tree.xpath("//article[contains(@class, 'entry')]")
    assert shown.text_content().strip().startswith(f"{len(entries)} change")
    assert all("headline" in entry.xpath("string(.//ul)") for entry in entries)
    assert tree.xpath("//option[@selected]/text()")[1:] == ["headline"]


def test_the_most_significant_come_first(client: TestClient) -> None:
    tree = parsed(client.get("/?order=significant").text)
    weights = [float(text.split()[1]) for text in tree.xpath("//p[contains(@class, 'weight')]/span[1]/text()")]
    assert len(set(weights)) > 1
    assert weights == sorted(weights, reverse=True)


def test_a_kind_leads_to_its_changes_and_keeps_the_other_conditions(client: TestClient) -> None:
    tree = parsed(client.get("/?outlet=1").text)
    targets = set(tree.xpath("//a[@class='kind']/@href"))
    assert targets
    assert all(target.startswith("/?outlet=1&kind=") for target in targets)


def test_short_intervals_are_widened_never_narrowed() -> None:
    record = row(0, Reason.TEXT_CHANGED).record
    known = replace(record, after=NOON.replace(second=59), before=NOON.replace(hour=13, second=1))
    assert Markup(short_interval(known, dated=False)).striptags() == "between 12:00 and 13:01"
    assert Markup(short_interval(known, dated=True)).striptags() == "between 11 Mar 2031 12:00 and 11 Mar 2031 13:01"
    overnight = replace(known, before=datetime(2032, 1, 1, 0, 0, tzinfo=UTC))
    assert (
        Markup(short_interval(overnight, dated=False)).striptags() == "between 11 Mar 2031 12:00 and 1 Jan 2032 00:00"
    )
    imported = replace(record, basis=TimeBasis.IMPORTED)
    assert short_interval(imported, dated=False).startswith("Observed before 2031-03-11 12:00 UTC (imported")
