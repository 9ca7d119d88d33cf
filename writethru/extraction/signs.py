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

WALL_CHARS = 600  # the words of a wall or an error page are few
FEW_CHARS = 1200  # bodies up to this long can be a wall, a teaser or an error page
_TEASER_CHARS = 2500
_STUB_CHARS = 250

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
    r"we value your privacy|before you continue|we and our (?:\d+ )?partners|accept (?:all )?cookies"
    r"|consent to (?:the use|our use|cookies)"
    r"|zustimmen und weiter|nous respectons votre vie privée|gestiona tu privacidad|wij hechten waarde aan je privacy"
    r"|نحن (?:نهتم ب|نقدر |نحترم )خصوصيتك|خصوصيتك (?:تهمنا|مهمة)|プライバシーを(?:尊重|大切)|"
    r"(?:クッキー|cookie)の使用に同意|我们重视您的隐私|我們重視您的隱私|мы ценим вашу конфиденциальность|"
    r"개인정보를 소중히",
    re.I,
)
_NOT_FOUND = re.compile(
    r"\b404\b|page (?:can ?not|can[’']t|could not|not|was not|isn[’']t) (?:be )?(?:found|available)|not found|"
    r"(?:page|article|story|content) (?:you (?:are|were|requested).{0,40} )?(?:no longer|does(?:n[’']t|"
    r" not)) (?:exist|available)"
    r"|no longer available|has (?:been )?(?:moved or|removed|deleted|expired)|seite nicht gefunden|"
    r"page (?:introuvable|non trouvée)|página no encontrada|pagina non trovata|pagina niet gevonden|"
    r"página não encontrada|nie znaleziono strony|strona nie istnieje|sidan (?:hittades inte|kunde inte hittas)|"
    r"sayfa bulunamadı|страница не найдена|сторінку не знайдено|الصفحة (?:غير موجودة|التي طلبتها غير)|"
    r"لم يتم العثور على الصفحة|הדף לא נמצא|(?:ページ|記事)(?:が|は)(?:見つかりません|存在しません|削除され)|"
    r"お探しのページ|页面不存在|找不到(?:该)?页面|頁面不存在|找不到(?:此)?(?:網頁|頁面)|페이지를 찾을 수 없",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the signs are read from.

    Attributes:
        headline_marked: metadata or the heading's names say which text is the headline.
        body: the article's running text as read.
        page_text: all text of the page; ``after_body`` what follows the first line of the article's.
        links_as_headings: how many headings are links.
    """

    headline: str
    headline_marked: bool
    body: str
    page_text: str
    after_body: str
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
    """What stands in title, headline and text; the rest of the page counts only where there is no text."""
    said = f"{stated.title}\n{seen.headline}\n{seen.body if len(seen.body) < WALL_CHARS else ''}"
    if not seen.body:
        said += f"\n{seen.page_text[:WALL_CHARS]}"
    for sign, pattern in ((Sign.CHALLENGE, _CHALLENGE), (Sign.SOFT_404, _NOT_FOUND), (Sign.CONSENT, _CONSENT)):
        match = pattern.search(said)
        if match:
            found[sign] = f"the page says “{match.group()[:80]}” and shows little else"
            return


def _paywall(found: dict[Sign, str], stated: Stated, seen: Seen) -> None:
    """A short text with a gate behind it. "Not free" alone says nothing: metered pages show all."""
    if len(seen.body) > _TEASER_CHARS or seen.body == "":
        return
    gate = GATE.search(seen.after_body)
    if gate is None:
        return
    if is_closed(stated):
        found[Sign.PAYWALL] = f"marked as not free, and behind the text the page says “{gate.group()[:80]}”"
    elif len(seen.body) <= FEW_CHARS:
        found[Sign.PAYWALL] = f"a short text, and behind it the page says “{gate.group()[:80]}”"


def is_closed(stated: Stated) -> bool:
    """Whether the outlet marks the article as not free."""
    return structured.text(str(stated.article.get("isAccessibleForFree", ""))).lower() in ("false", "0", "no")


def _listing(found: dict[Sign, str], stated: Stated, seen: Seen) -> None:
    if stated.article or stated.first_meta("og:type").lower() in ("article", "news", "newsarticle"):
        return
    if stated.types & LISTING_TYPES:
        found[Sign.LISTING] = f"the page calls itself {', '.join(sorted(stated.types & LISTING_TYPES))}"
    elif seen.links_as_headings >= 12 and len(seen.body) < _STUB_CHARS:
        found[Sign.LISTING] = f"{seen.links_as_headings} linked headings and little text"
