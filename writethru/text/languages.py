"""Which language a text is in, for choosing lists of words: by script, then by function words.

A guess for labelling only. It knows the languages that have lists; anything else is "".
"""

from __future__ import annotations

import re
from functools import cache

_SCRIPTS = {"ja": "[\u3041-\u30ff]", "zh": "[\u4e00-\u9fff]", "ar": "[\u0620-\u06ff]", "he": "[\u05d0-\u05ea]"}
_FUNCTION_WORDS = {
    "en": "the of and to in that is was for with on said he it by as at from his has have be are not who they an had "
    "her she been were which this but or you we",
    "de": "der die das und ist nicht ein eine zu den von mit sich auf für im dem des auch es werden wurde sagte am "
    "sind bei wie hat in war waren nach",
    "fr": "le la les de un des et est une du que dans pour qui sur pas au il elle ont par plus avec ce cette été "
    "sont aux",
    "es": "el la los las y en del al por con para se su ha lo más fue son dijo una un de que como pero "
    "este está según sus",
    "fi": "ja on ei että se oli mutta myös kun ovat hän joka noin sekä mukaan tai ole kuin nyt jos siitä vuoden "
    "sanoi kertoi sanoo kertoo kanssa jälkeen vain ihmistä",
    "ru": "и в не на что с по как это он из за от его для был было но также об года после было были или при до",
    "bg": "и на да в за се от не с е са че по до като от ще му при след това има над беше които бе",
}
_OTHER_SCRIPT = "[\u05d0-\u06ff\u3041-\u9fff]"
_SAMPLE = 400


def language_of(text: str) -> str:
    """``en``, ``de``, ``fr``, ``es``, ``fi``, ``ru``, ``bg``, ``ja``, ``zh``, ``ar``, ``he``, or ``""``."""
    sample = text[:_SAMPLE]
    if not sample.isascii() and re.search(_OTHER_SCRIPT, sample):
        for language, script in _SCRIPTS.items():
            if len(re.findall(script, sample)) > len(sample) // 8:
                return language
    scores = dict.fromkeys(_FUNCTION_WORDS, 0)
    table = _table()
    for word in sample.lower().split():
        for language in table.get(word, ()):
            scores[language] += 1
    best = max(scores, key=lambda language: (scores[language], language == "en"))
    return best if scores[best] else ""


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Function word to the languages that use it."""
    table: dict[str, tuple[str, ...]] = {}
    for language, words in _FUNCTION_WORDS.items():
        for word in words.split():
            table[word] = (*table.get(word, ()), language)
    return table
