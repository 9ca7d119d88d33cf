"""What an element's own tag, class, id, role and itemprop say about it.

Marks are read from one element alone, so a change elsewhere on the page cannot alter them.
Word lists are general template vocabulary; no outlet has a rule of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntFlag
from functools import lru_cache


class Mark(IntFlag):
    """Roles an element claims by its names. Several may hold at once."""

    NONE = 0
    BODY = 1  # the article's text stands in here
    FURNITURE = 2  # adverts, related, share bars, navigation, comments …
    CAPTION = 4
    CREDIT = 8
    BYLINE = 16
    TIME = 32
    HEADLINE = 64
    STANDFIRST = 128
    NOTE = 256  # correction, clarification
    PULLQUOTE = 512
    ENTRY = 1024  # one post of a live blog
    HIDDEN = 2048
    KICKER = 4096
    ARTICLE = 8192  # the whole article: header and body
    TEASER = 16384  # a pointer to another page
    FOLDED = 65536  # not shown at first (accordion, tab, ``display:none``)
    HARD = 131072  # furniture that may hold long texts: comments, consent dialogs, footers
    WEAK = 32768  # often furniture, sometimes a wrapper of the text: its content decides


def _words(*names: str) -> re.Pattern[str]:
    return re.compile(r"(?:^|[ -])(?:" + "|".join(names) + r")(?=$|[ -])")


_BODY = _words(
    "(?:article|story|post|entry|news|blog|page|main|text|content|single)-?(?:body|text|copy)",
    "(?:article|story|post|entry|news|blog)-?(?:main-?)?content",
    "(?:body|rich|article|story)-?(?:copy|text)",
    "content-?(?:body|text)",
    "body-?content",
    "wysiwyg",
    "articlebody",
    "storybody",
    "td-post-content",
    "prose",
)
_FURNITURE = _words(
    "advert(?:s|isement|isements|ising|orial)?",
    "ad-?(?:slot|unit|wrapper|container|box|label|block|sense|banner|space|zone)s?",
    "adsbygoogle|google-?ads?|dfp|gpt-?ad|mpu|leaderboard",
    "sponsor(?:s|ed|ship)?(?:-?(?:content|links?|box|post))?",
    "promos?(?:-?(?:box|block|item|list|link|unit|widget|card|text))?",
    "related(?:s|box|items?|posts?|content|articles?|stories|links?|news|topics|block|-?[a-z]+)?",
    "recommend(?:s|ed|er|ation|ations)?(?:-?[a-z]+)?",
    "recirc(?:ulation)?",
    "newsletters?(?:-?[a-z]+)?|email-?signup|sign-?up(?:-?[a-z]+)?",
    "subscri(?:be|ption|ptions|ber)(?:-?(?:box|form|block|banner|cta|widget|prompt))?|mailchimp|mc4wp.*|convertk"
    "it.*|formkit.*",
    "socials?|social-?(?:bar|links|icons?|share|sharing|buttons|list|wrapper|follow|nav)s?|(?:share|follow)-social",
    "shar(?:e|ing)-?(?:bar|tools|buttons?|links?|this|icons?|list|wrapper|container|widget|box|block|modal|artic"
    "le)?|sharedaddy|shareaholic",
    "addthis[a-z]*|addtoany[a-z]*|a2a|jp-relatedposts",
    "comments?|comment-?(?:list|section|area|form|thread|wrapper|container|count|link|body|content|respond)s?|co"
    "mmentlist",
    "disqus|livefyre|viafoura|respond|replies|fb-comments",
    "nav(?:bar|igation|s)?|menus?|submenu|sub-menu|breadcrumbs?|skip-?link",
    "(?:site-?|page-?|global-?|main-?|section-?)footer|footer|colophon",
    "(?:site-?|global-?)(?:header|head)|masthead",
    "cookies?-?(?:banner|notice|consent|bar|wall|popup|message|policy)|gdpr|onetrust|didomi",
    "modal|pop-?up|lightbox|toast|snackbar|interstitial",
    "outbrain|ob-widget|taboola[a-z]*|trc|zergnet|revcontent|mgid|plista|nativo|sharethrough|dianomi",
    "most-?(?:read|popular|viewed|shared|commented|recent|emailed)|mostread|popular-?(?:posts?|articles|stories)"
    "|trending(?:-?[a-z]+)?|top-?stories|whats-?hot",
    "more-?(?:from|on|news|stories|articles|posts|headlines|like|reading|in|about|coverage|topics)(?:-?[a-z]+)?",
    "(?:latest|other|similar|also|further|you-?may|recent)-?(?:news|stories|articles|posts|headlines|like|readin"
    "g|also-?like)(?:-?[a-z]+)?",
    "(?:read|see|watch|listen)-?(?:more|next|also|too)(?:-?[a-z]+)?|readmore|read-?also|also-?read|next-?(?:up|a"
    "rticle|story|post)|up-?next",
    "(?:post-?|entry-?|article-?|story-?|blog-?)tags?(?:-?(?:list|cloud|links|wrapper|container))?|tags-?(?:list"
    "|cloud|links|wrapper)|tag-?(?:list|cloud|links)|taglist|hashtags?",
    "(?:post-?|posts-?|entry-?|article-?)?(?:pagination|pager|paging)|prev-?next|next-?prev(?:ious)?|post-?nav(?:igation)?|nav-?links",
    "donat(?:e|ion|ions)(?:-?[a-z]+)?|crowdfund",
    "(?:author|writer|contributor)-?(?:bio|box|info-?box|card|description|profile|about)(?:-?[a-z]+)?|about-?(?:"
    "the-?)?author",
    "follow-?us|app-?(?:promo|download|banner)",
    "back-?to-?top|to-?top|jump-?links?|toc|table-of-contents|ez-toc|lwptoc",
    "load-?more",
    "wp-block-(?:latest-posts|query|search|tag-cloud|social-links)|yarpp|crp-related|rpwe|srp",
    "no-?print|print-?(?:only|button|link)|email-?(?:link|this|article)|bookmark|save-?article",
    "regwall|paywall-?(?:cta|prompt|banner)|upsell",
)
_HARD = re.compile(
    r"(?:^| )(?:comments?(?:-?(?:list|section|area|form|thread|wrapper|container|content|respond))?s?|commentlist"
    r"|disqus(?:-[a-z]+)*|livefyre|viafoura|fb-comments|replies|(?:[a-z]+-)?cookies?-?(?:banner|notice|consent|bar|wall|popup|message)"
    r"|gdpr(?:-[a-z]+)*|onetrust(?:-[a-z]+)*|didomi(?:-[a-z]+)*|sp-message(?:-[a-z]+)*|qc-cmp(?:[a-z0-9-]+)*|cky(?:-[a-z]+)*"
    r"|(?:site-?|page-?|global-?|main-?)footer|modal|lightbox)(?=$| )"
)
_WEAK = _words(
    "ads?|sponsored|promot(?:ion|ions|ed|ional)",
    "(?:article-?|share-?|page-?|post-?)?tools|toolbar|toolbox|utilities|share|sharing",
    "side-?bar|right-?rail|left-?rail|rail|aside",
    "overlay|carousel|slider|swiper|slick|ticker|marquee",
    "tags?|keywords|topics(?:-?list)?|categories",
    "widget-area|sidebar",
    "search(?:-?(?:form|box|bar|results?))?|login|log-?in|register|registration|account",
    "support-?us|membership|bio(?:graphy)?|follow",
    "(?:video|audio|media)-?(?:player|playlist|carousel|controls?)|jw-?player|vjs|brightcove|playlist|player",
    "poll|quiz|survey|ratings?|votes?|reactions?|likes?|review-?summary",
    "copyright|disclaimer|legal|terms|disclosure",
    "cta(?:-?[a-z]+)?|call-?to-?action|offer|piano|banner|consent|subscribe|subscription",
    "affiliate|coupon|shopping|product-?(?:box|card|list|widget)",
    "popular|recent|latest|crumbs|profile|profile-?(?:card|wrap|details)",
    "gallery-?(?:nav|thumbs|controls)|thumbs",
)
_TEASER = _words(
    "teasers?(?:-?(?:box|list|item))?",
    "(?:story|article|post|news|media|content|link|promo)-?(?:cards?|tile|teaser|list|listing|grid|feed|item|lin"
    "k|preview)s?",
    "cards?|tiles?|headlines|feeds?",
    "thumb(?:nail)?s?",
)
_CAPTION = _words(
    "(?:img-?|image-?|photo-?|figure-?|media-?|wp-|picture-?|pic-?|video-?|slide-?|gallery-?|embed-?)?(?:caption"
    "|captions|cutline|legend|legende)"
    "(?:-?(?:text|wrapper|container|content|body|inner))?",
    "figcaption|wp-caption(?:-text)?|bildunterschrift|wp-element-caption",
    "(?:img|image|photo|figure|media|picture)-?(?:desc|description|title|info|meta)",
)
_CREDIT = _words(
    "(?:img-?|image-?|photo-?|figure-?|media-?|picture-?|caption-?)?(?:credits?|copyright|courtesy|source|attribution)",
    "photographer|photo-?by|image-?by",
)
_BYLINE = _words(
    "by-?lines?",
    "(?:article-?|post-?|entry-?|story-?|news-?|content-?)?(?:authors?|writers?|contributors?|reporters?|autor(?"
    ":en)?|auteur|signature)"
    "(?:-?(?:names?|link|list|line|info|meta|wrapper))?",
    "vcard|fn|p-author|dc-?creator|written-?by|post-?by",
)
_TIME = _words(
    "(?:article-?|post-?|entry-?|story-?|news-?|publish(?:ed)?-?|pub-?|modified-?|updated?-?|created-?|release-?)?"
    "(?:dates?|times?|time-?stamp|datetime|datum|fecha|published|updated|posted-?on|dateline)",
    "(?:article|post|entry|story|content|page|single|blog)-?(?:meta|info|details|data|metadata)",
    "meta(?:-?data|-?info|s)?|dtstamp|dt-published|reading-?time|read-?time|last-?(?:updated|modified)",
)
_HEADLINE = _words(
    "(?:article-?|post-?|entry-?|story-?|news-?|page-?|main-?|content-?|p-)?(?:headline|title|heading|hed|name)",
    "kop|titulo|titre|titel",
)
_STANDFIRST = _words(
    "standfirst|stand-?first|dek|deck|sub-?(?:head(?:line|ing)?|title)|sous-?titre|bajada|chapo|chapeau|intro(?:"
    "duction|text)?|lead|lede|lead-?(?:in|text)|vorspann|teaser-?text"
    "|(?:article|post|entry|story|news)-?(?:summary|excerpt|intro|lead|lede|dek|deck|subtitle|sub-?headline|stan"
    "dfirst|description|abstract|sub-?title|desc|strapline)"
    "|summary|excerpt|abstract|strapline|stand-?text|sinopsis|entradilla|sapo|anriss|kicker-?text|p-summary",
)
_NOTE = _words(
    "corrections?|clarifications?|editors?-?note|correction-?note|amendment|erratum|errata|update-?note"
    "|post-?correction"
)
_PULLQUOTE = _words("pull-?quotes?|pulled-?quote|wp-block-pullquote|tweetable|click-?to-?tweet|quote-?teaser")
_ENTRY = _words(
    "live-?(?:blog-?)?(?:post|entry|update|item|event)s?(?:-?.*)?|liveblog-?(?:post|entry|update)s?(?:-?.*)?|lb-"
    "(?:post|entry|item)|live-?ticker-?(?:entry|item|event)"
)
_HIDDEN = re.compile(
    r"(?:^| )(?:(?:visually|visibility)-?hidden|sr-only|screen-?reader(?:-?(?:text|only))?|offscreen|off-screen"
    r"|assistive(?:-?text)?|a11y-?only|show-for-sr|element-invisible|invisible|"
    r"u-?(?:visually)?-?hidden(?:-visually)?)(?=$| )"
)
_KICKER = _words(
    "kicker|eyebrow|overline|topline|(?:section|category|article)-?(?:label|name|kicker|category)|category|cat-?"
    "links|dachzeile|rubric|overtitle|supertitle"
)
_ARTICLE = _words(
    "h-?entry|hentry|(?:main-?|single-?|full-?)(?:article|story|post|content)|article|story|post|single|type-post|main"
)

_BY_CLASS: tuple[tuple[re.Pattern[str], Mark], ...] = (
    (_BODY, Mark.BODY),
    (_FURNITURE, Mark.FURNITURE),
    (_HARD, Mark.HARD),
    (_WEAK, Mark.WEAK),
    (_TEASER, Mark.TEASER),
    (_CAPTION, Mark.CAPTION),
    (_CREDIT, Mark.CREDIT),
    (_BYLINE, Mark.BYLINE),
    (_TIME, Mark.TIME),
    (_HEADLINE, Mark.HEADLINE),
    (_STANDFIRST, Mark.STANDFIRST),
    (_NOTE, Mark.NOTE),
    (_PULLQUOTE, Mark.PULLQUOTE),
    (_ENTRY, Mark.ENTRY),
    (_HIDDEN, Mark.HIDDEN),
    (_KICKER, Mark.KICKER),
    (_ARTICLE, Mark.ARTICLE),
)
_BY_ROLE = {
    "navigation": Mark.FURNITURE,
    "complementary": Mark.FURNITURE,
    "banner": Mark.FURNITURE,
    "contentinfo": Mark.FURNITURE,
    "search": Mark.FURNITURE,
    "dialog": Mark.FURNITURE,
    "alertdialog": Mark.FURNITURE,
    "menu": Mark.FURNITURE,
    "menubar": Mark.FURNITURE,
    "toolbar": Mark.FURNITURE,
    "tablist": Mark.FURNITURE,
    "article": Mark.ARTICLE,
    "main": Mark.ARTICLE,
}
_BY_ITEMPROP = {
    "articlebody": Mark.BODY,
    "headline": Mark.HEADLINE,
    "alternativeheadline": Mark.STANDFIRST,
    "description": Mark.STANDFIRST,
    "author": Mark.BYLINE,
    "creator": Mark.BYLINE,
    "datepublished": Mark.TIME,
    "datemodified": Mark.TIME,
    "caption": Mark.CAPTION,
    "copyrightholder": Mark.CREDIT,
    "comment": Mark.FURNITURE,
    "liveblogupdate": Mark.ENTRY,
    "correction": Mark.NOTE,
}
_BY_TAG = {
    "nav": Mark.FURNITURE,
    "footer": Mark.FURNITURE,
    "aside": Mark.FURNITURE,
    "form": Mark.WEAK,
    "dialog": Mark.FURNITURE,
    "menu": Mark.FURNITURE,
    "fieldset": Mark.WEAK,
    "figcaption": Mark.CAPTION,
    "caption": Mark.CAPTION,
    "article": Mark.ARTICLE,
    "main": Mark.ARTICLE,
    "time": Mark.TIME,
}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_GENERATED = re.compile(r"(?:css|sc|jsx|svelte|emotion|jss|tw)-[A-Za-z0-9]{4,}\Z")  # hashes, not names
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_JOINTS = re.compile(r"[_./]+|-{2,}")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NAMES_LIMIT = 240


def marks_of(tag: str, attributes: Mapping[str, str]) -> Mark:
    """The marks of one element, from its own tag and attributes alone."""
    mark = _BY_TAG.get(tag, Mark.NONE)
    if not attributes:
        return mark
    names = f"{attributes.get('class', '')} {_telling_id(tag, attributes.get('id', ''))}"[:_NAMES_LIMIT]
    if len(names) > 1:
        mark |= class_marks(names)
    role = attributes.get("role")
    if role:
        mark |= _BY_ROLE.get(role.lower(), Mark.NONE)
    prop = attributes.get("itemprop")
    if prop:
        for word in prop.lower().split():
            mark |= _BY_ITEMPROP.get(word, Mark.NONE)
    if _is_folded(attributes):
        mark |= Mark.FOLDED
    return mark


def _telling_id(tag: str, name: str) -> str:
    """An id, unless it is an anchor made from a heading's words."""
    if not name or tag in _HEADINGS or name.count("-") + name.count("_") > 3:
        return ""
    return name


def _is_folded(attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style and _UNSEEN.search(style[:_NAMES_LIMIT]))


@lru_cache(maxsize=20_000)
def class_marks(names: str) -> Mark:
    """The marks in a string of class and id names (camelCase, snake_case and kebab-case alike)."""
    telling = (name for name in names.split() if not _GENERATED.match(name))
    plain = " ".join(_JOINTS.sub("-", _CAMEL.sub("-", name)).lower().strip("-") for name in telling)
    mark = Mark.NONE
    for pattern, meaning in _BY_CLASS:
        if pattern.search(plain):
            mark |= meaning
    return mark
