"""Numbers that open blocks, and what stands around them: in front of which words, in which row, over what.

Which of them only number their blocks is told by the rules of `numbering`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.language.lexicon import is_plural, words
from extractors.language.numerals import value_of
from extractors.language.patterns import BELOW_HUNDRED
from extractors.pages.blocks import Block, Container

_OPENS = re.compile(
    rf"(?:(?P<name>(?:[A-Z][a-z]+ )?(?:[A-Z]?[a-z]+|[A-Z]{{2,5}})) )?"
    rf"(?P<number>\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}|(?<= )(?i:{BELOW_HUNDRED}))"
    rf"(?: ?(?:/|of|out of) ?(?P<total>\d{{1,3}}))?"
    rf"(?P<point>\.[)-]|[.):/]|(?P<dash> ?[\u2013\u2014|=-](?= )))?(?:$|(?:\s|(?P<glued>(?=[A-Z][a-z])))(?P<rest>.*))",
    re.DOTALL,
)
_ENTRY = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)[.):]? [A-Z]")
_CODED = re.compile(r"\S*\d\S*")
"""A class made for one element, as page builders make them."""
_TITLING = words("button summary legend dt")
_KINDS = ("heading", "paragraph", "list_item")
_SENTENCE = re.compile(r"[A-Z].*\s.*\s.*[.!?]$", re.DOTALL)
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
    in_outline: bool = False
    """The entries of that menu are numbered."""
    classes: str = ""
    """What the classes of its element call it."""

    @property
    def stands(self) -> bool:
        """Whether there is nothing but the number."""
        return not (self.name or self.rest)


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


def openings(blocks: list[Block]) -> Iterator[tuple[Block, Opening, int]]:
    """Every number that opens a block, with where its characters end."""
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
    contents = {text for block in blocks if block.boilerplate for text in (block.text, *block.entries)}
    outline = {opened[1] for text in contents if (opened := _ENTRY.match(text))}
    outlined = "1" in outline and len(outline) > 2
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
                        in_outline=outlined and found.block.text in contents,
                        classes=f"{found.block.container.classes} {found.block.opens}",
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
