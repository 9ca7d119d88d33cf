"""The words by which English sentences bind somebody: will, agreed to, is due to, must, demands that, 's pledge to.

A trigger stands between who is bound and the deed. Told apart by the words alone: promises, plans, what is expected of
somebody, and what is demanded; forecasts of what nobody does ("it will rain"), guesses ("may", "could") and what was
done are no triggers.
"""

from __future__ import annotations

import re
from enum import StrEnum

from writethru.comparison.lexicon import listed


class Force(StrEnum):
    """How somebody is bound."""

    PROMISED = "promised"
    """They said so themselves: will, vowed to, agreed to."""
    PLANNED = "planned"
    """It is arranged: plans to, is due to, is to."""
    EXPECTED = "expected"
    """Others expect it of them: is expected to."""
    DEMANDED = "demanded"
    """Others ask it of them: must, demands that, has until."""


_ADVERB = (
    r"(?:also|now|then|soon|again|still|finally|first|initially|immediately|always|instead|therefore|nevertheless|"
    r"nonetheless|only|(?!(?:f|rep|app|supp|re|comp|multip|imp|a|ra)ly\b|(?:al|ral)ly\b)\w++(?<=\wly))"
)
_VOWS = (
    r"agreed|promised|pledged|vowed|undertook|undertaken|committed(?: itself| himself| herself| themselves)?|sworn|"
    r"swore|guaranteed|threatened|offered|volunteered|agrees|promises|pledges|vows|undertakes|threatens|offers"
)
_SET = r"set|due|scheduled|slated|planning|preparing|getting ready|poised|expecting|determined|ready"
TRIGGER = re.compile(
    rf"\b(?:(?P<modal>will|shall|would|won['’]t|wouldn['’]t|(?<=\w)['’]ll)(?: {_ADVERB})*(?P<no> not| never|"
    rf" no longer)?(?: {_ADVERB})*(?: be (?=\w+ing\b))?"
    rf"|(?P<going>am|is|are|(?<=\w)['’](?:m|re|s))(?P<going_no> not)?(?: {_ADVERB})* going to(?= (?!be\b)[a-z])"
    rf"|(?:has|have) (?P<chose>decided|resolved|chosen)(?P<chose_no> not)? to"
    rf"|(?:(?:has|have|had|is|are|was|were) )?(?:{_ADVERB} )?(?P<vow>{_VOWS})(?: {_ADVERB}| on \w+day| this week|"
    rf" last week| yesterday)?(?P<vow_no> not| never)? to"
    rf"|(?:is|are|was|were|be)(?: {_ADVERB})*(?P<set_no> not| no longer)?(?: {_ADVERB})* (?:(?P<set>{_SET}) to|"
    rf"(?P<expected>expected|supposed|thought) to|(?P<obliged>required|obliged|ordered|told|bound|supposed|"
    rf"under orders) to|(?P<is_to>to)(?! be (?:seen|honest|fair|found|expected)\b))"
    rf"|(?:{_ADVERB} )?(?P<plan>plans?|planned|intends?|intended|aims?|means|meant|proposes?|"
    rf"proposed)(?P<plan_no> not)? to"
    rf"|(?P<must>must|has to|have to|needs? to|shall)(?P<must_no> not| never)?"
    r"|(?P<until>has|have|was given|were given|gave [^.,;]{2,40}?)(?= until\b))(?![\w’'-])",
)
"""Between who is bound and the verb; ``until``: a deadline stands between ("has until Friday to answer")."""
DEMAND = re.compile(
    r"\b(?P<verb>demands?|demanded|demanding|requires?|required|requiring|insists?|insisted|orders?|ordered|"
    r"calls? for|called for|calls? on|called on|calling on|calling for|"
    r"urges?|urged|asks?|asked|told|wants?|instructed|instructs)"
    r"(?P<that> that)? (?P<who>(?!to\b|that\b|not\b|for\b|about\b|whether\b|if\b|him to\b)(?:the |all |both |its |"
    r"his |her )?[\w’'-]+(?: (?!to\b|will\b|would\b|should\b|must\b)[\w’'-]+){0,4}?)"
    r"(?P<no> not| never)?(?(that)(?: must| should| shall)? (?!to\b)| to )"
    r"(?P<deed>(?!be (?:seen|sure)\b|(?:the|an?|his|her|its|their|our|this|that|these|those|it|him|them|what)\b)"
    r"[a-z]+\b)"
)
""" "Demands that Syria declare …", "ordered the mayor to pay": who is bound stands behind the trigger."""
DEMANDING = listed(
    "demand demands demanded demanding require requires required requiring insist insists insisted order orders",
    "ordered call calls called calling urge urges urged ask asks asked told want wants instructed instructs",
)
"""A sentence without any of these has no ``DEMAND``."""
OFFERED = listed("pledge promise vow offer commitment undertaking plan decision intention threat proposal")
"""A sentence without any of these has no ``NOUN``."""
NOUN = re.compile(
    r"(?P<who>(?:\b(?:the|his|her|its|their|a|an) (?:[\w-]+ ){0,3}?)?[\w-]+['’]s?|\b(?:his|her|its|their|my|our)) "
    r"(?:\w+ )?(?P<noun>pledge|promise|vow|offer|commitment|undertaking|plan|decision|intention|threat|"
    r"proposal) to (?P<deed>[a-z]+)"
)
""" "Assad's offer to provide …"."""
THAT = re.compile(rf"\b(?:{_VOWS}) that\b|\b(?:promised|pledged|vowed|guaranteed)\b")
"""A promise whose deed follows in a clause of its own, with "would": a verb that makes "would" one."""
SOONER = re.compile(r"\b(?:had|once|previously|earlier|long ago|last year|years ago|in \d{4}|originally)\b")
"""Beside a promise: it was made long before."""
GUESS = re.compile(r"\b(?:probably|likely|perhaps|maybe|presumably|almost certainly|surely|inevitably|no doubt|"
r"may well|in all likelihood|forecasters?|predicted|"
                   r"predicts?|forecasts?|fears?|feared|warned that|warns that|estimates?|estimated|believes?|"
                   r"thinks?|hopes?|hoped|bets?|"
                   r"analysts?|experts?|economists?|odds)\b", re.IGNORECASE)  # fmt: skip
"""Makes a forecast of "will"."""
NO_DEED = listed(
    "be have rain snow happen occur remain become seem appear cost last mean matter depend likely need know see",
    "feel look find grow die survive suffer exist belong contain include involve result lead cause affect benefit",
    "lose win rise fall increase decrease decline drop climb shrink worsen improve deteriorate collapse erupt",
    "flood freeze melt blow pass arrive fail prevail follow prove regret forget remember miss love hate like want",
    "hope think believe understand learn realise realize wonder say tell admit take come go get make continue",
    "stay keep change turn expect save",
)
"""Verbs that bind nobody by themselves; with a person as subject and a deadline some do (``DEED_WITH_A_DAY``)."""
DEED_WITH_A_DAY = listed(
    "take come go get make continue stay keep change turn arrive follow pass leave be have increase decrease win",
)
CONDITION = re.compile(
    r"(?:,? )?\b(?P<sign>if|unless|(?<!be )(?<!been )(?<!is )(?<!are )(?<!was )(?<!were )provided(?: that)?(?! with\b)|"
    r"providing(?: that)?|as long as|so long as|on condition that|"
    r"only if|only when|"
    r"in return for|in exchange for|assuming|once|subject to|should (?=the |it |he |she |they |[A-Z]))\s"
)
PERSON_WORDS = listed(
    "paper museum rector captain editor reader readers ship bus buses driver drivers rival rivals firefighters airline",
    "he she they we i who government ministry minister council company police party parties union court committee",
    "commission agency office president mayor governor secretary premier chancellor king queen king's officials",
    "official spokesman spokeswoman spokesperson leaders leader team teams engineers workers doctors nurses",
    "teachers pilots inspectors experts delegation delegations envoy envoys ambassador diplomats ministers",
    "lawmakers senators parliament congress senate house cabinet board bank banks firm firms club federation",
    "league association authorities authority department administration army navy troops forces rebels opposition",
    "regime side sides owners owner operator management directors director chief chairman chairwoman head heads",
    "judges judge prosecutors prosecutor lawyers members states nations countries country city town village",
    "region province state island church bishop school university hospital airline carrier railway group",
    "organisation organization charity fund network newspaper broadcaster publisher coach manager captain players",
    "crew residents families farmers fishermen miners strikers protesters students volunteers aides allies",
    "partners powers monitors observers auditors builders contractor contractors developer museum theatre theater",
    "regulator watchdog port harbour harbor employer employers landlord landlords tenants shareholders investors",
    "creditors lenders lender candidate candidates publishers editors parents neighbours colleagues negotiators",
    "mediators mediator guards inquiry tribunal panel jury master public press reporters media investigators",
    "everyone nobody people women men both neither each ferry trains",
)
"""Who can do something, as the last word of a noun phrase."""
_PERSONS = "|".join(sorted(PERSON_WORDS - {"it", "we", "i", "he", "she", "they", "who"}, reverse=True))
_NAMES = r"[A-Z][\w’'-]*(?: (?:(?:of |al |de |von |van )?[A-Z][\w’'-]*))*"
_NOUN_PHRASE = (
    r"(?P<whom>(?:(?:the|his|her|its|their|all|both|every|each|other|our|your) )?"
    r"(?:(?!(?:to|in|on|at|by|for|from|with|next|last|this|more|about|how|what|that|and|or|"
    r"as)\b)[\w’'-]+ (?:of (?:the )?)?){0,4}"
    rf"(?:(?:{_NAMES} )?(?:{_PERSONS})|{_NAMES}|him|her|them|us|you|me))(?![\w’'-])"
)
TO_WHOM = (
    re.compile(
        rf"(?:meet|brief|tell|inform|pay|compensate|consult|call|reimburse|notify|assist|help|give|send|offer|"
        rf"repay|ask|sue|invite|warn)(?: again)?(?: with)? {_NOUN_PHRASE}"
    ),
    re.compile(
        r"(?:give|hand|hands|submit|present|report|send|provide|pay|deliver|offer|sell|transfer|explain|"
        r"apologi[sz]e|speak|talk|write|show|release|propose|grant|lend|donate|restore|answer|appeal|issue|"
        r"surrender|cede|supply)\b[^.;:]*? to " + _NOUN_PHRASE
    ),
    re.compile(rf"[^.;:]*?\bwith {_NOUN_PHRASE}"),
)
"""In a deed, to or with whom: the object of some verbs, behind "to" for verbs of giving and telling, behind "with"."""
PARTICIPLE = re.compile(r"(?:\w+ly )?(?:(?:re)?(?:built|paid|held|sold|sent|given|made|shut|brought|taken|told|set|"
r"drawn|withdrawn|shown|done|put|cut)\b|(?!expected|needed|required|affected|"
    r"concerned|disappointed|remembered|missed|allowed|based|used|surprised|interested|pleased|killed|injured|"
    r"damaged|delighted|tired|limited|divided|followed|"
    r"watched|forgotten|exhausted|outnumbered|tempted|forced)\w{2,}(?:ed)\b)")  # fmt: skip
"""Behind "will be": a deed done to its subject by somebody."""
ENDS = re.compile(
    r";|(?P<quote>[”\"])(?=[\s,.]|$)| [–—-] |,? (?:but|while|although|though|whereas|because|so that|even as|"
    r"after which)\b|"
    r",? (?:he|she|they|it|officials?|[A-Z][\w.’'-]*(?: [A-Z][\w’'-]*)*) (?:has |have |also )?(?:said|says|told|"
    r"added|wrote|warned)\b|,? according to\b|"
    r", (?:which|who|where|when|he|she|they|a|adding|saying|amid|despite|with|under|an|in what|as|to the|citing|"
    r"the (?:first|second|last|latest)|or else)\b|"
    r", and (?=(?:he|she|it|they|the|that|a|there)\b|[A-Z]|\w+s (?:out|the|a|an|its|his|her|that|to)\b)|"
    r" and (?:will|would|has|have|is|are|was|were|that|said|he|she|they|it|the [\w-]+ (?:will|would|has|is|was|"
    r"said))\b|"
    r" and (?:[A-Z][\w’'-]* ){1,3}(?:will|would|has|is|was|said)\b|(?<!well) as (?:the|part of|it|he|she|they|a)\b"
)
"""Where the clause of a deed ends."""
STEP = re.compile(r"(?:, (?:and )?| and )(?:(?:then|finally|later|lastly|eventually) )?(?=(?P<verb>[a-z]+)\b)")
DEEDS = listed(
    "join declare allow arrange give hand open close release publish pay build repair sign ratify withdraw leave",
    "return hold send meet accept admit grant let end stop halt lift cut raise set free destroy dismantle account",
    "list surrender disarm provide deliver submit present begin start finish complete restore rebuild reopen",
    "resign appoint name elect vote sell buy lower reduce increase remove replace test inspect check count search",
    "clear drain dredge train hire dismiss apologise apologize compensate reimburse agree negotiate draft review",
    "report inform tell show explain write answer move transfer ship carry protect guard support help fund",
    "finance cancel suspend delay extend ban permit register record map mark plant clean evacuate deploy monitor",
    "verify observe secure neutralise neutralize",
)
"""Verbs that begin a step of a list."""
DEEDS_OF_NOUNS = DEEDS | listed(
    "keep sue strike kill leave use make build bring take quit walk boycott block expel fire step work double do be"
)
"""Behind "commitment to" and "threat to", which also take a noun ("a threat to society"): verbs."""
NOBODYS = listed(
    "storm storms rain snow wind winds hurricane cyclone typhoon weather river flood floods sun moon tide fog",
    "frost heat cold virus",
    "illness epidemic eruption volcano earthquake price prices temperature temperatures economy inflation growth",
    "unemployment euro dollar",
    "market markets shares population demand supply risk pain fear impact result results cost costs crisis winter",
    "summer spring autumn",
)
"""What happens by itself: forecasts of it bind nobody."""
TELLING = listed(
    "will shall would won wouldn ll going decided resolved chosen must due scheduled slated planning preparing",
    "getting poised",
    "expecting determined ready set expected supposed thought required obliged ordered told bound orders require",
    "requires requiring",
    "demand demands demanded demanding insist insists insisted order call calls called calling urge urges urged",
    "ask asks asked want",
    "wants instructed instructs pledge promise vow offer commitment undertaking plan decision intention threat",
    "proposal plans planned",
    "intend intends intended aims means meant proposes proposed needs need",
    " ".join(word for word in _VOWS.replace("(?:", " ").replace("|", " ").replace(")", " ").split()),
)
TRIGGERING = listed("will shall would won wouldn ll must to until")
"""A sentence without any of these has no ``TRIGGER``."""
TELLING_PAIR = re.compile(
    r"\b(?:is|are|was|were|be|has|have|given|gave)\b[^.;]{0,44}? (?:to|until)\b|['’](?:m|re|s) (?:not )?going to\b"
)
"""A sentence without any of these words, or such a pair, binds nobody: most are not looked at further."""
