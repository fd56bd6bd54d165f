"""What a person reads is written here, and standard output as every command sees it.

Text of pages, headers and cards may hold what a terminal obeys or reorders: it is shown, never sent.
"""

import io
import re
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from extractors.errors import ImpactError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

PIPE_CLOSED = 141
"""What a shell reports for a program that ended by SIGPIPE."""
_OBEYED = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]")
"""Controls of both sets, of direction and of lines; halves of pairs, which no encoding takes."""


class OutputClosed(ImpactError):
    """Whoever read the output has enough: nothing more is to be written or said."""

    exit_status = PIPE_CLOSED


class OutputFailed(ImpactError):
    """Standard output takes nothing more: free space, or write elsewhere."""


def inert(text: str) -> str:
    r"""One line of text with what a terminal would obey written out, such as `\x1b` or `\u202e`."""
    return _OBEYED.sub(_written_out, text) if not text.isprintable() else text


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def say(*lines: str, err: bool = False) -> None:
    """Write lines for a person, each one line whatever it holds; to standard error also when nobody reads it."""
    text = "\n".join(map(inert, lines))
    if not err:
        click.echo(text)
        return
    with suppress(OSError):
        click.echo(text, err=True)


class _Out(io.FileIO):
    """Standard output whose failures are ours, at whatever depth they come up."""

    def write(self, data: "Buffer") -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise OutputClosed("nobody reads the output") from None
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise OutputFailed(f"cannot write to standard output: {reason}; free space or write elsewhere") from None


def standard_output(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    """Text in UTF-8 to where `stream` goes; what cannot be written raises `OutputClosed` or `OutputFailed`."""
    raw = _Out(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", line_buffering=stream.isatty()
    )
