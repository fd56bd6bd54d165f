"""How like two statements are in their words: what they speak of, and what narrows the thing they count.

For comparing statements of two editions, never for reading one: what is said here changes no fact.
"""

import re

from extractors.language import lexicon
from extractors.language.lexicon import fold, words
from extractors.metrics.stemming import stem

_LETTERS = re.compile(r"[a-z][a-z'-]+")
_GENERIC = lexicon.STOPS | lexicon.DETERMINERS | lexicon.VERBS | words(
    "number total percent per cent share year years month months january february march april may june july august "
    "september october november december"
)  # fmt: skip
_NARROWING = words(
    "only solely unique distinct new newly first-time repeat confirmed verified unconfirmed suspected alleged active "
    "current former domestic foreign international global national local regional statewide nationwide worldwide "
    "internationally globally nationally locally overseas abroad online offline direct indirect partner external "
    "internal paid unpaid full-time part-time"
)
"""Words beside a counted noun that make it a part of what it is without them, or more than that."""
_APART = words("excluding including except without not")
"""Words that take from the whole or add to it wherever they stand in the sentence."""
_OF_WHICH = words("from among across outside within inside involving concerning who whose aged")
"""Words after a counted noun that begin what narrows it."""
_AREAS = words(
    "region district area county city state province town village borough parish zone territory country capital north "
    "south east west neighbourhood neighborhood island islands coast"
)
"""Nouns of a part of where an organisation works: "in the northern district"."""
_IN_AN_AREA = 6
_CLAUSE_END = re.compile(r"[.,;:()!?–—]|\bup\b|\bdown\b|\bcompared\b")
_TOKEN = re.compile(r"#|[a-z][a-z'-]*")
_BESIDE = 4


def content_words(text: str) -> list[str]:
    """The words of a text that say what it speaks of, singular, sorted, each once; numbers and grammar left out."""
    return sorted({stem(word) for word in _LETTERS.findall(fold(text)) if word not in _GENERIC and len(word) > 2})


def narrowings(put: str) -> list[str]:
    """What narrows the thing counted in a sentence as `wording` puts it: sorted, each once.

    "[#] confirmed calls from parents, excluding tests" gives `confirmed`, `excluding test`, `from parent`.
    """
    before, _, after = put.partition("[#]")
    clause = _TOKEN.findall(_CLAUSE_END.split(after, maxsplit=1)[0])
    near = _TOKEN.findall(_CLAUSE_END.split(before)[-1])[-2:] + clause[:_BESIDE]
    found = {word for word in near if word in _NARROWING}
    found |= {word for word in clause[-1:] if word in _NARROWING}  # "in the schools of the north only"
    found |= {f"in {area}" for area in _areas(clause)}
    after_it = [at for at, word in enumerate(clause) if word in _OF_WHICH and not _tells_when(clause, at)]
    found |= {_with_next(clause, at) for at in after_it}
    everything = _TOKEN.findall(put)
    found |= {_with_next(everything, at) for at, word in enumerate(everything) if word in _APART}
    return sorted(found)


def _areas(clause: list[str]) -> list[str]:
    """The areas that what was counted lies in, as words after the number say."""
    return [
        stem(word)
        for at, word in enumerate(clause)
        if word in _AREAS and "in" in clause[max(at - _IN_AN_AREA, 0) : at] and "#" not in clause[max(at - 2, 0) : at]
    ]


def _with_next(tokens: list[str], at: int) -> str:
    """A word and the next that is no article or pronoun."""
    following = next((stem(word) for word in tokens[at + 1 :] if word not in lexicon.DETERMINERS), "")
    return f"{tokens[at]} {following}".strip()


def _tells_when(tokens: list[str], at: int) -> bool:
    """Whether a number follows, a year most likely: "up from #", "from # to #"."""
    return tokens[at + 1 : at + 2] == ["#"]
