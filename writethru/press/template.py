"""The press's own article template, for versions that are plain text.

The newline structure of a text on a page: every line that is not blank becomes one ``<p>``, white space at
either end of a line is dropped, and how many newlines stood between two lines cannot be seen. What a reader of
the page can get back is therefore ``as_shown(text)``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from writethru.press.furniture import Furniture
from writethru.press.moments import iso
from writethru.press.plays import Sheet


def lines_of(text: str) -> list[str]:
    """The lines that become paragraphs."""
    return [line for line in (raw.strip() for raw in text.split("\n")) if line]


def as_shown(text: str) -> str:
    """What a page can give back of ``text``: its paragraphs, a blank line between two."""
    return "\n\n".join(lines_of(text))


def encode(page: str) -> bytes:
    """UTF-8; half a surrogate pair, which no page can carry, becomes a question mark."""
    return page.encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class TextCopy:
    """A headline and plain text, printed by the press's own template."""

    headline: str
    text: str

    def teaser(self) -> TextCopy:
        """Only the first paragraph."""
        return replace(self, text="".join(lines_of(self.text)[:1]))

    def print(self, sheet: Sheet) -> bytes:
        """A plain, valid news page; ``<h1>`` is the headline, ``.article-body`` holds the text."""
        return encode(_PAGE.format_map(self._parts(sheet)))

    def _parts(self, sheet: Sheet) -> dict[str, str]:
        site, version = sheet.site, sheet.version
        return {
            "lang": escape(site.language),
            "headline": escape(self.headline),
            "name": escape(site.name),
            "home": escape(f"http://{site.host}"),
            "url": escape(sheet.article.url),
            "metadata": _metadata(self.headline, sheet),
            "published": _published(version.published),
            "updated": _updated(sheet.furniture),
            "body": "\n".join(f"<p>{escape(line)}</p>" for line in lines_of(self.text)),
            "above": _advert(sheet.furniture),
            "below": _lists(sheet.furniture),
        }


@dataclass(frozen=True, slots=True)
class HtmlCopy:
    """A page given as HTML, served as it is."""

    html: str

    def print(self, sheet: Sheet) -> bytes:  # noqa: ARG002 - given HTML does not depend on the look
        """The given characters."""
        return encode(self.html)

    def teaser(self) -> HtmlCopy:
        """Everything up to the end of the first paragraph."""
        end = self.html.find("</p>")
        return self if end < 0 else HtmlCopy(self.html[: end + 4] + "\n</article></body></html>\n")


def _metadata(headline: str, sheet: Sheet) -> str:
    """JSON-LD for the head; ``<`` is escaped so that no headline can end the script."""
    version, site = sheet.version, sheet.site
    form = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "mainEntityOfPage": sheet.article.url,
        "datePublished": iso(version.published) if version.published else None,
        "dateModified": iso(version.time),
        "publisher": {"@type": "Organization", "name": site.name},
    }
    kept = {key: value for key, value in form.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False).replace("<", "\\u003c")


def _published(moment: datetime | None) -> str:
    if moment is None:
        return ""
    words = f"{moment.day} {moment:%B %Y, %H:%M} UTC"
    return f'<p class="published"><time datetime="{iso(moment)}">{words}</time></p>\n'


def _updated(furniture: Furniture) -> str:
    if furniture.minutes_ago is None:
        return ""
    return f'<p class="updated">Updated {furniture.minutes_ago} minutes ago</p>\n'


def _advert(furniture: Furniture) -> str:
    if furniture.advert is None:
        return ""
    words = f"{escape(furniture.advert.sponsor)}: {escape(furniture.advert.text)}"
    return f'<div class="advert" role="complementary"><a href="{furniture.advert.url}">{words}</a></div>\n'


def _lists(furniture: Furniture) -> str:
    parts = [_list("Most read", "most-read", furniture), _list("Related", "related", furniture)]
    if furniture.comments is not None:
        parts.append(f'<p class="comments"><a href="#comments">{furniture.comments} comments</a></p>\n')
    return "".join(parts)


def _list(title: str, css: str, furniture: Furniture) -> str:
    links = furniture.most_read if css == "most-read" else furniture.related
    if not links:
        return ""
    items = "".join(f'<li><a href="{escape(link.url)}">{escape(link.headline)}</a></li>\n' for link in links)
    return f'<section class="{css}"><h2>{title}</h2>\n<ol>\n{items}</ol></section>\n'


_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{headline} - {name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="og:type" content="article">
<meta property="og:title" content="{headline}">
<meta property="og:site_name" content="{name}">
<link rel="canonical" href="{url}">
<link rel="alternate" type="application/rss+xml" title="{name}" href="{home}/feed.xml">
<script type="application/ld+json">{metadata}</script>
</head>
<body>
<header class="masthead"><a href="{home}/">{name}</a>
<nav><ul><li><a href="{home}/">Home</a></li><li><a href="{home}/feed.xml">Feed</a></li></ul></nav></header>
{above}<main>
<article>
<h1>{headline}</h1>
{published}{updated}<div class="article-body">
{body}
</div>
</article>
</main>
{below}<footer><p>{name}. All rights reserved.</p></footer>
</body>
</html>
"""
