"""What the tests of the archive share: two editions of a page, when the first was had, and the records of a file."""

import datetime as dt
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from warehouse.home import Home
from warehouse.warc import Capture

START = dt.datetime(2023, 3, 1, 9, 0, tzinfo=dt.UTC)
FIRST = b"<html><body><p>In 2021 the shelter housed 310 families.</p></body></html>"
SECOND = b"<html><body><p>In 2022 the shelter housed 355 families.</p></body></html>"


def records(home: Home, capture: Capture) -> list[tuple[str, Any, Any]]:
    with (home.root / capture.warc_file).open("rb") as file:
        return [(record.rec_type, record.rec_headers, record.http_headers) for record in ArchiveIterator(file)]
