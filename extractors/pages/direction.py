"""The order in which a reader sees characters whose direction the text overrides. All else is read as it is stored.

Overrides are rare and mostly there to mislead: what is stored as 321 behind one shows, and is read, as 123. Of the
Unicode bidirectional algorithm (UAX 9) this is the part that turns left-to-right text and numbers around.
"""

import re
from unicodedata import bidirectional, combining

LEFT_TO_RIGHT, RIGHT_TO_LEFT, END = "\u202d", "\u202e", "\u202c"
"""Override the direction of what follows; end the last override or embedding."""
_EMBEDDINGS, _ISOLATES, _END_ISOLATE = "\u202a\u202b", "\u2066\u2067\u2068", "\u2069"
_CONTROL = re.compile("([\u202a-\u202e\u2066-\u2069])")
_MIRRORED = str.maketrans("()[]{}<>«»≤≥", ")(][}{><»«≥≤")
_NUMBER = re.compile(r"\d(?:[\d.,:/]*\d)?")
_DEEPEST = 125
"""Openings beyond this depth are as good as none (UAX 9, BD2)."""


def as_shown(line: str) -> str:
    """One line in the order shown, without the controls of direction; they end with the line."""
    if RIGHT_TO_LEFT not in line:
        return _CONTROL.sub("", line)
    opened: list[tuple[str, list[str]]] = [("", [])]
    beyond = 0

    def close() -> None:
        control, parts = opened.pop()
        opened[-1][1].append(_turned(parts) if control == RIGHT_TO_LEFT else "".join(parts))

    for part in _CONTROL.split(line):
        if part in (LEFT_TO_RIGHT, RIGHT_TO_LEFT) or (part and part in _EMBEDDINGS + _ISOLATES):
            if len(opened) <= _DEEPEST:
                opened.append((part, []))
            else:
                beyond += 1
        elif part in (END, _END_ISOLATE):
            if beyond:
                beyond -= 1
            elif part == END and opened[-1][0] not in ("", *_ISOLATES):
                close()
            elif part == _END_ISOLATE and any(control in _ISOLATES for control, _ in opened[1:]):
                while opened[-1][0] not in _ISOLATES:
                    close()
                close()
        elif opened[-1][0] == RIGHT_TO_LEFT:
            opened[-1][1].extend(_characters(part))
        else:
            opened[-1][1].append(part)
    while len(opened) > 1:
        close()
    return "".join(opened[0][1])


def _characters(text: str) -> list[str]:
    """Each character with the marks that stand on it."""
    found: list[str] = []
    for character in text:
        if found and combining(character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _turned(parts: list[str]) -> str:
    """What stands under a right-to-left override, as it is read; a part that was opened within keeps its order."""
    text = "".join(parts)
    if any(
        bidirectional(character) in ("R", "AL") for character in text
    ):  # is read from the right, but for its numbers
        return _NUMBER.sub(lambda number: number[0][::-1], text)
    return "".join(part.translate(_MIRRORED) if len(part) == 1 else part for part in reversed(parts))
