"""The classes of the edit matrix: what happens to a page between one look and the next, and what it is called.

``edit``: the outlet changed its article. ``noise``: something around the article changed, or
nothing that a reader could see. ``unavailable``: what came is not the article.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape

from bench.matrix.pages import Around, Page
from bench.matrix.templates import TEMPLATES, Render

NAMED_EDITS = frozenset({"text_changed", "confirmed", "returned", "alternating", "alternated"})
UNCHANGED = frozenset({"text_equal", "region_equal", "bytes_equal", "not_modified", "text_changed", "returned"})
"""An edit of print alone is recorded, and labelled as such; whether it alarms is asked separately."""


@dataclass(frozen=True)
class Answer:
    """What the server says.

    Attributes:
        cut: how many bytes of the body are really sent, None for all.
    """

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


@dataclass(frozen=True)
class Scene:
    """One template with its story, in its ordinary state."""

    template: str
    page: Page
    render: Render

    def show(self, page: Page) -> Answer:
        """A page, sent as it should be."""
        return answer(self.render(page))


After = Callable[[Scene, int], Answer | None]
"""The answer to request 0, 1, 2 … after the event; None: the class does not fit this story."""


@dataclass(frozen=True)
class Class:
    """One kind of event.

    Attributes:
        group: edit, noise or unavailable.
        named: reason codes that name it rightly; one of them must be among the looks after the event.
        before: the page as it stood, from the scene's ordinary page.
        robots: robots.txt forbids the page from the event on.
    """

    name: str
    group: str
    after: After
    named: frozenset[str]
    before: Callable[[Page], Page] = lambda page: page
    robots: bool = False


def answer(html: str, **more: object) -> Answer:
    """An HTML answer with status 200."""
    return Answer(html.encode("utf-8"), headers={"Content-Type": "text/html; charset=utf-8"}, **more)  # type: ignore[arg-type]


def scene(template: str) -> Scene:
    """The template with its story."""
    story, render = TEMPLATES[template]
    return Scene(template, Page(story), render)


# edits


def swap(page: Page, name: str) -> Page:
    """The story with the words of one class exchanged, wherever they stand."""
    story = page.story
    old, new = story.swaps[name]

    def turn(text: str) -> str:
        return text.replace(old, new, 1)

    field_of = {"headline": "headline", "standfirst": "standfirst", "byline": "byline", "caption": "caption"}
    if name in field_of or name == "subhead":
        return replace(page, story=replace(story, **{name: turn(getattr(story, name))}))
    if name == "item":
        return replace(page, story=replace(story, items=tuple(map(turn, story.items))))
    if name == "row":
        return replace(page, story=replace(story, rows=tuple((a, turn(b)) for a, b in story.rows)))
    return replace(page, story=replace(story, paragraphs=tuple(map(turn, story.paragraphs))))


def _swapped(name: str) -> After:
    return lambda scene, _: scene.show(swap(scene.page, name))


def _paragraphs(arrange: Callable[[tuple[str, ...], Page], tuple[str, ...]]) -> After:
    def after(scene: Scene, _: int) -> Answer:
        story = scene.page.story
        return scene.show(replace(scene.page, story=replace(story, paragraphs=arrange(story.paragraphs, scene.page))))

    return after


def _stub(page: Page) -> Page:
    story = page.story
    short = replace(story, paragraphs=story.paragraphs[:2], items=(), rows=(), subhead="", link="")
    return replace(page, story=short)


def _live(page: Page) -> Page:
    return replace(page, live=page.story.entries[1:])


def _noted(place: str) -> After:
    return lambda scene, _: scene.show(replace(scene.page, note=scene.page.story.note, note_place=place))


def _whole(scene: Scene, _: int) -> Answer:
    whole = TEMPLATES[scene.template][0]
    return scene.show(replace(scene.page, story=whole))


def _flip(scene: Scene, number: int) -> Answer:
    """Two headlines for half of the readers each."""
    return scene.show(swap(scene.page, "headline") if number % 2 == 0 else scene.page)


SWAPS = {
    "headline only": "headline",
    "standfirst": "standfirst",
    "byline": "byline",
    "caption": "caption",
    "subhead": "subhead",
    "1.5 million to 15 million": "decimal",
    "12 to 21 killed": "figure",
    "scare quotes": "scare",
    "not inserted": "negation",
    "after the word published": "published",
    "a comma that changes meaning": "comma",
    "one word": "word",
    "figure in words": "figure_words",
    "spelling of a name": "name",
    "hedge removed": "hedge",
    "attribution": "attribution",
    "list item": "item",
    "table cell": "row",
}

EDITS = (
    *(Class(name, "edit", _swapped(swapped), NAMED_EDITS) for name, swapped in SWAPS.items()),
    Class("paragraph moved", "edit", _paragraphs(lambda p, _: (p[0], p[6], *p[1:6], *p[7:])), NAMED_EDITS),
    Class("paragraph inserted", "edit", _paragraphs(lambda p, g: (*p[:7], g.story.inserted, *p[7:])), NAMED_EDITS),
    Class("paragraph deleted", "edit", _paragraphs(lambda p, _: (*p[:4], *p[5:])), NAMED_EDITS),
    Class("correction note", "edit", _noted("body"), NAMED_EDITS),
    Class("correction in footer", "edit", _noted("footer"), NAMED_EDITS),
    Class(
        "live-blog entry",
        "edit",
        lambda s, _: s.show(replace(s.page, live=TEMPLATES[s.template][0].entries)),
        NAMED_EDITS,
        before=_live,
    ),
    Class("short report grows", "edit", _whole, NAMED_EDITS, before=_stub),
    Class("cut to a quarter", "edit", lambda s, _: s.show(_stub(s.page)), NAMED_EDITS),
    Class("A/B headline", "edit", _flip, NAMED_EDITS),
)


# noise


def _around(**changes: object) -> After:
    return lambda scene, _: scene.show(replace(scene.page, around=replace(scene.page.around, **changes)))  # type: ignore[arg-type]


def _page(**changes: object) -> After:
    return lambda scene, _: scene.show(replace(scene.page, **changes))  # type: ignore[arg-type]


def _text(turn: Callable[[str], str]) -> After:
    """The story with all its text turned; None where that changes nothing."""

    def after(scene: Scene, _: int) -> Answer | None:
        story = scene.page.story
        turned = replace(
            story,
            headline=turn(story.headline),
            standfirst=turn(story.standfirst),
            byline=turn(story.byline),
            caption=turn(story.caption),
            paragraphs=tuple(map(turn, story.paragraphs)),
            link=turn(story.link),
        )
        return None if turned == story else scene.show(replace(scene.page, story=turned))

    return after


def _curly(text: str) -> str:
    quoted = "".join(f"“{part}”" if number % 2 else part for number, part in enumerate(text.split('"')))
    return (quoted if text.count('"') % 2 == 0 else text).replace("'", "’")


def _soft(text: str) -> str:
    return " ".join(
        f"{word[:5]}\u00ad{word[5:]}" if len(word) > 9 and word.isalpha() else word for word in text.split(" ")
    )


def _hard_space(text: str) -> str:
    words = text.split(" ")
    return "".join(
        word + ("" if number == len(words) - 1 else "\u00a0" if word[-1:].isdigit() else " ")
        for number, word in enumerate(words)
    )


def _no_banner(page: Page) -> Page:
    return replace(page, around=replace(page.around, newsletter=False))


NOISE = (
    Class("adverts", "noise", _around(adverts=3), UNCHANGED),
    Class("most read", "noise", _around(most_read=5), UNCHANGED),
    Class("related", "noise", _around(related=6), UNCHANGED),
    Class("related links inside the body", "noise", _around(inside=4), UNCHANGED),
    Class("ad slot inside the body", "noise", _around(advert_inside=False), UNCHANGED),
    Class("updated N minutes ago", "noise", _around(ago=37), UNCHANGED),
    Class("reading time", "noise", _around(reading=4), UNCHANGED),
    Class("comment count", "noise", _around(comments=113), UNCHANGED),
    Class("share counts", "noise", _around(shares=977), UNCHANGED),
    Class("newsletter box", "noise", _around(newsletter=True), UNCHANGED, before=_no_banner),
    Class("cookie banner", "noise", _around(cookies=True), UNCHANGED),
    Class("breaking news bar", "noise", _around(breaking=True), UNCHANGED),
    Class("weather in the masthead", "noise", _around(weather=9), UNCHANGED),
    Class("script and class names of a new build", "noise", _around(build=2), UNCHANGED),
    Class("link target", "noise", _page(tracking="zz9"), UNCHANGED),
    Class("image address", "noise", _page(image=1280), UNCHANGED),
    Class("white space of the markup", "noise", _page(spacing="\n\n  \t"), UNCHANGED),
    Class("character references", "noise", _page(entities=True), UNCHANGED),
    Class("curly quotes", "noise", _text(_curly), UNCHANGED),
    Class("no-break space", "noise", _text(_hard_space), UNCHANGED),
    Class("NFC to NFD", "noise", _text(lambda text: unicodedata.normalize("NFD", text)), UNCHANGED),
    Class("soft hyphen", "noise", _text(_soft), UNCHANGED),
    Class(
        "everything around at once",
        "noise",
        lambda s, n: s.show(replace(s.page, around=Around(3 + n, 5 + n, 6 + n, 4 + n, 9, 4, 99, 800, 20, 2 + n))),
        UNCHANGED,
    ),
)


# unavailable


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

CLASSES: tuple[Class, ...] = (*EDITS, *NOISE, *UNAVAILABLE)
