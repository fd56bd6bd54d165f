"""A telephone number by the word that asks to call it, as a rule; what one looks like stands in `shapes`."""

import re
from typing import Any

from extractors.language.lexicon import words
from extractors.quantities.candidates import Excluded, Run
from extractors.quantities.designators import PHONE_CUES
from extractors.quantities.shapes import PHONE_AFTER_CUE, counts_something
from extractors.rules import Rule

_PHONE_FILLERS = words(
    "at on us me our the a is are no number numbers now free or for by to line 24-hour 24/7 via toll-free directly "
    "please and # enter pt office anytime emergency crisis home start - help message not"
)
_SHORT_CODE = re.compile(r"\d{3}(?!\d|[.,]\d|\s?%)")


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
    if run.before[-1:] == ["to"] and run.before[-3:-2] in (["text"], ["sms"]):
        return True  # "text STAR to 70085"
    for token in reversed(run.before[-6:]):
        word = token.strip("().,:;!\"'“”*")
        if word in PHONE_CUES:
            return not token.endswith((",", ";")) and (not token.endswith(".") or word in ("tel", "ph"))
        if word and word not in _PHONE_FILLERS:
            return False
    return False


PHONE_CUED: Rule[Any, Excluded] = Rule(
    "phone.cue",
    _phone,
    (
        "code.parted",
        "code.zero",
    ),
    ("Text HOME to [741741] now. -> identifier phone_number",),
    ("We gave home to [741741] owls. -> fact",),
)
