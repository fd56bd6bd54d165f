"""Numbers that a word just before them turns into a name: "Figure 3", "No. 12-3456", "Tier 1", "K.S.A. 58-2540".

Data, and the patterns of what such a number looks like. How they are applied stands in `leads`, `phones` and `glued`.
"""

import re

from extractors.language.lexicon import words
from extractors.quantities.shapes import NOT_QUANTITY
from extractors.records import NumeralClass

_ONE = (
    r"\d{1,6}(?:[.–-]\d{1,6}){0,3}(?:/\d{1,4}){0,2}(?:/E[UC])?(?:[A-Za-z]\d{0,3})?(?:\(\w{1,4}\)){0,4}"
    rf"(?!\w){NOT_QUANTITY}"
)
ONE = re.compile(rf"#?{_ONE}")
_FURTHER = rf"(?:(?:,\s?(?:and\s)?|\s(?:and|or|to|through|thru|&)\s|\s?[-–]\s?){_ONE})"
MANY = re.compile(rf"{_ONE}{_FURTHER}{{0,12}}")
SEVERAL = re.compile(rf"{_ONE}{_FURTHER}{{1,12}}")
SMALL = re.compile(rf"\d{{1,2}}(?:[.-]\d{{1,2}})?[A-Za-z]?(?:\(\w{{1,4}}\)){{0,4}}(?!\w){NOT_QUANTITY}")
CODE = re.compile(rf"#?\d\w{{0,20}}(?:[-–/.:]\w{{1,20}}){{0,6}}(?:\s\d{{2,6}}){{0,4}}{NOT_QUANTITY}")


# (reason, class, capital): `capital` words count only when written with one, as in "Target 8" against "a target of 8".
Designator = tuple[str, NumeralClass, bool]
_DESIGNATORS: list[tuple[Designator, str]] = [
    (
        ("figure_reference", "reference", False),
        "slide slides figure fig figs table tables chart exhibit annex appendix footnote endnote",
    ),
    (("figure_reference", "reference", True), "figures charts exhibits map graph diagram plate photo photograph"),
    (("postal_address", "identifier", True), "box"),
    (
        ("page_reference", "reference", False),
        "page pages p pp chapter chapters ch chap para paragraph paragraphs verse",
    ),
    (("page_reference", "reference", True), "volume vol note line"),
    (
        ("step_reference", "reference", False),
        "step steps stage stages phase phases question lesson module exercise round",
    ),
    (("step_reference", "reference", True), "part parts modules lessons questions"),
    (
        ("statute", "reference", False),
        "section sections sec secs § §§ s. ss. article articles art arts clause clauses h.r hr h.res s.res l.b "
        "pub.l p.l s.b a.b protocol resolution",
    ),
    (
        ("statute", "reference", True),
        "title rule regulation condition licence directive unscr recommendation convention decree act law bill "
        "proposition prop amendment ordinance schedule ab sb pl s l",
    ),
    (("idiom", "idiom", False), "top"),
    (
        ("identifier", "identifier", False),
        "magnitude exit junction tier tiers ios iphone ipad level levels grade grades type category categories marker "
        "route room floor suite flight sdg sdgs class group unit covid omega vitamin iso iso/iec iec ieee rfc ansi "
        "astm din "
        "channel sars-cov policy workstream strand band bands quintile quintiles quartile quartiles decile deciles",
    ),
    (("version", "identifier", False), "version ver"),
    (("version", "identifier", True), "release build"),
    (
        ("identifier", "identifier", True),
        "goal goals target targets zone ward district ste apt apartment building bldg gate platform bay dock "
        "terminal track lane highway interstate motorway radio studio model mark series "
        "season episode option priority pillar principle standard criterion objective outcome indicator item task "
        "lot block plot sector area region division squad team station engine ladder tower hall cell windows android "
        "office formula web apollo boeing airbus psalm opus symphony agenda vision horizon euro form forms catch "
        "fortune s&p ftse nasdaq nikkei generation gen bowl issue week day year bs en cat hb war branch troop post "
        "aim aims tram "
        "gallery depot pack lodge term python pier court pitch field hangar warehouse bus locker aisle sub interval "
        "cohort rooms floors flights routes gates programme program lifeboat boat vessel helicopter",
    ),
]
_LISTING = words(
    "figs figures tables charts exhibits pages pp chapters paragraphs steps stages phases parts modules lessons "
    "questions sections secs §§ articles arts clauses sdgs goals aims targets grades levels tiers categories "
    "forms goal grade p page sdg level rooms floors flights routes gates band bands quintile quintiles quartile "
    "quartiles decile deciles"
)
OF_A_YEAR = words("vision agenda horizon windows office form forms iso iso/iec iec en bs astm ansi")
"""Identifiers whose number stays a name where it could be a year: "Vision 2030", unlike "Season 2021"."""
_IN_SMALL: list[tuple[Designator, str]] = [
    (("statute", "reference", False), "title rule regulation bylaw by-law"),
    (("page_reference", "reference", False), "note"),
    (("figure_reference", "reference", False), "map photo diagram"),
    (("phone_number", "identifier", False), "press"),
    (("step_reference", "reference", False), "item"),
    (
        ("identifier", "identifier", False),
        "recommendation goal aim target priority objective outcome indicator principle pillar standard criterion "
        "option bus tram platform pier force volume vol book sheet week release rev revision parcel lot "
        "circular module method",
    ),
]
"""In small letters these name one or two digits alone: "goal 4", "note 7", "a target 4.7"."""
WARY = words(
    "resolution protocol class group unit room floor round lesson question line art arts grades levels tiers "
    "categories steps stages phases tables policy workstream strand band bands years"
).union(*(words(some) for _, some in _IN_SMALL))
"""Behind these in small letters a number may still count what follows: "per class 30 pupils"."""
RULES_OF_LAW = words("rule regulation bylaw by-law")
AS_OF_LAW = words("as under see with")
"""Between these and a number such a word names the rule: "as rule 9 demands", "under rule 9 members vote"."""
LETTERED = re.compile(r"\d{1,3}[A-Z](?<![BKMT])\d{0,2}")
"""No amount is written so: "bus 42A" is a name whatever the word's first letter."""
DESIGNATORS: dict[str, list[tuple[Designator, re.Pattern[str]]]] = {}
for _designator, _words in _DESIGNATORS:
    for _word in _words.split():
        DESIGNATORS.setdefault(_word, []).append((_designator, MANY if _word in _LISTING else ONE))
DESIGNATORS["years"] = [(("identifier", "identifier", False), SEVERAL)]
"""School years, where several are named: "Years 9–11"; one number behind the word is what a label states."""
DESIGNATORS["items"] = [(("step_reference", "reference", False), SEVERAL)]
DESIGNATORS["routes"] = [*DESIGNATORS["routes"], (("identifier", "identifier", False), SEVERAL)]
for _designator, _words in _IN_SMALL:
    for _word in _words.split():
        DESIGNATORS.setdefault(_word, []).append((_designator, SMALL))

YEAR_NAMES: dict[str, Designator] = {
    "class": ("cohort", "identifier", False),
    "cohort": ("cohort", "identifier", False),
    "act": ("statute", "reference", True),
    "law": ("statute", "reference", True),
    "bill": ("statute", "reference", True),
    "convention": ("statute", "reference", True),
    "treaty": ("statute", "reference", True),
    "protocol": ("statute", "reference", True),
    "declaration": ("statute", "reference", True),
}
"""What "of 2003" names rather than dates: "the class of 2026", "the Safe Homes Act of 2003"."""
ON_DAY = (["on"], ["by"], ["until"], ["till"], ["before"], ["after"], ["since"])
"""Before "day 215" these make it a day of a count, where "per day 215" is a rate."""
NAMING_YEAR = re.compile(r"(?:18|19|20)\d\d\b(?![.,]\d|[-–/]\d)")

NUMBER_WORDS = words(
    "no nos nr nrs № number numbers num # ref reg id ein tin abn vat isbn issn isbn-13 isbn-10 doi arxiv"
)
ID_OWNERS = words(
    "charity company account card phone case registration registered reference tax id serial badge tracking grant "
    "award policy licence license order invoice member membership docket file patent permit contract passport "
    "report identification employer telephone fax mobile route bus flight approval control project organisation "
    "organization"
)
ID_NOUNS = words(
    "account case docket patent grant award charity invoice uen duns siret cage ukprn chy visa mastercard paybill"
)
REGISTERS = words("registration reference provider regulator commission")
"""Before five digits and more these number what is registered there."""
STATES = words(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK "
    "OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI"
)
STREET_ENDS = ("straße", "strasse", "allee", "gasse", "platz", "straat", "laan", "plein", "gatan")
POSTCODE_BEFORE_TOWN = re.compile(r"\d{4,5}(?=\s[A-Z])")
STATE_CODE = re.compile(r"(?:[a-z]\.){3,5}")
STATE_SECTION = re.compile(r"§?\d{1,4}[A-Za-z]?(?:[-.:]\d{1,5}){1,3}(?:\(\w{1,4}\)){0,4}(?![\w%]|,\d)")
"""A section of a state's code: "K.S.A. 58-2540"."""
ZIP = re.compile(r"\d{5}(?:-\d{4})?(?![\w%]|[.,]\d)")
PHONE_CUES = words(
    "call calling dial dialling dialing phone phones telephone tel fax mobile cell cellphone text texting sms whatsapp "
    "hotline helpline helplines freephone tollfree toll-free ring ph tty tdd contact lifeline @"
)
"""What asks to call the number behind it."""
