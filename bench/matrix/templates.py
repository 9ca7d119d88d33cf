"""Eight ways to mark up one page, as eight outlets do it. Each takes a ``Page`` and gives HTML."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from html import escape

from bench.matrix.pages import Page
from bench.matrix.stories import DAM, FERRY, VOTE, Story
from bench.matrix.stories_abroad import ARABIC, JAPANESE

Render = Callable[[Page], str]


def fill(page: Page, forms: Mapping[str, str]) -> str:
    """The body with each kind in its own markup; ``{}`` stands for what is inside."""
    made = []
    for kind, given in page.content():
        if kind == "items":
            inside = "".join(forms["item"].format(page.text(item)) for item in page.story.items)
        elif kind == "rows":
            inside = "".join(forms["row"].format(*map(page.text, row)) for row in page.story.rows)
        else:
            inside = advert(page, int(given)) if kind == "advert" else given
        made.append(forms[kind].format(inside))
    return page.spacing.join(made)


def advert(page: Page, seed: int) -> str:
    """Somebody else's words."""
    product = random.Random(seed).choice(["Mira tents", "Oke kettles", "Solen bicycles", "Tarn boots", "Vesper lamps"])
    return f"{page.say('advert')} <a href='https://ads.example/{seed}'>{product} {seed * 7} %</a>"


def head(page: Page, extra: str = "", *, og: bool = True) -> str:
    """The head with title and, mostly, Open Graph data."""
    story = page.story
    meta = ""
    if og:
        meta = (
            f'<meta property="og:title" content="{escape(story.headline)}"><meta property="og:type" content="article">'
            f'<meta property="og:site_name" content="{escape(story.outlet)}">'
            f'<meta name="description" content="{escape(story.standfirst)}">'
        )
    title = f"<title>{escape(story.headline)} - {escape(story.outlet)}</title>"
    build = f'<script src="/static/app.{page.around.build * 7919:x}.js"></script>'
    return f'<head><meta charset="utf-8">{title}{meta}{build}{extra}</head>'


def opening(page: Page) -> str:
    """What may lie over or above a page."""
    around = page.around
    cookies = f'<div class="cookie-banner" role="dialog"><p>{page.say("cookies")}</p></div>' if around.cookies else ""
    title = escape(page.titles(77, 1)[0])
    breaking = f'<div class="breaking-bar"><a href="/live">{page.say("breaking", title)}</a></div>'
    return cookies + (breaking if around.breaking else "")


def semantic(page: Page) -> str:
    """HTML5 as it is meant."""
    story, around = page.story, page.around
    forms = {
        "p": "<p>{}</p>",
        "h2": "<h2>{}</h2>",
        "item": "<li>{}</li>",
        "items": "<ul>{}</ul>",
        "row": "<tr><th>{}</th><td>{}</td></tr>",
        "rows": "<table><tbody>{}</tbody></table>",
        "entry": '<section class="live-entry">{}</section>',
        "note": '<p class="correction">{}</p>',
        "links": '<aside class="related-inline"><a href="/s/1">{}</a></aside>',
        "advert": '<aside class="ad">{}</aside>',
        "newsletter": '<aside class="newsletter-signup"><form>{}<input type="email"></form></aside>',
    }
    footer = f"<footer><p>{page.text(page.note)}</p></footer>" if page.note_place == "footer" and page.note else ""
    return f"""<!doctype html><html lang="{story.language}">{head(page)}<body>{opening(page)}
<header><a href="/">{escape(story.outlet)}</a><span class="weather">{page.say("weather", around.weather)}</span>
<nav><ul>{page.links(3, 4)}</ul></nav></header>
<main><article><header><h1>{page.text(story.headline)}</h1><p class="standfirst">{page.text(story.standfirst)}</p>
<address class="byline">{page.text(story.byline)}</address><time datetime="{story.published}">4 May 2031</time>
<span class="updated">{page.say("ago", around.ago)}</span><span class="reading-time">{page.say("reading", around.reading)}
</span><div class="share"><button>{page.say("shares", around.shares)}</button></div></header>
<figure><img src="/i/{page.image}.jpg" alt=""><figcaption>{page.text(story.caption)}</figcaption></figure>
{fill(page, forms)}{footer}</article>
<section id="comments"><h2>{page.say("comments", around.comments)}</h2></section></main>
<aside><h2>{page.say("most_read")}</h2><ol>{page.links(around.most_read, 5)}</ol></aside>
<aside class="related"><h2>{page.say("related")}</h2><ul>{page.links(around.related, 4)}</ul></aside>
<aside class="ad">{advert(page, around.adverts)}</aside><footer><p>© 2031 {escape(story.outlet)}</p></footer></body></html>"""


def soup(page: Page) -> str:
    """Nothing but ``div`` and generated class names."""
    story, around = page.story, page.around
    css = f"c{around.build * 31 % 97}"
    forms = {
        "p": f'<div class="{css}-tx t-body">{{}}</div>',
        "h2": f'<div class="{css}-sh t-sub"><b>{{}}</b></div>',
        "item": f'<div class="{css}-li">• {{}}</div>',
        "items": f'<div class="{css}-ls">{{}}</div>',
        "row": f'<div class="{css}-rw"><span>{{}}</span> <span>{{}}</span></div>',
        "rows": f'<div class="{css}-gr">{{}}</div>',
        "entry": f'<div class="{css}-en liveblog-post"><div>{{}}</div></div>',
        "note": f'<div class="{css}-nt t-note"><i>{{}}</i></div>',
        "links": f'<div class="{css}-rl rel-inline"><a href="/s/2">{{}}</a></div>',
        "advert": f'<div class="{css}-ad ad-slot">{{}}</div>',
        "newsletter": f'<div class="{css}-nl newsletter"><div>{{}}</div><button>OK</button></div>',
    }
    note = page.text(page.note) if page.note_place == "footer" else ""
    return f"""<!DOCTYPE html><html lang="{story.language}">{head(page)}<body>{opening(page)}<div id="root"><div
 class="{css}-top"><div>{page.links(3, 4, "div")}</div><div class="wx">{page.say("weather", around.weather)}</div></div>
<div class="{css}-pg"><div class="{css}-hd"><div class="{css}-hl t-headline"><h1>{page.text(story.headline)}</h1></div>
<div class="{css}-sf t-standfirst">{page.text(story.standfirst)}</div><div class="{css}-by byline">{page.text(story.byline)}
</div><div class="{css}-ts">{page.say("ago", around.ago)}</div><div class="{css}-rt">{page.say("reading", around.reading)}</div>
<div class="{css}-sr share-bar">{page.say("shares", around.shares)}</div></div>
<div class="{css}-im"><img src="/i/{page.image}.jpg"><div class="{css}-cp caption">{page.text(story.caption)}</div></div>
<div class="{css}-bd article-body">{fill(page, forms)}</div><div class="{css}-ft">{note}</div>
<div class="{css}-cm">{page.say("comments", around.comments)}</div></div>
<div class="{css}-rr"><div>{page.say("related")}</div>{page.links(around.related, 4, "div")}</div>
<div class="{css}-mr"><div>{page.say("most_read")}</div>{page.links(around.most_read, 5, "div")}</div>
<div class="{css}-ad">{advert(page, around.adverts)}</div></div></body></html>"""


def tables(page: Page) -> str:
    """A page laid out with tables and ``font``, without metadata."""
    story, around = page.story, page.around
    forms = {
        "p": '<p><font size="3">{}</font></p>',
        "h2": "<p><b>{}</b></p>",
        "item": "<li>{}",
        "items": "<ul>{}</ul>",
        "row": "<tr><td>{}</td><td>{}</td></tr>",
        "rows": '<table border="1">{}</table>',
        "entry": '<p class="entry">{}</p>',
        "note": "<p><i>{}</i></p>",
        "links": '<p><a href="/s/3"><b>{}</b></a></p>',
        "advert": '<table class="ad" align="right"><tr><td>{}</td></tr></table>',
        "newsletter": '<form action="/nl">{}<input name="mail"></form>',
    }
    note = f"<p><i>{page.text(page.note)}</i></p><hr>" if page.note_place == "footer" and page.note else ""
    return f"""<html lang="{story.language}">{head(page, og=False)}<body bgcolor="#ffffff">{opening(page)}
<table width="900"><tr><td colspan="3"><a href="/">{escape(story.outlet)}</a> {page.say("weather", around.weather)}</td></tr>
<tr><td valign="top" width="150"><ul>{page.links(3, 6)}</ul></td><td valign="top">
<h1>{page.text(story.headline)}</h1><h3>{page.text(story.standfirst)}</h3><p class="byline">{page.text(story.byline)}</p>
<small>{page.say("ago", around.ago)} | {page.say("reading", around.reading)} | {page.say("shares", around.shares)}</small>
<table><tr><td><img src="/i/{page.image}.jpg"></td></tr><tr><td class="caption"><small>{page.text(story.caption)}</small>
</td></tr></table>{fill(page, forms)}<hr>{note}<a href="#c">{page.say("comments", around.comments)}</a></td>
<td valign="top" width="160"><b>{page.say("most_read")}</b><ul>{page.links(around.most_read, 5)}</ul>
<b>{page.say("related")}</b><ul>{page.links(around.related, 4)}</ul>{advert(page, around.adverts)}</td></tr>
<tr><td colspan="3">© 2031 {escape(story.outlet)}</td></tr></table></body></html>"""


def data_heavy(page: Page) -> str:
    """Written by a script framework: everything is said in JSON-LD, in a state object and in the markup."""
    story, around = page.story, page.around
    stated = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "description": story.standfirst,
        "datePublished": story.published,
        "author": [{"@type": "Person", "name": story.byline.removeprefix("By ")}],
        "publisher": {"@type": "Organization", "name": story.outlet},
        "articleBody": "\n".join(story.paragraphs),
        "interactionStatistic": {"@type": "InteractionCounter", "userInteractionCount": around.shares},
    }
    state = {"build": around.build, "ads": around.adverts, "mostRead": page.titles(around.most_read, 5)}
    extra = f'<script type="application/ld+json">{script(stated)}</script>'
    forms = {
        "p": '<p data-component="text-block">{}</p>',
        "h2": '<h2 data-component="subheadline-block">{}</h2>',
        "item": "<li>{}</li>",
        "items": '<div data-component="list-block"><ul>{}</ul></div>',
        "row": "<tr><td>{}</td><td>{}</td></tr>",
        "rows": '<div data-component="table-block"><table>{}</table></div>',
        "entry": '<div data-component="live-post"><p>{}</p></div>',
        "note": '<div data-component="correction-block"><p>{}</p></div>',
        "links": '<div data-component="links-block"><a href="/s/4">{}</a></div>',
        "advert": '<div data-component="ad-slot" class="dotcom-ad">{}</div>',
        "newsletter": '<div data-component="newsletter-promo"><h3>{}</h3><button>OK</button></div>',
    }
    note = f'<div data-component="footnote"><p>{page.text(page.note)}</p></div>' if page.note_place == "footer" else ""
    return f"""<!doctype html><html lang="{story.language}">{head(page, extra)}<body>{opening(page)}<div id="__app"><div
 data-component="masthead"><nav>{page.links(3, 4, "span")}</nav><i>{page.say("weather", around.weather)}</i></div>
<main id="main-content"><article><div data-component="headline-block"><h1>{page.text(story.headline)}</h1></div>
<div data-component="standfirst"><p>{page.text(story.standfirst)}</p></div>
<div data-component="byline-block"><div><span class="byline">{page.text(story.byline)}</span></div>
<time datetime="{story.published}">{page.say("ago", around.ago)}</time><span>{page.say("reading", around.reading)}</span></div>
<div data-component="share-tools"><span>{page.say("shares", around.shares)}</span></div>
<div data-component="image-block"><figure><img srcset="/i/{page.image}.jpg {page.image}w"><figcaption>{page.text(story.caption)}
</figcaption></figure></div>{fill(page, forms)}{note}</article>
<div data-component="comments"><button>{page.say("comments", around.comments)}</button></div></main>
<div data-component="related-links"><h2>{page.say("related")}</h2><ul>{page.links(around.related, 4)}</ul></div>
<div data-component="most-read"><h2>{page.say("most_read")}</h2><ol>{page.links(around.most_read, 5)}</ol></div>
<div data-component="ad-slot">{advert(page, around.adverts)}</div></div>
<script id="__STATE__" type="application/json">{script(state)}</script></body></html>"""


def script(form: object) -> str:
    """JSON that may stand inside a script element."""
    return json.dumps(form, ensure_ascii=False).replace("</", "<\\/")


def mobile(page: Page) -> str:
    """A page for quick loading on telephones, with custom elements."""
    story, around = page.story, page.around
    forms = {
        "p": "<p>{}</p>",
        "h2": "<h3>{}</h3>",
        "item": "<li>{}</li>",
        "items": "<ul>{}</ul>",
        "row": "<tr><td>{}</td><td>{}</td></tr>",
        "rows": "<table>{}</table>",
        "entry": '<div class="amp-live-list-item" data-sort-time="1"><p>{}</p></div>',
        "note": '<p class="editor-note"><em>{}</em></p>',
        "links": '<div class="read-also"><a href="/s/5">{}</a></div>',
        "advert": '<amp-ad width="300" height="250" type="none"><div placeholder>{}</div></amp-ad>',
        "newsletter": '<amp-iframe layout="fixed"><p placeholder>{}</p></amp-iframe>',
    }
    note = f'<p class="footnote">{page.text(page.note)}</p>' if page.note_place == "footer" and page.note else ""
    return f"""<!doctype html><html amp lang="{story.language}">{head(page)}<body>{opening(page)}
<amp-sidebar id="menu" layout="nodisplay"><ul>{page.links(3, 5)}</ul></amp-sidebar><header class="top">{escape(story.outlet)}
<span>{page.say("weather", around.weather)}</span></header><main role="main"><article class="post">
<h1 class="post-title">{page.text(story.headline)}</h1><h2 class="post-deck">{page.text(story.standfirst)}</h2>
<div class="post-meta"><span class="author">{page.text(story.byline)}</span> <span class="time">{page.say("ago", around.ago)}
</span> <span>{page.say("reading", around.reading)}</span></div><amp-social-share type="x"></amp-social-share><span
 class="share-count">{page.say("shares", around.shares)}</span><figure><amp-img src="/i/{page.image}.jpg" width="640" height="360">
</amp-img><figcaption>{page.text(story.caption)}</figcaption></figure><div class="post-content">{fill(page, forms)}</div>{note}
</article><div class="comments-link">{page.say("comments", around.comments)}</div></main>
<section class="related-posts"><h4>{page.say("related")}</h4><ul>{page.links(around.related, 4)}</ul></section>
<amp-carousel class="most-read"><h4>{page.say("most_read")}</h4>{page.links(around.most_read, 5, "div")}</amp-carousel>
<amp-sticky-ad>{advert(page, around.adverts)}</amp-sticky-ad></body></html>"""


def blog(page: Page) -> str:
    """The markup of the blog software that half the local papers use."""
    story, around = page.story, page.around
    forms = {
        "p": "<p>{}</p>",
        "h2": '<h2 class="wp-block-heading">{}</h2>',
        "item": "<li>{}</li>",
        "items": '<ul class="wp-block-list">{}</ul>',
        "row": "<tr><td>{}</td><td>{}</td></tr>",
        "rows": '<figure class="wp-block-table"><table><tbody>{}</tbody></table></figure>',
        "entry": '<div class="wp-block-group live-update"><p>{}</p></div>',
        "note": '<p class="has-small-font-size">{}</p>',
        "links": '<div class="wp-block-related"><p><strong><a href="/s/6">{}</a></strong></p></div>',
        "advert": '<div class="code-block code-block-2 advert">{}</div>',
        "newsletter": '<div class="wp-block-newsletter mc4wp-form"><p>{}</p></div>',
    }
    note = f'<footer class="entry-footer"><p>{page.text(page.note)}</p></footer>' if page.note_place == "footer" else ""
    return f"""<!DOCTYPE html><html dir="{direction(page)}" lang="{story.language}">{head(page)}<body class="single postid-7">
{opening(page)}<div id="page" class="site"><header class="site-header"><p class="site-title">{escape(story.outlet)}</p>
<ul class="menu">{page.links(3, 5)}</ul><div class="widget_weather">{page.say("weather", around.weather)}</div></header>
<div id="content"><main class="site-main"><article class="post type-post hentry"><header class="entry-header">
<h1 class="entry-title">{page.text(story.headline)}</h1><p class="entry-subtitle">{page.text(story.standfirst)}</p>
<div class="entry-meta"><span class="byline author vcard">{page.text(story.byline)}</span> <span class="posted-on">
{page.say("ago", around.ago)}</span> <span class="rt-reading-time">{page.say("reading", around.reading)}</span></div></header>
<figure class="wp-block-image"><img src="/i/{page.image}.jpg"><figcaption>{page.text(story.caption)}</figcaption></figure>
<div class="entry-content">{fill(page, forms)}<div class="sharedaddy sd-sharing"><span>{page.say("shares", around.shares)}
</span></div><div class="jp-relatedposts"><h3>{page.say("related")}</h3>{page.links(around.related, 3, "p")}</div></div>{note}
</article><div id="comments" class="comments-area"><h2>{page.say("comments", around.comments)}</h2></div></main></div>
<aside class="widget-area"><section class="widget"><h2>{page.say("most_read")}</h2><ul>{page.links(around.most_read, 5)}</ul>
</section><section class="widget">{advert(page, around.adverts)}</section></aside></div></body></html>"""


def direction(page: Page) -> str:
    """Of writing."""
    return "rtl" if page.story.language == "ar" else "ltr"


TEMPLATES: dict[str, tuple[Story, Render]] = {
    "semantic": (FERRY, semantic),
    "div-soup": (DAM, soup),
    "tables": (VOTE, tables),
    "data-heavy": (FERRY, data_heavy),
    "mobile": (DAM, mobile),
    "blog": (VOTE, blog),
    "right-to-left": (ARABIC, blog),
    "no-spaces": (JAPANESE, soup),
}
"""Each template with the story it shows."""
