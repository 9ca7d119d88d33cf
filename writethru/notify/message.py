"""A message with the differences in its body, as plain text and as HTML. Pure; all text of articles is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from writethru.publish.difference import difference_html
from writethru.publish.feed import Entry
from writethru.publish.safe_text import clip, mark_controls, one_line
from writethru.publish.words import operation_of

if TYPE_CHECKING:
    from writethru.comparison import Change, Edit, Sentence

SHOWN: Final = 40
"""Changes of one message that are told in full; the others are counted."""

LONGEST: Final = 6_000
"""Characters of one change's differences in plain text."""

REPEATED: Final = "A process ended while it was sending some of these, so that they may have reached you before."


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a message tells: as feeds have it, and what differs where it is a change."""

    entry: Entry
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: a title, and the same body twice."""

    title: str
    text: str
    html: str


def message_of(rule: str, told: Sequence[Told], *, unsure: bool = False) -> Message:
    """One message of a rule.

    Args:
        told: in the order in which they were seen.
        unsure: some of these may have been sent before.
    """
    shown, left = told[:SHOWN], len(told) - len(told[:SHOWN])
    more = f"{left} more of this rule: see the record." if left else ""
    title = one_line(told[0].entry.title, 120) if len(told) == 1 else f"{len(told)} changes: {one_line(rule)}"
    notes = [REPEATED] * unsure
    text = "\n\n".join([*notes, *("\n".join(_text(one)) for one in shown), *([more] if more else [])])
    body = "".join(
        [*(f"<p>{escape(note)}</p>" for note in notes), *map(_html, shown), f"<p>{escape(more)}</p>" if more else ""]
    )
    return Message(title, f"{text}\n\n-- \nRule: {one_line(rule)}\n", f"{body}<p>Rule: {escape(one_line(rule))}</p>")


def trial_message(rule: str) -> Message:
    """What ``notify test`` sends."""
    said = "This is a test. Changes that the rules are about will come this way."
    return Message(f"Test: {one_line(rule)}", f"{said}\n", f"<p>{said}</p>")


def _text(told: Told) -> Iterator[str]:
    entry = told.entry
    yield f"{entry.outlet}: {entry.title}"
    yield mark_controls(entry.summary)
    if told.change is not None:
        yield clip("\n".join(line for edit in told.change.edits for line in _edit(edit)), LONGEST)
    yield from (address for address in (entry.url, entry.about) if address)


def _edit(edit: Edit) -> Iterator[str]:
    place = "" if edit.where in ("paragraph", "end") else f" in the {edit.where}"
    kinds = ", ".join(kind.value for kind in edit.kinds)
    yield f"* {operation_of(edit)}{place}{f' ({kinds})' if kinds else ''}"
    if edit.old:
        yield f"  Before: {_marked(edit.old, '[-', '-]', whole=not edit.new)}"
    if edit.new:
        yield f"  After: {_marked(edit.new, '{+', '+}', whole=not edit.old)}"


def _marked(sentences: Sequence[Sentence], begin: str, end: str, *, whole: bool) -> str:
    return " ".join(_one(sentence, begin, end, whole=whole) for sentence in sentences)


def _one(sentence: Sentence, begin: str, end: str, *, whole: bool) -> str:
    spans = [(0, len(sentence.text))] if whole else [(span.start, span.end) for span in sentence.marks]
    parts, at = [], 0
    for start, stop in spans:
        parts += [sentence.text[at:start], begin, sentence.text[start:stop], end]
        at = stop
    return one_line("".join([*parts, sentence.text[at:]]), LONGEST)


def _html(told: Told) -> str:
    entry = told.entry
    title = f"{escape(entry.outlet)}: {escape(mark_controls(entry.title))}"
    link = f'<a href="{escape(entry.url)}">{title}</a>' if entry.url.startswith(("http://", "https://")) else title
    body = entry.content if told.change is None else difference_html(told.change)
    return f"<h3>{link}</h3><p>{escape(mark_controls(entry.summary))}</p>{body}"
