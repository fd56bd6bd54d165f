"""Parts that tests of several folders share: a real HTTP server on loopback whose answers a test scripts."""

import contextlib
import os
import socket
import ssl
import struct
import subprocess
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which

import pytest

from tests.ports import free_port


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: much of what tests do is to wait for processes."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what takes long, unless it is asked for."""
    left = pytest.mark.skip(
        reason="takes long, or tries again with other numbers what another test tries; `make long` runs it"
    )
    for item in items if not os.environ.get("LONG") else ():
        if "long" in item.keywords:
            item.add_marker(left)


@dataclass(frozen=True)
class Answer:
    """One scripted answer. `headers` replace the computed ones of the same name; `raw` takes over the whole socket."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[socket.socket], None] | None = None


@dataclass(frozen=True)
class Asked:
    path: str
    headers: Mapping[str, str]
    method: str = "GET"
    body: bytes = b""


class Web:
    """A web server on 127.0.0.1. Each path answers as scripted, one answer a request, the last one again and again.

    `web.answer("/page", body=b"<p>…</p>", headers={"ETag": '"1"'})` appends an answer to a path's script;
    a path without a script answers 404. `web.url("/page")` is its URL; `web.asked` holds every request.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self._scripts: dict[str, list[Answer]] = defaultdict(list)
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = self.rfile.read(int(headers.get("content-length", 0)))
                web.asked.append(Asked(self.path, headers, self.command, body))
                script = web._scripts.get(self.path) or [Answer(404, b"<h1>No such page</h1>")]
                answer = script.pop(0) if len(script) > 1 else script[0]
                with contextlib.suppress(OSError):
                    if answer.raw:
                        answer.raw(self.connection)
                    else:
                        self._send(answer)
                self.close_connection = True

            do_POST = do_GET

            def _send(self, answer: Answer) -> None:
                headers = {"content-type": "text/html; charset=utf-8", "content-length": str(len(answer.body))}
                headers |= {name.lower(): value for name, value in answer.headers.items()}
                self.send_response(answer.status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if answer.status != 304:
                    self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Say nothing: clients that hang up are part of the tests."""

        self._server = Server(("127.0.0.1", 0), Handler)
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._scheme = "https" if tls else "http"
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=lambda: self._server.serve_forever(poll_interval=0.01), daemon=True)
        self._thread.start()

    def url(self, path: str = "/") -> str:
        return f"{self._scheme}://127.0.0.1:{self.port}{path}"

    def answer(
        self,
        path: str = "/",
        *,
        status: int = 200,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        raw: Callable[[socket.socket], None] | None = None,
    ) -> "Web":
        self._scripts[path].append(Answer(status, body, headers or {}, raw))
        return self

    def forget(self, path: str = "/") -> None:
        """Drop a path's script, to write it anew."""
        self._scripts.pop(path, None)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def reset_connection(connection: socket.socket) -> None:
    """Hang up with a TCP reset, as a crashed host does. An `Answer.raw`."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    yield server
    server.close()


@pytest.fixture
def reset() -> Callable[[socket.socket], None]:
    return reset_connection


@pytest.fixture
def closed_port_url() -> str:
    """URL of a loopback port on which nothing listens."""
    return f"http://127.0.0.1:{free_port()}/"


@pytest.fixture(scope="session")
def self_signed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Paths of a self-signed certificate for 127.0.0.1 and shelter.example, and of its key."""
    if not which("openssl"):
        pytest.skip("the openssl program, which makes the self-signed certificate, is not installed")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    names = "subjectAltName=IP:127.0.0.1,DNS:shelter.example"
    request = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext {names}"
    subprocess.run([*request.split(), "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    return certificate, key


@pytest.fixture
def tls_web(self_signed: tuple[Path, Path]) -> Iterator[Web]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*self_signed)
    server = Web(context)
    yield server
    server.close()
