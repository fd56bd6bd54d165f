"""The bundled NCMEC card held to statements in wording of our own: which metric each states, and which state none.

The statements stand beside this file, one a line: the number in question in [[ ]], after the arrow its metric, with the
member where a dimension has one.
"""

from pathlib import Path

import pytest

from extractors import read_page, read_text
from extractors.metrics.card import bundled_card

STATED = (Path(__file__).parent / "ncmec_stated.txt").read_text(encoding="utf-8")
NOT_STATED = (Path(__file__).parent / "ncmec_not_stated.txt").read_text(encoding="utf-8")


def _cases(block: str) -> list[tuple[str, str, str]]:
    cases = []
    for line in block.strip().splitlines():
        statement, _, expected = line.partition(" -> ")
        number = statement.partition("[[")[2].partition("]]")[0]
        text = statement.replace("[[", "").replace("]]", "").replace("\\n", "\n")
        cases.append((text, number, expected))
    return cases


def _states(text: str, number: str) -> list[str]:
    """What the card says the number in `text` is: "metric member=…", or "" for none; one entry a fact."""
    facts = [
        fact
        for fact in read_text(text, card=bundled_card("ncmec-impact"), edition=2022).facts
        if number in fact.surface
    ]
    return [" ".join([fact.metric or "", *(f"{k}={v}" for k, v in fact.dimensions.items())]).strip() for fact in facts]


@pytest.mark.parametrize(("text", "number", "expected"), _cases(STATED))
def test_a_statement_of_a_metric_is_mapped(text: str, number: str, expected: str) -> None:
    assert _states(text, number) == [expected]


@pytest.mark.parametrize(("text", "number", "_expected"), _cases(NOT_STATED))
def test_a_part_or_a_look_alike_is_left_for_review(text: str, number: str, _expected: str) -> None:
    assert set(_states(text, number)) <= {""}


TABLES_NAMED = """
Program statistics, 2021-2022 |  | Calls to the hotline -> hotline_calls
Table 3. Selected program data | Missing Children Division | Cases of missing children -> missing_child_cases
Program data, fiscal year | Call Center | Calls received at 1-800-THE-LOST -> hotline_calls
Services provided | Forensic Services Unit | Age progressions completed -> age_progressions
Core services | Case Management Department | Cases of missing children -> missing_child_cases
Annual overview | Exploited Children Division | Hashes added to the hash-sharing list -> hashes_added
Annual overview | Community Outreach | Students reached by NetSmartz -> netsmartz_students
CyberTipline reports by country |  | All reports -> cybertipline_reports
"""

TABLES_NARROWED = """
Ohio office |  | Calls to the hotline
Texas regional program statistics |  | Calls to the hotline
Program statistics: Spanish-language services |  | Calls to the hotline
Program statistics | Girls | Cases of missing children
Program statistics | Children under 5 | Cases of missing children
Program statistics | Youth Program | Calls to the hotline
Program statistics | Military Families Program | Individuals supported by Team HOPE
Program statistics | State Police Division | Cases of missing children
Program statistics | Polaris | Calls to the hotline
Program statistics | Missing children | Calls to the hotline
Infant Abduction Section |  | Cases of missing children
Sex Offender Tracking Unit |  | Requests for information from police
CyberTipline reports by country |  | Peru
"""


def _table(line: str) -> tuple[str, str]:
    labels, _, expected = line.partition(" -> ")
    caption, group, row = (part.strip() for part in labels.split("|"))
    above = f"<tr><th colspan='3' scope='rowgroup'>{group}</th></tr>" if group else ""
    return (
        f"<main><h1>Our year</h1><table><caption>{caption}</caption><tr><th></th><th>2021</th><th>2022</th></tr>{above}"
        f"<tr><td>{row}</td><td>4,321</td><td>4,567</td></tr></table></main>",
        expected,
    )


def _cells(html: str) -> list[str | None]:
    return [fact.metric for fact in read_page(html.encode(), card=bundled_card("ncmec-impact")).facts]


@pytest.mark.parametrize("line", TABLES_NAMED.strip().splitlines())
def test_a_title_above_the_rows_does_not_narrow_them(line: str) -> None:
    html, expected = _table(line)
    assert _cells(html) == [expected, expected]


@pytest.mark.parametrize("line", TABLES_NARROWED.strip().splitlines())
def test_a_place_a_group_or_another_body_above_the_rows_narrows_them(line: str) -> None:
    html, _ = _table(line)
    assert set(_cells(html)) <= {None}


def test_every_metric_is_stated_at_least_once() -> None:
    stated = {expected.split()[0] for _, _, expected in _cases(STATED)}
    assert stated == set(bundled_card("ncmec-impact").metrics)
