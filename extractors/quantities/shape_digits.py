"""One pass over the digits of a passage: which of them the rules of `shape_rules` and the dates claim.

For each run of digits the readers are asked in a fixed order, and the first that answers has it: web addresses, signs
and words just before the digits, the strong rules, phone numbers, the dates, ordinals, digits glued to a word, footnote
marks, the weak rules.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from extractors.language.currencies import CODES, COMMON_SIGNS, DOLLARS, LOCAL
from extractors.language.lexicon import STOPS, is_plural, words
from extractors.quantities import designators as names
from extractors.quantities import shapes as rules
from extractors.quantities.shape_words import digit_ordinal
from extractors.quantities.shapes import Claim
from extractors.records import NumeralClass, PassageKind
from extractors.timex.spans import DateSpan

# A class of characters in front keeps the search quick over text without digits.
_RUN = re.compile(r"[\d⁰¹²³⁴-⁹](?:(?<=\d)\d{0,31}(?:[.,]\d{1,32}){0,8}|(?<!\d)[⁰¹²³⁴-⁹]{0,7})")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+$")
_SUPERSCRIPTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_BACK = 48
"""How far words before the digits are looked at, in characters."""

_UNBROKEN = 400
"""No prose runs on for so many characters without a blank: an encoded picture, a key, a web address."""
_BLANK = re.compile(r"\s")

_ITEM_LENGTH = 400
"""How far on the second item of an enumeration is looked for, in characters."""

_FIRST_NUMBER = re.compile(r"\d{1,2}(?=[.)])")
_ITEM_BEFORE, _ITEM_AFTER = re.compile(r"[.!?)\]\"\u201d;]\s$"), re.compile(r"\.\s[A-Z\"\u201c]")
"""Around the number of a further item of such a list run on in one passage: "1. Sources. 2. Notes."."""
_LIST_NUMBER = re.compile(r"(?:\(\d{1,3}\)|\d{1,2}[.)])\s+(?=[^\W\d]|[\"“'‘(])")
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=[A-Z])(?!\S{0,9}illion)")

_WEB = re.compile(
    r"(?:https?://|www\.|ftp://)\S+|(?:doi:\s?)?10\.\d{4,6}/\S+|[^\s@]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|"
    r"(?:[\w-]{1,63}\.){1,5}(?:com|org|net|gov|edu|uk|eu|int|io|info|us|ca|au)(?:/\S*)?$|"
    r"\S*\w\.(?:html?|pdf|php|aspx|jpe?g|png|docx?|xlsx?|csv|mp[34])$"
)
_HANDLE = re.compile(r"[#@](?=\w{0,63}[^\W\d])\w{1,64}")
_HASH_NUMBER = re.compile(r"\d{1,12}(?![\w%]|[.,]\d)")

_GLUE = re.compile(r"(?<![^\W_])([^\W\d_][^\W_]{0,15}(?:[&.-][^\W\d_]{1,10}){0,2}[-–/._]?)$")
_GLUED = re.compile(r"\w{1,24}(?:[-./](?=\w{0,20}\d)\w{1,20}){0,4}")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|[A-Z]\d[A-Z]\s?\d[A-Z]\d\b")
_FOOTNOTE = re.compile(r"\d{1,3}(?![\w%]|[.,:/-]\d|\s?%|\s(?:hundred|thousand|million|billion)\b)")
_STOP_BEFORE = re.compile(r"(?:[^\W\d]|\d%|%|[)\]\"”’'])[.,;:!?]{1,2}[\"”’')\]]{0,2}$|[a-z)][\"”’)]$")
_NEXT_SMALL = re.compile(r"\s([a-z][\w'-]*)")
_CURRENCIES = frozenset(mark.lower() for mark in (*CODES, *LOCAL, *DOLLARS) if len(mark) > 1)
_NO_NAME = words(
    "under over mid pre post top non sub age ages aged early late about near up down plus minus year years u ca circa "
    "approx than of to and in for with from by at the a an nearly almost more around reached received served helped "
    "since between through per or is was are were be all some only just"
)
"""Words that, glued to digits or joined by a hyphen, make no name of them: "mid-2021", "over20,000"."""
_UNITS = words("m km cm mm ft yd mi in")
_NAMES = words("covid sha utf omega vitamin mpeg mp md cov catch type h n c b v f t p s d e g ipv hpv")
"""Words that do, even in small letters: "covid-19", "v2"."""

_PHONE_CUES = words(
    "call calling dial dialling dialing phone phones telephone tel fax mobile cell cellphone text texting sms whatsapp "
    "hotline helpline helplines freephone tollfree toll-free ring ph tty tdd contact lifeline @"
)
_PHONE_FILLERS = words(
    "at on us me our the a is are no number numbers now free or for by to line 24-hour 24/7 via toll-free directly "
    "please and # enter pt office anytime emergency crisis home start - help message not"
)
_SHORT_CODE = re.compile(r"\d{3}(?!\d|[.,]\d|\s?%)")
_PHONE_TALK = re.compile(r"\b(?:tele)?phone numbers?\b|\bfax numbers?\b")
_SPACED = re.compile(r"\d(?:[\s().\-–/*]{0,3}\d){4,24}")


class _Reader:
    """The digits of one passage, from left to right; `at` is where the last claim ends."""

    def __init__(self, text: str, low: str, dates: Sequence[DateSpan]) -> None:
        self.text, self.low, self.dates = text, low, dates
        self.date_starts = [date.start for date in dates]
        self.claims: list[Claim] = []
        self.at = 0
        self.token = (0, 0)
        """The run of non-blanks last looked at."""
        self.before: list[str] = []
        """The words before the digits at hand, the nearest last."""
        self.phone_talk: bool | None = None
        self.item = 0
        """The number of the last item of an enumeration."""

    def claim(self, start: int, end: int, cls: NumeralClass, reason: str, date: DateSpan | None = None) -> bool:
        start = max(start, self.at)
        self.claims.append(Claim(start, end, cls, reason, date))
        self.at = end
        return True

    def read(self) -> None:
        run = _RUN.search(self.low, self.at)
        while run:
            start, end = run.span()
            if _GROUPED.match(run[0]) and self.text[start - 1 : start] not in ("#", "@"):
                claimed = self.low.startswith(_ORDINAL_ENDS, end) and self._ordinal(start)
            else:
                claimed = self._read_one(start, end)
            run = _RUN.search(self.low, self.at if claimed else end)

    def _read_one(self, start: int, end: int) -> bool:
        if self.low[start] in _SUPERSCRIPTS:
            return self._superscript(start, end)
        self.before = self.low[max(0, start - _BACK) : start].split()
        return (
            self._web(start)
            or self._signed(start)
            or self._designated(start)
            or self._strong(start)
            or self._phone(start)
            or self._enumerated(start, end)
            or self._dated(start)
            or self._ordinal(start)
            or self._glued(start, end)
            or self._footnote(start, end)
            or self._weak(start)
            or self._phone_talked_of(start)
        )

    def _superscript(self, start: int, end: int) -> bool:
        """A footnote mark, unless it makes square metres or a power of ten."""
        if self.low.endswith(("m", "ft", "10"), max(0, start - 3), start):
            return False
        return self.claim(start, end, "reference", "footnote_mark")

    def _web(self, start: int) -> bool:
        if start < self.token[1]:
            return False
        begin = max(self.low.rfind(" ", self.token[1], start) + 1, self.token[1])
        stop = self.low.find(" ", start)
        self.token = (begin, stop if stop >= 0 else len(self.low))
        while begin < start and self.low[begin] in "(<[\"'":
            begin += 1
        word = self.low[begin : self.token[1]].rstrip(").,;:!?>]\"'")
        if len(word) > _UNBROKEN and not _BLANK.search(word):
            return self.claim(begin, self.token[1], "identifier", "unbroken_text")
        if "." not in word and "@" not in word:
            return False
        m = _WEB.match(word)
        return m is not None and self.claim(begin, begin + m.end(), "identifier", "email" if "@" in m[0] else "url")

    def _signed(self, start: int) -> bool:
        """Hashtags and handles, numbers after a hash, postcodes after a state."""
        text, begin = self.text, max(self.token[0], self.at)
        while begin < start and text[begin] in "([\"'“‘":
            begin += 1
        if text[begin] in "#@" and (m := _HANDLE.match(text, begin)) and m.end() > start:
            return self.claim(begin, m.end(), "identifier", "hashtag" if text[begin] == "#" else "handle")
        sign = text[start - 1 : start]
        if sign in ("#", "№") and (m := _HASH_NUMBER.match(text, start)):
            return self.claim(start - 1, m.end(), "identifier", "identifier")
        if sign == " " and text[max(0, start - 3) : start - 1] in names.STATES and (m := names.ZIP.match(text, start)):
            return self.claim(start, m.end(), "identifier", "postcode")
        return False

    def _designated(self, start: int) -> bool:
        """A number behind a word that makes it a name: "Figure 3", "No. 12-3456"."""
        tokens = self.before
        if tokens and tokens[-1] in ("is", "was") and tokens[-2:-1] in (["number"], ["no."], ["id"]):
            tokens = tokens[:-1]
        if not tokens or (self.low[start - 1] != " " and tokens[-1][-1] not in ".#§"):
            return False
        raw = tokens[-1]
        last = raw.strip("(.:\"'“") if raw != "#" else raw
        if not last or raw.endswith((",", ";", ")")):
            return False
        if last in ("day", "week") and tokens[-2:-1] in names.ON_DAY and (m := names.ONE.match(self.text, start)):
            return self.claim(start, m.end(), "identifier", "identifier")
        if last == "of" and len(tokens) > 1:
            return self._named_year(start, tokens[-2])
        if raw in ("s.", "ss."):
            last = raw
        at = self.low.rfind(last, max(0, start - _BACK), start)
        cased = self.text[at].isupper() or not self.text[at].isalpha()
        if (last in names.NUMBER_WORDS or last in names.ID_NOUNS) and self._numbered(start, at, tokens, cased):
            return True
        if raw.endswith(":"):
            return False  # "Goal: 500" is a label and its value
        if last.endswith(names.STREET_ENDS) and (m := names.ONE.match(self.text, start)):
            return self.claim(at, m.end(), "identifier", "postal_address")
        if names.STATE_CODE.fullmatch(raw) and (m := names.STATE_SECTION.match(self.text, start)):
            return self.claim(at, m.end(), "reference", "statute")
        for (reason, cls, capital), shape in names.DESIGNATORS.get(last, ()):
            m = shape.match(self.text, start) if cased or not capital else None
            if cls == "identifier" and last not in names.OF_A_YEAR and self._date_at(start):
                continue
            if m and (cased or last not in names.WARY or not rules.counts_something(self.low, m.end())):
                return self.claim(at, m.end(), cls, reason)
        return False

    def _named_year(self, start: int, noun: str) -> bool:
        """The year in "the class of 2026" names a class; it dates nothing."""
        m = names.NAMING_YEAR.match(self.text, start)
        if m is None or noun not in names.YEAR_NAMES:
            return False
        reason, cls, capital = names.YEAR_NAMES[noun]
        at = self.low.rfind(noun, max(0, start - _BACK), start)
        return (not capital or self.text[at].isupper()) and self.claim(at, m.end(), cls, reason)

    def _numbered(self, start: int, at: int, tokens: list[str], cased: bool) -> bool:
        """An identifier behind "No.", "number", "ID" or the noun it belongs to."""
        raw, last = tokens[-1], tokens[-1].strip("(.:\"'“") or tokens[-1]
        owner = tokens[-2].strip("().,:#") if len(tokens) > 1 else ""
        counting = rules.counts_something
        if owner in _PHONE_CUES:
            return False
        if last in ("number", "numbers") and raw.endswith(":") and owner not in names.ID_OWNERS:
            return False  # "Number: 500" is a label and its value
        m = names.CODE.match(self.text, start)
        if m is None or (last in names.ID_NOUNS and self._date_at(start)):
            return False
        if last in ("no", "nos"):
            if (
                "." not in raw
                and owner not in names.ID_OWNERS
                and (not cased or self._date_at(start) or counting(self.low, m.end()))
            ):
                return False  # "no 2021 figures"
        elif counting(self.low, m.end()):
            return False
        return self.claim(at, m.end(), "identifier", "isbn" if last.startswith("isbn") else "identifier")

    def _enumerated(self, start: int, end: int) -> bool:
        """An item of a list within the passage: "1) prevent, 2) protect", "(1) … (2) …"."""
        if end - start > 2 or self.text[end : end + 1] not in (")", ".") or not self.text[start:end].isdecimal():
            return False
        number = int(self.text[start:end])
        if self.text[end] == ".":
            follows = number == self.item + 1 > 1 and _ITEM_AFTER.match(self.text, end) is not None
            if not follows or not _ITEM_BEFORE.search(self.text, max(0, start - 4), start):
                return False
            self.item = number
            return self.claim(start, end + 1, "reference", "list_number")
        begin = start - (self.text[start - 1 : start] == "(")
        if number != self.item + 1 or (begin == start and self.text[start - 1 : start] not in ("", " ")):
            return False
        following = f"{self.text[begin:start]}{number + 1})"
        if number == 1 and following not in self.text[end : end + _ITEM_LENGTH]:
            return False
        self.item = number
        return self.claim(begin, end + 1, "reference", "list_number")

    def _strong(self, start: int) -> bool:
        """A rule that holds at the digits, or at a sign just before them."""
        begin = start
        while begin > self.at and start - begin < 3 and self.text[begin - 1] in "(+[^ ":
            begin -= 1
        for at in range(begin, start + 1):
            if self.text[at] != " " and (hit := rules.strong_at(self.text, at)) and hit[1] > start:
                rule, end = hit
                return self.claim(at, end, rule.numeral_class, rule.reason)
        return False

    def _phone(self, start: int) -> bool:
        """Digits after "call", "hotline:", "text HOME to", or after another number of the kind."""
        if not self._phone_cue(start):
            return False
        begin = start
        while begin > self.at and self.text[begin - 1] in "(+":
            begin -= 1
        m = rules.PHONE_AFTER_CUE.match(self.text, begin)
        if m is None:
            return False
        digits = sum(c.isdecimal() for c in m[0])
        date = self._date_at(start)
        if date and date.end >= m.end():
            return False
        if digits < 7 and (self.before[-1] == "@" or rules.counts_something(self.low, m.end())):
            return False
        return self.claim(begin, m.end(), "identifier", "phone_number")

    def _phone_cue(self, start: int) -> bool:
        if self.claims and self.claims[-1].reason == "phone_number":
            between = self.low[self.at : start].strip(" (+")
            if between in ("or", "/", "and", ",", ", or", "&"):
                return True
            if len(between) < 40 and between.endswith((", or", ", and")) and _SHORT_CODE.match(self.low, start):
                return True  # "999 in an emergency, or 101"
        if self.before[-2:] in (["calls", "to"], ["call", "to"]) and _SHORT_CODE.match(self.low, start):
            return True
        for token in reversed(self.before[-6:]):
            word = token.strip("().,:;!\"'“”*")
            if word in _PHONE_CUES:
                return not token.endswith((",", ";")) and (not token.endswith(".") or word in ("tel", "ph"))
            if word and word not in _PHONE_FILLERS:
                return False
        return False

    def _phone_talked_of(self, start: int) -> bool:
        """Where a passage speaks of phone numbers, long ungrouped digits are one, however they are parted."""
        if self.phone_talk is None:
            named = "phone number" in self.low or "fax number" in self.low
            self.phone_talk = named and _PHONE_TALK.search(self.low) is not None
        m = _SPACED.match(self.text, start) if self.phone_talk else None
        if m is None or rules.counts_something(self.low, m.end()):
            return False
        return self.claim(start, m.end(), "identifier", "phone_number")

    def _date_at(self, start: int) -> DateSpan | None:
        i = bisect_right(self.date_starts, start) - 1
        return self.dates[i] if i >= 0 and self.dates[i].end > start else None

    def _dated(self, start: int) -> bool:
        date = self._date_at(start)
        return date is not None and date.start >= self.at and self.claim(*date_claim(date))

    def _ordinal(self, start: int) -> bool:
        found = digit_ordinal(self.text, self.low, start)
        return found is not None and self.claim(*found)

    def _glued(self, start: int, end: int) -> bool:
        """Digits at the end of a word: "COVID-19", "MD5", "SW1A 1AA"; or a footnote mark, "children12"."""
        text = self.text
        m = _GLUE.search(text[max(self.at, start - 28) : start])
        if m is None:
            return False
        head, begin = m[1], start - len(m[1])
        if m[1].lower() in _UNITS and self.text[start] in "23" and end == start + 1:
            return self.claim(start, end, "identifier", "unit")  # the square of "km2"
        if postcode := _POSTCODE.match(text, begin):
            return self.claim(begin, postcode.end(), "identifier", "postcode")
        core = head.rstrip("-–/._").lower()
        joined = len(core) < len(head)
        last = re.split(r"[-.&]", core)[-1]
        capitals = sum(c.isupper() for c in head)
        if core in _CURRENCIES and not joined:
            return False
        single = len(core) == 1 and core != "x"
        free = core not in _NO_NAME and last not in _NO_NAME
        if (single and capitals) or (free and (capitals > 1 or (capitals == 1 and joined))) or last in _NAMES:
            tail = _GLUED.match(text, start)
            reason = "version" if core == "v" else "identifier"
            return self.claim(begin, tail.end() if tail else end, "identifier", reason)
        mark = _FOOTNOTE.match(text, start) if free and not joined and len(core) > 2 and core not in STOPS else None
        if mark is None or end - start > 2:
            return False
        following = _NEXT_SMALL.match(self.low, end)
        if following and is_plural(following[1]):
            return False
        return self.claim(start, mark.end(), "reference", "footnote_mark")

    def _footnote(self, start: int, end: int) -> bool:
        """A mark glued to a stop or a closing bracket: "44 million.3 In", "missing).2"."""
        if end - start > 3 or self.text[start - 1 : start] in ("", " ", "$", "-", "("):
            return False
        after_date = bool(self.claims) and self.claims[-1].date is not None and self.at == start - 1
        if not (after_date and self.text[self.at] == ".") and not _STOP_BEFORE.search(
            self.text[max(0, start - 5) : start]
        ):
            return False
        m = _FOOTNOTE.match(self.text, start)
        return m is not None and self.claim(start, m.end(), "reference", "footnote_mark")

    def _weak(self, start: int) -> bool:
        if self.text[start - 1 : start] in tuple(COMMON_SIGNS):
            return False
        in_address = bool(self.claims) and self.claims[-1].reason == "postal_address"
        if (
            in_address
            and self.text[self.at : start] == ", "
            and (m := names.POSTCODE_BEFORE_TOWN.match(self.text, start))
        ):
            return self.claim(start, m.end(), "identifier", "postcode")
        hit = rules.weak_at(self.text, start)
        return hit is not None and self.claim(start, hit[1], hit[0].numeral_class, hit[0].reason)


def date_claim(date: DateSpan) -> Claim:
    """A date as a claim; the reason names years, fiscal years, school years and decades as such."""
    reason = date.kind if date.kind in ("year", "fiscal_year", "school_year", "decade") else "date"
    return Claim(date.start, date.end, "date", reason, date)


def digit_claims(text: str, low: str, dates: Sequence[DateSpan], kind: PassageKind) -> list[Claim]:
    """What is claimed of the digits of `text` (`low` is it folded), in order, without overlap."""
    if _RUN.search(low) is None:
        return []
    reader = _Reader(text, low, dates)
    if kind not in ("table_cell", "table_header", "tile"):
        opening = _LIST_NUMBER.match(text) or (_SECTION_NUMBER.match(text) if kind == "heading" else None)
        if opening:
            reader.claim(0, len(opening[0].rstrip()), "reference", "list_number")
            reader.item = int(first[0]) if (first := _FIRST_NUMBER.match(opening[0])) else 0
    reader.read()
    return reader.claims
