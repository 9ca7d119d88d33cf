"""Five made-up articles, each with all that the matrix changes in it: three English, one Arabic, one Japanese."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Story:
    """One article as its outlet has it in its system, before any markup.

    Attributes:
        swaps: class of edit -> (old, new) words; the old ones stand in the text once.
        others: headlines of other stories of the outlet, for boxes of links.
        words: phrases of the site in its language, by what they are for.
    """

    language: str
    outlet: str
    section: str
    headline: str
    standfirst: str
    byline: str
    published: str
    caption: str
    subhead: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    inserted: str
    note: str
    swaps: dict[str, tuple[str, str]]
    others: tuple[str, ...]
    words: dict[str, str] = field(default_factory=dict)
    entries: tuple[tuple[str, str], ...] = ()
    link: str = ""  # words of a paragraph that are a link


ENGLISH = {
    "ago": "Updated {} minutes ago",
    "reading": "{} min read",
    "comments": "{} comments",
    "shares": "{} shares",
    "related": "Related",
    "read_more": "Read more: {}",
    "most_read": "Most read",
    "advert": "Advertisement",
    "newsletter": "Sign up to our newsletter: the morning's news in your inbox",
    "cookies": "We use cookies to measure how our pages are read. Accept all",
    "breaking": "Breaking: {}",
    "weather": "Today {}°, light winds",
    "not_found": "Page not found",
    "not_found_more": "The page you requested does not exist. It may have been removed.",
    "consent": "We value your privacy",
    "consent_more": "We and our 214 partners store and read cookies on your device. Accept all to continue to the site.",
    "subscribe": "Subscribe to continue reading",
    "subscribe_more": "This article is for subscribers. Already a subscriber? Log in.",
    "maintenance": "We'll be back soon",
    "maintenance_more": "Our site is down for maintenance. Thank you for your patience.",
    "login": "Log in to your account",
}

FERRY = Story(
    language="en",
    outlet="The Halcyon Courier",
    section="Harbour",
    headline="Ferry inquiry hears of ignored alarm",
    standfirst="Engineers warned of a jammed valve three days before the Marigold ran aground, a hearing was told.",
    byline="By Zoë Brandão",
    published="2031-05-04T07:10:00+00:00",
    caption="The Marigold at the north quay on Sunday. Photo: Ines Okafor",
    subhead="Three warnings in a week",
    paragraphs=(
        "PORT HALCYON - An inquiry into the grounding of the ferry Marigold heard on Monday that 12 people were killed "
        "when water reached the lower deck, and that an alarm had sounded for most of the crossing.",
        "The vessel's owner, Seagrass Lines, said repairs would cost 1.5 million crowns and that it had not decided "
        "whether the ferry would sail again before the autumn timetable begins.",
        "Chief engineer Anselm Rourke told the panel that he had reported the valve in writing. He called the reply "
        "a delay that nobody on board could explain, and read two of his messages aloud.",
        'The harbour office published a statement late on Monday saying the pilot was rested. "We followed the rules '
        "that applied on that night,\" the office's director, Mirela Sandoval, said.",
        "Passengers, who had boarded early were told to stay in the saloon until the crew had counted the boats. "
        "Several of them said the counting took nearly an hour.",
        "The panel may ask the builders of the valve to give evidence, according to two people who know its plans. "
        "It will hear from twelve more witnesses before the end of the month.",
        "Rourke's union said the line had been warned about the same part in March. A spokesman for the line said the "
        "part was replaced and that records of the work would be handed over.",
        "The hearing continues on Wednesday at the old customs house, where a model of the lower deck has been set "
        "up so that witnesses can show where they stood.",
    ),
    items=("The valve was reported on 28 April", "The pilot came aboard at 21:40", "The first boat left at 23:15"),
    rows=(("Boarded", "214"), ("Rescued", "202"), ("Boats launched", "6")),
    inserted="A second engineer, Tomas Vilde, is expected to describe the hours before departure. His lawyer said on "
    "Monday evening that he would answer every question that the panel put to him.",
    note="Correction: An earlier version of this article gave the wrong year for the ferry's last inspection.",
    swaps={
        "headline": ("Ferry inquiry hears of ignored alarm", "Ferry inquiry hears of three ignored alarms"),
        "standfirst": ("three days before", "four days before"),
        "byline": ("By Zoë Brandão", "By Zoë Brandão and Karel Moss"),
        "caption": ("on Sunday. Photo", "on Saturday. Photo"),
        "subhead": ("Three warnings in a week", "Four warnings in a week"),
        "decimal": ("1.5 million", "15 million"),
        "figure": ("12 people were killed", "21 people were killed"),
        "scare": ("a delay that nobody", 'a "delay" that nobody'),
        "negation": ("the pilot was rested", "the pilot was not rested"),
        "published": ("saying the pilot was rested", "saying the captain was rested"),
        "comma": ("Passengers, who had boarded early were", "Passengers who had boarded early were"),
        "word": ("the counting took nearly an hour", "the counting took almost an hour"),
        "figure_words": ("twelve more witnesses", "twenty more witnesses"),
        "name": ("Anselm Rourke", "Anselm Roarke"),
        "hedge": ("The panel may ask", "The panel will ask"),
        "attribution": ("according to two people who know", "according to one person who knows"),
        "item": ("The pilot came aboard at 21:40", "The pilot came aboard at 22:40"),
        "row": ("202", "220"),
    },
    others=(
        "Council delays vote on tram depot",
        "Orchard growers count the frost damage",
        "Library reopens after eight months",
        "Two held over copper thefts",
        "School kitchen wins county prize",
        "Bridge lights to stay on until June",
        "Night buses return to the east side",
        "Choir sings for the lifeboat fund",
    ),
    words=ENGLISH,
    entries=(
        ("11:42", "The panel breaks for lunch. The chair asks for the maintenance log by the afternoon."),
        ("10:55", "Rourke says that he sent the first message from the engine room at six in the morning."),
        ("10:05", "The hearing opens with a minute's silence for the passengers who did not come home."),
    ),
    link="records of the work",
)

DAM = Story(
    language="en",
    outlet="Valley Ledger",
    section="Region",
    headline="Villages below Corran dam told to pack",
    standfirst="The water board says the wall is sound but asks three villages to be ready to leave by Friday.",
    byline="By Ruairí Penhallow",
    published="2031-05-03T16:25:00+00:00",
    caption="Water passing the spillway on Thursday. Photo: Dell Araya",
    subhead="What the gauges show",
    paragraphs=(
        "CORRAN - People in three villages below the Corran dam were asked on Friday to pack what they need for a week, "
        "after the reservoir rose by 12 centimetres in a single night and the spillway gates were opened.",
        "The water board put the cost of strengthening the wall at 2.5 million crowns and said that work could begin as "
        "soon as the rain stops. The county has offered to lend it the money.",
        "Board chair Leonie Abara said that the inspection of the wall was thorough. Two retired engineers who walked "
        "the crest last year say that they saw the same cracks as in the spring.",
        'The board published a letter on Friday saying the lower gate was safe. "Nobody should be on the river path '
        "until we say otherwise,\" it's signed by Abara and by the county's safety officer.",
        "Farmers, whose fields flooded in March will be paid first, the county said. Others must send in their claims "
        "by the end of June with pictures of the damage.",
        "Heavy rain may return on Sunday, forecasters said, although most of it is likely to fall to the west of the "
        "valley. Fifteen schools will stay closed until the middle of the week.",
        "The road over the crest has been shut since Tuesday. Buses between Corran and Lower Aske take the longer way "
        "through the forest and are said to arrive half an hour late.",
        "A meeting for everyone who lives below the wall is to be held in the market hall on Saturday morning, with "
        "drawings of the gates and with people from the board who can explain them.",
    ),
    items=("Bring papers and medicine", "Leave animals to the county vets", "Take the forest road, not the crest"),
    rows=(("Thursday", "81.20"), ("Friday", "81.32"), ("Limit", "82.50")),
    inserted="The county's fire service has moved four boats to the playing field at Lower Aske. Its chief said that "
    "they had been planned for months and that nobody should read a message into them.",
    note="Clarification: This article was amended to make clear that the gates were opened on Thursday night.",
    swaps={
        "headline": ("Villages below Corran dam told to pack", "Villages below Corran dam told to leave"),
        "standfirst": ("by Friday", "by Thursday"),
        "byline": ("By Ruairí Penhallow", "By Ruairí Penhallow and Ona Crewe"),
        "caption": ("on Thursday. Photo", "on Wednesday. Photo"),
        "subhead": ("What the gauges show", "What the gauges hide"),
        "decimal": ("2.5 million", "25 million"),
        "figure": ("by 12 centimetres", "by 21 centimetres"),
        "scare": ("the wall was thorough", 'the wall was "thorough"'),
        "negation": ("the lower gate was safe", "the lower gate was not safe"),
        "published": ("saying the lower gate was safe", "saying the upper gate was safe"),
        "comma": ("Farmers, whose fields flooded in March will", "Farmers whose fields flooded in March will"),
        "word": ("take the longer way", "take the slower way"),
        "figure_words": ("Fifteen schools", "Fifty schools"),
        "name": ("Leonie Abara", "Leonie Abarra"),
        "hedge": ("Heavy rain may return", "Heavy rain will return"),
        "attribution": ("forecasters said, although", "the board said, although"),
        "item": ("Take the forest road, not the crest", "Take the crest road, not the forest"),
        "row": ("81.32", "81.23"),
    },
    others=(
        "Bakery fire put out before dawn",
        "Lynx seen near the old quarry",
        "Trains on the branch line cut by a third",
        "Museum asks for letters from the strike",
        "Wool price at a ten-year high",
        "Ringers wanted for the bells at Aske",
        "Pupils map every tree in the valley",
        "Court clears the mill owner",
    ),
    words=ENGLISH,
    entries=(
        ("15:10", "The board says that the second gate is now fully open and that the level has stopped rising."),
        ("13:30", "Pupils at Lower Aske are being taken home in buses. Parents are asked not to drive to the school."),
        ("12:00", "The county opens its information line and asks people to keep the emergency number free."),
    ),
    link="work could begin",
)

VOTE = Story(
    language="en",
    outlet="The Lantern Post",
    section="Politics",
    headline="Assembly passes harbour tax by one vote",
    standfirst="A member who had promised to abstain changed her mind minutes before the count on Tuesday night.",
    byline="By Sigrún Adeyemi",
    published="2031-05-06T22:40:00+00:00",
    caption="Members after the count on Tuesday night. Photo: Paul Zann",
    subhead="A promise withdrawn",
    paragraphs=(
        "LANTERN - The assembly passed the harbour tax by a single vote on Tuesday night, after a debate of nine hours "
        "in which 14 members crossed the floor and the speaker twice cleared the gallery.",
        "The tax is expected to bring in 3.5 million crowns a year, most of it from ships that stay for less than a "
        "day. Half of the money is to be spent on the breakwater and half on the fishing quay.",
        "Opposition leader Edda Quist spoke of a reform that would empty the port within ten years. Her party had "
        "asked for the vote to be put off until the report of the harbour commission is out.",
        "The clerk published the roll on Tuesday saying the count was final. \"I've checked the names three times and "
        'they agree with the slips," the clerk, Orla Weng, said as she left the chamber.',
        "Members, who had missed the first bell were let in before the doors closed. Two of them voted for the tax and "
        "one against it, according to the roll.",
        "The government could lower the rate next spring, people close to the treasurer said. A lower rate would cost "
        "it about eleven per cent of what it hopes to collect.",
        "Shipowners said that they would take the law to court. Their lawyer called it badly drafted and said that "
        "foreign ships would simply anchor outside the line and send their goods in by barge.",
        "The law takes effect on the first day of September. Until then the harbour office will charge the old fees, "
        "and ships that have paid for the year will get a part of the money back.",
    ),
    items=("Ships under 300 tons pay nothing", "Cruise ships pay for each passenger", "Fishing boats pay half"),
    rows=(("For", "41"), ("Against", "40"), ("Absent", "3")),
    inserted="The member, Hanne Birk, told reporters that nobody had put pressure on her. She said that she had read "
    "the breakwater report over dinner and that its last chapter had settled the matter for her.",
    note="Correction: An earlier version of this article misstated the length of the debate.",
    swaps={
        "headline": ("Assembly passes harbour tax by one vote", "Assembly rejects harbour tax by one vote"),
        "standfirst": ("minutes before", "hours before"),
        "byline": ("By Sigrún Adeyemi", "By Sigrún Adeyemi and Leo Park"),
        "caption": ("on Tuesday night. Photo", "on Monday night. Photo"),
        "subhead": ("A promise withdrawn", "A promise broken"),
        "decimal": ("3.5 million", "35 million"),
        "figure": ("14 members crossed", "41 members crossed"),
        "scare": ("spoke of a reform that", 'spoke of a "reform" that'),
        "negation": ("the count was final", "the count was not final"),
        "published": ("saying the count was final", "saying the tally was final"),
        "comma": ("Members, who had missed the first bell were", "Members who had missed the first bell were"),
        "word": ("called it badly drafted", "called it poorly drafted"),
        "figure_words": ("about eleven per cent", "about seventeen per cent"),
        "name": ("Edda Quist", "Edda Quest"),
        "hedge": ("The government could lower", "The government will lower"),
        "attribution": ("people close to the treasurer said", "people close to the speaker said"),
        "item": ("Fishing boats pay half", "Fishing boats pay nothing"),
        "row": ("40", "39"),
    },
    others=(
        "Ministry moves to the old mint",
        "Treasurer's diary to be sold",
        "Polls open late in two districts",
        "Island councils ask for a second boat",
        "Speaker's chair to be mended at last",
        "Portrait returns to the north stairs",
        "Minister walks out of budget talks",
        "Archive finds the missing treaty",
    ),
    words=ENGLISH,
    entries=(
        ("22:31", "The speaker reads the result: 41 for, 40 against. There is shouting from the gallery."),
        ("22:05", "The doors close. Three members are absent, one of them by agreement with the other side."),
        ("19:50", "The assembly sits again after dinner. Quist asks once more for the vote to be put off."),
    ),
    link="report of the harbour commission",
)
