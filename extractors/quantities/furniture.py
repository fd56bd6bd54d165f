"""Numbers of titles and of what surrounds a text: lists of advice, works that are cited, files, consent, pages."""

import re

from extractors.language.lexicon import words
from extractors.quantities.candidates import Number, Verdict
from extractors.rules import Rule

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


_FILE = re.compile(
    r"\b(?:pdf|docx?|word|xlsx?|excel|zip|csv|pptx?|powerpoint|jpe?g|png|gif|mp[34]|epub|html?|odt|ods)[,:;–-]? ?\(?$"
)
_SHUT = re.compile(r" ?(?:bytes|[kmg]i?b)\)")
_BEHIND_SIZE = re.compile(r"\(?(?:pdf|docx?|xlsx?|pptx?)\b[^()]{0,30}[,;] ?$|\d ?[kmg]i?b[,;] $")
_BYTES = re.compile(r" ?(?:bytes|[kmg]i?b)\b")


def file_size(n: Number) -> Verdict | None:
    """How large a file is to fetch: "Annual report (PDF, 3.4 MB, 48 pages)", "Minutes (340 KB)"."""
    size = _BYTES.match(n.after) and (_FILE.search(n.before) or (n.before.endswith("(") and _SHUT.match(n.after)))
    pages = n.noun is not None and n.noun.head == "pages" and _BEHIND_SIZE.search(n.before)
    return Verdict("reference", "file_size") if size or pages else None


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
    asks = sets or (_STORING.match(n.after) and _WE_AND_OUR.search(n.before))
    return Verdict("statistic", "boilerplate") if asks else None


_TITLED = re.compile(
    r"\b(?:report|study|paper|book|article|briefing|film|play|song|guide|exhibition|novel|poem|series|called|titled|"
    r"entitled|title|named)[,:]? [\"'](?P<title>[^\"]{0,60})$"
)


def titled(n: Number) -> Verdict | None:
    """A number in the title of something cited: "the report “Ten bridges to work”"."""
    m = _TITLED.search(n.before) if '"' in n.after else None
    told = m is not None and not n.mention.percent
    return Verdict("reference", "citation") if told else None


_PAGE_OF = re.compile(
    r"\b(?:page|photo|picture|image|slide|step|part|item|question|video|story|day|week|lesson|episode|module|"
    r"chapter) \d{1,4} of $"
)
_SHOWN = r"\b(?:results?|items?|entries|showing|displaying|viewing)(?: (?:results?|items?|entries))?:? "
_SHOWN_OF = re.compile(rf"{_SHOWN}\d{{1,4}}(?: ?[-\u2013] ?| to )\d{{1,4}} (?:out )?of (?:about )?$")
_SHOWN_BEFORE, _OF_ALL = re.compile(f"{_SHOWN}$"), re.compile(r" (?:out )?of (?:about )?\d")
""" "Showing 1 to 10 of 84 results": a page of what was searched for."""


def page_of(n: Number) -> Verdict | None:
    """ "Page 3 of 40", "results 1–10 of 84"."""
    if not n.mention.digits:
        return None
    shown = n.mention.form == "range" and _OF_ALL.match(n.after) and _SHOWN_BEFORE.search(n.before)
    behind = n.before.endswith((" of ", " of about ")) and (_SHOWN_OF.search(n.before) or _PAGE_OF.search(n.before))
    return Verdict("reference", "page_reference") if shown or behind else None


PAGE_OF = Rule(
    "page_of", page_of, (), ("This is page 3 of [40] in all. -> reference page_reference",),
    ("There are 3 of [40] owls in all. -> fact",),
)  # fmt: skip
FURNITURE = [
    Rule(
        "list_title", list_title, (),
        ("[7] ways to save hens -> idiom title", "Hens at home: [7] things to know -> idiom title"),
        ("[7] tips for hens were given in May. -> fact",),
    ),
    Rule(
        "titled", titled, (), ('We wrote the report "[Ten] nests to mend" in May. -> reference citation',),
        ('We said "stop" to [ten] owls. -> fact',),
    ),
    Rule(
        "file_size", file_size, (), ("- Our owls (PDF, [3.4] MB) -> reference file_size",),
        ("We filed [3.4] MB of owls. -> fact",),
    ),
    Rule(
        "consent", consent, (), ("We and our [12] partners store files. -> statistic boilerplate",),
        ("We and our [12] partners store grain. -> fact",),
    ),
]  # fmt: skip
