"""Words that say nothing of a happening beyond those of ``reuse``: in more languages, months, numbers in words."""

from __future__ import annotations

from writethru.reuse.common_words import COMMON_WORDS

_MORE = """
il lo gli dei degli della delle dello dal dalla dai dalle nel nella nei nelle sul sulla sui sulle agli alla alle allo ai
e ed o ma se che chi cui non piu anche come dove quando perche questo questa questi queste quello quella suo sua suoi
sue loro essere stato stata stati state sono ha hanno era erano fu con per tra fra di da su si ci ne uno una dopo prima
ancora gia secondo detto anni anno mentre tutti tutto ogni stesso puo
het een van voor op niet met aan zijn ook naar dat die deze dit maar als bij door over uit nog wel werd werden wordt
worden heeft hebben had hadden was waren om er zo dan toch al tot tegen tussen onder zal zullen zou zouden kan kunnen
moet moeten meer veel andere zei jaar na geen hun haar hij zij ze wij we ik je te in is de en of toen waar wie wat
os uma ao aos nas nos pela pelo sao mais foi ser tem sua seu ele ela isso nao das dos em ao
january february april june july august september october november december
januar februar maerz marz juni juli oktober dezember janvier fevrier mars avril juin juillet aout septembre octobre
novembre decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio
febbraio aprile maggio giugno luglio settembre ottobre dicembre januari februari maart augustus
four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
thirty forty fifty sixty seventy eighty ninety
och att det som pa ar av for den till inte om ett han men var sig fran har hade eller nar over vid kan ska blev
"""

_COMMON = COMMON_WORDS | frozenset(_MORE.split())


def is_common(word: str) -> bool:
    """Is this folded word one that says nothing of what an article is about?"""
    return word in _COMMON
