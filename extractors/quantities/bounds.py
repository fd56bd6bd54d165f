"""Numbers that bound rather than count: margins of error, tops of scales, final scores, what a rule sets."""

import re

from extractors.language.lexicon import PEOPLE, words
from extractors.language.patterns import MOVED
from extractors.quantities.candidates import REACH, Number, Verdict
from extractors.rules import Rule

_MARGIN = re.compile(
    r"(?:±|\+/[-−–]|\bplus[ -]or[ -]minus)\s?$|"
    r"\baccurate to (?:within )?(?:about )?$|\b(?:sampling|standard) errors?(?: of| is| was) (?:about )?$|"
    r"\bmargins? of (?:sampling )?error(?: of| is| was| at|:)?(?: about| around)? (?:[±+-])?$"
)
_CONFIDENT = re.compile(r",? (?:c\.?i\.?|confidence (?:interval|level)|credible interval)s?\b")
_CONFIDENCE = re.compile(r"\b(?:c\.?i\.?|confidence interval|credible interval)[:,=]? ?(?:of |from |was )?[(\[]?$")
_OFF = words("plus accurate error errors ci c.i confidence credible")
_TOPS = frozenset((4, 5, 6, 7, 10, 20, 100))
_OF_TOP = re.compile(
    r"(?<![\d.])\d{1,2}\.\d{1,2}\s?(?:stars? |points? )?(?:out of|/)\s?$|"
    r"\b(?:rat(?:ed|ing)|scored?|scores)\b[^.;\d]{0,40}\d\s?(?:out of|/)\s?$|"
    r"\bout of a (?:possible|maximum|total|potential)(?: of)? $|\bout of (?:the )?(?:possible|maximum) $"
)
_SCALING = words(
    "rate rates rated rating score scores scored scoring mark marks marked marking grade grades graded grading rank "
    "ranks ranked ranking scale"
)
_ON_SCALE = re.compile(r"\bscale (?:of |from |running from |ranging from |between )?$")
_RATED = re.compile(
    r"\b(?:rate[sd]?|rating|scor(?:e[sd]?|ing)|mark(?:s|ed|ing)?|grad(?:e[sd]?|ing)|rank(?:s|ed|ing)?) "
    r"(?:how|each|every|their|the|our|its?|them|his|her|your|my|this|that|us)\b[^.;:\d]{0,40}"
    r"(?:(?:\b(?:from|between) )?|\bfrom [01] \([a-z ]{1,20}\) to )$"
)
_RATING = re.compile(
    rf"\b(?:rate[sd]?|rating|scor(?:e[sd]?|ing)|mark(?:ed|ing)|grad(?:ed|ing)|rank(?:ed|ing)) (?!of\b)"
    rf"(?:(?!(?:{MOVED}|went|moved)\b)[a-z'-]+ ){{0,5}}$"
)
_SCALE_AFTER = re.compile(r"[- ](?:point )?(?:likert |rating |pain )?scale\b")
_TO_TOP, _FROM_BOTTOM = re.compile(r" \([a-z ]{1,20}\) to (?:4|5|6|7|10|20|100)\b"), re.compile(r"\) to $")
_WORDED_END = re.compile(r" \([a-z][a-z -]{1,24}\)")
_WORDED_START, _TO_WORDED = (
    re.compile(r" \([a-z -]+\) (?:to|through) \d{1,3} \("),
    re.compile(r"\d \([a-z -]+\) (?:to|through) $"),
)
""" "From 0 (failing) to 20 (excellent)": both ends of a scale are put in words."""
_END_MEANS = re.compile(
    r" (?:is|was|being|means|meaning|meant|stands for|=) "
    r"(?:[“\"'‘]|not at all\b|very\b|completely\b|the (?:best|worst|highest|lowest)\b)"
)
_MEANING = re.compile(r"(?:\b(?:where|with|and|when) |[,;(] ?)$")
""" "Where 0 is 'not at all' and 10 is 'completely'"."""
_PLAYED = re.compile(r"\b(?:won|lost|ended|beat|beaten|finished|drew|scores?|final|match|game)\b[^.;:]{0,40}$")
_PLAYING = words("won lost lose loses losing ended beat beaten finished drew score scores final match game down")
_LOST = re.compile(r"\b(?:lost|loses?|losing|beaten|went down|drew|ended)\b[^.;:\d]{0,40}$")
_DASHED = re.compile(r"\d{1,2}[-\u2013]\d{1,2}")
_SCORE_FIRST = re.compile(r" to [0-9]\b(?![.,]?\d|\s?%|\s(?!(?:in|on|at|after|against|with|away|and|but|last)\b)[a-z])")
_SCORE_SECOND = re.compile(
    r"\b(?:won|lost|ended|beat\b[^.;:\d]{0,30}|beaten|finished|drew)(?: with)?(?: by)? \d{1,2} to $"
)


def margin(n: Number) -> Verdict | None:
    """How far a figure may be off: "±3%", "a margin of error of 3 points"."""
    if _OFF.isdisjoint(n.seen) and "±" not in n.low and "+/" not in n.low:
        return None
    off = _MARGIN.search(n.low, max(n.left, n.mention.start - REACH), n.mention.start)
    off = off or _CONFIDENT.match(n.after) or _CONFIDENCE.search(n.before)
    return Verdict("reference", "margin_of_error") if off else None


def scale_bound(n: Number) -> Verdict | None:
    """The top or the bounds of a scale: "4.6 out of 5", "8.7/10", "a scale of 1 to 10"."""
    if n.mention.form == "number" and n.mention.value in _TOPS and _OF_TOP.search(n.before):
        return Verdict("reference", "scale")
    if not n.mention.digits:
        return None
    worded = _WORDED_END.match(n.after) and (_WORDED_START.match(n.after) or _TO_WORDED.search(n.before))
    worded = worded or (_END_MEANS.match(n.after) and _MEANING.search(n.before))
    return Verdict("reference", "scale") if worded or (not _SCALING.isdisjoint(n.seen) and _is_scaled(n)) else None


def _is_scaled(n: Number) -> bool:
    rated = _RATED.search(n.before) or (n.mention.form == "range" and _RATING.search(n.before))
    scaled = (
        _ON_SCALE.search(n.before)
        or (n.mention.form == "range" and _SCALE_AFTER.match(n.after))
        or (rated and _reaches_top(n))
    )
    return bool(scaled)


def _reaches_top(n: Number) -> bool:
    """ "From 0 to 10", "from 1 (poor) to 7"."""
    bounds = n.mention.low, n.mention.high
    if n.mention.form == "range":
        return bounds[0] in (0, 1) and bounds[1] in _TOPS
    low = n.mention.value in (0, 1) and _TO_TOP.match(n.after)
    return bool(low or (n.mention.value in _TOPS and _FROM_BOTTOM.search(n.before)))


def match_score(n: Number) -> Verdict | None:
    """ "The final ended 2 to 1", "they lost theirs 0-2"."""
    if _PLAYING.isdisjoint(n.seen) or n.mention.percent or n.mention.currency:
        return None
    if n.mention.form == "range":
        dashed = _DASHED.fullmatch(n.low, n.mention.start, n.mention.end) and n.noun is None
        return Verdict("identifier", "score") if dashed and _LOST.search(n.before) else None
    if n.mention.form != "number":
        return None
    if n.before.endswith("from "):
        return None  # "scores rose from 1 to 5"
    first, second = _SCORE_FIRST.match(n.after), _SCORE_SECOND.search(n.before)
    played = _PLAYED.search(n.before) is not None and (first is not None or second is not None)
    return Verdict("identifier", "score") if played else None


_RULING = words(
    "rule rules law laws policy policies code codes regulation regulations bylaw bylaws guideline guidelines statute "
    "statutes guidance"
)
_RULED = re.compile(
    r"\b(?:rules?|laws?|polic(?:y|ies)|codes?|regulations?|by-?laws?|guidelines?|statutes?|guidance) (?:[a-z]+ly )?"
    r"(?:asks?|calls?|allows?|requires?|says?|sets?|permits?|demands?|bans?|forbids?|limits?|caps?|prescribes?|"
    r"stipulates?)\b[^.;:\d]{0,60}$"
)
_REQUIRING = words("you please must")
_THEY_MUST = re.compile(r"\b(?P<who>[a-z-]+) must (?!have\b)[^.;:]{0,100}$")
_REQUIRED = re.compile(
    r"\byou (?:must|need to|have to|may only|can only) (?!know|see|hear|read|meet|remember)[^.;:]{0,100}$|"
    r"^\W*please (?:wait|allow|leave|bring|arrive|keep|book|order|stay|drink|eat|avoid|send|do not|don't)\b"
    r"[^.;:]{0,60}$"
)
"""What is asked of a reader who wants to take part."""


def ruled(n: Number) -> Verdict | None:
    """The bound that a rule sets: "the rule asks for riders over 130 cm"."""
    if _RULING.isdisjoint(n.seen):
        return None
    told = not n.mention.currency and not n.mention.percent and _RULED.search(n.before)
    return Verdict("reference", "rule") if told else None


def required(n: Number) -> Verdict | None:
    """What has to be kept to: "you must weigh at least 50 kg", "please wait 12 weeks", "donors must wait 12 weeks"."""
    if _REQUIRING.isdisjoint(n.seen) or n.mention.currency or n.mention.percent:
        return None
    ahead = n.low[n.left : n.mention.claim_start]
    they = _THEY_MUST.search(ahead)
    told = _REQUIRED.search(ahead) or (they is not None and they["who"] in PEOPLE)
    return Verdict("reference", "rule") if told else None


REQUIRED = Rule(
    "required", required, ("duration",),
    ("You must keep [40] metres off. -> reference rule", "Please wait [12] weeks. -> reference rule"),
    ("You must know that [40] owls came. -> fact",),
)  # fmt: skip
BOUNDS = [
    Rule(
        "margin", margin, ("relative",), ("It is 64% (±[3%]). -> reference margin_of_error",),
        ("It is 64% ([3%] of owls). -> fact",),
    ),
    Rule(
        "scale_bound", scale_bound, (), ("Owls gave it 4.8 out of [5]. -> reference scale",),
        ("Owls came to [5] talks. -> fact",),
    ),
    Rule(
        "match_score", match_score, (),
        ("The final ended [2] to 1. -> identifier score", "The owls lost theirs [0-2]. -> identifier score"),
        ("The final saw [2] owls. -> fact", "The wood lost [3-5] owls. -> fact"),
    ),
    Rule(
        "ruled", ruled, (), ("The rule asks for nests over [130] cm. -> reference rule",),
        ("The rule is old; [130] owls obey. -> fact",),
    ),
]  # fmt: skip
