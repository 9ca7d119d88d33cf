"""Words of which ``attribution_texts`` makes sentences: all names are invented."""

from __future__ import annotations

PRONOUNS = ("He", "She", "They", "We", "I", "It")
FIRST = """Anna Peter Marit Jonas Ida Olan Kaja Tarn Siri Tom Amara Yusuf Mei Rahul Elena Diego Fatima Ivan Grace Samuel Leila Hugo Nadia
Chen Kofi Priya Martin Ruth Daniel Sofia Omar Hannah Viktor Clara Paul Aisha George Miriam Luis Karen Ahmed Joan Dmitri Rosa""".split()
LAST = """Holm Lund Berg Aas Krag Strand Brek Renn Ebo Falk Birk Vale Osk Dahl Roth Okafor Haddad Lin Menon Petrova Alvarez Mensah Novak
Sato Keller Moreau Rossi Khan Ortiz Walsh Fraser Adeyemi Castellan Whitlock Pryce Barlow Tennant Ashby Coyle Hartnell""".split()
PLACES = """Aldersund|Kolm|Kest|Maronia|Nordvik|Sund|Fjordby|Westmere|Calder|Portlow|Ravensholm|Tolva|Brackenridge|Lomond Bay|
Eastvale|Karsk|Verrin|New Calder""".replace("\n", "").split("|")
TITLES = """Mr|Ms|Mrs|Dr|Professor|President|Prime Minister|Senator|Governor|Judge|General|Sgt.|Rep.|Mr.|Ms.|Sen.|Gov.|Minister|Mayor|
Foreign Minister|Justice|Bishop|Captain|Chancellor|Commissioner|Secretary of State|Attorney General|Chief Inspector""".replace(
    "\n", ""
).split("|")
ROLES = """the mayor of {place}|a spokesman for the ministry|a spokeswoman for {org}|the chief executive of {org}|a farmer from {place}|
a nurse at the hospital in {place}|the party's leader|director of the institute|a lawyer for the family|a retired teacher|head of the union|
a professor of law at the University of {place}|chairman of the committee|the opposition's spokeswoman on transport|an economist at {org}|
who has led the council since 2011|who was at the meeting|who runs a bakery in {place}|the finance minister|an aide to the president|
the state's top prosecutor|a witness|an analyst at {org}|a senior fellow at {org}|the fire chief|the company's founder|
a Democrat|a Republican from {place}|the team's coach|his brother|her campaign manager|the agency's deputy director""".replace(
    "\n", ""
).split("|")
HEADS = """the mayor|the minister|the prime minister|the president|the governor|a spokesman|a spokeswoman|a spokesman for {org}|
a spokeswoman for the governor|the judge|the company|the government|the ministry|the council|the committee|the union|the court|the bank|
the White House|the State Department|the agency|the team|the party|the opposition|the army|the police|police|officials|prosecutors|
investigators|residents|critics|analysts|experts|scientists|researchers|witnesses|lawyers for the family|supporters of the bill|
opponents of the plan|a senior official|a senior State Department official|an official who spoke on condition of anonymity|
a person familiar with the talks|two people briefed on the matter|people close to the company|a government source|diplomats|
aides to the senator|one of the victims' relatives|a neighbour|several members of the board|both sides|many voters|some economists|
most residents|the campaign|his campaign|her lawyer|his spokesman|the report|a new report|a study published on Monday|the survey|
a new poll|the figures|court documents|the indictment|the letter|an internal memo|the statement|the paper|the newspaper|{org}|the {org}|
local media|state television|the study's authors|leaders of both parties|the rebels|the family|teachers|doctors at the hospital|
the coach|the airline|European diplomats|the United Nations|the Justice Department|the Senate|Congress|lawmakers|the senator|the congressman|
a federal judge|the two governments|no one at the company|others|one official|a second official|another resident|she|he|they|we|I|it|
he|she|she|he|they""".replace("\n", "").split("|")
ORGS = """Fjordline|the Nordvik Institute|Birk & Co|the Courier|the Harbour Board|Kestrel Energy|the Ministry of Health|Sund Hospital|
Maronia Airlines|the National Audit Office|the Seamen's Union|Calder University|the Verrin Times|the Post|the Council on Trade|
Tolva Motors|the Electoral Commission|the Coast Guard|Northern Rail|Helix Pharma|the Chamber of Commerce|NBK|the UTA|the Daily Ledger""".replace(
    "\n", ""
).split("|")
THAT = """said|said|said|said|said|says|says|say|has said|have said|had said|added|also said|later said|announced|argued|argues|claimed|
claims|insisted|insists|warned|warns|noted|notes|explained|acknowledged|admitted|conceded|maintained|stressed|suggested|suggests|predicted|
believes|believe|thinks|think|concluded|confirmed|reported|reports|estimated|estimates|revealed|declared|complained|recalled|stated|wrote|
writes|testified|found|finds|pointed out|made clear|made it clear|hopes|hope|hoped|fears|fear|feared|worries|expects|expected|agreed|agrees|
denied|denies|doubts|knew|knows|has argued|has repeatedly said|indicated|signalled|alleged|asserted|contends|boasted|joked|told reporters|
said on Monday|said Tuesday|said in a statement|said in an interview|said at a news conference|said this week|told the Courier|
said on television|said by telephone|is confident|was convinced|vowed|promised|pledged|swore|feels|felt|assumes|understands|realised|
had hoped|tweeted|posted|cautioned|emphasized|reiterated|implied|hinted|lamented|shows|show|showed|proves|demonstrated""".replace(
    "\n", ""
).split("|")
TOLD = (
    """told {whom}|assured {whom}|warned {whom}|reminded {whom}|informed {whom}|has told {whom}|tells {whom}""".split(
        "|"
    )
)
WHOM = """reporters|the Courier|lawmakers|the committee|the court|voters|him|her|them|police|state television|parliament|a crowd in {place}|
the BBC|students|supporters|his colleagues|the board""".replace("\n", "").split("|")
QUOTE = """said|said|said|said|said|said|says|added|explained|recalled|asked|replied|wrote|tweeted|told {whom}|continued|insisted|warned|
joked|noted|admitted|argued|declared|shouted|said in a statement|said on Friday|said Sunday|said in an interview|told {whom} on Monday|
responded|shot back|yelled|concluded|wrote in an email|said of the vote|put it|observed|remarked|promised|complained|agreed|lamented|
announced|predicted|acknowledged|cautioned|mused|sighed|read a statement from the family|reads the letter""".replace(
    "\n", ""
).split("|")
ABOUT = """criticized|criticised|praised|endorsed|supports|supported|opposes|opposed|rejected|dismissed|denounced|condemned|welcomed|
defended|backed|called for|calls for|has called for|demanded|proposed|promised|announced|predicted|denied|questioned|attacked|blasted|
mocked|cited|described|discussed|mentioned|favors|favours|prefers|wants|hopes for|fears|warned of|complained about|apologized for|
expressed support for|expressed concern about|spoke about|talked about|raised questions about|pointed to|referred to|hailed|accepted|
sought|requested|recommended|approved|ruled out|refused to discuss|declined to comment on|railed against|voted against|voted for|
pushed for|urged|is seeking|is considering|considered|stressed|emphasized|outlined|highlighted|confirmed|acknowledged|blamed|doubted|
expects|is calling for|has vowed|shrugged off|decried|lamented|celebrated|threatened|agreed to|insisted on|disclosed|revealed""".replace(
    "\n", ""
).split("|")
WILL = """vowed|promised|pledged|refused|declined|plans|plan|hopes|hope|wants|want|wanted|agreed|has agreed|offered|threatened|intends|
is expected|are expected|has promised|has vowed|sought|decided|seems|appeared|claims|claimed|is seeking|asked|proposed|prefers|
has threatened|expects|urged {whom}|called on {whom}|asked {whom}|ordered {whom}|encouraged {whom}|advised {whom}|wants {whom}""".replace(
    "\n", ""
).split("|")
SIDE = """saying|adding|arguing|insisting|noting|claiming|warning|suggesting|explaining|telling {whom}|acknowledging|stressing|
declaring|promising|predicting|pointing out|recalling|writing|asserting|complaining|announcing|conceding|hoping""".replace(
    "\n", ""
).split("|")
SIDE_ABOUT = """calling for|criticizing|praising|citing|describing|denouncing|defending|rejecting|supporting|opposing|blaming|
promising|demanding|dismissing|pointing to|referring to|accusing|attacking|urging|backing|endorsing""".replace(
    "\n", ""
).split("|")
NOUN_CUES = """criticism of|support for|opposition to|concerns about|objections to|remarks about|comments on|claims about|plans for|
promise of|call for|calls for|attacks on|praise for|doubts about|proposal for|demand for|warning about|accusations of|view of""".replace(
    "\n", ""
).split("|")
ACCORDING = """according to|in the words of|as told by|in the view of|according to a statement from|according to data from""".replace(
    "\n", ""
).split("|")
PLAIN = """There were three cars in the yard.|The meeting lasted four hours.|It rained for most of the day.|Nothing was decided.|
The vote is due in March.|The road was open again by noon.|Prices rose by four percent last year.|The hall holds 900 people.|
It was built in 1931.|The two men have known each other since school.|The trial began in May and is still going on.|
A second round will be held on Sunday.|He was 82.|She has two sons.|The court sits again on Thursday.|Shares closed lower.""".replace(
    "\n", ""
).split("|")
THINGS = """the plan|the deal|the tax cut|the sale of the harbour|a ban on night flights|the new law|an independent inquiry|the bill|
the closure of the yard|her record on crime|his handling of the crisis|the use of force|free trade|the treaty|the decision to wait|
a higher minimum wage|the senator|the court's ruling|the agreement with {place}|the prime minister's remarks|reports of fraud|
stricter rules on guns|the proposed merger|more money for schools|the war in the north|a delay of six months|the attack|the strike|
the choice of {first} {last} as director|the idea of a tunnel|claims that votes were bought|suggestions that he would resign|
the company's plan to cut 400 jobs|what it called "a reckless gamble"|the "so-called reform"|any role in the affair|the charges""".replace(
    "\n", ""
).split("|")
