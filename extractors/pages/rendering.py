"""How a browser shows single elements: whether at all, what it puts in their place, makes a box, turns round."""

from itertools import islice

from extractors.pages.direction import LEFT_TO_RIGHT, RIGHT_TO_LEFT
from extractors.pages.dom import Element, nodes_in
from extractors.pages.elements import BLOCKS, REPLACED, SKIPPED

_NEAR = 20


def style_of(tag: Element) -> str:
    """An element's own style, without white space, in small letters."""
    return "".join(tag.attributes.get("style", "").split()).lower()


def is_readable(tag: Element) -> bool:
    """Whether what stands in an element is read; the walk over a page, for its speed, asks the same step by step."""
    shown = "hidden" not in tag.attributes and "display:none" not in style_of(tag)
    return shown and tag.tag not in SKIPPED and not (tag.tag in REPLACED and is_replaced(tag))


def is_replaced(tag: Element) -> bool:
    """Whether a reader sees something else instead; a chart's table is read, as it is to those who listen."""
    if tag.tag == "object":
        return "data" in tag.attributes
    return tag.tag != "canvas" or not any(
        not isinstance(node, str) and node.tag == "table" for node in islice(nodes_in(tag), _NEAR)
    )


def is_card(tag: Element) -> bool:
    """An inline element used as a box: it holds blocks, or several elements with classes and no text beside them."""
    classed = 0
    for child in tag.children[:12]:
        if not isinstance(child, str):
            if child.tag in BLOCKS:
                return True
            classed += "class" in child.attributes
        elif not child.isspace():
            return False
    return classed >= 2 and "class" in tag.attributes


def turned(tag: Element, style: str) -> str:
    """The control that does what an element does that overrides the direction of its text; empty for any other."""
    override = tag.tag == "bdo" or "unicode-bidi:bidi-override" in style or "unicode-bidi:isolate-override" in style
    if not override:
        return ""
    right = "direction:rtl" in style or ("direction:" not in style and tag.attributes.get("dir", "").lower() == "rtl")
    return RIGHT_TO_LEFT if right else LEFT_TO_RIGHT
