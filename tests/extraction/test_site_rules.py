"""Site rules: what they may say, what they do to a page, and that nothing in them takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.printed import PAGE, PARAGRAPHS
from writethru.errors import MalformedInput
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import read_known
from writethru.extraction.selectors import read_selector
from writethru.extraction.site_rules import SiteRules, fits, read_rules
from writethru.extraction.tree import parse, walk
from writethru.model import BlockKind, Extraction

HOSTS = 'hosts = ["ledger.example"]\n'


def read(page: bytes, rules: str) -> Extraction:
    return read_known(page, None, Knowledge(rules=read_rules(HOSTS + rules, "ledger.toml"))).extraction


def texts(extraction: Extraction) -> list[str]:
    return [block.text for block in extraction.blocks]


class TestSelectors:
    MARKUP = (
        "<html><body><div id=main class='wide story'><section data-kind=ad><p>one</p></section><p class=lead>two</p>"
        "<div class=story><div class=x><p>three</p></div></div></div><p>four</p></body></html>"
    )

    @pytest.mark.parametrize(
        ("selector", "selected"),
        [
            ("p", ["one", "two", "three", "four"]),
            ("p.lead", ["two"]),
            ("#main > p", ["two"]),
            ("div.story p", ["one", "two", "three"]),
            ("div.story div.story p", ["three"]),
            ("div.story > div.story > p", []),
            ("section[data-kind=ad] p", ["one"]),
            ("[data-kind^='a'] > *", ["one"]),
            ("//section//p", ["one"]),
            ("//div[@id='main']/p", ["two"]),
            ("//div[contains(@class, 'wide')]//div[@class='x']/p", ["three"]),
            ("//body/p", ["four"]),
            ("//*[@class='lead']", ["two"]),
        ],
    )
    def test_select(self, selector: str, selected: list[str]) -> None:
        page = walk(parse(self.MARKUP))
        frames = read_selector(selector, "x").frames(page)
        assert [s.text for s in page.segments if s.frame.order in frames] == selected
        root = page.root
        assert root is not None
        found = [e for e in root.iter() if read_selector(selector, "x").selects(e)]
        assert len(found) == len(frames)

    @pytest.mark.parametrize(
        "wrong",
        [
            "",
            "p:hover",
            "p >",
            "> p",
            "div, p",
            "//p[position()=1]",
            "/html",
            "//p[count(*)>1]",
            "p[",
            "x" * 201,
            "a " * 9,
        ],
    )
    def test_are_refused_by_name(self, wrong: str) -> None:
        with pytest.raises(MalformedInput, match=r"ledger.toml: body.keep"):
            read_selector(wrong, "ledger.toml: body.keep")

    def test_a_deep_page_takes_no_longer(self) -> None:
        page = walk(parse("<div class=a>" * 3000 + "<p>x</p>"))
        selector = read_selector(".a .a .a .a .a .a .a p", "x")
        started = time.process_time()
        selector.frames(page)
        assert time.process_time() - started < 2


class TestFiles:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("hosts = [", "not valid TOML"),
            ("", "hosts is missing"),
            (HOSTS + "colour = 1", "unknown setting 'colour'"),
            (HOSTS + "[body]\nkeeps = []", r"\[body\] may hold keep, drop"),
            (HOSTS + "[body]\nkeep = 'p'", "body.keep must be a list of texts"),
            (HOSTS + "[blocks]\nteaser = ['']", "blocks.teaser must be a list of texts"),
            (HOSTS + "[blocks]\nteaser = ['" + "x" * 301 + "']", "at most 50 entries of 300"),
            (HOSTS + "[date]\nseen = 'time'", "published and modified"),
            (HOSTS + "outlet = 3", "outlet must be a text"),
            (HOSTS + "#" * 60_000, "at most 50000 bytes"),
        ],
    )
    def test_a_wrong_one_is_refused_with_a_reason(self, text: str, words: str) -> None:
        with pytest.raises(MalformedInput, match=words):
            read_rules(text, "ledger.toml")

    def test_hosts(self) -> None:
        rules = read_rules('hosts = ["ledger.example", "*.courier.example"]', "x")
        assert [rules.is_for(h) for h in ("ledger.example", "ledger.example:8080", "m.courier.example")] == [True] * 3
        assert not rules.is_for("courier.example.evil")
        assert not rules.is_for("www.ledger.example")

    def test_the_digest_is_the_text_s(self) -> None:
        assert read_rules(HOSTS, "a").digest == read_rules(HOSTS, "b").digest != read_rules(HOSTS + "#", "a").digest
        assert SiteRules("x", ("x",)).digest


class TestPages:
    def test_a_dropped_box_is_out(self) -> None:
        page = PAGE.but(between="<div class=tip-jar><p>The Ledger lives on crowns from its readers.</p></div>").html()
        assert "The Ledger lives on crowns from its readers." in texts(read(page, ""))
        assert texts(read(page, '[body]\ndrop = ["div.tip-jar"]')) == [PAGE.caption, *PARAGRAPHS]

    def test_a_kept_box_is_the_text(self) -> None:
        other = "<div class=archive>" + "".join(f"<p>{text} {text}</p>" for text in PARAGRAPHS * 3) + "</div>"
        page = PAGE.html().replace(b"<main>", f"{other}<main>".encode())
        kept = texts(read(page, "[body]\nkeep = [\"//div[@class='story-body']\"]"))
        assert [text for text in kept if text != PAGE.caption] == list(PARAGRAPHS)

    def test_signatures(self) -> None:
        page = PAGE.but(between="<p>The Ledger Quiz: who closed the quay?</p><p>Put right: it was Sunday.</p>").html()
        said = read(page, '[blocks]\nteaser = ["The Ledger Quiz:*"]\nnote = ["Put right: *"]')
        assert "The Ledger Quiz: who closed the quay?" not in texts(said)
        assert [block.text for block in said.blocks if block.kind is BlockKind.NOTE] == ["Put right: it was Sunday."]

    def test_a_date_where_the_rule_says(self) -> None:
        page = PAGE.but(above="<p>Set in type <time class=press data-at='2031-05-04T05:30:00Z'>early</time></p>").html()
        said = read(page, "[date]\npublished = 'time.press @data-at'")
        assert (said.published, said.provenance["published"]) == ("2031-05-04T05:30:00Z", "rule")


@given(st.text("ab* ", max_size=12), st.text("ab ", max_size=20))
def test_patterns_are_patterns(pattern: str, text: str) -> None:
    plain = " ".join(text.split())
    assert fits("*", plain)
    assert fits(plain, plain) or not plain
    if "*" not in pattern and pattern.strip():
        assert fits(pattern, plain) == (" ".join(pattern.split()) == plain)
