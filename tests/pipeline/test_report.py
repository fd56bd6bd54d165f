"""`impact report`: the site in a real browser, of the samples, a hostile page, a metric of thousands of statements."""

import csv
import filecmp
import html
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import duckdb
import pytest

from tests.charts import needs_charts
from tests.conftest import Web
from tests.pipeline.browser import Browser, browser
from tests.pipeline.checkers import axe
from tests.pipeline.conftest import COMMAND, Ended
from warehouse.site.evidence import read_evidence
from warehouse.site.writing import write_site

DRAWN_IMAGES = """Promise.all([...document.images].map(
    one => one.decode().then(() => one.naturalWidth > 0, () => false)
))"""
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"
LARGEST = 200_000
DOCS_PAGES = ["docs/index.html", "docs/numbers.html", "docs/adding-a-page.html", "docs/questions.html"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the bundled samples and their site in `report`."""
    home = tmp_path_factory.mktemp("sample") / "home"
    for arguments in (["refresh", "--sample"], ["report"]):
        ended = subprocess.run([*COMMAND, *arguments], env=os.environ | {"IMPACT_HOME": str(home)}, capture_output=True)
        assert ended.returncode == 0, ended.stderr
    assert ended.stdout.decode().strip() == str(home / "report")
    return home


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as one:
        yield one


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


class Read(HTMLParser):
    """What a page names: its anchors, and everything it leads to or loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.named: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "srcset"):
                self.named.append(value or "")


def read(site: Path) -> dict[Path, Read]:
    return {path: Read(path.read_text(encoding="utf-8")) for path in pages(site)}


def unresolved(site: Path) -> list[str]:
    """Links of the site that lead nowhere within it."""
    found = read(site)
    broken = []
    for path, one in found.items():
        for name in one.named:
            url = urlsplit(name)
            if url.scheme in ("http", "https"):
                continue
            target = (path.parent / unquote(url.path)).resolve() if url.path else path
            there = target in found and (not url.fragment or url.fragment in found[target].ids)
            if url.scheme or not (there or (target.is_file() and not url.fragment)):
                broken.append(f"{path.name}: {name}")
    return broken


@needs_charts
def test_a_second_run_gives_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(sample / "impact.duckdb"), read_only=True) as con:
        write_site(con, tmp_path)
    names = files(tmp_path)
    assert [name for name in files(sample / "report") if name != ".made-by-impact"] == names
    assert filecmp.cmpfiles(sample / "report", tmp_path, names, shallow=False)[0] == names


@needs_charts
def test_every_link_resolves_and_every_name_is_given_once(sample: Path) -> None:
    assert unresolved(sample / "report") == []
    for path, one in read(sample / "report").items():
        assert len(one.ids) == len(set(one.ids)), path
        assert not [name for name in one.attributes if name.startswith("on") or name == "style"], path
        text = path.read_text(encoding="utf-8")
        assert POLICY in text and len(text.encode()) < LARGEST


@needs_charts
def test_every_page_opens_without_a_complaint_or_a_request_and_its_charts_draw(sample: Path, chromium: Browser) -> None:
    chromium.troubles.clear()
    chromium.asked.clear()
    drawn = 0
    for path in pages(sample / "report"):
        chromium.open(path.as_uri())
        images = chromium.run(DRAWN_IMAGES)
        assert all(images), path
        drawn += len(images)
    charts = len(list((sample / "report/metric").glob("*-narrow.svg")))
    assert charts > 5 and drawn == charts + len(list((sample / "report/docs/pictures").iterdir()))
    assert chromium.troubles == []
    assert {urlsplit(url).scheme for url in chromium.asked} == {"file"}
    assert all(str(sample) in unquote(url) for url in chromium.asked)


@needs_charts
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    sample: Path, chromium: Browser, width: int, dark: bool
) -> None:
    source = axe()
    chromium.window(width, dark=dark)
    kinds = ["cybertipline_reports", "age_progressions", "actively_traded_victim_share"]
    names = [path.name for path in (sample / "report").glob("*.html")]
    for name in [*names, *(f"metric/{kind}.html" for kind in kinds), "edition/ncmec-impact-2023.html", *DOCS_PAGES]:
        chromium.open((sample / "report" / name).as_uri())
        assert chromium.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
        chromium.run(f"{source};0")
        found = chromium.run(
            "axe.run().then(all => [all.passes.length, all.violations.map(one => one.id + one.nodes[0].html)])"
        )
        assert found[0] > 15 and found[1] == [], (name, found)


TEXTS = """[...document.querySelectorAll('.text h3, .text > p, .text .cell > p:not(.heads)')].map(one => {
    const copy = one.cloneNode(true);
    copy.querySelectorAll('.card, .heads').forEach(card => card.remove());
    return [copy.textContent, [...copy.querySelectorAll('.n')].map(n => [n.className, n.textContent])];
})"""


@needs_charts
def test_the_texts_are_those_of_the_passages_and_the_highlights_match_the_spans(
    sample: Path, chromium: Browser
) -> None:
    with duckdb.connect(str(sample / "impact.duckdb"), read_only=True) as con:
        shown = read_evidence(con).shown
        assert len(shown) == 5
        for capture in shown:
            chromium.open((sample / f"report/edition/{capture['page']}.html").as_uri())
            found = chromium.run(TEXTS)
            sha = [capture["sha256"]]
            query = "FROM passages SELECT text WHERE capture_sha256 = ? ORDER BY passage_index"
            assert [text for text, _ in found] == [text for (text,) in con.execute(query, sha).fetchall()]
            query = """
                SELECT n.surface, n.disposition, f.metric
                FROM numerals AS n LEFT JOIN facts AS f USING (source, fact_id)
                WHERE n.capture_sha256 = ? ORDER BY n.passage_index, n."start"
            """
            numbers = con.execute(query, sha).fetchall()
            looks = [
                "n none" if what == "excluded" else "n mapped" if metric else "n queued" for _, what, metric in numbers
            ]
            lit = [number for _, numbers in found for number in numbers]
            assert lit == [[look, surface] for look, (surface, *_) in zip(looks, numbers, strict=True)]


@needs_charts
def test_a_number_shows_its_fact_to_the_keyboard_and_esc_hides_it(sample: Path, chromium: Browser) -> None:
    chromium.window(1400)
    chromium.open((sample / "report/edition/ncmec-impact-2021.html").as_uri())
    chromium.run("[...document.querySelectorAll('.n.none button')].find(one => one.textContent === '2021').focus()")
    surface = ""
    while surface != "29,397,681":
        chromium.key("Tab")
        surface = chromium.run("document.activeElement.textContent")
    card = "getComputedStyle(document.activeElement.closest('.n').querySelector('.card')).display"
    assert chromium.run(card) == "block"
    told = chromium.run("document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent")
    assert "29,397,681 reports" in told and "year 2021" in told
    chromium.key("Tab")  # into the card, to its link
    assert chromium.run("document.activeElement.getAttribute('href')") == "../metric/cybertipline_reports.html#2021"
    chromium.key("Escape")
    assert chromium.run(
        "[...document.querySelectorAll('.card')].every(one => getComputedStyle(one).display === 'none')"
    )


@needs_charts
def test_the_search_finds_metrics_and_sentences(sample: Path, chromium: Browser) -> None:
    chromium.open((sample / "report/index.html").as_uri())
    look = """
        q.value = {!r};
        q.dispatchEvent(new Event('input'));
        [...document.querySelectorAll('#hits a')].map(one => [one.textContent, one.getAttribute('href')])
    """
    found = chromium.run(look.format("CYBERTIPLINE reports"))
    assert found[0] == ["Reports to the CyberTipline", "metric/cybertipline_reports.html"]
    ((text, address),) = chromium.run(look.format("29,397,681 reports in"))
    assert text.startswith("The CyberTipline received 29,397,681") and address.startswith(
        "edition/ncmec-impact-2021.html#f-"
    )
    assert chromium.run(look.format("no such thing at all")) == []
    assert chromium.run("found.textContent") == "Nothing found"


@needs_charts
def test_a_metric_s_page_tells_what_its_cells_rest_on(sample: Path) -> None:
    page = html.unescape((sample / "report/metric/missing_child_cases.html").read_text(encoding="utf-8"))
    plain = " ".join(re.sub(r"<[^>]+>", "", page).split())
    with duckdb.connect(str(sample / "impact.duckdb"), read_only=True) as con:
        for year in range(2020, 2024):
            assert f'id="{year}"' in page
            ((citation,),) = con.execute(
                f"SELECT citation FROM cite('ncmec-impact', 'missing_child_cases', {year})"
            ).fetchall()
            assert " ".join(citation.split()) in plain
        query = "SELECT year, value, fact_id FROM metric_year WHERE metric = 'missing_child_cases' ORDER BY year"
        cells = con.execute(query).fetchall()
    assert "Revised 28,868" in plain
    with (sample / "report/metric/missing_child_cases.csv").open(encoding="utf-8", newline="") as file:
        rows = [(int(row["year"]), float(row["value"]), row["fact_id"]) for row in csv.DictReader(file)]
    assert rows == cells


@needs_charts
def test_a_metric_with_thousands_of_long_statements_is_parted(sample: Path, tmp_path: Path) -> None:
    database = tmp_path / "large.duckdb"
    database.write_bytes((sample / "impact.duckdb").read_bytes())
    database.chmod(0o644)
    with duckdb.connect(str(database)) as con:
        con.execute("""
            INSERT INTO statements
            SELECT statements.* REPLACE (
                1 + more.range AS precedence, 'agrees' AS outcome, 2023 - more.range % 20 AS "year",
                repeat('long words ', 40) || sentence AS sentence
            )
            FROM statements, range(5000) AS more
            WHERE metric = 'cybertipline_reports' AND breakdown = '' AND "year" = 2021 AND period_type = 'year'
                AND outcome = 'taken'
        """)
        write_site(con, tmp_path)
    parts = sorted((tmp_path / "metric").glob("cybertipline_reports*.html"))
    assert len(parts) > 5000 / 200
    counts = [part.read_text(encoding="utf-8").count('class="other') for part in parts]
    assert sum(counts) >= 5000 and max(counts) <= 200
    assert max(part.stat().st_size for part in parts) < LARGEST
    assert unresolved(tmp_path) == []
    first = Read((tmp_path / "metric/cybertipline_reports.html").read_text(encoding="utf-8"))
    assert {str(year) for year in range(2004, 2024)} <= set(first.ids)  # stable addresses, wherever the words are


HOSTILE = (
    "<!doctype html><html><head><title>Our &lt;script&gt;alert(1)&lt;/script&gt; year</title></head><body><main>"
    "<h1>Our year &lt;img src=x onerror=document.title='taken'&gt;</h1>"
    "<p>In 2022, crews &lt;script src='{url}/script'&gt;&lt;/script&gt; rescued 310 people "
    "\u202eand no more\u202c \x1b[31m.</p>"
    "<p>In 2022, &quot;&gt;&lt;/a&gt;&lt;a href=&quot;javascript:document.title='taken'&quot;&gt; we had 44 "
    "&lt;b&gt;boats&lt;/b&gt; {{{{ 7 * 7 }}}}.</p>"
    "<p>In 2021, crews rescued 290 people &lt;/script&gt;&lt;style&gt;@import '{url}/style'&lt;/style&gt;.</p>"
    "</main></body></html>"
)


@needs_charts
def test_hostile_words_are_words(
    home: Path, impact: Callable[..., Ended], card: Path, web: Web, chromium: Browser
) -> None:
    web.answer("/", body=HOSTILE.format(url=web.url("")).encode())
    text = card.read_text(encoding="utf-8").replace("Coast Rescue", "'Coast <script>alert(2)</script> Rescue'")
    card.write_text(text.replace("People rescued", "'People <img src=x onerror=alert(3)> rescued'"), encoding="utf-8")
    assert impact("refresh", "--card", card).status == 0
    assert impact("report").status == 0
    asked = len(web.asked)
    chromium.troubles.clear()
    for path in pages(home / "report"):
        chromium.open(path.as_uri())
        assert chromium.run("document.title").endswith("· Impact Ledger")
        assert (
            chromium.run("document.querySelectorAll('main script, main style, main b b, main img[onerror]').length")
            == 0
        )
        assert not re.search("[\u202a-\u202e\x1b]", path.read_text(encoding="utf-8"))
        assert "javascript:" not in {
            urlsplit(name).scheme + ":" for name in Read(path.read_text(encoding="utf-8")).named
        }
    assert chromium.troubles == [] and len(web.asked) == asked
    edition = (home / "report/edition/coast-rescue-2022.html").read_text(encoding="utf-8")
    assert "erom on dna \\u001b[" in edition and "{{ 7 * 7 }}" in edition
    chromium.open((home / "report/index.html").as_uri())
    chromium.run("q.value = 'script'; q.dispatchEvent(new Event('input'))")
    assert "<script src=" in chromium.run("hits.textContent")
    assert chromium.run("hits.querySelectorAll('script').length") == 0


def test_without_what_draws_the_charts_it_is_one_line(
    home: Path, impact: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    impact("refresh", "--sample")
    monkeypatch.setitem(sys.modules, "altair", None)
    ended = impact("report")
    assert ended.status == 1 and "`make site`" in ended.line and not (home / "report").exists()
    assert not list(home.glob(".report*"))


@needs_charts
def test_what_is_no_site_is_left_as_it_is(home: Path, impact: Callable[..., Ended], tmp_path: Path) -> None:
    assert impact("report").status == 1  # nothing is published
    impact("refresh", "--sample")
    impact("export", tmp_path / "export")
    before = files(tmp_path / "export")
    ended = impact("report", tmp_path / "export")
    assert ended.status == 2 and "was made by impact export" in ended.line
    assert files(tmp_path / "export") == before


@needs_charts
def test_two_sources_share_a_metric_s_page(sample: Path, tmp_path: Path) -> None:
    database = tmp_path / "two.duckdb"
    database.write_bytes((sample / "impact.duckdb").read_bytes())
    database.chmod(0o644)
    with duckdb.connect(str(database)) as con:
        for (name,) in con.execute(
            "SELECT DISTINCT table_name FROM duckdb_columns() WHERE column_name = 'source' AND schema_name = 'main'"
        ).fetchall():
            con.execute(f"INSERT INTO {name} SELECT * REPLACE ('second' AS source) FROM {name}")
        write_site(con, tmp_path)
    assert unresolved(tmp_path) == []
    one = Read((tmp_path / "metric/hashes_added.html").read_text(encoding="utf-8"))
    assert Counter(one.ids)["2022"] == 1 and "second-2022" in one.ids
    assert (tmp_path / "metric/hashes_added-second.csv").is_file()
