"""Fields that keep still: a headline or byline changes only when what it was read from says something else.

A page says its headline and its authors in several places. Which of them is read can change without any
edit (a JSON-LD block is added, a meta tag goes). So a value is compared with what the *same* source said
last time before it is believed to be new.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from writethru.extraction.fields import Fields, read_stated
from writethru.extraction.headlines import folded, stated_headlines
from writethru.extraction.memory import FieldMemory, likeness, sketch
from writethru.extraction.places import Places
from writethru.extraction.structured import Stated
from writethru.extraction.tree import Page

STEADY = ("headline", "standfirst", "byline")
"""Fields that are part of a version's text."""
_PRINTED = "page"
_RANK = {"h1": 0, "h2": 1, "h3": 2}
_HEADLINES = ("h1", "h2")
_EDITED = 0.6  # of the words of two headlines, in both: the same one edited
_AROUND = 200  # letters that may stand in a block beside a value
_MOST_STATED = 200_000
_BY = 3  # letters that may stand before a printed value: "By", "Von"


class Company(Enum):
    """What may stand beside a printed value in its block."""

    NONE = 0
    BY = 1  # a word like "By" before it
    ANY = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of one field now.

    Attributes:
        value, source: as it was read.
        by: what each source says.
        still_printed: the old value stands where it was printed.
        redesigned: the page stands in a new template.
        still_said: by another reader than the one before, and all of the old value stands on the page yet.
    """

    value: str
    source: str
    by: Mapping[str, str]
    still_printed: bool = False
    redesigned: bool = False
    still_said: bool = False


def keeps(old: FieldMemory, now: Said) -> bool:
    """Whether the old value of a field stays: its source does not say otherwise."""
    if now.still_said:
        return True
    if now.redesigned and (not old.value or not now.value or folded(now.value) == folded(old.value)):
        return True
    if not old.value:
        return bool(now.source) and old.said.get(now.source) == now.value
    if old.source == _PRINTED:
        if now.still_printed:
            return True
    elif now.by.get(old.source) == old.value:
        return now.by.get(_PRINTED, "") == old.said.get(_PRINTED, "") or _PRINTED not in now.by
    elif old.source in now.by:
        return now.by[old.source] == old.said.get(old.source)
    return _says_as_before(old, now)


def _says_as_before(old: FieldMemory, now: Said) -> bool:
    """The old source is silent: another one that says what it said before changes nothing."""
    if now.source == old.source or not now.value:
        return False
    if now.source in old.said:
        return old.said[now.source] == now.value
    return folded(now.value) == folded(old.value)


def statements(name: str, stated: Stated, page: Page) -> dict[str, str]:
    """What every source says of a field; of a headline also the page's first heading."""
    if name == "headline":
        said = {source: text for text, source in reversed(stated_headlines(stated))}
        head = next((segment.text for segment in page.segments if segment.frame.tag == "h1"), "")
        return {**said, _PRINTED: head} if head else said
    if name != "byline":
        return {}
    alone = {
        "json-ld": replace(stated, microdata={}, meta={}),
        "microdata": replace(stated, article={}, meta={}),
        "meta": replace(stated, article={}, microdata={}),
    }
    read = {source: read_stated(one, None).get("byline") for source, one in alone.items()}
    return {source: text for source, text in read.items() if text}


def is_still_said(value: str, stated: Stated, page: Page) -> bool:
    """Whether every part of a value stands on the page, printed or stated; an empty one always does."""
    wanted = [folded(part) for part in value.split(", ")]
    if not any(wanted):
        return True
    said = [segment.text for segment in page.segments if len(segment.text) <= 2 * len(value) + _AROUND]
    said += [text for texts in (*stated.meta.values(), *stated.microdata.values()) for text in texts]
    said.append(json.dumps(stated.article, ensure_ascii=False)[:_MOST_STATED])
    said += [json.dumps(thing, ensure_ascii=False)[:_MOST_STATED] for thing in stated.objects.values()]
    everything = "\n".join(map(folded, said))
    return all(part in everything for part in wanted)


def printed_place(value: str, page: Page, places: Places) -> str:
    """Path of the block that prints a value, a heading before any other; "" where none does."""
    wanted = folded(value)
    found = [
        segment
        for segment in page.segments
        if wanted and len(segment.text) <= 2 * len(value) + 40 and wanted in folded(segment.text)
    ]
    best = min(found, key=lambda segment: _RANK.get(segment.frame.tag, 9), default=None)
    return places.segment(best) if best is not None else ""


def is_printed_at(old: FieldMemory, page: Page, places: Places, company: Company) -> bool:
    """Whether a block where a value was printed prints it still, to the letter.

    To the letter: quotation marks put around a word of a headline, or another capital, are an edit.
    """
    wanted = " ".join(old.value.split())
    if not old.place or not wanted:
        return False
    for segment in page.segments:
        if len(segment.text) > 2 * len(old.value) + 40 or places.segment(segment) != old.place:
            continue
        if _prints(" ".join(segment.text.split()), wanted, company):
            return True
    return False


def _prints(text: str, wanted: str, company: Company) -> bool:
    if company is Company.NONE:
        return text == wanted
    if company is Company.ANY and wanted in text:
        return True
    return text.endswith(wanted) and len(folded(text[: -len(wanted)])) <= _BY


def edited_in_place(old: FieldMemory, page: Page, places: Places) -> str:
    """The heading that stands where the headline stood, where it is the old one edited; "" where none does.

    A page can say its headline in other places too, which an editor overlooks; and with the words changed another
    heading may look more like what its metadata say.
    """
    if old.source != _PRINTED or not old.place:
        return ""
    here = [s.text for s in page.segments if s.frame.tag in _HEADLINES and places.segment(s) == old.place]
    if len(here) != 1 or folded(here[0]) == folded(old.value):
        return ""
    return here[0] if likeness(sketch(here[0]), sketch(old.value)) >= _EDITED else ""


def remember_field(name: str, fields: Fields, page: Page, places: Places, by: Mapping[str, str]) -> FieldMemory:
    """What to keep of a field for the next reading; ``by``: what every source said of it."""
    value, source = fields.get(name), fields.provenance.get(name, "")
    place = printed_place(value, page, places) if source == _PRINTED else ""
    return FieldMemory(value, source, place, by)
