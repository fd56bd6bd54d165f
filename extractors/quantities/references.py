"""Passages whose numbers refer and count nothing: rooms, pages of a contents list, entries of sources, controls.

A table of rules, as the exclusions of single numbers are; these decide about a passage as a whole.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from extractors.language.patterns import YEAR
from extractors.pages import contents
from extractors.quantities.candidates import Verdict
from extractors.quantities.shapes import is_room
from extractors.records import Passage
from extractors.rules import Rule

_PROSE = ("paragraph", "list_item")
_PAGE = re.compile(contents.PAGES)
_PAGES = re.compile(r"(?:page|pg|p)\.?(?: (?:no|number|#)\.?)?", re.IGNORECASE)
_ROOM = re.compile(r"\d{1,3}[A-Z]?\d{0,2}")
_AUTHOR = r"[A-Z][\w'’-]{1,30}(?:\s[A-Z][\w'’-]{1,30})?,?\s(?:[A-Z]\b\.?[\s-]?){1,3}"
_ENTRY = re.compile(rf"\W*(?:\d{{1,3}}[.)]?\s+)?{_AUTHOR}(?:[,.;&(:]|and\b|et al)")
_CITED = re.compile(
    rf"\({YEAR}[a-z]?\)[.,:]|\bdoi\b|\bpp?\.\s?\d|\bet al\b|{YEAR}[a-z]?\s?[;:]\s?\d|\b\d+\s?\(\d+\)[:,]|"
    r"\b(?:Press|Publish(?:ing|ers?)|Books)\b"
)
_LONGEST_ENTRY = 400


class Referring(NamedTuple):
    """What the numbers of a passage are."""

    verdict: Verdict
    span: tuple[int, int] | None = None
    """The one numeral that is read of it; None where all its numbers are such."""


def _room(passage: Passage) -> Referring | None:
    """A cell in a column of rooms: "12B"."""
    room = passage.kind == "table_cell" and _ROOM.fullmatch(passage.text) and any(map(is_room, passage.column_headers))
    return Referring(Verdict("identifier", "identifier"), (0, len(passage.text))) if room else None


def _page(passage: Passage) -> Referring | None:
    """A line of a table of contents, whose one number is a page."""
    line = _line_of_contents(passage)
    page = _PAGE.search(line.group()) if line else None
    return Referring(Verdict("reference", "page_reference"), page.span()) if page else None


def _line_of_contents(passage: Passage) -> re.Match[str] | None:
    if passage.kind == "table_cell" and _tell_pages(passage.column_headers):
        return _PAGE.fullmatch(passage.text)
    if not passage.headings or not contents.is_title(passage.headings[-1]):
        return None
    if passage.kind in ("table_cell", "tile"):
        return _PAGE.fullmatch(passage.text)
    return contents.LINE.fullmatch(passage.text) if passage.kind in _PROSE else None


@lru_cache(maxsize=256)  # the cells of a column share theirs
def _tell_pages(heads: tuple[str, ...]) -> bool:
    return any(_PAGES.fullmatch(head) for head in heads)


def _source(passage: Passage) -> Referring | None:
    """An entry of a list of sources: authors with initials first, then where it appeared."""
    text = passage.text
    cited = len(text) <= _LONGEST_ENTRY and _ENTRY.match(text) is not None and _CITED.search(text) is not None
    return Referring(Verdict("reference", "citation")) if cited else None


_CONTROL = re.compile(
    r"\d+ ?(?:[-–—]|to) ?\d+ of (?:about |over )?[\d,]+\b.{0,40}|"
    r"(?:load|show|view|see|read) (?:more|all|fewer|less)(?: [a-z]+){0,2} ?\(\d+\)|"
    r"(?:filters?|cart|basket|bag|wish ?list|comments?|replies|reviews?|messages|notifications|favourites|favorites|"
    r"sort(?:ed)? by:? [a-z -]{2,20}) ?\(\d+\)|"
    r"(?:\d{1,4}|one|no) (?:comments?|repl(?:y|ies)|responses?)(?: (?:on|to|so far)\b.{0,80})?|"
    r"(?:cart|basket|bag): ?\d+(?: items?)?|your (?:cart|basket|bag).{0,20}\d+ items?|"
    r"you have \d+ (?:new |unread )?(?:messages?|notifications?|items?)\b.{0,40}|"
    r"search results?:? .{0,60}|[\d,]+ results? (?:found|for)\b.{0,60}|"
    r"(?:rated )?\d(?:\.\d)? ?(?:/|out of) ?5(?: stars?)? ?\([\d,]+ (?:reviews?|ratings?|votes?)\)|"
    r"follow(?: us)?\b.{0,40}\bfollowers|max(?:imum)?\.?:? \d+ (?:characters|words|files|letters)|"
    r"error \d{3}\b.{0,40}",
    re.IGNORECASE,
)
_LONGEST_CONTROL = 100


def _control(passage: Passage) -> Referring | None:
    """What works or tells of the page itself: "Load more (24)", "1–20 of 312", "Basket: 2 items"."""
    short = len(passage.text) <= _LONGEST_CONTROL and passage.kind not in ("table_cell", "tile")
    control = short and _CONTROL.fullmatch(passage.text.rstrip(" .…»›→"))
    return Referring(Verdict("statistic", "boilerplate")) if control else None


REFERENCES: tuple[Rule[Passage, Referring], ...] = (
    Rule(
        "room",
        _room,
        examples=(
            "<table><tr><th>Owl</th><th>Room</th></tr><tr><td>Ada</td><td>[12]</td></tr>"
            "<tr><td>Bo</td><td>14</td></tr></table> -> identifier identifier",
        ),
        but_not=(
            "<table><tr><th>Owl</th><th>Mice</th></tr><tr><td>Ada</td><td>[12]</td></tr>"
            "<tr><td>Bo</td><td>14</td></tr></table> -> fact",
        ),
    ),
    Rule(
        "contents",
        _page,
        examples=("<h2>Contents</h2><p>Our owls [12]</p><p>Our mice 31</p> -> reference page_reference",),
        but_not=("<h2>Our year</h2><p>Owls: [12]</p> -> fact",),
    ),
    Rule(
        "source",
        _source,
        examples=("<p>Brandt, U. and Lees, M. (2013). [Ten] nests. Owl Studies, 8(2).</p> -> reference citation",),
        but_not=("<p>Brandt, U. fed [ten] owls in 2013.</p> -> fact",),
    ),
    Rule(
        "control",
        _control,
        examples=(
            "<p>Load more ([24])</p> -> statistic boilerplate",
            "<p>1–20 of [312]</p> -> statistic boilerplate",
            "<p>[3] comments on Owls at night</p> -> statistic boilerplate",
        ),
        but_not=("<p>We took [24] comments to heart.</p> -> fact",),
    ),
)
