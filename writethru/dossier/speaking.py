"""Who said what: the statement table, and quotations that several print."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from writethru.dossier.parts import ArticleLine, Statement, UtteranceLine
from writethru.dossier.persons import Person, Persons, headings, last_name
from writethru.statements.counted_sentence import telling_words
from writethru.statements.evidence import Account, Evidence, evidence_of, is_named
from writethru.statements.identity import rulings_on
from writethru.statements.quoted import Quoted, key_of, quoted_in
from writethru.statements.reading import Said, sliced
from writethru.statements.renderings import Form
from writethru.statements.utterances import Quote, utterances

MOST_STATEMENTS: Final = 300
MOST_ISSUES: Final = 12
TOO_COMMON: Final = 0.5
"""Share of the statements; a word that stands in more of them tells no issue from another."""


def statement_table(accounts: Sequence[Account], persons: Persons) -> tuple[tuple[Statement, ...], int]:
    """What speakers say in the texts that stand, by person and issue; and how many were left out."""
    rows = [row for account in accounts for row in _statements(account, persons)]
    places = _places(rows)
    heads = headings([(person, places[one.evidence.article]) for one, person in rows])
    found = [replace(one, person=head) for (one, _), head in zip(rows, heads, strict=True)]
    words = [telling_words(one.words) - telling_words(one.speaker) for one in found]
    issues = _issues([(one.evidence.group, about) for one, about in zip(found, words, strict=True)])
    listed = [replace(one, issue=_issue(about, issues)) for one, about in zip(found, words, strict=True)]
    listed.sort(key=lambda one: (last_name(one.person), one.person, one.issue == "", one.issue, one.evidence.key))
    return tuple(listed[:MOST_STATEMENTS]), max(0, len(listed) - MOST_STATEMENTS)


def _places(rows: Sequence[tuple[Statement, Person]]) -> dict[int, str]:
    """Where each article's speakers without a name are: "she" in two articles of one outlet need not be one."""
    outlets = {one.evidence.article: one.evidence.outlet for one, _ in rows}
    counts = Counter(outlets.values())
    return {at: f"{outlet}, article {at}" if counts[outlet] > 1 else outlet for at, outlet in outlets.items()}


def _statements(account: Account, persons: Persons) -> Iterator[tuple[Statement, Person]]:
    latest = next((read for read in account.versions if read.number == account.latest), None)
    if latest is None:
        return
    seen: set[str] = set()
    for said, person in persons.of_version(account.article, account.latest):
        words = " … ".join(" ".join(sliced(latest.text, place).split()) for place in said.content)
        if words in seen or not person.is_listed:
            continue
        seen.add(words)
        first = _first_seen(account, said, person.printed)
        told = Statement(person.printed, person.read_as, person.anonymity.value, words, said.directness.value, first)
        yield replace(told, cue=sliced(latest.text, said.cue) if said.cue else ""), person


def _first_seen(account: Account, said: Said, speaker: str) -> Evidence:
    """The sentence of a statement of the latest version, in the first version that has it."""
    latest = next(read for read in account.versions if read.number == account.latest)
    evidence = evidence_of(account, latest, said.content[0], speaker)
    for read in account.versions:
        for block in range(len(read.text.blocks)):
            at = read.text.blocks[block].text.find(evidence.words)
            if at >= 0:
                place = type(evidence.place)(block, at, at + len(evidence.words))
                first = evidence_of(account, read, place, speaker)
                if first.words == evidence.words:
                    return first.seen_in(account.latest, account.latest)
    return evidence


def _issues(rows: Sequence[tuple[str, frozenset[str]]]) -> list[str]:
    """The words that most independent texts use in statements, but for those that nearly all use."""
    groups: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for group, words in rows:
        counts.update(words)
        for word in words:
            groups[word].add(group)
    fitting = [word for word in counts if counts[word] > 1 and counts[word] <= max(2, TOO_COMMON * len(rows))]
    return sorted(fitting, key=lambda word: (-len(groups[word]), -counts[word], word))[:MOST_ISSUES]


def _issue(words: frozenset[str], issues: Sequence[str]) -> str:
    return next((issue for issue in issues if issue in words), "")


def _who(evidence: Evidence, persons: Persons) -> str:
    """By whom a quotation can be told from one of somebody else; "" where that is not known."""
    person = persons.of(evidence)
    name = evidence.speaker if person is None else person.read_as or person.printed
    return last_name(name) if is_named(name) else ""


def utterance_lines(
    accounts: Sequence[Account], articles: Mapping[int, ArticleLine], persons: Persons
) -> tuple[UtteranceLine, ...]:
    """Quotations that more than one article prints, or one prints in two ways; altered ones first.

    None of them is one that nobody is read to say in any of its printings.
    """
    quotes: list[Quote] = []
    quoted: dict[str, Quoted] = {}
    for account in accounts:
        at = _second(articles[account.article].at) if account.article in articles else None
        for number, one in enumerate(quoted_in(account)):
            key = f"{account.article}.{number}"
            quoted[key] = one
            quotes.append(Quote(key, one.words, _who(one.evidence, persons), at, account.group))
    keys = {(one.evidence.article, *key_of(one.quotation)): key for key, one in quoted.items()}
    found = []
    for utterance in utterances(quotes, rulings_on(accounts, keys)):
        own = {rendering.quote.key: quoted[rendering.quote.key] for rendering in utterance.renderings}
        articles_of = {one.evidence.article for one in own.values()}
        printed = len(articles_of) > 1 or any(one.form is Form.ALTERED for one in utterance.renderings)
        if printed and any(one.quotation.attributed for one in own.values()):
            evidence = {key: one.evidence for key, one in own.items()}
            found.append(UtteranceLine(utterance, evidence, {key: one.quotation.place for key, one in own.items()}))
    found.sort(key=lambda line: (not line.utterance.altered, -len(line.evidence), line.utterance.key))
    return tuple(found)


def _second(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())
