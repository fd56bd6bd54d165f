"""One statistic of a page as a draft sees it: what it counts, in which words, under which labels and headings.

Here: those words, told apart by where they stand. Which figures state the same metric is decided in `grouping`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.language import verbs
from extractors.language.lexicon import AUXILIARIES, DETERMINERS, PREPOSITIONS, STOPS, TIME_UNITS, words
from extractors.language.patterns import YEAR
from extractors.metrics.completing import as_label, with_noun
from extractors.metrics.slots import Slots
from extractors.metrics.stemming import BREAKS, PLAIN_STEMS, TITLE_STEMS, spoken
from extractors.records import Fact, Passage, Reading

SORTS = {
    "count": "count", "money": "money", "measure": "measure", "duration": "duration",
    "percent": "share", "ratio": "share",
    "change": "change", "change_percent": "change", "multiplier": "change",
}  # fmt: skip
_FORMS = frozenset(form for verb in verbs.ALL for form in verb.forms) | verbs.PREDICATES
_PASTS = frozenset(form for verb in verbs.ALL for form in (*verb.past, *verb.participle) if form != verb.base)
_BASE_OF = {form: verb.base for verb in reversed(verbs.ALL) for form in verb.forms}
_NO_VERB = AUXILIARIES | words(
    "compared need seed bed shed speed feed breed hundred united limited related based needed including listed "
    "estimated combined up back down more"
)
_YEAR = re.compile(rf"{YEAR}(?:[-/]\d\d(?:\d\d)?)?|fy ?\d\d(?:\d\d)?|q[1-4]")
_DATED = re.compile(
    r",?\s*\(?\b(?:in |of |for |since )?(?:fy ?|h[12] |q[1-4] )?(?:19|20)\d\d(?:[/\u2013-]\d{2,4})?\b\)?"
)
"""A year within a label."""
_TIMES = words(
    "january february march april may june july august september october november december year month week day quarter "
    "today fy fiscal calendar end since season spring summer autumn winter century decade"
)
_TOTAL = words("total all overall grand sum together altogether")
_LONGEST_COMPLEMENT = 8
_LONGEST_NOUN = 4


@dataclass(frozen=True, eq=False)
class Word:
    """One word as the page writes it, in lower case, with its stem."""

    said: str
    stem: str

    @property
    def root(self) -> str:
        """What all forms of a verb have in common, else the stem."""
        if self.said in _BASE_OF:
            return _BASE_OF[self.said]
        return self.stem[:-2].rstrip("e") if self.stem.endswith("ed") and len(self.stem) > 4 else self.stem

    @property
    def is_content(self) -> bool:
        """Whether it tells something apart: no grammar, time or amount."""
        return (
            self.stem not in PLAIN_STEMS
            and self.stem not in BREAKS
            and self.stem not in _TIMES
            and self.said not in STOPS
            and self.said not in DETERMINERS
            and self.stem.replace("-", "").isalpha()
            and len(self.stem) > 1
        )

    @property
    def is_verb(self) -> bool:
        """Whether it is the form of a verb, as far as its own letters tell."""
        if self.said in _NO_VERB:
            return False
        return self.is_past or (self.said in _FORMS and self.stem not in _TIMES)

    @property
    def is_past(self) -> bool:
        """Whether it is a past or a participle, which is hardly ever a noun."""
        return self.said not in _NO_VERB and (self.said in _PASTS or (self.said.endswith("ed") and len(self.said) > 3))


def words_of(text: str) -> list[Word]:
    """The words and punctuation of a text."""
    return [Word(said, one) for said, one in spoken(text)]


@dataclass(frozen=True, eq=False)
class Figure:
    """One statistic; `index` is its place among those of the page."""

    index: int
    fact: Fact
    slots: Slots
    """With the label of a line "Label: 4,200" and the noun taken up, as the metric step completes them."""
    passage: Passage

    @property
    def sort(self) -> str:
        """What sort of metric it can state: count, money, measure, duration, share, average; change for none."""
        sort = SORTS[self.fact.kind]
        averaged = self.fact.aggregation not in (None, "each_year") and sort in ("count", "money", "measure")
        return "average" if averaged and sort == "count" else sort

    @property
    def is_rate(self) -> bool:
        """Whether it tells what there is of something a day, a head, a time."""
        return self.fact.aggregation not in (None, "each_year")

    @property
    def is_labelled(self) -> bool:
        """Whether labels alone name it: a cell, a tile, a line "Label: 4,200"."""
        return bool(self.slots.labels)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What labels it, outermost first, without times: "Water points, 2021" is about water points."""
        parts = (_DATED.sub("", part).strip(" ,:()") for part in self.slots.labels.split(" | "))
        return tuple(part for part in parts if part and not is_time(part))

    @cached_property
    def noun(self) -> tuple[Word, ...]:
        """The counted noun with the words in front of it; () where it has none of its own."""
        slots = self.slots
        if not slots.unit or not (slots.has_own_noun or slots.labels):
            return ()
        upto, unit, behind = slots.phrase.partition(slots.unit)
        if not unit:
            upto, unit, behind = "", slots.unit, ""
        if self.sort == "measure":
            unit += _of_what(behind)
        run = [word for word in words_of(upto + unit) if word.said not in DETERMINERS]
        return tuple(run[-_LONGEST_NOUN:]) if len(run) <= 2 * _LONGEST_NOUN else tuple(words_of(slots.unit))

    @cached_property
    def head(self) -> str:
        """The stem of the counted noun's last word; "" for none."""
        unit = words_of(self.slots.unit)
        return unit[-1].stem if unit else ""

    @cached_property
    def left(self) -> tuple[Word, ...]:
        """The words of the clause in front of the number, behind the last break."""
        run = words_of(self.slots.clause[: self.slots.start])
        at = max((i + 1 for i, word in enumerate(run) if word.stem in BREAKS), default=0)
        return tuple(run[at:])

    @cached_property
    def verb(self) -> Word | None:
        """The verb that governs the number: the last in front of it, else the first behind its noun."""
        ahead = [word for i, word in enumerate(self.left) if word.is_verb and not self._is_adjective(i)]
        behind = [word for word in self.complement if word.is_verb]
        found = (*reversed(ahead), *behind)
        return next((word for word in found if word.is_past), found[0] if found else None)

    @property
    def is_next_to_verb(self) -> bool:
        """Whether no other number stands between it and the verb in front of it."""
        at = next((i for i, word in enumerate(self.left) if word is self.verb), None)
        return at is not None and not any(word.stem[0].isdigit() for word in self.left[at:])

    def _is_adjective(self, at: int) -> bool:
        """Whether what looks like a verb stands in front of a noun: the "guided" of "512 guided walks"."""
        before = self.left[at - 1] if at else None
        behind = self.left[at + 1] if at + 1 < len(self.left) else None
        opened = before is not None and (before.stem[0].isdigit() or before.said in DETERMINERS)
        return opened and behind is not None and behind.is_content

    @cached_property
    def complement(self) -> tuple[Word, ...]:
        """The words behind the number and its noun, up to the first break or the next number."""
        behind = words_of(self.slots.clause[self.slots.end :])
        own = [word.stem for word in self.noun]
        run = [word.stem for word in behind]
        at = next((i + len(own) for i in range(len(run)) if own and run[i : i + len(own)] == own), 0)
        behind = behind[at:]
        end = next((i for i, word in enumerate(behind) if _ends(word, behind[i - 1] if i else None)), len(behind))
        return tuple(behind[: min(end, _LONGEST_COMPLEMENT)])

    @cached_property
    def telling(self) -> tuple[Word, ...]:
        """What tells it apart from other figures of its noun, what tells most first: verb, complement, what acts."""
        if self.is_labelled:
            own = {word.stem for word in self.noun}
            said = [word for part in reversed(self.labels) for word in words_of(part)]
            return _once(word for word in said if word.is_content and word.stem not in own)
        own = {word.stem for word in self.noun}
        found = [self.verb] if self.verb else []
        found += [word for word in self.complement if word.is_content]
        found += [word for word in reversed(self.left) if word.is_content]
        return _once(word for word in found if word.stem not in own)

    @cached_property
    def about(self) -> tuple[Word, ...]:
        """The words of its headings, the innermost first."""
        titles = [word for title in reversed(self.slots.titles) for word in words_of(title)]
        return _once(word for word in titles if word.is_content and word.stem not in TITLE_STEMS)

    @property
    def moment(self) -> tuple[str, int | None]:
        """When it holds: figures of one metric differ in it, or agree."""
        fact = self.fact
        kind = "to date" if fact.period_type == "cumulative" else "part" if fact.period_type == "range" else "year"
        return (kind, fact.year) if kind != "part" else (f"{fact.period_start}-{fact.period_end}", fact.year)

    @property
    def interval(self) -> tuple[float, float]:
        """The least and the most that its words claim."""
        low, high = self.fact.value_low, self.fact.value_high
        return (
            float(low) if low is not None else float("-inf"),
            float(high) if high is not None else float("inf"),
        )

    def agrees_with(self, other: "Figure") -> bool:
        """Whether both may be the same value."""
        (low, high), (least, most) = self.interval, other.interval
        return low <= most and least <= high


def figures_of(reading: Reading, asked: Mapping[str, Slots]) -> list[Figure]:
    """The statistics of a reading, but for those that are aimed at; `asked`: what the metric of each was chosen by."""
    return [
        Figure(i, fact, with_noun(as_label(asked[fact.fact_id])), reading.passages[fact.passage_index])
        for i, fact in enumerate(reading.facts)
        if fact.fact_id in asked
    ]


def _of_what(behind: str) -> str:
    """What is measured, behind its unit: the " of shelter belts" of "212 hectares of shelter belts planted"."""
    run = words_of(behind)
    if not run or run[0].said != "of":
        return ""
    run = run[1:]
    end = next((i for i, word in enumerate(run) if word.is_verb or not word.is_content), len(run))
    return " ".join(["", "of", *(word.said for word in run[: min(end, _LONGEST_NOUN - 1)])]) if end else ""


def _ends(word: Word, before: Word | None) -> bool:
    """Whether what is said of a number ends in front of a word; "picked up" goes on."""
    if word.stem in ("up", "down"):
        return before is None or not before.is_verb
    return word.stem in BREAKS or word.stem[0].isdigit()


def is_time(part: str) -> bool:
    """Whether a label tells nothing but a time: "2022", "Year to June 2023"."""
    run = words_of(part)
    return bool(run) and all(
        _YEAR.fullmatch(word.said) or word.stem in _TIMES or word.said in PREPOSITIONS or word.stem[0].isdigit()
        or word.stem in BREAKS or word.stem in TIME_UNITS
        for word in run
    )  # fmt: skip


def is_total(part: str) -> bool:
    """Whether a label tells of all there were: "Total", "All guests"."""
    run = words_of(part)
    return bool(run) and (run[0].stem in _TOTAL or run[-1].stem in _TOTAL)


def _once(found: Iterable[Word]) -> tuple[Word, ...]:
    by_stem: dict[str, Word] = {}
    for word in found:
        by_stem.setdefault(word.stem, word)
    return tuple(by_stem.values())


def verb_forms(word: Word) -> tuple[str, ...]:
    """How a verb may also stand: every form of an irregular one, the stem of a regular one with its ending open."""
    for verb in verbs.ALL:
        if word.said in verb.forms:
            if all(form.endswith("ed") for form in verb.past):
                break
            return tuple(dict.fromkeys((*verb.past, *verb.participle, verb.base)))
    base = word.said.removesuffix("ed") if word.said.endswith("ed") else ""
    if len(base) < 4 or (base[-1] == base[-2] and base[-1] not in "sl"):
        return (word.said,)
    return (f"{base}*",)


def shared(figures: Sequence[Figure]) -> list[Word]:
    """The telling words that all of them have, in the order of the first."""
    others = [{word.root for word in figure.telling} for figure in figures[1:]]
    return [word for word in figures[0].telling if all(word.root in other for other in others)]
