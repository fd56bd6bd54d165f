"""The records of a WARC file of any writer, one after the other, as they stand: framing, and nothing of their meaning.

The file may be plain, compressed record by record, or compressed as a whole; it is read as a stream, and no block is
held that nobody wants or that is larger than `MOST_BLOCK`. Where the file is damaged the record that is hit is given as
a `Damage`, and reading goes on with the next that can be found: in a plain file at its version line, in a compressed
one at the next gzip member that holds one.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

READ_SIZE = 64 * 1024
MOST_HEAD = 1024 * 1024
MOST_BLOCK = 24 * 1024 * 1024
"""Bytes; larger blocks are passed over, not held."""
GZIP_MAGIC = b"\x1f\x8b\x08"
RECORD_END = b"\r\n\r\n"
VERSION = re.compile(rb"WARC/\d+\.\d+")
NEXT_RECORD = re.compile(rb"WARC/\d+\.\d+[ \t]*\r?\n[A-Za-z-]+:")

Place = tuple[int, int]
"""Where a record stands: the offset at which reading can begin, and how many records come first from there on. That is
none but in what is compressed as a whole."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record: its named fields in order, and its block where it was wanted."""

    fields: tuple[tuple[str, str], ...]
    length: int
    block: bytes | None
    place: Place = (0, 0)

    def get(self, name: str) -> str | None:
        """First value of a field, by its name in any case; None where there is none or it is empty."""
        return next((value for key, value in self.fields if key.lower() == name.lower() and value), None)


@dataclass(frozen=True, slots=True)
class Damage:
    """Where a record should be and cannot be read whole."""

    problem: str
    about: str | None
    """Target of the record, where that much could be read."""
    place: Place = (0, 0)


class _Broken(Exception):
    """The unit cannot be read further."""


class _BadRecord(Exception):
    """The bytes here are no record; another may follow."""

    def __init__(self, problem: str, record: RawRecord | None = None) -> None:
        super().__init__(problem)
        self.about = record.get("WARC-Target-URI") if record else None


class _Unit:
    """A run of bytes in which whole records stand: a plain file, or one member of a compressed one."""

    def __init__(self, start: int) -> None:
        self.start = start
        self._pending = bytearray()

    def _more(self) -> bytes:
        """Further bytes; none at the unit's end. Raises _Broken."""
        raise NotImplementedError

    def _fill(self) -> bool:
        block = self._more()
        self._pending += block
        return bool(block)

    def record_follows(self) -> bool:
        """Pass over blank lines; False at the unit's end, which is then known to be whole."""
        while True:
            self._pending = self._pending.lstrip(b"\r\n")
            if self._pending:
                return True
            if not self._fill():
                return False

    def starts_record(self) -> bool:
        """Whether a version line stands here."""
        while len(self._pending) < 16 and self._fill():
            pass
        return VERSION.match(self._pending) is not None

    def ends_record(self) -> bool:
        """Whether the two line ends stand here that follow a block."""
        while len(self._pending) < len(RECORD_END) and self._fill():
            pass
        return self._pending.startswith(RECORD_END)

    def line(self) -> bytes:
        """The next line without its end."""
        searched = 0
        while (end := self._pending.find(b"\n", searched)) < 0:
            searched = len(self._pending)
            if searched > MOST_HEAD:
                raise _BadRecord("a record's head has no end")
            if not self._fill():
                raise _BadRecord("it ends in the middle of a record's head")
        found = bytes(self._pending[:end])
        del self._pending[: end + 1]
        return found.rstrip(b"\r")

    def take(self, length: int) -> bytes | None:
        """So many bytes; None where the unit ends before."""
        while len(self._pending) < length:
            if not self._fill():
                return None
        found = bytes(self._pending[:length])
        del self._pending[:length]
        return found

    def skip(self, length: int) -> bool:
        """Pass over so many bytes; False where the unit ends before."""
        while len(self._pending) < length:
            length -= len(self._pending)
            self._pending.clear()
            if not self._fill():
                return length == 0
        del self._pending[:length]
        return True

    def mark(self) -> Place:
        """Note that a record begins here, and say where that is."""
        raise NotImplementedError

    def find_record(self) -> bool:
        """Go to the next version line after a bad record; False where there is none."""
        while True:
            found = NEXT_RECORD.search(self._pending, 1)
            if found:
                del self._pending[: found.start()]
                return True
            del self._pending[:-64]
            if not self._fill():
                return False


class _Plain(_Unit):
    def __init__(self, file: BinaryIO, start: int) -> None:
        super().__init__(start)
        self._file, self._marked = file, start
        file.seek(start)

    def _more(self) -> bytes:
        return _read(self._file)

    def mark(self) -> Place:
        self._marked = self._file.tell() - len(self._pending)
        return self._marked, 0

    def find_record(self) -> bool:
        # From the bad record's own beginning: a length that is too large has run over those that follow.
        self._pending.clear()
        self._file.seek(self._marked)
        return super().find_record()


class _Member(_Unit):
    """One gzip member. `after` is the place behind it, known at its end."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        super().__init__(start)
        self.after, self._begun = 0, 0
        self._file, self._place = file, start
        self._rest = b""
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        file.seek(start)

    def mark(self) -> Place:
        self._begun += 1
        return self.start, self._begun - 1

    def _more(self) -> bytes:
        while not self.after:
            if not self._rest:
                self._rest = _read(self._file)
                self._place += len(self._rest)
                if not self._rest:
                    raise _Broken("it is cut short")
            try:
                out = self._inflater.decompress(self._rest, READ_SIZE)
            except zlib.error:
                raise _Broken("it is damaged") from None
            self._rest = self._inflater.unconsumed_tail
            if self._inflater.eof:
                self.after = self._place - len(self._inflater.unused_data)
            if out:
                return out
        return b""


def _read(file: BinaryIO) -> bytes:
    try:
        return file.read(READ_SIZE)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        raise _Broken("it is damaged") from None


def read_records(file: BinaryIO, wanted: Callable[[RawRecord], bool]) -> Iterator[RawRecord | Damage]:
    """Every record of a WARC file, with the block of those that are `wanted` by their fields.

    `file` must be seekable and stand at its beginning.
    """
    return records_from(file, 0, wanted, compressed=is_compressed(file))


def records_from(
    file: BinaryIO, start: int, wanted: Callable[[RawRecord], bool], *, compressed: bool
) -> Iterator[RawRecord | Damage]:
    """The records of a WARC file from an offset on, which is that of a `Place`."""
    return _members(file, start, wanted) if compressed else _unit_records(_Plain(file, start), wanted)


def is_compressed(file: BinaryIO) -> bool:
    """Whether the records stand in gzip members. `file` must stand at its beginning."""
    start = file.read(len(GZIP_MAGIC))
    file.seek(0)
    if NEXT_RECORD.match(file.read(READ_SIZE).lstrip(b"\r\n")):
        return False
    return start == GZIP_MAGIC or _next_member(file, 0) is not None


def _members(file: BinaryIO, start: int, wanted: Callable[[RawRecord], bool]) -> Iterator[RawRecord | Damage]:
    place: int | None = start
    while place is not None:
        file.seek(place)
        beginning = file.read(len(GZIP_MAGIC))
        if not beginning.strip(b"\0") and _only_zeros(file):
            return
        if beginning == GZIP_MAGIC:
            member = _Member(file, place)
            yield from _unit_records(member, wanted)
            place = member.after or _next_member(file, place + 1)
        else:
            yield Damage("it is damaged", None, (place, 0))
            place = _next_member(file, place)


def _only_zeros(file: BinaryIO) -> bool:
    """Whether nothing but padding follows."""
    while block := file.read(READ_SIZE):
        if block.strip(b"\0"):
            return False
    return True


def _next_member(file: BinaryIO, place: int) -> int | None:
    """Where, from a place on, the next gzip member begins that holds a record; None where none does."""
    file.seek(place)
    held = b""
    while block := file.read(READ_SIZE):
        held += block
        found = -1
        while (found := held.find(GZIP_MAGIC, found + 1)) >= 0:
            if _holds_record(file, place + found):
                return place + found
            file.seek(place + len(held))
        keep = len(GZIP_MAGIC) - 1
        place, held = place + len(held) - len(held[-keep:]), held[-keep:]
    return None


def _holds_record(file: BinaryIO, place: int) -> bool:
    file.seek(place)
    try:  # no more than its beginning: what follows may be damaged
        start = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(file.read(READ_SIZE), 64)
    except zlib.error:
        return False
    return VERSION.match(start.lstrip()) is not None


def _unit_records(unit: _Unit, wanted: Callable[[RawRecord], bool]) -> Iterator[RawRecord | Damage]:
    record: RawRecord | None = None
    place = unit.start, 0
    try:
        follows = unit.record_follows()
        while follows:
            record = None
            place = unit.mark()
            try:
                record = _head(unit, place)
                block = _block(unit, record, wanted)
                ended = unit.ends_record()
                follows = unit.record_follows()
                if not ended and follows and not unit.starts_record():
                    raise _BadRecord("it does not end where it says", record)
                yield RawRecord(record.fields, record.length, block, place)
            except _BadRecord as error:
                yield Damage(str(error), error.about, place)
                follows = unit.find_record()
    except _Broken as error:
        yield Damage(str(error), record.get("WARC-Target-URI") if record else None, place)


def _head(unit: _Unit, place: Place) -> RawRecord:
    """A record's fields and the length they state; its block is not yet read."""
    if not unit.starts_record():
        raise _BadRecord("no record begins where one should")
    unit.line()
    lines: list[str] = []
    size = 0
    while line := unit.line():
        size += len(line)
        if size > MOST_HEAD:
            raise _BadRecord("a record's head has no end")
        text = _decoded(line)
        if text[0] in " \t" and lines:
            lines[-1] += " " + text.strip()
        else:
            lines.append(text)
    fields = tuple((name.strip(), value.strip()) for name, _, value in (text.partition(":") for text in lines))
    record = RawRecord(fields, 0, None, place)
    stated = record.get("Content-Length") or ""
    if not re.fullmatch(r"[0-9]{1,18}", stated):
        raise _BadRecord("it states no length", record)
    return RawRecord(fields, int(stated), None, place)


def _block(unit: _Unit, record: RawRecord, wanted: Callable[[RawRecord], bool]) -> bytes | None:
    if record.length <= MOST_BLOCK and wanted(record):
        block = unit.take(record.length)
        if block is None:
            raise _BadRecord("it is cut short", record)
        return block
    if not unit.skip(record.length):
        raise _BadRecord("it is cut short", record)
    return None


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")
