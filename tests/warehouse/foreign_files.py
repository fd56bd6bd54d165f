"""Files of other tools that several modules read: pages, a small file, and what came of it."""

import datetime as dt
import gzip
from functools import partial

from tests.warehouse.warc_builder import (
    response,
    warcinfo,
)
from warehouse.foreign_warc import Found, Left

zipped = partial(gzip.compress, mtime=0)
"""Without the time, so that cases are named alike on every worker."""

PAGE = "<!doctype html><html><body><p>In 2021 the shelter housed 310 families – all of them.</p></body></html>".encode()
OTHER = b"<!doctype html><html><body><p>In 2022 the shelter housed 355 families.</p></body></html>"
NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def bodies(found):
    return [one.retrieval.body for one in found if isinstance(one, Found)]


def reasons(found):
    return [one.reason for one in found if isinstance(one, Left)]


FILE = [warcinfo(), response(PAGE), response(OTHER, date="2023-05-17T09:00:00Z")]
