"""Made-up articles that tell of a few happenings, and how they come into a store."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

from tests.storage.made import after, look, reading
from writethru.model import TimeBasis
from writethru.storage.store import Store


@dataclass(frozen=True)
class Told:
    """One article of an outlet."""

    outlet: str
    headline: str
    body: str
    published: str | None

    def without_date(self) -> Told:
        return replace(self, published=None)

    def at(self, outlet: str) -> Told:
        return replace(self, outlet=outlet)

    def saying(self, other: Told) -> Told:
        return replace(self, headline=other.headline, body=other.body, published=other.published)


_FIRE = (
    "A fire destroyed the cannery in Rautila on Sunday night and two night porters were taken to hospital, the rescue "
    "service said. Fire chief Maren Osthoff told reporters that forty firefighters fought the flames until dawn."
)
FIRE = (
    Told(
        "ledger",
        "Fire destroys Rautila cannery",
        f"{_FIRE}\nThe cannery belongs to Halvorsen and Sons and gave work to 126 people in Rautila. "
        "Osthoff said that the fire began in the boiler room.",
        "2031-05-04T22:10:00+00:00",
    ),
    Told(
        "courier",
        "Two hurt as cannery burns in Rautila",
        "Two night porters were hurt when a cannery burned down in Rautila. The flames began in the boiler room of the "
        "Halvorsen cannery, fire chief Maren Osthoff said. About 126 people work in the cannery.\n"
        "Firefighters from three towns fought the fire until dawn.",
        "2031-05-04T23:40:00+00:00",
    ),
    Told(
        "gazette",
        "Rautila: cannery lost to flames",
        "Firefighters could not save the Halvorsen cannery in Rautila, which burned to the ground in the night. "
        "Fire chief Maren Osthoff said two porters were in hospital and that the boiler room was where the fire began.",
        "2031-05-05T06:00:00+00:00",
    ),
)
CLOSED = Told(
    "ledger",
    "Rautila cannery will not be rebuilt after the fire",
    "Halvorsen and Sons will not rebuild the cannery in Rautila that burned down in May, the company said. Fire chief "
    "Maren Osthoff put the fire down to the boiler room. The 126 people who worked in the cannery have been let go.",
    "2031-05-20T09:00:00+00:00",
)
OTHER = Told(
    "courier",
    "Parliament in Tamsk votes down fishing quota",
    "Parliament in Tamsk voted down the fishing quota that minister Igor Belov had brought in. Belov said he would put "
    "the quota before the deputies again in autumn. The vote was 61 to 48.",
    "2031-05-04T18:00:00+00:00",
)
FLOOD = Told(
    "ledger",
    "Skelby evacuated as the river Orne rises",
    "The town of Skelby was evacuated as the river Orne rose above the dyke. Mayor Ilse Brandt said that 1,400 people "
    "were brought to schools. Soldiers piled sandbags on the Orne dyke at Skelby through the night.",
    "2031-03-01T08:00:00+00:00",
)
FLOOD_YEARS_LATER = Told(
    "courier",
    "Skelby: the dyke on the Orne holds this time",
    "The new dyke on the river Orne kept Skelby dry as the river rose again. Mayor Ilse Brandt recalled how 1,400 "
    "people were evacuated to schools three years ago. Soldiers had piled sandbags on the Orne dyke to be safe.",
    "2034-02-20T08:00:00+00:00",
)


def tell(store: Store, one: Told, *, article_id: int | None = None, number: int = 1) -> int:
    """Put an article into the store, or a further version of one; its number."""
    with store.transaction():
        if article_id is None:
            made = store.outlet(one.outlet, f"{one.outlet}.example")
            name = one.headline.lower().replace(" ", "-").replace(":", "")
            article_id = store.add_article(
                f"https://{one.outlet}.example/{name}",
                host=made.host,
                outlet_id=made.id,
                at=after(0),
                next_look_at=None,
                reason="new",
            ).id
        _tell_version(store, article_id, one, number)
    return article_id


def _tell_version(store: Store, article_id: int, one: Told, number: int) -> None:
    """One version with its stated date, seen at a time that is not known."""
    digest = f"{zlib.crc32(one.body.encode()):064x}"
    capture = store.add_capture(article_id, look(after(number), basis=TimeBasis.IMPORTED, body_digest=digest))
    extraction = reading(one.body, one.headline, published=one.published)
    store.add_extraction(capture.id, extraction)
    made = store.add_version(article_id, extraction.article_text, capture, extractor=extraction.extractor)
    store.add_appearance(article_id, made, capture)
    store.log("version", article_id, made, after(number))
