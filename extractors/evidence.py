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
_JOINT = re.compile(r"[,;:]| and | while | (?:for|to|with|bringing) (?:a|the|its|our) total\b")
_HEDGE = re.compile(r"\b(?:most|mostly|majority|mainly|primarily|largely|predominantly|chiefly|vast)\b")
_NAMING = re.compile(r"[a-z]{4,}")
_LEANING = words(
    "and more less than over about nearly almost at least approximately around roughly some of as well also"
)


class View:
    """The places where evidence may stand, normalised.

    `left`, `right`: the clause on either side of the number, `near_left` and `near_right` only as far as the next
    numbers, all without the organisation's own names; `near`: both near sides; `leans`: the clause only goes on with a
    list ("and more than 180 countries"), so that its verb is the sentence's; `caption`: the heading above a table or
    tile; `bare`: the value stands alone and only its labels name it; `elided`: what is counted was named before.
    """

    __slots__ = (
        "_far", "_zones", "bare", "caption", "clause", "elided", "labels", "leans", "left", "left_raw", "near",
        "near_left", "near_right", "phrase", "right_raw", "unit",
    )  # fmt: skip

    def __init__(self, slots: "Slots", own: Needles) -> None:
        """`own`: the organisation's names."""
        self.left_raw, self.right_raw = _split(slots)
        left_near, right_near = _near_left(self.left_raw), _near_right(self.right_raw)
        end = _NUMERAL.search(right_near) or _HEDGE.search(right_near)
        self.near = normal(f"{left_near} | {right_near[: end.start()] if end else right_near}")
        self.phrase = normal(_phrase_within(slots.phrase, slots.unit, right_near))
        self.unit = normal(slots.unit)
        self.clause = normal(slots.clause)
        self.labels = normal(slots.labels)
        self.caption = normal(slots.headings.rpartition("|")[2]) if slots.labels else " "
        self.bare = bool(slots.labels) and not _NAMING.search(f"{self.left_raw} {self.right_raw}")
        self.left = _without(normal(self.left_raw), own)
        self.near_left = _without(normal(left_near), own)
        self.near_right = _without(normal(right_near), own)
        self.elided = bool(slots.unit) and slots.unit not in slots.clause and not self.bare
        self.leans = self.elided or (len(self.near_left) > 2 and _LEANING.issuperset(self.near_left.split()))
        self._zones = ((6, self.phrase), (5, self.near), (4, self.clause), (4, self.labels), (4, self.caption))
        if self.elided:
            self._zones = (*self._zones[1:], (3, self.phrase))
        self._far = ((3, slots.sentence), (2, slots.before), (1, slots.headings), (1, slots.earlier))

    @property
    def listed(self) -> str:
        """The nouns listed right behind the number ("images, videos and other files"), when there are several."""
        run = self.near_right.split()
        listing = next((i for i, word in enumerate(run) if word in (",", "and")), len(run))
        return f" {' '.join(run[: listing + 6])} " if listing < 4 and listing < len(run) else " "

    @property
    def said_before(self) -> str:
        """The sentence, to where it speaks of most of something."""
        hedge = _HEDGE.search(self._far[0][1])
        return normal(self._far[0][1][: hedge.start()] if hedge else self._far[0][1])

    def nearest(self, needles: Needles, reach: int) -> int:
        """The weight of the nearest place, of weight `reach` or more, that holds one of `needles`; 0 for none."""
        for weight, text in self._zones:
            if weight >= reach and found(needles, text):
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
        """Whether one of `needles` stands in the sentence, the one before, or the heading above labels."""
        return (
            found(needles, self.caption)
            or found(needles, normal(self._far[0][1]))
            or found(needles, normal(self._far[1][1]))
        )


def _split(slots: "Slots") -> tuple[str, str]:
    """The clause left and right of the numeral."""
    if slots.start >= 0:
        return slots.clause[: slots.start], slots.clause[slots.end :]
    for mark in (f"{slots.value:,}", str(slots.value), slots.phrase):
        left, sep, right = slots.clause.partition(mark) if mark else ("", "", "")
        if sep:
            return left, (mark if mark == slots.phrase else "") + right
    return slots.clause, ""


def _near_left(left: str) -> str:
    """What stands between the number before and this one, without the words that belong to the former."""
    numerals = list(_NUMERAL.finditer(left))
    if not numerals:
        return left
    left = left[numerals[-1].end() :]
    joints = list(_JOINT.finditer(left))
    return left[joints[-1].start() :] if joints else left


def _near_right(right: str) -> str:
    """What follows the number, without the words that lead to the next one."""
    ahead = _NUMERAL.search(right)
    joints = list(_JOINT.finditer(right, 0, ahead.start())) if ahead else []
    return right[: joints[-1].start()] if joints else right


def _phrase_within(phrase: str, unit: str, right: str) -> str:
    """`phrase` without what reaches beyond `right`, towards the next number."""
    at = right.find(unit) if unit else -1
    return phrase[: phrase.find(unit) + len(right) - at] if at >= 0 else phrase


def _without(text: str, names: Needles) -> str:
    for name in names:
        if name in text:
            text = text.replace(name, " ")
    return text
