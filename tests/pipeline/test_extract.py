"""`impact extract`: what it takes, what it prints, how it fails."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from extractors import read_text
from tests.conftest import Web
from tests.pipeline.conftest import COMMAND, Ended, page

FACT_FIELDS = [
    "fact_id",
    "source",
    "edition",
    "metric",
    "kind",
    "value",
    "qualifier",
    "value_low",
    "value_high",
    "resolution",
    "unit",
    "label",
    "period_type",
    "year",
    "period_start",
    "period_end",
    "period_basis",
    "dimensions",
    "base_year",
    "attribution",
    "aggregation",
    "flags",
    "surface",
    "start",
    "end",
    "sentence",
    "passage_text",
    "headings",
    "xpath",
    "capture_sha256",
    "captured_at",
    "url",
    "archived_url",
    "text_fragment_url",
    "rule",
    "extractor_version",
]
NUMERAL_FIELDS = [
    "surface",
    "start",
    "end",
    "passage_text",
    "value",
    "value_low",
    "value_high",
    "qualifier",
    "unit",
    "class",
    "disposition",
    "reason",
    "fact_id",
]

Impact = Callable[..., Ended]


def records(ended: Ended) -> list[dict]:
    assert ended.status == 0, ended.err
    return [json.loads(line) for line in ended.out.splitlines()]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "report.md"
    file.write_text("In 2021, crews rescued 1,310 people, 93.5% of them at sea.\n", encoding="utf-8")
    return file


def test_a_fact_has_the_fields_of_the_contract_in_their_types(impact: Impact, text: Path):
    facts = records(
        impact("extract", text, "--captured-at", "2022-05-17T11:00:00+02:00", "--url", "https://c.example/")
    )
    assert list(facts[0]) == FACT_FIELDS
    count, share = facts
    assert (count["value"], count["unit"], count["year"], count["kind"]) == (1310, "people", 2021, "count")
    assert isinstance(count["value"], int)
    assert share["value"] == 93.5
    assert share["resolution"] == 0.1
    assert count["captured_at"] == "2022-05-17T09:00:00Z"
    assert date.fromisoformat(count["period_start"]) == date(2021, 1, 1)
    assert count["text_fragment_url"].startswith("https://c.example/#:~:text=")
    assert count["passage_text"][count["start"] : count["end"]] == count["surface"] == "1,310"
    assert count["metric"] is None
    assert count["flags"] == [] and count["dimensions"] == {}


def test_the_ledger_names_the_class_of_every_numeral(impact: Impact, text: Path):
    numerals = records(impact("extract", text, "--numerals"))
    assert list(numerals[0]) == NUMERAL_FIELDS
    assert [(one["surface"], one["class"], one["disposition"]) for one in numerals] == [
        ("2021", "date", "excluded"),
        ("1,310", "statistic", "fact"),
        ("93.5%", "statistic", "fact"),
    ]
    assert all((one["reason"] is None) == (one["fact_id"] is not None) for one in numerals)


def test_a_bundled_card_names_metrics(impact: Impact, tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text("In 2021, the CyberTipline received 29,397,681 reports.", encoding="utf-8")
    (fact,) = records(impact("extract", file, "--source", "ncmec-impact"))
    assert (fact["source"], fact["metric"]) == ("ncmec-impact", "cybertipline_reports")


def test_html_and_text_are_told_apart_on_standard_input(start):
    for body in ("<p>In 2021, we lent <b>7</b> boats.</p>", "In 2021, we lent 7 boats."):
        command = [*COMMAND, "extract", "-"]
        ended = subprocess.run(command, input=body, capture_output=True, text=True, check=True)
        (fact,) = map(json.loads, ended.stdout.splitlines())
        assert (fact["value"], fact["passage_text"]) == (7, "In 2021, we lent 7 boats.")


def test_a_url_is_fetched_and_gives_the_facts_their_link(impact: Impact, web: Web):
    web.answer("/year", body=page(2021))
    facts = records(impact("extract", web.url("/year")))
    assert {fact["url"] for fact in facts} == {web.url("/year")}
    assert all(fact["captured_at"].endswith("Z") for fact in facts)


def test_extract_imports_neither_dagster_nor_a_database_nor_the_network(tmp_path: Path, text: Path):
    probe = (
        "import sys\nfrom pipeline.cli import run\nrun(sys.argv[1:])\n"
        "print([m for m in ('dagster', 'duckdb', 'requests', 'rich', 'warcio', 'sqlglot') if m in sys.modules])"
    )
    command = [sys.executable, "-c", probe, "extract", str(text)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"
    assert len(ended.stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.html", b"", "empty"),
        ("a.html", b"  \n ", "empty"),
        ("a.pdf", b"%PDF-1.7 \x00\x01", "PDF"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
        ("a.txt", b"", "empty"),
    ],
)
def test_what_is_no_page_is_told_in_one_line(impact: Impact, tmp_path: Path, name: str, body: bytes, said: str):
    file = tmp_path / name
    file.write_bytes(body)
    ended = impact("extract", file)
    assert ended.status == 2
    assert said in ended.line and name in ended.line
    assert ended.out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract"], "name a PAGE"),
        (["extract", "no-such.html"], "cannot read no-such.html"),
        (["extract", "."], "cannot read ."),
        (["extract", "{text}", "--source", "ncmec-impct"], "ncmec-impact"),
        (["extract", "{text}", "--source", "a", "--card", "b"], "exclude each other"),
        (["extract", "{text}", "--card", "no-such.yaml"], "no-such.yaml"),
        (["extract", "{text}", "--captured-at", "yesterday"], "ISO 8601"),
        (["extract", "{text}", "--captured-at", ""], "ISO 8601"),
        (["extract", "{text}", "--captured-at", "0001-01-01T00:00:00+14:00"], "ISO 8601"),
        (["extract", "{text}", "--captured-at", "9999-12-31T23:00:00-02:00"], "ISO 8601"),
        (["extract", "{text}", "--captured-at", "2022-13-01"], "ISO 8601"),
        (["extract", "{text}", "--edition", "soon"], "--edition"),
        (["extract", "{text}", "--edition", "0"], "--edition"),
        (["extract", "{text}", "--edition", "9" * 5000], "--edition"),
        (["extract", "{text}", "--url", "http://[bad"], "is not a web address"),
        (["extract", "{text}", "--url", "example.org"], "is not a web address"),
        (["extract", "{text}", "--url", "https://example.org/\n\x1b[1m"], "is not a web address"),
        (["extract", "http://[bad"], "[bad"),
        (["extract", "HTTP://"], "HTTP://"),
        (["extract", "http://127.0.0.1:99999/"], "99999"),
        (["extract", "a\nb\x1b[31m.html"], "cannot read a b\\x1b[31m.html"),
        (["extract", "caf\udce9.html"], "cannot read caf\\udce9.html"),
        (["extract", "a\0.html"], "null"),
        (["extract", "a" * 5000], "cannot read"),
        (["extract", "--batch", "."], "cannot read ."),
        (["extract", "--batch", "no-such.jsonl"], "cannot read no-such.jsonl"),
        (["extract", "--batch", "a\0"], "null"),
        (["extract", "{text}", "--numerls"], "--numerals"),
        (["extract", "{text}", "--batch", "x"], "--batch"),
        (["extrct"], "extrct"),
    ],
)
def test_wrong_usage_is_told_in_one_line(impact: Impact, text: Path, arguments: list[str], said: str):
    ended = impact(*(argument.replace("{text}", str(text)) for argument in arguments))
    assert ended.status == 2
    assert said in ended.line
    assert ended.out == ""


def test_a_url_that_answers_with_an_error_leaves_with_status_1(impact: Impact, web: Web, closed_port_url: str):
    assert "404" in (ended := impact("extract", web.url("/none"))).line
    assert ended.status == 1
    ended = impact("extract", "http://:0/")
    assert ended.status == 2 and ended.line


def test_a_page_without_a_statistic_is_read_all_the_same(impact: Impact, tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text("We thank everyone.", encoding="utf-8")
    ended = impact("extract", file)
    assert (ended.status, ended.out) == (0, "")
    assert "no statistic" in ended.line


def test_a_batch_reads_each_text_as_it_would_be_read_alone(impact: Impact, tmp_path: Path):
    texts = {"a": "In 2021, we lent 7 boats.", 2: "Since 1990, we have lent 900 boats.\n\n- In 2019, 12 boats\n"}
    file = tmp_path / "texts.jsonl"
    lines = [json.dumps({"id": name, "text": said, "extra": 1}) for name, said in texts.items()]
    lines += ["", json.dumps({"id": "h", "html": "<p>We lent 8 boats.</p>", "edition": 2018})]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = records(impact("extract", "--batch", file))
    assert [next(iter(record)) for record in found] == ["id"] * len(found)
    for name, said in texts.items():
        alone = [fact.fact_id for fact in read_text(said).facts]
        assert [record["fact_id"] for record in found if record["id"] == name] == alone
    assert [(r["value"], r["year"], r["edition"]) for r in found if r["id"] == "h"] == [(8, 2018, 2018)]


def test_without_a_command_the_manual_is_shown_and_a_wrong_one_gets_the_nearest(impact: Impact):
    shown = impact()
    assert shown.status == 2 and "Commands:\n  refresh " in shown.err
    wrong = impact("refesh")
    assert wrong.status == 2 and "did you mean refresh?" in wrong.line


def test_every_command_has_help_that_is_its_manual(impact: Impact):
    overview = impact("--help").out
    for name in (
        "refresh",
        "extract",
        "table",
        "explain",
        "review",
        "status",
        "rollback",
        "unpin",
        "accept",
        "ui",
        "verify",
        "diff",
    ):
        assert name in overview
        text = impact(name, "--help").out
        assert "Exit status:" in text and "Example" in text
