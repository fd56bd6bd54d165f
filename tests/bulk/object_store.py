"""An object store on loopback that fails one request in so many, as a process: `python -m tests.bulk.object_store`.

It speaks S3, as moto does; every failure is decided by a seed. Half of the failing requests have had their effect when
they fail: whoever asks again must come to the same.
"""

import random
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

FAILS = ((b"<Error><Code>InternalError</Code></Error>", "500 Internal Server Error"),
         (b"<Error><Code>SlowDown</Code></Error>", "503 Slow Down"))  # fmt: skip


class Failing:
    """A WSGI application that answers as another does, but for some requests."""

    def __init__(self, served: Callable[..., Iterable[bytes]], one_in: int, seed: int) -> None:
        self._served, self._one_in, self._random = served, one_in, random.Random(seed)
        self._lock = threading.Lock()
        self.asked = self.failed = 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/--counts":
            start("200 OK", [("Content-Type", "text/plain")])
            return [f"{self.asked} {self.failed}".encode()]
        with self._lock:
            self.asked += 1
            fails = self._random.randrange(self._one_in) == 0
            self.failed += fails
            after, (body, status) = self._random.random() < 0.5, self._random.choice(FAILS)
        if not fails:
            return self._served(environ, start)
        if after:
            list(self._served(environ, lambda *_: lambda _: None))
        start(status, [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
        return [body]


def main() -> None:
    """Print the port, then serve until killed. The argument is how many requests there are to a failure."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    store = Failing(DomainDispatcherApplication(create_backend_app), int(sys.argv[1]), seed=1)
    server = make_server("127.0.0.1", 0, store, threaded=True)
    print(server.port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
