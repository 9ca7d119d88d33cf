"""A version for other programs: schema.org's NewsArticle as JSON-LD. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from writethru.model import Appearance, ArticleText, Version
from writethru.publish.moments import DATED, rfc3339, sighting
from writethru.storage.store import ArticleSummary

JSON_LD: Final = "application/ld+json"


def news_article(
    summary: ArticleSummary, version: Version, text: ArticleText, appearances: Sequence[Appearance], base: str
) -> dict[str, Any]:
    """A version as a NewsArticle (https://schema.org/NewsArticle), based on the version that stood before it.

    ``dateModified`` is when the text was first seen, and stands only where that is known and another text was seen
    before: the outlet may have changed it earlier, which ``creativeWorkStatus`` says in words.

    Args:
        appearances: of the article's versions, in time.
        base: of the pages, without a slash at its end.
    """
    root = f"{base}/articles/{summary.article.id}/versions"
    before = before_of(version.number, appearances)
    url = summary.article.url
    form = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"{root}/{version.number}",
        "url": f"{root}/{version.number}",
        "exampleOfWork": _work(url) if url.startswith(("http://", "https://")) else None,
        "version": version.number,
        "identifier": {"@type": "PropertyValue", "propertyID": "SHA-256", "value": version.digest},
        "headline": text.headline,
        "description": text.standfirst,
        "creditText": text.byline,
        "dateline": text.dateline,
        "publisher": {"@type": "Organization", "name": summary.outlet} if summary.outlet else None,
        "dateModified": rfc3339(version.first_seen) if before is not None and version.basis in DATED else None,
        "creativeWorkStatus": f"first seen {sighting(version.first_seen, version.basis)}",
        "isBasedOn": {**_work(f"{root}/{before}"), "version": before} if before is not None else None,
        "wordCount": version.words,
        "articleBody": text.text,
    }
    return {name: value for name, value in form.items() if value not in (None, "")}


def before_of(number: int, appearances: Sequence[Appearance]) -> int | None:
    """Which version stood there before this one was first seen; None for the first."""
    seen = [appearance.version_number for appearance in appearances]
    place = seen.index(number) if number in seen else 0
    return seen[place - 1] if place else None


def _work(address: str) -> dict[str, Any]:
    return {"@type": "NewsArticle", "@id": address, "url": address}
