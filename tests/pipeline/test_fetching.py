"""What a refresh asks of a host: the whole page or what changed, through which proxy, and with which secrets."""

import base64
import datetime as dt
import gzip
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Web
from tests.pipeline.conftest import CARD, COMMAND, Ended, page, rows
from warehouse.archive import Archive
from warehouse.fetch import Retrieval
from warehouse.home import Home

Impact = Callable[..., Ended]


def conditional(web: Web) -> list[bool]:
    return ["if-none-match" in asked.headers for asked in web.asked]


def test_the_whole_page_is_asked_for_with_full(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021), headers={"ETag": '"1"'}).answer("/", status=304).answer("/", body=page(2022))
    assert impact("refresh", "--card", card).status == 0
    assert "checked, unchanged" in impact("refresh", "--card", card).err
    full = impact("refresh", "--card", card, "--full")
    assert full.status == 0 and "archived" in full.err
    assert conditional(web) == [False, True, False]
    assert web.asked[2].headers["cache-control"] == "no-cache"


def test_a_host_that_says_not_modified_to_that_too_is_told(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021), headers={"ETag": '"1"'}).answer("/", status=304)
    assert impact("refresh", "--card", card).status == 0
    refused = impact("refresh", "--card", card, "--full")
    assert refused.status == 1 and "304" in refused.line
    assert len(list((home / "archive" / "coast-rescue").glob("*.warc.gz"))) == 1


@pytest.mark.parametrize(("days", "asked_in_full"), [(6, False), (8, True)])
def test_a_host_that_always_says_not_modified_is_found_out_in_a_week(
    impact: Impact, home: Path, web: Web, card: Path, days: int, asked_in_full: bool
):
    moment = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    headers = (("Content-Type", "text/html"), ("ETag", '"1"'))
    archive = Archive(Home.at(home))
    for n, (status, body) in enumerate([(200, page(2021)), (304, b""), (304, b"")]):
        at = moment + dt.timedelta(days=n)
        archive.store("coast-rescue", Retrieval(web.url(), web.url(), status, "", headers, body, at), sample=False)
    web.answer("/", status=304) if not asked_in_full else web.answer("/", body=page(2022))
    assert impact("refresh", "--card", card).status == 0
    assert conditional(web) == [not asked_in_full]


def test_the_samples_need_no_proxy_that_works(tmp_path: Path, closed_port_url: str):
    command = [*COMMAND, "refresh", "--sample"]
    proxies = dict.fromkeys(("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"), closed_port_url)
    environment = os.environ | proxies | {"IMPACT_HOME": str(tmp_path / "home")}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("proxy", ["socks5://ann:secret@127.0.0.1:9", "http://ann:secret@127.0.0.1:none"])
def test_a_proxy_that_cannot_be_used_is_told(impact: Impact, home: Path, tmp_path: Path, monkeypatch, proxy: str):
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, proxy)
    card = tmp_path / "card.yaml"
    card.write_text(CARD.format(url="http://shelter.example/"), encoding="utf-8")
    for ended in (impact("refresh", "--card", card), impact("extract", "http://shelter.example/")):
        assert ended.status == 2 and "proxy" in ended.line and "secret" not in ended.err


def test_what_is_secret_in_an_address_reaches_the_host_and_nothing_else(
    impact: Impact, home: Path, tmp_path: Path, web: Web
):
    url = web.url("/year?api_key=hush1&page=2").replace("//", "//ann:hush2@")
    card = tmp_path / "card.yaml"
    card.write_text(CARD.format(url=url), encoding="utf-8")
    script = "/year?api_key=hush1&page=2"
    headers = {"ETag": '"1"', "Set-Cookie": "session=hush3", "Content-Location": script}
    web.answer(script, body=page(2021), headers=headers).answer(script, status=304)
    told = [impact("refresh", "--card", card) for _ in range(2)]
    told += [impact(*words) for words in (["status"], ["review"], ["explain", "rescues", "2021"])]
    assert [ended.status for ended in told] == [0] * 5
    assert "checked, unchanged" in told[1].err
    assert web.asked[0].headers["authorization"] == "Basic " + base64.b64encode(b"ann:hush2").decode()
    web.forget(script)
    web.answer(script, body=page(2021))
    extracted = impact("extract", url, "--card", card)
    assert json.loads(extracted.out.splitlines()[0])["url"] == web.url("/year?api_key=REDACTED&page=2")
    web.forget(script)
    web.answer(script, status=302, headers={"Location": "/gone?token=hush4"})
    told += [extracted, impact("extract", url), impact("refresh", "--card", card)]
    assert "hush" not in "".join(ended.out + ended.err for ended in told)

    with duckdb.connect(str(home / "impact.duckdb"), read_only=True) as con:
        tables = con.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables()").fetchall()
        rows = [con.execute(f"FROM {table}").fetchall() for (table,) in tables]
    assert "api_key=REDACTED" in str(rows) and "hush" not in str(rows)
    files = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    secret = [
        path for path, held in files.items() if b"hush" in (gzip.decompress(held) if path.suffix == ".gz" else held)
    ]
    assert {path.name[:4] for path in secret} == {"card"}  # the home's copies of the card, by which the page is fetched
    for capture in Archive(Home.at(home)).captures():
        assert "hush" not in repr(capture)


@pytest.mark.parametrize("url", ["ftp://ann:hush@a.example/", "http://ann:hu sh@[a", "http://ann:hush@[a/"])
def test_an_address_that_is_none_is_told_without_its_secrets(impact: Impact, home: Path, tmp_path: Path, url: str):
    card = tmp_path / "card.yaml"
    card.write_text(CARD.format(url=url), encoding="utf-8")
    told = [impact("refresh", "--card", card), impact("extract", url)]
    assert [ended.status for ended in told] == [2, 2]
    assert "hush" not in told[0].err + told[1].err and "hu sh" not in told[0].err + told[1].err


@pytest.mark.parametrize("reason", ["Non trouvé là".encode("latin-1"), "Non trouvé là".encode()])
def test_a_status_in_any_bytes_is_told_as_text(impact: Impact, web: Web, reason: bytes):
    raw = b"HTTP/1.1 404 " + reason + b"\r\nContent-Length: 0\r\n\r\n"
    web.answer("/", raw=lambda connection: connection.sendall(raw))
    ended = impact("extract", web.url())
    assert ended.status == 1 and "404 Non trouvé là" in ended.line


def test_an_address_given_to_extract_is_shown_without_its_secrets(impact: Impact, tmp_path: Path):
    text = tmp_path / "text.txt"
    text.write_text("In 2021, we lent 7 boats.", encoding="utf-8")
    (fact,) = map(json.loads, impact("extract", text, "--url", "https://ann:hush@a.example/?sig=hush").out.splitlines())
    assert fact["url"] == "https://a.example/?sig=REDACTED"
    assert "hush" not in json.dumps(fact)


def test_a_redirect_to_another_kind_of_place_is_followed_where_the_card_allows_it(
    impact: Impact, home: Path, web: Web, card: Path
):
    web.answer("/", status=302, headers={"Location": f"http://0.0.0.0:{web.port}/end"}).answer("/end", body=page(2021))
    assert "allow_private: true" in impact("refresh", "--card", card).line
    assert [asked.path for asked in web.asked] == ["/"]
    card.write_text(card.read_text(encoding="utf-8") + "allow_private: true\n", encoding="utf-8")
    assert impact("refresh", "--card", card).status == 0
    assert impact("extract", web.url(), "--card", card).status == 0
    assert impact("extract", web.url()).status == 1


def test_a_robots_txt_is_asked_only_of_a_home_that_honours_it(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021)).answer("/robots.txt", body=b"User-agent: *\nDisallow: /\n")
    assert impact("refresh", "--card", card).status == 0
    assert [asked.path for asked in web.asked] == ["/"]
    (home / "settings.yaml").write_text("robots: honour\n", encoding="utf-8")
    ended = impact("refresh", "--card", card)
    assert ended.status == 1 and "robots.txt wants no program to fetch" in ended.line
    assert [asked.path for asked in web.asked] == ["/", "/robots.txt"]
    assert rows(home, "SELECT count(*) FROM retrievals") == [(1,)]
