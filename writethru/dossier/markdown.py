"""A dossier as Markdown: for mail, for a repository, for print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from writethru.dossier import wording
from writethru.dossier.form import by_texts
from writethru.dossier.listing import spoken, standings
from writethru.dossier.schema import (
    ClaimForm,
    CommitmentForm,
    CommitmentLineForm,
    DossierForm,
    EvidenceForm,
    FigureQuestionForm,
    StatementForm,
    UtteranceForm,
    copies_of,
    found_in,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
_CONTROL = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+")


def to_markdown(form: DossierForm, base: str = "") -> str:
    """The whole of it; ``base`` is where the pages are served, "" for paths alone."""
    return "\n".join([*_Writer(form, base.rstrip("/")).lines(), ""])


def escaped(words: str) -> str:
    """Text as Markdown shows it, on one line.

    >>> escaped("a *b*")
    'a \\\\*b\\\\*'
    """
    return _SPECIAL.sub(r"\\\1", _CONTROL.sub(" ", words)).strip()


class _Writer:
    def __init__(self, form: DossierForm, base: str) -> None:
        self._form, self._base = form, base
        self._evidence = found_in(form["evidence"])

    def lines(self) -> Iterator[str]:
        form = self._form
        yield f"# {escaped(form['title']) or 'A story without a title'}"
        texts, articles = form["independent"], len(form["articles"])
        yield f"\nDossier of story {form['story']}, {form['method']['made']}. Independent texts: {texts} of {articles}."
        yield from self._section("disagreements", self._disagreements())
        yield from self._section("timeline", self._timeline())
        yield from self._section("said", self._statements())
        yield from self._section("counted", (f"- {self._claim(one)}" for one in form["counted"]))
        yield from self._section("commitments", self._commitments())
        yield from self._section("changes", self._changes())
        yield from self._section("descent", self._stemma())
        yield from self._section("alone", self._alone())
        yield from self._section("open", self._open())
        yield from self._section("editors", self._editors())
        yield from self._section("articles", self._articles())
        yield from self._section("method", self._method())

    def _section(self, part: str, lines: Iterator[str]) -> Iterator[str]:
        yield f"\n## {wording.HEADINGS[part]}\n"
        written = list(lines)
        yield from written or [wording.NO_EDITORS if part == "editors" else wording.NOTHING]

    def _disagreements(self) -> Iterator[str]:
        for question in self._form["figures"]:
            yield from self._figures(question)
        for deadline in self._form["deadlines"]:
            yield f"### By when to {deadline['duty']}\n"
            yield f"{deadline['in_words']}. {escaped(wording.sentence(deadline['reason']))}.\n"
            for one in deadline["deadlines"]:
                yield f"- **{escaped(one['written'])}** {self._cited(one['evidence'])}"
            yield ""
        for blame in self._form["blame"]:
            yield f"### Blame, as printed\n\n{escaped(blame['in_words'])}.\n"
            for act in blame["accusations"]:
                whom = f" {escaped(act['accused'])}" if act["accused"] else ""
                yield f"- **{escaped(act['accuser'])}**, {act['in_words']}{whom}: {self._cited(act['evidence'])}"
            yield ""
        for utterance in self._form["utterances"]:
            yield from self._utterance(utterance)

    def _figures(self, question: FigureQuestionForm) -> Iterator[str]:
        yield f"### Figures for: {escaped(question['what'])}\n\n{question['in_words']}.\n"
        for position in question["positions"]:
            yield f"- **{escaped(position['written'])}** ({', '.join(self._outlets(position['claims']))})"
            for claim in position["claims"]:
                yield f"  {self._sentence(claim['evidence'])}"
        for relating in question["relations"]:
            one, other = (escaped(question["positions"][at]["written"]) for at in relating["positions"])
            yield f"- {one} and {other}: {relating['in_words']}, {escaped(relating['reason'])}"
        for name in question["unnumbered"]:
            yield f"- without a figure: {self._cited(name)}"
        yield ""

    def _utterance(self, one: UtteranceForm) -> Iterator[str]:
        yield f"### Quoted: {escaped('; '.join(one['speakers'])) or 'nobody named'}\n"
        yield f"> {escaped(one['words'])}\n\n{wording.FULLEST}.\n"
        for printing in one["printings"]:
            changes = "; ".join(
                f"“{escaped(d['printed']) or '(nothing)'}” for “{escaped(d['fullest']) or '(nothing)'}”"
                for d in printing["differences"]
            )
            place = self._place(self._evidence[printing["evidence"]])
            told = f"{printing['in_words']}{': ' + changes if changes else ''}"
            yield f"- {told} “{escaped(printing['words'])}” {place}"
        for dropped in one["dropped"]:
            found = self._evidence[dropped["evidence"]]
            told = f"{wording.DROPPED} {escaped(found['outlet'])}: “{escaped(dropped['words'])}”"
            yield f"- {told} {self._place(found)}"
        yield ""

    def _alone(self) -> Iterator[str]:
        if self._form["alone"]:
            yield f"{wording.FIRST_ALONE}.\n"
            yield from (f"{escaped(wording.copied(outlets))}.\n" for outlets in copies_of(self._form["articles"]))
        yield from (self._sentence(one) for one in self._form["alone"])

    def _timeline(self) -> Iterator[str]:
        for day in self._form["timeline"]:
            texts = len(day["groups"])
            how = f", {day['in_words']}" if day["in_words"] else ""
            named = f"“{escaped(day['written'])}”{how}; {texts} independent"
            yield f"- **{day['day']}** ({named}) {self._cited(day['evidence'])}"
        if len(self._form["timeline"]) > 1:
            yield f"\n### {wording.BY_TEXTS}\n"
            for day in by_texts(self._form["timeline"]):
                yield f"- {len(day['groups'])}: **{day['day']}**"

    def _statements(self) -> Iterator[str]:
        for speaker in spoken(self._form["statements"]):
            told = f" ({speaker.anonymity})" if speaker.anonymity else ""
            yield f"- **{escaped(speaker.person)}**{told}"
            for first, *others in speaker.lines:
                issue = f"[{escaped(first['issue'])}] " if first["issue"] else ""
                kind = f"{first['directness']}, “{escaped(first['cue'])}”" if first["cue"] else first["directness"]
                places = "; ".join(self._told_by(one) for one in (first, *others))
                yield f"  - {issue}{kind}: {escaped(first['words'])} {places}"

    def _told_by(self, one: StatementForm) -> str:
        return self._place({**self._evidence[one["evidence"]], "read_as": one["read_as"]})

    def _commitments(self) -> Iterator[str]:
        for standing in standings(self._form["commitments"]):
            yield f"\n### {standing.in_words}"
            for reason, groups in standing.reasons:
                yield f"\n{escaped(reason)}.\n"
                for group in groups:
                    yield from self._commitment(group)

    def _commitment(self, group: CommitmentForm) -> Iterator[str]:
        cited = [f"the later text: {self._cited(one)}" for one in group["cited"]]
        said = [*map(self._promised, group["lines"]), *cited]
        if len(said) == 1:
            yield f"- {said[0]}"
            return
        differ = "; the articles name different days" if group["deadlines_differ"] else ""
        yield f"- {len(group['lines'])} printed of one commitment{differ}:"
        yield from (f"  - {one}" for one in said)

    def _promised(self, line: CommitmentLineForm) -> str:
        due = f"by {line['due'][1]}" if line["due"] else escaped(wording.without_day(line["anchor"]))
        hangs = f", {escaped(line['condition'])}" if line["condition"] else ""
        step = f" (step {line['step']})" if line["step"] else ""
        return f"**{escaped(line['words'])}**{step}, {line['in_words']}, {due}{hangs}: {self._cited(line['evidence'])}"

    def _changes(self) -> Iterator[str]:
        outlets = {one["article"]: one["outlet"] for one in self._form["articles"]}
        for one in self._form["changes"]:
            mark = " (correction)" if one["correction"] else ""
            outlet = escaped(outlets[one["article"]])
            link = f"[{outlet}, article {one['article']}, change {one['number']}]({self._base}{one['path']})"
            yield f"- {link}{mark}: {escaped(one['summary'])}"

    def _stemma(self) -> Iterator[str]:
        known = {one["url"]: one for one in self._form["articles"]}

        def named(url: str) -> str:
            return (
                f"[{escaped(known[url]['outlet'])}]({self._base}{known[url]['path']})" if url in known else escaped(url)
            )

        for one in self._form["stemma"]:
            share = f"{one['weight']:.0%}"
            yield f"- {named(one['derived'])} from {named(one['source'])} ({share}): {escaped(one['words'])}"

    def _editors(self) -> Iterator[str]:
        for one in self._form["editors"]:
            told = f"{one['kind']} “{escaped(one['words'])}”: {escaped(one['in_words'])}"
            link = f"[{escaped(one['outlet'])}, version {one['versions'][-1]}]({self._base}{one['path']})"
            who = f"by {escaped(one['by'])}, {one['at'][:16].replace('T', ' ')} UTC: {escaped(one['reason'])}"
            yield f"- Correction {one['number']}, {told}, {who} ({link})"

    def _open(self) -> Iterator[str]:
        for date in self._form["open"]["dates"]:
            yield f"- “{escaped(date['written'])}” is {date['why']}: {self._cited(date['evidence'])}"
        for claim in self._form["open"]["unattributed"]:
            yield f"- no speaker was read for {self._claim(claim)}"

    def _articles(self) -> Iterator[str]:
        for one in self._form["articles"]:
            at = f", {one['at'][:10]} ({one['basis']})" if one["at"] else ", date not known"
            unread = f"; {one['unread']}" if one["unread"] else ""
            link = f"[{escaped(one['headline']) or 'without a headline'}]({self._base}{one['path']})"
            together = escaped(wording.counted_with(one["article"], one["group"], self._form["articles"]))
            yield f"- {escaped(one['outlet'])}{at}: {link} (article {one['article']}{together}{unread})"

    def _method(self) -> Iterator[str]:
        method = self._form["method"]
        yield f"- Read by {method['reader']}."
        for name, number in method["left_out"].items():
            yield f"- Left out: {number} of {name.replace('_', ' ')}."
        for words in (*method["notes"], *method["limits"]):
            yield f"- {escaped(words)}"

    def _claim(self, one: ClaimForm) -> str:
        speaker = f", {escaped(one['speaker'])}" if one["speaker"] else ""
        part = (f", {wording.PART}" if one["part"] else "") + (f", {wording.MOOT}" if one["moot"] else "")
        return f"**{escaped(one['written'])}** ({escaped(one['what'])}{part}{speaker}) {self._cited(one['evidence'])}"

    def _outlets(self, claims: Sequence[ClaimForm]) -> list[str]:
        return sorted({escaped(self._evidence[one["evidence"]]["outlet"]) for one in claims})

    def _sentence(self, name: str) -> str:
        return f"- {self._cited(name)}"

    def _cited(self, name: str) -> str:
        one = self._evidence[name]
        return f"{wording.quoted(escaped(one['words']))} {self._place(one)}"

    def _place(self, one: EvidenceForm) -> str:
        who = wording.speaker(one["speaker"], one["read_as"], certain=one["certain"])
        said = f"{escaped(who)}, in " if who else ""
        gone = "" if one["stands"] else f", last seen in version {one['last']}"
        noted = "".join(f", {wording.CORRECTED} {number}" for number in one["corrections"])
        return f"({said}[{escaped(one['outlet'])}, version {one['version']}{gone}]({self._base}{one['path']}){noted})"
