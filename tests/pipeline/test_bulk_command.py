"""`impact extract --warc`, as people call it."""

from pathlib import Path

from tests.bulk.shelf import URL, cards, expected, read_rows, shelve
from tests.pipeline.conftest import impact


