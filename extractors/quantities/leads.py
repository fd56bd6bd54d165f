"""What the word before a number makes of it: an identifier, an address, a statute, a figure of the text, as rules."""

import re
from typing import Any

from extractors.language import numerals
from extractors.language.currencies import CODES
from extractors.language.lexicon import STOPS, VERBS, is_plural, words
from extractors.language.verbs import PREDICATES
from extractors.quantities import designators as names
from extractors.quantities.candidates import Excluded, Lead, Run
from extractors.quantities.shapes import counts_something
from extractors.rules import Rule


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


_SHORT = 4
"""So many digits behind the name of a register may be a year, or count what is registered."""


def _numbered(run: Run) -> Excluded | None:
    """An identifier behind "No.", "number", "ID" or the noun it belongs to."""
    lead = run.lead
    if lead is None:
        return None
    long = lead.word in names.REGISTERS and run.end - run.start > _SHORT and run.text[run.start : run.end].isdecimal()
    if not (long or lead.word in names.NUMBER_WORDS or lead.word in names.ID_NOUNS):
        return None
    word = lead.raw.strip("(.:\"'“") or lead.raw
    owner = lead.tokens[-2].strip("().,:#") if len(lead.tokens) > 1 else ""
    if owner in names.PHONE_CUES:
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
        m = shape.match(run.text, run.start)
        if m and capital and not (lead.cased or names.LETTERED.fullmatch(m[0]) or _goes_on(run, lead)):
            continue
        if cls == "identifier" and lead.word not in names.OF_A_YEAR and run.date:
            continue
        if m is None:
            continue
        sure = lead.cased or lead.word not in names.WARY or _is_of_law(lead) or "." in m[0]
        if sure or not counts_something(run.low, m.end()):
            edition = _EDITION.match(run.text, m.end())
            return run.excluded(lead.at, edition.end() if edition else m.end(), cls, reason)
    return None


_EDITION = re.compile(r"[:-](?:19|20)\d\d\b(?![.,:/-]\d)")
"""The year of a standard: "ISO 14001:2015"."""


def _goes_on(run: Run, lead: Lead) -> bool:
    """The word goes on with a reference, and needs no capital: "Appendix 5, line 12"."""
    last = run.last
    refers = last is not None and last.numeral_class in ("reference", "identifier")
    return refers and last is not None and run.low[last.end : lead.at] in (", ", " and ")


def _is_of_law(lead: Lead) -> bool:
    return lead.word in names.RULES_OF_LAW and not names.AS_OF_LAW.isdisjoint(lead.tokens[-2:-1])


_THING = re.compile(
    r"(?!101\b)\d{1,4}(?:\.\d{1,2})?"
    r"(?!\w|[.,:/-]\d|\s?%|\s?(?:per ?cent|percent|thousand|million|billion|lakh|crore|m|bn|k)\b)"
)
_CASE = re.compile(r"\d{1,5}/(?:(?:19|20)\d\d|\d\d)(?![\w/%]|[.,]\d)")
""" "CCT 3/95": a case and its year."""
_CALLED = re.compile(r"[A-Z][a-z]{2,15}")
_LETTERS = re.compile(r"[A-Z]{2,5}(?:/[A-Z]{2,5})?")
_ENDS = re.compile(r"\s?(?:[.,;:)\]]|$)|\s(?!of\b)(?P<word>[a-z]+)")
_ACTS = re.compile(r"\d{1,4} [a-z]+s (?:the|an?|its|our|his|her|their|this|that|each|every)\b")
"""Behind a name's number what one thing does: "Clinic 50 joins the network"."""
_BEGINS = re.compile(r"(?:^|[.!?]\s)$")
_PLACE_BEFORE = words("in from to across for over with by than about around nearly")
"""Before a name that is no thing's: "in Leeds 12 opened"."""


def _thing(run: Run) -> Excluded | None:
    """A thing that is called by its number: "the pump at Shed 9 ran", "as FRS 102 asks"."""
    lead = run.lead
    if lead is None or run.date or not lead.cased or run.text[run.start - 1] != " ":
        return None
    acts = _ACTS.match(run.text, run.start)
    m, name, ahead = (
        _THING.match(run.text, run.start) or _CASE.match(run.text, run.start),
        run.text[lead.at : run.start - 1],
        run.text[: lead.at],
    )
    ends = _ENDS.match(run.text, m.end()) if m else None
    if m is None or ends is None or (not acts and counts_something(run.low, m.end())):
        return None
    behind = ends["word"]
    if behind and not (acts or behind in STOPS or behind in VERBS or behind in PREDICATES or behind.endswith("ed")):
        return None
    if _LETTERS.fullmatch(name):
        if len(m[0]) == 1 or name.endswith(CODES) or not any(map(str.islower, ahead[-_BEFORE:])):
            return None
        return run.excluded(lead.at, m.end(), "identifier", "identifier")
    before = _WORD_BEFORE.search(ahead[-_BEFORE:])
    begins = acts and _BEGINS.search(ahead[-_BEFORE:]) and not (lead.word in STOPS or lead.word in VERBS)
    if not begins and (before is None or before[1] in _PLACE_BEFORE):
        return None
    if len(m[0]) > _DIGITS:
        return None
    if not _CALLED.fullmatch(name) or lead.word in _NO_THING or is_plural(lead.word):
        return None
    return run.excluded(lead.at, m.end(), "identifier", "identifier")


_BEFORE = 40
_DIGITS = 3
_WORD_BEFORE = re.compile(r"([a-z]+) $")
_NO_THING = words(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn winter "
    "easter christmas ramadan eid diwali lent rs ksh rm rp tk euro usd gbp"
) | frozenset(numerals.VALUES)


_AT = re.compile(r",? at (?:paras?\.? |pp?\.? ?)?\[?")


def _pinpoint(run: Run) -> Excluded | None:
    """The page or paragraph behind a citation: "[2012] 4 CR 310 at 315"."""
    last = run.last
    if last is None or last.reason != "citation" or run.date or not _AT.fullmatch(run.text, last.end, run.start):
        return None
    m = names.ONE.match(run.text, run.start)
    cites = m is not None and any(map(str.isalpha, run.text[last.start : last.end]))
    return run.excluded(run.start, m.end(), "reference", "citation") if m and cites else None


_SEVERAL = re.compile(r"\d{1,2}, \d{1,2}(?:, \d{1,2})*,? (?:and|or) \d{1,2}\b(?![.,]?\d|\s?%)")
""" "A level: 1, 2, 3 or 4" """


LED: list[Rule[Any, Excluded]] = [
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
            "code.serial",
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
            "thing",
            "code.room",
            "score",
            "statute.number",
            "statute.subsection",
            "version",
        ),
        (
            "See figure [3] for more. -> reference figure_reference",
            "The stop of bus [42]A is shut. -> identifier identifier",
            "It is told (Annex 5, diagram [12]) at length. -> reference figure_reference",
            "It was done as rule [9] demands. -> reference statute",
        ),
        (
            "We saw [3] figures. -> fact",
            "The old bus [42] children ride is shut. -> fact",
            "By that rule [9] owls were fed. -> fact",
        ),
    ),
    Rule(
        "thing",
        _thing,
        (),
        (
            "The pump at Shed [9] ran. -> identifier identifier",
            "It was done by FRS [102]. -> identifier identifier",
            "Shed [9] joins the yard. -> identifier identifier",
        ),
        ("He gave Anna [9] owls. -> fact", "The fair in Leeds [9] opened. -> fact"),
    ),
    Rule(
        "pinpoint",
        _pinpoint,
        (),
        ("So says Owl v Hen (2012) 4 CR 310 at [315] too. -> reference citation",),
        ("So says Owl v Hen (2012) 4 CR 310, and [315] owls. -> fact",),
    ),
]
