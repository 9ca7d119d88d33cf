"""Editors' corrections of statements: made on a place of a version, kept by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from writethru.errors import InputError, NotInArchive
from writethru.model import ArticleText
from writethru.rulings import KeptCorrection
from writethru.statements.corrections import Correction, Kind, Mark, applied, checked, mark_at, place_of
from writethru.statements.reading import Bound, FigureAt, Place, Reading, Said, TimeAt, place_text
from writethru.storage.store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """What an editor wants corrected: the thing of this kind that begins at this place of a version.

    Attributes:
        field: what is to be set, "" to reject it.
    """

    article_id: int
    version: int
    kind: str
    place: Place
    field: str = ""
    value: str = ""
    reason: str = ""


class Editors:
    """The corrections of an article that stand."""

    def __init__(self, store: Store, article_id: int) -> None:
        self._standing = [one for one in store.corrections.of_article(article_id) if one.withdrawn_at is None]
        self._known = [correction_of(one) for one in self._standing]

    def of(self, text: ArticleText, reading: Reading) -> tuple[Reading, tuple[int, ...]]:
        """A reading as editors have it, and the numbers of the corrections that are for something in it."""
        ruled, used = applied(reading, lambda block: place_text(text, block), self._known)
        return ruled, tuple(self._standing[at].id for at in sorted(used))


def keep_correction(store: Store, asked: Asked, reading: Reading, by: str, at: datetime) -> KeptCorrection:
    """Keep a correction of something in a reading as it was before any correction.

    Raises:
        InputError: no such kind or field, no reason, or a value that is none for it.
        NotInArchive: nothing of this kind begins there.
    """
    if asked.kind not in list(Kind):
        raise InputError(f"not a kind of statement; there are {', '.join(Kind)}", key=asked.kind)
    reason = " ".join(asked.reason.split())[:2000]
    if not reason:
        raise InputError("say why, for those who read it later", key="reason")
    kind = Kind(asked.kind)
    mark = _mark(store.version_text(asked.article_id, asked.version), reading, kind, asked.place)
    made = checked(Correction(kind, mark, asked.field, asked.value))
    row = KeptCorrection(
        0, asked.article_id, kind.value, mark.words, mark.before, mark.after, made.field, made.value, by, at, reason
    )
    return store.corrections.add(row)


def correction_of(kept: KeptCorrection) -> Correction:
    """As the pure part knows it."""
    return Correction(Kind(kept.kind), Mark(kept.words, kept.before, kept.after), kept.field, kept.value)


def _mark(text: ArticleText, reading: Reading, kind: Kind, place: Place) -> Mark:
    rows: dict[Kind, Sequence[FigureAt | TimeAt | Said | Bound]] = {
        Kind.FIGURE: reading.figures,
        Kind.TIME: reading.times,
        Kind.SAID: reading.said,
        Kind.COMMITMENT: reading.bound,
    }
    for one in rows[kind]:
        found = place_of(one)
        if (found.block, found.start) == (place.block, place.start):
            return mark_at(place_text(text, found.block), found)
    raise NotInArchive(f"no {kind} that was read begins there", key=f"{place.block}:{place.start}")
