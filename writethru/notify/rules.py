"""Which changes a rule is about. Pure: a rule and what is known of a change give a verdict with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from writethru.notify.hours import Timing
from writethru.text.folding import fold_typography as fold


class Verdict(StrEnum):
    """Why a rule is about a change, or is not: the first condition that does not hold."""

    MATCH = "match"
    OTHER_ARTICLE = "other_article"
    OTHER_OUTLET = "other_outlet"
    OTHER_KIND = "other_kind"
    TOO_SLIGHT = "too_slight"
    NO_WORD = "no_word"


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
    """

    name: str
    to: tuple[str, ...]
    articles: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    significance: float = 0.0
    words: tuple[str, ...] = ()
    timing: Timing = field(default_factory=Timing)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of one change, disappearance or return.

    Attributes:
        urls: canonical, of its article.
        texts: the sentences that changed, before and after.
    """

    article_id: int
    urls: tuple[str, ...]
    outlet: str
    kinds: tuple[str, ...]
    significance: float
    texts: tuple[str, ...] = ()


def judge(rule: Rule, subject: Subject) -> Verdict:
    """Whether a rule is about a change."""
    if rule.articles and not {str(subject.article_id), *subject.urls} & set(rule.articles):
        return Verdict.OTHER_ARTICLE
    if rule.outlets and fold(subject.outlet).casefold() not in {fold(name).casefold() for name in rule.outlets}:
        return Verdict.OTHER_OUTLET
    if rule.kinds and not set(rule.kinds) & set(subject.kinds):
        return Verdict.OTHER_KIND
    if subject.significance < rule.significance:
        return Verdict.TOO_SLIGHT
    if rule.words and not _has_word(rule.words, subject.texts):
        return Verdict.NO_WORD
    return Verdict.MATCH


def _has_word(words: Iterable[str], texts: Iterable[str]) -> bool:
    wanted = "|".join(re.escape(" ".join(fold(word).casefold().split())) for word in words)
    pattern = re.compile(rf"(?<!\w)(?:{wanted})(?!\w)")
    return any(pattern.search(" ".join(fold(text).casefold().split())) for text in texts)
