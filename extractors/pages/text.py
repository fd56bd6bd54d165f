"""Markdown and plain text to passages: blank lines, headings, bullets, bold, pipe tables, label and value lines.

The markup itself is dropped (`**`, `[text](url)` to text, images); what is left goes the same way as HTML's blocks.
"""

import re

from extractors.pages.blocks import Block, Cell, Container, Table, Zone
from extractors.pages.collector import collector_paused
from extractors.pages.contents import mark_titles
from extractors.pages.document import Document
from extractors.pages.finish import finish
from extractors.pages.inline import normalise
from extractors.pages.lines import regroup
from extractors.pages.menus import mark_linked_items
from extractors.pages.numbering import mark_numbering
from extractors.pages.parted import join_figures
from extractors.pages.regions import is_imprint
from extractors.pages.tables import read_tables
from extractors.pages.tiles import label_values
from extractors.pages.values import is_value
from extractors.records import Passage, PassageKind

_BULLET = re.compile(r"(\s{0,40})(?:[-*+•‣◦▪●·–]|\d{1,3}[.)](?!\d))(\s{1,8})(?=\S)")
_HASHES = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*)")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*")
_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_RULE = re.compile(r"\s{0,3}([-*_])(?:\s*+\1){2,}\s*")
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1")
_IMAGE = re.compile(r"!\[([^\[\]]{0,1000})\]\([^()\s]{0,2000}(?:\s\"[^\"]{0,500}\")?\)")
_LINK = re.compile(
    r"\[([^\[\]]{0,1000})\]\((?P<address>[^()\s]{0,2000})(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?:\s\"[^\"]{0,500}\")?\)"
)
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]{1,2000}>")
_BREAK_TAG = re.compile(r"<br\s{0,5}/?>", re.IGNORECASE)
_MARKUP = re.compile(r"[*_`\[<\\&~]")
_STRONG = ("**", "__", "~~")
_EMPHASIS = re.compile(r"(?<![\w*\\])([*_])(?=[^\s*_])([^*_\n]{1,2000}?)(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"`([^`\n]{1,2000})`")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|quot|#\d{1,6});")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&quot;": '"'}
_NOTE = re.compile(r"\[\^[\w-]{1,20}\](?!:)")


def text_passages(text: str) -> list[Passage]:
    """The passages of `read_markdown`."""
    return read_markdown(text).passages


def read_markdown(text: str) -> Document:
    """Return a Markdown or plain text, its passages in order; their `xpath` is `line(N)`, N from 1."""
    with collector_paused():
        return _read(text)


def _read(text: str) -> Document:
    reader = _Reader()
    text = text.removeprefix("\ufeff").replace("\0", "")  # as from bytes
    reader.run(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    blocks = reader.blocks
    reader.root.end = len(blocks)
    for block in blocks:
        block.boilerplate = is_imprint(block)
    for items in reader.linked:
        mark_linked_items(items)
    mark_titles(blocks)
    read_tables(reader.tables, blocks)
    join_figures(blocks)
    mark_numbering(blocks)
    label_values(blocks)
    return finish(blocks)


class _Reader:
    """Gathers lines to blocks. All blocks share one container, so that tiles see them as one sequence."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.zone = Zone("none")
        self.root = Container(None, "body", "", "", self.zone)
        self.lines: list[str] = []
        self.first = 1
        self.leads: list[tuple[int, str | None, str]] = []  # indent, lead, the item's own text
        self.linked: list[list[tuple[Block, str]]] = []
        """Runs of items that are but links, with where these lead."""

    def run(self, lines: list[str]) -> None:
        fence: str | None = None
        number = 0
        while number < len(lines):
            line = lines[number]
            number += 1
            fenced = _FENCE.match(line)
            if fence is not None:
                if fenced and fenced.group(1)[:3] == fence:
                    fence = None
                    self.flush()
                else:
                    self.gather(line, number)
                continue
            if fenced:
                self.flush()
                fence = fenced.group(1)[:3]
                continue
            if not line.strip():
                self.flush()
                continue
            heading = _HASHES.fullmatch(line)
            if heading:
                self.flush()
                self.leads.clear()
                self.add(
                    "heading", heading.group(2).rstrip("#").rstrip() or heading.group(2), number, len(heading.group(1))
                )
                continue
            if number < len(lines) and "|" in line and "-" in lines[number] and _is_pipe_rule(lines[number]):
                self.flush()
                number = self.table(lines, number)
                continue
            underline = _UNDERLINE.fullmatch(lines[number]) if number < len(lines) else None
            if (
                underline
                and not self.lines
                and len(line) < 200
                and len(underline.group(1)) > 2
                and not _BULLET.match(line)
            ):
                self.leads.clear()
                self.add("heading", line, number, 1 if "=" in underline.group(1) else 2)
                number += 1
                continue
            if _RULE.fullmatch(line):
                self.flush()
                continue
            bullet = _BULLET.match(line)
            if bullet:
                self.flush()
                number = self.item(lines, number, bullet)
                continue
            self.gather(line.lstrip("> ") if line.lstrip().startswith(">") else line, number)
        self.flush()

    def gather(self, line: str, number: int) -> None:
        if not self.lines:
            self.first = number
        self.lines.append(line)

    def flush(self) -> None:
        """Close the paragraph that has been gathered."""
        lines, self.lines = self.lines, []
        if not lines:
            return
        if lines[0][:1] not in (" ", "\t") or len(self.leads) == 0:
            self.leads.clear()
        rows = _pipe_rows(lines)
        if rows:
            self.grid(rows, self.first, 0)
            return
        bold = [_BOLD_LINE.fullmatch(line.strip()) is not None for line in lines]
        plain = [(number, normalise(part)) for number, line in enumerate(lines) for part in _plain(line).split("\n")]
        plain = [(number, line) for number, line in plain if line]
        if any(bold) and not all(bold):  # a bold line over its text
            for number, line in plain:
                self.put("paragraph", line, self.first + number)
            return
        texts = [line for _, line in plain]
        paragraphs = regroup(texts)
        if len(paragraphs) == len(plain):
            for number, line in plain:
                self.put("paragraph", line, self.first + number)
        else:
            for line in paragraphs:
                self.put("paragraph", line, self.first)

    def item(self, lines: list[str], number: int, bullet: re.Match[str]) -> int:
        """Read a list item with the lines it runs on; return the number of lines read so far."""
        indent, first = len(bullet.group(1).expandtabs(4)), number
        parts = [lines[number - 1][bullet.end() :]]
        while number < len(lines) and lines[number].strip() and not _starts_block(lines[number]):
            parts.append(lines[number])
            number += 1
        while self.leads and self.leads[-1][0] > indent:
            self.leads.pop()
        if not self.leads or self.leads[-1][0] < indent:
            self.leads.append((indent, self.lead(), ""))
        written = " ".join(parts).strip()
        text = normalise(_plain(written).replace("\n", " "))
        lead = self.leads[-1][1]
        self.leads[-1] = (indent, lead, text)
        block = self.put("list_item", text, first, lead=lead)
        if link := _LINK.fullmatch(written):
            last = self.linked[-1][-1][0] if self.linked else None
            if last is None or self.blocks[-2] is not last:
                self.linked.append([])
            self.linked[-1].append((block, link["address"]))
        return number

    def lead(self) -> str | None:
        if self.leads:
            return self.leads[-1][2] or None
        if not self.blocks:
            return None
        last = self.blocks[-1]
        if last.kind != "paragraph" or last.value or not (last.text.endswith(":") or len(last.text) <= 160):
            return None
        return last.text

    def table(self, lines: list[str], number: int) -> int:
        """Read a pipe table whose header is the line before `number`; return the number of lines read so far."""
        first = number
        rows = [_cells(lines[number - 1])]
        number += 1
        while number < len(lines) and "|" in lines[number]:
            rows.append(_cells(lines[number]))
            number += 1
        self.grid(rows, first, 1)
        return number

    def grid(self, rows: list[list[str]], first: int, head_rows: int) -> None:
        table = Table(len(self.blocks), head_rows=head_rows)
        for number, row in enumerate(rows):
            place = first + number + (1 if head_rows and number else 0)
            cells: list[Cell] = []
            for raw in row:
                cell = Cell(bool(head_rows) and number == 0, "", 1, 1, f"line({place})")
                text = normalise(_plain(raw))
                if text:
                    cell.blocks.append(self.put("table_cell", text, place))
                cells.append(cell)
            table.rows.append(cells)
        self.tables.append(table)

    def add(self, kind: PassageKind, text: str, number: int, level: int) -> None:
        plain = normalise(_plain(text).replace("\n", " "))
        if plain:
            self.put(kind, plain, number, level=level)

    def put(self, kind: PassageKind, text: str, number: int, *, level: int = 0, lead: str | None = None) -> Block:
        container = Container(self.root, kind, f"line({number})", "", self.zone, start=len(self.blocks))
        container.end = len(self.blocks) + 1
        block = Block(kind, text, container.xpath, container, level=level, lead=lead)
        block.value = kind != "table_cell" and is_value(text, unit=not level)
        self.blocks.append(block)
        return block


def _starts_block(line: str) -> bool:
    return bool(_BULLET.match(line) or _HASHES.fullmatch(line) or _FENCE.match(line) or _RULE.fullmatch(line))


def _is_pipe_rule(line: str) -> bool:
    return "|" in line and len(line) < 5000 and set(line) <= set("|:- \t")


def _pipe_rows(lines: list[str]) -> list[list[str]]:
    """A table without its rule line: every line has the same number of inner pipes."""
    counts = {len(_cells(line)) for line in lines if "|" in line}
    if len(lines) < 2 or len(counts) != 1 or not all("|" in line for line in lines) or max(counts) < 2:
        return []
    return [_cells(line) for line in lines]


def _cells(line: str) -> list[str]:
    inner = line.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _plain(line: str) -> str:
    """Drop the inline markup of one line; a `<br>` becomes a line break."""
    if not _MARKUP.search(line):
        return line
    line = _BREAK_TAG.sub("\n", _AUTOLINK.sub("", _IMAGE.sub("", line)))
    line = _LINK.sub(r"\1", _NOTE.sub("", line))
    line = _CODE.sub(r"\1", line)
    for mark in _STRONG:
        if mark in line:
            parts = line.split(mark)
            line = "".join(parts) if len(parts) % 2 else "".join(parts[:-1]) + mark + parts[-1]
    line = _EMPHASIS.sub(r"\2", line)
    line = _ESCAPE.sub(r"\1", line)
    return _ENTITY.sub(_entity, line)


def _entity(match: re.Match[str]) -> str:
    name = match.group()
    if name.startswith("&#"):
        code = int(name[2:-1])
        return chr(code) if 31 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    return _ENTITIES[name]
