"""Captures of the past from the UI: a range of partitions, one, all; what follows a run, and what ends one."""

import signal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.cli import run
from tests.pipeline.test_past_runs import done
from tests.pipeline.test_ui import ask, wait_for
from tests.pipeline.test_ui_buttons import RUN, Buttons, said, serve
from warehouse.home import Home
from warehouse.refreshes import refreshes

SOURCE = "ncmec-impact"
BACKFILL = """
    mutation ($parts: [String!]) { launchPartitionBackfill(backfillParams: {
        assetSelection: [{path: ["archived_captures"]}], partitionNames: $parts
    }) { __typename ... on PythonError { message } ... on LaunchBackfillSuccess { backfillId } } }
"""
LAUNCH = """
    mutation ($assets: [AssetKeyInput!], $config: RunConfigData, $tags: [ExecutionTag!]) {
        launchRun(executionParams: {
            selector: {
                repositoryName: "__repository__", repositoryLocationName: "pipeline.definitions",
                jobName: "__ASSET_JOB", assetSelection: $assets
            }, runConfigData: $config, executionMetadata: {tags: $tags}
        }) {
            __typename ... on LaunchRunSuccess { run { id } } ... on PythonError { message }
            ... on RunConfigValidationInvalid { errors { message } }
        }
    }
"""
BACKFILLED = (
    "query ($id: String!) { partitionBackfillOrError(backfillId: $id) { ... on PartitionBackfill { status } } }"
)
RUNS = "{ runsOrError { ... on Runs { results { id jobName status tags { key value } stepKeysToExecute } } } }"
END = "mutation ($id: String!) { terminateRun(runId: $id) { __typename } }"
NODES = "{ assetNodes { assetKey { path } } }"


class Parts(Buttons):
    """The buttons that ask for partitions."""

    def runs(self, job: str) -> list[dict[str, Any]]:
        """The runs of a job, the last first."""
        return [one for one in ask(self.port, RUNS)["runsOrError"]["results"] if one["jobName"] == job]

    def backfill(self, *parts: str) -> dict[str, Any]:
        """What the dialog asks for when several partitions are chosen; the one run that comes of it."""
        before = len(self.runs("__ASSET_JOB"))
        answer = ask(self.port, BACKFILL, parts=parts)["launchPartitionBackfill"]
        assert answer["__typename"] == "LaunchBackfillSuccess", answer
        wait_for(
            lambda: (
                ask(self.port, BACKFILLED, id=answer["backfillId"])["partitionBackfillOrError"]["status"]
                in ("COMPLETED", "COMPLETED_SUCCESS", "COMPLETED_FAILED", "FAILED")
            ),
            300,
        )
        found = self.runs("__ASSET_JOB")
        assert len(found) == before + 1
        return found[0]

    def part(self, assets: list[list[str]], year: str, **config: Any) -> str:
        """What the dialog asks for when one partition is chosen; the id of the run."""
        tags = {"dagster/partition": f"{year}|{SOURCE}", "dagster/partition/source": SOURCE}
        return self.launch(assets, tags | {"dagster/partition/crawl_year": year}, **config)

    def launch(self, assets: list[list[str]], tags: dict[str, str], **config: Any) -> str:
        answer = ask(
            self.port,
            LAUNCH,
            assets=[{"path": one} for one in assets],
            config={"ops": {"archived_captures": {"config": config}}},
            tags=[{"key": key, "value": value} for key, value in tags.items()],
        )["launchRun"]
        assert answer["__typename"] == "LaunchRunSuccess", answer
        return str(answer["run"]["id"])

    def ended(self, run_id: str) -> dict[str, Any]:
        def told() -> dict[str, Any] | None:
            found = ask(self.port, RUN, id=run_id)["runOrError"]
            return found if found["status"] in ("SUCCESS", "FAILURE", "CANCELED") else None

        return wait_for(told, 240)


def editions(home: Path) -> list[int]:
    with duckdb.connect(str((home / "impact.duckdb").resolve()), read_only=True) as con:
        return [row[0] for row in con.execute("SELECT DISTINCT edition FROM facts ORDER BY ALL").fetchall()]


@pytest.mark.long
def test_the_buttons_of_the_captures_of_the_past(home: Path, start):
    assert run(["refresh", "--sample"]) == 0
    assert editions(home) == [2020, 2021, 2022, 2023]
    port, ui = serve(home, start)
    parts = Parts(port)

    # A range: one run, and a build that follows it.
    ranged = parts.backfill(*(f"{year}|{SOURCE}" for year in (2012, 2011, 2013)))
    assert ranged["status"] == "SUCCESS" and done(home) == {f"{year}|{SOURCE}" for year in (2011, 2012, 2013)}
    log = said(parts.ended(ranged["id"]))
    assert "archived 3" in log and f"{SOURCE}: of 4 captures: 3 kept; 1 not kept" in log
    wait_for(lambda: [one for one in parts.runs("build") if one["status"] == "SUCCESS"], 200)
    assert editions(home) == [2010, 2011, 2012, 2020, 2021, 2022, 2023]
    assert parts.stale() == {}

    # One partition, of all assets: the page is asked too, and all of it is one run that builds what it has added.
    every = [node["assetKey"]["path"] for node in ask(port, NODES)["assetNodes"]]
    told = parts.ended(parts.part(every, "2014"))
    assert told["status"] == "SUCCESS", said(told)
    assert 2013 in editions(home) and parts.stale() == {}

    # All that is left, slowly, and ended: what was had is kept, and the refresh builds it.
    tags = {"dagster/asset_partition_range_start": f"1996|{SOURCE}"}
    tags["dagster/asset_partition_range_end"] = f"2026|{SOURCE}"
    slow = parts.launch([["archived_captures"]], tags, rate=10)
    wait_for(lambda: "bytes of 2015" in said(ask(port, RUN, id=slow)["runOrError"]), 120)
    ask(port, END, id=slow)
    assert parts.ended(slow)["status"] == "CANCELED"
    told = parts.press(job="refresh")
    assert told["status"] == "SUCCESS", said(told)
    assert 2014 in editions(home) and 2019 not in editions(home)
    assert parts.stale() == {}
    assert len(parts.runs("build")) == 1

    # An archive that cannot be asked is told in one line.
    told = parts.ended(parts.part([["archived_captures"]], "2015", archive="http://127.0.0.1:9/kept"))
    assert told["status"] == "FAILURE" and "holds samples" in (refreshes(Home.at(home))[-1].detail or "")
    ui.send_signal(signal.SIGINT)
    assert ui.wait(60) == 0
