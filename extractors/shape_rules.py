"""Which digits are no statistics by their shape, as tables of patterns.

`STRONG` rows hold whatever else the digits could be, and go before dates; `WEAK` rows are tried on digits that no date
claims; `DESIGNATORS` are the words that turn a number behind them into a name ("Figure 3", "Tier 1"). How the tables are
applied stands in `shapes`; words without digits in `shape_words`. Every repetition around a group is bounded.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from extractors.lexicon import STOPS, VERBS, is_plural, words
from extractors.models import NumeralClass

_SCALE = r"(?:hundred|thousand|million|billion|trillion|lakh|crore|mn|bn|percent|per\scent|percentage|times)\b"
NOT_QUANTITY = rf"(?![\d%]|[.,]\d|\s?%|\s{_SCALE})"
_NEXT_WORD = re.compile(r"\s([a-z][a-z'-]*)")


def counts_something(low: str, end: int) -> bool:
    """Whether a plural noun follows at once or after one adjective, so that the number before counts it."""
    for _ in range(2):
        m = _NEXT_WORD.match(low, end)
        if m is None or m[1] in STOPS or m[1] in VERBS:
            return False
        if is_plural(m[1]):
            return True
        end = m.end()
    return False


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape: matched on the text as written where it begins (the digit, or a sign before it)."""

    reason: str
    numeral_class: NumeralClass
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] | None = None


def _rule(reason: str, cls: NumeralClass, pattern: str, holds: Callable[[re.Match[str]], bool] | None = None) -> Rule:
    return Rule(reason, cls, re.compile(pattern), holds)


# --- checks a pattern cannot make ----------------------------------------------------------------------------------


def _digits(m: re.Match[str]) -> int:
    return sum(c.isdecimal() for c in m[0])


def _seven_digits(m: re.Match[str]) -> bool:
    return _digits(m) >= 7


def _eight_digits_no_year(m: re.Match[str]) -> bool:
    return _digits(m) >= 8 and not re.match(r"\(\s?(?:19|20)\d\d\s?\)", m[0])


def _dotted(m: re.Match[str]) -> bool:
    """1.234.567 is a number to much of Europe; 3.2.21 and 10.0.0.1 are not."""
    groups = m[0].split(".")
    return not all(len(g) == 3 and g.isdecimal() for g in groups[1:])


def _falls_or_ties(m: re.Match[str]) -> bool:
    """A range rises; what falls is a score, a vote, or nine to five."""
    return int(m["a"]) >= int(m["b"])


def _not_counting(m: re.Match[str]) -> bool:
    return not counts_something(m.string.lower() if len(m.string) < 200 else m.string, m.end())


def _clock(m: re.Match[str]) -> bool:
    if int(m["h"]) > 24 or int(m["m"]) > 59:
        return False
    before = m.string[max(0, m.start() - 24) : m.start()].lower()
    return not re.search(r"\b(?:ratios?|odds|scale)\b", before)


# --- digits that speak for themselves ------------------------------------------------------------------------------

_SEP = r"[\s().\-–‑/]{0,3}"
_EXT = r"(?:\s?(?:[xX]|[Ee]xt\.?|[Ee]xtension)\s?\d{1,6}\b)?"
_END = r"(?!\d|[.,]\d|\s?%)"
PHONE_AFTER_CUE = re.compile(rf"[(+]{{0,2}}\d(?:{_SEP}\d){{2,16}}{_EXT}{_END}")

STRONG = (
    _rule("phone_number", "identifier", rf"\(?\+\s?\(?\d(?:{_SEP}\d){{6,16}}{_EXT}{_END}"),
    _rule("phone_number", "identifier", rf"(?:1[-. ]?)?\(\d{{3}}\)[-. ]{{0,2}}\d{{3}}[-. ]\d{{4}}{_EXT}{_END}"),
    _rule(
        "phone_number",
        "identifier",
        rf"(?:\d[-. ]?)?\(\s?\d{{2,5}}\s?\)[\s.-]{{0,2}}\d{{2,9}}(?:[\s.-]\d{{2,6}}){{0,3}}{_EXT}{_END}",
        _eight_digits_no_year,
    ),
    _rule("phone_number", "identifier", rf"(?:\+?1[-. ])?\d{{3}}(?P<s>[-. ])\d{{3}}(?P=s)\d{{4}}{_EXT}{_END}"),
    _rule(
        "phone_number",
        "identifier",
        r"(?:1[-. ]\(?8\d\d\)?[-. ]|8\d\d-|0800[- ])(?=[A-Z0-9-]{0,12}[A-Z]{2})[A-Z0-9]{2,12}(?:-[A-Z0-9]{2,12}){0,4}\b",
    ),
    _rule("phone_number", "identifier", r"(?:9-1-1|9-8-8|[2-8]-1-1)\b"),
    _rule("phone_number", "identifier", r"(?:911|999)(?=\s(?:calls?|dispatch|operator|emergency|system|cent))"),
    _rule(
        "phone_number",
        "identifier",
        r"(?:988|112|211|311|116\s?\d{3})(?=\s(?:\w+\s&?\s?)?(?i:lifeline|helpline|hotline))",
    ),
    _rule(
        "statute",
        "reference",
        r"\d{1,3}\s(?i:U\.?\s?S\.?\s?C\.?(?:\s?A\.?)?|C\.?\s?F\.?\s?R\.?|Fed\.\s?Reg\.|Stat\.|F\.\s?(?:2d|3d|4th)|F\.?R\.?|"
        r"F\.\s?Supp\.(?:\s?[23]d)?|S\.\s?Ct\.|U\.S\.)\s?(?:§{1,2}\s?|[Pp]arts?\s|[Ss]ec(?:tions?|\.)\s)?\d[\w–-]{0,12}"
        r"(?:\.\d\w{0,6}){0,2}(?:\(\w{1,4}\)){0,5}",
    ),
    _rule("statute", "reference", r"\d{1,5}[a-zA-Z]?(?:\([a-z]{1,3}\)(?:\(\w{1,4}\)){0,4})(?![a-z])"),
    _rule("citation", "reference", r"\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12}\]"),
    _rule("time_of_day", "time", r"24[/-]7(?:/365)?\b(?![/-]\d)"),
    _rule(
        "availability",
        "time",
        r"24[- ]hours[- ](?:a|per|each|every)[- ]day(?:,?\s(?:and\s)?(?:seven|7|five|5|six|6)[- ]days[- ](?:a|per|each)[- ]week)?"
        r"(?:,?\s(?:and\s)?(?:365|52)[- ](?:days|weeks)[- ](?:a|per|each|of the)[- ]year)?",
    ),
    _rule(
        "availability",
        "time",
        r"[5-7][- ]days[- ](?:a|per|each)[- ]week\b|36[56][- ]days[- ](?:a|per|each|of the)[- ]year\b",
    ),
    _rule("event", "date", r"9/11\b(?![/-]\d)"),
    _rule("idiom", "idiom", r"(?:50[-/–]50|80/20|20/20(?=\s(?:vision|hindsight)))\b(?![/-]\d|\s?%)"),
    _rule(
        "statute",
        "reference",
        r"(?:19|20)\d\d/\d{1,4}(?:/E[UC])?(?=\W|$)",
        lambda m: len(m[0]) != 7 or m[0][-1] in "UC",
    ),
    _rule(
        "postal_address",
        "identifier",
        r"\d{1,5}[A-Za-z]?(?:-\d{1,5})?\s(?:[NSEW]\.?\s)?(?:(?:[A-Z][\w'’.-]{0,20}|\d{1,3}(?:st|nd|rd|th)|of|the|de|la)\s){1,4}"
        r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Way|Court|Ct|Place|Pl|Square|Sq|Highway|Hwy|"
        r"Parkway|Pkwy|Terrace|Close|Crescent|Row|Circle|Plaza|Gardens|Quay|Wharf|Mews|Turnpike|Pike)\b\.?"
        r"(?=\s?[,.;:)]|\s(?:in|at|[NSEW]{1,2})\b|\s[A-Z]|$)(?:\s[NS][EW]\b)?",
    ),
)

WEAK = (
    _rule(
        "time_of_day",
        "time",
        r"\d{1,2}(?:[:.]\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?\s?(?:-|–|—|to|and|until|till)\s?\d{1,2}(?:[:.]\d\d)?\s?"
        r"(?:[AaPp]\.[Mm]\.|[AaPp][Mm]\b)",
    ),
    _rule("time_of_day", "time", r"\d{1,2}(?:[:.]\d\d){0,2}\s?(?:[AaPp]\.\s?[Mm]\.|[AaPp][Mm]\b)"),
    _rule("time_of_day", "time", r"(?P<h>\d{1,2}):(?P<m>\d\d)(?::\d\d)?(?:Z|\b)(?!:\d)", _clock),
    _rule("time_of_day", "time", r"\d{1,2}h\d\d\b|\d{1,2}\s?o['’]clock\b|12\s(?:noon|midnight)\b"),
    _rule("reference", "reference", r"\d{1,3}:\d{1,3}(?:[-–]\d{1,3})?\b", lambda m: _after_name(m)),
    _rule("identifier", "identifier", r"\d{3,}:\d\d\b"),
    _rule("ip_address", "identifier", r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b(?!\.\d)"),
    _rule("version", "identifier", r"\d{1,5}(?:\.\d{1,5}){2,6}(?:\.[A-Za-z]\w{0,6})?\b", _dotted),
    _rule("phone_number", "identifier", rf"0\d(?:{_SEP}\d){{5,15}}{_EXT}{_END}"),
    _rule("formula", "identifier", r"\d+(?:[*/+^-]\d+){0,6}=\d+"),
    _rule("phone_number", "identifier", rf"\d{{1,6}}(?:[-–./]\d{{1,8}}){{2,6}}{_EXT}{_END}", _seven_digits),
    _rule("identifier", "identifier", rf"\d{{1,6}}(?:[-–]\d{{1,8}}){{2,6}}{_END}"),
    _rule("identifier", "identifier", r"\d\d-\d{7}\b"),
    _rule("identifier", "identifier", r"\d{4}(?:[\s-]\d{4}){2}[\s-]\d{3,4}\b"),
    _rule(
        "coordinates", "identifier", r"\d{1,3}\.\d{6,}|\d{1,3}(?:\.\d{1,8})?°\s?(?:\d{1,2}(?:\.\d+)?['′]\s?)?[NSEW]\b"
    ),
    _rule("identifier", "identifier", r"0\d{2,}\b(?![.,]\d|\s?%)"),
    _rule("identifier", "identifier", r"\d{6,}[A-Za-z]\b"),
    _rule("identifier", "identifier", r"\d{1,8}(?!(?:[eE]|[xX]1)\d)[A-Za-z]{1,3}\d[\w]{0,20}(?:-\w{1,20}){0,4}"),
    _rule("identifier", "identifier", r"[2-6]G\b|[2-4]D\b|2FA\b|(?:2160|1440|1080|720|480)p\b|[3-7][A-Z]s\b"),
    _rule("identifier", "identifier", r"[48]K(?=\s(?:video|resolution|TV|display|footage|content|camera|UHD|HD|film))"),
    _rule("time_of_day", "time", r"9[-–]5\b(?![-–/]\d|[.,]\d|\s?%)"),
    _rule("score", "identifier", r"(?P<a>\d{1,2})[-–](?P<b>\d{1,2})\b(?![-–/]\d|[.,]\d|\s?%|/)", _falls_or_ties),
    _rule(
        "idiom",
        "idiom",
        r"\d{1,2}[- ](?:star|step|point|way|factor|tier|pronged|part|legged|wheel(?:er|ed)?|dimensional)\b",
    ),
    _rule("identifier", "identifier", r"(?:\d\s){2,20}\d\b(?!\s?%|[.,]\d|\d|\s[a-z])"),
)


def _after_name(m: re.Match[str]) -> bool:
    """A chapter and verse follow a name: "Matthew 25:40"."""
    return re.search(r"[A-Z][a-z]{2,}\s$", m.string[max(0, m.start() - 12) : m.start()]) is not None


# --- numbers made names by the word before -------------------------------------------------------------------------

_ONE = rf"\d{{1,6}}(?:[.-]\d{{1,6}}){{0,3}}(?:/\d{{1,4}}){{0,2}}(?:/E[UC])?[A-Za-z]?(?:\(\w{{1,4}}\)){{0,4}}(?!\w){NOT_QUANTITY}"
ONE = re.compile(rf"#?{_ONE}")
MANY = re.compile(rf"{_ONE}(?:(?:,\s?(?:and\s)?|\s(?:and|or|to|through|thru|&)\s|\s?[-–]\s?){_ONE}){{0,12}}")
CODE = re.compile(rf"#?\d\w{{0,20}}(?:[-–/.:]\w{{1,20}}){{0,6}}(?:\s\d{{2,6}}){{0,4}}{NOT_QUANTITY}")


# (reason, class, capital): `capital` words count only when written with one, as in "Target 8" against "a target of 8".
Designator = tuple[str, NumeralClass, bool]
_DESIGNATORS: list[tuple[Designator, str]] = [
    (
        ("figure_reference", "reference", False),
        "figure fig figs table tables chart exhibit annex appendix footnote endnote",
    ),
    (("figure_reference", "reference", True), "figures charts exhibits map graph diagram plate"),
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
        "section sections sec secs § §§ article articles art arts clause clauses h.r hr h.res s.res l.b pub.l p.l s.b a.b "
        "protocol",
    ),
    (
        ("statute", "reference", True),
        "title rule regulation directive resolution unscr recommendation convention decree act law bill proposition prop "
        "amendment ordinance schedule ab sb pl s l",
    ),
    (
        ("identifier", "identifier", False),
        "tier tiers level levels grade grades type category categories version ver route room floor suite flight sdg sdgs "
        "class group unit covid omega vitamin iso iso/iec iec ieee rfc ansi astm din channel sars-cov",
    ),
    (
        ("identifier", "identifier", True),
        "goal goals target targets zone ward district ste apt apartment building bldg gate platform bay dock terminal "
        "track lane highway interstate motorway exit junction radio studio release build model mark series season episode "
        "option priority pillar principle standard criterion objective outcome indicator item task lot block plot sector "
        "area region division squad team station engine ladder tower hall cell windows android ios iphone ipad office "
        "formula web apollo boeing airbus psalm opus symphony agenda vision horizon euro form forms catch fortune s&p ftse "
        "nasdaq nikkei generation gen bowl issue week day bs en cat hb sub interval cohort group",
    ),
]
_LISTING = words(
    "figs figures tables charts exhibits pages pp chapters paragraphs steps stages phases parts modules lessons questions "
    "sections secs §§ articles arts clauses sdgs goals targets grades levels tiers categories forms goal grade p page sdg"
)
WARY = words(
    "class group unit room floor round lesson question line grades levels tiers categories steps stages phases tables"
)
"""Behind these in small letters a number may still count what follows: "per class 30 pupils"."""
DESIGNATORS: dict[str, list[tuple[Designator, re.Pattern[str]]]] = {}
for _designator, _words in _DESIGNATORS:
    for _word in _words.split():
        DESIGNATORS.setdefault(_word, []).append((_designator, MANY if _word in _LISTING else ONE))

NUMBER_WORDS_BEFORE = words(
    "no nos nr nrs № number numbers num # ref reg id ein tin abn vat isbn issn isbn-13 isbn-10 doi arxiv"
)
ID_OWNERS = words(
    "charity company account card phone case registration registered reference tax id serial badge tracking grant award "
    "policy licence license order invoice member membership docket file patent permit contract passport ncmec report "
    "identification employer telephone fax mobile route bus flight approval control project organisation organization"
)
ID_NOUNS = words(
    "account case docket patent grant award charity ncic invoice uen duns siret cage ein tin abn isbn issn doi arxiv credit visa mastercard"
)
STATES = words(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI"
)
ZIP = re.compile(r"\d{5}(?:-\d{4})?(?![\w%]|[.,]\d)")
