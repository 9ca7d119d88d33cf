"""Manuscripts: the readable source of the demo articles, one file an article.

A manuscript has a head (``outlet``, ``path``, ``section``, ``topic``; where it applies ``settings``, ``event``,
``storyline``, and what it ``reuses`` or ``quotes``) and then its states, each opened by ``=== TIME``. A state has
field lines (``headline: …``, ``lesson: …``), an empty line, and then either blocks (the first state) or marks that
change the state before it, as a sub-editor would write them in the margin::

    @replace twelve -> 21        exactly one place in the blocks
    @delete The inquiry          the block that starts so
    @after The inquiry           the blocks that follow go behind that block
    @before The inquiry          … in front of it
    @top / @end                  … first / last
    @move The inquiry -> before Rescue workers     (or after)
    @from 1                      start from that state's text, not from the one before
    @curly / @nbsp               typeset quotation marks / no-break spaces from now on

Blocks are one line each: ``## subhead``, ``> quote``, ``* list item``, ``[caption] …``, ``[credit] …``, ``[note] …``,
``[entry ID TIME] …``; anything else is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from writethru.errors import MalformedInput

FIELDS = ("headline", "standfirst", "byline", "dateline", "published", "modified", "section")
_NOTES = ("lesson", "kinds", "flags")
_KEYED = re.compile(r"(\w+):\s*(.*)")
_ENTRY = re.compile(r"\[entry (\S+) (\S+)\] (.*)")
_MARKED = re.compile(r"\[(caption|credit|note)\] (.*)")
_PREFIXES = (("## ", "subhead"), ("> ", "quote"), ("* ", "list-item"))


@dataclass(frozen=True, slots=True)
class Piece:
    """One block as written: kind, text, and for a live-blog entry its id and stated time."""

    kind: str
    text: str
    id: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """One state of an article, as written (typesetting not yet applied).

    Attributes:
        time: when the outlet put it up, ISO 8601 with Z.
        fields: those of ``FIELDS`` that are set.
        kinds: what a comparison with the state before should find.
        flags: ``silent``, ``unseen``, ``unlisted``.
        settings: typesetting in force, ``curly`` and ``nbsp``.
    """

    time: str
    fields: Mapping[str, str]
    pieces: tuple[Piece, ...]
    lesson: str = ""
    kinds: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One article: where it stands, what it is about, and all its states in order of time.

    Attributes:
        event, storyline: names shared by the articles that belong together, or "".
        reuses: the article whose text this one takes, and ``credited`` or ``uncredited``; or empty.
        quotes: the article with which it shares quotations and nothing else, or "".
    """

    outlet: str
    path: str
    topic: str
    states: tuple[State, ...]
    event: str = ""
    storyline: str = ""
    reuses: tuple[str, ...] = ()
    quotes: str = ""

    @property
    def place(self) -> str:
        """Host and path: its name in ``expected.json``."""
        return f"{self.outlet}{self.path}"


def parse(text: str, *, name: str = "manuscript") -> Manuscript:
    """Read one manuscript.

    Raises:
        MalformedInput: a field is missing, or a mark fits nowhere or in more than one place.
    """
    head, *chunks = re.split(r"(?m)^=== ", text)
    about = dict(_keyed_lines(head.splitlines()))
    if missing := [key for key in ("outlet", "path", "section", "topic") if key not in about]:
        raise MalformedInput(f"the head lacks {', '.join(missing)}; add it above the first ===", key=name)
    settings = frozenset(about.get("settings", "").split())
    states: list[State] = []
    for chunk in chunks:
        states.append(_state(chunk, states, State("", {"section": about["section"]}, (), settings=settings), name))
    return Manuscript(
        about["outlet"],
        about["path"],
        about["topic"],
        tuple(states),
        event=about.get("event", ""),
        storyline=about.get("storyline", ""),
        reuses=tuple(about.get("reuses", "").split()),
        quotes=about.get("quotes", ""),
    )


def _keyed_lines(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if match := _KEYED.fullmatch(line.strip()):
            yield match[1], match[2]


def _state(chunk: str, earlier: Sequence[State], blank: State, name: str) -> State:
    top, _, body = chunk.partition("\n\n")
    time, *lines = top.splitlines()
    keyed = dict(_keyed_lines(lines))
    if unknown := set(keyed) - set(FIELDS) - set(_NOTES):
        raise MalformedInput(f"unknown field {sorted(unknown)[0]!r} in the state of {time}", key=name)
    old = earlier[-1] if earlier else blank
    fresh = replace(
        old,
        time=time.strip(),
        fields={**old.fields, **{key: value for key, value in keyed.items() if key in FIELDS}},
        lesson=keyed.get("lesson", ""),
        kinds=tuple(keyed.get("kinds", "").split()),
        flags=frozenset(keyed.get("flags", "").split()),
    )
    return _apply_marks(fresh, body, earlier, f"{name} {time}")


def _apply_marks(state: State, body: str, earlier: Sequence[State], where: str) -> State:
    """The state with the marks of ``body`` applied in order; blocks before any mark are appended."""
    for order, rest, pieces in _marks(body):
        if order in ("curly", "nbsp"):
            state = replace(state, settings=state.settings | {order})
        elif order == "from":
            state = replace(state, pieces=earlier[int(rest) - 1].pieces)
        elif order not in _ORDERS:
            raise MalformedInput(f"there is no mark @{order}; there are: {', '.join(_ORDERS)}", key=where)
        else:
            state = replace(state, pieces=tuple(_ORDERS[order](list(state.pieces), rest, pieces, where)))
    return state


def _marks(body: str) -> Iterator[tuple[str, str, list[Piece]]]:
    """(order, its argument, the blocks that follow it), in order; plain text is an ``end`` order."""
    order, rest, pieces = "end", "", list[Piece]()
    for line in filter(None, (line.strip() for line in body.splitlines())):
        if line.startswith("@"):
            if pieces or order != "end":
                yield order, rest, pieces
            order, _, rest = line[1:].partition(" ")
            pieces = []
        else:
            pieces.append(_piece(line))
    if pieces or order != "end":
        yield order, rest, pieces


def _piece(line: str) -> Piece:
    if match := _ENTRY.fullmatch(line):
        return Piece("entry", match[3], match[1], match[2])
    if match := _MARKED.fullmatch(line):
        return Piece(match[1], match[2])
    for prefix, kind in _PREFIXES:
        if line.startswith(prefix):
            return Piece(kind, line[len(prefix) :])
    return Piece("paragraph", line)


def _place(pieces: Sequence[Piece], start: str, where: str) -> int:
    """The index of the one block that starts with ``start``."""
    found = [i for i, piece in enumerate(pieces) if piece.text.startswith(start)]
    if len(found) != 1:
        raise MalformedInput(f"{len(found)} blocks start with {start!r}; exactly one must", key=where)
    return found[0]


def _replaced(pieces: list[Piece], rest: str, _: list[Piece], where: str) -> list[Piece]:
    old, _arrow, new = rest.partition(" -> ")
    found = [i for i, piece in enumerate(pieces) if old in piece.text]
    if len(found) != 1 or pieces[found[0]].text.count(old) != 1:
        raise MalformedInput(f"{old!r} stands in {len(found)} blocks; exactly one place must fit", key=where)
    spot = found[0]
    pieces[spot] = replace(pieces[spot], text=pieces[spot].text.replace(old, new).strip())
    return pieces


def _deleted(pieces: list[Piece], rest: str, _: list[Piece], where: str) -> list[Piece]:
    del pieces[_place(pieces, rest, where)]
    return pieces


def _inserted_after(pieces: list[Piece], rest: str, new: list[Piece], where: str) -> list[Piece]:
    spot = _place(pieces, rest, where) + 1
    return [*pieces[:spot], *new, *pieces[spot:]]


def _inserted_before(pieces: list[Piece], rest: str, new: list[Piece], where: str) -> list[Piece]:
    spot = _place(pieces, rest, where)
    return [*pieces[:spot], *new, *pieces[spot:]]


def _moved(pieces: list[Piece], rest: str, _: list[Piece], where: str) -> list[Piece]:
    what, _arrow, target = rest.partition(" -> ")
    side, _space, anchor = target.partition(" ")
    piece = pieces.pop(_place(pieces, what, where))
    spot = _place(pieces, anchor, where) + (side == "after")
    return [*pieces[:spot], piece, *pieces[spot:]]


_ORDERS: Mapping[str, Callable[[list[Piece], str, list[Piece], str], list[Piece]]] = {
    "replace": _replaced,
    "delete": _deleted,
    "after": _inserted_after,
    "before": _inserted_before,
    "move": _moved,
    "top": lambda pieces, _rest, new, _where: [*new, *pieces],
    "end": lambda pieces, _rest, new, _where: [*pieces, *new],
}
