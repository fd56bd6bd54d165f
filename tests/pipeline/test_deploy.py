"""What lies in deploy/ is what the programs take that read it; the containers' commands run, with a real PostgreSQL."""

import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.cli import COMMANDS
from tests.conftest import Web
from tests.pipeline.conftest import Ended, page
from tests.pipeline.test_ui import REPOSITORY, ask, wait_for
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
BESIDE = ROOT / ".venv-postgres"
UNITS = ("impact-refresh.service", "impact-refresh.timer")


def read(name: str) -> Any:
    return yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))


def test_each_line_of_the_crontab_runs_a_command_once_at_most_a_day():
    lines = [line for line in (DEPLOY / "crontab").read_text().splitlines() if not line.startswith("#")]
    called = []
    for line in lines:
        found = re.fullmatch(r"(\d+) (\d+) (\*|\d+) \* \* IMPACT_HOME=/\S+ /\S+/impact (\w+) >>/\S+ 2>&1", line)
        assert found and int(found[1]) < 60 and int(found[2]) < 24, line
        called.append(found[4])
    assert called == ["refresh", "prune"]
    assert set(called) <= set(COMMANDS)


def test_systemd_takes_the_units(tmp_path: Path):
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("there is no systemd-analyze")
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        text = re.sub(r"(?<=^ExecStart=)\S+", sys.executable, text, flags=re.MULTILINE)  # it asks for one that is there
        (tmp_path / name).write_text(text, encoding="utf-8")
    ended = subprocess.run(
        [analyze, "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)], capture_output=True, text=True
    )
    of_ours = [line for line in ended.stderr.splitlines() if "impact" in line or str(tmp_path) in line]
    assert (ended.returncode, of_ours) == (0, [])
    (when,) = re.findall(r"^OnCalendar=(.*)$", (DEPLOY / UNITS[1]).read_text(), re.MULTILINE)
    said = subprocess.run([analyze, "calendar", when], capture_output=True, text=True, check=True).stdout
    assert "06:00:00 UTC" in said


def test_dagsters_settings_are_those_of_a_home_but_for_its_records_and_what_ends_runs():
    own = yaml.safe_load((ROOT / "pipeline/dagster.yaml").read_text(encoding="utf-8"))
    other = read("dagster.yaml")
    unlike = {name for name in own.keys() | other.keys() if own.get(name) != other.get(name)}
    assert unlike == {"storage", "event_log_storage", "run_launcher", "run_monitoring"}


def test_the_containers_are_given_what_their_commands_and_settings_name():
    compose = read("compose.yaml")
    services = compose["services"]
    assert set(services) == {"postgres", "code", "webserver", "daemon"}
    for name in ("code", "webserver", "daemon"):
        assert (ROOT / ".venv/bin" / services[name]["command"][0]).exists()
    named = re.findall(r"env: (\w+)", (DEPLOY / "dagster.yaml").read_text() + (DEPLOY / "workspace.yaml").read_text())
    assert set(named) <= set(services["code"]["environment"])
    assert services["code"]["environment"]["IMPACT_CODE_PORT"] in services["code"]["command"]
    assert {mount.split(":")[0] for one in services.values() for mount in one["volumes"]} == set(compose["volumes"])
    for one in services.values():
        assert set(one.get("depends_on", {})) <= {other for other in services if "healthcheck" in services[other]}


def test_the_image_holds_every_package_and_nothing_else():
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = {name for line in re.findall(r"^COPY (.*) \S+$", dockerfile, re.MULTILINE) for name in line.split()}
    assert all((ROOT / name).exists() for name in copied)
    allowed = {line[1:] for line in (DEPLOY / "Dockerfile.dockerignore").read_text().split() if line.startswith("!")}
    assert {name.split("/")[0] for name in copied} == allowed
    packages = re.search(r"^include = \[(.*)\]", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert packages and {name.strip('" *') for name in packages[1].split(", ")} <= copied


def test_the_lock_of_the_image_holds_what_everybody_has():
    lines = lambda name: set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(), re.MULTILINE))  # noqa: E731
    here, there = lines("requirements.lock"), lines("requirements-postgres.lock")
    assert {one.split("==")[0] for one in there - here} == {"dagster-postgres", "psycopg2-binary"}


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[int, str]]:
    """A PostgreSQL of one's own on loopback: its port and the password of its user `impact`."""
    initdb, server = shutil.which("initdb"), shutil.which("postgres")
    if not (initdb and server):
        pytest.skip("there is no PostgreSQL (initdb and postgres)")
    user = None
    if os.geteuid() == 0:  # as whom it refuses to run
        try:
            user = pwd.getpwnam("postgres").pw_name
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    password, port = secrets.token_hex(12), free_port()
    data = folder / "records"
    data.mkdir(parents=True)
    (folder / "password").write_text(password)
    for path in (data, folder / "password"):
        if user:
            shutil.chown(path, user)
    for parent in folder.parents:
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
    folder.chmod(0o755)
    made = [initdb, "--pgdata", data, "--username", "impact", "--auth", "scram-sha-256"]
    subprocess.run([*made, f"--pwfile={folder / 'password'}"], check=True, capture_output=True, user=user, cwd=data)
    alone = [server, "--single", "-D", data, "postgres"]
    subprocess.run(alone, input=b"CREATE DATABASE impact\n", check=True, capture_output=True, user=user, cwd=data)
    command = [server, "-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    command += ["-c", f"unix_socket_directories={data}"]
    with subprocess.Popen(command, user=user, cwd=data, stderr=subprocess.DEVNULL) as running:
        try:
            yield port, password
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(60)


@pytest.mark.long
def test_the_containers_refresh_a_home_and_keep_their_records_in_postgresql(
    home: Path, web: Web, card: Path, impact: Callable[..., Ended], tmp_path_factory: pytest.TempPathFactory
):
    if not (BESIDE / "ready").exists():
        pytest.skip("`make postgres` installs what keeps Dagster's records in PostgreSQL")
    web.answer("/", body=page(2021)).answer("/", body=page(2022, 342))
    assert impact("refresh", "--card", card).status == 0  # so that the home follows it
    folder = tmp_path_factory.mktemp("containers")
    with postgres(folder) as (db_port, password):
        ports = {"4000": str(free_port()), "3000": str(free_port())}
        dagster_home = folder / "dagster"
        dagster_home.mkdir()
        for name in ("dagster.yaml", "workspace.yaml"):
            shutil.copy(DEPLOY / name, dagster_home)
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(BESIDE)]),
            "IMPACT_HOME": str(home),
            "DAGSTER_HOME": str(dagster_home),
            "IMPACT_CODE_HOST": "127.0.0.1",
            "IMPACT_CODE_PORT": ports["4000"],
            "IMPACT_DB_HOST": "127.0.0.1",
            "IMPACT_DB_PORT": str(db_port),
            "IMPACT_DB_PASSWORD": password,
        }
        parts: list[subprocess.Popen[bytes]] = []

        def up(service: str) -> None:
            here = {"0.0.0.0": "127.0.0.1", "/dagster/workspace.yaml": str(dagster_home / "workspace.yaml"), **ports}
            program, *words = [here.get(word, word) for word in read("compose.yaml")["services"][service]["command"]]
            with (folder / f"{service}.log").open("wb") as told:
                command = [str(Path(sys.executable).parent / program), *words]
                parts.append(subprocess.Popen(command, env=environment, stdout=told, stderr=told))

        try:
            up("code")
            healthy = read("compose.yaml")["services"]["code"]["healthcheck"]["test"][1:]
            check = [str(Path(sys.executable).parent / "dagster"), *(ports.get(word, word) for word in healthy[1:])]
            wait_for(lambda: subprocess.run(check, env=environment, capture_output=True).returncode == 0)
            up("webserver")
            port = int(ports["3000"])
            location = "{ workspaceOrError { ... on Workspace { locationEntries { loadStatus } } } }"
            wait_for(lambda: ask(port, location)["workspaceOrError"]["locationEntries"][0]["loadStatus"] == "LOADED")
            up("daemon")
            launch = 'mutation { launchRun(executionParams: {selector: {%s, jobName: "refresh"}, runConfigData: {}}) { ... on LaunchRunSuccess { run { id } } ... on PythonError { message } } }'  # noqa: E501
            run = ask(port, launch % REPOSITORY)["launchRun"]["run"]["id"]
            status = "query ($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"
            ended = wait_for(
                lambda: found if (found := ask(port, status, id=run)["runOrError"]["status"]) in ENDED else None
            )
            assert ended == "SUCCESS"
            daily = f"{{ schedulesOrError(repositorySelector: {{{REPOSITORY}}}) {{ ... on Schedules {{ results {{ scheduleState {{ status }} }} }} }} }}"  # noqa: E501
            assert ask(port, daily)["schedulesOrError"]["results"] == [{"scheduleState": {"status": "RUNNING"}}]
        finally:
            for part in reversed(parts):
                part.send_signal(signal.SIGTERM)
            for part in parts:
                part.wait(60)
    assert "2022" in impact("table").out
    assert not (dagster_home / "history").exists()  # else the records were not kept where they should


ENDED = ("SUCCESS", "FAILURE", "CANCELED")
