"""A page that cannot be had, and a card that lets a web archive stand in: what is published, and what is said."""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Web
from tests.few import few_of
from tests.pipeline.conftest import CARD, Ended, page

Impact = Callable[..., Ended]
BLOCKED = b"<!doctype html><html><head><title>Access denied</title></head><body><p>Access denied</p></body></html>"


@pytest.fixture
def card(tmp_path: Path, web: Web) -> Path:
    file = tmp_path / "card.yaml"
    file.write_text(CARD.format(url=f"{web.url('/')}\nfallback: {web.url('/kept')}"), encoding="utf-8")
    return file


def keeps(web: Web, *captures: tuple[str, bytes]) -> None:
    """Script an archive at /kept that holds captures of the page."""
    lines = [{"timestamp": at, "url": web.url("/"), "status": "200", "digest": at} for at, _ in captures]
    url = web.url("/").replace(":", "%3A").replace("/", "%2F")
    for year in ("", "&from=2026", "&from=2027"):
        query = f"url={url}&output=json&showResumeKey=true&limit=1000{year}"
        web.answer(f"/kept/cdx?{query}", body="\n".join(map(json.dumps, lines)).encode())
    for at, body in captures:
        web.answer(f"/kept/{at}id_/{web.url('/')}", body=body)


def figures(home: Path) -> list[tuple]:
    with duckdb.connect(str((home / "impact.duckdb").resolve()), read_only=True) as con:
        query = "SELECT year, value FROM metric_year WHERE metric = 'rescues' ORDER BY year"
        return con.execute(query).fetchall()


@pytest.mark.parametrize("trouble", few_of(["shows a block page", "down", "refuses"], 1))
def test_what_an_archive_kept_stands_in_for_a_page_that_cannot_be_had(
    trouble: str, web: Web, card: Path, home: Path, impact: Impact, reset, monkeypatch: pytest.MonkeyPatch
):
    keeps(web, ("20200401000000", page(2019, 300)), ("20210401000000", page(2020, 310)))
    if trouble == "down":
        monkeypatch.setattr("pipeline.refresh.fetch", lambda url, **options: fetch_once(url, **options))
        web.answer("/", raw=reset)
    elif trouble == "refuses":
        web.answer("/", status=403, body=BLOCKED)
    else:
        web.answer("/", body=BLOCKED)
    ended = impact("refresh", "--card", card)
    assert ended.status == 0, ended.err
    place = f"{web.url('/kept')}/20210401000000id_/{web.url('/')}"
    assert f"in its place stands {place}, kept 2021-04-01 00:00 UTC" in ended.err
    assert figures(home) == [(2020, 310)]
    assert f"in its place stands {place}" in impact("status").out


def fetch_once(url: str, **options: object):
    from warehouse.fetch import Limits, fetch

    return fetch(url, **options, limits=Limits(retries=0))


def test_what_is_no_newer_than_the_last_good_capture_stands_in_for_nothing(
    web: Web, card: Path, home: Path, impact: Impact
):
    web.answer("/", body=page(2021, 400)).answer("/", status=403, body=BLOCKED)
    keeps(web, ("20200401000000", page(2019, 300)))
    assert impact("refresh", "--card", card).status == 0
    ended = impact("refresh", "--card", card)
    assert ended.status == 1
    assert "the host answered with status 403" in ended.line
    assert figures(home) == [(2021, 400)]


def test_a_capture_that_is_no_page_stands_in_for_nothing(web: Web, card: Path, home: Path, impact: Impact):
    web.answer("/", status=403, body=BLOCKED)
    keeps(web, ("20200401000000", page(2019, 300)), ("20210401000000", BLOCKED))
    assert impact("refresh", "--card", card).status == 0
    assert figures(home) == [(2019, 300)]


def test_an_archive_that_cannot_be_asked_leaves_the_refusal(web: Web, card: Path, home: Path, impact: Impact):
    web.answer("/", status=403, body=BLOCKED)
    ended = impact("refresh", "--card", card)
    assert ended.status == 1
    assert "no capture of a web archive stands in: the index of 127.0.0.1 answers with status 404" in ended.err
    assert "the host answered with status 403" in ended.line


def test_a_page_that_is_down_and_was_never_had_is_not_followed(
    web: Web, card: Path, home: Path, impact, reset, monkeypatch
):
    monkeypatch.setattr("pipeline.refresh.fetch", lambda url, **options: fetch_once(url, **options))
    web.answer("/", raw=reset)
    keeps(web)
    ended = impact("refresh", "--card", card)
    assert ended.status == 1
    assert "cannot reach 127.0.0.1" in ended.line
    assert list((home / "archive").iterdir()) == []


def test_a_page_that_can_be_had_leaves_the_archive_alone(web: Web, card: Path, home: Path, impact: Impact):
    web.answer("/", body=page(2021, 400))
    assert impact("refresh", "--card", card).status == 0
    assert [asked.path for asked in web.asked] == ["/"]
