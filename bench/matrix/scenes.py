"""What a class of the edit matrix is made of: a template with its story, and what the server answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bench.matrix.pages import Page
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
