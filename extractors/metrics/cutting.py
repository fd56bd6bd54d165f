"""Cutting a clause, as stems, at the number and at its neighbours: which of its words belong to this number."""

import re
from collections.abc import Sequence

from extractors.language.lexicon import AUXILIARIES, VERBS, words
from extractors.language.patterns import YEAR
from extractors.metrics.stemming import Text

_YEAR = re.compile(YEAR)
_JOINTS = words(", ; : and while")
_TOTALLING = words("for to with bringing")
HEDGES = words("most mostly majority mainly primarily largely predominantly chiefly vast")
_VERBS = AUXILIARIES | VERBS
_SMALL = words("one two three four five six seven eight nine ten")


def is_number(word: str) -> bool:
    """Whether a stem is a number in digits and no year."""
    return word[0].isdigit() and "-" not in word and not _YEAR.fullmatch(word)


def since_number(left: list[str]) -> list[str]:
    """What stands since the number before, from its last joint on where there is such a number."""
    for i in range(len(left) - 1, -1, -1):
        if is_number(left[i]):
            for j in range(len(left) - 1, i, -1):
                if left[j] in _JOINTS:
                    return left[j:]
            return left[i + 1 :]
    return left


def behind_number(run: Sequence[str]) -> Sequence[str]:
    """All that stands behind the last number of `run`."""
    return run[max((i + 1 for i, word in enumerate(run) if is_number(word)), default=0) :]


def _is_figure(run: list[str], at: int) -> bool:
    """Whether a number in digits stands at `at`, or a ratio in words: "one in six", "nine out of ten"."""
    word = run[at]
    return is_number(word) or (word in _SMALL and run[at + 1 : at + 2] in (["in"], ["out"]))


def to_number(own: list[str]) -> list[str]:
    """What of `own` stands to the next number, or to where the clause speaks of most of something."""
    return own[: next((i for i, word in enumerate(own) if word in HEDGES or is_number(word)), len(own))]


def to_lead(right: list[str]) -> list[str]:
    """What follows the number, without the words that lead to the next one."""
    ahead = next((i for i in range(len(right)) if _is_figure(right, i)), 0)
    for i in range(ahead - 1, -1, -1):
        if right[i] in _JOINTS or (right[i] in _TOTALLING and "total" in right[i + 1 : i + 3]):
            return right[:i]
    return right


def own_predicate(own: list[str], right: list[str]) -> list[str]:
    """What follows the number, to the next number's own statement where `own`, this one's, has a verb."""
    return own if len(own) < len(right) and not _VERBS.isdisjoint(own) else right


def unhedged(right: list[str]) -> list[str]:
    """What follows the number, without what is said only of most of it ("reports, most of them of images, of ...")."""
    if HEDGES.isdisjoint(right):
        return right
    start = next(i for i, word in enumerate(right) if word in HEDGES)
    end = next((i for i in range(start, len(right)) if _goes_on(right, i)), len(right))
    return [*right[:start], *right[end:]]


def _goes_on(right: list[str], at: int) -> bool:
    """Whether an aside ends at `at` and the clause goes on: "calls, most of them at night, were answered"."""
    return right[at] in ";)" or (right[at] == "," and right[at + 1 : at + 2] != [] and right[at + 1] in AUXILIARIES)


def within(phrase: Text, right: list[str]) -> Text:
    """`phrase`, when it begins in `right`, without what reaches beyond: it leads to the next number."""
    if not phrase.run or phrase.run[0] not in right:
        return phrase
    return Text.of(phrase.run[: len(right) - right.index(phrase.run[0])])


def has_verb(clause: Text) -> bool:
    """Whether a word of the clause is a verb."""
    return not _VERBS.isdisjoint(clause.words) or any(word.endswith("ed") for word in clause.words)


def nameless(text: Text, names: tuple[str, ...]) -> Text:
    """`text` without the organisation's full names."""
    if not any(name in text.text for name in names):
        return text
    bare = text.text
    for name in names:
        bare = bare.replace(name, " ")
    return Text.of(bare.split())


def without(run: list[str], names: tuple[str, ...], clause: Text) -> list[str]:
    """`run` without the organisation's full names."""
    if not any(name in clause.text for name in names):
        return run
    text = f" {' '.join(run)} "
    for name in names:
        text = text.replace(name, " ")
    return text.split()
