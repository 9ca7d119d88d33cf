"""Is a sentence (part of) a correction, clarification or update notice?

Known by its label ("Correction:", "Editor's note"), by speaking of an earlier state of
itself ("a previous version of this story"), or by calling itself wrong.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_HEAD = 400
_TRIGGERS = (
    "correct", "clarif", "earlier", "previous", "original", "amended", "updated", "version", "editor", "misspel",
    "for the record", "regret", "refile", "retract", "errat", "modifi", "à jour", "errores", "corregi", "corrección",
    "aclaración", "anterior",
    "misstat", "misident", "misattr", "misquot", "misch", "mispron", "misnam", "mistake", "erro", "inaccura", "mislead",
    "berichtig", "korr", "redaktion", "rectific", "précision", "corrig", "oikaisu", "versio", "исправл", "уточнен",
    "поправка", "верси", "корекция",
)  # fmt: skip
"""One of these stands in every notice; looking for them first keeps other sentences cheap."""

_LABEL = r"""\W*(?:
        (?:corrections?|clarifications?|amendment|editor['’]?s['’]?\ note|erratum|errata|berichtigung|korrektur
          |anmerkung\ der\ redaktion|rectificatif|rectification|précision|oikaisu|korjaus|исправление|уточнение
          |поправка|корекция|уточнения|for\ the\ record|retraction|korrekturhinweis|fe\ de\ (?:errores|erratas)
          |corrección|rectificación|aclaración)\b
        (?:\ (?:and|&)\ (?:corrections?|clarifications?))?\s*
        (?:[:.—–(\[-]|$|\d|,\ (?:[a-z]{3,9}\.?\ \d|\d{1,2}\ [a-z])|(?:on|to|appended|added|published)\b
          |(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)
    )"""
_PIECE = (
    r"(?:stor(?:y|ies)|articles?|reports?|versions?|headlines?|captions?|posts?|graphics?|summary|episodes?|page"
    r"|transcripts?|podcasts?|interviews?|features?|pieces?|broadcasts?|audio|segments?|columns?|descriptions?"
    r"|obituary|chart|photo)"
)
_EARLIER_SELF = rf"""
        \b(?:an?|our|the|in|previous|earlier)\ (?:\w+\ )?
          (?:earlier|previous|prior|original)\ (?:\w+\ ){{0,2}}{_PIECE}\b
          (?!\ (?:by|from)\b|\ of\ (?:the|an?|his|her|its|their)\ (?!{_PIECE}\b))
      | ^\W*(?:previous|earlier|prior|original)\ (?:\w+\ )?(?:versions?|headlines?|captions?)\b
      | \b(?:earlier|previous|prior|original)\ (?:web\ |online\ |print\ )?versions?\ (?:of|about)
          \ (?!(?:the|an?|his|her|its|their)\ (?!{_PIECE}\b))
      | \bhomepage\ text\ for\ this\b"""
_THIS = rf"""
        \b(?:this|our|the|a|an)\ (?:\w+\ ){{0,2}}{_PIECE}\b
      | \b(?:we|typo)\b | \bname\ of\b | \bin\ an?\ (?:earlier|previous)\b"""
_WRONG = r"""\b(?:
        incorrect(?:ly)?|mistaken(?:ly)?|wrongly|erroneous(?:ly)?|inaccurate(?:ly)?|misleading|misstated?|misspell?ed
      | misspelt|misidentif(?:y|ied)|misattributed|mischaracteri[sz]ed|misquoted|mispronounced|misnamed|in\ error
      | (?:caption|editing|typographical|production|transcription)\ error
      | originally\ (?:credited|said|stated|identified|listed)
    )\b"""
_UPDATED = rf"""
        \bthis\ {_PIECE}\ (?:has\ been|was|is|have\ been)\ (?:since\ )?
          (?:corrected|amended|clarified|updated\ (?:to|with|at|on|because|after))\b
      | \b(?:corrected|amended|updated|clarified)\ this\ {_PIECE}\b
      | \bthis\ {_PIECE}\ corrects\b | ^\W*\((?:corrects|refiles|corrected|refiled)\b
      | \bregrets?\ the\ (?:error|mistake)s?\b | \bcorrections?\ (?:was|were|has\ been|have\ been)\ made\b
      | \best[ea]\ (?:artículo|noticia|texto|nota|información)\ ha\ sido\ (?:corregid|modificad|rectificad)[oa]
      | \ben\ una\ versión\ anterior | \buna\ versión\ anterior\ de\ est[ea]
      | \bdiese[rs]?\ (?:artikel|text|beitrag|meldung|bericht|fassung)\ wurde\ (?:berichtigt|korrigiert|aktualisiert)
      | \bin\ einer\ früheren\ (?:version|fassung)
      | \bune\ version\ (?:précédente|antérieure) | \bcet\ article\ a\ été\ (?:corrigé|modifié|mis\ à\ jour)
      | \baiemmassa\ versiossa | \bjuttua\ on\ korjattu
      | \bв\ (?:более\ )?(?:ранней|предыдущей)\ версии | \bв\ предишна\ версия"""


class _Patterns(NamedTuple):
    label: re.Pattern[str]
    earlier_self: re.Pattern[str]
    updated: re.Pattern[str]
    wrong: re.Pattern[str]
    this: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    sources = (_LABEL, _EARLIER_SELF, _UPDATED, _WRONG, _THIS)
    return _Patterns(*(re.compile(source, re.IGNORECASE | re.VERBOSE) for source in sources))


def is_correction(text: str) -> bool:
    """Does this sentence read as (part of) a notice about the article itself?"""
    head = text[:_HEAD]
    lower = head.lower()
    for trigger in _TRIGGERS:
        if trigger in lower:
            return _is_notice(head)
    return False


def _is_notice(head: str) -> bool:
    patterns = _patterns()
    if patterns.label.match(head) or patterns.earlier_self.search(head) or patterns.updated.search(head):
        return True
    return patterns.wrong.search(head) is not None and patterns.this.search(head) is not None
