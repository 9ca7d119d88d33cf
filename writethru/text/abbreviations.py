"""Words that carry a full stop without ending a sentence, by language, and their neighbours.

All languages are in one table: an article quotes names and titles of others, and the
language of a page is often unknown. Stored without the final stop, lower case.
"""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


NEVER_LAST = _words(
    # English titles and names of months, ranks, places that precede a name
    "mr mrs ms messrs mx dr prof rev fr hon pres gov lt col gen sen rep reps sens sgt cpl capt cmdr adm maj pvt brig "
    "supt det insp st ste mt ft sr jr msgr amb atty sec dep asst vs viz cf al eg e.g ie i.e no nos vol fig figs pp ed "
    "approx est c ca op cit jan feb mar apr jun jul aug sept sep oct nov dec "
    # German
    "hr fr frl dipl ing nr bzw vgl evtl ggf inkl exkl sog z.b u.a d.h z.t i.d.r u.u o.ä s.o s.u st hl jh art abs bd "
    "mag priv.-doz prof.dr max min mio mrd tsd jan feb mär apr aug sept okt nov dez mo di mi "
    # French
    "mm mme mmes mlle mlles mgr me dr pr p.ex p art av bd env ex fig réf tél janv févr avr juil "
    # Finnish
    "esim ns nk klo n t.s ts mm.muassa puh vrt tri prof maist os alk synt so yht milj mrd "
    # Russian and Bulgarian
    "г-н г-жа г-да ул пл пр просп д кв им св гл стр рис см ср напр т.е т.н т.к тыс млн млрд руб коп акад проф доц "
    "инж полк ген лейт кап гр бул ж.к вж лв сек мин"
)
"""After these a capital letter does not begin a sentence."""

SOMETIMES_LAST = _words(
    "u.s u.k u.n e.u u.s.a d.c a.m p.m inc ltd co corp bros llc plc jr sr ph.d m.d b.a m.a etc dept univ ave blvd rd "
    "calif mass conn tenn fla ga va pa okla ariz colo ill ind kan ky la md mich minn miss mo mont neb nev wash wis wyo "
    "usw u.a etc o.ä jh v.chr n.chr a.g e.v co.kg ym yms jne ab oy "
    "т.д т.п др пр г гг в вв н.э р.х и.т.н т.н т руб лв коп"
)
"""These end a sentence only when the next word is one that often begins a sentence."""

COMMON_FIRST_WORDS = _words(
    "the a an this that these those it its he she they we i you his her their our there here in on at by for from as "
    "but and or so yet if when while after before since with without under over about one some many most all no not "
    "what who why how where earlier later meanwhile however also still even although though because then now "
    "der die das ein eine es er sie wir in im am auf aber und nach vor bei mit für als wenn auch doch zudem dort "
    "le la les un une il elle ils elles on ce cette ces en dans mais et pour par avec selon au aux "
    "se hän he ne tämä nämä sen mutta ja kun jos "
    "он она они оно мы в на но и по с за для это этот эта при как если также той тя те това тези"
)

MONTHS = _words(
    "januar februar märz april mai juni juli august september oktober november dezember "
    "jahrhundert platz mal klasse runde tag geburtstag stock bezirk wahlperiode"
)
"""German words before which a number with a stop is an ordinal, not the end of a sentence."""

SPEECH_VERBS = _words(
    "said says say asked asks told tells added adds replied replies wrote writes warned warns declared declares "
    "insisted explained argued shouted cried joked quipped tweeted recalled continued concluded noted announced "
    "sagte sagt fragte erklärte betonte meinte rief demande demandé dit déclare lance sanoo sanoi kysyi kertoi "
    "сказал сказала спросил спросила заявил заявила каза попита заяви"
)
"""Verbs by which a tag after a closing quotation mark is known ("…?" Ms Oduya asked)."""
