"""The examples of a card: a text with the number that is meant between two asterisks, and the members it must have.

Here: what one says. How they are run stands in `proving`.
"""

import re
from dataclasses import dataclass

_MARK = re.compile(r"\*\*(?P<number>[^*\n]+?)\*\*")
_MEMBERS = re.compile(r"\s->\s{0,9}(?P<members>\w{1,80}=\w{1,80}(?:\s{0,9};\s{0,9}\w{1,80}=\w{1,80}){0,9})\s*\Z")
_ARROW = re.compile(r"\s->[^\n]*\Z")


@dataclass(frozen=True)
class Example:
    """A text without its mark, the number that was marked and the how manieth of its like it is, and the members."""

    text: str
    number: str
    nth: int
    members: dict[str, str]


def parsed(text: str) -> Example:
    """What an example says; `ValueError` with what is wrong with it."""
    text = text.strip()
    told = _MEMBERS.search(text)
    if told is None and _ARROW.search(text):
        raise ValueError("behind `->` stand the members, such as `-> reporter=public`; several are parted by `;`")
    members = dict(one.strip().split("=") for one in told["members"].split(";")) if told else {}
    text = text[: told.start()] if told else text
    marks = list(_MARK.finditer(text))
    if len(marks) != 1:
        found = "none is" if not marks else f"{len(marks)} are"
        raise ValueError(f"mark the one number that is meant, as in `The **94,428** calls`; {found} marked")
    before = text[: marks[0].start()]
    number = marks[0]["number"].strip()
    return Example(f"{before}{number}{text[marks[0].end() :]}", number, before.count(number), members)
