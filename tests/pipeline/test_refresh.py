"""`impact refresh` from end to end: what it publishes, when it rebuilds, how releases are gone back from."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors import read_page
from tests.conftest import Web
from tests.pipeline.conftest import CARD, Ended, page, release, rows, runs

Impact = Callable[..., Ended]


def test_a_page_of_ones_own_goes_from_its_url_to_the_table(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    assert rows(home, "SELECT metric, year, value FROM metric_year") == [("rescues", 2021, 310)]
    assert (home / "archive" / "coast-rescue" / "card.yaml").read_bytes() == card.read_bytes()

    # Nothing new: recorded as checked, not rebuilt.
    first = release(home)
    again = impact("refresh", "--source", "coast-rescue")
    assert again.status == 0 and "checked, unchanged" in again.err and first in again.err
    assert release(home) == first
    assert len(list((home / "archive" / "coast-rescue").glob("*.warc.gz"))) == 2

    # A new edition: both are there.
    web.forget("/")
    web.answer("/", body=page(2022, 342))
    assert impact("refresh", "--card", card).status == 0
    assert rows(home, "SELECT year, value FROM metric_year ORDER BY year") == [(2021, 310), (2022, 342)]
    assert rows(home, "SELECT outcome FROM retrievals ORDER BY retrieved_at") == [("new",), ("same_bytes",), ("new",)]
    assert rows(home, "SELECT count(*) FROM captures") == [(2,)]
    second = release(home)

    # The card changed and the page did not: rebuilt.
    card.write_text(card.read_text(encoding="utf-8").replace("People rescued", "Lives saved"), encoding="utf-8")
    assert impact("refresh", "--card", card).status == 0
    assert release(home) > second
    assert rows(home, "SELECT label FROM metrics WHERE metric = 'rescues'") == [("Lives saved",)]

    # Gone back: a refresh builds, does not publish, and says so, until unpinned.
    assert impact("rollback").status == 0
    assert release(home) == second
    pinned = impact("refresh", "--card", card)
    assert pinned.status == 0 and "not published: pinned" in pinned.err and release(home) == second
    assert "pinned" in impact("status").out
    assert impact("unpin").status == 0
    assert impact("refresh", "--card", card).status == 0
    assert release(home) > second

    # What can be derived comes back the same from the archive.
    tables = ("metric_year", "facts", "numerals", "passages", "captures")
    before = [rows(home, f"FROM {table}") for table in tables]
    for name in ("facts", "releases", "dagster"):
        shutil.rmtree(home / name)
    (home / "impact.duckdb").unlink()
    assert impact("refresh", "--card", card).status == 0
    after = [rows(home, f"FROM {table}") for table in tables]
    assert after[:-1] == before[:-1]
    assert set(before[-1]) <= set(after[-1])


def test_a_release_that_was_damaged_is_replaced(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    damaged = (home / "impact.duckdb").resolve()
    damaged.chmod(0o644)
    damaged.write_bytes(damaged.read_bytes()[:5000])
    ended = impact("table")
    assert ended.status == 1 and "impact refresh" in ended.line
    assert impact("status").status == 1
    assert impact("refresh", "--card", card).status == 0
    assert release(home) != damaged.parent.name
    assert impact("table", "rescues").status == 0


def test_a_thin_page_is_held_back_until_it_is_accepted(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021, statistics=8))
    assert impact("refresh", "--card", card).status == 0
    good = release(home)
    web.forget("/")
    web.answer("/", body=page(2021, 311, statistics=2))
    for _ in range(2):  # the second time the page is unchanged, and still held back
        held = impact("refresh", "--card", card)
        assert held.status == 1 and "2 statistics where its edition had 8 before" in held.line
        assert release(home) == good
    assert runs(home)[0] == "FAILURE"
    capture = held.line.partition("capture ")[2].split()[0]
    assert f"capture {capture}" in impact("status").out
    assert impact("accept", capture, "--reason", " ").status == 2
    assert impact("accept", capture, "--reason", "A redesign.").status == 0
    assert impact("refresh", "--card", card).status == 0
    assert release(home) > good
    assert rows(home, "SELECT value, status FROM metric_year") == [(311, "revised")]


def test_an_edition_with_fewer_statistics_is_no_thin_page(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021, statistics=20))
    assert impact("refresh", "--card", card).status == 0
    web.forget("/")
    web.answer("/", body=page(2022, statistics=2))
    assert impact("refresh", "--card", card).status == 0
    assert rows(home, "SELECT year FROM metric_year ORDER BY year") == [(2021,), (2022,)]


def test_a_refused_capture_stays_out_and_fails_no_later_refresh(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021, statistics=8))
    assert impact("refresh", "--card", card).status == 0
    for body in (page(2021, 999, statistics=2), b"<h1>Access denied</h1>"):
        web.forget("/")
        web.answer("/", body=body)
        assert impact("refresh", "--card", card).status == 1
    web.forget("/")
    web.answer("/", body=page(2022, 342, statistics=8))
    assert impact("refresh", "--card", card).status == 0
    query = "SELECT year, value, status FROM metric_year ORDER BY year"
    assert rows(home, query) == [(2021, 310, "single"), (2022, 342, "single")]
    assert rows(home, "SELECT outcome FROM retrievals ORDER BY retrieved_at") == [
        ("new",), ("refused",), ("refused",), ("new",),
    ]  # fmt: skip
    assert rows(home, "SELECT count(*) FROM captures WHERE refused IS NULL") == [(2,)]


@pytest.mark.parametrize("typo", [820, pytest.param(301, marks=pytest.mark.long)])
def test_a_page_that_takes_a_typo_back_is_believed(impact: Impact, home: Path, web: Web, card: Path, typo: int):
    for rescued in (310, typo, 310):
        web.forget("/")
        web.answer("/", body=page(2021, rescued))
        assert impact("refresh", "--card", card).status == 0
        assert rows(home, "SELECT value FROM metric_year") == [(rescued,)]
    assert rows(home, "SELECT status FROM metric_year") == [("revised",)]
    assert "step 1" in impact("explain", "rescues", "2021").out
    daily = {table: rows(home, f"FROM {table}") for table in ("metric_year", "statements", "revisions", "retrievals")}
    for name in ("facts", "releases", "dagster"):
        shutil.rmtree(home / name)
    (home / "impact.duckdb").unlink()
    assert impact("refresh", "--card", card).status == 0
    at_once = {table: rows(home, f"FROM {table}") for table in daily}
    assert at_once["metric_year"] == daily["metric_year"] and at_once["revisions"] == daily["revisions"]
    assert at_once["retrievals"][:-1] == daily["retrievals"]


@pytest.mark.parametrize(
    "noise",
    [
        lambda n: (b"<head>", f'<head><meta name="nonce" content="{n * 7919}">'.encode()),
        pytest.param(
            lambda n: (b"</main>", f"</main><script>var served = {1700000000 + n};</script>".encode()),
            marks=pytest.mark.long,
        ),
        pytest.param(lambda n: (b"<main>", f'<main class="v{n}" id="{"ab"[n % 2]}">'.encode()), marks=pytest.mark.long),
    ],
)
def test_noise_is_not_news(impact: Impact, home: Path, web: Web, card: Path, noise):
    for n in range(4):
        web.forget("/")
        web.answer("/", body=page(2021).replace(*noise(n)))
        ended = impact("refresh", "--card", card)
        assert ended.status == 0
        assert n == 0 or "nothing is new" in ended.err
    assert len(list((home / "releases").glob("2*"))) == 1
    readings = list((home / "facts" / "coast-rescue").iterdir())
    assert len(readings) == 4  # each was read once, to know that it says the same; one of them is kept
    assert len(list((home / "facts").rglob("facts.parquet"))) == 1
    web.forget("/")
    web.answer("/", body=page(2021, 311))
    assert impact("refresh", "--card", card).status == 0
    outcomes = "SELECT outcome, count(*) FROM retrievals GROUP BY ALL ORDER BY ALL"
    assert rows(home, outcomes) == [("new", 2), ("same_words", 3)]
    assert rows(home, "SELECT value, statements FROM metric_year") == [(311, 2)]


def test_a_source_is_told_to_be_checked_once_a_day(impact: Impact, home: Path, web: Web, card: Path, monkeypatch):
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    first = release(home)
    checked = "SELECT last_checked_at FROM sources"
    (then,) = rows(home, checked)
    assert impact("refresh", "--card", card).status == 0
    assert release(home) == first
    monkeypatch.setattr("pipeline.refresh.TELL_AGAIN_AFTER", dt.timedelta(0))
    assert impact("refresh", "--card", card).status == 0
    assert release(home) > first
    (now,) = rows(home, checked)
    assert now > then
    assert rows(home, "SELECT count(*) FROM retrievals") == [(3,)]
    assert rows(home, "SELECT changed FROM releases ORDER BY published_at") == [(True,), (False,)]
    assert rows(home, "SELECT last_retrieval FROM releases ORDER BY published_at")[-1] == now


def test_two_sources_of_one_home_are_published_together(
    impact: Impact, home: Path, web: Web, card: Path, tmp_path: Path
):
    other = tmp_path / "other.yaml"
    other.write_text(CARD.format(url=web.url("/o")).replace("coast-rescue", "hill-rescue"), encoding="utf-8")
    web.answer("/", body=page(2021)).answer("/o", body=page(2020, 77))
    assert impact("refresh", "--card", card).status == 0
    assert impact("refresh", "--card", other).status == 0
    found = rows(home, "SELECT source, year, value FROM metric_year ORDER BY source")
    assert found == [("coast-rescue", 2021, 310), ("hill-rescue", 2020, 77)]


@pytest.mark.long
@pytest.mark.parametrize("last_fails", [pytest.param(False, marks=pytest.mark.long), True])
def test_that_several_pages_were_looked_at_is_told_by_one_release(
    impact: Impact, home: Path, web: Web, card: Path, tmp_path: Path, monkeypatch, last_fails: bool
):
    other = tmp_path / "other.yaml"
    other.write_text(CARD.format(url=web.url("/o")).replace("coast-rescue", "hill-rescue"), encoding="utf-8")
    web.answer("/", body=page(2021)).answer("/o", body=page(2020, 77))
    if last_fails:
        web.answer("/o", body=b"<h1>No such page</h1>", status=404)
    for one in (card, other):
        assert impact("refresh", "--card", one).status == 0
    checked = "SELECT last_checked_at FROM sources ORDER BY source"
    then = rows(home, checked)
    monkeypatch.setattr("pipeline.refresh.TELL_AGAIN_AFTER", dt.timedelta(0))
    assert impact("refresh").status == int(last_fails)
    now = rows(home, checked)
    assert all(later > before for before, later in zip(then, now, strict=True))
    assert rows(home, "SELECT changed FROM releases ORDER BY published_at") == [(True,), (True,), (False,)]


PARTS = b"<p>In 2021, 100 people were rescued on beaches and 200 people were rescued at sea.</p>"


def with_identity(card: Path, *, certain: bool) -> None:
    identity = f"identities: [{{metric: rescues, kind: sum, dimension: place, certain: {str(certain).lower()}}}]\n"
    card.write_text(card.read_text(encoding="utf-8") + identity, encoding="utf-8")


def test_figures_that_do_not_add_up_are_held_back_until_the_capture_is_accepted(
    impact: Impact, home: Path, web: Web, card: Path
):
    with_identity(card, certain=False)
    told = PARTS + b"<p>In 2021, we had 40 volunteers.</p></main>"
    web.answer("/", body=page(2021).replace(b"</main>", told))
    ended = impact("refresh", "--card", card)
    assert ended.status == 0
    assert "held back" in ended.err and "rescues by place 2021: the parts make 300, stated is 310" in ended.err
    assert rows(home, "SELECT metric, value FROM metric_year") == [("volunteers", 40)]
    assert rows(home, "SELECT DISTINCT outcome FROM reconciliations") == [("fails",)]
    assert "held back: 310" in impact("explain", "rescues", "2021").out

    # The page itself says so: what a person accepts is published, and stays visible as a sum that does not hold.
    capture = ended.err.partition("impact accept ")[2].split()[0]
    assert impact("accept", capture, "--reason", "Stated so.").status == 0
    assert impact("refresh", "--card", card).status == 0
    assert rows(home, "SELECT lhs, rhs, outcome FROM reconciliations") == [(300, 310, "fails")]
    assert rows(home, "SELECT DISTINCT accepted FROM captures") == [("Stated so.",)]
    assert "fails: the difference is -10" in impact("explain", "rescues", "2021").out


def test_a_sum_that_must_hold_refuses_the_capture_for_good(impact: Impact, home: Path, web: Web, card: Path):
    with_identity(card, certain=True)
    web.answer("/", body=page(2021).replace(b"</main>", PARTS + b"</main>"))
    for _ in range(2):
        ended = impact("refresh", "--card", card)
        assert ended.status == 1
        assert "rescues by place" in ended.line and "impact accept" in ended.line
        assert not (home / "impact.duckdb").exists()
    assert sorted(path.name for path in (home / "releases").iterdir()) == ["notices.jsonl", "refreshes.jsonl"]

    # What was refused does not enter by the back door of a later release.
    web.forget("/")
    web.answer("/", body=page(2022, 342))
    assert impact("refresh", "--card", card).status == 0
    assert rows(home, "SELECT year, value, status FROM metric_year") == [(2022, 342, "single")]
    assert rows(home, "SELECT refused LIKE '%rescues by place%' FROM captures ORDER BY captured_at")[0] == (True,)
    assert "rescues by place" in impact("status").out

    # And is told again when the page goes back to it.
    web.forget("/")
    web.answer("/", body=page(2021).replace(b"</main>", PARTS + b"</main>"))
    ended = impact("refresh", "--card", card)
    assert ended.status == 1 and "rescues by place" in ended.line
    capture = ended.line.partition("impact accept ")[2].split()[0]
    assert impact("accept", capture, "--reason", "Stated so.").status == 0
    assert impact("refresh", "--card", card).status == 0
    assert rows(home, "SELECT count(*) FROM metric_year WHERE year = 2021") == [(3,)]


def test_a_page_that_makes_the_reader_raise_costs_itself_only(
    impact: Impact, home: Path, web: Web, card: Path, tmp_path: Path, monkeypatch
):
    def reader(payload: bytes, **options):
        if b"trap" in payload:
            raise RecursionError("too deep")
        return read_page(payload, **options)

    monkeypatch.setattr("warehouse.capture_reading.read_page", reader)
    other = tmp_path / "other.yaml"
    other.write_text(CARD.format(url=web.url("/o")).replace("coast-rescue", "hill-rescue"), encoding="utf-8")
    web.answer("/", body=page(2021).replace(b"Our year", b"A trap")).answer("/o", body=page(2020, 77))
    ended = impact("refresh", "--card", card)
    assert ended.status == 1 and "the reader failed on it (RecursionError)" in ended.line
    assert "the reader failed on it" in impact("status").out
    assert impact("refresh", "--card", other).status == 0
    assert rows(home, "SELECT source, value FROM metric_year") == [("hill-rescue", 77)]
    web.forget("/")
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    assert rows(home, "SELECT source, value FROM metric_year ORDER BY source") == [
        ("coast-rescue", 310), ("hill-rescue", 77),
    ]  # fmt: skip


def test_nothing_published_is_told_with_what_to_do(impact: Impact, home: Path):
    for arguments in (["table"], ["explain", "a", "2020"], ["review"], ["rollback"], ["verify"], ["diff"]):
        ended = impact(*arguments)
        assert ended.status == 1 and "impact refresh" in ended.line
    assert impact("status").status == 0
    assert impact("unpin").status == 0
    assert not home.exists()
