"""A web archive's collection as a crawler would have left it: fifteen editions at two addresses, and troubles.

It writes WARC files with warcio and has pywb index and serve them. It knows nothing of what reads them.
"""

import io
import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.ports import free_port

PYWB = Path(__file__).resolve().parents[2] / ".venv-pywb" / "bin"
OLD, NEW = "http://coast-rescue.example/figures", "https://www.coast-rescue.example/our-year"
HOME_PAGE = "http://coast-rescue.example/"
ADDRESSES = f"""\
url: {NEW}
urls:
  - {{url: "{OLD}", from: 2009, to: 2015}}
"""
EDITIONS = {2008 + n: 310 + 7 * n for n in range(15)}
"""What each edition states, by its year."""


@dataclass(frozen=True)
class Kept:
    """One capture that the crawler kept."""

    url: str
    at: str
    """As YYYY-MM-DDTHH:MM:SS."""
    body: bytes = b""
    status: str = "200 OK"
    headers: Mapping[str, str] = field(default_factory=dict)


def edition(year: int, rescued: int | None = None) -> bytes:
    """The page of one year."""
    said = [f"<p>In {year}, crews rescued {rescued or EDITIONS[year]:,} people.</p>"]
    said += [f"<p>In {year}, we ran {20 + n} courses in town {chr(65 + n)}.</p>" for n in range(5)]
    body = f"<main><h1>Our year</h1>{''.join(said)}</main>"
    return f"<!doctype html><html><head><title>Our year</title></head><body>{body}</body></html>".encode()


NOT_FOUND = b"<!doctype html><html><head><title>Page not found</title></head><body><h1>Sorry</h1></body></html>"


def good() -> list[Kept]:
    """Every edition once, each in the spring after its year."""
    return [
        Kept(OLD if year < 2015 else NEW, f"{year + 1}-04-0{1 + year % 9}T06:30:00", edition(year)) for year in EDITIONS
    ]


def troubles() -> list[Kept]:
    """What an archive holds beside."""
    return [
        Kept(OLD, "2012-08-01T00:00:00", b"<h1>Slow down</h1>", "429 Too Many Requests"),
        Kept(OLD, "2013-08-01T00:00:00", b"<h1>Busy</h1>", "503 Service Unavailable"),
        Kept(OLD, "2015-11-01T00:00:00", edition(2014, 999)),  # a last word at the old address, said again at the new
        Kept(NEW, "2015-11-02T00:00:00", edition(2014)),
        Kept(NEW, "2016-09-01T00:00:00", b"", "302 Found", {"Location": HOME_PAGE}),
        Kept(NEW, "2017-09-01T00:00:00", NOT_FOUND),
        Kept(NEW, "2018-09-01T00:00:00", edition(2017)),  # the same bytes as in spring
        Kept(NEW, "2031-01-01T00:00:00", edition(2022, 4)),
        Kept(HOME_PAGE, "2016-09-01T00:00:01", b"<h1>Welcome</h1>"),
    ]


def stray_lines() -> list[str]:
    """Lines of the index that lead nowhere: a record that is lost, and a time that is none."""
    lost = {
        "url": NEW,
        "mime": "text/html",
        "status": "200",
        "digest": "LOST",
        "length": "300",
        "filename": "gone.warc",
    }
    key = "example,coast-rescue)/our-year"
    return [
        f"{key} 20190901000000 {json.dumps(lost)}",
        f"{key} 20201341000000 {json.dumps(lost | {'digest': 'MONTH13'})}",
    ]


def write_warc(path: Path, captures: Sequence[Kept]) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for one in captures:
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(one.body))} | one.headers
            http = StatusAndHeaders(one.status, list(headers.items()), protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    one.url,
                    "response",
                    payload=io.BytesIO(one.body),
                    http_headers=http,
                    warc_headers_dict={"WARC-Date": f"{one.at}Z"},
                )
            )


@contextmanager
def served(folder: Path, captures: Sequence[Kept], lines: Sequence[str] = ()) -> Iterator[str]:
    """Address of a pywb collection of these captures, with further lines in its index; skips where pywb is not."""
    if not (PYWB / "wayback").exists():
        pytest.skip("pywb, the web archive that this test starts, is not installed; `make pywb` installs it")
    write_warc(folder / "crawl.warc.gz", captures)
    for arguments in (["init", "kept"], ["add", "kept", str(folder / "crawl.warc.gz")]):
        subprocess.run([str(PYWB / "wb-manager"), *arguments], cwd=folder, check=True, capture_output=True)
    index = folder / "collections/kept/indexes/index.cdxj"
    index.write_text("".join(sorted([*index.read_text().splitlines(True), *(f"{line}\n" for line in lines)])))
    port = free_port()
    command = [str(PYWB / "wayback"), "-b", "127.0.0.1", "-p", str(port), "-d", str(folder)]
    with (folder / "pywb.log").open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        _until_it_answers(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}/kept"
    finally:
        server.terminate()
        server.wait()


def requests_made(folder: Path) -> list[str]:
    """Paths that pywb was asked for, in order."""
    lines = (folder / "pywb.log").read_text(errors="replace").splitlines()
    paths = [line.split('"')[1].split()[1] for line in lines if '"GET /kept/' in line]
    return [path for path in paths if not path.startswith("/kept/index")]  # what it asks itself


def _until_it_answers(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        assert server.poll() is None, "pywb ended"
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("pywb does not answer")
