"""Where the words stand that may speak for a metric: the places around one number, nearest first.

Here: cutting a clause at the number and at its neighbours, and weighing how near a term stands. What the evidence means
is `mapping`'s business.
"""

import re
from typing import TYPE_CHECKING

from extractors.lexicon import words
from extractors.wording import Terms, Text, normal, stems

if TYPE_CHECKING:
    from extractors.mapping import Slots

_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINTS = words(", ; : and while")
_TOTALLING = words("for to with bringing")
_HEDGES = words("most mostly majority mainly primarily largely predominantly chiefly vast")
_NAMING = re.compile(r"[a-z]{4,}")
_LEANING = words(
    "and more less than over about nearly almost at least approximately around roughly some of as well also ,"
)


class View:
    """The places where evidence may stand, as comparable texts.

    `left`, `right`: the clause on either side of the number, `near_left`, `near_right`: only as far as the words belong
    to this number and no neighbour, all as stems and without the organisation's full name; `near`: what stands between
    the neighbouring numbers; `caption`: the heading above a table or tile; `bare`: the value stands alone and only its
    labels name it; `elided`: what is counted was named before; `leans`: the clause only goes on with a list ("and more
    than 180 countries") or is elided, so that its verb is the sentence's.
    """

    __slots__ = (
        "_anywhere", "_far", "_zones", "bare", "caption", "clause", "elided", "labels", "leans", "left", "left_raw",
        "near", "near_left", "near_right", "phrase", "right_raw", "unit",
    )  # fmt: skip

    def __init__(self, slots: "Slots", own: tuple[str, ...]) -> None:
        """`own`: the organisation's names of several words."""
        self.left_raw, self.right_raw = _split(slots)
        left, right = stems(self.left_raw), stems(self.right_raw)
        self.clause = Text.of([*left, *right])
        self.near = Text.of([*_since_number(left), "|", *_to_number(right)])
        self.left = _without(left, own, self.clause)
        right = _without(right, own, self.clause)
        self.near_left = _since_number(self.left)
        self.near_right = _own_right(right)
        self.phrase = _within(normal(slots.phrase), self.near_right)
        self.unit = normal(slots.unit)
        self.labels = normal(slots.labels)
        self.caption = normal(slots.headings.rpartition("|")[2] if slots.labels else "")
        self.bare = bool(slots.labels) and not _NAMING.search(f"{self.left_raw} {self.right_raw}")
        self.elided = bool(slots.unit) and slots.unit not in slots.clause and not self.bare
        self.leans = self.elided or (bool(self.near_left) and _LEANING.issuperset(self.near_left))
        zones = ((6, self.phrase), (5, self.near), (4, self.clause), (4, self.labels), (4, self.caption))
        self._zones = zones if not self.elided else (*zones[1:], (3, self.phrase))
        far = (slots.sentence, slots.before, slots.headings, slots.earlier)
        self._far = tuple((weight, normal(text)) for weight, text in zip((3, 2, 1, 1), far, strict=True) if text)
        places = [text for _, text in (*zones, *self._far)]
        self._anywhere = Text((), "".join([t.text for t in places]), frozenset().union(*[t.words for t in places]))

    def nearest(self, terms: Terms, reach: int) -> int:
        """The weight of the nearest place, of weight `reach` or more, that holds one of `terms`; 0 for none."""
        if not terms.stand_in(self._anywhere):
            return 0
        for weight, text in (*self._zones, *self._far):
            if weight >= reach and terms.stand_in(text):
                return weight
        return 0

    def in_clause(self, terms: Terms) -> bool:
        """Whether one of `terms` stands in the clause, the phrase or the labels."""
        return terms.stand_in(self.clause) or terms.stand_in(self.labels) or terms.stand_in(self.phrase)

    def said_around(self, terms: Terms) -> bool:
        """Whether one of `terms` stands in the sentence, the one before, or the heading above labels."""
        if not terms.stand_in(self._anywhere):
            return False
        return terms.stand_in(self.caption) or any(terms.stand_in(text) for weight, text in self._far if weight > 1)

    @property
    def listed(self) -> Text:
        """The nouns listed right behind the number ("images, videos and other files"), when there are several."""
        run = self.near_right
        at = next((i for i, word in enumerate(run) if word in (",", "and")), len(run))
        return Text.of(run[: at + 6] if at < 4 and at < len(run) else ())

    @property
    def said_before(self) -> Text:
        """The sentence, to where it speaks of most of something."""
        run = self._far[0][1].run if self._far else ()
        return Text.of(run[: next((i for i, word in enumerate(run) if word in _HEDGES), len(run))])


def _split(slots: "Slots") -> tuple[str, str]:
    """The clause left and right of the numeral."""
    if slots.start >= 0:
        return slots.clause[: slots.start], slots.clause[slots.end :]
    for mark in (f"{slots.value:,}", str(slots.value), slots.phrase):
        left, sep, right = slots.clause.partition(mark) if mark else ("", "", "")
        if sep:
            return left, (mark if mark == slots.phrase else "") + right
    return slots.clause, ""


def _is_number(word: str) -> bool:
    return word[0].isdigit() and not _YEAR.fullmatch(word)


def _since_number(left: list[str]) -> list[str]:
    """What stands since the number before, from its last joint on where there is such a number."""
    for i in range(len(left) - 1, -1, -1):
        if _is_number(left[i]):
            for j in range(len(left) - 1, i, -1):
                if left[j] in _JOINTS:
                    return left[j:]
            return left[i + 1 :]
    return left


def _to_number(right: list[str]) -> list[str]:
    """What stands to the next number, or to where the clause speaks of most of something."""
    own = _own_right(right)
    return own[: next((i for i, word in enumerate(own) if word in _HEDGES or _is_number(word)), len(own))]


def _own_right(right: list[str]) -> list[str]:
    """What follows the number, without the words that lead to the next one."""
    ahead = next((i for i, word in enumerate(right) if _is_number(word)), 0)
    for i in range(ahead - 1, -1, -1):
        if right[i] in _JOINTS or (right[i] in _TOTALLING and "total" in right[i + 1 : i + 3]):
            return right[:i]
    return right


def _within(phrase: Text, right: list[str]) -> Text:
    """`phrase`, when it begins in `right`, without what reaches beyond: it leads to the next number."""
    if not phrase.run or phrase.run[0] not in right:
        return phrase
    return Text.of(phrase.run[: len(right) - right.index(phrase.run[0])])


def _without(run: list[str], names: tuple[str, ...], clause: Text) -> list[str]:
    """`run` without the organisation's full names."""
    if not any(name in clause.text for name in names):
        return run
    text = f" {' '.join(run)} "
    for name in names:
        text = text.replace(name, " ")
    return text.split()
