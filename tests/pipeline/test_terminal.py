"""What reaches a terminal: nothing it would obey; and what happens when nobody reads, or nothing more fits."""

import csv
import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.progress import told
from pipeline.terminal import inert
from tests.conftest import Web
from tests.few import few_of
from tests.pipeline.conftest import COMMAND, Ended, page

Impact = Callable[..., Ended]

CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))] + list("\u061c\u200e\u200f\u2028\u2029")
CONTROLS += [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
OBEYED = set(CONTROLS) - {"\n"}


def test_what_a_terminal_obeys_is_shown_and_never_sent():
    for control in [*CONTROLS, "\ud800"]:
        shown = inert(f"a{control}b")
        assert shown.isprintable() and shown.startswith("a\\") and shown.endswith("b")
    assert inert("Café “7” 日本 é ½ 👍🏽 a\u00a0b") == "Café “7” 日本 é ½ 👍🏽 a\u00a0b"


CARD = """\
id: coast-rescue
organisation: Coast Rescue
title: Our year
url: {url}
metrics:
  rescues:
    label: "People \\e[31mrescued\\a\\u202e"
    unit: "people\\x9b7m"
    measure: flow
    counts: people
    when: [{{clause: rescued}}]
"""
SAID = "<p>In 2021, crews rescued 310 people&#27;[2J of&#x9b;1m the&#7; sea&#x202e;.</p>"
SAID += "<h2>Boats\x9b5m&#27;]0;x&#7;</h2><p>In 2021, we lent 27\x1b[1m boats to\x7f towns\u2066.</p>"


def test_controls_of_pages_and_cards_reach_no_terminal(impact: Impact, home: Path, web: Web, tmp_path: Path):
    card = tmp_path / "card.yaml"
    card.write_text(CARD.format(url=web.url("/")), encoding="utf-8")
    body = page(2021, statistics=3).replace(b"<h1>", SAID.encode() + b"<h1>")
    web.answer("/", body=body)
    said = [impact("refresh", "--card", card), impact("table"), impact("review"), impact("explain", "rescues", "2021")]
    said += [impact("table", "--format", form) for form in ("csv", "json")] + [impact("status")]
    for ended in said:
        assert ended.status == 0
        assert OBEYED.isdisjoint(ended.out + ended.err), ended
    table, review, explain, as_csv, as_json = (ended.out for ended in said[1:6])
    assert "people\\x9b7m" in table and "\\x1b" in review and "\\x1b[2J" in explain
    assert next(csv.DictReader(io.StringIO(as_csv)))["unit"] == "people\\x9b7m"
    assert json.loads(as_json)[0]["label"] == "People \x1b[31mrescued\x07\u202e"


def test_controls_in_what_a_host_answers_reach_no_terminal(impact: Impact, home: Path, web: Web, card: Path):
    def answer(connection) -> None:
        connection.sendall(b"HTTP/1.1 404 Gone\x1b[31m\x07\r\nContent-Length: 0\r\n\r\n")

    web.answer("/", raw=answer)
    asked = impact("extract", web.url("/"))
    assert "404 Gone\\x1b[31m" in asked.line
    for ended in (asked, impact("refresh", "--card", card), impact("status")):
        assert OBEYED.isdisjoint(ended.out + ended.err)


def test_controls_in_what_a_job_tells_reach_no_terminal(capsys: pytest.CaptureFixture[str]):
    with told("a job"):
        logging.getLogger("impact").info("fetched \x1b[2J\r%s", "a\u202eb\nc")
    assert capsys.readouterr().err == "fetched \\x1b[2J\\x0da\\u202eb\\x0ac\n"


# --- nobody reads, nothing fits: real children, real pipes ---


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("published") / "home"
    environment = os.environ | {"IMPACT_HOME": str(home)}
    subprocess.run([*COMMAND, "refresh", "--sample"], env=environment, check=True, capture_output=True)
    (home / "texts.jsonl").write_text('{"id": 1, "text": "In 2021, we lent 7 boats."}\n' * 3000, encoding="utf-8")
    (home / "text.md").write_text("In 2021, we lent 7 boats.\n\n" * 3000, encoding="utf-8")
    return home


COMMANDS = {
    "table": ["table"],
    "table as csv": ["table", "--format", "csv"],
    "table as json": ["table", "--format", "json"],
    "explain": ["explain", "cybertipline_reports", "2021"],
    "status": ["status"],
    "verify": ["verify"],
    "diff": ["diff"],
    "diff as csv": ["diff", "2020", "2023", "--format", "csv"],
    "extract": ["extract", "{home}/text.md"],
    "extract --batch": ["extract", "--batch", "{home}/texts.jsonl"],
    "help": ["--help"],
    "help of a command": ["extract", "--help"],
    "version": ["--version"],
}


def start(home: Path, name: str, out: int) -> "subprocess.Popen[bytes]":
    arguments = [argument.replace("{home}", str(home)) for argument in COMMANDS[name]]
    environment = os.environ | {"IMPACT_HOME": str(home)}
    return subprocess.Popen([*COMMAND, *arguments], env=environment, stdout=out, stderr=subprocess.PIPE)


@pytest.mark.parametrize("name", few_of(COMMANDS, 4))
def test_a_reader_that_is_gone_ends_a_command_in_silence(published: Path, name: str):
    reading, writing = os.pipe()
    os.close(reading)
    child = start(published, name, writing)
    os.close(writing)
    _, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (141, b"")


@pytest.mark.parametrize("name", ["table", "extract", "extract --batch"])
def test_a_reader_that_has_enough_after_a_line_is_no_error(published: Path, name: str):
    reading, writing = os.pipe()
    child = start(published, name, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as reader:
        assert reader.readline().endswith(b"\n")
    _, err = child.communicate(timeout=60)
    assert child.returncode in (0, 141) and err == b""  # a table fits into the pipe
    assert child.returncode == 141 or name == "table"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("name", few_of(COMMANDS, 4))
def test_a_full_device_is_told_in_one_line(published: Path, name: str):
    with Path("/dev/full").open("wb") as full:
        child = start(published, name, full.fileno())
        _, err = child.communicate(timeout=60)
    assert child.returncode == 1
    (line,) = err.decode().splitlines()
    assert line.startswith("impact: cannot write to standard output: no space left")


def test_nobody_reading_the_errors_changes_nothing(published: Path):
    reading, writing = os.pipe()
    os.close(reading)
    command = [*COMMAND, "review"]
    environment = os.environ | {"IMPACT_HOME": str(published)}
    ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=writing, check=False)
    os.close(writing)
    assert ended.returncode == 0


def test_a_process_that_ran_a_command_ends_in_silence(published: Path):
    """The database library looks at its end for what was not taken apart, and would tell."""
    command = [sys.executable, "-c", "from pipeline.cli import run; run(['table'])"]
    environment = os.environ | {"IMPACT_HOME": str(published)}
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
