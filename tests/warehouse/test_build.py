"""The candidate database: filled, commented, audited, closed, the same each time."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from extractors.metrics.card import SourceCard
from tests.warehouse.facts_builder import CARD, SOURCE, Page, build, retrieval, rows, store, year
from warehouse.base import ReadingUnreadable, load_base, load_releases
from warehouse.build import CandidateError, finish, open_candidate, run_audits, run_model
from warehouse.models import SqlFileError, load_audits, load_models
from warehouse.readings import Place

CONTRACT_TABLES = {
    "metric_year", "year_by_metric", "changes", "facts", "numerals", "passages", "captures", "sources", "metrics",
    "retrievals", "revisions", "contradictions", "reconciliations", "review_queue", "releases", "edition_changes",
    "coverage", "edition_statements", "column_lineage",
}  # fmt: skip


def pages() -> list[Page]:
    earlier = Page(2020, year(2021)).says("We took many calls, 900 in all.", "900", 900)
    later = Page(2021, year(2022)).says("We took many calls, 1,000 in all.", "1,000", 1000)
    later.says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    later.says("Children made 400 calls.", "400", 400, dimensions={"caller": "child"})
    later.says("Calls rose by 100.", "100", 100, kind="change", base_year=2020)
    later.says("We lent 7 kayaks.", "7", 7, metric=None, unit="kayaks", label="Kayaks lent")
    return [earlier, later]


def digest(database: Path) -> str:
    with duckdb.connect(str(database), read_only=True) as con:
        names = con.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY 1").fetchall()
        content = {table: con.execute(f'FROM "{table}"').fetchall() for (table,) in names if table != "releases"}
    return hashlib.sha256(repr(content).encode()).hexdigest()


def finished(folder: Path, *args, **kwargs) -> Path:
    database = build(folder, *args, **kwargs)
    with open_candidate(database) as con:
        finish(con)
    return database


def failed(database: Path) -> dict[str, int]:
    with open_candidate(database) as con:
        return {result.name: result.bad_rows for result in run_audits(con) if not result.passed}


def test_a_published_file_holds_the_tables_of_the_contract_and_no_working_tables(tmp_path: Path):
    database = finished(tmp_path, pages())
    tables = rows(database, "SELECT schema_name, table_name FROM duckdb_tables()")
    assert {name for _, name in tables} >= CONTRACT_TABLES
    assert {schema for schema, _ in tables} == {"main"}
    assert not (tmp_path / "impact.duckdb.wal").exists()


def test_an_empty_warehouse_has_every_table_and_passes_its_audits(tmp_path: Path):
    database = build(tmp_path, [])
    assert failed(database) == {}
    assert {name for (name,) in rows(database, "SELECT table_name FROM duckdb_tables()")} >= CONTRACT_TABLES
    assert rows(database, "FROM year_by_metric") == []


def test_every_table_and_column_carries_a_comment(tmp_path: Path):
    database = finished(tmp_path, pages())
    silent = """
        SELECT table_name FROM duckdb_tables() WHERE comment IS NULL
        UNION ALL SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL
    """
    assert rows(database, silent) == []
    assert rows(database, "SELECT comment FROM duckdb_columns() WHERE column_name = '2021'") == [
        ("value for 2021; NULL when no edition states one",)
    ]


def test_every_published_column_says_what_it_is_made_from(tmp_path: Path):
    database = finished(tmp_path, pages())
    known = "(SELECT table_name, column_name FROM column_lineage)"
    columns = "FROM duckdb_columns() SELECT table_name, column_name WHERE NOT internal"
    assert rows(database, f"{columns} AND (table_name, column_name) NOT IN {known}") == []
    published = "FROM (FROM column_lineage WHERE table_name NOT LIKE 'staging.%')"
    assert rows(database, f"{published} ANTI JOIN ({columns}) USING (table_name, column_name)") == []
    year = "SELECT from_table, from_column FROM column_lineage WHERE column_name = '2021'"
    assert rows(database, year) == [("metric_year", "value"), ("metric_year", "year")]


def test_the_same_inputs_give_the_same_data(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert digest(finished(tmp_path / "a", pages())) == digest(finished(tmp_path / "b", pages()[::-1]))


def test_running_the_models_again_over_a_candidate_changes_nothing(tmp_path: Path):
    database = build(tmp_path, pages())
    before = digest(database)
    for model in load_models():
        with open_candidate(database) as con:
            run_model(con, model)
    assert digest(database) == before


def test_the_file_is_written_for_older_readers(tmp_path: Path):
    database = finished(tmp_path, pages())
    with duckdb.connect(str(database), read_only=True) as con:
        tags = con.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'impact'").fetchone()
    assert tags is not None
    assert tags[0]["storage_version"].startswith("v1.4")


def test_the_tables_can_be_read_under_another_database_name(tmp_path: Path):
    database = finished(tmp_path, pages())
    con = duckdb.connect()
    con.execute(f"ATTACH '{database}' AS ledger (READ_ONLY)")
    assert con.execute("SELECT count(*) FROM ledger.metric_year").fetchone() == (4,)


def test_two_sources_may_state_the_same_bytes(tmp_path: Path):
    other = CARD.model_copy(update={"id": "other-aid"})
    page = Page().says("In all 5 calls", "5", 5)
    twin = Page(source="other-aid", passages=page.passages, numerals=page.numerals, facts=page.facts)
    captures = [page.capture(), twin.capture(sha256=page.sha256)]
    database = build(tmp_path, [page, twin], captures=captures, cards=[CARD, other])
    assert rows(database, "SELECT source FROM metric_year") == [("other-aid",), (SOURCE,)]


def test_a_damaged_reading_is_named_with_what_to_do(tmp_path: Path):
    page = Page()
    place = Place(SOURCE, "000001", page.sha256)
    folder = tmp_path / SOURCE / "000001"
    store(folder, page.reading)
    (folder / "facts.parquet").write_bytes(b"PAR1 cut short")
    with (
        open_candidate(tmp_path / "impact.duckdb") as con,
        pytest.raises(ReadingUnreadable, match=f"delete {folder} and"),
    ):
        load_base(con, tmp_path, [place], [], [], [CARD], {})


def test_a_candidate_that_cannot_be_opened_is_reported_in_one_line(tmp_path: Path):
    (tmp_path / "impact.duckdb").write_bytes(b"no database" * 1000)
    with (
        pytest.raises(CandidateError, match=r"^cannot open the candidate .*[^\n]$"),
        open_candidate(tmp_path / "impact.duckdb"),
    ):
        pass


def test_sql_that_duckdb_refuses_is_named_by_file_and_line(tmp_path: Path):
    folder = tmp_path / "sql"
    (folder / "core").mkdir(parents=True)
    (folder / "core" / "broken.sql").write_text(
        "-- table: broken\n-- grain: none\n-- description: None.\nSELECT\n    CAST(no_such AS INTEGER) AS a -- a\n"
        "FROM base.facts\n"
    )
    with open_candidate(tmp_path / "impact.duckdb") as con:
        load_base(con, tmp_path, [], [], [], [], {})
        with pytest.raises(SqlFileError, match=r"broken\.sql:5: .*no_such"):
            run_model(con, load_models(folder)[0])


def test_captures_tell_refused_from_read_and_retrievals_what_each_of_them_showed(tmp_path: Path):
    read, refused = pages()
    held_back = refused.capture(refused="far fewer statistics than the last capture of its edition")
    gone = read.capture(capture_id="gone", status=404, refused="status 404")  # the same bytes
    captures = [read.capture(), held_back, gone]
    later = {"retrieval_id": "later", "retrieved_at": year(2023), "record_type": "revisit", "status": 304}
    retrievals = [retrieval(capture) for capture in captures] + [retrieval(read.capture(), **later)]
    database = build(tmp_path, [read], captures=captures, retrievals=retrievals)
    assert rows(database, "SELECT refused, edition, facts FROM captures") == [
        (None, 2020, 1),
        ("status 404", None, 0),
        ("far fewer statistics than the last capture of its edition", None, 0),
    ]
    assert rows(database, "SELECT outcome, edition FROM retrievals") == [
        ("new", 2020),
        ("refused", None),
        ("refused", None),
        ("not_modified", 2020),
    ]
    assert failed(database) == {}
    assert rows(database, "SELECT last_seen FROM statements")[0][0].year == 2023
    assert rows(database, "SELECT captures, last_checked_at FROM sources")[0] == (3, year(2023).replace(tzinfo=None))


def test_releases_are_listed_as_given(tmp_path: Path):
    record = {
        "release_id": "r1", "published_at": year(2022), "captures": 2, "facts": 6, "software_version": "1",
        "last_retrieval": year(2021), "changed": True, "schema_version": 2,
    }  # fmt: skip
    with open_candidate(tmp_path / "impact.duckdb") as con:
        load_base(con, tmp_path, [], [], [], [], {})
        load_releases(con, [record])
        run_model(con, next(model for model in load_models() if model.name == "releases"))
        last, published = year(2021).replace(tzinfo=None), year(2022).replace(tzinfo=None)
        assert con.execute("FROM releases").fetchall() == [("r1", published, 2, 6, last, True, 2, "1")]


def test_audits_pass_on_a_sound_warehouse(tmp_path: Path):
    assert failed(build(tmp_path, pages())) == {}


OVERLAPPING = """
    INSERT INTO numerals SELECT * REPLACE ('00' AS surface, "start" + 1 AS "start") FROM numerals WHERE surface = '900'
"""
FACTS = "CREATE OR REPLACE VIEW staging.facts AS FROM main.facts SELECT * REPLACE ({})"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("sound"), pages())


@pytest.mark.parametrize(
    ("audit", "statement"),
    [
        ("ledger_closes", "DELETE FROM numerals WHERE surface = '900'"),
        ("ledger_closes", "UPDATE numerals SET disposition = 'excluded', reason = ' ' WHERE surface = '900'"),
        ("ledger_closes", "DELETE FROM facts WHERE surface = '900'"),
        ("ledger_closes", "UPDATE facts SET passage_index = passage_index + 1 WHERE surface = '900'"),
        ("ledger_closes", "INSERT INTO numerals FROM numerals WHERE surface = '900'"),
        ("digits_accounted_for", "UPDATE passages SET text = text || ' 8' WHERE passage_index = 0"),
        ("spans_exact", 'UPDATE numerals SET "start" = "start" + 1 WHERE surface = \'900\''),
        ("spans_exact", OVERLAPPING),
        ("spans_exact", 'UPDATE facts SET "end" = "end" + 1 WHERE surface = \'900\''),
        ("spans_exact", "UPDATE facts SET passage_text = 'x' || passage_text WHERE surface = '900'"),
        ("identities_hold", "UPDATE reconciliations SET outcome = 'fails'"),
        ("figures_agree", "UPDATE reconciliations SET outcome = 'fails'"),
        ("metrics_still_stated", "UPDATE coverage SET state = 'gone', last_stated = edition_before"),
        ("values_in_range", "UPDATE metric_year SET value = -1 WHERE breakdown = ''"),
        ("values_in_range", "UPDATE metric_year SET value = 0.5 WHERE breakdown = ''"),
        ("values_in_range", "UPDATE metric_year SET year = 2031"),
        ("values_in_range", "UPDATE base.metrics SET range_low = 0, range_high = 950"),
        ("grains_unique", "INSERT INTO metric_year FROM metric_year LIMIT 1"),
        ("grains_unique", "INSERT INTO numerals FROM numerals LIMIT 1"),
        ("cells_explain_themselves", "UPDATE metric_year SET value = value + 1"),
        ("cells_explain_themselves", "UPDATE metric_year SET fact_id = 'none'"),
        ("cells_explain_themselves", "DELETE FROM captures"),
        ("everything_commented", "COMMENT ON COLUMN facts.value IS NULL"),
        ("everything_commented", "COMMENT ON TABLE facts IS NULL"),
        ("values_believed", "UPDATE facts SET held_back = 'negative'"),
        ("refused_captures_silent", "UPDATE captures SET refused = 'a block page'"),
        ("facts_in_content", "UPDATE passages SET region = 'boilerplate'"),
        ("claims_hold_values", FACTS.format("value + 1 AS value_low")),
        ("whole_numbers_exact", FACTS.format("9007199254740993 AS value")),
    ],
)
def test_an_audit_finds_what_breaks_its_promise(sound: Path, tmp_path: Path, audit: str, statement: str):
    database = Path(shutil.copy(sound, tmp_path))
    with open_candidate(database) as con:
        con.execute(statement)
        result = next(result for result in run_audits(con, tuple(a for a in load_audits() if a.name == audit)))
    assert result.bad_rows >= 1


def test_what_one_statement_is_allowed_the_next_is_not(sound: Path, tmp_path: Path):
    large = "SELECT len(list(range)) AS held FROM range(40000000)"
    with open_candidate(Path(shutil.copy(sound, tmp_path))) as con:
        con.execute("SET memory_limit = '100MB'")
        with pytest.raises(duckdb.OutOfMemoryException):
            con.execute(large)
        assert run_audits(con, (replace(load_audits()[0], sql=large),))[0].bad_rows == 1
        with pytest.raises(duckdb.OutOfMemoryException):
            con.execute(large)


def test_an_audit_shows_the_bad_rows(tmp_path: Path):
    database = build(tmp_path, pages())
    with open_candidate(database) as con:
        con.execute("UPDATE metric_year SET value = -1 WHERE year = 2020")
        result = next(result for result in run_audits(con) if result.name == "values_in_range")
    assert result.blocking
    assert result.sample[0]["metric"] == "calls"
    assert result.sample[0]["problem"] == "negative"


def test_a_value_out_of_range_passes_once_its_capture_is_accepted(sound: Path, tmp_path: Path):
    database = Path(shutil.copy(sound, tmp_path))
    with open_candidate(database) as con:
        con.execute("UPDATE metric_year SET value = -1 WHERE breakdown = ''")
        only = tuple(one for one in load_audits() if one.name == "values_in_range")
        (held,) = run_audits(con, only)
        assert {row["capture"] for row in held.sample} <= {page.sha256[:12] for page in pages()}
        con.execute("UPDATE captures SET accepted = 'Stated so.'")
        assert run_audits(con, only)[0].passed


def test_a_card_gives_its_metrics_and_identities(tmp_path: Path):
    bounded = CARD.model_dump(by_alias=True)
    bounded["metrics"]["calls"]["range"] = (1, 800)
    database = build(tmp_path, pages(), cards=[SourceCard.model_validate(bounded)])
    assert rows(database, "SELECT dimensions['caller'] FROM metrics WHERE metric = 'calls'") == [(["adult", "child"],)]
    assert failed(database) == {"values_believed": 2}
    assert rows(database, "SELECT value FROM metric_year") == [(600,), (400,)]


@pytest.mark.long
def test_a_page_of_long_passages_gets_the_memory_it_needs(tmp_path: Path):
    page = Page(2021, year(2022))
    for number in range(1000, 2200):
        page.says(f"We took {number} calls. {'They were long. ' * 1250}", str(number), number, metric=None)
    database = build(tmp_path, [page])
    assert failed(database) == {}
    assert rows(database, "SELECT count(*), max(strlen(passage_text)) FROM facts") == [(1200, 20_020)]
