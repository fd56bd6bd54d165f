"""Which members of a metric's dimensions a statistic names: "reports from the public", "49 million images".

Here: looking for a dimension's terms in the places around one number, nearest first, and telling a member apart from a
part of it ("foreign providers") and from all members in a row ("the public and providers"), which is the total.
"""

from itertools import pairwise

from extractors.language import numerals
from extractors.language.lexicon import words
from extractors.metrics.cutting import behind_number, is_number, since_number
from extractors.metrics.evidence import View
from extractors.metrics.matchers import Dimension, Matcher
from extractors.metrics.stemming import BREAKS, Text, normal

_TOTALS = (("total",), ("all",), ("overall",), ("grand",), ("sum",))
_SCALES = words("thousand million billion")
_TURNS = ("way ", "hand ", "direction ", "side ")
_SMALL = frozenset((*numerals.SMALL, "some"))


def named_members(matcher: Matcher, view: View) -> dict[str, str] | None:
    """The members named, nearest place first; None when two of one dimension are, or none where some must be."""
    named: dict[str, str] = {}
    if matcher.members == "none":
        return named
    for dimension in matcher.dimensions:
        if "respectively" in view.sentence.words:
            member = _member_in_turn(dimension, view)
            if member is None:
                return None
            named[dimension.name] = member
            continue
        total = False
        for text in _member_places(view):
            hits = sorted(hit for hit in dimension.named_in(text) if not _in_idiom(hit, text.text))
            members = {member for _, _, member in hits}
            if len(members) > 1 and not (total or _in_one_breath(dimension, hits, text.text)):
                return None
            if len(members) == 1 and not _unmodified(matcher, hits, text.text, view):
                return None
            if len(members) == 1:
                named[dimension.name] = hits[0][2]
            if hits:
                break
            total = total or text.run[:1] in _TOTALS
    if not named and (matcher.members == "some" or not _parts_unnamed(matcher, view)):
        return None
    return named


def _member_in_turn(dimension: Dimension, view: View) -> str | None:
    """The member that "respectively" gives this number: as many are named as there are numbers, in the same order."""
    numbers = [word for word in view.sentence.run if is_number(word)]
    members = [member for _, _, member in sorted(dimension.named_in(view.sentence))]
    if len(members) != len(numbers) or dimension.named_in(view.unit):
        return None
    place = sum(map(is_number, view.antecedent.run))
    return members[place] if place < len(members) else None


def _parts_unnamed(matcher: Matcher, view: View) -> bool:
    """Whether no word that only tells members apart stands in the noun or the row's label: "relatives" of "cases"."""
    label = view.labels.text.rpartition("|")[2].partition(" in which ")[0]
    return matcher.member_words.isdisjoint((*(() if view.bare else view.unit.run), *label.split()))


def _member_places(view: View) -> list[Text]:
    if view.labels.run:
        parts = [normal(part.partition(" in which ")[0]) for part in view.labels.text.split("|")]
        return [*reversed(parts), view.caption]
    if view.base:
        return [view.unit]
    if view.elided:
        return [view.near, view.just_before, view.phrase, view.said_before]
    if view.aside:
        return [view.near, Text.of(since_number(_without_number(view.antecedent.run)))]
    if view.leans and not view.unit.run:  # "302,000 came from the public, more than double the figure of 2019"
        return [view.near, Text.of(behind_number(view.antecedent.run))]
    return [view.listed, view.unit, view.phrase, view.nearest_words, view.near]


def _without_number(run: tuple[str, ...]) -> list[str]:
    """`run` without the number and the bracket at its end: "runaways 25,430 (" of "runaways: 25,430 (92%)"."""
    end = len(run)
    while end and (run[end - 1] in BREAKS or is_number(run[end - 1]) or run[end - 1] in _SCALES):
        end -= 1
    return list(run[:end])


def _in_idiom(hit: tuple[int, int, str], text: str) -> bool:
    """Whether the word names no member at all: "went the other way", "on the other hand"."""
    return text[hit[0] : hit[1]] == " other " and text.startswith(_TURNS, hit[1])


def _in_one_breath(dimension: Dimension, hits: list[tuple[int, int, str]], text: str) -> bool:
    """Whether all members are named in a row ("the public and providers"): then the total is meant."""
    if {member for _, _, member in hits} != dimension.members:
        return False
    gaps = [text[a[1] : b[0]] for a, b in pairwise(sorted(hits))]
    return all(set(gap.split()) <= {",", "and", "from", "by", "file"} for gap in gaps)


def _unmodified(matcher: Matcher, hits: list[tuple[int, int, str]], text: str, view: View) -> bool:
    """Whether the member stands for all of its kind and alone: not "foreign providers" or "police and providers"."""
    ahead, behind = text[: hits[0][0]].split(), text[hits[-1][1] :].split()
    if view.labels.run:
        return True
    if behind[:1] == ["and"] or (ahead[-1:] == ["and"] and len(ahead) > 1 and ahead[-2] not in BREAKS):
        return False
    return not ahead or ahead[-1] in BREAKS or (ahead[-1] not in _SMALL and matcher.knows(ahead[-1]))
