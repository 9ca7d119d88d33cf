"""A whole history of one article: the life of every sentence through its versions.

``follow(texts)`` follows each sentence by the edits between neighbouring versions. From
the lives come *blame* (which version brought each sentence of the latest text, and what
it was before), the *biography* of one sentence, what was *lost*, and what was *restored*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from writethru.comparison.change import Change
from writethru.comparison.edits import Edit, Finding, Kind, Op, Sentence
from writethru.comparison.engine import compare
from writethru.comparison.units import END, Unit, block_index, unit_index, units_of
from writethru.model import ArticleText
from writethru.text.sentences import sentence_spans

Text = str | ArticleText


class Place(NamedTuple):
    """Where a sentence stands: version (0 = first), field or block kind, block (None for a field), start."""

    version: int
    where: str
    block: int | None
    start: int


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a sentence, over an unbroken run of versions.

    Attributes:
        text: its characters.
        first, last: the versions (0 = first) in which it stood so.
        place: where it stood in version ``first``.
        how: the operation that brought it: ``first`` for version 0, ``restored``, or an ``Op``.
    """

    text: str
    first: int
    last: int
    place: Place
    how: str


@dataclass(frozen=True, slots=True)
class Life:
    """One sentence through all its wordings, oldest first.

    Attributes:
        came_from: place of the sentence it was split off or merged from, None if it had none.
    """

    wordings: tuple[Wording, ...]
    came_from: Place | None = None

    @property
    def born(self) -> int:
        """The version that brought it."""
        return self.wordings[0].first

    @property
    def last(self) -> int:
        """The last version in which it stood."""
        return self.wordings[-1].last

    @property
    def text(self) -> str:
        """Its latest wording."""
        return self.wordings[-1].text

    @property
    def restored(self) -> tuple[Wording, ...]:
        """Wordings that returned after an absence."""
        return tuple(w for w in self.wordings if w.how == RESTORED)


RESTORED = "restored"
FIRST = "first"


@dataclass(frozen=True, slots=True)
class Chain:
    """A history: the changes between neighbours and the lives of all sentences.

    Attributes:
        changes: one fewer than versions.
        lives: in order of birth, then of place.
        latest: for every sentence of the last version, in order, its number in ``lives``.
        at: place to number in ``lives``.
    """

    changes: tuple[Change, ...]
    lives: tuple[Life, ...]
    latest: tuple[int, ...]
    at: dict[Place, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def blame(self) -> tuple[Life, ...]:
        """The life of every sentence of the latest version, in its order."""
        return tuple(self.lives[number] for number in self.latest)

    def biography(self, place: Place) -> Life | None:
        """The life of the sentence that stands at a place, None if none begins there."""
        number = self.at.get(place)
        return None if number is None else self.lives[number]

    @property
    def lost(self) -> tuple[Life, ...]:
        """Sentences that stood once and stand no more, in no wording and nowhere."""
        latest = set(self.latest)
        standing = {self.lives[number].text for number in latest}
        ended = (life for number, life in enumerate(self.lives) if number not in latest)
        return tuple(life for life in ended if life.text not in standing)

    def restored(self, version: int) -> tuple[Life, ...]:
        """Sentences that returned with a version after they had been gone."""
        return tuple(life for life in self.lives if any(w.first == version for w in life.restored))


def follow(texts: Sequence[Text]) -> Chain:
    """Follow every sentence through the versions of one article, oldest first.

    Raises:
        InputError: one of the texts is neither a string nor an ArticleText.
    """
    follower = _Follower()
    units = [units_of(text) for text in texts]
    if units:
        follower.begin(list(_places(units[0], 0)))
    changes = []
    for version, (old, new) in enumerate(pairwise(texts), 1):
        change = compare(old, new)
        changes.append(change)
        follower.step(change, (units[version - 1], units[version]), version)
    lives = tuple(Life(tuple(life.wordings), life.came_from) for life in follower.lives)
    returned = {w.place for life in lives for w in life.restored}
    named = (_name_restored(change, version, returned) for version, change in enumerate(changes, 1))
    return Chain(tuple(named), lives, tuple(follower.standing.values()), follower.seen)


def _name_restored(change: Change, version: int, returned: set[Place]) -> Change:
    """The change with the kind ``restored`` on every sentence that had stood before."""
    edits = []
    for edit in change.edits:
        place = edit.new and Place(version, edit.new[0].where, edit.new[0].block, edit.new[0].start)
        back = edit.op is Op.ADDED and place in returned
        edits.append(edit._replace(findings=(Finding(Kind.RESTORED), *edit.findings)) if back else edit)
    return replace(change, edits=tuple(edits)) if returned else change


class _Growing:
    """A life while it is being followed."""

    def __init__(self, wording: Wording, came_from: Place | None) -> None:
        self.wordings = [wording]
        self.came_from = came_from


def _places(units: Sequence[Unit], version: int) -> Iterator[tuple[Place, str]]:
    """The sentences of a version, in order."""
    for at, unit in enumerate(units):
        if unit.kind == END:
            continue
        block = block_index(at, unit.kind)
        spans = sentence_spans(unit.text)
        for start, end in spans:
            yield Place(version, unit.kind, block, start), unit.text[start:end]


class _Follower:
    """Walks the versions; ``standing`` maps the places of the current one to lives."""

    def __init__(self) -> None:
        self.lives: list[_Growing] = []
        self.standing: dict[Place, int] = {}
        self.seen: dict[Place, int] = {}
        self.gone: dict[str, int] = {}  # last wording -> life that ended

    def begin(self, places: Sequence[tuple[Place, str]]) -> None:
        """The first version: every sentence is born."""
        for place, text in places:
            self._bear(place, text, FIRST)

    def step(self, change: Change, units: tuple[Sequence[Unit], Sequence[Unit]], version: int) -> None:
        """One version on."""
        before = list(_places(units[0], version - 1))
        after = list(_places(units[1], version))
        source = _sources(change.edits, (before, after), (len(units[0]), len(units[1])))
        earlier, self.standing = self.standing, {}
        carried = set()
        for place, text in after:
            origin, how = source.get(place, (None, Op.ADDED.value))
            number = earlier.get(origin) if origin is not None else None
            if number is None:
                self._come(place, text)
            elif number in carried:
                self._bear(place, text, how, origin)
            else:
                carried.add(number)
                self._carry(number, place, text, how)
        for number in earlier.values():
            if number not in carried:
                self.gone[self.lives[number].wordings[-1].text] = number

    def _stand(self, place: Place, number: int) -> None:
        self.standing[place] = number
        self.seen[place] = number

    def _bear(self, place: Place, text: str, how: str, came_from: Place | None = None) -> None:
        self.lives.append(_Growing(Wording(text, place.version, place.version, place, how), came_from))
        self._stand(place, len(self.lives) - 1)

    def _come(self, place: Place, text: str) -> None:
        """A sentence that the version before did not have: new, or one that stood once and returns."""
        number = self.gone.pop(text, None)
        if number is None:
            self._bear(place, text, Op.ADDED.value)
            return
        self.lives[number].wordings.append(Wording(text, place.version, place.version, place, RESTORED))
        self._stand(place, number)

    def _carry(self, number: int, place: Place, text: str, how: str) -> None:
        """A sentence that the version before had, perhaps in other words."""
        wordings = self.lives[number].wordings
        last = wordings[-1]
        if last.text == text:
            wordings[-1] = Wording(text, last.first, place.version, last.place, last.how)
        else:
            wordings.append(Wording(text, place.version, place.version, place, how))
        self._stand(place, number)


def _sources(
    edits: Sequence[Edit], sides: tuple[list[tuple[Place, str]], list[tuple[Place, str]]], units: tuple[int, int]
) -> dict[Place, tuple[Place, str]]:
    """New place -> (the old place it continues, how)."""
    source: dict[Place, tuple[Place, str]] = {}
    touched_old = _touched([edit.old for edit in edits], sides[0], units[0])
    touched_new = _touched([edit.new for edit in edits], sides[1], units[1])
    rest_old = [place for place, _ in sides[0] if place not in touched_old]
    rest_new = [place for place, _ in sides[1] if place not in touched_new]
    for old, new in zip(rest_old, rest_new, strict=False):
        source[new] = old, ""
    by_edit: dict[int, list[Place]] = {}
    for place, number in touched_old.items():
        by_edit.setdefault(number, []).append(place)
    following: dict[int, int] = {}
    for place, number in touched_new.items():
        olds = by_edit.get(number)
        if olds:
            at = following.get(number, 0)
            following[number] = at + 1
            source[place] = olds[min(at, len(olds) - 1)], edits[number].op.value
    return source


def _touched(groups: Sequence[Sequence[Sentence]], places: Sequence[tuple[Place, str]], units: int) -> dict[Place, int]:
    """Which edit each sentence of a side belongs to, if any; in order of place."""
    ranges: dict[int, list[tuple[int, int, int]]] = {}
    for number, sentences in enumerate(groups):
        for sentence in sentences:
            unit = unit_index(sentence.where, sentence.block, units)
            ranges.setdefault(unit, []).append((sentence.start, sentence.end, number))
    found = {}
    for place, _ in places:
        for start, end, number in ranges.get(unit_index(place.where, place.block, units), ()):
            if start <= place.start < end:
                found[place] = number
                break
    return found
