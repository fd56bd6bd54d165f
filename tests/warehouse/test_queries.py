"""What the command line asks of a published file."""

from pathlib import Path

import duckdb
import pytest

from extractors.errors import ImpactError, InputError
from tests.warehouse.facts_builder import Page, build, year
from warehouse.build import finish, open_candidate
from warehouse.explanations import explain
from warehouse.published import PublishedUnreadable
from warehouse.queries import UnknownName, as_text, review, year_by_metric_rows


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A link to a finished database, as a home has."""
    folder = tmp_path_factory.mktemp("home")
    first = Page(2020, year(2021)).says("We took 900 calls.", "900", 900)
    second = Page(2021, year(2022)).says("More than 950 calls then.", "950", 950, year=2020, qualifier="more_than")
    second.says("We took 1,000 million calls.", "1,000 million", 1000, flags=("redundant_scale", "estimated"))
    second.says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    second.says("Children made 400 calls.", "400", 400, dimensions={"caller": "child"})
    second.says("In all 5,000 calls", "5,000", 5000, period_type="cumulative")
    second.says("We lent 7 kayaks.", "7", 7, None, unit="kayaks", label="kayaks lent")
    second.says("Calls rose by 12% from 2020.", "12%", 12, kind="change_percent", base_year=2020, unit="percent")
    second.says(
        "Calls rose by 8% from 2021.", "8%", 8, kind="change_percent", base_year=2021, year=2022, unit="percent"
    )
    second.says("9 boats lie ready.", "9", 9, "boats", period_type="as_of", unit="boats")
    database = build(folder, [first, second])
    with open_candidate(database) as con:
        finish(con)
    link = folder / "link.duckdb"
    link.symlink_to(database.name)
    return link


def test_the_wide_table_gives_values_with_their_qualifier_and_status(published: Path):
    rows = year_by_metric_rows(published)
    assert [(row.metric, row.period_type, row.breakdown) for row in rows] == [
        ("boats", "as_of", ""),
        ("calls", "cumulative", ""),
        ("calls", "year", ""),
        ("calls", "year", "caller=adult"),
        ("calls", "year", "caller=child"),
    ]
    total = rows[2]
    assert (total.label, total.unit) == ("Calls answered", "calls")
    assert {year: (cell.value, cell.status) for year, cell in total.cells.items()} == {
        2020: (950, "revised"),
        2021: (1000, "single"),
    }


def test_the_wide_table_can_be_narrowed(published: Path):
    assert [row.metric for row in year_by_metric_rows(published, ["boats"])] == ["boats"]
    assert [list(row.cells) for row in year_by_metric_rows(published, ["calls"], (2019, 2020))] == [[2020]]
    assert year_by_metric_rows(published, source="another") == []


def test_explain_shows_every_statement_the_taken_one_first(published: Path):
    (cell,) = explain(published, "calls", 2020).cells
    taken, other = cell.statements
    assert (cell.value, cell.status) == (950, "revised")
    assert (taken.outcome, taken.step, taken.qualifier) == ("taken", 2, "more_than")
    assert (other.outcome, other.step, other.sentence) == ("revised", 4, "We took 900 calls.")
    assert other.reason == "a later edition states it otherwise"
    assert taken.capture_sha256 != other.capture_sha256
    assert other.text_fragment_url is not None
    assert other.warc_file == "archive/river-aid/a.warc.gz"
    assert other.first_seen == year(2021).replace(tzinfo=None)


def test_explain_shows_the_changes_that_are_stated_also_where_no_cell_is(published: Path):
    (change,) = explain(published, "calls", 2021).changes
    assert (change.kind, change.value, change.base_year) == ("change_percent", 12, 2020)
    only = explain(published, "calls", 2022)
    assert only.cells == [] and [one.value for one in only.changes] == [8]


def test_explain_shows_what_is_held_back(tmp_path: Path):
    page = Page(2021, year(2022)).says("-5 calls came.", "-5", -5)
    database = build(tmp_path, [page])
    (held,) = explain(database, "calls", 2021).held_back
    assert (held.outcome, held.step, held.reason, held.value) == ("held_back", None, "negative", -5)


def test_explain_says_in_words_what_was_repaired(published: Path):
    total = next(cell for cell in explain(published, "calls", 2021).cells if not cell.breakdown)
    statement = next(cell for cell in explain(published, "calls", 2021).cells if cell.value == 1000).statements[0]
    assert total.metric == "calls"
    assert statement.remarks == [
        "the redundant 'million' was repaired: the value stays 1,000",
        "stated as an estimate, as likely or as probable",
    ]


def test_explain_shows_that_the_parts_add_up(published: Path):
    cells = {(cell.period_type, cell.breakdown): cell for cell in explain(published, "calls", 2021).cells}
    assert list(cells) == [("cumulative", ""), ("year", ""), ("year", "caller=adult"), ("year", "caller=child")]
    (check,) = (one for one in cells["year", ""].checks if one.rule == "sum")
    assert (check.outcome, check.lhs, check.rhs) == ("holds", 1000, 1000)
    assert check.parts == {"caller=adult": 600, "caller=child": 400}
    assert [one for one in cells["year", "caller=child"].checks if one.rule == "sum"] == [check]
    assert "sum" not in [one.rule for one in cells["cumulative", ""].checks]


def test_review_lists_what_has_no_metric(published: Path):
    (row,) = review(published)
    assert (row["label"], row["value"], row["edition"]) == ("kayaks lent", 7, 2021)


def test_an_unknown_metric_is_refused_with_the_nearest_names(published: Path):
    for ask in (lambda: explain(published, "cals", 2020), lambda: year_by_metric_rows(published, ["cals"])):
        with pytest.raises(UnknownName, match=r"^no metric 'cals'; did you mean calls") as caught:
            ask()
        assert isinstance(caught.value, InputError)


def test_a_year_that_nothing_is_stated_for_is_refused_with_those_that_are(published: Path):
    with pytest.raises(UnknownName, match=r"^nothing is stated for calls in 1999; it is stated for 2020, 2021$"):
        explain(published, "calls", 1999)
    with pytest.raises(UnknownName, match="no edition states it for any year"):
        explain(published, "reach", 2020)


def test_without_a_published_file_the_refresh_is_named(tmp_path: Path):
    with pytest.raises(PublishedUnreadable, match=r"nothing is published at .*; run `impact refresh`"):
        year_by_metric_rows(tmp_path / "impact.duckdb")
    (tmp_path / "impact.duckdb").symlink_to(tmp_path / "gone.duckdb")
    with pytest.raises(PublishedUnreadable, match="run `impact refresh`"):
        year_by_metric_rows(tmp_path / "impact.duckdb")


@pytest.mark.parametrize("content", [b"", b"half a database" * 999])
def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path, content: bytes):
    (tmp_path / "impact.duckdb").write_bytes(content)
    with pytest.raises(ImpactError, match=r"run `impact refresh`$") as caught:
        review(tmp_path / "impact.duckdb")
    assert "\n" not in str(caught.value)


def test_a_database_of_something_else_is_refused(tmp_path: Path):
    with duckdb.connect(str(tmp_path / "impact.duckdb")) as con:
        con.execute("CREATE TABLE other (a INTEGER)")
    with pytest.raises(PublishedUnreadable, match="run `impact refresh`"):
        review(tmp_path / "impact.duckdb")


def test_no_answer_leaves_the_file_open(published: Path, tmp_path: Path):
    copy = tmp_path / "impact.duckdb"
    copy.write_bytes(published.read_bytes())
    year_by_metric_rows(copy)
    with duckdb.connect(str(copy)) as con:
        con.execute("CREATE TABLE written_after (a INTEGER)")


@pytest.mark.parametrize(
    ("value", "text"),
    [(29397681.0, "29,397,681"), (93.5, "93.5"), (1 / 6, "0.1667"), (0.0, "0"), (-12.0, "-12"), (0.00001, "0.00001")],
)
def test_numbers_are_written_as_people_write_them(value: float, text: str):
    assert as_text(value) == text
