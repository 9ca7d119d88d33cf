"""The people an article names: each with the fullest form of the name, the roles it is given, and whether he or she."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from writethru.comparison.lexicon import listed
from writethru.statements.calendar import MONTH_NAMES, WEEKDAY_NAMES

_PART = r"(?:[A-Z][a-zà-ÿ’']+(?:-[A-Z]?[a-zà-ÿ]+)*|[A-Z][a-z]?[A-Z][a-z]+|[A-Z]\.(?:[A-Z]\.)*|O['’][A-Z][a-z]+)"
_JOIN = r"(?: (?:de|del|della|van|von|der|den|al|el|bin|ibn|ben|da|dos|la|le))?"
_NAME = re.compile(rf"(?<![\w.’'/-]){_PART}(?:{_JOIN}[ -]{_PART}|{_JOIN} al-[A-Z][a-z]+){{0,4}}(?![\w-])")
_TITLES = listed(
    "Mr Mrs Ms Miss Dr Prof Professor Sir Dame Lord Lady President Prime Minister Chancellor Secretary Senator Sen",
    "Rep Gov Governor Mayor",
    "General Gen Colonel Col Captain Capt Lieutenant Lt Sergeant Sgt Judge Justice King Queen Prince Princess Pope",
    "Bishop Archbishop",
    "Cardinal Rabbi Imam Councillor Ambassador Foreign Deputy Vice Chief Justice Attorney State Defence Defense",
    "Interior Finance Health",
    "Coach Chairman Chairwoman Director Officer Detective Inspector Superintendent Commissioner Commander Envoy",
    "Representative Congressman",
    "Congresswoman Former Chief Premier Spokesman Spokeswoman Spokesperson US U.S. UN U.N. British French Russian",
    "German Syrian American",
    "Chinese Israeli Saudi Iranian Turkish Ukrainian Republican Democratic Democrat Labour Conservative UK EU",
    "Treasury Home Transport",
    "Education Energy Senior Acting Press Justice National Security Adviser Reverend Rev Father Sister Saint",
    "Opposition Leader Striker",
)
"""Words with a capital before a name that are no part of it."""
_NO_NAMES = listed(
    "The A An In On At By For With And But From Of To Some About It He She They We I You This That These Those",
    "There Here When While As If",
    "After Before Since Until Because Although However",
    "Not No Yes What Who Why How Where Which",
    "Meanwhile Earlier Last Next",
    "Asked Told Speaking Both One Two Three Many Most All Another Other His Her Their Its My Our Your Mr Mrs Ms Dr",
    "So Or Nor Now Then",
    " ".join((*WEEKDAY_NAMES, *MONTH_NAMES)),
)
_BODIES = listed(
    "Ministry Department Agency Bank Party Times Post Council Committee Commission University Institute Centre",
    "Center Group Company Court",
    "Office Association Union Federation Police Army Navy Parliament Congress Senate House Government Authority",
    "Service Press Guardian",
    "Observatory Watch Nations States Republic Kingdom Organisation Organization Foundation Fund Museum Hospital",
    "School College Airlines",
    "Club League Coalition Alliance Movement Front Network Corporation Inc Ltd Corp Journal Herald Courier News",
    "Television Radio TV",
    "Street Square Hall Island Islands River Sea Ocean Lake Mountain Valley County City Town Province District",
    "Airport Station Bridge",
    "Rights Human Civil Social Convention Treaty Conference Summit Act Bill Resolution Assembly Security East West",
    "North South Chamber Board",
    "Trust Society Row Quay Quays Road Avenue Sound Cay Cays Bay Cape Coast Wharf Dock Docks Harbour Harbor Works",
    "Palace Cathedral Stadium Theatre Opera Cup Bar Desk Force",
)
"""Words that make a name one of a body, a place or a paper."""
_MEN = listed(
    "James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Mark",
    "Donald Steven Paul",
    "Andrew Joshua Kenneth Kevin Brian George Timothy Ronald Edward Jason Jeffrey Ryan Jacob Gary Nicholas Eric",
    "Jonathan Stephen Larry",
    "Justin Scott Brandon Benjamin Samuel Gregory Alexander Frank Patrick Raymond Jack Dennis Jerry Tyler Aaron",
    "Jose Adam Nathan Henry",
    "Douglas Zachary Peter Kyle Noah Ethan Jeremy Walter Christian Keith Roger Terry Austin Sean Gerald Carl",
    "Harold Dylan Arthur Lawrence",
    "Jordan Jesse Bryan Billy Bruce Gabriel Joe Logan Alan Juan Albert Willie Elijah Wayne Randy Vincent Mason Roy",
    "Ralph Bobby Russell",
    "Bradley Philip Eugene Barack Bill Mike Tom Tim Jim Bob Steve Dave Dan Ben Sam Ted Jeff Greg Chris Matt Tony",
    "Vladimir Sergei Sergey",
    "Bashar Benjamin Boris Emmanuel Olaf Angus Nigel Ian Hugh Simon Graham Neil Colin Martin Hans Karl Lars Olav",
    "Emil Rolf Arne Ban Bernie",
    "Mohammed Muhammad Ahmed Ali Hassan Hussein Abdullah Ibrahim Omar Pedro Carlos Luis Antonio Francisco Marco",
    "Giuseppe Mario Jean Pierre",
    "Jacques Francois Louis Laurent Xi Recep Narendra Rahul Lakhdar Pablo Diego Ivan Dmitry Nikolai Andrei Viktor",
    "Yuri Oleg Igor Alexei Erik Sven Jens Nils Ole Anders Bjorn Jan Klaus Stefan Pavel Boris Otto Felix Leo Max Oscar",
    "Hugo Paolo Luca Stefano Javier Miguel Tomas Tarik Yusuf Mustafa Kofi Kwame Raj Arjun Hiroshi Kenji",
)
_WOMEN = listed(
    "Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Sandra Margaret",
    "Ashley Kimberly Emily Donna",
    "Michelle Carol Amanda Melissa Deborah Stephanie Dorothy Rebecca Sharon Laura Cynthia Amy Kathleen Angela",
    "Shirley Brenda Emma Anna",
    "Pamela Nicole Samantha Katherine Christine Helen Debra Rachel Carolyn Janet Maria Catherine Heather Diane",
    "Olivia Julie Joyce Victoria",
    "Ruth Virginia Lauren Kelly Christina Joan Evelyn Judith Andrea Hannah Megan Cheryl Jacqueline Martha Madison",
    "Teresa Gloria Sara",
    "Janice Ann Kathryn Abigail Sophia Frances Jean Alice Judy Isabella Julia Grace Amber Denise Danielle Marilyn",
    "Beverly Charlotte Natalie",
    "Theresa Diana Brittany Doris Kayla Alexis Lori Marie Hillary Nicola Claire Fiona Kate Katie Jane Lucy Sophie",
    "Ursula Ida Ingrid Astrid",
    "Kaja Tove Lise Ragna Mona Elena Olga Natalia Svetlana Irina Tatiana Fatima Aisha Layla Leila Zainab Amina",
    "Sonia Priya Indira Mei Yuki",
    "Melania Ivanka Kellyanne Elizabeth Loretta Ava Donna Debbie Wendy Tulsi Nikki Kamala Nancy Jo Christiane",
    "Samantha Susan Valerie Lena Nina Clara Greta Hanna Karin Elsa Eva Petra Sofia Sofie Marta Monica Nora Freja Agnes",
    "Elin Kirsten Birgit Heidi Irene Rosa Ana Carmen Lucia Paula Silvia Nadia Yasmin Farah Ngozi Ama Anjali Keiko",
)


@dataclass(slots=True)
class Person:
    """A person of an article, gathered as it is read.

    Attributes:
        name: the fullest form, without titles.
        roles: what is said of who he or she is, in lower case.
        gender: "he", "she", or "" where nothing tells.
        places: where the name stands, in order.
    """

    name: str
    roles: list[str] = field(default_factory=list)
    gender: str = ""
    places: list[int] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """The last word of the name, without an Arabic article."""
        return self.name.rpartition(" ")[2].removeprefix("al-")


MOST_PEOPLE = 400
"""People of one text; names beyond are not gathered."""


class People:
    """The people of an article; ``find`` gives the one a form of the name means, if one only is meant."""

    def __init__(self, text: str) -> None:
        self.all: list[Person] = []
        self._by_last: dict[str, list[Person]] = {}
        found = list(_names(text))
        for start, name, lead in sorted(found, key=lambda row: (-row[1].count(" "), row[0])):
            self._add(text, start, name, lead)
        for person in self.all:
            person.places.sort()

    def _add(self, text: str, start: int, name: str, lead: str) -> None:
        person = self.find(name)
        if person is None:
            if " " not in name or len(self.all) >= MOST_PEOPLE:
                return
            person = Person(name)
            self.all.append(person)
            self._by_last.setdefault(person.surname, []).append(person)
        person.places.append(start)
        person.gender = person.gender or _gender(lead, person.name)
        for role in _roles(text, start, start + len(name), lead):
            if role not in person.roles:
                person.roles.append(role)

    def find(self, name: str) -> Person | None:
        """The person of that name or surname; None where it is nobody's, or could be of two."""
        words = name.split()
        if not words:
            return None
        last = words[-1].removeprefix("al-")
        found = [one for one in self._by_last.get(last, ()) if _is_form(words, one)]
        if not found and len(words) == 1:  # "Ban" of "Ban Ki-moon"
            found = [one for one in self.all if one.name.split()[0] == last and "-" in one.name]
        return found[0] if len(found) == 1 else None


def _is_form(words: list[str], person: Person) -> bool:
    """Is a name a form of a person's, of the same last word: shorter, with initials, or spelled a little otherwise?"""
    mine, known = words[:-1], person.name.split()[:-1]
    if set(mine) <= set(known):
        return True
    first = [word for word in mine if not word.endswith(".")]
    return bool(first and known) and (first[0] == known[0] or first[0][:4] == known[0][:4] != "")


def _names(text: str) -> Iterator[tuple[int, str, str]]:
    """Place, name, and the titles before it."""
    for match in _NAME.finditer(text):
        words = match.group().split()
        start = match.start()
        lead: list[str] = []
        while words and (words[0].rstrip(".") in _TITLES or words[0] in _NO_NAMES or _is_calling(words)):
            lead.append(words[0])
            start = text.index(words.pop(0), start) + len(lead[-1])
        days = [k for k, word in enumerate(words) if word in _NO_NAMES]
        words = words[: days[0]] if days else words
        if not words or any(word.rstrip(".") in _BODIES for word in words):
            continue
        start = text.index(words[0], start)
        end = text.index(words[-1], start + sum(map(len, words[:-1]))) + len(words[-1])
        name = text[start:end].removesuffix("’s").removesuffix("'s")
        yield start, " ".join(name.split()), " ".join([*_before(text, match.start()), *lead])


def _is_calling(words: list[str]) -> bool:
    """ "Lawmaker Sonia Brand", "Archaeologist Lena Marsh": what somebody is, before a first name and a last one."""
    return len(words) > 2 and (
        words[0].lower() in ROLES or re.search(r"(?:ologist|ician|nomist)$", words[0]) is not None
    )


_SMALL_WORDS = re.compile(r"[\w’'.-]+")
_STOPS = frozenset(",;:.!?")


def _before(text: str, at: int) -> list[str]:
    """The small words of a role right before a name: "the mayor", "former minister"."""
    gap = text[max(0, at - 60) : at]
    if not gap.endswith(" ") or gap.rstrip()[-1:] in _STOPS:
        return []
    words = _SMALL_WORDS.findall(gap)
    kept: list[str] = []
    for word in reversed(words[-4:]):
        if word.lower() in ROLES or (
            kept and word.islower() and word in ("former", "deputy", "foreign", "prime", "senior", "chief")
        ):
            kept.insert(0, word)
        elif word.rstrip(".") in _COURTESY:
            kept.insert(0, word)
            break
        else:
            break
    return kept


def _gender(lead: str, name: str) -> str:
    first = name.partition(" ")[0]
    if re.search(r"\b(?:Mr|Sir|Lord|King|Prince|spokesman|chairman|congressman|Councilman)\b", lead, re.IGNORECASE):
        return "he"
    if re.search(
        r"\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess|spokeswoman|chairwoman|"
        r"congresswoman)\b",
        lead,
        re.IGNORECASE,
    ):
        return "she"
    return "he" if first in _MEN and first not in _WOMEN else "she" if first in _WOMEN and first not in _MEN else ""


_APPOSED = re.compile(r", (?:an? |the |his |her |its |their )?(?P<role>[^,.;:“”\"]{3,70})[,.;]")
_BEHIND = re.compile(
    r"\b(?:[Tt]he |[Ii]ts |[Hh]is |[Hh]er |[Aa]n? |\b[A-Z][\w-]+[’']s )"
    r"(?P<role>(?:[\w’'-]+ ){0,4}[\w’'-]+(?: (?:of|for|at) [\w’' -]{2,30})?), $"
)


def _roles(text: str, start: int, end: int, lead: str) -> Iterator[str]:
    titles = " ".join(
        word for word in lead.split() if word not in _NO_NAMES and word.rstrip(".") not in ("Mr", "Mrs", "Ms", "Miss")
    )
    if _has_role(titles):
        yield titles.lower()
    behind = _APPOSED.match(text, end)
    if behind and _has_role(behind["role"]):
        yield behind["role"].lower()
    before = _BEHIND.search(text[max(0, start - 80) : start]) if text.endswith(", ", 0, start) else None
    if before and _has_role(before["role"]):
        yield before["role"].lower()


def _has_role(words: str) -> bool:
    return not ROLES.isdisjoint(words.lower().replace(".", "").split())


_COURTESY = listed("Mr Mrs Ms Dr Miss")
ROLES = listed(
    "president minister chancellor secretary senator governor mayor general colonel captain lieutenant sergeant",
    "judge justice king queen",
    "prince princess pope bishop archbishop cardinal councillor ambassador envoy chairman chairwoman chair",
    "director officer detective",
    "inspector superintendent commissioner commander representative congressman congresswoman premier spokesman",
    "spokeswoman spokesperson",
    "leader chief head professor doctor lawyer attorney prosecutor analyst economist expert scientist researcher",
    "engineer farmer teacher",
    "nurse driver pilot resident witness owner manager coach player striker editor reporter journalist author",
    "writer founder executive",
    "aide adviser advisor official diplomat activist organiser organizer treasurer candidate nominee lawmaker",
    "counterpart deputy founder",
    "master fisherman headteacher rector pastor priest rabbi imam coordinator strategist pollster banker trader",
    "investor",
    "historian singer actor",
)
"""Nouns for who somebody is."""
