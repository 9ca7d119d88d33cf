"""Which earlier record a look may refer to, so that equal bytes are kept once. Pure.

Beside an article's validators stands where the page they came with was recorded whole. A 304
answers for that very page; a 200 with an equal payload need not be stored again.
"""

from __future__ import annotations

import json

from writethru.evidence import revisit_hint
from writethru.fetch import Exchange
from writethru.model import Article, EvidenceRef, utc


def hint_of(article: Article) -> dict[str, str]:
    """What ``EvidenceWriter.add_exchange`` needs to write a revisit; {} where nothing was recorded whole."""
    return dict(json.loads(article.payload)) if article.payload else {}


def payload_after(article: Article, exchange: Exchange, ref: EvidenceRef | None) -> str:
    """Where the payload of an accepted page stands after this look: where it stood, if it is the same one."""
    digest = exchange.payload_digest
    if exchange.status != 200 or not digest or ref is None or not ref.record_id:
        return article.payload
    if hint_of(article).get("WARC-Payload-Digest") == digest:
        return article.payload
    last = exchange.last
    return json.dumps(revisit_hint(ref, last.url, utc(last.started), digest))
