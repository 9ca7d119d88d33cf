"""The classes of the edit matrix: what happens to a page between one look and the next, and what it is called.

``edit``: the outlet changed its article. ``noise``: something around the article changed, or
nothing that a reader could see. ``unavailable``: what came is not the article.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from bench.matrix.pages import Around, Page
from bench.matrix.scenes import NAMED_EDITS, UNCHANGED, After, Answer, Class, Scene
from bench.matrix.templates import TEMPLATES
from bench.matrix.unavailable import UNAVAILABLE


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


CLASSES: tuple[Class, ...] = (*EDITS, *NOISE, *UNAVAILABLE)
