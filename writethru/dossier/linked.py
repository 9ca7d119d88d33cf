"""A dossier for other programs: W3C Web Annotations, and schema.org's Quotation and ClaimReview.

A ClaimReview here says which claims answer one question and where they stand. It has no ``reviewRating``: nobody rated
anything, and a rating in words would be read as one.
"""

from __future__ import annotations

from typing import Any, Final

from writethru.dossier.schema import ClaimForm, DossierForm, EvidenceForm, FigureQuestionForm, PrintingForm, found_in
from writethru.statements.reading import HEADLINE, STANDFIRST
from writethru.statements.speakers import Anonymity

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
HTML: Final = "http://tools.ietf.org/rfc/rfc3236"
"""What fragments of a page mean, as the model names it (section 4.2.1)."""


def to_annotations(form: DossierForm, base: str = "") -> dict[str, Any]:
    """An annotation page: each sentence of evidence as a target in its version, by quotation and by position.

    Source: Web Annotation Data Model, W3C Recommendation, 23 February 2017, sections 4.2.4 and 4.2.5.
    """
    root = base.rstrip("/")
    items = [_annotation(form, one, root) for one in form["evidence"]]
    return {"@context": CONTEXT, "id": f"{root}/stories/{form['story']}/dossier.annotations.json",
            "type": "AnnotationPage", "items": items}  # fmt: skip


def _annotation(form: DossierForm, one: EvidenceForm, root: str) -> dict[str, Any]:
    body = {"body": {"type": "TextualBody", "value": one["speaker"], "purpose": "tagging"}} if one["speaker"] else {}
    return {
        "id": f"{root}/stories/{form['story']}/dossier#{one['id']}",
        "type": "Annotation",
        "motivation": "tagging" if body else "identifying",
        **body,
        "target": {
            "source": f"{root}{one['path']}",
            "scope": f"{root}/stories/{form['story']}/dossier",
            "selector": [_by_words(one), _by_place(one)],
        },
    }


def _by_words(one: EvidenceForm) -> dict[str, Any]:
    beside = {"prefix": one["prefix"], "suffix": one["suffix"]}
    return {
        "type": "TextQuoteSelector",
        "exact": one["words"],
        **{name: words for name, words in beside.items() if words},
    }


def _by_place(one: EvidenceForm) -> dict[str, Any]:
    """Characters of the element that has this block on the version's page."""
    block, start, end = one["place"]
    return {
        "type": "FragmentSelector",
        "conformsTo": HTML,
        "value": {HEADLINE: "headline", STANDFIRST: "standfirst"}.get(block, f"block-{block}"),
        "refinedBy": {"type": "TextPositionSelector", "start": start, "end": end},
    }


def to_schema_org(form: DossierForm, base: str = "") -> dict[str, Any]:
    """Quotations, and the claims that answer one question of how many, as JSON-LD."""
    works = _Works(form, base.rstrip("/"))
    graph = [works.quotation(printing) for utterance in form["utterances"] for printing in utterance["printings"]]
    for question in form["figures"]:
        claims = [claim for position in question["positions"] for claim in position["claims"]]
        graph += [works.review(claim, question) for claim in claims]
    return {"@context": "https://schema.org", "@graph": graph}


class _Works:
    """What is said of a dossier's sentences, and in which texts they stand."""

    def __init__(self, form: DossierForm, root: str) -> None:
        self._page = f"{root}/stories/{form['story']}/dossier"
        self._root = root
        self._evidence = found_in(form["evidence"])
        self._articles = {one["article"]: one for one in form["articles"]}

    def quotation(self, printing: PrintingForm) -> dict[str, Any]:
        """One printing of somebody's words."""
        one = self._evidence[printing["evidence"]]
        speaker = _agent(one, printing["speaker"])
        spoken = {"spokenByCharacter": speaker} if speaker else {}
        return {"@type": "Quotation", "text": printing["words"], **spoken, "isPartOf": self._work(one)}

    def review(self, claim: ClaimForm, question: FigureQuestionForm) -> dict[str, Any]:
        """A claim beside the others; without a rating, since nobody made one."""
        one = self._evidence[claim["evidence"]]
        author = _agent(one, claim["speaker"])
        answers = f"{question['in_words']}; {len(question['positions'])} answers, none of them rated here."
        return {
            "@type": "ClaimReview",
            "url": f"{self._page}#{one['id']}",
            "claimReviewed": claim["written"],
            "reviewBody": answers,
            "itemReviewed": {
                "@type": "Claim",
                "text": one["words"],
                **({"author": author} if author else {}),
                "appearance": self._work(one),
            },
        }

    def _work(self, one: EvidenceForm) -> dict[str, Any]:
        article = self._articles.get(one["article"])
        known = {"url": article["url"], "headline": article["headline"]} if article else {}
        return {
            "@type": "NewsArticle",
            **{name: value for name, value in known.items() if value},
            "archivedAt": f"{self._root}{one['path']}",
            "publisher": {"@type": "Organization", "name": one["outlet"]},
        }


def _agent(one: EvidenceForm, speaker: str) -> dict[str, Any]:
    """Whom the text names, as a person or an organisation; empty where it cannot be told which."""
    kind = one["anonymity"] if speaker == one["speaker"] else ""
    if kind == Anonymity.NAMED:
        return {"@type": "Person", "name": one["read_as"] or speaker}
    if kind == Anonymity.ORGANISATION:
        return {"@type": "Organization", "name": one["read_as"] or speaker}
    return {"@type": "Person", "description": speaker} if kind in (Anonymity.ROLE, Anonymity.ANONYMOUS) else {}
