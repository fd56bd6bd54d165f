"""`impact verify`: a release is what the archive says, or it is told what differs. The home is only read."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipeline.interrupts import Watch
from pipeline.verifying import verify
from tests.few import few_of
from tests.pipeline.conftest import Ended, own_copy, page
from tests.pipeline.without_dagster import year_by_year
from tests.warehouse.facts_builder import alter_segment
from warehouse import release_files
from warehouse.home import Home

OFFLINE = b"<title>Down for maintenance</title><h1>Down for maintenance</h1>"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three releases: an edition, its correction, the next one; the page's last answer is refused."""
    folder = tmp_path_factory.mktemp("verified")
    year_by_year(Home.at(folder / "home"), [page(2020), page(2020, 312), page(2021, 320), OFFLINE])
    return folder / "home"


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return own_copy(made, tmp_path, monkeypatch)


def everything(home: Path) -> dict[str, tuple[int, int, bytes]]:
    files = [path for path in home.rglob("*") if path.is_file()]
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes()) for path in files}


def flip(path: Path, at: float = 0.5) -> None:
    data = bytearray(path.read_bytes())
    data[int(len(data) * at)] ^= 0x10
    path.chmod(0o644)
    path.write_bytes(data)


def one(home: Path, pattern: str, number: int = 0) -> Path:
    return sorted(home.glob(pattern))[number]


def current(home: Path) -> Path:
    return (home / "impact.duckdb").resolve()


def rewrite(database: Path, *statements: str) -> None:
    """Change a release, as somebody would who knows what else speaks of it."""
    database.chmod(0o644)
    with duckdb.connect(str(database)) as con:
        for statement in statements:
            con.execute(statement)
    record = database.with_name(release_files.RECORD)
    record.chmod(0o644)
    told = json.loads(record.read_text()) | {
        "size": database.stat().st_size,
        "sha256": hashlib.sha256(database.read_bytes()).hexdigest(),
    }
    record.write_text(json.dumps(told))


def test_a_release_is_what_the_archive_says_and_nothing_is_written(home: Path, impact: Callable[..., Ended]):
    before = everything(home)
    ended = impact("verify")
    assert (ended.status, ended.out.splitlines()) == (
        0,
        [f"release {current(home).parent.name} is what the archive says: every table but releases holds the same rows"],
    )
    assert everything(home) == before
    assert list(Path(os.environ["TMPDIR"]).iterdir()) == []


def test_every_release_that_is_kept_can_be_verified(home: Path, impact: Callable[..., Ended]):
    names = [folder.name for folder in release_files.release_folders(Home.at(home))]
    assert len(names) == 3
    for name in [names[0], "previous"]:
        ended = impact("verify", "--release", name)
        assert ended.status == 0, ended.out
    assert names[1] in impact("verify", "--release", "previous").out


@pytest.mark.parametrize("order", few_of(range(3), 1))
def test_the_order_of_loading_is_no_matter(home: Path, order: int):
    assert verify(Home.at(home), "current", Watch(), order).equal


def test_without_what_can_be_made_again_it_is_the_same(home: Path, impact: Callable[..., Ended]):
    shutil.rmtree(home / "facts")
    assert impact("verify").status == 0
    assert not (home / "facts").exists()


ALTERED = {
    "a cell": ("UPDATE metric_year SET value = 999 WHERE year = 2020 AND metric = 'rescues'", "metric_year: 1 altered"),
    "a statement": ("UPDATE statements SET sentence = 'No.' WHERE year = 2021", "statements: "),
    "a row too many": ("INSERT INTO facts FROM facts LIMIT 1", "facts: 1 missing"),
    "a row too few": ("DELETE FROM revisions", "revisions: 1 added"),
    "a passage": ("UPDATE passages SET text = upper(text) WHERE passage_index = 0", "passages: "),
    "a column": ("ALTER TABLE numerals DROP COLUMN reason", "only the archive has the column reason"),
    "a table": ("DROP TABLE contradictions", "contradictions: "),
}


@pytest.mark.parametrize("name", few_of(ALTERED))
def test_what_is_altered_in_a_release_is_shown(home: Path, impact: Callable[..., Ended], name: str):
    statement, shown = ALTERED[name]
    rewrite(current(home), statement)
    ended = impact("verify")
    assert ended.status == 1
    assert shown in ended.out
    assert "damaged" not in ended.out
    assert ended.out.splitlines()[-1].startswith(f"release {current(home).parent.name} is not what the archive says: ")


def test_a_cell_is_shown_with_both_values(home: Path, impact: Callable[..., Ended]):
    rewrite(current(home), ALTERED["a cell"][0])
    assert "value 999 in the release, 312 in the archive" in impact("verify").out


def test_a_release_with_another_content_than_its_record_says_is_told_and_compared(
    home: Path, impact: Callable[..., Ended]
):
    record = current(home).with_name(release_files.RECORD)
    before = record.read_bytes()
    rewrite(current(home), ALTERED["a cell"][0])
    record.write_bytes(before)
    ended = impact("verify")
    assert ended.status == 1
    assert ended.out.startswith(f"damaged: release {current(home).parent.name} is damaged: ")
    assert "metric_year: 1 altered" in ended.out


def test_a_release_that_is_no_database_is_told_in_one_line(home: Path, impact: Callable[..., Ended]):
    database = current(home)
    database.chmod(0o644)
    database.write_bytes(b"no database" * 999)
    ended = impact("verify")
    assert ended.status == 1
    assert database.parent.name in ended.line and "impact refresh" in ended.line


def test_a_release_without_its_record_is_told_and_no_other_taken_for_it(home: Path, impact: Callable[..., Ended]):
    current(home).with_name(release_files.RECORD).unlink()
    ended = impact("verify")
    assert ended.status == 1 and current(home).parent.name in ended.line
    (home / "impact.duckdb").unlink()
    assert impact("verify").status == 0  # of the last that is whole


@pytest.mark.parametrize("at", few_of([0.7, 0.1], 1))
def test_a_damaged_capture_is_told(home: Path, impact: Callable[..., Ended], at: float):
    path = one(home, "archive/*/*.warc.gz", 1)
    flip(path, at)
    ended = impact("verify")
    assert ended.status == 1
    assert f"damaged: archive: archive/coast-rescue/{path.name}" in ended.out
    assert "captures: 1 missing, of 3 rows" in ended.out


@pytest.mark.parametrize("number", few_of([0, 2], 1))
def test_a_capture_that_is_gone_is_told(home: Path, impact: Callable[..., Ended], number: int):
    one(home, "archive/*/*.warc.gz", number).unlink()
    ended = impact("verify")
    assert ended.status == 1
    assert "retrievals: 1 missing, of 3 rows" in ended.out


@pytest.mark.parametrize("name", few_of(["facts", "outcomes", "passages", "numerals", "reading"], 2))
def test_a_stored_reading_with_a_wrong_bit_is_told(home: Path, impact: Callable[..., Ended], name: str):
    flip(one(home, f"facts/*/*/{name}.*"))
    ended = impact("verify")
    assert (ended.status, ended.out.count("damaged: the stored reading")) == (1, 1)
    assert "is what the archive says" in ended.out


@pytest.mark.parametrize("change", ["UPDATE facts SET value = 5", "DELETE FROM facts WHERE year = 2020"])
def test_a_stored_reading_that_was_altered_with_care_is_told(home: Path, impact: Callable[..., Ended], change: str):
    alter_segment(one(home, "facts/*/*/facts.parquet").parent, change)
    ended = impact("verify")
    assert ended.status == 1
    assert "is not what its capture says" in ended.out


def test_a_release_of_another_extractor_is_compared_and_that_is_said(home: Path, impact: Callable[..., Ended]):
    rewrite(current(home), "UPDATE facts SET extractor_version = '0.0-early'")
    ended = impact("verify")
    assert ended.status == 0
    assert "it was read by extractor 0.0-early, and the archive now by " in ended.out
    rewrite(current(home), "UPDATE facts SET metric = NULL WHERE year = 2021")
    assert impact("verify").status == 1


def test_what_was_decided_later_makes_no_difference(home: Path, impact: Callable[..., Ended]):
    refused = one(home, "archive/*/*.warc.gz", 3)
    card = home / "archive/coast-rescue/card.yaml"
    assert impact("accept", refused.name.partition("-")[2].partition(".")[0], "--reason", "It is so.").status == 0
    later = card.with_name("card-29990101T000000000000Z.yaml")
    text = card.read_text().replace("unit: people", "unit: persons")
    later.write_text(text)
    card.write_text(text)
    assert impact("verify", "--release", "previous").status == 0


def test_no_such_release_names_those_there_are(home: Path, impact: Callable[..., Ended]):
    ended = impact("verify", "--release", "20200101T000000000000Z")
    assert ended.status == 2
    assert all(folder.name in ended.line for folder in release_files.release_folders(Home.at(home)))


def test_without_a_release_the_refresh_is_named(
    tmp_path: Path, impact: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("IMPACT_HOME", str(tmp_path / "empty"))
    ended = impact("verify")
    assert ended.status == 1 and "run `impact refresh`" in ended.line
    assert not (tmp_path / "empty").exists()


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_an_interrupt_at_any_moment_leaves_nothing(home: Path, number: signal.Signals):
    command = [sys.executable, "-c", "from pipeline.cli import main; print(flush=True); main()", "verify"]
    before = everything(home)

    def begun() -> "subprocess.Popen[str]":
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        child.stdout.readline()
        return child

    with begun() as child:
        began = time.monotonic()
        child.communicate(timeout=120)
        whole = time.monotonic() - began
    for n in range(8):
        with begun() as child:
            time.sleep(n / 8 * whole)
            child.send_signal(number)
            _, err = child.communicate(timeout=60)
        assert list(Path(os.environ["TMPDIR"]).iterdir()) == [], n
        if child.returncode in (0, -signal.SIGTERM):
            continue  # it was quicker, or nothing had begun
        assert child.returncode == 130, (n, err)
        assert err.splitlines()[-1] == "impact: interrupted" and "Traceback" not in err, (n, err)
    assert everything(home) == before
