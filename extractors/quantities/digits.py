"""What makes a run of digits a name, a mark or a date by the words and signs just around it, as rules.

Patterns of the digits themselves stand in `shapes`, the words that make a name of a number in `designators`.
"""

import re
from typing import Any

from extractors.language.lexicon import words
from extractors.quantities import designators as names
from extractors.quantities.candidates import UNBROKEN, Excluded, Raised, Run
from extractors.quantities.glued import GLUED
from extractors.quantities.number_words import digit_ordinal
from extractors.quantities.shape_rules import BARE, SIGNED
from extractors.quantities.shapes import PHONE_AFTER_CUE, counts_something
from extractors.rules import Rule
from extractors.timex.spans import DateSpan

_ITEM_LENGTH = 400
"""How far on the second item of an enumeration is looked for, in characters."""
_ITEM_BEFORE, _ITEM_AFTER = re.compile(r"[.!?)\]\"\u201d;]\s$"), re.compile(r"\.\s[A-Z\"\u201c]")
"""Around the number of a further item of such a list run on in one passage: "1. Sources. 2. Notes."."""
_WEB = re.compile(
    r"(?:https?://|www\.|ftp://)\S+|(?:doi:\s?)?10\.\d{4,6}/\S+|[^\s@]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|"
    r"(?:[\w-]{1,63}\.){1,5}(?:com|org|net|gov|edu|uk|eu|int|io|info|us|ca|au)(?:/\S*)?$|"
    r"\S*\w\.(?:html?|pdf|php|aspx|jpe?g|png|docx?|xlsx?|csv|mp[34])$"
)
_HANDLE = re.compile(r"[#@](?=\w{0,63}[^\W\d])\w{1,64}")
_HASH_NUMBER = re.compile(r"\d{1,12}(?![\w%]|[.,]\d)")
_PHONE_CUES = words(
    "call calling dial dialling dialing phone phones telephone tel fax mobile cell cellphone text texting sms whatsapp "
    "hotline helpline helplines freephone tollfree toll-free ring ph tty tdd contact lifeline @"
)
_PHONE_FILLERS = words(
    "at on us me our the a is are no number numbers now free or for by to line 24-hour 24/7 via toll-free directly "
    "please and # enter pt office anytime emergency crisis home start - help message not"
)
_SHORT_CODE = re.compile(r"\d{3}(?!\d|[.,]\d|\s?%)")


def _raised(raised: Raised) -> Excluded | None:
    """A footnote mark, unless it makes square metres or a power of ten."""
    if raised.low.endswith(("m", "ft", "10"), max(0, raised.start - 3), raised.start):
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


def _after_state(run: Run) -> Excluded | None:
    if (
        run.text[run.start - 1 : run.start] != " "
        or run.text[max(0, run.start - 3) : run.start - 1] not in names.STATES
    ):
        return None
    m = names.ZIP.match(run.text, run.start)
    return m and run.excluded(run.start, m.end(), "identifier", "postcode")


def _day_of_count(run: Run) -> Excluded | None:
    lead = run.lead
    if lead is None or lead.word not in ("day", "week") or lead.tokens[-2:-1] not in names.ON_DAY:
        return None
    m = names.ONE.match(run.text, run.start)
    return m and run.excluded(run.start, m.end(), "identifier", "identifier")


def _named_year(run: Run) -> Excluded | None:
    """The year in "the class of 2026" names a class; it dates nothing."""
    lead = run.lead
    if lead is None or lead.word != "of" or len(lead.tokens) < 2 or lead.tokens[-2] not in names.YEAR_NAMES:
        return None
    m = names.NAMING_YEAR.match(run.text, run.start)
    reason, cls, capital = names.YEAR_NAMES[lead.tokens[-2]]
    at = run.low.rfind(lead.tokens[-2], 0, run.start)
    named = m is not None and (not capital or run.text[at].isupper())
    return run.excluded(at, m.end(), cls, reason) if m and named else None


def _numbered(run: Run) -> Excluded | None:
    """An identifier behind "No.", "number", "ID" or the noun it belongs to."""
    lead = run.lead
    if lead is None or not (lead.word in names.NUMBER_WORDS or lead.word in names.ID_NOUNS):
        return None
    word = lead.raw.strip("(.:\"'“") or lead.raw
    owner = lead.tokens[-2].strip("().,:#") if len(lead.tokens) > 1 else ""
    if owner in _PHONE_CUES:
        return None
    if word in ("number", "numbers") and lead.raw.endswith(":") and owner not in names.ID_OWNERS:
        return None  # "Number: 500" is a label and its value
    m = names.CODE.match(run.text, run.start)
    if m is None or (word in names.ID_NOUNS and run.date):
        return None
    if word in ("no", "nos"):
        doubtful = not lead.cased or run.date or counts_something(run.low, m.end())
        if "." not in lead.raw and owner not in names.ID_OWNERS and doubtful:
            return None  # "no 2021 figures"
    elif counts_something(run.low, m.end()):
        return None
    return run.excluded(lead.at, m.end(), "identifier", "isbn" if word.startswith("isbn") else "identifier")


def _street(run: Run) -> Excluded | None:
    lead = run.lead
    if lead is None or lead.raw.endswith(":") or not lead.word.endswith(names.STREET_ENDS):
        return None
    m = names.ONE.match(run.text, run.start)
    return m and run.excluded(lead.at, m.end(), "identifier", "postal_address")


def _state_code(run: Run) -> Excluded | None:
    lead = run.lead
    if lead is None or lead.raw.endswith(":") or not names.STATE_CODE.fullmatch(lead.raw):
        return None
    m = names.STATE_SECTION.match(run.text, run.start)
    return m and run.excluded(lead.at, m.end(), "reference", "statute")


def _designated(run: Run) -> Excluded | None:
    """A number behind a word that makes it a name: "Figure 3", "Tier 1"."""
    lead = run.lead
    if lead is None:
        return None
    if lead.raw.endswith(":") and not _SEVERAL.match(run.text, run.start):
        return None  # "Goal: 500" is a label and its value
    for (reason, cls, capital), shape in names.DESIGNATORS.get(lead.word, ()):
        m = shape.match(run.text, run.start) if lead.cased or not capital else None
        if cls == "identifier" and lead.word not in names.OF_A_YEAR and run.date:
            continue
        if m and (lead.cased or lead.word not in names.WARY or not counts_something(run.low, m.end())):
            return run.excluded(lead.at, m.end(), cls, reason)
    return None


_SEVERAL = re.compile(r"\d{1,2}, \d{1,2}(?:, \d{1,2})*,? (?:and|or) \d{1,2}\b(?![.,]?\d|\s?%)")
""" "A level: 1, 2, 3 or 4" """


def _list_item(run: Run) -> Excluded | None:
    """An item of a list within the passage: "1) prevent, 2) protect", "(1) … (2) …"."""
    text, start, end = run.text, run.start, run.end
    if end - start > 2 or text[end : end + 1] not in (")", ".") or not text[start:end].isdecimal():
        return None
    number = int(text[start:end])
    if text[end] == ".":
        follows = number == run.item + 1 > 1 and _ITEM_AFTER.match(text, end) is not None
        if not follows or not _ITEM_BEFORE.search(text, max(0, start - 4), start):
            return None
        return run.excluded(start, end + 1, "reference", "list_number")
    begin = start - (text[start - 1 : start] == "(")
    if number != run.item + 1 or (begin == start and text[start - 1 : start] not in ("", " ")):
        return None
    if number == 1 and f"{text[begin:start]}{number + 1})" not in text[end : end + _ITEM_LENGTH]:
        return None
    return run.excluded(begin, end + 1, "reference", "list_number")


def _prose_item(run: Run) -> Excluded | None:
    """An item of a list run on in the passage: "1. We feed. 2. We teach."."""
    if run.end - run.start > 3:
        return None
    end = run.passage.items.get(run.start)
    return run.excluded(run.start, end, "reference", "list_number") if end else None


def _leader(run: Run) -> Excluded | None:
    """The page of a line in a table of contents: "Our year ........ 16"."""
    if run.end != len(run.text) or not run.text[run.start : run.end].isdecimal():
        return None
    led = _LEADERS.search(run.text, max(0, run.start - 12), run.start)
    return run.excluded(run.start, run.end, "reference", "page_reference") if led else None


_LEADERS = re.compile(r"(?:\.\s?){4,}$|(?:…\s?){2,}$")


def _phone(run: Run) -> Excluded | None:
    """Digits after "call", "hotline:", "text HOME to", or after another number of the kind."""
    if not _phone_cue(run):
        return None
    begin = run.start
    while begin > run.at and run.text[begin - 1] in "(+":
        begin -= 1
    m = PHONE_AFTER_CUE.match(run.text, begin)
    if m is None or (run.date and run.date.end >= m.end()):
        return None
    few = sum(c.isdecimal() for c in m[0]) < 7
    if few and (run.before[-1] == "@" or counts_something(run.low, m.end())):
        return None
    return run.excluded(begin, m.end(), "identifier", "phone_number")


def _phone_cue(run: Run) -> bool:
    if run.last and run.last.reason == "phone_number":
        between = run.low[run.at : run.start].strip(" (+")
        if between in ("or", "/", "and", ",", ", or", "&"):
            return True
        if len(between) < 40 and between.endswith((", or", ", and")) and _SHORT_CODE.match(run.low, run.start):
            return True  # "999 in an emergency, or 101"
    if run.before[-2:] in (["calls", "to"], ["call", "to"]) and _SHORT_CODE.match(run.low, run.start):
        return True
    for token in reversed(run.before[-6:]):
        word = token.strip("().,:;!\"'“”*")
        if word in _PHONE_CUES:
            return not token.endswith((",", ";")) and (not token.endswith(".") or word in ("tel", "ph"))
        if word and word not in _PHONE_FILLERS:
            return False
    return False


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
    Rule(
        "postcode.after_state",
        _after_state,
        (
            "code.zero",
            "phone.zero",
        ),
        ("Salem, OR [97301] is near. -> identifier postcode",),
        ("We met [97301] owls. -> fact",),
    ),
    Rule(
        "day_of_count",
        _day_of_count,
        (),
        ("On day [215] it rained. -> identifier identifier",),
        ("Each day [215] boats sail. -> fact",),
    ),
    Rule(
        "named_year",
        _named_year,
        ("calendar",),
        ("The class of [2026] sang. -> identifier cohort",),
        ("The spring of [2026] was wet. -> date date",),
    ),
    Rule(
        "numbered",
        _numbered,
        (
            "address.street",
            "list_item.in_prose",
            "code.employer",
            "code.parted",
            "code.zero",
            "phone.parted",
            "phone.zero",
        ),
        ("Charity number [219432] is ours. -> identifier identifier",),
        ("It rose to [219432] owls. -> fact",),
    ),
    Rule(
        "address.before_number",
        _street,
        ("calendar",),
        ("Hauptstraße [12] is shut. -> identifier postal_address",),
        ("The street has [12] doors. -> fact",),
    ),
    Rule(
        "statute.of_state",
        _state_code,
        (),
        ("Under K.S.A. [58]-2540 it is. -> reference statute",),
        ("We saw [58] sheep. -> fact",),
    ),
    Rule(
        "designated",
        _designated,
        (
            "calendar",
            "list_item.in_prose",
            "code.room",
            "score",
            "statute.number",
            "statute.subsection",
            "version",
        ),
        ("See figure [3] for more. -> reference figure_reference",),
        ("We saw [3] figures. -> fact",),
    ),
    *SIGNED,
    Rule(
        "phone.cue",
        _phone,
        (
            "code.parted",
            "code.zero",
        ),
        ("Text HOME to [741741] now. -> identifier phone_number",),
        ("We gave home to [741741] owls. -> fact",),
    ),
    Rule(
        "list_item.in_prose",
        _prose_item,
        ("list_item", "time.clock", "score"),
        ("We do two things. [1]. We feed. 2. We wash. -> reference list_number",),
        ("We fed [1]. Then we slept. -> fact",),
    ),
    Rule(
        "version.twin",
        _version_twin,
        (),
        ("We moved from Suite 11g to [12]c in May. -> identifier version",),
        ("We moved from Suite 11 to [12] dens. -> fact",),
    ),
    Rule(
        "contents_page",
        _leader,
        (),
        ("Our year ........ [16] -> reference page_reference",),
        ("Our owls: [16] -> fact",),
    ),
    Rule(
        "list_item",
        _list_item,
        (),
        ("We: [1]) feed, 2) wash. -> reference list_number",),
        ("We fed [1] goat. -> fact",),
    ),
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
