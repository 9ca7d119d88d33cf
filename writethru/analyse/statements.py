"""What each stored version states: read paragraph by paragraph from the change log, kept, and given back checked.

A later version costs what is new in it: readings are kept by paragraph, and a version's row refers to them. Each
reading keeps the words of all its places; they are compared with the version's text whenever it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, ClassVar, Final

from writethru.analyse.corrections import Asked, Editors, Judged, keep_correction, withdraw_correction
from writethru.analyse.follow import Keep
from writethru.analyse.writing_days import WritingDays
from writethru.errors import NotInArchive, ReadingFailed, StorageError
from writethru.events.moments import Basis, Stated, When, moment_of, when
from writethru.model import ArticleText, Version
from writethru.rulings import KeptCorrection
from writethru.statements.blame import Accusation, accusations_of
from writethru.statements.corrections import Correction
from writethru.statements.evidence import Read, alone
from writethru.statements.forms import reading_form, reading_of
from writethru.statements.of_text import TextStatements, unread_in
from writethru.statements.reading import (
    READER,
    Reading,
    Unit,
    article_language,
    sliced,
    together,
    units_of,
)
from writethru.storage.statement_store import ReadVersion
from writethru.storage.store import Store

_NOWHERE: Final = When(None, Basis.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionStatements(TextStatements):
    """What one version states.

    Attributes:
        corrections: numbers of editors' corrections that are for something in it; they are applied already.
        beside: all corrections of the article that are of blame and quotations, which no reading has.
    """

    version: Version
    corrections: tuple[int, ...] = ()
    beside: tuple[Correction, ...] = ()

    @property
    def blame(self) -> list[Accusation]:
        """Who is printed as having done it, by whom, as editors have it."""
        read = self.as_read()
        return list(accusations_of(alone(read, self.beside), read))

    def as_read(self) -> Read:
        """The version and its reading, as what is set beside other texts."""
        return Read(self.version.number, self.text, self.reading, self.written)


class StatementAnalysis:
    """Reads new versions; only paragraphs that no earlier version of the article has are read."""

    name: ClassVar[str] = READER
    """With the reader's version, so that a newer one starts at the beginning of the change log."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def article_changed(self, article_id: int) -> Keep:
        """Read what is new."""
        return self._read(article_id, {row.number: row for row in self.store.statements.versions(article_id)})

    def article_rebuilt(self, article_id: int) -> Keep:
        """Read all of it again."""
        kept = self._read(article_id, {})

        def keep() -> None:
            self.store.statements.forget(article_id)
            kept()

        return keep

    def _read(self, article_id: int, known: Mapping[int, ReadVersion]) -> Keep:
        stand = _standing(known, self.store.versions(article_id))
        rows, new = self.read(article_id, {number: known[number] for number in stand})

        def keep() -> None:
            self.store.article(article_id)  # withdrawn meanwhile, nothing of it is kept
            if known and not stand:
                self.store.statements.forget(article_id)
            self.store.statements.keep(rows, new)

        return keep

    def read(
        self, article_id: int, stand: Mapping[int, ReadVersion]
    ) -> tuple[list[ReadVersion], dict[str, dict[str, Any]]]:
        """An article's versions but those that stand, and by digest what they have new. Raises ReadingFailed."""
        versions = self.store.versions(article_id)
        left = [version for version in versions if version.number not in stand]
        has = {digest for known in stand.values() for digest, _ in known.units}
        reader = _Reader(article_id, has, self._day(article_id) if left else _NOWHERE)
        rows = []
        for version in left:
            before = next((one for one in versions if one.number == version.number - 1), None)
            rows.append(reader.version(version, self._text(version), before, partial(self._text, before or version)))
        return rows, reader.new

    def _text(self, version: Version) -> ArticleText:
        return self.store.version_text(version.article_id, version.number)

    def _day(self, article_id: int) -> When:
        """When the article was written: as events know it (they infer a day from siblings), or by itself."""
        known = self.store.stories.articles([article_id])
        if known and known[0].minute is not None:
            return When(known[0].minute, Basis(known[0].basis))
        summary = self.store.article_summaries(article_id=article_id)[0]
        return when(Stated(summary.published, summary.article.url, summary.first_seen, summary.basis))


class _Reader:
    """Reads versions of one article in order.

    Args:
        has: digests of the units that are kept already.
    """

    def __init__(self, article: int, has: set[str], told: When) -> None:
        self._article = article
        self.new: dict[str, dict[str, Any]] = {}
        self._has = has
        self._basis = told.basis.value
        self._at = moment_of(told.minute)

    def version(
        self, version: Version, text: ArticleText, before: Version | None, text_before: Callable[[], ArticleText]
    ) -> ReadVersion:
        """Read one; what it has new is in ``new`` afterwards."""
        days = WritingDays(self._at, version, before, text_before)
        language = article_language(text)
        units, left_out = units_of(text)
        rows = []
        for unit in units:
            digest = unit.digest(language)
            if digest not in self._has:
                self._has.add(digest)
                self.new[digest] = self._unit(unit, language, days, text)
            rows.append((digest, unit.first))
        return ReadVersion(
            article_id=version.article_id,
            number=version.number,
            digest=version.digest,
            reader=READER,
            language=language,
            written="" if self._at is None else self._at.date().isoformat(),
            basis=self._basis,
            left_out=left_out,
            units=tuple(rows),
        )

    def _unit(self, unit: Unit, language: str, days: WritingDays, text: ArticleText) -> dict[str, Any]:
        reading = days.read(unit, language)
        for read, stored in zip(reading.places, reading.moved(unit.first).places, strict=True):
            words = unit.texts[read.block][read.start : read.end]
            if not words or words != sliced(text, stored):
                raise ReadingFailed("a statement that is no slice of its version", key=f"{self._article} {stored}")
        return reading_form(reading, lambda place: unit.texts[place.block][place.start : place.end])


class Statements:
    """What versions state, as of the last line of the change log that was followed."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def of_version(self, article_id: int, number: int) -> VersionStatements:
        """What a version states; each place was compared with the version's text.

        Raises:
            NotInArchive: no such version, or it was not read yet.
            StorageError: what is kept does not fit the text; ``writethru rebuild`` makes it again.
        """
        return self.of_versions(article_id, [number])[0]

    def of_versions(self, article_id: int, numbers: Sequence[int]) -> list[VersionStatements]:
        """The same of several, in this order; what they have in common is taken up once."""
        editors = Editors(self.store, article_id)
        return [_ruled(view, editors) for view in self._as_read(article_id, numbers)]

    def as_read(self, article_id: int, number: int) -> VersionStatements:
        """The same without what editors corrected. Raises NotInArchive, StorageError."""
        return next(self._as_read(article_id, [number]))

    def _as_read(self, article_id: int, numbers: Sequence[int]) -> Iterator[VersionStatements]:
        versions = {number: self.store.version(article_id, number) for number in numbers}
        rows = {row.number: row for row in self.store.statements.versions(article_id)}
        for number in numbers:
            if number not in rows or rows[number].digest != versions[number].digest:
                raise NotInArchive(
                    "this version was not read for statements yet; `writethru analyse` does it",
                    key=f"{article_id}/{number}",
                )
        wanted = {digest for number in numbers for digest, _ in rows[number].units}
        units = _Units(self.store.statements.units(article_id, wanted))
        for number in numbers:
            read, text = rows[number], self.store.version_text(article_id, number)
            readings = [units.of(text, digest, first, versions[number]) for digest, first in read.units]
            yield VersionStatements(
                version=versions[number],
                text=text,
                reading=together(readings, read.left_out),
                language=read.language,
                unread=unread_in(read.language),
                written=date.fromisoformat(read.written) if read.written else None,
                basis=read.basis,
                reader=read.reader,
            )

    def of_article(self, article_id: int) -> VersionStatements:
        """What the latest version states. Raises NotInArchive, ReadingFailed, StorageError."""
        self.store.article(article_id)
        appearances = self.store.appearances(article_id)
        if not appearances:
            raise NotInArchive("this article has no version yet", key=article_id)
        return self.of_version(article_id, appearances[-1].version_number)

    def correct(self, asked: Asked, by: str, at: datetime | None = None) -> KeptCorrection:
        """Keep an editor's correction; whoever calls has asked whether ``by`` may.

        Raises:
            InputError: no such kind or field, no reason, or a value that is none for it.
            NotInArchive: no such version, or nothing of this kind begins there.
        """
        return keep_correction(
            self.store, asked, lambda *key: self.as_read(*key).reading, Judged(by, at or datetime.now(UTC))
        )

    def withdraw_correction(self, number: int, by: str, at: datetime | None = None) -> KeptCorrection:
        """A correction holds no longer; it is kept. Raises NotInArchive."""
        return withdraw_correction(self.store, number, Judged(by, at or datetime.now(UTC)))

    def corrections(self, article_id: int) -> Sequence[KeptCorrection]:
        """All of an article, withdrawn ones too, in the order in which they were made."""
        return self.store.corrections.of_article(article_id)

    def read_versions(self, article_id: int) -> Sequence[int]:
        """The numbers of the versions that were read and stand as they were then."""
        known = {row.number: row for row in self.store.statements.versions(article_id)}
        return sorted(_standing(known, self.store.versions(article_id)))


def _standing(known: Mapping[int, ReadVersion], versions: Sequence[Version]) -> set[int]:
    """The versions whose reading is of their text, by this reader."""
    digests = {version.number: version.digest for version in versions}
    return {number for number, row in known.items() if row.reader == READER and digests.get(number) == row.digest}


def _ruled(view: VersionStatements, editors: Editors) -> VersionStatements:
    reading, numbers = editors.of(view.text, view.reading)
    return replace(view, reading=reading, corrections=numbers, beside=editors.beside)


class _Units:
    """Kept readings of paragraphs, each unpacked once; its places are compared with each text that it is given for."""

    def __init__(self, forms: Mapping[str, Mapping[str, Any]]) -> None:
        self._forms = forms
        self._readings: dict[str, Reading] = {}
        self._moved: dict[tuple[str, int], Reading] = {}

    def of(self, text: ArticleText, digest: str, first: int, version: Version) -> Reading:
        """The reading of the paragraph that begins at this block. Raises StorageError where it does not fit."""
        if digest in self._forms:
            reading = self._placed(digest, first)
            with suppress(IndexError):
                if [sliced(text, place) for place in reading.places] == self._forms[digest]["words"]:
                    return reading
        raise StorageError(
            "what is kept of its statements does not fit its text; `writethru rebuild` makes it again",
            key=f"article {version.article_id}, version {version.number}",
        )

    def _placed(self, digest: str, first: int) -> Reading:
        if digest not in self._readings:
            self._readings[digest] = reading_of(self._forms[digest])
        if (digest, first) not in self._moved:
            self._moved[digest, first] = self._readings[digest].moved(first)
        return self._moved[digest, first]
