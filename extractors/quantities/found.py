"""A numeral on its way from its passage to the ledger, and what the page around it still makes of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.clauses.claims import Claim, Token
from extractors.numbers.scanning import Mention
from extractors.pages.counters import Counter
from extractors.quantities.candidates import Verdict
from extractors.records import Passage

_NO_DIGIT = re.compile(r"\D")


@dataclass(slots=True)
class Found:
    """A numeral on its way to the ledger."""

    passage: Passage
    start: int
    end: int
    verdict: Verdict
    mention: Mention | None = None
    claim: Token | Claim | None = None
    """A claim for a statistic."""
    sentence: tuple[int, int] = (0, 0)
    before: str = ""
    attribution: str | None = None


def mark_counters(found: Sequence[Found], counters: Sequence[Counter]) -> None:
    """Flag what a passage's counters come to, and exclude what they only show before they run."""
    reached = {counter.digits: counter.is_reached for counter in counters}
    for item in found if reached else ():
        is_reached = reached.get(_NO_DIGIT.sub("", item.passage.text[item.start : item.end]))
        if item.mention is None or is_reached is None:
            continue
        if not is_reached:
            item.verdict, item.claim = Verdict("statistic", "counter"), None
        elif isinstance(item.claim, Claim):
            item.claim = item.claim._replace(flags=(*item.claim.flags, "counter"))


def leave_numbering(found: Sequence[Found], end: int) -> None:
    """Exclude the numerals among the first `end` characters of a passage, which only number it."""
    for item in found:
        if item.end <= end and item.mention is not None:
            item.verdict, item.claim = Verdict("reference", "list_number"), None
