"""Selectors of site rules: a part of CSS and a part of XPath, read into one form and matched in one pass.

CSS: ``div.story-body > p``, ``#main``, ``[data-kind=ad]``, ``[class^=promo]``.
XPath: ``//div[@id='x']//p[contains(@class,'y')]``.
There is nothing in either that takes longer than the number of boxes times the number of steps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from writethru.errors import MalformedInput
from writethru.extraction.tree import Frame, Page

MOST_CHARS = 200
MOST_STEPS = 8

_CSS_STEP = re.compile(r"(?P<tag>\*|[A-Za-z][\w-]*)?(?P<rest>(?:[.#][\w-]+|\[[^\[\]]+\])*)")
_CSS_PART = re.compile(r"\.(?P<cls>[\w-]+)|#(?P<id>[\w-]+)|\[(?P<test>[^\[\]]+)\]")
_CSS_TEST = re.compile(
    r"\s*(?P<name>[\w:-]+)\s*(?:(?P<how>[~^*]?=)\s*(?P<quote>['\"]?)(?P<value>[^'\"]*)(?P=quote)\s*)?"
)
_XPATH_STEP = re.compile(r"(?P<axis>//?)(?P<tag>\*|[A-Za-z][\w-]*)(?P<tests>(?:\[[^\[\]]+\])*)")
_XPATH_TEST = re.compile(
    r"\[\s*(?:@(?P<name>[\w:-]+)(?:\s*=\s*(?P<q>['\"])(?P<value>[^'\"]*)(?P=q))?"
    r"|(?P<fn>contains|starts-with)\(\s*@(?P<of>[\w:-]+)\s*,\s*(?P<q2>['\"])(?P<part>[^'\"]*)(?P=q2)\s*\))\s*\]"
)
_HOW = {"contains": "*=", "starts-with": "^="}


@dataclass(frozen=True, slots=True)
class Test:
    """One condition on an attribute: ``""`` it is there, ``=`` equal, ``~=`` a word, ``^=`` begins, ``*=`` holds."""

    name: str
    how: str = ""
    value: str = ""

    def holds(self, given: str | None) -> bool:
        """Whether an attribute's value (None where there is none) meets it."""
        if given is None or not self.how:
            return given is not None
        if self.how == "=":
            return given == self.value
        if self.how == "~=":
            return self.value in given.split()
        return given.startswith(self.value) if self.how == "^=" else self.value in given


@dataclass(frozen=True, slots=True)
class Step:
    """One box of a selector: its tag ("*" for any), its conditions, and whether it stands right in the one before."""

    tag: str
    tests: tuple[Test, ...] = ()
    child: bool = False

    def fits(self, element: etree._Element) -> bool:
        """Whether an element by itself is such a box."""
        if self.tag not in ("*", element.tag):
            return False
        return all(test.holds(element.get(test.name)) for test in self.tests)


@dataclass(frozen=True, slots=True)
class Selector:
    """A selector, read."""

    text: str
    steps: tuple[Step, ...]

    def frames(self, page: Page) -> set[int]:
        """Orders of the frames it selects."""
        last = 1 << (len(self.steps) - 1)
        own: dict[int, int] = {}
        above: dict[int, int] = {}
        for frame in page.frames:
            parent = frame.parent
            before, around = (own[parent.order], above[parent.order]) if parent is not None else (0, 0)
            own[frame.order] = self._fitting(frame.element, before, around)
            above[frame.order] = around | own[frame.order]
        return {order for order, fitting in own.items() if fitting & last}

    def selects(self, element: etree._Element) -> bool:
        """Whether it selects one element, inline ones included."""
        if not self.steps[-1].fits(element):
            return False
        chain = [element, *element.iterancestors()][::-1]
        own = around = 0
        for box in chain:
            own = self._fitting(box, own, around)
            around |= own
        return bool(own & 1 << (len(self.steps) - 1))

    def _fitting(self, element: etree._Element, before: int, around: int) -> int:
        """Which steps an element can be, by what its parent and all around it are."""
        fitting = 0
        for number, step in enumerate(self.steps):
            reached = number == 0 or (before if step.child else around) >> (number - 1) & 1
            if reached and step.fits(element):
                fitting |= 1 << number
        return fitting


def read_selector(text: str, where: str) -> Selector:
    """Read one selector.

    Args:
        where: the rule file and setting, for errors.

    Raises:
        MalformedInput: it is neither, or too long.
    """
    given = text.strip()
    if not given or len(given) > MOST_CHARS:
        raise MalformedInput(f"a selector has 1 to {MOST_CHARS} characters: {given[:60]!r}", key=where)
    steps = _xpath(given, where) if given.startswith("/") else _css(given, where)
    if len(steps) > MOST_STEPS:
        raise MalformedInput(f"a selector has at most {MOST_STEPS} steps: {given!r}", key=where)
    return Selector(given, tuple(steps))


def _css(text: str, where: str) -> list[Step]:
    steps: list[Step] = []
    child = False
    for word in re.sub(r"\s*>\s*(?![^\[]*\])", " > ", text).split(" "):
        if word == ">":
            child = True
            continue
        if not word:
            continue
        found = _CSS_STEP.fullmatch(word)
        if found is None:
            raise MalformedInput(
                f"not understood: {word!r} in {text!r} (tag, .class, #id, [attribute=value], a space or >)", key=where
            )
        steps.append(Step(found["tag"] or "*", tuple(_css_tests(found["rest"], text, where)), child))
        child = False
    if not steps or child or steps[0].child:
        raise MalformedInput(f"a selector cannot begin or end with >: {text!r}", key=where)
    return steps


def _css_tests(rest: str, text: str, where: str) -> list[Test]:
    tests = []
    for part in _CSS_PART.finditer(rest):
        if part["cls"]:
            tests.append(Test("class", "~=", part["cls"]))
        elif part["id"]:
            tests.append(Test("id", "=", part["id"]))
        else:
            found = _CSS_TEST.fullmatch(part["test"])
            if found is None:
                raise MalformedInput(f"not understood: [{part['test']}] in {text!r}", key=where)
            tests.append(Test(found["name"], found["how"] or "", found["value"] or ""))
    return tests


def _xpath(text: str, where: str) -> list[Step]:
    steps: list[Step] = []
    at = 0
    while at < len(text):
        found = _XPATH_STEP.match(text, at)
        if found is None or (not steps and found["axis"] != "//"):
            raise MalformedInput(
                f"not understood: {text[at:]!r} in {text!r} (//tag[@name='value'], contains(), starts-with())",
                key=where,
            )
        steps.append(Step(found["tag"], tuple(_xpath_tests(found["tests"], text, where)), found["axis"] == "/"))
        at = found.end()
    return steps


def _xpath_tests(tests: str, text: str, where: str) -> Sequence[Test]:
    made = []
    at = 0
    while at < len(tests):
        found = _XPATH_TEST.match(tests, at)
        if found is None:
            raise MalformedInput(f"not understood: {tests[at:]!r} in {text!r}", key=where)
        if found["fn"]:
            made.append(Test(found["of"], _HOW[found["fn"]], found["part"]))
        else:
            made.append(Test(found["name"], "=" if found["value"] is not None else "", found["value"] or ""))
        at = found.end()
    return made


def outermost(page: Page, orders: set[int]) -> list[Frame]:
    """Of the selected frames those that stand in no other."""
    return [
        frame
        for frame in page.frames
        if frame.order in orders and not any(box.order in orders for box in frame.chain() if box is not frame)
    ]
