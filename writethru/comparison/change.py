"""A change: what compare() returns, what is stored, and what turns each text into the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from writethru.comparison import form
from writethru.comparison.edits import Edit, Kind, Significance, Term
from writethru.comparison.patch import Patch, make_new, make_old
from writethru.comparison.significance import significance_of
from writethru.comparison.summary import summarise
from writethru.comparison.units import article_of, units_of
from writethru.errors import InputError
from writethru.model import ArticleText


@dataclass(frozen=True)
class Change:
    """All that differs between an old and a new text.

    Attributes:
        edits: in reading order.
        patch: the exact difference, white space and block kinds included.
        old_plain, new_plain: that side was given as a plain string.
    """

    edits: tuple[Edit, ...]
    patch: Patch
    old_plain: bool
    new_plain: bool
    _given: tuple[str | ArticleText, str | ArticleText] | None = field(default=None, repr=False, compare=False)
    _digests: tuple[str, str] | None = field(default=None, repr=False, compare=False)

    @property
    def texts(self) -> tuple[str | ArticleText, str | ArticleText] | None:
        """The two texts, if this change was made here and not read from its JSON form."""
        return self._given

    def apply(self, old: str | ArticleText) -> str | ArticleText:
        """The new text, exactly; a string for a string where the new text was one.

        Raises:
            InputError: the change was not made from this text.
        """
        self._check(old, 0)
        made = make_new(self.patch, units_of(old), [s.text for e in self.edits for s in e.new])
        article = article_of(made)
        return article.text if isinstance(old, str) and self.new_plain else article

    def revert(self, new: str | ArticleText) -> str | ArticleText:
        """The old text, exactly; a string for a string where the old text was one.

        Raises:
            InputError: the change was not made to this text.
        """
        self._check(new, 1)
        made = make_old(self.patch, units_of(new), [s.text for e in self.edits for s in e.old])
        article = article_of(made)
        return article.text if isinstance(new, str) and self.old_plain else article

    def _check(self, text: str | ArticleText, side: int) -> None:
        if self._given is not None and self._given[side] == text:
            return
        if _digest(text) != self.digests[side]:
            name, verb = (("old", "apply"), ("new", "revert"))[side]
            raise InputError(
                f"this change was made with another {name} text (digest {self.digests[side][:12]}); "
                f"{verb} it only to that one"
            )

    @cached_property
    def digests(self) -> tuple[str, str]:
        """``ArticleText.digest()`` of the old and of the new text."""
        if self._digests is not None:
            return self._digests
        if self._given is None:
            raise InputError("a change without its texts or their digests cannot be applied")
        return _digest(self._given[0]), _digest(self._given[1])

    @property
    def is_empty(self) -> bool:
        """Are the two texts the same to the last character?"""
        return self.patch.is_empty

    @cached_property
    def visible(self) -> bool:
        """Does anything differ that a reader sees (white space and invisible characters apart)?"""
        return any(edit.visible for edit in self.edits)

    @cached_property
    def substantial(self) -> bool:
        """Does anything differ beyond typography, white space and paragraph breaks?"""
        return any(edit.substantial for edit in self.edits)

    def differs_beyond(self, kinds: Collection[Kind]) -> bool:
        """Does anything differ that is not of these kinds alone?"""
        return not self.is_empty and not (self.edits and all(edit.is_only(kinds) for edit in self.edits))

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """All kinds of all edits, each once, the heaviest first."""
        return tuple(term.kind for term in self.terms if isinstance(term.kind, Kind))

    @cached_property
    def summary(self) -> str:
        """One sentence for people, made from the edits only."""
        return summarise(self.edits, self.patch, visible=self.visible)

    @cached_property
    def _significance(self) -> Significance:
        return significance_of(self.edits)

    @property
    def significance(self) -> float:
        """How much the change matters, 0..1."""
        return self._significance.score

    @property
    def terms(self) -> tuple[Term, ...]:
        """What the significance was made of."""
        return self._significance.terms

    def to_dict(self) -> dict[str, Any]:
        """The JSON form (docs/reference/comparison.md): enough to show, apply and revert."""
        return {
            "format": form.FORMAT,
            "plain": [self.old_plain, self.new_plain],
            "from": self.digests[0],
            "to": self.digests[1],
            "summary": self.summary,
            "kinds": [kind.value for kind in self.kinds],
            "significance": self.significance,
            "terms": [[t.kind.value, t.times, t.weight] for t in self.terms],
            "empty": self.is_empty,
            "visible": self.visible,
            "substantial": self.substantial,
            "edits": [form.edit_form(edit) for edit in self.edits],
            "patch": form.patch_form(self.patch),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Change:
        """Inverse of ``to_dict``; what can be worked out from the edits is worked out again.

        Raises:
            MalformedInput: not such a form, or of a newer format.
        """
        with form.reading():
            form.check_format(stored)
            plain = stored["plain"]
            edits = tuple(form.read_edit(edit) for edit in stored["edits"])
            patch = form.read_patch(stored["patch"])
            return cls(edits, patch, bool(plain[0]), bool(plain[1]), None, (stored["from"], stored["to"]))


def _digest(text: str | ArticleText) -> str:
    return (ArticleText.from_plain(text) if isinstance(text, str) else text).digest()
