"""What a dossier is made of, and what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from writethru.dossier.persons import Persons
from writethru.model import ChangeRecord
from writethru.reuse.stemma import Stemma
from writethru.rulings import KeptCorrection
from writethru.statements.blame import BlameQuestion
from writethru.statements.commitment_status import Promise
from writethru.statements.counting import Claim
from writethru.statements.deadlines import DeadlineQuestion
from writethru.statements.disagreements import FigureQuestions
from writethru.statements.evidence import Account, Evidence
from writethru.statements.reading import Place
from writethru.statements.utterances import Utterance


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One article of the story.

    Attributes:
        at, basis: when what it tells was published or seen, and what that rests on.
        group: articles of one group are one text.
        unread: what of it is not read, in words; "" where everything is.
    """

    article: int
    outlet: str
    headline: str
    url: str
    at: datetime | None
    basis: str
    group: str
    event: int
    versions: int
    unread: str = ""


@dataclass(frozen=True, slots=True)
class EditorsLine:
    """An editor's correction of something that was read, which stands.

    Attributes:
        versions: of the article, those in which it holds.
    """

    kept: KeptCorrection
    outlet: str
    versions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What the archive knows of a story.

    Attributes:
        changes: of all its articles, in time.
        alone: sentences of which no other text of their event has anything.
        stemma: who descends from whom; keys are addresses.
        notes: what was left out, in words.
        now: the day on which it is assembled.
        editors: corrections that stand; they are applied in the accounts already.
        independent: texts between which no copying was found, 0 where that was not asked.
    """

    story: int
    title: str
    names: tuple[str, ...]
    articles: tuple[ArticleLine, ...]
    accounts: tuple[Account, ...]
    changes: tuple[ChangeRecord, ...]
    alone: tuple[Evidence, ...]
    stemma: Stemma
    reader: str
    notes: tuple[str, ...]
    now: date
    editors: tuple[EditorsLine, ...] = ()
    independent: int = 0


@dataclass(frozen=True, slots=True)
class DayEntry:
    """A day that the story names, and one sentence of one article on it.

    Attributes:
        groups: independent texts that name the day.
        resolved: no relative expression was needed to know the day ("13 September 2013").
        unsure: a weekday in a sentence that does not say whether the past or the coming one is meant.
        evidence: the sentence; ``written`` is how it names the day.
        others: how many further sentences name it.
    """

    day: date
    groups: tuple[str, ...]
    resolved: bool
    written: str
    evidence: Evidence
    others: int
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said by somebody, as one article reports it.

    Attributes:
        speaker: as printed; ``read_as``: the name that a pronoun or a role is read as, "" for none.
        anonymity: how much a reader is told of the speaker (``speakers.Anonymity``).
        words: the content, as printed; ``cue``: by which words it is attributed ("denied"), "" for none.
        person: the name that it is listed under; ``issue``: the word of the story.
    """

    speaker: str
    read_as: str
    anonymity: str
    words: str
    directness: str
    evidence: Evidence
    person: str = ""
    issue: str = ""
    cue: str = ""


@dataclass(frozen=True, slots=True)
class UtteranceLine:
    """One utterance and where each of its printings stands, by the key of the quote; ``places``: of its words."""

    utterance: Utterance
    evidence: Mapping[str, Evidence]
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class OpenDate:
    """A time that could not be resolved to a day, and why."""

    written: str
    why: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """A commitment as one article prints it.

    Attributes:
        promise: who, what, by when.
        words: who, the words that bind and the deed, in the order printed, with … for what stands between.
        condition: the words it hangs on, "" for none.
        force: promised, planned, expected or demanded.
        step: its place in a list of deeds, 0 for none.
        written: the day it was written, None where that is not known.
    """

    promise: Promise
    words: str
    condition: str
    force: str
    step: int
    written: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CommitmentGroup:
    """One commitment as all articles print it, and what became of it.

    Attributes:
        deadlines_differ: two of them name days that exclude each other.
        state, reason: see ``commitment_status.Status``.
        cited: the later sentences that say so; none only for open and unknown.
    """

    lines: tuple[CommitmentLine, ...]
    deadlines_differ: bool
    state: str
    reason: str
    cited: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A storyline told with all that was found in it; nothing in it is a sentence of ours."""

    material: Material
    persons: Persons
    figures: FigureQuestions
    deadlines: tuple[DeadlineQuestion, ...]
    blame: tuple[BlameQuestion, ...]
    utterances: tuple[UtteranceLine, ...]
    timeline: tuple[DayEntry, ...]
    statements: tuple[Statement, ...]
    counted: tuple[Claim, ...]
    unattributed: tuple[Claim, ...]
    open_dates: tuple[OpenDate, ...]
    commitments: tuple[CommitmentGroup, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
