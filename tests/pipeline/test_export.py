"""`impact export`: what other tools make of it, and that it is the tables, whole, inert and the same every time."""

import csv
import filecmp
import json
import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Web
from tests.few import few_of
from tests.pipeline.checkers import checked
from tests.pipeline.conftest import COMMAND, Ended
from warehouse.exports.values import for_csv, from_csv

FORMULA = "=1+1"


@pytest.fixture
def exported(home: Path, impact: Callable[..., Ended]) -> Path:
    impact("refresh", "--sample")
    ended = impact("export")
    assert ended.status == 0, ended.err
    assert ended.out.strip() == str(home / "export")
    return home / "export"


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_every_table_is_there_whole_in_three_forms(exported: Path, home: Path) -> None:
    with (
        duckdb.connect(str(home / "impact.duckdb"), read_only=True) as con,
        closing(sqlite3.connect(exported / "impact.sqlite")) as lite,
    ):
        names = [
            name
            for (name,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").fetchall()
        ]
        assert {path.stem for path in (exported / "csv").iterdir()} == set(names) > {"metric_year", "facts"}
        for name in names:
            (count,) = con.execute(f'SELECT count(*) FROM "{name}"').fetchone() or (None,)
            parquet = exported / "parquet" / f"{name}.parquet"
            assert con.execute(f"(FROM \"{name}\" EXCEPT ALL FROM '{parquet}')").fetchall() == []
            assert con.execute(f"SELECT count(*) FROM '{parquet}'").fetchone() == (count,)
            assert lite.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (count,)
            with (exported / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                assert len(list(csv.reader(file))) == count + 1
        asked = "SELECT year, value, unit_differs FROM metric_year WHERE metric = 'files_reported' ORDER BY year, value"
        assert lite.execute(asked).fetchall() == con.execute(asked).fetchall()
        for column, comment in con.execute(
            "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'facts'"
        ).fetchall():
            assert comment.replace("|", "\\|") in (exported / "dictionary.md").read_text(encoding="utf-8"), column


def test_the_csv_files_read_back_are_the_tables(exported: Path, home: Path) -> None:
    with duckdb.connect(str(home / "impact.duckdb"), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        asked = 'SELECT fact_id, sentence, value, year, "start", flags::JSON, dismissed FROM facts ORDER BY rowid'
        there = con.execute(asked).fetchall()
    with (exported / "csv/facts.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    for row, (fact_id, sentence, value, year, start, flags, dismissed) in zip(found, there, strict=True):
        assert (row["fact_id"], from_csv(row["sentence"]), float(row["value"])) == (fact_id, sentence, value)
        assert (row["year"], row["start"]) == ("" if year is None else str(year), str(start))
        assert json.loads(row["flags"]) == json.loads(flags)
        assert row["dismissed"] == str(dismissed).lower()


def test_a_second_run_gives_the_same_bytes(exported: Path, home: Path, impact: Callable[..., Ended]) -> None:
    assert impact("export", home / "again").status == 0
    names = files(exported)
    assert names == files(home / "again")
    assert filecmp.cmpfiles(exported, home / "again", names, shallow=False)[0] == names


@pytest.mark.parametrize(
    "text",
    [
        FORMULA,
        "+44 20",
        "-5 degrees",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\n=1",
        "  =1",
        "'=1",
        "''  -1",
        "＝1",
        "'tis",
        "plain",
        "",
    ],
)
def test_text_is_inert_in_a_spreadsheet_and_comes_back(text: str) -> None:
    written = for_csv(text)
    assert written[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "＝")
    assert from_csv(written) == text
    assert (written == text) == (text in ("'tis", "plain", ""))


@pytest.mark.parametrize(
    ("value", "written"),
    [(-5.0, "-5"), (-0.25, "-0.25"), (16987361.0, "16987361"), (1e22, "1e+22"), (True, "true"), (None, "")],
)
def test_numbers_stay_numbers(value: float | None, written: str) -> None:
    assert for_csv(value) == written


def test_a_page_that_says_a_formula(home: Path, impact: Callable[..., Ended], card: Path, web: Web) -> None:
    web.answer("/", body=f"<main><h1>Our year</h1><p>{FORMULA} In 2022, crews rescued 310 people.</p></main>".encode())
    impact("refresh", "--card", card)
    assert impact("export").status == 0
    with (home / "export/csv/passages.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    assert f"'{FORMULA} In 2022, crews rescued 310 people." in texts
    with closing(sqlite3.connect(home / "export/impact.sqlite")) as lite:
        assert lite.execute("SELECT count(*) FROM passages WHERE text LIKE '=1+1 In%'").fetchone() == (1,)


def test_frictionless_finds_the_package_valid(exported: Path) -> None:
    said = checked("frictionless", "validate", exported / "datapackage.json", "--json")
    assert json.loads(said[: said.rindex("}") + 1])["valid"]


def test_mlcroissant_finds_the_description_valid_and_reads_it(exported: Path) -> None:
    assert "error(s)" not in checked("mlcroissant", "validate", "--jsonld", exported / "croissant.json")
    loaded = checked(
        "mlcroissant",
        "load",
        "--jsonld",
        exported / "croissant.json",
        "--record_set",
        "metric_year",
        "--num_records",
        "1",
    )
    assert "'metric_year/value': " in loaded


def test_datasette_serves_it_with_facets(exported: Path) -> None:
    serve = [exported / "impact.sqlite", "--metadata", exported / "metadata.json", "--get"]
    answer = json.loads(checked("datasette", *serve, "/impact/figures.json?_size=0&metric=cybertipline_reports"))
    statuses = {one["value"]: one["count"] for one in answer["facet_results"]["status"]["results"]}
    with duckdb.connect(str(exported.parent / "impact.duckdb"), read_only=True) as con:
        asked = "SELECT status, count(*) FROM metric_year WHERE metric = 'cybertipline_reports' GROUP BY ALL"
        assert statuses == dict(con.execute(asked).fetchall())
    ledger = json.loads(checked("datasette", *serve, "/impact/numerals.json?_size=0"))["facet_results"]
    assert {one["value"] for one in ledger["disposition"]["results"]} == {"fact", "excluded"}
    assert "what became of it" in checked("datasette", *serve, "/impact/numerals")


def test_what_is_no_export_is_left_and_nothing_published_is_one_line(
    home: Path, impact: Callable[..., Ended], tmp_path: Path
) -> None:
    assert impact("export").status == 1
    impact("refresh", "--sample")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("years")
    ended = impact("export", tmp_path / "mine")
    assert ended.status == 2 and "was not made by impact export" in ended.line
    assert files(tmp_path / "mine") == ["thesis.txt"]


@pytest.mark.parametrize(
    "kilobytes", few_of([700, 40], 1)
)  # a CSV file is larger than the one, SQLite's than the other
def test_a_disk_that_takes_no_more_is_one_line(exported: Path, home: Path, kilobytes: int) -> None:
    before = files(exported)
    command = ["bash", "-c", f'ulimit -f {kilobytes}; exec "$@"', "bash", *COMMAND, "export"]
    ended = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"IMPACT_HOME": str(home)})
    assert ended.returncode == 2 and ended.stderr.count("\n") == 1
    assert ended.stderr.startswith(f"impact: cannot write {home / 'export'}: ")
    assert files(exported) == before
    assert not list(home.glob(".export*"))
