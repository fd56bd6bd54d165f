"""Digits and number words that are no statistics by their shape alone.

One pass over the runs of digits tries, in this order: web addresses, signs and words just before the digits, the strong
rules, the dates, the weak rules. A second pass over number words finds ordinals and set phrases. The rules themselves
are data in `shape_rules` and `shape_words`. Ages and durations are read elsewhere; money, percentages and plain counts
are never claimed.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from extractors import shape_rules as rules
from extractors.dates import DateSpan, find_dates
from extractors.lexicon import STOPS, fold, is_plural, words
from extractors.models import NumeralClass, PassageKind
from extractors.shape_words import digit_ordinal, word_claims


@dataclass(frozen=True, slots=True)
class Shape:
    """A span of a passage that holds digits or a number word and measures nothing."""

    start: int
    end: int
    numeral_class: NumeralClass
    reason: str
    """What the ledger says: `date`, `year`, `phone_number`, `statute`, …"""
    date: DateSpan | None
    """For dates, the period; else None."""


_RUN = re.compile(r"\d+(?:[.,]\d+)*+|[⁰¹²³⁴-⁹]+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+$")
_SUPERSCRIPT = re.compile(r"[⁰¹²³⁴-⁹]+")
_ORDINAL_END = ("st", "nd", "rd", "th")

_LIST_NUMBER = re.compile(
    r"(?:\(\d{1,3}\)|\d{1,2}[.)])\s+(?=[^\W\d]|[\"“'‘(])|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=[A-Z])"
)
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=[A-Z])")
_WEB = re.compile(
    r"(?:https?://|www\.|ftp://)\S+|\S+@[\w.-]+\.\w{2,}|(?:[\w-]{1,63}\.){1,5}(?:com|org|net|gov|edu|uk|eu|int|io|info|us|ca|au)(?:/\S*)?$|\S+\.(?:html?|pdf|php|aspx|jpe?g|png|docx?|xlsx?|csv|mp[34])$",
    re.I,
)
_HANDLE = re.compile(r"[#@](?=\w*[^\W\d])\w+")
_HASH_NUMBER = re.compile(r"\d{1,12}(?![\w%]|[.,]\d)")
_GLUE = re.compile(r"(?<![^\W_])([^\W\d_][^\W_]{0,15}(?:[&.-][^\W\d_]{1,10}){0,2}[-–/._]?)$")
_GLUED = re.compile(r"[\w]{1,24}(?:[-./](?=\w*\d)\w{1,20}){0,4}")
_FOOTNOTE = re.compile(r"\d{1,3}(?![\w%]|[.,:/-]\d|\s?%|\s(?:hundred|thousand|million|billion)\b)")
_STOP_BEFORE = re.compile(r"(?:[^\W\d]|\d%|%|[)\]\"”’'])[.,;:!?]+[\"”’')\]]{0,2}$|[a-z)][\"”’)]$")
_UK_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|[A-Z]\d[A-Z]\s?\d[A-Z]\d\b")
_CURRENCY = words(
    "us usd eur gbp cad aud nzd chf inr rs r hk sgd jpy cny sek nok dkk zar kes ngn brl mxn aed php ugx ksh"
)
_JOINING = words(
    "under over mid pre post top non sub age ages aged early late about near up down plus minus year years u ca circa "
    "approx than of to and in for with from by at the a an nearly almost more around reached received served helped "
    "since between through per or is was are were be all some only just"
)
_KNOWN_LOWER = words("covid sha utf omega vitamin mpeg mp md cov sars-cov catch type h n c b v f t p r s d e g ipv hpv")

_PHONE_CUES = words(
    "call calling dial dialling dialing phone phones telephone tel fax mobile cell cellphone text texting sms whatsapp "
    "hotline helpline helplines freephone tollfree toll-free ring ph tty tdd contact lifeline number numbers"
)
_DIRECT_CUES = words("call calling dial dialling dialing text texting sms ring phone tel telephone fax whatsapp")
_PHONE_FILLERS = words(
    "at on us me our the a is are no number numbers now free or for by to line 24-hour 24/7 via toll-free directly "
    "please and # enter pt office anytime emergency crisis home start : - help message"
)
_PHONE_TALK = re.compile(r"\b(?:tele)?phone numbers?\b|\bfax numbers?\b")
_SPACED = re.compile(r"\d(?:[\s().\-–/*]{0,3}\d){4,24}")


class _Reader:
    """The digits of one passage, from left to right."""

    def __init__(self, text: str, low: str, dates: list[DateSpan]) -> None:
        self.text, self.low, self.dates = text, low, dates
        self.date_starts = [d.start for d in dates]
        self.shapes: list[Shape] = []
        self.at = 0
        self.token = (0, 0)
        self.phone_talk: bool | None = None

    def claim(self, start: int, end: int, cls: NumeralClass, reason: str, date: DateSpan | None = None) -> bool:
        if start < self.at:
            start = self.at
        if end <= start:
            return False
        self.shapes.append(Shape(start, end, cls, reason, date))
        self.at = end
        return True

    def read(self) -> None:
        m = _RUN.search(self.low)
        while m:
            start, end = m.span()
            if _GROUPED.match(m[0]) and self.text[start - 1 : start] not in ("#", "@"):
                claimed = self.low.startswith(_ORDINAL_END, end) and self._ordinal(start)
            else:
                claimed = self._one(start, end)
            m = _RUN.search(self.low, self.at if claimed else end)

    def _one(self, start: int, end: int) -> bool:
        """Claim the run, or leave it; the first reader that answers wins."""
        return (
            self._superscript(start, end)
            or self._web(start)
            or self._signed(start)
            or self._designated(start)
            or self._strong(start)
            or self._phone(start)
            or self._dated(start)
            or self._ordinal(start)
            or self._glued(start, end)
            or self._footnote(start, end)
            or self._weak(start)
        )

    def _superscript(self, start: int, end: int) -> bool:
        if not _SUPERSCRIPT.match(self.low, start):
            return False
        before = self.low[max(0, start - 3) : start]
        if before.endswith(("m", "ft", "10", "km")):
            return False  # square metres and powers of ten are part of a measure
        return self.claim(start, end, "reference", "footnote_mark")

    def _web(self, start: int) -> bool:
        if start >= self.token[1]:
            begin = self.low.rfind(" ", self.token[1], start) + 1
            stop = self.low.find(" ", start)
            self.token = (max(begin, self.token[1]), stop if stop >= 0 else len(self.low))
            word = self.low[self.token[0] : self.token[1]].lstrip("(<[\"'")
            if "." in word or "@" in word:
                word = word.rstrip(").,;:!?>]\"'")
                if m := _WEB.match(word):
                    begin = self.low.index(word, self.token[0])
                    return self.claim(begin, begin + m.end(), "identifier", "email" if "@" in word else "url")
        return False

    def _signed(self, start: int) -> bool:
        """Hashtags, handles, numbers after a hash, postcodes after a state."""
        text = self.text
        begin = max(self.token[0], self.at)
        while begin < start and text[begin] in "([\"'“‘":
            begin += 1
        if text[begin] in "#@" and (m := _HANDLE.match(text, begin)) and m.end() > start:
            return self.claim(m.start(), m.end(), "identifier", "hashtag" if text[begin] == "#" else "handle")
        sign = text[start - 1 : start]
        if sign in ("#", "№") and (m := _HASH_NUMBER.match(text, start)):
            return self.claim(start - 1, m.end(), "identifier", "identifier")
        if sign == " " and text[max(0, start - 3) : start - 1] in rules.STATES and (m := rules.ZIP.match(text, start)):
            return self.claim(start, m.end(), "identifier", "postcode")
        return False

    def _before(self, start: int) -> list[str]:
        """The words before, nearest last; a word glued to the digits ("p.5", "§3") counts."""
        return self.low[max(0, start - 48) : start].split()

    def _designated(self, start: int) -> bool:
        tokens = self._before(start)
        if not tokens:
            return False
        spaced = self.low[start - 1] == " "
        raw = tokens[-1]
        if not spaced and raw[-1] not in ".#§(":
            return False
        last = raw.strip("().,#:\"'“”") if raw != "#" else raw
        owner = tokens[-2].strip("().,:#'s") if len(tokens) > 1 else ""
        if last in rules.NUMBER_WORDS_BEFORE or last in rules.ID_NOUNS:
            if self._numbered(start, last, owner, raw):
                return True
        for (reason, cls, capital), shape in rules.DESIGNATORS.get(last, ()):
            at = self.low.rfind(last, max(0, start - 48), start)
            cased = self.text[at].isupper() or not self.text[at].isalpha()
            if (capital and not cased) or raw.endswith((",", ";")):
                continue
            m = shape.match(self.text, start)
            if m and not (last in rules.WARY and not cased and rules.counts_something(self.low, m.end())):
                return self.claim(at, m.end(), cls, reason)
        return False

    def _numbered(self, start: int, last: str, owner: str, raw: str) -> bool:
        plain = last in ("number", "numbers") and owner not in rules.ID_OWNERS
        if plain and (raw.endswith(":") or rules.counts_something(self.low, start)):
            return False
        if last in rules.ID_NOUNS and last not in rules.NUMBER_WORDS_BEFORE and raw.endswith(","):
            return False
        m = rules.CODE.match(self.text, start)
        if m is None or (rules.counts_something(self.low, m.end()) and last not in ("no", "nos", "number")):
            return False
        at = self.low.rfind(last, max(0, start - 48), start)
        reason = "isbn" if last.startswith("isbn") else "phone_number" if owner in _PHONE_CUES else "identifier"
        return self.claim(at, m.end(), "identifier", reason)

    def _phone(self, start: int) -> bool:
        tokens = self._before(start)
        cue = ""
        for token in reversed(tokens[-6:]):
            word = token.strip("().,:;!\"'“”*")
            if (word in _PHONE_CUES and not token.endswith((",", ";", "."))) or word in ("tel", "ph"):
                cue = word
                if word not in ("number", "numbers"):
                    break
            elif word and word not in _PHONE_FILLERS:
                if not (word.isupper() or cue):
                    break
                break
        if not cue or cue in ("number", "numbers"):
            return self._phone_after_talk(start)
        begin = start
        while begin > self.at and self.text[begin - 1] in "(+":
            begin -= 1
        m = rules.PHONE_AFTER_CUE.match(self.text, begin)
        if m is None or _GROUPED.match(m[0]):
            return self._phone_after_talk(start)
        date = self._date_at(start)
        if date and date.end - date.start >= m.end() - m.start() - 1 and tokens[-1].strip(":.") not in _DIRECT_CUES:
            return False
        if rules.counts_something(self.low, m.end()) and sum(c.isdecimal() for c in m[0]) < 7:
            return False
        return self.claim(begin, m.end(), "identifier", "phone_number")

    def _phone_after_talk(self, start: int) -> bool:
        """Where a passage speaks of phone numbers, long ungrouped digits are one, whatever their grouping."""
        if self.phone_talk is None:
            self.phone_talk = _PHONE_TALK.search(self.low) is not None
        if not self.phone_talk or self._date_at(start):
            return False
        m = _SPACED.match(self.text, start)
        if m is None or rules.counts_something(self.low, m.end()):
            return False
        return self.claim(start, m.end(), "identifier", "phone_number")

    def _strong(self, start: int) -> bool:
        begins = [start]
        if self.text[start - 1 : start] in ("(", "+", "[", "§") or self.text[start - 2 : start] in ("( ", "+ "):
            back = start
            while back > self.at and start - back < 3 and self.text[back - 1] in "(+[ ":
                back -= 1
            begins = [b for b in range(back, start) if self.text[b] != " "] + [start]
        for begin in begins:
            for rule in rules.STRONG:
                m = rule.pattern.match(self.text, begin)
                if m and m.end() > start and (rule.holds is None or rule.holds(m)):
                    return self.claim(begin, m.end(), rule.numeral_class, rule.reason)
        return False

    def _date_at(self, start: int) -> DateSpan | None:
        i = bisect_right(self.date_starts, start) - 1
        return self.dates[i] if i >= 0 and self.dates[i].end > start else None

    def _dated(self, start: int) -> bool:
        date = self._date_at(start)
        if date is None or date.start < self.at:
            return False
        return self.claim(date.start, date.end, "date", date_reason(date), date)

    def _ordinal(self, start: int) -> bool:
        found = digit_ordinal(self.text, self.low, start)
        return found is not None and self.claim(*found)

    def _glued(self, start: int, end: int) -> bool:
        """Digits at the end of a word: "COVID-19", "MD5", "SW1A 1AA", "children12"."""
        text = self.text
        window = text[max(self.at, start - 28) : start]
        m = _GLUE.search(window)
        if m is None:
            return False
        begin = start - len(m[1])
        if post := _UK_POSTCODE.match(text, begin):
            return self.claim(begin, post.end(), "identifier", "postcode")
        head = m[1]
        core = head.rstrip("-–/._").lower()
        if core in _CURRENCY and head[-1:].isalpha():
            return False
        last = re.split(r"[-.&]", core)[-1]
        tail = _GLUED.match(text, start)
        stop = tail.end() if tail else end
        upper = sum(c.isupper() for c in head)
        joined = head[-1] in "-–/._"
        letter = len(core) == 1 and upper == 1 and core != "x"
        if (
            letter
            or (core not in _JOINING
            and last not in _JOINING
            and (upper > 1 or (upper == 1 and (len(core) == 1 or joined))))
        ):
            return self.claim(begin, stop, "identifier", "identifier")
        if last in _KNOWN_LOWER:
            return self.claim(begin, stop, "identifier", "version" if core == "v" else "identifier")
        mark = _FOOTNOTE.match(text, start)
        if mark and not joined and len(core) > 2 and core not in STOPS and core not in _JOINING and end - start < 3:
            following = re.match(r"\s([a-z][\w'-]*)", self.low[end : end + 24])
            if following is None or not is_plural(following[1]):
                return self.claim(start, mark.end(), "reference", "footnote_mark")
        return False

    def _footnote(self, start: int, end: int) -> bool:
        """A mark glued to a full stop or a closing bracket: "44 million.3 In", "missing).2"."""
        if end - start > 3 or self.text[start - 1 : start] in ("", " ", "$", "-", "("):
            return False
        after_date = self.shapes and self.shapes[-1].date and self.at == start - 1 and self.text[self.at] == "."
        if not after_date and not _STOP_BEFORE.search(self.text[max(0, start - 5) : start]):
            return False
        m = _FOOTNOTE.match(self.text, start)
        return m is not None and self.claim(start, m.end(), "reference", "footnote_mark")

    def _weak(self, start: int) -> bool:
        before = self.text[start - 1 : start]
        if before in ("$", "£", "€", "¥"):
            return False
        for rule in rules.WEAK:
            m = rule.pattern.match(self.text, start)
            if m and (rule.holds is None or rule.holds(m)):
                return self.claim(start, m.end(), rule.numeral_class, rule.reason)
        return False


def date_reason(date: DateSpan) -> str:
    """The ledger's word for a date."""
    return date.kind if date.kind in ("year", "fiscal_year", "school_year", "decade") else "date"


def find_shapes(text: str, kind: PassageKind = "paragraph") -> list[Shape]:
    """Everything in one passage that holds digits or a number word and is no statistic: sorted, without overlap."""
    if kind == "footnote_mark":
        return [Shape(0, len(text), "reference", "footnote_mark", None)] if text else []
    low = fold(text)
    reader = _Reader(text, low, find_dates(text))
    if kind not in ("table_cell", "tile"):
        opening = _LIST_NUMBER.match(text) or (_SECTION_NUMBER.match(text) if kind == "heading" else None)
        if opening:
            reader.claim(0, opening.end() - 1, "reference", "list_number")
    reader.read()
    more = [Shape(d.start, d.end, "date", date_reason(d), d) for d in reader.dates]
    more += [Shape(start, end, cls, reason, None) for start, end, cls, reason in word_claims(low)]
    return _added(reader.shapes, more)


def _added(shapes: list[Shape], more: list[Shape]) -> list[Shape]:
    """`shapes` and those of `more` that overlap none of them, nor an earlier one of `more`."""
    out: list[Shape] = []
    rest = iter(shapes)
    nearest = next(rest, None)
    for shape in sorted(more, key=lambda s: s.start):
        while nearest and nearest.end <= shape.start:
            out.append(nearest)
            nearest = next(rest, None)
        if (nearest is None or shape.end <= nearest.start) and (not out or out[-1].end <= shape.start):
            out.append(shape)
    return [*out, *([nearest] if nearest else []), *rest]
