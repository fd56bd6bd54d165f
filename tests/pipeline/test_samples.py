"""`impact refresh --sample`, and what the commands tell of the home that it fills."""

import csv
import io
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import dagster as dg
import pytest

from tests.pipeline.conftest import COMMAND, Ended, history, release, rows, runs
from tests.pipeline.terminals import shown
from warehouse.decided import Outcome

Impact = Callable[..., Ended]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home refreshed from the bundled sample editions by a child process."""
    home = tmp_path_factory.mktemp("samples") / "home"
    command = [*COMMAND, "refresh", "--sample"]
    environment = os.environ | {"IMPACT_HOME": str(home)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == ""
    assert "published release" in ended.stderr.splitlines()[-1]
    return home


def test_the_sample_editions_fill_the_tidy_table(samples: Path):
    query = "SELECT year, value FROM metric_year WHERE metric = 'cybertipline_reports' AND period_type = 'year' "
    found = dict(rows(samples, query + "AND breakdown = '' ORDER BY year"))
    assert found == {2019: 16987361, 2020: 21751085, 2021: 29397681, 2022: 32059029, 2023: 36210368}
    assert rows(samples, "SELECT count(*), sum(facts > 0)::INT, bool_and(sample) FROM captures") == [(6, 5, True)]


def test_the_sample_editions_show_each_table_at_work(samples: Path):
    revised = "SELECT earlier_value, later_value, first_seen_after IS NULL FROM revisions ORDER BY later_value"
    assert rows(samples, revised) == [(28868, 28886, False), (1141667, 1142003, True)]
    assert rows(samples, "SELECT value, other_value FROM contradictions") == [(217, 212)]
    assert rows(samples, "SELECT refused FROM captures WHERE refused IS NOT NULL") == [
        ("it is an error or block page, titled 'Down for maintenance'",)
    ]
    assert rows(samples, "SELECT count(*) > 0 FROM review_queue") == [(True,)]
    assert rows(samples, "SELECT DISTINCT outcome FROM reconciliations") == [("holds",)]


def test_a_published_file_is_read_only_and_has_no_log_beside_it(samples: Path):
    database = (samples / "impact.duckdb").resolve()
    assert database.stat().st_mode & 0o777 == 0o444
    assert sorted(path.name for path in database.parent.iterdir()) == ["impact.duckdb", "release.json"]


def test_the_run_is_recorded_with_every_table_and_check(samples: Path):
    assert runs(samples) == ["SUCCESS"]
    with history(samples) as instance:
        (run,) = instance.get_runs()
        assert run.tags[".dagster/repository"] == "__repository__@pipeline.definitions"
        event = instance.get_latest_materialization_event(dg.AssetKey("metric_year"))
        metadata = event.asset_materialization.metadata
        assert metadata["dagster/row_count"].value == rows(samples, "SELECT count(*) FROM metric_year")[0][0]
        columns = metadata["dagster/column_schema"].schema.columns
        assert all(column.description for column in columns)
        assert {"metric", "year", "value", "status"} <= {column.name for column in columns}
        shown = [column.name for column in metadata["preview"].schema.columns]
        assert shown == ["metric", "breakdown", "year", "value", "unit"] and metadata["preview"].records
        assert metadata["chart_cybertipline_reports"].md_str.startswith("![figures by year](data:image/svg+xml,")
        told = {
            asset: instance.get_latest_materialization_event(dg.AssetKey(asset)).asset_materialization.metadata
            for asset in ("review_queue", "release", "decisions")
        }
        ((waiting,),) = rows(samples, "SELECT count(*) FROM review_queue")
        assert [told[asset]["waiting"].value for asset in ("review_queue", "release")] == [waiting, waiting]
        assert {name: told["decisions"][name].value for name in get_args(Outcome)} == dict.fromkeys(
            get_args(Outcome), 0
        )
        lineage = metadata["dagster/column_lineage"].value.deps_by_column
        assert dg.TableColumnDep(dg.AssetKey("staging_statements"), "value") in lineage["value"]
        checks = [
            e.dagster_event.event_specific_data
            for e in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
        ]
        blocking = {check.check_name for check in checks if check.blocking}
        assert {"ledger_closes", "values_in_range", "captures_are_fit"} <= blocking
        assert blocking.isdisjoint({"identities_hold", "values_believed"})
        assert {check.check_name for check in checks if not check.passed} == {"metrics_still_stated"}


def test_the_table_is_printed_as_text_csv_and_json(samples: Path, impact: Impact, monkeypatch):
    monkeypatch.setenv("IMPACT_HOME", str(samples))
    text = impact("table", "cybertipline_reports", "children_recovered", "--years", "2020-2021").out
    assert text.splitlines()[0].split() == ["metric", "breakdown", "period", "unit", "2020", "2021"]
    assert "29,397,681" in text and ">376,000" in text and "2022" not in text
    assert "> more than" in text.splitlines()[-1]
    found = list(csv.DictReader(io.StringIO(impact("table", "cybertipline_reports", "--format", "csv").out)))
    assert {"metric", "year", "value", "status"} <= found[0].keys()
    assert ("2021", "29397681") in {(row["year"], row["value"]) for row in found}
    assert found == [
        {key: "" if value is None else str(value) for key, value in row.items()}
        for row in json.loads(impact("table", "cybertipline_reports", "--format", "json").out)
    ]


@pytest.mark.parametrize("width", [60, 80, 400])
def test_the_table_fits_a_terminal_of_any_width(samples: Path, width: int):
    environment = os.environ | {"IMPACT_HOME": str(samples), "TERM": "xterm", "NO_COLOR": "1"}
    environment.pop("COLUMNS", None)  # a test runner's own
    found = shown([*COMMAND, "table", "cybertipline_reports"], environment, width=width)
    lines = re.sub(r"\x1b\[[\d;]*m", "", found).splitlines()
    assert max(map(len, lines)) <= width
    assert sum("2023" in line for line in lines) == 1
    assert sum("36,210,368" in line for line in lines) == 1
    whole = sum("reporter=electronic_service_provider" in line for line in lines)
    assert whole == 1 if width == 400 else whole > 1  # in each block of years


def test_explain_shows_the_words_their_capture_and_that_the_parts_add_up(samples: Path, impact: Impact, monkeypatch):
    monkeypatch.setenv("IMPACT_HOME", str(samples))
    text = impact("explain", "cybertipline_reports", "2021").out
    assert text.startswith("cybertipline_reports 2021: 29,397,681 ")
    assert "240,598 (reporter=public) = 29,397,681 holds" in text
    capture = rows(samples, "SELECT sha256[:12] FROM captures WHERE edition = 2021")[0][0]
    assert f"capture {capture} in archive/" in text
    agreed = impact("explain", "cybertipline_reports", "2020").out
    assert "several statements, which agree" in agreed and "agrees: 21,700,000 " in agreed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["table", "hotline_call"], "hotline_calls"),
        (["explain", "cybertipline_report", "2021"], "cybertipline_reports"),
        (["explain", "cybertipline_reports", "1950"], "2021"),
        (["table", "--years", "soon"], "2019-2022"),
        (["accept", "abcdef", "--reason", "x"], "abcdef"),
        (["refresh"], "sample captures"),
        (["refresh", "--source", "ncmec-impct"], "ncmec-impact"),
    ],
)
def test_wrong_names_and_mixtures_are_told_in_one_line(
    samples: Path, impact: Impact, monkeypatch, arguments: list[str], said: str
):
    monkeypatch.setenv("IMPACT_HOME", str(samples))
    ended = impact(*arguments)
    assert ended.status == 2
    assert said in ended.line


def test_status_and_review_tell_what_there_is(samples: Path, impact: Impact, monkeypatch):
    monkeypatch.setenv("IMPACT_HOME", str(samples))
    assert f"release {release(samples)}" in impact("status").out
    queue = rows(samples, "SELECT count(*) FROM review_queue")[0][0]
    assert f"{queue} statistic" in impact("review").err
