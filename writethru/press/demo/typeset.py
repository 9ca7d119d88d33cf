"""Typesetting: the differences between one text and itself that a reader hardly sees.

An outlet that has its quotation marks typeset, or ties a number to its unit, changes characters and not words. The
demo applies both to whole states, so that the record can show them and the label can say *typographic*.
"""

from __future__ import annotations

import re
from collections.abc import Collection

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_OPENING = re.compile(r"(^|[\s(\[\u2014\u2013-])(['\"])")
_OPEN = {'"': "\N{LEFT DOUBLE QUOTATION MARK}", "'": "\N{LEFT SINGLE QUOTATION MARK}"}
_CLOSE = {'"': "\N{RIGHT DOUBLE QUOTATION MARK}", "'": "\N{RIGHT SINGLE QUOTATION MARK}"}
_UNIT = re.compile(r"(?<=\d) (?=(?:million|billion|km|kg|metres|crowns|per cent|a\.m\.|p\.m\.))")


def typeset(text: str, settings: Collection[str]) -> str:
    """``text`` under the settings in force: ``curly`` quotation marks, ``nbsp`` between number and unit."""
    if "curly" in settings:
        text = _curly(text)
    return _UNIT.sub(NO_BREAK_SPACE, text) if "nbsp" in settings else text


def _curly(text: str) -> str:
    # Twice, because a quotation inside a quotation opens straight after the outer mark.
    for _ in range(2):
        text = _OPENING.sub(lambda match: match[1] + _OPEN[match[2]], text)
        text = re.sub(r"(\u201c)'", "\\1\u2018", text)
    return text.replace('"', _CLOSE['"']).replace("'", _CLOSE["'"])
