"""From one look to the record: decide, then store captures, versions and changes in one transaction.

The live loop, imports and rebuilds all come through here, so that the same evidence always
gives the same record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from writethru.alerts import ABSENT
from writethru.comparison import compare
from writethru.errors import InputError, ReadingFailed
from writethru.model import (
    Article,
    ArticleText,
    Capture,
    ChangeRecord,
    Extraction,
    NewCapture,
    Outcome,
    Reason,
    Sign,
    TimeBasis,
)
from writethru.storage.store import ArticleState, Store
from writethru.text.tokens import vocabulary, word_list
from writethru.watch.alternation import Stand, judge_return
from writethru.watch.decide import STATED_MEDIA, Decision, Known, Seen, decide_response, decide_text
from writethru.watch.identity import stated_address
from writethru.watch.knowledge import PAGES, Keeper, KnownReading
from writethru.watch.past import ACCEPTED, Past
from writethru.watch.readers import Readers
from writethru.watch.reading import read
from writethru.watch.redesign import in_new_template
from writethru.watch.rulebook import RuleBook

UNDECIDED = (Outcome.ERROR, Reason.NOT_TEXT)
"""What a ``NewCapture`` carries until ``Recorder`` has decided it."""

FAILURES = frozenset(
    {
        Reason.TIMEOUT,
        Reason.CONNECTION,
        Reason.REFUSED_ADDRESS,
        Reason.TOO_LARGE,
        Reason.BROKEN_RESPONSE,
        Reason.ROBOTS,
        Reason.TRUNCATED,
        Reason.READING_FAILED,
    }
)
"""Reasons of captures that have no usable response; a rebuild takes them as they are."""
"""Outcomes of looks whose text was believed."""

NOTHING_VISIBLE = "No visible difference."
"""Of two versions that a source tells apart although what it shows of them is equal."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One look with what it brought, not yet decided.

    Attributes:
        look: the facts; its outcome and reason are ``UNDECIDED``.
        body: decoded body, None where there is none.
        failure: why there is no usable response, None if there is one.
    """

    look: NewCapture
    body: bytes | None = None
    failure: Reason | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a sighting.

    Attributes:
        article: as it stands after it.
        named: the address that the page states for itself, canonical; "" if none, or if it was not read.
        texts: distinct texts seen so far, this look's included.
        newest_text_at: when the newest of them was first seen; None before the first.
        known: what was known before the look; None for one that came late.
    """

    article: Article
    capture: Capture
    decision: Decision
    texts: int = 0
    newest_text_at: datetime | None = None
    known: ArticleState | None = None
    version: int | None = None
    change: ChangeRecord | None = None
    named: str = ""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A sighting with its verdict and the reading it rests on."""

    decision: Decision
    extraction: Extraction | None = None
    reading: KnownReading | None = None


class Recorder:
    """Decides sightings and stores what follows from them.

    Args:
        store: the database.
        body_of: reads a stored capture's decoded body from the evidence (None if it has none).
        rules: site rules of this archive.
    """

    def __init__(self, store: Store, body_of: Callable[[Capture], bytes | None], rules: RuleBook | None = None) -> None:
        self._store = store
        self._body_of = body_of
        self._keeper = Keeper(store, rules)
        self._past = Past(store)

    def read_with(self, readers: Readers | None) -> None:
        """From now on pages are read by these before they are recorded; None: in this process, as they are recorded."""
        self._keeper.readers = readers

    def prepare(self, article: Article, sighting: Sighting) -> Sighting:
        """Where readers are at work: have the page read now, so that no transaction waits for it.

        Returns:
            The sighting; as a failure if the page could not be read.
        """
        look, body = sighting.look, sighting.body
        if self._keeper.readers is None or sighting.failure or body is None or look.status != 200:
            return sighting
        state = self._store.state(article.id)
        if look.body_digest == state.last_body_digest:
            return sighting
        if state.current is not None and self._keeper.is_unchanged(article, look, body):
            self._keeper.remember_unchanged(article, look)
            return sighting
        try:
            self._keeper.prepare(article, look, body)
        except InputError:
            return sighting
        except ReadingFailed as error:
            return Sighting(replace(look, detail=error.message), None, Reason.READING_FAILED)
        return sighting

    def forget(self, article: Article, sighting: Sighting) -> None:
        """What ``prepare`` kept for this sighting is not needed any more."""
        self._keeper.forget(article, sighting.look)

    def record(self, article: Article, sighting: Sighting) -> Recorded:
        """Decide and store one sighting; one older than the newest known re-derives the article."""
        with self._store.transaction():
            state = self._store.state(article.id)
            latest = state.latest_capture_at
            if latest is not None and sighting.look.captured_at < latest:
                return self._record_late(article, sighting)
            judged = self._judge(state, sighting)
            look = replace(sighting.look, outcome=judged.decision.outcome, reason=judged.decision.reason)
            capture = self._store.add_capture(article.id, look)
            state = replace(state, article=self._name_outlet(state.article, judged))
            recorded = self._derive(state, capture, judged)
            if judged.decision.outcome in ABSENT or state.last_outcome not in (*ACCEPTED, None):
                self._store.feeds.note_absences(article.id)
            if judged.decision.reason is Reason.FIRST_SEEN and judged.reading is not None and sighting.body:
                self._keeper.learn(state.article, look, sighting.body, judged.reading.known.summary)
            named = stated_address(judged.extraction.canonical_url) if judged.extraction else ""
            return replace(recorded, named=named)

    def rederive(self, article_id: int, *, anew: bool = False) -> None:
        """Forget all that was derived for an article and derive it again from the evidence.

        Args:
            anew: with the site rules of today; else each capture with those it was read with.
        """
        with self._store.transaction():
            captures = self._store.captures(article_id)
            self._keeper.pin({} if anew else {capture.id: self._rules_of(capture) for capture in captures})
            self._store.clear_derived(article_id)
            for capture in captures:
                self._redecide(capture)
            self._store.feeds.note_absences(article_id)

    def relearn(self, capture: Capture) -> None:
        """Let the profile of its host learn from an article's first capture, once more."""
        body = self._body_of(capture)
        if body is not None:
            self._keeper.learn(self._store.article(capture.article_id), capture.look, body)

    def _rules_of(self, capture: Capture) -> str:
        form = self._store.extraction_of(capture.id)
        return str(form.get("read_with", {}).get("rules", "")) if form else ""

    def _name_outlet(self, article: Article, judged: _Judged) -> Article:
        """An article whose outlet nobody stated belongs to the one its page names, else to its host."""
        accepted = judged.decision.outcome in (Outcome.SAME, Outcome.EDITED)
        if article.outlet_id is not None or judged.extraction is None or not accepted:
            return article
        name = judged.extraction.outlet or article.host
        if not name:
            return article
        named = replace(article, outlet_id=self._store.outlet(name, article.host).id)
        self._store.update_article(named)
        return named

    def _record_late(self, article: Article, sighting: Sighting) -> Recorded:
        outcome, reason = UNDECIDED if sighting.failure is None else (Outcome.ERROR, sighting.failure)
        look = replace(sighting.look, outcome=outcome, reason=reason)
        capture = self._store.add_capture(article.id, look)
        self.rederive(article.id)
        self._store.log("rebuilt", article.id, 0, sighting.look.captured_at)
        decided = next(c for c in self._store.captures(article.id) if c.id == capture.id)
        state = self._store.state(article.id)
        decision = Decision(decided.look.outcome, decided.look.reason)
        return replace(_standing(state, Recorded(state.article, decided, decision)), known=None)

    def _redecide(self, capture: Capture) -> None:
        look = capture.look
        failure = look.reason if look.reason in FAILURES else None
        state = self._store.state(capture.article_id, before=capture)
        judged = self._judge(state, Sighting(look, None if failure else self._body_of(capture), failure), capture)
        decision = judged.decision
        if (decision.outcome, decision.reason) != (look.outcome, look.reason):
            self._store.set_decision(capture.id, decision.outcome, decision.reason, look.detail)
        decided = replace(capture, look=replace(look, outcome=decision.outcome, reason=decision.reason))
        self._derive(state, decided, judged)

    def _judge(self, state: ArticleState, sighting: Sighting, again: Capture | None = None) -> _Judged:
        """The verdict; ``again``: the stored capture that is being decided anew."""
        look = sighting.look
        known = self._past.known(state)
        seen = Seen(
            medium=look.medium,
            failure=sighting.failure,
            status=look.status,
            final_url=look.final_url,
            body_digest=look.body_digest,
            stated_change=look.stated_change,
            at=look.captured_at,
        )
        if look.final_url:
            known = self._past.with_aliases(state, known)
        decision = decide_response(known, seen)
        if decision is not None:
            return _Judged(decision)
        is_known = known.current is not None and not look.stated_change
        if is_known and self._keeper.is_unchanged(state.article, look, sighting.body):
            return _Judged(Decision(Outcome.SAME, Reason.REGION_EQUAL))
        reading = self._reading(state.article, look, sighting.body, again)
        extraction = reading.extraction if reading is not None else _read(look, sighting.body)
        if extraction is None:
            return _Judged(decide_text(known, seen))
        seen = _seen_text(seen, extraction, known)
        if reading is not None:
            reading, seen = in_new_template(
                reading, seen, known, lambda: self._store.version_text(state.article.id, state.current or 1)
            )
        if self._text_matters(known, seen, extraction):
            known = self._past.known_text(self._past.with_aliases(state, known), state, seen, again)
        decision = decide_text(known, seen)
        if decision.outcome is Outcome.SAME and reading is not None and reading.known.redesigned:
            decision = Decision(Outcome.SAME, Reason.NEW_TEMPLATE)
        return _Judged(self._weighed(decision, look, state), extraction, reading)

    def _weighed(self, decision: Decision, look: NewCapture, state: ArticleState) -> Decision:
        """A return tells a revert from texts that are shown in turn; only looks with a time of their own can."""
        timed = look.basis in (TimeBasis.OBSERVED, TimeBasis.STATED) and look.medium not in STATED_MEDIA
        if decision.reason is not Reason.RETURNED or decision.returns_to is None or not timed:
            return decision
        article_id = state.article.id
        stated = {c.look.captured_at: c.look.last_modified for c in self._store.captures(article_id)}
        history = [
            Stand(a.version_number, a.first_seen, stated.get(a.first_seen, ""))
            for a in self._store.appearances(article_id)
        ]
        now = Stand(decision.returns_to, look.captured_at, look.last_modified)
        return replace(decision, reason=judge_return(history, now))

    def _reading(
        self, article: Article, look: NewCapture, body: bytes | None, again: Capture | None
    ) -> KnownReading | None:
        """A page read with what is known of its article; None of what is no page."""
        if body is None or look.medium not in PAGES:
            return None
        try:
            return self._keeper.read(article, look, body, again)
        except InputError:
            return None

    def _text_matters(self, known: Known, seen: Seen, extraction: Extraction) -> bool:
        """Whether the verdict may need the current version's words."""
        if known.current is None or seen.medium in STATED_MEDIA:
            return False
        return Sign.PAYWALL in extraction.signs or seen.text_digest not in (known.numbers or {})

    def _derive(self, state: ArticleState, capture: Capture, judged: _Judged) -> Recorded:
        decision, extraction = judged.decision, judged.extraction
        if extraction is not None:
            self._store.add_extraction(capture.id, extraction)
        if judged.reading is not None and decision.outcome in ACCEPTED:
            self._keeper.keep(state.article, capture, judged.reading)
        if decision.outcome is Outcome.SAME:
            self._store.extend_appearance(capture.article_id, capture)
            return _standing(state, Recorded(state.article, capture, decision, version=state.current))
        if decision.outcome is not Outcome.EDITED or extraction is None:
            self._store.log("outcome", capture.article_id, 0, capture.look.captured_at)
            return _standing(state, Recorded(state.article, capture, decision))
        return self._derive_edit(state, capture, judged)

    def _derive_edit(self, state: ArticleState, capture: Capture, judged: _Judged) -> Recorded:
        extraction, decision = judged.extraction, judged.decision
        if extraction is None:
            raise InputError("an edit without a reading", key=capture.id)
        article_id, text = capture.article_id, extraction.article_text
        sightings = self._past.sightings(capture, text.digest(), decision)
        first = sightings[0]
        number = decision.returns_to
        if number is None:
            number = self._store.add_version(article_id, text, first, extractor=extraction.extractor)
            self._store.log("version", article_id, number, first.look.captured_at)
        self._store.add_appearance(article_id, number, first)
        for sighting in sightings[1:]:
            self._store.extend_appearance(article_id, sighting)
        change = self._add_change(state, first, number, text, decision) if state.current is not None else None
        recorded = _standing(state, Recorded(state.article, capture, decision, version=number, change=change))
        if decision.returns_to is not None:
            return recorded
        return replace(recorded, texts=recorded.texts + 1, newest_text_at=first.look.captured_at)

    def _add_change(
        self, state: ArticleState, first: Capture, number: int, text: ArticleText, decision: Decision
    ) -> ChangeRecord:
        current = state.current or 1
        change = compare(self._store.version_text(state.article.id, current), text)
        old = self._store.appearances(state.article.id)[state.current_appearance - 1]
        record = ChangeRecord(
            article_id=state.article.id,
            number=state.current_appearance,
            from_version=current,
            to_version=number,
            after=old.last_seen,
            before=first.look.captured_at,
            basis=joint_basis(old.basis, first.look.basis),
            summary=NOTHING_VISIBLE if change.is_empty else change.summary,
            kinds=tuple(change.kinds),
            significance=change.significance,
            edits=len(change.edits),
            reason=decision.reason,
        )
        self._store.add_change(record, change.to_dict())
        self._store.log("change", record.article_id, record.number, record.before)
        return record


def _standing(state: ArticleState, recorded: Recorded) -> Recorded:
    """With what was known of the article's texts before the look."""
    return replace(recorded, texts=len(state.numbers), newest_text_at=state.newest_text_at, known=state)


def joint_basis(old: TimeBasis, new: TimeBasis) -> TimeBasis:
    """How far the interval between two sightings can be trusted: as far as its weaker end."""
    if old is new:
        return old
    pair = {old, new}
    if pair & {TimeBasis.RELATIVE, TimeBasis.IMPORTED}:
        return TimeBasis.IMPORTED
    return TimeBasis.STATED


def body_digest(body: bytes) -> str:
    """SHA-256 of a decoded body, 64 hex digits."""
    return hashlib.sha256(body).hexdigest()


def _read(look: NewCapture, body: bytes | None) -> Extraction | None:
    if body is None or look.medium in PAGES:
        return None
    try:
        return read(look.medium, body, url=look.final_url or look.url, content_type=look.content_type, part=look.part)
    except InputError:
        return None


def _seen_text(seen: Seen, extraction: Extraction, known: Known) -> Seen:
    """With the text's digest; and with its words, unless it is known and they decide nothing."""
    text = extraction.article_text
    read_text = replace(seen, extraction=extraction, text_digest=text.digest())
    is_known = read_text.text_digest in (known.numbers or {}) and Sign.PAYWALL not in extraction.signs
    is_first = known.current is None and bool(extraction.headline)  # no text is held against it, and it is not empty
    if is_known or is_first or seen.medium in STATED_MEDIA:
        return replace(read_text, words=text.words)
    tokens = word_list(f"{text.headline}\n{text.text}")
    return replace(read_text, words=len(tokens), vocabulary=vocabulary(tokens))
