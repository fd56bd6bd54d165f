"""`impact extract --warc`, as people call it: what it says, and what of its arguments it does not take."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bulk.shelf import PAGES, URL, cards, expected, read_rows, records, shelve
from tests.pipeline.conftest import CARD, Ended, impact
from tests.warehouse.warc_builder import packed, response

__all__ = ["impact"]

Impact = Callable[..., Ended]


def test_a_collection_is_read_by_the_cards_of_a_folder(tmp_path: Path, impact: Impact):
    shelf, own = shelve(tmp_path / "shelf"), cards(tmp_path / "cards")
    (shelf / "e.warc.gz").write_bytes(packed([*records(range(1)), response(b"<p>x", url=URL, date="never")])[:-3])
    ended = impact("extract", "--warc", f"{shelf}/*", "--out", str(tmp_path / "out"), "--cards", str(own))
    assert (ended.status, ended.out) == (0, "")
    said = ended.err.splitlines()
    assert f"impact: 1 records are in {tmp_path}/out/failures, each with the reason" in said
    assert "impact: 25 records: a page, read" in said
    assert said[-1].startswith("impact: 25 pages of 82 records, 50 facts, 1 failures, ")
    assert said[-1].endswith(" pages/s")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--warc", "x"], "--warc and --out go together"),
        (["--out", "x"], "--warc and --out go together"),
        (["--warc", "x", "--out", "y", "--numerals"], "--warc takes only --out, --engine and --cards"),
        (["page.html", "--warc", "x", "--out", "y"], "--warc takes only --out, --engine and --cards"),
        (["--warc", "none/*.warc", "--out", "y"], "no file is at none/*.warc"),
        (["--warc", "x", "--out", "y", "--engine", "ray"], "--engine 'ray' is unknown; there are local and dask://"),
        (["--warc", "x", "--out", "y", "--cards", "none"], "--cards none holds no source card"),
    ],
)
def test_what_cannot_be_used_is_one_line(
    arguments: list[str], said: str, impact: Impact, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    ended = impact("extract", *arguments)
    assert ended.status == 2
    assert said in ended.line
    assert not (tmp_path / "y").exists()


def test_a_card_that_cannot_be_used_is_told_with_its_file(tmp_path: Path, impact: Impact):
    own = cards(tmp_path / "cards")
    (own / "b.yaml").write_text(CARD.format(url=URL), encoding="utf-8")
    ended = impact("extract", "--warc", "x", "--out", str(tmp_path / "out"), "--cards", str(own))
    assert (ended.status, "are both cards of 'coast-rescue'" in ended.line) == (2, True)
    (own / "b.yaml").write_text("id: [", encoding="utf-8")
    ended = impact("extract", "--warc", "x", "--out", str(tmp_path / "out"), "--cards", str(own))
    assert (ended.status, str(own / "b.yaml") in ended.line) == (2, True)


def test_without_the_extra_one_line_says_how_to_have_it(tmp_path: Path):
    (tmp_path / "distributed.py").write_text("raise ImportError\n")
    (tmp_path / "s3fs.py").write_text("raise ImportError\n")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)])}
    code = "import sys; from pipeline.cli import run; sys.exit(run(sys.argv[1:]))"
    for warc, engine in (("s3://library/*", "local"), ("*.warc", "dask://127.0.0.1:1")):
        command = [sys.executable, "-c", code, "extract", "--warc", warc, "--out", "out", "--engine", engine]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path)
        assert done.returncode == 2
        assert "needs the extra `bulk`: pip install 'impact-ledger[bulk]'" in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_bulk_job_imports_no_dagster(tmp_path: Path):
    shelf, own = shelve(tmp_path / "shelf"), cards(tmp_path / "cards")
    code = "import sys; from pipeline.cli import run; run(sys.argv[1:]); sys.exit('dagster' in sys.modules)"
    arguments = ["extract", "--warc", f"{shelf}/*", "--out", str(tmp_path / "out"), "--cards", str(own)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    assert subprocess.run([sys.executable, "-c", code, *arguments], env=environment).returncode == 0
    assert read_rows(tmp_path / "out") == expected(PAGES, own / "coast.yaml")
