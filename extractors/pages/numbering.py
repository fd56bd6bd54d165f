"""Blocks that are numbered, or do nothing but number what follows: steps, findings, sections, policies.

What numbers a block states nothing. The digits alone do not tell: tiles count 1 boat, 2 vans as steps count 1, 2.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.language.lexicon import DETERMINERS, HEADCOUNT, PEOPLE, STOPS, TIME_UNITS, VERBS, is_plural
from extractors.pages.blocks import Block
from extractors.pages.elements import words
from extractors.rules import Rule, first_of

_OPENS = re.compile(
    r"(?:(?P<name>[A-Z][a-z]+) )?(?P<number>\d{1,3}(?:\.\d{1,2}){0,3})(?P<point>[.):]| [\u2013\u2014-](?= ))?"
    r"(?:$|\s(?P<rest>.*))",
    re.DOTALL,
)
_TITLING = words("button summary legend dt")
_KINDS = ("heading", "paragraph", "list_item")
_NO_NAMES = (
    STOPS | DETERMINERS | VERBS | HEADCOUNT | PEOPLE | TIME_UNITS.keys()
    | words("total average nearly almost about around over roughly approximately another some exactly up down")
)  # fmt: skip
_SENTENCE = re.compile(r"[A-Z].*\s.*\s.*[.!?]$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Opening:
    """A number that opens a block, perhaps with a word in front of it."""

    name: str
    number: str
    point: str
    rest: str
    """What stands behind it in the block."""
    is_title: bool
    """The block is a heading, or the title of something that folds out."""
    run: tuple[str, ...] = ()
    """The rests of blocks of its make whose numbers go on one by one, its own among them."""
    from_one: bool = False
    """Those blocks begin with number 1."""
    is_mark: bool = False
    """Somewhere before, the number stands as the mark of a footnote."""
    explained: bool = False
    """Behind each of them, where it is nothing but a number, comes a sentence, or a heading with more."""


def _zero_padded(opening: Opening) -> bool | None:
    return True if not opening.rest and not opening.name and re.fullmatch(r"0\d", opening.number) else None


def _named(opening: Opening) -> bool | None:
    """ "Finding 7", "Strategy 2: Shelter": the word is what is numbered, and one of it."""
    word = opening.name.lower()
    ends = not opening.rest or opening.point
    if not (opening.is_title and word and ends) or is_plural(word) or word in _NO_NAMES:
        return None
    return True


def _steps(opening: Opening) -> bool | None:
    stands = not (opening.rest or opening.name or opening.is_title)
    return True if stands and opening.from_one and len(opening.run) > 1 and opening.explained else None


def _sections(opening: Opening) -> bool | None:
    if not opening.is_title or opening.name or len(opening.run) < 2:
        return None
    titled = all(rest[:1].isupper() and not is_plural(rest.split()[0].lower()) for rest in opening.run)
    return True if titled else None


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
        "steps",
        _steps,
        examples=("<div><i>1</i><p>Come to the door.</p></div><div><i>[2]</i><p>Ring the old bell.</p></div>",),
        but_not=("<div><i>1</i><p>door</p></div><div><i>[2]</i><p>bells</p></div> -> count 2",),
    ),
    Rule(
        "note",
        _note,
        before=("sections",),
        examples=("<p>We rang 40 bells<sup>7</sup> that year.</p><p>[7] Without those of the chapel.</p>",),
        but_not=("<p>We rang 40 bells<sup>7</sup> that year.</p><p>[7] ringers came. -> count 7",),
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
    for block, opening, end in _openings(blocks):
        if first_of(NUMBERING, opening):
            block.numbering, block.value = end, False


def _openings(blocks: list[Block]) -> Iterator[tuple[Block, Opening, int]]:
    standing = [block for block in blocks if block.kind in _KINDS and not (block.boilerplate or block.merged)]
    alike: dict[tuple[int, str, bool], list[tuple[int, re.Match[str]]]] = {}
    for place, block in enumerate(standing):
        found = _OPENS.fullmatch(block.text) if block.text[:1].isdigit() or block.text[:1].isupper() else None
        if found:
            make = (block.level, block.container.signature, found["rest"] is None)
            alike.setdefault(make, []).append((place, found))
    marks: dict[str, int] = {}
    for place, block in enumerate(blocks):
        if block.kind == "footnote_mark":
            marks.setdefault(block.text.strip("[]()"), place)
    places = {id(block): place for place, block in enumerate(blocks)} if marks else {}
    for same in alike.values():
        for run in _runs(same):
            rests = tuple(found["rest"] or "" for _, found in run)
            explained = all(_is_explained(standing, place) for place, _ in run)
            for place, found in run:
                block = standing[place]
                yield (
                    block,
                    Opening(
                        name=found["name"] or "",
                        number=found["number"],
                        point=found["point"] or "",
                        rest=found["rest"] or "",
                        is_title=block.level > 0 or block.container.name in _TITLING,
                        run=rests,
                        from_one=run[0][1]["number"].lstrip("0") == "1",
                        is_mark=marks.get(found["number"], len(blocks)) < places.get(id(block), 0),
                        explained=explained,
                    ),
                    found.end("number"),
                )


def _runs(same: list[tuple[int, re.Match[str]]]) -> Iterator[list[tuple[int, re.Match[str]]]]:
    """Parts of a row of numbered blocks in which each whole number is one more than the last."""
    run: list[tuple[int, re.Match[str]]] = []
    for place, found in same:
        last = run[-1][1] if run else None
        if last is not None and not (
            last["name"] == found["name"]
            and last["number"].isdigit()
            and found["number"].isdigit()
            and int(found["number"]) == int(last["number"]) + 1
        ):
            yield run
            run = []
        run.append((place, found))
    if run:
        yield run


def _is_explained(standing: list[Block], place: int) -> bool:
    behind = standing[place + 1 : place + 3]
    if not behind or behind[0].value:
        return False
    if _SENTENCE.fullmatch(behind[0].text):
        return True
    return (
        len(behind) == 2 and behind[0].level > 0 and not behind[1].level and bool(_SENTENCE.fullmatch(behind[1].text))
    )
