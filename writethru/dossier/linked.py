"""A dossier for other programs: W3C Web Annotations, and schema.org's Quotation and ClaimReview.

A ClaimReview here reviews nothing: it says which claims stand against each other and where, and its rating is the
relation in words. Nobody's claim is rated true or false.
"""

from __future__ import annotations

from typing import Any, Final

from writethru.dossier.schema import ClaimForm, DossierForm, EvidenceForm, found_in

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"


def to_annotations(form: DossierForm, base: str = "") -> dict[str, Any]:
    """An annotation page: each sentence of evidence as a target in its version, by quotation and by position.

    Source: Web Annotation Data Model, W3C Recommendation, 23 February 2017, sections 4.2.4 and 4.2.5.
    """
    root = base.rstrip("/")
    items = [_annotation(form, one, root) for one in form["evidence"]]
    return {"@context": CONTEXT, "id": f"{root}/stories/{form['story']}/dossier.annotations.json",
            "type": "AnnotationPage", "items": items}  # fmt: skip


def _annotation(form: DossierForm, one: EvidenceForm, root: str) -> dict[str, Any]:
    block, start, end = one["place"]
    return {
        "id": f"{root}/stories/{form['story']}/dossier#{one['id']}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": {"type": "TextualBody", "value": one["speaker"], "purpose": "tagging"} if one["speaker"] else [],
        "target": {
            "source": f"{root}{one['path']}",
            "scope": f"{root}/stories/{form['story']}/dossier",
            "selector": [
                {"type": "TextQuoteSelector", "exact": one["words"]},
                {
                    "type": "FragmentSelector",
                    "value": f"block-{block}",
                    "refinedBy": {"type": "TextPositionSelector", "start": start, "end": end},
                },
            ],
        },
    }


def to_schema_org(form: DossierForm, base: str = "") -> dict[str, Any]:
    """Quotations and questions of figures as JSON-LD."""
    root = base.rstrip("/")
    evidence = found_in(form["evidence"])
    graph = [
        {
            "@type": "Quotation",
            "text": printing["words"],
            **({"spokenByCharacter": {"@type": "Thing", "name": printing["speaker"]}} if printing["speaker"] else {}),
            "isPartOf": _work(evidence[printing["evidence"]], root),
        }
        for utterance in form["utterances"]
        for printing in utterance["printings"]
    ]
    for question in form["figures"]:
        for position in question["positions"]:
            for claim in position["claims"]:
                words = f"{question['in_words']}; {len(question['positions'])} answers; none is rated true or false"
                graph.append(
                    _review(claim, evidence[claim["evidence"]], words, f"{root}/stories/{form['story']}/dossier")
                )
    return {"@context": "https://schema.org", "@graph": graph}


def _review(claim: ClaimForm, one: EvidenceForm, words: str, page: str) -> dict[str, Any]:
    root = page.partition("/stories/")[0]
    return {
        "@type": "ClaimReview",
        "url": f"{page}#{one['id']}",
        "claimReviewed": one["words"],
        "reviewRating": {"@type": "Rating", "alternateName": words},
        "itemReviewed": {
            "@type": "Claim",
            "text": claim["written"],
            **({"author": {"@type": "Thing", "name": claim["speaker"]}} if claim["speaker"] else {}),
            "appearance": _work(one, root),
        },
    }


def _work(one: EvidenceForm, root: str) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "url": f"{root}{one['path']}",
        "publisher": {"@type": "Organization", "name": one["outlet"]},
    }
