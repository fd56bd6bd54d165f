"""Hosts that do what no host should: each takes the connection of one request and answers it in its own way."""

import gzip
import random
import socket
import time
import zlib
from collections.abc import Callable, Iterator

Host = Callable[[socket.socket], None]

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PATIENCE = 200
"""Seconds that a host goes on for whoever waits: longer than any limit."""


def hosts(chance: random.Random) -> dict[str, Host]:
    """Every kind, each drawn anew: slow, endless, looping, cut short, packed, garbled."""
    pause, block = chance.uniform(0.05, 0.9), bytes(chance.choices(b"0123456789 <>p/", k=65536))
    layers, megabytes = chance.randint(1, 5), chance.choice((200, 500, 1000))
    some, begun = chance.randint(2, 9), b"<p>In 2021 we helped 9"
    return {
        "silent": _forever(lambda: iter(()), pause),
        "a head that drips": _forever(lambda: _bytes(OK + b"X-Long: " + b"x" * 10_000), pause),
        "a body that drips": _forever(lambda: _bytes(OK + b"\r\n<p>In 2021 we helped " + b"9" * 10_000), pause),
        "packed, and it drips": _forever(lambda: _bytes(OK + b"Content-Encoding: gzip\r\n\r\n" + _bomb(1, 1)), pause),
        "a body without end": _flood(OK + b"\r\n", block),
        "chunks without end": _flood(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + block + b"\r\n"),
        "a header without end": _flood(OK + b"X: ", b"x" * 65536),
        "headers without end": _flood(OK, b"X-A: b\r\n" * 1000),
        "interim answers without end": _flood(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100),
        "a status line without end": _flood(b"HTTP/1.1 200 ", b"O" * 65536),
        "to itself": _sent(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"),
        "to itself, with a body": _flood(b"HTTP/1.1 301 Gone\r\nLocation: /\r\n\r\n", block),
        "to a private address": _sent(b"HTTP/1.1 302 Found\r\nLocation: http://10.%d.0.1/\r\n\r\n" % some),
        "to a file": _sent(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"),
        "a bomb": _sent(OK + b"Content-Encoding: gzip\r\n\r\n" + _bomb(1, megabytes)),
        "a bomb of bombs": _sent(
            OK + b"Content-Encoding: " + b", ".join([b"gzip"] * layers) + b"\r\n\r\n" + _bomb(layers, 200)
        ),
        "a deflated bomb": _sent(
            OK + b"Content-Encoding: deflate\r\n\r\n" + zlib.compress(b"\0" * 1024**2 * 100, 9)
        ),
        "a coding nobody asked for": _sent(OK + b"Content-Encoding: br\r\n\r\n" + block),
        "packed, but it is not": _sent(OK + b"Content-Encoding: gzip\r\n\r\n" + block),
        "shorter than it says": _sent(OK + b"Content-Length: 99999999\r\n\r\n" + begun),
        "longer than anything": _sent(OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n" + begun),
        "a length below nothing": _sent(OK + b"Content-Length: -%d\r\n\r\n" % some + begun),
        "no HTTP": _sent(block),
        "nothing": _sent(b""),
        "compressed, and cut": _sent(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(block)[:-some]),
    }  # fmt: skip


def _bomb(layers: int, megabytes: int) -> bytes:
    """So many megabytes of nothing, packed so many times over: of a kilobyte at the last."""
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(b" " * 1024**2) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        packed = gzip.compress(packed, 9)
    return packed


def _bytes(data: bytes) -> Iterator[bytes]:
    return (data[at : at + 1] for at in range(len(data)))


def _sent(data: bytes) -> Host:
    return lambda connection: connection.sendall(data)


def _forever(parts: Callable[[], Iterator[bytes]], pause: float) -> Host:
    """Send part after part with a pause, then nothing more, and hold the line."""

    def host(connection: socket.socket) -> None:
        ends = time.monotonic() + PATIENCE
        left = parts()
        while time.monotonic() < ends:
            connection.sendall(next(left, b""))
            time.sleep(pause)

    return host


def _flood(beginning: bytes, more: bytes) -> Host:
    """Send without end, as fast as it is taken."""

    def host(connection: socket.socket) -> None:
        ends = time.monotonic() + PATIENCE
        connection.sendall(beginning)
        while time.monotonic() < ends:
            connection.sendall(more)

    return host
