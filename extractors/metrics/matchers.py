"""The wordings of a source card made ready for quick matching: terms as strings to look for, found by head noun.

Here: the compiled form and its index. What a wording may say stands in `card`, how it is applied in `mapping`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.metrics.stemming import BREAKS, PLAIN_STEMS, TITLE_STEMS, Terms, Text, needle, needle_words, stems
from extractors.metrics.worded import Reach, Worded, Wording

if TYPE_CHECKING:
    from extractors.metrics.card import SourceCard

_COUNT_KINDS = frozenset({"count", "change", "change_percent", "multiplier"})
_KINDS = {
    "flow": _COUNT_KINDS,
    "stock": _COUNT_KINDS,
    "share": frozenset({"percent", "ratio"}),
    "average": frozenset({"count", "change_percent", "multiplier"}),
}
_REACH: dict[Reach, int] = {"clause": 4, "sentence": 3, "before": 2, "page": 1}


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension's members, and the terms that name them, longest first, each with its member."""

    name: str
    members: frozenset[str]
    terms: tuple[tuple[str, str], ...]
    first_words: frozenset[str]

    def named_in(self, place: Text) -> list[tuple[int, int, str]]:
        """Start, end and member of each mention in `place`; within a longer term no shorter one counts."""
        hits: list[tuple[int, int, str]] = []
        if self.first_words.isdisjoint(place.words):
            return hits
        text = place.text
        for term, member in self.terms:
            at = text.find(term)
            if at >= 0:
                hits.append((at, at + len(term), member))
                text = text.replace(term, " " + "\0" * (len(term) - 2) + " ")
        return hits


@dataclass(frozen=True, slots=True, eq=False)
class Matcher:
    """One wording; beside the words of each `about` the least weight of the place they may stand in; `strangers` and
    `forbidden`: the marks of `others` and `forbid`."""

    name: str
    metric: str
    averages: bool
    kinds: frozenset[str]
    periods: frozenset[str]
    heads: tuple[str, ...]
    says: tuple[Terms, ...]
    about: tuple[tuple[Terms, int], ...]
    needs: int
    """The marks (`MatcherIndex.marks`) that a text must bear for all of says and about to stand in it."""
    strangers: int
    forbidden: int
    forbid: Terms
    others: Terms
    unless: Terms | None
    not_before: Terms | None
    allowed: frozenset[str]
    allowed_stems: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    members: str
    member_words: frozenset[str]
    """The words that only tell members apart."""
    tells_members: frozenset[str]
    """Those, and the numbers it knows: the ages of "young adults (18 to 20)"."""
    member_nouns: frozenset[str]
    """Words that only tell members apart and end the name of a member: the "abduction" of "family abduction"."""
    asks: frozenset[str]
    """The words of its `counts`, `says` and `about`."""
    part: bool
    labelled: bool | None
    own_words: frozenset[str]
    """The words of the organisation's names."""

    def knows(self, word: str) -> bool:
        """Whether `word`, a stem, leaves the extent of this wording's count as it is."""
        return word in self.allowed or word.startswith(self.allowed_stems)

    def asks_for(self, word: str) -> bool:
        """Whether `word`, a stem, stands in what the wording counts or asks for."""
        return word in self.asks or any(terms.stand_in(Text.of((word,))) for terms in self.says)


@dataclass(frozen=True, slots=True, eq=False)
class MatcherIndex:
    """All wordings of a card: by the last word of what they count, and those that count nothing (shares)."""

    by_head: dict[str, tuple[Matcher, ...]]
    headless: tuple[Matcher, ...]
    kinds: frozenset[str]
    own: Terms
    full_names: tuple[str, ...]
    first_words: dict[str, int]
    first_stems: dict[str, int]
    """The marks of the groups that have a term that begins with this word, with a word that begins so."""
    name_words: frozenset[str]
    name_stems: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    """Those of all metrics."""
    programs: tuple[tuple[str, frozenset[str]], ...]
    """The names of programmes as strings to look for, each with its words."""
    titles: frozenset[str]
    """The words of what the card's metrics, programmes and organisation are called."""
    vocabulary: frozenset[str]
    """Those, and the words of what its metrics count and ask for."""

    def names(self, word: str) -> bool:
        """Whether a stem stands in the names of the organisation, or in what a wording asks for."""
        return word in self.name_words or word.startswith(self.name_stems)

    def hears_of(self, word: str) -> bool:
        """Whether a stem stands in anything that the card's metrics are called, count or ask for."""
        return word in self.vocabulary or word.startswith(self.name_stems)

    def marks(self, text_words: Iterable[str]) -> int:
        """A bit for each group of terms of which one may stand in a text of these words."""
        marks = 0
        for word in text_words:
            marks |= _marks_of(self, word)
        return marks


@lru_cache(maxsize=65536)
def _marks_of(index: MatcherIndex, word: str) -> int:
    marks = index.first_words.get(word, 0)
    for end in range(1, len(word) + 1):
        marks |= index.first_stems.get(word[:end], 0)
    return marks


def compile_matchers(card: "SourceCard") -> MatcherIndex:
    """The index of the card's wordings."""
    by_head: dict[str, list[Matcher]] = {}
    headless: list[Matcher] = []
    groups: dict[Terms, int] = {}
    for slug, worded in card.worded.items():
        for number, wording in enumerate(worded.wordings):
            compiled = _compile(f"{slug}[{number}]", slug, worded, wording, card, groups)
            triggers = {head.split()[-1] for head in compiled.heads}
            for trigger in triggers:
                by_head.setdefault(trigger, []).append(compiled)
            if not triggers:
                headless.append(compiled)
    wordings = [wording for worded in card.worded.values() for wording in worded.wordings]
    asked = [term for one in wordings for group in (*one.says, *(words for _, words in one.about)) for term in group]
    asked += [*card.words.own, *card.words.neutral]
    return MatcherIndex(
        by_head={trigger: tuple(matchers) for trigger, matchers in by_head.items()},
        headless=tuple(headless),
        kinds=frozenset().union(*(wording.kinds for matchers in (*by_head.values(), headless) for wording in matchers)),
        own=Terms.of(card.words.own),
        full_names=tuple(name for name in map(needle, card.words.own) if len(name.split()) > 1),
        first_words=_marked((mark, terms.first_words()) for terms, mark in groups.items()),
        first_stems=_marked((mark, terms.first_stems()) for terms, mark in groups.items()),
        name_words=frozenset(word for term in asked if not term.endswith("*") for word in needle(term).split()),
        name_stems=tuple({needle(term).split()[-1] for term in asked if term.endswith("*")}),
        dimensions=tuple(
            {
                one: None
                for matchers in (*by_head.values(), headless)
                for wording in matchers
                for one in wording.dimensions
            }
        ),
        programs=tuple((needle(name), frozenset(needle_words(name))) for name in card.words.programs),
        titles=_titles(card),
        vocabulary=_titles(card) | _vocabulary(card, asked),
    )


def _titles(card: "SourceCard") -> frozenset[str]:
    terms = [*card.words.own, *card.words.neutral, *card.words.programs]
    for metric in card.metrics.values():
        terms += [metric.label, metric.unit, metric.description]
    return frozenset(stem for term in terms for stem in stems(term))


def _vocabulary(card: "SourceCard", asked: list[str]) -> frozenset[str]:
    terms = [*asked]
    for worded in card.worded.values():
        terms += [term for wording in worded.wordings for term in wording.counts]
        terms += [term for members in worded.dimensions.values() for names in members.values() for term in names]
    return frozenset(stem for term in terms for stem in stems(term))


def _marked(groups: Iterable[tuple[int, frozenset[str]]]) -> dict[str, int]:
    marks: dict[str, int] = {}
    for mark, beginnings in groups:
        for beginning in beginnings:
            marks[beginning] = marks.get(beginning, 0) | mark
    return marks


def _compile(
    name: str, slug: str, worded: Worded, wording: Wording, card: "SourceCard", groups: dict[Terms, int]
) -> Matcher:
    members = [terms for dimension in worded.dimensions.values() for terms in dimension.values()]
    members.append(tuple(name.replace("_", " ") for name in worded.dimensions))
    asked = [wording.counts, *wording.says, *(words for _, words in wording.about)]
    known = [worded.only, wording.only, card.words.neutral, *asked]
    member_words = frozenset(word for terms in members for term in terms for word in needle_words(term)) - BREAKS
    if worded.dimensions:
        member_words -= PLAIN_STEMS.union(*(needle_words(term) for terms in known for term in terms))
    if wording.members != "none":
        known += members
    words = [term for terms in known for term in terms]
    closed = [w for w in words if not w.endswith("*")] + [w.rpartition(" ")[0] for w in words if w.endswith("*")]
    allowed = PLAIN_STEMS.union(*map(needle_words, closed))
    names = tuple(name for name in card.words.others if not allowed.issuperset(needle_words(name)))
    single_names = [name for name in map(needle_words, card.words.own) if len(name) == 1]
    says = tuple(map(Terms.of, wording.says))
    about = tuple((Terms.of(words), _REACH[reach]) for reach, words in wording.about)
    needed = (*says, *(terms for terms, _ in about))
    others = Terms.of(names)
    forbid = Terms.of(wording.forbid)
    for terms in (*needed, others, forbid):
        groups.setdefault(terms, 1 << len(groups))
    return Matcher(
        name=name,
        metric=slug,
        averages=card.metrics[slug].measure == "average",
        kinds=frozenset(wording.kinds) or _KINDS[card.metrics[slug].measure],
        periods=frozenset(wording.period),
        heads=tuple(needle(term) for term in wording.counts),
        says=says,
        about=about,
        needs=sum({groups[terms] for terms in needed}),
        strangers=groups[others],
        forbidden=groups[forbid],
        forbid=forbid,
        others=others,
        unless=Terms.of(wording.unless) if wording.unless else None,
        not_before=Terms.of(wording.not_before) if wording.not_before else None,
        allowed=allowed.union(*single_names),
        allowed_stems=tuple({needle_words(w)[-1] for w in words if w.endswith("*")}),
        dimensions=tuple(_dimension(dimension, values) for dimension, values in worded.dimensions.items()),
        members=wording.members,
        member_words=member_words,
        tells_members=member_words.union(word for word in allowed if word.isdigit()),
        member_nouns=member_words.intersection(needle_words(t)[-1] for terms in members for t in terms) - TITLE_STEMS,
        asks=frozenset(word for terms in asked for term in terms if " and " not in term for word in needle_words(term)),
        part=wording.part,
        labelled=wording.labelled,
        own_words=frozenset(word for name in card.words.own for word in needle_words(name)),
    )


def _dimension(name: str, values: Mapping[str, tuple[str, ...]]) -> Dimension:
    terms = [(needle(term), member) for member, given in values.items() for term in given]
    first_words = frozenset(term.split()[0] for term, _ in terms)
    return Dimension(name, frozenset(values), tuple(sorted(terms, key=lambda t: -len(t[0]))), first_words)
