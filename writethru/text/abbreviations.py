"""Words that carry a full stop without ending a sentence, and what tells the two apart.

All languages are in one table: an article quotes the names and titles of others, and the
language of a page is often unknown. Written without the final stop. A word that is also an
everyday word ("so", "art", "mass") is listed only where its capital tells it apart.
"""

from __future__ import annotations


def _words(*listed: str) -> frozenset[str]:
    return frozenset(" ".join(listed).split())


BEFORE_NAMES = _words(
    "Mr Mrs Ms Messrs Mx Dr Drs Prof Rev Hon Pres Gov Lt Col Gen Sen Sens Rep Reps Sgt Cpl Capt Cmdr Adm Maj Pvt Brig",
    "Supt Det Insp St Ste Ft Mt Msgr Amb Atty Fr Sr Br Jr Dipl Ing Mag Hr Frl Mme Mmes Mlle Mlles Mgr Me MM Pr Dra",
    "Sra Srta Dña Ud Uds",
    "Г-н Г-жа Д-р Проф Акад Доц Инж Полк Ген Лейт Ив Хр Вл Ал Дж Ник",
)
"""Titles, spelt with the capital they always have: what follows is a name."""

NEVER_LAST = _words(
    "vs viz cf e.g i.e eg ie approx ca op cit incl esp",
    "nr bzw vgl evtl ggf inkl exkl sog z.b d.h z.t i.d.r u.u s.o s.u",
    "p.ex av.j.-c env cf av bd boul",
    "ee avda aprox",
    "esim ns nk klo t.s vrt tri",
    "т.е т.к напр см ср вж г-н г-жа д-р проф акад доц инж им ул пл просп бул гр св стр рис гл",
)
"""Lower-case words after which a sentence goes on."""

BEFORE_NUMBERS = _words(
    "no nos nr fig figs vol vols p pp art sec ch para abs s ziff bd § n° jan feb mar apr jun jul aug sep sept "
    "oct nov dec",
    "al núm pág págs cap janv févr avr juil déc mär okt dez с стр т ст п пп д кв оф abb kap hs az",
)
"""Not last when a number follows."""

SOMETIMES_LAST = _words(
    "u.s u.k u.n e.u u.s.a d.c a.m p.m inc ltd co corp bros llc plc jr sr ph.d m.d b.a m.a etc al dept univ ave "
    "blvd rd",
    "ariz ark calif colo conn del fla kan mass mich minn mont neb nev okla ore penn tenn tex wash wis wyo",
    "jan feb mar apr jun jul aug sep sept oct nov dec u.a usw bspw mio mrd tsd jh n.chr v.chr o.ä gmbh ag e.v str",
    "ym yms jne mm oy mrd milj",
    "т.д т.п др пр г гг в вв н.э тыс млн млрд руб коп лв т.н хил бр сек мин ч",
    "tél réf hab ets cie ee.uu uu",
)
"""These end a sentence only when the next word is one that often begins a sentence."""

CAPITAL_ONLY = _words("mass wash del ark mar mont ore penn al ave ag str sec co mm s dec no art p")
"""Of the lists above: everyday words or too short, an abbreviation only with a capital or before a number."""

COMMON_FIRST_WORDS = _words(
    "the a an this that these those it its he she they we i you his her their our there here in on at by for from as",
    "but and or so yet if when while after before since with without under over about one some many most all no not",
    "what who why how where earlier later meanwhile however also still even although though because then now officials",
    "der die das ein eine es er sie wir in im am auf aber und nach vor bei mit für als wenn auch doch zudem dort dann "
    "später danach niemand alle dies diese dieser",
    "le la les un une il elle ils elles on ce cette ces en dans mais et pour par avec selon au aux puis ensuite",
    "el los las él ella ellos se no pero luego después nadie este esta",
    "hän he ne tämä nämä sen mutta ja kun jos sitten",
    "он она они оно мы в на но и по с за для это этот эта при как если также той тя тези това те "
    "потом затем позже после однако она там их его после след тогава когато",
)

ORDINAL_NOUNS = _words(
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jahrhundert platz mal klasse runde tag geburtstag stock bezirk wahlperiode auflage",
)
"""German words before which a number with a stop is an ordinal, not the end of a sentence."""

ORDINAL_ARTICLES = _words("der die das den dem des am im zum zur beim vom ihr sein sein ihre ihren seinen unser")
"""German words after which a number with a stop is an ordinal."""

SPEECH_VERBS = (
    "said|says|asked|asks|told|tells|added|adds|replied|replies|wrote|writes|warned|warns|declared|declares|insisted|"
    "explained|argued|shouted|cried|joked|quipped|tweeted|recalled|continued|concluded|noted|announced|"
    "sagte|sagt|fragte|erklärte|betonte|meinte|rief|demande|demandé|dit|déclare|déclaré|lance|lancé|"
    "sanoo|sanoi|kysyi|kertoi|сказал|сказала|спросил|спросила|заявил|заявила|каза|попита|заяви"
)
"""Verbs by which a tag after a closing quotation mark is known (``"…?" Ms Oduya asked``)."""
