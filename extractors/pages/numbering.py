"""Blocks that are numbered, or do nothing but number what follows: steps, findings, sections, policies.

What numbers a block states nothing. The digits alone do not tell: tiles count 1 boat, 2 vans as steps count 1, 2.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
from extractors.language.numerals import value_of
from extractors.language.patterns import BELOW_HUNDRED
from extractors.pages.blocks import Block, Container
from extractors.rules import Rule, first_of

_OPENS = re.compile(
    rf"(?:(?P<name>(?:[A-Z][a-z]+ )?[A-Z]?[a-z]+) )?"
    rf"(?P<number>\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}|(?<= )(?i:{BELOW_HUNDRED}))"
    rf"(?: ?(?:/|of|out of) ?(?P<total>\d{{1,3}}))?"
    rf"(?P<point>[.):/]|(?P<dash> ?[\u2013\u2014|=-](?= )))?(?:$|(?:\s|(?P<glued>(?=[A-Z][a-z])))(?P<rest>.*))",
    re.DOTALL,
)
_CODED = re.compile(r"\S*\d\S*")
"""A class made for one element, as page builders make them."""
_TITLING = words("button summary legend dt")
_KINDS = ("heading", "paragraph", "list_item")
_NO_NAMES = (
    STOPS | DETERMINERS | VERBS | HEADCOUNT | PEOPLE | TIME_UNITS.keys()
    | words("total average nearly almost about around over roughly approximately another some exactly up down")
)  # fmt: skip
_COUNTABLE = HEADCOUNT | MASS | MEASURES | TIME_UNITS.keys()
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[A-Z].*\s.*\s.*[.!?]$", re.DOTALL)
_CLAUSE = re.compile(r"[A-Z]\S*\s\S+\s\S+\s.*[.!?;]", re.DOTALL)
_MEASURING = MEASURES | MASS | TIME_UNITS.keys() | words("thousand million billion trillion percent per")
_SHORT_SENTENCE = re.compile(r"[A-Z].*\s.*[.!?]$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Opening:
    """A number that opens a block, perhaps with words in front of it."""

    name: str
    number: str
    total: str
    """How many there are: "Step 1 of 3"."""
    point: str
    """The mark behind the number."""
    dashed: bool
    """That is a dash, a bar or an equals sign, as may stand between a label and what it labels."""
    rest: str
    """What stands behind it in the block, or in another one of the same heading."""
    is_title: bool
    """The block is a heading, or the title of something that folds out."""
    run: tuple[str, ...] = ()
    """The rests of blocks of its make whose numbers go on one by one, its own among them."""
    last: str = ""
    """The number of the last of those blocks."""
    labels: tuple[str, ...] = ()
    """What the block behind each of them says, where it is no figure."""
    before: frozenset[str] = frozenset()
    """What the blocks in front of them say."""
    from_one: bool = False
    """Those blocks begin with number 1."""
    is_mark: bool = False
    """Somewhere before, the number stands as the mark of a footnote."""
    explained: bool = False
    """Behind each of them, or most of many, where it is but a number, comes a sentence, or a heading with more."""
    in_order: bool = False
    """Each of them opens an item of one ordered list."""
    heads: bool = False
    """A heading comes next, and no figure."""
    has_parts: bool = False
    """Another number is that of a part of it: 5.4.1 of 5.4."""
    in_contents: bool = False
    """The block's text is also an entry of a menu."""

    @property
    def stands(self) -> bool:
        """Whether there is nothing but the number."""
        return not (self.name or self.rest)


def _zero_padded(opening: Opening) -> bool | None:
    return True if opening.stands and re.fullmatch(r"0\d", opening.number) else None


def _named(opening: Opening) -> bool | None:
    """ "Finding 7", "Strategy 2: Shelter": the word is what is numbered, and one of it."""
    first, _, word = opening.name.lower().rpartition(" ")
    if not _names(word) or (opening.rest and not opening.point):
        return None
    if first and not (opening.point and opening.is_title and first not in _NO_NAMES):
        return None
    kicker = not opening.rest and (opening.heads or opening.total or len(opening.run) > 1)
    return True if opening.is_title or kicker else None


def _named_apart(opening: Opening) -> bool | None:
    """ "Step" in one element and "1" in the next, then "Step" and "2"."""
    if not opening.stands or len(opening.run) < 2 or len(opening.before) != 1:
        return None
    (word,) = opening.before
    return True if word.isalpha() and word[0].isupper() and _names(word.lower()) else None


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
    listed = opening.in_contents and opening.is_title and not opening.name
    return True if listed and _uncountable((opening.rest,)) else None


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
    return word not in STOPS and word not in DETERMINERS


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
        examples=("<h3>Recommendation [14]</h3><p>Pay the bell ringers.</p>",),
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


@dataclass(frozen=True, slots=True)
class _Found:
    """A block that a number opens, and its place among those that stand."""

    at: int
    place: int
    """Its place among all blocks."""
    block: Block
    read: re.Match[str]
    title: str
    """What else stands in the heading, in a block of its own."""

    @property
    def name(self) -> str:
        return self.read["name"] or ""

    @property
    def rest(self) -> str:
        return self.read["rest"] or self.title

    @property
    def whole(self) -> int | None:
        number = self.read["number"]
        return int(number) if number.isdigit() else value_of(number.lower())

    @property
    def make(self) -> tuple[object, ...]:
        here = self.block.container
        return self.block.level, here.name, _CODED.sub("", here.classes), not self.rest, self.read["total"]


def mark_numbering(blocks: list[Block]) -> None:
    """Note for each block how many of its characters only number it; `blocks` is changed in place."""
    for block, opening, end in _openings(blocks):
        if first_of(NUMBERING, opening):
            block.numbering, block.value = end, False


def _openings(blocks: list[Block]) -> Iterator[tuple[Block, Opening, int]]:
    places = [
        place for place, block in enumerate(blocks) if block.kind in _KINDS and not (block.boilerplate or block.merged)
    ]
    standing = [blocks[place] for place in places]
    alike: dict[tuple[object, ...], list[_Found]] = {}
    for at, block in enumerate(standing):
        read = _OPENS.fullmatch(block.text) if block.text[:1].isdigit() or block.text[:1].isupper() else None
        if read and not (read["glued"] is not None and not block.level):
            found = _Found(at, places[at], block, read, "" if read["rest"] else _title_behind(standing, at))
            alike.setdefault(found.make, []).append(found)
    numbers = [found.read["number"] for same in alike.values() for found in same]
    wholes = {number.rpartition(".")[0] for number in numbers if number.count(".") > 1}
    contents = {block.text for block in blocks if block.boilerplate}
    marks: dict[str, int] = {}
    for place, block in enumerate(blocks):
        if block.kind == "footnote_mark":
            marks.setdefault(block.text.strip("[]()"), place)
    for same in alike.values():
        for run in _runs(same):
            rests = tuple(found.rest for found in run)
            labels = tuple(_label(standing, found.at) for found in run)
            before = frozenset(standing[found.at - 1].text if found.at else "" for found in run)
            told = sum(_is_explained(standing, found.at) for found in run)
            explained = told == len(run) or (told > 2 and 3 * told >= 2 * len(run))
            lists = {_ordered_list(found.block, found.place) for found in run}
            for found in run:
                read = found.read
                behind = _behind(standing, found.at)
                yield (
                    found.block,
                    Opening(
                        name=found.name,
                        number=read["number"],
                        total=read["total"] or "",
                        point=read["point"] or "",
                        dashed=bool(read["dash"]),
                        rest=found.rest,
                        is_title=found.block.level > 0 or found.block.container.name in _TITLING,
                        run=rests,
                        last=run[-1].read["number"],
                        labels=labels,
                        before=before,
                        from_one=run[0].whole == 1,
                        is_mark=marks.get(read["number"], len(blocks)) < found.place,
                        explained=explained,
                        in_order=len(lists) == 1 and None not in lists,
                        heads=behind is not None and behind.level > 0 and not behind.value,
                        has_parts=read["number"] in wholes,
                        in_contents=found.block.text in contents,
                    ),
                    read.end("total") if read["total"] else read.end("number"),
                )


def _behind(standing: list[Block], at: int) -> Block | None:
    return standing[at + 1] if at + 1 < len(standing) else None


def _title_behind(standing: list[Block], at: int) -> str:
    """The words of a heading whose number stands in a block of its own."""
    block, behind = standing[at], _behind(standing, at)
    same = behind is not None and block.level and behind.container is block.container and not behind.value
    return behind.text if same and behind else ""


def _label(standing: list[Block], at: int) -> str:
    behind = _behind(standing, at)
    return behind.text if behind and not behind.value else ""


def _ordered_list(block: Block, place: int) -> Container | None:
    """The ordered list whose item a block opens."""
    here: Container | None = block.container
    while here is not None and here.start == place and here.name not in ("li", "ol"):
        here = here.parent
    opens = here is not None and here.start == place and here.name == "li"
    return here.parent if opens and here and here.parent and here.parent.name == "ol" else None


def _runs(same: list[_Found]) -> Iterator[list[_Found]]:
    """Parts of a row of numbered blocks in which each whole number is one more than the last."""
    run: list[_Found] = []
    for found in same:
        last = run[-1] if run else None
        follows = last and last.name == found.name and last.whole is not None and found.whole == last.whole + 1
        if last and not follows:
            yield run
            run = []
        run.append(found)
    if run:
        yield run


def _is_explained(standing: list[Block], at: int) -> bool:
    behind = standing[at + 1 : at + 3]
    if not behind or behind[0].value:
        return False
    if _SENTENCE.fullmatch(behind[0].text):
        return True
    if len(behind) < 2 or not behind[0].level or behind[1].level:
        return False
    short = not is_plural(behind[0].text.split()[-1].lower()) and _SHORT_SENTENCE.fullmatch(behind[1].text)
    return bool(short or _SENTENCE.fullmatch(behind[1].text))
