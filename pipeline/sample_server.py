"""The bundled sample editions of a card, served over HTTP on loopback, so that a refresh needs no network.

They stand at one address, one after the other, as the editions of a real page do.
"""

import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from extractors.errors import InputError
from extractors.metrics.card import SAMPLES, SourceCard


def sample_pages(card: SourceCard) -> list[bytes]:
    """The card's sample editions, in its order.

    Raises:
        InputError: the card names no sample editions, or one that is not bundled.
    """
    if card.sample is None:
        raise InputError(f"the card {card.id} names no sample editions; leave out --sample")
    for page in card.sample.pages:
        if not (SAMPLES / page).is_file():
            raise InputError(f"the sample edition {page} of the card {card.id} is not among the bundled ones")
    return [(SAMPLES / page).read_bytes() for page in card.sample.pages]


def unseen(pages: Sequence[bytes], seen: frozenset[str]) -> Sequence[bytes]:
    """The pages after the last one whose SHA-256 is among `seen`; the last page when all have been seen."""
    last = max((n for n, page in enumerate(pages) if hashlib.sha256(page).hexdigest() in seen), default=-1)
    return pages[min(last + 1, len(pages) - 1) :]


@contextmanager
def served(name: str, pages: Sequence[bytes]) -> Iterator[str]:
    """URL, ending in `name`, that answers each GET with the next page, until the block ends."""
    waiting = iter(pages)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = next(waiting, pages[-1])
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Say nothing: the refresh tells what it fetches."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/{name}"
        finally:
            server.shutdown()
            thread.join()
