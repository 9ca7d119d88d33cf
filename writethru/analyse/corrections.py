"""Editors' corrections of statements: made on a place of a version, kept by its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from writethru.errors import InputError, NotInArchive
from writethru.model import ArticleText
from writethru.rulings import KeptCorrection
from writethru.statements.blame import accusations_of
from writethru.statements.corrections import Correction, Kind, Mark, applied, checked, mark_at, place_of, places_of
from writethru.statements.evidence import Read, alone
from writethru.statements.identity import are_of, other_of
from writethru.statements.quoted import quotations_of
from writethru.statements.reading import Place, Reading, place_text
from writethru.storage.store import Store

BESIDE: Final = frozenset({Kind.BLAME, Kind.QUOTATION})
"""What is no part of a reading, but found in it when texts are set beside each other."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an editor wants corrected: the thing of this kind that begins at this place of a version.

    Attributes:
        field: what is to be set, "" to reject it.
        value: what it is set to; for a quotation the other one, as ``ARTICLE/VERSION:BLOCK:FIRST CHARACTER``.
    """

    article_id: int
    version: int
    kind: str
    place: Place
    field: str = ""
    value: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """By whom and when something is corrected."""

    by: str
    at: datetime


class Editors:
    """The corrections of an article that stand; of a quotation, those whose counterpart stands too."""

    def __init__(self, store: Store, article_id: int) -> None:
        standing = [one for one in store.corrections.of_article(article_id) if one.withdrawn_at is None]
        self._standing = [one for one in standing if one.kind != Kind.QUOTATION or counterpart(store, one) is not None]
        self._known = [correction_of(one) for one in self._standing]

    @property
    def beside(self) -> tuple[Correction, ...]:
        """Those that no reading has, in the order in which they were made."""
        return tuple(one for one in self._known if one.kind in BESIDE)

    def of(self, text: ArticleText, reading: Reading) -> tuple[Reading, tuple[int, ...]]:
        """A reading as editors have it, and the numbers of the corrections that are for something in it."""
        ruled, used = applied(reading, lambda block: place_text(text, block), self._known)
        used |= {at for at, one in enumerate(self._known) if one.kind in BESIDE and _stands(text, one.mark)}
        return ruled, tuple(self._standing[at].id for at in sorted(used))


def _stands(text: ArticleText, mark: Mark) -> bool:
    return any(True for block in text.blocks for _ in places_of(mark, block.text))


def keep_correction(
    store: Store, asked: Asked, reading_of: Callable[[int, int], Reading], judged: Judged
) -> KeptCorrection:
    """Keep a correction of something in a reading as it was before any correction.

    Args:
        reading_of: what was read of an article's version.

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
    mark = _mark(store, asked, reading_of)
    made = checked(Correction(kind, mark, asked.field, asked.value))
    if kind is not Kind.QUOTATION:
        return store.corrections.add(_row(asked.article_id, made, reason, judged))
    other = _other(asked, made.value)
    mark_of_other = _mark(store, other, reading_of)
    if (other.article_id, mark_of_other.digest) == (asked.article_id, mark.digest):
        raise InputError("a quotation is one utterance with itself; name another", key="value")
    one = replace(made, value=f"{other.article_id}:{mark_of_other.digest}")
    twin = replace(made, mark=mark_of_other, value=f"{asked.article_id}:{mark.digest}")
    with store.transaction():
        store.corrections.add(_row(other.article_id, twin, reason, judged))
        return store.corrections.add(_row(asked.article_id, one, reason, judged))


def withdraw_correction(store: Store, number: int, judged: Judged) -> KeptCorrection:
    """A correction holds no longer, nor does its counterpart; both are kept. Raises NotInArchive."""
    with store.transaction():
        kept = store.corrections.withdraw(number, judged.by, judged.at)
        twin = counterpart(store, kept) if kept.kind == Kind.QUOTATION else None
        if twin is not None:
            store.corrections.withdraw(twin.id, judged.by, judged.at)
    return kept


def counterpart(store: Store, kept: KeptCorrection) -> KeptCorrection | None:
    """The correction of the other of two quotations, which says the same of this one; None where none stands."""
    article, digest = other_of(kept.value)
    one = correction_of(kept)
    for row in store.corrections.of_article(article):
        if row.withdrawn_at is None and row.kind == Kind.QUOTATION and row.at == kept.at:
            other = correction_of(row)
            if other.mark.digest == digest and are_of(one, kept.article_id, other):
                return row
    return None


def correction_of(kept: KeptCorrection) -> Correction:
    """As the pure part knows it."""
    return Correction(Kind(kept.kind), Mark(kept.words, kept.before, kept.after), kept.field, kept.value)


def _row(article: int, made: Correction, reason: str, judged: Judged) -> KeptCorrection:
    mark = made.mark
    kind, by, at = made.kind.value, judged.by, judged.at
    return KeptCorrection(0, article, kind, mark.words, mark.before, mark.after, made.field, made.value, by, at, reason)


_REFERENCE = re.compile(r"(\d{1,18})/(\d{1,9}):(-?\d{1,6}):(\d{1,9})")


def _other(asked: Asked, value: str) -> Asked:
    """The other of two quotations."""
    found = _REFERENCE.fullmatch(value)
    if found is None:
        raise InputError("the other quotation is named by article/version:block:first character: 4/1:0:12", key=value)
    article, version, block, start = map(int, found.groups())
    return replace(asked, article_id=article, version=version, place=Place(block, start, start))


def _mark(store: Store, asked: Asked, reading_of: Callable[[int, int], Reading]) -> Mark:
    text = store.version_text(asked.article_id, asked.version)
    reading = reading_of(asked.article_id, asked.version)
    for found in places_in(text, reading)[Kind(asked.kind)]:
        if (found.block, found.start) == (asked.place.block, asked.place.start):
            return mark_at(place_text(text, found.block), found)
    where = f"{asked.article_id}/{asked.version}:{asked.place.block}:{asked.place.start}"
    raise NotInArchive(f"no {asked.kind} that was read begins there", key=where)


def places_in(text: ArticleText, reading: Reading) -> Mapping[Kind, Sequence[Place]]:
    """What can be corrected in a version, by kind: the place that each is known by."""
    read = Read(1, text, reading)
    return {
        Kind.FIGURE: [place_of(one) for one in reading.figures],
        Kind.TIME: [place_of(one) for one in reading.times],
        Kind.SAID: [place_of(one) for one in reading.said],
        Kind.COMMITMENT: [place_of(one) for one in reading.bound],
        Kind.BLAME: [one.place for one in accusations_of(alone(read), read)],
        Kind.QUOTATION: [one.place for one in quotations_of(read)],
    }
