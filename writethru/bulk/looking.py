"""From what was put aside to what the recorder takes."""

from __future__ import annotations

from writethru.bulk.model import Look
from writethru.model import Article
from writethru.sources import ImportItem
from writethru.storage.columns import from_micros
from writethru.watch.intake import look_of
from writethru.watch.record import Sighting


def sighting_of(item: ImportItem) -> Sighting:
    """The look of an item, not yet decided, with the place of its bytes in the file that it came from."""
    look = look_of(item, item.url or "", item.stands)
    return Sighting(look, None if item.is_bodiless else item.body, item.failure)


def article_of(look: Look, host: str) -> Article:
    """Enough of an article for the recorder, which reads the rest from the store."""
    return Article(look.article, "", host, None, from_micros(look.at))
