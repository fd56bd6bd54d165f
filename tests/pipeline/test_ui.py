"""`impact ui`: Dagster's web server and daemon on a home, asked over GraphQL as a browser does."""

import json
import signal
import socket
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import Web
from tests.pipeline.conftest import Ended, page
from tests.ports import free_port

Impact = Callable[..., Ended]

GROUPS = ("archive", "reading", "judging", "core", "comparing", "marts", "release")
REPOSITORY = 'repositoryName: "__repository__", repositoryLocationName: "pipeline.definitions"'


@pytest.fixture
def port() -> int:
    return free_port()


def ask(port: int, query: str, **variables: Any) -> dict[str, Any]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/graphql",
        json.dumps({"query": query, "variables": variables}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        found = json.loads(answer.read())
    assert "errors" not in found, found
    return found["data"]


def wait_for(condition: Callable[[], Any], seconds: float = 300) -> Any:
    deadline = time.monotonic() + seconds
    while True:
        try:
            if found := condition():
                return found
        except OSError:
            pass
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.2)


def test_the_ui_shows_the_runs_runs_the_schedule_and_launches_a_refresh(
    impact: Impact, start, home: Path, web: Web, card: Path, port: int
):
    web.answer("/", body=page(2021)).answer("/", body=page(2022, 342))
    assert impact("refresh", "--card", card).status == 0
    ui = start("ui", "--port", port)
    location = "{ workspaceOrError { ... on Workspace { locationEntries { loadStatus } } } }"
    wait_for(lambda: ask(port, location)["workspaceOrError"]["locationEntries"][0]["loadStatus"] == "LOADED")

    schedules = f"{{ schedulesOrError(repositorySelector: {{{REPOSITORY}}}) {{ ... on Schedules {{ results {{ name scheduleState {{ status }} }} }} }} }}"  # noqa: E501
    assert ask(port, schedules)["schedulesOrError"]["results"] == [
        {"name": "daily", "scheduleState": {"status": "RUNNING"}}
    ]
    job = f'{{ pipelineOrError(params: {{pipelineName: "refresh", {REPOSITORY}}}) {{ ... on Pipeline {{ runs {{ status }} }} }} }}'  # noqa: E501
    assert ask(port, job)["pipelineOrError"]["runs"] == [{"status": "SUCCESS"}]

    assets = ask(port, "{ assetNodes { assetKey { path } groupName description kinds hasAssetChecks } }")["assetNodes"]
    described = {"/".join(node["assetKey"]["path"]): node for node in assets}
    assert {"archive", "readings", "metric_year", "staging_facts", "release"} <= described.keys()
    assert all(node["description"] and node["kinds"] for node in assets)
    assert {node["groupName"] for node in assets} == set(GROUPS)
    assert described["numerals"]["hasAssetChecks"]

    # What the schedule launches: the same job, through the daemon, in a process of its own.
    launch = """
        mutation ($config: RunConfigData) {
            launchRun(executionParams: {selector: {%s, jobName: "refresh"}, runConfigData: $config}) {
                ... on LaunchRunSuccess { run { id } } ... on PythonError { message }
            }
        }
    """
    config = {"resources": {"refresh": {"config": {"source": "coast-rescue"}}}}
    run = ask(port, launch % REPOSITORY, config=config)["launchRun"]["run"]["id"]
    status = "query ($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"
    wait_for(lambda: ask(port, status, id=run)["runOrError"]["status"] in ("SUCCESS", "FAILURE"))
    assert ask(port, status, id=run)["runOrError"]["status"] == "SUCCESS"
    with duckdb.connect(str((home / "impact.duckdb").resolve()), read_only=True) as con:
        assert con.execute("SELECT year FROM metric_year ORDER BY year").fetchall() == [(2021,), (2022,)]

    ui.send_signal(signal.SIGINT)
    out, err = ui.communicate(timeout=60)
    assert (ui.returncode, out) == (0, "")
    assert "Traceback" not in err
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_port_that_is_taken_is_told(impact: Impact, home: Path, web: Web):
    ended = impact("ui", "--port", web.port)
    assert ended.status == 1 and "--port" in ended.line
    assert not home.exists()
