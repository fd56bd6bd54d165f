"""Which digits, number words and numbers are no statistics, as one table of rules, each with the ledger's reason.

Three looks in turn: at the digits and the number words of a passage before numbers are read, then at each number with
its noun. The first rule that answers decides; one may also answer that it is a statistic after all.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from extractors.clauses.nouns import Noun
from extractors.language.lexicon import DETERMINERS, STOPS, fold, vocabulary
from extractors.numbers.scanning import Mention
from extractors.quantities import classes, number_words
from extractors.quantities.candidates import STATISTIC, Digits, Excluded, Number, Raised, Run, Verdict, Word
from extractors.quantities.digits import AFTER_DATES, BEFORE_DATES, date_excluded
from extractors.quantities.shapes import Shape, places
from extractors.records import PassageKind
from extractors.rules import Rule
from extractors.timex.spans import DateSpan, dates_in


@dataclass(frozen=True, slots=True)
class _On:
    """The reading of a rule about one sort of thing; it says nothing of others."""

    sort: type
    read: Callable[[Any], Any]

    def __call__(self, x: object) -> Any:
        return self.read(x) if isinstance(x, self.sort) else None


def _about(sort: type, rules: Sequence[Rule[Any, Any]]) -> Iterator[Rule[Any, Any]]:
    return (replace(rule, read=_On(sort, rule.read)) for rule in rules)


EXCLUSIONS: tuple[Rule[Any, Any], ...] = (
    *_about(Raised, BEFORE_DATES[:1]),
    *_about(Run, [*BEFORE_DATES[1:], *AFTER_DATES]),
    *_about(Word, number_words.RULES),
    *_about(Number, classes.RULES),
)


class _Look:
    """Some neighbouring rules about one sort of thing, and for shapes of digits where and whether any may match."""

    def __init__(self, reads: Sequence[Callable[[Any], Any]], signed: bool | None) -> None:
        """Take the readings; `signed` is that of shapes, None for others."""
        self.reads, self.signed = reads, signed
        shapes = [f"(?:{read.wording})" for read in reads if isinstance(read, Shape)]
        self.any_of = re.compile("|".join(shapes)) if signed is not None else None

    def may_match(self, run: Run) -> bool:
        """One look spares most digits the walk through all the shapes."""
        assert self.any_of is not None
        for at in places(run, bool(self.signed)):  # noqa: SIM110 - half the time of any()
            if self.any_of.match(run.text, at):
                return True
        return False


_LOOKS: dict[type, tuple[Sequence[Rule[Any, Any]], list[_Look]]] = {}


def _looks(sort: type) -> list[_Look]:
    """The rules about one sort of thing in their order, neighbouring shapes of one kind together."""
    held = _LOOKS.get(sort)
    if held is None or held[0] is not EXCLUSIONS:
        every = [
            (rule.read.sort, rule.read.read) if isinstance(rule.read, _On) else (sort, rule.read) for rule in EXCLUSIONS
        ]
        reads = [read for of, read in every if of is sort]
        together = groupby(reads, key=lambda read: read.signed if isinstance(read, Shape) else None)
        held = EXCLUSIONS, [_Look(tuple(some), signed) for signed, some in together]
        _LOOKS[sort] = held
    return held[1]


def _first(x: Any) -> Any:
    """The answer of the first rule that has one."""
    for look in _looks(type(x)):
        if look.signed is not None and not look.may_match(x):
            continue
        for read in look.reads:
            answer = read(x)
            if answer is not None:
                return answer
    return None


def classify(text: str, low: str, mention: Mention, noun: Noun | None, left: int, right: int) -> Verdict:
    """The class of a number with its noun; `left` and `right` bound its sentence in the text, `low` is that folded."""
    verdict: Verdict | None = _first(Number(text, low, mention, noun, left, right))
    return verdict or STATISTIC


def find_excluded(text: str, kind: PassageKind = "paragraph") -> list[Excluded]:
    """Everything in one passage that holds digits or a number word and is no statistic: sorted, without overlap."""
    low = fold(text)
    return excluded_in(text, low, vocabulary(low), kind)


def excluded_in(text: str, low: str, seen: Set[str], kind: PassageKind) -> list[Excluded]:
    """As `find_excluded`, for a caller that has the text folded, and its words."""
    if kind == "footnote_mark":
        return [Excluded(0, len(text), "reference", "footnote_mark")] if text else []
    dates = dates_in(text, low, seen)
    digits = _digits(text, low, dates, kind)
    others = [date_excluded(date) for date in dates]
    if not number_words.COUNTING.isdisjoint(seen):
        others += filter(None, map(_first, number_words.find_words(low)))
    return _merged(digits, others)


# A class of characters in front keeps the search quick over text without digits.
_RUN = re.compile(r"[\d⁰¹²³⁴-⁹](?:(?<=\d)\d{0,31}(?:[.,]\d{1,32}|['’]\d{3}(?!\d)){0,8}|(?<!\d)[⁰¹²³⁴-⁹]{0,7})")
_GROUPED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?:['’]\d{3})+)$")
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_FIRST_NUMBER = re.compile(r"\d{1,2}(?=[.)])")
_LIST_NUMBER = re.compile(r"(?:\(\d{1,3}\)|\d{1,2}[.)])\s+(?=[^\W\d]|[\"“'‘(])")
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=[A-Z])(?!\S{0,9}illion)")
_CLAUSE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=(?P<word>[A-Z][a-z]*)\s[a-z])")
"""At the head of a paragraph, before a sentence: "3.4 The trustees meet"."""


def _digits(text: str, low: str, dates: Sequence[DateSpan], kind: PassageKind) -> list[Excluded]:
    """What is excluded of the digits of `text`, in order, without overlap."""
    found: list[Excluded] = []
    run = _RUN.search(low)
    if run is None:
        return found
    passage = Digits(text, low, dates)
    at = item = 0
    if kind not in ("table_cell", "table_header", "tile"):
        opening = _LIST_NUMBER.match(text) or (_SECTION_NUMBER.match(text) if kind == "heading" else _clause(text))
        if opening:
            at = len(opening[0].rstrip())
            found.append(Excluded(0, at, "reference", "list_number"))
            item = int(first[0]) if (first := _FIRST_NUMBER.match(opening[0])) else 0
            run = _RUN.search(low, at)
    while run:
        start, end = run.span()
        if low[start] in _RAISED:
            answer = _first(Raised(low, start, end))
        elif (
            _GROUPED.match(run[0])
            and text[start - 1 : start] not in ("#", "@")
            and not low.startswith(_ORDINAL_ENDS, end)
        ):
            answer = None
        else:
            answer = _first(Run(passage, start, end, at, found[-1] if found else None, item))
        if answer is not None:
            found.append(answer)
            item = int(low[start:end]) if answer.reason == "list_number" else item
            at = answer.end
        run = _RUN.search(low, at if answer is not None else end)
    return found


def _clause(text: str) -> re.Match[str] | None:
    found = _CLAUSE_NUMBER.match(text)
    return found if found and found["word"].lower() in STOPS | DETERMINERS else None


def _merged(claims: Iterable[Excluded], more: Iterable[Excluded]) -> list[Excluded]:
    """`claims`, and those of `more` that overlap none of them nor an earlier one of `more`; in order."""
    out: list[Excluded] = []
    rest = iter(claims)
    nearest = next(rest, None)
    for claim in sorted(more, key=lambda c: c.start):
        while nearest and nearest.end <= claim.start:
            out.append(nearest)
            nearest = next(rest, None)
        if (nearest is None or claim.end <= nearest.start) and (not out or out[-1].end <= claim.start):
            out.append(claim)
    return [*out, *([nearest] if nearest else []), *rest]
