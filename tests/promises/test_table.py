"""The committed table of promises has a row for each trial that exists, in the trial's words, and for no other."""

from pathlib import Path

import pytest

from tests.promises import table
from tests.promises.table import UNTRIED, Row, rows, trials


def test_the_table_has_a_row_for_each_trial_and_for_no_other():
    assert {row.trial: row.promise for row in rows()} == trials()


def test_a_row_has_a_figure_with_its_seed_and_its_date():
    for row in rows():
        tried = row.seed.isdigit() and len(row.date) == len("2026-01-31")
        assert tried or row.figure == UNTRIED, row


def test_a_row_is_put_in_place_of_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(table, "TABLE", tmp_path / "promises.md")
    monkeypatch.setattr(table, "trials", lambda: {"test_a.py::test_a": "a", "test_b.py::test_b": "b"})
    first, second = (Row("it | holds", f"test_{n}.py::test_{n}", "1 | 2", "7", "2026-01-31") for n in "ab")
    gone = Row("it held", "test_c.py::test_c", "1", "7", "2026-01-31")
    for row in (second, gone):
        table.write(row)
    assert rows() == [Row("a", first.trial, UNTRIED, "-", "-"), second]
    for row in (first, second):
        table.write(row)
    assert rows() == [first, second]
