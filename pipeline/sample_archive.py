"""The bundled web archive of a card's page, served over HTTP on loopback, so that a backfill needs no network.

It answers as a real one does: an index of captures (CDX), and the bytes of each.
"""

import hashlib
import html
import json
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import yaml

from extractors.errors import InputError
from extractors.metrics.card import SAMPLES, SourceCard
from extractors.page_keys import same_page
from warehouse.cdx import Line

COLLECTION = "sample"


@dataclass(frozen=True, slots=True)
class Page:
    """One capture of the archive."""

    at: str
    url: str
    status: int
    body: bytes

    @property
    def index_line(self) -> str:
        """Its line of the index."""
        digest = hashlib.sha256(self.body).hexdigest()
        return json.dumps({"timestamp": self.at, "url": self.url, "status": str(self.status), "digest": digest})


def sample_history(card: SourceCard) -> list[Page]:
    """The captures of the card's sample archive, in its order.

    Raises:
        InputError: the card names no sample archive, or one that is not bundled.
    """
    if card.sample is None or card.sample.history is None:
        raise InputError(f"the card {card.id} names no sample archive; leave out --sample")
    file = SAMPLES / card.sample.history
    if not file.is_file():
        raise InputError(
            f"the sample archive {card.sample.history} of the card {card.id} is not among the bundled ones"
        )
    return [
        Page(one["at"], one["url"], one.get("status", 200), one["body"].encode() if "body" in one else _page(**one))
        for one in yaml.safe_load(file.read_text(encoding="utf-8"))["captures"]
    ]


@contextmanager
def archive_served(pages: Sequence[Page]) -> Iterator[str]:
    """URL of an archive that holds the pages, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == f"/{COLLECTION}/cdx":
                self._send(200, "\n".join(_listed(pages, parse_qs(parts.query))).encode(), "text/x-ndjson", {})
                return
            asked = re.fullmatch(rf"/{COLLECTION}/(\d{{14}})id_/(.+)", self.path)
            for page in pages:
                if asked and (page.at, page.url) == asked.groups():
                    moment = Line(page.at, page.url, "", "", "").moment
                    assert moment
                    memento = {"Memento-Datetime": f"{moment:%a, %d %b %Y %H:%M:%S GMT}"}
                    self._send(page.status, page.body, "text/html; charset=utf-8", memento)
                    return
            self._send(404, b"", "text/html", {})

        def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in ({"Content-Type": kind, "Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing: the backfill tells what it fetches."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/{COLLECTION}"
        finally:
            server.shutdown()
            thread.join()


def _listed(pages: Sequence[Page], query: dict[str, list[str]]) -> list[str]:
    asked = {name: values[0] for name, values in query.items()}
    first, last = asked.get("from", ""), asked.get("to", "")
    found = [
        page
        for page in pages
        if same_page(page.url, asked.get("url", "")) and page.at >= first and (not last or page.at[: len(last)] <= last)
    ]
    return [page.index_line for page in sorted(found, key=lambda page: page.at)][: int(asked.get("limit", len(found)))]


def _page(*, title: str, says: Sequence[str], **_: object) -> bytes:
    said = "".join(f"<p>{html.escape(paragraph, quote=False)}</p>\n" for paragraph in says)
    head = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    return (
        f'<!doctype html>\n<html lang="en">{head}\n<body><main><h1>{title}</h1>\n{said}</main></body></html>\n'.encode()
    )
