"""Clauses, deeds and spoken sentences of invented news for ``attribution_texts``: a small grammar, all words ours."""

from __future__ import annotations

import random
from collections.abc import Sequence

SUBJECTS = """the bridge|the vote|the new law|the harbour plan|his party|her opponent|the country|the company|the government|the tax cut|
the hospital|the strike|the deal with {place}|the election|the money|the debate|{last}|{first} {last}|the senator|the two sides|voters|
most people|young voters|the police|the army|the economy|the border|the court|the case|the evidence|the emails|the campaign|
the governor|the attack|the rebels|women|workers in {place}|the next president|the ferry|prices|wages|the schools|the budget|the suspect|
refugees from {place}|the airline|her husband|his father|the board|the merger|the crowd|the town|nobody|everyone|both countries|
the White House|the mayor's office|the state|{org}|the ruling|the bill|the primary|the convention|the polls|the speech|the timing|
the tunnel|the storm|the talks|the ceasefire|the witness|a second vote|a ban|an inquiry|the minimum wage|health care|the program|
gun laws|the refugees|free trade|the border wall|the delegates|his record|her record on crime|the letter|the tape|the party's rules|it|he|she|they|this""".replace(
    "\n", ""
).split("|")
PREDICATES = """would stay closed until May|was unfair|is not ready|would cost too much|had been rigged|should be raised|will not be sold|
had nothing to hide|was winning|is losing jobs to {place}|needed a new leader|would make things worse|had been a mistake|was behind the attack|
could not be trusted|has been treated badly|would win in November|is in trouble|was safer than ever|had gone too far|must be released|
would vote against it|has no chance of passing|was killed in the fire|was born in {place}|is the only one who can win|deserves better|
would bring the country together|lied about the costs|had broken the law|would be good for {place}|does not understand business|
was never told|had been warned twice|is falling apart|was the right thing to do|should drop out of the race|would be deported|
will be built next year|had raised {n} million crowns|would create {n},000 jobs|has lost {n} percent of its value|was ahead by {n} points|
is too close to call|had been drinking|knew about the plan|would not be charged|had acted alone|was under investigation|
are tired of being ignored|would stand by its allies|was not a racist|is a threat to the town|would never have happened under {last}|
should apologize|had not been consulted|will pay for it|would close the gap|was a disaster for working people|needs more time|
would be on the ballot in March|has changed its mind|was rising faster than wages|could reach a deal by Friday|is working|
has to be stopped|does not go far enough|would face a tough fight in {place}|had the support of the north|was a matter of principle|
was wrong about the war|is running out of money|had been hacked|was meant as a joke|would be decided by a few hundred votes|
had been seen near the pier|would not comment on the case|are turning out in record numbers|left him no choice|
was not qualified|had served its purpose|wants to take their guns|will back whoever wins|was stolen|is over""".replace(
    "\n", ""
).split("|")
TAILS = """after the vote|in {place}|before the summer|if nothing changes|because of the war|despite the ruling|for the first time since 1998|
on Monday|last week|in the next two years|unless the board acts|when the tapes were released|without a single vote from the north|
at the end of the month|under the new rules|even though prices had fallen|and that the town would pay|as early as Thursday|since the attack|
in a letter to {org}|with {n} percent of the vote|by a wide margin""".replace("\n", "").split("|")
DEEDS = """raise taxes|build a wall|cut {n},000 jobs|sell the harbour|close the border|release the report|run for governor|leave the race|
vote against the bill|support the nominee|meet with {last}|send troops to {place}|end the strike|appeal the ruling|repeal the law|
win over women|talk about the economy|answer questions|pay for it himself|move the headquarters to {place}|bring back jobs|
change the rules|stop the attacks|unite the party|testify before the committee|ban the flights|take the case to court|
publish its minutes|step down|apologize to the family|keep the school open|fight for every vote|debate her opponent|
name a new judge|protect the coast|spend more on ferries|drop the charges|attend the funeral|fire his campaign manager|
release his tax returns|give up the seat|win the nomination|defeat the rebels|work with both parties|stay out of the contest|
endorse {last}|use force|expand the program|undo the deal|raise {n} million crowns|hold a second vote|arm the rebels|comment|
make {place} safe again|put the money into schools|carry {place} in the fall|let the refugees in|reach voters in the south""".replace(
    "\n", ""
).split("|")
SPOKEN = """I think {s} {p}|We know that {s} {p}|It’s time for a change|{S} {p}, and I mean that|You can’t tell me that {s} {p}|
I have never seen anything like it|We are going to win, and we are going to win big|There is no question that {s} {p}|
This is not who we are|People are angry, and they should be|I don’t believe a word of it|We will {d}, whatever it takes|
I’m not going to {d}|He wants to {d}, and I don’t|She has a plan to {d}|If you want to {d}, you have to do it now|
It was the hardest day of my life|Let me be clear: {s} {p}|What we need is someone who can {d}|They don’t want us to {d}|
{S} {p}. {S2} {p2}|My mother worked nights for thirty years|I told him that {s} {p}|We’re all in this together|Thank you, {place}|
Nobody asked us whether {s} {p}|Our job is to {d}|The truth is that {s} {p}|I was shocked when I heard that {s} {p}|I’ll {d} on day one""".replace(
    "\n", ""
).split("|")


class Clauses:
    """Draws them; slots for names (``{last}`` and the like) stay for who fills them.

    Args:
        draw: where chance comes from.
    """

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw

    def clause(self) -> str:
        """A clause, with a small letter."""
        tail = f" {self._of(TAILS)}" if self._draw.random() < 0.4 else ""
        return self._numbered(f"{self._of(SUBJECTS)} {self._of(PREDICATES)}{tail}")

    def deed(self) -> str:
        """What one can do, without "to"."""
        tail = f" {self._of(TAILS)}" if self._draw.random() < 0.2 else ""
        return self._numbered(self._of(DEEDS) + tail)

    def spoken(self) -> str:
        """A sentence, or two, as one says it, without the last stop."""
        told = self._of(SPOKEN)
        for slot, some in (("{s}", SUBJECTS), ("{p}", PREDICATES), ("{d}", DEEDS), ("{p2}", PREDICATES)):
            told = told.replace(slot, self._of(some))
        for slot in ("{S}", "{S2}"):
            told = told.replace(slot, capital(self._of(SUBJECTS)))
        return self._numbered(told)

    def _numbered(self, text: str) -> str:
        return text.replace("{n}", str(self._draw.randrange(2, 60)))

    def _of(self, some: Sequence[str]) -> str:
        return self._draw.choice(some)


def capital(text: str) -> str:
    """The same with a capital; a slot for a name gets one anyway."""
    return text[0].upper() + text[1:]
