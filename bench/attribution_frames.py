"""More frames for ``attribution_texts``: what newspapers do beside "X said that Y".

Each takes a maker and gives one marked sentence: what only seems so and of whom nobody is named, questions put to somebody,
nouns that attribute, polls, relative clauses, reduced ones, words of judgement, headlines. All words are ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from bench import attribution_words as words

if TYPE_CHECKING:
    from bench.attribution_texts import Maker

Frame = Callable[["Maker"], str]

SEEMS = """appears|appeared|seems|seemed|is expected|was expected|is said|is believed|is thought|is likely|was reported|is reported|
is rumoured|is rumored|is widely expected|is known|is alleged|was supposed""".replace("\n", "").split("|")
PLURAL_SEEMS = (
    """appear|seem|seemed|are expected|were expected|are said|are believed|are thought|are likely|are reported""".split(
        "|"
    )
)
IT_SEEMS = """It [c seems]|It [c appears]|It [c is clear]|It [c was clear]|It [c is believed]|It [c is said]|There [c is speculation]|
It [c seemed]|It [c is feared]|It [c was reported]|There [c were rumours]|There [c are fears]""".replace(
    "\n", ""
).split("|")
REPORTEDLY = "reportedly|allegedly|apparently|presumably|supposedly|ostensibly".split("|")
NOUNS_TO = """decision|refusal|promise|plan|plans|vow|pledge|threat|request|offer|bid|proposal|effort|efforts|desire|willingness|call|
call on others|demand|intention|hope|wish|failure|reluctance|agreement|push""".replace("\n", "").split("|")
NOUNS_THAT = """claim|view|belief|assertion|contention|suggestion|warning|argument|insistence|admission|statement|promise|fear|hope|
complaint|conclusion|theory|accusation|denial|announcement""".replace("\n", "").split("|")
PEOPLE = """people|voters|lawmakers|officials|residents|critics|supporters|opponents|activists|members|Democrats|Republicans|groups|
women|students|leaders|farmers|teachers|parents|economists|pastors|senators|unions""".replace("\n", "").split("|")
ASKED_OF = """voters|respondents|residents|adults|women|men under 40|those asked|likely voters|registered voters|Democrats|Republicans|
people in {place}|teachers|students|members""".replace("\n", "").split("|")
STANDS = """support|supported|oppose|opposed|back|backed|favor|favored|would vote for|prefer|preferred|approve of|disapprove of|want|
like|trust|distrust|blame|blamed|voted for|are against|are in favour of""".replace("\n", "").split("|")
SIDED = """supporting|backing|opposing|seeking|demanding|calling for|favoring|promoting|criticizing|questioning|challenging|wanting|
pushing for|protesting|endorsing|rejecting""".replace("\n", "").split("|")
POLLS = """a poll|the poll|a new poll|a survey of 900 adults|an NBK poll|a Courier poll released Monday|recent polls|exit polls|
the latest survey|a study by {org}|the report|court records|the emails|documents seen by the Courier|data from {org}|the figures|
a review by the Courier|an analysis of the vote|internal documents|the study|polls|records|early results""".replace(
    "\n", ""
).split("|")
SHOWS = "showed|shows|found|finds|suggests|suggested|indicated|indicates|revealed|has found|have shown|reveals|said|show|suggest".split(
    "|"
)
ORDERS = """urged|called on|asked|ordered|encouraged|advised|wants|wanted|begged|pressed|told|challenged|invited|expects|instructed|
allowed|has urged|has asked|would like|forced""".replace("\n", "").split("|")
REFERS = """referring to|alluding to|speaking of|speaking about|talking about|discussing|pointing to|citing|quoting|describing|echoing|
mocking|defending|praising|responding to|answering""".replace("\n", "").split("|")
KINDS_OF = """a mistake|a gamble|a gift to the rich|dead on arrival|one of the worst in years|a friend|the best choice|out of touch|
dangerous|reckless|a step forward|unfair|a joke|the man to beat|too weak|a great success|an insult""".replace(
    "\n", ""
).split("|")
CHARGES = """hiding the report|breaking its word|lying about the costs|taking money from {org}|misleading parliament|
playing politics with jobs|ignoring the warnings|copying {last}'s plan|trying to buy votes|hurting the poor""".replace(
    "\n", ""
).split("|")
OBJECTS = """the plan|the deal|the bill|him|her|it|the decision|{last}|the senator|the proposal|the law|his rival|the attack|the government|
the company|the court's ruling|the minister|the vote|the idea|the report|{org}|the new tax""".replace("\n", "").split(
    "|"
)
KNOWS = """believe|think|know|fear|hope|say|argue|feel|worry|suspect|see|understand|insist|are convinced|are confident|are afraid|
agree|remember|realize|doubt|assume|predict|expect|complain""".replace("\n", "").split("|")
JUDGED = (
    "called|calls|has called|dubbed|labeled|branded|considers|deemed|declared|has described as|described as|sees".split(
        "|"
    )
)


def named(maker: Maker) -> str:
    """A thing or somebody, with a small letter."""
    return maker.drawn(OBJECTS)


def seeming(maker: Maker) -> str:
    """What seems so, and to whom is not said."""
    deed = maker.deed()
    if maker.chance(0.25):
        return f"{maker.drawn(IT_SEEMS)} [t that {maker.clause()}]."
    who = maker.who(first=True).rstrip(",")
    if maker.chance(0.3):
        return f"[t {who} will] [c {maker.drawn(REPORTEDLY)}] [t {deed}]."
    if maker.chance(0.2):
        return f"[t {maker.drawn(PEOPLE).capitalize()}] [c {maker.drawn(PLURAL_SEEMS)}] [t to {deed}]."
    return f"[t {who}] [c {maker.drawn(SEEMS)}] [t to {deed}]."


def asked(maker: Maker) -> str:
    """A question that was put, and the answer."""
    cue = maker.drawn(("Asked", "When asked", "Pressed on", "Asked on Monday", "Asked by a reporter", "Asked about"))
    about = cue.endswith((" on", "about"))
    question = named(maker) if about else maker.drawn(("whether", "if", "why", "how")) + " " + maker.clause()
    head = f"When [c1 asked] [t1 {question}]" if cue.startswith("When") else f"[c1 {cue}] [t1 {question}]"
    who = maker.who(first=False)
    if maker.chance(0.4):
        return f"{head}, [s2 {who}] [c2 {maker.drawn(words.QUOTE[:8])}], [t2 “{maker.spoken()}.”]"
    return f"{head}, [s2 {who}] [c2 {maker.drawn(words.THAT[:40])}] [t2 {maker.clause()}]."


def by_noun(maker: Maker) -> str:
    """A noun that attributes: somebody's decision, claim, view."""
    who = maker.owner()
    tail = maker.drawn(
        ("came as a surprise", "drew few replies", "was not the first", "has hurt the party", "took a year")
    )
    kind = maker.drawn("abcd")
    if kind == "a":
        return f"[s {who}] [c {maker.drawn(NOUNS_TO)}] [t to {maker.deed()}] {tail}."
    if kind == "b":
        return f"[s {who}] [c {maker.drawn(NOUNS_THAT)}] [t that {maker.clause()}] {tail}."
    if kind == "c":
        return f"[c In] [s {who[0].lower() + who[1:] if who in OWNERS else who}] [c view], [t {maker.clause()}]."
    verb = maker.drawn(words.ABOUT[:40])
    return f"[s1 {maker.who(first=True)}] [c1 {verb}] [t1 {maker.owner().lower()} {maker.drawn(NOUNS_TO)} to {maker.deed()}]."


OWNERS = ("His", "Her", "Their", "Its", "Our", "My")


def polled(maker: Maker) -> str:
    """What a share of those asked think, and what the poll shows."""
    share = maker.drawn(
        ("Forty percent of", "Only 12 percent of", "Most", "Nearly half of", "A third of", "56% of", "A majority of")
    )
    who = f"{share} {maker.drawn(ASKED_OF)}"
    thing, kind = named(maker), maker.drawn("abcdef")
    if kind == "a":
        return f"[s1 {who}] [c1 {maker.drawn(STANDS)}] [t1 {thing}], while [s2 {maker.drawn(('37 percent', 'the rest', 'one in five'))}] [c2 {maker.drawn(STANDS)}] [t2 {named(maker)}]."
    if kind == "b":
        return f"[s {who}] [c {maker.drawn(KNOWS)}] [t {maker.that()}{maker.clause()}]."
    poll = maker.drawn(POLLS)
    if kind == "c":
        return f"[c In] [s {poll}], [t {maker.clause()}]."
    if kind == "d":
        return f"[t {maker.clause_first()}], [s {poll}] [c {maker.drawn(SHOWS)}]."
    if kind == "e":
        return f"[t {maker.clause_first()}], [c according to] [s {poll}]."
    return f"[s {poll[0].upper()}{poll[1:]}] [c {maker.drawn(SHOWS)}] [t {maker.that()}{maker.clause()}]."


def relative(maker: Maker) -> str:
    """Somebody who holds something, in a clause beside the main one or cut down to a participle."""
    kind, people = maker.drawn("abcd"), maker.drawn(PEOPLE)
    tail = maker.drawn(("went home early", "filled the hall", "met on Sunday", "lost the vote", "have left the party"))
    if kind == "a":
        return f"{people.capitalize()} [s who] [c {maker.drawn(STANDS)}] [t {named(maker)}] {tail}."
    if kind == "b":
        return f"{maker.full_name()}, [s who] [c {maker.drawn(words.ABOUT)}] [t {maker.thing()}], {tail}."
    if kind == "c":
        return f"{maker.drawn(('Some', 'Hundreds of', 'Many', 'A group of', 'Two'))} [s {people}] [c {maker.drawn(SIDED)}] [t {named(maker)}] {tail}."
    return (
        f"{maker.full_name()}, [s who] [c {maker.drawn(words.THAT[:50])}] [t {maker.that()}{maker.clause()}], {tail}."
    )


def judged(maker: Maker) -> str:
    """Words of judgement, orders, refusals, charges."""
    who, kind = maker.who(first=True), maker.drawn("abcdefgh")
    if kind == "a":
        return f"[s {who}] [c {maker.drawn(JUDGED[:6])}] [t {named(maker)} “{maker.drawn(KINDS_OF)}.”]"
    if kind == "b":
        return f"[s {who}] [c {maker.drawn(JUDGED)}] [t {named(maker)} {maker.drawn(KINDS_OF)}]."
    if kind == "c":
        return f"[s {who}] [c {maker.drawn(('described', 'dismissed', 'praised', 'cast', 'sees', 'portrayed', 'hailed'))}] [t {named(maker)} as {maker.drawn(KINDS_OF)}]."
    if kind == "d":
        return f"[s {who}] [c {maker.drawn(('accused', 'accuses', 'has accused', 'suspected'))}] [t {named(maker)} of {maker.drawn(CHARGES)}]."
    if kind == "e":
        return f"[s {who}] [c {maker.drawn(('blamed', 'criticized', 'attacked', 'praised', 'thanked', 'faulted', 'mocked'))}] [t {named(maker)} for {maker.drawn(CHARGES)}]."
    if kind == "f":
        return f"[s {who}] [c {maker.drawn(ORDERS)}] [t {named(maker)} to {maker.deed()}]."
    if kind == "g":
        return f"[s {who}] [c {maker.drawn(('declined', 'refused', 'did not agree', 'has declined', 'was unwilling'))}] [t to {maker.drawn(('comment', 'comment further', 'discuss it', 'give details', maker.deed()))}]."
    return f"It was what [s {who[0].lower() + who[1:] if who.split()[0] in ('The', 'A', 'An', 'He', 'She', 'They') else who}] [c {maker.drawn(('called', 'described as', 'has called'))}] [t “{maker.drawn(KINDS_OF)}.”]"


def referring(maker: Maker) -> str:
    """A quotation, and what it was about."""
    who = maker.who(first=False)
    said = f"[t1 “{maker.spoken()},”] [s12 {who}] [c1 {maker.drawn(words.QUOTE[:20])}]"
    return f"{said}, [c2 {maker.drawn(REFERS)}] [t2 {maker.thing()}]."


def thinking(maker: Maker) -> str:
    """Thought and feeling, with where and when between the verb and what is thought."""
    when = maker.drawn(
        (
            "",
            "",
            "on Monday ",
            "in Kolm ",
            "last week ",
            "for weeks ",
            "during the debate ",
            "at a rally in Sund on Sunday ",
        )
    )
    people = maker.drawn(("Many", "Some", "Most", "Few", "Some of the")) + " " + maker.drawn(PEOPLE)
    if maker.chance(0.5):
        return f"[s {people}] [c {maker.drawn(KNOWS)}] [t {maker.that()}{maker.clause()}]."
    return f"[s {maker.who(first=True)}] [c {maker.drawn(words.THAT[:30])}] {when}[t that {maker.clause()}]."


def headline(maker: Maker) -> str:
    """A line without a stop, most words with capitals."""
    name, clause = maker.full_name(), maker.clause_first()
    kind = maker.drawn("abcd")
    if kind == "a":
        return f"[s {name}][c :] [t {clause}]"
    if kind == "b":
        return f"[s {titled(name)}] [c {maker.drawn(('Says', 'Claims', 'Warns', 'Vows', 'Admits', 'Predicts', 'Denies'))}] [t {titled(clause)}]"
    if kind == "c":
        return (
            f"[s {maker.drawn(('Poll', 'Report', 'Study', 'Police', 'Minister', 'Union'))}][c :] [t {titled(clause)}]"
        )
    return f"[s {name}] [c {maker.drawn(('Slams', 'Backs', 'Endorses', 'Rejects', 'Defends', 'Blasts', 'Praises'))}] [t {titled(named(maker))}]"


def titled(text: str) -> str:
    """Each word with a capital, but the small ones."""
    return re.sub(
        r"(?<!['’])\b(?!(?:of|the|a|an|to|in|on|and|for|at|by)\b)[a-z]", lambda one: one.group().upper(), text
    )


def twice(maker: Maker) -> str:
    """Two verbs of one subject, the second without it."""
    who, joined = maker.who(first=True), maker.drawn((" and ", ", but ", ", and ", " but "))
    one = maker.drawn(
        (
            f"[c1 {maker.drawn(words.ABOUT)}] [t1 {named(maker)}]",
            f"[c1 {maker.drawn(words.THAT[:40])}] [t1 that {maker.clause()}]",
        )
    )
    two = maker.drawn((f"[c2 {maker.drawn(words.WILL[:24])}] [t2 to {maker.deed()}]", f"[c2 {maker.drawn(words.THAT[:40])}] [t2 {maker.clause()}]",
                       f"[c2 {maker.drawn(JUDGED[:4])}] [t2 it “{maker.drawn(KINDS_OF)}”]"))  # fmt: skip
    return f"[s12 {who}] {one}{joined}{two}."


FRAMES: dict[Frame, int] = {
    seeming: 7, asked: 5, by_noun: 8, polled: 9, relative: 9, judged: 12, referring: 3, thinking: 6, headline: 4, twice: 7,
}  # fmt: skip
"""How often each is taken."""
