"""What a person clicks in the UI: materialise all, one table, one check, the release; and what it then shows."""

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run
from tests.pipeline.test_ui import ask, wait_for
from tests.ports import free_port
from warehouse.home import Home
from warehouse.refreshes import refreshes

SELECTOR = '{repositoryName: "__repository__", repositoryLocationName: "pipeline.definitions", jobName: "%s", assetSelection: %s, assetCheckSelection: %s}'  # noqa: E501
LAUNCH = """
    mutation { launchRun(executionParams: {selector: %s, runConfigData: {}}) {
        __typename ... on LaunchRunSuccess { run { id } } ... on PythonError { message }
        ... on RunConfigValidationInvalid { errors { message } }
    } }
"""
RUN = """
    query ($id: ID!) { runOrError(runId: $id) { ... on Run {
        status stepStats { stepKey status }
        eventConnection { events { __typename ... on MessageEvent { message } } }
    } } }
"""
STALE = "{ assetNodes { assetKey { path } staleStatus staleCauses { reason key { path } } } }"


def serve(
    home: Path, start: Callable[..., subprocess.Popen[str]], **environment: str
) -> tuple[int, subprocess.Popen[str]]:
    port = free_port()
    ui = start("ui", "--port", port, IMPACT_HOME=str(home), **environment)
    location = "{ workspaceOrError { ... on Workspace { locationEntries { loadStatus } } } }"
    wait_for(lambda: ask(port, location)["workspaceOrError"]["locationEntries"][0]["loadStatus"] == "LOADED")
    return port, ui


class Buttons:
    """The buttons of one UI."""

    def __init__(self, port: int) -> None:
        self.port = port

    def press(self, *assets: str, checks: tuple[tuple[str, str], ...] = (), job: str = "__ASSET_JOB") -> dict[str, Any]:
        """Launch a run of some assets and checks and wait for its end; what is told of it."""
        keys = ", ".join(f"{{path: [{path(one)}]}}" for one in assets)
        keys = f"[{keys}]" if assets or checks else "null"
        wanted = ", ".join(f'{{assetKey: {{path: [{path(asset)}]}}, name: "{name}"}}' for asset, name in checks)
        wanted = f"[{wanted}]" if checks else "null"
        answer = ask(self.port, LAUNCH % (SELECTOR % (job, keys, wanted)))["launchRun"]
        assert answer["__typename"] == "LaunchRunSuccess", answer
        run_id = answer["run"]["id"]

        def ended() -> dict[str, Any] | None:
            told = ask(self.port, RUN, id=run_id)["runOrError"]
            return told if told["status"] in ("SUCCESS", "FAILURE", "CANCELED") else None

        return wait_for(ended)

    def stale(self) -> dict[str, Any]:
        nodes = ask(self.port, STALE)["assetNodes"]
        return {
            "/".join(node["assetKey"]["path"]): (node["staleStatus"], node["staleCauses"])
            for node in nodes
            if node["staleStatus"] != "FRESH"
        }


def path(asset: str) -> str:
    return ", ".join(f'"{part}"' for part in asset.split("/"))


def said(told: dict[str, Any]) -> str:
    return "\n".join(event.get("message") or "" for event in told["eventConnection"]["events"])


def materialised(told: dict[str, Any]) -> int:
    return sum(event["__typename"] == "MaterializationEvent" for event in told["eventConnection"]["events"])


def retrievals(home: Path) -> int:
    return len(list((home / "archive").rglob("*.warc.gz")))


@pytest.fixture
def demo(home: Path) -> Path:
    assert run(["refresh", "--sample"]) == 0
    return home


@pytest.mark.long
def test_the_buttons_of_a_home_of_samples(demo: Path, start, impact):
    port, ui = serve(demo, start)
    buttons = Buttons(port)
    assert buttons.stale() == {}
    every = ["/".join(node["assetKey"]["path"]) for node in ask(port, STALE)["assetNodes"]]
    first = (demo / "impact.duckdb").readlink()

    # All: the samples again. Nothing is new, and nothing is shown as if it had to be made again.
    captured = retrievals(demo)
    told = buttons.press(*every)
    assert told["status"] == "SUCCESS", said(told)
    assert retrievals(demo) == captured + 1
    assert (demo / "impact.duckdb").readlink() == first
    assert buttons.stale() == {}
    assert impact("refresh", "--sample").status == 0
    assert buttons.stale() == {}

    # One table, one check, the check of the pages: from what is in the home.
    captured = retrievals(demo)
    told = buttons.press("metric_year")
    assert told["status"] == "SUCCESS" and materialised(told) == 1, said(told)
    for asset, check in (
        ("numerals", "ledger_closes"),
        ("readings", "captures_are_fit"),
        ("release", "sources_seen_lately"),
    ):
        told = buttons.press(checks=((asset, check),))
        assert told["status"] == "SUCCESS", said(told)
        assert materialised(told) == 0
        kinds = [event["__typename"] for event in told["eventConnection"]["events"]]
        assert kinds.count("AssetCheckEvaluationEvent") == 1
    told = buttons.press("release")
    assert told["status"] == "SUCCESS" and materialised(told) == 1, said(told)
    assert (demo / "impact.duckdb").readlink() == first
    assert retrievals(demo) == captured
    assert [one.outcome for one in refreshes(Home.at(demo))] == ["published", "unchanged", "unchanged", "unchanged"]

    # Runs of the command line stand on the timeline, which leaves out those that name no repository.
    timeline = "{ runsOrError { ... on Runs { results { pipelineName status repositoryOrigin { repositoryName repositoryLocationName } } } } }"  # noqa: E501
    shown = ask(port, timeline)["runsOrError"]["results"]
    here = {"repositoryName": "__repository__", "repositoryLocationName": "pipeline.definitions"}
    assert len(shown) == 8 and all(one["repositoryOrigin"] == here for one in shown)

    # The job that builds again from the home.
    told = buttons.press(job="build")
    assert told["status"] == "SUCCESS", said(told)
    assert (demo / "impact.duckdb").readlink() != first and retrievals(demo) == captured
    ui.send_signal(signal.SIGINT)
    assert ui.wait(60) == 0
