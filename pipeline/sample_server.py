"""The bundled sample editions of a card, served over HTTP on loopback, so that a refresh needs no network."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from extractors.errors import InputError
from extractors.metrics.card import SAMPLES, SourceCard


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {".html": "text/html; charset=utf-8"}  # noqa: RUF012 - as the base class declares it

    def log_message(self, *_: object) -> None:
        """Say nothing: the refresh tells what it fetches."""


@contextmanager
def served_samples(card: SourceCard) -> Iterator[list[str]]:
    """URLs of the card's sample editions, in the card's order, answered until the block ends.

    Raises:
        InputError: the card names no sample editions, or one that is not bundled.
    """
    if card.sample is None:
        raise InputError(f"the card {card.id} names no sample editions; leave out --sample")
    for page in card.sample.pages:
        if not (SAMPLES / page).is_file():
            raise InputError(f"the sample edition {page} of the card {card.id} is not among the bundled ones")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(SAMPLES))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield [f"http://127.0.0.1:{server.server_address[1]}/{page}" for page in card.sample.pages]
        finally:
            server.shutdown()
            thread.join()
