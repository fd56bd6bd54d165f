"""A page's tree as reading sees it: elements with their attributes, and strings of text. Nothing of any parser.

Whoever builds one (today `tree`) leaves out what no reader sees in any browser: comments, declarations, instructions.
What stands in it is changed by nobody.
"""

from collections.abc import Iterator, Mapping
from typing import Union


class Element:
    """An element in its place: the `place`-th of its parent's children, from 0.

    `tag` is its name, in lower case; `attributes` map names in lower case to the strings as written, `class` too. The
    root stands for the document: it has no parent, no name and no attributes.
    """

    __slots__ = ("attributes", "children", "parent", "place", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str], parent: "Element | None", place: int) -> None:
        """An element that has no children yet."""
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.place = place
        self.children: list[Node] = []

    @property
    def following(self) -> "Node | None":
        """What stands right behind it in its parent."""
        if self.parent is None or self.place + 1 == len(self.parent.children):
            return None
        return self.parent.children[self.place + 1]


Node = Union[Element, str]  # noqa: UP007 - a name of a class that is yet to come


def nodes_in(element: Element) -> Iterator[Node]:
    """All that stands in an element, in the order of the document."""
    stack = [iter(element.children)]
    while stack:
        for node in stack[-1]:
            yield node
            if not isinstance(node, str):
                stack.append(iter(node.children))
                break
        else:
            stack.pop()


def elements_in(element: Element) -> Iterator[Element]:
    """The elements that stand in an element, in the order of the document."""
    return (node for node in nodes_in(element) if not isinstance(node, str))
