"""Which wordings of a card a statistic may be stated in: those whose counted noun it counts.

Here: what a number counts, as far as its words tell, and the wordings for that. What else must be said for them, and
what speaks against them, stand in `weighing` and `vetoes`.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from extractors.language.lexicon import words
from extractors.metrics.evidence import View
from extractors.metrics.matchers import Matcher, MatcherIndex
from extractors.metrics.slots import Slots
from extractors.metrics.stemming import Text, normal, noun_phrase

_AMOUNTS = words(
    "number total volume amount count increase rise decrease drop growth jump surge decline spike fall time half "
    "type kind category source origin answer response"
)
_OF = words("of")
_COMPLEMENTING = words("of in to from with by for on about")
_SORTED_BY = re.compile(r"\bby (?:number|volume|amount|count) of\b")
_VERBAL = re.compile(
    r"(?:indicates?|shows?|says?|reports?|tells? us) that\b|(?:appear|occur|remain|belong|live|work)\b|"
    r"[a-z]+ (?:the|our|its) (?:grand |running )?total to\b"
)
"""A phrase that begins with a verb: "indicates that", "appear in", "brings the total to"."""
_UNCOUNTED = ((), ("percent",), ("time",))
Named = tuple[Matcher, str]
"""A wording with the counted noun found, "" for a share."""


def candidates(slots: Slots, view: View, index: MatcherIndex) -> list[Named]:
    """Wordings for this kind of number, each with the counted noun found ("" for a share)."""
    if slots.kind in ("percent", "ratio"):
        named = [(matcher, "") for matcher in index.headless]
    elif slots.kind == "count" and not view.bare and view.unit.run not in _UNCOUNTED:
        named = _by_head(index, _nouns(slots)) or _by_full_name(view, index)
    else:
        named = _by_mention(slots, view, index)
    return fitting(named, slots, view)


def fitting(named: list[Named], slots: Slots, view: View) -> list[Named]:
    """Those for the statistic's kind, rate and period, and for a value that only labels name, or for prose."""
    in_prose = not view.bare
    averaged = slots.aggregation not in (None, "each_year")
    return [
        (matcher, head)
        for matcher, head in named
        if slots.kind in matcher.kinds
        and matcher.averages == averaged
        and matcher.labelled is not in_prose
        and (not matcher.periods or slots.period_type in matcher.periods)
    ]


def counts_a_stranger(slots: Slots, index: MatcherIndex) -> bool:
    """Whether a count in prose names what it counts, and no wording counts that."""
    if slots.kind != "count" or slots.labels or not slots.unit or slots.unit == "times" or not names_its_noun(slots):
        return False
    return not (_by_head(index, _nouns(slots)) or index.by_head.keys() & normal(slots.phrase).words)


def names_its_noun(slots: Slots) -> bool:
    """Whether the clause holds the counted noun, and no verb was taken for it."""
    return slots.has_own_noun and not _VERBAL.match(slots.phrase)


def _nouns(slots: Slots) -> frozenset[tuple[str, ...]]:
    """What is counted, without and with the words in front of it."""
    upto, unit, _ = slots.phrase.partition(slots.unit)
    if not unit:
        return frozenset((normal(slots.unit).run,))
    return frozenset((noun_phrase(normal(slots.unit).run), noun_phrase(normal(upto + unit).run)))


@lru_cache(maxsize=4096)
def _by_head(index: MatcherIndex, nouns: frozenset[tuple[str, ...]]) -> list[Named]:
    """Wordings whose counted noun ends one of `nouns`, with the longest that does."""
    heads: dict[str, Named] = {}
    for noun in filter(None, nouns):  # a noun in letters beyond a to z leaves nothing to compare
        text = f" {' '.join(noun)} "
        for matcher in index.by_head.get(noun[-1], ()):
            for head in matcher.heads:
                if text.endswith(head) and (matcher.name not in heads or len(head) > len(heads[matcher.name][1])):
                    heads[matcher.name] = (matcher, head)
    return list(heads.values())


def _by_full_name(view: View, index: MatcherIndex) -> list[Named]:
    """Wordings for the noun that the sentence has in full and the number in short: "attempted abductions fell: 379"."""
    ahead = view.unit.run[-1:] and view.unit.run[-1] not in view.near_right
    matchers = index.by_head.get(view.unit.run[-1], ()) if ahead else ()
    text = view.antecedent.text
    return [(matcher, head) for matcher in matchers for head in matcher.heads if head in text]


def _by_mention(slots: Slots, view: View, index: MatcherIndex) -> list[Named]:
    """Wordings whose counted noun stands in the nearest place that names any: what grows or falls, a label."""
    if view.bare:
        labelled = {matcher.name: (matcher, head) for matcher, head in named_in(index, view.labels)}
        counted = noun_phrase(view.caption.run)  # the files of "files in reports"
        cut = counted != view.caption.run and bool(named_in(index, Text.of(counted)))
        caption = counted if cut else view.caption.run
        beyond = named_in(index, Text.of([*view.labels.run, "|", *caption]))
        candidates = {**{matcher.name: (matcher, head) for matcher, head in beyond}, **labelled}.values()
        return _not_behind(candidates, view)
    for run in (
        view.phrase.run,
        view.near_right,
        view.near_left,
        view.left,
        view.labels.run,
        normal(slots.sentence).run,
    ):
        named = named_in(index, Text.of(run))
        if named:
            return named
    return named_in(index, normal(slots.before))


def _not_behind(named: Iterable[Named], view: View) -> list[Named]:
    """Those of which a label does not count something else, and is only told: "Countries to which reports went"."""
    counted = f" {view.unit.run[-1]} " if view.unit.run else ""
    at = view.labels.text.find(counted) if counted else -1
    if at < 0:
        return list(named)
    return [
        (matcher, head)
        for matcher, head in named
        if at >= view.labels.text.find(head) or any(other.endswith(counted) for other in matcher.heads)
    ]


def named_in(index: MatcherIndex, text: Text) -> list[Named]:
    """Wordings whose counted noun stands in a text, those first whose noun is no complement there."""
    found: dict[tuple[str, ...], str] = {}  # many wordings count the same
    named = []
    for word in text.words & index.by_head.keys():
        for matcher in index.by_head[word]:
            head = found.get(matcher.heads)
            if head is None:
                head = found[matcher.heads] = _found_in(matcher.heads, text.text)
            if head:
                named.append((matcher, head))
    subjects = {head for head in found.values() if head and _is_subject(head, text.text, _COMPLEMENTING)}
    return [(matcher, head) for matcher, head in named if head in subjects] or named


def _found_in(heads: tuple[str, ...], text: str) -> str:
    """The longest of some counted nouns that stands for itself in a text, else the longest there; "" for none."""
    here = [head for head in heads if head in text and _is_subject(head, text, _OF)]
    if not here:
        return ""
    return max([head for head in here if _is_subject(head, text, _COMPLEMENTING)] or here, key=len)


@lru_cache(maxsize=8192)
def _is_subject(head: str, text: str, prepositions: frozenset[str]) -> bool:
    """Whether `head` stands for itself and not in a complement: "videos", not the videos of "reports of videos".

    An amount of it stands for it ("the number of reports"), unless others are sorted so ("by number of reports").
    """
    at = text.find(head)
    while at >= 0:
        before = text[:at].split()
        if _SORTED_BY.search(" ".join(before[-6:])):
            return False
        if len(before) < 2 or before[-1] not in prepositions or before[-2] in _AMOUNTS:
            return True
        at = text.find(head, at + 1)
    return False
