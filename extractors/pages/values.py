"""Is a short text a bare value, a label, a note or prose? By its shape and wording; what it means is decided later."""

import re
from functools import lru_cache

from extractors.language.currencies import CODES, COMMON_SIGNS, DOLLARS, NAMES
from extractors.language.denominations import denomination, denomination_in
from extractors.language.lexicon import words
from extractors.language.patterns import BELOW_HUNDRED, MONTH, SCALE_WORD, YEAR, any_of
from extractors.language.units import SURFACES as UNIT_SURFACES

MAX_LABEL = 120
NOTE_MARK = r"(?:\s?[*†‡§¶]{1,3}|\s?[(\[][a-z*†‡§][)\]]|(?<=\d)[(\[]\d[)\]])"
"""The mark of a note behind a year: "2021*", "2021 (a)", "2021[2]"."""

_NUMBER = r"(?:\d{1,3}(?:[,  ]\d{3})+|\d+)(?:[.,]\d+)?"
_WORD_NUMBER = (
    rf"(?:{BELOW_HUNDRED}|hundreds?|thousands?|millions?|billions?|dozens?|half|halves|thirds?|quarters?|fifths?"
    r"|tenths?)"
)
_SCALE = rf"(?:\s?(?:{SCALE_WORD}|mill?\.?|mn|bn|tn|[kmbt])\b\.?)?"
_QUALIFIER = (
    r"(?:(?:more than|over|at least|less than|fewer than|under|up to|about|around|approximately|approx\.?|nearly|almost"
    r"|some|roughly|an? estimated|estimated|a total of|total:?|just over|just under|well over)\s+"
    r"|[~≈<>≥≤+±]\s?|c\.\s?)?"
)
_CODE, _MONEY_WORD = any_of(CODES), any_of((*NAMES, "dollars"))
_CURRENCY = rf"(?:(?:{any_of(DOLLARS)})?[{COMMON_SIGNS}]\s?|(?:{_CODE})\s)?"
_TAIL = rf"(?:\s?(?:%|percent|per cent|pct\.?|x|×|°c|°f)|\s?(?:{_CODE}|{_MONEY_WORD}))?\s?(?:\+|or more|plus)?\s?[*†‡]?"
_PLAIN = rf"{_CURRENCY}[-−–+]?{_NUMBER}{_SCALE}{_TAIL}"
_RANGE = rf"{_PLAIN}\s?(?:[-–—]|to)\s?{_PLAIN}"
_RATIO = rf"(?:\d+|{_WORD_NUMBER})\s(?:in|out of)\s(?:every\s)?(?:\d[\d,]*|{_WORD_NUMBER})|\d+\s?[:/]\s?\d+"
_WORDS = rf"{_WORD_NUMBER}(?:[\s-](?:and\s)?{_WORD_NUMBER}){{0,5}}"
_BELOW = rf"(?:(?:{any_of(DOLLARS)})?[{COMMON_SIGNS}]\s?)\(\s?{_NUMBER}{_SCALE}\s?\){_SCALE}"
"""A loss, as accounts write it: "€(2,870)"."""
_VALUE = re.compile(
    rf"{_QUALIFIER}(?:{_BELOW}|{_RANGE}|{_RATIO}|{_PLAIN}|{_WORDS}(?:\spercent|\sper cent)?)", re.IGNORECASE
)
# Measures that are read with their number; "50 states" is a statement of its own, not a value in want of a label.
_UNIT = rf"(?:{any_of(sorted(sorted(UNIT_SURFACES), key=len, reverse=True))}|points?|pts?|pp|degrees?)\.?"
_WITH_UNIT = re.compile(rf"{_QUALIFIER}(?:{_RANGE}|{_PLAIN})\s?[-‐]?{_UNIT}", re.IGNORECASE)
_YEAR = re.compile(
    rf"(?:(?:F?FY|CY|SY|(?:fiscal|calendar|financial|school) year|Q[1-4]|H[12]|(?:\d{{1,2}}\s)?{MONTH}"
    r"(?:\s\d{1,2},)?)[\s'’-]?\s?(?:19|20)?\d\d|(?:19|20)\d\d)(?:\s?[-/–]\s?(?:19|20)?\d\d)?(?:[:,]?\s?[QH][1-4])?"
    rf"{NOTE_MARK}?(?:\s\([a-z. ]{{2,16}}\))?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])\s?\.\s?(?:0?[1-9]|[12]\d|3[01])\s?\.\s?(?:19|20)\d\d|(?:19|20)\d\d\.[01]\d\.[0-3]\d|"
    r"(?:0?[1-9]|1[0-2])\s?/\s?(?:19|20)\d\d"
)
"""What a value would be taken for: a day with full stops, a month by its number."""
_PERCENT = re.compile(r"\(?(?:in\s)?(?:%|per ?cent)\)?", re.IGNORECASE)
_CURRENCY_SIGN = re.compile(rf"\(?(?:{any_of(DOLLARS)})?[{COMMON_SIGNS}]\s?\(?")
_YEAR_AND_SIGN = re.compile(rf"(?:[a-z]{{2,}}\s){{0,4}}(?:{_YEAR.pattern})[\s,:]*(?P<sign>\S.*)", re.IGNORECASE)
_SIGN_AND_YEAR = re.compile(rf"(?P<sign>\S.*?)[\s,:]+(?:{_YEAR.pattern})", re.IGNORECASE)
"""The head of a column: "2021 £'000", "2020-21 (A$m)", "Total 2021 £"; "£m 2021"."""
_MARKED = re.compile(
    r"[%$£€+]|\d,\d{3}|\d\.\d|percent|per cent|thousand|million|billion|trillion|\d\s?[kmb]\b", re.IGNORECASE
)
_BOUND = re.compile(r"(?i:under|over|below|above|younger than|older than)(?: the age of)? (?:1?\d|2[01])")
_AGES = re.compile(
    r"(?:ages?|aged|under|over)?\s?\d+\s?(?:[-–—]|to)\s?\d+(?:\s(?:years?|yrs?|months?)(?:\sold)?)?"
    r"|\d+\s?\+|(?:under|over|below)\s\d+|\d+\s(?:and|or)\s(?:over|older|under|younger|above|below|more|fewer)",
    re.I,
)
_SCALED = re.compile(r"(?<=\d)\s(?:thousand|million|billion|trillion)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]{2}")
_PART_OF_YEAR = re.compile(r"[QqHh][1-4](?![\w.,])")
_PLAIN_YEAR = re.compile(rf"(?<![\d.,]){YEAR}(?![\d.,%])")
_CHANGE = re.compile(
    r"^(?:(?:%|per ?cent(?:age)?|point|pp|annual|net|year-on-year|year-over-year|yoy|absolute|relative|total)\s)*"
    r"(?:changes?|difference|variation|variance|growth|increase(?:/decrease)?|decrease|\+/[-\u2212\u2013]|[\u0394\u2206])"
    r"(?:$|\s?[(,:/*%]|\s(?:on|from|since|over|in|between|vs\.?|versus|against|to|compared|year|\d))"
)
_FIGURE = re.compile(r"(?<![\d.,])(?!(?:19|20)\d\d(?!\d|[.,]\d))\d")
"""The first digit of a number that is no plain year."""
_BESIDE = r"(?:up(?! to\b)|down(?! to\b)|compared|versus|an? (?:increase|decrease|rise|fall|drop|jump))\b"
_COMPARES = re.compile(
    rf"\W{{0,3}}(?:(?:{_BESIDE}|(?:increased?|decreased?|rose|fell|was|from)\b|vs\.?\s)|[+\u2212\u25b2\u25bc\u2191\u2193-]\s?(?=\d))",
    re.IGNORECASE,
)
_COUNTS_FIRST = re.compile(
    r"\W*(?:(?:over|more than|about|nearly|almost) )?\d{2,3}\+? (?!to\b|and\b|or\b|years?\b|months?\b)[a-z]{3,}",
    re.IGNORECASE,
)
_NOTE = re.compile(rf",\s{_BESIDE}")
_TOTAL = re.compile(r"(?:grand |over)?(?:total|sum|all|both)(?:$|s\b|\s(?:years|periods|together)|:)")
_WHEN = words(
    "q1 q2 q3 q4 h1 h2 fy cy in since during for by to at as of the and end ended ending through from until year years "
    "month months quarter half week date fiscal financial calendar first second third fourth last this previous prior "
    "three six nine twelve eighteen current spring summer autumn winter season seasons term school academic period "
    "st nd rd th both all "
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
"""Words of a header that tells only when."""
_TOKEN = re.compile(r"[qh][1-4]\b|[a-z]+|[%$£€]")
_SENTENCE_END = (".", "!", "?", ".”", '."', ".)")


@lru_cache(maxsize=8192)
def is_year(text: str) -> bool:
    """A lone year, fiscal year, quarter, month or day of a year: a label, not a value."""
    return len(text) < 32 and (_YEAR.fullmatch(text) or _DATE.fullmatch(text)) is not None


def is_sign(text: str) -> bool:
    """A sign or a scale with no figure: "£'000", "(%)"."""
    return _PERCENT.fullmatch(text) is not None or denomination(text) is not None


def is_currency_sign(text: str) -> bool:
    """A currency sign with no scale and no figure: "$", "A$"; a bracket may open behind it."""
    return len(text) < 6 and _CURRENCY_SIGN.fullmatch(text) is not None


def is_signed_year(text: str) -> bool:
    """A year with the sign of what is measured in it: "2021 £'000"."""
    if len(text) >= 48:
        return False
    before, behind = _YEAR_AND_SIGN.fullmatch(text), _SIGN_AND_YEAR.fullmatch(text)
    return (before is not None and _signs_years(before["sign"])) or (
        behind is not None and _signs_years(behind["sign"])
    )


def _signs_years(sign: str) -> bool:
    """Whether a sign beside a year makes it no count: "2021 km" may be one, "2021 (R)" is revised."""
    stated = denomination(sign)
    plain = stated is not None and stated.unit is not None and stated.factor is None and sign[0] != "("
    return sign != "(R)" and not plain and is_sign(sign)


def is_value(text: str, *, unit: bool = True) -> bool:
    """The whole text is one numeral with what belongs to it; with `unit` also a unit of measure."""
    return len(text) <= 40 and _is_value(text, unit)


@lru_cache(maxsize=8192)
def _is_value(text: str, unit: bool) -> bool:
    if is_year(text):
        return False
    return _VALUE.fullmatch(text) is not None or (unit and _WITH_UNIT.fullmatch(text) is not None)


def is_marked_value(text: str) -> bool:
    """A value that carries a sign of being a statistic: percent, currency, grouping, decimals, scale."""
    return _MARKED.search(text) is not None and _DATE.fullmatch(text) is None


def is_band(text: str) -> bool:
    """A range that may name a group: "0–5", "12 to 17 years", "65+"."""
    return len(text) < 24 and _AGES.fullmatch(text) is not None


def is_bound(text: str) -> bool:
    """A bound that may be an age's: "Under 12", "over 18"."""
    return len(text) < 24 and _BOUND.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def is_change(text: str) -> bool:
    """A header that makes the figures under it changes: "Change on 2020", "% change", "+/-"."""
    return _CHANGE.match(text.lower()) is not None


def counts_first(text: str) -> bool:
    """A statement that begins with its figure, "350 teachers trained": not "18 to 20", "12 months", a year."""
    return _COUNTS_FIRST.match(text) is not None


def is_note(text: str) -> bool:
    """What a tile adds to its value: a statement with a figure of its own, such as "Up 12% on 2022"."""
    compared = _COMPARES.match(text)
    if compared:
        return _FIGURE.search(text, compared.end()) is not None
    figure = _FIGURE.search(text)
    return figure is not None and (
        text.endswith(_SENTENCE_END) or is_marked_value(text[figure.start() :]) or counts_first(text)
    )


def without_note(label: str) -> str:
    """A label without what it adds of another figure: "reports in 2023, an increase of 300% since 2021"."""
    note = _NOTE.search(label)
    return label[: note.start()] if note and _FIGURE.search(label, note.end()) else label


def tells_when(low: str) -> bool:
    """Whether a header, folded, names a period and nothing that could be counted in it."""
    return _WHEN.issuperset(_TOKEN.findall(low))


def is_total(text: str) -> bool:
    """A header of sums: "Total", "All years", "Both years"."""
    return _TOTAL.match(text.lower()) is not None


def is_numeric_cell(text: str) -> bool:
    """A table cell that holds figures, perhaps with a share in brackets, and is no year."""
    return 0 < len(text) <= 60 and _is_numeric(text)


@lru_cache(maxsize=8192)
def _is_numeric(text: str) -> bool:
    if is_year(text) or _PART_OF_YEAR.match(text) or is_signed_year(text) or is_sign(text):
        return False
    if _WORD.search(text):  # "Change on 2021" names, "2,021 calls" and "2.1 million" measure
        text = _SCALED.sub("0", _PLAIN_YEAR.sub("", text))
    if "000" in text and (stated := denomination_in(text)):  # "Group £000" measures nothing
        text = text[: stated.span[0]] + text[stated.span[1] :]
    digits = sum(map(str.isdigit, text))
    return digits > 0 and digits * 2 >= sum(map(str.isalpha, text))


def is_label(text: str) -> bool:
    """Short enough to name a value, and no full sentence."""
    if not text or len(text) > MAX_LABEL:
        return False
    return not (text.endswith(_SENTENCE_END) and text[0].isupper() and text.count(" ") >= 7)
