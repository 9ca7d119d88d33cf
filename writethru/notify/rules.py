"""Which changes a rule is about. Pure: a rule and what is known of a change give a verdict with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from writethru.notify.hours import Timing
from writethru.text.folding import fold_typography as fold


class Verdict(StrEnum):
    """Why a rule is about a change, or is not: the first condition that does not hold."""

    MATCH = "match"
    OTHER_ARTICLE = "other_article"
    OTHER_OUTLET = "other_outlet"
    OTHER_STORY = "other_story"
    OTHER_KIND = "other_kind"
    TOO_SLIGHT = "too_slight"
    NO_WORD = "no_word"
    OTHER_SPEAKER = "other_speaker"


@dataclass(frozen=True, slots=True)
class Rule:
    """What somebody wants to hear of, and where. All conditions that are given must hold; none given: everything.

    Attributes:
        to: names of targets.
        articles: numbers or addresses, any of them.
        outlets: names, whatever their capitals, any of them.
        kinds: of a change; also ``disappeared`` and ``returned``; any of them.
        significance: at least this, 0 to 1; disappearances and returns count as 1.
        words: words or phrases, any of them in the sentences that changed, before or after; whole words,
            whatever their capitals.
        stories: numbers of storylines, any of them.
        speakers: names, any of them that of a speaker of the sentences that changed, before or after; whole words.
    """

    name: str
    to: tuple[str, ...]
    articles: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    significance: float = 0.0
    words: tuple[str, ...] = ()
    timing: Timing = field(default_factory=Timing)
    stories: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of one change, disappearance or return.

    Attributes:
        urls: canonical, of its article.
        texts: the sentences that changed, before and after.
        stories: numbers of the storylines that its article belongs to.
        speakers: who says what these sentences report, as they name them.
    """

    article_id: int
    urls: tuple[str, ...]
    outlet: str
    kinds: tuple[str, ...]
    significance: float
    texts: tuple[str, ...] = ()
    stories: tuple[int, ...] = ()
    speakers: tuple[str, ...] = ()


def judge(rule: Rule, subject: Subject) -> Verdict:
    """Whether a rule is about a change."""
    return next((verdict for verdict, holds in _conditions(rule, subject) if not holds), Verdict.MATCH)


def _conditions(rule: Rule, subject: Subject) -> Iterator[tuple[Verdict, bool]]:
    """Each condition with whether it holds; one that a rule does not give does."""
    places = {str(subject.article_id), *subject.urls}
    outlets = {fold(name).casefold() for name in rule.outlets}
    yield Verdict.OTHER_ARTICLE, not rule.articles or bool(places & set(rule.articles))
    yield Verdict.OTHER_OUTLET, not outlets or fold(subject.outlet).casefold() in outlets
    yield Verdict.OTHER_STORY, not rule.stories or bool({str(one) for one in subject.stories} & set(rule.stories))
    yield Verdict.OTHER_KIND, not rule.kinds or bool(set(rule.kinds) & set(subject.kinds))
    yield Verdict.TOO_SLIGHT, subject.significance >= rule.significance
    yield Verdict.NO_WORD, not rule.words or _has_word(rule.words, subject.texts)
    yield Verdict.OTHER_SPEAKER, not rule.speakers or _has_word(rule.speakers, subject.speakers)


def _has_word(words: Iterable[str], texts: Iterable[str]) -> bool:
    wanted = "|".join(re.escape(" ".join(fold(word).casefold().split())) for word in words)
    pattern = re.compile(rf"(?<!\w)(?:{wanted})(?!\w)")
    return any(pattern.search(" ".join(fold(text).casefold().split())) for text in texts)
