"""`impact show`: the archived page, inert, in a real browser, with the words of a fact marked."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors import read_page
from extractors.pages.inert import Words, inert_page
from tests.conftest import Web
from tests.pipeline.conftest import COMMAND, Ended, rows
from tests.pipeline.terminals import shown as on_terminal

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
POLICY = "content=\"default-src 'none'; style-src 'unsafe-inline'\""


def in_browser(url: str, folder: Path) -> str:
    """The document as the browser has it, after its scripts have had their time."""
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=2000", "--dump-dom", url,
    ]  # fmt: skip
    return subprocess.run(
        [str(part) for part in command], check=True, capture_output=True, timeout=90, text=True
    ).stdout


def shown(page: bytes, surface: str, which: int = 0) -> str:
    """The inert page of a fact, by its numeral."""
    fact = [fact for fact in read_page(page).facts if fact.surface == surface][which]
    words = Words(fact.xpath, fact.passage_text, fact.sentence, fact.start, fact.end)
    return inert_page(page, words, ["Tram museum"])


def marked(document: str) -> str:
    """The text of all marks of the number, without white space."""
    found = re.findall(r'<mark(?: id="fact")? class="number">(.*?)</mark>', document)
    assert document.count('id="fact"') == 1
    return "".join("".join(found).split())


def test_every_fact_of_the_demo_is_shown_where_it_was_read(sample_home: Path, impact: Callable[..., Ended]) -> None:
    facts = rows(sample_home, "SELECT fact_id, surface, sentence FROM facts")
    parted = []
    for fact_id, surface, sentence in facts:
        ended = impact("show", fact_id)
        assert ended.status == 0, ended.err
        path = Path(ended.out.strip())
        assert path == sample_home / "shown" / f"{fact_id}.html"
        assert f"{path.as_uri()}#fact" in ended.err
        document = path.read_text(encoding="utf-8")
        assert marked(document) == "".join(surface.split())
        lit = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", document))
        words, said = (re.sub(r"\W", "", text.replace("&amp;", "&")) for text in (lit, sentence))
        assert words in said  # a footnote's mark parts the words on the page, not in the sentence
        parted += [] if words == said else [surface]
        assert POLICY in document and "holds the page only" in document and "retrieved 20" in document
    assert sorted(parted) == ["28,868", "28,886", "337,195"]  # a footnote stands within their sentence


def test_a_fact_may_be_named_by_its_beginning_and_an_unknown_one_is_one_line(
    sample_home: Path, impact: Callable[..., Ended]
) -> None:
    ids = [str(fact_id) for (fact_id,) in rows(sample_home, "SELECT fact_id FROM facts")]
    fact_id = ids[0]
    assert impact("show", fact_id[:12].upper()).out.strip().endswith(f"{fact_id}.html")
    for wrong in ("ffffffffffffffffffff", "nonsense", "", "%", "../../etc/passwd"):
        ended = impact("show", wrong)
        assert ended.status == 2 and "no fact" in ended.line
    letter = next(one[0] for one in ids if sum(other[0] == one[0] for other in ids) > 1)
    several = impact("show", letter)
    assert several.status == 2 and f"'{letter}' begins several facts" in several.line


def test_without_a_release_it_says_so_in_one_line(home: Path, impact: Callable[..., Ended]) -> None:
    ended = impact("show", "abc")
    assert ended.status == 1 and "nothing has been published" in ended.line


def test_the_page_of_a_lost_capture_is_one_line(sample_home: Path, impact: Callable[..., Ended]) -> None:
    ((fact_id, file),) = rows(
        sample_home, "SELECT fact_id, warc_file FROM facts JOIN captures ON capture_sha256 = sha256 LIMIT 1"
    )
    (sample_home / file).unlink()
    ended = impact("show", fact_id)
    assert ended.status == 1 and f"the page of fact {fact_id} is lost: no capture" in ended.line


HOSTILE = """<!doctype html><html lang="en"><head><title>Tram museum</title><base href="{url}/base/">
<meta http-equiv="refresh" content="0;url={url}/refreshed"><link rel="stylesheet" href="{url}/style.css">
<style>@import "{url}/imported.css"; body {{ background: url({url}/background) }}</style>
<script>document.title = 'taken'; fetch('{url}/fetched')</script></head>
<body onload="document.title='taken'" background="{url}/background" style="background:url({url}/inline)">
<h1 onclick="x()" id="fact">Tram museum</h1><iframe src="{url}/frame" srcdoc="<script>parent.x=1</script>"></iframe>
<p style="x" class="a" lang='"><script>document.title="taken"</script>'>In 2022, <a
 href="javascript:x()">4,310 visitors</a>
<img src="{url}/picture" onerror="document.title='taken'">rode our trams &lt;script&gt;alert(1)&lt;/script&gt;.</p>
<svg onload="x()"><a xlink:href="{url}/svg"><text>drawn</text></a><script>document.title='taken'</script>
<image href="{url}/image"/></svg><object data="{url}/object"></object><embed src="{url}/embed">
<math><mtext><style><img src=x onerror="document.title='taken'"></style></mtext></math>
<form action="{url}/form"><input autofocus onfocus="document.title='taken'"><button>Give</button></form>
<video src="{url}/video" autoplay></video><textarea></textarea><img src=x onerror="document.title='taken'"></textarea>
<noscript><p title="</noscript><img src=x onerror=document.title='taken'>"></noscript>
<p>In 2021, 2,975 visitors rode our trams.</p></body></html>"""


@needs_browser
def test_a_hostile_page_stays_inert(web: Web, tmp_path: Path) -> None:
    page = HOSTILE.format(url=web.url("")).encode()
    file = tmp_path / "shown.html"
    file.write_text(shown(page, "4,310"), encoding="utf-8")
    document = in_browser(f"{file.as_uri()}#fact", tmp_path)
    assert "<title>Tram museum</title>" in document
    assert marked(document) == "4,310"
    assert web.asked == []
    assert "visitors" in document and "2,975" in document and "&lt;script&gt;alert(1)" in document
    body = document.partition("<body>")[2]
    assert not re.search(r"<(?:script|iframe|object|embed|img|svg|form|input|link|meta|base|style|video)\b", body)
    assert not re.search(r"<[^>]* (?:on\w+|href|src|style|action|background)\s*=", body)
    assert body.count('id="fact"') == 1


@needs_browser
def test_the_browser_stands_at_the_words(tmp_path: Path) -> None:
    filler = "<p>Trams ran every day.</p>" * 400
    page = f"<html><body><main><h1>Trams</h1>{filler}<p>In 2022, 4,310 visitors rode.</p>{filler}</main></body></html>"
    file = tmp_path / "shown.html"
    probe = "<script>addEventListener('load', () => setTimeout(() => document.title = 'at ' + scrollY, 500))</script>"
    inert = shown(page.encode(), "4,310")
    file.write_text(re.sub(r"<meta http-equiv.*?>", "", inert).replace("</body>", f"{probe}</body>"), encoding="utf-8")
    found = re.search(r"<title>at (\d+)", in_browser(f"{file.as_uri()}#fact", tmp_path))
    assert found and int(found[1]) > 5000


PARTED = b"""<html><body><main><h1>Tram museum 2022</h1>
<p>In 2021, 4,310 visitors rode. In 2022, <b>4,</b><b>310</b> visitors rode.</p>
<div class="tile"><div>21.7</div><div>million</div><div>visitors in 2022</div></div>
<div class="tile"><span class="counter" data-count="8500">0</span><p>volunteers in 2022</p></div>
<p hidden>In 2022, 77 visitors hid.</p>
</main></body></html>"""


def test_the_second_of_equal_numbers_is_marked_where_it_stands() -> None:
    first, second = (shown(PARTED, "4,310", n) for n in (0, 1))
    assert marked(first) == marked(second) == "4,310"
    assert first.index('id="fact"') < first.index("In 2022")
    assert second.index("In 2022") < second.index('id="fact"')


def test_a_number_whose_scale_stands_in_the_next_block_is_marked_in_both() -> None:
    assert marked(shown(PARTED, "21.7 million")) == "21.7million"


def test_a_counter_shows_the_number_that_a_reader_of_the_live_page_sees() -> None:
    document = shown(PARTED, "8500")
    assert marked(document) == "8500"
    assert "hid" not in document


@pytest.mark.parametrize("hidden", ["hidden", "style='display: none'"])
def test_what_a_reader_does_not_see_is_not_shown(hidden: str) -> None:
    page = f"<html><body><p>In 2022, 4,310 rode.</p><p {hidden}>In 2022, 77 hid.</p></body></html>"
    assert "hid" not in shown(page.encode(), "4,310")


@pytest.mark.parametrize("element", ["<object>{}</object>", "<canvas><table><tr><td>{}</td></tr></table></canvas>"])
def test_what_was_read_in_the_place_of_something_else_is_shown(element: str) -> None:
    page = f"<html><body>{element.format('<p>In 2022, 4,310 rode.</p>')}</body></html>"
    assert marked(shown(page.encode(), "4,310")) == "4,310"


def test_a_page_nested_deeper_than_python_recurses_is_shown() -> None:
    page = b"<html><body>" + b"<div>" * 3000 + b"<p>In 2022, 4,310 visitors rode.</p></body></html>"
    assert marked(shown(page, "4,310")) == "4,310"


def test_on_a_terminal_it_is_opened_in_a_browser(
    sample_home: Path, impact: Callable[..., Ended], tmp_path: Path
) -> None:
    ((fact_id,),) = rows(sample_home, "SELECT fact_id FROM facts LIMIT 1")
    asked, browser = tmp_path / "asked", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {asked}\n', encoding="utf-8")
    browser.chmod(0o755)
    printed = on_terminal([*COMMAND, "show", fact_id], os.environ | {"BROWSER": f"{browser} %s"}, width=80)
    assert printed == ""
    assert asked.read_text(encoding="utf-8") == (sample_home / "shown" / f"{fact_id}.html").as_uri() + "#fact"


def test_a_footnote_within_the_words_does_not_hide_them() -> None:
    page = b"<html><body><p>In 2021 we had 12 trams. In 2022<sup>3</sup> we had 12 trams<sup>4</sup>.</p></body></html>"
    document = shown(page, "12", 1)
    assert document.index("<sup>3</sup>") < document.index('id="fact"')
