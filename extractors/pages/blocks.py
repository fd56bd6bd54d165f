"""The shapes that pass between the steps of reading a page: containers, blocks, tables.

Mutable and internal; what leaves the package is `Passage`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.pages.counters import Counter
from extractors.records import PassageKind

MAX_CONTEXT = 400
"""Characters of a heading, lead, caption or header that go along with each passage it heads."""


@dataclass(slots=True, eq=False)
class Zone:
    """A part of the page that its tags or class names call navigation, footer and the like, or the content around."""

    suspicion: str
    """`none`; `sure` (nav, footer); `words` (by class or id); `elsewhere` (by these, other pages or comments);
    `header`; `links` (a list outside the main part)."""
    has_nav: bool = False
    prose: int = 0
    """Characters of text outside links."""
    linked: int = 0
    blocks: int = 0
    figures: int = 0
    """Blocks with a digit, of a list of links."""
    boilerplate: bool = False


@dataclass(slots=True, eq=False)
class Cell:
    """One td or th, with the blocks found in it."""

    header: bool
    scope: str
    colspan: int
    rowspan: int
    xpath: str
    blocks: list["Block"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The cell's words once its blocks are merged."""
        return self.blocks[0].text if self.blocks else ""


@dataclass(slots=True, eq=False)
class Table:
    """A table as it was written: rows of cells, not yet a grid."""

    before: int
    """How many blocks stood before it."""
    presentation: bool = False
    label: str = ""
    figure: "Container | None" = None
    caption: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    head_rows: int = 0
    """How many of the first rows stand in thead."""
    nested: bool = False
    """A further table stands in one of its cells."""


@dataclass(slots=True, eq=False)
class Container:
    """A block-level element: what it passes on to what stands in it, and which blocks it came to hold."""

    parent: "Container | None"
    name: str
    xpath: str
    classes: str
    """Its class attribute."""
    zone: Zone
    level: int = 0
    item: bool = False
    """Inside a list item."""
    lead: str | None = None
    cell: Cell | None = None
    table: Table | None = None
    figure: "Container | None" = None
    in_main: bool = False
    preformatted: bool = False
    start: int = 0
    end: int = 0
    caption: str = ""
    panel: Mapping[str, str] | None = None
    """The attributes of a panel of tabs."""
    title: str = ""
    """The label of its tab."""
    links: tuple[int, int] = (0, 0)
    """The links that stand in it: from which to before which of the page's."""

    @property
    def signature(self) -> str:
        """Tag and class, to see which siblings are alike."""
        return f"{self.name}.{self.classes}" if self.classes else self.name


@dataclass(slots=True, eq=False)
class Block:
    """One block of readable text on its way to become a passage."""

    kind: PassageKind
    text: str
    xpath: str
    container: Container
    level: int = 0
    """1 to 9 for a heading, else 0."""
    opens: str = ""
    """The class attribute of the element in which it begins."""
    lead: str | None = None
    boilerplate: bool = False
    repeat: bool = False
    """A second copy of what stands elsewhere on the page; such a block is boilerplate, too."""
    value: bool = False
    """The text is a bare value."""
    entries: tuple[str, ...] = ()
    """The links of the menu that begins in it."""
    linked: bool = False
    """All of it is a link."""
    labels: tuple[str, ...] = ()
    caption: str | None = None
    row_headers: tuple[str, ...] = ()
    column_headers: tuple[str, ...] = ()
    names_value: int = 0
    """For a heading that labels a tile: the block where it stops being a heading; 0 = never; -1 = at once."""
    dates: int = 0
    """For a line that dates what follows without being a heading: the block where that ends."""
    counters: tuple[Counter, ...] = ()
    """The animated counters in it."""
    numbering: int = 0
    """So many characters at its beginning only number it."""
    merged: bool = False
    """Its text went into another block of the same cell."""
