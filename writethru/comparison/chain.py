"""A whole history of one article: the life of every sentence through its versions.

``follow(texts)`` follows each sentence by the edits between neighbouring versions. From
the lives come *blame* (which version brought each sentence of the latest text, and what
it was before), the *biography* of one sentence, what was *lost*, and what was *restored*.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
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


class Wording(NamedTuple):
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
        came_from: place of the sentence it was split off from, None if there was none.
        merged: it ended by becoming part of the sentence before it: its words were not lost.
    """

    wordings: tuple[Wording, ...]
    came_from: Place | None = None
    merged: bool = False

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
        standing: for every version, and in it for every sentence in order, its number in ``lives``.
        texts: the versions.
    """

    changes: tuple[Change, ...]
    lives: tuple[Life, ...]
    standing: tuple[Sequence[int], ...] = field(default=(), repr=False)
    texts: tuple[Text, ...] = field(default=(), repr=False)

    @property
    def latest(self) -> Sequence[int]:
        """For every sentence of the last version, in order, its number in ``lives``."""
        return self.standing[-1] if self.standing else ()

    @property
    def blame(self) -> tuple[Life, ...]:
        """The life of every sentence of the latest version, in its order."""
        return tuple(self.lives[number] for number in self.latest)

    def biography(self, place: Place) -> Life | None:
        """The life of the sentence that stands at a place, None if none begins there."""
        if not 0 <= place.version < len(self.texts):
            return None
        laid = _laid(self.texts[place.version], {})
        for (spot, _), number in zip(laid.sentences, self.standing[place.version], strict=True):
            if laid.place(spot, place.version) == place:
                return self.lives[number]
        return None

    @property
    def lost(self) -> tuple[Life, ...]:
        """Sentences that stood once and stand no more: in no wording, in no other sentence, nowhere."""
        latest = set(self.latest)
        standing = {self.lives[number].text for number in latest}
        ended = (life for number, life in enumerate(self.lives) if number not in latest)
        return tuple(life for life in ended if life.text not in standing and not life.merged)

    def restored(self, version: int) -> tuple[Life, ...]:
        """Sentences that returned with a version after they had been gone."""
        return tuple(life for life in self.lives if any(w.first == version for w in life.restored))


def follow(texts: Sequence[Text]) -> Chain:
    """Follow every sentence through the versions of one article, oldest first.

    Each pair of texts is compared once, however often a page goes back and forth between them,
    and a paragraph that stays is cut into sentences once.

    Raises:
        InputError: one of the texts is neither a string nor an ArticleText.
    """
    follower = _Follower()
    for text in texts[:1]:
        follower.begin(text)
    changes = []
    compared: dict[tuple[Text, Text], Change] = {}
    for version, pair in enumerate(pairwise(texts), 1):
        change = compared.get(pair)
        if change is None:
            change = compared[pair] = compare(*pair)
        changes.append(change)
        follower.step(change, pair[1], version)
    lives = tuple(Life(tuple(life.wordings), life.came_from, life.merged) for life in follower.lives)
    returned = {w.place for life in lives for w in life.restored}
    named = (_name_restored(change, version, returned) for version, change in enumerate(changes, 1))
    return Chain(tuple(named), lives, tuple(follower.history), tuple(texts))


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

    __slots__ = ("came_from", "merged", "wordings")

    def __init__(self, wording: Wording, came_from: Place | None) -> None:
        self.wordings = [wording]
        self.came_from = came_from
        self.merged = False


Spot = tuple[int, int]
"""Where a sentence stands: unit, first character."""


class _Laid(NamedTuple):
    """One version laid out: its units, and of every sentence the spot and the characters."""

    units: Sequence[Unit]
    sentences: list[tuple[Spot, str]]

    def place(self, spot: Spot, version: int) -> Place:
        """A spot of this version, as others see it."""
        kind = self.units[spot[0]].kind
        return Place(version, kind, block_index(spot[0], kind), spot[1])


Cuts = dict[str, list[tuple[int, str]]]
"""The sentences of a unit by its text: where each begins, and its characters."""


def _laid(text: Text, known: Cuts) -> _Laid:
    """Lay out a version; ``known`` are the cuts of the one before, and become those of this one."""
    units = units_of(text)
    cuts: Cuts = {}
    sentences: list[tuple[Spot, str]] = []
    for at, unit in enumerate(units):
        if unit.kind != END:
            found = known.get(unit.text)
            if found is None:
                found = [(start, unit.text[start:end]) for start, end in sentence_spans(unit.text)]
            cuts[unit.text] = found
            sentences += [((at, start), sentence) for start, sentence in found]
    known.clear()
    known.update(cuts)
    return _Laid(units, sentences)


class _Follower:
    """Walks the versions; ``standing`` maps the spots of the current one to lives, in order."""

    def __init__(self) -> None:
        self.lives: list[_Growing] = []
        self.standing: dict[Spot, int] = {}
        self.history: list[Sequence[int]] = []
        self.gone: dict[str, int] = {}  # last wording -> life that ended
        self.laid = _Laid((), [])
        self.cuts: Cuts = {}

    def begin(self, text: Text) -> None:
        """The first version: every sentence is born."""
        self.laid = _laid(text, self.cuts)
        for spot, sentence in self.laid.sentences:
            self._bear(spot, sentence, 0, FIRST)
        self.history.append(array("L", self.standing.values()))

    def step(self, change: Change, text: Text, version: int) -> None:
        """One version on."""
        before = self.laid
        self.laid = after = _laid(text, self.cuts)
        source = _sources(change.edits, before, after)
        earlier, self.standing = self.standing, {}
        carried = set()
        for spot, sentence in after.sentences:
            origin, how = source.get(spot, (None, Op.ADDED.value))
            number = earlier.get(origin) if origin is not None else None
            if number is None:
                self._come(spot, sentence, version)
            elif number in carried:
                self._bear(spot, sentence, version, how, origin and before.place(origin, version - 1))
            else:
                carried.add(number)
                self._carry(number, spot, sentence, version, how)
        self._end({spot: number for spot, number in earlier.items() if number not in carried}, change, before)
        self.history.append(array("L", self.standing.values()))

    def _end(self, ended: dict[Spot, int], change: Change, before: _Laid) -> None:
        """Remember the lives that ended, and which of them became part of another sentence."""
        merged = [edit.old for edit in change.edits if edit.op is Op.MERGED]
        part = _touched(merged, before) if merged and ended else {}
        for spot, number in ended.items():
            self.lives[number].merged = spot in part
            self.gone[self.lives[number].wordings[-1].text] = number

    def _bear(self, spot: Spot, text: str, version: int, how: str, came_from: Place | None = None) -> None:
        self.lives.append(_Growing(self._wording(spot, text, version, how), came_from))
        self.standing[spot] = len(self.lives) - 1

    def _come(self, spot: Spot, text: str, version: int) -> None:
        """A sentence that the version before did not have: new, or one that stood once and returns."""
        number = self.gone.pop(text, None)
        if number is None:
            self._bear(spot, text, version, Op.ADDED.value)
            return
        self.lives[number].wordings.append(self._wording(spot, text, version, RESTORED))
        self.lives[number].merged = False
        self.standing[spot] = number

    def _carry(self, number: int, spot: Spot, text: str, version: int, how: str) -> None:
        """A sentence that the version before had, perhaps in other words."""
        wordings = self.lives[number].wordings
        last = wordings[-1]
        if last.text == text:
            wordings[-1] = Wording(text, last.first, version, last.place, last.how)
        else:
            wordings.append(self._wording(spot, text, version, how))
        self.standing[spot] = number

    def _wording(self, spot: Spot, text: str, version: int, how: str) -> Wording:
        return Wording(text, version, version, self.laid.place(spot, version), how)


def _sources(edits: Sequence[Edit], before: _Laid, after: _Laid) -> dict[Spot, tuple[Spot, str]]:
    """New spot -> (the old spot it continues, how)."""
    touched_old = _touched([edit.old for edit in edits], before)
    touched_new = _touched([edit.new for edit in edits], after)
    rest_old = [spot for spot, _ in before.sentences if spot not in touched_old]
    rest_new = [spot for spot, _ in after.sentences if spot not in touched_new]
    source = {new: (old, "") for old, new in zip(rest_old, rest_new, strict=False)}
    by_edit: dict[int, list[Spot]] = {}
    for spot, number in touched_old.items():
        by_edit.setdefault(number, []).append(spot)
    following: dict[int, int] = {}
    for spot, number in touched_new.items():
        olds = by_edit.get(number)
        if olds:
            at = following.get(number, 0)
            following[number] = at + 1
            source[spot] = olds[min(at, len(olds) - 1)], edits[number].op.value
    return source


def _touched(groups: Sequence[Sequence[Sentence]], laid: _Laid) -> dict[Spot, int]:
    """Which edit each sentence of a side belongs to, if any; in order of place."""
    ranges: dict[int, list[tuple[int, int, int]]] = {}
    for number, sentences in enumerate(groups):
        for sentence in sentences:
            unit = unit_index(sentence.where, sentence.block, len(laid.units))
            ranges.setdefault(unit, []).append((sentence.start, sentence.end, number))
    found = {}
    for spot, _ in laid.sentences:
        for start, end, number in ranges.get(spot[0], ()):
            if start <= spot[1] < end:
                found[spot] = number
                break
    return found
