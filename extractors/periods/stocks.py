"""The words that say of a figure that it stands at a moment, or that it is a year's, whatever its date.

Questions only; what follows from them says the table in `stock_or_flow`. A stock is told by its noun ("staff",
"branches"), by what holds it ("a staff of 391", "offices in five states") or by how it is held ("are registered with
us", "had access"). A year's money stays the year's, whatever day is named.
"""

import re

from extractors.clauses.claims import TENSES, Quantity, Sentence
from extractors.clauses.nouns import Noun
from extractors.language.lexicon import BODIES, ENROLLED, EVENTS, POSTS, STOCK_NOUNS, is_plural
from extractors.language.patterns import BRINGING
from extractors.periods.evidence import Evidence
from extractors.periods.times import Scope, Time

STANDING_NOUNS = STOCK_NOUNS | POSTS
"""Nouns of what an organisation has rather than of what it does in a year."""

_HOLDER = re.compile(
    r"\b(?:staff|workforce|membership|network|roster|corps|pool|fleet|payroll|headcount|complement) of (?:\w+ )?$|"
    r"\bemploy(?:s|ed|ing) (?:an? |some )?$|"
    r"\b(?:headcount|workforce|membership|staffing)\b[^,;.\d]{0,40} $"
)
_PLACED = re.compile(
    r"\b(?:offices|branches|cent(?:er|re)s|chapters|sites|bases|hubs|shops|stores|clinics|affiliates) in (?:\w+ )?$"
)
_MANNED = re.compile(
    r"\b(?:employs?|employed|employing|staffed by|run by|helped by|backed by|assisted by|served by|manned by|"
    r"rel(?:y|ies|ied|ying) on|rests? on|rested on|depend(?:s|ed)? on|counts? on|counted on|had|counted|"
    r"numbered|maintained|retained) (?:an? |some |its |our )?$"
)
_THE = re.compile(r"\b(?:the|all the|all of the) $")
_MAKING = re.compile(r"\b(?:making|makes|made|for) (?:it |that |them |a total of )?$")
_IN_ALL = re.compile(r"[^,;:.\d]{0,40}?\s(?:in all|altogether|in total|all told|overall|to date|so far)\b")
_PRESENT = re.compile(r"(?:,? who)? (?:each )?(?:support|help|serve|work|run|staff|answer|earn|keep|guide|stand|sit)\b")
_NOW_DOING = re.compile(
    r"(?: [a-z]+){0,4}?,?(?: who| that| which)?(?: now| currently| already)? "
    r"(?:use|take part|participate|wait|belong|operate|exist|rely|subscribe|follow|carry|hold|"
    r"live(?= (?:in|with|without|on|at|alone|under|outside|below|near|here|there)\b))\b(?!-)"
)
"""What is counted does so at the time of writing: "60 agencies use the system"."""
_IN_USE = re.compile(
    r"\b(?:(?:is|are) (?:now |currently |already )?(?:used|offered|available|run|supported|active|present) (?:by|in)|"
    r"(?:works?|operates?|operating|active|present) in) (?:all |some )?$"
)
_HOLDING = re.compile(
    r"\b(?:lists?|database|register|registry|library|membership|workforce|headcount|archive|catalogue|collection|"
    r"repository|network|followers|staff)\b[^,;:.\d]{0,60}\b(?:(?:grew|grown|rose|risen|climbed|expanded|swelled|"
    r"increased|fell|shrank|stood|stands|ran)\b(?:[^;:.]|\.(?=\d)){0,60}?\b(?:to|at)|reached|numbered|contained|"
    r"listed|comprised) $"
)
_CARRIED = re.compile(
    rf"\b{BRINGING} (?:the|our|its|their|that|this|those|all|total|it|them)\b(?:[^,;:.]|\.(?=\d)){{0,70}}?"
    r"(?P<total>\b(?:total|number|count|tally|figure|sum)\b(?:[^,;:.]|\.(?=\d)){0,50}?)?"
    r"\bto (?P<sum>an? (?:\w+ )?total of )?(?:\w+ )?$"
)
_TOTAL_OF = re.compile(r"\b(?:for|with) a (?:grand |running )?total of $")
_YEARS_MONEY = re.compile(
    r"\b(?:budgets?|revenues?|income|expen\w+|spen[dt]\w*|costs?|turnover|deficit|surplus|grants?|raised|donations?)\b"
)
_STANDS = re.compile(
    r"^(?:stood|stands?|remain|now stands|(?:for|with) a (?:grand |running )?total|bring|"
    r"ha(?:s|ve) (?:\w+ )?(?:passed|topped))"
)
_APPOSED = re.compile(r"\b(?:our|its|their|[\w-]+'s) (?:[\w'-]+ ){0,2}(?P<noun>[\w'-]+)(?:, | \()$")
_BEING = re.compile(r"\b(?:were|was|are|is|had|have|stood|has|held|employed|counted|numbered)\b")
_OPEN_ON = re.compile(
    r"\b(?:open|pending|outstanding|unsolved|unresolved|waiting|vacant|occupied|missing) (?:as )?on\b"
)
""" "Cases open on 31 December"."""
_KEEPING = re.compile(
    r"\b(?:ran|operated|managed|maintained|kept|owned|housed|sheltered|staffed|looked after|cared for|lived|worked)\b"
)
"""What goes on over days: "on 31 December 2019 we ran 47 shelters", unless it is an event that was run."""
_FOR_THE_YEAR = re.compile(r"\b(?:for|during|in|over) (?:the|that|this) (?:\w+ )?year\b")
_FUNDS = re.compile(r"\b(?:reserves?|assets|endowment|balances?|funds?|debts?|cash|holdings|liabilities|owed)\b")


_WERE_STILL = re.compile(
    r"\b(?:was|were|had) (?:not )?(?:still|yet)\b|\bremained\b|\bstill (?:had|lived|lay|stood|waited)\b"
)
""" "Of those reported during the year, 40 were still missing": the year is theirs, not the figure's."""
_RETOLD = re.compile(r"\b(?:the|that) (?:same )?(?:figure|number|count) (?:had )?stood at $")
"""Another year's figure is put beside one before it: "in 2020 the figure stood at 310"."""
_STILL = re.compile(r"\b(?:held|stood at|numbered|contained|had|was|were) $")
_IT_WAS = re.compile(r"\b(?:it|this|that|they) (?:was|were|had been|stood at) (?:just |only |about |still )?$")


def is_held(f: Evidence) -> bool:
    """ "A staff of 391", "offices in five states", "in use in 40 towns": what holds the count says that it stands."""
    ahead = f.ahead
    held = _HOLDER.search(ahead) or _PLACED.search(ahead) or _HOLDING.search(ahead) or _IN_USE.search(ahead)
    return held is not None


def is_brought_to(f: Evidence) -> bool:
    """ "Bringing the total to 40": a total, or no count of what is named beside it."""
    brought = _CARRIED.search(f.ahead)
    return brought is not None and (
        bool(brought["total"] or brought["sum"]) or f.claim.noun is None or not _owns(f, f.claim.noun)
    )


def outgrows(f: Evidence) -> bool:
    """ "Added 1.4 million hashes, for a total of 5.1 million": more of the same than came in."""
    claim = f.claim
    return bool(_TOTAL_OF.search(f.ahead)) and any(
        c.mention.end <= claim.mention.start and c.noun is claim.noun and c.value < claim.value for c in f.statistics
    )


def is_made_in_all(f: Evidence) -> bool:
    """ "Making 40 in all"."""
    in_all = _MAKING.search(f.ahead) and _IN_ALL.match(f.sentence.low, f.claim.mention.claim_end, f.claim.right)
    return bool(in_all)


def is_manned(f: Evidence) -> bool:
    """ "Employed 40 nurses", "40 nurses work": people or places that an organisation has."""
    noun = f.claim.noun
    if noun is None or noun.head not in STANDING_NOUNS or noun.fate == "acted" or not _owns(f, noun):
        return False
    behind = max(noun.end, f.claim.mention.claim_end)
    has = _MANNED.search(f.sentence.ahead_of(f.claim, 80)) or _PRESENT.match(f.sentence.low, behind, f.claim.right)
    return bool(has)


def is_doing(f: Evidence) -> bool:
    """ "60 agencies use the system"."""
    noun = f.claim.noun
    if noun is None or noun.fate == "acted" or not is_plural(noun.head):
        return False
    return bool(_NOW_DOING.match(f.sentence.low, noun.end, f.claim.right)) and _owns(f, noun)


def is_kept(f: Evidence) -> bool:
    """ "40 children on file", "40 firms registered with us"."""
    noun = f.claim.noun
    return noun is not None and noun.fate == "kept" and noun.start >= f.sentence.start and _owns(f, noun)


def is_a_body(f: Evidence) -> bool:
    """ "All of the 40 forces"."""
    noun = f.claim.noun
    return noun is not None and noun.head in BODIES and bool(_THE.search(f.ahead)) and _owns(f, noun)


def joins_a_stock(f: Evidence, scope: Scope) -> bool:
    """ "A network of 200 food banks and 60,000 pantries"."""
    before, claim = f.previous, f.claim
    if before is None or before.scope.type != "as_of" or before.quantity.kind != "count":
        return False
    noun = before.quantity.noun
    if noun is None or noun.start < before.quantity.mention.end or claim.noun is noun:
        return False
    joined = f.sentence.low[noun.end : claim.mention.claim_start] in (" and ", ", and ", ", ")
    return joined and before.scope.time == scope.time


def is_still_the_stock(f: Evidence) -> bool:
    """ "It held 3.7 million hashes. A year later it held 5.1 million. Our target is 6 million.": of the same things."""
    held, noun = f.sentence.carry.scope, f.claim.noun
    if noun is None or noun is not f.sentence.carry.noun or held is None or held.type not in ("as_of", "cumulative"):
        return False
    return f.is_goal or (held.type == "as_of" and bool(_STILL.search(f.sentence.ahead_of(f.claim, 20))))


def is_taken_up(f: Evidence) -> bool:
    """ "On 31 December we held 6 days of grain; a year earlier it was 4 days": the same stock."""
    held = f.previous.scope if f.previous else f.sentence.carry.scope
    return held is not None and held.type == "as_of" and bool(_IT_WAS.search(f.sentence.ahead_of(f.claim, 30)))


def is_in_the_year(f: Evidence) -> bool:
    """ "640 cases are open; we closed four of them during the year"."""
    past = f.sentence.tense(f.claim, own_only=True) == "past"
    return past and is_for_the_year(f.sentence, f.claim, f.claim.mention.end)


def is_for_the_year(sentence: Sentence, claim: Quantity, start: int) -> bool:
    """ "During the year", from `start` on; but "40 of those reported during the year were still missing" stand."""
    low, right = sentence.low, claim.right
    return bool(_FOR_THE_YEAR.search(low, start, right)) and not _WERE_STILL.search(low, claim.left, right)


def _owns(f: Evidence, noun: Noun) -> bool:
    """Whether the noun is the number's own: "245 of the 1,600 companies registered with us" reported, 1,600 stand."""
    own = abs(noun.start - f.claim.mention.end)
    return all(c.noun is not noun or abs(noun.start - c.mention.end) >= own for c in f.statistics)


def is_years_money(f: Evidence) -> bool:
    """ "At year's end 319 people worked for us, on a budget of $42 million": a budget is a year's, on whatever day."""
    low, claim = f.sentence.low, f.claim
    if claim.kind != "money" or _FUNDS.search(low, claim.left, claim.right):
        return False
    return bool(_YEARS_MONEY.search(low, claim.left, claim.right))


def reached_total(sentence: Sentence, claim: Quantity) -> bool:
    """ "Had grown to 1.8 million", "for a total of 5 million": a stock named with the year it stood in."""
    start = claim.mention.claim_start
    reached = [c for c in sentence.cues if c.kind == "had_reached" and claim.left <= c.start]
    near = [c for c in reached if start - 4 <= c.end <= claim.mention.start]
    if not near:
        return False
    if is_for_the_year(sentence, claim, claim.mention.end):
        return False
    said = sentence.low[near[-1].start : near[-1].end]
    return (claim.noun is not None and claim.noun.head in ENROLLED) or bool(_STANDS.search(said))


def retells_a_year(f: Evidence) -> bool:
    """ "There were 900 calls in 2021; in 2020 the figure stood at 870": the figure of another year, and no stock."""
    yearly = f.previous is not None and f.previous.scope.type == "year"
    return yearly and bool(_RETOLD.search(f.sentence.low, f.claim.left, f.claim.mention.claim_start))


def is_apposed(sentence: Sentence, claim: Quantity) -> bool:
    """ "Its volunteers, 280 or so, gave …": how many there are, put in between."""
    if not sentence.low.startswith((",", ")"), claim.mention.claim_end):
        return False
    apposed = _APPOSED.search(sentence.ahead_of(claim, 60))
    return apposed is not None and apposed.group("noun") in STANDING_NOUNS


def on_that_day(sentence: Sentence, claim: Quantity, time: Time) -> bool:
    """ "At 31 December 2021 …", "were waiting on 31 December": a stock on a day rather than the day's flow."""
    if time.first is None or time.first != time.last:
        return False
    lead = sentence.low[max(sentence.start, time.start - 3) : time.start]
    if sentence.low.endswith(", ", 0, time.start) and not any(c.kind in TENSES for c in sentence.cues):
        return True  # "143 partner pantries, June 30, 2024"
    return lead == "at " or (lead == "on " and goes_on(sentence, claim))


def goes_on(sentence: Sentence, claim: Quantity) -> bool:
    """Whether the words say of what is counted that it was so on a day, not that the day brought it."""
    if any(being.search(sentence.low, sentence.start, claim.right) for being in (_BEING, _OPEN_ON)):
        return True
    if claim.kind != "count" or (claim.noun is not None and claim.noun.head in EVENTS):
        return False
    return _KEEPING.search(sentence.low, max(sentence.start, claim.left), claim.right) is not None
