"""The classes of the edit matrix in which what comes is not the article: walls, errors, other pages, broken answers."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from html import escape

from bench.matrix.scenes import After, Answer, Class, Scene, answer
from bench.matrix.templates import TEMPLATES


def _wall(title: str, more: str, **how: object) -> Callable[[Scene], Answer]:
    """A small page of the site with two of its phrases and nothing else."""

    def made(scene: Scene) -> Answer:
        page = scene.page
        html = (
            f"<!doctype html><html lang='{page.story.language}'><head><meta charset='utf-8'><title>{page.say(title)} - "
            f"{escape(page.story.outlet)}</title></head><body><nav>{page.links(3, 4)}</nav>"
            f"<main><h1>{page.say(title)}</h1><p>{page.say(more)}</p></main></body></html>"
        )
        return answer(html, **how)

    return made


def _status(status: int, **headers: str) -> After:
    html = f"<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>"
    return lambda *_: replace(answer(html), status=status, headers={"Content-Type": "text/html", **headers})


CHALLENGE = """<!doctype html><html><head><title>Just a moment...</title><script src="/cdn-check/x.js"></script></head>
<body><h1>Checking your browser</h1><p>Verify you are human to continue. This takes a few seconds.</p></body></html>"""

SHELL = """<!doctype html><html><head><title>{}</title><script src="/app.js"></script></head><body><div id="root"></div>
<noscript>You need to enable JavaScript to run this app.</noscript></body></html>"""


def _teaser(scene: Scene, _: int) -> Answer:
    page = scene.page
    story = replace(page.story, paragraphs=page.story.paragraphs[:1], items=(), rows=(), subhead="", link="")
    html = scene.render(replace(page, story=story, around=replace(page.around, inside=0, advert_inside=False)))
    gate = f'<div class="paywall"><h3>{page.say("subscribe")}</h3><p>{page.say("subscribe_more")}</p></div>'
    end = next(mark for mark in ("</article>", "<hr>", '-ft">') if mark in html)
    before, mark, rest = html.rpartition(end) if end == "<hr>" else html.partition(end)
    return answer(f"{before}{gate}{mark}{rest}" if end != '-ft">' else f"{before}{mark}{gate}{rest}")


def _half(scene: Scene, _: int) -> Answer:
    """A page that stops in the middle of its text, with a Content-Length that says so."""
    html = scene.render(scene.page)
    return answer(html[: html.index(scene.page.text(scene.page.story.paragraphs[2][20:50]))])


def _broken_off(scene: Scene, _: int) -> Answer:
    whole = scene.show(scene.page)
    return replace(whole, cut=len(whole.body) // 2)


def _other_article(scene: Scene, _: int) -> Answer:
    """The address shows what belongs to another one."""
    story = scene.page.story
    others = {"en": [s for s, _ in TEMPLATES.values() if s.language == "en" and s.headline != story.headline]}
    other = others.get(story.language, [])
    if not other:
        return _strange(scene)
    return scene.show(replace(scene.page, story=replace(other[0], outlet=story.outlet)))


def _strange(scene: Scene) -> Answer:
    """Another article made of the other headlines of this outlet, where there is no second story in its language."""
    story = scene.page.story
    paragraphs = tuple(" ".join(f"{title}." for title in story.others[n:] + story.others[:n]) for n in range(6))
    other = replace(story, headline=story.others[0], standfirst=story.others[1], paragraphs=paragraphs, link="")
    return scene.show(replace(scene.page, story=replace(other, items=(), rows=(), subhead="")))


def _garbled(scene: Scene, _: int) -> Answer:
    whole = scene.show(scene.page)
    packed = bytearray(gzip.compress(whole.body, mtime=0))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = b"\xff" * 40
    return replace(whole, body=bytes(packed), headers={**whole.headers, "Content-Encoding": "gzip"})


def _moved(where: str) -> After:
    return lambda *_: Answer(b"", 302, {"Location": where})


def _json_error(scene: Scene, _: int) -> Answer:
    form = json.dumps({"error": {"code": 5001, "message": "upstream timed out"}})
    return Answer(form.encode(), headers={"Content-Type": "application/json"})


def _named(*reasons: str) -> frozenset[str]:
    return frozenset(reasons)


def _as_wall(title: str, more: str) -> After:
    made = _wall(title, more)
    return lambda scene, _: made(scene)


UNAVAILABLE = (
    Class("200 bot check", "unavailable", lambda *_: answer(CHALLENGE), _named("challenge_page")),
    Class("paywall teaser", "unavailable", _teaser, _named("paywall")),
    Class("consent wall", "unavailable", _as_wall("consent", "consent_more"), _named("consent_wall")),
    Class("redirect to home", "unavailable", _moved("/"), _named("redirect_home")),
    Class("redirect to section", "unavailable", _moved("/section/"), _named("redirect_elsewhere")),
    Class(
        "redirect to log-in", "unavailable", _moved("/login?next=x"), _named("redirect_elsewhere", "status_forbidden")
    ),
    Class("redirect loop", "unavailable", _moved("?again"), _named("broken_response")),
    Class(
        "empty 200",
        "unavailable",
        lambda *_: answer(""),
        _named("text_empty", "not_text", "broken_response"),
    ),
    Class(
        "empty shell",
        "unavailable",
        lambda s, _: answer(SHELL.format(escape(s.page.story.outlet))),
        _named("text_empty", "text_collapsed", "template_break", "challenge_page"),
    ),
    Class("403", "unavailable", _status(403), _named("status_forbidden")),
    Class("404", "unavailable", _status(404), _named("status_gone")),
    Class("410", "unavailable", _status(410), _named("status_gone")),
    Class("soft 404", "unavailable", _as_wall("not_found", "not_found_more"), _named("soft_404")),
    Class("429", "unavailable", _status(429, **{"Retry-After": "600"}), _named("rate_limited")),
    Class("500", "unavailable", _status(500), _named("status_server")),
    Class("503", "unavailable", _status(503), _named("status_server")),
    Class(
        "maintenance page",
        "unavailable",
        _as_wall("maintenance", "maintenance_more"),
        _named("text_collapsed", "other_article", "template_break", "challenge_page", "text_empty"),
    ),
    Class("gzip broken", "unavailable", _garbled, _named("broken_response")),
    Class("connection broken off", "unavailable", _broken_off, _named("broken_response", "truncated")),
    Class(
        "truncated body",
        "unavailable",
        lambda s, n: _half(s, n) if n < 1 else s.show(s.page),
        _named("text_collapsed", "truncated"),
    ),
    Class(
        "another article's text",
        "unavailable",
        lambda s, n: _other_article(s, n) if n < 1 else s.show(s.page),
        _named("other_article"),
    ),
    Class("JSON error with 200", "unavailable", _json_error, _named("not_text", "text_collapsed", "text_empty")),
    Class("robots disallow", "unavailable", lambda s, _: s.show(s.page), _named("robots"), robots=True),
)
