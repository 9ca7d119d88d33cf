"""One article at many addresses, two articles that name one: nothing doubled, nothing merged, nothing lost."""

from __future__ import annotations

from html import escape
from pathlib import Path

from starlette.testclient import TestClient

from tests.acceptance.test_misbehaviour import LONG, SNOW
from tests.acceptance.watching import Watched, at, watched
from writethru.archive import open_archive
from writethru.model import Article
from writethru.press import Kind, Rule
from writethru.web import WebSettings, create_app

SITE = "http://post.example"
PLAIN, AMP, SNOWED = f"{SITE}/2031/bridge", f"{SITE}/2031/bridge/amp", f"{SITE}/2031/snow"


def page(url: str, hours: float, title: str, text: str, named: str) -> dict[str, str]:
    """One line of a versions file: a page that names an address."""
    body = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    html = (
        f'<!doctype html><html><head><title>{title}</title><link rel="canonical" href="{named}">'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
    return {"outlet": "The Post", "url": url, "time": at(hours), "title": title, "html": html}


def found(run: Watched, url: str) -> Article:
    article = run.archive.store.find_article(url)
    assert article is not None, url
    return article


def kinds(run: Watched, article: Article) -> dict[str, str]:
    return {alias.url: alias.kind for alias in run.archive.store.aliases(article.id)}


def test_the_address_that_a_page_names_is_one_more_of_its_article(store_url: str, tmp_path: Path) -> None:
    with watched([page(AMP, 0, "Bridge shut", LONG, PLAIN)], tmp_path, store_url) as run:
        run.follow(AMP)
        run.run(2)
        assert found(run, PLAIN).url == AMP
        assert kinds(run, found(run, AMP)) == {AMP: "canonical", PLAIN: "stated"}


def test_an_article_found_twice_is_joined_and_nothing_is_lost(store_url: str, tmp_path: Path) -> None:
    lines = [page(AMP, 0, "Bridge shut", LONG, PLAIN), page(PLAIN, 0, "Bridge shut", LONG, PLAIN)]
    lines += [page(url, 3, "Bridge open", LONG.replace("Twelve", "Ten"), PLAIN) for url in (AMP, PLAIN)]
    with watched(lines, tmp_path, store_url) as run:
        run.follow(PLAIN)
        run.follow(AMP)
        run.run(10)
        kept = found(run, PLAIN)
        assert found(run, AMP) == kept
        assert kinds(run, kept)[AMP] == "merged"
        (left,) = run.archive.article(kept.id).joined
        assert (left.url, left.same_as, left.next_look_at) == (AMP, kept.id, None)
        assert [row.article.id for row in run.archive.articles().rows] == [kept.id]
        assert run.archive.article(kept.id).summary.versions == 2
        assert run.archive.article(left.id).summary.versions == 1, "its own record stays"
        with TestClient(create_app(run.archive, WebSettings())) as reader:
            answer = reader.get(f"/articles/{left.id}", follow_redirects=False)
            assert (answer.status_code, answer.headers["location"]) == (308, f"/articles/{kept.id}")
            assert reader.get(f"/articles/{left.id}?alone=yes").status_code == 200
            assert reader.get(f"/articles/{left.id}/versions/1").status_code == 200
            assert "also followed under" in reader.get(f"/articles/{kept.id}").text
            assert reader.get(f"/api/v1/articles/{left.id}").json()["same_as"] == kept.id
        assert run.archive.verify().faults == ()
        assert run.archive.rebuild().different == ()


def test_evidence_that_arrives_late_still_joins(sqlite_made: Path, tmp_path: Path) -> None:
    """The AMP page was followed first and named an address nobody had; then a feed brings that address."""
    lines = [page(AMP, 0, "Bridge shut", LONG, PLAIN), page(PLAIN, 0, "Bridge shut", LONG, PLAIN)]
    with watched(lines, tmp_path, str(tmp_path / "w.db")) as run:
        run.follow(AMP)
        run.run(3)
        run.follow_feeds()
        run.run(6)
        kept = found(run, AMP)
        assert found(run, PLAIN).id == kept.id
        assert kinds(run, kept)[PLAIN] == "merged", "a look at it proved what the page had said"


def test_a_wrong_canonical_never_hides_an_article(sqlite_made: Path, tmp_path: Path) -> None:
    """The bridge's page names the snow's address, by a fault of its template."""
    lines = [page(PLAIN, 0, "Bridge shut", LONG, SNOWED), page(SNOWED, 0, "Snow", SNOW, SNOWED)]
    with watched(lines, tmp_path, str(tmp_path / "w.db")) as run:
        run.follow(PLAIN)
        run.run(2)
        run.follow_feeds()
        run.run(4)
        bridge, snow = found(run, PLAIN), found(run, SNOWED)
        assert bridge.id != snow.id
        assert (bridge.same_as, snow.same_as) == (None, None)
        assert snow.url == SNOWED


def test_a_canonical_that_all_pages_name_merges_nothing(sqlite_made: Path, tmp_path: Path) -> None:
    for number, template in enumerate((f"{SITE}/", f"{SITE}/2031", f"{SITE}/news/latest", "http://wire.example/x")):
        lines = [page(PLAIN, 0, "Bridge shut", LONG, template), page(SNOWED, 0, "Snow", SNOW, template)]
        folder = tmp_path / str(number)
        folder.mkdir()
        with watched(lines, folder, str(folder / "w.db")) as run:
            run.follow_feeds()
            run.run(4)
            assert len(run.archive.articles().rows) == 2
            assert {c.look.outcome.value for url in (PLAIN, SNOWED) for c in run.captures(url)} == {"edited", "same"}


def test_a_redirect_to_an_article_with_the_same_text_joins(sqlite_made: Path, tmp_path: Path) -> None:
    old = f"{SITE}/2031/old-words"
    lines = [page(PLAIN, 0, "Bridge shut", LONG, PLAIN), page(old, 0, "Bridge shut", LONG, PLAIN)]
    rule = Rule(Kind.MOVED, PLAIN, path="/2031/old-words")
    with watched(lines, tmp_path, str(tmp_path / "w.db"), rules=[rule]) as run:
        run.follow(PLAIN)
        run.follow(old)
        run.run(4)
        assert found(run, old).id == found(run, PLAIN).id


def test_a_lost_database_knows_again_which_addresses_are_one(sqlite_made: Path, tmp_path: Path) -> None:
    lines = [page(AMP, 0, "Bridge shut", LONG, PLAIN), page(PLAIN, 0, "Bridge shut", LONG, PLAIN)]
    with watched(lines, tmp_path, str(tmp_path / "w.db")) as run:
        run.follow(PLAIN)
        run.follow(AMP)
        run.run(4)
        kept = found(run, PLAIN)
        assert found(run, AMP).id == kept.id
        with open_archive(str(tmp_path / "again.db"), run.archive.config) as again:
            again.rebuild()
            (row,) = again.articles().rows
            assert {alias.url: alias.kind for alias in again.store.aliases(row.article.id)} == kinds(run, kept)
