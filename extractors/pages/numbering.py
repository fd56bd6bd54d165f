"""Blocks that are numbered, or do nothing but number what follows: steps, findings, sections, policies.

What numbers a block states nothing. The digits alone do not tell: tiles count 1 boat, 2 vans as steps count 1, 2.
"""

import re
from itertools import takewhile

from extractors.language.lexicon import (
    DETERMINERS,
    HEADCOUNT,
    MASS,
    MEASURES,
    PEOPLE,
    STOPS,
    TIME_UNITS,
    VERBS,
    is_plural,
    words,
)
from extractors.language.numerals import VALUES
from extractors.pages.blocks import Block
from extractors.pages.openings import Opening, openings
from extractors.rules import Rule, first_of

_NO_NAMES = (
    STOPS | DETERMINERS | VERBS | HEADCOUNT | PEOPLE | TIME_UNITS.keys()
    | words("total average nearly almost about around over roughly approximately another some exactly up down")
)  # fmt: skip
_COUNTABLE = HEADCOUNT | MASS | MEASURES | TIME_UNITS.keys()
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[A-Z]\S*\s\S+\s\S+\s.*[.!?;]", re.DOTALL)
_MEASURING = MEASURES | MASS | TIME_UNITS.keys() | words("thousand million billion trillion percent per")


def _zero_padded(opening: Opening) -> bool | None:
    return True if opening.stands and re.fullmatch(r"0\d", opening.number) else None


def _named(opening: Opening) -> bool | None:
    """ "Finding 7", "Strategy 2: Shelter", "KPI 4.1 Leaks": the word is what is numbered, and one of it."""
    first, _, word = opening.name.lower().rpartition(" ")
    if not _names(word) or (opening.rest and not opening.point and not _titles_part(opening, word)):
        return None
    if first and not (opening.point and opening.is_title and first not in _NO_NAMES):
        return None
    kicker = not opening.rest and (opening.heads or opening.total or len(opening.run) > 1)
    return True if opening.is_title or kicker else None


def _titles_part(opening: Opening, word: str) -> bool:
    """Whether a title stands behind "KPI 4.1" or "Step 2 of 3", with no mark between."""
    of_many = "." in opening.number or (opening.total and word in _SURE)
    return bool(opening.is_title and of_many and _titled((opening.rest,)))


def _named_apart(opening: Opening) -> bool | None:
    """ "Step" in one element and "1" in the next, then "Step" and "2"."""
    if not opening.stands or len(opening.run) < 2 or len(opening.before) != 1:
        return None
    (word,) = opening.before
    return True if word.isalpha() and word[0].isupper() and _names(word.lower()) else None


_SURE = words(
    "aim goal objective priority step phase stage chapter part section article clause lesson module question finding "
    "recommendation principle pillar theme strategy strand policy sdg kpi"
)
"""What is numbered, and seldom counted in a tile."""
_STEPS = words("step phase stage chapter lesson sdg kpi")
_NO_OF = re.compile(
    rf"(?<![a-z])(?P<what>{'|'.join(sorted(_SURE))})s?"
    r"(?:(?:[-_]{1,2}(?:card|item|box|tile|block))?[-_]{1,2}(?:no|nr|num|number|numeral)|(?-i:N(?:o|r|um|umber)))(?![a-z])",
    re.IGNORECASE,
)


def _classed(opening: Opening) -> bool | None:
    """The element's class calls it the number of a chapter, a step: "chapter-no"."""
    if opening.name or (len(opening.number) > 2 and "." not in opening.number):
        return None
    called = _NO_OF.search(opening.classes)
    titles = opening.is_title or opening.heads
    return True if called and (titles or called["what"].lower() in _STEPS) else None


def _named_once(opening: Opening) -> bool | None:
    """ "Aim" in one element and "2" in the next."""
    alone = opening.stands and len(opening.number) < 3 and len(opening.before) == 1
    return True if alone and _SURE.issuperset(word.lower() for word in opening.before) else None


def _names(word: str) -> bool:
    return bool(word) and not is_plural(word) and word not in _NO_NAMES


def _position(opening: Opening) -> bool | None:
    """1/3, 2/3, 3/3."""
    whole = opening.stands and opening.total and opening.from_one and opening.last == opening.total
    return True if whole and len(opening.run) > 1 else None


def _steps(opening: Opening) -> bool | None:
    if not opening.stands or opening.total or len(opening.run) < 2:
        return None
    if opening.is_title:
        return True if opening.from_one and opening.explained and _titled(opening.labels) else None
    return True if opening.point or (opening.from_one and (opening.explained or opening.in_order)) else None


def _uncounted(opening: Opening) -> bool | None:
    """1 "Look", 2 "Listen", 3 "Wave": what is said of two and three is no plural."""
    if not opening.stands or opening.total or opening.is_title or not opening.from_one or len(opening.run) < 3:
        return None
    labels = [label.split(",")[0] for label in opening.labels]
    if not all(label[:1].isupper() for label in labels):
        return None
    said = [word for label in labels[1:] for word in _WORD.findall(label.lower())]
    return None if any(is_plural(word) or word in _COUNTABLE for word in said) else True


def _items(opening: Opening) -> bool | None:
    """ "1/ Lock it", "2 - Back it up": lines of a list that nothing else calls one."""
    marked = opening.rest and opening.point and not (opening.name or opening.is_title)
    if not marked or not opening.from_one or len(opening.run) < 2:
        return None
    return None if opening.dashed and not _titled(opening.run) else True


def _clause(opening: Opening) -> bool | None:
    """ "4.2 A reply is sent.": what is written behind such a number is a sentence of its own, not what it counts."""
    if opening.name or opening.total or "." not in opening.number or opening.is_title:
        return None
    first = opening.rest.split(" ", 1)[0].lower()
    return True if _CLAUSE.fullmatch(opening.rest) and first not in _MEASURING else None


def _sections(opening: Opening) -> bool | None:
    if not opening.is_title or opening.name or len(opening.run) < 2:
        return None
    return True if _titled(opening.run) else None


def _titled(rests: tuple[str, ...]) -> bool:
    """Whether each begins like a title or a sentence, and not with what is counted."""
    return all(rest[:1].isupper() and not is_plural(rest.split()[0].lower()) for rest in rests)


def _listed(opening: Opening) -> bool | None:
    if opening.name or not opening.in_contents:
        return None
    return True if opening.in_outline or (opening.is_title and _uncountable((opening.rest,))) else None


def _in_parts(opening: Opening) -> bool | None:
    return True if opening.has_parts and not opening.name else None


def _titles(opening: Opening) -> bool | None:
    """ "1 Audition", "2 Sing for a term", "3 Join us": items that begin like titles, and name nothing in the plural."""
    if opening.name or opening.total or not opening.rest or not opening.from_one or len(opening.run) < 3:
        return None
    return True if _uncountable(opening.run) else None


def _dividers(opening: Opening) -> bool | None:
    """A number over each of some headings, none of which names what there may be many of."""
    if not opening.stands or opening.total or not opening.heads or len(opening.run) < 2:
        return None
    return True if _uncountable(opening.labels) else None


def _uncountable(rests: tuple[str, ...]) -> bool:
    """Whether each begins with a capital, and none with a phrase in the plural or with a measure."""
    phrases = [[*takewhile(_in_phrase, _WORD.findall(rest.lower()))] for rest in rests]
    plurals = any(
        is_plural(word) or word in _MEASURING - MASS or word in HEADCOUNT for said in phrases for word in said
    )
    return all(rest[:1].isupper() for rest in rests) and not plurals


def _in_phrase(word: str) -> bool:
    return word not in STOPS and word not in DETERMINERS and word not in VALUES


def _note(opening: Opening) -> bool | None:
    return True if opening.is_mark and not opening.name and opening.rest[:1].isupper() else None


NUMBERING: tuple[Rule[Opening, bool], ...] = (
    Rule(
        "zero_padded",
        _zero_padded,
        before=("steps",),
        examples=("<div><b>[02]</b><p>Ring the bell</p></div>",),
        but_not=("<div><b>[12]</b><p>Bells rung</p></div> -> count 12",),
    ),
    Rule(
        "named",
        _named,
        examples=(
            "<h3>Recommendation [14]</h3><p>Pay the bell ringers.</p>",
            "<h3>KPI [4.1] Old bells</h3><p>They are rung.</p>",
        ),
        but_not=("<h3>Ringers [14]</h3><p>Pay the bell ringers.</p> -> count 14",),
    ),
    Rule(
        "named_apart",
        _named_apart,
        before=("steps", "uncounted"),
        examples=("<div><i>Round</i><b>4</b><p>door bells</p></div><div><i>Round</i><b>[5]</b><p>old bells</p></div>",),
        but_not=("<div><i>Doors</i><b>4</b></div><div><i>Bells</i><b>[5]</b></div> -> count 5",),
    ),
    Rule(
        "classed",
        _classed,
        examples=("<h2><i class='chapter-no'>[5]</i> Bells</h2><p>They are rung at the old door.</p>",),
        but_not=("<h2><i class='stat-no'>[5]</i> Bells</h2><p>They are rung at the old door.</p> -> count 5",),
    ),
    Rule(
        "named_once",
        _named_once,
        examples=("<div><i>Aim</i> <i>[5]</i></div><p>Ring the old bells.</p>",),
        but_not=("<div><i>Bells</i> <i>[5]</i></div><p>Ring the old bells.</p> -> count 5",),
    ),
    Rule(
        "position",
        _position,
        examples=("<div><i>[1/2]</i><p>old doors</p></div><div><i>2/2</i><p>old bells</p></div>",),
        but_not=("<div><i>1/4</i><p>old doors</p></div><div><i>[2/4]</i><p>old bells</p></div> -> ratio 0.5",),
    ),
    Rule(
        "steps",
        _steps,
        examples=("<div><i>1</i><p>Come to the door.</p></div><div><i>[2]</i><p>Ring the old bell.</p></div>",),
        but_not=("<div><i>1</i><p>door</p></div><div><i>[2]</i><p>bells</p></div> -> count 2",),
    ),
    Rule(
        "uncounted",
        _uncounted,
        examples=("<div><i>1</i><p>Knock</p><i>2</i><p>Wait at the door</p><i>[3]</i><p>Ring</p></div>",),
        but_not=("<div><i>1</i><p>Knock</p><i>2</i><p>Doors</p><i>[3]</i><p>Bells</p></div> -> count 3",),
    ),
    Rule(
        "items",
        _items,
        examples=("<p>1 - Open the door.<br>[2] - Ring the old bell.</p>",),
        but_not=("<p>1 - door<br>[2] - bells</p> -> count 2",),
    ),
    Rule(
        "clause",
        _clause,
        before=("note",),
        examples=("<p>[4.2] Bells are rung at the old door.</p>",),
        but_not=("<p>[4.2] bells are rung at the old door.</p> -> count 4.2",),
    ),
    Rule(
        "note",
        _note,
        before=("sections",),
        examples=("<p>We rang 40 bells<sup>7</sup> that year.</p><p>[7] Without those of the chapel.</p>",),
        but_not=("<p>We rang 40 bells<sup>7</sup> that year.</p><p>[7] ringers came. -> count 7",),
    ),
    Rule(
        "listed",
        _listed,
        examples=(
            "<ul><li><a href='#d'>1 Door</a><li><a href='#b'>2 Bell</a></ul><h2 id='b'>[2] Bell</h2><p>Old.</p>",
            "<ul><li><a href='/d'>1 Doors</a><li><a href='/b'>2 Bells</a><li><a href='/r'>3 Ropes</a></ul>"
            "<p>[2] Bells</p>",
        ),
        but_not=(
            "<ul><li><a href='#d'>Door</a><li><a href='#b'>Bell</a></ul><h2>[2] bells</h2><p>Old.</p> -> count 2",
        ),
    ),
    Rule(
        "in_parts",
        _in_parts,
        examples=("<p>[5.4] Bells</p><p>5.4.1 They are rung at the old door.</p>",),
        but_not=("<p>[5.4] bells</p><p>5.5 They are rung at the old door.</p> -> count 5.4",),
    ),
    Rule(
        "titles",
        _titles,
        examples=("<ul><li>1 Knock<li>2 Wait at the door<li>[3] Ring the 40 bells</ul>",),
        but_not=("<ul><li>1 Knocker<li>2 Old doors<li>[3] New bells</ul> -> count 3",),
    ),
    Rule(
        "dividers",
        _dividers,
        examples=(
            "<div><b>4</b></div><h2>Door</h2><p>It is old.</p><div><b>[5]</b></div><h2>Bell</h2><p>It is loud.</p>",
        ),
        but_not=(
            "<div><b>4</b></div><h2>Doors</h2><p>They are old.</p><div><b>[5]</b></div><h2>Bells</h2> -> count 5",
        ),
    ),
    Rule(
        "sections",
        _sections,
        examples=("<h2>4 Door</h2><p>It is old.</p><h2>[5] Bell</h2><p>It is loud.</p>",),
        but_not=("<h2>4 Doors</h2><p>They are old.</p><h2>[5] Bells</h2><p>They are loud.</p> -> count 5",),
    ),
)
"""Whether an opening only numbers its block; the first that answers decides."""


def mark_numbering(blocks: list[Block]) -> None:
    """Note for each block how many of its characters only number it; `blocks` is changed in place."""
    for block, opening, end in openings(blocks):
        if first_of(NUMBERING, opening):
            block.numbering, block.value = end, False
