"""What events are made of, kept in step with the record: each article's words, its day, its place in the index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from writethru.analyse.encoding import ReadMeanings
from writethru.analyse.story_counts import number_of
from writethru.analyse.story_held import HeldStories
from writethru.analyse.story_holders import ASKED
from writethru.analyse.story_lately import Lately
from writethru.analyse.story_near import Neighbours
from writethru.analyse.story_sketches import Sketches
from writethru.analyse.story_words import HeldWords
from writethru.events.features import Features, features_of
from writethru.events.items import Item
from writethru.events.meanings import unpacked
from writethru.events.moments import Basis, Stated, When, day_of, when
from writethru.events.vectors import Vector
from writethru.storage.meaning_store import Meaning
from writethru.storage.store import Store
from writethru.storage.story_store import StoryArticle

MOST_READ = 1_500
"""Articles whose names and words as printed are kept, twice; some 20 KB each. Of those of long ago the casts of their
events are kept instead (``story_lines``)."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of an article; ``meaning`` where the archive asks for it."""

    features: Features
    when: When
    meaning: Meaning | None = None


class Known:
    """Reads and writes what is known of articles; what was read lately is kept (``held``)."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.held = HeldStories(store.stories)
        self.meanings = ReadMeanings(store)
        self._words = HeldWords(store.stories)
        self._counts = self._words.counts
        self._sketches = Sketches(self._words)
        self._neighbours = Neighbours(self.held, self._sketches, self._words)
        self.weights, self.age, self.archived = self._sketches.weights, self._sketches.age, self._sketches.archived
        self.coded, self.form, self.vectors = self._sketches.coded, self._sketches.form, self._sketches.vectors
        self.near, self.all_near = self._neighbours.near, self._neighbours.of
        self.reworded: set[int] = set()
        """Articles that were known and say something else since ``begin``."""
        self.clear()

    def begin(self) -> None:
        """Before a piece of work, inside its transaction: what is kept may not be so any more."""
        if not self.held.begin() or self._counts.is_full():
            self.clear()
        self.reworded.clear()

    def write(self) -> None:
        """Write what changed since ``begin``."""
        self._words.write()
        self.meanings.write()
        self.held.write()

    def clear(self) -> None:
        """Forget everything that is kept in memory."""
        self.held.clear()
        self.meanings.clear()
        self._words.clear()
        self._features: Lately[int, Features] = Lately(MOST_READ)
        self._sketches.clear()
        self._neighbours.forget()

    # articles

    def read(self, article_id: int) -> Read | None:
        """An article's latest text; None where it has none."""
        appearances = self._store.appearances(article_id)
        if not appearances:
            return None
        text = self._store.version_text(article_id, appearances[-1].version_number)
        return Read(features_of(text), self._when(article_id), self.meanings.read(article_id, text))

    def enter(self, article_id: int, read: Read) -> bool:
        """Keep what was read of an article; was anything new that groups rest on?"""
        if read.meaning is not None:
            self.meanings.keep(article_id, read.meaning)
        before = self.articles([article_id]).get(article_id)
        if before is not None and before.digest == read.features.digest and _own_minute(before) == read.when.minute:
            return False
        if before is not None:
            self._take_out(before)
            self.reworded.add(article_id)
        self._enter(article_id, read.features, read.when, before)
        return True

    def article(self, article_id: int) -> StoryArticle:
        """One that is known."""
        return self.held.article(article_id) or self.articles([article_id])[article_id]

    def articles(self, article_ids: Iterable[int]) -> dict[int, StoryArticle]:
        """Those of these that are known."""
        return self.held.articles(article_ids)

    def features(self, article: StoryArticle) -> Features:
        """Its words and names."""
        found = self._features.get(article.article_id)
        if found is None:
            found = Features.unpacked(article.bag)
            self._features.put(article.article_id, found)
        return found

    def terms(self, article_id: int) -> int:
        """How many different words an article has that is known."""
        found = self._sketches.terms(article_id)
        return len(self.coded(self.article(article_id)).places) if found is None else found

    def keep(self, article: StoryArticle) -> None:
        """Write an article that was read, with another day, group or reason."""
        before = self.held.articles([article.article_id]).get(article.article_id)
        if before is None or before.minute != article.minute:
            self._neighbours.forget()
        self.held.keep_article(article)

    def forget(self, article_id: int) -> None:
        """An article that has no text any more."""
        before = self.articles([article_id]).get(article_id)
        if before is not None:
            self._take_out(before)
            self.held.forget(article_id)

    def items(self, articles: Sequence[StoryArticle], apart: Collection[int]) -> dict[int, Item]:
        """As they are grouped: those with equal words of one day are one item, unless they are to be apart."""
        found: dict[int, Item] = {}
        meant = self.meanings.of(one.article_id for one in articles) if self.meanings.level() else {}
        for article in articles:
            own = f":{article.article_id}" if article.article_id in apart else ""
            key = f"{article.digest}:{day_of(article.minute)}{own}"
            meaning = meant.get(article.article_id)
            grains = None if meaning is None else unpacked(meaning.grains)
            found[article.article_id] = Item(
                key, article.minute, self.features(article), self.vector(article), self.coded(article), grains
            )
        return found

    # weights and neighbours

    def weigh_anew(self) -> None:
        """From here on words weigh what they weigh now, until the archive has grown by some per cent again."""
        self._sketches.weigh_anew()
        self._neighbours.forget()

    def alike(self, article: StoryArticle, others: Iterable[StoryArticle]) -> list[float]:
        """The cosine of an article with each of others."""
        vectors = self.vectors(others)
        found: list[float] = self._counts.vocabulary.products(self.vector(article), vectors).tolist()
        return found

    def vector(self, article: StoryArticle) -> Vector:
        """Its words by the weights of now, of length one."""
        return self.vectors((article,))[0]

    # parts

    def _when(self, article_id: int) -> When:
        summary = self._store.article_summaries(article_id=article_id)[0]
        stated = Stated(summary.published or summary.modified, summary.article.url, summary.first_seen, summary.basis)
        return when(stated)

    def _enter(self, article_id: int, found: Features, moment: When, before: StoryArticle | None) -> None:
        cluster = before.cluster if before is not None else article_id
        article = StoryArticle(article_id, found.digest, moment.minute, moment.basis.value, cluster, found.packed())
        self._features.put(article_id, found)
        twins = self.twins(article)
        self.keep(article)
        coded = self._sketches.put(article_id, found)
        self._count(coded, 1)
        self._words.begin_lists(self._counts.singles(coded.places))
        if not twins:
            self._words.enter(article_id, day_of(moment.minute), self._sketches.asked([article])[0].numbers)

    def _take_out(self, article: StoryArticle) -> None:
        """Out of the index; one of equal words, which was not in it, takes its place."""
        found, coded = self.features(article), self.coded(article)
        self._features.drop(article.article_id)
        self._sketches.drop(article.article_id)
        self._count(coded, -1)
        day = day_of(_own_minute(article))
        terms = [number_of(term) for term in found.bag]
        self._words.take_out(article.article_id, day, terms)
        twins = [other for other in self.twins(article) if other != article.article_id]
        if twins:
            self._words.take_out(twins[0], day, terms)
            self._words.enter(twins[0], day, self._sketches.rarest(coded).numbers)

    def twins(self, article: StoryArticle) -> list[int]:
        """Articles with these very words on this day."""
        twins = self.held.twins(article.digest, ASKED)
        if not twins:
            return []
        some = self.articles(twins)
        day = day_of(_own_minute(article))
        return [
            other for other, known in some.items() if day_of(_own_minute(known)) == day and other != article.article_id
        ]

    def _count(self, coded: Vector, by: int) -> None:
        self._neighbours.forget()
        self._sketches.grown()
        self._counts.add_article(coded.places, by)


def _own_minute(article: StoryArticle) -> int | None:
    """The time that the article itself states; an inferred one is not its own."""
    return None if article.basis == Basis.INFERRED else article.minute
