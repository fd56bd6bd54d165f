"""Which stretch of a sentence speaks of which number, and which numbers are only held against another.

Connectives part the stretches. What stands in a number's own segment speaks of it first; what leads the sentence and
what its neighbours say come after (`dating`).
"""

import itertools
import re
from dataclasses import replace

from extractors.clauses.claims import TENSES, Claim, Sentence
from extractors.language.patterns import BRINGING, MOVED

_CONNECTIVE = re.compile(
    r";|:\s|,\s|\(|\)|\s[\u2013\u2014-]\s|\u2014|"
    r"\s(?:and|or|but|while|whereas|compared|versus|vs\.?|against|up from|down from|with|to|plus|than|from|of which|"
    r"of whom)\s"
)
_TAKES_ON = re.compile(rf"(?:which |that |and |thereby |thus )?(?:has |have |had )?(?:{BRINGING}|mak(?:es?|ing)|made) ")
_TIME_PHRASE = re.compile(
    r"^\s?(?:and |but |while |then )?(?:(?:in|by|during|for|as of|since|at|on|until|over|between|from)\s[^,;]{0,40}|"
    r"(?:fy\s?|q[1-4]\s|h[12]\s|fiscal year )?(?:19|20)\d\d(?:[-/]\d{2,4})?)$"
)
_HELD_AGAINST = re.compile(
    r"\b(?P<how>from|after|than(?: the)?|compared (?:with|to)(?: the)?|comparison (?:with|to)|versus|vs\.?|against|"
    r"relative to)"
    r"\s(?:just |only |about |a |an |the |some |its |roughly )?$"
)
_NEW_CLAUSE = re.compile(r"\s(?:in|during|for) (?:19|20)\d\d(?=\s(?:we|they|it|there|our|its|their|the)\s)")
""" "Against 101,336 calls in 2020 we took 94,428": behind its year another clause begins."""
_LEADING = re.compile(
    r"(?:against|where (?:there )?(?:had been|were)|compared (?:with|to)|after|following) (?:just |only |the |some )?"
)
_MOVED = re.compile(rf"(?<![\w-])(?:{MOVED}|passed)(?![\w-])")
_THEN = re.compile(
    r"(?: (?:in|for|during) (?:fiscal |fy ?)?(?:19|20)\d\d| (?:the|a) year (?:before|earlier)|"
    r" in the (?:previous|prior) year)"
)
_IN_YEAR = re.compile(r"[^,;:.]{0,40}?\s(?:in|during|for) (?:19|20)\d\d\b")
_COMPARING = frozenset({"than", "against", "versus", "vs", "vs."})
_THE = re.compile(r" (?:of )?(?:the|its|their|last year's|\d{4}'s) (?:more than |roughly |about |some |nearly )?")
"""What may stand between "double" and the figure that it multiplies."""
_ONE_MORE = re.compile(r"(?:,|\band)\s(?:just |only |in \d{4} )?$")


def segment(sentence: Sentence) -> None:
    """Set the bounds of every statistic's segment and whether it is held against another."""
    statistics = sentence.statistics
    left = sentence.start
    for claim, following in itertools.pairwise(statistics):
        cut = _cut(sentence.low, claim.mention.end, following.mention.claim_start)
        claim.left, claim.right = left, sentence.end if cut is None else cut
        left = left if cut is None else cut
    statistics[-1].left, statistics[-1].right = left, sentence.end
    for earlier, later in zip(reversed(statistics[:-1]), reversed(statistics[1:]), strict=True):
        if earlier.left == later.left:
            earlier.right = later.right
    _compare(sentence, statistics)


def _cut(low: str, start: int, end: int) -> int | None:
    """Where one number's words end and the next one's begin: at the last connective that does not just close a date."""
    cuts = list(_CONNECTIVE.finditer(low, start, end))
    if not cuts:
        clause = _NEW_CLAUSE.search(low, start, end)
        return clause.end() if clause else None
    strong = [c for c in cuts if _is_strong(low, c, end)]
    if strong:
        return strong[-1].start()
    i = len(cuts) - 1
    while (
        i > 0
        and cuts[i - 1].group().strip() not in _COMPARING
        and _TIME_PHRASE.match(low[cuts[i - 1].end() - 1 : cuts[i].start()])
    ):
        i -= 1
    return cuts[i].start()


def _is_strong(low: str, cut: re.Match[str], end: int) -> bool:
    """A semicolon, an open parenthesis, or a clause that takes a total on ("…, bringing those helped to 68,000")."""
    if cut.group() == "(":
        return ")" not in low[cut.end() : end]
    return cut.group() == ";" or bool(_TAKES_ON.match(low, cut.end(), end))


def _compare(sentence: Sentence, statistics: list[Claim]) -> None:
    for claim in statistics:
        claim.compared = _is_held_against(sentence, claim)
    for earlier, later in itertools.pairwise(statistics):
        if _is_percent_over(sentence, earlier, later):
            later.mention = replace(later.mention, qualifier="exact", claim_start=later.mention.start)
            later.compared = True
        elif earlier.mention.form == "multiplier":
            later.compared = later.compared or bool(_THE.fullmatch(sentence.between(earlier, later)))
        elif earlier.compared and not later.compared:
            later.compared = _continues(sentence, earlier, later)


def _is_held_against(sentence: Sentence, claim: Claim) -> bool:
    lead = sentence.low[sentence.start : claim.mention.claim_start]
    if _LEADING.fullmatch(lead) and len(sentence.statistics) > 1:
        return _IN_YEAR.match(sentence.low, claim.mention.claim_end, claim.right) is not None
    match = _HELD_AGAINST.search(sentence.ahead_of(claim, 30))
    if match is None:
        return False
    if match.group("how") == "after":
        return _bare_and_earlier(sentence, claim)
    if match.group("how") == "from":
        return bool(_MOVED.search(sentence.ahead_of(claim, 120))) or _bare_and_earlier(sentence, claim)
    return match.group("how") != "against" or any(c.mention.end <= claim.mention.start for c in sentence.statistics)


def _bare_and_earlier(sentence: Sentence, claim: Claim) -> bool:
    """ "The count was 31, from 62 in 2019": a bare number with a year of its own, behind another."""
    follows = any(c.mention.end <= claim.mention.start for c in sentence.statistics)
    return follows and claim.noun is None and bool(_THEN.match(sentence.low, claim.mention.claim_end))


def _is_percent_over(sentence: Sentence, earlier: Claim, later: Claim) -> bool:
    """ "82% over 44,155": the "over" compares, it is no "more than"."""
    relative = earlier.mention.percent or earlier.mention.form in ("fraction", "multiplier")
    adjacent = later.mention.claim_start == earlier.mention.claim_end + 1
    return relative and adjacent and sentence.low.startswith(" over ", earlier.mention.claim_end)


def _continues(sentence: Sentence, earlier: Claim, later: Claim) -> bool:
    """ "…, against 398,500 in 2020 and 212,000 in 2019": no verb parts the second from the first."""
    between = sentence.between(earlier, later)
    verbs = any(earlier.mention.end <= c.start < later.mention.claim_start and c.kind in TENSES for c in sentence.cues)
    return not verbs and ";" not in between and bool(_ONE_MORE.search(between))
