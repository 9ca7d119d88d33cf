"""Many addresses, one article: aliases that pages state, and articles that turn out to be one.

Joined articles keep what was recorded of each, number for number: what was published stays
true. The newer one is retired, its addresses lead to the older one, and so does its page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import structlog

from writethru.model import Article, ArticleText, NewCapture, Outcome
from writethru.storage.store import Store
from writethru.text.tokens import vocabulary, word_list
from writethru.watch.identity import stated_address
from writethru.watch.past import ACCEPTED
from writethru.watch.sameness import Ground, Pair, Ruling, Verdict, judge, judge_pair

STATED, CONTESTED, MERGED = "stated", "contested", "merged"

UNPROVED: Final = frozenset({STATED, CONTESTED})
"""Kinds of aliases that rest on a page's word alone: a source that lists such an address may be right."""

PERHAPS: Final = "looked at again: perhaps the same as another article"
"""Why an article is looked at that was met at its first look with another one's text; the next look weighs it again."""

log = structlog.get_logger("writethru.watch")


@dataclass(frozen=True, slots=True)
class Stated:
    """An accepted look, as joining needs it.

    Attributes:
        named: the address that the page states, canonical; "" if it states none.
        led_to: where redirects ended, "" if there were none.
        is_news: the text is new here, or the last look left a question open.
    """

    at: datetime
    named: str = ""
    led_to: str = ""
    is_news: bool = True


class Joiner:
    """Weighs what accepted pages say of their address.

    Args:
        store: articles and their aliases.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def after_look(self, article: Article, look: NewCapture, named: str) -> Article:
        """The article after an accepted look, weighed where that may bring something new.

        Args:
            article: as it is to be after the look; it is written if it is weighed.
            named: the address that the page states, "" if it states none or was not read.
        """
        is_open = article.next_look_reason == PERHAPS
        is_news = is_open or look.outcome is Outcome.EDITED
        if named in ("", article.url) and not look.final_url and not is_news:
            return article
        article = replace(article, next_look_reason="")
        self._store.update_article(article)
        rulings = self.consider(article, Stated(look.captured_at, named, look.final_url, is_news))
        is_open = any(ruling.ground is Ground.TOO_SOON for ruling in rulings)
        return replace(self._store.article(article.id), next_look_reason=PERHAPS if is_open else "")

    def consider(self, article: Article, stated: Stated) -> list[Ruling]:
        """Note aliases, join articles; the rulings say why or why not."""
        named = stated.named or (self._named_by(article.id) if stated.is_news else "")
        rulings = [self._claim(article, address, stated.at) for address in _addresses(article, named, stated.led_to)]
        if stated.is_news and not any(ruling.verdict is Verdict.JOIN for ruling in rulings):
            rulings += [self._meet(article, other, stated.at) for other in self._twins(article, named)]
        return rulings

    def listed(self, url: str) -> Article | None:
        """The article that a listed address belongs to; one that only a page's word ties to it is set free."""
        owner = self._store.find_article(url)
        if owner is None or owner.url == url:
            return owner
        kind = next(alias.kind for alias in self._store.aliases(owner.id) if alias.url == url)
        if kind not in UNPROVED:
            return owner
        self._store.release_alias(url)
        return None

    def _claim(self, article: Article, address: str, at: datetime) -> Ruling:
        owner = self._store.find_article(address)
        if owner is not None and owner.id == article.id:
            self._store.add_alias(article.id, address, STATED, at)
            return Ruling(Verdict.ALIAS, Ground.OWN)
        ruling = judge(article.url, address, None if owner is None else self._pair(article, owner))
        if ruling.verdict is Verdict.ALIAS:
            self._store.add_alias(article.id, address, STATED, at)
        elif owner is not None and ruling.verdict is Verdict.JOIN:
            self.join(article, owner, at)
        elif owner is not None and ruling.ground is Ground.DIFFERENT_TEXT and owner.url != address:
            self._contest(owner, address)
        return ruling

    def _contest(self, owner: Article, address: str) -> None:
        """Two articles name it: from now on it says nothing about the one that had it."""
        kinds = {alias.url: alias.kind for alias in self._store.aliases(owner.id)}
        if kinds.get(address) == STATED:
            self._store.give_alias(address, owner.id, CONTESTED)

    def _meet(self, article: Article, other: Article, at: datetime) -> Ruling:
        ruling = judge_pair(self._pair(article, other))
        if ruling.verdict is Verdict.JOIN:
            self.join(article, other, at)
        return ruling

    def _twins(self, article: Article, named: str) -> Iterator[Article]:
        """Other articles with the text that this one has now, whose page names this one's address."""
        version = self._current(article.id)
        if version is None:
            return
        ours = {article.url, named} - {""}
        for other_id in self._store.articles_with_text(version[0]):
            other = self._store.article(other_id)
            if other_id != article.id and other.same_as is None and self._named_by(other_id) in ours:
                ruling = judge(other.url, article.url, None)
                if ruling.verdict is Verdict.ALIAS:
                    yield other

    def join(self, one: Article, other: Article, at: datetime) -> None:
        """These two are one article: the one followed longer goes on, the other leads to it."""
        kept, left = sorted((one, other), key=lambda article: article.id)
        kept, left = self._store.article(kept.id), self._store.article(left.id)
        for alias in self._store.aliases(left.id):
            self._store.give_alias(alias.url, kept.id, MERGED if alias.url == left.url else alias.kind)
        reason = f"the same article as {kept.id}, which is followed on"
        self._store.update_article(
            replace(left, same_as=kept.id, next_look_at=None, retired_at=at, next_look_reason=reason)
        )
        if kept.next_look_at is None:
            reason = f"followed again: article {left.id} turned out to be this one"
            self._store.update_article(replace(kept, next_look_at=at, retired_at=None, next_look_reason=reason))
        self._store.log("joined", left.id, kept.id, at)
        log.info("two addresses of one article", article=kept.id, joined=left.id, url=left.url)

    def _pair(self, article: Article, other: Article) -> Pair:
        ours, theirs = (self._store.versions(each.id) for each in (article, other))
        shared = {version.digest for version in ours} & {version.digest for version in theirs}
        texts = [self._current(each.id) for each in (article, other)]
        if texts[0] is None or texts[1] is None:
            return Pair(shared=False, overlap=0.0, words=0, one_headline=False, looks=0)
        one, two = texts[0][1], texts[1][1]
        words = [_words(text) for text in (one, two)]
        looks = [c for c in self._store.captures(article.id) if c.look.outcome in ACCEPTED]
        return Pair(
            shared=bool(shared),
            overlap=len(words[0] & words[1]) / max(1, len(words[0] | words[1])),
            words=min(map(len, words)),
            one_headline=one.headline == two.headline != "",
            looks=len(looks),
        )

    def _current(self, article_id: int) -> tuple[str, ArticleText] | None:
        """Digest and text of the version that the article has now."""
        appearances = self._store.appearances(article_id)
        if not appearances:
            return None
        number = appearances[-1].version_number
        return self._store.version(article_id, number).digest, self._store.version_text(article_id, number)

    def _named_by(self, article_id: int) -> str:
        """What the last accepted page of an article called itself."""
        for capture in reversed(self._store.captures(article_id)):
            form = self._store.extraction_of(capture.id) if capture.look.outcome in ACCEPTED else None
            if form is not None:
                return stated_address(form["canonical_url"])
        return ""


def _addresses(article: Article, named: str, led_to: str) -> list[str]:
    return [address for address in dict.fromkeys((named, led_to)) if address and address != article.url]


def _words(text: ArticleText) -> frozenset[str]:
    return vocabulary(word_list(f"{text.headline}\n{text.text}"))
