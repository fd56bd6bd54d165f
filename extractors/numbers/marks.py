"""What is written on a number itself: scale letters, percent, money, "times" and "-fold".

Belongs here: signs, codes and words that belong to the surface of one number. Not here: qualifiers, units.
"""

import re
from decimal import Decimal

from extractors.language.currencies import CERTAIN_AMOUNT, CODES, DOLLAR, DOLLARS, LOCAL, NAMES, OWNERS, SIGNS
from extractors.language.patterns import any_of
from extractors.language.words import words
from extractors.numbers import multiples
from extractors.numbers.cardinals import MILLION, Part

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
_ABBREVIATES = re.compile(r"[.&-][A-Za-z]|\. (?:Phil|Sc|Tech|Ed|Com|Pharm|Arch|Eng|Res|Litt?|Div|Mus)\b")
"""Behind a letter: "12 M.A. degrees", "5 M&M stalls", "4 K-pop bands"."""
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
_COUNTED_IN_MILLIONS = words("people children users households adults women men students visitors customers")
"""Behind "5 m" these are no metres."""
_CLAUSE = frozenset({
    "in", "since", "during", "last", "this", "worldwide", "across", "globally", "today", "every", "each", "per",
    "a", "were", "was", "have", "had", "has", "are", "will", "more", "fewer", "less", "people", "children", "users",
})  # fmt: skip

_A_SUM = re.compile(r"(?<![^\W_])an? $", re.I)
_PERCENT = re.compile(
    r"[ -]?(?:percentage|per ?cent|pct|%)[ -]points?\b|[ -]?[%\uff05]"
    r"|[ -]?(?:percentages?|percents?|per[ -]cents?|pct)(?![^\W_])",
    re.I,
)
_A_PERCENT = re.compile(r" (?:a|of a) per ?cent(?:age)?( points?)?\b", re.I)

_SIGN_CLASS = "".join(SIGNS)
_CODE = any_of(sorted(CODES))
_CODE_SIZES = {"k": 10**3, "K": 10**3, "T": 10**3, "m": 10**6, "M": 10**6, "mn": 10**6, "bn": 10**9}
"""Written on the code in accounts: "50 MUSD", "900 kEUR", "TSEK 410"."""
_SIZE = any_of(sorted(_CODE_SIZES, reverse=True))
_BEFORE = re.compile(
    rf"(?:(?<![A-Za-z])(?P<country>{any_of(DOLLARS)}) ?\$|(?P<dollar>\$)|(?P<sign>[{_SIGN_CLASS}])"
    rf"|(?<![A-Za-z])(?P<size>{_SIZE})?(?P<code>{_CODE})|(?<![A-Za-z])(?P<local>(?:{any_of(LOCAL)})\.?))[ ]?$"
)
_OWED = re.compile(
    rf"(?<![A-Za-z\d])(?:(?P<country>{any_of(DOLLARS)})?\$|(?P<sign>[{_SIGN_CLASS}])|(?P<code>{_CODE})|"
    rf"(?P<local>{any_of(LOCAL)})\.?) ?$"
)
_PERCENT_BEHIND = re.compile(r"\)%(?!\s?\()")
_SCALE_BEHIND = re.compile(r" ?(thousand|million|billion|trillion|bn|m)\b", re.I)
_AFTER = re.compile(
    rf" ?(?P<sign>[{_SIGN_CLASS}])(?! ?\d)|(?P<dollar> \$(?=[\s.,;:)]|$)(?! ?\d)|\$)(?!\.?\d)|"
    rf" ?(?P<size>{_SIZE})?(?P<code>{_CODE})(?![^\W_])"
)
_CERTAIN = re.compile(CERTAIN_AMOUNT)
_MINOR = re.compile(r"(?P<cents>[ -]cents?\b|(?P<sign>\u00a2))|[ -](?:pence|pennies)\b|(?P<p>(?<=\d)p(?![^\W_]))", re.I)
"""Cents and pence are counted as the text says them: "82 cents of every dollar", "73p in the pound"."""
_WORDS_AFTER = re.compile(
    rf"[ -](?:(?P<country>{any_of(map(re.escape, OWNERS))}) )?(?P<word>dollars?|{any_of(NAMES)})\b", re.I
)
_MONEY_ENDS = frozenset([*SIGNS, *(code[-1] for code in (*CODES, *LOCAL)), DOLLAR, "."])
_CLOSING = frozenset(["", *".,;:)]}?!/\"'“”’"])
"""After one of these nothing more is written on a number."""


def _scale_letter(text: str, part: Part, currency: bool, ceiling: int) -> None:
    plus = _PLUS_SCALE.match(text, part.end)
    if plus and plus.end() <= ceiling:
        part.plus = True
        _apply(part, Decimal(_LETTER_SIZES[plus.group(1).lower()]), plus.end())
        return
    found = _LETTERS.match(text, part.end)
    if not found or found.end() > ceiling:
        return
    word = found.group(1)
    size = _LETTER_SIZES.get(word.lower())
    if word.lower() == "bill" and _A_SUM.search(text, max(0, part.start - 4), part.start):
        return  # "a $300 bill"
    if size is None or (len(word) > 2 and word.lower() in ("hundred", "thousand") and found.group()[0] in " -"):
        return
    spaced = found.group()[0] == " "
    if found.group()[0] == "-" and len(word) < 3:
        return
    if spaced and _ABBREVIATES.match(text, found.end()):
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
        counts = after in _CLAUSE or after.endswith(("s", "n"))
        if spaced:
            return after in _COUNTED_IN_MILLIONS
        return after not in _METRES and (decimal or (bool(after) and counts))
    if low == "b":
        return not spaced and (
            decimal
            or (word == "B" and not after and not sign)
            or (bool(after) and after.islower() and after not in ("of", "and", "or", "to", "in"))
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


def code_ends_at(text: str, start: int) -> bool:
    """Whether the letters glued to the number at `start` are a currency code ("EUR5"), not a name ("MD5")."""
    found = _BEFORE.search(text[max(0, start - 6) : start])
    return bool(found and (found["code"] or found["local"]) and _is_money(text, found, start))


def _is_money(text: str, found: re.Match[str], start: int) -> bool:
    return len(found["local"] or "Rs") > 1 or _CERTAIN.match(text, start) is not None


def _currency_before(text: str, part: Part, floor: int) -> None:
    low = max(floor, part.start - 6)
    before = text[low : part.start].rstrip(" ")[-1:]
    if before not in _MONEY_ENDS:
        return
    found = _BEFORE.search(text[low : part.start])
    if not found or not _is_money(text, found, part.start):
        return
    part.start = low + found.start()
    if found["country"] or found["dollar"]:
        part.currency = DOLLARS[found["country"]] if found["country"] else DOLLAR
    elif found["sign"]:
        part.currency = SIGNS[found["sign"]]
    else:
        part.currency = found["code"] or LOCAL[found["local"].rstrip(".")]
        if found["size"]:
            _apply(part, Decimal(_CODE_SIZES[found["size"]]), part.end)


def _currency_after(text: str, part: Part, ceiling: int) -> None:
    found = _AFTER.match(text, part.end)
    if found and found.end() <= ceiling:
        part.end = found.end()
        part.currency = SIGNS[found["sign"]] if found["sign"] else (found["code"] or DOLLAR)
        if found["size"]:
            _apply(part, Decimal(_CODE_SIZES[found["size"]]), part.end)
        return
    minor = _MINOR.match(text, part.end)
    if minor:
        part.currency = "cents" if minor["cents"] else "pence"
        part.end = minor.end() if minor["sign"] or minor["p"] else part.end
        return
    words = _WORDS_AFTER.match(text, part.end)
    if words:
        # The word for the money is the unit; it is no part of the surface.
        word = words["word"].lower()
        country = (words["country"] or "").lower()
        part.currency = OWNERS.get(country) or NAMES.get(word, DOLLAR)


def _owed(text: str, part: Part, floor: int) -> None:
    """What stands before the bracket or minus of an amount below zero: "$(450)", "£ (4.5) million", "CHF -450"."""
    mark = text[part.start - 1 : part.start]
    bracketed = mark == "(" and text[part.end : part.end + 1] == ")"
    if part.currency is not None or part.value is None or not (bracketed or (mark and mark in "-\u2212")):
        return
    before = _OWED.search(text, max(floor, part.start - 6), part.start - 1)
    if before is None or (len(before["local"] or "Rs") == 1 and not _CERTAIN.match(text, part.start)):
        return
    part.start, part.end = before.start(), part.end + bracketed
    part.currency = (
        before["code"]
        or LOCAL.get(before["local"])
        or SIGNS.get(before["sign"])
        or DOLLARS.get(before["country"], DOLLAR)
    )
    scale = _SCALE_BEHIND.match(text, part.end) if bracketed and part.scale == 1 else None
    if scale:
        _apply(part, Decimal(_LETTER_SIZES[scale[1].lower()]), scale.end())
    part.value = -part.value


def _minus(text: str, part: Part, floor: int) -> None:
    """A sign directly before the number, clear of anything it could join; or the word."""
    before = text[max(floor, part.start - 10) : part.start]
    if before[-1:] in ("-", "\u2212"):
        around = text[max(0, part.start - 3) : part.start - 1]
        if not (around[-1:] in ("", " ", "(", "<", ">", "=", "~") and not around[:-1].isdigit()):
            return
        part.start -= 1
    elif before[-1:] == "\u2013" and _is_set_as_minus(text, part):
        part.start -= 1
    elif before[-6:].lower() == "minus " and not before[:-6].endswith("or ") and not before[:-6][-2:-1].isdigit():
        part.start -= 6
    elif before[-9:].lower() == "negative ":
        part.start -= 9
    else:
        return
    if part.value is not None:
        part.value = -part.value


def _is_set_as_minus(text: str, part: Part) -> bool:
    """Whether a dash written on a number is its minus, as many set it: "\u2013£4,120", "\u20133%", a cell's "\u201312".

    Behind another number it makes a range.
    """
    before = text[max(0, part.start - 5) : part.start - 1]
    if before[-1:] not in ("", " ", "(") or before.rstrip()[-1:].isdigit():
        return False
    alone = part.start < 5 and not (before + text[part.end : part.end + 5]).strip(" ()")
    return part.currency is not None or part.percent or alone


def decorate(text: str, part: Part, floor: int, ceiling: int) -> None:
    """Extend a quantity by the signs, codes and words written on it, not beyond `floor` and `ceiling`."""
    if part.value is None or part.form == "ordinal":
        return
    if part.glued:
        if text[part.end : part.end + 1] == "%":
            part.percent, part.end = True, part.end + 1
    elif part.form == "magnitude":
        _currency_after(text, part, ceiling)
    elif part.form == "fraction":
        half = _A_PERCENT.match(text, part.end)
        if half:
            part.percent, part.form, part.end = True, "number", half.end()
            part.flags += ["percentage_points"] if half.group(1) else []
        _minus(text, part, floor)
    else:
        _decorate_number(text, part, floor, ceiling)


def _decorate_number(text: str, part: Part, floor: int, ceiling: int) -> None:
    _currency_before(text, part, floor)
    if part.digits and part.scale == 1 and text[part.end : part.end + 1] not in _CLOSING:
        _scale_letter(text, part, part.currency is not None, ceiling)
    if text[part.end : part.end + 1] in _CLOSING:
        if text[part.start - 1 : part.start] == "(" and _PERCENT_BEHIND.match(text, part.end):
            part.percent, part.start, part.end = True, part.start - 1, part.end + 2
            return
        _owed(text, part, floor)
        _minus(text, part, floor)
        return
    percent = _PERCENT.match(text, part.end)
    if percent:
        part.percent, part.end = True, percent.end()
        part.flags += ["percentage_points"] if "point" in percent.group().lower() else []
    elif part.currency is None or _AFTER.match(text, part.end):
        # Also "$5 CAD": the code says which dollar.
        _currency_after(text, part, ceiling)
        if part.currency is None:
            multiples.mark(text, part)
    _owed(text, part, floor)
    _minus(text, part, floor)
