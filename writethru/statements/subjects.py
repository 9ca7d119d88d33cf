"""The subject of a sentence, where it stands at the head: whose deed leads to a quotation behind a colon or a comma."""

from __future__ import annotations

import re
from typing import Final

from writethru.statements import speech

_OPENS: Final = (
    r"(?:(?:And|But|So|Yet|Still|Then|Now|Later|Meanwhile|Instead|Here|Again|Afterward|Soon|Finally),? (?:then )?)?"
)
_LEADS: Final = (
    r"(?:(?:(?:[Ii]mmediately|[Ss]hortly|[Ss]oon|[Ee]ven|[Ll]ate|[Ee]arly|[Jj]ust|[Ll]ater|[Ee]arlier) )?"
    r"(?:[Ii]n|[Oo]n|[Aa]t|[Ff]or|(?:[Ee]ver )?[Ss]ince|[Bb]y|[Ff]rom|[Dd]uring|[Aa]fter|[Bb]efore|[Ww]hen|"
    r"[Ww]hile|[Aa]s|[Aa]lthough|[Tt]hough|[Ii]f|[Oo]nce|[Ww]ith|[Dd]espite|[Uu]nder|[Ll]ast|[Tt]his|[Hh]ere|"
    r"[Mm]inutes|[Hh]ours|[Dd]ays|[A-Z][a-z]+(?:ing|ed)) [^,“”:;]{2,120}, |"
    r"(?:Later|Earlier|Early|Late) (?:on )?[A-Z]\w+, ){0,2}"
)
_HEAD: Final = (
    r"(?:he|she|they|He|She|They|(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne|[Ss]ome|[Ss]everal|[Mm]any|"
    r"[Aa]nother|(?:[Hh]undreds|[Dd]ozens|[Tt]housands) of) )?"
    r"(?!(?:The|This|That|It|There|What|Why|How|No|Not|Ever|Even|"
    r"Since|When|While|After|As|In|On|At|For|By|With|If|Although|Though|Because|To|From|Before|During|Once|Despite|"
    r"Under|Asked|Here|Now|Of|Late|Early|Has|Have|Had|Did|Do|Does|Is|Are|Was|Were|Will|Can|Could|Should|Would)\b)"
    r"(?:[\w’'&-]|\.(?=[A-Z\s]))+"
    r"(?: (?!(?:and|but|who|which|that|whose|where|because|if)\b)(?:[\w’'&-]|\.(?= [A-Z]))+){0,7}?)"
)
_DOES: Final = (
    r"(?:(?:\w+ly|also|then|once|later|has|have|had|never|always|again) ){0,2}"
    r"(?:(?!limited\b|based\b|supposed\b|united\b|aged\b|named\b|called\b|hundred\b)[a-z]{2,}[^\We]ed|[a-z]{2,}(?<!s)ed|"
    r"was|were|is|are|has|have|had|did|does|(?:did|does|was|is|has|had)n[’']t|took|takes|went|goes|gave|gives|sent|sends|"
    r"made|makes|put|puts|began|begins|told|wrote|rose|came|ran|stood|sat|met|left|held|kept|brought|spoke|speaks|led|"
    r"struck|describes|lists|summed|drew|turned|broke|stepped|leaned|shot|stuck)\b"
)
ANY: Final = re.compile(
    rf"{_OPENS}{_LEADS}(?P<who>{_HEAD}(?:, (?!and\b|but\b|or\b)[^,:;“”]{{2,90}}(?=, ))?),? (?={_DOES})"
)
_ANOTHERS: Final = re.compile(
    r"(?:,? (?:and|but|while|as|so|when|after|before|until|since)|;) "
    r"(?!(?:then|later|also|if)\b)(?:the |a |an |his |her |its |their )?"
    r"(?:he|she|they|it|[A-Z][\w’'-]+|[a-z]+)(?: [A-Z][\w’'-]+){0,3} (?:\w+ly |also |then )?"
    r"(?:[a-z]{2,}[^\We]ed|was|were|is|are|had|has|did|took|went|gave|sent|made|put|began|told|wrote|rose|came|ran)\b|"
    r"\b(?:who|which|whose|where|because|whom)\b|(?<!so )\bthat\b(?! (?:note|point|day|night|evening|morning|year)\b)|"
    r"(?<!as )\bif\b|[;“―—]| - "
)
"""Between a subject and what leads to a quotation: another clause, whose subject may be another."""


_REACTS: Final = re.compile(
    r"\s+(?:(?:\w+ly|also|then|once|later|further|has|had) ){0,2}(?:agreed|agrees|disagreed|disagrees|elaborated|"
    r"elaborates|praised|praises|criti[cs]i[sz]ed|defended|defends|dismissed|objected|countered|related|responded|"
    r"reacted|demurred|echoed|went on|apologi[sz]ed|complained|scoffed|continued|lashed out|weighed in|pushed back|"
    r"shot back|fired back|hit back|spoke about|issued a statement|released a statement|credited|blamed|attacked|"
    r"called for|urged|touted|lamented|denounced|condemned|blasted|hailed|applauded|welcomed|rejected|denied|"
    r"shrugged off|brushed off|(?:was|were|is) (?:quick to|blunt|skeptical|sceptical|unimpressed|adamant|optimistic|"
    r"upbeat|clear|more direct|less))\b"
)


def reacts(text: str, start: int, end: int) -> re.Match[str] | None:
    """The subject of a sentence that tells how somebody took something, in words quoted behind it."""
    known = speech.SUBJECT.match(text, start, end) or speech.SUBJECT_PHRASE.match(text, start, end)
    found = None if text[start] in '“"' else known or ANY.match(text, start, end)
    if found is None or _REACTS.match(text, found.end("who")) is None or _OF_ANOTHER.search(text, found.end(), end):
        return None
    return found


_OF_ANOTHER: Final = re.compile(r"\b(?:who|whom|whose)\b")


def subject_of(text: str, start: int, end: int) -> re.Match[str] | None:
    """The subject at the head of a sentence, as the group ``who``.

    Where it begins otherwise than most do, only if no other's clause stands behind it.

    Args:
        start: where the sentence begins.
        end: where the quotation begins to which the sentence leads.
    """
    known = speech.SUBJECT.match(text, start, end) or speech.SUBJECT_PHRASE.match(text, start, end)
    return known or alone(text, end, ANY.match(text, start, end))


def alone(text: str, end: int, found: re.Match[str] | None) -> re.Match[str] | None:
    """A subject, unless another's clause stands between it and the end."""
    if found is None or _ANOTHERS.search(re.sub("“[^”]*”", "", text[found.end() : end])):
        return None
    return found
