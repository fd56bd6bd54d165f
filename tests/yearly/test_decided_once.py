"""Five yearly editions, and a person who answers what the queue asks: each wording once, and nothing is mapped wrongly.

The pages and the truth of every figure are made from a seed (`statements.py`). Each edition is refreshed over loopback,
and the queue answered by the commands a person has. DECIDED_SEEDS in the environment asks for so many seeds of the
whole page; without it a short page is followed for three editions.
"""

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Web
from tests.pipeline.conftest import Ended, rows
from tests.pipeline.terminals import Terminal
from tests.yearly.statements import Site, Stated

Impact = Callable[..., Ended]
CARD = Path(__file__).with_name("card.yaml")
WHOLE = int(os.environ.get("DECIDED_SEEDS", "0"))
SITES = [Site(seed) for seed in range(1, WHOLE + 1)] or [Site(1, editions=3, every=4)]
SETTLED_BY_NOW = 3
"""From this edition on little is asked."""
ASKED = re.compile(r"\): ([0-9a-f]{20})\s")


@dataclass
class Person:
    """Somebody who knows the truth, and what they were asked."""

    site: Site
    impact: Impact
    wordings: list[str] = field(default_factory=list)
    """Those that were decided as such."""

    def queue(self) -> list[dict[str, Any]]:
        return json.loads(self.impact("review", "--format", "json").out)

    def truth(self, row: dict[str, Any]) -> Stated:
        (found,) = [
            one
            for one in self.site.stated(row["edition"])
            if one.marked == row["marked"] and (one.value == row["value"] or one.marked != f"[{one.surface}]")
        ]
        return found

    def answer(self) -> int:
        """Answer all that is asked; how many questions that were."""
        count = 0
        for row in self.queue():
            if self.truth(row).truth.year:  # which keys give only for a statement
                self.command(row)
                count += 1
        return count + self.step()

    def command(self, row: dict[str, Any]) -> None:
        said = self.truth(row)
        metric, _, _, year = said.cell
        ended = self.impact(
            "decide", row["fact_id"], "--metric", metric, "--year", year, "--wording", "--why", "So it is."
        )
        assert ended.status == 0, ended.err
        self.wordings.append(row["wording"])

    def step(self) -> int:
        """Go through the queue with keys."""
        rows = {row["fact_id"]: row for row in self.queue()}
        if not rows:
            return 0
        terminal = Terminal("review", "--step")
        count, for_wording = 0, False
        while True:
            shown = terminal.wait_for("q quit", "that was all")
            if shown.endswith("that was all"):
                break
            row = rows[ASKED.findall(shown)[-1]]
            said = self.truth(row)
            assert (", for the wording" in shown) is for_wording, shown
            if said.truth.for_wording is not for_wording:
                terminal.press("w", after="")
                for_wording = not for_wording
                continue
            self.press(terminal, row, said)
            count += 1
        assert terminal.end() == 0, terminal.shown
        return count

    def press(self, terminal: Terminal, row: dict[str, Any], said: Stated) -> None:
        metric = said.truth.metric
        if said.truth.exclude:
            terminal.press("x", after="")
            terminal.press(f"{said.truth.exclude}\r", after="why it is no statistic")
        elif metric is None:
            terminal.press("d", after="")
        else:
            if metric in row["suggestions"]:
                terminal.press(str(row["suggestions"].index(metric) + 1), after="")
            else:
                terminal.press("m", after="")
                terminal.press(f"{metric}\r", after="metric (Tab completes)")
            if said.truth.part or metric.startswith("animals"):
                terminal.press(f"{said.truth.part}\r", after="Enter for the total")
        if said.truth.for_wording:
            self.wordings.append(row["wording"])


@pytest.mark.parametrize("site", SITES, ids=lambda site: f"seed{site.seed}")
@pytest.mark.long
def test_a_yearly_page_asks_each_wording_once_and_maps_nothing_wrongly(
    site: Site, home: Path, web: Web, impact: Impact, tmp_path: Path
):
    card = tmp_path / "card.yaml"
    card.write_text(CARD.read_text(encoding="utf-8").format(url=web.url("/")), encoding="utf-8")
    person = Person(site, impact)
    lines = [f"seed {site.seed}: edition, statistics, asked"]
    for number, edition in enumerate(site.years, 1):
        web.forget("/")
        web.answer("/", body=site.body(edition))
        assert impact("refresh", "--card", card).status == 0
        statistics, asked = len(site.stated(edition)), person.answer()
        lines.append(f"{edition} {statistics:4} {asked:4}")
        assert person.queue() == []
        assert len(person.wordings) == len(set(person.wordings))
        if number >= SETTLED_BY_NOW:
            assert asked < statistics / 10
    assert rows(home, "SELECT DISTINCT outcome FROM decisions") == [("applies",)]
    meant = {one.cell: one.value for year in site.years for one in site.stated(year) if one.truth.metric}
    cells = "SELECT metric, breakdown, period_type, year, value FROM metric_year"
    found = {tuple(cell): value for *cell, value in rows(home, cells)}
    lines.append(f"{len(found)} cells, {sum(meant.get(cell) != value for cell, value in found.items())} of them wrong")
    print("\n".join(lines))
    assert found == meant
