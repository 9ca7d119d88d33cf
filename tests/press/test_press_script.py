"""Press scripts: a small one of our own, and every version of the demo."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from writethru.errors import MalformedInput, UnreadableInput
from writethru.press import Kind, Plays, Style, load_plays
from writethru.press.printing import Order, PrintShop
from writethru.press.script import demo_plays

OUTLET = {
    "host": "herald.example",
    "name": "The Herald",
    "template": "plain",
    "feed_title": "Herald news",
    "language": "en-GB",
    "robots": "User-agent: *\nDisallow: /x\n",
}
TEMPLATE = """<html lang="{{ outlet.language }}"><head><title>{{ article.headline }}</title>
<link rel="canonical" href="https://{{ outlet.host }}{{ article.path }}"></head><body>
<nav><a href="/">{{ outlet.name }}</a></nav><article><h1>{{ article.headline }}</h1>
{% for block in article.blocks %}
<p class="{{ block.kind }}">{{ block.text }}</p>
{% endfor %}
</article>
{% if furniture.minutes_ago %}<p>Updated {{ furniture.minutes_ago }} minutes ago, {{ now.isoformat() }}</p>{% endif %}
<ul>{% for item in furniture.most_read %}<li><a href="{{ item.url }}">{{ item }}</a></li>{% endfor %}</ul>
<p class="layout">{{ furniture.edition }}</p></body></html>
"""


def line(minute: int, headline: str = "Fire & smoke", **more: Any) -> dict[str, Any]:
    return {
        "outlet": "herald.example",
        "path": "/fire",
        "time": f"2024-01-05T10:{minute:02}:00Z",
        "headline": headline,
        "standfirst": "",
        "byline": "A. Writer",
        "dateline": "",
        "published": "2024-01-05T10:00",
        "modified": "",
        "section": "News",
        "blocks": [
            {"kind": "caption", "text": "Smoke."},
            {"kind": "paragraph", "text": "A house <burnt>."},
            {"kind": "paragraph", "text": "Nobody was hurt."},
        ],
        "in_feed": True,
        "lesson": "the first",
        **more,
    }


def put(folder: Path, **files: Any) -> Path:
    (folder / "templates").mkdir(exist_ok=True)
    outlets, template = files.get("outlets", [OUTLET]), files.get("template", TEMPLATE)
    (folder / "outlets.json").write_text(outlets if isinstance(outlets, str) else json.dumps(outlets), "utf-8")
    (folder / "templates" / "plain.html").write_text(template, "utf-8")
    for name in ("articles", "events"):
        lines = files.get(name, [line(0)] if name == "articles" else None)
        if lines is not None:
            text = "".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in lines)
            (folder / f"{name}.jsonl").write_text(text, "utf-8")
    return folder


def look(plays: Plays, number: int = 1, **order: Any) -> str:
    article = next(plays.articles())
    now = order.pop("now", datetime(2024, 1, 5, 12, tzinfo=UTC))
    base = order.pop("base", "http://herald.example")
    return PrintShop(plays).page(Order(article, number, now, base, **order)).body.decode()


def test_a_script_is_played_with_its_outlets_own_template(tmp_path: Path) -> None:
    plays = load_plays(put(tmp_path, articles=[line(0), line(5, "Fire out", in_feed=False)]))
    site = plays.sites["herald.example"]
    assert (site.name, site.feed_title, site.language, site.robots) == (
        "The Herald",
        "Herald news",
        "en-GB",
        "User-agent: *\nDisallow: /x\n",
    )
    assert plays.lively
    assert [(v.headline, v.in_feed, v.lesson) for v in site.articles["/fire"].versions] == [
        ("Fire & smoke", True, "the first"),
        ("Fire out", False, "the first"),
    ]
    assert '<p class="paragraph">A house &lt;burnt&gt;.</p>' in look(plays)
    assert "<h1>Fire out</h1>" in look(plays, 2)


def test_an_article_that_is_not_in_the_feed_is_not_listed(tmp_path: Path) -> None:
    plays = load_plays(put(tmp_path, articles=[line(0), line(5, in_feed=False), line(9)]))
    newest = plays.sites["herald.example"].newest
    assert [len(list(newest(datetime(2024, 1, 5, 10, m, tzinfo=UTC)))) for m in (1, 6, 10)] == [1, 0, 1]


def test_without_furniture_the_pages_of_a_script_are_stable(tmp_path: Path) -> None:
    plays = load_plays(put(tmp_path, template="{{ now }} {{ furniture.minutes_ago }} {{ furniture.most_read }}"))
    noon = datetime(2024, 1, 5, 12, tzinfo=UTC)
    assert look(plays) == look(plays, now=noon.replace(hour=13)) == "2024-01-05 10:00:00+00:00 None ()"
    assert "13:00" in look(plays, now=noon.replace(hour=13), style=Style.LIVELY)


def test_links_of_a_template_lead_to_this_press(tmp_path: Path) -> None:
    plays = load_plays(put(tmp_path))
    assert 'href="http://herald.example/fire"' in look(plays)
    by_hand = look(plays, base="http://127.0.0.1:8001/herald.example")
    assert 'href="http://127.0.0.1:8001/herald.example/fire"' in by_hand
    assert '<a href="/herald.example/">' in by_hand


def test_the_teaser_ends_after_the_first_paragraph(tmp_path: Path) -> None:
    teaser = look(load_plays(put(tmp_path)), is_teaser=True)
    assert "A house &lt;burnt&gt;." in teaser
    assert "Nobody" not in teaser


def test_events_are_rules(tmp_path: Path) -> None:
    event = {"kind": "410", "host": "herald.example", "path": "/fire", "from": "2024-01-06T00:00Z", "lesson": "gone"}
    (rule,) = load_plays(put(tmp_path, events=[event])).rules
    assert (rule.kind, rule.path, rule.until) == (Kind.S410, "/fire", None)


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"articles": ["{"]}, r"articles\.jsonl:1: not JSON"),
        ({"articles": [line(0), "[]"]}, r"articles\.jsonl:2: not a JSON object"),
        ({"articles": []}, "holds no version"),
        ({"articles": [line(0, outlet="x.example")]}, r"articles\.jsonl:1: no such outlet or field: 'x\.example'"),
        ({"articles": [line(0, time="soon")]}, r"articles\.jsonl:1: .*not an ISO time"),
        ({"articles": [line(0, blocks=7)]}, r"articles\.jsonl:1: not an article version"),
        ({"events": [{"kind": "sulk"}]}, r"events\.jsonl:1: .*no misbehaviour 'sulk'"),
        ({"outlets": "{"}, r"outlets\.json: not a list of outlets"),
        ({"outlets": [{"host": "a.example"}]}, r"outlets\.json: not a list of outlets"),
        ({"template": "{% if %}"}, r"templates/plain\.html: not a Jinja2 template"),
    ],
)
def test_what_is_wrong_in_a_script_is_named(tmp_path: Path, files: dict[str, Any], why: str) -> None:
    with pytest.raises(MalformedInput, match=why):
        load_plays(put(tmp_path, **files))


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"other\.html: the press script lacks this file"):
        load_plays(put(tmp_path, outlets=[{**OUTLET, "template": "other"}]))


def test_the_demo_is_played_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert set(load_plays(Path("demo")).sites) == set(demo_plays().sites)
    put_here = tmp_path / "demo"
    put_here.mkdir()
    assert set(load_plays(put(put_here).relative_to(tmp_path)).sites) == {"herald.example"}


def test_every_version_of_the_demo_is_printed_whole() -> None:
    plays = demo_plays()
    shop = PrintShop(plays)
    for article in plays.articles():
        for number, version in enumerate(article.versions, start=1):
            for style in Style:
                page = shop.page(Order(article, number, plays.last, f"http://{article.host}", style)).body
                shown = " ".join(html.document_fromstring(page).text_content().split())
                stated = version.copy.article  # type: ignore[attr-defined]
                wanted = [version.headline, *(block["text"] for block in stated["blocks"])]
                missing = [text for text in wanted if " ".join(text.split()) not in shown]
                assert not missing, f"{article.url} version {number}, furniture {style}"


def test_the_demo_is_stable_without_furniture_and_changes_with_it() -> None:
    plays = demo_plays()
    shop = PrintShop(plays)
    for article in plays.articles():
        base = f"http://{article.host}"
        times = [plays.last, plays.last.replace(year=plays.last.year + 1)]
        assert len({shop.page(Order(article, 1, t, base)).body for t in times}) == 1
        assert len({shop.page(Order(article, 1, t, base, Style.LIVELY)).body for t in times * 2}) > 1


def test_the_events_of_the_demo_concern_what_it_plays() -> None:
    plays = demo_plays()
    for rule in plays.rules:
        articles = plays.sites[rule.host].articles
        assert rule.path == "*" or rule.path in articles, rule
