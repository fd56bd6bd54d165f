"""Whose figure it is, where a sentence says that another states it: one table of rules."""

import re
from typing import NamedTuple

from extractors.clauses.claims import Statement
from extractors.language.lexicon import vocabulary, words
from extractors.rules import Rule, first_of

_ACCORDING_TO = re.compile(
    r"\b[Aa]ccording to (?:the |an? )?(?P<who>[^,;:.()]{2,60}?)(?=,|;|:|\.|\(|$| in \d{4}| there | the number | from )"
)
_NOBODY = frozenset({"A", "An", "The", "We", "It", "They", "He", "She", "I", "This", "That", "Our", "Its", "One"})
_SAYING = words("estimate estimates estimated report reports reported say says found calculates")
_SAYS = re.compile(
    r"(?P<who>(?:[A-Z][\w&.'-]*\s){0,5}[A-Z][\w&'-]+) "
    r"(?:estimates?|estimated|reports? that|reported that|says? that|found that|calculates)\b"
)


class Said(NamedTuple):
    """A sentence as written, and its statistics."""

    text: str
    statement: Statement


def _who(found: re.Match[str] | None) -> str | None:
    return found["who"].strip() if found and found["who"] not in _NOBODY else None


def _according_to(said: Said) -> str | None:
    return _who(_ACCORDING_TO.search(said.text)) if "ccording to" in said.text else None


def _says(said: Said) -> str | None:
    if _SAYING.isdisjoint(vocabulary(said.statement.sentence.low)) or "ccording to" in said.text:
        return None
    return _who(_SAYS.search(said.text))


def _carried(said: Said) -> str | None:
    """Who stated the figure before also states what is said of the same things."""
    carry, claims = said.statement.sentence.carry, said.statement.claims
    same = claims and claims[0].noun and carry.noun and claims[0].noun.head == carry.noun.head
    return carry.attribution if same else None


ATTRIBUTION: tuple[Rule[Said, str], ...] = (
    Rule(
        "according_to",
        _according_to,
        before=("carried",),
        examples=("According to the Heron Institute, [310] herons nest here. -> Heron Institute",),
        but_not=("We count [310] herons here. -> None",),
    ),
    Rule(
        "says",
        _says,
        before=("carried",),
        examples=("The Heron Institute estimates that [310] herons nest here. -> The Heron Institute",),
        but_not=("We estimate that [310] herons nest here. -> None",),
    ),
    Rule(
        "carried",
        _carried,
        examples=("According to Birdlife, 310 herons nest. In winter [40] herons stay. -> Birdlife",),
        but_not=("According to Birdlife, 310 herons nest. In winter [40] guides stay. -> None",),
    ),
)


def attribution_of(text: str, statement: Statement) -> str | None:
    """Who states the figures of a sentence (`text`: it as written), when it is not the page's own organisation."""
    found = first_of(ATTRIBUTION, Said(text, statement))
    return found[0] if found else None
