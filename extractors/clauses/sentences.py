"""Where the sentences of one passage begin and end.

Only segmentation stands here; what a sentence says is read elsewhere. Rules first named by Grefenstette and Tapanainen
(1994): a full stop ends a sentence unless the word before it is an abbreviation or what follows it cannot begin one.
"""

import re

from extractors.language.lexicon import words

# White space follows every boundary; a footnote mark may be glued to the stop ("44 million.3 In addition").
# The run of stops is entered at its start only, so that the search stays linear; a class of characters in front keeps
# it quick between them.
_STOP = re.compile(
    r"""[.!?…](?<![.!?…].)[.!?…]*+
        (?P<close>["'”’»)\]]*+)
        (?P<mark>\d{1,3}|[⁰¹²³⁴-⁹]{1,3}|(?:\[\d{1,3}\]){1,4}|[*†‡]{1,3})?
        \s++(?=(?P<open>["'“‘«(\[–—-]{0,4})(?P<next>\S))""",
    re.X,
)
_UP_TO_WORD = re.compile(r"(?:.*(?:[^\w.'’&-]|_))?", re.DOTALL)
_NEXT_WORD = re.compile(r"[^\W\d_]+")
_ZIP = re.compile(r"\d{5}(?:-\d{4})?\b")
_WORD_WINDOW = 24

# Never the end of a sentence: a name or an example follows.
_TITLES = words(
    "dr mr mrs ms mx prof rev fr sr. gen sen rep gov capt cpt lt col sgt maj hon pres supt insp mt e.g i.e eg ie vs v "
    "cf viz messrs mmes msgr"
)
# Part of a designation when a number follows: "No. 5", "Fig. 3", "Dec. 31", "approx. 40".
_BEFORE_NUMBER = words(
    "no nos nr num fig figs p pp vol vols art arts sec secs ch chap app para pt tel ext approx ca c circa est min max "
    "jan feb mar apr may jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "rs fr sfr s stat l u.s.c c.f.r pub r h.r § bldg ste apt rm box"
)
# May end a sentence or not: the next word decides.
_OPEN = words(
    "inc ltd co corp llc plc bros st ave blvd rd etc jr sr esq dept univ assn al est ed eds govt intl natl "
    "u.s u.k u.n e.u d.c u.s.a n.y l.a a.m p.m ph.d m.d b.a m.a b.sc m.sc j.d ph.d. approx"
)
_STARTERS = words(
    "the a an in on at of for from to by with since during after before between under over through throughout until as "
    "we our ours us it its he his she her they their there these those this that you your i my who what when where why "
    "how while if once although though because however moreover furthermore meanwhile also and but or so yet nor all "
    "each every both many most more some several nearly almost about approximately around among according "
    "additionally last next today now then here no not one two three four five six seven eight nine ten is are was "
    "were has have had such other another overall together despite beyond via"
)


def _ends_sentence(text: str, begin: int, m: re.Match[str]) -> bool:
    stop = m.start()
    following = m["next"]
    if following.islower():
        return False
    mark = m["mark"]
    before = text[max(begin, stop - _WORD_WINDOW) : stop]
    if mark and mark.isdecimal() and before[-1:].isdecimal() and not m["close"]:
        # "21.7 Million" is a decimal; a year with a mark glued to it is not.
        year = re.search(r"(?<![\d.,])(?:19|20)\d\d$", before)
        if year is None or not following.isupper():
            return False
    if text[stop] != "." or text.startswith("..", stop):
        return True
    if stop - begin <= 4 and text[begin:stop].lstrip("(").isalnum() and not mark:
        label = text[begin:stop].lstrip("(")
        if label.isdecimal() or (len(label) == 1 and label.isalpha()):
            return False  # "1. In 2021", "A. Smith"
    written = _UP_TO_WORD.sub("", before, count=1)
    if not written or mark or m["close"]:
        return True
    word = written.lower().lstrip("'’-&.")
    if word in _TITLES:
        return False
    if following.isdecimal():
        if word in _BEFORE_NUMBER:
            return False
        return word not in _OPEN or _ZIP.match(text, m.end() + len(m["open"])) is None
    initial = len(word) == 1 and written[-1].isupper()
    if word in _OPEN or initial or re.fullmatch(r"(?:[a-z]\.){1,4}[a-z]", word):
        next_word = _NEXT_WORD.match(text, m.end() + len(m["open"]))
        return next_word is None or next_word[0].lower() in _STARTERS
    return True


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans `(start, end)` of the sentences of one passage: code points, in order, the white space between left out."""
    spans: list[tuple[int, int]] = []
    begin = len(text) - len(text.lstrip())
    for m in _STOP.finditer(text):
        if m.start() >= begin and _ends_sentence(text, begin, m):
            end = m.end("mark") if m["mark"] else m.end("close")
            spans.append((begin, end))
            begin = m.end()
    end = len(text.rstrip())
    if begin < end:
        spans.append((begin, end))
    return spans
