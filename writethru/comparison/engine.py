"""Comparing two texts: from the alignment to edits with marks, kinds and the exact patch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from writethru.comparison.alignment import Alignment, Items, align, places
from writethru.comparison.change import Change
from writethru.comparison.edits import Edit, Finding, Kind, Op, Sentence
from writethru.comparison.kinds import Surroundings, findings_of
from writethru.comparison.patch import patch_between
from writethru.comparison.units import FIRST_BLOCK, STANDFIRST, Unit, block_index, units_of
from writethru.comparison.words import SideMarks, mark_words
from writethru.model import ArticleText
from writethru.text.sentences import sentence_spans
from writethru.text.tokens import Span

Order = tuple[int, int, int]
"""Place of an edit in reading order: unmoved links before it, side, item."""


def compare(old: str | ArticleText, new: str | ArticleText) -> Change:
    """Everything that differs between two texts.

    Args:
        old, new: plain strings (paragraphs parted by newlines) or texts with fields.

    Returns:
        The change; ``is_empty`` when the two are the same to the last character.

    Raises:
        InputError: one of them is neither a string nor an ArticleText.
    """
    units_old, units_new = units_of(old), units_of(new)
    if units_old == units_new:
        edits: tuple[Edit, ...] = ()
        alignment = Alignment.of_equals(len(units_old))
    else:
        alignment = align(units_old, units_new)
        edits = tuple(_Writer(units_old, units_new, alignment).edits())
    patch = patch_between(units_old, units_new, alignment, edits)
    return Change(edits, patch, isinstance(old, str), isinstance(new, str), (old, new))


class _Writer:
    """Writes the edits of an alignment, in reading order."""

    __slots__ = ("around", "links", "moves", "new", "old")

    def __init__(self, old: list[Unit], new: list[Unit], links: Alignment) -> None:
        self.old = old
        self.new = new
        self.links = links
        self.around = Surroundings(old, new)
        self.moves: dict[int, int] = {}  # old item -> number of its move

    def edits(self) -> list[Edit]:
        """Fields first, then in the order a reader of both texts meets them."""
        self._number_moves()
        found = list(self._field_edits())
        found += [edit for _, edit in sorted(self._item_edits(), key=lambda pair: pair[0])]
        return found

    def _number_moves(self) -> None:
        """Neighbours on both sides that moved together share a number."""
        by_new = sorted((j, i) for i, j in self.links.links() if i in self.links.moved)
        last = (-2, -2)
        count = 0
        for j, i in by_new:
            together = (j - 1, i - 1) == last
            count += not together
            self.moves[i] = count
            last = (j, i)

    def _field_edits(self) -> Iterator[Edit]:
        for at in range(FIRST_BLOCK):
            a, b = self.old[at], self.new[at]
            if at != STANDFIRST and a.text != b.text:
                olds = [Sentence(a.kind, None, 0, a.text)] if a.text else []
                news = [Sentence(b.kind, None, 0, b.text)] if b.text else []
                yield self._edit(Op.REWRITTEN, olds, news)

    def _item_edits(self) -> Iterator[tuple[Order, Edit]]:
        links = self.links
        before_old, before_new = places(links)
        for i, j in enumerate(links.to_new):
            if j < 0:
                yield (before_old[i], 0, i), self._edit(Op.REMOVED, [self._old_sentence(i)], [])
            elif links.to_old[j] == i and not (i not in links.moved and self._unchanged(i, j)):
                side = 1 if i in links.moved else -1
                order = (before_new[j] + (side < 0), side, j)
                yield from ((order, edit) for edit in self._link_edits(i, j))
        for j, i in enumerate(links.to_old):
            if i < 0:
                yield (before_new[j], 1, j), self._edit(Op.ADDED, [], [self._new_sentence(j)])

    def _unchanged(self, i: int, j: int) -> bool:
        """The quick way to see that an unmoved link has no edit: same words, same white space before them."""
        a, b = self.links.old, self.links.new
        if a.text[i] != b.text[j] or a.seam[i] != b.seam[j]:
            return False
        return a.seam[i] is not None or self.old[a.unit[i]][:2] == self.new[b.unit[j]][:2]

    def _link_edits(self, i: int, j: int) -> Iterator[Edit]:
        """The edits of one link: none if the words and their place are the same."""
        links = self.links
        olds, news = links.merges.get(j, [i]), links.splits.get(i, [j])
        seams = self._seam_findings(i, j)
        move = self.moves.get(i)
        if len(olds) + len(news) > 2:
            seams += self._break_findings(olds, news)
        if len(olds) + len(news) > 2 or links.old.text[i] != links.new.text[j]:
            op = Op.SPLIT if len(news) > 1 else Op.MERGED if len(olds) > 1 else Op.REWRITTEN
            op = Op.MOVED if op is Op.REWRITTEN and move else op
            yield self._edit(
                op, [self._old_sentence(k) for k in olds], [self._new_sentence(k) for k in news], move, seams
            )
        elif move:
            yield from self._plain_move(i, j, move, seams)
        elif seams:
            yield self._edit(Op.LAYOUT, [self._old_sentence(i)], [self._new_sentence(j)], None, seams)

    def _plain_move(self, i: int, j: int, move: int, seams: tuple[Finding, ...]) -> Iterator[Edit]:
        """A moved block gives one edit per sentence, like any other text."""
        text = self.links.old.text[i]
        a, b = self._old_sentence(i), self._new_sentence(j)
        for start, end in sentence_spans(text) or [Span(0, 0)]:
            olds = [Sentence(a.where, a.block, a.start + start, text[start:end])]
            news = [Sentence(b.where, b.block, b.start + start, text[start:end])]
            yield self._edit(Op.MOVED, olds, news, move, seams)

    def _seam_findings(self, i: int, j: int) -> tuple[Finding, ...]:
        """What differs around two linked items: kind of block, paragraph break, white space."""
        links = self.links
        a, b = links.old, links.new
        kinds = self.old[a.unit[i]].kind, self.new[b.unit[j]].kind
        found = []
        if kinds[0] != kinds[1] and (a.seam[i] is None or b.seam[j] is None):
            found.append(Finding(Kind.BLOCK_KIND, detail=(("old", kinds[0]), ("new", kinds[1]))))
        seams = self._seam(self.old, a, i), self._seam(self.new, b, j)
        if seams[0] != seams[1] and i not in links.moved and self._follow_on(i, j):
            found.append(_seam_difference(*seams))
        return tuple(found)

    def _break_findings(self, olds: Sequence[int], news: Sequence[int]) -> tuple[Finding, ...]:
        """Did a paragraph break come or go where one sentence became several, or several one?"""
        breaks_old = len({self.links.old.unit[i] for i in olds})
        breaks_new = len({self.links.new.unit[j] for j in news})
        if breaks_old == breaks_new:
            return ()
        return (Finding(Kind.PARAGRAPHS, detail=(("break", "added" if breaks_new > breaks_old else "removed"),)),)

    def _follow_on(self, i: int, j: int) -> bool:
        """Are the items before these two linked in place as well, or is nothing before both?"""
        links = self.links
        if i == 0 or j == 0:
            return i == j
        linked = links.to_new[i - 1] == j - 1 or links.to_old[j - 1] == i - 1
        return linked and i - 1 not in links.moved

    @staticmethod
    def _seam(units: Sequence[Unit], items: Items, at: int) -> tuple[bool, str]:
        """Is there a block break before this item, and what white space?"""
        seam = items.seam[at]
        return (True, units[items.unit[at]].gap) if seam is None else (False, seam)

    def _old_sentence(self, i: int) -> Sentence:
        return _sentence(self.old, self.links.old, i)

    def _new_sentence(self, j: int) -> Sentence:
        return _sentence(self.new, self.links.new, j)

    def _edit(
        self,
        op: Op,
        olds: list[Sentence],
        news: list[Sentence],
        move: int | None = None,
        seams: tuple[Finding, ...] = (),
    ) -> Edit:
        """An edit with its marks and kinds."""
        if not olds or not news:
            op = Op.ADDED if news else Op.REMOVED
            olds, news = _marked_whole(olds), _marked_whole(news)
        elif len(olds) + len(news) > 2 or olds[0].text != news[0].text:
            text_old, starts_old = _joined(olds)
            text_new, starts_new = _joined(news)
            side_old, side_new = mark_words(text_old, text_new, starts_old, starts_new)
            olds, news = _share(olds, starts_old, side_old), _share(news, starts_new, side_new)
        bare = Edit(op, tuple(olds), tuple(news), move)
        found = findings_of(bare, self.around) + seams
        return Edit(op, bare.old, bare.new, move, found) if found else bare


def _seam_difference(old: tuple[bool, str], new: tuple[bool, str]) -> Finding:
    if old[0] != new[0]:
        return Finding(Kind.PARAGRAPHS, detail=(("break", "added" if new[0] else "removed"),))
    return Finding(Kind.WHITESPACE, detail=(("old", repr(old[1])), ("new", repr(new[1]))))


def _sentence(units: Sequence[Unit], items: Items, at: int) -> Sentence:
    unit = items.unit[at]
    kind = units[unit].kind
    return Sentence(kind, block_index(unit, kind), items.start[at], items.text[at])


def _marked_whole(sentences: list[Sentence]) -> list[Sentence]:
    return [Sentence(s.where, s.block, s.start, s.text, (Span(0, len(s.text)),)) for s in sentences]


def _joined(sentences: list[Sentence]) -> tuple[str, list[int]]:
    """The sentences with one space between, and where each begins."""
    starts = [0]
    if len(sentences) == 1:
        return sentences[0].text, starts
    for sentence in sentences[:-1]:
        starts.append(starts[-1] + len(sentence.text) + 1)
    return " ".join(sentence.text for sentence in sentences), starts


def _share(sentences: list[Sentence], starts: list[int], side: SideMarks) -> list[Sentence]:
    """Give marks in the joined text to the sentences they fall in."""
    shared = []
    for sentence, start in zip(sentences, starts, strict=True):
        mine = side if len(sentences) == 1 else side.within(start, len(sentence.text))
        shared.append(Sentence(sentence.where, sentence.block, sentence.start, sentence.text, *mine))
    return shared
