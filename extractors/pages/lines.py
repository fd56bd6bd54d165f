"""Lines that may or may not be one paragraph: after `<br>`, in preformatted text, in plain text.

Hard-wrapped prose is joined again; a stack of label and value, or a list without bullets, stays apart.
"""

from extractors.pages.contents import is_title
from extractors.pages.values import is_label, is_value

_CONTINUES = (",", ";", "-", "–", "—", " and", " or", " the", " of", " to", " in", " a", " for", " with", " by")
_ENDS = (".", "!", "?", ":", ".”", '."', ".)", "*")


def regroup(lines: list[str]) -> list[str]:
    """Return the paragraphs the lines make up; a line is normalised and not empty."""
    if len(lines) < 2:
        return lines
    if _is_stack(lines) or _is_list(lines):
        return lines
    return [_join(lines)]


def _is_stack(lines: list[str]) -> bool:
    """Values with their labels: a value in every four lines at least, and no label that runs on."""
    values = sum(map(is_value, lines))
    if not values or values * 4 < len(lines):
        return False
    labels = [line for line in lines if not is_value(line)]
    return all(is_label(line) and not line.lower().endswith(_CONTINUES) for line in labels)


def _is_list(lines: list[str]) -> bool:
    """Short lines, each with a digit and each a beginning: no line runs on into the next."""
    longest = max(map(len, lines))
    if longest > 200:
        return False
    starts = [line for line in lines if line[0].isupper() or line[0].isdigit() or not line[0].isalnum()]
    if len(starts) < len(lines):
        return False
    body = lines[1:] if lines[0].endswith(":") or is_title(lines[0]) else lines
    if not body or not all(any(map(str.isdigit, line)) for line in body):
        return False
    if any(line.lower().endswith(_CONTINUES) for line in lines[:-1]):
        return False
    ended = sum(line.endswith(_ENDS) for line in lines)
    return longest <= 72 or ended >= len(lines) - 1


def _join(lines: list[str]) -> str:
    out = [lines[0]]
    for line in lines[1:]:
        out.append(" ")
        out.append(line)
    return "".join(out)
