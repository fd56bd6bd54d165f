"""What is written on a number itself: scale letters, percent, money, "times" and "-fold".

Belongs here: signs, codes and words that belong to the surface of one number. Not here: qualifiers, units.
"""

import re
from decimal import Decimal

from extractors.cardinals import MILLION, Part

_LETTER_SIZES = {
    "k": 10**3, "thsd": 10**3, "tsd": 10**3,
    "m": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "mill": 10**6, "mil": 10**6, "mm": 10**6,
    "b": 10**9, "bn": 10**9, "bln": 10**9, "mrd": 10**9, "bil": 10**9, "bill": 10**9,
    "t": 10**12, "tn": 10**12, "tln": 10**12, "trn": 10**12,
    "l": 10**5, "lkh": 10**5, "cr": 10**7, "lakh": 10**5, "lac": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7,
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
_PLUS_SCALE = re.compile(r"(?:\+|[ -]plus)[ -]?(hundred|thousand|million|billion|trillion|k|K|m|M|bn|B)\b")
_LETTERS = re.compile(r"[ -]?([A-Za-z]{1,8})(?![^\W_])")
_GLUED_SCALE = re.compile(r"(hundred|thousand|million|billion|trillion|lakhs?|lac|crores?)", re.I)
_NEXT_WORDS = re.compile(r"[ -]([A-Za-z'’]+)")
_ABBREVIATED = frozenset({
    "mill", "mio", "mn", "mln", "bn", "bln", "tn", "tln", "trn", "mrd", "mil", "bil", "bill", "thsd", "tsd", "lkh",
    "cr",
})  # fmt: skip
_SPORT = frozenset({
    "run", "runs", "race", "races", "walk", "walks", "ride", "fun", "video", "videos", "tv", "tvs", "ultra", "uhd",
    "display", "film", "resolution", "swim", "sprint", "jog", "marathon", "charity",
})  # fmt: skip
_METRES = frozenset({
    "long", "high", "wide", "tall", "deep", "above", "below", "away", "from", "race", "sprint", "swim", "freestyle",
    "walk", "hurdles", "relay", "by", "of", "and", "or", "x", "depth", "radius", "diameter", "dash", "pool",
    "backstroke", "butterfly", "final",
})  # fmt: skip
_CLAUSE = frozenset({
    "in", "since", "during", "last", "this", "worldwide", "across", "globally", "today", "every", "each", "per",
    "a", "were", "was", "have", "had", "has", "are", "will", "more", "fewer", "less", "people", "children", "users",
})  # fmt: skip

_PERCENT = re.compile(
    r"[ -]?(?:percentage|per ?cent|pct|%)[ -]points?|[ -]?[%\uff05]"
    r"|[ -]?(?:percentages?|percents?|per[ -]cents?|pct)(?![^\W_])",
    re.I,
)
_A_PERCENT = re.compile(r" (?:a|of a|of one|of 1) (per ?cent)(?:age)?( points?)?\b", re.I)

_DOLLARS = {
    "": "USD", "US": "USD", "USD": "USD", "C": "CAD", "CA": "CAD", "CAD": "CAD", "A": "AUD", "AU": "AUD", "AUD": "AUD",
    "NZ": "NZD", "HK": "HKD", "S": "SGD", "R": "BRL", "MX": "MXN",
}  # fmt: skip
_SIGNS = {"£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₦": "NGN", "₱": "PHP",
          "₫": "VND", "₪": "ILS", "฿": "THB"}  # fmt: skip
_CODES = frozenset({
    "USD", "EUR", "GBP", "CAD", "AUD", "NZD", "INR", "JPY", "CHF", "CNY", "SEK", "NOK", "DKK", "ZAR", "BRL", "MXN",
    "KES", "NGN", "PKR", "BDT", "PHP", "SGD", "HKD", "PLN", "CZK", "HUF", "AED", "SAR", "ILS", "KRW", "THB", "TRY",
    "UGX", "GHS", "ETB", "COP", "ARS", "CLP", "PEN",
})  # fmt: skip
_SIGN_CLASS = "".join(_SIGNS)
_BEFORE = re.compile(
    rf"(?:(?<![A-Za-z])(?P<country>US|CA|C|AU|A|NZ|HK|S|R|MX|USD|CAD|AUD) ?\$|(?P<dollar>\$)|(?P<sign>[{_SIGN_CLASS}])"
    rf"|(?<![A-Za-z])(?P<code>{'|'.join(sorted(_CODES))})|(?<![A-Za-z])(?P<rupee>Rs\.?|INR))[ ]?$"
)
_AFTER = re.compile(
    rf" ?(?P<sign>[€£₹¥])(?! ?\d)|(?P<dollar>\$)(?![\d.])| ?(?P<code>{'|'.join(sorted(_CODES))})(?![^\W_])"
)
_WORDS_AFTER = re.compile(
    r"[ -](?:(?P<country>US|U\.S\.|American|Canadian|Australian|New Zealand|Hong Kong|Singapore) )?"
    r"(?P<word>dollars?|euros?|pounds? sterling|sterling|yen|rupees?|swiss francs|yuan|renminbi|rand|naira)\b",
    re.I,
)
_COUNTRY_DOLLARS = {
    "canadian": "CAD",
    "australian": "AUD",
    "new zealand": "NZD",
    "hong kong": "HKD",
    "singapore": "SGD",
}
_WORD_CODES = {"dollar": "USD", "euro": "EUR", "pound": "GBP", "sterling": "GBP", "yen": "JPY", "rupee": "INR",
               "swiss": "CHF", "yuan": "CNY", "renminbi": "CNY", "rand": "ZAR", "naira": "NGN"}  # fmt: skip

_FOLD = re.compile(r"[ -]?fold\b", re.I)
_X = re.compile(r"[xX×](?![^\W_])|\u00a0?×")
_TIMES = re.compile(r"[ -]times\b", re.I)
_COMPARED = re.compile(
    r" (?:as|more|higher|larger|greater|fewer|less|lower|bigger|faster|slower|likelier|longer|stronger|worse|better"
    r"|that|those|what|its|their|our|his|her|over(?! (?:the|a|\d))|the(?! (?:same|last|past|previous))|last year"
    r"|this year|\w+er than|increase|growth|return|normal|average|national|usual)\b",
    re.I,
)
_AFTER_DOUBLE = re.compile(
    r" (?:the|that|those|what|its|their|our|his|her|this|last|from|in|since|over|between|as|to|by|compared)\b"
    r"|[.,;:)]|$",
    re.I,
)
_TO_DOUBLE = re.compile(
    r"\b(?:to|will|would|than|nearly|almost|over|about|roughly|could|can|is|are|was|were|by|at least|and) $", re.I
)
_CHANGE_BEFORE = re.compile(
    r"\b(?:increas|gr[eo]w|ris|rose|multipli|expand|jump|surg|climb|soar|f[ae]ll|drop|declin)\w*"
    r"(?: (?:by|to|nearly|almost|about|over|more than|at least|up to|some)){0,2} $",
    re.I,
)


def _scale_letter(text: str, part: Part, currency: bool) -> None:
    plus = _PLUS_SCALE.match(text, part.end)
    if plus:
        part.plus = True
        _apply(part, Decimal(_LETTER_SIZES[plus.group(1).lower()]), plus.end())
        return
    found = _LETTERS.match(text, part.end)
    if not found:
        glued = _GLUED_SCALE.match(text, part.end)
        if glued:
            _apply(part, Decimal(_LETTER_SIZES[glued.group(1).lower()]), glued.end())
        return
    word = found.group(1)
    size = _LETTER_SIZES.get(word.lower())
    if size is None or (len(word) > 2 and word.lower() in ("hundred", "thousand") and found.group()[0] in " -"):
        return
    spaced = found.group()[0] == " "
    if found.group()[0] == "-" and len(word) < 3:
        return
    following = _NEXT_WORDS.match(text, found.end())
    after = following.group(1).lower() if following else ""
    if _is_scale_letter(word, spaced, after, currency, part.resolution != 1, text[found.end() : found.end() + 1]):
        end = found.end()
        if (
            word.lower() in ("mill", "mio", "mil", "bil")
            and text[end : end + 1] == "."
            and text[end + 1 : end + 2] == " "
        ):
            end += text[end + 2 : end + 3].islower()
        _apply(part, Decimal(size), end)


def _is_scale_letter(word: str, spaced: bool, after: str, currency: bool, decimal: bool, sign: str) -> bool:
    """Whether a letter or abbreviation after a number is a scale: "5m people" is, "5m long" and "5K run" are not."""
    low = word.lower()
    if low in _ABBREVIATED or len(low) > 3:
        return not (low == "mil" and spaced) and not (low == "cr" and not spaced)
    if low == "mm":
        return currency
    if low == "k":
        return after not in _SPORT and sign != "("
    if currency:
        return low in "mbt" and not (spaced and word.islower() and low != "m" and not decimal)
    if word == "M":
        return True
    if word == "m":
        return (
            not spaced and bool(after) and (after in _CLAUSE or (after not in _METRES and after.endswith(("s", "n"))))
        )
    if low == "b":
        return not spaced and (
            decimal or (bool(after) and after.islower() and after not in ("of", "and", "or", "to", "in"))
        )
    return False


def _apply(part: Part, size: Decimal, end: int) -> None:
    part.end = end
    if part.value is not None and part.value >= MILLION <= size:
        part.flags.append("redundant_scale")
        return
    assert part.value is not None
    part.value, part.scale = part.value * size, part.scale * size
    part.resolution, part.rounded = part.resolution * size, True


def _currency_before(text: str, part: Part) -> None:
    low = max(0, part.start - 6)
    found = _BEFORE.search(text[low : part.start])
    if not found:
        return
    part.start = low + found.start()
    if found["country"] or found["dollar"]:
        part.currency = _DOLLARS[found["country"] or ""]
    elif found["sign"]:
        part.currency = _SIGNS[found["sign"]]
    else:
        part.currency = "INR" if found["rupee"] else found["code"]


def _currency_after(text: str, part: Part) -> None:
    found = _AFTER.match(text, part.end)
    if found:
        part.end = found.end()
        part.currency = _SIGNS[found["sign"]] if found["sign"] else (found["code"] or "USD")
        return
    words = _WORDS_AFTER.match(text, part.end)
    if words:
        # The word for the money is the unit; it is no part of the surface.
        word = words["word"].lower()
        country = (words["country"] or "").lower()
        stem = next(stem for stem in _WORD_CODES if word.startswith(stem))
        part.currency = _COUNTRY_DOLLARS.get(country, _WORD_CODES[stem])


def _multiplier(text: str, part: Part) -> None:
    found = _FOLD.match(text, part.end)
    if not found and part.digits:
        found = _X.match(text, part.end)
    if not found:
        found = _TIMES.match(text, part.end)
        if not found:
            return
        before = text[max(0, part.start - 40) : part.start]
        if not (_COMPARED.match(text, found.end()) or _CHANGE_BEFORE.search(before)):
            return
    part.end, part.form = found.end(), "multiplier"


def _minus(text: str, part: Part) -> None:
    """A sign directly before the number, clear of anything it could join; or the word."""
    before = text[max(0, part.start - 10) : part.start]
    sign = before[-1:]
    if sign in ("-", "\u2212"):
        if (len(before) == 1 or before[-2] in " (") and not (len(before) > 2 and before[-3].isdigit()):
            part.start -= 1
        else:
            return
    elif before[-6:].lower() == "minus " and not before[:-6][-2:-1].isdigit():
        part.start -= 6
    elif before[-9:].lower() == "negative ":
        part.start -= 9
    else:
        return
    if part.value is not None:
        part.value = -part.value


def multiple(text: str, part: Part) -> bool:
    """Whether `doubled`, `twice` and the like are said of an amount; "twice a week" becomes a plain number."""
    word = text[part.start : part.end].lower()
    if word in ("twice", "thrice"):
        if not _COMPARED.match(text, part.end):
            part.form = "number"
        return True
    if word in ("doubled", "doubling") and text[part.end : part.end + 5].lower() in (
        " down",
        " up o",
        " up w",
        " up a",
    ):
        return False
    if word.endswith(("ed", "ing", "fold")):
        return True
    before = text[max(0, part.start - 16) : part.start]
    if text[part.end : part.end + 1] == "-":
        return False
    return bool(_AFTER_DOUBLE.match(text, part.end)) and (
        bool(_TO_DOUBLE.search(before))
        or text[part.end : part.end + 5] in (" the ", " that", " what", " its ", " thei", " our ", " last")
    )


def decorate(text: str, part: Part) -> None:
    """Extend a quantity by the signs, codes and words written on it."""
    if part.glued:
        if part.value is not None and text[part.end : part.end + 1] in ("%",):
            part.percent, part.end = True, part.end + 1
        elif part.value is not None and text[part.start - 1 : part.start].isalpha():
            _glued_code(text, part)
        return
    if part.form in ("ordinal", "magnitude"):
        if part.form == "magnitude":
            _currency_after(text, part)
        return
    if part.form == "fraction":
        half = _A_PERCENT.match(text, part.end)
        if half:
            part.percent, part.form, part.end = True, "number", half.end()
            if half.group(2):
                part.flags.append("percentage_points")
        return
    _currency_before(text, part)
    if part.digits and part.scale == 1:
        _scale_letter(text, part, part.currency is not None)
    percent = _PERCENT.match(text, part.end)
    if percent:
        part.percent, part.end = True, percent.end()
        if "point" in percent.group().lower():
            part.flags.append("percentage_points")
    elif part.currency is None:
        _currency_after(text, part)
        if part.currency is None:
            _multiplier(text, part)
    elif _AFTER.match(text, part.end):
        # "$5 USD": the code says which dollar.
        _currency_after(text, part)
    _minus(text, part)


def _glued_code(text: str, part: Part) -> None:
    """`EUR5`, `US5`: a currency code glued to its number."""
    start = part.start
    _currency_before(text, part)
    if part.start != start:
        part.glued = False
        decorate(text, part)
