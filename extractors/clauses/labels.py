"""A readable label for a statistic that no card names: what an analyst would write in the margin."""

from extractors.clauses.claims import Claim
from extractors.clauses.headers import context_of, counted_words
from extractors.records import Passage

_LONGEST = 90


def label_of(claim: Claim, text: str, sentence: tuple[int, int], passage: Passage) -> str:
    """From the tile's or table's labels, else the counted phrase, else the words around the number."""
    named = counted_words(context_of(passage))
    if named:
        return _short(", ".join(reversed(named)))
    noun = claim.noun
    end = min(claim.right, sentence[1])
    if noun is not None and noun.start >= claim.mention.end and noun.phrase_end > noun.start:
        return _short(text[noun.start : noun.phrase_end])
    after = text[claim.mention.end : end].strip(" ,;:()")
    if noun is not None:
        return _short(noun.unit)
    says = any(map(str.isalnum, after)) and not after.startswith("to ")  # of "£4m to 96 crews" the verb is in front
    return _short(after if says else text[sentence[0] : sentence[1]])


def _short(words: str) -> str:
    words = words.strip(" ,;:.")
    if words.count("(") != words.count(")"):
        words = words.strip(" (),;:.")
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"
