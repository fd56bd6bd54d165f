"""Readings on disk: exact, whole or not there, the same each time."""

import hashlib
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from extractors import read_text
from extractors.records import Fact, Numeral, Passage
from tests.warehouse.facts_builder import SOURCE, Page, store
from warehouse import reading_rows
from warehouse.durable import remove_leftovers
from warehouse.home import HomeUnwritable
from warehouse.readings import ReadingDamaged, reading_key, stored_outcomes


def statistics(folder: Path) -> int | None:
    return sum(one.statistics for one in stored_outcomes(folder).values()) if folder.exists() else None


def stored(folder: Path, query: str) -> list[tuple]:
    return duckdb.connect().execute(query.format(folder)).fetchall()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "facts" / SOURCE / "000001"


def test_columns_are_the_fields_of_the_records():
    assert list(reading_rows.FACT_COLUMNS) == list(Fact.model_fields)
    numeral = {"numeral_class": "class"}
    assert list(reading_rows.NUMERAL_COLUMNS)[2:] == [numeral.get(name, name) for name in Numeral.model_fields]
    assert {"passage_index" if name == "index" else name for name in Passage.model_fields} == set(
        reading_rows.PASSAGE_COLUMNS
    ) - {"source", "capture_sha256"}


def test_numbers_come_back_exact(folder: Path):
    page = Page()
    page.says("We took 9,007,199,254,740,993 calls.", "9,007,199,254,740,993", 9007199254740993)
    page.says("Some 93.5% of callers", "93.5%", "93.5", kind="percent", resolution="0.1")
    page.says("1 in 6 callers", "1 in 6", Decimal(1) / 6, kind="ratio")
    store(folder, page.reading)
    values = [row[0] for row in stored(folder, "SELECT value FROM '{}/facts.parquet'")]
    assert values[:2] == [Decimal("9007199254740993"), Decimal("93.5")]
    assert abs(values[2] - Decimal(1) / 6) < Decimal("1e-10")


def test_lists_maps_and_times_come_back(folder: Path):
    page = Page().says("In all 5 calls", "5", 5, dimensions={"caller": "adult"}, flags=("estimated",))
    store(folder, page.reading)
    row = stored(folder, "SELECT dimensions, flags, headings, captured_at FROM '{}/facts.parquet'")[0]
    assert row == ({"caller": "adult"}, ["estimated"], ["Our work"], page.captured_at.replace(tzinfo=None))


def test_edition_and_its_basis_are_kept_for_a_page_without_facts(folder: Path):
    store(folder, Page(edition=2019).reading)
    assert stored(folder, "SELECT source, edition, edition_basis FROM '{}/reading.parquet'") == [
        (SOURCE, 2019, "stated")
    ]


def test_the_source_of_the_store_is_the_one_given(folder: Path):
    page = Page(source=None).says("In all 5 calls", "5", 5)
    store(folder, page.reading)
    assert stored(folder, "SELECT source FROM '{}/facts.parquet'") == [(SOURCE,)]


def test_storing_twice_gives_the_same_bytes(folder: Path):
    page = Page().says("In all 5 calls", "5", 5)

    def digests() -> list[str]:
        store(folder, page.reading)
        return [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())]

    assert digests() == digests()
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_stored_reading_tells_how_many_statistics_it_holds(folder: Path):
    assert statistics(folder) is None
    store(folder, Page().says("In all 5 calls", "5", 5).says("and 6 visits", "6", 6).reading)
    assert statistics(folder) == 2


FILES = [*(f"{table}.parquet" for table in reading_rows.TABLES), "outcomes.json"]


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_bit_anywhere_in_a_reading_is_noticed(folder: Path, name: str):
    store(folder, Page().says("In all 5 calls", "5", 5).reading)
    content = (folder / name).read_bytes()
    for place in range(0, len(content) - 1, max(1, len(content) // 300)):  # the last byte of the digest ends its line
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        (folder / name).write_bytes(changed)
        with pytest.raises(ReadingDamaged, match=r"is damaged: [a-z]+\.(parquet|json) has changed") as caught:
            statistics(folder)
        assert "\n" not in str(caught.value)
    (folder / name).write_bytes(content)
    assert statistics(folder) == 1


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "damage", [Path.unlink, lambda path: path.write_bytes(b""), lambda path: os.truncate(path, 40)]
)
def test_a_file_that_is_gone_or_cut_is_noticed_and_stored_again(folder: Path, name: str, damage):
    reading = Page().says("In all 5 calls", "5", 5).reading
    store(folder, reading)
    damage(folder / name)
    with pytest.raises(ReadingDamaged):
        statistics(folder)
    store(folder, reading)
    assert statistics(folder) == 1


def test_a_reading_without_a_digest_or_a_file_in_its_place_is_damaged(folder: Path):
    folder.parent.mkdir(parents=True)
    folder.write_text("mine")
    with pytest.raises(ReadingDamaged):
        statistics(folder)
    store(folder, Page().reading)
    (folder / "outcomes.json").unlink()
    with pytest.raises(ReadingDamaged, match="no such file"):
        statistics(folder)


KILLED_WHILE_WRITING = """
import os, sys
from pathlib import Path
from tests.warehouse.facts_builder import SOURCE, Page, store
from warehouse import facts_store
os.fsync = lambda _: os._exit(9)
store(Path(sys.argv[1]), Page().reading)
"""


def test_what_a_killed_writer_left_is_swept_and_nothing_else(folder: Path):
    store(folder, Page().says("In all 5 calls", "5", 5).reading)
    other = folder.with_name("000002")
    ended = subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(other)], check=False)
    assert ended.returncode == 9
    assert [path.name[:5] for path in folder.parent.glob(".*")] == [".tmp-"]
    (folder.parent / ".tmp-123456-left").write_text("a file")
    remove_leftovers(folder.parent)
    assert list(folder.parent.iterdir()) == [folder]
    assert statistics(folder) == 1


def test_a_number_beyond_the_column_is_no_statistic_and_the_page_is_stored(folder: Path):
    lake = "In 2020 it held 999 trillion trillion trillion atoms. In it, 9 thousand trillion trillion drops fell."
    reading = read_text(f"{lake}\n\nIn 2020 we ran 4 trams, 1 in 5 trillion trillion of all.")
    store(folder, reading)
    assert stored(folder, "SELECT surface FROM '{}/facts.parquet'") == [("4",)]
    excluded = stored(folder, "SELECT surface FROM '{}/numerals.parquet' WHERE reason = 'out_of_range'")
    assert excluded == [
        ("999 trillion trillion trillion",), ("9 thousand trillion trillion",), ("1 in 5 trillion trillion",)
    ]  # fmt: skip


def test_an_identifier_beyond_the_column_keeps_its_surface(folder: Path):
    page = Page()
    digits = "1" * 40
    page.excludes(f"Reference {digits}", digits, "identifier")
    page.numerals[0] = page.numerals[0].model_copy(update={"value": Decimal(digits)})
    store(folder, page.reading)
    assert stored(folder, "SELECT surface, value FROM '{}/numerals.parquet'") == [(digits, None)]


def test_a_disk_that_refuses_is_reported_in_one_line(tmp_path: Path):
    (tmp_path / "facts").write_text("a file in the way")
    folder = tmp_path / "facts" / SOURCE / "000001"
    with pytest.raises(HomeUnwritable, match="cannot write"):
        store(folder, Page().reading)


def test_the_key_names_what_a_reading_depends_on():
    key = reading_key({"extractor": "1", "card": "id: a", "edition": None})
    assert key == reading_key({"edition": None, "card": "id: a", "extractor": "1"})
    assert key != reading_key({"extractor": "1", "card": "id: b", "edition": None})
    assert key != reading_key({"extractor": "1", "card": "id: a", "edition": 2020})
