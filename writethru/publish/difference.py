"""The difference itself as a fragment of HTML that reads well where styles, even tags, are stripped.

Each edit is a heading in words and then "Before: …" and "After: …", so that nothing depends on
colour, strike-through or ``ins``/``del`` being kept by the reader's program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from lxml import etree
from lxml.builder import E

from writethru.publish.safe_text import clip, mark_controls
from writethru.publish.words import operation_of
from writethru.views import observed_interval

if TYPE_CHECKING:
    from writethru.comparison import Change, Edit, Sentence
    from writethru.model import ChangeRecord

LONGEST_SENTENCE: Final = 4_000
LARGEST_CONTENT: Final = 100_000
"""Characters of marked text in one entry; feed readers choke on more."""


def difference_html(change: Change, record: ChangeRecord | None = None) -> str:
    """The content of a change's feed entry: interval, summary, and every edit.

    Args:
        change: what differs.
        record: of the change as it is stored, for the interval; None for two texts picked by hand.
    """
    root = E.div()
    if record is not None:
        root.append(E.p(mark_controls(f"{record.summary} Observed {observed_interval(record)}.")))
    if not change.visible:
        root.append(E.p("No visible difference: the two texts read the same."))
    room = LARGEST_CONTENT
    for position, edit in enumerate(change.edits):
        room -= len(edit.old_text) + len(edit.new_text)
        if room < 0 and position:
            root.append(E.p(f"{len(change.edits) - position} more edits are on the page of this change."))
            break
        root.extend(_edit(edit))
    return str(etree.tostring(root, method="html", encoding="unicode"))


def _edit(edit: Edit) -> Iterator[etree._Element]:
    kinds = ", ".join(kind.value for kind in edit.kinds)
    place = "" if edit.where in ("paragraph", "end") else f" in the {edit.where}"
    yield E.h4(f"{operation_of(edit)}{place}{f' ({kinds})' if kinds else ''}")
    if edit.op.value == "layout" or (edit.op.value == "moved" and not edit.rewritten):
        yield E.blockquote(E.p(_shown(edit.new_text)))
        return
    block = E.blockquote()
    if edit.old:
        block.append(_side("Before: ", "del", edit.old, whole=not edit.new))
    if edit.new:
        block.append(_side("After: ", "ins", edit.new, whole=not edit.old))
    yield block


def _side(label: str, mark: str, sentences: Sequence[Sentence], *, whole: bool) -> etree._Element:
    """One side of an edit. ``whole``: it has no counterpart, so all of it is marked."""
    paragraph: etree._Element = E.p(E.strong(label))
    for position, sentence in enumerate(sentences):
        if position:
            _append_text(paragraph, " ")
        spans = [(0, len(sentence.text))] if whole else [(span.start, span.end) for span in sentence.marks]
        _append_marked(paragraph, sentence.text, spans, mark)
    return paragraph


def _append_marked(paragraph: etree._Element, text: str, spans: Sequence[tuple[int, int]], mark: str) -> None:
    end = 0
    for start, stop in spans:
        _append_text(paragraph, text[end:start])
        element = etree.SubElement(paragraph, mark)
        element.text = _shown(text[start:stop])
        end = stop
    _append_text(paragraph, text[end:])


def _append_text(paragraph: etree._Element, text: str) -> None:
    last = paragraph[-1]
    last.tail = (last.tail or "") + _shown(text)


def _shown(text: str) -> str:
    return mark_controls(clip(text, LONGEST_SENTENCE))
