"""Where the words stand that may speak for a metric: the places around one number, nearest first.

Here: cutting a clause at the number and at its neighbours, and weighing how near a term stands. What the evidence means
is `mapping`'s business.
"""

import re
from typing import TYPE_CHECKING

from extractors.lexicon import words
from extractors.rules import Needles
from extractors.wording import found, normal

if TYPE_CHECKING:
    from extractors.mapping import Slots

_NUMERAL = re.compile(r"(?<![\w.,-])(?!(?:19|20)\d\d(?![\d,.%]\d?))\d[\d,.]*%?(?: (?:million|billion|thousand))?")
_JOINT = re.compile(r"[,;:]| and | with | while ")
_HEDGE = re.compile(r"\b(?:most|mostly|majority|mainly|primarily|largely|predominantly|chiefly|vast)\b")
_LEANING = words(
    "and more less than over about nearly almost at least approximately around roughly some of as well also"
)


class View:
    """The places where evidence may stand, normalised.

    `left`, `right`: the clause on either side of the number, `near_left` and `near_right` only as far as the next
    numbers, all without the organisation's own names; `near`: both near sides; `leans`: the clause only continues a list
    ("and more than 180 countries"), so that its verb is the sentence's.
    """

    __slots__ = (
        "_far", "_zones", "clause", "labels", "leans", "left", "left_raw", "near", "near_left", "near_right", "phrase",
        "right_raw", "unit",
    )  # fmt: skip

    def __init__(self, slots: "Slots", own: Needles) -> None:
        """`own`: the organisation's names."""
        self.left_raw, self.right_raw = _split(slots)
        left_near, right_near = _near(self.left_raw, self.right_raw)
        hedge = _HEDGE.search(right_near)
        self.near = normal(f"{left_near} | {right_near[: hedge.start()] if hedge else right_near}")
        self.phrase = normal(slots.phrase)
        self.unit = normal(slots.unit)
        self.clause = normal(slots.clause)
        self.labels = normal(slots.labels)
        self.left = _without(normal(self.left_raw), own)
        self.near_left = _without(normal(left_near), own)
        self.near_right = _without(normal(right_near), own)
        self.leans = _LEANING.issuperset(self.near_left.split())
        self._zones = ((6, self.phrase), (5, self.near), (4, self.clause), (4, self.labels))
        self._far = ((3, slots.sentence), (2, slots.before), (1, slots.headings), (1, slots.earlier))

    def nearest(self, needles: Needles, reach: int) -> int:
        """The weight of the nearest place, of weight `reach` or more, that holds one of `needles`; 0 for none."""
        for weight, text in self._zones:
            if found(needles, text):
                return weight
        for weight, text in self._far:
            if weight < reach:
                return 0
            if found(needles, normal(text)):
                return weight
        return 0

    def in_clause(self, needles: Needles) -> bool:
        """Whether one of `needles` stands in the clause, the phrase or the labels."""
        return found(needles, self.clause) or found(needles, self.labels) or found(needles, self.phrase)

    def said_around(self, needles: Needles) -> bool:
        """Whether one of `needles` stands in the sentence or the one before."""
        return found(needles, normal(self._far[0][1])) or found(needles, normal(self._far[1][1]))


def _split(slots: "Slots") -> tuple[str, str]:
    """The clause left and right of the numeral."""
    if slots.start >= 0:
        return slots.clause[: slots.start], slots.clause[slots.end :]
    for mark in (f"{slots.value:,}", str(slots.value), slots.phrase):
        left, sep, right = slots.clause.partition(mark) if mark else ("", "", "")
        if sep:
            return left, (mark if mark == slots.phrase else "") + right
    return slots.clause, ""


def _near(left: str, right: str) -> tuple[str, str]:
    """What stands between the neighbouring numbers and this one, without the words that belong to the neighbours."""
    numerals = list(_NUMERAL.finditer(left))
    if numerals:
        left = left[numerals[-1].end() :]
        joints = list(_JOINT.finditer(left))
        left = left[joints[-1].start() :] if joints else left
    ahead = _NUMERAL.search(right)
    if ahead:
        right = right[: ahead.start()]
        joints = list(_JOINT.finditer(right))
        right = right[: joints[-1].start()] if joints else right
    return left, right


def _without(text: str, names: Needles) -> str:
    for name in names:
        if name in text:
            text = text.replace(name, " ")
    return text
