"""Content codings: from the bytes on the wire to those of the page, knowing whether the coded stream came to its end.

`gzip` (in several members too, and with padding behind the last) and `deflate` (in the zlib format, as it should be,
or raw, as some servers send it), in any order upon each other.
"""

import zlib
from collections.abc import Callable

READ_SIZE = 64 * 1024
MOST_LAYERS = 5
GZIP_START = b"\x1f\x8b"

Read = Callable[[int], bytes]
"""At most so many bytes, more than none; none at the end."""


class UnknownCoding(ValueError):
    """The body is in a coding that nobody asked for, or in too many."""


class _Inflated:
    """What `below` gives, inflated as it is read: never more than is asked for, whatever a bomb would expand to."""

    def __init__(self, below: Read) -> None:
        self._below = below
        self._pending = b""
        self._stream: zlib._Decompress | None = None
        self._full = False  # the last output was all that was asked for: the stream may hold more of it
        self._ignoring = False
        self.cut_short = False

    def read(self, most: int) -> bytes:
        """Raise zlib.error where the bytes are not in this coding."""
        while not self._ignoring:
            if self._stream is None:
                self._stream = self._begin()
                continue
            if not self._pending and not self._full:
                self._pending = self._below(READ_SIZE)
                if not self._pending:
                    self.cut_short = True
                    break
            out = self._stream.decompress(self._pending, most)
            self._pending, self._full = self._stream.unconsumed_tail, len(out) == most
            if self._stream.eof:
                self._pending, self._full, self._stream = self._stream.unused_data, False, None
                self._ended()
            if out:
                return out
        while self._below(READ_SIZE):  # whoever gives these bytes must see their end to know whether it was reached
            pass
        return b""

    def _begin(self) -> "zlib._Decompress | None":
        """The stream that begins here; None, ignoring the rest, where none does."""
        raise NotImplementedError

    def _ended(self) -> None:
        """A stream came to its end."""

    def _peek(self) -> bytes:
        """The first two bytes of what comes, or as many as there are."""
        while len(self._pending) < 2 and (more := self._below(READ_SIZE)):
            self._pending += more
        return self._pending[:2]


class _Gzip(_Inflated):
    _members = 0

    def _begin(self) -> "zlib._Decompress | None":
        start = self._peek()
        if not start or (self._members and not GZIP_START.startswith(start)):
            self._ignoring = True  # no body at all; or padding, which browsers pass over as well
            return None
        return zlib.decompressobj(16 + zlib.MAX_WBITS)

    def _ended(self) -> None:
        self._members += 1


class _Deflate(_Inflated):
    def _begin(self) -> "zlib._Decompress | None":
        start = self._peek()
        if not start:
            self._ignoring = True
            return None
        # RFC 1950: the method in the low bits, and both bytes together a multiple of 31.
        headed = len(start) == 2 and start[0] & 0x0F == 8 and int.from_bytes(start) % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if headed else -zlib.MAX_WBITS)

    def _ended(self) -> None:
        self._ignoring = True


_LAYERS: dict[str, type[_Inflated]] = {"gzip": _Gzip, "x-gzip": _Gzip, "deflate": _Deflate}
ACCEPTED = "gzip, deflate"
"""What to ask for: what every later reader can decode again."""


class Decoded:
    """A body as it is read through the codings that its `Content-Encoding` states."""

    def __init__(self, raw: Read, content_encoding: str) -> None:
        """Read nothing yet; `raw` gives the bytes as they come.

        Raises:
            UnknownCoding: one that is none of these, or more upon each other than anyone needs.
        """
        names = [name for name in (part.strip().lower() for part in content_encoding.split(",")) if name]
        names = [name for name in names if name != "identity"]
        unknown = sorted(set(names) - _LAYERS.keys())
        if unknown or len(names) > MOST_LAYERS:
            raise UnknownCoding(", ".join(unknown or names))
        self._layers: list[_Inflated] = []
        self._read = raw
        for name in reversed(names):
            layer = _LAYERS[name](self._read)
            self._layers.append(layer)
            self._read = layer.read

    def read(self, most: int) -> bytes:
        """At most so many bytes of the page; none at the end.

        Raises:
            zlib.error: the bytes are not in the coding that was stated.
        """
        return self._read(most)

    @property
    def cut_short(self) -> bool:
        """Whether the bytes ended and a coded stream had not: known when `read` has given none."""
        return any(layer.cut_short for layer in self._layers)
