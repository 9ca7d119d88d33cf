"""Which agencies and outlets an article credits, in its byline, credit lines, dateline or text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from writethru.model import ArticleText, BlockKind

AGENCIES: dict[str, tuple[str, ...]] = {
    "AFP": ("AFP", "Agence France-Presse", "Agence France Presse"),
    "AP": ("AP", "Associated Press", "The Associated Press"),
    "Reuters": ("Reuters", "Thomson Reuters"),
    "dpa": ("dpa", "DPA", "Deutsche Presse-Agentur"),
    "PA": ("PA", "PA Media", "Press Association"),
    "UPI": ("UPI", "United Press International"),
    "ANSA": ("ANSA",),
    "APA": ("APA", "Austria Presse Agentur"),
    "EFE": ("EFE", "Agencia EFE"),
    "TASS": ("TASS", "ITAR-TASS"),
    "Interfax": ("Interfax",),
    "RIA Novosti": ("RIA Novosti", "RIA"),
    "Xinhua": ("Xinhua",),
    "Kyodo": ("Kyodo", "Kyodo News"),
    "Yonhap": ("Yonhap",),
    "PTI": ("PTI", "Press Trust of India"),
    "ANI": ("ANI", "Asian News International"),
    "AAP": ("AAP", "Australian Associated Press"),
    "CP": ("The Canadian Press", "Canadian Press"),
    "Bloomberg": ("Bloomberg", "Bloomberg News"),
    "TT": ("TT", "TT Nyhetsbyrån"),
    "NTB": ("NTB",),
    "STT": ("STT",),
    "Belga": ("Belga",),
    "ANP": ("ANP",),
    "SDA": ("SDA", "Keystone-SDA"),
}
"""Agencies by the name we print, with the names they are credited by."""

_NAMES = {name: agency for agency, names in AGENCIES.items() for name in names}
_ANY = "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
_ALONE = re.compile(rf"(?<![\w-])(?:{_ANY})(?![\w-])")
_MARKED = re.compile(
    rf"\((?:[^()\n]{{0,40}}?[/, ])?(?P<bracketed>{_ANY})(?:[/, ][^()\n]{{0,40}})?\)"
    rf"|^\W*(?P<dateline>{_ANY})\s*[-–—:]\s"
    rf"|(?i:with (?:reporting|material|files|input) (?:by|from))[^.\n]{{0,60}}?(?<![\w-])(?P<material>{_ANY})(?![\w-])",
    re.MULTILINE,
)
EDGE = 2
"""Blocks at the start and at the end of the text where an agency in brackets credits the text."""


def credited_agencies(text: ArticleText, stated: str = "") -> frozenset[str]:
    """The agencies that an article names as a source of its text, by ``AGENCIES``' names.

    An agency that is only quoted in the running text ("he told Reuters") is not credited.

    Args:
        stated: an agency that the page names in its data.
    """
    found = set(_named(_ALONE, [stated, text.byline, text.dateline]))
    apart = [block.text for block in text.blocks if block.kind is BlockKind.CREDIT]
    found |= _named(_ALONE, apart)
    body = [block.text for block in text.body_blocks()]
    found |= _marked(body[:EDGE] + body[EDGE:][-EDGE:])
    return frozenset(found)


def _named(pattern: re.Pattern[str], texts: Iterable[str]) -> set[str]:
    return {_NAMES[match.group()] for text in texts for match in pattern.finditer(text)}


def _marked(texts: Iterable[str]) -> set[str]:
    found = set()
    for text in texts:
        for match in _MARKED.finditer(text):
            found.add(_NAMES[next(name for name in match.groupdict().values() if name)])
    return found


def agency_of(outlet: str) -> str:
    """The agency an outlet is, by ``AGENCIES``' name, or ``""``.

    >>> agency_of("The Associated Press"), agency_of("Harbour Gazette")
    ('AP', '')
    """
    return _NAMES.get(outlet.strip(), "")
