"""Who said what: the statement table, and quotations that several print."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from writethru.dossier.parts import ArticleLine, Statement, UtteranceLine
from writethru.statements.counting import telling_words
from writethru.statements.evidence import Account, Evidence, evidence_of, is_named, quoted_in, source_words
from writethru.statements.reading import Said, sliced
from writethru.statements.renderings import Form
from writethru.statements.utterances import Quote, utterances

MOST_STATEMENTS: Final = 300
MOST_ISSUES: Final = 12
TOO_COMMON: Final = 0.5
"""Share of the statements; a word that stands in more of them tells no issue from another."""


def statement_table(accounts: Sequence[Account]) -> tuple[tuple[Statement, ...], int]:
    """What named speakers say in the texts that stand, by speaker and issue; and how many were left out."""
    found = [one for account in accounts for one in _statements(account)]
    words = {id(one): telling_words(one.words) - telling_words(one.speaker) for one in found}
    issues = _issues([(one.evidence.group, words[id(one)]) for one in found])
    listed = [
        Statement(one.speaker, _issue(words[id(one)], issues), one.words, one.directness, one.evidence) for one in found
    ]
    listed.sort(key=lambda one: (speaker_key(one.speaker), one.issue == "", one.issue, one.evidence.key))
    return tuple(listed[:MOST_STATEMENTS]), max(0, len(listed) - MOST_STATEMENTS)


def speaker_key(speaker: str) -> str:
    """Speakers with one last name are listed together; they are not thereby said to be one person.

    >>> speaker_key("Mr John Kerry"), speaker_key("the Ministry of Trade")
    ('kerry', 'trade')
    """
    names = [word for word in speaker.split() if word[:1].isupper()]
    return (names[-1] if names else speaker).strip("’'s.,").lower()


def _statements(account: Account) -> Iterator[Statement]:
    latest = next((read for read in account.versions if read.number == account.latest), None)
    if latest is None:
        return
    seen: set[str] = set()
    for said in latest.reading.said:
        speaker = source_words(latest.text, said)
        words = " … ".join(" ".join(sliced(latest.text, place).split()) for place in said.content)
        if not is_named(speaker) or words in seen:
            continue
        seen.add(words)
        yield Statement(speaker, "", words, said.directness.value, _first_seen(account, said, speaker))


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


def utterance_lines(accounts: Sequence[Account], articles: Mapping[int, ArticleLine]) -> tuple[UtteranceLine, ...]:
    """Quotations that more than one article prints, or one prints in two ways; altered ones first."""
    quotes: list[Quote] = []
    evidence: dict[str, Evidence] = {}
    for account in accounts:
        for number, quoted in enumerate(quoted_in(account)):
            key = f"{account.article}.{number}"
            evidence[key] = quoted.evidence
            at = _second(articles[account.article].at) if account.article in articles else None
            speaker = quoted.evidence.speaker if is_named(quoted.evidence.speaker) else ""
            quotes.append(Quote(key, quoted.words, speaker_key(speaker) if speaker else "", at, account.group))
    found = []
    for one in utterances(quotes):
        own = {rendering.quote.key: evidence[rendering.quote.key] for rendering in one.renderings}
        articles_of = {place.article for place in own.values()}
        if len(articles_of) > 1 or any(rendering.form is Form.ALTERED for rendering in one.renderings):
            found.append(UtteranceLine(one, own))
    found.sort(key=lambda line: (not line.utterance.altered, -len(line.evidence), line.utterance.key))
    return tuple(found)


def _second(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())
