"""The JSON forms of shared text."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict

from writethru.analyse.shared_text import Match, PairSide, PairView, StemmaView
from writethru.reuse.drawing import to_json
from writethru.storage.reuse_store import ReusePair


class PairForm(TypedDict):
    """Two articles that share text. ``a`` and ``b`` are article ids; ``source`` is ``a``, ``b`` or empty."""

    a: int
    a_version: int
    b: int
    b_version: int
    verdict: str
    source: str
    confidence: float
    shared_a: float
    shared_b: float
    words: int
    passages: list[dict[str, Any]]
    quotations: list[dict[str, Any]]
    evidence: list[dict[str, Any]]


class AlterationForm(TypedDict):
    """One sentence that was changed on the way from the source to the derived text."""

    old: str
    new: str
    kinds: list[str]


class PairDetailForm(PairForm):
    """A pair with what was changed on the way, and what the source has corrected since.

    ``corrected_by`` is ``a``, ``b`` or empty; ``third`` the id of an article that came before both and holds as much of
    each.
    """

    a_name: str
    b_name: str
    alterations: list[AlterationForm]
    lead_cut: bool
    tail_cut: bool
    left_out: int
    put_in: int
    still_there: list[list[str]]
    corrected_by: str
    third: int | None


class MatchForm(TypedDict):
    """An archived article that shares text with a posted one."""

    article: int
    version: int
    headline: str
    outlet: str
    verdict: str
    shared_archived: float
    shared_given: float
    passages: list[dict[str, Any]]
    quotations: list[dict[str, Any]]


class StemmaForm(TypedDict):
    """The texts that hang together, who descends from whom, and which are one text.

    ``reached`` articles hang together and are ``independent`` texts; of ``undecided`` pairs nothing says which way the
    text went. ``cut``: not all of them are given.
    """

    texts: list[dict[str, Any]]
    links: list[dict[str, Any]]
    others: list[dict[str, Any]]
    groups: list[list[str]]
    reached: int
    independent: int
    undecided: int
    cut: bool


def pair_form(pair: ReusePair) -> PairForm:
    """One pair."""
    return {
        "a": pair.a_id,
        "a_version": pair.a_version,
        "b": pair.b_id,
        "b_version": pair.b_version,
        "verdict": pair.verdict,
        "source": pair.source,
        "confidence": pair.confidence,
        "shared_a": pair.shared_a,
        "shared_b": pair.shared_b,
        "words": pair.words,
        "passages": pair.form["passages"],
        "quotations": pair.form["quotations"],
        "evidence": pair.form["evidence"],
    }


def pair_detail_form(view: PairView) -> PairDetailForm:
    """One pair with its alterations."""
    return {
        **pair_form(view.pair),
        "a_name": name_of(view.a),
        "b_name": name_of(view.b),
        "alterations": [
            {"old": edit.old_text, "new": edit.new_text, "kinds": [kind.value for kind in edit.kinds]}
            for edit in view.alterations.altered
        ],
        "lead_cut": view.alterations.lead_cut,
        "tail_cut": view.alterations.tail_cut,
        "left_out": view.alterations.left_out,
        "put_in": view.alterations.put_in,
        "still_there": [list(sentences) for sentences in view.still_there],
        "corrected_by": view.corrected_by,
        "third": None if view.third is None else view.third.article.id,
    }


def name_of(side: PairSide) -> str:
    """An article's side of a pair, as a person would name it."""
    summary = side.summary
    return f"{summary.outlet or summary.article.host or 'outlet not known'}: {summary.headline or summary.article.url}"


def third_name(view: PairView) -> str:
    """The outlet of the third text, "" where there is none."""
    third = view.third
    return "" if third is None else third.outlet or third.article.host or "an unnamed outlet"


def match_form(match: Match) -> MatchForm:
    """One archived article beside a given text."""
    return {
        "article": match.summary.article.id,
        "version": match.version,
        "headline": match.summary.headline,
        "outlet": match.summary.outlet,
        "verdict": match.reuse.verdict.value,
        "shared_archived": round(match.reuse.shared_a, 4),
        "shared_given": round(match.reuse.shared_b, 4),
        "passages": match.form["passages"],
        "quotations": match.form["quotations"],
    }


def stemma_form(view: StemmaView) -> StemmaForm:
    """The stemma with its copy groups."""
    drawn = to_json(view.drawn)
    return {
        "texts": [{**text, "article": view.articles.get(text["key"])} for text in drawn["texts"]],
        "links": drawn["links"],
        "others": drawn["others"],
        "groups": [list(group) for group in view.groups],
        "reached": view.reached,
        "independent": view.independent,
        "undecided": view.undecided,
        "cut": view.cut,
    }
