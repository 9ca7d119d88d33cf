"""The ledger of commitments: who will do what by when, as articles print it, and what became of it by cited words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Final

from writethru.dossier.parts import CommitmentGroup, CommitmentLine
from writethru.dossier.schema import DossierForm, EvidenceForm, found_in
from writethru.model import BODY_KINDS, ArticleText
from writethru.statements.calendar import Days
from writethru.statements.commitment_status import Later, Promise, grouped, same_commitment, status_of, stems
from writethru.statements.evidence import Account, Evidence, Once, Read, evidence_of, is_named, sentence_at
from writethru.statements.icalendar import Due, icalendar
from writethru.statements.reading import Bound, Place, place_text, sliced
from writethru.statements.source_phrases import source_before

MOST: Final = 120
"""Commitments of a story; those of the latest articles are kept."""
MOST_LATER: Final = 600
"""Sentences of later articles in which it is looked for what became of one."""
MOST_CITED: Final = 4


def commitment_groups(accounts: Sequence[Account], today: date) -> tuple[tuple[CommitmentGroup, ...], int]:
    """The commitments, those with a day first and in order; and how many were left out."""
    found = [one for account in accounts for one in _lines(account)]
    kept = found[-MOST:]
    later = _Later(accounts)
    groups = [_group([kept[at] for at in group], later, today) for group in grouped([one.promise for one in kept])]
    groups.sort(key=lambda one: (_first_due(one) is None, _first_due(one) or today, one.lines[0].evidence.key))
    return tuple(groups), len(found) - len(kept)


def _first_due(group: CommitmentGroup) -> date | None:
    return min((line.promise.due.last for line in group.lines if line.promise.due), default=None)


def _lines(account: Account) -> list[CommitmentLine]:
    """Each commitment of an article once, with the versions it stands in."""
    found = Once[CommitmentLine](account)
    for read in account.versions:
        for one in read.reading.bound:
            line = _line(account, read, one)
            key = line.evidence.words, line.words
            if found.is_new(key, read):
                found.keep(key, line)
    return found.things


def _line(account: Account, read: Read, one: Bound) -> CommitmentLine:
    def words(place: Place | None) -> str:
        return "" if place is None else " ".join(sliced(read.text, place).split())

    who, speaker = words(one.who), words(one.speaker)
    named = who if is_named(who) or not is_named(speaker) else speaker
    return CommitmentLine(
        promise=Promise(named, words(one.deed), words(one.to_whom), one.due, one.anchor, one.negated),
        words=as_printed(read.text, (one.who or _subject(read.text, one), one.trigger, one.deed)),
        condition=words(one.condition),
        force=one.force,
        step=one.step,
        written=read.written,
        evidence=evidence_of(account, read, one.deed, speaker or words(one.asked_by)),
    )


def _subject(text: ArticleText, one: Bound) -> Place | None:
    """What a deed is done to, where nobody is named who does it: "*the market* will be held"."""
    words = place_text(text, one.trigger.block)
    sentence = sentence_at(text, one.trigger)
    found = source_before(words, sentence.start, one.trigger.start)
    return None if found is None else Place(one.trigger.block, *found)


def as_printed(text: ArticleText, parts: Sequence[Place | None]) -> str:
    """Parts of one block in the order in which they are printed, with … for what stands between."""
    told, end = "", -1
    for part in sorted((part for part in parts if part is not None), key=lambda part: (part.start, part.end)):
        start = max(part.start, end)
        if start >= part.end:
            continue
        between = sliced(text, Place(part.block, end, start)) if told else ""
        told += _between(between) + sliced(text, Place(part.block, start, part.end))
        end = part.end
    return " ".join(told.split())


_NOT = re.compile(r"\b(not|never|no longer)(?: to)?\s*$", re.IGNORECASE)


def _between(words: str) -> str:
    """What stands for words that are left out; a "not" at their end never is."""
    if not re.search(r"\w", words):
        return words
    negated = _NOT.search(words)
    return f" … {negated[1]} " if negated else " … "


@dataclass(frozen=True, slots=True)
class _Sentence:
    later: Later
    evidence: Evidence


class _Later:
    """The sentences of the texts that stand, by the day of their writing."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        rows = [(read.written, account, read) for account in accounts for read in account.versions[-1:] if read.written]
        rows.sort(key=lambda row: (row[0], row[1].article))
        self._rows = [(written, list(_sentences(account, read))) for written, account, read in rows]

    def after(self, day: date) -> list[_Sentence]:
        """Those of articles written after a day, the first ``MOST_LATER``."""
        return [one for written, found in self._rows if written > day for one in found][:MOST_LATER]


def _sentences(account: Account, read: Read) -> Iterator[_Sentence]:
    for number, block in enumerate(read.text.blocks):
        if block.kind not in BODY_KINDS:
            continue
        start = 0
        while start < len(block.text):
            one = evidence_of(account, read, Place(number, start, start))
            if one.words and one.place.start >= start:
                yield _Sentence(Later(one.words, read.written), one)
            start = max(one.place.end, start) + 1


def _group(lines: Sequence[CommitmentLine], later: _Later, today: date) -> CommitmentGroup:
    first = next((line for line in lines if line.promise.due), lines[0])
    days = [line.written for line in lines if line.written]
    sentences = [one for one in later.after(max(days)) if _may_tell(first.promise, one.later)] if days else []
    status = status_of(first.promise, [one.later for one in sentences], today)
    differ = any(same_commitment(a.promise, b.promise).deadlines_differ for a, b in combinations(lines[:12], 2))
    cited = dict.fromkeys(one.sentence for one in status.evidence)
    found = tuple(sentences[at].evidence for at in list(cited)[-MOST_CITED:])
    return CommitmentGroup(tuple(lines), differ, status.state.value, status.reason, found)


TOLD: Final = 0.6
"""Share of a deed's words, its verb among them, that a later sentence must have to say what became of it."""


def _may_tell(promise: Promise, later: Later) -> bool:
    deed, told = stems(promise.deed), stems(later.text)
    verb = stems(promise.deed.split()[0]) if promise.deed.split() else frozenset()
    return bool(verb) and verb <= told and len(deed & told) >= max(2, TOLD * len(deed))


def to_calendar(form: DossierForm, base: str = "") -> str:
    """What falls due, as iCalendar; a commitment whose day is not known is not in it."""
    root = base.rstrip("/")
    made = datetime.combine(date.fromisoformat(form["method"]["made"]), datetime.min.time(), UTC)
    evidence = found_in(form["evidence"])
    entries = []
    for group in form["commitments"]:
        line = next((one for one in group["lines"] if one["due"]), None)
        if line is None or line["due"] is None:
            continue
        told = evidence[line["evidence"]]
        hangs = f"\nOn condition: {line['condition']}" if line["condition"] else ""
        said = f"{line['in_words']}, printed by {told['outlet']}: “{told['words']}”{hangs}\n"
        first, last = (date.fromisoformat(day) for day in line["due"])
        entries.append(
            Due(
                uid=_uid(form["story"], line["words"], told),
                days=Days(first, last),
                summary=line["words"][:200],
                description=f"{said}{group['in_words']}: {group['reason']}",
                url=f"{root}{told['path']}" if root else "",
                changed=made,
            )
        )
    return icalendar(entries, f"Commitments: {form['title']}")


def _uid(story: int, words: str, told: EvidenceForm) -> str:
    """By the words and where they first stood."""
    known = f"{story} {told['article']} {told['version']} {told['place']} {words}"
    return f"{hashlib.sha256(known.encode('utf-8', 'replace')).hexdigest()[:24]}@writethru"
