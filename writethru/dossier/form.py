"""From a dossier to its JSON form (``schema``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from writethru.dossier import wording
from writethru.dossier.editing import Editing, editors_form
from writethru.dossier.parts import ArticleLine, CommitmentGroup, DayEntry, Dossier, Statement, UtteranceLine
from writethru.dossier.persons import Person, Persons
from writethru.dossier.schema import (
    FORMAT,
    ArticleForm,
    BlameForm,
    ChangeForm,
    ClaimForm,
    CommitmentForm,
    DayForm,
    DeadlineQuestionForm,
    DossierForm,
    EvidenceForm,
    FigureQuestionForm,
    LinkForm,
    MethodForm,
    PrintingForm,
    StatementForm,
    UtteranceForm,
)
from writethru.model import ChangeRecord
from writethru.reuse.stemma import Link, Stemma, Telling
from writethru.statements.blame import BlameQuestion
from writethru.statements.commitment_status import State
from writethru.statements.counting import Claim
from writethru.statements.deadlines import DeadlineQuestion
from writethru.statements.disagreements import FigureQuestion
from writethru.statements.evidence import Evidence
from writethru.statements.forms import days_form
from writethru.statements.promises import Force
from writethru.statements.utterances import Rendering

ASSEMBLED: Final = 8
"""Raised whenever the same material may come to another form: finished dossiers are kept under it (decision 0151)."""

MOST_SHOWN: Final = 12
"""Sentences of one position; they are evidence, not a list. All who print it are counted."""


class _Register:
    """Gives each sentence an id, in the order in which it is first referred to."""

    def __init__(self, persons: Persons, editing: Editing) -> None:
        self._persons, self._editing = persons, editing
        self._ids: dict[tuple[int, int, int, str, str], str] = {}
        self.forms: list[EvidenceForm] = []

    def __call__(self, one: Evidence) -> str:
        key = one.article, one.version, one.place.block, one.words, one.speaker
        if key not in self._ids:
            self._ids[key] = f"e{len(self._ids) + 1}"
            self.forms.append(_evidence(self._ids[key], one, self._persons.of(one), self._editing))
        return self._ids[key]


Refer = Callable[[Evidence], str]


def dossier_form(dossier: Dossier) -> DossierForm:
    """The JSON form."""
    material = dossier.material
    refer = _Register(dossier.persons, Editing(material.editors, material.accounts))
    return {
        "format": FORMAT,
        "story": material.story,
        "title": material.title,
        "names": list(material.names),
        "independent": material.independent or len({line.group for line in material.articles}),
        "articles": [_article(line) for line in material.articles],
        "figures": [_figures(one, refer) for one in dossier.figures.questions],
        "deadlines": [_deadlines(one, refer) for one in dossier.deadlines],
        "blame": [_blame(one, refer) for one in dossier.blame],
        "utterances": [_utterance(one, refer, dossier.persons) for one in dossier.utterances],
        "timeline": [_day(one, refer) for one in dossier.timeline],
        "statements": [_statement(one, refer) for one in dossier.statements],
        "commitments": [_commitment(one, refer) for one in dossier.commitments],
        "counted": [_claim(one, refer) for one in dossier.counted],
        "changes": [_change(one) for one in material.changes],
        "stemma": [_link(one) for one in material.stemma.links],
        "alone": _referred(material.alone, refer),
        "editors": [editors_form(one) for one in material.editors],
        "open": {
            "dates": [
                {"written": one.written, "why": one.why, "evidence": refer(one.evidence)} for one in dossier.open_dates
            ],
            "unattributed": [_claim(one, refer) for one in dossier.unattributed],
        },
        "method": _method(dossier),
        "evidence": refer.forms,
    }


def _day(one: DayEntry, refer: Refer) -> DayForm:
    return {
        "day": one.day.isoformat(),
        "groups": list(one.groups),
        "resolved": one.resolved,
        "unsure": one.unsure,
        "in_words": wording.day(resolved=one.resolved, unsure=one.unsure),
        "written": one.written,
        "others": one.others,
        "evidence": refer(one.evidence),
    }


def by_texts(days: Iterable[DayForm]) -> list[DayForm]:
    """Days by how many independent texts name them, then by further sentences, then by the calendar."""
    return sorted(days, key=lambda one: (-len(one["groups"]), -one["others"], one["day"]))


def _statement(one: Statement, refer: Refer) -> StatementForm:
    return {
        "person": one.person,
        "speaker": one.speaker,
        "read_as": one.read_as,
        "anonymity": one.anonymity,
        "issue": one.issue,
        "words": one.words,
        "directness": one.directness,
        "cue": one.cue,
        "outlet": one.evidence.outlet,
        "evidence": refer(one.evidence),
    }


def _link(one: Link) -> LinkForm:
    return {
        "source": one.source,
        "derived": one.derived,
        "weight": round(one.weight, 4),
        "confidence": round(one.confidence, 4),
        "words": one.words,
    }


def drawn_from(form: DossierForm) -> Stemma:
    """The stemma behind the links of a form, for drawing."""
    texts = [
        Telling(
            one["url"],
            one["headline"] or one["url"],
            one["outlet"],
            datetime.fromisoformat(one["at"]) if one["at"] else None,
        )
        for one in form["articles"]
    ]
    links = [
        Link(one["source"], one["derived"], one["weight"], one["confidence"], one["words"]) for one in form["stemma"]
    ]
    return Stemma(tuple(sorted(texts, key=lambda one: one.key)), tuple(links))


def _method(dossier: Dossier) -> MethodForm:
    return {
        "reader": dossier.material.reader,
        "made": dossier.material.now.isoformat(),
        "notes": list(dossier.material.notes),
        "left_out": dict(dossier.left_out),
        "limits": list(wording.LIMITS),
    }


def _referred(found: Iterable[Evidence], refer: Refer) -> list[str]:
    return [refer(one) for one in found]


def _evidence(name: str, one: Evidence, person: Person | None, editing: Editing) -> EvidenceForm:
    prefix, suffix = editing.beside(one)
    return {
        "id": name,
        "article": one.article,
        "outlet": one.outlet,
        "group": one.group,
        "event": one.event,
        "version": one.version,
        "last": one.last,
        "stands": one.stands,
        "place": [one.place.block, one.place.start, one.place.end],
        "words": one.words,
        "speaker": one.speaker,
        "read_as": person.read_as if person else "",
        "anonymity": person.anonymity.value if person else "",
        "certain": not one.speaker or (person is not None and person.certain),
        "prefix": prefix,
        "suffix": suffix,
        "corrections": editing.of(one),
        "path": f"/articles/{one.article}/versions/{one.version}",
    }


def _article(line: ArticleLine) -> ArticleForm:
    return {
        "article": line.article,
        "outlet": line.outlet,
        "headline": line.headline,
        "url": line.url,
        "at": line.at.isoformat() if line.at else None,
        "basis": line.basis,
        "group": line.group,
        "event": line.event,
        "versions": line.versions,
        "unread": line.unread,
        "path": f"/articles/{line.article}",
    }


def _claim(one: Claim, refer: Refer) -> ClaimForm:
    figure = one.figure
    return {
        "written": one.written,
        "what": one.what,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "measure": figure.measure.value,
        "hedge": figure.hedge.value,
        "speaker": one.evidence.speaker,
        "part": one.part,
        "moot": one.moot,
        "place": [one.place.block, one.place.start, one.place.end],
        "evidence": refer(one.evidence),
    }


def _figures(one: FigureQuestion, refer: Refer) -> FigureQuestionForm:
    return {
        "what": one.what,
        "relation": one.relation.value,
        "in_words": wording.figures(one.relation, {group for position in one.positions for group in position.groups}),
        "positions": [
            {
                "written": position.written,
                "groups": list(position.groups),
                "speakers": list(position.speakers),
                "claims": [_claim(claim, refer) for claim in position.claims[:MOST_SHOWN]],
            }
            for position in one.positions
        ],
        "relations": [
            {
                "positions": [relating.one, relating.other],
                "relation": relating.relation.value,
                "in_words": wording.PAIRS[relating.relation],
                "reason": relating.reason,
                "finer": relating.finer,
                "evidence": [refer(side.evidence) for side in relating.sides],
                "shared": list(relating.shared),
            }
            for relating in one.relations
        ],
        "unnumbered": _referred(one.unnumbered, refer),
    }


def _deadlines(one: DeadlineQuestion, refer: Refer) -> DeadlineQuestionForm:
    return {
        "duty": one.duty,
        "relation": one.relation.value,
        "in_words": wording.SPANS[one.relation],
        "reason": one.reason,
        "shared": list(one.shared),
        "deadlines": [
            {
                "written": deadline.written,
                "days": list(deadline.days),
                "anchor": deadline.anchor,
                "speaker": deadline.evidence.speaker,
                "evidence": refer(deadline.evidence),
            }
            for deadline in one.deadlines
        ],
    }


def _blame(one: BlameQuestion, refer: Refer) -> BlameForm:
    return {
        "contested": one.contested,
        "in_words": wording.sentence(one.reason) or wording.UNCONTESTED,
        "reason": one.reason,
        "accusations": [
            {
                "act": accusation.act.value,
                "in_words": wording.ACTS[accusation.act],
                "accuser": accusation.accuser,
                "accused": accusation.accused,
                "deed": accusation.deed,
                "evidence": refer(accusation.evidence),
            }
            for accusation in one.accusations
        ],
    }


def _utterance(line: UtteranceLine, refer: Refer, persons: Persons) -> UtteranceForm:
    one = line.utterance
    fullest = one.fullest.text
    return {
        "words": fullest,
        "speakers": _shown_speakers(line, persons),
        "printings": [_printing(rendering, fullest, line, refer) for rendering in one.renderings],
        "dropped": [
            {
                "group": dropped.group,
                "words": dropped.quote.text[slice(*dropped.words)],
                "sign": dropped.quote.text[slice(*dropped.sign)],
                "evidence": refer(line.evidence[dropped.quote.key]),
            }
            for dropped in one.dropped
        ],
        "first": [refer(line.evidence[quote.key]) for quote in one.first],
    }


def _shown_speakers(line: UtteranceLine, persons: Persons) -> list[str]:
    shown = set()
    for place in line.evidence.values():
        person = persons.of(place)
        certain = person is not None and person.certain
        shown.add(wording.speaker(place.speaker, person.read_as if person else "", certain=certain))
    return sorted(shown - {""})


def _printing(one: Rendering, fullest: str, line: UtteranceLine, refer: Refer) -> PrintingForm:
    place, at = line.evidence[one.quote.key], line.places[one.quote.key]
    return {
        "words": one.quote.text,
        "ref": f"{place.article}/{place.version}:{at.block}:{at.start}",
        "form": one.form.value,
        "in_words": wording.PRINTINGS[one.form],
        "differences": [
            {
                "fullest": fullest[slice(*difference.fullest)],
                "printed": one.quote.text[slice(*difference.rendering)],
                "moves": [kind.value for kind in difference.moves],
            }
            for difference in one.differences
        ],
        "speaker": place.speaker,
        "evidence": refer(place),
    }


def _commitment(one: CommitmentGroup, refer: Refer) -> CommitmentForm:
    return {
        "lines": [
            {
                "who": line.promise.who,
                "words": line.words,
                "to_whom": line.promise.to_whom,
                "due": days_form(line.promise.due),
                "anchor": line.promise.anchor,
                "condition": line.condition,
                "force": line.force,
                "in_words": wording.FORCES[Force(line.force)],
                "negated": line.promise.negated,
                "step": line.step,
                "evidence": refer(line.evidence),
            }
            for line in one.lines
        ],
        "deadlines_differ": one.deadlines_differ,
        "state": one.state,
        "in_words": wording.STATES[State(one.state)],
        "reason": one.reason,
        "cited": _referred(one.cited, refer),
    }


def _change(one: ChangeRecord) -> ChangeForm:
    return {
        "article": one.article_id,
        "number": one.number,
        "versions": [one.from_version, one.to_version],
        "after": one.after.isoformat(),
        "before": one.before.isoformat(),
        "basis": one.basis.value,
        "summary": one.summary,
        "kinds": list(one.kinds),
        "correction": "correction" in one.kinds,
        "path": f"/articles/{one.article_id}/changes/{one.number}",
    }
