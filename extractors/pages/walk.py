"""One pass over the parsed page: elements to blocks of readable text, with their containers, zones, cells and tables.

Reads structure only; headings, labels and table headers are found afterwards from what this returns. The pass is
iterative (a page may nest deeper than Python recurses) and keeps nothing per inline element.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.pages.blocks import MAX_CONTEXT, Block, Container, Table, Zone
from extractors.pages.counters import Counter, counted, is_empty_counter
from extractors.pages.direction import END
from extractors.pages.dom import Element, Node
from extractors.pages.elements import (
    BELOW_HEADINGS,
    BLOCK_ROLES,
    BLOCKS,
    BOXES,
    CAPTIONS,
    HEADINGS,
    LISTS,
    PREFORMATTED,
    REPLACED,
    SKIPPED,
    TABLE_PARTS,
    TABLE_ROLES,
)
from extractors.pages.inline import BREAK, Piece, footnote_mark, is_numerator, join_pieces, normalise
from extractors.pages.lines import regroup
from extractors.pages.regions import SUSPECT_TAGS, suspicion
from extractors.pages.rendering import is_card, is_replaced, style_of, turned
from extractors.pages.table_parts import open_part, whole_number
from extractors.pages.tabs import is_panel
from extractors.pages.tile_parts import label_and_value
from extractors.pages.values import is_value
from extractors.records import PassageKind

_BLOCK_STYLE = re.compile(r"display:(?:block|flex|grid|inline-block|list-item|table)")
_PLAIN_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_MAX_DEPTH = 200
"""Deeper elements take the XPath of their ancestor at this depth, so that paths stay short on hostile pages."""


@dataclass(slots=True)
class Walk:
    """What one pass found."""

    blocks: list[Block] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    links: list[Element] = field(default_factory=list)
    page_prose: int = 0


def walk_page(root: Element) -> Walk:
    """Walk the whole parsed page once."""
    return _Walker().run(root)


class _Walker:
    """The state of one pass; `run` is the loop, the other methods are what it does at the edges of a block."""

    def __init__(self) -> None:
        self.walk = Walk()
        self.pieces: list[Piece] = []
        self.linked = 0
        self.marks: list[tuple[str, str]] = []
        self.turned: list[Element] = []
        """The open elements that override the direction of their text."""

    def run(self, root: Element) -> Walk:
        zone = Zone("none")
        self.walk.zones.append(zone)
        here = Container(None, "html", "/html", "", zone)
        # One entry an open element: its children still to come, the container to go back to (None for an inline
        # element), the direct child of the block to go back to, the path and the counts for its children's paths.
        children: Iterator[Node] = iter(root.children)
        stack: list[tuple[Iterator[Node], Container, Element | None, str, dict[str, int], int]] = []
        path, counts, segment, links = "", dict[str, int](), None, 0
        parent: Element | None = None
        pieces = self.pieces
        while True:
            for node in children:
                if isinstance(node, str):
                    if not pieces and node.isspace():
                        continue
                    pieces.append((node, parent, segment))
                    if links:
                        self.linked += len(node)
                    continue
                name = node.tag
                position = counts[name] = counts.get(name, 0) + 1
                if name in SKIPPED:
                    continue
                attrs = node.attributes
                if name in REPLACED and is_replaced(node):
                    if pieces or self.marks:
                        self.flush(here)
                    continue
                style = ""
                if attrs:
                    if "hidden" in attrs:
                        continue
                    if "style" in attrs and "display:none" in (style := style_of(node)):
                        continue
                if name == "br":
                    pieces.append((BREAK, None, None))
                elif name == "hr" and pieces:
                    self.flush(here)
                inner = node.children
                if not inner:
                    if attrs and is_empty_counter(node):
                        inner = ["0"]
                    elif name not in BLOCKS:
                        continue
                suspect = suspicion(node, here.in_main) if attrs or name in SUSPECT_TAGS else "none"
                is_block = (
                    name in BLOCKS
                    or suspect != "none"
                    or (style and _BLOCK_STYLE.search(style) is not None)
                    or (attrs and attrs.get("role") in BLOCK_ROLES)
                    or (name in BOXES and is_card(node))
                )
                child_path = f"{path}/{_step(name, position)}" if len(stack) < _MAX_DEPTH else path
                if not is_block and (attrs or name == "sup"):
                    mark = footnote_mark(node, "".join(piece[0] for piece in pieces[-3:])[-12:])
                    if mark is not None:
                        self.marks.append((mark, child_path))
                        continue
                    if name == "sup" and is_numerator(node):  # "3½" is no 31/2
                        pieces.append((" ", None, None))
                stack.append((children, here, segment, path, counts, links))
                if is_block:
                    if pieces or self.marks:
                        self.flush(here)
                    here = self.open(node, here, child_path, suspect)
                    segment = None
                elif segment is None:
                    segment = node
                if (name == "bdo" or style) and (turn := turned(node, style)):
                    self.turned.append(node)
                    pieces.append((turn, None, None))
                if name == "a":
                    links += 1
                    self.walk.links.append(node)
                children, path, counts, parent = iter(inner), child_path, {}, node
                break
            else:
                if not stack:
                    break
                children, outer, segment, path, counts, links = stack.pop()
                if self.turned and parent is self.turned[-1]:
                    self.turned.pop()
                    pieces.append((END, None, None))
                if outer is not here:
                    if pieces or self.marks:
                        self.flush(here)
                    here.end = len(self.walk.blocks)
                    here.links = here.links[0], len(self.walk.links)
                    here = outer
                parent = parent.parent if parent is not None else None
        if pieces or self.marks:
            self.flush(here)
        here.end = len(self.walk.blocks)
        return self.walk

    def open(self, tag: Element, outer: Container, path: str, suspect: str) -> Container:
        """Enter a block-level element."""
        name, attrs = tag.tag, tag.attributes
        zone = outer.zone
        if suspect != "none" and zone.suspicion != "sure":
            if suspect == "sure":
                outer.zone.has_nav = outer.zone.has_nav or name == "nav" or attrs.get("role") == "navigation"
            zone = Zone(suspect)
            self.walk.zones.append(zone)
        elif (name in ("main", "article") or attrs.get("role") == "main") and zone.suspicion in ("words", "header"):
            zone = self.walk.zones[0]
        elif name in LISTS and zone.suspicion == "none" and not outer.in_main:
            zone = Zone("links")
            self.walk.zones.append(zone)
        here = Container(
            outer,
            name,
            path,
            attrs.get("class", "") if attrs else "",
            zone,
            level=outer.level if name not in BLOCKS else HEADINGS.get(name, outer.level),
            item=outer.item,
            lead=outer.lead,
            cell=outer.cell,
            table=outer.table,
            figure=outer.figure,
            in_main=outer.in_main,
            preformatted=outer.preformatted or name in PREFORMATTED,
            start=len(self.walk.blocks),
            links=(len(self.walk.links), 0),
        )
        self.walk.containers.append(here)
        if attrs and attrs.get("role") == "heading":
            here.level = whole_number(attrs.get("aria-level"), 2, most=9)
        elif name == "summary":
            here.level = BELOW_HEADINGS
        if attrs and is_panel(tag):
            here.panel = attrs
        if name in ("main", "article") or (attrs and attrs.get("role") == "main"):
            here.in_main = True
        elif name in LISTS:
            here.lead = self.lead(here)
        elif name == "li" or (attrs and attrs.get("role") == "listitem"):
            here.item = True
        elif name == "figure":
            here.figure = here
        part = TABLE_ROLES.get(attrs.get("role", ""), name) if attrs and name not in TABLE_PARTS else name
        if part == "table":
            self.open_table(here, tag)
        elif here.table is not None:
            open_part(here, tag, part)
        return here

    def open_table(self, here: Container, tag: Element) -> None:
        if here.table is not None:
            here.table.nested = True
        role = tag.attributes.get("role")
        here.table = Table(len(self.walk.blocks), presentation=role in ("presentation", "none"), figure=here.figure)
        here.table.label = normalise(tag.attributes.get("aria-label") or tag.attributes.get("summary") or "")
        here.cell, here.item, here.lead, here.level = None, False, None, 0
        self.walk.tables.append(here.table)

    def lead(self, here: Container) -> str | None:
        """The text that introduces the list about to open: the block directly before it."""
        if not self.walk.blocks:
            return here.lead
        last = self.walk.blocks[-1]
        if last.level or last.value or last.container.zone.suspicion not in ("none", here.zone.suspicion):
            return None
        outer = here.parent
        own = last.container is outer  # the list stands in the very element whose text comes before it
        if not own and last.kind == "list_item":
            return here.lead if here.item else None
        text = last.text
        if text.endswith(":") or own:
            return text if len(text) <= MAX_CONTEXT else None
        return text if len(text) <= 160 and last.kind == "paragraph" else None

    def flush(self, here: Container) -> None:
        """Close the block that has been gathered, if it holds any text."""
        pieces, linked, marks = self.pieces, self.linked, self.marks
        counters: list[Counter] = []
        for place, (text, tag, segment) in enumerate(pieces):
            if (read := counted(text, tag)) is not None:
                pieces[place] = (read[0], tag, segment)
                counters.append(read[1])
        if len(pieces) == 1 and not here.preformatted:
            line = normalise(pieces[0][0])
            lines = [line] if line else []
        elif here.preformatted:
            text = "".join(piece[0] for piece in pieces)
            lines = regroup([line for line in map(normalise, text.split("\n")) if line])
        else:
            lines = label_and_value(pieces, here.level > 0) or [
                line for lines in join_pieces(pieces) for line in regroup(lines)
            ]
        kind, length = _kind(here), sum(map(len, lines))
        opens = pieces[0][1].attributes.get("class", "") if pieces and pieces[0][1] is not None else ""
        for line in lines:
            whole = linked >= length
            self.add(Block(kind, line, here.xpath, here, here.level, opens, linked=whole, counters=tuple(counters)))
            opens = ""
        zone = here.zone
        zone.linked += min(linked, length)
        zone.prose += max(length - linked, 0)
        self.walk.page_prose += max(length - linked, 0)
        for mark, path in marks:
            self.add(Block("footnote_mark", mark, path, here))
        pieces.clear()
        marks.clear()
        self.linked = 0

    def add(self, block: Block) -> None:
        here = block.container
        block.value = block.kind != "footnote_mark" and (
            is_value(block.text, unit=not block.level)
            or any(counter.is_reached and counter.digits == block.text for counter in block.counters)
        )  # a counter's figure looks like a year now and then
        block.lead = here.lead if block.kind == "list_item" else None
        self.walk.blocks.append(block)
        here.zone.blocks += 1
        if here.zone.suspicion == "links":
            here.zone.figures += any(map(str.isdigit, block.text))
        if here.cell is not None:
            here.cell.blocks.append(block)
        if block.kind == "caption":
            if here.table is not None and here.name == "caption":
                here.table.caption = block.text
            elif here.figure is not None:
                here.figure.caption = block.text


def _kind(here: Container) -> PassageKind:
    if here.level:
        return "heading"
    if here.name in CAPTIONS:
        return "caption"
    return "list_item" if here.item else "paragraph"


def _step(name: str, position: int) -> str:
    if name == "html" or name == "body":
        return name
    if name.isalnum() or _PLAIN_NAME.fullmatch(name):
        return f"{name}[{position}]"
    return f"*[name()='{name}'][{position}]" if "'" not in name else "*"
