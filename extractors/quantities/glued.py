"""Digits written on a word, a stop or an address, as rules: "COVID-19", "SW1A 1AA", a footnote mark, "km2"."""

import re

from extractors.language.currencies import CERTAIN_AMOUNT, CODES, LOCAL
from extractors.language.lexicon import STOPS, is_plural, words
from extractors.language.units import TO_A_POWER
from extractors.quantities import designators as names
from extractors.quantities.candidates import Excluded, Run
from extractors.rules import Rule

_GLUE = re.compile(r"(?<![^\W_])([^\W\d_][^\W_]{0,15}(?:[&.-][^\W\d_]{1,10}){0,2}[-–/._]?)$")
_JOINTS = frozenset("-–/._")
_GLUED = re.compile(r"\w{1,24}(?:[-./](?=\w{0,20}\d)\w{1,20}){0,4}")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|[A-Z]\d[A-Z]\s?\d[A-Z]\d\b")
_FOOTNOTE = re.compile(r"\d{1,3}(?![\w%]|[.,:/-]\d|\s?%|\s(?:hundred|thousand|million|billion)\b)")
_STOP_BEFORE = re.compile(r"(?:[^\W\d]|\d%|%|[)\]\"”’'])[.,;:!?]{1,2}[\"”’')\]]{0,2}$|[a-z)][\"”’)]$")
_NEXT_SMALL = re.compile(r"\s([a-z][\w'-]*)")
_CURRENCIES = frozenset(mark.lower() for mark in (*CODES, *LOCAL) if len(mark) > 1)
_BEFORE_AMOUNTS = _CURRENCIES | words("approx est ca circa")
"""What is shortened before an amount: "Rs.45 crore"."""
_NO_NAME = words(
    "under over mid pre post top non sub age ages aged early late about near up down plus minus year years u ca circa "
    "approx than of to and in for with from by at the a an nearly almost more around reached received served helped "
    "since between through per or is was are were be all some only just"
)
"""Words that, glued to digits or joined by a hyphen, make no name of them: "mid-2021", "over20,000"."""
_CERTAIN = re.compile(CERTAIN_AMOUNT)
_POWER = re.compile(rf"(?<![^\W\d_])(?:{TO_A_POWER})$")
_NAMES = words("covid sha utf omega vitamin mpeg mp md cov catch type h n c b v f t p s d e g ipv hpv")
"""Words that do, even in small letters: "covid-19", "v2"."""


def _glue(run: Run) -> re.Match[str] | None:
    """The word that the digits are written on; most have a blank before them."""
    before = run.text[run.start - 1 : run.start]
    if not before.isalnum() and before not in _JOINTS:
        return None
    return _GLUE.search(run.text[max(run.at, run.start - 28) : run.start])


def _square(run: Run) -> Excluded | None:
    """The square of "km2"."""
    square = run.end == run.start + 1 and _POWER.search(run.low, max(0, run.start - 4), run.end) is not None
    return run.excluded(run.start, run.end, "identifier", "unit") if square else None


def _glued_postcode(run: Run) -> Excluded | None:
    m = _glue(run)
    begin = run.start - len(m[1]) if m else 0
    postcode = _POSTCODE.match(run.text, begin) if m else None
    return postcode and run.excluded(begin, postcode.end(), "identifier", "postcode")


def _glued_name(run: Run) -> Excluded | None:
    """Digits at the end of a word, or in it: "COVID-19", "MD5", "Boat2Shore"."""
    m = _glue(run)
    if m is None:
        return None
    head, core, last, free = _parts(m)
    joined = len(core) < len(head)
    capitals = sum(c.isupper() for c in head)
    zeros = run.end - run.start > 1 and run.text[run.start] == "0" and run.text[run.start + 1].isdecimal()
    summit = core == "cop" and run.end - run.start < 3  # "COP26"; "COP26,000" are pesos
    if core in _CURRENCIES and not zeros and not summit and (not joined or head.endswith(".")):
        return None
    if head in LOCAL and _CERTAIN.match(run.text, run.start):
        return None
    single = len(core) == 1 and head != "x"
    inside = free and capitals and run.text[run.end : run.end + 1].isalpha()
    if inside or (single and capitals) or (free and (capitals > 1 or (capitals == 1 and joined))) or last in _NAMES:
        tail = _GLUED.match(run.text, run.start)
        end = tail.end() if tail else run.end
        return run.excluded(run.start - len(head), end, "identifier", "version" if core == "v" else "identifier")
    return None


def _parts(m: re.Match[str]) -> tuple[str, str, str, bool]:
    head = m[1]
    core = head.rstrip("-–/._").lower()
    last = re.split(r"[-.&]", core)[-1]
    return head, core, last, core not in _NO_NAME and last not in _NO_NAME


def _glued_mark(run: Run) -> Excluded | None:
    """A footnote mark: "children12"."""
    m = _glue(run)
    if m is None or run.end - run.start > 2:
        return None
    head, core, _, free = _parts(m)
    if not free or len(core) < max(3, len(head)) or core in STOPS or core in _CURRENCIES:
        return None
    mark, following = _FOOTNOTE.match(run.text, run.start), _NEXT_SMALL.match(run.low, run.end)
    if mark is None or (following and is_plural(following[1])):
        return None
    return run.excluded(run.start, mark.end(), "reference", "footnote_mark")


def _mark_at_stop(run: Run) -> Excluded | None:
    """A mark glued to a stop or a closing bracket: "44 million.3 In", "missing).2"."""
    start = run.start
    if run.end - start > 3 or run.text[start - 1 : start] in ("", " ", "$", "-", "("):
        return None
    after_date = run.last is not None and run.last.date is not None and run.at == start - 1 and run.text[run.at] == "."
    if not after_date and not _STOP_BEFORE.search(run.text[max(0, start - 5) : start]):
        return None
    glue = _glue(run)
    if glue is not None and _parts(glue)[1] in _BEFORE_AMOUNTS:
        return None
    m = _FOOTNOTE.match(run.text, start)
    return m and run.excluded(start, m.end(), "reference", "footnote_mark")


def _after_address(run: Run) -> Excluded | None:
    in_address = run.last is not None and run.last.reason == "postal_address" and run.text[run.at : run.start] == ", "
    m = names.POSTCODE_BEFORE_TOWN.match(run.text, run.start) if in_address else None
    return m and run.excluded(run.start, m.end(), "identifier", "postcode")


GLUED: list[Rule[Run, Excluded]] = [
    Rule(
        "square_of_unit", _square, (), ("It covers 40 km[2] of moor. -> identifier unit",),
        ("It has 40 owls and [2] hens. -> fact",),
    ),
    Rule(
        "postcode.glued", _glued_postcode, ("name.glued",), ("Write to LS[2] 9JT now. -> identifier postcode",),
        ("Write to [2] owls. -> fact",),
    ),
    Rule(
        "name.glued", _glued_name, ("code.lettered", "code.zero", "mark.glued", "phone.zero", "version",),
        ("Then COVID-[19] closed us. -> identifier identifier", "We run on Boat[2]Shore now. -> identifier identifier"),
        ("We closed [19] shops. -> fact",),
    ),
    Rule(
        "mark.glued", _glued_mark, (), ("We fed children[12] daily. -> reference footnote_mark",),
        ("We fed [12] children daily. -> fact",),
    ),
    Rule(
        "mark.at_stop", _mark_at_stop, (), ("It rose.[3] Then it fell. -> reference footnote_mark",),
        ("It rose. Then [3] fell. -> fact",),
    ),
    Rule(
        "postcode.after_address", _after_address, (),
        ("See 12 Main Street, [12345] Salem. -> identifier postcode",),
        ("See 12 Main Street or [12345] owls. -> fact",),
    ),
]  # fmt: skip
