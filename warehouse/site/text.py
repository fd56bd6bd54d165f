"""Texts of a page as the site shows them: what reorders or hides letters written out, numbers told apart from words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extractors.wording import span_in

_HIDDEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]")
"""Controls, overrides of the direction, halves of pairs, no characters. Marks of direction stay: scripts need them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text; with `row` where they are a number of it."""

    text: str
    row: dict[str, Any] | None = None


def visible(text: str) -> str:
    r"""Text with what no reader would see written out, such as `\u202e`."""
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def pieces(text: str, numbers: Sequence[dict[str, Any]]) -> list[Piece]:
    """A passage cut at its numbers, each a record with `start` and `end`, in order."""
    found, at = [], 0
    for row in numbers:
        start, end = max(row["start"], at), row["end"]
        if end <= start:
            continue  # one within another: the outer one has its characters
        if start > at:
            found.append(Piece(text[at:start]))
        found.append(Piece(text[start:end], row))
        at = end
    return [*found, Piece(text[at:])] if at < len(text) else found


def marked(row: dict[str, Any]) -> tuple[str, str, str]:
    """The sentence of a fact before its number, the number, and what follows."""
    sentence = row["sentence"]
    start, end = span_in(sentence, row["passage_text"], row["start"], row["end"])
    return sentence[:start], sentence[start:end], sentence[end:]
