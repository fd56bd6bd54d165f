"""What is fuzzed: each target takes any bytes and fails where a promise is broken."""

import contextlib
import datetime as dt
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from extractors.errors import ImpactError, InputError
from extractors.metrics.card import SourceCard, bundled_card, load_card
from extractors.reading import read_page, read_text
from extractors.records import Reading
from tests.extractors.invariants import assert_closes, assert_measured
from warehouse import decision_files, foreign_warc
from warehouse.cdx import NoIndex, impossible, read_index, unwanted
from warehouse.decisions import BadDecision

NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
CARD = bundled_card("ncmec-impact")
CARDS = (None, None, CARD)
EDITIONS = (None, 2021, None, 9999)
CAPTURED = (None, dt.datetime(2022, 5, 1, tzinfo=dt.UTC), dt.datetime(1, 1, 1, tzinfo=dt.UTC))
CHARSETS = (None, None, "utf-8", "windows-1252", "shift_jis", "utf-16", "big5", "\0")
SAID = "In 2021, crews handled 310 reports, 12% more than in 2020, and 4 boats answered 1 in 6 calls."


class Options:
    """How an input is read, chosen by its bytes, so that the same input is always read in the same way."""

    def __init__(self, data: bytes) -> None:
        chosen = zlib.crc32(data)
        self.card: SourceCard | None = CARDS[chosen % 3]
        self.edition = EDITIONS[chosen // 3 % 4]
        self.captured_at = CAPTURED[chosen // 12 % 3]
        self.charset = CHARSETS[chosen // 36 % 8]
        self.twice = chosen // 288 % 8 == 0


@contextlib.contextmanager
def refusals(*documented: type[ImpactError]) -> Iterator[None]:
    """Let pass what is documented, if it is said in one line."""
    try:
        yield
    except documented as error:
        assert str(error), "a refusal without words"
        assert "\n" not in str(error), "a refusal of several lines"


def _held(read: Callable[[], Reading], options: Options) -> None:
    with refusals(InputError):
        reading = read()
        assert_closes(reading)
        assert_measured(reading)
        if options.twice:
            assert read() == reading, "another reading the second time"


def text(data: bytes) -> None:
    """Plain text or Markdown."""
    said, o = data.decode("utf-8", "replace"), Options(data)
    _held(lambda: read_text(said, card=o.card, edition=o.edition, captured_at=o.captured_at), o)


def page(data: bytes) -> None:
    """The bytes of a page."""
    o = Options(data)
    _held(lambda: read_page(data, card=o.card, edition=o.edition, captured_at=o.captured_at, charset=o.charset), o)


def card(data: bytes) -> None:
    """A card, which reads a text when it is one."""
    with _file(data, ".yaml") as path, refusals(InputError):
        loaded = load_card(path)
        reading = read_text(SAID, card=loaded)
        assert_closes(reading)
        assert [f.value for f in reading.facts] == [f.value for f in read_text(SAID).facts], "a card changed a value"


def warc(data: bytes) -> None:
    """A WARC or WACZ file of another tool."""
    with _file(data, ".warc") as path, refusals(InputError):
        for entry in foreign_warc.entries(path, lambda _: True, now=NOW):
            if isinstance(entry, foreign_warc.Left):
                assert entry.reason and "\n" not in entry.reason + entry.detail
            else:
                assert foreign_warc.EARLIEST <= entry.retrieval.retrieved_at <= NOW


def cdx(data: bytes) -> None:
    """What an archive answers that is asked for its index."""
    with refusals(NoIndex):
        lines, key = read_index(data)
        assert key is None or key
        for line in lines:
            assert impossible(line, NOW) or line.moment is not None
            unwanted(line)


def decisions(data: bytes) -> None:
    """A file of decisions, written by hand."""
    with refusals(BadDecision):
        said = decision_files.read(data.decode("utf-8", "replace"), Path("decisions.yaml"), CARD)
        again = decision_files.read(decision_files.written("ncmec-impact", said), Path("decisions.yaml"))
        assert again == said, "what is written is not what was read"


@contextlib.contextmanager
def _file(data: bytes, suffix: str) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        file.write(data)
        file.flush()
        yield Path(file.name)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": text, "page": page, "card": card, "warc": warc, "cdx": cdx, "decisions": decisions,
}  # fmt: skip
