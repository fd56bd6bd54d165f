"""Which metric of a source card a statistic states, and for which members of its dimensions; or none.

Here: how a card's wordings are weighed against what the parser knows of one statistic. No metric is known here.

A wording applies when the counted noun is one of its `counts`, every `says` group has a term in the statistic's own
clause or labels, every `about` group a term within reach, nothing forbidden stands there, and nothing narrows the count
to a part the wording does not know (`narrowing`). Each group weighs what the nearest place that holds one of its terms
weighs (phrase 6, between the neighbouring numbers 5, clause or labels 4, sentence 3, sentence before 2, heading or
passage before 1), the counted noun two for each of its words. The heaviest wins; a tie of two metrics goes to neither.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.language.lexicon import words
from extractors.metrics.completing import as_label, with_noun
from extractors.metrics.evidence import View, last_sentences
from extractors.metrics.headings import told_by_headings
from extractors.metrics.matchers import Matcher, MatcherIndex
from extractors.metrics.members import named_members
from extractors.metrics.narrowing import counts_all
from extractors.metrics.slots import Assignment, Slots
from extractors.metrics.stemming import Text, normal, noun_phrase
from extractors.metrics.strangers import (
    is_intended,
    is_limit_of_a_class,
    is_possible_only,
    speaks_of_another,
)
from extractors.metrics.weighing import is_ruled_out, is_shared, weigh

if TYPE_CHECKING:
    from extractors.metrics.card import SourceCard


_AMOUNTS = words(
    "number total volume amount count increase rise decrease drop growth jump surge decline spike fall time half "
    "type kind category source origin answer response"
)
_OF = words("of")
_COMPLEMENTING = words("of in to from with by for on about")
_SORTED_BY = re.compile(r"\bby (?:number|volume|amount|count) of\b")
_MAKING = re.compile(
    r"\b(?:made|filed|sent|sent in|submitted|contributed|gave|supplied|generated|provided|account(?:ed)? for)"
    r"(?: the| another| further| other| remaining| about| some| nearly| almost| over| more than| around| roughly)*\s*\Z"
)
"""Who made what is counted, rather than what is counted, stands before such a verb."""
_VERBAL = re.compile(
    r"(?:indicates?|shows?|says?|reports?|tells? us) that\b|(?:appear|occur|remain|belong|live|work)\b|"
    r"[a-z]+ (?:the|our|its) (?:grand |running )?total to\b"
)
"""A phrase that begins with a verb: "indicates that", "appear in", "brings the total to"."""
_SUM_OF_BOTH = re.compile(
    r"\b(?:that|this|which) (?:brings|brought) (?:the|our|its) (?:grand |running |overall )?total to\b"
)
"""With such words a number takes up the whole of what the sentence before counts."""
_TO_DO = re.compile(r"\W*(?:and |or )?to [a-z]+ ")
"""So a second infinitive goes on: "we plan to offer 15 courses and to reach 2 million"."""
_AND_OTHER = re.compile(
    r" (?:[a-z][\w-]*(?: [a-z][\w-]*)?,? ){1,4}and (?:other|allied|related) (?:[\w-]+ )??(?P<noun>[a-z][\w-]+s)\b"
)
"""What a list ends on counts all of it: "police, prosecutors and other professionals"."""
_RATE = re.compile(
    r"[^\d|]*\b(?:(?:per|an?|each|every) (?:minute|hour|day|week|month)|daily|hourly|weekly|monthly|average)\b[^\d|]*"
)
"""A label that tells of a rate; a note with a figure of its own ("272 a day") is not this number's."""
_IN_ONE = re.compile(r"[^.;,]{0,40}\b(?:in|on) (?:one|a single|a|any) (?:day|night|week|weekend|month|hour)\b")
"""A peak: "300 calls in one day"."""
_UNCOUNTED = ((), ("percent",), ("time",))
_Candidate = tuple[Matcher, str]


def assign(slots: Slots, card: "SourceCard") -> Assignment:
    """The metric this statistic states, by its most specific wording; none when none applies or two metrics tie."""
    index = card.matchers
    slots = as_label(slots)
    if slots.aggregation is None and any(map(_RATE.fullmatch, slots.labels.split(" | "))):
        slots = replace(slots, aggregation="rate")
    if slots.kind not in index.kinds or _counts_a_stranger(slots, index):
        return Assignment(None, {}, "no rule")
    slots = with_noun(slots)
    view = View(slots, index)
    if not slots.labels and (
        (slots.kind == "count" and slots.value == 1)  # "companies that sent at least one report"
        or is_possible_only(slots.clause, slots.start, slots.end)
        or is_limit_of_a_class(slots.clause, slots.start, slots.end)
        or _IN_ONE.match(slots.clause, max(slots.end, 0))
        or is_intended(*_told_so_far(slots, view))
        or (not view.ours and speaks_of_another(slots.sentence, *_told_so_far(slots, view)))
    ):
        return Assignment(None, {}, "no rule")
    best = _best(_candidates(slots, view, index), slots, view)
    borrows = slots.kind == "count" and slots.unit and not view.bare and not _names_its_noun(slots)
    if not best and borrows and not view.of_them:
        best = _said_of_another(slots, index)
    if not best:
        return Assignment(None, {}, "no rule")
    if view.bare and len(best) > 1:
        best = _innermost(best, view)
    matcher, dimensions = min(best, key=lambda one: one[0].name)  # in whatever order a set gave them
    unnamed = matcher.heads and not any(head in view.sentence.text for head in matcher.heads)
    if slots.follows_unmapped and (unnamed or view.takes_up) and not slots.labels:
        return Assignment(None, {}, "as the one before")
    if any(other.metric != matcher.metric or d != dimensions for other, d in best):
        return Assignment(None, {}, "tie: " + ", ".join(sorted({r.name for r, _ in best})))
    if "and" in view.left and any(is_shared(terms, matcher, view.left) for terms in matcher.about):
        return Assignment(None, {}, "sum of several")
    told = told_by_headings(matcher, dimensions, slots, view, index)
    return Assignment(None, {}, "part of a heading") if told is None else Assignment(matcher.metric, told, matcher.name)


def _told_so_far(slots: Slots, view: View) -> tuple[str, int]:
    """The clause and where its number stands; the sentence, of a clause that leans on it or goes on with it."""
    goes_on = view.leans or _TO_DO.match(slots.clause)
    at = slots.sentence.find(slots.clause) if goes_on and slots.start >= 0 else -1
    return (slots.sentence, at + slots.start) if at >= 0 else (slots.clause, slots.start)


def _counts_a_stranger(slots: Slots, index: MatcherIndex) -> bool:
    """Whether a count in prose names what it counts, and no wording counts that."""
    if slots.kind != "count" or slots.labels or not slots.unit or slots.unit == "times" or not _names_its_noun(slots):
        return False
    return not (_by_head(index, _nouns(slots)) or index.by_head.keys() & normal(slots.phrase).words)


def _innermost(best: list[tuple[Matcher, dict[str, str]]], view: View) -> list[tuple[Matcher, dict[str, str]]]:
    """Of wordings that weigh the same those whose counted noun comes first in the innermost label that names any."""
    for text in (f" {part.strip()} " for part in reversed(view.labels.text.split("|"))):
        places = [
            min((text.index(head) for head in matcher.heads if head in text), default=len(text)) for matcher, _ in best
        ]
        if min(places) < len(text):
            return [one for one, at in zip(best, places, strict=True) if at == min(places)]
    return best


def _names_its_noun(slots: Slots) -> bool:
    """Whether the clause holds the counted noun: not one who made what is counted, nor a verb taken for a noun."""
    if slots.unit not in slots.clause:
        return False
    if _VERBAL.match(slots.phrase):
        return False
    return slots.unit in slots.clause[slots.start :] or not _MAKING.search(slots.clause, 0, max(slots.start, 0))


def _said_of_another(slots: Slots, index: MatcherIndex) -> list[tuple[Matcher, dict[str, str]]]:
    """For a number without a noun of its own, the wordings for any noun of the sentence that its clause speaks of.

    The noun carried over may be wrong: in "3,000 requests to find offenders; 400 were arrested" it is offenders. So may
    the one before the number be: in "31,000 reports came in; companies made 30,000" companies are who made them.
    """
    sums_up = bool(_SUM_OF_BOTH.search(slots.clause, 0, max(slots.start, 0)))
    so_far = slots.before if sums_up else last_sentences(slots.so_far) or slots.before
    slots = replace(slots, unit="", phrase="", before=so_far, so_far="" if sums_up else slots.so_far)
    view = View(slots, index)
    reach = 2 if sums_up else 4
    for text in (view.said, view.before):
        named = [(r, head) for r, head in _fitting(_named_in(index, text), slots) if r.says or r.members == "some"]
        best = _best([c for c in named if all(view.nearest(t, reach, c[0].knows) for t in c[0].says)], slots, view)
        if best:
            return best
    return []


def _best(named: list[_Candidate], slots: Slots, view: View) -> list[tuple[Matcher, dict[str, str]]]:
    """The wordings that apply with the greatest weight, with the members they name."""
    best: list[tuple[Matcher, dict[str, str]]] = []
    top = 1
    for matcher, head in named:
        score, far = weigh(matcher, head, view)
        if score < top:
            continue
        dimensions = named_members(matcher, view)
        if dimensions is None or not counts_all(matcher, head, bool(dimensions), slots, view):
            continue
        if far and any(_may_be_meant(other, matcher, view) for other, _ in named):
            continue
        best = [*best, (matcher, dimensions)] if score == top else [(matcher, dimensions)]
        top = score
    return best


def _may_be_meant(other: Matcher, matcher: Matcher, view: View) -> bool:
    """Whether the words around speak of a more special metric than the one whose evidence stands no nearer."""
    if other.metric == matcher.metric or not other.says or is_ruled_out(other, view):
        return False
    if matcher.says and all(view.nearest(terms, 4, matcher.knows) for terms in matcher.says):
        said = all(view.nearest(terms, 4, other.knows) for terms in other.says)
        return said and all(view.nearest(terms, other.reach, other.knows) for terms in other.about)
    title = view.titles[0] if view.titles else view.caption
    sentence = view.sentence if view.such else view.said_before  # what is told of a number behind is not told of this
    places = (view.phrase, view.near, view.labels, view.caption, sentence, view.before, title)
    said = all(any(terms.stand_in(place) for place in places) for terms in other.says)
    return said and all(view.nearest(terms, other.reach, other.knows) for terms in other.about)


def _nouns(slots: Slots) -> frozenset[tuple[str, ...]]:
    """What is counted, without and with the words in front of it."""
    upto, unit, _ = slots.phrase.partition(slots.unit)
    ends = slots.start >= 0 and slots.clause.find(" and ", slots.end) >= 0
    listed = _AND_OTHER.match(slots.clause, slots.end) if ends else None
    nouns = {normal(listed["noun"]).run} if listed else set()
    if not unit:
        return frozenset((normal(slots.unit).run, *nouns))
    return frozenset((noun_phrase(normal(slots.unit).run), noun_phrase(normal(upto + unit).run), *nouns))


def _candidates(slots: Slots, view: View, index: MatcherIndex) -> list[_Candidate]:
    """Wordings for this kind of number, each with the counted noun found ("" for a share)."""
    if slots.kind in ("percent", "ratio"):
        named = [(matcher, "") for matcher in index.headless]
    elif slots.kind == "count" and not view.bare and view.unit.run not in _UNCOUNTED:
        named = _by_head(index, _nouns(slots)) or _by_full_name(view, index)
    else:
        named = _by_mention(slots, view, index)
    return _fitting(named, slots)


def _fitting(named: list[_Candidate], slots: Slots) -> list[_Candidate]:
    averaged = slots.aggregation not in (None, "each_year")
    return [
        (matcher, head)
        for matcher, head in named
        if slots.kind in matcher.kinds
        and matcher.averages == averaged
        and (not matcher.periods or slots.period_type in matcher.periods)
    ]


@lru_cache(maxsize=4096)
def _by_head(index: MatcherIndex, nouns: frozenset[tuple[str, ...]]) -> list[_Candidate]:
    """Wordings whose counted noun ends one of `nouns`, with the longest that does."""
    heads: dict[str, _Candidate] = {}
    for noun in filter(None, nouns):  # a noun in letters beyond a to z leaves nothing to compare
        text = f" {' '.join(noun)} "
        for matcher in index.by_head.get(noun[-1], ()):
            for head in matcher.heads:
                if text.endswith(head) and (matcher.name not in heads or len(head) > len(heads[matcher.name][1])):
                    heads[matcher.name] = (matcher, head)
    return list(heads.values())


def _by_full_name(view: View, index: MatcherIndex) -> list[_Candidate]:
    """Wordings for the noun that the sentence has in full and the number in short: "attempted abductions fell: 379"."""
    ahead = view.unit.run[-1:] and view.unit.run[-1] not in view.near_right
    matchers = index.by_head.get(view.unit.run[-1], ()) if ahead else ()
    text = view.antecedent.text
    return [(matcher, head) for matcher in matchers for head in matcher.heads if head in text]


def _by_mention(slots: Slots, view: View, index: MatcherIndex) -> list[_Candidate]:
    """Wordings whose counted noun stands in the nearest place that names any: what grows or falls, a label."""
    if view.bare:
        labelled = {matcher.name: (matcher, head) for matcher, head in _named_in(index, view.labels)}
        counted = noun_phrase(view.caption.run)  # the files of "files in reports"
        cut = counted != view.caption.run and bool(_named_in(index, Text.of(counted)))
        caption = counted if cut else view.caption.run
        beyond = _named_in(index, Text.of([*view.labels.run, "|", *caption]))
        candidates = {**{matcher.name: (matcher, head) for matcher, head in beyond}, **labelled}.values()
        return [(matcher, head) for matcher, head in candidates if not _stands_behind(head, matcher, view)]
    for run in (
        view.phrase.run,
        view.near_right,
        view.near_left,
        view.left,
        view.labels.run,
        normal(slots.sentence).run,
    ):
        named = _named_in(index, Text.of(run))
        if named:
            return named
    return _named_in(index, normal(slots.before))


def _stands_behind(head: str, matcher: Matcher, view: View) -> bool:
    """Whether a label counts something else, of which `head` is only told: "Countries to which reports went"."""
    counted = f" {view.unit.run[-1]} " if view.unit.run else ""
    if not counted or any(other.endswith(counted) for other in matcher.heads):
        return False
    return -1 < view.labels.text.find(counted) < view.labels.text.find(head)


def _named_in(index: MatcherIndex, text: Text) -> list[_Candidate]:
    named = []
    for word in text.words & index.by_head.keys():
        for matcher in index.by_head[word]:
            heads = [head for head in matcher.heads if head in text.text and _is_subject(head, text.text, _OF)]
            subjects = [head for head in heads if _is_subject(head, text.text, _COMPLEMENTING)]
            if heads:
                named.append((matcher, max(subjects or heads, key=len)))
    return [(matcher, head) for matcher, head in named if _is_subject(head, text.text, _COMPLEMENTING)] or named


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
