"""Whatever a host, a page, a card or a disk does: one clear line, nothing half-written, the release untouched."""

import gzip
import hashlib
import shutil
import signal
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.cli import run
from tests.conftest import Web
from tests.pipeline.conftest import CARD, Ended, page, runs
from warehouse import fetch

Impact = Callable[..., Ended]

QUICK = fetch.Limits(connect_timeout=2, read_timeout=2, total_deadline=10, max_bytes=200_000, retries=1, backoff=0.01)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same limits, smaller: so that a retry waits no second and a body over the cap is soon sent."""
    monkeypatch.setattr(fetch, "Limits", lambda: QUICK)


@pytest.fixture(scope="module")
def good_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Web]]:
    """A home with one good release of a page, and the server of that page."""
    web = Web()
    folder = tmp_path_factory.mktemp("good")
    card = folder / "card.yaml"
    card.write_text(CARD.format(url=web.url("/")), encoding="utf-8")
    web.answer("/", body=page(2021, statistics=8))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("IMPACT_HOME", str(folder / "home"))
        assert run(["refresh", "--card", str(card)]) == 0
    yield folder, web
    web.close()


def state(home: Path) -> tuple[str, str, list[str]]:
    """What must not change: the release linked, its bytes, and that no half-written file or folder lies about."""
    database = (home / "impact.duckdb").resolve()
    left = [str(path) for path in home.rglob("*") if path.name.startswith((".tmp-", ".building-", ".removing-"))]
    return database.parent.name, hashlib.sha256(database.read_bytes()).hexdigest(), left


def sends(headers: bytes, body: bytes = b"", status: bytes = b"200 OK") -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(b"HTTP/1.1 " + status + b"\r\n" + headers + b"\r\n\r\n" + body)


BOMB = gzip.compress(b"<p>" + b"0" * 30_000_000)

BAD_ANSWERS = {
    "a page that is gone": ({"status": 404, "body": page(2022)}, "status 404"),
    "a server that fails": ({"status": 500, "body": b"<h1>Oops</h1>"}, "status 500"),
    "a block page": (
        {"body": b"<html><title>Just a moment...</title><body><p>Checking your browser.</p></body></html>"},
        "block page",
    ),
    "an empty body": ({"body": b""}, "empty"),
    "a body cut short": ({"body": page(2022), "headers": {"Content-Length": "90000"}}, "ended before"),
    "a body over the cap": ({"body": b"<p>" + b"x" * 300_000}, "200,000 bytes"),
    "a gzip bomb": ({"body": BOMB, "headers": {"Content-Encoding": "gzip"}}, "200,000 bytes"),
    "gzip that is none": ({"body": page(2022), "headers": {"Content-Encoding": "gzip"}}, "not valid gzip"),
    "gzip cut short": (
        {"body": gzip.compress(page(2022))[:-20], "headers": {"Content-Encoding": "gzip"}},
        "ended before",
    ),
    "deflate cut short": (
        {"raw": sends(b"Content-Encoding: deflate\r\nConnection: close", zlib.compress(page(2022))[:-20])},
        "ended before",
    ),
    "a status that is no ASCII": ({"raw": sends(b"Content-Length: 0", status=b"404 Non trouv\xe9")}, "status 404"),
    "a redirect to the machine's own network": (
        {"status": 302, "headers": {"Location": "http://192.168.0.1/"}},
        "allow_private: true",
    ),
    "a redirect to a cloud's own service": (
        {"status": 307, "headers": {"Location": "http://169.254.169.254/latest/"}},
        "169.254.169.254",
    ),
    "not modified, when that was not asked": ({"status": 304}, "304"),
    "a picture": ({"body": b"\x89PNG\r\n\x1a\n....", "headers": {"Content-Type": "image/png"}}, "PNG"),
    "a document of another kind": ({"body": b"%PDF-1.4 x", "headers": {"Content-Type": "application/pdf"}}, "PDF"),
    "JSON": ({"body": b'{"a": 1}', "headers": {"Content-Type": "application/json"}}, "not HTML"),
    "a page with no statistic": (
        {"body": b"<html><body><p>We thank everyone who helped.</p></body></html>"},
        "no stat",
    ),
    "a page with too few": ({"body": page(2021, 311, statistics=2)}, "below the card's bound"),
    "a redirect in circles": ({"status": 302, "headers": {"Location": "/"}}, "redirects"),
}


@pytest.mark.parametrize("case", BAD_ANSWERS)
def test_a_bad_answer_leaves_the_release_untouched(
    good_home: tuple[Path, Web], impact: Impact, monkeypatch: pytest.MonkeyPatch, case: str
):
    folder, web = good_home
    answer, said = BAD_ANSWERS[case]
    monkeypatch.setenv("IMPACT_HOME", str(folder / "home"))
    before = state(folder / "home")
    web.forget("/")
    web.answer("/", **answer)
    ended = impact("refresh", "--card", folder / "card.yaml")
    assert ended.status == 1
    assert said in ended.line
    assert ended.out == ""
    assert state(folder / "home") == before
    assert before[2] == []


def test_a_page_in_another_charset_than_its_header_states(impact: Impact, home: Path, web: Web, card: Path):
    text = page(2021).decode().replace("Our year", "Café “Été”")
    web.answer("/", body=text.encode("windows-1252"), headers={"Content-Type": "text/html; charset=utf-8"})
    assert impact("refresh", "--card", card).status == 0
    with duckdb.connect(str(home / "impact.duckdb"), read_only=True) as con:
        assert con.execute("SELECT value FROM metric_year").fetchall() == [(310.0,)]
        assert con.execute("SELECT count(*) FROM passages WHERE text = 'Café “Été”'").fetchone() == (1,)


@pytest.mark.parametrize(("charset", "stated"), [("utf-8", None), ("utf-16", "utf-16"), ("latin-1", "klingon")])
def test_a_missing_or_unknown_charset(impact: Impact, web: Web, charset: str, stated: str | None):
    kind = "text/html" + (f"; charset={stated}" if stated else "")
    body = page(2021).decode().replace("town", "Orléans").encode(charset)
    web.answer("/", body=body, headers={"Content-Type": kind})
    ended = impact("extract", web.url("/"))
    assert ended.status == 0
    assert ended.out.count("courses in Orléans") >= 5


def test_a_host_that_cannot_be_reached(impact: Impact, home: Path, tmp_path: Path, closed_port_url: str):
    card = tmp_path / "card.yaml"
    card.write_text(CARD.format(url=closed_port_url), encoding="utf-8")
    ended = impact("refresh", "--card", card)
    assert ended.status == 1 and "refused" in ended.line
    assert not (home / "impact.duckdb").exists()
    assert list((home / "archive").iterdir()) == []
    assert "Connection refused" in impact("status").out


def test_a_certificate_that_does_not_hold(impact: Impact, home: Path, tmp_path: Path, tls_web: Web):
    card = tmp_path / "card.yaml"
    card.write_text(CARD.format(url=tls_web.url("/")), encoding="utf-8")
    ended = impact("refresh", "--card", card)
    assert ended.status == 1 and "TLS" in ended.line
    assert tls_web.asked == []


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("metrics:", "metrcs:", "metrcs"),
        ("measure: flow", "measure: flux", "flux"),
        ("url: http", "url: ftp", "url"),
        ("    unit: people", "   unit: people", "card.yaml"),
        ("id: coast-rescue", "id: Coast Rescue", "id"),
    ],
)
def test_a_card_with_a_typo(impact: Impact, home: Path, card: Path, wrong: str, right: str, said: str):
    card.write_text(card.read_text(encoding="utf-8").replace(wrong, right, 1), encoding="utf-8")
    ended = impact("refresh", "--card", card)
    assert ended.status == 2
    assert said in ended.line and "card.yaml" in ended.line
    assert not home.exists()


def test_a_data_folder_that_cannot_be_written(impact: Impact, card: Path, tmp_path: Path, monkeypatch):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "home", Path("/proc/home")):
        monkeypatch.setenv("IMPACT_HOME", str(folder))
        ended = impact("refresh", "--card", card)
        assert ended.status == 2 and "IMPACT_HOME" in ended.line


def test_a_sample_asked_of_a_card_that_names_none(impact: Impact, home: Path, card: Path):
    ended = impact("refresh", "--card", card, "--sample")
    assert ended.status == 2 and "no sample editions" in ended.line


def test_a_damaged_capture_is_told_and_left_out(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021)).answer("/", body=page(2022))
    assert impact("refresh", "--card", card).status == 0
    (first,) = (home / "archive" / "coast-rescue").glob("*.warc.gz")
    first.chmod(0o644)
    first.write_bytes(first.read_bytes()[:200])
    ended = impact("refresh", "--card", card)
    assert ended.status == 0 and "cut short or damaged" in ended.err
    assert impact("explain", "rescues", "2022").status == 0


@pytest.mark.long
def test_a_damaged_run_history_is_told_with_what_to_do(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021)).answer("/", body=page(2022))
    assert impact("refresh", "--card", card).status == 0
    before = state(home)
    for records in (home / "dagster").rglob("*.db"):
        records.write_bytes(b"no database" * 1000)
    ended = impact("refresh", "--card", card)
    assert ended.status == 1 and "delete that folder" in ended.line and str(home / "dagster") in ended.line
    assert state(home) == before
    shutil.rmtree(home / "dagster")
    assert impact("refresh", "--card", card).status == 0


def test_a_damaged_reading_is_read_again(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021)).answer("/", body=page(2022))
    assert impact("refresh", "--card", card).status == 0
    (stored,) = (home / "facts").rglob("facts.parquet")
    stored.chmod(0o644)
    stored.write_bytes(b"PAR1")
    assert impact("refresh", "--card", card).status == 0
    assert impact("explain", "rescues", "2021").status == 0


# --- two at once, and kills: real processes ---


def holding(web: Web, body: bytes) -> dict[str, float]:
    """Answer the next request for / only when `release` is set."""
    gate = {"open": 0.0}

    def send(connection) -> None:
        deadline = time.monotonic() + 300
        while not gate["open"] and time.monotonic() < deadline:
            time.sleep(0.02)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        connection.sendall(head + body)

    web.answer("/", raw=send)
    return gate


def wait_for(condition: Callable[[], bool], seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


def test_a_second_refresh_is_refused_and_a_reader_is_not(
    impact: Impact, start, home: Path, web: Web, card: Path, monkeypatch
):
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    web.forget("/")
    gate = holding(web, page(2022, 342))
    reader = duckdb.connect(str((home / "impact.duckdb").resolve()), read_only=True)
    asked = len(web.asked)
    first = start("refresh", "--card", card)
    wait_for(lambda: len(web.asked) > asked)
    second = impact("refresh", "--card", card)
    assert second.status == 1
    assert "another refresh" in second.line and str(first.pid) in second.line
    for command in (["rollback"], ["unpin"]):
        assert "another refresh" in impact(*command).line
    assert impact("table", "rescues").status == 0
    gate["open"] = 1
    assert first.wait(60) == 0
    assert reader.execute("SELECT year FROM metric_year").fetchall() == [(2021,)]
    reader.close()
    with duckdb.connect(str((home / "impact.duckdb").resolve()), read_only=True) as con:
        assert con.execute("SELECT year FROM metric_year ORDER BY year").fetchall() == [(2021,), (2022,)]


def test_a_refresh_that_is_killed_leaves_the_release_and_the_next_one_works(
    impact: Impact, start, home: Path, web: Web, card: Path
):
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    before = state(home)
    asked = len(web.asked)
    web.forget("/")
    holding(web, page(2022))
    fetching = start("refresh", "--card", card)
    wait_for(lambda: len(web.asked) > asked)
    fetching.kill()
    fetching.wait()
    web.forget("/")
    web.answer("/", body=page(2022))
    building = start("refresh", "--card", card)
    wait_for(lambda: building.poll() is not None or any((home / "releases").glob(".building-*")))
    building.kill()
    building.wait()
    assert state(home)[:2] == before[:2]
    web.forget("/")
    web.answer("/", body=page(2022))
    assert impact("refresh", "--card", card).status == 0
    assert state(home)[0] != before[0]
    assert state(home)[2] == []
    assert runs(home) == ["SUCCESS", "FAILURE", "FAILURE", "SUCCESS"]


def test_an_interrupt_is_one_line_and_frees_the_home(impact: Impact, start, home: Path, web: Web, card: Path):
    holding(web, page(2021))
    child = start("refresh", "--card", card)
    wait_for(lambda: len(web.asked) > 0)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert err.splitlines()[-1] == "impact: interrupted"
    assert "Traceback" not in err
    assert "interrupted" in impact("status").out
    assert impact("unpin").status == 0  # which needs the lock
