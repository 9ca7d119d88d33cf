"""A made-up disaster as five outlets tell it: what they count, quote, promise and blame differs in known places."""

from __future__ import annotations

from writethru.model import ArticleText
from writethru.statements.evidence import Account, Read
from writethru.statements.reading import read_text

WIRE = """\
ALDERSUND (Nordwire) — The ferry Solveig sank off the harbour of Aldersund on Sunday, killing about 140 people, police \
said.

The coast guard blames the Marden shipping line for the sinking, a charge the company has denied.

The Solveig carried around 900 tonnes of salt, the harbour office said.

"We proceed from the fact that the answer to this problem lies in the hold, and we shall open it," said Ilse Marden, \
who owns the line.

Transport minister Jonas Hald said the company must submit the inspection reports of the ferry within 15 days."""

COPY = """\
The ferry Solveig sank off the harbour of Aldersund on Sunday, killing 143 people, police said.

The coast guard blames the Marden shipping line for the sinking, a charge the company has denied.

The Solveig carried about 900 tonnes of salt, the harbour office said.

"We proceed from the fact that the answer of this problem lies in the hold, and we shall open it," said Ilse Marden, \
who owns the line.

The divers found a second door open on Tuesday, a diver told this newspaper."""

GAZETTE = """\
More than 160 people were killed when the ferry Solveig sank near the harbour of Aldersund on Sunday, the mayor said.

Ilse Marden, whose line owned the ferry, said the coast guard caused the sinking by closing the harbour of Aldersund.

Nine passengers were rescued by a fishing boat, the hospital said.

The Marden line told the harbour board that it would submit the inspection reports of the ferry in 30 days."""

CORRECTED = GAZETTE.replace("More than 160 people", "More than 130 people")


def account(number: int, outlet: str, *texts: str, group: str = "", event: int = 1) -> Account:
    """An article with these versions."""
    made = [ArticleText.from_plain(text, headline="Ferry sinks off Aldersund") for text in texts]
    reads = tuple(Read(at, text, read_text(text)) for at, text in enumerate(made, 1))
    return Account(number, outlet, group or f"text {number}", event, reads, len(reads))


def story() -> list[Account]:
    """The wire, a copy of it that counted anew, and an account by another hand that was corrected."""
    return [
        account(1, "Nordwire", WIRE, group="text 1"),
        account(2, "The Aldersund Courier", COPY, group="text 1"),
        account(3, "The Gazette", GAZETTE, CORRECTED),
    ]
