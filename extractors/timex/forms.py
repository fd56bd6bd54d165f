"""The written forms of calendar expressions, as a table: pattern and builder.

One form is one row of `_TABLE`, in the group of the word or number that opens it. What its match comes to is built in
`atoms`. Joining forms into ranges and lending years to those without one stands in `spans`; the context of a bare year
in `bare_years`.
"""

import re
from collections.abc import Callable
from functools import cache

from extractors.language import numerals
from extractors.language.lexicon import words
from extractors.language.patterns import MONTH, SMALL_NUMBER, TENS, YEAR, any_of
from extractors.timex import atoms
from extractors.timex.atoms import Atom

_CENTURY = r"(?:1[5-9]|20)"
_NOT_NUMBER = r"(?![\d%]|[.,]\d{3}|\.\d{1,6}\s[a-z]|\s?%)"
_Y4 = rf"{_CENTURY}\d\d{_NOT_NUMBER}"
_Y = rf"(?P<y>{_CENTURY}\d\d|'\d\d){_NOT_NUMBER}"
_ANY_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?![.,]\d|\s?%)"
_DAY, _DAY2 = rf"(?P<d>{_ANY_DAY})", rf"(?P<d2>{_ANY_DAY})"
_DASH = r"\s?[-–—−]\s?"
_TO = rf"(?:{_DASH}|\s(?:to|through|thru|until|till)\s)"
_LABEL_YEARS = rf"(?P<y1>{_CENTURY}?\d\d)(?:\s?[-/–—]\s?(?P<y2>{_CENTURY}?\d\d))?{_NOT_NUMBER}\b"
_FISCAL = r"(?:fiscal|financial|budget|tax|reporting|accounting|program|programme)"
_SCHOOL = r"(?:school|academic)"
_ORD_PART = r"(?P<ord>first|second|third|fourth|last|final|latter|[1-4](?:st|nd|rd|th))[- ](?P<what>quarter|half)\b"
_PART_OF = rf"{_ORD_PART}(?:,|\sof(?:\sthe)?|\sin)?\s"
_COUNT = rf"(?P<n>{SMALL_NUMBER}|\d\d?)"
_UNITS = any_of(numerals.UNITS)
_NO_MORE = r"(?![\w-]|\s(?:hundred|thousand|million|billion|percent|per cent)\b)"
_ENDED = (
    r"\s(?:that\s)?(?:ended|ending|to|through|until)\s(?:on\s)?(?:the\s)?(?:end of\s)?"
    rf"(?:{_DAY}\s(?:of\s)?(?P<m>{MONTH})|(?P<m2>{MONTH})(?:\s{_DAY2})?),?\s{_Y}"
)
_UP_TO = rf"\s(?:that\s)?(?:ended|ending|to|through|until|up to)\s(?:in\s)?(?:the end of\s)?(?P<y>{_Y4})"

Builder = Callable[[re.Match[str], str], Atom | None]
"""Takes the match in the folded text, and the text as written."""
_TABLE: dict[str, list[tuple[str, Builder]]] = {
    "number": [
        (r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)", atoms.iso_day),
        (
            rf"(?P<a>\d{{1,2}})(?P<sep>[-/.])(?P<b>\d{{1,2}})(?P=sep)(?P<y>{YEAR})(?!\d|/\d|-\d{{1,2}}(?!\d?[/.-]))",
            atoms.numeric_day,
        ),
        (r"(?P<a>\d{1,2})(?P<sep>/)(?P<b>\d{1,2})/(?P<y>\d\d)(?!\d|[/.]\d|-\d{1,2}(?!\d?/))", atoms.numeric_day),
        (rf"(?P<m>0?[1-9]|1[0-2])\s?/\s?(?P<y>{YEAR})(?![\w%/-]|[.,]\d|\s?%)", atoms.numbered_month),
        (r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/%]|[.,]\d|\s?(?:%|of\b))", atoms.month_and_day),
        (rf"{_DAY}(?:{_TO}{_DAY2})?(?:\s|-)(?:day\s)?(?:of\s)?(?P<m>{MONTH})(?:(?:,?\s|-){_Y})?", atoms.named_day),
        (rf"{_DAY}\s(?:and|&)\s(?:the\s)?{_DAY2}\s(?:of\s)?(?P<m>{MONTH})(?:,?\s{_Y})?", atoms.both_days),
        (rf"{_COUNT}[- ](?:months?|(?P<years>years))(?P<part>)(?:[- ]period)?{_ENDED}", atoms.ended),
        (rf"{_COUNT}[- ]years?(?:[- ]period)?{_UP_TO}", atoms.years_to),
        (rf"(?P<y>{_CENTURY}\d0|[2-9]0)'?s\b", atoms.decade),
        (r"(?P<y>\d\d)(?![\w'%/-]|[.,:]\d|\s?%)", atoms.short_year),
        (rf"(?P<ord>[1-4])(?P<what>[qh])\s?(?P<fiscal>fy\s?)?(?P<y>(?:20)?\d\d){_NOT_NUMBER}\b", atoms.part_of_year),
        (rf"(?P<y>{_Y4})(?:,\s|[-/ ]?)(?P<what>[qh])(?P<ord>[1-4])\b", atoms.part_of_year),
        (rf"(?P<y>{_Y4}),?\s{_ORD_PART}", atoms.part_of_year),
        (rf"{_PART_OF}(?:calendar\s(?:year\s)?|year\s)?{_Y}", atoms.part_of_year),
        (rf"{_LABEL_YEARS}(?:'s)?\s(?P<what>(?:{_FISCAL}|{_SCHOOL}|calendar)\s(?:year|term))\b", atoms.labelled_year),
        (rf"(?P<y1>{_Y4})(?:{_TO}|/)(?P<y2>{_Y4})(?![-/]\d)", atoms.pair_of_years),
        (
            rf"(?P<y1>1[0-4]\d\d)(?:{_TO}|\sand\s)(?P<y2>1[0-9]\d\d)(?![.,]\d)"
            r"(?=\s(?:in|at|by|under|during|and|for|were|are)\b|\s?[.,;:)]|$)",
            atoms.old_years,
        ),
        (rf"(?P<y1>{_CENTURY}\d\d)[-–—−/](?P<y2>\d\d)(?![\w%]|[-/]\d|[.,]\d)", atoms.pair_of_years),
    ],
    "bare": [(rf"(?P<y>{_CENTURY}\d\d)", atoms.bare_year)],
    "month": [
        (rf"(?P<m>{MONTH})[ /-](?:the\s)?{_DAY}(?:{_TO}{_DAY2}(?!\s{MONTH}))?(?:(?:,?\s|-){_Y})?", atoms.named_day),
        (rf"(?P<m>{MONTH})(?:,?\s(?:of\s|in\s)?|-|/){_Y}", atoms.named_month),
        (rf"(?P<m>{MONTH})(?P<y>)(?={_TO}[a-z]|\s(?:and|or|&)\s[a-z]|,\s[a-z])", atoms.named_month),
    ],
    "code": [
        (
            rf"(?P<what>[qh])(?P<ord>[1-4])[,/-]?\s?(?:of\s)?(?P<fiscal>fy\s?)(?P<y>{_CENTURY}?\d\d){_NOT_NUMBER}\b",
            atoms.part_of_year,
        ),
        (rf"(?P<what>[qh])(?P<ord>[1-4])(?:,?\s(?:of\s)?|[-/])?{_Y}", atoms.part_of_year),
        (r"(?P<what>[qh])(?P<ord>[1-4])(?P<y>)\b", atoms.part_of_year),
        (
            r"f?ye\s?(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:20)?\d\d)(?!\d|[/.]\d)",
            atoms.year_ending,
        ),
        (rf"(?P<what>fy|cy|sy)e?\s?'?{_LABEL_YEARS}(?!\s?[/.]\d)", atoms.labelled_year),
    ],
    "ordinal": [
        (
            rf"{_PART_OF}(?P<fiscal>{_FISCAL}(?:\syear)?\s|fy\s?)(?P<y>{_CENTURY}?\d\d)\b",
            atoms.part_of_year,
        ),
        (rf"{_PART_OF}(?:calendar\s(?:year\s)?|year\s)?{_Y}", atoms.part_of_year),
        (r"(?P<ord>first|second|third|fourth|1st|2nd|3rd|4th)[- ](?P<what>quarter)(?P<y>)\b(?!-)", atoms.part_of_year),
        (
            r"(?P<ord>first|second|latter)\s(?P<what>half)(?P<y>)"
            r"(?=\s?[.,;:)]|\sof\s(?:the|this|that|last)\s(?:fiscal |financial )?year\b|$)",
            atoms.part_of_year,
        ),
        (
            r"(?:(?<=\bin the )|(?<=\bover the )|(?<=\bduring the ))(?P<ord>first|second|latter)\s(?P<what>half)(?P<y>)"
            r"(?!-|\sof\b|\s(?:marathon|term|century|hour)\b)\b",
            atoms.part_of_year,
        ),
        (
            rf"(?P<ord>first|opening|last|final|closing)\s{_COUNT}\s(?P<what>month|quarter)s?\s(?:of|in)\s{_Y}",
            atoms.first_months,
        ),
    ],
    "season": [
        (
            rf"(?P<s>spring|summer|autumn|fall|winter)(?:,?\s|\sof\s|\sin\s){_Y}(?:[-/–](?P<y2>\d\d(?:\d\d)?)\b)?",
            atoms.season,
        ),
    ],
    "label": [
        (rf"(?P<what>(?:{_FISCAL}|{_SCHOOL}|calendar)\syears?),?\s(?:of\s)?'?{_LABEL_YEARS}", atoms.labelled_year),
        (rf"(?P<what>fiscal|calendar)\s(?=\d{{4}}){_LABEL_YEARS}", atoms.labelled_year),
    ],
    "spoken": [
        (
            rf"(?P<c>sixteen|seventeen|eighteen|nineteen|twenty|two thousand(?: and)?)[\s-]"
            rf"(?:oh[\s-](?P<unit>{_UNITS})|"
            rf"(?P<tens>(?:{TENS})(?:[\s-](?:{_UNITS}))?|{any_of(numerals.TEENS)})){_NO_MORE}",
            atoms.year_in_words,
        ),
        (
            rf"(?P<c>two thousand(?: and)?)\s(?P<unit>{_UNITS})(?P<tens>){_NO_MORE}",
            atoms.year_in_words,
        ),
        (
            rf"(?P<c>(?:fif|six|seven|eigh|nine)teen hundred(?: and)?)\s(?:(?P<unit>{_UNITS})|"
            rf"(?P<tens>(?:{TENS})(?:[\s-](?:{_UNITS}))?|{any_of(numerals.TEENS)})){_NO_MORE}",
            atoms.year_in_words,
        ),
    ],
    "ended": [
        (
            rf"(?:{_COUNT}[- ](?:months?|(?P<years>years))(?:[- ]period)?|(?P<part>year|quarter|half(?:[- ]year)?))"
            rf"{_ENDED}",
            atoms.ended,
        ),
        (rf"{_COUNT}[- ]years?(?:[- ]period)?{_UP_TO}", atoms.years_to),
    ],
}
_NAMED_GROUP, _BACKREFERENCE = re.compile(r"\(\?P<\w+>"), re.compile(r"\(\?P=\w+\)")


@cache
def forms(group: str) -> list[tuple[re.Pattern[str], Builder]]:
    """The forms of a group, compiled when one of them may match: the whole table would slow every start."""
    return [(re.compile(p), build) for p, build in _TABLE[group]]


@cache
def looks(group: str) -> re.Pattern[str]:
    """Whether any form of a group may match: one look that spares most numbers the walk through the table."""
    return re.compile("|".join(_BACKREFERENCE.sub("[-/.]", _NAMED_GROUP.sub("(?:", p)) for p, _ in _TABLE[group]))


_REST = r"(?:(?P<grouped>\d{0,2}(?:,\d{3}){1,16}(?![\d.,]))|(?P<number>\d*(?:[.,]\d{1,32}){0,16}))"
TRIGGER = re.compile(
    rf"(?<![^\W_])(?:\d{_REST}|"
    r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?=[a-z.\s/\u2013-]))"
    r"|(?P<code>(?:[qh][1-4]|(?:[fcs]ye?|ye)\s?'?\d)(?!\d{4}))|"
    r"(?P<ordinal>first|second|third|fourth|last|final|latter|opening|closing)"
    r"|(?P<season>spring|summer|autumn|fall|winter)|(?P<label>fiscal|financial|budget|tax|reporting|accounting|program|"
    r"school|academic|calendar)|"
    r"(?P<spoken>(?:(?:fif|six|seven|eigh|nine)teen|twenty)(?=[\s-](?:oh|t|f|s|e|n|hundred))|two(?= thousand ))|"
    rf"(?P<ended>year|quarter|half|{SMALL_NUMBER})\b)"
)
"""Where a form may begin; the group's name is the key of `_TABLE`. A number that none fits may be a `bare` year, one
with its thousands grouped is no date."""
NUMBER_TRIGGER = re.compile(rf"\d(?<![^\W_]\d){_REST}")
OPENERS = words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec q h fy cy sy fye cye sye ye first second third fourth last final latter opening closing "
    "spring summer autumn fall winter quarter half fiscal financial budget tax reporting accounting program programme "
    "school academic calendar year"
) | frozenset((*numerals.SMALL, "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"))
"""The words that a form may begin with: in a text without them `NUMBER_TRIGGER` finds as much as `TRIGGER`."""
PARTS = words("quarter half hundred sixteen seventeen eighteen nineteen twenty thousand")
"""The words of the forms that need no digits."""
