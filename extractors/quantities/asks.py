"""Sums that the reader is asked to pay or to give, what a sum could do, what the reader is told to bring or to do.

None is a statistic.
"""

import re
from collections.abc import Sequence

from extractors.language.lexicon import words
from extractors.language.patterns import A_DAY, YEAR, any_of
from extractors.quantities.candidates import Number, Verdict
from extractors.quantities.found import Found
from extractors.rules import Rule

_GIVE = re.compile(
    r"(?:^|[$£€]\d[\d,.]*)\W*(?:(?:please|you can|yes, i will|i will|i'll) )?"
    r"(?:give|donate|pledge|chip in|contribute|send|"
    r"make a (?:gift|donation) of|your (?:gift|donation) of|for(?= (?:just|only|as little as) )) "
    r"(?:us |just |only |as little as |a monthly |from |(?:or )?[$£€]\d[\d.]{0,9},? |or ){0,9}$|"
    r"\btext (?:[a-z]+ )?to (?:\d{4,6}|#) to (?:give|donate) $|"
    r"\b(?:places|tickets|entry|admission|prices|rooms|seats|membership|courses)(?: (?:cost|are|start|begin))?"
    r"(?: at)? from $"
)
_GIFT = re.compile(r"^\W*(?:an?|every|each) (?:monthly |single )?(?:gift|donation) of $")
_YOUR = re.compile(r"\W*(?:your|an?|every|each|one|with your) $")
_GIFT_BUYS = re.compile(
    r" (?:[a-z-]+ )?(?:gift|donation) (?:could|can|would|might|may|will|helps|buys|pays|provides|feeds|covers|funds)\b"
)
_BUYS = re.compile(
    rf"(?:,? {A_DAY},?)? "
    r"(?:could|can|would|might|may|will|keeps|helps|buys|pays|provides|feeds|gives|covers|funds|supplies)\b"
)
_FOR_SO_MUCH = re.compile(r"^\W*for $")
_CAN_GIVE = re.compile(
    r"\b(?:you|donors?|friends|supporters?|givers?|anyone|everyone|members?) can "
    r"(?:join|start|give|donate|sign up|subscribe|help)(?: us)? (?:from|for|with)(?: (?:just|only|as little as))? $"
)
_YOU_CAN = re.compile(
    rf"(?:,? {A_DAY}| monthly)?,? (?:(?:you|we|your gift|your donation) (?:can|could|will|would)\b|you [a-z]+ )"
)
_PAYS = re.compile(
    rf"(?:,? {A_DAY},?| monthly)? (?:pays for|provides|buys|feeds|covers|helps|keeps|plants|supplies|will) "
)
""" "Your $40 pays for a vaccine": what the reader's gift does; of "$40" alone it may be what something cost."""
_READERS = re.compile(r"(?:^|\W)your $")
_COULD = re.compile(rf"(?:,? {A_DAY},?| monthly)? (?:could|can|would|might|may) ")
_BEYOND = re.compile(r"\W|\b(?:just|only|every|even|your)\b")
_ONE_SUM = re.compile(
    r"\b(?:must|cannot|can't|could(?: not|n't)?|would(?: not|n't)?|might|has to|have to)\s(?:[a-z]+\s){1,3}an? $"
)
_NEXT_NOUN = re.compile(r" [a-z]+\b")
_FIELD = re.compile(r"/(?:label|button|option)(?:\[\d+\])?(?:/|$)")
_OFFERED = re.compile(
    rf"[^\w#]*#(?:\W*$|\s?[-–—:(]|,? (?:{A_DAY}|monthly|once)\b|"
    r" ?(?:can |could |will |would |might |may |[a-z]+s\b))",
    re.IGNORECASE,
)
"""A sum first, and what it does, perhaps in an element of its own: "£25sweeps a hut"."""
_DOES = re.compile(
    rf"(?:,? {A_DAY},?| monthly)? (?:buys|feeds|pays for|provides|covers|trains|plants|keeps|gives|sends|supplies|"
    r"helps|clothes|shelters|protects|educates|vaccinates|treats|houses|funds|sponsors|equips|delivers|stocks|warms) "
    r"(?:an?|one|two|three|four|five|six|ten|the|enough|\d{1,3}|[a-z]+) "
)
_LEADS = re.compile(r"\W*(?:(?:and|or|while|just|only|even) )*")
_CLAUSE = re.compile(r"[:;] ")
_SMALL_SUM = 20_000
""" "$80 feeds an orphan": what so small a sum does is told to those who may give it."""
_JOINING = re.compile(
    r"^\W*(?:join|become|adopt|sponsor|subscribe|buy|book|order|hire|rent|pay|text|sign up)\b[^:.;]*$|\byours for $|"
    r"\b(?:tickets?|entry|admission|places|seats|membership|hire|courses|lessons|classes) "
    r"(?:is|are|costs?|starts? at) (?:from |just |only )?$|"
    r"\b(?:membership|registration|entry|joining|enrolment|application|course|tuition|admission) fees?: $|"
    r"^\W*(?:donations?|gifts) (?:of|over|above) $|\(isbn[^()]*$|"
    r"(?:^\W*|[$£€]\d[\d.]*[,;] (?:and )?)(?:adults?|child(?:ren)?|concessions?|students?|seniors?|famil(?:y|ies)|"
    r"members?|under[ -]?\d+s?)(?: \([^()]*\))?:? $|^\W*(?:salary|wage|stipend)(?: range)?:? (?:from |of |up to )?$"
)
"""What the reader is to pay, now: a price stated of a year is a fact."""
_PRICES = re.compile(
    r"(?:become an?|join|be an?|membership|member rates|donate|give|ways to give|(?:how (?:you can|to) )?support us|"
    r"how (?:you can|to) (?:help|give|donate)|help an?|plan (?:your|a) visit|visit(?:ing)? us|"
    r"your visit|prices?|tickets?|admission|fees|subscri(?:be|ptions?)|adopt|"
    r"sponsor)\b(?!.*\d)",
    re.IGNORECASE,
)
_PRICE = re.compile(r"(?:[^\d#:]{2,60}[:–—-] ?)?#(?: ?/? ?(?:(?:a|per|each|every) )?[a-z]+)?\.?", re.IGNORECASE)
"""Under such a heading a line with a sum asks for it: "Couple: €65 a year"."""
_ALONE = re.compile(rf"\W*(?:(?:{A_DAY}|monthly|once)\b\W*)?", re.IGNORECASE)


def asked(n: Number) -> Verdict | None:
    """What the reader is asked to give, or what a sum could do: "Give $25", "£15 a month could feed a pony"."""
    if not n.mention.currency:
        return None
    given = n.low[n.left : n.mention.claim_start]
    if (
        _GIVE.search(given)
        or _CAN_GIVE.search(given)
        or (_FOR_SO_MUCH.match(given) and _YOU_CAN.match(n.after))
        or _is_asked_now(n, given)
        or (_YOUR.match(given) and _GIFT_BUYS.match(n.after))
        or (_GIFT.search(given) and _BUYS.match(n.after))
        or (
            not _BEYOND.sub("", given.rpartition(": ")[2])
            and (_COULD.match(n.after) or (_READERS.search(given) and _PAYS.match(n.after)))
        )
    ):
        return Verdict("statistic", "ask")
    sole = n.mention.form == "number" and n.mention.qualifier == "exact" and _ONE_SUM.search(given)
    return Verdict("idiom", "hypothetical") if sole and _NEXT_NOUN.match(n.after) else None


def _is_asked_now(n: Number, given: str) -> bool:
    if re.search(YEAR, n.low[n.left : n.right]):
        return False
    small = n.mention.value is not None and not n.mention.rounded and n.mention.value <= _SMALL_SUM
    does = small and _LEADS.fullmatch(_CLAUSE.split(given)[-1]) is not None and _DOES.match(n.after) is not None
    return does or _JOINING.search(given) is not None


ASKED = Rule(
    "asked",
    asked,
    ("rate_base.money", "relative"),
    ("Give [$25] now. -> statistic ask", "Your [$25] pays for a nest. -> statistic ask"),
    ("They gave [$25] in May. -> fact",),
)


_TELLS = words(
    "bring choose pick enter fill attach print sign complete submit upload take show scan press "
    "tap click dial pack wear use list name provide include"
)
_TOLD = re.compile(rf"\W*(?:please )?(?:{any_of(sorted(_TELLS))}) (?:(?!\d)[a-z'’-]+ ){{0,4}}$")
_MOST_TOLD = 100


def told(n: Number) -> Verdict | None:
    """What the reader is told to bring or to do: "Bring two valid IDs", "Allow 28 days"."""
    if _TELLS.isdisjoint(n.seen) or n.mention.percent or n.mention.value is None or n.mention.value > _MOST_TOLD:
        return None
    if not _TOLD.fullmatch(n.low, n.left, n.mention.claim_start) or re.search(YEAR, n.low[n.left : n.right]):
        return None
    return Verdict("statistic", "ask")


TOLD = Rule(
    "told",
    told,
    (),
    ("Bring [two] valid owls. -> statistic ask",),
    ("Anna brought [two] valid owls. -> fact",),
)


def leave_asked(found: Sequence[Found]) -> None:
    """Exclude the sums that the page around them asks the reader for.

    The fields of a form offer them to choose from ("£10 buys a hot lunch"), a heading calls them prices ("Couple: €65"
    under "Membership"), or one stands alone in its passage where another asks for it ("$25", "Give $25").
    """
    for item in found:
        if item.mention is not None and item.mention.currency and (_is_offered(item) or _is_priced(item)):
            item.verdict, item.claim = Verdict("statistic", "ask"), None
    asked = {item.passage.text[item.start : item.end] for item in found if item.verdict.reason == "ask"}
    for item in found if asked else ():
        text = item.passage.text
        alone = _ALONE.fullmatch(text[: item.start] + text[item.end :])
        if alone and item.mention is not None and text[item.start : item.end] in asked:
            item.verdict, item.claim = Verdict("statistic", "ask"), None


def _is_offered(item: Found) -> bool:
    """Whether it is what a field of a form offers."""
    return bool(_FIELD.search(item.passage.xpath) and _OFFERED.match(_with_mark(item)))


def _is_priced(item: Found) -> bool:
    """Whether it is a price, as the heading above says."""
    if not any(map(_PRICES.match, item.passage.headings[-_NEAR_HEADINGS:])):
        return False
    line = _with_mark(item)
    return bool(_PRICE.fullmatch(line) or _SUMS.fullmatch(line) or _OFFERED.match(line))


_NEAR_HEADINGS = 3
_SUMS = re.compile(r"[\W\d]*#[\W\d]*")
"""Sums to choose from: "$25$100$250"."""


def _with_mark(item: Found) -> str:
    """The passage with `#` for the sum."""
    return f"{item.passage.text[: item.start]}#{item.passage.text[item.end :]}"
