"""How a shape of digits is matched, and the checks that a pattern cannot make; the shapes stand in `shape_rules`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.language.currencies import CODES, COMMON_SIGNS
from extractors.language.lexicon import STOPS, VERBS, is_plural, words
from extractors.language.patterns import YEAR
from extractors.language.units import SURFACES
from extractors.language.verbs import MOVED
from extractors.quantities.candidates import Excluded, Run
from extractors.records import NumeralClass

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


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of digits, as the reading of a rule: the wording is matched on the text as written."""

    reason: str
    numeral_class: NumeralClass
    wording: str
    holds: Callable[[re.Match[str]], bool] | None = None
    signed: bool = False
    """It holds whatever else the digits could be, and may begin at a sign before them; else never behind money."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The wording, compiled when it is first tried: the whole table would slow every start."""
        return _compiled(self.wording)

    def __call__(self, run: Run) -> Excluded | None:
        """What it excludes at the digits, if anything."""
        for at in places(run, self.signed):
            m = self.pattern.match(run.text, at)
            if m and m.end() > run.start and (self.holds is None or self.holds(m)):
                return run.excluded(at, m.end(), self.numeral_class, self.reason)
        return None


_compiled = cache(re.compile)


def places(run: Run, signed: bool) -> Sequence[int]:
    """Where a shape may begin: at the digits, or at a sign just before them."""
    if not signed:
        return () if run.text[run.start - 1 : run.start] in _MONEY else (run.start,)
    begin = run.start
    while begin > run.at and run.start - begin < 3 and run.text[begin - 1] in "(+[^ ":
        begin -= 1
    return [at for at in range(begin, run.start + 1) if run.text[at] != " "]


_MONEY = frozenset(COMMON_SIGNS)


# --- checks a pattern cannot make ----------------------------------------------------------------------------------


def digits(m: re.Match[str]) -> int:
    """How many digits there are."""
    return sum(c.isdecimal() for c in m[0])


def seven_digits(m: re.Match[str]) -> bool:
    """As many as a phone number has, and no number with its thousands parted by points."""
    return digits(m) >= 7 and not re.fullmatch(r"\d{1,3}(?:\.\d{3})+", m[0])


def eight_digits_no_year(m: re.Match[str]) -> bool:
    """As many as a phone number in brackets has; "(2021) 4" is none."""
    return digits(m) >= 8 and not re.match(rf"\(\s?{YEAR}\s?\)", m[0])


def dotted(m: re.Match[str]) -> bool:
    """1.234.567 is a number to much of Europe; 3.2.21 and 10.0.0.1 are not."""
    groups = m[0].split(".")
    return not all(len(g) == 3 and g.isdecimal() for g in groups[1:])


def falls_or_ties(m: re.Match[str]) -> bool:
    """A range rises; what falls is a score, a vote, or nine to five."""
    return int(m["a"]) >= int(m["b"])


def serial(m: re.Match[str]) -> bool:
    """Ten digits and more without grouping are a serial number, unless round, counting something, or all there is."""
    return not m[0].endswith("000") and m[0] != m.string and not counts_something(m.string, m.end())


def thousands(m: re.Match[str]) -> bool:
    """ "All amounts in $000s", "£'000": how figures are written."""
    return m[0][-1] == "s" or m.string[: m.start()].endswith((*COMMON_SIGNS, "'", "\u2019"))


def not_grouped(m: re.Match[str]) -> bool:
    """The second half of "14 050" is no identifier."""
    return len(m[0]) != 3 or not _SPACED_GROUP.search(m.string, max(0, m.start() - 5), m.start())


_SPACED_GROUP = re.compile(r"(?<![\d.,])\d{1,3}\s$|\d\s\d{3}\s$")


def registered(m: re.Match[str]) -> bool:
    """ "A charity registered in England and Wales (219432)"."""
    before = m.string[max(0, m.start() - 60) : m.start()]
    return before.endswith("(") and re.search(r"\bregistered\b[^().]*\($", before, re.IGNORECASE) is not None


def quoted(m: re.Match[str]) -> bool:
    """A name in figures: the group "764"."""
    return m.string[max(0, m.start() - 1) : m.start()] in ("“", '"')


def clock(m: re.Match[str]) -> bool:
    """An hour and its minutes, no ratio."""
    if int(m["h"]) > 24 or int(m["m"]) > 59:
        return False
    before = m.string[max(0, m.start() - 24) : m.start()].lower()
    return not re.search(r"\b(?:ratios?|odds|scale)\b", before) and not m.string.startswith(" ratio", m.end())


def opening_hours(m: re.Match[str]) -> bool:
    """ "Open from 10 to 6", without a.m. and p.m."""
    before = m.string[max(0, m.start() - 24) : m.start()].lower()
    opens = re.search(r"\b(?:opens?|opening(?: hours)?)\b:?(?: daily)?(?: from| between)?\s$", before)
    hours = int(m["h1"]) > int(m["h2"]) and re.search(r"\bhours: $", before)
    return bool(opens or hours) and int(m["h1"]) <= 24 and int(m["h2"]) <= 24


_MADE = re.compile(
    r"\b(?:struck|minted|made|built|dat(?:ed|es|ing)|printed|written|painted|carved|woven|cast|forged|born|laid|copied)"
    r"(?: \w+)? (?:from|between|in|circa|c\.)(?: 1\d{3} and)? $"
)
_BETWEEN, _AND_YEAR = re.compile(r"\bbetween (?:1[0-9]\d\d and )?$"), re.compile(r" and 1[0-9]\d\d\b")
_SCALE_LETTERS = "KMB"
_ROOMS = words(
    "room rooms lab labs laboratory store stores studio office flat flats bay shed hall ward desk locker seat gate "
    "block suite unit cabin booth classroom workshop bench rack plot pitch aisle berth kiosk train "
    "coach stop ferry stand"
)
_WORD_BEFORE = re.compile(r"([A-Za-z]+)\s$")
_COMPANY_BEFORE = re.compile(
    r"\b(?:company|firm|maker|giant|group|sponsor|partner|manufacturer|conglomerate|agency|employer)\s$|"
    r"\b[A-Z\d][\w-]*,\s$"
)


_RIDE_BEHIND = re.compile(r"\s(?:night )?(?:bus|tram|train|ferry|coach|flight|route)\b")
""" "The 42A bus"."""


def in_a_room(m: re.Match[str]) -> bool:
    """ "Lab 9D": behind the word for a room or a place in one."""
    before = _WORD_BEFORE.search(m.string[max(0, m.start() - 16) : m.start()])
    named = (before is not None and before[1].lower() in _ROOMS) or _RIDE_BEHIND.match(m.string, m.end()) is not None
    return named and not (m[0][-1] in _SCALE_LETTERS and counts_something(m.string.lower(), m.end()))


_UNITS = SURFACES.union((code.lower() for code in CODES), words(
    "m v w mm bn tn mn mln mio mrd cr st nd rd th pc pct pp bp bps ppm hr yr wk mo min sec am pm ad bc bce ce psi db "
    "va kv kva mgd mcg iu wh kj sf lf px pk dpi fps cc"
))  # fmt: skip
"""What is written on a number and leaves it one, in capitals too."""


def no_unit(m: re.Match[str]) -> bool:
    """ "3CX", "1099-K": letters that are no unit, scale, ending or currency make a name of the digits."""
    letters = m[0].lstrip("0123456789-").lower()
    return letters not in _UNITS and not is_plural(letters)


def is_room(header: str) -> bool:
    """Whether a column tells of rooms."""
    return not _ROOMS.isdisjoint(header.lower().split())


def of_a_company(m: re.Match[str]) -> bool:
    """ "3M" is three million where no company was named before; "18F" is nothing else."""
    named = _COMPANY_BEFORE.search(m.string[max(0, m.start() - 24) : m.start()]) is not None
    return m[0][-1] not in _SCALE_LETTERS or (named and not counts_something(m.string.lower(), m.end()))


_MOVERS = MOVED | {"up", "down"}


def origin(m: re.Match[str]) -> bool:
    """The year a thing comes from ("a chart from 1587"): no period of a statistic."""
    before = m.string[max(0, m.start() - 16) : m.start()].lower().split()
    moved = before[-1:] == ["from"] and not _MOVERS.isdisjoint(before[-2:-1])
    spanned = _BETWEEN.search(m.string[max(0, m.start() - 17) : m.start()].lower())
    if m[0] < "1500" and not _MADE.search(m.string, max(0, m.start() - 40), m.start()):
        return False
    named = spanned is not None or before[-1:] in (["from"], ["circa"], ["dated"], ["c."])
    end = until.end() if (until := _AND_YEAR.match(m.string, m.end())) else m.end()
    return named and not moved and not counts_something(m.string, end)


def act_number(m: re.Match[str]) -> bool:
    """2021/1232 numbers an act; 2020/21 and 2020/2021 are years."""
    return m[0][-1] in "UC" or (len(m["number"]) > 2 and not 1900 <= int(m["number"]) < 2100)


_STANDARD = re.compile(
    r"(?:\b(?:against|under|[Mm]eets?|met|per|(?:comply|complies|complied|complying) with|"
    r"conform(?:s|ed|ing)? (?:to|with)|accord(?:ance|ing) (?:with|to)) (?:the )?[A-Z]{3,}[A-Z/-]*|"
    r"\((?:as )?(?:revised|amended|updated)(?: in)?) $"
)


def of_a_standard(m: re.Match[str]) -> bool:
    """ "Tested against DWSNZ 2005 (revised 2018)": the year is part of the name of what is kept to."""
    return _STANDARD.search(m.string[max(0, m.start() - 48) : m.start()]) is not None


def counts_nothing(m: re.Match[str]) -> bool:
    """No plural noun follows."""
    return not counts_something(m.string.lower(), m.end())


_PLACED = re.compile(r"\b(?:lat|lon|lng|long|latitude|longitude)[.:]?\s?[-−]?$", re.IGNORECASE)


def of_a_place(m: re.Match[str]) -> bool:
    """ "Lat 51.5074, Lon -0.1278"."""
    return _PLACED.search(m.string[max(0, m.start() - 14) : m.start()]) is not None


_LAW = re.compile(r"\b(?:Act|Law|Ordinance|Decree|Bill|Statute|Proclamation)s?,? \(?(?:Act |No\.? ?)?$")


def of_a_law(m: re.Match[str]) -> bool:
    """Behind the name of a law: "the Owl Act (19 of 1998)"."""
    return _LAW.search(m.string[max(0, m.start() - 24) : m.start()]) is not None


def after_name(m: re.Match[str]) -> bool:
    """Behind a name: "Matthew 25:40", "Parenting 101"."""
    name = re.search(r"([A-Z][a-z]{2,15})\s$", m.string[max(0, m.start() - 16) : m.start()])
    return name is not None and name[1] != "Ratio"


SEP = r"(?:(?!\.\s)[\s().\-–‑/]){0,3}"
EXT = r"(?:(?:,\s)?\s?(?:[xX]|[Ee]xt\.?|[Ee]xtension)\s?\d{1,6}\b)?"
END = r"(?!\d|[.,]\d|\s?%)"
PHONE_AFTER_CUE = re.compile(rf"[(+]{{0,2}}\d(?:{SEP}\d){{2,16}}{EXT}{END}")
