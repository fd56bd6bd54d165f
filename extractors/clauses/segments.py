"""Which stretch of a sentence speaks of which number, and which numbers are only held against another.

Connectives part the stretches. What stands in a number's own segment speaks of it first; what leads the sentence and
what its neighbours say come after (`dating`).
"""

import itertools
import re
from collections.abc import Sequence

from extractors.clauses.claims import TENSES, Clause, Sentence, Token
from extractors.language.patterns import BRINGING, MOVED, PHRASAL, YEAR
from extractors.numbers.scanning import Mention

_PAST_FIGURE = (
    r"(?:short of|shy of|ahead of|above|below|behind|beyond|matching|beating|exceeding|surpassing|topping|passing|"
    r"nearing)"
    r"(?= (?:the|its|our|their) \d[\d,.]*(?: (?:thousand|million|billion))?(?: (?!and\b|or\b)[a-z'-]+){0,4}? "
    rf"(?:{YEAR}|(?:the |a )?(?:last|previous|prior) year|the year before|a year (?:earlier|before))\b)"
)
""" "Short of the 900 lent in 2019": held against, for a year stands behind it; "above the 12 shops" is a place."""
_CONNECTIVE = re.compile(
    r";|:\s|,\s|\(|\)|\s[\u2013\u2014-]\s|\u2014|"
    r"\s(?:and|or|but|while|whereas|compared|versus|vs\.?|against|up from|down from|with|to|plus|than|from|of which|"
    rf"of whom|{_PAST_FIGURE})\s"
)
_TAKES_ON = re.compile(rf"(?:which |that |and |thereby |thus )?(?:has |have |had )?(?:{BRINGING}|mak(?:es?|ing)|made) ")
_TIME_PHRASE = re.compile(
    r"^\s?(?:and |but |while |then )?(?:(?:in|by|during|for|as of|since|at|on|until|over|between|from)\s[^,;]{0,40}|"
    rf"(?:fy\s?|q[1-4]\s|h[12]\s|fiscal year )?{YEAR}(?:[-/]\d{{2,4}})?)$"
)
_HELD_AGAINST = re.compile(
    r"\b(?P<how>from|after|than(?: the)?|compared (?:with|to)(?: the)?|comparison (?:with|to)|versus|vs\.?|against|"
    r"relative to)"
    r"\s(?:(?P<end>(?:an?|the|its) (?:record )?(?:low|high|peak|trough|base|baseline|start)(?: point)? of )|"
    r"just |only |about |a |an |the |some |its |roughly )?$|"
    r"\b(?:above|below|over|under|beyond|than|against|from|exceed(?:s|ed)?|tops?|topped|beats?) "
    r"(?:last year's|(?:the )?(?:previous|prior) year's|\d{4}'s) (?:just |only )?$|"
    r"\((?:the )?(?:previous|prior|preceding|last) (?:financial |fiscal )?year(?:: ?| )$"
)
_BESIDE_PAST = re.compile(rf"\b{_PAST_FIGURE} (?:the|its|our|their) (?=\d)")
_NEW_CLAUSE = re.compile(rf"\s(?:in|during|for) {YEAR}(?=\s(?:we|they|it|there|our|its|their|the)\s)")
""" "Against 101,336 calls in 2020 we took 94,428": behind its year another clause begins."""
_LEADING = re.compile(
    r"(?:against|where (?:there )?(?:had been|were)|compared (?:with|to)|after|following) (?:just |only |the |some )?"
)
_MOVED = re.compile(rf"(?<![\w-])(?:{MOVED}|passed)(?![\w-])")
_RISES = re.compile(rf"(?<![\w-])(?:{MOVED}|c[ao]mes?|amount(?:s|ed|ing)?)$")
_PHRASAL = re.compile(PHRASAL)
_THEN = re.compile(
    rf"(?: (?:in|for|during) (?:fiscal |fy ?)?{YEAR}| (?:the|a) year (?:before|earlier)|"
    r" in the (?:previous|prior) year)"
)
_IN_YEAR = re.compile(rf"[^,;:.]{{0,40}}?\s(?:in|during|for) {YEAR}\b")
_COMPARING = frozenset({"than", "against", "versus", "vs", "vs."})
_THE = re.compile(r" (?:of )?(?:the|its|their|last year's|\d{4}'s) (?:more than |roughly |about |some |nearly )?")
"""What may stand between "double" and the figure that it multiplies."""
_ONE_MORE = re.compile(r"(?:,|\band)\s(?:just |only |in \d{4} )?$")


def segment(sentence: Sentence, statistics: Sequence[Token]) -> list[Clause]:
    """Every statistic with its segment, and whether it is held against another."""
    bounds = _bounds(sentence, statistics)
    found: list[Clause] = []
    for i, (token, (left, right)) in enumerate(zip(statistics, bounds, strict=True)):
        compared = _is_held_against(sentence, statistics, i, right)
        if i:
            compared = _is_compared(sentence, found[-1], token, compared)
        found.append(Clause(*token, left, right, compared))
    return found


def without_over(low: str, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """ "82% over 44,155": the "over" compares, it is no "more than"."""
    over = [i for i in range(1, len(mentions)) if _is_percent_over(low, mentions[i - 1], mentions[i])]
    if not over:
        return mentions
    return [m._replace(qualifier="exact", claim_start=m.start) if i in over else m for i, m in enumerate(mentions)]


def _bounds(sentence: Sentence, statistics: Sequence[Token]) -> list[tuple[int, int]]:
    """Where each segment begins and ends; those that begin together end together."""
    low, end = sentence.low, sentence.end
    cuts = [
        None if _is_given_to(low, a.mention, b.mention) else _cut(low, a.mention, b.mention.claim_start)
        for a, b in itertools.pairwise(statistics)
    ]
    lefts, rights = [sentence.start], []
    for cut in cuts:
        rights.append(end if cut is None else cut)
        lefts.append(lefts[-1] if cut is None else cut)
    rights.append(end)
    for i in range(len(cuts) - 1, -1, -1):
        if lefts[i] == lefts[i + 1]:
            rights[i] = rights[i + 1]
    return list(zip(lefts, rights, strict=True))


def _is_given_to(low: str, before: Mention, after: Mention) -> bool:
    """ "Gave £4m to 96 groups": the money and those who got it share their time."""
    money = before.currency is not None and after.currency is None and not after.percent
    return money and low[before.claim_end : after.claim_start] == " to " and not low.endswith(" from ", 0, before.start)


def _cut(low: str, before: Mention, end: int) -> int | None:
    """Where one number's words end and the next one's begin: at the last connective that does not just close a date.

    In "dogs came to 310, cats to 95" the second "to" stands for the verb, and its subject is in front of it.
    """
    start = before.end
    cuts = list(_CONNECTIVE.finditer(low, start, end))
    if not cuts:
        clause = _NEW_CLAUSE.search(low, start, end)
        return clause.end() if clause else None
    strong = [c for c in cuts if _is_strong(low, c, end)]
    if strong:
        return strong[-1].start()
    i = len(cuts) - 1
    if i and cuts[i].group() == " to " and _RISES.search(low, cuts[i - 1].end(), cuts[i].start()):
        return cuts[i - 1].start()  # "…, and the figure for 2021 rose to 22,500"
    while (
        i > 0
        and cuts[i - 1].group().strip() not in _COMPARING
        and _TIME_PHRASE.match(low[cuts[i - 1].end() - 1 : cuts[i].start()])
    ):
        i -= 1
    if i and cuts[i].group() == " to " and cuts[i].end() == end and low.endswith(" to ", 0, before.claim_start):
        i -= 1
    return cuts[i].start()


def _is_strong(low: str, cut: re.Match[str], end: int) -> bool:
    """A semicolon, an open parenthesis, or a clause that takes a total on ("…, bringing those helped to 68,000")."""
    if cut.group() == "(":
        return ")" not in low[cut.end() : end]
    return cut.group() == ";" or bool(_TAKES_ON.match(low, cut.end(), end))


def _is_compared(sentence: Sentence, earlier: Clause, later: Token, compared: bool) -> bool:
    """Whether a number is held against another, when the one in front of it is known; `compared` by its own words."""
    if _is_percent_over(sentence.low, earlier.mention, later.mention):
        return True
    if earlier.mention.form == "multiplier":
        return compared or bool(_THE.fullmatch(sentence.between(earlier, later)))
    return compared or (earlier.compared and _continues(sentence, earlier, later))


def _is_held_against(sentence: Sentence, statistics: Sequence[Token], i: int, right: int) -> bool:
    token = statistics[i]
    lead = sentence.low[sentence.start : token.mention.claim_start]
    if _LEADING.fullmatch(lead) and len(statistics) > 1:
        return _IN_YEAR.match(sentence.low, token.mention.claim_end, right) is not None
    match = _HELD_AGAINST.search(sentence.ahead_of(token, 30))
    if match is None:
        start = token.mention.claim_start
        past = _BESIDE_PAST.search(sentence.low, max(sentence.start, start - 30), sentence.end) if i else None
        return past is not None and past.end() == start
    if match["how"] is None:
        return i > 0
    if match.group("how") == "after":
        return _bare_and_earlier(sentence, token, i)
    if match.group("how") == "from":
        return (
            match["end"] is not None
            or bool(_MOVED.search(_PHRASAL.sub("", sentence.ahead_of(token, 120))))
            or _bare_and_earlier(sentence, token, i)
        )
    return match.group("how") != "against" or i > 0


def _bare_and_earlier(sentence: Sentence, token: Token, i: int) -> bool:
    """ "The count was 31, from 62 in 2019": a bare number with a year of its own, behind another."""
    return i > 0 and token.behind is None and bool(_THEN.match(sentence.low, token.mention.claim_end))


def _is_percent_over(low: str, earlier: Mention, later: Mention) -> bool:
    relative = earlier.percent or earlier.form in ("fraction", "multiplier")
    return relative and low[earlier.claim_end : later.start] == " over "


def _continues(sentence: Sentence, earlier: Clause, later: Token) -> bool:
    """ "…, against 398,500 in 2020 and 212,000 in 2019": no verb parts the second from the first."""
    between = sentence.between(earlier, later)
    verbs = any(earlier.mention.end <= c.start < later.mention.claim_start and c.kind in TENSES for c in sentence.cues)
    return not verbs and ";" not in between and bool(_ONE_MORE.search(between))
