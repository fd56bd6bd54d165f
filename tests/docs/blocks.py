"""The blocks of the README and of docs/: files, commands with what they print, queries and programs with their answers.

A page is a session in a clone in which `make demo` was. In it a block named in its fence (```yaml card.yaml) is a file,
a `console` block commands, one after the other in one shell; an `sql` or `python` block is asked, and the `text` block
behind it is the answer. "…" stands for whatever is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NOT_RUN = {
    "make test": "it runs these tests",
    "make demo-report": "it installs a hundred megabytes, then does what `impact report` does, which is run",
    "impact import crawl.warc.gz 2021.wacz --card my-page.yaml": "the files are the reader's own",
    "impact import saved.html --url https://shelter.example/impact --captured-at 2022-05-17": "so is this one",
}
"""Commands that are shown and not run, and why."""
VARYING = {
    r"(?<=127\.0\.0\.1:)(\d+|PORT)": "PORT",
    r"\d{8}T\d{12}Z": "MOMENT",
    r"\b20\d\d-\d\d-\d\d\b(?= |;|,|$)": "DAY",
    r"\bd[0-9a-f]{7}\b": "DECISION",
}
"""What differs from run to run."""
_FENCE = re.compile(r"^```(\w*)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A block between fences."""

    language: str
    file: str
    """Name of the file that it is, if it is one."""
    text: str
    line: int


@dataclass(frozen=True)
class Step:
    """Something that a page shows to be asked, and what comes of it."""

    kind: str
    asked: str
    shown: str
    line: int
    file: str = ""


def blocks(page: str) -> list[Block]:
    """All blocks of a page."""
    return [
        Block(found[1], found[2] or "", found[3], page[: found.start()].count("\n") + 1)
        for found in _FENCE.finditer(page)
    ]


def steps(page: str) -> Iterator[Step]:
    """What a page does, in its order."""
    found = blocks(page)
    for at, block in enumerate(found):
        if block.file:
            yield Step("file", block.text, "", block.line, block.file)
        elif block.language == "console":
            for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
                command, _, printed = part.partition("\n")
                yield Step("console", command, printed, block.line)
        elif block.language in ("sql", "python"):
            answer = found[at + 1] if at + 1 < len(found) else None
            assert answer is not None and answer.language == "text", f"line {block.line}: no answer is shown"
            yield Step(block.language, block.text, answer.text, block.line)


def settled(text: str) -> str:
    """A text in which what differs from run to run is always the same."""
    for pattern, always in VARYING.items():
        text = re.sub(pattern, always, text, flags=re.MULTILINE)
    return text


def first_not_printed(shown: str, printed: str) -> str:
    """The first part of what a page shows that was not printed there; empty where all was, but for what is left out."""
    first, *parts = settled(shown).rstrip("\n").split("…")
    left = settled(printed).rstrip("\n")
    if not left.startswith(first) or (not parts and left != first):
        return f"{first}\nbut printed was\n{left}"
    left = left.removeprefix(first)
    for part in parts[:-1]:
        _, found, after = left.partition(part)
        if not found and part:
            return f"{part}\nbut printed was\n{left}"
        left = after
    if parts and not left.endswith(parts[-1]):
        return f"{parts[-1]}\nat the end, but printed was\n{left}"
    return ""
