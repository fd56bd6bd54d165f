"""Which HTML elements are blocks, which are not readable, which mean headings, lists, captions: data."""

from extractors.language.lexicon import words

SKIPPED = words("script style noscript template head")
"""Not readable."""
REPLACED = words("object iframe canvas video audio noembed noframes")
"""What stands in them is for browsers that cannot show the thing itself: not readable, but it parts what is around."""

BLOCKS = words(
    """
    address article aside blockquote body button canvas caption center col colgroup dd details dialog dir div dl
    dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html label legend
    li listing main menu meter nav object ol optgroup option p plaintext pre progress search section
    select summary svg table tbody td textarea text tfoot th thead title tr ul xmp
    """
)
"""A reader sees a break before and after them (buttons, labels, options, texts of a drawing included)."""

BELOW_HEADINGS = 9
"""The level of what heads but its own block: the summary of details."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = words("ul ol dir")
PREFORMATTED = words("pre listing xmp plaintext textarea")
CAPTIONS = words("caption figcaption")
BOXES = words("a span")
"""Inline elements that pages use as boxes."""

TABLE_PARTS = words("table tr td th")
TABLE_ROLES = {
    "table": "table", "grid": "table", "treegrid": "table", "row": "tr", "cell": "td", "gridcell": "td",
    "columnheader": "th", "rowheader": "th",
}  # fmt: skip
"""ARIA roles by which other elements make a table, with the element each stands for."""
BLOCK_ROLES = TABLE_ROLES.keys() | {"heading"}
