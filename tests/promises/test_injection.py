"""What pages, hosts, cards, files and arguments may hold that a terminal, a browser or a spreadsheet would obey."""

import csv
import hashlib
import importlib.util
import io
import random
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlsplit

import dagster as dg
import duckdb
import yaml
from markdown_it import MarkdownIt

from tests.conftest import Web
from tests.pipeline.conftest import history, page
from tests.pipeline.test_terminal import OBEYED
from tests.promises.conftest import Promise
from tests.promises.measured import Measured, measured
from tests.warehouse.warc_builder import response, wacz

ESCAPED = "escaped-from-home"
"""What no file anywhere may be called."""
PAYLOADS = [
    # a terminal
    *(
        "\x1b[2J\x1b[31m",
        "\x1b]8;;http://127.0.0.1:1/\x1b\\here\x1b]8;;\x1b\\",
        "\x1b]0;taken\x07",
        "\x9b2J",
        "\x1bP+q\x1b\\",
    ),
    *("\r\x1b[1A", "\u202eevil\u202c", "\u2028", "\x08\x08\x08", "\x7f"),
    # Markdown
    *("![b](http://127.0.0.1:1/x.png)", "[x](javascript:alert(1))", "**b** _i_ `c`", "| a | b |", "# h"),
    *("<http://127.0.0.1:1/>", "- a", "```", "[^1]: x"),
    # HTML and templates
    *(
        "<script taken>alert(1)</script>",
        "<img taken src=x onerror=alert(1)>",
        '"><svg taken onload=alert(1)>',
        "'-alert(1)-'",
    ),
    *(
        "<a taken href='javascript:alert(1)'>x</a>",
        "</title><style taken>*{display:none}</style>",
        "</script><b taken>",
        "<!--",
        "]]>",
    ),
    *(
        "&lt;b&gt;",
        "<iframe taken>",
        "<base taken href='http://127.0.0.1:1/'>",
        "<meta taken http-equiv=refresh content=0>",
    ),
    *("{{7*7}}", "{% raw %}", "${7*7}", "%s%n"),
    # SQL
    *("'; DROP TABLE facts; --", "' OR 1=1 --", "\"; ATTACH 'x.db'; --", "$$; COPY (SELECT 1) TO 'x'; $$", "\\", "\\'"),
    # a spreadsheet
    *("=1+1", "=cmd|'/c calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1+1", "＝1+1", '=HYPERLINK("http://127.0.0.1:1/")'),
    # paths and YAML
    *(f"../../../{ESCAPED}", f"..\\..\\{ESCAPED}", f"/tmp/{ESCAPED}", f"file:///tmp/{ESCAPED}", f"%2e%2e%2f{ESCAPED}"),
    *("~root/x", "%00", "&a [*a]", "!!python/object/apply:os.system ['true']", "- : ? | >", "#", "😀"),
]
ROUNDS = 2
RESCUES = {
    "label": "People rescued",
    "unit": "people",
    "measure": "flow",
    "counts": "people",
    "when": [{"clause": "rescued"}],
}
CARD = {
    "id": "coast-rescue",
    "organisation": "Coast Rescue",
    "title": "Our year",
    "url": "",
    "metrics": {"rescues": RESCUES},
}
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
TEMPLATE_FILES = [*(Path(__file__).parents[2] / "warehouse/site/templates").iterdir()]
HAS_SITE = importlib.util.find_spec("altair") is not None


class Elements(HTMLParser):
    """What a page consists of: each element with its attributes' names, and the schemes that they lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.kinds: set[str] = set()
        self.schemes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.kinds.add(tag)
        self.kinds |= {f"{tag} {name}" for name, _ in attrs}
        leads = [value or "" for name, value in attrs if name in ("href", "src", "action", "data", "srcdoc", "content")]
        self.schemes |= {urlsplit(value.strip()).scheme for value in leads if re.match(r"\s*[a-z]+:", value, re.I)}


TEMPLATES = Elements("".join(file.read_text(encoding="utf-8") for file in sorted(TEMPLATE_FILES)))
"""What the site has beside what pages of harmless words bring: marks of what is disputed, say."""


def made_of(payloads: list[str], chance: random.Random) -> tuple[bytes, dict[str, str], dict]:
    """A page with a payload wherever a page holds text, the headers of its answer, and a card that holds more."""

    def some(most: int = 3) -> str:
        return (
            " ".join(chance.choices(payloads, k=chance.randint(1, most))).encode("utf-16", "replace").decode("utf-16")
        )

    def words(before: str, after: str) -> str:
        return f"{before} {some()} {after}".replace("&", "&amp;").replace("<", "&lt;")

    parts = [f"<title>{words('Our year', '')}</title><h1>{words('Our year', '')}</h1>"]
    for year in (2020, 2021, 2022):
        parts.append(
            f"<p>{some(1).replace('<', '&lt;')} In {year}, crews rescued {chance.randint(200, 900)} people.</p>"
        )
        parts.append(
            f"<h2>{words('In', str(year))}</h2><p>{words(f'In {year}, we lent', f'{chance.randint(3, 99)} boats.')}</p>"
        )
        parts.append(f"<ul><li>{words('', '7 courses')}<li>{words('12', 'hours')}</ul>")
    parts.append(
        f"<table><tr><th>{words('Kind', '')}<th>2021<tr><td>{words('Beds', '')}<td>{chance.randint(3, 99)}</table>"
    )
    raw = "".join(one for one in payloads if one[:1] in "<\"'{") + f"<a href='{some(1)}' title=\"{some(1)}\">5 dogs</a>"
    parts.append(f"<div>{raw} In 2022, we fed 31 cats.</div>")
    body = f"<!doctype html><html><body><main>{''.join(parts)}</main></body></html>".encode("utf-8", "replace")
    visible = [one for one in payloads if one.isprintable() and one.isascii()]
    headers = {
        name: chance.choice(visible) for name in ("ETag", "X-Any", "Last-Modified", "Content-Language", "Server")
    }
    card = CARD | {"organisation": f"Coast {some(1)}"[:200], "title": f"Year {some(1)}"}
    card["metrics"] = {"rescues": RESCUES | {"label": f"People {some(1)}", "unit": f"people {some(1)}"}}
    return body, headers, card


def told_in_ui(home: Path) -> tuple[list[str], list[str]]:
    """What the UI shows of a home's runs: as Markdown, which it renders, and as text, cells too, which it does not."""
    rendered, plain = list[str](), list[str]()
    with history(home) as instance:
        for key in instance.all_asset_keys():
            event = instance.get_latest_materialization_event(key)
            found = event.asset_materialization.metadata if event and event.asset_materialization else {}
            rendered += [str(value.md_str) for value in found.values() if isinstance(value, dg.MarkdownMetadataValue)]
            plain += [str(value.value) for value in found.values() if isinstance(value, dg.TextMetadataValue)]
            tables = [value for value in found.values() if isinstance(value, dg.TableMetadataValue)]
            plain += [str(cell) for one in tables for record in one.records for cell in record.data.values()]
    return rendered, plain


def shown(
    folder: Path, card: dict, body: bytes, headers: dict[str, str], path: str
) -> tuple[Elements, Elements, list[str]]:
    """Refresh a home from a page and show it in every way: what its HTML and Markdown consist of, and all output."""
    web = Web()
    try:
        web.answer(path, body=body, headers=headers)
        folder.mkdir()
        file = folder / "card.yaml"
        file.write_text(yaml.safe_dump(card | {"url": web.url(path)}, allow_unicode=True), encoding="utf-8")
        run = folder / "run"
        ended = [measured(run, "refresh", "--card", file)]
        assert ended[0].status == 0, ended[0].err
        home = run / "home"
        ids = [row[0] for row in query(home, "SELECT fact_id FROM facts ORDER BY ALL")]
        years = [str(row[0]) for row in query(home, "SELECT DISTINCT year FROM metric_year ORDER BY ALL")]
        commands = [
            ["table"],
            ["table", "--format", "json"],
            ["explain", "rescues", years[0]],
            ["review"],
            ["status"],
        ]
        commands += [["sql", "SELECT text FROM passages"], ["show", ids[0]], ["export", "export"]]
        commands += [["report", "report"]] if HAS_SITE else []
        commands += [
            ["decide", ids[-1], "--dismiss", "--why", f"{PAYLOADS[0]} {PAYLOADS[16]}", "--who", "=ana\x1b[1m"],
            ["build"],
        ]
        for command in commands:
            ended.append(measured(run, *command))
            assert ended[-1].status == 0, (command, ended[-1].err)
        texts = [one.read_text(encoding="utf-8") for one in run.rglob("*.html") if "dagster" not in one.parts]
        assert len(texts) > (5 if HAS_SITE else 0)
        rendered, plain = told_in_ui(home)
        markdown = "".join(map(MARKDOWN.render, rendered))
        assert_cells_inert(run / "export")
        return Elements("".join(texts)), Elements(markdown), [*plain, *(one.out + one.err for one in ended)]
    finally:
        web.close()


def query(home: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str((home / "impact.duckdb").resolve()), read_only=True) as con:
        return con.execute(sql).fetchall()


def assert_cells_inert(export: Path) -> int:
    """No cell of a CSV file is one that a spreadsheet would calculate."""
    cells = 0
    for file in export.rglob("*.csv"):
        for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8"))):
            for cell in row:
                cells += 1
                assert not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r]", cell) or re.fullmatch(r"-?[\d.e+-]+", cell), (
                    file,
                    cell,
                )
    return cells


def test_injection(promise: Promise, tmp_path: Path):
    """What a terminal, Markdown, HTML, SQL, a template or a spreadsheet would obey is shown as text, wherever a page,
    an answer, a card or a decision holds it: in the terminal, in the UI, on the site and in the exports.
    """
    chance = random.Random(promise.seed)
    body, headers, card = made_of(["harbour"], chance)
    plain, plain_markdown, _ = shown(tmp_path / "plain", card, body, headers, "/")
    said = 0
    for n in range(ROUNDS):
        body, headers, card = made_of(PAYLOADS, chance)
        path = f"/?x={quote(chance.choice(PAYLOADS).encode('utf-8', 'replace'), safe='')}"
        site, markdown, outputs = shown(tmp_path / f"hostile-{n}", card, body, headers, path)
        assert not {kind for kind in site.kinds | markdown.kinds if kind.endswith(" taken")}
        assert site.kinds <= plain.kinds | TEMPLATES.kinds, sorted(site.kinds - plain.kinds - TEMPLATES.kinds)
        assert site.schemes <= {"http", "https", "data"}, site.schemes
        assert markdown.kinds <= plain_markdown.kinds, sorted(markdown.kinds - plain_markdown.kinds)
        for output in outputs:
            assert OBEYED.isdisjoint(output), sorted(OBEYED & set(output))
            said += len(output)
    assert_nothing_escaped(tmp_path)
    promise.figure = (
        f"{ROUNDS} homes of {len(PAYLOADS)} payloads, {said:,} characters of output, "
        f"{len(site.kinds)} kinds of elements and attributes on {'the site' if HAS_SITE else 'pages'}, no payload's"
    )


def assert_nothing_escaped(folder: Path) -> None:
    """No file has the name that payloads would give one, here, beside it or where temporary files are."""
    places = [folder, Path("/tmp")]
    found = [*folder.rglob(f"*{ESCAPED}*"), *(one for place in places for one in place.glob(f"*{ESCAPED}*"))]
    assert not found, found


def test_ids_and_names_that_climb(promise: Promise, tmp_path: Path):
    """A `../`, a statement of SQL, a URL or a control character in an id, a name, a path within an archive or an
    argument is refused in a clear line; nothing is written outside the home, and nothing published changes.
    """
    chance, web = random.Random(promise.seed), Web()
    web.answer("/", body=page(2021))
    card = tmp_path / "card.yaml"
    card.write_text(yaml.safe_dump(CARD | {"url": web.url("/")}), encoding="utf-8")
    home = tmp_path / "home"
    assert measured(tmp_path / "run", "refresh", "--card", card, home=home).status == 0
    (published,) = {(home / "impact.duckdb").resolve()}
    before = hashlib.sha256(published.read_bytes()).hexdigest()
    tried: list[Measured] = []
    arguments = [one for one in PAYLOADS if "\0" not in one and not one.startswith("-")]
    commands = [
        ["table", "{}"], ["table", "--years", "{}"], ["explain", "{}", "2021"], ["explain", "rescues", "{}"],
        ["show", "{}"], ["accept", "{}", "--reason", "x"], ["decide", "{}", "--dismiss", "--why", "x"],
        ["undecide", "{}"],
        ["refresh", "--source", "{}"], ["refresh", "--card", "{}"], ["extract", "{}"], ["backfill", "--source", "{}"],
        ["diff", "{}", "2021"], ["import", "{}"], ["sql", "{}"],
    ]  # fmt: skip
    for command in commands:
        for payload in chance.sample(arguments, 4):
            asked = [part.replace("{}", payload) for part in command]
            ended = measured(tmp_path / "run", *asked, home=home)
            assert ended.status in (1, 2) and ended.err, (asked, ended)
            assert "Traceback" not in ended.err and "nobody foresaw" not in ended.err, (asked, ended)
            assert OBEYED.isdisjoint(ended.out + ended.err), (asked, ended)
            tried.append(ended)
    for name in (f"../{ESCAPED}", f"/tmp/{ESCAPED}", "a/b", "..", "a\x1b[1m", "con\n", "'; DROP TABLE facts; --", ""):
        card.write_text(yaml.safe_dump(CARD | {"id": name, "url": web.url("/")}), encoding="utf-8")
        ended = measured(tmp_path / "run", "refresh", "--card", card, home=home)
        assert (ended.status, bool(ended.line)) == (2, True), (name, ended)
        tried.append(ended)
    card.write_text(yaml.safe_dump(CARD | {"url": web.url("/")}), encoding="utf-8")
    for n, name in enumerate((f"../../{ESCAPED}.warc", f"/tmp/{ESCAPED}.warc", f"..\\{ESCAPED}.warc")):
        fields = {"WARC-Filename": f"../{ESCAPED}", "WARC-Record-ID": f"<../../{ESCAPED}>"}
        record = response(page(2019), url=web.url("/"), date="2019-05-17T09:00:00Z", fields=fields)
        (tmp_path / f"{n}.wacz").write_bytes(wacz({name: record}))
        ended = measured(tmp_path / "run", "import", tmp_path / f"{n}.wacz", home=home)
        assert "Traceback" not in ended.err and ended.status in (0, 1, 2), (name, ended)
        tried.append(ended)
    web.close()
    assert hashlib.sha256(published.read_bytes()).hexdigest() == before
    assert_nothing_escaped(tmp_path)
    promise.figure = f"{len(tried)} commands, no file outside the home, the release unchanged"
