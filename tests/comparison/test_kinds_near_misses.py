"""Every kind against sentences that show it and sentences that nearly do.

``{old|new}`` is what differs between the two versions of a sentence.
"""

from __future__ import annotations

import re

import pytest

from writethru.comparison import compare

_EITHER = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")

SHOWS = {
    "figure": [
        "The crash killed {12|21} people on the ring road.",
        "The grant was {£1.5m|£15m} a year.",
        "{Dozens|Thousands} of homes have no water.",
        "Prices rose {a third|a quarter} in a year.",
        "It measured {5–7|5–9} metres from end to end.",
        "The price is {€40|$40} a head.",
        "He was {34|43} when he died.",
        "They found {three|seven} bodies in the hold.",
        "The pass rate fell to {7.5%|75%}.",
        "Losses came to {2.4 billion|2.4 million} crowns.",
    ],
    "date": [
        "The court sits on {Monday|Tuesday} in Harn.",
        "It was signed on {3|13} July 2014.",
        "The shop opens at {9am|10am} and closes early.",
        "The bridge fell {last week|last month}.",
        "She died in {1987|1978} in Orne.",
        "The ferry sank {two days ago|three days ago}.",
        "Rain is due {this evening|tomorrow}.",
        "He left {in March|in May} without a word.",
        "The kick-off is at {19:45|20:00}.",
        "The rule ends {by the end of 2025|by the end of 2026}.",
    ],
    "name": [
        "The driver was {Anna|Anne} Lund of Pell.",
        "Police named him as {Omar Haddad|Omar Haddid}.",
        "The bid came from {Tarn Steel|Orne Steel}.",
        "The march began in {Lower Pell|Upper Pell}.",
        "{Anders|Anders Erik} Holm led the choir.",
        "{Holm|Mr Holm} led the choir at the feast.",
        "They flew to {Peking|Beijing} at night.",
        "The winner is {Zoe|Zoë} Marr.",
        "The {DUP|SDP} walked out of the talks.",
        "The ship {Aurora|Astra} is lost.",
        "The firm, {Halvorsen & Sons|Halvorsen and Sons}, was fined.",
        "The offices of {the Ledger|the Courier} were searched.",
    ],
    "quotation-altered": [
        '"We will {never|not} leave," she said.',
        'He called it "a {grave|great} mistake by the board".',
        "'They {shot|fired} at us,' said the cook.",
        "“I {did|do} what I was told,” he wrote.",
        '"It was dark{ and we were cold|}," said the guide.',
        "«We {won|lost} our land», he said.",
    ],
    "quotation-added": [
        'The mayor left{|, saying "we are ready for any vote"}.',
        'The union was blunt{|: "They lied to each of us"}.',
        'The report says the dam {was badly built from the start|"was badly built from the start"}.',
    ],
    "quotation-removed": [
        'The mayor left{, saying "we are ready for any vote"|}.',
        '{"The dam was never checked at all"|The dam was never checked at all}, the report says.',
    ],
    "attribution": [
        "The bridge is safe, the builder {said|claimed}.",
        "The bridge is safe, {the builder|the minister} said.",
        "The bridge is safe{|, the builder said}.",
        "{Police say the|The} two men had guns.",
        "The well is clean, according to {the firm|its own report}.",
        "She {says|insists} that she paid.",
        "{Doctors|Nurses} said the ward was full.",
        "The pilots {alleged|proved} that the log was forged.",
        "He {admitted|denied} taking the car.",
        "The mayor told {the Ledger|the Courier} that she would stay.",
        '"It is over," {he|she} said.',
    ],
    "negation": [
        "The wall was {|not }built to last.",
        "He {did|didn't} know.",
        "She was {never|often} seen there.",
        "There was {no|a} guard at the gate.",
        "They left {with|without} a map.",
        "It is {no longer|still} on sale.",
        "The state {can|cannot} pay.",
        "{Nobody|Everybody} was hurt.",
    ],
    "modality": [
        "The dam {may|will} fail.",
        "She {must|should} resign.",
        "He {could|can} win.",
        "They {would|might} leave.",
        "The court{| may} fine{s|} him.",
    ],
    "hedge": [
        "{About|Exactly} 40 men came.",
        "{At least|Some} 40 men came.",
        "The {alleged |}thief ran off.",
        "It was {probably |}arson.",
        "He is {believed to be|} dead.",
        "The fire {reportedly |}began in a shed.",
        "{Up to|More than} 40 men came.",
        "The fire was {apparently |}set on purpose.",
    ],
    "scare-quotes": [
        'The {reform|"reform"} cost jobs.',
        "The {‘expert’|expert} was wrong.",
        "Their {'peace plan'|peace plan} failed.",
        "The so-called {“safe zone”|safe zone} was shelled.",
        "The {aid|“aid”} came late.",
    ],
    "link": [
        "See {https://a.example/x|https://a.example/y} for more.",
        "See {|https://a.example/x }for more.",
        "See {http|https}://a.example/x for more.",
    ],
    "typographic": [
        "The firm{'|’}s plan{...|…}",
        '{"Go," he said.|“Go,” he said.}',
        "The years 1914{-|–}18 were hard.",
        "It cost 40{ |\u00a0}euros.",
        "The caf{\u00e9|e\u0301} is shut.",
        "The wall{ -- | — }old and grey{ -- | — }fell.",
    ],
    "whitespace": [
        "The dog{ |  }ran.",
        "The dog ran{ |\t}home.",
    ],
}

DOES_NOT_SHOW = {
    "figure": [
        "{12|Twelve} ships were sunk that night.",
        "The toll reached {1,400|1 400} overnight.",
        "She moved to {Boeing 737|Boeing 747} training.",
        "It was {one of|among} the oldest trees in the park.",
        "The road was {three kilometres|3 km} long.",
        "The plan {won|gained} wide support in the chamber.",
        "He lived at {10|12} Downing Row.",
        "The vote was {5 percent|5 per cent} short.",
        "It happened {on 12 May|on 21 May} in the hall.",
        "Each {one|person} had a ticket.",
    ],
    "date": [
        "They {may|might} march again.",
        "The {second|third} runner fell.",
        "It opens on {May 3|3 May} in Harn.",
        "It opens on {May 3rd|May 3} in Harn.",
        "It took {two|three} hours to reach the hut.",
        "It happened {when|while} they slept.",
        "{March|Walk} past the church and turn left.",
        "He ordered {1,984|1,985} bricks.",
        "It costs {2,019|2,018} crowns.",
        "She has {sat|sung} in the hall.",
    ],
    "name": [
        "The {mayor|Mayor} opened the fair.",
        "{Police|Officers} closed the road.",
        "{The|A} man from Pell was held.",
        "The captain{, Ida Sund,|} stayed aboard.",
        "{Yesterday|Today} the bridge opened.",
        "{When|While} Holm spoke the lights went out.",
        "Holm met Lund{ in Pell|}.",
        "{He|Holm} met Lund at the pier.",
        "{However|But}, the fair went on.",
        "Lund {Said|said} nothing.",
    ],
    "quotation-altered": [
        '"We will never leave," she {said|claimed}.',
        "The board{'s|’s} plan failed.",
        "He called it {'a grave mistake by the board'|\"a grave mistake by the board\"}.",
        "The workers' {pay|wages} rose and the owners' {fell|sank}.",
        '"We will never leave," she said{ on the pier|}.',
    ],
    "quotation-added": [
        "The mayor left{|, saying she was ready for any vote}.",
        'The {plan|"plan"} was dropped.',
        "The ship{|s} 'Aurora' sailed.",
    ],
    "quotation-removed": [
        "The mayor left{, saying she was ready for any vote|}.",
        'The {"plan"|plan} was dropped.',
    ],
    "attribution": [
        "With {two of|all} 121 seats {undeclared|declared}, the Union had 58.",
        "The minister said {the|that the} bridge was safe.",
        "The minister {said|says} the bridge was safe.",
        "{The court|The High Court} heard the case in May.",
        "The painting is {said|thought} to be lost.",
        "The prince {would not|declined to} comment.",
        "The firm {asked|begged} for more time to pay.",
        "He {added|put} sugar to his tea.",
        "The council {claimed|won} the prize.",
        '"We said no," she said{ on the pier|}.',
        "Officials {closed|shut} the road.",
    ],
    "negation": [
        "They {didn't|did not} know.",
        "The knot {held|slipped}.",
        "He {denied|admitted} it.",
        "She {failed|managed} to win.",
        "The Nottingham {line|branch} closed.",
        "See no. {4|5} on the list.",
    ],
    "modality": [
        "It ends in {May|June}.",
        "He left a {will|letter} in the safe.",
        "The {can|tin} was empty.",
        "They {won't|will not} leave.",
        "He {must've|must have} left.",
    ],
    "hedge": [
        "They talked {about|of} the war.",
        "He looked {around|about} the room.",
        "{Some|Many} people left.",
        "She is over {there|here}.",
        "The bell rang {at|by} the end.",
    ],
    "scare-quotes": [
        'The {"plan"|“plan”} was dropped.',
        'He said "{no|yes}".',
        "The firm{'|’}s plan failed.",
        "She read {'The Hill at Night in Winter'|The Hill at Night in Winter}.",
        "He is 5' {9|8}\" tall.",
    ],
    "link": [
        "See https://a.example/x for {more|details}.",
        "See {a.example|b.example} for more.",
    ],
    "typographic": [
        "The firm{s|'s} plan failed.",
        "It was {re-formed|reformed} in May.",
        "He left{.|!}",
        "They were well{ | not }there.",
        "It was {10-12|1012} long.",
    ],
    "whitespace": [
        "The dog{ran| ran}.",
        "{Every day|Everyday} life went on.",
        "It cost {1 000|10 00} crowns.",
    ],
}


def kinds_of(template: str) -> set[str]:
    old, new = (_EITHER.sub(lambda found, n=side: found[n], template) for side in (1, 2))
    assert old != new
    return {kind.value for kind in compare(old, new).kinds}


@pytest.mark.parametrize(("kind", "template"), [(k, t) for k, rows in SHOWS.items() for t in rows])
def test_the_kind_is_found(kind: str, template: str) -> None:
    assert kind in kinds_of(template)


@pytest.mark.parametrize(("kind", "template"), [(k, t) for k, rows in DOES_NOT_SHOW.items() for t in rows])
def test_what_is_nearly_of_the_kind_is_not(kind: str, template: str) -> None:
    assert kind not in kinds_of(template)


def test_a_share_is_told_with_its_unit() -> None:
    old = "Outer Cays was held by the Greens with 61 per cent of the vote."
    assert "61 → 51 per cent" in compare(old, old.replace("61", "51")).summary
