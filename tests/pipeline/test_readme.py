"""The README says what the software does: its queries give its answers, its tables name what there is."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from extractors.metrics.card import load_card
from extractors.records import Fact
from pipeline.cli import COMMANDS
from tests.pipeline.conftest import Ended

ROOT = Path(__file__).resolve().parents[2]
INVENTED = ROOT / "extractors/sources/samples/marren-vale-food-network"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def as_table(cursor: duckdb.DuckDBPyConnection) -> list[list[str]]:
    rows = cursor.fetchall()
    return [
        [column[0] for column in cursor.description or ()],
        *([_shown(str(value)) for value in row] for row in rows),
    ]


def _shown(value: str) -> str:
    """What differs from run to run is shown as the port and the day that the README has."""
    return re.sub(r"(?<=127\.0\.0\.1:)\d+", "PORT", re.sub(r"(?<=retrieved )\d{4}-\d\d-\d\d", "2026-11-30", value))


def test_its_queries_give_the_answers_it_shows(sample_home: Path, impact: Callable[..., object]) -> None:
    queries, answers = blocks("sql"), blocks("text")
    assert len(queries) == len(answers) == 18
    with duckdb.connect(str(sample_home / "impact.duckdb"), read_only=True) as con:
        for query, answer in zip(queries, answers, strict=True):
            shown = [line.split() for line in answer.splitlines() if not set(line) <= set("- ")]
            assert [" ".join(row).split() for row in as_table(con.execute(query))] == shown


def test_the_ten_questions_take_three_lines_each() -> None:
    section = README[README.index("## Ten questions") : README.index("## Follow another page")]
    queries = re.findall(r"```sql\n(.*?)```", section, re.DOTALL)
    assert len(queries) == 10
    assert all(len(query.splitlines()) <= 3 for query in queries)


def test_what_it_shows_of_commands_is_what_they_print(sample_home: Path, impact: Callable[..., Ended]) -> None:
    demo, differing = (
        next(block for block in blocks("console") if ask in block) for ask in ("make demo", "impact diff")
    )
    examples = {"table": demo[demo.index("\nmetric ") + 1 :], "diff": differing.partition("\n")[2]}
    for command, shown in examples.items():
        printed = impact(command).out.splitlines()
        at, skipped = 0, False
        for line in shown.splitlines():
            if line == "…":
                skipped = True
                continue
            assert line in printed[at:], (command, line)
            found = printed.index(line, at)
            assert found == at or skipped, (command, line)
            at, skipped = found + 1, False


def test_a_figure_goes_from_the_queue_to_the_table_as_it_shows(home: Path, impact: Callable[..., Ended]) -> None:
    url = "http://127.0.0.1:8000/impact.html"
    saved = ["--url", url, "--captured-at", "2025-03-01", "--card", INVENTED / "card.yaml"]
    assert impact("import", INVENTED / "impact.html", *saved).status == 0
    asked = next(block for block in blocks("console") if "$ impact review" in block).split("$ impact ")[1:]
    asked += next(block for block in blocks("console") if "$ impact explain" in block).split("$ impact ")[1:]
    assert [one.split()[0] for one in asked] == ["review", "decide", "table", "explain"]
    for one in asked:
        command, _, shown = one.partition("\n")
        ended = impact(*shlex.split(command), *(["--who", "ana"] if command.startswith("decide") else []))
        assert ended.status == 0, ended.err
        printed = [re.sub(r"\bd[0-9a-f]{7}\b", "d43f38df", line) for line in ended.out.splitlines()]
        for line in shown.splitlines():
            assert line == "…" or line in printed, (command, line)


def test_its_card_is_the_bundled_one() -> None:
    card = INVENTED / "card.yaml"
    assert card.read_text(encoding="utf-8").strip() in [block.strip() for block in blocks("yaml")]
    assert load_card(card).metrics


def test_it_explains_every_field_of_a_fact() -> None:
    explained = set(re.findall(r"`(\w+)`", README))
    assert {name for name in Fact.model_fields if name != "passage_index"} <= explained


@pytest.mark.parametrize("command", sorted(set(re.findall(r"(?<!-)\bimpact (\w+)", README)) - {"page"}))
def test_the_commands_it_names_exist(command: str) -> None:
    assert command in COMMANDS


def test_the_make_targets_it_names_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make (\w+)`|\$ make (\w+)", README)) <= {(t, "") for t in targets} | {
        ("", t) for t in targets
    }
