"""`impact sql`: any question to the published file, answered read-only, with every other file out of reach."""

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.pipeline.conftest import COMMAND, Ended
from tests.pipeline.terminals import shown
from tests.pipeline.without_dagster import year_by_year
from warehouse.home import Home

Impact = Callable[..., Ended]
ENDLESS = "SELECT count(*) FROM range(10000000000000) AS a, range(1000) AS b"


def page(year: int, *said: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in said)
    return f"<html><head><title>Our year {year}</title></head><body>{body}</body></html>".encode()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sql") / "home"
    year_by_year(
        Home.at(folder),
        [page(2020, "In 2020, crews rescued 310 people."), page(2021, "In 2021, crews rescued 320 people.")],
    )
    return folder


@pytest.fixture
def home(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IMPACT_HOME", str(made))
    return made


def test_a_query_gives_a_table_a_row_a_line(home: Path, impact: Impact):
    ended = impact("sql", "SELECT metric, year, value, share_of_total FROM metric_year ORDER BY year")
    assert [line.split() for line in ended.out.splitlines()] == [
        ["metric", "year", "value", "share_of_total"],
        ["rescues", "2020", "310", "NULL"],
        ["rescues", "2021", "320", "NULL"],
    ]
    assert (ended.status, ended.err) == (0, "")


def test_it_gives_csv_and_json_as_well(home: Path, impact: Impact):
    query = "SELECT 'a,b' AS x, NULL AS n, 2.5 AS v, [1, 2] AS l, DATE '2024-02-29' AS d, 'nan'::DOUBLE AS w, true AS t"
    rows = list(csv.reader(io.StringIO(impact("sql", query, "--format", "csv").out)))
    assert rows == [["x", "n", "v", "l", "d", "w", "t"], ["a,b", "", "2.5", "[1, 2]", "2024-02-29", "nan", "true"]]
    (record,) = json.loads(impact("sql", query, "--format", "json").out)
    assert record == {"x": "a,b", "n": None, "v": 2.5, "l": [1, 2], "d": "2024-02-29", "w": None, "t": True}
    assert json.loads(impact("sql", "SELECT 1 AS a, 2 AS a", "--format", "json").out) == [{"a": 1, "a_2": 2}]


def test_of_several_statements_the_last_answer_is_printed(home: Path, impact: Impact):
    ended = impact("sql", "CREATE TEMP TABLE t AS SELECT 7 AS a; SELECT 1; FROM t;", "--format", "csv")
    assert (ended.status, ended.out) == (0, "a\n7\n")


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_a_query_may_come_from_a_pipe(home: Path, arguments: list[str]):
    done = subprocess.run(
        [*COMMAND, "sql", *arguments, "--format", "csv"], input=b"SELECT 1 AS one\n", capture_output=True, check=True
    )
    assert done.stdout == b"one\n1\n"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELEC 1", 'column 1: syntax error at or near "SELEC"'),
        ("SELECT 1;\n  SELECT nope\nFROM metric_year", 'line 2, column 10: Referenced column "nope" not found'),
        ("SELECT 'é', y FROM metric_yeer", "column 20: Table with name metric_yeer does not exist! Did you mean"),
        ("SELECT 'x'::INT", "column 11: Could not convert string 'x' to INT32"),
        ("SELECT metric::INT FROM metric_year", "Could not convert string 'rescues' to INT32"),
        ("SELECT $1", "Values were not provided"),
        (" -- nothing\n", "the query is empty"),
    ],
)
def test_what_is_wrong_with_a_query_is_one_line_with_its_place(home: Path, impact: Impact, query: str, said: str):
    ended = impact("sql", query)
    assert ended.status == 2 and ended.out == ""
    assert ended.line.startswith("impact: ") and said in ended.line


@pytest.mark.parametrize(
    "query",
    [
        "CREATE TABLE t (a INT)", "DELETE FROM metric_year", "DROP VIEW nothing", "ATTACH '{out}/x.db' AS x",
        "ATTACH ':memory:' AS m", "COPY metric_year TO '{out}/x.csv'", "EXPORT DATABASE '{out}'", "INSTALL httpfs",
        "LOAD httpfs", "FROM read_csv('{out}/secret.csv')", "FROM glob('{out}/*')",
        "FROM '{out}/secret.csv'", "SET enable_external_access = true", "SET lock_configuration = false",
        "SET temp_directory = '{out}'", "PRAGMA enable_profiling = 'json'",
    ],
)  # fmt: skip
def test_nothing_is_written_and_no_other_file_is_read(home: Path, tmp_path: Path, impact: Impact, query: str):
    out = tmp_path / "out"
    out.mkdir()
    (out / "secret.csv").write_text("hidden\n")
    before = sorted(home.rglob("*"))
    ended = impact("sql", query.format(out=out))
    assert ended.status == 2 and ended.line and "hidden" not in ended.out
    assert [path.name for path in out.iterdir()] == ["secret.csv"]
    assert sorted(home.rglob("*")) == before


def test_where_nothing_is_published_it_is_said(tmp_path: Path, impact: Impact, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("IMPACT_HOME", str(tmp_path / "none"))
    ended = impact("sql", "SELECT 1")
    assert ended.status == 1 and "nothing has been published" in ended.line


def test_a_long_query_is_ended_by_an_interrupt(home: Path, start):
    child = start("sql", ENDLESS)
    time.sleep(4)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=20)
    assert (child.returncode, out) == (130, "")
    assert set(err.split("\n")) == {"impact: interrupted", ""}


def on_terminal(home: Path, width: int, query: str) -> list[str]:
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    environment |= {"IMPACT_HOME": str(home), "TERM": "xterm-256color"}
    text = shown([*COMMAND, "sql", query], environment, width=width)
    return re.sub(r"\x1b\[[\d;]*m", "", text).splitlines()


def test_a_row_that_is_too_wide_for_a_terminal_is_a_block_of_lines(home: Path):
    lines = on_terminal(home, 80, "FROM metric_year ORDER BY year")
    assert max(map(len, lines)) <= 80 and "" in lines
    assert [line.split() for line in lines[:3]] == [["source", "coast-rescue"], ["metric", "rescues"], ["year", "2020"]]
    wide = on_terminal(home, 200, "SELECT metric, year, statement FROM metric_year ORDER BY year")
    assert wide[0].split() == ["metric", "year", "statement"] and len(wide) == 3


def test_what_a_terminal_obeys_is_written_out(home: Path, impact: Impact):
    ended = impact("sql", "SELECT chr(27) || '[31m' AS red")
    assert ended.out.split() == ["red", "\\x1b[31m"]


def test_a_terminal_shows_the_first_rows_of_many(home: Path, impact: Impact):
    assert len(impact("sql", "FROM range(500)").out.splitlines()) == 501
    lines = on_terminal(home, 80, "FROM range(500)")
    assert len(lines) == 201 and lines[-1].strip() == "199"


def test_without_a_query_a_terminal_asks_for_one_after_the_other(home: Path):
    reading, writing = pty.openpty()
    child = subprocess.Popen([*COMMAND, "sql"], stdin=writing, stdout=writing, stderr=writing, start_new_session=True)
    os.close(writing)
    seen = b""

    def until(sign: bytes) -> None:
        nonlocal seen
        while not seen.endswith(sign):
            seen += os.read(reading, 4096)

    for typed, answer in ((b"SELECT 41\n", b"... "), (b"+ 1 AS x;\n", b"impact> "), (b"SELECT nope;\n", b"impact> ")):
        until(b"impact> " if not typed.startswith(b"+") else b"... ")
        os.write(reading, typed)
        until(answer)
    os.write(reading, b"\x04")
    with suppress(OSError):
        while chunk := os.read(reading, 4096):
            seen += chunk
    os.close(reading)
    assert child.wait(20) == 0
    said = seen.decode()
    assert re.search(r"x\S*\s+42\s", said) and "impact: column 8: Referenced column" in said and "Traceback" not in said
