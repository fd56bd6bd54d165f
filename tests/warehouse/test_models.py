"""The SQL files: read, ordered, traced; and broken ones named."""

import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from warehouse.base import BASE_TABLES
from warehouse.lineage import check, column_lineage, lineage_of_models
from warehouse.models import SQL_FOLDER, SqlFileError, SqlModel, load_audits, load_models

MODELS = load_models()
GOOD = "-- table: one\n-- grain: one row\n-- description: One.\nSELECT\n    CAST(1 AS INTEGER) AS a, -- the one\n"


def sql_folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        path = tmp_path / "core" / f"{name}.sql"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def model(name: str) -> SqlModel:
    return next(model for model in MODELS if model.table == name)


def test_every_model_stands_after_those_it_reads():
    order = [model.table for model in MODELS]
    for one in MODELS:
        read = [table for table in one.depends_on if not table.startswith("base.")]
        assert all(order.index(table) < order.index(one.table) for table in read)


@pytest.mark.parametrize("file", [*MODELS, *load_audits()], ids=lambda file: file.name)
def test_every_file_is_what_it_is_taken_for(file):
    check(file)


def test_a_common_table_expression_is_no_dependency():
    assert model("metrics").depends_on == ("base.metrics", "staging.facts")


@pytest.mark.parametrize("one", MODELS, ids=lambda model: model.table)
def test_every_output_column_is_cast(one: SqlModel):
    text, _ = one.render([2020])
    tree = sqlglot.parse_one(text, dialect="duckdb")
    assert [e.alias for e in tree.selects if not isinstance(e.unalias(), exp.Cast)] == []


PUBLISHED = [model for model in MODELS if model.layer != "staging"]


@pytest.mark.parametrize("one", PUBLISHED, ids=lambda model: model.table)
def test_every_published_model_says_in_which_order_its_rows_stand(one: SqlModel):
    assert sqlglot.parse_one(one.render([2020])[0], dialect="duckdb").args.get("order") is not None


@pytest.mark.parametrize("one", MODELS, ids=lambda model: model.table)
def test_lineage_of_a_model_names_columns_of_the_tables_it_reads(one: SqlModel):
    columns = {name: set(kinds) for name, kinds in BASE_TABLES.items()} | {m.table: set(m.columns) for m in MODELS}
    lineage = column_lineage(one, BASE_TABLES)
    assert list(lineage) == list(one.columns)
    for sources in lineage.values():
        assert {table for table, _ in sources} <= set(one.depends_on)
        assert all(column == "*" or column in columns[table] for table, column in sources)
    assert all(lineage.values())


def test_lineage_follows_a_column_through_expressions():
    assert column_lineage(model("statements"), BASE_TABLES)["step"] == [
        ("staging.statements", "is_out"),
        ("staging.statements", "leads"),
        ("staging.statements", "outcome"),
    ]


@pytest.mark.parametrize(
    ("table", "column", "sources"),
    [
        ("metric_year", "unit", [("base.metrics", "unit"), ("staging.statements", "kind")]),
        ("metric_year", "statements", [("staging.statements", "*"), ("staging.statements", "outcome")]),
        (
            "metric_year",
            "share_of_total",
            [
                ("base.metrics", "measure"),
                ("staging.statements", "breakdown"),
                ("staging.statements", "kind"),
                ("staging.statements", "value"),
            ],
        ),
        ("metrics", "facts", [("staging.facts", "*")]),
        ("captures", "size", [("base.captures", "size")]),
        (
            "staging.claims",
            "claim",
            [
                *(("base.decided", c) for c in ("fact_id", "qualifier", "value", "value_high", "value_low")),
                *(("base.facts", c) for c in ("qualifier", "value", "value_high", "value_low")),
            ],
        ),
        ("year_by_metric", "{year}", [("metric_year", "value"), ("metric_year", "year")]),
        ("column_lineage", "from_table", [("base.column_lineage", "from_table")]),
    ],
)
def test_lineage_is_what_one_reads_in_the_file(table: str, column: str, sources: list[tuple[str, str]]):
    assert [source[2:] for source in lineage_of_models() if source[:2] == (table, column)] == sources


def test_the_line_with_a_placeholder_stands_once_for_each_value():
    text, columns = model("year_by_metric").render([2020, 2021])
    assert list(columns)[-2:] == ["2020", "2021"]
    assert columns["2021"] == "value for 2021; NULL when no edition states one"
    assert len(re.findall(r"FILTER \(WHERE year = 202[01]\)", text)) == 2


def test_no_file_quotes_the_name_of_a_source_or_metric():
    for path in SQL_FOLDER.rglob("*.sql"):
        assert "ncmec" not in path.read_text().lower()


def test_audits_say_what_they_promise():
    audits = load_audits()
    assert len(audits) >= 10
    assert all(audit.promise.endswith(".") for audit in audits)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD.replace("-- grain: one row\n", ""), r"one\.sql:1: the head has no line `-- grain: …`"),
        (GOOD.replace("table: one", "table: two"), r"one\.sql:1: says table two; its place asks for one"),
        (GOOD.replace(" -- the one", ""), r"one\.sql:5: column a has no comment"),
        (GOOD + "FROM base.facts WHERE (a = 1 ORDER BY a\n", r"one\.sql:6: Expecting \)"),
        (GOOD + "; SELECT 2", r"one\.sql:1: holds something else than one SELECT"),
        (GOOD.replace("SELECT\n", "SELECT "), r"one\.sql:1: the final SELECT does not stand on a line of its own"),
        (GOOD + "from base.facts\n", r"one\.sql:1: write FROM and JOIN in capitals.*base\.facts"),
        (GOOD + "FROM nowhere\n", r"one\.sql:6: reads nowhere, which no file defines"),
        ("-- table: one\n-- grain: x\n-- description: y.\nDROP TABLE a\n", r"one\.sql:1: the final SELECT does not"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, complaint: str):
    with pytest.raises(SqlFileError, match=complaint) as caught:
        for one in load_models(sql_folder(tmp_path, one=text)):
            check(one)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_text_is_named(tmp_path: Path):
    (sql_folder(tmp_path, one=GOOD) / "core" / "one.sql").write_bytes(b"\xff\xfe")
    with pytest.raises(SqlFileError, match=r"one\.sql: cannot be read"):
        load_models(tmp_path)


def test_models_that_read_each_other_are_named(tmp_path: Path):
    one, two = GOOD + "FROM two\n", GOOD.replace("table: one", "table: two") + "FROM one\n"
    with pytest.raises(SqlFileError, match="in a circle: "):
        load_models(sql_folder(tmp_path, one=one, two=two))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("-- audit: one\n-- promise: All is well.\nSELECT 1\n", "no line `-- blocking: …`"),
        ("-- audit: one\n-- promise: All is well.\n-- blocking: perhaps\nSELECT 1\n", "blocking is yes or no"),
        ("-- audit: two\n-- promise: All is well.\n-- blocking: yes\nSELECT 1\n", "the file's name says one"),
    ],
)
def test_a_broken_audit_is_named(tmp_path: Path, text: str, complaint: str):
    (tmp_path / "audits").mkdir()
    (tmp_path / "audits" / "one.sql").write_text(text)
    with pytest.raises(SqlFileError, match=complaint):
        load_audits(tmp_path)


def test_a_working_table_may_be_a_view_and_nothing_else():
    assert {one.table for one in MODELS if one.kind == "view"} == {"staging.claims", "staging.facts"}


def test_a_kind_that_is_none_is_refused(tmp_path: Path):
    (tmp_path / "staging").mkdir()
    (tmp_path / "staging" / "odd.sql").write_text(
        "-- table: staging.odd\n-- kind: cube\n-- grain: none\n-- description: None.\n"
        "SELECT\n    CAST(1 AS INTEGER) AS a -- a\n"
    )
    with pytest.raises(SqlFileError, match=r"odd\.sql:1: says kind cube"):
        load_models(tmp_path)
