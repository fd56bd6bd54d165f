"""Numbers that bound, rank or suppose rather than count: margins of error, tops of scales, scores, titles."""

import re

from extractors.language.lexicon import words
from extractors.language.patterns import MOVED, YEAR
from extractors.quantities.asks import ASKED
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
    r"\b(?:rat(?:ed|ing)|scored?|scores)\b[^.;\d]{0,40}\d\s?(?:out of|/)\s?$"
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
_PLAYED = re.compile(r"\b(?:won|lost|ended|beat|beaten|finished|drew|scores?|final|match|game)\b[^.;:]{0,40}$")
_PLAYING = words("won lost ended beat beaten finished drew score scores final match game")
_SCORE_FIRST = re.compile(r" to [0-9]\b(?![.,]?\d|\s?%|\s(?!(?:in|on|at|after|against|with|away|and|but|last)\b)[a-z])")
_SCORE_SECOND = re.compile(
    r"\b(?:won|lost|ended|beat\b[^.;:\d]{0,30}|beaten|finished|drew)(?: with)?(?: by)? \d{1,2} to $"
)
_ADVISING = words(
    "ways tips things reasons facts ideas lessons myths questions hacks takeaways tricks signs mistakes secrets habits "
    "steps rules kinds types groups"
)
_ADVICE = re.compile(
    r" (?:[a-z]+ )?(?:ways|tips|things|reasons|facts|ideas|lessons|myths|questions|hacks|takeaways|tricks) "
    r"(?:to|for|you|we|why|about|that|every|from)\b|"
    r" (?:[a-z]+ )?(?:signs|mistakes|secrets|habits|steps|rules) (?:of|to|for|that|you|you're|your)\b|"
    r" (?:[a-z]+ )?(?:ways|things|facts|questions|reasons) [a-z]+ (?:[a-z]+ )?"
    r"(?:should|must|can|need|needs|may|might)\b"
)
_TIPS = re.compile(r" (?:[a-z'-]+ ){0,4}(?:tips|hacks|tricks|takeaways|myths)[!?]?")
_ASKING = re.compile(r"\W*(?:what|how|why|which) [^.;!?]*$")
_KINDS = re.compile(r" (?:kinds|types|ways|reasons|things|facts|groups) (?:of|to) [a-z' -]+[^.\d]?")
""" "What the new law means for 3 kinds of owls": a headline tells of so many, and counts none."""
_TOPIC = re.compile(r"^[^.;!?\d]{2,60}[:–—] ")


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
    """ "The final ended 2 to 1": what falls is no range."""
    if _PLAYING.isdisjoint(n.seen) or n.mention.form != "number" or n.mention.percent or n.mention.currency:
        return None
    if n.before.endswith("from "):
        return None  # "scores rose from 1 to 5"
    first, second = _SCORE_FIRST.match(n.after), _SCORE_SECOND.search(n.before)
    played = _PLAYED.search(n.before) is not None and (first is not None or second is not None)
    return Verdict("identifier", "score") if played else None


def list_title(n: Number) -> Verdict | None:
    """The title of a list of advice: "7 ways to cut waste", "Ten things you may not know"."""
    if _ADVISING.isdisjoint(n.seen):
        return None
    lead = _TOPIC.sub("", n.low[n.left : n.mention.claim_start])
    alone = not lead.strip(" \"'*•-") and not n.low[: n.right].rstrip().endswith(".")
    exact = n.mention.form == "number" and n.mention.qualifier == "exact"
    titled = alone and (_ADVICE.match(n.after) or _TIPS.fullmatch(n.low, n.mention.end, n.right))
    asked = _ASKING.match(n.low, n.left, n.mention.claim_start) and _KINDS.fullmatch(n.low, n.mention.end, n.right)
    return Verdict("idiom", "title") if exact and (titled or asked) else None


_SUPPOSE = (
    r"(?:suppos(?:e|ing)|imagine|picture|assum(?:e|ing)|let us say|let's say|say(?= (?:an?|your?|that an?)\b)|"
    r"what if|consider an?)\b"
)
_SUPPOSING = words("suppose supposing imagine picture assume assuming let say what consider would could might")
_SUPPOSED = re.compile(
    rf"\W*(?:{_SUPPOSE}|(?:(?:and |but )?if|for (?:example|instance),?(?: if)?|take) "
    r"(?:an?|your?|each|every|everyone|everybody|just|only)\b.*\b(?:would|could|might)\b)"
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
    r"[$£€]\d[\d,.]*(?: (?:gift|donation|donated|given|monthly|(?:a|per|each) (?:day|week|month|year)))*,? "
    r"(?:(?:can|could|may|might|would|will) (?:also )?(?:help )?(?:us )?(?:to )?(?:[a-z]+ ){1,3}|"
    r"helps? (?:us )?(?:to )?[a-z]+ )"
    r"(?:up to |about |as many as |at least |an? )?$"
)


def bought(n: Number) -> Verdict | None:
    """What a gift could do: "every $1 can help provide 3 meals"."""
    return Verdict("idiom", "hypothetical") if _COULD_BUY.search(n.before) else None


_FILE = re.compile(
    r"\b(?:pdf|docx?|word|xlsx?|excel|zip|csv|pptx?|powerpoint|jpe?g|png|gif|mp[34]|epub|html?|odt|ods)[,:;–-]? ?\(?$"
)
_BYTES = re.compile(r" ?(?:bytes|[kmg]i?b)\b")


def file_size(n: Number) -> Verdict | None:
    """How large a file is to fetch: "Annual report (PDF, 3.4 MB)"."""
    size = _FILE.search(n.before) and _BYTES.match(n.after)
    return Verdict("reference", "file_size") if size else None


_WE_AND_OUR = re.compile(r"\bwe and our $")
_STORING = re.compile(
    r" (?:[a-z]+ )?(?:partners|vendors|suppliers) (?:may |can )?(?:store|process|use|access|collect|share)\b"
    r"[^.;:]{0,30}\b(?:files|information|data|cookies|technologies|identifiers)\b"
)
_SETS = re.compile(
    r"\b(?:this (?:web)?site|these pages|we) (?:may )?(?:stores?|uses?|sets?|places?)(?: up to| about)? $"
)


def consent(n: Number) -> Verdict | None:
    """Whom a page asks to let store things: "We and our 842 partners store files on your device"."""
    sets = n.noun is not None and n.noun.head == "cookies" and _SETS.search(n.low, n.left, n.mention.start)
    asks = sets or (_WE_AND_OUR.search(n.before) and _STORING.match(n.after))
    return Verdict("statistic", "boilerplate") if asks else None


_RULING = words(
    "rule rules law laws policy policies code codes regulation regulations bylaw bylaws guideline guidelines statute "
    "statutes guidance"
)
_RULED = re.compile(
    r"\b(?:rules?|laws?|polic(?:y|ies)|codes?|regulations?|by-?laws?|guidelines?|statutes?|guidance) (?:[a-z]+ly )?"
    r"(?:asks?|calls?|allows?|requires?|says?|sets?|permits?|demands?|bans?|forbids?|limits?|caps?|prescribes?|"
    r"stipulates?)\b[^.;:\d]{0,60}$"
)


def ruled(n: Number) -> Verdict | None:
    """The bound that a rule sets: "the rule asks for riders over 130 cm"."""
    if _RULING.isdisjoint(n.seen):
        return None
    told = not n.mention.currency and not n.mention.percent and _RULED.search(n.before)
    return Verdict("reference", "rule") if told else None


_TITLED = re.compile(
    r"\b(?:report|study|paper|book|article|briefing|film|play|song|guide|exhibition|novel|poem|series|called|titled|"
    r"entitled|title|named)[,:]? [\"'](?P<title>[^\"]{0,60})$"
)


def titled(n: Number) -> Verdict | None:
    """A number in the title of something cited: "the report “Ten bridges to work”"."""
    m = _TITLED.search(n.before) if '"' in n.after else None
    told = m is not None and not n.mention.percent
    return Verdict("reference", "citation") if told else None


UNCOUNTED = [
    Rule(
        "list_title", list_title, (),
        ("[7] ways to save hens -> idiom title", "Hens at home: [7] things to know -> idiom title"),
        ("[7] tips for hens were given in May. -> fact",),
    ),
    Rule(
        "margin", margin, ("relative",), ("It is 64% (±[3%]). -> reference margin_of_error",),
        ("It is 64% ([3%] of owls). -> fact",),
    ),
    Rule(
        "scale_bound", scale_bound, (), ("Owls gave it 4.8 out of [5]. -> reference scale",),
        ("Owls came to [5] talks. -> fact",),
    ),
    Rule(
        "match_score", match_score, (), ("The final ended [2] to 1. -> identifier score",),
        ("The final saw [2] owls. -> fact",),
    ),
    Rule(
        "supposed", supposed, ("relative",), ("Suppose a den of [12] owls burns. -> idiom hypothetical",),
        ("Suppose not: in 2021 we fed [12] owls. -> fact",),
    ),
    Rule(
        "bought", bought, (), ("Every $1 can help feed [3] owls. -> idiom hypothetical",),
        ("With $1 each they fed [3] owls. -> fact",),
    ),
    Rule(
        "file_size", file_size, (), ("- Our owls (PDF, [3.4] MB) -> reference file_size",),
        ("We filed [3.4] MB of owls. -> fact",),
    ),
    Rule(
        "consent", consent, (), ("We and our [12] partners store files. -> statistic boilerplate",),
        ("We and our [12] partners store grain. -> fact",),
    ),
    Rule(
        "ruled", ruled, (), ("The rule asks for nests over [130] cm. -> reference rule",),
        ("The rule is old; [130] owls obey. -> fact",),
    ),
    Rule(
        "titled", titled, (), ('We wrote the report "[Ten] nests to mend" in May. -> reference citation',),
        ('We said "stop" to [ten] owls. -> fact',),
    ),
    ASKED,
]  # fmt: skip
