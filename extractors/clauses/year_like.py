"""Whether a number that looks like a year is a count, by the words that name it: "Donors: 1985" under "Our year 2022".

Here what labels say; the words around a bare year in a sentence are `timex.bare_years`' business.
"""

import re

from extractors.clauses.nouns import noun_after
from extractors.language.lexicon import fold, is_plural
from extractors.language.patterns import LONE_YEAR
from extractors.records import Passage

DATED = re.compile(
    r"\b(?:years?|dates?|first|since|when|founded|established|opened|opening|joined|born|died|built|started|launched|began|"
    r"ended|closed|formed|registered|renewed|expir(?:es|ed|y)|adopted|enacted|signed|ratified|edition|census|season|"
    r"elections?|olympics|vintage|model)\b"
)
"""What a column of years may tell of its rows."""
_LABELLED = re.compile(r"(?P<label>[^\W\d_][^:;.!?]{2,60}):\s?(?P<year>\d{4})")
_HISTORY = re.compile(r"\b(?:history|timeline|milestones?|story|journey|chronology|past)\b")
_A_YEAR = re.compile(LONE_YEAR)
_LABEL_WORDS = 5


def count_behind_label(passage: Passage) -> tuple[int, int] | None:
    """Where a number that looks like a year is a count: "Members in 2019: 2019"."""
    found = _LABELLED.fullmatch(passage.text) if passage.kind in ("list_item", "paragraph") else None
    if found is None:
        return None
    when = passage.headings[-1:] + ((passage.lead,) if passage.lead else ()) + (found["label"],)
    return found.span("year") if names_counted(found["label"], when) else None


def names_counted(label: str, when: tuple[str, ...]) -> bool:
    """Whether a label names what there may be many of, where the words above or beside it tell the year."""
    return tells_year(when) and names_many(label, when)


def tells_year(when: tuple[str, ...]) -> bool:
    """Whether a year stands in one of some texts."""
    return any(map(_A_YEAR.search, when))


def names_many(label: str, above: tuple[str, ...]) -> bool:
    """Whether a label names what there may be many of, under no heading of a history."""
    low = fold(label)
    if DATED.search(low) or any(map(_HISTORY.search, map(fold, above))):
        return False
    dated = _A_YEAR.search(low)
    named = re.sub(r"\s(?:in|for|during)?\s?$", "", low[: dated.start()]) if dated else low
    noun = noun_after(named, 0, len(named))
    return noun is not None and noun.start == 0 and is_plural(noun.head) and named.count(" ") < _LABEL_WORDS
