"""What makes a run of digits a name, a mark or a date by the words and signs just around it, as rules.

What the word before makes of it stands in `leads` and `phones`, items of lists in `enumerations`, what the digits
themselves look like in `shapes`.
"""

import re
from typing import Any

from extractors.quantities.candidates import UNBROKEN, Excluded, Raised, Run
from extractors.quantities.enumerations import LISTED
from extractors.quantities.glued import GLUED
from extractors.quantities.leads import LED
from extractors.quantities.number_words import digit_ordinal
from extractors.quantities.phones import PHONE_CUED
from extractors.quantities.shape_rules import BARE, SIGNED
from extractors.rules import Rule
from extractors.timex.spans import DateSpan

_WEB = re.compile(
    r"(?:https?://|www\.|ftp://)\S+|(?:doi:\s?)?10\.\d{4,6}/\S+|[^\s@]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|"
    r"(?:[\w-]{1,63}\.){1,5}(?:com|org|net|gov|edu|uk|eu|int|io|info|us|ca|au)(?:/\S*)?$|"
    r"\S*\w\.(?:html?|pdf|php|aspx|jpe?g|png|docx?|xlsx?|csv|mp[34])$"
)
_HANDLE = re.compile(r"[#@](?=\w{0,63}[^\W\d])\w{1,64}")
_HASH_NUMBER = re.compile(r"\d{1,12}(?![\w%]|[.,]\d)")


def _raised(raised: Raised) -> Excluded | None:
    """A footnote mark, unless it makes square metres or a power of ten."""
    if raised.low.endswith(("m", "ft", "10", "10⁻"), max(0, raised.start - 3), raised.start):
        return None
    return Excluded(raised.start, raised.end, "reference", "footnote_mark")


def _web(run: Run) -> Excluded | None:
    begin, stop = run.token
    while begin < run.start and run.low[begin] in "(<[\"'":
        begin += 1
    word = run.low[begin:stop].rstrip(").,;:!?>]\"'")
    if len(word) > UNBROKEN and not any(map(str.isspace, word)):
        return run.excluded(begin, stop, "identifier", "unbroken_text")
    if "." not in word and "@" not in word:
        return None
    m = _WEB.match(word)
    if m is None or begin + m.end() <= run.start:
        return None
    return run.excluded(begin, begin + m.end(), "identifier", "email" if "@" in m[0] else "url")


def _tag(run: Run) -> Excluded | None:
    begin = max(run.token[0], run.at)
    while begin < run.start and run.text[begin] in "([\"'“‘":
        begin += 1
    if run.text[begin] in "#@" and (m := _HANDLE.match(run.text, begin)) and m.end() > run.start:
        return run.excluded(begin, m.end(), "identifier", "hashtag" if run.text[begin] == "#" else "handle")
    return None


def _hash_number(run: Run) -> Excluded | None:
    if run.text[run.start - 1 : run.start] not in ("#", "№"):
        return None
    m = _HASH_NUMBER.match(run.text, run.start)
    return m and run.excluded(run.start - 1, m.end(), "identifier", "identifier")


def _dated(run: Run) -> Excluded | None:
    return date_excluded(run.date) if run.date and run.date.start >= run.at else None


def date_excluded(date: DateSpan) -> Excluded:
    """A date as an exclusion; the reason names years, fiscal years, school years and decades as such."""
    reason = date.kind if date.kind in ("year", "fiscal_year", "school_year", "decade") else "date"
    return Excluded(date.start, date.end, "date", reason, date)


def _rank(run: Run) -> Excluded | None:
    found = digit_ordinal(run.text, run.low, run.start)
    return found and run.excluded(*found)


_VERSION = re.compile(r"\d{1,3}[a-z]\b")
_JOINING = frozenset({" to ", " and ", " or ", ", "})


def _version_twin(run: Run) -> Excluded | None:
    """The second of two versions: "from Suite 11g to 12c"."""
    last = run.last
    if last is None or last.numeral_class != "identifier" or run.text[last.end : run.start] not in _JOINING:
        return None
    m = _VERSION.match(run.text, run.start)
    like = m is not None and _VERSION.search(run.text, last.start, last.end) is not None
    return run.excluded(run.start, m.end(), "identifier", "version") if m and like else None


BEFORE_DATES: list[Rule[Any, Excluded]] = [
    Rule(
        "raised_mark",
        _raised,
        (),
        ("So much was seen by owls[⁴]. -> reference footnote_mark",),
        ("The barn has 40 m[²]. -> ",),
    ),
    Rule(
        "web",
        _web,
        ("name.glued",),
        ("See www.otters.org/[2021]/a for more. -> identifier url",),
        ("See [40] otters. -> fact",),
    ),
    Rule("tag", _tag, (), ("Follow #Otter[2021] now. -> identifier hashtag",), ("Follow [2021] otters. -> fact",)),
    Rule(
        "hash_number",
        _hash_number,
        ("numbered",),
        ("Box #[4521] came. -> identifier identifier",),
        ("We sent [4521] boxes. -> fact",),
    ),
    *LED,
    *SIGNED,
    PHONE_CUED,
    Rule(
        "version.twin",
        _version_twin,
        (),
        ("We moved from Suite 11g to [12]c in May. -> identifier version",),
        ("We moved from Suite 11 to [12] dens. -> fact",),
    ),
    *LISTED,
]
AFTER_DATES: list[Rule[Run, Excluded]] = [
    Rule(
        "calendar", _dated, ("code.parted", "name.glued", "phone.parted", "phone.zero", "version",),
        ("On [3] May 2021 it rained. -> date date",), ("On it [3] mayflies sat. -> fact",),
    ),
    Rule(
        "rank_in_digits", _rank, (), ("The [5]th gate is shut. -> ordinal ordinal",),
        ("Its [10,000]th guest came. -> fact", "We tagged turtles, the [100]th of which left in May. -> fact"),
    ),
    *GLUED,
    *BARE,
]  # fmt: skip
