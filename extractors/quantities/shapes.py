"""Which digits are no statistics by their shape, as tables of patterns.

`STRONG` rows hold whatever else the digits could be, and go before dates; `WEAK` rows are tried on digits that no date
claims. Numbers named by the word before them stand in `designators`, words without digits in `shape_words`; the tables
are applied in `shape_digits`. Every repetition around a group is bounded.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extractors.language.currencies import COMMON_SIGNS
from extractors.language.lexicon import STOPS, VERBS, is_plural
from extractors.language.patterns import YEAR
from extractors.records import NumeralClass
from extractors.timex.spans import DateSpan

_SCALE = r"(?:hundred|thousand|million|billion|trillion|lakh|crore|mn|bn|percent|per\scent|percentage|times)\b"
NOT_QUANTITY = rf"(?![\d%]|[.,]\d|\s?%|\s{_SCALE})"
_NEXT_WORD = re.compile(r"\s([a-z][a-z'-]*)")


def counts_something(low: str, end: int) -> bool:
    """Whether a plural noun in small letters follows, at once or after one adjective: the number before counts it."""
    for _ in range(2):
        m = _NEXT_WORD.match(low, end)
        if m is None or m[1] in STOPS or m[1] in VERBS:
            return False
        if is_plural(m[1]):
            return True
        end = m.end()
    return False


class Claim(NamedTuple):
    """A span that measures nothing, before it becomes a `Shape`."""

    start: int
    end: int
    numeral_class: NumeralClass
    reason: str
    date: DateSpan | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape: matched on the text as written where it begins (the digit, or a sign before it)."""

    reason: str
    numeral_class: NumeralClass
    wording: str
    holds: Callable[[re.Match[str]], bool] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The wording, compiled when it is first tried: the whole table would slow every start."""
        return _compiled(self.wording)


_compiled = cache(re.compile)


def _rule(reason: str, cls: NumeralClass, pattern: str, holds: Callable[[re.Match[str]], bool] | None = None) -> Rule:
    return Rule(reason, cls, pattern, holds)


# --- checks a pattern cannot make ----------------------------------------------------------------------------------


def _digits(m: re.Match[str]) -> int:
    return sum(c.isdecimal() for c in m[0])


def _seven_digits(m: re.Match[str]) -> bool:
    return _digits(m) >= 7 and not re.fullmatch(r"\d{1,3}(?:\.\d{3})+", m[0])


def _eight_digits_no_year(m: re.Match[str]) -> bool:
    return _digits(m) >= 8 and not re.match(rf"\(\s?{YEAR}\s?\)", m[0])


def _dotted(m: re.Match[str]) -> bool:
    """1.234.567 is a number to much of Europe; 3.2.21 and 10.0.0.1 are not."""
    groups = m[0].split(".")
    return not all(len(g) == 3 and g.isdecimal() for g in groups[1:])


def _falls_or_ties(m: re.Match[str]) -> bool:
    """A range rises; what falls is a score, a vote, or nine to five."""
    return int(m["a"]) >= int(m["b"])


def _serial(m: re.Match[str]) -> bool:
    """Ten digits and more without grouping are a serial number, unless round, counting something, or all there is."""
    return not m[0].endswith("000") and m[0] != m.string and not counts_something(m.string, m.end())


def _thousands(m: re.Match[str]) -> bool:
    """ "All amounts in $000s", "£'000": how figures are written."""
    return m[0][-1] == "s" or m.string[: m.start()].endswith((*COMMON_SIGNS, "'", "\u2019"))


def _not_grouped(m: re.Match[str]) -> bool:
    """The second half of "14 050" is no identifier."""
    return len(m[0]) != 3 or not _SPACED_GROUP.search(m.string, max(0, m.start() - 5), m.start())


_SPACED_GROUP = re.compile(r"(?<![\d.,])\d{1,3}\s$|\d\s\d{3}\s$")


def _registered(m: re.Match[str]) -> bool:
    """ "A charity registered in England and Wales (219432)"."""
    before = m.string[max(0, m.start() - 60) : m.start()]
    return before.endswith("(") and re.search(r"\bregistered\b[^().]*\($", before, re.IGNORECASE) is not None


def _quoted(m: re.Match[str]) -> bool:
    """A name in figures: the group "764"."""
    return m.string[max(0, m.start() - 1) : m.start()] in ("“", '"')


def _clock(m: re.Match[str]) -> bool:
    if int(m["h"]) > 24 or int(m["m"]) > 59:
        return False
    before = m.string[max(0, m.start() - 24) : m.start()].lower()
    return not re.search(r"\b(?:ratios?|odds|scale)\b", before) and not m.string.startswith(" ratio", m.end())


def _opening_hours(m: re.Match[str]) -> bool:
    """ "Open from 10 to 6", without a.m. and p.m."""
    before = m.string[max(0, m.start() - 24) : m.start()].lower()
    opens = re.search(r"\b(?:opens?|opening(?: hours)?)\b:?(?: daily)?(?: from| between)?\s$", before)
    return opens is not None and int(m["h1"]) <= 24 and int(m["h2"]) <= 24


def _origin(m: re.Match[str]) -> bool:
    """The year a thing comes from ("a chart from 1587"): no period of a statistic."""
    before = m.string[max(0, m.start() - 8) : m.start()].lower().split()
    return before[-1:] in (["from"], ["circa"], ["dated"], ["c."]) and not counts_something(m.string, m.end())


def _act_number(m: re.Match[str]) -> bool:
    """2021/1232 numbers an act; 2020/21 and 2020/2021 are years."""
    return m[0][-1] in "UC" or (len(m["number"]) > 2 and not 1900 <= int(m["number"]) < 2100)


def _after_name(m: re.Match[str]) -> bool:
    """Behind a name: "Matthew 25:40", "Parenting 101"."""
    name = re.search(r"([A-Z][a-z]{2,15})\s$", m.string[max(0, m.start() - 16) : m.start()])
    return name is not None and name[1] != "Ratio"


# --- digits that speak for themselves ------------------------------------------------------------------------------

_SEP = r"(?:(?!\.\s)[\s().\-–‑/]){0,3}"
_EXT = r"(?:(?:,\s)?\s?(?:[xX]|[Ee]xt\.?|[Ee]xtension)\s?\d{1,6}\b)?"
_END = r"(?!\d|[.,]\d|\s?%)"
_HOUSE = (
    r"\d{1,5}+[A-Za-z]?(?:-\d{1,5})?\s(?:[NSEW]\.?\s)?"
    r"(?:(?:[A-Z][\w'’.-]{0,20}|\d{1,3}(?:st|nd|rd|th)|of|the|de|la)\s){1,4}"
)
PHONE_AFTER_CUE = re.compile(rf"[(+]{{0,2}}\d(?:{_SEP}\d){{2,16}}{_EXT}{_END}")

STRONG = (
    _rule("scale", "reference", r"000s?(?!\w|[.,]\d)", _thousands),
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
        r"(?:1[-. ]\(?8\d\d\)?[-. ]|8\d\d-|0800[- ])(?=[A-Z0-9-]{0,12}[A-Z]{2})"
        r"[A-Z0-9]{2,12}(?:-[A-Z0-9]{2,12}){0,4}\b",
    ),
    _rule("phone_number", "identifier", r"\d{3}[-. ]\d{3}[-. ][A-Z]{4}\b(?:\s?\(\d{4}\))?"),
    _rule("phone_number", "identifier", r"(?:9-1-1|9-8-8|[2-8]-1-1)\b"),
    _rule("identifier", "identifier", r"(?:SC)?\d{5,8}(?=\))", _registered),
    _rule("phone_number", "identifier", r"(?:911|999)(?=\)?\s(?:calls?|dispatch|operator|emergency|system|cent))"),
    _rule(
        "phone_number",
        "identifier",
        r"(?:988|112|211|311|116\s?\d{3})(?=\s(?:\w{1,20}\s&?\s?)?(?i:lifeline|helpline|hotline))",
    ),
    _rule(
        "statute",
        "reference",
        r"\d{1,3}+\s(?i:U\.?\s?S\.?\s?C\.?(?:\s?A\.?)?|C\.?\s?F\.?\s?R\.?|Fed\.\s?Reg\.|Stat\.|F\.\s?(?:2d|3d|4th)|"
        r"F\.?R\.?|F\.\s?Supp\.(?:\s?[23]d)?|S\.\s?Ct\.|U\.S\.)\s?(?:§{1,2}\s?|[Pp](?:arts?|ts?\.)\s|[Ss]ec(?:tions?|\.)\s)?"
        r"\d[\w–-]{0,12}"
        r"(?:\.\d\w{0,6}){0,2}(?:-\d{1,4})?(?:\(\w{1,4}\)){0,5}",
    ),
    _rule("statute", "reference", r"\d{1,5}+[a-zA-Z]?(?:\([a-z]{1,3}\)(?:\(\w{1,4}\)){0,4})(?![a-z])"),
    _rule("citation", "reference", r"\[\^?\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12}\]"),
    _rule("time_of_day", "time", r"24[/-]7(?:/365)?\b(?![/-]\d)"),
    _rule(
        "availability",
        "time",
        r"24[- ]hours[- ](?:a|per|each|every)[- ]day"
        r"(?:,?\s(?:and\s)?(?:seven|7|five|5|six|6)[- ]days[- ](?:a|per|each)[- ]week)?"
        r"(?:,?\s(?:and\s)?(?:365|52)[- ](?:days|weeks)[- ](?:a|per|each|of the)[- ]year)?",
    ),
    _rule(
        "availability",
        "time",
        r"[5-7][- ]days[- ](?:a|per|each)[- ]week\b|36[56][- ]days[- ](?:a|per|each|of the)[- ]year\b",
    ),
    _rule("formula", "identifier", r"\d{1,12}(?:[*/+^-]\d{1,12}){0,6}=\d{1,12}"),
    _rule("event", "date", r"9/11\b(?![/-]\d)"),
    _rule("idiom", "idiom", r"(?:50[-/–]50|80/20|20/20(?=\s(?:vision|hindsight)))\b(?![/-]\d|\s?%)"),
    _rule(
        "statute",
        "reference",
        rf"{YEAR}\s(?:Act|Convention|Protocol|Directive|Regulations?|Treaty|Declaration|Agenda)\b",
    ),
    _rule(
        "statute",
        "reference",
        rf"{YEAR}/(?P<number>\d{{1,4}})(?:/E[UC])?(?=\W|$)",
        _act_number,
    ),
    _rule(
        "postal_address",
        "identifier",
        rf"{_HOUSE}(?:(?:St|Ave|Rd|Blvd|Ln|Hwy|Pkwy)\b\.?|"
        r"(?:Street|Avenue|Road|Boulevard|Lane|Highway|Parkway|Terrace|Crescent)\b)(?:\s[NS][EW]\b)?",
    ),
    _rule(
        "postal_address",
        "identifier",
        rf"{_HOUSE}(?:(?:Dr|Ct|Pl|Sq)\b\.?|"
        r"(?:Drive|Way|Court|Place|Square|Close|Row|Circle|Plaza|Gardens|Quay|Wharf|Mews|Pike)\b)(?=\s?[,.;:)]|\s(?:in|at|[NSEW]{1,2})\b|\s[A-Z]|$)",
    ),
    _rule(
        "postal_address",
        "identifier",
        r"\d{1,4}+(?:\s?(?:bis|ter))?,?\s(?:rue|avenue|boulevard|chemin|calle|rua|via)(?=\s[A-Zdl])",
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
    _rule(
        "time_of_day",
        "time",
        r"(?P<h1>\d{1,2})(?:[:.]\d\d)?\s?(?:-|–|to|and|until|till)\s?(?P<h2>\d{1,2})(?:[:.]\d\d)?\b(?![.,:]?\d|\s?%)",
        _opening_hours,
    ),
    _rule("time_of_day", "time", r"(?P<h>\d{1,2}):(?P<m>\d\d)(?::\d\d)?(?:Z|\b)(?!:\d)", _clock),
    _rule("time_of_day", "time", r"\d{1,2}h\d\d\b|\d{1,2}\s?o['’]clock\b|12\s(?:noon|midnight)\b"),
    _rule("reference", "reference", r"\d{1,3}:\d{1,3}(?:[-–]\d{1,3})?\b", _after_name),
    _rule("identifier", "identifier", r"\d{3,20}:\d\d\b"),
    _rule("ip_address", "identifier", r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b(?!\.\d)"),
    _rule("version", "identifier", r"\d{1,5}(?:\.\d{1,5}){2,6}(?:\.[A-Za-z]\w{0,6})?\b", _dotted),
    _rule("phone_number", "identifier", rf"0\d(?:{_SEP}\d){{5,15}}{_EXT}{_END}"),
    _rule("phone_number", "identifier", rf"\d{{1,6}}(?:[-–./]\d{{1,8}}){{2,6}}{_EXT}{_END}", _seven_digits),
    _rule("identifier", "identifier", rf"\d{{1,6}}(?:[-–]\d{{1,8}}){{2,6}}{_END}"),
    _rule("identifier", "identifier", r"\d\d-\d{7}\b"),
    _rule("postcode", "identifier", r"\d{5}-\d{4}\b(?![.,-]?\d|\s?%)"),
    _rule("identifier", "identifier", r"\d{4}(?:[\s-]\d{4}){2}[\s-]\d{3,4}\b"),
    _rule(
        "coordinates",
        "identifier",
        r"\d{1,3}\.\d{6,20}|\d{1,3}(?:\.\d{1,8})?°\s?(?:\d{1,2}(?:\.\d{1,8})?['′]\s?)?[NSEW]\b",
    ),
    _rule("identifier", "identifier", r"0\d{2,20}\b(?![.,]\d|\s?%)", _not_grouped),
    _rule("identifier", "identifier", r"\d{6,20}[A-Za-z]\b"),
    _rule("identifier", "identifier", r"\d{10,24}(?!\d|[.,]\d|\s?%)", _serial),
    _rule(
        "identifier",
        "identifier",
        r"\d{1,8}(?!(?:[eE]|[xX]1)\d|[kcmd]?m[23]\b|ft[23]\b)[A-Za-z]{1,3}\d[\w]{0,20}(?:-\w{1,20}){0,4}",
    ),
    _rule("identifier", "identifier", r"[2-6]G\b|[2-4]D\b|2FA\b|(?:2160|1440|1080|720|480)p\b|[3-7][A-Z]s\b"),
    _rule("identifier", "identifier", r"[48]K(?=\s(?:video|resolution|TV|display|footage|content|camera|UHD|HD|film))"),
    _rule("time_of_day", "time", r"9[-–]5\b(?![-–/]\d|[.,]\d|\s?%)"),
    _rule("score", "identifier", r"(?P<a>\d{1,2})[-–](?P<b>\d{1,2})\b(?![-–/]\d|[.,]\d|\s?%|/)", _falls_or_ties),
    _rule(
        "idiom",
        "idiom",
        r"\d{1,2}[- ](?:star|step|point|way|factor|tier|pronged|part|legged|wheel(?:er|ed)?|dimensional)\b",
    ),
    _rule("idiom", "idiom", r"\d{1,2}-a-(?:side|day)\b"),
    _rule("identifier", "identifier", r"101\b(?![-.,]?\d|\s?%)", _after_name),
    _rule("identifier", "identifier", r"\d{2,4}(?=[,.]?[”\"])", _quoted),
    _rule("year", "date", r"1[5-8]\d\d\b(?![.,]?\d|\s?%)", _origin),
    _rule("identifier", "identifier", r"(?:\d\s){2,20}\d\b(?!\s?%|[.,]\d|\d|\s[a-z])"),
)


def matching(rules: Sequence[Rule]) -> Callable[[str, int], tuple[Rule, int] | None]:
    """A function of text and offset: the first rule that holds there, with the end of its match."""
    any_of = re.compile("|".join(f"(?:{rule.wording})" for rule in rules))

    def first(text: str, at: int) -> tuple[Rule, int] | None:
        if any_of.match(text, at) is None:
            return None  # one look spares most numbers the walk through the table
        for rule in rules:
            m = rule.pattern.match(text, at)
            if m and (rule.holds is None or rule.holds(m)):
                return rule, m.end()
        return None

    return first


strong_at = matching(STRONG)
weak_at = matching(WEAK)
