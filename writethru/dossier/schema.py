"""The JSON form of a dossier; Markdown, tables, pages and linked data are made from it.

Every sentence stands once, under ``evidence``; the parts refer to it by its id. ``in_words`` is what the dossier itself
says of a code beside it (``wording``); whoever shows the code to people shows these words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from typing_extensions import TypedDict

FORMAT: Final = "writethru-dossier/1"


class EvidenceForm(TypedDict):
    """A sentence of an article: ``place`` is block, first character, one past the last, in ``version``.

    ``speaker`` is as printed, ``read_as`` the name that a pronoun or a role is read as ("" for none), ``anonymity`` how
    much a reader is told of the speaker ("" where nobody speaks). Where not ``certain``, the way the speaker was read
    is wrong too often to be printed without a word of doubt. ``prefix`` and ``suffix``: what stands beside it in its
    block, at most 32 characters. ``corrections``: numbers of editors' corrections of something in it.

    It stands in versions ``version`` to ``last``, and in the latest one where ``stands``. ``path``: the version's page.
    """

    id: str
    article: int
    outlet: str
    group: str
    event: int
    version: int
    last: int
    stands: bool
    place: list[int]
    words: str
    speaker: str
    read_as: str
    anonymity: str
    certain: bool
    prefix: str
    suffix: str
    corrections: list[int]
    path: str


class ArticleForm(TypedDict):
    """An article; those of one ``group`` are one text. ``unread`` says what of it was not read."""

    article: int
    outlet: str
    headline: str
    url: str
    at: str | None
    basis: str
    group: str
    event: int
    versions: int
    unread: str
    path: str


def copies_of(articles: Iterable[ArticleForm]) -> list[list[str]]:
    """The outlets of each text that several articles print."""
    found: dict[str, list[str]] = {}
    for one in articles:
        found.setdefault(one["group"], []).append(one["outlet"])
    return [outlets for outlets in found.values() if len(outlets) > 1]


class ClaimForm(TypedDict):
    """A figure with its interval, as ``statements.figures`` reads it; ``hedge`` is "" where none is said."""

    written: str
    what: str
    low: float
    high: float
    unit: str
    measure: str
    hedge: str
    speaker: str
    part: bool
    moot: bool
    place: list[int]
    evidence: str


class PositionForm(TypedDict):
    """One answer, and who prints it; copies of one text are one group."""

    written: str
    groups: list[str]
    speakers: list[str]
    claims: list[ClaimForm]


class RelatingForm(TypedDict):
    """How two positions (by number) stand to each other, with the two sentences that show it."""

    positions: list[int]
    relation: str
    in_words: str
    reason: str
    finer: int | None
    evidence: list[str]
    shared: list[str]


class FigureQuestionForm(TypedDict):
    """One thing that is counted. ``unnumbered``: sentences that speak of an estimate without giving it."""

    what: str
    relation: str
    in_words: str
    positions: list[PositionForm]
    relations: list[RelatingForm]
    unnumbered: list[str]


class DeadlineForm(TypedDict):
    """A span of time for a duty; ``days`` are the least and most it means."""

    written: str
    days: list[int]
    anchor: str
    speaker: str
    evidence: str


class DeadlineQuestionForm(TypedDict):
    """One duty, and by when it is said to be due."""

    duty: str
    relation: str
    in_words: str
    reason: str
    shared: list[str]
    deadlines: list[DeadlineForm]


class AccusationForm(TypedDict):
    """``act``: accuses, denies or repeats (the accusation before it)."""

    act: str
    in_words: str
    accuser: str
    accused: str
    deed: str
    evidence: str


class BlameForm(TypedDict):
    """One deed and who is said to have done it; ``reason`` says why it is contested."""

    contested: bool
    in_words: str
    reason: str
    accusations: list[AccusationForm]


class DifferenceForm(TypedDict):
    """Words of the fullest printing, and what stands in their place; ``moves`` names what changes in meaning."""

    fullest: str
    printed: str
    moves: list[str]


class PrintingForm(TypedDict):
    """One printing of an utterance; ``form``: same, trimmed, spliced or altered.

    ``ref``: article, version, block and first character, by which editors' corrections name it.
    """

    words: str
    ref: str
    form: str
    in_words: str
    differences: list[DifferenceForm]
    speaker: str
    evidence: str


class DroppedForm(TypedDict):
    """A qualification that a group left out."""

    group: str
    words: str
    sign: str
    evidence: str


class UtteranceForm(TypedDict):
    """Words said once, in all their printings; ``first`` names the evidence of those seen first."""

    words: str
    speakers: list[str]
    printings: list[PrintingForm]
    dropped: list[DroppedForm]
    first: list[str]


class DayForm(TypedDict):
    """A day and one sentence that names it; ``resolved``: the sentence names it outright, else ``in_words`` says how.

    ``unsure``: a weekday in a sentence that does not say whether the past or the coming one is meant.
    """

    day: str
    groups: list[str]
    resolved: bool
    unsure: bool
    in_words: str
    written: str
    others: int
    evidence: str


class StatementForm(TypedDict):
    """Something said, as printed; listed under ``person``, a name that one of the texts prints."""

    person: str
    speaker: str
    read_as: str
    anonymity: str
    issue: str
    words: str
    directness: str
    cue: str
    outlet: str
    evidence: str


class CommitmentLineForm(TypedDict):
    """A commitment as one article prints it; ``due``: the days on which its last moment falls, where they are known."""

    who: str
    words: str
    to_whom: str
    due: list[str] | None
    anchor: str
    condition: str
    force: str
    in_words: str
    negated: bool
    step: int
    evidence: str


class CommitmentForm(TypedDict):
    """One commitment in all printings; a ``state`` other than open or unknown has the sentences that say so."""

    lines: list[CommitmentLineForm]
    deadlines_differ: bool
    state: str
    in_words: str
    reason: str
    cited: list[str]


class OpenDateForm(TypedDict):
    """A time that names no day."""

    written: str
    why: str
    evidence: str


class ChangeForm(TypedDict):
    """A change of one of the articles; it happened between ``after`` and ``before``."""

    article: int
    number: int
    versions: list[int]
    after: str
    before: str
    basis: str
    summary: str
    kinds: list[str]
    correction: bool
    path: str


class LinkForm(TypedDict):
    """Who descends from whom, by addresses; ``weight`` is the share of the later text that stands in the earlier."""

    source: str
    derived: str
    weight: float
    confidence: float
    words: str


class EditorsForm(TypedDict):
    """An editor's correction of what was read: a reading of ours was set or rejected, no word of an outlet was."""

    number: int
    article: int
    outlet: str
    versions: list[int]
    kind: str
    words: str
    field: str
    value: str
    in_words: str
    by: str
    at: str
    reason: str
    path: str


class OpenForm(TypedDict):
    """What the story leaves open."""

    dates: list[OpenDateForm]
    unattributed: list[ClaimForm]


class MethodForm(TypedDict):
    """How it was made, what was left out (in words, and counted), what it cannot do."""

    reader: str
    made: str
    notes: list[str]
    left_out: dict[str, int]
    limits: list[str]


class DossierForm(TypedDict):
    """A storyline told with all that was found in it; the sentences under ``evidence`` are none of ours."""

    format: str
    story: int
    title: str
    names: list[str]
    independent: int
    articles: list[ArticleForm]
    figures: list[FigureQuestionForm]
    deadlines: list[DeadlineQuestionForm]
    blame: list[BlameForm]
    utterances: list[UtteranceForm]
    timeline: list[DayForm]
    statements: list[StatementForm]
    counted: list[ClaimForm]
    commitments: list[CommitmentForm]
    changes: list[ChangeForm]
    stemma: list[LinkForm]
    alone: list[str]
    editors: list[EditorsForm]
    open: OpenForm
    method: MethodForm
    evidence: list[EvidenceForm]


def found_in(forms: Sequence[EvidenceForm]) -> dict[str, EvidenceForm]:
    """Evidence by its id."""
    return {one["id"]: one for one in forms}
