"""`docs/adding-a-page.md` says what the software does: its cards prove themselves and read its pages as it shows."""

import re
from pathlib import Path

import pytest

from extractors import Fact, read_text
from extractors.metrics.card import load_card
from extractors.metrics.card_language import Also, Metric
from extractors.metrics.card_models import SourceCard
from extractors.metrics.proving import failures

DOCS = Path(__file__).resolve().parents[2] / "docs" / "adding-a-page.md"
TEXT = DOCS.read_text(encoding="utf-8")
BEGIN = "id: harbour-rescue\norganisation: Harbour Rescue\ntitle: Our year\nurl: https://harbour.example/our-year\n"
WORKED = re.findall(
    r"## ([^\n]+)\n(?:(?!\n## ).)*?```markdown\n((?:(?!```).)*)```\n\n```yaml\n(.*?)```\n\n```text\n(.*?)```",
    TEXT,
    re.DOTALL,
)


def card_of(tmp_path: Path, block: str) -> SourceCard:
    (tmp_path / "card.yaml").write_text(block if "\nurl: " in block else BEGIN + block, encoding="utf-8")
    return load_card(tmp_path / "card.yaml")


def shown(fact: Fact) -> str:
    """A figure as the page shows it: what it states, and of what time."""
    members = ";".join(f"{name}={member}" for name, member in sorted(fact.dimensions.items()))
    told = f"{fact.metric or '(no metric)'} {members}".strip()
    return f"{fact.surface:<13}{told:<34}{fact.period_type} {fact.year}"


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL))
def test_every_card_of_it_proves_itself(tmp_path: Path, block: str) -> None:
    card = card_of(tmp_path, block)
    assert list(failures(card)) == []
    assert all(metric.examples for metric in card.metrics.values()) or card.id == "marren-vale-food-network"


@pytest.mark.parametrize(("page", "block", "result"), [one[1:] for one in WORKED], ids=[one[0] for one in WORKED])
def test_every_page_of_it_is_read_as_it_shows(tmp_path: Path, page: str, block: str, result: str) -> None:
    facts = read_text(page, card=card_of(tmp_path, block), edition=2021).facts
    assert [shown(fact) for fact in facts] == result.splitlines()


def test_it_works_through_what_a_page_may_hold() -> None:
    worked = {name for name, *_ in WORKED}
    assert {"Money", "Parts in headings", "Tables", "Shares", "Totals since the beginning"} <= worked


def test_it_names_every_key_of_a_metric() -> None:
    keys = {*Metric.model_fields, *Also.model_fields}
    assert {key for key in keys if f"`{key}`" not in TEXT} == set()
