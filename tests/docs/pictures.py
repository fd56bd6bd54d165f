"""Draw the pictures of docs/: of the site, of the graph in the Dagster UI, of a terminal. `make pictures`.

The terminal is the same at every run, byte by byte. What a browser draws differs with its fonts, and shows the day.
"""

import base64
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.text import Text

from tests.docs.blocks import ROOT
from tests.pipeline.browser import Browser, browser
from tests.pipeline.conftest import COMMAND
from tests.pipeline.test_ui import ask, wait_for
from tests.ports import free_port

PICTURES = ROOT / "docs/pictures"
LARGEST = 150_000
"""Bytes of a picture."""
SHOWN = (
    ["table", "missing_child_cases", "online_enticement_reports", "hashes_added", "children_recovered"],
    [
        "sql",
        "SELECT year, value::BIGINT AS reports, statement FROM series('cybertipline_reports') WHERE breakdown = ''",
    ],
)
"""The commands on the terminal."""
FOLD = """(() => {
    const named = text => [...document.querySelectorAll('button')].find(one => one.textContent === text);
    named('Hide navigation').click();
    let tree = document.querySelector('input[placeholder^="Jump"]');
    while (!tree.querySelector('button')) tree = tree.parentElement;
    tree.querySelector('button').click();
})()"""
"""Leaves room for the graph: hides the menu and the list of groups."""
LOADED = "{ workspaceOrError { ... on Workspace { locationEntries { loadStatus } } } }"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "demo"
        _impact(home, "refresh", "--sample")
        _impact(home, "report")
        (PICTURES / "terminal.svg").write_text(_terminal(home), encoding="utf-8")
        with browser(Path(folder) / "profile") as chromium:
            _site(chromium, home / "report")
            with _ui(home) as port:
                _graph(chromium, port)
    large = [path.name for path in PICTURES.iterdir() if path.stat().st_size > LARGEST]
    for name in large:
        print(f"{name} has more than {LARGEST:,} bytes", file=sys.stderr)
    return bool(large)


def _impact(home: Path, *arguments: str) -> str:
    environment = os.environ | {"IMPACT_HOME": str(home), "COLUMNS": "120"}
    return subprocess.run([*COMMAND, *arguments], env=environment, check=True, capture_output=True, text=True).stdout


def _terminal(home: Path) -> str:
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=120, file=nowhere, force_terminal=True, color_system="truecolor")
        for arguments in SHOWN:
            words = " ".join(f'"{word}"' if " " in word else word for word in arguments)
            console.print(Text.assemble(("$ ", "bold green"), (f"impact {words}", "bold")), soft_wrap=False)
            console.print(Text(_impact(home, *arguments)))
    svg = console.export_svg(title="impact", unique_id="terminal")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # fonts that would come from elsewhere


def _site(chromium: Browser, site: Path) -> None:
    chromium.window(900, 1150)
    chromium.open((site / "metric/missing_child_cases.html").as_uri())
    chromium.picture(PICTURES / "metric.png")
    chromium.window(1000, 640)
    chromium.open((site / "edition/ncmec-impact-2023.html").as_uri())
    chromium.run("document.querySelector('.text').scrollIntoView(), document.querySelector('.n.mapped button').focus()")
    chromium.picture(PICTURES / "edition.png")


@contextmanager
def _ui(home: Path) -> Iterator[int]:
    port = free_port()
    environment = os.environ | {"IMPACT_HOME": str(home)}
    process = subprocess.Popen(
        [*COMMAND, "ui", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: ask(port, LOADED)["workspaceOrError"]["locationEntries"][0]["loadStatus"] == "LOADED")
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _graph(chromium: Browser, port: int) -> None:
    chromium.window(1500, 460)
    for script in (FOLD, "0"):  # folded first: the graph fits itself into its room when it is opened
        chromium.open(f"http://127.0.0.1:{port}/asset-groups")
        wait_for(lambda: chromium.run("document.body.textContent.includes('comparing')"), 60)
        chromium.run(f"new Promise(done => setTimeout(done, 3000)).then(() => {script})")
        chromium.run("new Promise(done => setTimeout(done, 2000))")
    room = {"x": 370, "y": 112, "width": 1086, "height": 240, "scale": 1}
    data = chromium.tell("Page.captureScreenshot", format="png", clip=room)["data"]
    (PICTURES / "graph.png").write_bytes(base64.b64decode(data))


if __name__ == "__main__":
    sys.exit(main())
