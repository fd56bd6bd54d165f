"""What a statistic leaves to the text around it, put into its slots before they are weighed.

Here: a line "Label: 4,200" as a value with its label; the noun that an item of a list takes up from the item before; a
phrase carried over too far. What the slots then mean is `mapping`'s business.
"""

import re

from extractors.metrics.evidence import last_sentences
from extractors.metrics.slots import Counted, Slots

_ITEM = re.compile(r"\W*(?:(?:about|over|nearly|almost|some|around|more than|fewer than|another|the other) )*")
_GOES_ON = re.compile(r" (?:(?:of them|more) )?(?:came|were|was|are|had|have|went|concerned|involved|related|told)\b")
_ITEM_BEFORE = re.compile(
    r"\W*(?:[a-z]+ ){0,3}\d[\d,.]*(?: million| billion)? (?P<noun>[a-z]+s) "
    r"(?:came|were|was|are|had|have|went|concerned|involved|related|told|from|about|by|of)\b"
)
"""One item of a list that counts something, and what the next takes up."""
_LABELLED = re.compile(r"(?P<label>[^.!?]*?[a-z][^.!?]*?)\s*:\s*(?:over |about |nearly |more than |less than |<|>|~)?")
_WIDEST_LABEL = 90


def as_label(slots: Slots) -> Slots:
    """A line "Label: 4,200" as a value with that label."""
    if slots.labels or not 0 < slots.start <= _WIDEST_LABEL or any(map(str.isalpha, slots.clause[slots.end :])):
        return slots
    named = _LABELLED.fullmatch(slots.clause[: slots.start])
    if named is None:
        return slots
    value = slots.clause[slots.start :]
    return slots._replace(
        labels=named["label"], clause=value, sentence=value, start=0, end=slots.end - slots.start, clause_at=0
    )


def _without_stale(slots: Slots) -> Slots:
    """Without the phrase carried over to a number that has no noun, where the sentence before does not hold it."""
    if slots.counted is None or slots.has_own_noun or not slots.phrase or slots.phrase in slots.sentence:
        return slots
    last = last_sentences(slots.so_far).rpartition(". ")[2]
    stale = last and slots.phrase not in last
    return slots._replace(counted=slots.counted._replace(phrase="")) if stale else slots


def _going_on_with_list(slots: Slots) -> Slots:
    """With the noun of the item before where an item has none: "900 calls came by day"; "40 came at night"."""
    if slots.counted or slots.kind != "count" or slots.labels or slots.so_far or not slots.earlier:
        return slots
    verb = _ITEM.fullmatch(slots.clause, 0, slots.start) and _GOES_ON.match(slots.clause, slots.end)
    before = _ITEM_BEFORE.match(slots.earlier) if verb else None
    return slots._replace(counted=Counted(before["noun"], before["noun"], "carried")) if before else slots


def with_noun(slots: Slots) -> Slots:
    """The slots of a number that has no noun of its own with the one that the text gives it; others as they are."""
    return _without_stale(_going_on_with_list(slots))
