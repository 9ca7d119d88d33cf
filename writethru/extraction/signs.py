"""What a page as a whole looks like: bot check, consent wall, paywall, "not found", listing.

Conservative on purpose: a sign is raised only when the words stand where an article would stand and
no article does; every sign comes with a note that quotes what was seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from writethru.extraction import structured
from writethru.extraction.phrases import GATE
from writethru.extraction.structured import LISTING_TYPES, Stated
from writethru.model import Sign

FEW_CHARS = 1200  # bodies up to this long can be a wall, a teaser or an error page
_TEASER_CHARS = 2500

_CHALLENGE = re.compile(
    r"just a moment|attention required|verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a )?(?:human|"
    r"robot)|not a robot|checking your browser"
    r"|access (?:to this page has been )?denied|security check|unusual (?:traffic|activity)|"
    r"enable javascript and cookies|pardon our interruption"
    r"|ddos protection|bot (?:check|detection|verification)|complete the captcha|please verify|"
    r"request (?:was )?blocked|you have been blocked|captcha",
    re.I,
)
_CONSENT = re.compile(
    r"we value your privacy|before you continue|your privacy (?:choices|is important|matters)|"
    r"we and our (?:\d+ )?partners|accept (?:all )?cookies"
    r"|consent to (?:the use|our use|cookies)|cookie (?:settings|preferences|consent)|datenschutz|"
    r"zustimmen und weiter|nous respectons votre vie privée|gestiona tu privacidad",
    re.I,
)
_NOT_FOUND = re.compile(
    r"\b404\b|page (?:can ?not|can[’']t|could not|not|was not|isn[’']t) (?:be )?(?:found|available)|not found|"
    r"(?:page|article|story|content) (?:you (?:are|were|requested).{0,40} )?(?:no longer|does(?:n[’']t|"
    r" not)) (?:exist|available)"
    r"|no longer available|has (?:been )?(?:moved or|removed|deleted|expired)|seite nicht gefunden|"
    r"page (?:introuvable|non trouvée)|página no encontrada|pagina non trovata|pagina niet gevonden",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the signs are read from: the fields and the body's size in characters."""

    headline: str
    headline_marked: bool
    body: str
    page_text: str
    links_as_headings: int


def read_signs(stated: Stated, seen: Seen) -> tuple[frozenset[Sign], tuple[str, ...]]:
    """The signs and one note for each."""
    found: dict[Sign, str] = {}
    if len(seen.body) <= FEW_CHARS:
        _walls(found, stated, seen)
    _paywall(found, stated, seen)
    _listing(found, stated, seen)
    if not seen.headline_marked:
        found[Sign.NO_HEADLINE_MARK] = "no headline in the page's metadata or marked in its text; it was inferred"
    return frozenset(found), tuple(found.values())


def _walls(found: dict[Sign, str], stated: Stated, seen: Seen) -> None:
    top = f"{stated.title}\n{seen.headline}"
    around = seen.page_text[:3000]
    for sign, pattern in ((Sign.CHALLENGE, _CHALLENGE), (Sign.SOFT_404, _NOT_FOUND), (Sign.CONSENT, _CONSENT)):
        match = pattern.search(top)
        if match is None and len(seen.body) < 400 and len(seen.page_text) < 3000:
            match = pattern.search(around)
        if match:
            found[sign] = f"the page says “{match.group()[:80]}” and shows little else"
            return


def _paywall(found: dict[Sign, str], stated: Stated, seen: Seen) -> None:
    if len(seen.body) > _TEASER_CHARS or seen.body == "":
        return
    closed = structured.text(str(stated.article.get("isAccessibleForFree", ""))).lower() in ("false", "0", "no")
    gate = GATE.search(seen.page_text)
    if closed and gate:
        found[Sign.PAYWALL] = f"marked as not free, and the page says “{gate.group()[:80]}”"
    elif gate and len(seen.body) <= FEW_CHARS:
        found[Sign.PAYWALL] = f"a short text, and the page says “{gate.group()[:80]}”"
    elif closed and len(seen.body) <= FEW_CHARS:
        found[Sign.PAYWALL] = "a short text on a page marked as not free"


def _listing(found: dict[Sign, str], stated: Stated, seen: Seen) -> None:
    if stated.article or stated.first_meta("og:type").lower() in ("article", "news", "newsarticle"):
        return
    if stated.types & LISTING_TYPES:
        found[Sign.LISTING] = f"the page calls itself {', '.join(sorted(stated.types & LISTING_TYPES))}"
    elif seen.links_as_headings >= 12 and len(seen.body) < FEW_CHARS:
        found[Sign.LISTING] = f"{seen.links_as_headings} linked headings and little text"
