"""Numbers of what is only supposed, or of what a gift could do: none is a statistic."""

import re

from extractors.language.lexicon import words
from extractors.language.patterns import A_DAY, YEAR
from extractors.quantities.candidates import Number, Verdict
from extractors.rules import Rule

_SUPPOSE = (
    r"(?:suppos(?:e|ing)|imagine|picture|assum(?:e|ing)|let us say|let's say|say(?= (?:an?|your?|that an?)\b)|"
    r"what if|consider an?)\b"
)
_SUPPOSING = words("suppose supposing imagine picture assume assuming let say what consider would could might")
_SUPPOSED = re.compile(
    rf"\W*(?:{_SUPPOSE}|(?:(?:and |but )?if|for (?:example|instance),?(?: if)?|take) "
    r"(?:(?:an?|your?|each|every|everyone|everybody|just|only)\b|(?:all |another |even )?\W?\d).*"
    r"\b(?:would|could|might)\b)"
)
_SUPPOSED_BEFORE = re.compile(rf"(?:^|[.!?]\s){_SUPPOSE}[^.!?]{{1,200}}[.!?]\s?$")
_THEN = re.compile(r"\b(?:would|could|might)\b[^.;]*$")
_DATED = re.compile(rf"\b{YEAR}\b")


def supposed(n: Number) -> Verdict | None:
    """What a sentence only supposes: "Suppose a family of 4 loses its home: it would need £2,600"."""
    if _SUPPOSING.isdisjoint(n.seen):
        return None
    here = n.low[n.left : n.right]
    if _DATED.search(here):
        return None
    told = _SUPPOSED.match(here) or (
        _THEN.search(n.before) and _SUPPOSED_BEFORE.search(n.low, max(0, n.left - 240), n.left)
    )
    return Verdict("idiom", "hypothetical") if told else None


_COULD_BUY = re.compile(
    r"(?:[$£€]\d[\d,.]*|\b(?:every|each) (?:pound|dollar|euro))"
    rf"(?: (?:gift|donation|donated|given|raised|(?:that )?you (?:give|donate|spend)|monthly|{A_DAY}))*,? "
    r"(?:(?:(?:we|you) )?(?:can|could|may|might|would|will) (?:also )?(?:help )?(?:us )?(?:to )?(?:[a-z]+ ){1,3}|"
    r"helps? (?:us )?(?:to )?[a-z]+ )"
    r"(?:up to |about |as many as |at least |an? )?$"
)


def bought(n: Number) -> Verdict | None:
    """What a gift could do: "every $1 can help provide 3 meals"."""
    return Verdict("idiom", "hypothetical") if _COULD_BUY.search(n.before) else None


SUPPOSED = [
    Rule(
        "supposed", supposed, ("relative",), ("Suppose a den of [12] owls burns. -> idiom hypothetical",),
        ("Suppose not: in 2021 we fed [12] owls. -> fact",),
    ),
    Rule(
        "bought", bought, (), ("Every $1 can help feed [3] owls. -> idiom hypothetical",),
        ("With $1 each they fed [3] owls. -> fact",),
    ),
]  # fmt: skip
