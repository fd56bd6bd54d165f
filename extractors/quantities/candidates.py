"""What the rules about exclusions read, and what they answer.

A run of digits and a number word are looked at before numbers are read, so that "Figure 3" or "at one" never becomes
one; a number is looked at with the noun behind it. Nothing here changes once it is made.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from extractors.clauses.nouns import Noun
from extractors.language.lexicon import vocabulary
from extractors.numbers.scanning import Mention
from extractors.once import once
from extractors.quantities.prose_lists import numbers_of_items
from extractors.records import NumeralClass
from extractors.timex.spans import DateSpan

_BACK = 48
"""How far words before the digits are looked at, in characters."""
UNBROKEN = 400
"""No prose runs on for so many characters without a blank: an encoded picture, a key, a web address."""
REACH = 60
"""How far around a number the words that class it are looked for, in characters."""


class Excluded(NamedTuple):
    """A span of a passage that holds digits or a number word and measures nothing."""

    start: int
    end: int
    numeral_class: NumeralClass
    reason: str
    """What the ledger says: `date`, `year`, `phone_number`, `statute`, …"""
    date: DateSpan | None = None
    """For a date the period it names, else None."""


class Verdict(NamedTuple):
    """The class of a numeral; `reason` is None for a statistic."""

    numeral_class: NumeralClass
    reason: str | None = None


STATISTIC = Verdict("statistic")


class Digits:
    """The digits of a passage: what all runs in it share."""

    def __init__(self, text: str, low: str, dates: Sequence[DateSpan]) -> None:
        """Take the text, the text folded, and its dates in order."""
        self.text, self.low, self.dates = text, low, dates
        self.starts = [date.start for date in dates]

    @once
    def items(self) -> dict[int, int]:
        """Where numbers of items of a list stand: where each begins, and where it ends with its mark."""
        return numbers_of_items(self.text)

    def date_at(self, start: int) -> DateSpan | None:
        """The date that the digits at `start` are part of."""
        i = bisect_right(self.starts, start) - 1
        return self.dates[i] if i >= 0 and self.dates[i].end > start else None


class Lead(NamedTuple):
    """The word right before a run of digits, which may make a name of it."""

    tokens: list[str]
    raw: str
    word: str
    """`raw` without brackets and marks."""
    at: int
    cased: bool
    """It begins with a capital, or with no letter."""


class Run:
    """One run of digits, `text[start:end]`, with its thousands and decimals, and what stands just before it.

    `at` is where the last exclusion of the passage ends, `last` that exclusion, `item` the number of the last item of
    a list; `before` are the words before, the nearest last; `token` is the run of non-blanks that holds the digits;
    `date` is what they are part of; `lead` the word before, where it can name what follows.
    """

    __slots__ = ("at", "before", "date", "end", "item", "last", "lead", "low", "passage", "start", "text", "token")

    def __init__(self, passage: Digits, start: int, end: int, at: int, last: Excluded | None, item: int) -> None:
        """Look once at what every rule asks for."""
        self.passage, self.text, self.low = passage, passage.text, passage.low
        self.start, self.end, self.at, self.last, self.item = start, end, at, last, item
        self.before = self.low[max(0, start - _BACK) : start].split()
        self.date = passage.date_at(start)
        stop = self.low.find(" ", start)
        begin = self.low.rfind(" ", max(at, start - UNBROKEN), start) + 1
        self.token = max(begin, at), stop if stop >= 0 else len(self.low)
        self.lead = self._lead()

    def excluded(self, start: int, end: int, cls: NumeralClass, reason: str, date: DateSpan | None = None) -> Excluded:
        """The answer of a rule, cut where the last exclusion ends."""
        return Excluded(max(start, self.at), end, cls, reason, date)

    def _lead(self) -> Lead | None:
        tokens = self.before
        if tokens and tokens[-1] in ("is", "was") and tokens[-2:-1] in (["number"], ["no."], ["id"]):
            tokens = tokens[:-1]
        if not tokens or (self.low[self.start - 1] != " " and tokens[-1][-1] not in ".#§"):
            return None
        raw = tokens[-1]
        word = raw.strip("(.:\"'“") if raw != "#" else raw
        if not word or raw.endswith((",", ";", ")")):
            return None
        word = raw if raw in ("s.", "ss.") else word
        at = self.low.rfind(word, max(0, self.start - _BACK), self.start)
        return Lead(tokens, raw, word, at, self.text[at].isupper() or not self.text[at].isalpha())


class Raised(NamedTuple):
    """A run of raised digits, `low[start:end]`."""

    low: str
    start: int
    end: int


class Word(NamedTuple):
    """A number word, `low[start:end]`; `group` is the sort of word that it was found as."""

    low: str
    start: int
    end: int
    group: str


class Number:
    """A number in its sentence, `low[left:right]`, the noun behind it, and the words around it."""

    __slots__ = ("after", "before", "left", "low", "mention", "noun", "right", "seen", "text")

    def __init__(self, text: str, low: str, mention: Mention, noun: Noun | None, left: int, right: int) -> None:
        """Take the text, the text folded, the number, its noun, and the bounds of its sentence.

        `seen` are the words of the text: a rule whose words are not among them need not look.
        """
        self.text, self.low, self.mention, self.noun, self.left, self.right = text, low, mention, noun, left, right
        self.before = low[max(left, mention.claim_start - REACH) : mention.claim_start]
        self.after = low[mention.end : min(right, mention.end + REACH)]
        self.seen = vocabulary(low)
