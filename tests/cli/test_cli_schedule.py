"""``schedule simulate``: what it prints, and what it says of a file that is none."""

from __future__ import annotations

import gzip

import pytest

from tests.cli.command import Command

HEAD = "published_utc,update_minutes_after_publication\n"
LINES = [f"2031-03-{1 + n // 12:02}T{n % 12:02}:00Z,{'' if n % 3 else f'{40 + n} {200 + n}'}\n" for n in range(60)]


@pytest.fixture
def published(writethru: Command) -> Command:
    """A file of sixty articles, a third of them updated twice."""
    (writethru.folder / "u.csv.gz").write_bytes(gzip.compress((HEAD + "".join(LINES)).encode()))
    return writethru


@pytest.mark.parametrize("policy", ["writethru", "news-sniffer", "newsdiffs", "fixed:30", "age:0.35"])
def test_json_has_the_four_figures(published: Command, policy: str) -> None:
    form = published("schedule", "simulate", "u.csv.gz", "--policy", policy, "--json").form
    assert (form["policy"], form["articles"], form["versions"]) == (policy, 60, 100)
    assert form["looks_per_article"] > 5
    assert 0.9 < form["versions_caught"] <= 1
    assert 0 < form["median_delay_min"] <= form["p90_delay_min"]


def test_a_budget_is_kept_to(published: Command) -> None:
    few, many = (
        published("schedule", "simulate", "u.csv.gz", "--policy", "writethru", "--looks", looks, "--json").form
        for looks in ("8", "60")
    )
    assert few["looks_per_article"] < many["looks_per_article"]
    assert few["versions_caught"] <= many["versions_caught"]


def test_people_get_a_table_of_all_policies(published: Command) -> None:
    done = published("schedule", "simulate", "u.csv.gz", "--sample", "20")
    assert done.code == 0
    assert done.out.startswith("20 articles")
    assert all(name in done.out for name in ("writethru", "news-sniffer", "newsdiffs", "age:0.35", "fixed:60"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"published_utc\n", "is not gzip"),
        (gzip.compress(b"a,b\n1,2\n"), "needs the columns"),
        (gzip.compress((HEAD + "2031-03-01T06:00Z,soon\n").encode()), "u.csv.gz:2: 'soon' are not minutes"),
        (gzip.compress(HEAD.encode()), "holds no articles"),
        (gzip.compress((HEAD + LINES[0]).encode())[:-9], "cut off or damaged"),
        (gzip.compress(b"\xff\xfe"), "is not UTF-8"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(writethru: Command, content: bytes, words: str) -> None:
    (writethru.folder / "u.csv.gz").write_bytes(content)
    done = writethru("schedule", "simulate", "u.csv.gz")
    assert done.code == 3
    assert words in done.err
    assert "Traceback" not in done.err


def test_a_missing_file_and_an_unknown_policy_are_said(published: Command) -> None:
    assert published("schedule", "simulate", "none.gz").code == 3
    done = published("schedule", "simulate", "u.csv.gz", "--policy", "hourly")
    assert (done.code, "no such policy" in done.err) == (3, True)
