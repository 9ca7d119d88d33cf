"""Which characters of a paragraph are somebody's quoted words.

Masking must survive what pages do to quotation marks: a sign that was lost must not turn
the rest of an article inside out. So a straight sign opens or closes by what stands beside
it, an opening sign inside an open quotation begins a new one, and a quotation without an
end is believed for one sentence only, unless the next paragraph takes it up again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SIGN = re.compile("[\"“”„«»‘’'‹›]")
_OPEN_ONLY = frozenset("“„«‹")
_CLOSE_ONLY = frozenset("”»›")
_SINGLE = frozenset("‘’'")
_KIN = {"“": '”"“', "„": '“”"', "«": "»", "»": "«", "‹": "›", '"': '"”', "‘": "’'", "'": "'’", "’": "’'"}
_SENTENCE = re.compile(r"[.!?…][)\]]?(?=\s|$)")


class Stretch(NamedTuple):
    """A quoted stretch, signs included; ``closed`` is False where its end was not printed."""

    start: int
    end: int
    closed: bool


def quoted_stretches(text: str, *, taken_up: bool = False) -> list[Stretch]:
    """The quoted stretches of one paragraph, in order and apart.

    Args:
        taken_up: the paragraph after it begins with an opening sign, so that a quotation
            left open here runs to the end of the paragraph.
    """
    text = _doubled(text)
    found: list[Stretch] = []
    opened: tuple[int, str] | None = None
    inside = 0
    for match in _SIGN.finditer(text):
        at, sign = match.start(), match.group()
        if at < inside:
            continue
        if opened is not None and opened[1] in _SINGLE and sign in '“"' and _opens(text, at, sign):
            inside = _nested(text, at)
            if inside:
                continue
        if opened is not None and sign in _KIN[opened[1]] and _closes(text, at, sign):
            found.append(Stretch(opened[0], at + 1, True))
            opened = None
        elif _opens(text, at, sign) and not (opened is not None and sign in _SINGLE and opened[1] not in _SINGLE):
            if opened is not None:
                found += _unclosed(text, opened, at)
            opened = at, sign
    if opened is not None:
        found += [Stretch(opened[0], len(text), False)] if taken_up else _unclosed(text, opened, len(text))
    return found


def _doubled(text: str) -> str:
    """Two single signs that stand for a double one, as some agencies and archives print it, with that one outside."""
    if "''" not in text:
        return text
    return _TWO_CLOSING.sub("'\"", _TWO_OPENING.sub("\"'", text))


_TWO_OPENING = re.compile(r"(?:^|(?<=[\s(\[{—–-]))''(?=[^\s'])")
_TWO_CLOSING = re.compile(r"(?<=[^\s'])''(?![^\W_]|')")


def _nested(text: str, at: int) -> int:
    """Behind a double quotation inside an open single one, 0 where no single sign ends that one behind it."""
    end = _DOUBLE_END.search(text, at + 1)
    behind = _SINGLE_END.search(text, end.end()) if end else None
    opening = _OPENING_SINGLE.search(text, end.end()) if end else None
    if end is None or behind is None or (opening is not None and opening.start() < behind.start()):
        return 0
    return end.end()


_DOUBLE_END = re.compile('[”"]')
_SINGLE_END = re.compile("(?<=[^\\s])[’'](?=[\\s,.;:!?)]|$)")


def begins_quoted(text: str) -> bool:
    """Does the paragraph begin with an opening sign?"""
    text = _doubled(text[:3])
    return text[:1] in _KIN and _opens(text, 0, text[0])


def plain_marks(text: str) -> str:
    """A text of the same length in which every quotation begins with “ and ends with ”, whatever signs it has.

    Signs inside a quotation, and those that are apostrophes, stay.
    """
    made = list(text)
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    for number, (start, end) in enumerate(lines):
        following = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        for quote in quoted_stretches(text[start:end], taken_up=begins_quoted(following)):
            made[start + quote.start] = "“"
            if quote.closed:
                made[start + quote.end - 1] = "”"
    return "".join(made)


def _unclosed(text: str, opened: tuple[int, str], limit: int) -> list[Stretch]:
    """A quotation whose end was not printed: one sentence of it. A single sign may be an apostrophe: nothing."""
    if opened[1] in _SINGLE:
        return []
    end = _SENTENCE.search(text, opened[0], limit)
    return [Stretch(opened[0], end.end() if end else limit, False)]


def _opens(text: str, at: int, sign: str) -> bool:
    if sign in _CLOSE_ONLY and sign != "»":
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if sign == "«" and after:
        return True  # in French a space stands inside
    if sign == '"' and _is_apart(before, after):
        return True
    if not after or after.isspace():
        return False
    if sign in _OPEN_ONLY:
        return True
    return not before or before.isspace() or before in "([{—–-/:"


def _closes(text: str, at: int, sign: str) -> bool:
    if sign in _CLOSE_ONLY or sign == "«":
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isspace() and sign == '"' and text[at - 2 : at - 1] in ("'", "’"):
        return True  # a quotation inside one, with a space between the signs
    if sign in _SINGLE and _possessive(text, at):
        return False
    if sign == '"' and _is_apart(before, after):
        return True
    return bool(before) and not before.isspace() and not after.isalnum()


def _is_apart(before: str, after: str) -> bool:
    """White space on both sides, as where a text was taken to pieces: it closes what is open, else it opens."""
    return (not before or before.isspace()) and (not after or after.isspace())


_END_OF_SINGLE = re.compile("[,.?!…][’'](?![^\\W_])")
_OPENING_SINGLE = re.compile("(?:^|(?<=[\\s(—–]))[‘'](?=\\S)")


def _possessive(text: str, at: int) -> bool:
    """ "the farmers’ land" inside single marks: an "s", a small letter behind, and the end still to come."""
    if text[at - 1 : at] != "s" or not re.match(r" [a-z]", text[at + 1 : at + 3]):
        return False
    end = _END_OF_SINGLE.search(text, at + 1)
    opening = _OPENING_SINGLE.search(text, at + 1)
    return end is not None and (opening is None or opening.start() > end.start())
