"""Words the reading rules share, as data: closed classes of English, units, verbs of change.

No logic beyond set membership and `fold`. A word belongs here when two rules need it, or when its list is long.
"""

import re
from functools import lru_cache

_STRAIGHT = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2011": "-", "\u2010": "-"}


@lru_cache(maxsize=256)  # each figure of a passage asks for the passage again
def fold(text: str) -> str:
    """Lower case with straight quotes and hyphens; always as long as `text`, so that spans carry over."""
    low = text.replace("\u0130", "i").lower()  # the one letter that grows: a dotted capital I
    if low.isascii():
        return low
    for curled, straight in _STRAIGHT.items():
        low = low.replace(curled, straight)
    return low


_LETTERS = re.compile(r"[a-z]+")


def vocabulary(low: str) -> frozenset[str]:
    """Every run of letters a to z in a folded text: a form whose words are not among them need not be looked for."""
    return frozenset(_LETTERS.findall(low))


def words(text: str) -> frozenset[str]:
    """A set of words written as one blank-separated string."""
    return frozenset(text.split())


PREPOSITIONS = words(
    "in on at by for from to into onto with within without under over about against between among amongst across "
    "through throughout during before after since until till per via as of than toward towards near around beyond "
    "behind above below despite upon regarding concerning including involving versus vs outside inside up down off"
)
CONJUNCTIONS = words("and or but nor so yet while whereas because although though if when where whether once plus &")
RELATIVES = words("who whom whose which that what how why")
AUXILIARIES = words(
    "is are was were be been being am has have had having do does did will would can could may might must shall "
    "should cannot isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't can't"
)
PRONOUNS = words("we they it he she you i us them him me one itself themselves ourselves")
DETERMINERS = words("a an the this that these those our its their his her your my all both each every any some no")
ADVERBS = words(
    "annually daily weekly monthly yearly quarterly worldwide nationwide globally nationally locally internationally "
    "overall respectively alone together altogether so far ago later earlier now today currently still already also "
    "too only just again there here not never ever respectively then subsequently directly likely online abroad "
    "collectively combined last next more less fewer"
)
VERBS = words(
    "received receive receives helped help helps served serve serves reached reach supported support provided provide "
    "provides came come comes went go goes gave give gives took take takes made make makes said say says saw see sees "
    "found find finds got get gets led lead leads became become becomes began begin begins ran run runs rose rise "
    "rises fell fall falls grew grow grows held hold holds kept keep keeps left leave leaves lost lose loses met meet "
    "meets paid pay pays sent send sends spent spend spends stood stand stands told tell tells won win wins wrote "
    "write writes attend live lives work works need needs face use used participate remain remains live joined "
    "responded resolved returned completed visited participated benefited benefitted attended took gained sought"
)
STOPS = PREPOSITIONS | CONJUNCTIONS | RELATIVES | AUXILIARIES | PRONOUNS | ADVERBS
"""Words at which the noun phrase after a number ends."""

PLURALS = words(
    "children people men women youth staff police personnel media data cattle fish sheep deer salmon feet "
    "mice geese teeth oxen lice criteria phenomena alumni fungi bacteria schoolchildren grandchildren clergy crew "
    "folk freshmen policemen policewomen firefighters salespeople townspeople tribespeople salesmen spokespeople "
    "faculty livestock poultry offspring aircraft species series headquarters news "
    "personnel"
)
"""Plural (or collective) nouns that their ending does not show."""

NOT_PLURAL = words(
    "thirds quarters fifths tenths hundreds thousands millions billions trillions dozens this is was has its us "
    "plus less does as always across various previous homeless wireless business access "
    "process success address congress progress witness illness fitness wellness happiness campus status virus bonus "
    "census focus crisis basis analysis thesis diagnosis emphasis towards perhaps besides afterwards thus yes "
    "class mass grass glass press stress express gross cross loss boss harness express overseas"
)
"""Words in -s that are no plural nouns."""

MASS = words(
    "food water rice blood waste electricity energy funding aid income revenue land housing training care support "
    "equipment clothing furniture rubbish milk bread coal oil gas paper plastic"
)

PEOPLE = words(
    "person anyone everyone children child kids people adults youth youths teens teenagers persons individuals "
    "those anyone everyone someone "
    "women men girls boys babies infants students pupils patients residents workers seniors minors members users "
    "participants population females males toddlers tweens voters citizens clients adolescents victims "
    "pensioners learners players athletes customers employees volunteers drivers visitors guests"
)
"""Nouns for people: after them "under 16" is an age."""

STOCK_NOUNS = words(
    "members followers subscribers users employees staff countries states provinces territories offices branches "
    "centres centers sites locations chapters affiliates partners languages beds homes properties stores shops "
    "schools campuses facilities clinics hospitals volunteers personnel accounts holdings supporters fans likes donors "
    "vehicles ambulances stations libraries districts counties regions communities cities towns villages nations "
    "units bedrooms seats species titles hashes connections colleagues trustees mentors tutors officers leaders "
    "coaches "
    "teachers nurses doctors trainers counsellors counselors advisers advisors caseworkers listeners rangers "
    "scientists "
    "researchers cardholders borrowers shareholders householders leaseholders nationalities cadets researchers "
    "professionals experts associates groups clubs rooms places councils authorities funds offices hubs"
)
"""Nouns that stand at a moment rather than add up over a year, where no verb or date says otherwise."""

ENROLLED = words(
    "members followers subscribers users employees staff volunteers fans supporters accounts connections donors "
    "partners "
    "titles hashes holdings personnel"
)
"""Stock nouns of which a total is reached: "grew to 1.8 million followers" stands at a moment."""

HEADCOUNT = words("employees staff members followers subscribers users personnel colleagues trustees")
"""Stock nouns that stand at the end of a year also where a table counts by year."""

RATES = {
    "year": "each_year", "annually": "each_year", "yearly": "each_year",
    "day": "daily_average", "daily": "daily_average", "week": "weekly_average", "weekly": "weekly_average",
    "month": "monthly_average", "monthly": "monthly_average", "hour": "hourly_average", "hourly": "hourly_average",
    "night": "nightly_average", "nightly": "nightly_average", "quarter": "quarterly_average",
    "quarterly": "quarterly_average", "minute": "minutely_average",
}  # fmt: skip
"""The aggregation that each word for a rate means."""

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
"""A month, short or long, as a pattern."""

EVENTS = words(
    "meetings sessions events workshops classes trainings courses times hearings drills conferences fairs camps "
    "clinics exercises visits ceremonies talks webinars screenings markets matches games concerts performances "
    "inspections briefings rounds days exhibitions elections lessons seminars assemblies festivals"
)
"""What is held by taking place: "workshops held" add up, "collections held" stand."""

TIME_UNITS = {
    "second": "second", "seconds": "second", "sec": "second", "secs": "second",
    "minute": "minute", "minutes": "minute", "min": "minute", "mins": "minute",
    "hour": "hour", "hours": "hour", "hr": "hour", "hrs": "hour",
    "day": "day", "days": "day", "night": "night", "nights": "night", "week": "week", "weeks": "week",
    "weekend": "week", "weekends": "week", "fortnight": "week", "month": "month", "months": "month",
    "quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year", "yr": "year", "yrs": "year",
    "season": "season", "seasons": "season", "term": "term", "terms": "term",
    "decade": "decade", "decades": "decade", "century": "century", "centuries": "century",
    "semester": "semester", "semesters": "semester", "millisecond": "second", "milliseconds": "second",
}  # fmt: skip
TIME_ACCUMULATES = {
    "second": 7200,
    "minute": 2000,
    "hour": 100,
    "day": 400,
    "night": 30,
    "week": 260,
    "month": 400,
    "year": 250,
}
"""From this many on, a time unit counts work done ("12,000 hours of training") rather than how long something took."""

MEASURES = words(
    "t kt kg kgs kilogram kilograms kilogramme kilogrammes g gram grams grammes mg milligrams lb lbs pound pounds "
    "ounce "
    "ounces oz ton tons tonne tonnes megatonnes kilotonnes mt km kms kilometre kilometres kilometer kilometers m "
    "metre metres "
    "meter meters cm centimetre centimetres centimeters mm millimetres millimeters mile miles mi yard yards foot feet "
    "ft inch inches acre acres hectare hectares ha litre litres liter liters l ml millilitres gallon gallons pint "
    "pints barrel barrels bushel bushels kwh mwh gwh twh kw mw gw watt watts kilowatt kilowatts megawatt megawatts "
    "gigawatt gigawatts kilowatt-hours megawatt-hours gigawatt-hours joule joules calories celsius "
    "fahrenheit gb tb mb kb pb gigabyte gigabytes terabyte terabytes petabyte petabytes megabyte megabytes "
    "kilobytes megabits gigabits mbps gbps mph km/h knots hz khz mhz ghz tco2e tco2 co2e co2 ktco2e mtco2e bpm sqft "
    "sqm quart quarts "
    "m² km² ft² m³ "
    "cubic square"
)
"""Physical units; "square" and "cubic" stand for the unit they open."""

SINGULAR_MEASURES = words(
    "kg g mg lb oz km m cm mm mi ft ha l ml t kt mt kwh mwh gwh twh kw mw gw gb tb mb kb mph km/h hz mbps"
)

RISE = words(
    "increase increases increased increasing rise rises rose rising risen grow grows grew growing grown growth gain "
    "gains gained jump jumps jumped jumping surge surges surged surging climb climbs climbed climbing soar soars "
    "soared spike spiked expand expanded expansion uptick up higher more greater larger improvement improved upturn "
    "swelled increasingly additional boost boosted raised raise longer faster leap leapt bigger"
)
FALL = words(
    "decrease decreases decreased decreasing decline declines declined declining fall falls fell falling fallen drop "
    "drops dropped dropping reduce reduces reduced reducing reduction shrink shrinks shrank shrunk shrinking cut cuts "
    "cutting slump slumped plunge plunged dip dipped down lower fewer less smaller loss slid slide slipped slip "
    "tumbled tumble shorter plummeted plummet lowered"
)
COMPARATIVES = words(
    "more less fewer greater larger smaller bigger additional longer shorter higher lower faster increasingly raise "
    "raised"
)
"""Words of change that speak of a level, unless "by" follows or the number is relative."""

GENERIC = words("numbers figures totals counts statistics amounts levels results data")
"""Plural nouns that only announce a figure."""

GROUPS = words(
    "staff team membership workforce audience crowd roll enrolment enrollment population fleet network "
    "crew readership herd"
)
"""Nouns that a number behind "of" measures: "a staff of 2,300"."""


def is_plural(word: str) -> bool:
    """Whether a folded word looks like a plural noun."""
    if word in PLURALS:
        return True
    word = word.rpartition("-")[2] or word
    if len(word) < 3 or word[-1] != "s" or word in NOT_PLURAL:
        return False
    return word[-2:] not in ("ss", "us") and not word.endswith(("'s", "ious", "eous"))


def plural(word: str) -> str:
    """The regular plural of a folded noun; plurals stay as they are."""
    if is_plural(word):
        return word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:[kmg]?t)?co2(?:e|-?eq)?(?!\w)|[^\W\d_]++(?:[-'/][^\W\d_]++)*+|\d[\d,.]*|[^\w\s]"
)
"""One token: an initialism, a word (inner hyphens, apostrophes, slashes kept), a run of digits, or a mark."""
