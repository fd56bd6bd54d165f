"""A fact's link opens the page with its words highlighted, in a real browser."""

import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from extractors import read_page
from tests.conftest import Web

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PAGE = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Tram museum</title><body>
<h1>Tram museum</h1><p>In 2022, 4,310 visitors rode our trams.</p>
<div><div>Visitors</div><div>4,310</div></div><div><div>Trams</div><div>27</div></div>
<p>In 2021, 2,975 visitors rode our trams; 4,310 more looked on.</p></body></html>"""


def pixel_rows(url: str, folder: Path) -> list[bytes]:
    """The rows of a screenshot of the whole page."""
    picture = folder / "page.png"
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars",
        f"--user-data-dir={folder / 'profile'}", "--window-size=800,900", f"--screenshot={picture}", url,
    ]  # fmt: skip
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=90)
    data, at, pixels, width = picture.read_bytes(), 8, b"", 0
    while at < len(data):
        (size,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        if kind == b"IHDR":
            width, _, _, colour = struct.unpack(">IIBB", data[at + 8 : at + 18])
            width = width * {2: 3, 6: 4}[colour] + 1
        elif kind == b"IDAT":
            pixels += data[at + 8 : at + 8 + size]
        at += 12 + size
    raw = zlib.decompress(pixels)
    return [raw[start : start + width] for start in range(0, len(raw), width)]


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
def test_each_fact_highlights_its_own_words(web: Web, tmp_path: Path) -> None:
    web.answer("/", body=PAGE, headers={"Content-Type": "text/html"})
    facts = read_page(PAGE, url=web.url()).facts
    assert [fact.surface for fact in facts] == ["4,310", "4,310", "27", "2,975", "4,310"]
    plain = pixel_rows(web.url(), tmp_path)
    lit = []
    for fact in facts:
        shown = pixel_rows(str(fact.text_fragment_url), tmp_path)
        lit.append([y for y, (a, b) in enumerate(zip(plain, shown, strict=True)) if a != b])
    assert all(8 <= rows[-1] - rows[0] <= 40 for rows in lit), "one line of text is lit"
    tops = [rows[0] for rows in lit]
    assert tops == sorted(tops)
    assert len(set(tops)) == 4, "the two figures of the last sentence share a line, no others do"
