"""The words templates use in class and id names, and what each says about a box.

Names are split at hyphens, underscores and capitals; a key here is one to three neighbouring parts
joined (``read-more``, ``readMore`` and ``read_more`` are all ``readmore``). General template vocabulary
gathered from many sites; no outlet has a word of its own.
"""

from __future__ import annotations

from typing import Final


class Mark:
    """Roles an element claims by its names, as bits of an int; several may hold at once."""

    BODY: Final = 1  # the article's text stands in here
    FURNITURE: Final = 1 << 1  # adverts, related, share bars, navigation, comments …
    CAPTION: Final = 1 << 2
    CREDIT: Final = 1 << 3
    BYLINE: Final = 1 << 4
    TIME: Final = 1 << 5
    HEADLINE: Final = 1 << 6
    STANDFIRST: Final = 1 << 7
    NOTE: Final = 1 << 8  # correction, clarification
    PULLQUOTE: Final = 1 << 9
    ENTRY: Final = 1 << 10  # one post of a live blog
    HIDDEN: Final = 1 << 11  # for screen readers only
    KICKER: Final = 1 << 12
    ARTICLE: Final = 1 << 13  # the whole article: header and body
    TEASER: Final = 1 << 14  # a pointer to another page
    WEAK: Final = 1 << 15  # often furniture, sometimes a wrapper of the text: its content decides
    FOLDED: Final = 1 << 16  # not shown at first (accordion, tab, ``display:none``)
    HARD: Final = 1 << 17  # furniture that may hold long texts: comments, consent dialogs
    PICTURE: Final = 1 << 18  # a picture stands in here, and perhaps its caption


def _cross(first: str, second: str) -> str:
    """Every word of ``first`` joined with every word of ``second``."""
    return " ".join(one + two for one in first.split() for two in second.split())


_PIECE = "article story post entry news blog"

_BODY = f"""
{_cross(_PIECE + " page main text content single", "body text copy")}
{_cross(_PIECE, "content maincontent")}
bodycopy bodytext bodycontent richcopy richtext contentbody contenttext wysiwyg tdpostcontent prose
"""

_FURNITURE = f"""
advert adverts advertisement advertisements advertising advertorial adsbygoogle googlead googleads dfp
{_cross("ad ads", "slot slots unit units wrapper container box label block sense banner space zone")}
mpu leaderboard sponsor sponsors sponsorship
{_cross("sponsored", "content link links box post")}
promo promos promobox related relateds relatedbox relateditems relatedposts relatedcontent relatedarticles
relatedstories relatedlinks relatednews recommend recommends recommended recommender recommendation
recommendations recirc recirculation
newsletter newsletters emailsignup signup signups mailchimp mc4wp convertkit formkit
{_cross("subscribe subscription", "box form block banner cta widget prompt")}
social socials socialbar sociallinks socialicon socialicons socialshare socialsharing socialbuttons sociallist
socialfollow socialnav sharesocial followsocial
{_cross("share sharing", "bar tools button buttons link links this icons list wrapper container widget box modal")}
sharedaddy shareaholic addthis addtoany a2a jprelatedposts
comment comments commentlist commentsection commentarea commentform commentthread disqus livefyre viafoura respond
replies fbcomments
nav navbar navigation navs menu menus submenu breadcrumb breadcrumbs skiplink
{_cross("site page global main section", "footer")} footer colophon siteheader sitehead globalheader masthead
{_cross("cookie cookies", "banner notice consent bar wall popup message policy")} gdpr onetrust didomi
modal popup lightbox toast snackbar interstitial
outbrain obwidget taboola trc zergnet revcontent mgid plista nativo sharethrough dianomi
{_cross("most", "read popular viewed shared commented recent emailed")}
{_cross("popular", "post posts articles stories")} trending topstories whatshot
{_cross("more", "from on news stories articles posts headlines like reading in about coverage topics")}
{_cross("latest other similar also further youmay recent", "news stories articles posts headlines like reading")}
youmayalsolike
{_cross("read see watch listen", "more next also too")} alsoread nextup nextarticle nextstory nextpost upnext
{_cross("post entry article story blog", "tag tags")} tagslist tagscloud tagslinks taglist tagcloud taglinks hashtag
hashtags pagination pager paging prevnext nextprev nextprevious postnav postnavigation navlinks
donate donation donations crowdfund
{_cross("author writer contributor", "bio box infobox card description profile about")} aboutauthor abouttheauthor
followus apppromo appdownload appbanner
backtotop totop jumplink jumplinks toc tableofcontents eztoc lwptoc loadmore
blocksearch blockquery yarpp crprelated rpwe srp
noprint printonly printbutton printlink emaillink emailthis emailarticle bookmark savearticle
regwall paywallcta paywallprompt paywallbanner upsell
"""

_WEAK = f"""
ad ads sponsored promotion promotions promoted promotional
tools toolbar toolbox utilities share sharing sidebar rightrail leftrail rail aside widgetarea
overlay carousel slider swiper slick ticker marquee
tag tags keywords topics topicslist categories
search searchform searchbox searchbar searchresult searchresults login register registration account
supportus membership bio biography follow
{_cross("video audio media", "player playlist carousel control controls")} jwplayer vjs brightcove playlist player
poll quiz survey rating ratings vote votes reaction reactions like likes reviewsummary
copyright disclaimer legal terms disclosure
cta calltoaction offer piano banner consent subscribe subscription
affiliate coupon shopping productbox productcard productlist productwidget
popular recent latest crumbs profile
gallerynav gallerythumbs gallerycontrols thumbs
"""

_TEASER = f"""
teaser teasers
{
    _cross(
        "story article post news media content link promo",
        "card cards tile tiles teaser teasers list listing grid feed item items link links preview previews",
    )
}
card cards tile tiles headlines feed feeds thumb thumbs thumbnail thumbnails
"""

_CAPTION = f"""
caption captions cutline legend legende figcaption bildunterschrift imgcaption
{_cross("img image photo figure media picture", "desc description title info meta")}
"""

_PICTURE = """
image images img photo photos picture pictures gallery slideshow slide figure photocontainer imagewidget
"""

_CREDIT = f"""
credit credits courtesy attribution photographer photoby imageby
{_cross("img image photo figure media picture caption", "copyright source")}
"""

_BYLINE = """
byline bylines author authors authorname writer writers contributor contributors reporter reporters autor autoren
auteur signature vcard fn dccreator writtenby postby
"""

_TIME = f"""
date dates time times timestamp datetime datum fecha published updated postedon dateline pubdate pubtime
{_cross(_PIECE + " content page single", "meta info details metadata date time")}
meta metadata metainfo metas dtstamp dtpublished readingtime readtime lastupdated lastmodified
publishdate publisheddate publishtime updatedate modifieddate createddate releasedate
"""

_HEADLINE = """
headline title heading hed name articletitle posttitle entrytitle storytitle pagetitle kop titulo titre titel
"""

_STANDFIRST = f"""
standfirst dek deck subhead subheadline subheading subtitle soustitre bajada chapo chapeau intro introduction
introtext lead lede leadin leadtext vorspann teasertext summary excerpt abstract strapline standtext sinopsis
entradilla sapo anriss kickertext
{
    _cross(
        "article post entry story news",
        "summary excerpt intro lead lede dek deck subtitle subheadline standfirst description abstract desc strapline",
    )
}
"""

_NOTE = """
correction corrections clarification clarifications editornote editorsnote amendment erratum errata updatenote
"""

_PULLQUOTE = "pullquote pullquotes pulledquote tweetable clicktotweet quoteteaser"

_ENTRY = f"""
{_cross("live liveblog", "post posts entry entries update updates item items event events")}
lbpost lbentry lbitem livetickerentry livetickeritem livetickerevent
"""

_KICKER = f"""
kicker eyebrow overline topline category catlinks dachzeile rubric overtitle supertitle
{_cross("section category article", "label name kicker category")}
"""

_ARTICLE = f"""
hentry article story post single typepost main
{_cross("main single full", "article story post content")}
"""

_WHOLE_HARD = f"""
comment comments commentlist disqus disqusthread livefyre viafoura fbcomments replies modal lightbox
{_cross("comment comments", "list section area form thread wrapper container content respond")}
{_cross("cookie cookies", "banner notice consent bar wall popup message")} cookieconsentbanner gdpr onetrust
cookielawinfobar cliprivacyoverview climodal cmplzcookiebanner
onetrustbannersdk onetrustconsentsdk didomihost didomipopup sitefooter pagefooter globalfooter mainfooter
"""

_WHOLE_HIDDEN = """
visuallyhidden visibilityhidden sronly screenreader screenreadertext screenreaderonly offscreen assistive
assistivetext a11yonly showforsr elementinvisible invisible uhidden uvisuallyhidden hiddenvisually
"""

PARTS: Final[dict[str, int]] = {}
"""One to three neighbouring parts of a name → marks."""

WHOLE: Final[dict[str, int]] = {}
"""A whole class or id, its parts joined → marks."""

for _table, _words, _mark in (
    (PARTS, _BODY, Mark.BODY),
    (PARTS, _FURNITURE, Mark.FURNITURE),
    (PARTS, _WEAK, Mark.WEAK),
    (PARTS, _TEASER, Mark.TEASER),
    (PARTS, _CAPTION, Mark.CAPTION),
    (PARTS, _CREDIT, Mark.CREDIT),
    (PARTS, _PICTURE, Mark.PICTURE),
    (PARTS, _BYLINE, Mark.BYLINE),
    (PARTS, _TIME, Mark.TIME),
    (PARTS, _HEADLINE, Mark.HEADLINE),
    (PARTS, _STANDFIRST, Mark.STANDFIRST),
    (PARTS, _NOTE, Mark.NOTE),
    (PARTS, _PULLQUOTE, Mark.PULLQUOTE),
    (PARTS, _ENTRY, Mark.ENTRY),
    (PARTS, _KICKER, Mark.KICKER),
    (PARTS, _ARTICLE, Mark.ARTICLE),
    (WHOLE, _WHOLE_HARD, Mark.HARD),
    (WHOLE, _WHOLE_HIDDEN, Mark.HIDDEN),
):
    for _word in _words.split():
        _table[_word] = _table.get(_word, 0) | _mark
