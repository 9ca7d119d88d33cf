"""Names that a page sets under a label ("Written by", "Author") or in a box named after the author, also at the foot.

What is read here says by its label or by its box's own name that it names the author; a single word or a
handle is believed there and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from writethru.extraction.marks import Mark
from writethru.extraction.mixed_bylines import name_after_by, without_date
from writethru.extraction.names import is_by_alone, is_no_name, looks_like_names, starts_with_by, without_by
from writethru.extraction.people import is_role
from writethru.extraction.tree import Page, Segment

_LABEL = re.compile(
    r"\W*(?:(?:(?:article|story|text|words|post|report|blog)\s+)?(?:written|posted|published|reported|words|text)?\s*by|"
    r"(?:about\s+(?:the\s+)?)?(?:authors?|writers?)|meet\s+the\s+authors?|autor(?:in|en|es|a)?|auteurs?|autore|autori|"
    r"verfasst\s+von|geschrieben\s+von|escrito\s+por|écrit\s+par|rédigé\s+par|scritto\s+da|geschreven\s+door|"
    r"skrevet\s+av|skriven\s+av|автор)\W*",
    re.I,
)
_WRITTEN = re.compile(
    r"(?:this|the)\s+(?:article|post|story|piece|report|column)\s+was\s+(?:originally\s+|first\s+)?"
    r"(?:written|authored|reported)\s+by\s+(?P<name>[^.;()]{3,80})",
    re.I,
)
_NOT_ITS_NAME = re.compile(
    r"(?:(?<![A-Za-z])|(?=[A-Z]))(?i:desc|description|bio|biography|about|role|position|job|social|follow|photo|image|"
    r"avatar|links?|labels?|info|date|time)(?![a-z])"
)
_NAMED = re.compile(r"name|\bfn\b|author(?:[-_]+|s?\b|\Z)", re.I)
_BEHIND = re.compile(r"\s*(?:\s[-–—]\s|\||•|·|,\s+(?=[A-Z][a-z]+\s+(?:of|at|for)\b)).*\Z")
_OTHER_WORK = re.compile(r"\b(?:reviewed|edited|checked|verified|approved|translated|photos?|photographs?)\b", re.I)
_COLLECTIVE = re.compile(
    r"\b(?:team|staff|editors?|editorial|desk|newsroom|writers|redaktion|rédaction|redacción)\b", re.I
)
_LABELLED_LINES = 12  # lines below a label among which its names stand
_INITIALS = 3
_SHORT = 40
_WORDS = 4
_CLASSES = 240
_ABOVE_FOOT = 12
_FOOT = 40


def named_below_label(lines: Sequence[Segment]) -> Iterator[str]:
    """The names in the lines right below a label; several where each has its post below it."""
    for position, segment in enumerate(lines):
        if len(segment.text) <= _SHORT and _LABEL.fullmatch(segment.text):
            below = lines[position + 1 : position + 1 + _LABELLED_LINES]
            by = "by" in segment.text.lower()
            if names := _names_of_box(below, single=by):
                yield ", ".join(names)


def _names_of_box(below: Sequence[Segment], *, single: bool) -> list[str]:
    """The name at once or after initials, then every other that stands above a post."""
    names: list[str] = []
    for position, segment in enumerate(below):
        if segment.text.isupper() and len(segment.text) <= _INITIALS:
            continue
        if _OTHER_WORK.search(segment.text):
            break
        name = _BEHIND.sub("", without_by(segment.text))
        if not names and not (looks_like_names(name) or (single and _is_word(name))):
            break
        post = position + 1 < len(below) and is_role(below[position + 1].text)
        if not names or (looks_like_names(name) and post and len(name) <= _SHORT):
            names.append(name)
        elif not is_role(segment.text):
            break
    return list(dict.fromkeys(names))


def _is_word(name: str) -> bool:
    return name.isalpha() and 1 < len(name) <= 20 and name[0].isupper() and not is_no_name(name)


def named_by_own_box(lines: Sequence[Segment]) -> Iterator[str]:
    """The short text of a box that is itself named after the author: a single word or an account too."""
    for segment in sorted(lines, key=lambda line: not starts_with_by(line.text)):
        if not segment.frame.marks & Mark.BYLINE or len(segment.text) > 2 * _SHORT or tells_of_author(segment):
            continue
        name = name_after_by(segment.text) if starts_with_by(segment.text) else without_date(segment.text)
        if _is_short_name(name):
            yield name


def tells_of_author(segment: Segment) -> bool:
    """Whether a box named after the author holds something else than the name: a portrait in words, a post."""
    own = segment.frame.element
    return not starts_with_by(segment.text) and bool(
        _NOT_ITS_NAME.search(f"{own.get('class') or ''} {own.get('id') or ''}"[:_CLASSES])
    )


def _is_short_name(name: str) -> bool:
    words = name.split()
    if (
        is_by_alone(name)
        or not 0 < len(words) <= _WORDS
        or not 1 < len(name) <= _SHORT
        or name.endswith((":", "?", "!", "…"))
    ):
        return False
    return any(char.isalpha() for char in name) and not any(map(is_no_name, words)) and not is_role(" ".join(words[1:]))


def named_at_foot(page: Page, foot: range, body: int) -> Iterator[str]:
    """Names that lines around the end of the text say wrote it."""
    segments = page.segments[max(body, foot.start - _ABOVE_FOOT) : foot.start + _FOOT]
    lines = [segment for segment in segments if not segment.frame.around & (Mark.HARD | Mark.HIDDEN)]
    yield from named_below_label(lines)
    yield from said_in_text(lines)
    for line in lines:
        if len(line.text) <= 2 * _SHORT and starts_with_by(line.text) and " by" in f" {line.text.lower()}"[:18]:
            name = _BEHIND.sub("", without_by(line.text))
            if looks_like_names(name) and "written" in line.text.lower()[:8]:
                yield name
    yield from _only_box(lines)


def _only_box(lines: Sequence[Segment]) -> Iterator[str]:
    """The one name in boxes that are called the author's name."""
    named = [
        line
        for line in lines
        if line.frame.marks & Mark.BYLINE and _NAMED.search(line.frame.element.get("class") or "")
    ]
    found = {name for line in named if looks_like_names(name := without_by(line.text)) and len(name) <= _SHORT}
    if len(found) == 1:
        yield found.pop()


def before_other_work(line: str) -> str:
    """A byline up to the words that name who reviewed or photographed it."""
    match = _OTHER_WORK.search(line)
    return line[: match.start()] if match else line


def is_collective(name: str) -> bool:
    """Whether a byline names a desk or a team and no person."""
    return bool(_COLLECTIVE.search(name))


def said_in_text(lines: Sequence[Segment]) -> Iterator[str]:
    """The name in a sentence that says who wrote the article."""
    for line in lines:
        if match := _WRITTEN.search(line.text[:300]):
            name = match["name"].split(",")[0].strip()
            if looks_like_names(name):
                yield name
