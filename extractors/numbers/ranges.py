"""Two quantities that form one: ranges ("10 to 15"), ratios ("one in six").

Belongs here: when a pair is one quantity, and what scale, percent sign or currency the right one lends the left.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.language.currencies import DOLLAR, is_dollar
from extractors.language.nouns import plural
from extractors.language.patterns import MOVED
from extractors.language.units import MEASURES
from extractors.numbers.cardinals import Part, is_multiple

_DASHES = frozenset({"-", "–", "\u2010", "\u2011", "\u2012", "\u2014", " - ", " – ", " –", "– ", "~", " ~ "})
_TO = frozenset({" to ", "-to-", "- to ", " through ", " up to "})
_IN = frozenset({" in ", "-in-", " in every ", " in each "})
_OUT_OF = frozenset({" out of ", " out of every ", "-out-of-", " of every ", " out of each ", " in every "})
_GAP = 30

_CHANGE_BY = re.compile(rf"\b(?:{MOVED}) by (?:more than |almost |nearly |about |over )?$", re.IGNORECASE)
_CHANGE_TO = re.compile(rf"\b(?:{MOVED}) (?:[$£€])?$", re.IGNORECASE)
"""An amount of change and the level it led to: "rose $3 million to $45 million"."""
_CHANGE_FROM = re.compile(rf"\b(?:{MOVED})\b(?:[^.;:!?]|\.(?=\d))*\bfrom $", re.I)
_FROM = re.compile(r"\bfrom $", re.I)
_BETWEEN = re.compile(r"\b(?:between|from) $", re.I)
_STEP_BEFORE = re.compile(r"\d to $", re.I)
"""Levels that follow each other: "from 4 to 10 to 25"."""
_RATIO_BEFORE = re.compile(r"\bratio\b", re.I)
_NOUN_IN = re.compile(r" [a-z]{3,16} in (?:every )?")
_TIME = re.compile(
    r"[ -](?!(?:the|a|an|last|this|that|in|over|during|each|every|per|one|for)\b)(?:\w+ ){0,2}?"
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|quarters?|decades?)\b",
    re.I,
)
_PLACES = re.compile(
    r"[ -](?:[\w-]+ ){0,2}?(?:countries|states|cities|towns|regions|counties|provinces|locations|sites|districts"
    r"|centres|centers|languages|territories|boxes|batches|offices|categories|villages|continents|parts|groups|phases|stages)\b",
    re.I,
)


_THOUSANDS = re.compile(r"^\D?\d{1,3},000$")
"""Behind a dash this lends its thousands: "$5–8,000"; not to 1, where bands begin ("1–5,000 staff")."""
_ALIKE = 3
"""Before "to" only where the ends are of one size then: "20 to 25,000 came"."""
_REPEATED = re.compile(r"(?P<unit> ?[^\W\d_][^\W\d_²³]*[²³23]?(?: [^\W\d_]+)?)(?P<gap> and | ?- ?| ?\u2013 ?| to )")
"""Between the ends: their unit or noun, which is said again behind."""


def year_like(part: Part) -> bool:
    """Whether a number could be a year as it is written: 1900 to 2100, digits only."""
    return (
        part.plain
        and part.scale == 1
        and not part.percent
        and part.currency is None
        and 1900 <= (part.value or 0) <= 2100
    )


def _chained(text: str, left: Part, right: Part) -> bool:
    """A hyphen and more digits on either side: a telephone or an identifier, not a range."""
    before, after = text[max(0, left.start - 2) : left.start], text[right.end : right.end + 2]
    return (before[-1:] in ("-", "–", "/", ".") and before[:1].isdigit()) or (
        after[:1] in ("-", "–", "/") and after[1:].isdigit()
    )


def _lends(left: Part, right: Part, thousands: bool) -> Part:
    """The left end with what is written only on the right one: scale, percent sign, currency and "times".

    `thousands`: the left end leaves those of the right one out as well.
    """
    value, resolution, scale = left.value, left.resolution, left.scale
    assert value is not None and right.value is not None
    if thousands and value < right.value / 1000:
        value, resolution = value * 1000, resolution * 1000
    if scale == 1 and right.scale > 1 and value < right.value / right.scale and not left.flags:
        value, resolution, scale = value * right.scale, resolution * right.scale, right.scale
    return Part(left.start, left.end, value, digits=left.digits, scale=scale, resolution=resolution,
                rounded=left.rounded or scale != left.scale, plain=left.plain, percent=right.percent,
                currency=right.currency if left.currency in (None, DOLLAR) and right.currency else left.currency,
                form=right.form)  # fmt: skip


def _same_money(one: str, other: str) -> bool:
    """Whether both ends are of one currency: a bare dollar is what the other end says it is ("$5 to C$8")."""
    return one == other or (DOLLAR in (one, other) and is_dollar(max(one, other)))


def _compatible(text: str, left: Part, right: Part, dash: bool) -> bool:
    if left.glued or right.glued or left.value is None or right.value is None:
        return False
    if left.form == "ordinal" or right.form == "ordinal" or (left.form == "multiplier") > (right.form == "multiplier"):
        return False
    if right.form == "multiplier" and text[right.start : right.end].isalpha():
        return False
    if (left.percent and not right.percent) or "redundant_scale" in (*left.flags, *right.flags):
        return False
    if ("percentage_points" in left.flags) != ("percentage_points" in right.flags) and left.percent:
        return False
    if left.currency and right.currency and not _same_money(left.currency, right.currency):
        return False
    if left.currency and not right.currency and not dash and right.scale == 1:
        return False
    if year_like(left) and (not right.plain or right.scale > 1 or year_like(right)):
        return False
    if (left.form == "fraction") != (right.form == "fraction"):
        return False
    return not (left.scale > 1 and right.scale == 1 and right.value < left.value)


def _leading_zero(text: str, part: Part) -> bool:
    return text[part.start] == "0" and text[part.start + 1 : part.start + 2].isdigit()


def _leaves_thousands_out(text: str, left: Part, right: Part, dash: bool, before: str) -> bool:
    """Whether the first end is written without its thousands: "10–15,000", "US$60 to 80,000"."""
    if not left.plain or left.value is None or right.value is None:
        return False
    alike = not _FROM.search(before) and right.value <= _ALIKE * 1000 * left.value
    told = left.value > 1 or right.value == 2000
    return (dash or alike) and told and _THOUSANDS.search(text[right.start : right.end]) is not None


def _range(text: str, left: Part, right: Part, gap: str) -> Part | None:
    before = text[max(0, left.start - 60) : left.start]
    between = before[-8:].lower() == "between "
    repeated = _REPEATED.fullmatch(gap)
    if repeated and (between or repeated["unit"].strip() in MEASURES):
        unit = plural(repeated["unit"]) if left.value == 1 else repeated["unit"]
        again = re.match(rf"{re.escape(unit)}(?![^\W_])", text[right.end : right.end + _GAP], re.I)
        gap = repeated["gap"] if again else gap
    dash, to, either = gap in _DASHES, gap in _TO, gap == " or "
    if not (dash or to or either or (gap == " and " and between)):
        return None
    short = (dash or to) and _leaves_thousands_out(text, left, right, dash, before)
    if not _compatible(text, left, right, dash or short):
        return None
    assert left.value is not None and right.value is not None
    if left.form == "magnitude" or right.form == "magnitude":
        if not (to and left.form == right.form and left.value < right.value):
            return None
        return Part(left.start, right.end, left.value, form="range", low=left.low, high=right.high)
    if dash and (_chained(text, left, right) or _leading_zero(text, left) or _leading_zero(text, right)):
        return None
    if to and _STEP_BEFORE.search(before):
        return None
    if to and _FROM.search(before) and _CHANGE_FROM.search(before):
        return None
    lent = _lends(left, right, short)
    assert lent.value is not None
    if to and _CHANGE_TO.search(before) and not right.percent and right.value > 3 * lent.value:
        return None
    if to and _CHANGE_BY.search(before) and right.value > 2 * lent.value:
        return None
    if not lent.value < right.value:
        return None
    if either and not (right.value <= 100 * right.scale and right.value <= lent.value + max(lent.value, right.scale)):
        return None
    bare = left.plain and right.plain and left.scale == right.scale == 1
    if (
        dash
        and bare
        and right.value >= 1000 > lent.value
        and not (is_multiple(lent.value, 10) and is_multiple(right.value, 10))
    ):
        return None
    return Part(left.start, right.end, lent.value, form="range", digits=left.digits or right.digits, scale=right.scale,
                resolution=min(lent.resolution, right.resolution), rounded=lent.rounded or right.rounded,
                low=lent.value, high=right.value, percent=right.percent, currency=lent.currency,
                flags=[*left.flags, *right.flags, *(["multiplier"] if right.form == "multiplier" else [])])  # fmt: skip


def _ratio(text: str, left: Part, right: Part, gap: str) -> Part | None:
    if gap == ":" and _RATIO_BEFORE.search(text[max(0, left.start - 40) : left.start]) and left.value and right.value:
        return Part(left.start, right.end, left.value / right.value, form="ratio", digits=True)
    named = left.value == 1 and _NOUN_IN.fullmatch(gap) is not None
    inside, out_of = gap in _IN or named, gap in _OUT_OF
    if not (inside or out_of) or left.form != "number" or right.form != "number" or left.glued or right.glued:
        return None
    n, m = left.value, right.value
    if n is None or m is None or not 0 < n <= m or m < 2 or n != n.to_integral_value() or m != m.to_integral_value():
        return None
    if left.percent or right.percent or left.currency or right.currency or left.flags or right.flags:
        return None
    if year_like(right) or not _ratio_base(m) or left.resolution != 1:
        return None
    if named or gap in (" in ", "-in-"):
        if _TIME.match(text, right.end) or ((n > 1 or named) and _PLACES.match(text, right.end)):
            return None
        if n > 1 and m > 12 and not is_multiple(m, 5):
            return None
    return Part(left.start, right.end, n / m, form="ratio", digits=left.digits or right.digits)


def _ratio_base(m: Decimal) -> bool:
    return m <= 1000 or str(int(m)).rstrip("0") in ("1", "2", "5", "25", "15", "12", "3", "4", "6", "7", "8", "9")


def combine(text: str, parts: Sequence[Part]) -> list[Part]:
    """Join neighbours that form a range or a ratio."""
    joined: list[Part] = []
    i = 0
    while i < len(parts):
        part = parts[i]
        if i + 1 < len(parts) and parts[i + 1].start - part.end <= _GAP:
            gap = text[part.end : parts[i + 1].start].lower()
            pair = _ratio(text, part, parts[i + 1], gap) or _range(text, part, parts[i + 1], gap)
            if pair:
                joined.append(pair)
                i += 2
                continue
        joined.append(part)
        i += 1
    return joined


def opening(text: str, start: int, floor: int) -> int:
    """Where the claim of a range begins: at its "between" or "from"."""
    low = max(floor, start - 9)
    found = _BETWEEN.search(text[low:start])
    return low + found.start() if found else start
